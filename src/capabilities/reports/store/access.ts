// The rows that orders are about, each with the right to it in the same query.
import { sql } from 'kysely'
import { CLEARED, cleared, granted, rolesWith } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import { batched } from '../../../kernel/commit.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Form } from '../contract/form.ts'
import type { Owing } from '../contract/shapes.ts'
import type { CollectionRow, ReportRow } from '../decide/orders.ts'
import type { Parts } from '../decide/values.ts'
import { kept } from './handover.ts'

export const accessUnit = async (read: Reader, actor: Actor, right: Right, unitId: string): Promise<{ id: string } | undefined> =>
  (await rows(read, sql<{ id: string }>`select u.unit_id as id from public_units_tree u where u.unit_id = ${unitId}::uuid and u.valid_until is null and ${granted(actor, right, 'u.unit_id')}`))[0]

/** A form's unit; of a closed one, whoever answers for it publishes the next version. */
export const accessFormUnit = async (read: Reader, actor: Actor, unitId: string): Promise<{ id: string } | undefined> =>
  (await rows(read, sql<{ id: string }>`select u.unit_id as id from public_units_tree u ${kept('u.unit_id', 'k')} where u.unit_id = ${unitId}::uuid and (u.valid_until is null or k.unit_id <> u.unit_id) and ${granted(actor, 'report.form', 'k.unit_id')}`))[0]

/** `unitId`: who answers for the request now; its next period opens there. */
export async function accessCollection(read: Reader, actor: Actor, right: Right, id: string): Promise<CollectionRow | undefined> {
  const [row] = await rows(read, sql<Omit<CollectionRow, 'next'> & { nextOn: string | null; nextOpensAt: Date | null }>`
    select c.id, k.unit_id as "unitId", c.schedule, c.owing, c.zone, c.until_on as until, c.ended_at as "endedAt", c.next_on as "nextOn", c.next_opens_at as "nextOpensAt" from report_collections c ${kept('c.unit_id', 'k')} where c.id = ${id} and ${granted(actor, right, 'k.unit_id')} and ${cleared(actor, right, 'c.id')}`)
  if (!row) return undefined
  const { nextOn, nextOpensAt, ...rest } = row
  return { ...rest, next: nextOn && nextOpensAt ? { on: nextOn, opensAt: nextOpensAt } : null }
}

/** On whose unit a right is counted: filling and signing on the unit that owes, asking on the one that asked, reading on either. */
type Side = 'unit' | 'asker' | 'either'
const sides: Record<string, Side> = { 'report.read': 'either', 'report.fill': 'unit', 'report.sign': 'unit', 'report.ask': 'asker' }
const HELD = (path: string) => `exists (select 1 from access_grants ag join access_units held on held.unit_id = ag.unit_id
  where ag.person_id = a.person_id and ag.role = any(string_to_array(a.roles, ',')) and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now()) and ${path} >= held.path and ${path} < left(held.path, -1) || '/')`
const ALLOWED: Record<Side, string> = { unit: HELD('u.path'), asker: HELD('asker.path'), either: `(${HELD('u.path')} or ${HELD('asker.path')})` }

type Before = { beforeNumbers: number[] | null; beforeRest: Record<string, unknown> | null }
export type AccessedReport = ReportRow & { before: { numbers: (number | null)[]; rest: Record<string, unknown> } | null }
type Ask = { id: string; actor: Actor; right: Right }
/** One query for all orders of a group. `before`: what the unit reported for the period before. */
const load = batched<Ask, AccessedReport>(async (read, asks) => {
  const wanted = asks.map(({ id, actor, right }, n) => ({ n, id, person: actor.kind === 'person' ? actor.id : null, roles: rolesWith(right).join(','), side: sides[right] ?? 'unit', ok: actor.kind !== 'person' || !actor.scopes || actor.scopes.includes(right) }))
  const present = [...new Set(wanted.map((w) => w.side))]
  const allowed = sql.raw(present.length === 1 ? ALLOWED[present[0]!] : `case a.side ${present.map((side) => `when '${side}' then ${ALLOWED[side]}`).join(' ')} end`)
  const found = await rows<ReportRow & Before & { n: number }>(read, sql`
    select a.n, r.id, r.collection_id as "collectionId", r.on_day as "on", r.unit_id as "unitId", r.state, r.version, r.due_at as "dueAt", c.form_version_id as "formVersionId", exists (select 1 from access_graded g where g.record_id = c.id) as graded, b.numbers as "beforeNumbers", b.rest as "beforeRest"
    from unnest(${wanted.map((w) => w.n)}::int[], ${wanted.map((w) => w.id)}::uuid[], ${wanted.map((w) => w.person)}::uuid[], ${wanted.map((w) => w.roles)}::text[], ${wanted.map((w) => w.side)}::text[], ${wanted.map((w) => w.ok)}::boolean[]) a(n, id, person_id, roles, side, ok)
    join reports r on r.id = a.id join report_collections c on c.id = r.collection_id ${kept('r.unit_id', 'ru')} ${kept('c.unit_id', 'cu')} join access_units u on u.unit_id = ru.unit_id join access_units asker on asker.unit_id = cu.unit_id
    left join lateral (select p.numbers, p.rest from reports p where p.collection_id = r.collection_id and p.unit_id = r.unit_id and p.on_day < r.on_day and p.state in ('submitted', 'signed') order by p.on_day desc limit 1) b on true
    where a.ok and (a.person_id is null or ${allowed} and ${sql.raw(CLEARED('a.person_id', 'a.roles', 'r.id'))})`)
  const byAsk = new Map(found.map(({ n, beforeNumbers, beforeRest, ...row }) => [n, { ...row, before: beforeNumbers ? { numbers: beforeNumbers.map((x) => (x === null ? null : Number(x))), rest: beforeRest ?? {} } : null }]))
  return asks.map((_, n) => byAsk.get(n))
})
export const accessReport = (read: Reader, actor: Actor, right: Right, id: string): Promise<AccessedReport | undefined> => load(read, { id, actor, right })

