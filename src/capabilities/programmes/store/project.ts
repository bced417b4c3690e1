// What the facts make of the tables. Set-based: a chunk of a cascade is one insert.
import { sql } from 'kysely'
import type { Projector, Recorded } from '../../../kernel/commit.ts'
import type { Writer } from '../../../kernel/db.ts'
import { fold } from '../../../pure/text.ts'
import { endDraft, saveDraft } from './drafts.ts'
import { handOver, projectOwned } from './handover.ts'
import type {
  ActivityAdded, ActivityChanged, ActivityRemoved, Due, EventCancelled, EventMoved, EventPhaseChanged, EventPostponed, EventsRecalled, EventUpgraded, LessonRecorded,
  ProgrammeCascaded, ProgrammeCreated, ProgrammeReleased, ProgrammeRetemplated, TemplateImported,
} from '../contract.ts'

export const tables = ['templates', 'template_versions', 'template_drafts', 'template_items', 'template_requirements', 'programmes', 'lessons', 'events', 'activities']

const json = (value: unknown) => JSON.stringify(value)

/** In short, for a task that shows by which rule it is due. */
function ruleOf(due: Due): string {
  const by = 'day' in due && due.day ? `day:${due.day}` : 'working' in due && due.working !== undefined ? `working:${due.working}` : ''
  return 'milestone' in due ? `milestone:${due.milestone}${by && ` ${by}`}` : 'child' in due ? `child:${due.child}${by && ` ${by}`}` : 'on' in due ? `on:${due.on}` : by || 'day:0'
}

async function importTemplate(write: Writer, facts: Recorded<TemplateImported>[]): Promise<void> {
  for (const { fact: f, at, actorId } of facts) {
    await sql`insert into templates (id, code, unit_id, name, newest) values (${f.templateId}, ${f.code}, ${f.unitId}, ${json(f.body.name)}, ${f.version})
      on conflict (id) do update set name = excluded.name, newest = excluded.newest`.execute(write)
    await sql`insert into template_versions (id, template_id, version, hash, body, imported_at, imported_by)
      values (${f.versionId}, ${f.templateId}, ${f.version}, ${f.hash}, ${json(f.body)}, ${at}, ${actorId})`.execute(write)
    const items = f.body.tasks.map((t, n) => ({
      item: t.code, n, workstream: t.workstream, name: t.name, fold: fold(t.name.vi), milestone: 'milestone' in t.due ? t.due.milestone : null,
      evidence_kind: t.evidence?.kind ?? null, evidence_days: t.evidence?.days ?? null, target_unit: t.target?.unit ?? null,
      target_count: t.target && t.target.count !== 'all' ? t.target.count : null, target_kind: t.target ? (t.target.count === 'all' ? 'all' : t.target.as) : null,
      product: t.product, priority: t.priority, due_rule: ruleOf(t.due),
    }))
    await sql`insert into template_items select ${f.versionId}::uuid, i.* from jsonb_to_recordset(${json(items)}::jsonb) as i(
      item text, n smallint, workstream text, name jsonb, fold text, milestone text, evidence_kind text, evidence_days integer, target_unit text,
      target_count numeric, target_kind text, product jsonb, priority text, due_rule text)`.execute(write)
    const requirements = f.body.requirements.map((r, n) => ({ requirement: r.code, n, by_milestone: r.by, name: r.name, holds: r.holds, warn_days: r.warnDays, check: r.check, check_kind: r.check.kind }))
    await sql`insert into template_requirements select ${f.versionId}::uuid, r.* from jsonb_to_recordset(${json(requirements)}::jsonb) as r(
      requirement text, n smallint, by_milestone text, name jsonb, holds jsonb, warn_days integer, "check" jsonb, check_kind text)`.execute(write)
  }
}

