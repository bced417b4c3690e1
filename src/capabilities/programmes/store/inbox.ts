// What an inbox needs to know of the events that facts are about.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'

export type Told = { id: string; unitId: string; unit: string; programme: { vi: string; en: string }; version: number }
export async function toldOf(read: Reader, ids: string[]): Promise<Map<string, Told>> {
  const found = await rows(read, sql<Told>`select e.id, e.unit_id as "unitId", u.name as unit, p.name as programme, v.version
    from events e join programmes p on p.id = e.programme_id join template_versions v on v.id = e.template_version_id join public_units_tree u on u.unit_id = e.unit_id where e.id = any(${ids}::uuid[])`)
  return new Map(found.map((row) => [row.id, row]))
}
/** Who leads these tasks now. */
export async function leadsOf(read: Reader, taskIds: string[]): Promise<Map<string, string>> {
  if (taskIds.length === 0) return new Map()
  const found = await rows(read, sql<{ id: string; unit_id: string }>`select task_id as id, unit_id from public_tasks_places where task_id = any(${taskIds}::uuid[])`)
  return new Map(found.map((row) => [row.id, row.unit_id]))
}
