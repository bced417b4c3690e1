// The days that a view shows, and words for them.
import { addDays, daysBetween, weekday } from '../../../pure/calendar.ts'

/** Whole weeks from Monday. */
export function monthDays(on: string): string[] {
  const first = `${on.slice(0, 7)}-01`
  const next = nextMonth(on, 1)
  const from = addDays(first, 1 - weekday(first))
  const until = addDays(next, -1)
  const last = addDays(until, 7 - weekday(until))
  return Array.from({ length: daysBetween(from, last) + 1 }, (_, i) => addDays(from, i))
}
export const weekDays = (on: string): string[] => Array.from({ length: 7 }, (_, i) => addDays(on, 1 - weekday(on) + i))
/** The first of the month so many months on. */
export function nextMonth(on: string, by: number): string {
  const n = Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1 + by
  return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-01`
}
