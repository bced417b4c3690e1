// Which days of a calendar are worth a word: days off that are no plain weekend, and weekend days that are worked.
import { addDays, weekday } from '../../../pure/calendar.ts'
import type { Country } from '../../../pure/calendar-country.ts'

type Named = { vi: string; en: string }
const WORKED: Named = { vi: 'Ngày làm bù', en: 'Worked in exchange' }

export function daysOf(from: string, until: string, country: Country): { days: { day: string; off: Named | null; worked: Named | null }[]; announced: boolean } {
  const days: { day: string; off: Named | null; worked: Named | null }[] = []
  const years = new Set<number>()
  for (let day = from; day <= until; day = addDays(day, 1)) {
    years.add(Number(day.slice(0, 4)))
    const [off, worked] = [country.off.get(day), country.work.has(day) && !country.week.has(weekday(day))]
    if (off) days.push({ day, off, worked: null })
    else if (worked) days.push({ day, off: null, worked: WORKED })
  }
  return { days, announced: [...years].every((year) => country.years.get(year) === true) }
}
