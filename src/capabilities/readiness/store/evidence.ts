// What the checks rest on, read for many events at once: the events, their requirements, the waivers in force, and the evidence of each source.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { EventFrame, State } from '../contract.ts'
import type { TaskEvidence, TaskRow } from '../decide/rules.ts'
import type { Evidence, Requirement, Rules, WaiverRow } from '../decide/states.ts'
import { ruleName } from '../decide/states.ts'
import { templatesOf } from './templates.ts'
import type { Template } from './templates.ts'

/** `horizon`: nothing that happens after it matters now. `full`: also what only the sentence needs. `template`: of an event. */
export type Asked = { at: Date; horizon: Date; full: boolean; items: string[]; template: (eventId: string) => Template }
/** Events that one fact made alike: nothing has happened to them yet, so what is known of one follows from the fact. `due`: instants by item. */
export type Made = { frame: Omit<EventFrame, 'eventId' | 'unitId'>; due: Record<string, string>; events: { eventId: string; unitId: string }[] }
/** Where evidence comes from, for many events at once. A later capability hands its own to wiring. */
export type Source = {
  /** An event without any is left out. */
  read: (read: Reader, eventIds: string[], asked: Asked) => Promise<Map<string, unknown>>
  /** Of events just made; a source without this is read for them too. */
  fresh?: (made: Made, template: Template, horizon: Date) => unknown
}
export type Sources = Record<string, Source>

const DAY = 86_400_000
type RawTask = [string, string | null, string | null, string, boolean, boolean, number | null, string | null, number | null, string | null, number | null, number, number | null, string | null]
const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms))
const taskRow = ([taskId, item, workstream, state, open, own, due, evidenceKind, given, evidenceLabel, expires, reached, target, targetUnit]: RawTask, template: Template): TaskRow => ({
  taskId, item: item ?? '', workstream, milestone: template.items.get(item ?? '')?.milestone ?? null, state, open, own, dueAt: date(due),
  evidenceKind, evidenceAt: date(given), evidenceLabel, expiresAt: date(expires), reached, target, targetUnit,
})
// Infinity (no date) is null here.
// Text JSON and float seconds: of 670 µs an event, jsonb and the numeric of `extract` took 370.
const ms = (column: string) => sql`(date_part('epoch', nullif(${sql.ref(column)}, 'infinity')) * 1000)::bigint`
const byDue = (a: TaskRow, b: TaskRow): number => (a.dueAt?.getTime() ?? Infinity) - (b.dueAt?.getTime() ?? Infinity) || (a.taskId < b.taskId ? -1 : 1)

/** Only tasks that a requirement looks at, and open ones that are due or nearly: of the rest two figures say all. */
export const taskEvidence: Source = {
  async read(read, eventIds, { horizon, full, items, template }) {
    const found = await rows(read, sql<{ event_id: string; rest_due: Date | null; rest_items: string[] | null; tasks: RawTask[] | null }>`
      select event_id, min(due_at) filter (where rest) as rest_due, array_agg(item) filter (where rest and item = any(${items}::text[])) as rest_items,
        json_agg(json_build_array(task_id, item, workstream, state, open, own, ${ms('due_at')}, evidence_kind, ${ms('evidence_at')}, evidence_label,
          ${ms('evidence_expires_at')}, coalesce(reached, 0), target_number, target_unit)) filter (where told) as tasks
      from (
        select event_id, task_id, item, workstream, state, open, due_at, evidence_kind, evidence_at, evidence_label, evidence_expires_at, reached, target_number, target_unit, parent_id is null as own,
          open and due_at > ${horizon} as rest,
          ${full}::boolean or (open and due_at <= ${horizon}) or ((not open or evidence_at is not null or reached > 0) and item = any(${items}::text[])) as told
        from public_tasks_evidence where event_id = any(${eventIds}::uuid[])) t
      group by event_id`)
    return new Map(found.map((r) => {
      const its = template(r.event_id)
      return [r.event_id, {
        rows: (r.tasks ?? []).map((task) => taskRow(task, its)).sort(byDue), restDueAt: r.rest_due,
        restMilestones: [...new Set((r.rest_items ?? []).map((item) => its.items.get(item)?.milestone ?? null))].filter((m) => m !== null),
      } satisfies TaskEvidence]
    }))
  },
  fresh({ due }, template, horizon) {
    const tasks = Object.entries(due).map(([item, at]) => ({ item, at: new Date(at), its: template.items.get(item) }))
    const rest = tasks.filter((t) => t.at > horizon)
    return {
      rows: tasks.filter((t) => t.at <= horizon).map(({ item, at }) => taskRow([item, item, template.items.get(item)?.workstream ?? null, 'assigned', true, true, at.getTime(), null, null, null, null, 0, null, null], template)).sort(byDue),
      restDueAt: rest.length > 0 ? new Date(Math.min(...rest.map((t) => t.at.getTime()))) : null, restMilestones: [...new Set(rest.map((t) => t.its?.milestone ?? null))].filter((m) => m !== null),
    } satisfies TaskEvidence
  },
}

