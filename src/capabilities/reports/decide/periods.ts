// Which days a request is due on, and when each opens: at the beginning of the day after the one before.
import { addDays, instantOf, startOfDay, weekday } from '../../../pure/calendar.ts'
import type { Schedule } from '../contract/shapes.ts'

export type Period = { on: string; opensAt: Date; dueAt: Date }

const pad = (n: number): string => String(n).padStart(2, '0')
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** The first day on or after `from` on which it is due. */
export function dueDay(schedule: Schedule, from: string): string | undefined {
  if (schedule.every === 'day') return from
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
/** D−n of the days of events: past ones left out, each once. */
export const daysBefore = (days: readonly string[], before: readonly number[], today: string): string[] =>
  [...new Set(days.flatMap((day) => before.map((n) => addDays(day, -n))))].filter((day) => day >= today).toSorted().slice(0, 200)
