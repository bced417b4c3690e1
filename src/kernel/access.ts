// Who may do what, where: a right is held on a unit and everything below it. The condition goes inside the query that loads the row.
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'

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
