// Sessions in the database. The standing office of their body changes them; they are read there and at every unit that has a seat.
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import { granted } from '../../kernel/access.ts'
import { fileNames } from '../../kernel/blobs.ts'
import type { Told } from '../../kernel/contract.ts'
import type { Actor, Right } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import type { Reader, Writer } from '../../kernel/db.ts'
import type { Recorded } from '../../kernel/journal.ts'
import type { After } from '../../kernel/paging.ts'
import { wordsOf } from '../../pure/text.ts'
import type { BodyHandedOver } from '../bodies/contract.ts'
import type { Conclusion, ConclusionWithdrawn, Meeting, MeetingCancelled, MeetingChanged, MeetingConcluded, MeetingPlan, MeetingPlanned, MeetingRecorded, MeetingReopened, MeetingSigned } from './contract.ts'
import type { BodyOf, ConclusionRow, Left, MeetingRow } from './decide.ts'

export const tables = ['meetings', 'meeting_points', 'meeting_conclusions']

export const project = {
  // Sessions go with their body's standing office.
  'body.handed_over.v1': [async (write: Writer, facts: Recorded<BodyHandedOver>[]) => {
    for (const { fact: f } of facts) if (f.office) await sql`update meetings set unit_id = ${f.toUnitId} where body_id = ${f.bodyId} and unit_id = ${f.fromUnitId}`.execute(write)
  }],
  'meeting.planned.v1': [async (write: Writer, facts: Recorded<MeetingPlanned>[]) => {
    for (const { fact: f } of facts) {
      await sql`insert into meetings (id, body_id, unit_id, number, kind, title, starts_at, zone, place, link, phase, agenda, attendance, version)
        values (${f.meetingId}, ${f.bodyId}, ${f.unitId}, ${f.number}, ${f.kind ?? 'session'}, ${f.title}, ${f.startsAt}, ${f.zone}, ${f.place}, ${f.link}, 'planned', ${JSON.stringify(f.agenda)}, '[]', 1)`.execute(write)
    }
  }],
  'meeting.changed.v1': [async (write: Writer, facts: Recorded<MeetingChanged>[]) => {
    for (const { fact: f } of facts) {
      await sql`update meetings set kind = ${f.kind ?? 'session'}, title = ${f.title}, starts_at = ${f.startsAt}, zone = ${f.zone}, place = ${f.place}, link = ${f.link}, agenda = ${JSON.stringify(f.agenda)}, version = version + 1 where id = ${f.meetingId}`.execute(write)
    }
  }],
  'meeting.recorded.v1': [async (write: Writer, facts: Recorded<MeetingRecorded>[]) => {
    for (const { fact: f } of facts) {
      await sql`update meetings set phase = 'held', attendance = ${JSON.stringify(f.attendance)}, version = version + 1 where id = ${f.meetingId}`.execute(write)
      await sql`delete from meeting_points where meeting_id = ${f.meetingId}`.execute(write)
      await sql`insert into meeting_points (id, meeting_id, n, agenda_id, text_id) select p.id, ${f.meetingId}::uuid, p.n, p.agenda_id, p.text_id
        from unnest(${f.points.map((p) => p.id)}::uuid[], ${f.points.map((p) => p.agendaId)}::uuid[], ${f.points.map((p) => p.text.id)}::uuid[]) with ordinality p(id, agenda_id, text_id, n)`.execute(write)
    }
  }],
  'meeting.concluded.v1': [async (write: Writer, facts: Recorded<MeetingConcluded>[]) => {
    for (const { fact: f } of facts) {
      await sql`insert into meeting_conclusions (id, meeting_id, n, text, unit_id, task_id) select ${f.conclusionId}::uuid, ${f.meetingId}::uuid, count(*) + 1, ${f.text}, ${f.unitId}::uuid, ${f.taskId}::uuid from meeting_conclusions where meeting_id = ${f.meetingId}`.execute(write)
      await sql`update meetings set version = version + 1 where id = ${f.meetingId}`.execute(write)
    }
  }],
  'meeting.conclusion_withdrawn.v1': [async (write: Writer, facts: Recorded<ConclusionWithdrawn>[]) => {
    for (const { fact: f, at, actorId, told } of facts) {
      await sql`update meeting_conclusions set withdrawn_at = ${at}, withdrawn_by = ${actorId}, told_id = ${told}, withdrawn_id = ${f.reason.id} where id = ${f.conclusionId}`.execute(write)
      await sql`update meetings set version = version + 1 where id = ${f.meetingId}`.execute(write)
    }
  }],
  'meeting.signed.v1': [async (write: Writer, facts: Recorded<MeetingSigned>[]) => {
    for (const { fact: f, at, actorId, told } of facts) await sql`update meetings set phase = 'signed', signed_at = ${at}, signed_by = ${actorId}, told_id = ${told}, signed_how = ${f.how ?? null}, signed_files = ${f.files?.map((file) => file.id) ?? null}::uuid[], version = version + 1 where id = ${f.meetingId}`.execute(write)
  }],
  'meeting.reopened.v1': [async (write: Writer, facts: Recorded<MeetingReopened>[]) => {
    for (const { fact: f, at } of facts) await sql`update meetings set phase = 'held', signed_at = null, signed_by = null, told_id = null, signed_how = null, signed_files = null, reopened_at = ${at}, reopened_id = ${f.reason.id}, version = version + 1 where id = ${f.meetingId}`.execute(write)
  }],
  'meeting.cancelled.v1': [async (write: Writer, facts: Recorded<MeetingCancelled>[]) => {
    for (const { fact: f } of facts) await sql`update meetings set phase = 'cancelled', reason_id = ${f.reason.id}, version = version + 1 where id = ${f.meetingId}`.execute(write)
  }],
}

