// Folds what orders changed into counts of every unit and all above it. One follower runs this: one writer, no row that orders queue for.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { FoldWriter } from '../../../kernel/db.ts'
import { merged } from '../decide/counts.ts'
import type { Counts, Delta, Gain } from '../decide/counts.ts'

/** `today`: the civil day in which the fold happens; a row that last changed on an earlier day is first closed for that day. */
type Moment = { today: string; position: number }
type Sides = RawBuilder<unknown>
/** A unit with so many below, at most, keeps neither workstreams nor months: its tasks are counted when a board asks. */
const FEW = 12

/** All tasks as counted so far: those there are, less what is not folded yet. Only while no cascade waits to be counted. */
const everything: Sides = sql`sides as (
  select unit_id, coalesce(programme_id, '00000000-0000-0000-0000-000000000000'::uuid) as programme_id, level, workstream, task_month(due_at, zone) as month, state, due_at, 1 as n from tasks
  union all select unit_id, programme_id, level, workstream, task_month(was_due_at, zone), was_state, was_due_at, 1 from task_deltas where was_state is not null
  union all select unit_id, programme_id, level, workstream, task_month(due_at, zone), state, due_at, -1 from task_deltas where state is not null)`

const OPEN = `state in ('assigned', 'accepted', 'under_way', 'returned')`
const COUNTS = ['total', 'reported', 'done', 'refused', 'overdue'] as const
const list = (make: (name: string) => string): RawBuilder<unknown> => sql.raw(COUNTS.map(make).join(', '))

/** Up the tree: what each unit and each one above it gains or loses, in all; where more than a few stand below it, by workstream and by month too. */
const up = (sides: Sides): Sides => sql`${sides},
    w as (select watermark from task_clock),
    own as (select s.unit_id, s.programme_id, s.level, s.workstream, s.month, sum(n) filter (where state <> 'withdrawn') as total, sum(n) filter (where state = 'reported') as reported,
        sum(n) filter (where state = 'verified') as done, sum(n) filter (where state = 'refused') as refused, sum(n) filter (where ${sql.raw(OPEN)} and due_at <= w.watermark) as overdue
      from sides s, w group by 1, 2, 3, 4, 5),
    up as materialized (select a.ancestor_id as unit_id, programme_id, level, workstream, month, grouping(workstream) as all_streams, grouping(month) as all_months, ${list((c) => `coalesce(sum(${c}), 0)::int as ${c}`)}
      from own join task_ancestors a using (unit_id)
      group by grouping sets ((a.ancestor_id, programme_id, level), (a.ancestor_id, programme_id, level, workstream, a.apart), (a.ancestor_id, programme_id, level, month, a.apart))
      having (${list((c) => `coalesce(sum(${c}), 0)`)}) <> (0, 0, 0, 0, 0) and (grouping(a.apart) = 1 or a.apart))`

/** The same as wide rows: workstreams and months inside. */
const WIDE = (() => {
  const counts = `json_build_array(${COUNTS.join(', ')})`
  return sql.raw(`select unit_id, programme_id, level, ${COUNTS.map((c) => `coalesce(sum(${c}) filter (where all_streams = 1 and all_months = 1), 0)::int as ${c}`).join(', ')},
    coalesce(json_object_agg(workstream, ${counts}) filter (where all_streams = 0), '{}') as streams, coalesce(json_object_agg(month, ${counts}) filter (where all_months = 0), '{}') as months
    from up group by unit_id, programme_id, level`)
})()

type Row = { unit_id: string; programme_id: string; level: string; total: number; reported: number; done: number; refused: number; overdue: number; streams: Record<string, Counts>; months: Record<string, Counts> }
const gainOf = ({ unit_id, programme_id, level, total, reported, done, refused, overdue, streams, months }: Row): Gain => ({ unit_id, programme_id, level, all: [total, reported, done, refused, overdue], streams, months })

/** Counts already added up along the tree (decide/counts.ts), into the table, which has one writer. Answers the units whose rows moved. */
export async function addGains(fold: FoldWriter, gains: Gain[], moment: Moment): Promise<string[]> {
  const { inside = [], plain = [] } = Object.groupBy(gains, ({ streams, months }) => (Object.keys(streams).length + Object.keys(months).length > 0 ? 'inside' : 'plain'))
  await Promise.all([addPlain(fold, plain, moment), addInside(fold, inside, moment)])
  return [...new Set(gains.map((g) => g.unit_id))]
}

