// Rows together with the right to them, and where an asker stands. Who may not see a row cannot tell it from a missing one.
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import { granted, grantedRanges, grantedWhole } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Right, Role } from '../contract.ts'
import type { Account, Over, UnitState } from '../decide/accounts.ts'
import type { Held, Standing } from '../decide/grants.ts'
import { dayHere } from '../../../kernel/zone.ts'

/** What belongs to no unit is seen by whoever holds the right on the whole forest. */
export function reaches(actor: Actor, right: Right, unitColumn: string): RawBuilder<SqlBool> {
  if (actor.kind !== 'person') return sql`true`
  if (actor.scopes && !actor.scopes.includes(right)) return sql`false`
  return sql`(${granted(actor, right, unitColumn)} or (${sql.ref(unitColumn)} is null and ${grantedWhole(actor, right)}))`
}

/** Where the actor holds a right: merged ranges of paths, and whether on what belongs to no unit too. */
export type Reach = { ranges: { path: string; upto: string }[]; whole: boolean }

/** For lists, asked before them: constants let the list walk the index of paths in its own order. Under `unitId` only, if one is given. */
export async function reachOf(read: Reader, actor: Actor, right: Right, unitId: string | undefined): Promise<Reach> {
  const [[whole], found, [under]] = await Promise.all([
    rows(read, sql<{ whole: boolean }>`select ${reaches(actor, right, 'nothing.unit_id')} as whole from (select null::uuid as unit_id) nothing`),
    rows(read, sql<{ path: string; upto: string }>`select r.path, r.upto from ${grantedRanges(actor, right)} r order by r.path`),
    unitId ? rows(read, sql<{ path: string; upto: string }>`select path, left(path, -1) || '/' as upto from access_units where unit_id = ${unitId}`) : [undefined],
  ])
  // A range lies within another or apart from it, never across: in order of paths the outer one comes first.
  const outer = found.filter((range, i) => !found.slice(0, i).some((o) => range.path >= o.path && range.path < o.upto))
  if (!unitId) return { ranges: outer, whole: whole!.whole }
  if (!under) return { ranges: [], whole: false }
  if (outer.some((o) => under.path >= o.path && under.path < o.upto)) return { ranges: [under], whole: false }
  return { ranges: outer.filter((o) => o.path >= under.path && o.path < under.upto), whole: false }
}
export const within = (reach: Reach, pathColumn: string): RawBuilder<SqlBool> =>
  reach.ranges.length === 0 ? sql`false` : sql`(${sql.join(reach.ranges.map(({ path, upto }) => sql`(${sql.ref(pathColumn)} >= ${path} and ${sql.ref(pathColumn)} < ${upto})`), sql` or `)})`

type PersonRow = { id: string; unit_id: string | null; left_at: Date | null; erased_at: Date | null; version: number }
const account = (row: PersonRow | undefined): Account | undefined =>
  row && { id: row.id, unitId: row.unit_id, left: row.left_at !== null, erased: row.erased_at !== null, version: row.version }

export async function accessPerson(read: Reader, actor: Actor, right: Right, id: string): Promise<Account | undefined> {
  const own = right === 'person.read' && actor.id === id
  return account((await rows(read, sql<PersonRow>`select id, unit_id, left_at, erased_at, version from people p where id = ${id} and ${own ? sql`true` : reaches(actor, right, 'p.unit_id')}`))[0])
}
export const ownAccount = async (read: Reader, id: string): Promise<Account | undefined> =>
  account((await rows(read, sql<PersonRow>`select id, unit_id, left_at, erased_at, version from people where id = ${id}`))[0])

type GrantRow = { id: string; person_id: string; role: Role; unit_id: string | null; starts_at: Date; ends_at: Date | null; from_grant_id: string | null; from_person_id: string | null; may: boolean }
const held = (row: GrantRow): Held => ({
  id: row.id, personId: row.person_id, role: row.role, unitId: row.unit_id, startsAt: row.starts_at, endsAt: row.ends_at, fromGrantId: row.from_grant_id, fromPersonId: row.from_person_id,
})
// The end that the source of a delegation allows is the end of the delegation.
const GRANT = sql`g.id, g.person_id, g.role, g.unit_id, greatest(g.starts_at, f.starts_at) as starts_at, least(g.ends_at, f.ends_at) as ends_at, g.from_grant_id, g.from_person_id`
const FROM = sql`from grants g left join grants f on f.id = g.from_grant_id`

/** The grant, and whether the actor holds `right` where it lies. Seen also by those who hold it or handed it on. */
export async function accessGrant(read: Reader, actor: Actor, right: Right, id: string): Promise<{ grant: Held; may: boolean } | undefined> {
  const [row] = await rows(read, sql<GrantRow>`select ${GRANT}, ${reaches(actor, right, 'g.unit_id')} as may ${FROM} where g.id = ${id}
    and (g.person_id = ${actor.id} or g.from_person_id = ${actor.id} or ${reaches(actor, right, 'g.unit_id')})`)
  return row && { grant: held(row), may: row.may }
}
/** Grants of a person, or of several, that are not over at `at`. */
export const grantsOf = async (read: Reader, personId: string | string[], at: Date): Promise<Held[]> =>
  (await rows(read, sql<GrantRow>`select ${GRANT} ${FROM} where g.person_id = any(${[personId].flat()}::uuid[]) and (least(g.ends_at, f.ends_at) is null or least(g.ends_at, f.ends_at) > ${at})`)).map(held)

