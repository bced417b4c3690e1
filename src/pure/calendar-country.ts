// The working days of a country: its week, its public holidays and exchanged days by year, as facts of a file in countries/.
import { addDays, dayNumber, dayOf, isDay, isZone, weekday } from './calendar.ts'
import type { Day } from './calendar.ts'

export type Named = { vi: string; en: string }
export type Country = {
  code: string; name: Named; zone: string
  /** 1 Monday … 7 Sunday. */
  week: ReadonlySet<number>
  /** Days off beside the week's, with what they are; days worked although the week has them off. */
  off: ReadonlyMap<Day, Named>
  work: ReadonlySet<Day>
  /** Years of which holidays are known; true: by the official notice, false: worked out from the law. */
  years: ReadonlyMap<number, boolean>
  /** Of the administrator's own days in it; undefined: only what the file says. */
  daysVersion?: number
}
export type OwnDays = { version: number; days: readonly { day: Day; work: boolean; name: Named }[] }

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const EXCHANGED: Named = { vi: 'Nghỉ hoán đổi', en: 'Exchanged day off' }

const fail = (where: string, what: string): never => { throw new Error(`Country file: ${where}: ${what}`) }
const record = (value: unknown, where: string): Record<string, unknown> =>
  value && typeof value === 'object' && !Array.isArray(value) ? value as Record<string, unknown> : fail(where, 'should be a map')
const list = (value: unknown, where: string): string[] => (Array.isArray(value) ? value.map(String) : fail(where, 'should be a list'))
function named(value: unknown, where: string): Named {
  const { vi, en } = record(value, where)
  return typeof vi === 'string' && typeof en === 'string' ? { vi, en } : fail(where, 'needs vi and en')
}
/** '2026-02-16' or '2026-02-16..2026-02-20' */
function span(text: string, year: number, where: string): Day[] {
  const [first = '', last = first] = text.split('..')
  if (!isDay(first) || !isDay(last) || first > last || !first.startsWith(`${year}-`) || !last.startsWith(`${year}-`)) return fail(where, `“${text}” is no day or span of days of ${year}`)
  return Array.from({ length: dayNumber(last) - dayNumber(first) + 1 }, (_, i) => addDays(first, i))
}

/** From the parsed YAML or JSON. Throws a sentence that names the place. */
export function readCountry(file: unknown): Country {
  const top = record(file, 'top')
  const names = Object.fromEntries(Object.entries(record(top.names, 'names')).map(([code, name]) => [code, named(name, `names.${code}`)]))
  const off = new Map<Day, Named>()
  const work = new Set<Day>()
  const years = new Map<number, boolean>()
  for (const [key, value] of Object.entries(record(top.years, 'years'))) {
    const year = Number(key)
    const at = `years.${key}`
    const facts = record(value, at)
    years.set(year, facts.announced === true)
    for (const [holiday, days] of Object.entries(record(facts.off, `${at}.off`))) {
      const name = names[holiday] ?? fail(`${at}.off`, `“${holiday}” has no name`)
      for (const text of list(days, `${at}.off.${holiday}`)) for (const day of span(text, year, `${at}.off.${holiday}`)) off.set(day, name)
    }
    for (const text of list(facts.exchanged, `${at}.exchanged`)) for (const day of span(text, year, `${at}.exchanged`)) off.set(day, EXCHANGED)
    for (const text of list(facts.work, `${at}.work`)) for (const day of span(text, year, `${at}.work`)) work.add(day)
  }
  for (const day of work) if (off.has(day)) fail(day, 'is both worked and off')
  const zone = String(top.zone)
  if (!isZone(zone)) fail('zone', `“${zone}” is no time zone`)
  const week = new Set(list(top.week, 'week').map((name) => WEEK.indexOf(name) + 1))
  if (week.has(0) || week.size === 0) fail('week', `should name days out of ${WEEK.join(', ')}`)
  return { code: String(top.code), name: named(top.name, 'name'), zone, week, off, work, years }
}

/** With the days that an administrator put beside the file; each takes the place of what the file says of that day. */
export function withDays(country: Country, own: OwnDays | undefined): Country {
  if (!own || own.version === 0) return country
  const [off, work] = [new Map(country.off), new Set(country.work)]
  for (const { day, work: worked, name } of own.days) {
    off.delete(day)
    work.delete(day)
    if (worked) work.add(day)
    else off.set(day, name)
  }
  return { ...country, off, work, daysVersion: own.version }
}

export const isWorkday = (day: Day, country: Country): boolean => country.work.has(day) || (!country.off.has(day) && country.week.has(weekday(day)))
/** Why a day is off: the holiday's name, the weekend, or undefined on a working day. */
export function dayOff(day: Day, country: Country): Named | undefined {
  if (isWorkday(day, country)) return undefined
  return country.off.get(day) ?? { vi: 'Ngày nghỉ hằng tuần', en: 'Weekly day off' }
}

/**
 * The day so many working days after `day` (before, if negative). The day itself does not count: from a Friday, +1 is the next Monday that is worked.
 * 0: the day itself if it is worked, else the working day before.
 */
export function addWorkdays(day: Day, count: number, country: Country): Day {
  if (count === 0) return rollBack(day, country)
  const step = Math.sign(count)
  let at = dayNumber(day)
  for (let left = Math.abs(count); left > 0;) if (isWorkday(dayOf(at += step), country)) left--
  return dayOf(at)
}
/** Working days in (from, to]; negative when `to` is before `from`. Between working days the inverse of addWorkdays. */
export function workdaysBetween(from: Day, to: Day, country: Country): number {
  if (to < from) return -workdaysBetween(to, from, country)
  let count = 0
  for (let at = dayNumber(from) + 1; at <= dayNumber(to); at++) if (isWorkday(dayOf(at), country)) count++
  return count
}
export function rollBack(day: Day, country: Country): Day {
  let at = day
  while (!isWorkday(at, country)) at = addDays(at, -1)
  return at
}
export function rollOn(day: Day, country: Country): Day {
  let at = day
  while (!isWorkday(at, country)) at = addDays(at, 1)
  return at
}
