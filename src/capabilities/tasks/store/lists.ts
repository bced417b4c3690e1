// Lists of tasks: filtered by right in the query, sorted by index, paged by cursor.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { grantedRanges } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import { isUuid } from '../../../kernel/ids.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Lang } from '../../../kernel/contract.ts'
import type { Task, TaskFilter } from '../contract/shapes.ts'
import { OPEN_STATES } from '../contract/shapes.ts'
import { loadTasks } from './show.ts'
import { matching, wordsOf } from './words.ts'

export type Page = { items: Task[]; next: string | null; total?: number }
type Range = { path: string; upto: string }
type Sql = RawBuilder<unknown>
const ALL_STAGES = ['open', 'reported', 'verified', 'refused', 'withdrawn']
/** Up to so many runs one for each unit and stage is the fastest plan; above, one for each item of a template. Measured on 11,400 units and a million tasks. */
const MOST_RUNS = 2000
const EXACT_TO = 1000
const none: Page = { items: [], next: null, total: 0 }

export async function listTasks(read: Reader, actor: Actor, filter: TaskFilter, { cursor, limit, lang, at, uncounted }: { cursor?: string | undefined; limit: number; lang: Lang; at: Date; uncounted?: boolean }): Promise<Page> {
  const scope = await scopeOf(read, actor, filter)
  if (scope.ranges.length === 0) return none
  const after = cursor === undefined ? undefined : readCursor(cursor)
  const query = await plan(read, filter, scope, at)
  if (!query) return none
  const [found, total] = await Promise.all([
    rows<{ id: string; key: string }>(read, query.page(after, limit + 1)),
    after || uncounted ? undefined : rows<{ n: number }>(read, query.count()).then(([row]) => row!.n),
  ])
  const last = found.length > limit ? found[limit - 1]! : undefined
  const items = await loadTasks(read, found.slice(0, limit).map((row) => row.id), lang, at)
  return { items, next: last ? writeCursor(last) : null, ...(total === undefined ? {} : { total }) }
}

