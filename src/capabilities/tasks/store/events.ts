// What a programme's facts do to tasks: a cascade fills them by one insert … select, a moved event moves what is open.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import type { EventCancelled, EventMoved, EventPostponed, EventUpgraded, ProgrammeCascaded, Schedule } from '../../programmes/contract/facts.ts'
import { from, move, NO_PROGRAMME } from './change.ts'

type Lot = {
  programmeId: string; versionId: string; madeAt: string; zone: string; at: Date; by: string; position: number
  schedules: Pick<Schedule, 'kind' | 'due' | 'targets'>[]
  events: { ids: string[]; units: string[]; issuers: string[]; schedule: number[] }
  handed: { events: string[]; items: string[]; units: string[] }
}

/** derivedId of kernel/ids.ts, in SQL: 48 bits of time, then SHA-256 over the parts as JSON. */
const idOf = (madeAt: string, parts: string) => {
  const time = new Date(madeAt).getTime().toString(16).padStart(12, '0')
  const h = `encode(sha256(convert_to('["' || ${parts} || '"]', 'UTF8')), 'hex')`
  return sql.raw(`(select ('${time}8' || substr(h, 14, 3) || translate(substr(h, 17, 1), '0123456789abcdef', '89ab89ab89ab89ab') || substr(h, 18, 15))::uuid from (select ${h} as h) x)`)
}

/**
 * The tasks of new events. No `on conflict`: a lot names only what is missing (the programme decided that under its lock), and a task that is there
 * already must fail the order, not be counted twice. Answers how many.
 */
async function fill(write: Writer, lot: Lot): Promise<void> {
  const items = lot.schedules.flatMap((s, n) => Object.entries(s.due).map(([item, due]) => ({ n, kind: s.kind, item, due, target: s.targets[item] ?? null })))
  const base = sql`s as materialized (select f.n, f.kind, f.item, f.due, i.workstream, i.evidence_kind, i.target_unit, i.priority,
        case when i.target_unit is null then null else coalesce(f.target, i.target_count, 100) end as target_count,
        case when i.target_unit is null then null when f.target is null and i.target_count is null then 'all' else i.target_as end as target_kind,
        coalesce('milestone:' || i.milestone, i.due::text) as due_rule
      from ${from(items, 'n integer, kind text, item text, due timestamptz, target numeric')} join public_programmes_items i on i.template_version_id = ${lot.versionId}::uuid and i.item = f.item),
    e as materialized (select e.*, task_branch(u.path) as branch from unnest(${lot.events.ids}::uuid[], ${lot.events.units}::uuid[], ${lot.events.issuers}::uuid[], ${lot.events.schedule}::int[]) e(id, unit_id, issuer_unit_id, n)
      join public_units_tree u using (unit_id))`
  const columns = sql`(id, event_id, programme_id, template_version_id, item, lineage, workstream, level, issuer_unit_id, unit_id, branch, due_at, due_rule, zone, priority, state, target_kind, target_count, target_unit,
    evidence_kind, assigned_at, assigned_by, changed_at)`
  const rest = sql`s.due, s.due_rule, ${lot.zone}, s.priority, 'assigned', s.target_kind, s.target_count, s.target_unit, s.evidence_kind, ${lot.at}::timestamptz, ${lot.by}::uuid, ${lot.at}::timestamptz`
  await sql`with ${base}
    insert into tasks ${columns}
    select ${idOf(lot.madeAt, `e.id || '","' || s.item`)}, e.id, ${lot.programmeId}::uuid, ${lot.versionId}::uuid, s.item, null, s.workstream, s.kind, nullif(e.issuer_unit_id, e.unit_id), e.unit_id, e.branch, ${rest}
    from e join s using (n)`.execute(write)
  if (lot.handed.events.length > 0) {
    await sql`with ${base}, h as materialized (select h.*, task_branch(u.path) as branch from unnest(${lot.handed.events}::uuid[], ${lot.handed.items}::text[], ${lot.handed.units}::uuid[]) h(event_id, item, unit_id)
          join public_units_tree u using (unit_id)),
        p as (update tasks t set parts = coalesce(t.parts, 0) + k.parts, parts_done = coalesce(t.parts_done, 0), reached = case when t.target_kind is not null then coalesce(t.reached, 0) end,
          base = case when t.target_kind in ('percent', 'all') then coalesce(t.base, 0) end
          from (select event_id, item, count(*)::int as parts from h group by event_id, item) k where t.id = ${idOf(lot.madeAt, `k.event_id || '","' || k.item`)})
      insert into tasks ${columns}
      select ${idOf(lot.madeAt, `h.event_id || '","' || h.item || '","' || h.unit_id`)}, e.id, ${lot.programmeId}::uuid, ${lot.versionId}::uuid, s.item, array[${idOf(lot.madeAt, `h.event_id || '","' || h.item`)}],
        s.workstream, s.kind, e.unit_id, h.unit_id, h.branch, ${rest}
      from h join e on e.id = h.event_id join s on s.n = e.n and s.item = h.item`.execute(write)
  }
}

