// Packages, keys and received plans as they are asked for: lists by right in the query.
import { sql } from 'kysely'
import { granted } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { paged, readCursor } from '../../../kernel/paging.ts'
import { fold } from '../../../pure/text.ts'
import type { Document, KeyLine, Package, PackageLine } from '../contract.ts'
import type { KeptPlan, PlanRecord } from '../contract/package.ts'

type Asked = { cursor?: string | undefined; limit: number }
type Row = Omit<PackageLine, 'at' | 'madeAt' | 'taken'> & { at: Date; madeAt: Date; taken: { taken: number; here: number; refused: number } | null; takenAt: Date | null }
const LINE = sql`p.id, p.direction, json_build_object('id', u.unit_id, 'name', u.name) as unit, k.name as "from", coalesce(p.of_name, u.name) as of, p.made_at as "madeAt", p.at, n.name as by, p.choices, p.counts, p.size::float8 as size, p.file_id as "fileId", p.hash, p.taken, p.taken_at as "takenAt"`
const FROM = sql`exchange_packages p join public_units_tree u on u.unit_id = p.unit_id left join exchange_keys k on k.id = p.key_id left join public_people_names n on n.person_id = p.by_id`
const line = ({ at, madeAt, taken, takenAt, ...row }: Row): PackageLine => ({ ...row, at: at.toISOString(), madeAt: madeAt.toISOString(), taken: taken && takenAt ? { ...taken, at: takenAt.toISOString() } : null })

