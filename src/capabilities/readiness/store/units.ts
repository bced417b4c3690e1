// Which units stand on a board: one and those below it today, below it on a past day, or tied to it by a link. Rights are part of the query.
import { sql } from 'kysely'
import { granted, grantedRanges } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Question, Reader } from '../../../kernel/db.ts'

export type BoardUnit = { unitId: string; code: string; name: string; nameEn: string | null; kind: string; closed: boolean; below: boolean; path: string }

const columns = sql`u.unit_id as "unitId", u.code, u.name, u.name_en as "nameEn", u.kind, u.path`
const below = sql`exists (select 1 from public_units_tree c where c.parent_id = u.unit_id and c.valid_until is null)`

/** A unit; without an id the highest one on which the actor holds the right, of several the first. */
const asked = (actor: Actor, unitId: string | undefined) => (unitId
  ? sql<BoardUnit>`select ${columns}, u.valid_until is not null as closed, ${below} as below from public_units_tree u where u.unit_id = ${unitId} and ${granted(actor, 'readiness.read', 'u.unit_id')}`
  : sql<BoardUnit>`select ${columns}, false as closed, ${below} as below from public_units_tree u
    where u.valid_until is null and ${actor.kind === 'person' ? sql`u.path in (select r.path from ${grantedRanges(actor, 'readiness.read')} r)` : sql`u.parent_id is null`}
    order by length(u.path), ${below} desc, u.path limit 1`)
export const accessUnit = async (read: Reader, actor: Actor, unitId: string | undefined): Promise<BoardUnit | undefined> => (await rows(read, asked(actor, unitId)))[0]

/** With those below: today's, and those gone that still have figures here. */
export async function accessWithBelow(read: Reader, actor: Actor, unitId: string | undefined): Promise<{ unit: BoardUnit; shown: BoardUnit[] } | undefined> {
  const [found] = await rows(read, sql<BoardUnit & { shown: BoardUnit[] }>`
    with asked as materialized (${asked(actor, unitId)})
    select a.*, (select coalesce(json_agg(to_jsonb(c) - 'place' order by c.place, c.code), '[]') from (select ${columns}, u.place, u.valid_until is not null as closed, ${below} as below from public_units_tree u
      where u.parent_id = (select "unitId" from asked) and (u.valid_until is null or exists (select 1 from check_totals t where t.unit_id = u.unit_id))) c) as shown from asked a`)
  if (!found) return undefined
  const { shown, ...unit } = found
  return { unit, shown }
}

/** Those below on that day, by the names of that day. */
export async function childrenOn(read: Reader, unitId: string, day: string): Promise<BoardUnit[]> {
  return rows(read, sql<BoardUnit>`
    select ${columns}, t.valid_until is not null as closed, exists (select 1 from public_units_spans c where c.parent_id = u.unit_id and c.from_on <= ${day} and (c.until_on is null or c.until_on > ${day})) as below
    from public_units_spans u join public_units_tree t using (unit_id)
    where u.parent_id = ${unitId} and u.from_on <= ${day} and (u.until_on is null or u.until_on > ${day}) order by u.place, u.code`)
}

/** Tied by a link of this kind today, where the actor may read: a view follows a link, a right does not. */
export async function linkedTo(read: Reader, actor: Actor, unitId: string, kind: string, day: string): Promise<BoardUnit[]> {
  return rows(read, sql<BoardUnit>`
    select ${columns}, u.valid_until is not null as closed, ${below} as below from public_units_tree u
    where u.unit_id in (select case when l.unit_id = ${unitId} then l.other_unit_id else l.unit_id end from public_units_links l
        where (l.unit_id = ${unitId} or l.other_unit_id = ${unitId}) and l.kind = ${kind} and l.from_on <= ${day} and (l.until_on is null or l.until_on > ${day}))
      and ${granted(actor, 'readiness.read', 'u.unit_id')}
    order by u.place, u.code`)
}

/** From the root down to the parent, as far as the actor may see. */
export function above(actor: Actor, path: string): Question<{ unitId: string; name: string }, { unitId: string; name: string }[]> {
  const parts = path.split('.').slice(0, -2)
  const paths = parts.map((_, i) => `${parts.slice(0, i + 1).join('.')}.`)
  return { query: sql`select u.unit_id as "unitId", u.name from public_units_tree u where u.path = any(${paths}) and ${granted(actor, 'readiness.read', 'u.unit_id')} order by u.path`, as: (found) => found }
}

export async function unitNames(read: Reader, unitIds: string[]): Promise<Map<string, { code: string; name: string }>> {
  const found = await rows(read, sql<{ unit_id: string; code: string; name: string }>`select unit_id, code, name from public_units_tree where unit_id = any(${unitIds}::uuid[])`)
  return new Map(found.map((u) => [u.unit_id, { code: u.code, name: u.name }]))
}

/** Of programmes whose events the asker sees. */
export async function programmeNames(read: Reader, ids: string[]): Promise<Map<string, { vi: string; en: string }>> {
  const found = await rows(read, sql<{ id: string; name: { vi: string; en: string } }>`select programme_id as id, name from public_programmes_programmes where programme_id = any(${[...new Set(ids)]}::uuid[])`)
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** Of these units, those whose board the actor may follow live. */
export async function mayFollowBoards(read: Reader, actor: Actor, unitIds: string[]): Promise<string[]> {
  const found = await rows(read, sql<{ unit_id: string }>`
    select u.unit_id from public_units_tree u where u.unit_id = any(${unitIds}::uuid[]) and ${granted(actor, 'readiness.read', 'u.unit_id')}`)
  return found.map((u) => u.unit_id)
}

/** Each unit with its parent. */
export async function parentsOf(read: Reader, unitIds: string[]): Promise<Map<string, string | null>> {
  const found = await rows(read, sql<{ unit_id: string; parent_id: string | null }>`select unit_id, parent_id from public_units_tree where unit_id = any(${unitIds}::uuid[])`)
  return new Map(found.map((u) => [u.unit_id, u.parent_id]))
}

/** By code; of several lists the one that is first by name, today's before what is gone. */
export async function unitNamed(read: Reader, code: string): Promise<string | undefined> {
  return (await rows(read, sql<{ unit_id: string }>`select unit_id from public_units_tree where code = ${code} order by valid_until is not null, valid_until desc, scheme limit 1`))[0]?.unit_id
}