/** `body`: the column with the body's id; `unit`: with its standing office. */
const allowed = (actor: Actor, right: Right, body: string, unit: string): RawBuilder<SqlBool> =>
  (right === 'meeting.read' ? sql<SqlBool>`exists (select 1 from public_bodies_readers rd where rd.body_id = ${sql.ref(body)} and ${granted(actor, right, 'rd.unit_id')})` : granted(actor, right, unit))
export const unitsThere = async (read: Reader, ids: string[]): Promise<Set<string>> =>
  new Set(ids.length === 0 ? [] : (await rows(read, sql<{ id: string }>`select unit_id as id from access_units where unit_id = any(${ids}::uuid[])`)).map(({ id }) => id))

export const accessBodyOf = async (read: Reader, actor: Actor, right: Right, bodyId: string): Promise<BodyOf | undefined> => (await rows(read, sql<BodyOf>`
  select b.body_id as id, b.unit_id as "unitId", b.name, b.ended_on as "endedOn", b.members, b.standing_items as "standingItems", (select count(*)::int from meetings m where m.body_id = b.body_id) as meetings
  from public_bodies_bodies b where b.body_id = ${bodyId} and ${granted(actor, right, 'b.unit_id')}`))[0]

export async function accessMeeting(read: Reader, actor: Actor, right: Right, meetingId: string): Promise<MeetingRow | undefined> {
  const [row] = await rows(read, sql<Omit<MeetingRow, 'plan'> & Omit<MeetingPlan, 'startsAt'> & { startsAt: Date }>`
    select m.id, m.body_id as "bodyId", m.unit_id as "unitId", m.phase, m.version, m.kind, m.title, m.starts_at as "startsAt", m.zone, m.place, m.link, m.agenda from meetings m where m.id = ${meetingId} and ${allowed(actor, right, 'm.body_id', 'm.unit_id')}`)
  if (!row) return undefined
  const { id, bodyId, unitId, phase, version, kind, title, startsAt, zone, place, link, agenda } = row
  return { id, bodyId, unitId, phase, version, plan: { kind, title, startsAt: startsAt.toISOString(), zone, place, link, agenda } }
}

/** One conclusion of this session. */
export const conclusionOf = async (read: Reader, meetingId: string, conclusionId: string): Promise<ConclusionRow | undefined> => (await rows(read, sql<ConclusionRow>`
  select c.id, c.text, c.task_id as "taskId", c.withdrawn_at is not null as withdrawn, coalesce(t.stage not in ('verified', 'withdrawn'), false) as going
  from meeting_conclusions c left join public_tasks_states t on t.task_id = c.task_id where c.id = ${conclusionId} and c.meeting_id = ${meetingId}`))[0]

/** Of conclusions `c` and their tasks `t`. */
const IN_FORCE = sql<boolean>`c.withdrawn_at is null and t.stage is distinct from 'withdrawn'`
/** Whose agenda names the host of the event or a task of it, or that concluded one: by the index over what agendas name. */
const aboutEvent = (actor: Actor, eventId: string) => sql`(with e as materialized (select e.event_id, e.unit_id from public_programmes_events e where e.event_id = ${eventId} and ${granted(actor, 'event.read', 'e.unit_id')}),
    t as materialized (select o.task_id from e join public_tasks_origins o using (event_id))
  select x.id from (select jsonb_build_array(jsonb_build_object('unitId', unit_id)) as item from e union all select jsonb_build_array(jsonb_build_object('taskId', task_id)) from t) w join meetings x on x.agenda @> w.item
  union select c.meeting_id from t join meeting_conclusions c using (task_id))`
