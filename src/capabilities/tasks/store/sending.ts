// What a package says of tasks, and what of a package's tasks is here already.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Directive } from '../contract.ts'
import { mayActFor } from './access.ts'

/** `from` (excluded) to `until`: when they last changed. */
export type Sending = { unitId: string; path: string; programme: string | null; from: Date | null; until: Date | null }

/** Led at or below a unit. A part of a task that is sent itself stays at home: its figures are in the whole. */
export async function taskIdsToSend(read: Reader, actor: Actor, { unitId, path, programme, from, until }: Sending, most: number): Promise<string[]> {
  if (!await mayActFor(read, actor, 'task.read', unitId)) return []
  const conditions: RawBuilder<unknown>[] = [
    sql`u.path >= ${path} and u.path < left(${path}::text, -1) || '/'`,
    sql`(t.lineage is null or not exists (select 1 from tasks p join access_units pu on pu.unit_id = p.unit_id where p.id = t.lineage[1] and pu.path >= ${path} and pu.path < left(${path}::text, -1) || '/'))`,
    ...(programme ? [sql`t.programme_id = (select programme_id from public_programmes_programmes where code = ${programme})`] : []), ...(from ? [sql`t.changed_at > ${from}`] : []), ...(until ? [sql`t.changed_at <= ${until}`] : []),
  ]
  const found = await rows<{ id: string }>(read, sql`select t.id from access_units u join tasks t on t.unit_id = u.unit_id where ${sql.join(conditions, sql` and `)} order by u.path, t.due_at, t.id limit ${most}`)
  return found.map(({ id }) => id)
}

type Asking = { at: string; until: string; text: string | null }
type Answer = { what: 'accepted' | 'refused'; at: string; text: string | null }
type Extended = { what: 'granted' | 'declined' } & Asking
type Act = { what: 'verified' | 'returned' | 'withdrawn'; at: string; text: string | null }
/** What a list of tasks does not say: the language of its words, the programme's code, and what the issuer did with it last. */
export async function besidesOf(read: Reader, ids: string[]): Promise<Map<string, { lang: 'vi' | 'en' | null; programme: string | null; act: Act | null; answer: Answer | null; asking: Asking | null; extended: Extended | null }>> {
  type Found = { id: string; lang: 'vi' | 'en' | null; programme: string | null; state: string; at: Date; text: string | null; changed: Date; round: Date; worked: boolean; asking: Asking | null; extended: Extended | null }
  const found = await rows<Found>(read, sql`
    select t.id, t.lang, g.code as programme, t.state, t.changed_at as changed, r.said_at as at, p.text, coalesce(o.returned, t.assigned_at) as round, exists (select 1 from task_reports w where w.task_id = t.id and (o.returned is null or w.reported_at >= o.returned)) as worked,
      (select json_build_object('at', x.asked_at, 'until', x.until, 'text', w.text) from task_extensions x left join private_texts w on w.id = x.reason_id where x.id = t.extension_id) as asking,
      (select json_build_object('what', x.state, 'at', x.answered_at, 'until', x.until, 'text', w.text) from task_extensions x left join private_texts w on w.id = x.answer_id where x.task_id = t.id and x.asked_at is not null and x.state <> 'asked' order by x.answered_at desc limit 1) as extended
    from unnest(${ids}::uuid[]) k(id) join tasks t using (id) left join public_programmes_programmes g on g.programme_id = t.programme_id
      cross join lateral (select max(b.said_at) as returned from task_remarks b where b.task_id = t.id and b.what = 'returned') o
      left join lateral (select said_at, text_id from task_remarks r where r.task_id = t.id and r.what = t.state order by r.said_at desc limit 1) r on true left join private_texts p on p.id = r.text_id`)
  const iso = <T extends Asking>(one: T | null): T | null => one && { ...one, at: new Date(one.at).toISOString(), until: new Date(one.until).toISOString() }
  return new Map(found.map(({ id, lang, programme, state, at, text, changed, round, worked, asking, extended }) => [id, {
    lang, programme, act: state === 'verified' || state === 'returned' || state === 'withdrawn' ? { what: state, at: (at ?? changed).toISOString(), text } : null, asking: iso(asking), extended: iso(extended),
    // Accepted once in each round: since it was given, or last returned. Work that is reported says so itself.
    answer: (state === 'accepted' || state === 'under_way') && !worked ? { what: 'accepted', at: round.toISOString(), text: null } : state === 'refused' ? { what: 'refused', at: (at ?? changed).toISOString(), text } : null,
  }]))
}

type Work = { id: string; taskId: string; at: Date; done: boolean; reached: number | null; base: number | null; note: string | null; label: string | null; on: string | null; expiresOn: string | null; fileIds: string[] }
/** Reports of work on these tasks, the oldest first. */
export const workOn = (read: Reader, taskIds: string[]): Promise<Work[]> => rows<Work>(read, sql`
  select r.id, r.task_id as "taskId", r.reported_at as at, r.done, r.reached::float8 as reached, r.base::float8 as base, p.text as note, r.evidence_label as label, r.evidence_on::text as "on", ((r.evidence_expires_at - interval '1 second') at time zone t.zone)::date::text as "expiresOn", r.files as "fileIds"
  from task_reports r join tasks t on t.id = r.task_id left join private_texts p on p.id = r.note_id where r.task_id = any(${taskIds}::uuid[]) order by r.reported_at, r.id`)

export const directivesOf = (read: Reader, ids: string[]): Promise<(Pick<Directive, 'id' | 'number' | 'title' | 'body' | 'basis' | 'issuedOn'> & { lang: 'vi' | 'en'; at: Date; issuerId: string })[]> =>
  rows(read, sql`select id, number, title, lang, body, basis, issued_on::text as "issuedOn", issued_at as at, issuer_unit_id as "issuerId" from directives where id = any(${ids}::uuid[]) order by id`)

/** `issuerPath`: of who gave it, as the tree stands. */
type TaskHere = { unitId: string; unitPath: string; issuerPath: string | null; version: number; state: string; returnedAt: Date | null; dueAt: Date | null; extension: { until: Date; askedAt: Date } | null }
export async function tasksHere(read: Reader, ids: string[]): Promise<Map<string, TaskHere>> {
  const found = await rows<Omit<TaskHere, 'extension'> & { id: string; until: Date | null; askedAt: Date | null }>(read, sql`
    select t.id, t.unit_id as "unitId", u.path as "unitPath", iu.path as "issuerPath", t.version, t.state, t.due_at as "dueAt", x.until, x.asked_at as "askedAt", (select max(b.said_at) from task_remarks b where b.task_id = t.id and b.what = 'returned') as "returnedAt"
    from unnest(${ids}::uuid[]) k(id) join tasks t using (id) join public_units_tree u on u.unit_id = t.unit_id
      left join public_units_tree iu on iu.unit_id = coalesce(t.issuer_unit_id, u.parent_id) left join task_extensions x on x.id = t.extension_id`)
  return new Map(found.map(({ id, until, askedAt, ...task }) => [id, { ...task, extension: until && askedAt ? { until, askedAt } : null }]))
}
export const programmeCalled = async (read: Reader, code: string): Promise<string | undefined> => (await rows<{ id: string }>(read, sql`select programme_id as id from public_programmes_programmes where code = ${code}`))[0]?.id
