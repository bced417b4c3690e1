// What reports add up to, as boards read it: folded rows, never the reports themselves.
import { sql } from 'kysely'
import { cleared, granted, readable } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { After } from '../../../kernel/paging.ts'
import type { ReportState } from '../contract/names.ts'
import type { Schedule } from '../contract/shapes.ts'
import type { Grade } from '../../../pure/grades.ts'
import type { Against, Total } from '../decide/rollup.ts'
import { THOUSAND } from '../decide/values.ts'
import type { Words } from './access.ts'
import { kept } from './handover.ts'

type Place = { id: string; name: string }
const T = sql.raw('t.owes, t.reported, t.late, t.signed, t.returned, t.excused, t.sums, t.counts')
type Stored = Omit<Total, 'sums'> & { sums: (string | number)[] }
/** Out of thousandths; a number that nobody gave yet is nothing. */
const total = (row: Stored, fields: number): Total => ({
  owes: row.owes, reported: row.reported, late: row.late, signed: row.signed, returned: row.returned, excused: row.excused,
  sums: Array.from({ length: fields }, (_, i) => Number(row.sums[i] ?? 0) / THOUSAND), counts: Array.from({ length: fields }, (_, i) => row.counts[i] ?? 0),
})
const plain = (numbers: (string | null)[]): (number | null)[] => numbers.map((n) => (n === null ? null : Number(n) / THOUSAND))

export type Head = {
  id: string; title: string; grade: Grade; ended: boolean; unit: Place; asker: Place; trail: Place[] | null; formVersionId: string; formId: string; schedule: Schedule; zone: string; levels: string[]; version: number; mayChase: boolean; mayAsk: boolean
}
/** The request as seen from a unit that is part of it: who asks, or somebody between them and those who report. */
export const accessHead = async (read: Reader, actor: Actor, collectionId: string, unitId: string): Promise<Head | undefined> => (await rows(read, sql<Head>`
  select c.id, c.title, coalesce((select g.grade from access_graded g where g.record_id = c.id), 'none') as grade, c.ended_at is not null as ended, json_build_object('id', u.unit_id, 'name', u.name) as unit, json_build_object('id', a.unit_id, 'name', a.name) as asker, c.form_version_id as "formVersionId", v.form_id as "formId", c.schedule, c.zone, c.levels, c.version,
    (select json_agg(json_build_object('id', n.unit_id, 'name', n.name) order by x.n) from unnest((select r.above[:array_position(r.above, ${unitId}::uuid)] from reports r where r.collection_id = c.id and ${unitId}::uuid = any(r.above) limit 1)) with ordinality x(id, n) join public_units_tree n on n.unit_id = x.id) as trail,
    ${granted(actor, 'report.ask', 'uk.unit_id')} as "mayChase", ${granted(actor, 'report.ask', 'ck.unit_id')} as "mayAsk"
  from report_collections c join public_units_tree a on a.unit_id = c.unit_id join report_form_versions v on v.id = c.form_version_id join public_units_tree u on u.unit_id = ${unitId}::uuid ${kept('u.unit_id', 'uk')} ${kept('c.unit_id', 'ck')}
  where c.id = ${collectionId} and ${readable(actor, 'report.read', 'c.id', granted(actor, 'report.read', 'uk.unit_id'))} and (c.unit_id = u.unit_id or exists (select 1 from report_totals t where t.collection_id = c.id and t.unit_id = u.unit_id))`))[0]

type PeriodRow = Stored & { on: string; dueAt: Date }
/** Periods that have opened, the latest first, with the figures of one level; without a level, of the highest one that owed that day. */
export async function periodsOf(read: Reader, collectionId: string, unitId: string, level: string | undefined, fields: number, span: { from?: string; until?: string; limit: number }): Promise<(Total & { on: string; dueAt: Date })[]> {
  const found = await rows(read, sql<PeriodRow>`
    select ${level === undefined ? sql`distinct on (t.on_day)` : sql``} t.on_day as "on", p.due_at as "dueAt", ${T} from report_totals t join report_periods p on p.collection_id = t.collection_id and p.on_day = t.on_day join report_collections c on c.id = t.collection_id
    where t.collection_id = ${collectionId} and t.unit_id = ${unitId} ${level === undefined ? sql`` : sql`and t.level = ${level}`} ${span.from ? sql`and t.on_day >= ${span.from}` : sql``} ${span.until ? sql`and t.on_day <= ${span.until}` : sql``} order by t.on_day desc, array_position(c.levels, t.level) limit ${span.limit}`)
  return found.map((row) => ({ on: row.on, dueAt: row.dueAt, ...total(row, fields) }))
}
/** All levels of one period at a unit. */
export async function totalsAt(read: Reader, collectionId: string, unitId: string, on: string, fields: number): Promise<Map<string, Total>> {
  const found = await rows(read, sql<Stored & { level: string }>`select t.level, ${T} from report_totals t where t.collection_id = ${collectionId} and t.unit_id = ${unitId} and t.on_day = ${on}`)
  return new Map(found.map((row) => [row.level, total(row, fields)]))
}
/** The level that stands for a unit: the highest one of those who report below it, in all periods or in one. */
export const levelAt = async (read: Reader, collectionId: string, unitId: string, on?: string): Promise<string | undefined> => (await rows(read, sql<{ level: string }>`
  select t.level from report_collections c join report_totals t on t.collection_id = c.id where c.id = ${collectionId} and t.unit_id = ${unitId} ${on ? sql`and t.on_day = ${on}` : sql``} order by array_position(c.levels, t.level), t.on_day desc limit 1`))[0]?.level

