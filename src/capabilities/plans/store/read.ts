// Plans as they are asked for: lists by right in the query, and one plan with all that belongs to it.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { cleared, fileGrades, granted, readableMany } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { fileNames } from '../../../kernel/blobs.ts'
import type { Lang } from '../../../kernel/contract.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { paged, readCursor } from '../../../kernel/paging.ts'
import { dayIn, endOfDay } from '../../../pure/calendar.ts'
import { fold } from '../../../pure/text.ts'
import type { PlanQuery } from '../contract.ts'
import type { Content, Header, Plan, PlanLine, Section } from '../contract/shapes.ts'
import type { Phase } from '../decide/edit.ts'
import { versionPhase } from '../decide/force.ts'
import type { Sources } from '../decide/tables.ts'
import { paperSeen, appraisedBy, mayAnswer, seenBy, standsAppraising, standsAt, treeMany } from './access.ts'
import { comingOn, inForceOn, phaseOn, replacedFrom } from './force.ts'
import { staleReasons } from './stale.ts'

type Sql = RawBuilder<unknown>
export const unitName = (lang: Lang, alias: string): Sql => (lang === 'en' ? sql`coalesce(${sql.ref(`${alias}.name_en`)}, ${sql.ref(`${alias}.name`)})` : sql.ref(`${alias}.name`))
const EXACT_TO = 1000
const GRADE = sql`coalesce((select g.grade from access_graded g where g.record_id = p.id), 'none')`
/** The name of another plan, where the asker may know it. */
const NAME = (actor: Actor): Sql => sql`case when ${cleared(actor, 'plan.read', 'o.id')} then o.title else '…' end`

