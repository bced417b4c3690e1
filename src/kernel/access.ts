// Who may do what, where: a right is held on a unit and everything below it. The condition goes inside the query that loads the row.
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import { rows } from './db.ts'
import type { Reader } from './db.ts'
import type { Grade } from '../pure/grades.ts'

export type Right = `${string}.${string}`

/**
 * Who asks. `via` is the session or token; `scopes` limits a token; `onBehalfOf` is the person whose right it is where the asker holds it only as a deputy;
 * `stands`, of a deputy alone, are all grants in force, with whose each is.
 * The operator (a command on the server) and the system (followers, jobs) hold every right, and are journaled by these names.
 */
export type Actor = { id: string; kind: 'person' | 'operator' | 'system'; via?: string; scopes?: string[]; onBehalfOf?: string; stands?: Stand[] }
/** A role on a unit's path ('': everywhere); `from`: whose it is, null: one's own. */
export type Stand = { role: string; path: string; from: string | null }

export const OPERATOR: Actor = { id: '00000000-0000-8000-8000-000000000001', kind: 'operator' }
export const SYSTEM: Actor = { id: '00000000-0000-8000-8000-000000000002', kind: 'system' }

let rightsOf: Record<string, readonly Right[]> = {}
/** Wiring tells, once, which role holds which rights. */
export function setRoles(roles: Record<string, { rights: readonly Right[] }>): void {
  rightsOf = Object.fromEntries(Object.entries(roles).map(([role, { rights }]) => [role, rights]))
}
export const rolesWith = (right: Right): string[] => Object.keys(rightsOf).filter((role) => rightsOf[role]!.includes(right))
export const rightsOfRole = (role: string): readonly Right[] => rightsOf[role] ?? []

const withinScopes = (actor: Actor, right: Right): boolean => !actor.scopes || actor.scopes.includes(right)

/** True where the actor holds the right today on the unit in `unitColumn` (`tasks.unit_id`) or on any unit above it. */
export function granted(actor: Actor, right: Right, unitColumn: string): RawBuilder<SqlBool> {
  if (actor.kind !== 'person') return sql<SqlBool>`true`
  if (!withinScopes(actor, right)) return sql<SqlBool>`false`
  return sql<SqlBool>`exists (
    select 1 from access_grants ag join access_units held on held.unit_id = ag.unit_id join access_units here on here.unit_id = ${sql.ref(unitColumn)}
    where ag.person_id = ${actor.id} and ag.role = any(${rolesWith(right)}) and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now())
      and starts_with(here.path, held.path))`
}

/** True where the actor holds the right on the whole forest: also what belongs to no unit, and what is there before the first unit is. */
export function grantedWhole(actor: Actor, right: Right): RawBuilder<SqlBool> {
  if (actor.kind !== 'person') return sql<SqlBool>`true`
  if (!withinScopes(actor, right)) return sql<SqlBool>`false`
  return sql<SqlBool>`exists (select 1 from access_grants ag where ag.person_id = ${actor.id} and ag.unit_id is null and ag.role = any(${rolesWith(right)}) and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now()))`
}

/** The half-open ranges of unit paths on which the actor holds the right, as a subquery `(path, upto)`: for lists, join units on path >= r.path and path < r.upto. */
export function grantedRanges(actor: Actor, right: Right): RawBuilder<{ path: string; upto: string }> {
  if (actor.kind !== 'person') return sql`(select ''::text collate "C" as path, '~'::text collate "C" as upto)`
  return sql`(select held.path, left(held.path, -1) || '/' as upto from access_grants ag join access_units held on held.unit_id = ag.unit_id
    where ${withinScopes(actor, right)} and ag.person_id = ${actor.id} and ag.role = any(${rolesWith(right)}) and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now()))`
}

/**
 * For whom a deputy acts: where every grant that gives the right there is another's, the nearest one's. Undefined: it depends on the place, and no
 * `path` was told.
 */
export function behalfOf(stands: Stand[], right: string, path?: string): string | null | undefined {
  const giving = stands.filter((stand) => rightsOfRole(stand.role).includes(right as Right) && (path === undefined || path.startsWith(stand.path)))
  const whose = new Set(giving.map(({ from }) => from))
  if (whose.size > 1 && path === undefined) return undefined
  if (whose.has(null)) return null
  return giving.sort((a, b) => b.path.length - a.path.length)[0]?.from ?? null
}

