// What is shown of people and grants: filtered by right and paged in the query. Telephone and mail are in none of these.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { granted } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { fold } from '../../../pure/text.ts'
import type { Grant, Person, Role } from '../contract.ts'
import { accessPerson, reachOf, within } from './access.ts'
import { dayHere } from '../../../kernel/zone.ts'

type UnitRow = { unit_id: string | null; unit_code: string | null; unit_name: string | null; unit_kind: string | null }
const UNIT = sql`u.unit_id, u.code as unit_code, u.name as unit_name, u.kind as unit_kind`
const unitOf = (row: UnitRow) => (row.unit_id ? { id: row.unit_id, code: row.unit_code!, name: row.unit_name!, kind: row.unit_kind! } : null)

type PersonRow = UnitRow & {
  id: string; name: string | null; title: string | null; account: string | null; roles: Role[]; left_at: Date | null; erased_at: Date | null; has_password: boolean; has_slip: boolean
  blocked: boolean; second_factor: boolean; signed_in_at: Date | null; version: number
}
const PERSON = (at: Date): RawBuilder<PersonRow> => sql`p.id, c.name, c.title, c.account, p.left_at, p.erased_at, p.version, ${UNIT},
  array(select distinct g.role from access_grants g where g.person_id = p.id and g.starts_at <= ${at} and (g.ends_at is null or g.ends_at > ${at}) order by 1) as roles,
  w.hash is not null as has_password, coalesce(w.slip_until > ${at}, false) as has_slip, f.confirmed_at is not null as second_factor,
  exists (select 1 from sign_in_failures x where x.key = sha256(convert_to('account:' || c.account, 'UTF8')) and x.blocked_until > ${at}) as blocked,
  (select max(s.started_at) from sessions s where s.person_id = p.id) as signed_in_at`
const PERSON_FROM = sql`from people p left join contacts c on c.person_id = p.id left join passwords w on w.person_id = p.id left join second_factors f on f.person_id = p.id
  left join public_units_tree u on u.unit_id = p.unit_id`
const person = (row: PersonRow): Person => ({
  id: row.id, name: row.name, title: row.title, account: row.account, unit: unitOf(row), roles: row.roles, blocked: row.blocked, secondFactor: row.second_factor,
  access: row.erased_at ? 'erased' : row.left_at ? 'left' : row.has_password ? 'password' : row.has_slip ? 'slip' : 'none', signedInOn: row.signed_in_at ? dayHere(row.signed_in_at) : null, version: row.version,
})

export type PeopleWanted = { unitId?: string | undefined; q?: string | undefined; role?: Role | undefined; access?: 'none' | 'slip' | 'password' | 'left' | undefined; after: { path: string; place: string; id: string } | undefined; limit: number }
const ACCESS = {
  none: (at: Date) => sql`p.left_at is null and w.hash is null and coalesce(w.slip_until <= ${at}, true)`, slip: (at: Date) => sql`p.left_at is null and w.hash is null and w.slip_until > ${at}`,
  password: () => sql`p.left_at is null and w.hash is not null`, left: () => sql`p.left_at is not null`,
}
const MOST_COUNTED = 1001
type After = { path: string; place: string; id: string }

/** In the order of the tree, then of names; first those of no unit. Who left is shown only when asked for. */
export async function listPeople(read: Reader, actor: Actor, { unitId, q, role, access, after, limit }: PeopleWanted, at: Date): Promise<{ items: Person[]; next: After | null; total: number }> {
  const words = q ? fold(q).split(' ').filter(Boolean) : []
  const wanted = sql`${access ? ACCESS[access](at) : sql`p.left_at is null`} and p.erased_at is null
    and ${words.length > 0 ? sql`((${sql.join(words.map((word) => sql`(' ' || coalesce(c.fold, '') || ' ' || coalesce(u.fold, '') || ' ' || coalesce(c.account, '')) like ${`% ${word.replace(/[%_\\]/g, '\\$&')}%`}`), sql` and `)}) or c.account like ${`${q!.trim().toLowerCase().replace(/[%_\\]/g, '\\$&')}%`})` : sql`true`}
    and ${role ? sql`exists (select 1 from access_grants g where g.person_id = p.id and g.role = ${role} and g.starts_at <= ${at} and (g.ends_at is null or g.ends_at > ${at}))` : sql`true`}`
  const reach = await reachOf(read, actor, 'person.read', unitId)
  const atUnits = sql`${PERSON_FROM} where ${within(reach, 'u.path')} and ${wanted}`
  const atNone = sql`${PERSON_FROM} where p.unit_id is null and ${reach.whole ? wanted : sql`false`}`
  const [[count], loose] = await Promise.all([
    rows(read, sql<{ total: number }>`select count(*)::int as total from ((select 1 ${atNone}) union all (select 1 ${atUnits}) limit ${MOST_COUNTED}) few`),
    !reach.whole || (after && after.path !== '') ? [] : rows(read, sql<PersonRow & After>`select ${PERSON(at)}, '' as path, coalesce(c.place, '') as place ${atNone}
      and ${after ? sql`(coalesce(c.place, ''), p.id) > (${after.place}, ${after.id}::uuid)` : sql`true`} order by coalesce(c.place, ''), p.id limit ${limit + 1}`),
  ])
  const found = loose.length > limit ? loose : [...loose, ...await rows(read, sql<PersonRow & After>`select ${PERSON(at)}, u.path, coalesce(c.place, '') as place ${atUnits}
    and ${after && after.path !== '' ? sql`u.path >= ${after.path} and (u.path, coalesce(c.place, ''), p.id) > (${after.path}, ${after.place}, ${after.id}::uuid)` : sql`true`}
    order by u.path, coalesce(c.place, ''), p.id limit ${limit + 1 - loose.length}`)]
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items: items.map(person), next: found.length > limit && last ? { path: last.path, place: last.place, id: last.id } : null, total: count!.total }
}

