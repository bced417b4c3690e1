// Which days a request is due on, and when each opens: at the beginning of the day after the one before.
import { addDays, instantOf, startOfDay, weekday } from '../../../pure/calendar.ts'
import type { Around, Schedule } from '../contract/shapes.ts'

export type Period = { on: string; opensAt: Date; dueAt: Date }

const pad = (n: number): string => String(n).padStart(2, '0')
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** The first day on or after `from` on which it is due. */
export function dueDay(schedule: Schedule, from: string): string | undefined {
  if (schedule.every === 'day') return from
  if (schedule.every === 'milestone') return undefined // asked of the events: `owedAround`
  if (schedule.every === 'week') return addDays(from, (schedule.weekday - weekday(from) + 7) % 7)
  if (schedule.every === 'days') return schedule.days.toSorted().find((day) => day >= from)
  const [year, month] = from.split('-').map(Number) as [number, number]
  const of = (y: number, m: number): string => `${y}-${pad(m)}-${pad(Math.min(schedule.day, lastDay(y, m)))}`
  const now = of(year, month)
  return now >= from ? now : month === 12 ? of(year + 1, 1) : of(year, month + 1)
}

/** The period due on or after `from`; undefined after the last. `opens`: the moment before which it is not open. */
export function periodFrom(schedule: Schedule, from: string, until: string | null, zone: string, opens: Date): Period | undefined {
  const on = dueDay(schedule, from)
  if (on === undefined || (until !== null && on > until)) return undefined
  return { on, opensAt: opens, dueAt: instantOf(on, schedule.hour, zone) }
}
export function periodAfter(schedule: Schedule, on: string, until: string | null, zone: string): Period | undefined {
  const next = addDays(on, 1)
  return periodFrom(schedule, next, until, zone, startOfDay(next, zone))
}
/** The first one: a day whose hour has passed is not asked for any more. */
export function firstPeriod(schedule: Schedule, from: string, until: string | null, zone: string, at: Date): Period | undefined {
  const opens = new Date(Math.max(at.getTime(), startOfDay(from, zone).getTime()))
  const first = periodFrom(schedule, from, until, zone, opens)
  return first && first.dueAt <= at ? periodFrom(schedule, addDays(first.on, 1), until, zone, opens) : first
}
/** `done`: days on which the unit already owes it. */
export type HostDay = { unitId: string; day: string; done?: readonly string[] }
/** Days to add to that of the event or milestone. */
export const offsets = ({ before, after = [] }: Pick<Around, 'before' | 'after'>): number[] => [...new Set([...before.map((n) => -n), ...after])]
/** `day`: of the event or milestone. Who owes on which day: each unit so many days before and after its own events, once a day; a day whose hour has passed is not asked for any more. */
export function owedAround(schedule: Pick<Around, 'before' | 'after' | 'hour'>, events: readonly HostDay[], from: string, until: string | null, zone: string, at: Date): { on: string; hosts: string[] }[] {
  const days = new Map<string, Set<string>>()
  for (const { unitId, day, done } of events) for (const n of offsets(schedule)) {
    const on = addDays(day, n)
    if (on < from || (until !== null && on > until) || done?.includes(on)) continue
    const hosts = days.get(on) ?? new Set()
    days.set(on, hosts.add(unitId))
  }
  return [...days].filter(([on]) => instantOf(on, schedule.hour, zone) > at).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([on, hosts]) => ({ on, hosts: [...hosts].toSorted() }))
}
/** Such a day opens at the beginning of the day before it: until then a moved event is followed. */
export const AHEAD_DAYS = 1
