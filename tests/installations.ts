// Installations that share nothing but the codes of their units, and their packages taken apart and put together again.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { exchanging } from '../src/app/exchanging.ts'
import { planNeeds } from '../src/app/plan-tables.ts'
import { projectors, refusals, schemaFolders } from '../src/app/wiring.ts'
import { custody } from '../src/capabilities/custodies/routes.ts'
import { exchangesRoutes } from '../src/capabilities/exchanges/routes.ts'
import { wholeOf } from '../src/capabilities/exchanges/routes/open.ts'
import { plansRoutes } from '../src/capabilities/plans/routes.ts'
import { reportsRoutes } from '../src/capabilities/reports/routes.ts'
import { tasksRoutes } from '../src/capabilities/tasks/routes.ts'
import { OPERATOR } from '../src/kernel/access.ts'
import { openBlobs } from '../src/kernel/blobs.ts'
import { zipped } from '../src/kernel/blobs/zip-write.ts'
import { unzipped, zipEntries } from '../src/kernel/blobs/zip.ts'
import { rows } from '../src/kernel/db.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { openKeys } from '../src/kernel/keys.ts'
import { openSigner } from '../src/kernel/signing.ts'
import { freshDb } from '../src/kernel/testing.ts'
import type { TestDb } from '../src/kernel/testing.ts'
import { idsOf, populate, TASK_UNITS } from './scene.ts'

const NOW = new Date('2026-03-04T02:00:00Z')
const ZONE = 'Asia/Ho_Chi_Minh'
const HOLDERS = { chief: ['VN', 'secretariat'], province: ['01', 'secretariat'], commune: ['101', 'secretariat'], officer: ['101', 'officer'], other: ['02', 'secretariat'] } as const
type Who = keyof typeof HOLDERS | 'operator'
export const FORM = 'code: week\nname: { vi: Báo cáo tuần, en: Weekly }\nsections: [{ title: { vi: A, en: A }, fields: [{ code: done, label: { vi: Việc xong, en: Done } }, { code: said, kind: text, label: { vi: Khó khăn, en: Difficulties } }] }]'

/** One installation: a database, a key, a folder. */
export async function installation(origin: string) {
  const t: TestDb = await freshDb(schemaFolders, projectors)
  const data = mkdtempSync(join(tmpdir(), 'sansang-exchange-'))
  const person = idsOf(HOLDERS, NOW)
  const unit = await populate(t, TASK_UNITS, NOW, HOLDERS, person)
  const blobs = openBlobs(join(data, 'blobs'), 20 * 1048576, openKeys(data, undefined))
  const signer = openSigner(data)
  const needs = { ...exchanging(ZONE), zone: ZONE, program: '0', origin: () => Promise.resolve(origin), signer: () => signer, blobs: () => blobs }
  const exchanges = exchangesRoutes(needs, refusals)
  const as = (who: Who, at = NOW) => ({ context: t.as(who === 'operator' ? OPERATOR : { id: person[who]!, kind: 'person' }, { at }) })
  const upload = async (who: Who, bytes: Buffer, name = 'goi.sansang.zip') => { const { context: c } = as(who); return (await blobs.store(c.read, c.side, c.actor, NOW, name, (async function* () { yield bytes })())).id }
  const fileOf = async (id: string) => { const [row] = await rows<{ sha256: Buffer }>(t.as(OPERATOR).read, sql`select sha256 from file_blobs where id = ${id}`); return wholeOf(await blobs.open(row!.sha256)) }
  return {
    t, unit, needs, exchanges, as, upload, fileOf, data, signer, tasks: tasksRoutes(), plans: plansRoutes(planNeeds(ZONE)), reports: reportsRoutes({ zone: ZONE, shipped: () => [], custody: custody(ZONE) }),
    read: <T>(query: ReturnType<typeof sql<T>>) => rows<T>(t.as(OPERATOR).read, query),
    lines: async () => Number((await t.db.selectFrom('journal').select(({ fn }) => fn.countAll().as('n')).executeTakeFirstOrThrow()).n),
    make: async (who: Who, code: string, more: object = {}, at = NOW): Promise<Buffer> => {
      const { packageId } = await call(exchanges.make, { orderId: uuidv7(), unitId: unit[code]!, choices: ['tasks', 'reports', 'plans'], ...more }, as(who, at))
      return fileOf((await call(exchanges.get, { packageId: packageId! }, as(who, at))).fileId!)
    },
    receive: async (who: Who, code: string, bytes: Buffer, at = NOW) => call(exchanges.receive, { orderId: uuidv7(), unitId: unit[code]!, fileId: await upload(who, bytes) }, as(who, at)),
    preview: async (who: Who, packageId: string, more: object = {}) => call(exchanges.preview, { packageId, limit: 200, ...more }, as(who)),
    take: async (who: Who, packageId: string, at = NOW) => (await call(exchanges.take, { orderId: uuidv7(), packageId }, as(who, at))).results,
  }
}
export type Installation = Awaited<ReturnType<typeof installation>>
export const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

/** The parts of a package, put together again as `change` says, signed anew where `by` is given. */
export async function remade(bytes: Buffer, change: (parts: Map<string, Buffer>) => void, by?: Installation['signer'], manifest: (of: Record<string, unknown>) => Record<string, unknown> = (of) => of): Promise<Buffer> {
  const parts = new Map(zipEntries(bytes, bytes.length)!.map((entry) => [entry.name, Buffer.from(unzipped(bytes, entry)!)]))
  change(parts)
  if (by) {
    const { createHash } = await import('node:crypto')
    const text = Buffer.from(JSON.stringify(manifest({ ...JSON.parse(parts.get('manifest.json')!.toString()) as object, parts: [...parts].filter(([name]) => name !== 'manifest.json' && name !== 'signature').map(([name, part]) => ({ name, size: part.length, sha256: createHash('sha256').update(part).digest('hex') })) })))
    parts.set('manifest.json', text)
    parts.set('signature', Buffer.concat([by.publicKey(), by.sign(text)]))
  }
  const all: Uint8Array[] = []
  for await (const part of zipped((async function* () { for (const [name, part] of parts) yield { name, bytes: part, at: NOW } })())) all.push(part)
  return Buffer.concat(all)
}

/** `at` comes to know the key of `of`, for its unit of this code. */
export const register = async (at: Installation, of: Installation, code: string, more: object = {}) => {
  const { line } = await call(of.exchanges.ownKey, undefined, of.as('operator'))
  return (await call(at.exchanges.register, { orderId: uuidv7(), unitId: at.unit[code]!, line, name: `Nơi gửi ${code}`, ...more }, at.as('operator'))).keyId
}
