// The figures of units with all below them, now or at the end of a past day. Counters only: nothing here looks at an event or a task.
import { sql } from 'kysely'
import { pathEnd } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Question, Reader } from '../../../kernel/db.ts'
import { STATES, noCounts } from '../contract.ts'
import type { Counts, Tasks } from '../contract.ts'
import { COLUMNS, REQUIREMENT_LEVELS } from './deltas.ts'

export type Filter = { programmeId?: string | undefined; level?: string | undefined; workstream?: string | undefined }
/** `on`: as that day ended, in the days of the boards (none: now). `before`: the day to compare with. */
export type Moment = { on?: string | undefined; before: string }
type Was = { unmet: number; at_risk: number; met: number }
export type Figures = { events: Counts; checks: Counts; version: number; was: Was }

const where = (filter: Filter) => sql`${filter.programmeId ? sql`and t.programme_id = ${filter.programmeId}` : sql``} ${filter.level ? sql`and t.level = ${filter.level}` : sql``}`
/** The row of the last day up to `day` on which the figures changed, where they have changed again since; `name` is its alias. */
const closing = (view: string, dayColumn: string, name: string, day: string) => sql`left join lateral (
  select * from ${sql.table(view)} h where h.unit_id = t.unit_id and h.programme_id = t.programme_id and h.level = t.level and h.${sql.ref(dayColumn)} <= ${day} and t.day_on > ${day}
  order by h.${sql.ref(dayColumn)} desc limit 1) ${sql.ref(name)} on true`
const at = (column: string, name: string, day: string | undefined) => (day ? sql`case when t.day_on <= ${day} then t.${sql.ref(column)} else coalesce(${sql.ref(`${name}.${column}`)}, 0) end` : sql`t.${sql.ref(column)}`)
const counts = (row: Record<string, number>, prefix: string): Counts => {
  const all = noCounts()
  for (const state of STATES) all[state] = row[`${prefix}_${state}`]!
  return all
}

type FigureRow = Record<string, number> & { unit_id: string }
export function figuresOf(unitIds: string[], filter: Filter, { on, before }: Moment): Question<FigureRow, Map<string, Figures>> {
  const sums = sql.join(COLUMNS.map((c) => sql`sum(${at(c, 'o', on)})::int as ${sql.ref(c)}`))
  const was = sql.join((['unmet', 'at_risk', 'met'] as const).map((s) => sql`sum(${at(`events_${s}`, 'b', before)})::int as ${sql.ref(`was_${s}`)}`))
  return {
    query: sql`select t.unit_id, ${sums}, ${was}, sum(t.version)::bigint as version from check_totals t ${on ? closing('check_days', 'day_on', 'o', on) : sql``} ${closing('check_days', 'day_on', 'b', before)}
      where t.unit_id = any(${unitIds}::uuid[]) ${where(filter)} group by t.unit_id`,
    as: (found) => new Map(found.map((row) => [row.unit_id, {
      events: counts(row, 'events'), checks: counts(row, 'checks'), version: row.version!, was: { unmet: row.was_unmet!, at_risk: row.was_at_risk!, met: row.was_met! },
    }])),
  }
}

const TASKS = ['total', 'reported', 'done', 'overdue'] as const

/** The past of single workstreams is not kept: with one, `wasOverdue` is null, and no past day can be asked for. */
type TaskFigures = Tasks & { version: number; wasOverdue: number | null }
export function taskFiguresOf(unitIds: string[], filter: Filter, { on, before }: Moment): Question<TaskFigures & { unit_id: string }, Map<string, TaskFigures>> {
  const single = Boolean(filter.workstream)
  const day = single ? undefined : on
  const sums = sql.join(TASKS.map((c) => sql`sum(${at(c, 'o', day)})::int as ${sql.ref(c)}`))
  return {
    query: sql`select t.unit_id, ${sums}, sum(t.version)::bigint as version, ${single ? sql`null::int` : sql`sum(${at('overdue', 'b', before)})::int`} as "wasOverdue"
      from ${sql.raw(single ? 'public_tasks_streams' : 'public_tasks_totals')} t ${day ? closing('public_tasks_days', 'on_day', 'o', day) : sql``} ${single ? sql`` : closing('public_tasks_days', 'on_day', 'b', before)}
      where t.unit_id = any(${unitIds}::uuid[]) ${single ? sql`and t.workstream = ${filter.workstream}` : sql``} ${where(filter)} group by t.unit_id`,
    as: (found) => new Map(found.map(({ unit_id, ...tasks }) => [unit_id, tasks])),
  }
}