type Cursor = { key: string; id: string }
const writeCursor = ({ key, id }: Cursor): string => Buffer.from(JSON.stringify([key, id])).toString('base64url')
function readCursor(text: string): Cursor | undefined {
  try {
    const [key, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [string, string]
    if (/^[-+:. \dTZ]{10,40}$|^-?infinity$/.test(key) && isUuid(id)) return { key, id }
  } catch { /* a cursor of our own making cannot be damaged: start from the first page */ }
  return undefined
}

type Scope = { ranges: Range[]; exact: string[] | undefined; units: number; everything: boolean }

/** Which units: those that the asker may see, cut to those asked for. `exact`: only these very units. One statement: to wake a database process takes as long as to answer it. */
async function scopeOf(read: Reader, actor: Actor, filter: TaskFilter): Promise<Scope> {
  // Who answers is asked of one's very units alone: of a whole nation it would be every task reported there.
  const own = (filter.mine || filter.part === 'answers') && actor.kind === 'person'
  const very = own || (filter.unit !== undefined && !filter.below)
  const [found] = await rows<{ ranges: Range[]; units: number; everything: boolean; exact: string[] }>(read, sql`
    with asked as materialized (select path, left(path, -1) || '/' as upto from access_units where unit_id = ${filter.unit ?? null}::uuid),
      cut as (select distinct greatest(r.path, a.path) as path, least(r.upto, a.upto) as upto from ${grantedRanges(actor, 'task.read')} r left join asked a on true),
      -- Without those inside another: two grants, one above the other.
      top as materialized (select path, upto from cut c where upto > path and not exists (select 1 from cut o where c.path between o.path and o.upto and c.upto <= o.upto and (o.path, o.upto) <> (c.path, c.upto)))
    select (select coalesce(json_agg(top), '[]') from top where ${filter.unit === undefined} or exists (select 1 from asked)) as ranges,
      (select count(*)::int from (select 1 from top cross join lateral (select 1 from access_units u where u.path between top.path and top.upto limit ${very ? 0 : MOST_RUNS + 1}) x limit ${MOST_RUNS + 1}) x) as units,
      -- All roots of the forest lie within: no unit needs to be looked at.
      (select coalesce(bool_and(exists (select 1 from top where u.path between top.path and top.upto)), false) from public_units_tree u where u.parent_id is null) as everything,
      -- Those that are meant themselves; one above the asker's own is not among them.
      array(select distinct u.unit_id::text from (select ${filter.unit ?? null}::uuid as unit_id where ${very && !own}
          union all select ag.unit_id from access_grants ag where ${own} and ag.person_id = ${actor.id} and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now())
            and (${filter.unit === undefined} or ag.unit_id = ${filter.unit ?? null}::uuid)) m
        join access_units u using (unit_id) where exists (select 1 from top where u.path between top.path and top.upto)) as exact`)
  const { ranges, units, everything, exact } = found!
  if (ranges.length === 0 || (very && exact.length === 0)) return { ranges: [], exact: undefined, units: 0, everything: false }
  return very ? { ranges, exact, units: exact.length, everything: false } : { ranges, exact: undefined, units, everything }
}

/** Two steps of path, and all below: as `task_branch` cuts them (schema/015). */
const isBranch = ({ path, upto }: Range): boolean => /^[^.]+\.[^.]+\.$/.test(path) && upto === `${path.slice(0, -1)}/`

export const within = (ranges: Range[], alias = 'u'): Sql =>
  sql`(${sql.join(ranges.map((r) => sql`${sql.ref(`${alias}.path`)} >= ${r.path} and ${sql.ref(`${alias}.path`)} < ${r.upto}`), sql` or `)})`

type Query = { page: (after: Cursor | undefined, limit: number) => RawBuilder<{ id: string; key: string }>; count: () => RawBuilder<{ n: number }> }

async function plan(read: Reader, filter: TaskFilter, scope: Scope, at: Date): Promise<Query | undefined> {
  const { stages, states } = stagesOf(filter)
  const words = filter.q ? wordsOf(filter.q) : []
  if (filter.q && words.length === 0) return undefined
  const match = words.length > 0 ? await matching(read, words) : undefined
  const conditions = conditionsOf(filter, states, at)
  if (match) conditions.push(match.condition)
  const where = conditions.length > 0 ? sql` and ${sql.join(conditions, sql` and `)}` : sql``
  const place = scope.exact ? sql`u.unit_id = any(${scope.exact}::uuid[])` : within(scope.ranges)

  if (filter.sort === '-changed') return byChange(place, stages, where)
  const down = filter.sort === '-due'
  const seen = sql`exists (select 1 from access_units u where ${place} and u.unit_id in (t.unit_id, t.issuer_unit_id))`
  // Some by their ids, or what one event, directive or task has, are few: read them all.
  if (filter.ids || filter.event || filter.directive || filter.parent) return plain(sql`tasks t where ${seen} and t.stage = any(${stages}::text[])${where}`, down)
  if (filter.part === 'supporting') {
    return plain(sql`tasks t where t.id in (select s.task_id from task_supports s join access_units u on u.unit_id = s.unit_id where ${place}) and t.stage = any(${stages}::text[])${where}`, down)
  }
  if (filter.part === 'answers') {
    // The issuing unit, where none is named the one above the lead unit: as home counts it (home.ts).
    const waits = sql`(t.stage = 'reported' or t.extension_id is not null)`
    return plain(sql`(select t.* from access_units u join tasks t on t.issuer_unit_id = u.unit_id and ${waits} where ${place}
      union all select t.* from access_units u join public_units_tree c on c.parent_id = u.unit_id and c.valid_until is null join tasks t on t.unit_id = c.unit_id and t.issuer_unit_id is null and ${waits} where ${place}) t
      where t.stage = any(${stages}::text[])${where}`, down)
  }
  if (filter.part === 'issuer') return runs({ facets: sql`select u.unit_id, s.stage from access_units u cross join unnest(${stages}::text[]) s(stage) where ${place}`, run: sql`tasks t where t.item is null and t.issuer_unit_id = f.unit_id and t.stage = f.stage${where}` }, undefined, down)
  // Whole branches (provinces below a nation): one run for each, however many units they have. A copy of the path finds the rows; the right is asked of each row that leaves.
  if (!scope.exact && !match && scope.ranges.every(isBranch)) {
    const facets = sql`select b.branch, s.stage from unnest(${scope.ranges.map((range) => range.path)}::text[]) b(branch) cross join unnest(${stages}::text[]) s(stage)`
    const found = sql`tasks t where t.branch = f.branch and t.stage = f.stage${where}`
    return runs({ facets, run: sql`${found} and (select task_branch(u.path) from access_units u where u.unit_id = t.unit_id) = f.branch`, counted: found }, undefined, down)
  }
  if (scope.units * stages.length <= MOST_RUNS) {
    return runs({ facets: sql`select u.unit_id, s.stage from access_units u cross join unnest(${stages}::text[]) s(stage) where ${place}`, run: sql`tasks t where t.unit_id = f.unit_id and t.stage = f.stage${where}` }, undefined, down)
  }
  const inside = scope.everything ? sql`tasks t` : sql`tasks t join access_units u on u.unit_id = t.unit_id and ${place}`
  const items = match ? sql`select unnest(${match.items}::text[])` : filter.item ? sql`select ${filter.item}::text` : sql`select distinct item from public_programmes_items`
  return runs(
    { facets: sql`select i.item, s.stage from (${items}) i(item) cross join unnest(${stages}::text[]) s(stage)`, run: sql`${inside} where t.item = f.item and t.stage = f.stage${where}` },
    { facets: sql`select s.stage from unnest(${stages}::text[]) s(stage)`, run: sql`${inside} where t.item is null and t.stage = f.stage${where}` }, down)
}

function stagesOf({ state, overdue }: TaskFilter): { stages: string[]; states: string[] | undefined } {
  const open: readonly string[] = OPEN_STATES
  const wanted = state && state.length > 0 ? state : undefined
  const stages = wanted ? [...new Set(wanted.map((s) => (open.includes(s) ? 'open' : s)))] : ALL_STAGES
  const narrow = wanted && !wanted.includes('open') && wanted.some((s) => open.includes(s)) && open.some((s) => !(wanted as string[]).includes(s))
  return { stages: overdue ? stages.filter((s) => s === 'open') : stages, states: narrow ? wanted : undefined }
}

function conditionsOf(filter: TaskFilter, states: string[] | undefined, at: Date): Sql[] {
  const list: Sql[] = []
  if (states) list.push(sql`t.state = any(${states}::text[])`)
  if (filter.ids) list.push(sql`t.id = any(${filter.ids}::uuid[])`)
  if (filter.event) list.push(sql`t.event_id = ${filter.event}::uuid`)
  if (filter.directive) list.push(sql`t.directive_id = ${filter.directive}::uuid`)
  if (filter.parent) list.push(sql`t.lineage is not null and t.lineage[1] = ${filter.parent}::uuid`)
  if (filter.programme) list.push(sql`t.programme_id = ${filter.programme}::uuid`)
  if (filter.workstream) list.push(sql`t.workstream = ${filter.workstream}`)
  if (filter.item) list.push(sql`t.item = ${filter.item}`)
  if (filter.priority) list.push(sql`t.priority = ${filter.priority}`)
  // A day is a day of each task's own zone.
  const bound = (text: string, days: number): Sql => (text.length === 10 ? sql`((${text}::date + ${sql.lit(days)})::timestamp at time zone t.zone)` : sql`${text}::timestamptz`)
  if (filter.dueFrom) list.push(sql`t.due_at >= ${bound(filter.dueFrom, 0)}`)
  if (filter.dueUntil) list.push(filter.dueUntil.length === 10 ? sql`t.due_at < ${bound(filter.dueUntil, 1)}` : sql`t.due_at <= ${bound(filter.dueUntil, 0)}`)
  if (filter.overdue === true) list.push(sql`t.due_at <= ${at}`)
  if (filter.overdue === false) list.push(sql`(t.stage <> 'open' or t.due_at > ${at})`)
  return list
}

/** Due, then id: `>` and ascending, or `<` and descending. */
const beyond = (after: Cursor | undefined, down: boolean): Sql => (after ? sql` and (t.due_at, t.id) ${sql.raw(down ? '<' : '>')} (${after.key}::timestamptz, ${after.id}::uuid)` : sql``)
const ordered = (down: boolean): Sql => sql.raw(down ? 'due_at desc, id desc' : 'due_at, id')

const plain = (source: Sql, down: boolean): Query => ({
  page: (after, limit) => sql`select t.id, t.due_at::text as key from ${source}${beyond(after, down)} order by ${sql.raw(down ? 't.due_at desc, t.id desc' : 't.due_at, t.id')} limit ${limit}`,
  count: () => sql`select count(*)::int as n from (select 1 from ${source} limit ${EXACT_TO + 1}) x`,
})

/**
 * Merges ordered runs (one for each facet `f`), reading little of each: the first row of every run gives an edge that the page cannot pass, and only
 * runs that begin inside it are read on. Exact, whatever the distribution: a province where almost all is done costs what any other costs.
 */
function runs(main: { facets: Sql; run: Sql; counted?: Sql }, own: { facets: Sql; run: Sql } | undefined, down: boolean): Query {
  const [order, less, far, farId] = [ordered(down), sql.raw(down ? '>' : '<'), sql.raw(down ? `'-infinity'` : `'infinity'`), sql.raw(down ? `'00000000-0000-0000-0000-000000000000'` : `'ffffffff-ffff-ffff-ffff-ffffffffffff'`)]
  const edge = sql`(select coalesce((select due_at from edge), ${far}::timestamptz), coalesce((select id from edge), ${farId}::uuid))`
  return {
    page: (after, limit) => sql`with first as materialized (select f.*, r.due_at, r.id from (${main.facets}) f cross join lateral (select t.due_at, t.id from ${main.run}${beyond(after, down)} order by ${order} limit 1) r),
      edge as materialized (select due_at, id from first order by ${order} offset ${limit - 1} limit 1),
      rest as (select r.due_at, r.id from first f cross join lateral (
        select t.due_at, t.id from ${main.run} and (t.due_at, t.id) ${sql.raw(down ? '<' : '>')} (f.due_at, f.id) and (t.due_at, t.id) ${less} ${edge} order by ${order} limit ${limit}) r
        where (f.due_at, f.id) ${less} ${edge})${own ? sql`,
      own as (select r.due_at, r.id from (${own.facets}) f cross join lateral (select t.due_at, t.id from ${own.run}${beyond(after, down)} order by ${order} limit ${limit}) r)` : sql``}
      select id, due_at::text as key from (select due_at, id from (select due_at, id from first union all select due_at, id from rest${own ? sql` union all select due_at, id from own` : sql``}) x order by ${order} limit ${limit}) page order by ${order}`,
    count: () => sql`select count(*)::int as n from (select 1 from (${main.facets}) f cross join lateral (select 1 from ${main.counted ?? main.run} limit ${EXACT_TO + 1}) r
      ${own ? sql`union all select 1 from (${own.facets}) f cross join lateral (select 1 from ${own.run} limit ${EXACT_TO + 1}) r` : sql``} limit ${EXACT_TO + 1}) x`,
  }
}

/** What was acted on, latest first. */
function byChange(place: Sql, stages: string[], where: Sql): Query {
  const source = sql`tasks t join access_units u on u.unit_id = t.unit_id where ${place} and (t.item is null or t.state <> 'assigned') and t.stage = any(${stages}::text[])${where}`
  return {
    page: (after, limit) => sql`select t.id, t.changed_at::text as key from ${source}${after ? sql` and (t.changed_at, t.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``}
      order by t.changed_at desc, t.id desc limit ${limit}`,
    count: () => sql`select count(*)::int as n from (select 1 from ${source} limit ${EXACT_TO + 1}) x`,
  }
}
