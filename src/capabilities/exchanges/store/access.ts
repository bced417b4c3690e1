// Who may, what a key speaks for, and what of a package is here already.
import { sql } from 'kysely'
import { granted, grantedWhole } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import { batched } from '../../../kernel/commit.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { UnitRef } from '../contract/package.ts'
import type { Known, UnitHere } from '../decide/judge.ts'

/** The unit, where the asker holds the right on it. */
export const accessUnit = async (read: Reader, actor: Actor, right: Right, unitId: string): Promise<(UnitHere & { ref: UnitRef; closed: boolean }) | undefined> => {
  const [row] = await rows<{ id: string; path: string; name: string; code: string; scheme: string; closed: boolean }>(read, sql`
    select u.unit_id as id, u.path, u.name, u.code, u.scheme, u.valid_until is not null as closed from public_units_tree u where u.unit_id = ${unitId}::uuid and ${granted(actor, right, 'u.unit_id')}`)
  return row && { id: row.id, path: row.path, name: row.name, closed: row.closed, ref: { code: row.code, scheme: row.scheme, name: row.name } }
}
/** Asked by every record's own order, inside its transaction; once for those that share one. */
export const mayTake = async (read: Reader, actor: Actor, unitId: string): Promise<boolean> => (await may(read, { actor, unitId })) === true
const may = batched<{ actor: Actor; unitId: string }, boolean>(async (read, asks) => {
  const known = new Map<string, Promise<unknown>>()
  return Promise.all(asks.map(async ({ actor, unitId }) => {
    const key = `${actor.id} ${unitId}`
    known.set(key, known.get(key) ?? accessUnit(read, actor, 'exchange.take', unitId))
    return (await known.get(key)) !== undefined
  }))
})
export const mayAnywhere = async (read: Reader, actor: Actor, right: Right): Promise<boolean> =>
  (await rows<{ may: boolean }>(read, sql`select (${grantedWhole(actor, right)} or exists (select 1 from access_units u where ${granted(actor, right, 'u.unit_id')})) as may`))[0]!.may

type KeyRow = { id: string; installationId: string; publicKey: string; fingerprint: string; name: string; unitId: string; path: string; since: string; until: string | null; revokedAt: Date | null }
const KEY = sql`k.id, k.installation_id as "installationId", k.public_key as "publicKey", k.fingerprint, k.name, k.unit_id as "unitId", u.path, k.since::text as since, k.until::text as until, k.revoked_at as "revokedAt" from exchange_keys k join access_units u on u.unit_id = k.unit_id`
export const keyOf = async (read: Reader, publicKey: string): Promise<KeyRow | undefined> => (await rows<KeyRow>(read, sql`select ${KEY} where k.public_key = ${publicKey}`))[0]
export const accessKey = async (read: Reader, actor: Actor, keyId: string): Promise<KeyRow | undefined> => (await rows<KeyRow>(read, sql`select ${KEY} where k.id = ${keyId}::uuid and ${granted(actor, 'exchange.key', 'k.unit_id')}`))[0]

export type PackageRow = { id: string; direction: 'made' | 'received'; unitId: string; path: string; unitName: string; keyId: string | null; hash: string | null; choices: ('tasks' | 'reports' | 'plans')[]; programme: string | null; from: string | null; until: string | null; files: boolean; purpose: string | null; fileId: string | null }
export const accessPackage = async (read: Reader, actor: Actor, right: Right, packageId: string): Promise<PackageRow | undefined> => (await rows<PackageRow>(read, sql`
  select p.id, p.direction, p.unit_id as "unitId", u.path, u.name as "unitName", p.key_id as "keyId", p.hash, p.choices, p.programme, p.from_on::text as "from", p.until_on::text as until, p.files, t.text as purpose, p.file_id as "fileId"
  from exchange_packages p join public_units_tree u on u.unit_id = p.unit_id left join private_texts t on t.id = p.purpose_id where p.id = ${packageId}::uuid and ${granted(actor, right, 'p.unit_id')}`))[0]

/** Open units by scheme and code: lists of two installations have other ids, never other codes. */
export async function unitsHere(read: Reader, refs: UnitRef[]): Promise<Map<string, UnitHere>> {
  const codes = [...new Set(refs.map((ref) => ref.code))]
  const found = await rows<UnitHere & { key: string }>(read, sql`select u.unit_id as id, u.path, u.name, u.scheme || ' ' || u.code as key from public_units_tree u where u.code = any(${codes}::text[]) and u.valid_until is null`)
  return new Map(found.map(({ key, ...unit }) => [key, unit]))
}
/** Units as a package names them, by id. */
export async function unitRefs(read: Reader, ids: string[]): Promise<Map<string, UnitRef>> {
  const found = await rows<UnitRef & { id: string }>(read, sql`select unit_id as id, code, scheme, name from public_units_tree where unit_id = any(${[...new Set(ids)]}::uuid[])`)
  return new Map(found.map(({ id, ...ref }) => [id, ref]))
}
export async function knownRecords(read: Reader, names: { kind: string; home: string; id: string }[]): Promise<Map<string, Known>> {
  const found = await rows<Known & { name: string }>(read, sql`
    select r.kind || ' ' || r.home_id || ' ' || r.record_id as name, r.local_id as "localId", r.hash, to_json(r.changed_at) #>> '{}' as "changedAt"
    from unnest(${names.map((one) => one.kind)}::text[], ${names.map((one) => one.home)}::uuid[], ${names.map((one) => one.id)}::uuid[]) n(kind, home, id) join exchange_records r on r.home_id = n.home and r.kind = n.kind and r.record_id = n.id`)
  return new Map(found.map(({ name, ...known }) => [name, known]))
}
/** What came from elsewhere, by its id here: whose it is, and its id there. */
export async function homesOf(read: Reader, kind: string, localIds: string[]): Promise<Map<string, { home: string; id: string }>> {
  const found = await rows<{ local: string; home: string; id: string }>(read, sql`select local_id as local, home_id as home, record_id as id from exchange_records where kind = ${kind} and local_id = any(${localIds}::uuid[])`)
  return new Map(found.map(({ local, ...one }) => [local, one]))
}
/** What others call this installation: its people's highest unit. */
export async function nameHere(read: Reader): Promise<string> {
  const [row] = await rows<{ name: string }>(read, sql`select u.name from public_units_tree u left join access_grants g on g.unit_id = u.unit_id where u.valid_until is null group by u.unit_id, u.name, u.path order by count(g.unit_id) = 0, length(u.path), u.path limit 1`)
  return row?.name ?? 'Sẵn Sàng'
}