/** By unit and month of the due date, from `first` on. A row holds its months inside: taken apart and added here, which took the database 18 ms for 500 rows. */
export async function monthsOf(read: Reader, unitIds: string[], filter: Omit<Filter, 'workstream'>, first: string, until: string): Promise<Map<string, Map<string, Tasks>>> {
  const found = await rows(read, sql<{ unit_id: string; months: Record<string, [total: number, reported: number, done: number, refused: number, overdue: number]> }>`
    select t.unit_id, t.months from public_tasks_months t where t.unit_id = any(${unitIds}::uuid[]) ${where(filter)}`)
  const byUnit = new Map<string, Map<string, Tasks>>()
  for (const { unit_id, months } of found) {
    let unit = byUnit.get(unit_id)
    if (!unit) byUnit.set(unit_id, (unit = new Map()))
    for (const [month, [total, reported, done, , overdue]] of Object.entries(months)) {
      if (month < first || month > until) continue
      const sum = unit.get(month)
      if (!sum) unit.set(month, { total, reported, done, overdue })
      else { sum.total += total; sum.reported += reported; sum.done += done; sum.overdue += overdue }
    }
  }
  return byUnit
}

/** Each requirement over a subtree: by the counters where they are kept (the two highest levels), else by the events below, which are a few hundred. */
export async function requirementFigures(read: Reader, unit: { unitId: string; path: string }, programmeId: string): Promise<Map<string, Counts>> {
  const kept = unit.path.split('.').length - 1 <= REQUIREMENT_LEVELS
  const found = await rows(read, kept
    ? sql<Counts & { requirement: string }>`select requirement, ${sql.join(STATES.map((s) => sql.ref(s)))} from requirement_totals where unit_id = ${unit.unitId} and programme_id = ${programmeId} order by requirement`
    : sql<Counts & { requirement: string }>`
      select s.key as requirement, ${sql.join(STATES.map((s) => sql`count(*) filter (where s.value = ${s})::int as ${sql.ref(s)}`))}
      from access_units u join event_checks c on c.unit_id = u.unit_id cross join lateral jsonb_each_text(c.states) s
      where u.path >= ${unit.path} and u.path < ${pathEnd(unit.path)} and c.programme_id = ${programmeId} group by s.key order by s.key`)
  return new Map(found.map(({ requirement, ...all }) => [requirement, all]))
}

const byProgramme = (found: { unit_id: string; programme_id: string; f: number[] }[]): Map<string, Map<string, number[]>> => {
  const units = new Map<string, Map<string, number[]>>()
  for (const { unit_id, programme_id, f } of found) units.set(unit_id, (units.get(unit_id) ?? new Map<string, number[]>()).set(programme_id, f))
  return units
}
const sumOf = (columns: readonly string[]) => sql`array[${sql.join([...columns, 'version'].map((c) => sql`sum(${sql.ref(c)})::bigint`))}]::float8[] as f`

/** For live patches: unit → programme → events and checks by state, then the version. */
export const figuresByProgramme = async (read: Reader, unitIds: string[]) => byProgramme(await rows(read, sql<{ unit_id: string; programme_id: string; f: number[] }>`
  select unit_id, programme_id, ${sumOf(COLUMNS)} from check_totals where unit_id = any(${unitIds}::uuid[]) group by unit_id, programme_id`))
/** Unit → programme → total, reported, done, overdue, version. */
export const taskFiguresByProgramme = async (read: Reader, unitIds: string[]) => byProgramme(await rows(read, sql<{ unit_id: string; programme_id: string; f: number[] }>`
  select unit_id, programme_id, ${sumOf(TASKS)} from public_tasks_totals where unit_id = any(${unitIds}::uuid[]) group by unit_id, programme_id`))
