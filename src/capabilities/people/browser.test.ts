// What the tests of signing in share: a database, a clock, and browsers that keep their cookie.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { call } from '@orpc/server'
import type { sql } from 'kysely'
import { OPERATOR, setRoles } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { asReader, asSide, rows } from '../../kernel/db.ts'
import { openKeys } from '../../kernel/keys.ts'
import type { Context } from '../../kernel/rpc.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { ROLES } from './contract.ts'
import { authenticate, createAccounts, operatorLink, peopleRoutes } from './routes.ts'
import { project } from './store/project.ts'

export const HOUR = 3_600_000
export const PHRASE = 'bảy con vịt xanh bơi qua ao'
export const OTHER = 'ngồi uống trà dưới gốc đa'
export const FROM = { address: '10.0.0.7', agent: 'Firefox' }
/** Moved on by the tests. */
export const world = { now: new Date('2026-07-04T06:00:00Z').getTime(), demo: false }
export const at = () => new Date(world.now)
const folder = mkdtempSync(join(tmpdir(), 'sansang-keys-'))
export const keys = openKeys(folder, null)
export const routes = peopleRoutes({ address: () => 'https://ready.example.vn', demo: () => world.demo, mails: async () => true, keys: () => keys })
export let t: TestDb

/** What an authenticator app reads from the key that it shows. */
export function bytesOf(base32: string): Buffer {
  const bits = [...base32].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
}

/** A browser: keeps its cookie, and asks as whoever that cookie is. */
export function browser(peer = FROM) {
  const jar: { secret?: string | undefined; forgotten: string[] } = { forgotten: [] }
  const context = async (): Promise<Context> => {
    const asker = jar.secret ? await authenticate(asReader(t.db), asSide(t.db), { session: jar.secret, at: at() }) : undefined
    return {
      ...t.as(asker?.actor ?? { id: '00000000-0000-8000-8000-000000000003', kind: 'person' }, { at: at() }), peer,
      reply: { session: (secret) => { jar.secret = secret }, endSession: () => { jar.secret = undefined }, forget: (via) => jar.forgotten.push(via) },
    }
  }
  const opened = async () => ({ context: await context() })
  return {
    jar, context,
    actor: async (): Promise<Actor | undefined> => (jar.secret ? (await authenticate(asReader(t.db), asSide(t.db), { session: jar.secret, at: at() }))?.actor : undefined),
    signIn: async (account: string, password: string, code?: string) => call(routes.signIn, { account, password, ...(code ? { code } : {}) }, await opened()),
    link: async (path: string, code?: string) => call(routes.signInByLink, { token: path.split('token=')[1]!, ...(code ? { code } : {}) }, await opened()),
    ask: async <A, B>(procedure: { '~orpc': unknown } & A, input?: B) => call(procedure as never, input as never, await opened()) as Promise<never>,
  }
}
export const one = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> => (await rows(asReader(t.db), query))[0]!
export const operator = () => t.as(OPERATOR, { at: at() })
export async function account(name: string, password = PHRASE): Promise<string> {
  const [id] = await createAccounts(operator(), [{ account: name, name: 'Hoàng Văn Ba', unitId: null, role: 'reader' }])
  const b = browser()
  await b.link(await operatorLink(operator(), name, false))
  await b.ask(routes.setPassword, { next: password })
  return id!
}

after(() => rmSync(folder, { recursive: true, force: true }))

/** For `before`: this file alone opens no database. */
export async function openWorld(): Promise<void> {
  setRoles(ROLES)
  t = await freshDb([{ name: 'kernel', folder: 'src/kernel/schema' }, { name: 'units', folder: 'src/capabilities/units/schema' }, { name: 'people', folder: 'src/capabilities/people/schema' }], project)
}
