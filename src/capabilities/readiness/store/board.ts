// A board put together: which units, their figures now or on a past day, a week before, and their next milestones. Two statements, however many questions.
import type { Actor } from '../../../kernel/access.ts'
import { askTogether } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { addDays, dayIn } from '../../../pure/calendar.ts'
import { STATES, noCounts } from '../contract.ts'
import type { Board, BoardPatch, BoardQuery, BoardRow, Tasks } from '../contract.ts'
import { ownEvents, scopeOf } from './events.ts'
import type { OwnEvent } from './events.ts'
import { templatesOf } from './templates.ts'
import { figuresByProgramme, figuresOf, monthsOf, taskFiguresByProgramme, taskFiguresOf } from './totals.ts'
import type { Filter } from './totals.ts'
import { above, accessWithBelow, childrenOn, linkedTo } from './units.ts'
import type { BoardUnit } from './units.ts'

const noTasks = (): Tasks => ({ total: 0, reported: 0, done: 0, overdue: 0 })
/** Red before amber before the rest; within each the order of the units' own list. Not a ranking. */
const shade = (row: BoardRow): number => (row.events.unmet + row.checks.unmet > 0 ? 0 : row.events.at_risk + row.checks.at_risk > 0 ? 1 : 2)

export async function readBoard(read: Reader, actor: Actor, query: BoardQuery, at: Date, zone: string): Promise<Board | undefined> {
  const found = await accessWithBelow(read, actor, query.unitId)
  if (!found) return undefined
  const { unit } = found
  const today = dayIn(at, zone)
  const on = query.at && query.at < today ? query.at : undefined
  const shown = query.link ? await linkedTo(read, actor, unit.unitId, query.link, on ?? today) : on ? await childrenOn(read, unit.unitId, on) : found.shown
  const units = [unit, ...shown.filter((u) => u.unitId !== unit.unitId)]
  const ids = units.map((u) => u.unitId)
  const filter: Filter = query
  const now = on ? `${on}T23:59:59.999Z` : at.toISOString()
  const moment = { on, before: addDays(on ?? today, -7) }
  const { figures, tasks, events, scope, chain } = await askTogether(read, {
    figures: figuresOf(ids, filter, moment), tasks: taskFiguresOf(ids, filter, moment), events: ownEvents(ids, query.programmeId, now), scope: scopeOf(unit.unitId), chain: above(actor, unit.path),
  })
  const template = await templatesOf(read, [...events, ...scope.templates].map((e) => e.templateVersionId))
  const own = Map.groupBy(events, (e) => e.unitId)
  const rows = units.map(({ path: _, ...u }): BoardRow => {
    const f = figures.get(u.unitId)
    const { version: taskVersion, wasOverdue, ...t } = tasks.get(u.unitId) ?? { ...noTasks(), version: 0, wasOverdue: 0 }
    const mine = own.get(u.unitId) ?? []
    const next = mine.reduce<OwnEvent | undefined>((first, e) => (e.nextAt !== null && (!first || e.nextAt < first.nextAt!) ? e : first), undefined)
    return {
      ...u, eventId: mine.length === 1 ? mine[0]!.eventId : null,
      events: f?.events ?? noCounts(), checks: f?.checks ?? noCounts(), tasks: t,
      change: {
        unmet: (f?.events.unmet ?? 0) - (f?.was.unmet ?? 0), at_risk: (f?.events.at_risk ?? 0) - (f?.was.at_risk ?? 0), met: (f?.events.met ?? 0) - (f?.was.met ?? 0),
        overdue: wasOverdue === null ? 0 : t.overdue - wasOverdue,
      },
      nextMilestone: next ? { code: next.next!, at: next.nextAt!, name: template(next.templateVersionId).milestones.get(next.next!) ?? null } : null,
      version: (f?.version ?? 0) + taskVersion,
    }
  })
  const [first, ...rest] = rows
  return {
    asOf: at.toISOString(), on: on ?? null, unit: query.link ? added(first!, rest) : first!, above: chain,
    rows: rest.map((row, i) => ({ row, i })).sort((a, b) => shade(a.row) - shade(b.row) || a.i - b.i).map(({ row }) => row),
    programmes: scope.programmes, levels: scope.levels,
    workstreams: [...new Map(scope.templates.filter((one) => !query.programmeId || one.programmeId === query.programmeId).flatMap((one) => template(one.templateVersionId).workstreams).map((one) => [one.code, one])).values()],
  }
}

/** Along a link the figures are those of the units listed, added up; what lies below the unit itself is not in them. */
function added(unit: BoardRow, rows: BoardRow[]): BoardRow {
  const sum = { ...unit, events: noCounts(), checks: noCounts(), tasks: noTasks(), change: { unmet: 0, at_risk: 0, met: 0, overdue: 0 } }
  for (const row of rows) {
    for (const s of STATES) { sum.events[s] += row.events[s]; sum.checks[s] += row.checks[s] }
    for (const k of ['total', 'reported', 'done', 'overdue'] as const) sum.tasks[k] += row.tasks[k]
    for (const k of ['unmet', 'at_risk', 'met', 'overdue'] as const) sum.change[k] += row.change[k]
  }
  return sum
}

export async function readMonths(read: Reader, { unit, shown: units }: { unit: BoardUnit; shown: BoardUnit[] }, filter: Omit<Filter, 'workstream'>, until: string, months: number) {
  const first = new Date(`${until.slice(0, 7)}-01T00:00:00Z`)
  first.setUTCMonth(first.getUTCMonth() - months + 1)
  const list = Array.from({ length: months }, (_, i) => new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + i, 1)).toISOString().slice(0, 10))
  const shown = units.length > 0 ? units : [unit]
  const found = await monthsOf(read, shown.map((u) => u.unitId), filter, list[0]!, list.at(-1)!)
  return { months: list, rows: shown.map((u) => ({ unitId: u.unitId, name: u.name, months: list.map((m) => found.get(u.unitId)?.get(m) ?? noTasks()) })) }
}

/** What live screens get: the figures of these units for all programmes, and for each where there are several. */
export async function readPatches(read: Reader, unitIds: string[], at: Date): Promise<Map<string, { version: number; patch: BoardPatch }>> {
  const [figures, tasks] = await Promise.all([figuresByProgramme(read, unitIds), taskFiguresByProgramme(read, unitIds)])
  const patches = new Map<string, { version: number; patch: BoardPatch }>()
  for (const unitId of unitIds) {
    const mine = figures.get(unitId) ?? new Map<string, number[]>()
    const work = tasks.get(unitId) ?? new Map<string, number[]>()
    const programmes = [...new Set([...mine.keys(), ...work.keys()])]
    const n = STATES.length
    const of: BoardPatch['of'] = programmes.map((p) => {
      const f = mine.get(p) ?? Array<number>(2 * n + 1).fill(0)
      const t = work.get(p) ?? [0, 0, 0, 0, 0]
      return [p, f.slice(0, n), f.slice(n, 2 * n), t.slice(0, 4), f[2 * n]! + t[4]!]
    })
    const plus = (part: number[][]): number[] => part.reduce((a, b) => a.map((v, i) => v + b[i]!))
    const all: BoardPatch['of'][number] = of.length === 0 ? [null, Array<number>(n).fill(0), Array<number>(n).fill(0), [0, 0, 0, 0], 0]
      : [null, plus(of.map((o) => o[1])), plus(of.map((o) => o[2])), plus(of.map((o) => o[3])), of.reduce((v, o) => v + o[4], 0)]
    patches.set(unitId, { version: all[4], patch: { asOf: at.toISOString(), of: [all, ...of] } })
  }
  return patches
}