export const ownReport = async (read: Reader, collectionId: string, unitId: string, on: string): Promise<{ reportId: string; state: ReportState; numbers: (number | null)[] } | null> => {
  const [row] = await rows(read, sql<{ reportId: string; state: ReportState; numbers: (string | null)[] | null }>`select id as "reportId", state, numbers from reports where collection_id = ${collectionId} and unit_id = ${unitId} and on_day = ${on}`)
  return row ? { ...row, numbers: row.state === 'submitted' || row.state === 'signed' ? plain(row.numbers ?? []) : [] } : null
}

/** Reports, at a unit or below it, of those who have others reporting below them; each with what the next level says. */
export async function against(read: Reader, collectionId: string, unitId: string, on: string, fields: number): Promise<Against[]> {
  const found = await rows(read, sql<Stored & { reportId: string; unit: Place; own: (string | null)[] }>`
    select r.id as "reportId", json_build_object('id', u.unit_id, 'name', u.name) as unit, r.numbers as own, ${T}
    from reports r join report_collections c on c.id = r.collection_id join public_units_tree u on u.unit_id = r.unit_id
      cross join lateral (select t.* from report_totals t where t.collection_id = r.collection_id and t.unit_id = r.unit_id and t.on_day = r.on_day order by array_position(c.levels, t.level) limit 1) t
    where r.collection_id = ${collectionId} and r.on_day = ${on} and ${unitId}::uuid = any(r.above) and r.state in ('submitted', 'signed') order by u.path limit 1000`)
  return found.map((row) => ({ reportId: row.reportId, unit: row.unit, own: plain(row.own), below: total(row, fields) }))
}

export type ChildRow = { unit: Place; reportId: string | null; state: ReportState | null; opens: boolean } & Total
/** Directly below a unit, as the tree stood that day: who reports for the level shown, and who stands between. */
export async function childrenOf(read: Reader, collectionId: string, unitId: string, on: string, level: string, fields: number): Promise<ChildRow[]> {
  const found = await rows(read, sql<{ unit: Place; path: string; reportId: string | null; state: ReportState | null; isLate: boolean; numbers: (string | null)[] | null; opens: boolean } & Stored>`
    with between as (select t.* from report_totals t where t.collection_id = ${collectionId} and t.on_day = ${on} and t.parent_id = ${unitId} and t.level = ${level}),
      own as (select r.* from reports r where r.collection_id = ${collectionId} and r.on_day = ${on} and r.level = ${level} and r.above[cardinality(r.above) - 1] = ${unitId}::uuid)
    select json_build_object('id', u.unit_id, 'name', u.name) as unit, u.path, r.id as "reportId", r.state, coalesce(r.late, false) as "isLate", r.numbers,
      exists (select 1 from report_totals x where x.collection_id = ${collectionId} and x.unit_id = u.unit_id and x.on_day = ${on}) as opens,
      coalesce(t.owes, 0) as owes, coalesce(t.reported, 0) as reported, coalesce(t.late, 0) as late, coalesce(t.signed, 0) as signed, coalesce(t.returned, 0) as returned, coalesce(t.excused, 0) as excused, coalesce(t.sums, '{}') as sums, coalesce(t.counts, '{}') as counts
    from (select unit_id from between union select unit_id from own) both_of join public_units_tree u using (unit_id) left join between t using (unit_id) left join own r using (unit_id) order by u.path limit 500`)
  return found.map(({ unit, reportId, state, opens, isLate, numbers, ...row }) => {
    if (reportId === null) return { unit, reportId, state, opens, ...total(row, fields) }
    const sent = state === 'submitted' || state === 'signed'
    const own = sent ? plain(numbers ?? []) : []
    return {
      unit, reportId, state, opens, owes: state === 'excused' ? 0 : 1, reported: sent ? 1 : 0, late: sent && isLate ? 1 : 0, signed: state === 'signed' ? 1 : 0, returned: state === 'returned' ? 1 : 0, excused: state === 'excused' ? 1 : 0,
      sums: Array.from({ length: fields }, (_x, i) => own[i] ?? 0), counts: Array.from({ length: fields }, (_x, i) => (typeof own[i] === 'number' ? 1 : 0)),
    }
  })
}

