// Once a day: a hash over the heads of all streams that moved, chained to the day before. Kept off the machine, it shows a line cut off the end of a stream.
import { sql } from 'kysely'
import { rows } from './db.ts'
import type { Database, Reader } from './db.ts'
import { anchorHash } from './journal.ts'

export type Anchor = { day: string; position: number; streams: number; hash: string }

/** Makes the anchor of `at`'s day (UTC), once; a second call of the day answers the same. */
export async function makeAnchor(db: Database, at: Date): Promise<Anchor> {
  const day = at.toISOString().slice(0, 10)
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('sansang:anchor', 0))`.execute(tx)
    const last = await tx.selectFrom('journal_anchors').select(['day_on', 'hash', 'position']).orderBy('day_on', 'desc').limit(1).executeTakeFirst()
    if (last && last.day_on >= day) return
    // Streams that moved: those with a line above the last anchor's position, or below it but committed later; so by transaction, not by position.
    const { rows: [state] } = await sql<{ heads: string; streams: number; position: number }>`
      with moved as (select distinct on (stream) stream, seq, hash, position from journal where recorded_at >= coalesce((select made_at - interval '1 hour' from journal_anchors order by day_on desc limit 1), '-infinity') order by stream, seq desc)
      select coalesce(json_agg(json_build_array(stream, seq, encode(hash, 'hex')) order by stream)::text, '[]') as heads, count(*)::int as streams,
        coalesce((select max(position) from journal), 0) as position from moved`.execute(tx)
    const hash = anchorHash(last?.hash.toString('hex') ?? '', state!.heads)
    await tx.insertInto('journal_anchors').values({ day_on: day, position: state!.position, streams: state!.streams, heads: state!.heads, hash, made_at: at }).execute()
  })
  return (await anchors(db as unknown as Reader, day))[0]!
}

/** The anchors, newest first, to be sent or written down elsewhere. */
export const anchors = (read: Reader, day?: string): Promise<Anchor[]> =>
  rows(read, sql<Anchor>`select day_on as day, position, streams, encode(hash, 'hex') as hash from journal_anchors where ${day ? sql`day_on = ${day}` : sql`true`} order by day_on desc limit 400`)