export async function listPackages(read: Reader, actor: Actor, asked: Asked & { direction?: 'made' | 'received' | undefined }): Promise<{ items: PackageLine[]; next: string | null }> {
  const after = readCursor(asked.cursor)
  const found = await rows<Row & { key: string }>(read, sql`select ${LINE}, p.at::text as key from ${FROM} where p.file_id is not null and ${granted(actor, 'exchange.read', 'p.unit_id')}
    ${asked.direction ? sql`and p.direction = ${asked.direction}` : sql``} ${after ? sql`and (p.at, p.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``} order by p.at desc, p.id desc limit ${asked.limit + 1}`)
  const { items, next } = paged(found, asked.limit, (row) => row.key)
  return { items: items.map(({ key: _, ...row }) => line(row)), next }
}

export async function showPackage(read: Reader, actor: Actor, packageId: string): Promise<Package | undefined> {
  const [row] = await rows<Row & Pick<Package, 'programme' | 'from_' | 'until' | 'purpose' | 'key' | 'mayTake'>>(read, sql`
    select ${LINE}, p.programme, p.from_on::text as "from_", p.until_on::text as until, t.text as purpose, case when k.id is not null then json_build_object('id', k.id, 'name', k.name, 'fingerprint', k.fingerprint) end as key,
      p.direction = 'received' and ${granted(actor, 'exchange.take', 'p.unit_id')} as "mayTake"
    from ${FROM} left join private_texts t on t.id = p.purpose_id where p.id = ${packageId}::uuid and p.file_id is not null and ${granted(actor, 'exchange.read', 'p.unit_id')}`)
  if (!row) return undefined
  const { programme, from_, until, purpose, key, mayTake, ...rest } = row
  return { ...line(rest), programme, from_, until, purpose, key, mayTake }
}
/** Of whose packages the asker may have the file. */
export const packageSeen = async (read: Reader, actor: Actor, packageId: string): Promise<boolean> =>
  (await rows(read, sql`select 1 from exchange_packages p where p.id = ${packageId}::uuid and ((p.direction = 'made' and ${granted(actor, 'exchange.make', 'p.unit_id')}) or (p.direction = 'received' and ${granted(actor, 'exchange.take', 'p.unit_id')}))`)).length > 0

export async function listKeys(read: Reader, actor: Actor): Promise<KeyLine[]> {
  const found = await rows<Omit<KeyLine, 'registeredAt' | 'revoked'> & { registeredAt: Date; revokedAt: Date | null; revokedBy: string | null; reason: string | null }>(read, sql`
    select k.id, k.name, k.fingerprint, k.installation_id as "installationId", json_build_object('id', u.unit_id, 'name', u.name) as unit, k.since::text as since, k.until::text as until, k.registered_at as "registeredAt", n.name as "registeredBy",
      k.revoked_at as "revokedAt", m.name as "revokedBy", t.text as reason
    from exchange_keys k join public_units_tree u on u.unit_id = k.unit_id left join public_people_names n on n.person_id = k.registered_by left join public_people_names m on m.person_id = k.revoked_by left join private_texts t on t.id = k.reason_id
    where ${granted(actor, 'exchange.read', 'k.unit_id')} order by k.revoked_at is not null, k.name, k.id limit 500`)
  return found.map(({ registeredAt, revokedAt, revokedBy, reason, ...key }) => ({ ...key, registeredAt: registeredAt.toISOString(), revoked: revokedAt ? { at: revokedAt.toISOString(), by: revokedBy, reason } : null }))
}

const DOCUMENT = sql`d.id, d.title, d.kind, d.number, d.in_force_from::text as "inForceFrom", json_build_object('id', o.unit_id, 'name', o.name) as of, json_build_object('id', u.unit_id, 'name', u.name) as unit, r.from_name as "from", r.package_id as "packageId", r.taken_at as "receivedAt"`
const DOCUMENTS = sql`exchange_documents d join exchange_records r on r.local_id = d.id and r.kind = 'plan' join public_units_tree u on u.unit_id = d.unit_id join public_units_tree o on o.unit_id = d.of_unit_id`
type Line = { id: string; title: string; kind: 'plan' | 'scheme'; number: string | null; inForceFrom: string; of: { id: string; name: string }; unit: { id: string; name: string }; from: string; packageId: string; receivedAt: Date }
export async function listDocuments(read: Reader, actor: Actor, asked: Asked & { q?: string | undefined }): Promise<{ items: (Omit<Line, 'receivedAt'> & { receivedAt: string })[]; next: string | null }> {
  const after = readCursor(asked.cursor)
  const found = await rows<Line & { key: string }>(read, sql`select ${DOCUMENT}, d.received_at::text as key from ${DOCUMENTS} where ${granted(actor, 'plan.read', 'd.unit_id')} ${asked.q ? sql`and d.fold like ${`%${fold(asked.q)}%`}` : sql``}
    ${after ? sql`and (d.received_at, d.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``} order by d.received_at desc, d.id desc limit ${asked.limit + 1}`)
  const { items, next } = paged(found, asked.limit, (row) => row.key)
  return { items: items.map(({ key: _, receivedAt, ...row }) => ({ ...row, receivedAt: receivedAt.toISOString() })), next }
}
export async function showDocument(read: Reader, actor: Actor, id: string): Promise<(Document & { origin: { packageId: string; from: string; takenAt: string } }) | undefined> {
  const [row] = await rows<Line & { lang: 'vi' | 'en'; n: number; text: string | null; files: Document['files'] }>(read, sql`
    select ${DOCUMENT}, d.lang, d.n, t.text, coalesce((select json_agg(json_build_object('id', b.id, 'name', coalesce(b.name, ''), 'size', b.size, 'type', b.type)) from file_blobs b where b.id = any(d.files) and b.erased_at is null), '[]') as files
    from ${DOCUMENTS} left join private_texts t on t.id = d.content_id where d.id = ${id}::uuid and ${granted(actor, 'plan.read', 'd.unit_id')}`)
  if (!row) return undefined
  const kept = row.text === null ? null : JSON.parse(row.text) as KeptPlan
  const { title, kind, lang, n, number, inForceFrom, of, files } = row
  return { id, title, kind, lang, n, number, inForceFrom, of, files, reviewOn: kept?.reviewOn ?? null, basis: kept?.basis ?? null, sections: kept?.sections ?? null, origin: { packageId: row.packageId, from: row.from, takenAt: row.receivedAt.toISOString() } }
}
export const documentTitles = async (read: Reader, ids: string[]): Promise<Map<string, string>> =>
  new Map((await rows<{ id: string; title: string }>(read, sql`select id, title from exchange_documents where id = any(${ids}::uuid[])`)).map(({ id, title }) => [id, title]))
/** Received plans of a subtree go on to the level above under their own names, with the ids of their files here. */
export async function documentsBelow(read: Reader, path: string): Promise<{ record: Omit<PlanRecord, 'files'>; files: string[] }[]> {
  const found = await rows<Omit<PlanRecord, 'files' | 'grade' | 'at' | keyof KeptPlan> & { at: Date; text: string; files: string[] }>(read, sql`
    select r.home_id as home, r.record_id as id, r.changed_at as at, json_build_object('code', o.code, 'scheme', o.scheme, 'name', o.name) as unit, d.kind, d.lang, d.title, d.n, d.number, d.in_force_from::text as "inForceFrom", t.text, d.files
    from exchange_documents d join exchange_records r on r.local_id = d.id and r.kind = 'plan' join public_units_tree o on o.unit_id = d.of_unit_id join private_texts t on t.id = d.content_id
    where o.path >= ${path} and o.path < left(${path}::text, -1) || '/' and t.text is not null order by d.id limit 2000`)
  return found.map(({ text, files, at, ...plan }) => ({ record: { ...plan, grade: 'none', at: at.toISOString(), ...JSON.parse(text) as KeptPlan }, files }))
}

/** Whoever may read the tasks of the unit that it concerns. */
export async function originOf(read: Reader, actor: Actor, localId: string): Promise<{ packageId: string; from: string; takenAt: string } | undefined> {
  const [row] = await rows<{ packageId: string; from: string; takenAt: Date }>(read, sql`
    select package_id as "packageId", from_name as "from", taken_at as "takenAt" from exchange_records r where local_id = ${localId}::uuid and kind not in ('act', 'answer', 'asking', 'extended') and ${granted(actor, 'task.read', 'r.unit_id')} order by taken_at limit 1`)
  return row && { ...row, takenAt: row.takenAt.toISOString() }
}
