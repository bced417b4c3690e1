// The statements that every projector of tasks is made of: from state to state, sums up the tree, and the counts that change with it.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Writer } from '../../../kernel/db.ts'
import type { TaskDue, TaskState } from '../contract/facts.ts'

export const NO_PROGRAMME = '00000000-0000-0000-0000-000000000000'
/** Rows of a statement: as one JSON parameter, named and typed by `columns`. */
export const from = (rows: object[], columns: string): RawBuilder<unknown> => sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f(${sql.raw(columns)})`
export const dueAt = (due: TaskDue | null): string => due?.at ?? 'infinity'

/** The counts that change with it, for the follower of the totals. `old` and `now` are the rows before and after; both exist in `moved`. */
export const deltas = sql`insert into task_deltas (position, unit_id, programme_id, level, workstream, zone, was_state, was_due_at, state, due_at)
  select f.position, n.unit_id, coalesce(n.programme_id, ${NO_PROGRAMME}::uuid), n.level, n.workstream, n.zone, o.state, o.due_at, n.state, n.due_at
  from f join now n using (id) join old o using (id) where (o.state, o.due_at) is distinct from (n.state, n.due_at)`

type Moved = { id: string; position: number; at: Date; state?: TaskState; due?: TaskDue | null }
/** From state to state, from due date to due date. */
export async function move(write: Writer, moved: Moved[], { keepRule = false } = {}): Promise<void> {
  if (moved.length === 0) return
  const rows = moved.map(({ due, ...m }) => ({ ...m, due_at: due === undefined ? null : dueAt(due), due_rule: due?.rule ?? null }))
  await sql`with f as (select * from ${from(rows, 'id uuid, position bigint, at timestamptz, state text, due_at timestamptz, due_rule text')}),
    old as (select t.id, t.state, t.due_at from tasks t join f using (id)),
    now as (update tasks t set state = coalesce(f.state, t.state), due_at = coalesce(f.due_at, t.due_at), due_rule = case when f.due_at is null or ${keepRule} then t.due_rule else f.due_rule end, changed_at = f.at
      from f where t.id = f.id returning t.id, t.unit_id, t.programme_id, t.level, t.workstream, t.zone, t.state, t.due_at)
    ${deltas}`.execute(write)
}

/** Sums up the tree: what a change of one task adds to each task above it. */
export async function addAbove(write: Writer, above: { id: string; parts?: number; partsDone?: number; reached?: number; base?: number }[]): Promise<void> {
  if (above.length === 0) return
  await sql`with f as (select id, coalesce(sum(parts), 0) as parts, coalesce(sum("partsDone"), 0) as done, coalesce(sum(reached), 0) as reached, coalesce(sum(base), 0) as base
      from ${from(above, 'id uuid, parts integer, "partsDone" integer, reached numeric, base numeric')} group by id)
    update tasks t set parts = t.parts + f.parts, parts_done = t.parts_done + f.done,
      reached = case when t.target_kind is null then null else coalesce(t.reached, 0) + f.reached end,
      base = case when t.target_kind is null or t.target_kind = 'number' then null else coalesce(t.base, 0) + f.base end
    from f where t.id = f.id`.execute(write)
}
