// Facts about tasks into rows: one statement for each type of fact, however many facts a transaction brings.
import { sql } from 'kysely'
import type { Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import { fold } from '../../../pure/text.ts'
import type {
  DirectiveIssued, ExtensionAsked, ExtensionDeclined, ExtensionGranted, TaskAccepted, TaskAssigned, TaskCommented, TaskEdited, TaskRefused, TaskReminded, TaskReported,
  TaskReturned, TaskSplit, TasksRecalled, TaskStarted, TaskState, TaskVerified, TaskWithdrawn,
} from '../contract/facts.ts'
import { projectTree } from './branches.ts'
import { addAbove, deltas, dueAt, from, move, NO_PROGRAMME } from './change.ts'
import { projectEvents } from './events.ts'
import { projectHandover } from './handover.ts'

type Facts<F extends { type: string }> = Recorded<F>[]

type Remark = { id: string; task_id: string; what: string; text_id: string | null; mentions?: string[]; said_at: Date; said_by: string }
async function remark(write: Writer, remarks: Remark[]): Promise<void> {
  if (remarks.length === 0) return
  await sql`insert into task_remarks (id, task_id, what, text_id, mentions, said_at, said_by)
    select f.id, f.task_id, f.what, f.text_id, coalesce(f.mentions, '{}'), f.said_at, f.said_by
    from ${from(remarks, 'id uuid, task_id uuid, what text, text_id uuid, mentions uuid[], said_at timestamptz, said_by uuid')}`.execute(write)
}

const says = (what: string, r: Recorded<{ type: string; taskId: string }>, text: { id: string } | null): Remark[] =>
  text ? [{ id: text.id, task_id: r.fact.taskId, what, text_id: text.id, said_at: r.at, said_by: r.actorId }] : []

const to = (state: TaskState) => (write: Writer, facts: Facts<TaskAccepted | TaskStarted>) =>
  move(write, facts.map((r) => ({ id: r.fact.taskId, position: r.position, at: r.at, state })))

async function assigned(write: Writer, facts: Facts<TaskAssigned>): Promise<void> {
  const rows = facts.map(({ fact: { task: t }, at, actorId, position }) => ({
    id: t.id, event_id: t.eventId, programme_id: t.programmeId, directive_id: t.directiveId, import_id: t.importId, root_unit_id: t.eventId ? null : t.stream.slice('unit:'.length),
    lineage: t.lineage.length > 0 ? t.lineage : null, title: t.title, lang: t.lang, fold: fold(t.title), product: t.product, workstream: t.workstream, level: t.level, issuer_unit_id: t.issuerUnitId,
    unit_id: t.unitId, due_at: dueAt(t.due), due_rule: t.due?.rule ?? null, zone: t.due?.zone ?? 'UTC', priority: t.priority, target_kind: t.target?.kind ?? null, target_count: t.target?.count ?? null,
    target_unit: t.target?.unit ?? null, evidence_kind: t.evidenceKind, body_id: t.bodyId ?? null, at, by: actorId, position, supports: t.supportingUnitIds,
  }))
  await sql`with f as (select * from ${from(rows, `id uuid, event_id uuid, programme_id uuid, directive_id uuid, import_id uuid, root_unit_id uuid, lineage uuid[], title text, lang text, fold text, product text,
      workstream text, level text, issuer_unit_id uuid, unit_id uuid, due_at timestamptz, due_rule text, zone text, priority text, target_kind text, target_count numeric, target_unit text,
      evidence_kind text, body_id uuid, at timestamptz, by uuid, position bigint, supports uuid[]`)}),
    t as (insert into tasks (id, event_id, programme_id, directive_id, import_id, root_unit_id, lineage, title, lang, fold, product, workstream, level, issuer_unit_id, unit_id, branch, due_at, due_rule, zone,
        priority, state, target_kind, target_count, target_unit, evidence_kind, body_id, assigned_at, assigned_by, changed_at)
      select id, event_id, programme_id, directive_id, import_id, root_unit_id, lineage, title, lang, fold, product, workstream, level, issuer_unit_id, unit_id, (select task_branch(u.path) from public_units_tree u where u.unit_id = f.unit_id), due_at, due_rule, zone,
        priority, 'assigned', target_kind, target_count, target_unit, evidence_kind, body_id, at, by, at from f)
    insert into task_deltas (position, unit_id, programme_id, level, workstream, zone, state, due_at)
    select position, unit_id, coalesce(programme_id, ${NO_PROGRAMME}::uuid), level, workstream, zone, 'assigned', due_at from f`.execute(write)
  const supports = rows.flatMap((row) => row.supports.map((unit_id) => ({ task_id: row.id, unit_id })))
  if (supports.length > 0) await sql`insert into task_supports (task_id, unit_id) select task_id, unit_id from ${from(supports, 'task_id uuid, unit_id uuid')} on conflict do nothing`.execute(write)
}

async function issued(write: Writer, facts: Facts<DirectiveIssued>): Promise<void> {
  const rows = facts.map(({ fact: d, at, actorId }) => ({
    id: d.directiveId, issuer_unit_id: d.issuerUnitId, programme_id: d.programmeId, number: d.number, title: d.title, lang: d.lang, fold: fold(`${d.number ?? ''} ${d.title}`), body: d.body, basis: d.basis,
    issued_on: d.issuedOn, issued_at: at, issued_by: actorId, body_id: d.bodyId ?? null,
  }))
  await sql`insert into directives (id, issuer_unit_id, programme_id, number, title, lang, fold, body, basis, issued_on, issued_at, issued_by, body_id)
    select * from ${from(rows, 'id uuid, issuer_unit_id uuid, programme_id uuid, number text, title text, lang text, fold text, body text, basis text, issued_on date, issued_at timestamptz, issued_by uuid, body_id uuid')}`.execute(write)
}

/** The hot one: thousands a second. One statement for the rows, one more only where tasks stand above. */
async function reported(write: Writer, facts: Facts<TaskReported>): Promise<void> {
  const col = <V>(of: (r: Facts<TaskReported>[number]) => V): V[] => facts.map(of)
  await sql`with f as (select *, case when done then 'reported' else 'under_way' end as state from unnest(${col((r) => r.fact.taskId)}::uuid[], ${col((r) => r.position)}::bigint[], ${col((r) => r.at)}::timestamptz[],
      ${col((r) => r.actorId)}::uuid[], ${col((r) => r.onBehalfOf)}::uuid[], ${col((r) => r.told)}::uuid[], ${col((r) => r.fact.reportId)}::uuid[], ${col((r) => r.fact.done)}::boolean[],
      ${col((r) => r.fact.reached)}::numeric[], ${col((r) => r.fact.base)}::numeric[], ${col((r) => r.fact.note?.id ?? null)}::uuid[], ${col((r) => r.fact.evidence.label)}::text[],
      ${col((r) => r.fact.evidence.on)}::date[], ${col((r) => r.fact.evidence.expiresAt)}::timestamptz[], ${col((r) => `{${r.fact.files.map((file) => file.id).join(',')}}`)}::text[])
      f(id, position, at, by, behalf, told, report, done, reached, base, note, label, "on", expires, files)),
    old as (select t.id, t.state, t.due_at from tasks t join f using (id)),
    r as (insert into task_reports (id, task_id, done, reached, base, note_id, evidence_label, evidence_on, evidence_expires_at, files, reported_at, reported_by, on_behalf_of, told_id)
      select report, id, done, reached, base, note, label, "on", expires, files::uuid[], at, by, behalf, told from f),
    now as (update tasks t set state = f.state, reached = case when t.parts is null then f.reached else t.reached end, base = case when t.parts is null then f.base else t.base end, changed_at = f.at,
        reported_at = case when f.done then f.at else t.reported_at end, reported_by = case when f.done then coalesce(f.behalf, f.by) else t.reported_by end,
        evidence_label = coalesce(f.label, t.evidence_label), evidence_expires_at = coalesce(f.expires, t.evidence_expires_at),
        evidence_at = case when f.done or f.label is not null then coalesce(f."on"::timestamp at time zone t.zone, f.at) else t.evidence_at end
      from f where t.id = f.id returning t.id, t.unit_id, t.programme_id, t.level, t.workstream, t.zone, t.state, t.due_at)
    ${deltas}`.execute(write)
  await addAbove(write, facts.flatMap(({ fact: f }) => (f.plusReached !== 0 || f.plusBase !== 0 ? f.above.map((id) => ({ id, reached: f.plusReached, base: f.plusBase })) : [])))
}

async function verified(write: Writer, facts: Facts<TaskVerified>): Promise<void> {
  await move(write, facts.map((r) => ({ id: r.fact.taskId, position: r.position, at: r.at, state: 'verified' })))
  await addAbove(write, facts.flatMap(({ fact }) => fact.above.map((id) => ({ id, partsDone: 1 }))))
  await remark(write, facts.flatMap((r) => says('verified', r, r.fact.note)))
}

async function returned(write: Writer, facts: Facts<TaskReturned>): Promise<void> {
  await move(write, facts.map(({ fact, at, position }) => ({ id: fact.taskId, position, at, state: 'returned', ...(fact.due ? { due: fact.due } : {}) })))
  await sql`update tasks set reported_at = null, reported_by = null, evidence_at = null, evidence_label = null, evidence_expires_at = null where id = any(${facts.map((r) => r.fact.taskId)}::uuid[])`.execute(write)
  await addAbove(write, facts.flatMap(({ fact }) => (fact.from === 'verified' ? fact.above.map((id) => ({ id, partsDone: -1 })) : [])))
  await remark(write, facts.flatMap((r) => says('returned', r, r.fact.reason)))
}

async function refused(write: Writer, facts: Facts<TaskRefused>): Promise<void> {
  await move(write, facts.map((r) => ({ id: r.fact.taskId, position: r.position, at: r.at, state: 'refused' })))
  await remark(write, facts.flatMap((r) => says('refused', r, r.fact.reason)))
}

async function withdrawn(write: Writer, facts: Facts<TaskWithdrawn>): Promise<void> {
  const ids = facts.map((r) => r.fact.taskId)
  // A withdrawn leaf no longer counts above: neither as a part, nor with what it had reached.
  const { rows } = await sql<{ id: string; reached: number | null; base: number | null }>`
    select id, reached::float8 as reached, base::float8 as base from tasks where id = any(${ids}::uuid[]) and lineage is not null`.execute(write)
  const had = new Map(rows.map((row) => [row.id, row]))
  await move(write, facts.map((r) => ({ id: r.fact.taskId, position: r.position, at: r.at, state: 'withdrawn' })))
  await sql`update tasks set extension_id = null, extension_until = null where id = any(${ids}::uuid[]) and extension_id is not null`.execute(write)
  await addAbove(write, facts.flatMap(({ fact }) => fact.above.map((id) => ({ id, parts: -1, reached: -(had.get(fact.taskId)?.reached ?? 0), base: -(had.get(fact.taskId)?.base ?? 0) }))))
  // One reason may stand for a whole tree: its text is shown with the task that was named.
  await remark(write, facts.filter((r, i) => facts.findIndex((other) => other.fact.reason?.id === r.fact.reason?.id) === i).flatMap((r) => says('withdrawn', r, r.fact.reason)))
}

async function split(write: Writer, facts: Facts<TaskSplit>): Promise<void> {
  for (const { fact } of facts) { // one order at a time: an order that splits shares its stream with none
    const { rows: [was] } = await sql<{ leaf: boolean; reached: number | null; base: number | null }>`
      select parts is null as leaf, reached::float8 as reached, base::float8 as base from tasks where id = ${fact.taskId}`.execute(write)
    await sql`update tasks set parts = coalesce(parts, 0) + ${fact.parts.length}, parts_done = coalesce(parts_done, 0),
      reached = case when parts is not null then reached when target_kind is null then null else 0 end,
      base = case when parts is not null then base when target_kind is null or target_kind = 'number' then null else 0 end where id = ${fact.taskId}`.execute(write)
    await addAbove(write, fact.above.map((id) => ({ id, parts: fact.parts.length - (was?.leaf ? 1 : 0), reached: was?.leaf ? -(was.reached ?? 0) : 0, base: was?.leaf ? -(was.base ?? 0) : 0 })))
  }
}

async function asked(write: Writer, facts: Facts<ExtensionAsked>): Promise<void> {
  const rows = facts.map(({ fact: f, at, actorId }) => ({ id: f.extensionId, task_id: f.taskId, until: f.until, reason_id: f.reason.id, at, by: actorId }))
  await sql`with f as (select * from ${from(rows, 'id uuid, task_id uuid, until timestamptz, reason_id uuid, at timestamptz, by uuid')}),
    e as (insert into task_extensions (id, task_id, asked_at, asked_by, until, state, reason_id) select id, task_id, at, by, until, 'asked', reason_id from f)
    update tasks t set extension_id = f.id, extension_until = f.until, changed_at = f.at from f where t.id = f.task_id`.execute(write)
}

async function answered(write: Writer, facts: Facts<ExtensionGranted | ExtensionDeclined>): Promise<void> {
  const rows = facts.map(({ fact: f, at, actorId }) => ({ task_id: f.taskId, id: f.extensionId, state: f.type === 'task.extension_granted.v1' ? 'granted' : 'declined', answer_id: f.type === 'task.extension_declined.v1' ? f.reason.id : null, at, by: actorId }))
  await sql`with f as (select * from ${from(rows, 'task_id uuid, id uuid, state text, answer_id uuid, at timestamptz, by uuid')}),
    e as (update task_extensions e set state = f.state, answer_id = f.answer_id, answered_at = f.at, answered_by = f.by from f where e.id = f.id)
    update tasks t set extension_id = null, extension_until = null, changed_at = f.at from f where t.id = f.task_id`.execute(write)
}

async function granted(write: Writer, facts: Facts<ExtensionGranted>): Promise<void> {
  await move(write, facts.map(({ fact, at, position }) => ({ id: fact.taskId, position, at, due: fact.due })))
  await sql`update tasks set version = version + 1, changes = coalesce(changes, '{}') || jsonb_build_object('due', version + 1) where id = any(${facts.map((r) => r.fact.taskId)}::uuid[])`.execute(write)
  await answered(write, facts)
}

async function edited(write: Writer, facts: Facts<TaskEdited>): Promise<void> {
  const parts = ['title', 'product', 'due', 'priority', 'target', 'evidenceKind', 'supportingUnitIds'] as const
  const rows = facts.map(({ fact: f, at }) => ({
    id: f.taskId, version: f.version, at, changes: Object.fromEntries([...parts.filter((part) => f[part] !== undefined), ...f.lead ? ['unitId'] : [], ...f.workstream ? ['workstream'] : []].map((part) => [part, f.version])),
    title: f.title ?? null, lang: f.lang ?? null, fold: f.title === undefined ? null : fold(f.title), priority: f.priority ?? null, product: f.product ?? null,
    target_kind: f.target?.kind ?? null, target_count: f.target?.count ?? null, target_unit: f.target?.unit ?? null, evidence_kind: f.evidenceKind ?? null,
  }))
  await sql`with f as (select * from ${from(rows, `id uuid, version integer, at timestamptz, changes jsonb, title text, lang text, fold text, priority text, product text, target_kind text, target_count numeric, target_unit text, evidence_kind text`)})
    update tasks t set version = f.version, changes = coalesce(t.changes, '{}') || f.changes, changed_at = f.at,
      title = coalesce(f.title, t.title), lang = coalesce(f.lang, t.lang), fold = coalesce(f.fold, t.fold), priority = coalesce(f.priority, t.priority),
      product = case when f.changes ? 'product' then f.product else t.product end, evidence_kind = case when f.changes ? 'evidenceKind' then f.evidence_kind else t.evidence_kind end,
      target_kind = case when f.changes ? 'target' then f.target_kind else t.target_kind end, target_count = case when f.changes ? 'target' then f.target_count else t.target_count end,
      target_unit = case when f.changes ? 'target' then f.target_unit else t.target_unit end
    from f where t.id = f.id`.execute(write)
  const dues = facts.filter((r) => r.fact.due !== undefined)
  if (dues.length > 0) await move(write, dues.map(({ fact, at, position }) => ({ id: fact.taskId, position, at, due: fact.due ?? null })))
  const leads = facts.flatMap((r) => (r.fact.lead ? [{ ...r, fact: { type: 'task.handed_over.v1' as const, taskId: r.fact.taskId, fromUnitId: r.fact.lead.from, toUnitId: r.fact.lead.to, lead: true, issuer: false, supporting: false } }] : []))
  if (leads.length > 0) await projectHandover['task.handed_over.v1'](write, leads)
  const streams = facts.flatMap(({ fact, position }) => (fact.workstream ? [{ id: fact.taskId, position, ...fact.workstream }] : []))
  // The counts leave one workstream and come to the other.
  if (streams.length > 0) await sql`with f as (select * from ${from(streams, 'id uuid, position bigint, "from" text, "to" text')}),
    now as (update tasks t set workstream = f."to" from f where t.id = f.id returning t.id, t.unit_id, t.programme_id, t.level, t.zone, t.state, t.due_at)
    insert into task_deltas (position, unit_id, programme_id, level, workstream, zone, was_state, was_due_at, state, due_at)
    select f.position, n.unit_id, coalesce(n.programme_id, ${NO_PROGRAMME}::uuid), n.level, s.workstream, n.zone, case when s.leaves then n.state end, case when s.leaves then n.due_at end,
      case when not s.leaves then n.state end, case when not s.leaves then n.due_at end
    from f join now n using (id) cross join lateral (values (f."from", true), (f."to", false)) s(workstream, leaves)`.execute(write)
  for (const { fact } of facts.filter((r) => r.fact.supportingUnitIds !== undefined)) {
    await sql`delete from task_supports where task_id = ${fact.taskId} and unit_id <> all(${fact.supportingUnitIds!}::uuid[])`.execute(write)
    await sql`insert into task_supports (task_id, unit_id) select ${fact.taskId}, u from unnest(${fact.supportingUnitIds!}::uuid[]) u on conflict do nothing`.execute(write)
  }
}

const commented = (write: Writer, facts: Facts<TaskCommented>) =>
  remark(write, facts.map(({ fact: f, at, actorId }) => ({ id: f.commentId, task_id: f.taskId, what: 'comment', text_id: f.text.id, mentions: f.mentions, said_at: at, said_by: actorId })))
const reminded = (write: Writer, facts: Facts<TaskReminded>) => remark(write, facts.flatMap((r) => says('reminded', r, r.fact.text)))

async function recalled(write: Writer, facts: Facts<TasksRecalled>): Promise<void> {
  for (const { fact: r, position } of facts) { // each stands for thousands of rows
    const rows = r.ids.map((id, i) => ({
      id, position, state: r.states[i], at: r.at[i], by: r.by[i], reached: r.reached[i] ?? null, base: r.base[i] ?? null, given: r.evidence[i] !== null, label: r.evidence[i]?.label ?? null,
      on: r.evidence[i]?.on ?? null, expires: r.evidence[i]?.expiresAt ?? null, reason: r.reasons[i]?.id ?? null,
    }))
    await sql`with f as materialized (select *, state in ('reported', 'verified') as kept from ${from(rows, `id uuid, position bigint, state text, at timestamptz, by uuid, reached numeric, base numeric, given boolean, label text, "on" date, expires timestamptz, reason uuid`)}),
      old as (select t.id, t.state, t.due_at from tasks t join f using (id)),
      r as (insert into task_reports (id, task_id, done, reached, base, evidence_label, evidence_on, evidence_expires_at, reported_at, reported_by)
        select overlay(overlay(md5('report:' || id) placing '8' from 13) placing 'a' from 17)::uuid, id, true, reached, base, label, "on", expires, at, by from f where state in ('reported', 'verified', 'returned') on conflict do nothing),
      m as (insert into task_remarks (id, task_id, what, text_id, said_at, said_by) select reason, id, state, reason, at, by from f where reason is not null and state in ('returned', 'refused', 'withdrawn')),
      now as (update tasks t set state = f.state, reached = f.reached, base = f.base, changed_at = f.at, reported_at = case when f.kept then f.at end, reported_by = case when f.kept then f.by end,
          evidence_label = case when f.kept then f.label end, evidence_expires_at = case when f.kept then f.expires end,
          evidence_at = case when f.kept and f.given then coalesce(f."on"::timestamp at time zone t.zone, f.at) end
        from f where t.id = f.id returning t.id, t.unit_id, t.programme_id, t.level, t.workstream, t.zone, t.state, t.due_at)
      ${deltas}`.execute(write)
    const { rows: parts } = await sql<{ lineage: string[]; done: boolean; reached: number | null; base: number | null }>`
      select lineage, state = 'verified' as done, reached::float8 as reached, base::float8 as base from tasks where id = any(${r.ids}::uuid[]) and lineage is not null and parts is null`.execute(write)
    await addAbove(write, parts.flatMap((part) => part.lineage.map((id) => ({ id, partsDone: part.done ? 1 : 0, reached: part.reached ?? 0, base: part.base ?? 0 }))))
  }
}

type Projector = (write: Writer, facts: Recorded<never>[]) => Promise<void>
/** By fact; wiring joins them with those of the other capabilities. */
export const project: Record<string, Projector> = {
  'directive.issued.v1': issued, 'task.assigned.v1': assigned, 'task.accepted.v1': to('accepted'), 'task.started.v1': to('under_way'), 'task.reported.v1': reported,
  'task.verified.v1': verified, 'task.returned.v1': returned, 'task.refused.v1': refused, 'task.extension_asked.v1': asked, 'task.extension_granted.v1': granted,
  'task.extension_declined.v1': answered, 'task.withdrawn.v1': withdrawn, 'task.split.v1': split, 'task.edited.v1': edited, 'task.commented.v1': commented,
  'task.reminded.v1': reminded, 'tasks.recalled.v1': recalled, ...projectEvents, ...projectHandover, ...projectTree,
} as Record<string, Projector>

/** A cache of the journal: rebuild --check compares every row. */
export const tables = ['directives', 'tasks', 'task_supports', 'task_reports', 'task_extensions', 'task_remarks']