async function createProgramme(write: Writer, facts: Recorded<ProgrammeCreated>[]): Promise<void> {
  for (const { fact: f } of facts) {
    await sql`insert into programmes (id, code, name, unit_id, template_version_id, zone, country, gate, rules, made_at, version)
      values (${f.programmeId}, ${f.code}, ${json(f.name)}, ${f.unitId}, ${f.templateVersionId}, ${f.zone}, ${f.country}, ${f.gate}, ${json(f.rules)}, ${f.madeAt}, 1)`.execute(write)
  }
}
async function release(write: Writer, facts: Recorded<ProgrammeReleased>[]): Promise<void> {
  for (const { fact: f } of facts) await sql`update programmes set gate = 'released', template_version_id = ${f.templateVersionId}, version = version + 1 where id = ${f.programmeId}`.execute(write)
}
async function retemplate(write: Writer, facts: Recorded<ProgrammeRetemplated>[]): Promise<void> {
  for (const { fact: f } of facts) await sql`update programmes set template_version_id = ${f.templateVersionId}, version = version + 1 where id = ${f.programmeId}`.execute(write)
}
async function recordLesson(write: Writer, facts: Recorded<LessonRecorded>[]): Promise<void> {
  for (const { fact: f, at, actorId } of facts) {
    await sql`insert into lessons (id, programme_id, event_id, text_id, recorded_at, recorded_by) values (${f.lessonId}, ${f.programmeId}, ${f.eventId}, ${f.textId}, ${at}, ${actorId})`.execute(write)
  }
}

async function cascade(write: Writer, facts: Recorded<ProgrammeCascaded>[]): Promise<void> {
  for (const { fact: f, at } of facts) {
    const { ids, units, schedule, pilot } = f.events
    const of = <K extends keyof (typeof f.schedules)[number]>(key: K) => f.schedules.map((s) => s[key])
    await sql`insert into events (id, programme_id, template_version_id, unit_id, level, class, phase, pilot, day_on, opens_at, zone, milestones, requirements, version, changed_at)
      select e.id, ${f.programmeId}, ${f.templateVersionId}, e.unit_id, s.kind, s.class, 'planned', e.pilot, s.day, s.opens_at, ${f.zone}, s.milestones, s.requirements, 1, ${at}
      from unnest(${ids}::uuid[], ${units}::uuid[], ${schedule}::int[], ${pilot}::boolean[]) e(id, unit_id, schedule, pilot)
      join unnest(${of('kind')}::text[], ${of('class')}::text[], ${of('day')}::date[], ${of('opensAt')}::timestamptz[], ${of('milestones').map(json)}::jsonb[], ${of('requirements').map(json)}::jsonb[])
        with ordinality s(kind, class, day, opens_at, milestones, requirements, n) on s.n = e.schedule + 1
      on conflict do nothing`.execute(write)
  }
}

async function move(write: Writer, facts: Recorded<EventMoved>[]): Promise<void> {
  const of = <K extends keyof EventMoved>(key: K) => facts.map(({ fact }) => fact[key])
  await sql`update events e set day_on = m.day, opens_at = m.opens_at, zone = m.zone, phase = m.phase, milestones = m.milestones, requirements = m.requirements,
      reason_id = null, version = e.version + 1, changed_at = m.at
    from unnest(${of('eventId')}::uuid[], ${of('day')}::date[], ${of('opensAt')}::timestamptz[], ${of('zone')}::text[], ${of('phase')}::text[], ${of('milestones').map(json)}::jsonb[],
      ${of('requirements').map(json)}::jsonb[], ${facts.map((r) => r.at)}::timestamptz[]) m(id, day, opens_at, zone, phase, milestones, requirements, at) where e.id = m.id`.execute(write)
  const moved = facts.flatMap(({ fact }) => fact.activities)
  if (moved.length > 0) {
    await sql`update activities a set starts_at = m.starts_at, ends_at = m.ends_at, version = a.version + 1
      from unnest(${moved.map((m) => m.id)}::uuid[], ${moved.map((m) => m.startsAt)}::timestamptz[], ${moved.map((m) => m.endsAt)}::timestamptz[]) m(id, starts_at, ends_at) where a.id = m.id`.execute(write)
  }
}
async function setPhases(write: Writer, facts: { id: string; phase: string; at: Date; reason: string | null }[], dayless: boolean): Promise<void> {
  await sql`update events e set phase = p.phase, reason_id = coalesce(p.reason, e.reason_id), version = e.version + 1, changed_at = p.at,
      day_on = case when ${dayless} then null else e.day_on end, opens_at = case when ${dayless} then null else e.opens_at end
    from unnest(${facts.map((f) => f.id)}::uuid[], ${facts.map((f) => f.phase)}::text[], ${facts.map((f) => f.at)}::timestamptz[], ${facts.map((f) => f.reason)}::uuid[]) p(id, phase, at, reason)
    where e.id = p.id`.execute(write)
}