type Line = { id: string; body: { id: string; name: string }; number: number; kind: Meeting['kind']; title: string; startsAt: Date; key: string; zone: string; phase: Meeting['phase']; conclusions: number; open: number }
export const listMeetings = (read: Reader, actor: Actor, asked: { bodyId?: string | undefined; phase?: string | undefined; event?: string | undefined; limit: number }, after: After | undefined): Promise<Line[]> => rows(read, sql<Line>`
  select m.id, json_build_object('id', b.body_id, 'name', b.name) as body, m.number, m.kind, m.title, m.starts_at as "startsAt", m.starts_at::text as key, m.zone, m.phase, c.n as conclusions, c.open
  from meetings m join public_bodies_bodies b on b.body_id = m.body_id
    cross join lateral (select count(*)::int as n, count(*) filter (where t.stage in ('open', 'reported'))::int as open from meeting_conclusions c left join public_tasks_states t on t.task_id = c.task_id where c.meeting_id = m.id and ${IN_FORCE}) c
  where ${allowed(actor, 'meeting.read', 'm.body_id', 'm.unit_id')} ${asked.bodyId ? sql`and m.body_id = ${asked.bodyId}` : sql``} ${asked.phase ? sql`and m.phase = ${asked.phase}` : sql``} ${asked.event ? sql`and m.id in ${aboutEvent(actor, asked.event)}` : sql``}
    ${after ? sql`and (m.starts_at, m.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``}
  order by m.starts_at desc, m.id desc limit ${asked.limit}`)

/** By words of the title, of its agenda or of the body's name. A body meets some dozens of times, so no index is kept. */
export const findMeetings = (read: Reader, actor: Actor, words: string, limit: number): Promise<{ id: string; title: string; body: string }[]> => rows(read, sql<{ id: string; title: string; body: string }>`
  select m.id, m.title, b.name as body from meetings m join public_bodies_bodies b on b.body_id = m.body_id
  where ${allowed(actor, 'meeting.read', 'm.body_id', 'm.unit_id')} and ' ' || m.words || ' ' || folded(b.name) like all (${wordsOf(words).fold.map((word) => `% ${word}%`)}::text[]) order by m.starts_at desc, m.id desc limit ${limit}`)
export const meetingTitles = async (read: Reader, ids: string[]): Promise<Map<string, string>> =>
  new Map((await rows(read, sql<{ id: string; title: string }>`select id, title from meetings where id = any(${ids}::uuid[])`)).map(({ id, title }) => [id, title]))

/** Of a report's words; the task has all of them. */
const SAID_LETTERS = 240
/** Conclusions with what has come of each, and what was reported last to whoever reads its task. `where` names the sessions. */
async function conclusionsOf(read: Reader, actor: Actor, bodyId: string, meeting: { id: string; number: number }, before: boolean, at: Date): Promise<Conclusion[]> {
  const found = await rows(read, sql<Omit<Conclusion, 'task' | 'withdrawn'> & { withdrawnAt: Date | null; reason: string | null; by: string | null; toldBy: string | null; taskId: string; state: string | null; dueAt: Date | null; open: boolean | null; said: NonNullable<Conclusion['task']>['said'] }>`
    select c.id, c.meeting_id as "meetingId", m.number as "meetingNumber", c.n, c.text, json_build_object('id', u.unit_id, 'name', u.name) as unit, c.task_id as "taskId", t.state, nullif(t.due_at, 'infinity') as "dueAt", t.stage = 'open' as open,
      c.withdrawn_at as "withdrawnAt", r.text as reason, p.name as by, told.text as "toldBy", ${IN_FORCE} as "inForce", l.said
    from meetings m join meeting_conclusions c on c.meeting_id = m.id join public_units_tree u on u.unit_id = c.unit_id left join public_tasks_states t on t.task_id = c.task_id
      left join private_texts r on r.id = c.withdrawn_id left join private_texts told on told.id = c.told_id left join public_people_names p on p.person_id = c.withdrawn_by
      left join lateral (select json_build_object('text', case when length(w.text) > ${SAID_LETTERS} then rtrim(left(w.text, ${SAID_LETTERS})) || '…' else w.text end, 'at', to_json(s.reported_at), 'by', n.name, 'toldBy', st.text) as said
        from public_tasks_said s left join private_texts w on w.id = s.note_id left join private_texts st on st.id = s.told_id left join public_people_names n on n.person_id = s.reported_by
        where s.task_id = c.task_id and (${granted(actor, 'task.read', 'c.unit_id')} or ${granted(actor, 'task.read', 'm.unit_id')}) order by s.reported_at desc limit 1) l on true
    where m.body_id = ${bodyId} and ${before ? sql`m.number < ${meeting.number} and m.phase <> 'cancelled'` : sql`m.id = ${meeting.id}`}
    order by m.number desc, c.n limit 200`)
  return found.map(({ taskId, state, dueAt, open, said, withdrawnAt, reason, by, toldBy, ...one }) => ({ ...one, withdrawn: withdrawnAt && { reason, by, toldBy, at: withdrawnAt.toISOString() }, task: state === null ? null : { id: taskId, state, dueAt: dueAt?.toISOString() ?? null, overdue: open === true && dueAt !== null && dueAt <= at, said } }))
}

export async function showMeeting(read: Reader, actor: Actor, meetingId: string, at: Date): Promise<Meeting | undefined> {
  const row = await accessMeeting(read, actor, 'meeting.read', meetingId)
  if (!row) return undefined
  type More = { number: number; body: Meeting['body']; unit: Meeting['unit']; agenda: Meeting['agenda']; attendance: Meeting['attendance']; points: Meeting['points']; signedAt: Date | null; signedBy: string | null; toldBy: string | null; how: Told['how'] | null; signedFiles: string[] | null; reason: string | null; reopenedAt: Date | null; reopenedReason: string | null; mayEdit: boolean; outOfOrder: Meeting['outOfOrder'] }
  const [more] = await rows(read, sql<More>`
    select m.number, json_build_object('id', b.body_id, 'name', b.name) as body, json_build_object('id', u.unit_id, 'name', u.name) as unit,
      coalesce((select json_agg(a.value || jsonb_build_object('unit', case when au.unit_id is not null then jsonb_build_object('id', au.unit_id, 'name', au.name) end) order by a.ordinality)
        from jsonb_array_elements(m.agenda) with ordinality a left join public_units_tree au on au.unit_id = (a.value ->> 'unitId')::uuid), '[]') as agenda,
      coalesce((select json_agg(json_build_object('unit', json_build_object('id', mu.unit_id, 'name', mu.name), 'person', case when x.value ->> 'personId' is not null then json_build_object('id', x.value ->> 'personId', 'name', p.name) end,
          'named', case when x.value -> 'seat' is not null then json_build_object('seatId', x.value -> 'seat' ->> 'id', 'name', pt.text::json ->> 'name', 'office', pt.text::json ->> 'office') end, 'guest', false, 'presence', (select h ->> 'presence' from jsonb_array_elements(m.attendance) h where h -> 'guest' is distinct from 'true' and h ->> 'unitId' = x.value ->> 'unitId' and h ->> 'personId' is not distinct from x.value ->> 'personId' and h ->> 'seatId' is not distinct from x.value -> 'seat' ->> 'id')) order by x.ordinality)
        from jsonb_array_elements(b.members) with ordinality x join public_units_tree mu on mu.unit_id = (x.value ->> 'unitId')::uuid left join public_people_names p on p.person_id = (x.value ->> 'personId')::uuid left join private_texts pt on pt.id = (x.value -> 'seat' -> 'name' ->> 'id')::uuid), '[]')::jsonb
        || coalesce((select jsonb_agg(jsonb_build_object('unit', jsonb_build_object('id', gu.unit_id, 'name', gu.name), 'person', null, 'named', null, 'guest', true, 'presence', g.value ->> 'presence') order by g.ordinality)
          from jsonb_array_elements(m.attendance) with ordinality g join public_units_tree gu on gu.unit_id = (g.value ->> 'unitId')::uuid where g.value -> 'guest' = 'true'), '[]') as attendance,
      coalesce((select json_agg(json_build_object('id', q.id, 'agendaId', q.agenda_id, 'text', t.text) order by q.n) from meeting_points q left join private_texts t on t.id = q.text_id where q.meeting_id = m.id), '[]') as points,
      m.signed_at as "signedAt", s.name as "signedBy", told.text as "toldBy", m.signed_how as how, m.signed_files as "signedFiles", r.text as reason, m.reopened_at as "reopenedAt", ro.text as "reopenedReason",
      (select json_build_object('id', o.id, 'number', o.number, 'startsAt', o.starts_at, 'zone', o.zone) from meetings o where o.body_id = m.body_id and o.phase <> 'cancelled' and m.phase <> 'cancelled' and sign(o.number - m.number) * ((o.starts_at at time zone o.zone)::date - (m.starts_at at time zone m.zone)::date) < 0 order by abs(o.number - m.number) limit 1) as "outOfOrder", ${granted(actor, 'meeting.edit', 'm.unit_id')} as "mayEdit"
    from meetings m join public_bodies_bodies b on b.body_id = m.body_id join public_units_tree u on u.unit_id = m.unit_id
      left join public_people_names s on s.person_id = m.signed_by left join private_texts told on told.id = m.told_id left join private_texts r on r.id = m.reason_id left join private_texts ro on ro.id = m.reopened_id where m.id = ${meetingId}`)
  const { signedAt, signedBy, toldBy, how, signedFiles, reopenedAt, reopenedReason, outOfOrder, ...rest } = more!
  const [files, conclusions, before] = await Promise.all([signedFiles ? fileNames(read, `meeting:${row.id}`) : [], conclusionsOf(read, actor, row.bodyId, { id: row.id, number: rest.number }, false, at), conclusionsOf(read, actor, row.bodyId, { id: row.id, number: rest.number }, true, at)])
  return {
    id: row.id, ...row.plan, phase: row.phase, version: row.version, ...rest, outOfOrder: outOfOrder && { ...outOfOrder, startsAt: new Date(outOfOrder.startsAt).toISOString() }, conclusions, before,
    signed: signedAt ? { by: signedBy, toldBy, how, at: signedAt.toISOString(), files: files.filter((file) => signedFiles?.includes(file.id) && !file.erased).map(({ id, name }) => ({ id, name })) } : null, reopened: reopenedAt ? { reason: reopenedReason, at: reopenedAt.toISOString() } : null,
  }
}

/** What sessions of this body concluded and is not done. */
export const leftOver = (read: Reader, bodyId: string, at: Date): Promise<Left[]> => rows(read, sql<Left>`
  select c.task_id as "taskId", c.text, json_build_object('id', u.unit_id, 'name', u.name) as unit, t.stage = 'open' and t.due_at <= ${at} as overdue
  from meetings m join meeting_conclusions c on c.meeting_id = m.id join public_tasks_states t on t.task_id = c.task_id and t.stage in ('open', 'reported') join public_units_tree u on u.unit_id = c.unit_id
  where m.body_id = ${bodyId} and m.phase <> 'cancelled' and c.withdrawn_at is null order by t.due_at, c.id limit 1000`)

/** For inboxes: the body's name and the units that have a seat in it; and the title of these sessions. */
export const toTell = async (read: Reader, meetingIds: string[]): Promise<Map<string, { body: string; number: number; title: string; unitIds: string[] }>> =>
  new Map((await rows(read, sql<{ id: string; body: string; number: number; title: string; unitIds: string[] }>`
    select m.id, b.name as body, m.number, m.title, array(select distinct (x ->> 'unitId')::uuid from jsonb_array_elements(b.members) x) as "unitIds" from meetings m join public_bodies_bodies b on b.body_id = m.body_id where m.id = any(${meetingIds}::uuid[])`)).map(({ id, ...one }) => [id, one]))

const [DAYS, SHOWN] = [8, 20]
/** Today, in each session's own zone, and the seven days after it. */
export const comingMeetings = (read: Reader, actor: Actor, at: Date): Promise<(Omit<Line, 'key' | 'conclusions' | 'open'> & { place: string | null })[]> => rows(read, sql<Omit<Line, 'key' | 'conclusions' | 'open'> & { place: string | null }>`
  select m.id, json_build_object('id', b.body_id, 'name', b.name) as body, m.number, m.kind, m.title, m.starts_at as "startsAt", m.zone, m.phase, m.place from meetings m join public_bodies_bodies b on b.body_id = m.body_id
  where m.phase <> 'cancelled' and m.starts_at > ${at}::timestamptz - interval '1 day' and m.starts_at < ${at}::timestamptz + make_interval(days => ${DAYS})
    and (m.starts_at at time zone m.zone)::date between (${at}::timestamptz at time zone m.zone)::date and (${at}::timestamptz at time zone m.zone)::date + ${DAYS - 1}::int
    and exists (select 1 from public_bodies_readers rd join access_grants own on own.unit_id = rd.unit_id where rd.body_id = m.body_id and own.person_id = ${actor.kind === 'person' ? actor.id : null}::uuid and own.starts_at <= now() and (own.ends_at is null or own.ends_at > now()) and ${granted(actor, 'meeting.read', 'rd.unit_id')})
  order by m.starts_at, m.id limit ${SHOWN}`)
