// Accounts and slips by the thousand: what is there, what is missing, and what a retention job ends.
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import { granted } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import { uuidv7 } from '../../../kernel/ids.ts'
import type { Role } from '../contract.ts'
import { ACCESS_LOG_MS, PURPOSE } from '../decide/sessions.ts'
import { dayHere } from '../../../kernel/zone.ts'

export type UnitRow = { id: string; scheme: string; code: string; name: string; kind: string; parents: string[]; has: boolean }
// The whole chain would be a scan of the tree for each row: parents are found one by one, by key.
const UP = sql`left join public_units_tree p1 on p1.unit_id = u.parent_id left join public_units_tree p2 on p2.unit_id = p1.parent_id`
const UP_NAMES = sql`array_remove(array[p1.name, p2.name], null) as parents`

const below = (unitId: string): RawBuilder<SqlBool> => sql`exists (select 1 from access_units a where a.unit_id = ${unitId} and u.path >= a.path and u.path < left(a.path, -1) || '/')`
const stands = (at: Date): RawBuilder<SqlBool> => sql`(u.valid_until is null or u.valid_until > ${dayHere(at)}::date)`
const holds = (role: Role, at: Date): RawBuilder<SqlBool> => sql`exists (select 1 from grants g where g.unit_id = u.unit_id and g.role = ${role} and g.from_grant_id is null and (g.ends_at is null or g.ends_at > ${at}))`

/** Units of these kinds at and below `unitId`, in the order of the tree, and whether each has somebody in the role. */
export const unitsFor = (read: Reader, actor: Actor, { unitId, kinds, role }: { unitId: string; kinds: string[]; role: Role }, at: Date, most: number): Promise<UnitRow[]> => rows(read, sql<UnitRow>`
  select u.unit_id as id, u.scheme, u.code, u.name, u.kind, ${UP_NAMES}, ${holds(role, at)} as has from public_units_tree u ${UP}
  where u.kind = any(${kinds}) and ${below(unitId)} and ${stands(at)} and ${granted(actor, 'person.edit', 'u.unit_id')} order by u.path limit ${most}`)

export type SlipRow = { personId: string; account: string; name: string | null; role: Role | null; unit: { id: string; code: string; name: string; kind: string } | null; parents: string[] }
type Found = { id: string; account: string; name: string | null; role: Role | null; unit_id: string | null; code: string; unit_name: string; kind: string; parents: string[] }
const SLIP = (at: Date): RawBuilder<Found> => sql`p.id, c.account, c.name, u.unit_id, u.code, u.name as unit_name, u.kind, ${UP_NAMES},
  (select g.role from grants g where g.person_id = p.id and (g.ends_at is null or g.ends_at > ${at}) order by g.starts_at, g.id limit 1) as role
  from people p join contacts c on c.person_id = p.id and c.account is not null left join passwords w on w.person_id = p.id left join public_units_tree u on u.unit_id = p.unit_id ${UP}`
const slip = (row: Found): SlipRow => ({
  personId: row.id, account: row.account, name: row.name, role: row.role, unit: row.unit_id ? { id: row.unit_id, code: row.code, name: row.unit_name, kind: row.kind } : null, parents: row.parents,
})

/** Accounts below `unitId` that nothing opens yet (no password, slip, passkey or identity of the provider), or those of them that are named. */
export const accountsForSlips = async (read: Reader, actor: Actor, unitId: string, personIds: string[] | undefined, at: Date, most: number): Promise<SlipRow[]> => (await rows(read, sql<Found>`
  select ${SLIP(at)} where p.left_at is null and ${granted(actor, 'person.reset', 'p.unit_id')} and ${below(unitId)}
    and ${personIds ? sql`p.id = any(${personIds}::uuid[])` : sql`w.hash is null and (w.slip_until is null or w.slip_until <= ${at}) and not exists (select 1 from provider_links l where l.person_id = p.id) and not exists (select 1 from passkeys k where k.person_id = p.id)`} order by u.path, p.id limit ${most}`)).map(slip)
export const accountForSlip = async (read: Reader, personId: string, at: Date): Promise<SlipRow> =>
  slip((await rows(read, sql<Found>`select ${SLIP(at)} where p.id = ${personId}`))[0]!)

export async function logReading(side: SideWriter, reading: { personId: string; readerId: string; what: string; via: string | undefined }, at: Date): Promise<void> {
  await side.insertInto('access_log').values({
    id: uuidv7(at), person_id: reading.personId, reader_id: reading.readerId, what: reading.what, read_at: at, via: reading.via ?? null, purpose: PURPOSE.access, retention: 'access_log',
    until: new Date(at.getTime() + ACCESS_LOG_MS),
  }).execute()
}

/** Whose contacts have come to their end. */
export const contactsOver = async (read: Reader, at: Date, most: number): Promise<string[]> =>
  (await rows(read, sql<{ id: string }>`select c.person_id as id from contacts c join people p on p.id = c.person_id where c.until <= ${at} and c.account is not null and p.erased_at is null order by c.until limit ${most}`)).map((row) => row.id)
export const erasedWithContacts = async (read: Reader): Promise<string[]> =>
  (await rows(read, sql<{ id: string }>`select p.id from people p where p.erased_at is not null and (
    exists (select 1 from contacts c where c.person_id = p.id and (c.account is not null or c.name is not null or c.title is not null or c.phone is not null or c.email is not null)) or exists (select 1 from passwords w where w.person_id = p.id)
    or exists (select 1 from passkeys k where k.person_id = p.id) or exists (select 1 from provider_links l where l.person_id = p.id)
    or exists (select 1 from second_factors f where f.person_id = p.id) or exists (select 1 from sessions s where s.person_id = p.id) or exists (select 1 from tokens t where t.person_id = p.id)
    or exists (select 1 from private_texts x where x.subject = 'person:' || p.id and x.text is not null))`)).map((row) => row.id)
export const countReadings = async (read: Reader, over: Date | null): Promise<number> => (await rows(read, sql<{ n: number }>`select count(*)::int as n from access_log where ${over ? sql`until <= ${over}` : sql`true`}`))[0]!.n
/** Rows whose time is over. */
export async function dropOver(side: SideWriter, at: Date, accessLog: Date): Promise<number> {
  let dropped = 0
  for (const table of ['sessions', 'tokens', 'sign_in_links', 'sign_in_challenges', 'sign_in_failures', 'access_log'] as const) {
    dropped += Number((await side.deleteFrom(table).where('until', '<=', table === 'access_log' ? accessLog : at).executeTakeFirst()).numDeletedRows)
  }
  return dropped
}

export type Administrator = { personId: string; account: string | null; unitId: string | null; signedIn: boolean }
export const administrators = (read: Reader, at: Date): Promise<Administrator[]> => rows(read, sql<Administrator>`
  select g.person_id as "personId", c.account, g.unit_id as "unitId",
    exists (select 1 from passwords w where w.person_id = g.person_id and w.hash is not null) as "signedIn" from grants g left join contacts c on c.person_id = g.person_id
  where g.role = 'administrator' and g.starts_at <= ${at} and (g.ends_at is null or g.ends_at > ${at}) and g.from_grant_id is null order by g.given_at, g.id`)
