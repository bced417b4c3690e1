// What a package says of reports that bear no grade, and which report here answers one of a package.
import { sql } from 'kysely'
import { granted, plain } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'

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
export const formCodeOf = async (read: Reader, reportIds: string[]): Promise<Map<string, string>> => new Map((await rows<{ id: string; code: string }>(read, sql`
  select r.id, f.code from unnest(${reportIds}::uuid[]) k(id) join reports r using (id) join report_collections c on c.id = r.collection_id join report_form_versions v on v.id = c.form_version_id join report_forms f on f.id = v.form_id`)).map(({ id, code }) => [id, code]))

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