/** The end of the range of paths below and including `path`: '1.2.' → '1.2/'. */
export const pathEnd = (path: string): string => `${path.slice(0, -1)}/`

// Need to know. A graded record is seen by those named for it and by nobody else, wherever they stand in the tree; `access_graded` says which record is graded, `access_readers` who is named.

const inForce = sql.raw('ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now())')
/** Those that bear no grade. */
export const plain = (record: string): RawBuilder<SqlBool> => sql<SqlBool>`not exists (select 1 from access_graded ng where ng.record_id = ${sql.ref(record)})`
/** A list is of something else than reports, which are many: PostgreSQL leaves them out by the constant. */
const NO_REPORT = sql.raw(`kind <> 'report'`)
/** Named today for the graded record whose id is in this column, by account or as the office of a unit, and holds the right by some grant; as an office by one at that very unit. */
export function named(actor: Actor, right: Right, record: string): RawBuilder<SqlBool> {
  if (!withinScopes(actor, right)) return sql<SqlBool>`false`
  return sql<SqlBool>`exists (select 1 from access_readers ar join access_grants ag on ar.person_id = ag.person_id or ar.unit_id = ag.unit_id
    where ar.record_id = ${sql.ref(record)} and ar.starts_at <= now() and ar.ends_at > now() and ag.person_id = ${actor.id} and ag.role = any(${rolesWith(right)}) and ${inForce})`
}
/** Besides a right by the tree: the record is not graded, or the actor is named for it. */
export const cleared = (actor: Actor, right: Right, record: string): RawBuilder<SqlBool> => (actor.kind !== 'person' ? sql<SqlBool>`true` : sql<SqlBool>`(${plain(record)} or ${named(actor, right, record)})`)
/** To read: by the tree what is not graded, what is by being named. */
export const readable = (actor: Actor, right: Right, record: string, tree: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  (actor.kind !== 'person' ? sql<SqlBool>`${tree}` : sql<SqlBool>`((${tree} and ${plain(record)}) or ${named(actor, right, record)})`)
/** For lists: those for which the actor is named, asked once, so that the others come by their indexes. */
export async function readableMany(read: Reader, actor: Actor, right: Right, record: string, tree: RawBuilder<unknown>): Promise<RawBuilder<SqlBool>> {
  if (actor.kind !== 'person') return sql<SqlBool>`${tree}`
  const mine = await rows<{ id: string }>(read, sql`select g.record_id as id from access_graded g where g.${NO_REPORT} and ${named(actor, right, 'g.record_id')}`)
  const open = sql<SqlBool>`(${tree} and not exists (select 1 from access_graded ng where ng.record_id = ${sql.ref(record)} and ng.${NO_REPORT}))`
  return mine.length === 0 ? open : sql<SqlBool>`(${open} or ${sql.ref(record)} = any(${mine.map(({ id }) => id)}::uuid[]))`
}
/** Of these records the graded ones for which the actor is not named. */
export const withheld = async (read: Reader, actor: Actor, right: Right, ids: string[]): Promise<Set<string>> =>
  new Set(actor.kind !== 'person' || ids.length === 0 ? [] : (await rows<{ id: string }>(read, sql`select g.record_id as id from access_graded g where g.record_id = any(${ids}::uuid[]) and not ${named(actor, right, 'g.record_id')}`)).map(({ id }) => id))
/** The grades of a graded record's files, by file; one without a grade is not among them. No right is asked: who sees the record sees its files. */
export const fileGrades = async (read: Reader, record: string): Promise<Map<string, Grade>> =>
  new Map((await rows<{ id: string; grade: Grade }>(read, sql`select file_id as id, grade from access_files where record_id = ${record}::uuid`)).map(({ id, grade }) => [id, grade]))
/** For many askers in one query, by columns: `person`, `roles` (with commas between). The same as `cleared`. */
export const CLEARED = (person: string, roles: string, record: string): string => `(not exists (select 1 from access_graded ng where ng.record_id = ${record})
  or exists (select 1 from access_readers ar join access_grants ag on ar.person_id = ag.person_id or ar.unit_id = ag.unit_id
    where ar.record_id = ${record} and ar.starts_at <= now() and ar.ends_at > now() and ag.person_id = ${person} and ag.role = any(string_to_array(${roles}, ',')) and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now())))`
