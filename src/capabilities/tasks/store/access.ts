// The row that an order is about, if the asker holds the right to it. Who may not see it cannot tell it from a missing one.
import { sql } from 'kysely'
import { rolesWith } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import { batched } from '../../../kernel/commit.ts'
import { rows } from '../../../kernel/db.ts'
import { isUuid } from '../../../kernel/ids.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { TaskRow } from '../decide.ts'
import type { Addressee } from '../decide/assign.ts'
import { dayHere } from '../../../kernel/zone.ts'

/**
 * On whose unit a right is counted. lead: the lead unit or above. issuer: the unit that issued it or above, or any unit above the lead unit.
 * seen: lead, supporting or issuing unit.
 */
export type Side = 'lead' | 'issuer' | 'seen'
const sides: Record<string, Side> = {
  'task.read': 'seen', 'task.comment': 'seen', 'task.accept': 'lead', 'task.report': 'lead', 'task.split': 'lead', 'task.assign': 'issuer', 'task.verify': 'issuer',
}

type Ask = { id: string; actor: Actor; right: Right }
const scoped = (actor: Actor, right: Right): boolean => actor.kind !== 'person' || !actor.scopes || actor.scopes.includes(right)

const COLUMNS = sql.raw(`t.id, coalesce('event:' || t.event_id, 'unit:' || t.root_unit_id) as stream, t.state, t.event_id as "eventId", t.programme_id as "programmeId", t.directive_id as "directiveId",
  coalesce(t.lineage, '{}') as lineage, t.unit_id as "unitId", t.issuer_unit_id as "issuerUnitId", t.workstream, t.level, t.title, t.lang, t.product, t.priority,
  nullif(t.due_at, 'infinity') as "dueAt", t.due_rule as "dueRule", t.zone, t.target_kind, t.target_count::float8 as target_count, t.target_unit, t.reached::float8 as reached, t.base::float8 as base,
  t.evidence_kind as "evidenceKind", t.parts, t.parts_done as "partsDone", t.extension_id, t.extension_until, t.reported_by as "reportedBy", t.version, coalesce(t.changes, '{}') as changes`)

type Raw = Omit<TaskRow, 'target' | 'extension' | 'supporting' | 'dueAt'> & {
  dueAt: Date | null; target_kind: 'number' | 'percent' | 'all' | null; target_count: number | null; target_unit: string | null; extension_id: string | null; extension_until: Date | null
}
const rowOf = ({ target_kind, target_count, target_unit, extension_id, extension_until, dueAt, ...row }: Raw): TaskRow => ({
  ...row, dueAt: dueAt?.toISOString() ?? null, target: target_kind ? { kind: target_kind, count: target_count!, unit: target_unit! } : null,
  extension: extension_id ? { id: extension_id, until: extension_until!.toISOString() } : null, supporting: [],
})

/** True where a grant of the asker reaches the unit: `held.path` is a prefix of `path`. */
const HELD = (path: string) => `exists (select 1 from access_grants ag join access_units held on held.unit_id = ag.unit_id
  where ag.person_id = a.person_id and ag.role = any(string_to_array(a.roles, ',')) and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now())
    and ${path} >= held.path and ${path} < left(held.path, -1) || '/')`
const ALLOWED: Record<Side, string> = {
  lead: HELD('u.path'),
  // Strictly above the lead unit; the root of a tree verifies its own.
  issuer: `(${HELD(`coalesce(nullif(regexp_replace(u.path, '[^.]+[.]$', ''), ''), u.path)`)} or exists (select 1 from access_units iu where iu.unit_id = t.issuer_unit_id and ${HELD('iu.path')}))`,
  seen: `(${HELD('u.path')} or exists (select 1 from access_units iu where iu.unit_id = t.issuer_unit_id and ${HELD('iu.path')})
    or exists (select 1 from task_supports s join access_units su on su.unit_id = s.unit_id where s.task_id = t.id and ${HELD('su.path')}))`,
}

