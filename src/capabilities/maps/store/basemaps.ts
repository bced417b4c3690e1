// Which basemap is in use.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import type { BasemapAdded, BasemapFile, BasemapRemoved } from '../contract/basemap.ts'

export const projectBasemaps = {
  'basemap.added.v1': [async (write: Writer, facts: Recorded<BasemapAdded>[]) => {
    for (const { fact, actorId, at } of facts) {
      await sql`update basemaps set removed_at = ${at} where removed_at is null`.execute(write)
      await sql`insert into basemaps (id, file_id, format, tiles, min_zoom, max_zoom, bounds, credit, added_by, added_at)
        values (${fact.basemapId}, ${fact.file.id}, ${fact.format}, ${fact.tiles}, ${fact.minZoom}, ${fact.maxZoom}, ${fact.bounds}::float8[], ${fact.credit}, ${actorId}, ${at})`.execute(write)
    }
  }],
  'basemap.removed.v1': [async (write: Writer, facts: Recorded<BasemapRemoved>[]) => {
    await sql`update basemaps b set removed_at = f.at from unnest(${facts.map((f) => f.fact.basemapId)}::uuid[], ${facts.map((f) => f.at)}::timestamptz[]) f(id, at) where b.id = f.id`.execute(write)
  }],
}

export type BasemapRow = Omit<BasemapFile, 'addedAt'> & { fileId: string; sha256: Buffer; addedAt: Date }
/** One whose file is gone is none. */
export const basemapNow = async (read: Reader): Promise<BasemapRow | undefined> => (await rows(read, sql<BasemapRow>`
  select b.id as "basemapId", b.file_id as "fileId", b.format, b.tiles, b.min_zoom as "minZoom", b.max_zoom as "maxZoom", b.bounds, b.credit, b.added_at as "addedAt", p.name as "addedBy", coalesce(f.name, '') as name, f.size, f.sha256
  from basemaps b join file_blobs f on f.id = b.file_id and f.sha256 is not null left join public_people_names p on p.person_id = b.added_by
  where b.removed_at is null order by b.added_at desc, b.id limit 1`))[0]
