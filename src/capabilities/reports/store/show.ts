// One report whole: its values put together from the fact's part and its words, every version, the period before, the draft.
import { sql } from 'kysely'
import { granted, readable } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { Values } from '../contract/form.ts'
import type { ReportState } from '../contract/names.ts'
import type { Report } from '../contract/shapes.ts'
import { wholeOf } from '../decide/values.ts'
import { formOf } from './access.ts'
import type { Words } from './access.ts'
import { kept } from './handover.ts'

type Kept = { numbers: (string | null)[] | null; rest: Record<string, unknown> | null; words: string | null }
type Way = Report['versions'][number]['how']
type VersionRow = Kept & { n: number; at: string; by: string | null; toldBy: string | null; how: Way; reason: string | null }
type Row = Kept & {
  id: string; collectionId: string; title: string; grade: Report['grade']; unit: Report['unit']; asker: Report['asker']; on: string; dueAt: Date; zone: string; state: ReportState; late: boolean; version: number; formVersionId: string
  submittedAt: Date | null; submittedBy: string | null; toldBy: string | null; how: Way; signedHow: Way; signedFiles: string[] | null; signedAt: Date | null; signedBy: string | null; signedToldBy: string | null; reason: string | null
  before: (Kept & { on: string }) | null; compared: (Kept & { on: string }) | null; others: string[]; versions: VersionRow[] | null; draft: { values: Values; by: string | null; at: string; version: number } | null; files: Report['files'] | null; mayFill: boolean; maySign: boolean; mayReturn: boolean
}
const KEPT = (of: string) => sql.raw(`${of}.numbers, ${of}.rest, (select w.text from private_texts w where w.id = ${of}.words_id) as words`)