/** What was said in words, in the order of the tree. */
export const wordsOf = (read: Reader, collectionId: string, unitId: string, on: string, level: string, limit: number): Promise<{ reportId: string; unit: Place; text: string }[]> => rows(read, sql<{ reportId: string; unit: Place; text: string }>`
  select r.id as "reportId", json_build_object('id', u.unit_id, 'name', u.name) as unit, w.text from reports r join public_units_tree u on u.unit_id = r.unit_id join private_texts w on w.id = r.words_id and w.text is not null
  where r.collection_id = ${collectionId} and r.on_day = ${on} and r.level = ${level} and ${unitId}::uuid = any(r.above) and r.state in ('submitted', 'signed') order by u.path limit ${limit}`)

export type ExportRow = { code: string; name: string; above: string; state: ReportState; late: boolean; submittedAt: Date | null; numbers: (number | null)[]; rest: Record<string, unknown>; words: Words | null; signedFiles: string[] | null; level: string; path: string; id: string }
/** A page of the file, in the order of the tree. */
export const pageOfReports = async (read: Reader, asked: { collectionId: string; unitId: string; on: string }, after: After | undefined, limit: number): Promise<ExportRow[]> => (await rows(read, sql<Omit<ExportRow, 'numbers' | 'words'> & { numbers: (string | null)[] | null; text: string | null }>`
  select u.code, u.name, a.name as above, r.state, r.late, r.submitted_at as "submittedAt", r.numbers, coalesce(r.rest, '{}') as rest, w.text, r.signed_files as "signedFiles", r.level, u.path, r.id
  from reports r join public_units_tree u on u.unit_id = r.unit_id join public_units_tree a on a.unit_id = r.above[cardinality(r.above) - 1] left join private_texts w on w.id = r.words_id
  where r.collection_id = ${asked.collectionId} and r.on_day = ${asked.on} and ${asked.unitId}::uuid = any(r.above) ${after ? sql`and (u.path, r.id) > (${after.key}, ${after.id}::uuid)` : sql``} order by u.path, r.id limit ${limit}`))
  .map(({ numbers, text, ...row }) => ({ ...row, numbers: (numbers ?? []).map((n) => (n === null ? null : Number(n))), words: text ? JSON.parse(text) as Words : null }))

/** What these files of these reports are called, and how long they are; without those that were erased. */
export const filesOf = async (read: Reader, held: { id: string; reportId: string }[]): Promise<Map<string, HeldFile>> => new Map((await rows(read, sql<HeldFile & { id: string; size: string }>`
  select b.id, coalesce(b.name, '') as name, b.size, b.type, b.sha256, b.uploaded_at as at from file_blobs b where b.id = any(${held.map((one) => one.id)}::uuid[]) and b.holder = any(${held.map((one) => `report:${one.reportId}`)}::text[]) and b.erased_at is null`)).map(({ id, size, ...file }) => [id, { ...file, size: Number(size) }]))
export type HeldFile = { name: string; size: number; type: string; sha256: Buffer; at: Date }

/** What stands with the reports of a period that are submitted: how many files of how many units, and how long they are. */
export const countFiles = async (read: Reader, asked: { collectionId: string; unitId: string; on: string }): Promise<{ files: number; units: number; bytes: number }> => (await rows(read, sql<{ files: number; units: number; bytes: string }>`
  select count(*)::int as files, count(distinct r.id)::int as units, coalesce(sum(b.size), 0) as bytes
  from reports r join file_blobs b on b.holder = 'report:' || r.id::text and b.erased_at is null and (strpos(r.rest::text, b.id::text) > 0 or (r.state = 'signed' and b.id = any(r.signed_files)))
  where r.collection_id = ${asked.collectionId} and r.on_day = ${asked.on} and ${asked.unitId}::uuid = any(r.above) and r.state in ('submitted', 'signed')`)).map((one) => ({ ...one, bytes: Number(one.bytes) }))[0]!

/** The highest unit of a request from which the asker may see it: who asks, or one between. */
export const highestSeen = async (read: Reader, actor: Actor, collectionId: string): Promise<string | undefined> => (await rows(read, sql<{ id: string }>`
  select u.unit_id as id from report_collections c cross join lateral (select c.unit_id union select t.unit_id from report_totals t where t.collection_id = c.id) f join public_units_tree u on u.unit_id = f.unit_id ${kept('f.unit_id', 'fk')}
  where c.id = ${collectionId} and ${readable(actor, 'report.read', 'c.id', granted(actor, 'report.read', 'fk.unit_id'))} order by u.path limit 1`))[0]?.id

/** Whose figures somebody may follow: a message says only that they moved. */
export const mayFollowCollections = async (read: Reader, actor: Actor, ids: string[]): Promise<string[]> => (await rows(read, sql<{ id: string }>`
  select c.id from report_collections c ${kept('c.unit_id', 'k')} where c.id = any(${ids}::uuid[]) and ${cleared(actor, 'report.read', 'c.id')} and (${granted(actor, 'report.read', 'k.unit_id')}
    or exists (select 1 from (select distinct t.unit_id from report_totals t where t.collection_id = c.id) t ${kept('t.unit_id', 'tk')} where ${granted(actor, 'report.read', 'tk.unit_id')}))`)).map((row) => row.id)
