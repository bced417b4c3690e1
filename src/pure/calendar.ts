// Civil dates ('2026-02-17') and what they mean in a zone. A civil date is never an instant; only a zone makes one of it.

export type Day = string
const MS = 86_400_000

/** Days since 1970-01-01; refuses what is no date of the calendar (2026-02-30). */
export function dayNumber(day: Day): number {
  const at = Date.parse(`${day}T00:00:00Z`)
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) throw new RangeError(`${day} is not a date`)
  return at / MS
}
export const dayOf = (number: number): Day => new Date(number * MS).toISOString().slice(0, 10)
export const isDay = (text: string): boolean => {
  try { dayNumber(text); return true } catch { return false }
}
export const addDays = (day: Day, days: number): Day => dayOf(dayNumber(day) + days)
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from)
/** 1 Monday … 7 Sunday. */
export const weekday = (day: Day): number => ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1

const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' })
    formats.set(zone, format)
  }
  return format
}
/** An IANA name: Intl takes offsets (+07:00) too, which PostgreSQL reads the other way round. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try { formatOf(zone); return true } catch { return false }
}

/** The zone's wall clock at an instant, as milliseconds of a clock that had no zone. */
function wall(at: number, zone: string): number {
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = Number(value)
  return Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!) + (((at % 1000) + 1000) % 1000)
}
export const dayIn = (at: Date, zone: string): Day => new Date(wall(at.getTime(), zone)).toISOString().slice(0, 10)
/** '07:30' */
export const timeIn = (at: Date, zone: string): string => new Date(wall(at.getTime(), zone)).toISOString().slice(11, 16)

/** The instant of a wall clock time. In the hour that summer time skips: the instant as long after the jump; in the hour that comes twice: the first. */
export function instantOf(day: Day, time: string, zone: string): Date {
  const wanted = dayNumber(day) * MS + Date.parse(`1970-01-01T${time}:00Z`)
  const before = wall(wanted - MS, zone) - (wanted - MS)
  const after = wall(wanted + MS, zone) - (wanted + MS)
  const first = wanted - before
  if (before === after || wall(first, zone) === wanted) return new Date(first)
  const second = wanted - after
  return new Date(wall(second, zone) === wanted ? second : first)
}

/** A deadline that names only a day lasts until this instant: the last millisecond before the zone's next day begins. */
export function endOfDay(day: Day, zone: string): Date {
  return new Date(startOfDay(addDays(day, 1), zone).getTime() - 1)
}
/** The first instant of the day, which is not midnight where summer time begins at midnight. */
export function startOfDay(day: Day, zone: string): Date {
  const at = instantOf(day, '00:00', zone)
  return dayIn(new Date(at.getTime() - 1), zone) < day ? at : new Date(at.getTime() - (wall(at.getTime(), zone) - dayNumber(day) * MS))
}