export const mayFollowReports = async (read: Reader, actor: Actor, ids: string[]): Promise<string[]> => {
  const seen = await Promise.all(ids.map(async (id) => ((await accessReport(read, actor, 'report.read', id)) ? id : undefined)))
  return seen.filter((id) => id !== undefined)
}

/** Whose stream a report is on. No right is asked: the order asks it. */
const streams = batched<string, string>(async (read, ids) => {
  const found = new Map((await rows(read, sql<{ id: string; unitId: string }>`select id, unit_id as "unitId" from reports where id = any(${ids}::uuid[])`)).map((row) => [row.id, row.unitId]))
  return ids.map((id) => found.get(id))
})
export const unitOfReport = (read: Reader, id: string): Promise<string | undefined> => streams(read, id)

/** Published versions never change: read once a process. */
const forms = new Map<string, Form>()
export async function formOf(read: Reader, versionId: string): Promise<Form> {
  const known = forms.get(versionId)
  if (known) return known
  const [row] = await rows(read, sql<{ form: Form }>`select form from report_form_versions where id = ${versionId}`)
  if (forms.size > 500) forms.clear()
  forms.set(versionId, row!.form)
  return row!.form
}
export const latestForm = async (read: Reader, unitId: string, code: string): Promise<{ formId: string; version: number; text: string } | undefined> => (await rows(read, sql<{ formId: string; version: number; text: string }>`
  select f.id as "formId", f.version, v.text from report_forms f join report_form_versions v on v.form_id = f.id and v.version = f.version where f.unit_id = ${unitId} and f.code = ${code}`))[0]
export const newestVersion = async (read: Reader, formId: string): Promise<{ versionId: string } | undefined> => (await rows(read, sql<{ versionId: string }>`
  select v.id as "versionId" from report_forms f join report_form_versions v on v.form_id = f.id and v.version = f.version where f.id = ${formId}`))[0]

/** The kinds of those who would owe (without `owing`: of all below), the highest first, and the version of the tree. */
export async function wouldOwe(read: Reader, unitId: string, owing: Owing | undefined): Promise<{ levels: string[]; units: number[]; tree: number }> {
  const who = !owing ? sql`true` : 'kinds' in owing ? sql`u.kind = any(${owing.kinds}::text[])` : sql`u.unit_id = any(${owing.unitIds}::uuid[])`
  const found = await rows(read, sql<{ kind: string | null; tree: number; n: number }>`
    select u.kind, (select coalesce(max(tree), 0)::int from public_units_tree) as tree, count(*)::int as n
    from access_units top join public_units_tree u on u.path > top.path and u.path < left(top.path, -1) || '/' and u.valid_until is null and ${who}
    where top.unit_id = ${unitId} group by u.kind order by min(length(u.path) - length(replace(u.path, '.', ''))), u.kind`)
  // A unit of the list that stands elsewhere, or has ended, would silently owe nothing.
  const all = !owing || 'kinds' in owing || found.reduce((n, row) => n + row.n, 0) === new Set(owing.unitIds).size
  return { levels: all ? found.map((row) => row.kind!) : [], units: found.map((row) => row.n), tree: found[0]?.tree ?? 0 }
}
export const treeNow = async (read: Reader): Promise<number> => (await rows(read, sql<{ tree: number }>`select coalesce(max(tree), 0)::int as tree from public_units_tree`))[0]!.tree

/** Requests whose next period opens by now. */
export const waitingToOpen = (read: Reader, at: Date): Promise<{ id: string; on: string }[]> =>
  rows(read, sql<{ id: string; on: string }>`select id, next_on as "on" from report_collections where ended_at is null and next_opens_at <= ${at} order by next_opens_at limit 500`)

/** Who has not reported below (or at) a unit. Answers whether the unit is part of the request at all. */
export async function missingBelow(read: Reader, actor: Actor, right: Right, collectionId: string, unitId: string, on: string): Promise<{ seen: boolean; ids: string[] }> {
  const [found] = await rows(read, sql<{ ids: string[] }>`
    select array(select r.id from reports r where r.collection_id = c.id and r.on_day = ${on} and ${unitId}::uuid = any(r.above) and r.unit_id <> ${unitId}::uuid and r.state in ('owed', 'returned') order by r.id) as ids
    from report_collections c where c.id = ${collectionId} and ${cleared(actor, right, 'c.id')} and exists (select 1 from reports r where r.collection_id = c.id and ${unitId}::uuid = any(r.above))
      and exists (select 1 from access_units u ${kept('u.unit_id', 'k')} where u.unit_id = ${unitId}::uuid and ${granted(actor, right, 'k.unit_id')})`)
  return { seen: found !== undefined, ids: found?.ids ?? [] }
}

export type Words = Parts['words']
/** The form that a report answers; who may see the report is settled before. */
export async function formOfReport(read: Reader, reportId: string): Promise<Form | undefined> {
  const [row] = await rows(read, sql<{ id: string }>`select c.form_version_id as id from reports r join report_collections c on c.id = r.collection_id where r.id = ${reportId}`)
  return row && formOf(read, row.id)
}

/** What every version of a report said in words, by the text's id; null: erased. */
export const wordsOfReport = async (read: Reader, reportId: string): Promise<Record<string, string | null>> =>
  Object.fromEntries((await rows(read, sql<{ id: string; text: string | null }>`select t.id, t.text from report_versions v join private_texts t on t.id = v.words_id where v.report_id = ${reportId}`)).map(({ id, text }) => [`words:${id}`, text]))
