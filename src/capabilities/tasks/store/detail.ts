// One task with all that was said and sent about it, and what the asker may do.
import { sql } from 'kysely'
import { granted, readable } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Lang } from '../../../kernel/contract.ts'
import type { TASK_ORIGINS, TaskAction, TaskDetail } from '../contract/shapes.ts'
import { OPEN_STATES } from '../contract/shapes.ts'
import { ownStream } from '../decide.ts'
import type { TaskRow } from '../decide.ts'
import { accessTask, tasksBelow } from './access.ts'
import { loadTasks, streamsOfTask } from './show.ts'

export async function taskDetail(read: Reader, actor: Actor, id: string, lang: Lang, at: Date, origins: Origins = []): Promise<TaskDetail | undefined> {
  const row = await accessTask(read, actor, 'task.read', id)
  if (!row) return undefined
  const [[task], directive, origin, reports, extensions, remarks, held, waits] = await Promise.all([
    loadTasks(read, [id], lang, at), directiveOf(read, id), originOf(read, actor, id, origins), reportsOf(read, id), extensionsOf(read, id), remarksOf(read, id), rightsOn(read, actor, id), waitsOf(read, id, lang, at),
  ])
  if (!task) return undefined
  const can = actionsOf(row, actor, held)
  const below = can.includes('withdraw') && row.parts !== null ? await tasksBelow(read, id) : null
  const streams = can.includes('edit') && ownStream(row) ? await streamsOfTask(read, id) : []
  return {
    ...task, directive, origin, waits, reports, extensions, workstreams: streams.map(({ code, name }) => ({ code, name: name[lang] ?? code })),
    reasons: remarks.filter((r) => r.what !== 'comment' && r.what !== 'reminded').map(({ what, at: said, byId, byName, text }) => ({ what: what as 'returned', at: said, byId, byName, text })).reverse(),
    comments: remarks.filter((r) => r.what === 'comment').map(({ id: commentId, at: said, byId, byName, text, mentions }) => ({ id: commentId, at: said, byId, byName, text, mentions })),
    withdraws: below && { parts: below.filter((one) => one.state !== 'verified').length, kept: below.filter((one) => one.state === 'verified').length },
    can, asOf: at.toISOString(),
  }
}

async function directiveOf(read: Reader, id: string): Promise<TaskDetail['directive']> {
  const [row] = await rows<NonNullable<TaskDetail['directive']>>(read, sql`select d.id, d.number, d.title, d.issued_on::text as "issuedOn" from tasks t join directives d on d.id = t.directive_id where t.id = ${id}`)
  return row ?? null
}

/** Views (task_id, id, unit_id, title, readers) of what makes tasks, and the right to read it; supplied by wiring. */
export type Origins = readonly { kind: (typeof TASK_ORIGINS)[number]; view: `public_${string}`; right: Right }[]
async function originOf(read: Reader, actor: Actor, id: string, origins: Origins): Promise<TaskDetail['origin']> {
  if (origins.length === 0) return null
  const [row] = await rows<NonNullable<TaskDetail['origin']>>(read, sql.join(origins.map(({ kind, view, right }) => {
    const tree = sql`(${granted(actor, right, 'o.unit_id')} or exists (select 1 from unnest(o.readers) r(unit_id) where ${granted(actor, right, 'r.unit_id')}))`
    return sql`select ${sql.lit(kind)} as kind, o.id, o.title from ${sql.table(view)} o where o.task_id = ${id}::uuid and ${readable(actor, right, 'o.id', tree)}`
  }), sql` union all `))
  return row ?? null
}

/** A milestone is reached once no task that is due at it is open, and where none is, with its moment. */
async function waitsOf(read: Reader, id: string, lang: Lang, at: Date): Promise<TaskDetail['waits']> {
  const found = await rows<{ taskId: string | null; title: string | null; name: Record<string, string> | null; code: string; state: TaskDetail['state'] | null; gate: boolean; open: boolean; tasks: number; when: Date | null; days: number }>(read, sql`
    select w.id as "taskId", w.title, coalesce(i.name, m.name) as name, coalesce(a.task, a.milestone) as code, w.state, a.milestone is not null as gate,
      case when a.milestone is null then w.stage = 'open' else coalesce(g.open, false) end as open, coalesce(g.n, 0)::int as tasks, case when a.milestone is null then nullif(w.due_at, 'infinity') else (e.milestones ->> a.milestone)::timestamptz end as "when", a.days
    from tasks t join public_programmes_after a on a.template_version_id = t.template_version_id and a.item = t.item join public_programmes_events e on e.event_id = t.event_id
      left join lateral (select o.* from tasks o where o.event_id = t.event_id and o.item = a.task and o.lineage is null and o.state <> 'withdrawn' limit 1) w on a.task is not null
      left join public_programmes_items i on i.template_version_id = t.template_version_id and i.item = a.task
      left join public_programmes_milestones m on m.template_version_id = t.template_version_id and m.milestone = a.milestone
      left join lateral (select count(*) as n, bool_or(o.stage = 'open') as open from tasks o join public_programmes_items oi on oi.template_version_id = t.template_version_id and oi.item = o.item and oi.milestone = a.milestone where o.event_id = t.event_id) g on a.milestone is not null
    where t.id = ${id} and (w.id is not null or e.milestones ? a.milestone) order by a.n`)
  return found.map((row) => ({
    taskId: row.taskId, name: row.title ?? row.name?.[lang] ?? Object.values(row.name ?? {})[0] ?? row.code, state: row.state, at: row.when?.toISOString() ?? null, days: row.days,
    done: row.gate && row.tasks === 0 ? row.when !== null && row.when <= at : !row.open,
  }))
}

