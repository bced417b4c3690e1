import { sql } from 'kysely'
import { granted, readable } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'

/** What was asked and whose it is, as a line calls a report. */
export const reportNames = async (read: Reader, ids: string[]): Promise<Map<string, string>> =>
  new Map((await rows(read, sql<{ id: string; name: string }>`select r.id, concat_ws(', ', c.title, u.name) as name from reports r join report_collections c on c.id = r.collection_id join public_units_tree u on u.unit_id = r.unit_id where r.id = any(${ids}::uuid[])`)).map(({ id, name }) => [id, name]))
/** Requests, of those that the asker may read. */
export const collectionNames = async (read: Reader, actor: Actor, ids: string[]): Promise<Map<string, string>> => new Map((await rows(read, sql<{ id: string; title: string }>`
  select c.id, c.title from report_collections c where c.id = any(${ids}::uuid[]) and ${readable(actor, 'report.read', 'c.id', granted(actor, 'report.read', 'c.unit_id'))}`)).map(({ id, title }) => [id, title]))