/** One query for all orders of a group, whoever sent them. */
const load = batched<Ask, TaskRow>(async (read, asks) => {
  const wanted = asks.map((ask, n) => ({ n, id: ask.id, person_id: ask.actor.kind === 'person' ? ask.actor.id : null, roles: rolesWith(ask.right).join(','), side: sides[ask.right] ?? 'lead', ok: scoped(ask.actor, ask.right) }))
  const present = [...new Set(wanted.map((w) => w.side))]
  const allowed = sql.raw(present.length === 1 ? ALLOWED[present[0]!] : `case a.side ${present.map((side) => `when '${side}' then ${ALLOWED[side]}`).join(' ')} end`)
  const found = await rows<Raw & { n: number }>(read, sql`select a.n, ${COLUMNS} from unnest(${wanted.map((w) => w.n)}::int[], ${wanted.map((w) => w.id)}::uuid[], ${wanted.map((w) => w.person_id)}::uuid[],
      ${wanted.map((w) => w.roles)}::text[], ${wanted.map((w) => w.side)}::text[], ${wanted.map((w) => w.ok)}::boolean[]) a(n, id, person_id, roles, side, ok)
    join tasks t on t.id = a.id join access_units u on u.unit_id = t.unit_id where a.ok and (a.person_id is null or ${allowed})`)
  const byAsk = new Map(found.map(({ n, ...raw }) => [n, rowOf(raw as Raw)]))
  return asks.map((_, n) => byAsk.get(n))
})

export const accessTask = (read: Reader, actor: Actor, right: Right, id: string): Promise<TaskRow | undefined> => load(read, { id, actor, right })

/** With the supporting units, for an edit. */
export async function accessTaskToEdit(read: Reader, actor: Actor, id: string): Promise<TaskRow | undefined> {
  const task = await accessTask(read, actor, 'task.assign', id)
  if (!task) return undefined
  const supporting = await rows<{ unit_id: string }>(read, sql`select unit_id from task_supports where task_id = ${id}`)
  return { ...task, supporting: supporting.map((row) => row.unit_id) }
}

// Where a task's facts go never changes, so it is asked outside the transaction and remembered.
const MOST = 200_000
const streams = new Map<string, string>()
const loadStream = batched<string, string>(async (read, ids) => {
  const found = await rows<{ id: string; stream: string }>(read, sql`select id, coalesce('event:' || event_id, 'unit:' || root_unit_id) as stream from tasks where id = any(${ids}::uuid[])`)
  const byId = new Map(found.map((row) => [row.id, row.stream]))
  return ids.map((id) => byId.get(id))
})
/** The stream of a task, whoever asks: the order itself checks the right. */
export async function streamOf(read: Reader, taskId: string): Promise<string | undefined> {
  const known = streams.get(taskId)
  if (known) return known
  const found = await loadStream(read, taskId)
  if (found) {
    if (streams.size >= MOST) streams.clear()
    streams.set(taskId, found)
  }
  return found
}

/** What stands below a task and is not withdrawn, for a withdrawal. */
export const tasksBelow = (read: Reader, taskId: string): Promise<Below[]> => tasksBelowMany(read, [taskId])
/** `top`: the one of those asked about. */
export type Below = Pick<TaskRow, 'id' | 'state' | 'lineage' | 'parts'> & { top: string }
export const tasksBelowMany = (read: Reader, taskIds: string[]): Promise<Below[]> =>
  rows(read, sql`with recursive below as (
      select id, state, lineage, parts, lineage[1] as top from tasks where lineage is not null and lineage[1] = any(${taskIds}::uuid[])
      union all select t.id, t.state, t.lineage, t.parts, b.top from tasks t join below b on t.lineage is not null and t.lineage[1] = b.id)
    select id, state, lineage, parts, top from below where state <> 'withdrawn' order by id`)

