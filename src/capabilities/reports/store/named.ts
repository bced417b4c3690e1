import { sql } from 'kysely'
import { cleared, granted, grantedRanges, readable } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { wordsOf } from '../../../pure/text.ts'
import { kept } from './handover.ts'

/** What was asked and whose it is, as a line calls a report. */
export const reportNames = async (read: Reader, ids: string[]): Promise<Map<string, string>> =>
  new Map((await rows(read, sql<{ id: string; name: string }>`select r.id, concat_ws(', ', c.title, u.name) as name from reports r join report_collections c on c.id = r.collection_id join public_units_tree u on u.unit_id = r.unit_id where r.id = any(${ids}::uuid[])`)).map(({ id, name }) => [id, name]))
/** Requests, of those that the asker may read. */
export const collectionNames = async (read: Reader, actor: Actor, ids: string[]): Promise<Map<string, string>> => new Map((await rows(read, sql<{ id: string; title: string }>`
  select c.id, c.title from report_collections c where c.id = any(${ids}::uuid[]) and ${readable(actor, 'report.read', 'c.id', granted(actor, 'report.read', 'c.unit_id'))}`)).map(({ id, title }) => [id, title]))

/** Whoever may read them was asked before. */
export const collectionTitles = async (read: Reader, ids: string[]): Promise<Map<string, string>> => new Map((await rows(read, sql<{ id: string; title: string }>`select id, title from report_collections where id = any(${ids}::uuid[])`)).map(({ id, title }) => [id, title]))

/** Of so many requests, and of their last periods, reports are looked for by name. */
const [REQUESTS, PERIODS] = [20, 2]
/** Each word stands in what was asked or in the unit’s name, one at least in what was asked; the latest period first. */
export async function findReports(read: Reader, actor: Actor, q: string, limit: number): Promise<{ id: string; title: string; unit: string; on: string }[]> {
  const words = wordsOf(q).fold.slice(0, 12).map((word) => `% ${word}%`)
  return rows(read, sql<{ id: string; title: string; unit: string; on: string }>`
    with mine as materialized (select u.unit_id from access_units u join ${grantedRanges(actor, 'report.read')} r on u.path >= r.path and u.path < r.upto),
      readable as materialized (select unit_id from mine union select k.unit_id from report_keepers k where k.keeper_id in (select unit_id from mine)),
      asked as materialized (select c.id, c.title, c.asked_at, ' ' || folded(c.title) as fold, ${granted(actor, 'report.read', 'k.unit_id')} as whole from report_collections c ${kept('c.unit_id', 'k')}
        where (${sql.join(words.map((word) => sql`' ' || folded(c.title) like ${word}`), sql` or `)}) and ${cleared(actor, 'report.read', 'c.id')} order by c.asked_at desc limit ${REQUESTS})
    select f.id, c.title, f.name as unit, p.on_day::text as "on" from asked c
      cross join lateral (select on_day from report_periods p where p.collection_id = c.id order by on_day desc limit ${PERIODS}) p
      cross join lateral (select r.id, u.name, u.path from reports r join public_units_tree u on u.unit_id = r.unit_id where r.collection_id = c.id and r.on_day = p.on_day and (c.whole or r.unit_id in (select unit_id from readable))
        and ${sql.join(words.map((word) => sql`(c.fold like ${word} or ' ' || u.fold like ${word})`), sql` and `)} order by u.path limit ${limit}) f
    order by p.on_day desc, c.asked_at desc, f.path limit ${limit}`)
}