export async function listPlans(read: Reader, actor: Actor, asked: PlanQuery, sources: Sources, lang: Lang, today: string): Promise<{ items: PlanLine[]; next: string | null; total?: number; withheld: number }> {
  const tree = treeMany(actor)
  const mayRead = await readableMany(read, actor, 'plan.read', 'p.id', tree)
  const conditions: Sql[] = [mayRead]
  if (asked.unit) conditions.push(asked.below === false ? sql`p.unit_id = ${asked.unit}::uuid` : sql`p.unit_id in (select b.unit_id from access_units a join access_units b on b.path >= a.path and b.path < left(a.path, -1) || '/' where a.unit_id = ${asked.unit}::uuid)`)
  if (asked.kind) conditions.push(sql`p.kind = ${asked.kind}`)
  if (asked.matter) conditions.push(sql`p.matter = ${asked.matter}`)
  if (asked.phase) conditions.push(asked.phase === 'approved' ? sql`${inForceOn('p', today)} is not null` : asked.phase === 'coming' ? sql`${comingOn('p', today)} is not null` : sql`${phaseOn('p', today)} = ${asked.phase}`)
  if (asked.event) conditions.push(sql`p.event_id = ${asked.event}::uuid`)
  if (asked.q) conditions.push(sql`p.fold like ${`%${fold(asked.q)}%`}`)
  const stale = sql`exists (select 1 from plan_versions i cross join lateral (${staleReasons(sources, today)}) w where i.plan_id = p.id and i.n = ${inForceOn('p', today)})`
  if (asked.stale !== undefined) conditions.push(asked.stale ? stale : sql`not ${stale}`)
  const after = readCursor(asked.cursor)
  const beyond = after ? sql` and (p.changed_at, p.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``
  const where = sql.join(conditions, sql` and `)
  const found = await rows<Omit<PlanLine, 'changedAt'> & { changedAt: Date; key: string }>(read, sql`
    select p.id, p.kind, p.matter, p.title, ${GRADE} as grade, json_build_object('id', u.unit_id, 'name', ${unitName(lang, 'u')}) as unit, case when p.head_id is not null then json_build_object('id', p.head_id, 'name', h.name) end as head, ${phaseOn('p', today)} as phase, p.n, ${inForceOn('p', today)} as "inForce", ${comingOn('p', today)} as coming,
      e.day_on::text as "dayOn", p.changed_at as "changedAt", p.changed_at::text as key,
      coalesce((select json_agg(w) from plan_versions i cross join lateral (${staleReasons(sources, today)}) w where i.plan_id = p.id and i.n = ${inForceOn('p', today)}), '[]') as stale
    from (select * from plans p where ${where}${beyond} order by p.changed_at desc, p.id desc limit ${asked.limit + 1}) p join public_units_tree u on u.unit_id = p.unit_id
      left join public_people_names h on h.person_id = p.head_id left join public_programmes_events e on e.event_id = p.event_id order by p.changed_at desc, p.id desc`)
  const { items, next } = paged(found, asked.limit, (row) => row.key)
  const [count] = asked.cursor ? [] : await rows<{ n: number }>(read, sql`select count(*)::int as n from (select 1 from plans p where ${where} limit ${EXACT_TO + 1}) x`)
  // What one may not know is counted, not shown; never by words, which would be answered.
  const [kept] = asked.cursor || asked.q ? [] : await rows<{ n: number }>(read, sql`select count(*)::int as n from access_graded g join plans p on p.id = g.record_id where g.kind <> 'report' and ${tree} and not ${mayRead}`)
  return {
    withheld: kept?.n ?? 0, items: items.map(({ key: _, changedAt, ...row }) => ({ ...row, changedAt: changedAt.toISOString() })), ...(count ? { total: count.n } : {}),
    next,
  }
}

/** What stands in the sections of a version. Undefined text: erased. */
export type Written = { id: string; code: string | null; title: string; version: number; tables: string[]; content: Content | null; changedAt: Date; changedBy: { id: string; name: string | null } }
export async function sectionsOf(read: Reader, planId: string, n: number): Promise<Written[]> {
  const found = await rows<Omit<Written, 'content'> & { textId: string | null; text: string | null }>(read, sql`
    select s.id, s.code, s.title, s.version, s.tables, s.text_id as "textId", t.text, s.changed_at as "changedAt", json_build_object('id', s.changed_by, 'name', c.name) as "changedBy"
    from plan_sections s left join private_texts t on t.id = s.text_id left join public_people_names c on c.person_id = s.changed_by where s.plan_id = ${planId}::uuid and s.n = ${n} order by s.place, s.id`)
  return found.map(({ textId, text, ...row }) => ({ ...row, content: textId === null ? { text: '', tables: row.tables, actions: [] } : text === null ? null : JSON.parse(text) as Content }))
}
export type Made = { id: string; action: string; n: number; state: string; title: string; unitId: string; unit: string; dueAt: Date | null }
/** Tasks that the plan's versions made, as they are now. */
export const tasksMade = (read: Reader, planId: string, lang: Lang = 'vi'): Promise<Made[]> => rows<Made>(read, sql`
  select k.task_id as id, k.action_id as action, k.n, coalesce(t.state, 'withdrawn') as state, coalesce(w.title #>> '{}', '…') as title, l.unit_id as "unitId", coalesce(${unitName(lang, 'u')}, '…') as unit, nullif(t.due_at, 'infinity') as "dueAt"
  from plan_tasks k left join public_tasks_states t on t.task_id = k.task_id left join public_tasks_titles w on w.task_id = k.task_id left join public_tasks_places l on l.task_id = k.task_id left join public_units_tree u on u.unit_id = l.unit_id
  where k.plan_id = ${planId}::uuid order by k.n, u.place, k.task_id`)
export const unitNames = async (read: Reader, ids: string[], lang: Lang): Promise<Map<string, string>> =>
  new Map(ids.length === 0 ? [] : (await rows<{ id: string; name: string }>(read, sql`select u.unit_id as id, ${unitName(lang, 'u')} as name from public_units_tree u where u.unit_id = any(${ids}::uuid[])`)).map(({ id, name }) => [id, name]))
/** The words of the live tables, as they were when the version was approved. */
export const frozenTables = async (read: Reader, planId: string, n: number): Promise<string | undefined> =>
  (await rows<{ text: string | null }>(read, sql`select t.text from plan_versions v join private_texts t on t.id = v.tables_id where v.plan_id = ${planId}::uuid and v.n = ${n}`))[0]?.text ?? undefined

export const named = async (written: Written[], read: Reader, lang: Lang, planId: string): Promise<Omit<Section, 'guide'>[]> => {
  const units = await unitNames(read, [...new Set(written.flatMap((s) => s.content?.actions.flatMap((a) => [...(a.unitId ? [a.unitId] : []), ...a.supportingUnitIds]) ?? []))], lang)
  const tasks = new Map((await tasksMade(read, planId)).map(({ action, id, state }) => [action, { id, state }]))
  const unit = (id: string) => ({ id, name: units.get(id) ?? '…' })
  return written.map(({ content, changedAt, ...s }) => ({
    ...s, text: content?.text ?? (content === null ? null : ''), changedAt: changedAt.toISOString(),
    actions: content?.actions.map((a) => ({ ...a, unit: a.unitId ? unit(a.unitId) : null, supporting: a.supportingUnitIds.map(unit), task: tasks.get(a.id) ?? null })) ?? [],
  }))
}

type Frame = Omit<Plan, 'sections' | 'files' | 'detached' | 'versions' | 'consulted' | 'comments' | 'appraisal' | 'tasks' | 'withdrawn' | 'asOf' | 'shown' | 'mark' | 'title' | 'basis' | 'reviewOn'> & {
  header: Header; withdrawnAt: Date | null; withdrawnBy: { id: string; name: string | null } | null; withdrawnTold: string | null; reason: string | null
  mayEdit: boolean; mayJudge: boolean; mayApprove: boolean; maySay: boolean
}
/** Everything but its sections. `n`: which version; undefined: the newest. */
export async function showFrame(read: Reader, actor: Actor, planId: string, n: number | undefined, sources: Sources, lang: Lang, today: string): Promise<(Frame & { shown: number }) | undefined> {
  const [row] = await rows<Frame & { shown: number }>(read, sql`
    select p.id, json_build_object('id', u.unit_id, 'name', ${unitName(lang, 'u')}) as unit, p.kind, p.matter, p.lang, ${GRADE} as grade, p.n, ${phaseOn('p', today)} as phase, ${inForceOn('p', today)} as "inForce", ${comingOn('p', today)} as coming, p.version, p.head_version as "headerVersion", v.n as shown, v.header,
      case when v.header ->> 'headId' is not null then json_build_object('id', v.header ->> 'headId', 'name', h.name) end as head,
      case when e.event_id is not null then json_build_object('id', e.event_id, 'unit', ${unitName(lang, 'eu')}, 'programme', eg.name, 'dayOn', e.day_on) end as event,
      case when g.programme_id is not null then json_build_object('id', g.programme_id, 'code', g.code, 'name', g.name) end as programme,
      coalesce((select json_agg(json_build_object('id', o.id, 'name', ${NAME(actor)}) order by o.title) from plans o where o.id::text in (select jsonb_array_elements_text(v.header -> 'restsOn'))), '[]') as "restsOn",
      coalesce((select json_agg(json_build_object('id', s.paper_id, 'name', case when s.may then concat_ws(', ', nullif(s.written, ''), s.subject) when ${cleared(actor, 'paper.read', 's.paper_id')} then s.written else '…' end, 'state', s.state, 'may', s.may) order by s.written) from (select s.*, ${paperSeen(actor)} as may from public_papers_standing s where s.paper_id::text in (select jsonb_array_elements_text(v.header -> 'papers'))) s), '[]') as papers,
      coalesce((select json_agg(w) from plan_versions i cross join lateral (${staleReasons(sources, today)}) w where i.plan_id = p.id and i.n = ${inForceOn('p', today)}), '[]') as stale,
      (select json_build_object('id', o.id, 'name', ${NAME(actor)}) from plans o where o.id = p.replaced_by) as "replacedBy", ${replacedFrom('p')} as "replacedFrom",
      case when p.phase = 'withdrawn' then p.ended_at end as "withdrawnAt", json_build_object('id', p.ended_by, 'name', w.name) as "withdrawnBy", told.text as "withdrawnTold", r.text as reason,
      ${granted(actor, 'plan.edit', 'p.unit_id')} as "mayEdit", ${granted(actor, 'plan.approve', 'p.unit_id')} as "mayApprove", ${appraisedBy(actor)} as "mayJudge", ${seenBy(actor, 'plan.edit')} as "maySay"
    from plans p join plan_versions v on v.plan_id = p.id and v.n = ${n ?? sql`p.n`} join public_units_tree u on u.unit_id = p.unit_id left join public_people_names h on h.person_id = (v.header ->> 'headId')::uuid
      left join public_programmes_events e on e.event_id = (v.header ->> 'eventId')::uuid left join public_units_tree eu on eu.unit_id = e.unit_id left join public_programmes_programmes eg on eg.programme_id = e.programme_id
      left join public_programmes_programmes g on g.programme_id = (v.header ->> 'programmeId')::uuid left join private_texts r on r.id = p.reason_id left join private_texts told on told.id = p.ended_told_id
      left join public_people_names w on w.person_id = p.ended_by
    where p.id = ${planId}::uuid and ${seenBy(actor, 'plan.read')}`)
  return row
}

type File_ = Plan['files'][number]
const saidBy = sql`case when n.person_id is not null then json_build_object('id', n.person_id, 'name', n.name) end`
/** The plan's own files that its newest version has. */
export async function attachedTo(read: Reader, planId: string): Promise<string[]> {
  const own = await rows<{ id: string }>(read, sql`select file_id as id from plan_attached where plan_id = ${planId}::uuid and file_id not in (select file_id from plan_detached where plan_id = ${planId}::uuid)`)
  return own.map(({ id }) => id)
}
/** What people said of it: versions, consultation, comments, appraisal. */
export async function showSaid(read: Reader, actor: Actor, { id: planId, shown, ...plan }: Pick<Frame, 'id' | 'phase' | 'inForce'> & { shown: number }, lang: Lang, at: Date, zone: string): Promise<Pick<Plan, 'files' | 'detached' | 'versions' | 'consulted' | 'comments' | 'appraisal'>> {
  const [files, grades] = await Promise.all([fileNames(read, `plan:${planId}`), fileGrades(read, planId)])
  const stored = files.filter((file) => !file.erased).map(({ id, name, size, type }): File_ => ({ id, name, size: Number(size), type, grade: grades.get(id) ?? 'none' }))
  const pick = (ids: string[]): File_[] => stored.filter((file) => ids.includes(file.id))
  const over = (due: string | null, then: Date | null) => due !== null && endOfDay(due, zone) < (then ?? at)
  type By = { by: Plan['comments'][number]['by']; toldBy: string | null }
  const versions = await rows<By & { n: number; phase: Phase; begunAt: Date; at: Date | null; on: string | null; how: string | null; number: string | null; from: string | null; files: string[]; tasks: number }>(read, sql`
    select v.n, v.phase, v.begun_at as "begunAt", v.approved_at as at, v.approved_on::text as "on", ${saidBy} as by, t.text as "toldBy", v.how, v.number, v.in_force_from::text as from, v.files, (select count(*)::int from plan_tasks k where k.plan_id = v.plan_id and k.n = v.n) as tasks
    from plan_versions v left join public_people_names n on n.person_id = v.approved_by left join private_texts t on t.id = v.told_id where v.plan_id = ${planId}::uuid order by v.n desc`)
  const consulted = await rows<By & { unit: { id: string; name: string }; due: string; at: Date | null; verdict: 'agree' | 'comments' | null; text: string | null; files: string[]; mine: boolean; may: boolean }>(read, sql`
    select json_build_object('id', u.unit_id, 'name', ${unitName(lang, 'u')}) as unit, c.due_on::text as due, c.answered_at as at, c.verdict, x.text, c.files, ${saidBy} as by, t.text as "toldBy", ${standsAt(actor, 'plan.edit', 'c.unit_id')} as mine, ${mayAnswer(actor)} as may
    from plan_consultations c join plans p on p.id = c.plan_id join public_units_tree u on u.unit_id = c.unit_id left join private_texts x on x.id = c.text_id left join public_people_names n on n.person_id = c.answered_by left join private_texts t on t.id = c.told_id
    where c.plan_id = ${planId}::uuid and c.n = ${shown} order by u.place`)
  const earlier = await rows<By & { unitId: string; at: Date; verdict: 'agree' | 'comments'; text: string | null; files: string[] }>(read, sql`
    select w.unit_id as "unitId", w.answered_at as at, w.verdict, x.text, w.files, ${saidBy} as by, t.text as "toldBy" from plan_answers w left join private_texts x on x.id = w.text_id left join public_people_names n on n.person_id = w.answered_by left join private_texts t on t.id = w.told_id
    where w.plan_id = ${planId}::uuid and w.n = ${shown} and w.place < (select max(l.place) from plan_answers l where l.plan_id = w.plan_id and l.n = w.n and l.unit_id = w.unit_id) order by w.place desc`)
  const comments = await rows<By & { id: string; sectionId: string; n: number; at: Date; quote: string | null; text: string | null; resolved: boolean }>(read, sql`
    select c.id, c.section_id as "sectionId", c.n, c.said_at as at, k.text as quote, x.text, c.resolved, ${saidBy} as by, t.text as "toldBy" from plan_comments c left join private_texts k on k.id = c.quote_id left join private_texts x on x.id = c.text_id
      left join public_people_names n on n.person_id = c.said_by left join private_texts t on t.id = c.told_id where c.plan_id = ${planId}::uuid and c.n <= ${shown} order by c.resolved, c.said_at, c.id limit 500`)
  const [team] = await rows<By & { name: string; mine: boolean; due: string | null; verdict: 'pass' | 'return' | null; text: string | null; at: Date | null }>(read, sql`
    select coalesce(b.name, ${unitName(lang, 'u')}) as name, ${standsAppraising(actor)} as mine, a.due_on::text as due, a.verdict, x.text, a.judged_at as at, ${saidBy} as by, t.text as "toldBy" from plan_appraisals a join plans p on p.id = a.plan_id join public_units_tree u on u.unit_id = a.unit_id left join public_bodies_bodies b on b.body_id = a.body_id
      left join private_texts x on x.id = a.text_id left join public_people_names n on n.person_id = a.judged_by left join private_texts t on t.id = a.told_id where a.plan_id = ${planId}::uuid and a.n = ${shown}`)
  const points = !team ? [] : await rows<By & { id: string; n: number; sectionId: string | null; at: Date; text: string | null; how: 'fixed' | 'answered' | 'withdrawn' | null; answer: string | null; settledAt: Date | null }>(read, sql`
    select q.id, q.place as n, q.section_id as "sectionId", q.raised_at as at, x.text, q.how, y.text as answer, q.settled_at as "settledAt", ${saidBy} as by, t.text as "toldBy" from plan_points q left join private_texts x on x.id = q.text_id left join private_texts y on y.id = q.answer_id
      left join public_people_names n on n.person_id = q.raised_by left join private_texts t on t.id = q.told_id where q.plan_id = ${planId}::uuid and q.n = ${shown} order by q.place`)
  const detached = await rows<By & { id: string; n: number; at: Date; reason: string | null }>(read, sql`
    select d.file_id as id, d.n, d.at, x.text as reason, ${saidBy} as by, t.text as "toldBy" from plan_detached d left join private_texts x on x.id = d.reason_id left join public_people_names n on n.person_id = d.by left join private_texts t on t.id = d.told_id
    where d.plan_id = ${planId}::uuid and d.n <= ${shown} order by d.at desc, d.file_id`)
  // Scans of signed pages and files of answers are held by the plan too, and stand with what they belong to.
  const attached = new Set((await rows<{ id: string }>(read, sql`select file_id as id from plan_attached where plan_id = ${planId}::uuid and n <= ${shown}`)).map(({ id }) => id))
  const gone = new Set(detached.map((one) => one.id))
  return {
    files: stored.filter((file) => attached.has(file.id) && !gone.has(file.id)),
    detached: detached.map(({ at: then, ...one }) => ({ ...one, at: then.toISOString(), name: stored.find((file) => file.id === one.id)?.name ?? '…' })),
    versions: versions.map(({ n, phase, begunAt, at: then, on, from, files, how, number, by, toldBy, tasks }) => ({ n, phase: versionPhase({ n, phase, from }, versions, plan, dayIn(at, zone)), begunAt: begunAt.toISOString(), approved: then && from ? { at: then.toISOString(), on, by, toldBy, how, number, inForceFrom: from, files: pick(files), tasks } : null })),
    consulted: consulted.map(({ at: then, files, ...one }) => ({ ...one, at: then?.toISOString() ?? null, late: over(one.due, then), files: pick(files), earlier: earlier.filter(({ unitId }) => unitId === one.unit.id).map(({ unitId: _, at: when, files: kept, ...was }) => ({ ...was, at: when.toISOString(), files: pick(kept) })) })),
    comments: comments.map(({ at: then, ...one }) => ({ ...one, at: then.toISOString() })),
    appraisal: team ? {
      by: team.name, mine: team.mine, due: team.due, late: over(team.due, team.at), verdict: team.verdict, text: team.text, judged: team.at ? { at: team.at.toISOString(), by: team.by, toldBy: team.toldBy } : null,
      points: points.map(({ at: then, settledAt, ...one }) => ({ ...one, at: then.toISOString(), settledAt: settledAt?.toISOString() ?? null })),
    } : null,
  }
}

export const planTitles = async (read: Reader, ids: string[]): Promise<Map<string, string>> =>
  new Map((await rows<{ id: string; title: string }>(read, sql`select id, title from plans where id = any(${ids}::uuid[])`)).map(({ id, title }) => [id, title]))