/** The text of a task whose words stand in the template, in both languages. */
export async function titleOf(read: Reader, taskId: string): Promise<{ vi: string; en: string } | undefined> {
  const [row] = await rows<{ title: string | null; words: { vi: string; en: string } | null }>(read, sql`
    select t.title, i.name as words from tasks t left join public_programmes_items i on i.template_version_id = t.template_version_id and i.item = t.item where t.id = ${taskId}`)
  return row?.title ? { vi: row.title, en: row.title } : (row?.words ?? undefined)
}

/** Units that work is addressed to, by id. Orders of one group are answered by one query. */
export async function addressees(read: Reader, ids: string[], at: Date): Promise<Map<string, Addressee>> {
  return (await loadUnits(read, { ids, day: dayHere(at) })) ?? new Map<string, Addressee>()
}
const loadUnits = batched<{ ids: string[]; day: string }, Map<string, Addressee>>(async (read, asks) => {
  const found = await rows<Omit<Addressee, 'closed'> & { until: string | null }>(read, sql`select unit_id as id, name, kind, path, valid_until as until from public_units_tree
    where unit_id = any(${[...new Set(asks.flatMap((ask) => ask.ids))]}::uuid[])`)
  const byId = new Map(found.map((unit) => [unit.id, unit]))
  return asks.map(({ ids, day }) => new Map(ids.flatMap((id) => {
    const unit = byId.get(id)
    return unit ? [[id, { id, name: unit.name, kind: unit.kind, path: unit.path, closed: unit.until !== null && unit.until <= day }] as const] : []
  })))
})

/** Whether the asker may act for a unit: holds the right there or above. */
/** Of a body: whether it goes on, its standing office, and the unit of whoever chairs it. */
export const officeOf = async (read: Reader, bodyId: string): Promise<{ unitId: string; ended: boolean; chairs: string[] } | undefined> => (await rows(read, sql<{ unitId: string; ended: boolean; chairs: string[] }>`
  select unit_id as "unitId", ended_on is not null as ended, array(select (m ->> 'unitId')::uuid from jsonb_array_elements(members) m where m ->> 'role' = 'chair') as chairs from public_bodies_bodies where body_id = ${bodyId}::uuid`))[0]
/** A directive that this unit issued. */
export const hasDirective = async (read: Reader, unitId: string, directiveId: string): Promise<boolean> =>
  (await rows(read, sql`select 1 from directives where id = ${directiveId}::uuid and issuer_unit_id = ${unitId}::uuid`)).length > 0

export async function mayActFor(read: Reader, actor: Actor, right: Right, unitId: string): Promise<boolean> {
  return scoped(actor, right) && (await loadMay(read, { actor, right, unitId })) === true
}
const loadMay = batched<{ actor: Actor; right: Right; unitId: string }, boolean>(async (read, asks) => {
  const found = await rows<{ n: number }>(read, sql`select a.n from unnest(${asks.map((_, n) => n)}::int[], ${asks.map((ask) => ask.unitId)}::uuid[], ${asks.map((ask) => (ask.actor.kind === 'person' ? ask.actor.id : null))}::uuid[],
      ${asks.map((ask) => rolesWith(ask.right).join(','))}::text[]) a(n, unit_id, person_id, roles) join access_units u on u.unit_id = a.unit_id where a.person_id is null or ${sql.raw(HELD('u.path'))}`)
  const held = new Set(found.map((row) => row.n))
  return asks.map((_, n) => held.has(n))
})

/** Of these tasks, those that the asker may see: for live screens and files. */
export const mayFollowTasks = async (read: Reader, actor: Actor, ids: string[]): Promise<string[]> => {
  const seen = await Promise.all(ids.filter((id) => isUuid(id)).map(async (id) => ((await accessTask(read, actor, 'task.read', id)) ? id : undefined)))
  return seen.filter((id) => id !== undefined)
}
