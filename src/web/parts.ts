// Parts of the app that are fetched when they are first needed. A lost connection must not cost what is typed: a part waits for it, and the page stays as it is.
import { lazy } from 'react'
import type { ComponentType } from 'react'
import { saidNow } from './at-once.ts'
import { url } from './client.ts'
import { toast } from './kit/toast.tsx'
import { isLineLost } from './live.ts'

const answers = (): Promise<boolean> => fetch(url('health/live'), { method: 'HEAD', cache: 'no-store' }).then(({ ok }) => ok, () => false)

/** Answers once the server does. `wanted`: whether somebody waits for the part, so that the wait is said; it may also be fetched before it is asked for. */
async function connection(wanted: () => boolean): Promise<void> {
  for (let told = false; !(await answers());) {
    if (!told && wanted()) { told = true; toast(saidNow()('part.waits'), { look: 'bad' }) }
    await new Promise((done) => setTimeout(done, 2000))
  }
}

/**
 * What `load` brings. Without a connection it is not even tried: browsers remember for as long as the page lives what they could not fetch once (Chromium 150 does).
 * The failure itself where the server answers and has no such part (it was updated), or was lost just then: whoever shows the part fetches the page anew (shell/crash.tsx).
 */
export async function arrived<T>(load: () => Promise<T>, wanted: () => boolean): Promise<T> {
  if (isLineLost()) await connection(wanted)
  try { return await load() } catch (error) {
    await connection(wanted)
    throw error
  }
}

/** A part of a screen. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as React's own `lazy` has it
export const part = <C extends ComponentType<any>>(load: () => Promise<{ default: C }>) => lazy(() => arrived(load, () => true))