const keyOf = (gains: Gain[]): RawBuilder<unknown> => sql`${gains.map((g) => g.unit_id)}::uuid[], ${gains.map((g) => g.programme_id)}::uuid[], ${gains.map((g) => g.level)}::text[]`
/** Of units with few below, most of all: added in place. A day is closed by its first change after it. */
async function addPlain(fold: FoldWriter, gains: Gain[], { today, position }: Moment): Promise<void> {
  if (gains.length === 0) return
  await sql`with f as (select * from unnest(${keyOf(gains)}, ${sql.join(COUNTS.map((_, i) => sql`${gains.map((g) => g.all[i])}::int[]`))}) f(unit_id, programme_id, level, ${list((c) => c)})),
    closed as (insert into task_days (unit_id, programme_id, level, on_day, ${list((c) => c)})
      select t.unit_id, t.programme_id, t.level, t.changed_on, ${list((c) => `t.${c}`)} from f join task_totals t using (unit_id, programme_id, level) where t.changed_on < ${today}::date on conflict do nothing)
    insert into task_totals as t (unit_id, programme_id, level, ${list((c) => c)}, streams, months, changed_on, version) select f.*, '{}', '{}', ${today}::date, ${position}::bigint from f
    on conflict (unit_id, programme_id, level) do update set ${list((c) => `${c} = t.${c} + excluded.${c}`)}, changed_on = excluded.changed_on, version = greatest(t.version + 1, excluded.version)`.execute(fold)
}

/** With workstreams and months inside: read, added, written whole, which only a single writer may. */
async function addInside(fold: FoldWriter, gains: Gain[], { today, position }: Moment): Promise<void> {
  if (gains.length === 0) return
  const key = sql`unnest(${keyOf(gains)}) k(unit_id, programme_id, level)`
  const { rows: found } = await sql<Row & { changed_on: string }>`select t.* from ${key} join task_totals t using (unit_id, programme_id, level)`.execute(fold)
  const nameOf = (row: { unit_id: string; programme_id: string; level: string }) => `${row.unit_id}${row.programme_id}${row.level}`
  const was = new Map(found.map((row) => [nameOf(row), gainOf(row)]))
  if (found.some((row) => row.changed_on < today)) {
    await sql`insert into task_days (unit_id, programme_id, level, on_day, ${list((c) => c)})
      select t.unit_id, t.programme_id, t.level, t.changed_on, ${list((c) => `t.${c}`)} from ${key} join task_totals t using (unit_id, programme_id, level)
      where t.changed_on < ${today}::date on conflict do nothing`.execute(fold)
  }
  const now = gains.map((gain) => merged(was.get(nameOf(gain)), gain))
  await sql`insert into task_totals as t (unit_id, programme_id, level, ${list((c) => c)}, streams, months, changed_on, version)
    select f.unit_id, f.programme_id, f.level, ${list((c) => `(f."all" ->> ${COUNTS.indexOf(c as 'total')})::int`)}, f.streams, f.months, ${today}::date, ${position}::bigint
    from json_to_recordset(${JSON.stringify(now)}::json) f(unit_id uuid, programme_id uuid, level text, "all" json, streams json, months json)
    on conflict (unit_id, programme_id, level) do update set ${list((c) => `${c} = excluded.${c}`)}, streams = excluded.streams, months = excluded.months, changed_on = excluded.changed_on,
      version = greatest(t.version + 1, excluded.version)`.execute(fold)
}

/** What the lines at `positions` changed, each as one state less and one more. They leave the table as they are counted; a cascade's waiting line too. */
export async function takeDeltas(fold: FoldWriter, positions: number[]): Promise<Delta[]> {
  const { rows } = await sql<Delta>`with gone as (delete from task_deltas where position = any(${positions}::bigint[]) returning *)
    select unit_id, programme_id, level, workstream, was_state, to_char(task_month(was_due_at, zone), 'YYYY-MM-DD') as was_month, coalesce(was_due_at <= watermark, false) as was_past,
      state, to_char(task_month(due_at, zone), 'YYYY-MM-DD') as month, coalesce(due_at <= watermark, false) as past
    from gone, task_clock where was_state is not null or state is not null`.execute(fold)
  return rows
}

/** The tree as last read, and the workstreams of a template's items: what a cascade is added up by. */
export async function ancestorsNow(fold: FoldWriter): Promise<Map<string, { id: string; apart: boolean }[]>> {
  const { rows } = await sql<{ unit_id: string; ancestor_id: string; apart: boolean }>`select unit_id, ancestor_id, apart from task_ancestors`.execute(fold)
  const by = new Map<string, { id: string; apart: boolean }[]>()
  for (const row of rows) {
    const list = by.get(row.unit_id)
    if (list) list.push({ id: row.ancestor_id, apart: row.apart }); else by.set(row.unit_id, [{ id: row.ancestor_id, apart: row.apart }])
  }
  return by
}
export async function workstreamsOf(fold: FoldWriter, versionId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ item: string; workstream: string }>`select item, workstream from public_programmes_items where template_version_id = ${versionId}::uuid`.execute(fold)
  return new Map(rows.map((row) => [row.item, row.workstream]))
}
export async function watermarkNow(fold: FoldWriter): Promise<number> {
  const { rows: [row] } = await sql<{ at: number | null }>`select case when watermark = '-infinity' then null else extract(epoch from watermark)::float8 * 1000 end as at from task_clock`.execute(fold)
  return row?.at ?? -Infinity
}

