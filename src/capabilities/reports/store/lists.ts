// Lists of forms, requests and reports; each filtered by right in its query, page by page.
import { sql } from 'kysely'
import { cleared, granted, grantedRanges, named, readable } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Text } from '../../../kernel/contract.ts'
import type { After } from '../../../kernel/paging.ts'
import type { Grade } from '../../../pure/grades.ts'
import type { Form, Usual } from '../contract/form.ts'
import type { REPORT_FILTERS, ReportState } from '../contract/names.ts'
import type { ReportLine, Schedule } from '../contract/shapes.ts'
import { anchorOf } from './around.ts'
import { kept, withKept } from './handover.ts'

type Place = { id: string; name: string }
const GRADE = sql`coalesce((select g.grade from access_graded g where g.record_id = c.id), 'none')`
export type FormRow = { id: string; code: string; name: Text; unit: Place; version: number; publishedAt: Date; fields: number; due: Usual | null; mayEdit: boolean }
const reads = (actor: Actor) => sql`exists (select 1 from ${grantedRanges(actor, 'report.read')} r)`
const FIELDS = sql`(select sum(jsonb_array_length(s -> 'fields'))::int from jsonb_array_elements(v.form -> 'sections') s)`

/** Whoever reads reports anywhere reads every form: what is asked for is no secret. */
export const listForms = (read: Reader, actor: Actor, after: After | undefined, limit: number): Promise<FormRow[]> => rows(read, sql<FormRow>`
  select f.id, f.code, v.form -> 'name' as name, json_build_object('id', u.unit_id, 'name', u.name) as unit, f.version, v.published_at as "publishedAt", ${FIELDS} as fields, v.form -> 'due' as due, ${granted(actor, 'report.form', 'k.unit_id')} as "mayEdit"
  from report_forms f join report_form_versions v on v.form_id = f.id and v.version = f.version join public_units_tree u on u.unit_id = f.unit_id ${kept('f.unit_id', 'k')}
  where ${reads(actor)} ${after ? sql`and (f.code, f.id) > (${after.key}, ${after.id}::uuid)` : sql``} order by f.code, f.id limit ${limit}`)

/** Whether this form is there and read by the asker. */
export const seesForm = async (read: Reader, actor: Actor, formId: string): Promise<boolean> => (await rows(read, sql`select 1 from report_forms f where f.id = ${formId} and ${reads(actor)}`)).length > 0
export const showForm = async (read: Reader, actor: Actor, formId: string, version: number | undefined) => (await rows(read, sql<FormRow & { versionId: string; form: Form; text: string; versions: { version: number; publishedAt: string; by: string | null }[] }>`
  select f.id, f.code, v.form -> 'name' as name, json_build_object('id', u.unit_id, 'name', u.name) as unit, v.version, v.published_at as "publishedAt", ${FIELDS} as fields, v.form -> 'due' as due, ${granted(actor, 'report.form', 'k.unit_id')} as "mayEdit",
    v.id as "versionId", v.form, v.text,
    (select json_agg(json_build_object('version', o.version, 'publishedAt', to_json(o.published_at), 'by', n.name) order by o.version desc) from report_form_versions o left join public_people_names n on n.person_id = o.published_by where o.form_id = f.id) as versions
  from report_forms f join report_form_versions v on v.form_id = f.id and v.version = ${version ?? sql`f.version`} join public_units_tree u on u.unit_id = f.unit_id ${kept('f.unit_id', 'k')} where f.id = ${formId} and ${reads(actor)}`))[0]

