// What is overdue at some units and below them, for whoever may chase it.
import { sql } from 'kysely'
import { granted } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'

export type OverdueBelow = { id: string; /** Those asked for that it lies at or below. */ units: string[] }
/**
 * The longest overdue of each unit first, then the next of each, so that no unit's many leave another without a word. Who may chase: who may assign at
 * the unit that issued it, else at the one above the lead unit. `total`: how many there are.
 */
export async function overdueBelow(read: Reader, actor: Actor, unitIds: string[], at: Date, most = 1000): Promise<{ items: OverdueBelow[]; total: number }> {
  const found = await rows<OverdueBelow & { total: number }>(read, sql`
    with placed as (select t.id, k.id as below, t.due_at, row_number() over (partition by k.id order by t.due_at, t.id) as place
      from unnest(${unitIds}::uuid[]) k(id) join access_units top on top.unit_id = k.id join public_units_tree u on u.path >= top.path and u.path < left(top.path, -1) || '/'
        join tasks t on t.unit_id = u.unit_id and t.stage = 'open' and t.due_at <= ${at}
        join lateral (select coalesce(t.issuer_unit_id, u.parent_id, u.unit_id) as unit_id) g on true
      where ${granted(actor, 'task.assign', 'g.unit_id')})
    select id, array_agg(below) as units, (count(*) over ())::int as total from placed group by id, due_at order by min(place), due_at, id limit ${most}`)
  return { items: found.map(({ id, units }) => ({ id, units })), total: found[0]?.total ?? 0 }
}
