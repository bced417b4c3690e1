// What is overdue at some units and below them, for whoever may chase it.
import { sql } from 'kysely'
import { granted } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'

/** The longest overdue first. Who may chase: who may assign at the unit that issued it, else at the one above the lead unit. */
export async function overdueBelow(read: Reader, actor: Actor, unitIds: string[], at: Date, most = 1000): Promise<string[]> {
  const found = await rows<{ id: string }>(read, sql`
    select t.id from unnest(${unitIds}::uuid[]) k(id) join access_units top on top.unit_id = k.id join public_units_tree u on u.path >= top.path and u.path < left(top.path, -1) || '/'
      join tasks t on t.unit_id = u.unit_id and t.stage = 'open' and t.due_at <= ${at}
      join lateral (select coalesce(t.issuer_unit_id, u.parent_id, u.unit_id) as unit_id) g on true
    where ${granted(actor, 'task.assign', 'g.unit_id')} order by t.due_at, t.id limit ${most}`)
  return [...new Set(found.map((row) => row.id))]
}