type CollectionLine = { id: string; title: string; grade: Grade; unit: Place; form: Text; schedule: Schedule; ended: boolean; on: string | null; dueAt: Date | null; owes: number; reported: number; returned: number; missing: number; before: { on: string; missing: number } | null; key: string }
/** How many at and below a request's unit have not reported on a day, of every level: as the period's own page, its chase and home count them. */
const owedStill = (on: ReturnType<typeof sql>) => sql`(select sum(x.owes - x.reported)::int from report_totals x where x.collection_id = c.id and x.unit_id = t.unit_id and x.on_day = ${on})`
/** With the figures of the last period that opened, of those who report first; and who still owes it or the one before. */
export const listCollections = (read: Reader, actor: Actor, ended: boolean, at: Date, after: After | undefined, limit: number): Promise<CollectionLine[]> => rows(read, sql<CollectionLine>`
  select c.id, c.title, ${GRADE} as grade, json_build_object('id', u.unit_id, 'name', u.name) as unit, v.form -> 'name' as form, c.schedule, c.ended_at is not null as ended, p.on_day as "on", p.due_at as "dueAt",
    coalesce(t.owes, 0) as owes, coalesce(t.reported, 0) as reported, coalesce(t.returned, 0) as returned, case when p.due_at <= ${at} then coalesce(${owedStill(sql`p.on_day`)}, 0) else 0 end as missing, case when b.missing > 0 then json_build_object('on', b.on_day, 'missing', b.missing) end as before, c.asked_at::text as key
  from report_collections c ${kept('c.unit_id', 'k')} join report_form_versions v on v.id = c.form_version_id
    left join lateral (select on_day, due_at from report_periods p where p.collection_id = c.id order by on_day desc limit 1) p on true
    left join lateral (select t.* from report_totals t where t.collection_id = c.id and t.unit_id in (c.unit_id, k.unit_id) and t.parent_id is null and t.on_day = p.on_day order by array_position(c.levels, t.level) limit 1) t on true
    left join lateral (select o.on_day, ${owedStill(sql`o.on_day`)} as missing
      from report_periods o where o.collection_id = c.id and o.on_day < p.on_day and o.due_at <= ${at} order by o.on_day desc limit 1) b on c.ended_at is null
    join public_units_tree u on u.unit_id = coalesce(t.unit_id, c.unit_id)
  where ${readable(actor, 'report.read', 'c.id', granted(actor, 'report.read', 'k.unit_id'))} and (c.ended_at is not null) = ${ended} ${after ? sql`and (c.asked_at, c.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``}
  order by c.asked_at desc, c.id desc limit ${limit}`)

/** Graded requests of these units for which the actor is not named: counted, not shown. */
export const withheldCollections = async (read: Reader, actor: Actor, ended: boolean): Promise<number> => (actor.kind !== 'person' ? 0 : (await rows(read, sql<{ n: number }>`
  select count(*)::int as n from access_graded g join report_collections c on c.id = g.record_id ${kept('c.unit_id', 'k')}
  where g.kind = 'collection' and (c.ended_at is not null) = ${ended} and ${granted(actor, 'report.read', 'k.unit_id')} and not ${named(actor, 'report.read', 'c.id')}`))[0]!.n)

type Line = Omit<ReportLine, 'dueAt' | 'submittedAt'> & { dueAt: Date; submittedAt: Date | null; key: string }
const LINE = sql`r.id, r.collection_id as "collectionId", c.title, ${GRADE} as grade, json_build_object('id', u.unit_id, 'name', u.name) as unit, json_build_object('id', a.unit_id, 'name', a.name) as asker, r.on_day as "on", r.due_at as "dueAt", c.zone, r.state, r.late, r.submitted_at as "submittedAt",
  exists (select 1 from report_drafts d where d.report_id = r.id and d.version = r.version) as draft`

/** What units owe on which the asker may fill in; the most urgent first. `all`: also what is sent, the latest first. */
export const listMine = (read: Reader, actor: Actor, all: boolean, after: After | undefined, limit: number): Promise<Line[]> => rows(read, sql<Line>`
  select ${LINE}, r.due_at::text as key
  from ${grantedRanges(actor, 'report.fill')} h join access_units here on here.path >= h.path and here.path < h.upto ${homeOnly(actor)} ${withKept('here.unit_id', 'mine')} join reports r on r.unit_id = mine.unit_id
    join report_collections c on c.id = r.collection_id join public_units_tree u on u.unit_id = r.unit_id join public_units_tree a on a.unit_id = c.unit_id
  where ${cleared(actor, 'report.fill', 'r.id')} and ${all ? sql`r.state in ('submitted', 'signed', 'excused')` : sql`r.state in ('owed', 'returned')`} ${after ? (all ? sql`and (r.due_at, r.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql`and (r.due_at, r.id) > (${after.key}::timestamptz, ${after.id}::uuid)`) : sql``}
  order by r.due_at ${all ? sql`desc` : sql``}, r.id ${all ? sql`desc` : sql``} limit ${limit}`)
/** What I owe is what the very units owe that I hold a role at; those below them owe it themselves. */
const homeOnly = (actor: Actor) => (actor.kind === 'person' ? sql`and here.path = h.path` : sql``)

/** What the host of an event owes around the events of its programme, the latest first; of a host with several, each belongs to the one that asks for its day, else to the next. Undefined: no event of which the asker reads reports. */
export async function listOfEvent(read: Reader, actor: Actor, eventId: string, after: After | undefined, limit: number): Promise<Line[] | undefined> {
  const [event] = await rows<{ unitId: string; programmeId: string }>(read, sql`select e.unit_id as "unitId", e.programme_id as "programmeId" from public_programmes_events e ${kept('e.unit_id', 'k')} where e.event_id = ${eventId} and ${granted(actor, 'report.read', 'k.unit_id')}`)
  return event && rows(read, sql<Line>`
    select ${LINE}, r.due_at::text as key
    from reports r join report_collections c on c.id = r.collection_id and c.schedule ->> 'programmeId' = ${event.programmeId} join public_units_tree u on u.unit_id = r.unit_id join public_units_tree a on a.unit_id = c.unit_id
    where r.unit_id = ${event.unitId}::uuid and ${cleared(actor, 'report.read', 'r.id')}
      and ${eventId}::uuid = (select x.event_id from public_programmes_events x where x.programme_id = ${event.programmeId}::uuid and x.unit_id = r.unit_id order by x.phase = 'cancelled', not coalesce(c.schedule -> 'before' @> to_jsonb(${anchorOf('x')} - r.on_day) or c.schedule -> 'after' @> to_jsonb(r.on_day - ${anchorOf('x')}), false), x.day_on < r.on_day, abs(x.day_on - r.on_day), x.event_id limit 1)
      ${after ? sql`and (r.due_at, r.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``} order by r.due_at desc, r.id desc limit ${limit}`)
}

export type ListAsked = { collectionId: string; unitId: string; on: string; state: (typeof REPORT_FILTERS)[number] | undefined }
const STATES: Record<Exclude<(typeof REPORT_FILTERS)[number], ReportState>, (at: Date) => ReturnType<typeof sql>> = { missing: (at) => sql`r.state in ('owed', 'returned') and r.due_at <= ${at}`, late: () => sql`r.late` }
/** In the order of the tree. */
export const listReports = (read: Reader, actor: Actor, asked: ListAsked, at: Date, after: After | undefined, limit: number): Promise<Line[]> => rows(read, sql<Line>`
  select ${LINE}, p.path as key
  from reports r join report_collections c on c.id = r.collection_id join public_units_tree u on u.unit_id = r.unit_id join public_units_tree a on a.unit_id = coalesce(r.above[cardinality(r.above) - 1], c.unit_id) join access_units p on p.unit_id = r.unit_id
  where r.collection_id = ${asked.collectionId} and r.on_day = ${asked.on} and ${asked.unitId}::uuid = any(r.above)
    and ${readable(actor, 'report.read', 'c.id', sql`exists (select 1 from access_units t ${kept('t.unit_id', 'k')} where t.unit_id = ${asked.unitId}::uuid and ${granted(actor, 'report.read', 'k.unit_id')})`)}
    ${asked.state === 'missing' || asked.state === 'late' ? sql`and ${STATES[asked.state](at)}` : asked.state ? sql`and r.state = ${asked.state}` : sql``}
    ${after ? sql`and (p.path, r.id) > (${after.key}, ${after.id}::uuid)` : sql``} order by p.path, r.id limit ${limit}`)
