// Which days of a calendar are worth a word: days off that are no plain weekend, and weekend days that are worked.
import { weekday } from '../../../pure/calendar.ts'
import type { Country } from '../../../pure/calendar-country.ts'

type Named = { vi: string; en: string }
const WORKED: Named = { vi: 'Ngày làm bù', en: 'Worked in exchange' }

/** In their order; counted from what the country names, so that a span may be of many years. */
export function daysOf(from: string, until: string, country: Country): { days: { day: string; off: Named | null; worked: Named | null }[]; announced: boolean } {
  const within = (day: string): boolean => day >= from && day <= until
  const off = [...country.off].filter(([day]) => within(day)).map(([day, name]) => ({ day, off: name, worked: null }))
  const worked = [...country.work].filter((day) => within(day) && !country.off.has(day) && !country.week.has(weekday(day))).map((day) => ({ day, off: null, worked: WORKED }))
  const [first, last] = [Number(from.slice(0, 4)), Number(until.slice(0, 4))]
  return { days: [...off, ...worked].sort((a, b) => (a.day < b.day ? -1 : 1)), announced: Array.from({ length: last - first + 1 }, (_, i) => first + i).every((year) => country.years.get(year) === true) }
}