async function upgrade(write: Writer, facts: Recorded<EventUpgraded>[]): Promise<void> {
  const of = <K extends keyof EventUpgraded>(key: K) => facts.map(({ fact }) => fact[key])
  await sql`update events e set template_version_id = u.version_id, class = u.class, milestones = u.milestones, requirements = u.requirements, version = e.version + 1, changed_at = u.at
    from unnest(${of('eventId')}::uuid[], ${of('templateVersionId')}::uuid[], ${of('class')}::text[], ${of('milestones').map(json)}::jsonb[], ${of('requirements').map(json)}::jsonb[],
      ${facts.map((r) => r.at)}::timestamptz[]) u(id, version_id, class, milestones, requirements, at) where e.id = u.id`.execute(write)
}

async function setActivity(write: Writer, facts: Recorded<ActivityAdded | ActivityChanged>[]): Promise<void> {
  for (const { fact: f } of facts) {
    await sql`insert into activities as a (id, event_id, name, site, starts_at, ends_at, gone, version)
      values (${f.activityId}, ${f.eventId}, ${json(f.name)}, ${f.site}, ${f.startsAt}, ${f.endsAt}, false, ${f.type === 'activity.added.v1' ? 1 : 2})
      on conflict (id) do update set name = excluded.name, site = excluded.site, starts_at = excluded.starts_at, ends_at = excluded.ends_at, version = a.version + 1`.execute(write)
  }
}
async function removeActivity(write: Writer, facts: Recorded<ActivityRemoved>[]): Promise<void> {
  for (const { fact: f, at } of facts) {
    await sql`insert into activities as a (id, event_id, name, site, starts_at, ends_at, gone, version) values (${f.activityId}, ${f.eventId}, '{}', null, ${at}, ${at}, true, 2)
      on conflict (id) do update set gone = true, version = a.version + 1`.execute(write)
  }
}

export const project = {
  'template.imported.v1': importTemplate, 'template.drafted.v1': saveDraft, 'template.draft_ended.v1': endDraft, 'programme.created.v1': createProgramme, 'programme.released.v1': release, 'programme.retemplated.v1': retemplate,
  'programme.lesson_recorded.v1': recordLesson, 'programme.cascaded.v1': cascade, 'programme.calendar_used.v1': async () => {}, 'event.moved.v1': move, 'event.upgraded.v1': upgrade, 'event.handed_over.v1': handOver, ...projectOwned,
  'event.postponed.v1': (write: Writer, facts: Recorded<EventPostponed>[]) => setPhases(write, facts.map(({ fact, at }) => ({ id: fact.eventId, phase: 'postponed', at, reason: fact.reason.id })), true),
  'event.cancelled.v1': (write: Writer, facts: Recorded<EventCancelled>[]) => setPhases(write, facts.map(({ fact, at }) => ({ id: fact.eventId, phase: 'cancelled', at, reason: fact.reason.id })), false),
  'event.phase_changed.v1': (write: Writer, facts: Recorded<EventPhaseChanged>[]) => setPhases(write, facts.map(({ fact, at }) => ({ id: fact.eventId, phase: fact.to, at, reason: null })), false),
  'events.recalled.v1': async (write: Writer, facts: Recorded<EventsRecalled>[]) => {
    for (const { fact, at } of facts) await setPhases(write, fact.ids.map((id, i) => ({ id, phase: fact.phases[i]!, at, reason: null })), false)
  },
  'activity.added.v1': setActivity, 'activity.changed.v1': setActivity, 'activity.removed.v1': removeActivity,
} as Record<string, Projector>
