// Which boundary files are in use, and the units that their codes name.
import { sql } from 'kysely'
import { granted, grantedWhole, pathEnd } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import type { Reader, Writer } from '../../kernel/db.ts'
import type { Recorded } from '../../kernel/journal.ts'
import type { BoundariesAdded, BoundariesRemoved } from './contract.ts'
import type { Known } from './decide/match.ts'
import { projectBasemaps } from './store/basemaps.ts'

export const tables = ['boundaries', 'basemaps']

export const project = {
  'boundaries.added.v1': [async (write: Writer, facts: Recorded<BoundariesAdded>[]) => {
    await sql`
      insert into boundaries (id, file_id, source_id, property, scheme, shapes, matched, added_by, added_at)
      select * from unnest(${facts.map((f) => f.fact.boundaryId)}::uuid[], ${facts.map((f) => f.fact.file.id)}::uuid[], ${facts.map((f) => f.fact.source.id)}::uuid[], ${facts.map((f) => f.fact.property)}::text[],
        ${facts.map((f) => f.fact.scheme)}::text[], ${facts.map((f) => f.fact.shapes)}::int[], ${facts.map((f) => f.fact.matched)}::int[], ${facts.map((f) => f.actorId)}::uuid[], ${facts.map((f) => f.at)}::timestamptz[])`.execute(write)
  }],
  'boundaries.removed.v1': [async (write: Writer, facts: Recorded<BoundariesRemoved>[]) => {
    await sql`update boundaries b set removed_at = f.at from unnest(${facts.map((f) => f.fact.boundaryId)}::uuid[], ${facts.map((f) => f.at)}::timestamptz[]) f(id, at) where b.id = f.id`.execute(write)
  }],
  ...projectBasemaps,
}

export async function mayEditMaps(read: Reader, actor: Actor): Promise<boolean> {
  const [all] = await rows(read, sql<{ may: boolean | null }>`
    select coalesce(bool_and(${granted(actor, 'map.edit', 'u.unit_id')}), ${grantedWhole(actor, 'map.edit')}) as may from public_units_tree u where u.parent_id is null and u.valid_until is null`)
  return all?.may === true
}

export type BoundaryRow = { id: string; fileId: string; sourceId: string; property: string; scheme: string; shapes: number; matched: number; addedAt: Date; addedBy: string | null; name: string }
/** The newest first: it is asked first for a unit. */
export const boundariesNow = (read: Reader): Promise<BoundaryRow[]> => rows(read, sql<BoundaryRow>`
  select b.id, b.file_id as "fileId", b.source_id as "sourceId", b.property, b.scheme, b.shapes, b.matched, b.added_at as "addedAt", p.name as "addedBy", coalesce(f.name, '') as name
  from boundaries b left join public_people_names p on p.person_id = b.added_by left join file_blobs f on f.id = b.source_id
  where b.removed_at is null order by b.added_at desc, b.id`)

/** The units that stand today. */
export const unitsNow = (read: Reader): Promise<Known[]> => rows(read, sql<Known>`select code, scheme, name, kind from public_units_tree where valid_until is null order by path`)

/** How often the tree has changed: what was worked out from it is old when this moves. */
export const treeNow = async (read: Reader): Promise<number> => (await rows(read, sql<{ n: number }>`select coalesce(max(tree), 0)::int as n from public_units_tree`))[0]!.n

export type Place = { unitId: string; parentId: string | null; code: string; scheme: string; kind: string; path: string }
/** One unit and all below it that stand today, parents before children. */
export const subtree = (read: Reader, path: string): Promise<Place[]> => rows(read, sql<Place>`
  select unit_id as "unitId", parent_id as "parentId", code, scheme, kind, path from public_units_tree where path >= ${path} and path < ${pathEnd(path)} and valid_until is null order by path`)
export const pathOf = async (read: Reader, unitId: string): Promise<string | undefined> =>
  (await rows(read, sql<{ path: string }>`select path from public_units_tree where unit_id = ${unitId}`))[0]?.path