export async function getPerson(read: Reader, actor: Actor, id: string, at: Date): Promise<Person | undefined> {
  if (!(await accessPerson(read, actor, 'person.read', id))) return undefined
  return person((await rows(read, sql<PersonRow>`select ${PERSON(at)} ${PERSON_FROM} where p.id = ${id}`))[0]!)
}

type GrantRow = UnitRow & { id: string; person_id: string; name: string | null; role: Role; starts_at: Date; ends_at: Date | null; from_grant_id: string | null; from_person_id: string | null; from_name: string | null }
const GRANT = sql`g.id, g.person_id, coalesce(c.name, c.account) as name, g.role, ${UNIT}, greatest(g.starts_at, f.starts_at) as starts_at, least(g.ends_at, f.ends_at) as ends_at, g.from_grant_id, g.from_person_id, coalesce(fc.name, fc.account) as from_name
  from grants g left join grants f on f.id = g.from_grant_id left join contacts c on c.person_id = g.person_id left join contacts fc on fc.person_id = g.from_person_id left join public_units_tree u on u.unit_id = g.unit_id`
const NOT_OVER = (at: Date) => sql`(g.ends_at is null or g.ends_at > ${at}) and (f.ends_at is null or f.ends_at > ${at})`
const grant = (row: GrantRow, at: Date): Grant => ({
  id: row.id, person: { id: row.person_id, name: row.name }, role: row.role, unit: unitOf(row), startsAt: row.starts_at.toISOString(), endsAt: row.ends_at?.toISOString() ?? null,
  delegatedBy: row.from_person_id ? { id: row.from_person_id, name: row.from_name } : null, fromGrantId: row.from_grant_id,
  state: row.ends_at && row.ends_at <= at ? 'over' : row.starts_at > at ? 'coming' : 'in_force',
})

export const grantsOfPerson = async (read: Reader, personId: string, at: Date): Promise<Grant[]> =>
  (await rows(read, sql<GrantRow>`select ${GRANT} where g.person_id = ${personId} and ${NOT_OVER(at)} order by g.starts_at, g.id limit 200`)).map((row) => grant(row, at))

export type GrantsWanted = { unitId?: string | undefined; personId?: string | undefined; over: boolean; acts: boolean; after: { path: string; id: string } | undefined; limit: number }
export async function listGrants(read: Reader, actor: Actor, { unitId, personId, over, acts, after, limit }: GrantsWanted, at: Date): Promise<{ items: Grant[]; next: { path: string; id: string } | null }> {
  const reach = await reachOf(read, actor, 'person.read', unitId)
  // Whoever may read the people of a unit sees who may act there, from above too.
  const seen = acts && unitId ? sql`exists (select 1 from access_units asked where asked.unit_id = ${unitId} and ${granted(actor, 'person.read', 'asked.unit_id')}
    and (g.unit_id is null or (asked.path >= u.path and asked.path < left(u.path, -1) || '/')))` : sql`(${within(reach, 'u.path')} or ${reach.whole ? sql`g.unit_id is null` : sql`false`} or ${unitId ? sql`false` : sql`g.person_id = ${actor.id}`})`
  const found = await rows(read, sql<GrantRow & { path: string }>`select coalesce(u.path, '') as path, ${GRANT}
    where ${seen} and ${over ? sql`true` : NOT_OVER(at)} and ${personId ? sql`g.person_id = ${personId}` : sql`true`}
      and ${after ? sql`(coalesce(u.path, ''), g.id) > (${after.path}, ${after.id}::uuid)` : sql`true`}
    order by coalesce(u.path, ''), g.id limit ${limit + 1}`)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items: items.map((row) => grant(row, at)), next: found.length > limit && last ? { path: last.path, id: last.id } : null }
}

/** Every right that the person holds anywhere now: for a screen to know what to offer, never to decide by. */
export const rolesInForce = async (read: Reader, personId: string, at: Date): Promise<Role[]> =>
  (await rows(read, sql<{ role: Role }>`select distinct role from access_grants where person_id = ${personId} and starts_at <= ${at} and (ends_at is null or ends_at > ${at})`)).map((row) => row.role)

export const readersOf = (read: Reader, personId: string) => rows(read, sql<{ reader_id: string; name: string | null; what: string; read_at: Date }>`
  select l.reader_id, c.name, l.what, l.read_at from access_log l left join contacts c on c.person_id = l.reader_id where l.person_id = ${personId} order by l.read_at desc limit 200`)