async function cascaded(write: Writer, facts: Recorded<ProgrammeCascaded>[]): Promise<void> {
  for (const { fact: f, at, actorId, position } of facts) {
    await fill(write, { programmeId: f.programmeId, versionId: f.templateVersionId, madeAt: f.madeAt, zone: f.zone, at, by: actorId, position, schedules: f.schedules, events: f.events, handed: f.handed })
    // The follower counts a cascade from the fact itself: a row for each task would double its cost. This one says that it is still to be counted.
    await sql`insert into task_deltas (position, unit_id, programme_id, level, workstream, zone) values (${position}, ${NO_PROGRAMME}, ${f.programmeId}, '', '', ${f.zone})`.execute(write)
  }
}

const shift = async (write: Writer, r: Recorded<EventMoved | EventUpgraded>): Promise<void> => {
  const due = Object.entries(r.fact.due)
  if (due.length === 0) return
  await move(write, due.map(([id, at]) => ({ id, position: r.position, at: r.at, due: { at, rule: 'kept', zone: '' } })), { keepRule: true })
}

async function moved(write: Writer, facts: Recorded<EventMoved>[]): Promise<void> {
  for (const r of facts) await shift(write, r)
}

async function postponed(write: Writer, facts: Recorded<EventPostponed>[]): Promise<void> {
  await move(write, facts.flatMap((r) => r.fact.tasks.map((id) => ({ id, position: r.position, at: r.at, due: null }))), { keepRule: true })
}

async function cancelled(write: Writer, facts: Recorded<EventCancelled>[]): Promise<void> {
  await move(write, facts.flatMap((r) => r.fact.tasks.map((id) => ({ id, position: r.position, at: r.at, state: 'withdrawn' as const }))))
}

async function upgraded(write: Writer, facts: Recorded<EventUpgraded>[]): Promise<void> {
  for (const r of facts) {
    const { fact: f } = r
    // New items, and handed ones of items that the event already had.
    const handed = { events: f.handed.items.map(() => f.eventId), items: f.handed.items, units: f.handed.units }
    const kind = (await sql<{ level: string }>`select level from tasks where event_id = ${f.eventId} limit 1`.execute(write)).rows[0]?.level ?? ''
    await fill(write, {
      programmeId: f.programmeId, versionId: f.templateVersionId, madeAt: f.madeAt, zone: f.zone, at: r.at, by: r.actorId, position: r.position,
      schedules: [{ kind, due: f.add, targets: f.targets }], events: { ids: [f.eventId], units: [f.unitId], issuers: [f.issuerUnitId], schedule: [0] }, handed,
    })
    await sql`insert into task_deltas (position, unit_id, programme_id, level, workstream, zone, state, due_at)
      select ${r.position}, unit_id, programme_id, level, workstream, zone, state, due_at from tasks
      where event_id = ${f.eventId} and item = any(${Object.keys(f.add)}::text[]) and template_version_id = ${f.templateVersionId}`.execute(write)
    await sql`update tasks set template_version_id = ${f.templateVersionId} where event_id = ${f.eventId} and item is not null and template_version_id = ${f.fromVersionId}
      and exists (select 1 from public_programmes_items i where i.template_version_id = ${f.templateVersionId} and i.item = tasks.item)`.execute(write)
    if (f.withdraw.length > 0) await move(write, f.withdraw.map((id) => ({ id, position: r.position, at: r.at, state: 'withdrawn' as const })))
    await shift(write, r)
  }
}

export const projectEvents = {
  'programme.cascaded.v1': cascaded, 'event.moved.v1': moved, 'event.postponed.v1': postponed, 'event.cancelled.v1': cancelled, 'event.upgraded.v1': upgraded,
}

export type EventTask = { id: string; eventId: string; item: string | null; unitId: string; dueAt: Date | null; state: string; open: boolean; parentId: string | null; title: string | null }
/** For the programmes capability: what an event still has open when it moves, is postponed, cancelled or follows a newer template. */
export const tasksOfEvents = (read: Reader, eventIds: string[]): Promise<EventTask[]> =>
  rows<EventTask>(read, sql`select id, event_id as "eventId", item, unit_id as "unitId", nullif(due_at, 'infinity') as "dueAt", state, stage = 'open' as open, lineage[1] as "parentId", title
    from tasks where event_id = any(${eventIds}::uuid[]) order by event_id, due_at, id`)
