// What a package says of reports that bear no grade, and which report here answers one of a package.
import { sql } from 'kysely'
import { granted, plain } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Form, Values } from '../contract/form.ts'
import { wholeOf } from '../decide/values.ts'
import { formOf } from './access.ts'
import type { Words } from './access.ts'

/** `from` (excluded) to `until`: when they were submitted. */
export type Sending = { path: string; from: Date | null; until: Date | null }
const below = (path: string) => sql`u.path >= ${path} and u.path < left(${path}::text, -1) || '/'`

/** What units at or below have submitted. */
export const reportIdsToSend = async (read: Reader, actor: Actor, { path, from, until }: Sending, most: number): Promise<string[]> => (await rows<{ id: string }>(read, sql`
  select r.id from access_units u join reports r on r.unit_id = u.unit_id where ${below(path)} and r.state in ('submitted', 'signed') ${from ? sql`and r.submitted_at > ${from}` : sql``} ${until ? sql`and r.submitted_at <= ${until}` : sql``}
    and ${granted(actor, 'report.read', 'u.unit_id')} and ${plain('r.id')} order by u.path, r.on_day, r.id limit ${most}`)).map(({ id }) => id)

type Request = { id: string; unitId: string; title: string; schedule: Record<string, unknown>; zone: string; until: string | null; at: Date; code: string; text: string; unitIds: string[] }
/** Requests that units above have made of units at or below, and that go on. */
export const requestsToSend = (read: Reader, actor: Actor, path: string): Promise<Request[]> => rows<Request>(read, sql`
  select c.id, c.unit_id as "unitId", c.title, c.schedule, c.zone, c.until_on::text as until, c.asked_at as at, f.code, v.text, o.units as "unitIds"
  from report_collections c join access_units a on a.unit_id = c.unit_id join report_form_versions v on v.id = c.form_version_id join report_forms f on f.id = v.form_id
    cross join lateral (select (array_agg(distinct r.unit_id))[1:500] as units from reports r join access_units u on u.unit_id = r.unit_id where r.collection_id = c.id and ${below(path)} and ${granted(actor, 'report.read', 'u.unit_id')}) o
  where c.ended_at is null and ${plain('c.id')} and starts_with(${path}::text, a.path) and a.path <> ${path} and o.units is not null order by c.id limit 200`)

/** `form`: its code; `definition`: the version that was filled in. `n`: how often it was submitted, `at`: the last time. */
export type ReportToSend = { id: string; at: Date; unitId: string; collectionId: string; form: string; title: string; on: string; n: number; definition: Form; values: Values; files: { id: string; name: string }[] }
type Sent = Omit<ReportToSend, 'definition' | 'values' | 'files'> & { formVersionId: string; numbers: (string | null)[] | null; rest: Record<string, unknown> | null; words: string | null; files: ReportToSend['files'] | null }
/** Of these the submitted ones that the asker may read, in the order of the ids. */
export async function reportsToSend(read: Reader, actor: Actor, ids: string[]): Promise<ReportToSend[]> {
  const found = await rows<Sent>(read, sql`
    select r.id, v.at, r.unit_id as "unitId", r.collection_id as "collectionId", f.code as form, c.title, r.on_day as "on", v.n, c.form_version_id as "formVersionId", r.numbers, r.rest, w.text as words,
      (select json_agg(json_build_object('id', b.id, 'name', coalesce(b.name, ''))) from file_blobs b where b.holder = 'report:' || r.id::text and b.erased_at is null) as files
    from unnest(${ids}::uuid[]) with ordinality k(id, place) join reports r using (id) join report_collections c on c.id = r.collection_id join report_form_versions fv on fv.id = c.form_version_id join report_forms f on f.id = fv.form_id
      cross join lateral (select x.n, x.at from report_versions x where x.report_id = r.id order by x.n desc limit 1) v left join private_texts w on w.id = r.words_id
    where ${granted(actor, 'report.read', 'r.unit_id')} and ${plain('r.id')} order by k.place`)
  const forms = new Map<string, Form>()
  for (const id of new Set(found.map((row) => row.formVersionId))) forms.set(id, await formOf(read, id))
  return found.map(({ formVersionId, numbers, rest, words, files, ...row }) => {
    const definition = forms.get(formVersionId)!
    return { ...row, definition, files: files ?? [], values: wholeOf(definition, (numbers ?? []).map((n) => (n === null ? null : Number(n))), rest ?? {}, words ? JSON.parse(words) as Words : null) }
  })
}

/** The report that a unit owes for a period: of this request where it is known here, else of any with a form of this code. In the order of the asks. */
export async function reportsHere(read: Reader, asks: { collectionId: string | null; form: string; unitId: string; on: string }[]): Promise<({ reportId: string; state: string; version: number } | undefined)[]> {
  if (asks.length === 0) return []
  const found = await rows<{ n: number; reportId: string; state: string; version: number }>(read, sql`
    select distinct on (a.n) a.n::int as n, r.id as "reportId", r.state, r.version
    from unnest(${asks.map((one) => one.collectionId)}::uuid[], ${asks.map((one) => one.form)}::text[], ${asks.map((one) => one.unitId)}::uuid[], ${asks.map((one) => one.on)}::date[]) with ordinality a(collection_id, form, unit_id, on_day, n)
      join reports r on r.unit_id = a.unit_id and r.on_day = a.on_day join report_collections c on c.id = r.collection_id join report_form_versions v on v.id = c.form_version_id join report_forms f on f.id = v.form_id
    where r.collection_id = a.collection_id or (a.collection_id is null and f.code = a.form) order by a.n, c.ended_at is not null, c.asked_at desc`)
  const byAsk = new Map(found.map(({ n, ...row }) => [n - 1, row]))
  return asks.map((_, n) => byAsk.get(n))
}