/** `against`: the day of another period that is told besides. */
export async function showReport(read: Reader, actor: Actor, reportId: string, against?: string): Promise<Omit<Report, 'mark'> | undefined> {
  const mayRead = (id: string) => readable(actor, 'report.read', id, sql`(${granted(actor, 'report.read', 'ru.unit_id')} or ${granted(actor, 'report.read', 'cu.unit_id')})`)
  const others = sql`from reports p where p.collection_id = r.collection_id and p.unit_id = r.unit_id and p.id <> r.id and p.state in ('submitted', 'signed') and ${mayRead('p.id')}`
  const [row] = await rows(read, sql<Row>`
    select r.id, r.collection_id as "collectionId", c.title, coalesce((select g.grade from access_graded g where g.record_id = c.id), 'none') as grade, json_build_object('id', u.unit_id, 'name', u.name) as unit, json_build_object('id', a.unit_id, 'name', a.name) as asker, r.on_day as "on", r.due_at as "dueAt", c.zone, r.state, r.late, r.version, c.form_version_id as "formVersionId",
      ${KEPT('r')}, r.submitted_at as "submittedAt", s.name as "submittedBy", told.text as "toldBy", r.told_how as how, r.signed_how as "signedHow", r.signed_files as "signedFiles", r.signed_at as "signedAt", g.name as "signedBy", gt.text as "signedToldBy", why.text as reason,
      (select row_to_json(b) from (select p.on_day as "on", ${KEPT('p')} ${others} and p.on_day < r.on_day order by p.on_day desc limit 1) b) as before,
      ${against ? sql`(select row_to_json(b) from (select p.on_day as "on", ${KEPT('p')} ${others} and p.on_day = ${against}) b)` : sql`null`} as compared,
      array(select p.on_day::text ${others} order by p.on_day desc limit 100) as others,
      (select json_agg(v order by v.n desc) from (select x.n, to_json(x.at) as at, n.name as by, t.text as "toldBy", x.told_how as how, y.text as reason, ${KEPT('x')} from report_versions x left join public_people_names n on n.person_id = x.by left join private_texts t on t.id = x.told_id
        left join private_texts y on y.id = x.reason_id where x.report_id = r.id order by x.n desc limit 50) v) as versions,
      (select json_build_object('values', d.values, 'by', n.name, 'at', to_json(d.saved_at), 'version', d.version) from report_drafts d left join public_people_names n on n.person_id = d.saved_by where d.report_id = r.id) as draft,
      (select json_agg(json_build_object('id', f.id, 'name', coalesce(f.name, ''))) from file_blobs f where (f.holder = 'report:' || r.id::text or (f.holder is null and f.uploaded_by = ${actor.id}::uuid and exists (select 1 from report_drafts d where d.report_id = r.id and strpos(d.values::text, f.id::text) > 0))) and f.erased_at is null) as files,
      ${granted(actor, 'report.fill', 'ru.unit_id')} as "mayFill", ${granted(actor, 'report.sign', 'ru.unit_id')} as "maySign", ${granted(actor, 'report.ask', 'cu.unit_id')} as "mayReturn"
    from reports r join report_collections c on c.id = r.collection_id ${kept('r.unit_id', 'ru')} ${kept('c.unit_id', 'cu')} join public_units_tree u on u.unit_id = r.unit_id join public_units_tree a on a.unit_id = c.unit_id
      left join public_people_names s on s.person_id = r.submitted_by left join private_texts told on told.id = r.told_id left join public_people_names g on g.person_id = r.signed_by left join private_texts gt on gt.id = r.signed_told_id left join private_texts why on why.id = r.reason_id
    where r.id = ${reportId} and ${mayRead('r.id')}`)
  if (!row) return undefined
  const form = await formOf(read, row.formVersionId)
  const whole = (kept: Kept): Values => wholeOf(form, (kept.numbers ?? []).map((n) => (n === null ? null : Number(n))), kept.rest ?? {}, kept.words ? JSON.parse(kept.words) as Words : null)
  const { id, collectionId, title, grade, unit, asker, on, zone, state, late, version, mayFill, maySign, mayReturn, reason } = row
  const files = row.files ?? []
  const signed = (at: Date | null, by: string | null, toldBy: string | null, how: Way) => (at ? { by, toldBy, how, at: at.toISOString() } : null)
  const sign = signed(row.signedAt, row.signedBy, row.signedToldBy, row.signedHow)
  return {
    id, collectionId, title, grade, unit, asker, on, zone, state, late, version, mayFill, maySign, mayReturn, reason, form, dueAt: row.dueAt.toISOString(), submittedAt: row.submittedAt?.toISOString() ?? null, values: whole(row),
    before: row.before ? { on: row.before.on, values: whole(row.before) } : null, compared: row.compared ? { on: row.compared.on, values: whole(row.compared) } : null, others: row.others, versions: (row.versions ?? []).map((v) => ({ n: v.n, at: v.at, by: v.by, toldBy: v.toldBy, how: v.how, reason: v.reason, values: whole(v) })), files,
    submitted: signed(row.submittedAt, row.submittedBy, row.toldBy, row.how), signed: sign && { ...sign, files: files.filter((file) => row.signedFiles?.includes(file.id)) },
    draft: mayFill && row.draft && row.draft.version === version ? { values: row.draft.values, by: row.draft.by, at: row.draft.at } : null,
  }
}

const DRAFT_DAYS = 400
/** One draft for a report, whoever types: the last one counts. Very old ones go with the next that is kept. */
export async function keepDraft(side: SideWriter, reportId: string, version: number, values: Values, actorId: string, at: Date): Promise<void> {
  const row = { version, values: JSON.stringify(values), saved_at: at, saved_by: actorId }
  await side.insertInto('report_drafts').values({ report_id: reportId, ...row }).onConflict((on) => on.column('report_id').doUpdateSet(row)).execute()
  await side.deleteFrom('report_drafts').where('saved_at', '<', new Date(at.getTime() - DRAFT_DAYS * 86_400_000)).execute()
}