/** What the follower stored of an event when it looked last. */
export type Stored = { unitId: string; level: string; programmeId: string; states: Record<string, State>; rank: number; nextChangeAt: Date | null; dayOn: string | null }
type Frame = { frame: EventFrame; stored: Stored | null; waivers: WaiverRow[] }
type RawFrame = EventFrame & { waivers: [string, number, string, number, string, string | null, string[]][] | null; was: Stored | null; wasNext: number | null }

async function framesOf(read: Reader, eventIds: string[]): Promise<Frame[]> {
  const found = await rows(read, sql<RawFrame>`
    select e.event_id as "eventId", e.unit_id as "unitId", e.programme_id as "programmeId", e.template_version_id as "templateVersionId", e.level, e.class, e.phase,
      e.day_on as "dayOn", e.zone, e.milestones, e.requirements, ${ms('c.next_change_at')} as "wasNext",
      case when c.event_id is not null then json_build_object('unitId', c.unit_id, 'level', c.level, 'programmeId', c.programme_id, 'states', c.states, 'rank', c.rank, 'dayOn', c.day_on) end as was,
      (select json_agg(json_build_array(w.requirement, ${ms('w.until_at')}, w.given_by, ${ms('w.given_at')}, w.reason_id, w.told_id, w.files)) from waivers w where w.event_id = e.event_id and w.withdrawn_at is null) as waivers
    from public_programmes_events e left join event_checks c on c.event_id = e.event_id where e.event_id = any(${eventIds}::uuid[])`)
  return found.map(({ waivers, was, wasNext, ...frame }) => ({
    frame, stored: was && { ...was, nextChangeAt: date(wasNext) },
    waivers: (waivers ?? []).map(([requirement, until, byId, given, reasonId, toldId, files]) => ({ requirement, untilAt: new Date(until), byId, givenAt: new Date(given), reasonId, toldId, files })),
  }))
}

export type Loaded = Frame & { requirements: Requirement[]; evidence: Evidence }

const sourcesOf = (requirements: readonly Requirement[], rules: Rules): string[] => [...new Set(requirements.flatMap((r) => rules.get(ruleName(r.check))?.source ?? []))]
const horizonOf = (requirements: readonly Requirement[], at: Date): Date => new Date(at.getTime() + (Math.max(0, ...requirements.map((r) => r.warnDays)) + 1) * DAY)

/** All that `evaluate` needs for these events, in a handful of queries whatever their number. */
export async function loadEvidence(read: Reader, eventIds: string[], rules: Rules, sources: Sources, at: Date, full = false): Promise<Loaded[]> {
  const frames = await framesOf(read, eventIds)
  const versions = new Map(frames.map((f) => [f.frame.eventId, f.frame.templateVersionId]))
  const template = await templatesOf(read, versions.values())
  const all = [...new Set(versions.values())].map(template)
  const requirements = all.flatMap((t) => t.requirements)
  const asked: Asked = { at, horizon: horizonOf(requirements, at), full, items: [...new Set(all.flatMap((t) => t.asked))], template: (eventId) => template(versions.get(eventId)!) }
  const evidence: [string, Map<string, unknown>][] = []
  for (const name of sourcesOf(requirements, rules)) if (sources[name]) evidence.push([name, await sources[name].read(read, [...versions.keys()], asked)])
  return frames.map((one) => ({
    ...one, requirements: template(one.frame.templateVersionId).requirements, evidence: Object.fromEntries(evidence.map(([name, byEvent]) => [name, byEvent.get(one.frame.eventId)])),
  }))
}

/** Evidence of events just made, from the fact that made them; undefined where a source must be read. */
export async function freshEvidence(read: Reader, made: Made, rules: Rules, sources: Sources, at: Date): Promise<{ requirements: Requirement[]; evidence: Evidence } | undefined> {
  const template = (await templatesOf(read, [made.frame.templateVersionId]))(made.frame.templateVersionId)
  const evidence: Evidence = {}
  for (const name of sourcesOf(template.requirements, rules)) {
    const fresh = sources[name]?.fresh
    if (!fresh) return undefined
    evidence[name] = fresh(made, template, horizonOf(template.requirements, at))
  }
  return { requirements: template.requirements, evidence }
}

/** The events of tasks, for facts that name tasks only. */
export async function eventsOfTasks(read: Reader, taskIds: string[]): Promise<string[]> {
  const found = await rows(read, sql<{ event_id: string }>`select distinct event_id from public_tasks_evidence where task_id = any(${taskIds}::uuid[])`)
  return found.map((row) => row.event_id)
}