async function reportsOf(read: Reader, id: string): Promise<TaskDetail['reports']> {
  const found = await rows<{
    id: string; at: Date; byId: string; byName: string | null; behalf: string | null; done: boolean; reached: number | null; base: number | null; text: string | null; toldBy: string | null
    label: string | null; on: string | null; expiresAt: Date | null; files: TaskDetail['reports'][number]['files']
  }>(read, sql`
    select r.id, r.reported_at as at, r.reported_by as "byId", n.name as "byName", case when r.on_behalf_of is not null then coalesce(b.name, '…') end as behalf, r.done, r.reached::float8 as reached, r.base::float8 as base,
      p.text, told.text as "toldBy", r.evidence_label as label, r.evidence_on as "on", r.evidence_expires_at as "expiresAt",
      coalesce((select json_agg(json_build_object('id', b.id, 'name', coalesce(b.name, ''), 'size', b.size, 'type', b.type)) from file_blobs b where b.id = any(r.files)), '[]') as files
    from task_reports r left join public_people_names n on n.person_id = r.reported_by left join public_people_names b on b.person_id = r.on_behalf_of left join private_texts p on p.id = r.note_id left join private_texts told on told.id = r.told_id
    where r.task_id = ${id} order by r.reported_at desc, r.id desc limit 200`)
  return found.map((r) => ({
    id: r.id, at: r.at.toISOString(), byId: r.byId, byName: r.byName, text: r.text, done: r.done, reached: r.reached, base: r.base, onBehalf: r.behalf, toldBy: r.toldBy,
    evidence: { label: r.label, on: r.on, expiresAt: r.expiresAt?.toISOString() ?? null }, files: r.files,
  }))
}

async function extensionsOf(read: Reader, id: string): Promise<TaskDetail['extensions']> {
  const found = await rows<{ id: string; askedAt: Date; until: Date; state: 'asked'; reason: string | null; answer: string | null }>(read, sql`
    select e.id, e.asked_at as "askedAt", e.until, e.state, r.text as reason, a.text as answer from task_extensions e left join private_texts r on r.id = e.reason_id left join private_texts a on a.id = e.answer_id
    where e.task_id = ${id} order by e.asked_at desc limit 100`)
  return found.map((e) => ({ ...e, askedAt: e.askedAt.toISOString(), until: e.until.toISOString() }))
}

type Said = { id: string; what: string; at: string; byId: string; byName: string | null; text: string | null; mentions: { id: string; name: string | null }[] }
async function remarksOf(read: Reader, id: string): Promise<Said[]> {
  const found = await rows<Omit<Said, 'at'> & { at: Date }>(read, sql`
    select r.id, r.what, r.said_at as at, r.said_by as "byId", n.name as "byName", p.text,
      coalesce((select json_agg(json_build_object('id', m.id, 'name', mn.name) order by m.n) from unnest(r.mentions) with ordinality m(id, n) left join public_people_names mn on mn.person_id = m.id), '[]') as mentions
    from task_remarks r left join private_texts p on p.id = r.text_id left join public_people_names n on n.person_id = r.said_by where r.task_id = ${id} order by r.said_at, r.id limit 500`)
  return found.map((r) => ({ ...r, at: r.at.toISOString() }))
}

const RIGHTS = ['task.accept', 'task.report', 'task.split', 'task.assign', 'task.verify', 'task.comment'] as const
/** Asked together, so it is one query. */
async function rightsOn(read: Reader, actor: Actor, id: string): Promise<Set<string>> {
  const held = await Promise.all(RIGHTS.map(async (right) => ((await accessTask(read, actor, right, id)) ? right : undefined)))
  return new Set(held.filter((right) => right !== undefined))
}

function actionsOf(task: TaskRow, actor: Actor, held: Set<string>): TaskAction[] {
  const open = (OPEN_STATES as readonly string[]).includes(task.state)
  const alive = task.state !== 'verified' && task.state !== 'withdrawn'
  const all: [TaskAction, string, boolean][] = [
    ['accept', 'task.accept', task.state === 'assigned' || task.state === 'returned'], ['start', 'task.report', open && task.state !== 'under_way'], ['report', 'task.report', open],
    ['verify', 'task.verify', task.state === 'reported' && !(actor.kind === 'person' && task.reportedBy === actor.id)], ['return', 'task.verify', ['reported', 'verified', 'refused'].includes(task.state)],
    ['refuse', 'task.accept', task.state === 'assigned'], ['ask_extension', 'task.accept', open && !task.extension], ['grant_extension', 'task.assign', open],
    ['decline_extension', 'task.assign', task.extension !== null], ['withdraw', 'task.assign', alive], ['split', 'task.split', open], ['edit', 'task.assign', alive],
    ['comment', 'task.comment', true], ['remind', 'task.assign', open],
  ]
  return all.filter(([, right, fits]) => fits && held.has(right)).map(([action]) => action)
}
