// Unfinished work of a closed unit passes to its successor: what it leads, what it issued and must verify, what it supports, and the directives that carry such work.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import type { Carried } from '../../units/contract.ts'
import type { DirectiveHandedOver, TaskHandedOver } from '../contract/facts.ts'
import { from, NO_PROGRAMME } from './change.ts'

type Found = { id: string; stream: string; lead: boolean; issuer: boolean; supporting: boolean }
const UNFINISHED = sql.raw(`('open', 'reported', 'refused')`)

/** Cascaded tasks have no index by issuer: they are led by units that stood below the closed one on some day, or belong to its own events. */
const tasksOf = (read: Reader, unitId: string): Promise<Found[]> => rows(read, sql<Found>`
  with paths as (select distinct path from public_units_spans where unit_id = ${unitId}::uuid),
    leads as (select distinct s.unit_id from paths p join public_units_spans s on s.path >= p.path and s.path < left(p.path, -1) || '/'),
    mine as (
      select t.id from leads l join tasks t on t.unit_id = l.unit_id and t.stage in ${UNFINISHED} and (t.unit_id = ${unitId}::uuid or t.issuer_unit_id = ${unitId}::uuid)
      union select id from tasks where issuer_unit_id = ${unitId}::uuid and item is null and stage in ${UNFINISHED}
      union select t.id from public_programmes_events e join tasks t on t.event_id = e.event_id and t.issuer_unit_id = ${unitId}::uuid and t.stage in ${UNFINISHED} where e.unit_id = ${unitId}::uuid
      union select t.id from task_supports s join tasks t on t.id = s.task_id and t.stage in ${UNFINISHED} where s.unit_id = ${unitId}::uuid)
  select t.id, coalesce('event:' || t.event_id, 'unit:' || t.root_unit_id) as stream, t.unit_id = ${unitId}::uuid as lead, coalesce(t.issuer_unit_id = ${unitId}::uuid, false) as issuer,
    exists (select 1 from task_supports s where s.task_id = t.id and s.unit_id = ${unitId}::uuid) as supporting
  from mine join tasks t using (id) order by t.id`)

const directivesOf = (read: Reader, unitId: string): Promise<{ id: string }[]> => rows(read, sql<{ id: string }>`
  select d.id from directives d where d.issuer_unit_id = ${unitId}::uuid and exists (select 1 from tasks t where t.directive_id = d.id and t.stage in ${UNFINISHED}) order by d.id`)

export async function carryTasks(given: unknown, fromUnitId: string, toUnitId: string): Promise<Carried> {
  const read = given as Reader
  const [tasks, directives] = [await tasksOf(read, fromUnitId), await directivesOf(read, fromUnitId)]
  const count = (part: 'lead' | 'issuer' | 'supporting') => tasks.filter((task) => task[part]).length
  return {
    counts: { tasks: count('lead'), issued: count('issuer'), supported: count('supporting'), directives: directives.length },
    facts: [
      ...directives.map(({ id }) => ({ on: `unit:${fromUnitId}`, about: `directive:${id}`, fact: { type: 'directive.handed_over.v1', directiveId: id, fromUnitId, toUnitId } satisfies DirectiveHandedOver })),
      ...tasks.map(({ id, stream, ...as }) => ({ on: stream, about: `task:${id}`, fact: { type: 'task.handed_over.v1', taskId: id, fromUnitId, toUnitId, ...as } satisfies TaskHandedOver })),
    ],
  }
}

async function tasksHandedOver(write: Writer, facts: Recorded<TaskHandedOver>[]): Promise<void> {
  const moves = facts.map(({ fact: f, at, position }) => ({ id: f.taskId, position, at, was: f.fromUnitId, unit: f.toUnitId, lead: f.lead, issuer: f.issuer, supporting: f.supporting }))
  const f = sql`f as (select * from ${from(moves, 'id uuid, position bigint, at timestamptz, was uuid, unit uuid, lead boolean, issuer boolean, supporting boolean')})`
  // Who leads does not verify: where lead and issuer become one by this, the unit above issues. The counts leave one unit and come to the other.
  await sql`with ${f},
    now as (update tasks t set unit_id = case when f.lead then f.unit else t.unit_id end, branch = case when f.lead then task_branch(u.path) else t.branch end, changed_at = f.at,
        issuer_unit_id = case when f.lead and f.issuer then f.unit when f.issuer then nullif(f.unit, t.unit_id) when f.lead then nullif(t.issuer_unit_id, f.unit) else t.issuer_unit_id end
      from f join public_units_tree u on u.unit_id = f.unit where t.id = f.id returning t.id, t.programme_id, t.level, t.workstream, t.zone, t.state, t.due_at)
    insert into task_deltas (position, unit_id, programme_id, level, workstream, zone, was_state, was_due_at, state, due_at)
    select f.position, s.unit_id, coalesce(n.programme_id, ${NO_PROGRAMME}::uuid), n.level, n.workstream, n.zone, case when s.leaves then n.state end, case when s.leaves then n.due_at end,
      case when not s.leaves then n.state end, case when not s.leaves then n.due_at end
    from f join now n using (id) cross join lateral (values (f.was, true), (f.unit, false)) s(unit_id, leaves) where f.lead`.execute(write)
  if (!moves.some((one) => one.supporting || one.lead)) return
  await sql`with ${f}, gone as (delete from task_supports s using f where s.task_id = f.id and ((f.supporting and s.unit_id = f.was) or (f.lead and s.unit_id = f.unit)))
    insert into task_supports (task_id, unit_id) select f.id, f.unit from f join tasks t on t.id = f.id where f.supporting and t.unit_id <> f.unit on conflict do nothing`.execute(write)
}

async function directivesHandedOver(write: Writer, facts: Recorded<DirectiveHandedOver>[]): Promise<void> {
  await sql`update directives d set issuer_unit_id = h.unit_id from unnest(${facts.map((r) => r.fact.directiveId)}::uuid[], ${facts.map((r) => r.fact.toUnitId)}::uuid[]) h(id, unit_id) where d.id = h.id`.execute(write)
}

export const projectHandover = { 'task.handed_over.v1': tasksHandedOver, 'directive.handed_over.v1': directivesHandedOver }