/** What a list gave to accounts that it did not bring, and is not over, where the actor holds `right`. */
export const grantsGivenBy = async (read: Reader, actor: Actor, right: Right, importId: string, at: Date): Promise<Held[]> =>
  (await rows(read, sql<GrantRow>`select ${GRANT} ${FROM} join people p on p.id = g.person_id where g.import_id = ${importId} and p.import_id is distinct from ${importId} and (g.ends_at is null or g.ends_at > ${at}) and ${reaches(actor, right, 'g.unit_id')}`)).map(held)

export async function unitState(read: Reader, actor: Actor, right: Right, unitId: string | null | undefined, at: Date): Promise<UnitState> {
  if (unitId === null || unitId === undefined) return 'there'
  const [row] = await rows(read, sql<{ closed: boolean }>`select coalesce(valid_until <= ${dayHere(at)}::date, false) as closed
    from public_units_tree u where unit_id = ${unitId} and ${granted(actor, right, 'u.unit_id')}`)
  return row ? (row.closed ? 'closed' : 'there') : 'missing'
}

/** Roles that reach `unit`: held there, above, or on the whole forest. A null unit is reached only by what is held on the whole forest. */
const rolesAt = (actorId: string, unit: RawBuilder<string | null>, at: Date): RawBuilder<Role[]> => sql`array(
  select ag.role from access_grants ag left join access_units held on held.unit_id = ag.unit_id left join access_units here on here.unit_id = ${unit}
  where ag.person_id = ${actorId} and ag.starts_at <= ${at} and (ag.ends_at is null or ag.ends_at > ${at})
    and (ag.unit_id is null or (here.path >= held.path and here.path < left(held.path, -1) || '/')))`

/** Where the actor stands at each of these units. */
export async function standings(read: Reader, actor: Actor, unitIds: string[], at: Date): Promise<Map<string, Standing>> {
  if (actor.kind !== 'person') return new Map(unitIds.map((id) => [id, { roles: 'all' }]))
  const found = await rows(read, sql<{ id: string; roles: Role[] }>`select x.id, ${rolesAt(actor.id, sql`x.id`, at)} as roles from unnest(${unitIds}::uuid[]) x(id)`)
  return new Map(found.map((row) => [row.id, { roles: row.roles, scopes: actor.scopes }]))
}
export async function standing(read: Reader, actor: Actor, unitId: string | null, at: Date): Promise<Standing> {
  if (actor.kind !== 'person') return { roles: 'all' }
  const [row] = await rows(read, sql<{ roles: Role[] }>`select ${rolesAt(actor.id, sql`${unitId}::uuid`, at)} as roles`)
  return { roles: row!.roles, scopes: actor.scopes }
}

/** For each role that the persons hold or will hold: where the actor stands at that unit. Nobody is above themselves or the operator. */
export async function standingOver(read: Reader, actor: Actor, personIds: string[], at: Date): Promise<Map<string, Over>> {
  const over = new Map<string, Over>(personIds.map((id) => [id, []]))
  if (actor.kind !== 'person') return over
  const found = await rows(read, sql<{ person_id: string; role: Role; roles: Role[] }>`select g.person_id, g.role, ${rolesAt(actor.id, sql`g.unit_id`, at)} as roles
    from grants g left join grants f on f.id = g.from_grant_id where g.person_id = any(${personIds}) and g.person_id <> ${actor.id}
      and (g.ends_at is null or g.ends_at > ${at}) and (f.ends_at is null or f.ends_at > ${at})`)
  for (const row of found) over.get(row.person_id)!.push({ role: row.role, standing: { roles: row.roles, scopes: actor.scopes } })
  return over
}
export const over = async (read: Reader, actor: Actor, personId: string, at: Date): Promise<Over> => (await standingOver(read, actor, [personId], at)).get(personId)!

/** How many persons that hold none of these grants are administrators without end, in their own right, at the unit of each or above. */
export async function otherAdministrators(read: Reader, grants: Held[]): Promise<(grant: Held) => number> {
  if (grants.length === 0) return () => 0
  const found = await rows(read, sql<{ id: string; others: number }>`select g.id, (
      select count(distinct o.person_id)::int from grants o left join access_units held on held.unit_id = o.unit_id
      where o.role = 'administrator' and o.ends_at is null and o.from_grant_id is null and o.person_id <> all(${grants.map((g) => g.personId)}::uuid[])
        and (o.unit_id is null or (here.path >= held.path and here.path < left(held.path, -1) || '/'))) as others
    from grants g left join access_units here on here.unit_id = g.unit_id where g.id = any(${grants.map((g) => g.id)})`)
  const counts = new Map(found.map((row) => [row.id, row.others]))
  return (grant) => counts.get(grant.id) ?? 0
}
