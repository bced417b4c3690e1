// The web app as `npm start` builds it, only when its sources changed; test files run side by side, so one builds and the others wait.
import { mkdirSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildWeb } from '../../../src/app/web.ts'

const LOCK = join(import.meta.dirname, '../../../dist/building')
const STALE_MS = 120_000

export async function build(): Promise<void> {
  mkdirSync(join(LOCK, '..'), { recursive: true })
  for (;;) {
    try {
      mkdirSync(LOCK)
      break
    } catch {
      const since = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs
      if (since !== undefined && Date.now() - since > STALE_MS) rmdirSync(LOCK)
      else await sleep(200)
    }
  }
  try {
    await buildWeb()
  } finally {
    rmdirSync(LOCK)
  }
}