/**
 * Moves the watermark: what fell due since then and is open becomes overdue. Counted over the tasks as folded so far, in one statement, so one
 * snapshot: the rows there are, less the changes that wait. While a cascade waits to be counted, the clock waits too (the boards say as of when).
 */
export async function tick(fold: FoldWriter, at: Date, moment: Moment): Promise<string[] | undefined> {
  const { rows: [clock] } = await sql<{ waits: boolean }>`select exists (select 1 from task_deltas where state is null and was_state is null) as waits from task_clock where watermark < ${at}`.execute(fold)
  if (!clock || clock.waits) return undefined
  const fell = (due: string) => sql`${sql.raw(due)} > (select watermark from task_clock) and ${sql.raw(due)} <= ${at}::timestamptz`
  const { rows: late } = await sql<Row>`with ${up(sql`late as (
      select unit_id, coalesce(programme_id, '00000000-0000-0000-0000-000000000000'::uuid) as programme_id, level, workstream, due_at, zone, 1 as n from tasks where item is null and stage = 'open' and ${fell('due_at')}
      union all select t.unit_id, t.programme_id, t.level, t.workstream, t.due_at, t.zone, 1 from (select distinct item from public_programmes_items) i
        join tasks t on t.item = i.item and t.stage = 'open' and ${fell('t.due_at')}
      union all select unit_id, programme_id, level, workstream, was_due_at, zone, 1 from task_deltas where ${sql.raw(OPEN.replace('state', 'was_state'))} and ${fell('was_due_at')}
      union all select unit_id, programme_id, level, workstream, due_at, zone, -1 from task_deltas where ${sql.raw(OPEN)} and ${fell('due_at')}),
    -- As if the watermark were there already: minus one that is not late, plus one that is.
    sides as (select unit_id, programme_id, level, workstream, task_month(due_at, zone) as month, 'assigned' as state, 'infinity'::timestamptz as due_at, -n as n from late
      union all select unit_id, programme_id, level, workstream, task_month(due_at, zone), 'assigned', '-infinity'::timestamptz, n from late)`)} ${WIDE}`.execute(fold)
  const touched = await addGains(fold, late.map(gainOf), moment)
  await sql`update task_clock set watermark = ${at}`.execute(fold)
  return touched
}

/** Reads the tree again. Answers whether any unit has other units above it than before. */
export async function readTree(fold: FoldWriter): Promise<boolean> {
  const { rows: [change] } = await sql<{ moved: boolean }>`
    with recursive up as (
      select unit_id, unit_id as ancestor_id, parent_id from public_units_tree
      union all select up.unit_id, t.unit_id, t.parent_id from up join public_units_tree t on t.unit_id = up.parent_id),
    now as materialized (select unit_id, ancestor_id, count(*) over (partition by ancestor_id) > ${FEW + 1} as apart from up),
    gone as (delete from task_ancestors a where not exists (select 1 from now where now.unit_id = a.unit_id and now.ancestor_id = a.ancestor_id) returning 1),
    come as (insert into task_ancestors as a (unit_id, ancestor_id, apart) select unit_id, ancestor_id, apart from now
      on conflict (unit_id, ancestor_id) do update set apart = excluded.apart where a.apart <> excluded.apart returning (xmax <> 0) as was, unit_id)
    select exists (select 1 from gone) or exists (select 1 from come where was or exists (select 1 from task_totals t where t.unit_id = come.unit_id)) as moved`.execute(fold)
  return change?.moved ?? false
}

/** Units that have tasks to count and are not in the tree as last read: the list came with the same batch, or before the first one. */
export async function unknownUnits(fold: FoldWriter, units: string[], positions: number[]): Promise<boolean> {
  const { rows: [row] } = await sql<{ found: boolean }>`select exists (select 1 from unnest(${units}::uuid[]) u where not exists (select 1 from task_ancestors a where a.unit_id = u))
    or exists (select 1 from task_deltas d where d.position = any(${positions}::bigint[]) and d.state is not null and not exists (select 1 from task_ancestors a where a.unit_id = d.unit_id)) as found`.execute(fold)
  return row?.found ?? false
}

/** Counts everything anew, after units moved in the tree. Past days stay as they were. */
export async function recount(fold: FoldWriter, moment: Moment): Promise<void> {
  const { rows: [state] } = await sql<{ waits: boolean }>`select exists (select 1 from task_deltas where state is null and was_state is null) as waits`.execute(fold)
  if (state!.waits) throw new Error('a cascade waits to be counted: the recount comes after it')
  await sql`insert into task_days (unit_id, programme_id, level, on_day, total, reported, done, refused, overdue)
    select unit_id, programme_id, level, changed_on, total, reported, done, refused, overdue from task_totals where changed_on < ${moment.today}::date on conflict do nothing`.execute(fold)
  await sql`delete from task_totals`.execute(fold)
  await sql`with ${up(everything)}
    insert into task_totals (unit_id, programme_id, level, ${list((c) => c)}, streams, months, changed_on, version) select w.*, ${moment.today}::date, ${moment.position}::bigint from (${WIDE}) w`.execute(fold)
}
