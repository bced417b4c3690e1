import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'

/** What was asked and whose it is, as a line calls a report. */
export const reportNames = async (read: Reader, ids: string[]): Promise<Map<string, string>> =>
  new Map((await rows(read, sql<{ id: string; name: string }>`select r.id, concat_ws(', ', c.title, u.name) as name from reports r join report_collections c on c.id = r.collection_id join public_units_tree u on u.unit_id = r.unit_id where r.id = any(${ids}::uuid[])`)).map(({ id, name }) => [id, name]))
