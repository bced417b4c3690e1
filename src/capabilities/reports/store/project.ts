// Facts into tables. Who owes is read from the tree as it stands at the fact, which its version names; submissions of a group are one statement.
import { sql } from 'kysely'
import type { Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import type { CollectionAsked, CollectionEnded, FormPublished, PeriodOpened, ReportCorrected, ReportExcused, ReportReturned, ReportSigned, ReportSubmitted } from '../contract/facts.ts'
import { handOver } from './handover.ts'

export const tables = ['report_forms', 'report_form_versions', 'report_collections', 'report_periods', 'reports', 'report_versions', 'report_keepers']
export const foldedTables = ['report_counted', 'report_totals']

const numbers = (list: readonly (number | null)[]): string => `{${list.map((n) => n ?? 'null').join(',')}}`

const UNSIGNED = sql.raw('signed_at = null, signed_by = null, signed_told_id = null, signed_how = null, signed_files = null')
async function sent(write: Writer, facts: Recorded<ReportSubmitted | ReportCorrected>[]): Promise<void> {
  await sql`
    with f as (select * from unnest(${facts.map((r) => r.fact.reportId)}::uuid[], ${facts.map((r) => numbers(r.fact.numbers))}::text[], ${facts.map((r) => JSON.stringify(r.fact.rest))}::jsonb[], ${facts.map((r) => r.fact.words?.id ?? null)}::uuid[],
        ${facts.map((r) => r.fact.late)}::boolean[], ${facts.map((r) => r.at)}::timestamptz[], ${facts.map((r) => r.actorId)}::uuid[], ${facts.map((r) => r.told)}::uuid[], ${facts.map((r) => ('reason' in r.fact ? r.fact.reason.id : null))}::uuid[], ${facts.map((r) => r.fact.how ?? null)}::text[])
        f(id, numbers, rest, words_id, late, at, by, told_id, reason_id, how)),
      now as (update reports r set state = 'submitted', version = r.version + 1, sent = r.sent + 1, numbers = f.numbers::bigint[], rest = f.rest, words_id = f.words_id, submitted_at = f.at, submitted_by = f.by, told_id = f.told_id, told_how = f.how,
        late = case when r.sent = 0 then f.late else r.late end, ${UNSIGNED}, reason_id = null
        from f where r.id = f.id returning r.id, r.sent)
    insert into report_versions (report_id, n, at, by, told_id, numbers, rest, words_id, reason_id, told_how) select f.id, now.sent, f.at, f.by, f.told_id, f.numbers::bigint[], f.rest, f.words_id, f.reason_id, f.how from f join now using (id)`.execute(write)
}
const moved = (state: 'returned' | 'excused') => async (write: Writer, facts: Recorded<ReportReturned | ReportExcused>[]) => {
  await sql`update reports r set state = ${state}, version = r.version + 1, reason_id = f.reason_id, ${UNSIGNED}
    from unnest(${facts.map((r) => r.fact.reportId)}::uuid[], ${facts.map((r) => r.fact.reason.id)}::uuid[]) f(id, reason_id) where r.id = f.id`.execute(write)
}

export const project = {
  'report_form.published.v1': [async (write: Writer, facts: Recorded<FormPublished>[]) => {
    for (const { fact: f, at, actorId } of facts) {
      await sql`insert into report_forms (id, code, unit_id, version) values (${f.formId}, ${f.form.code}, ${f.unitId}, ${f.version}) on conflict (id) do update set version = excluded.version`.execute(write)
      await sql`insert into report_form_versions (id, form_id, version, form, text, published_at, published_by) values (${f.versionId}, ${f.formId}, ${f.version}, ${JSON.stringify(f.form)}, ${f.text}, ${at}, ${actorId})`.execute(write)
    }
  }],
  'collection.asked.v1': [async (write: Writer, facts: Recorded<CollectionAsked>[]) => {
    for (const { fact: f, at, actorId } of facts) {
      await sql`insert into report_collections (id, unit_id, form_version_id, title, schedule, owing, levels, zone, from_on, until_on, next_on, next_opens_at, asked_at, asked_by, version)
        values (${f.collectionId}, ${f.unitId}, ${f.formVersionId}, ${f.title}, ${JSON.stringify(f.schedule)}, ${JSON.stringify(f.owing)}, ${f.levels}::text[], ${f.zone}, ${f.from}, ${f.until}, ${f.next?.on ?? null}, ${f.next?.opensAt ?? null}, ${at}, ${actorId}, 1)`.execute(write)
    }
  }],
  'collection.opened.v1': [async (write: Writer, facts: Recorded<PeriodOpened>[]) => {
    for (const { fact: f } of facts) {
      await sql`insert into report_periods (collection_id, on_day, opens_at, due_at) values (${f.collectionId}, ${f.on}, ${f.opensAt}, ${f.dueAt}) on conflict do nothing`.execute(write)
      await sql`update report_collections set next_on = ${f.next?.on ?? null}, next_opens_at = ${f.next?.opensAt ?? null}, version = version + 1 where id = ${f.collectionId}`.execute(write)
      const who = f.hosts ? sql`d.unit_id = any(${f.hosts}::uuid[])` : 'kinds' in f.owing ? sql`d.kind = any(${f.owing.kinds}::text[])` : sql`d.unit_id = any(${f.owing.unitIds}::uuid[])`
      // A version 8 id from the three that name it: as a replay makes it again.
      await sql`
        with recursive down as (
          select u.unit_id, u.kind, array[u.unit_id] as above from public_units_tree u where u.unit_id = ${f.unitId}::uuid
          union all
          select u.unit_id, u.kind, d.above || u.unit_id from public_units_tree u join down d on u.parent_id = d.unit_id where u.valid_until is null)
        insert into reports (id, collection_id, on_day, unit_id, level, above, due_at, state, version)
        select overlay(overlay(md5(${`${f.collectionId} ${f.on} `} || d.unit_id) placing '8' from 13) placing 'a' from 17)::uuid, ${f.collectionId}::uuid, ${f.on}::date, d.unit_id, d.kind, d.above, ${f.dueAt}::timestamptz, 'owed', 1
        from down d where d.unit_id <> ${f.unitId}::uuid and ${who}`.execute(write)
    }
  }],
  'collection.ended.v1': [async (write: Writer, facts: Recorded<CollectionEnded>[]) => {
    for (const { fact: f, at } of facts) await sql`update report_collections set ended_at = ${at}, next_on = null, next_opens_at = null, version = version + 1 where id = ${f.collectionId}`.execute(write)
  }],
  'report.chased.v1': [async () => {}],
  'reports.handed_over.v1': [handOver],
  'report.submitted.v1': [sent],
  'report.corrected.v1': [sent],
  'report.returned.v1': [moved('returned')],
  'report.excused.v1': [moved('excused')],
  'report.signed.v1': [async (write: Writer, facts: Recorded<ReportSigned>[]) => {
    await sql`update reports r set state = 'signed', version = r.version + 1, signed_at = f.at, signed_by = f.by, signed_told_id = f.told, signed_how = f.how, signed_files = f.files::uuid[]
      from unnest(${facts.map((r) => r.fact.reportId)}::uuid[], ${facts.map((r) => r.at)}::timestamptz[], ${facts.map((r) => r.actorId)}::uuid[], ${facts.map((r) => r.told)}::uuid[],
        ${facts.map((r) => r.fact.how ?? null)}::text[], ${facts.map((r) => (r.fact.files ? `{${r.fact.files.map((file) => file.id).join(',')}}` : null))}::text[]) f(id, at, by, told, how, files) where r.id = f.id`.execute(write)
  }],
}
