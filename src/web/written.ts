// Numbers and moments as the office writes them: 1.234,5 · 22/11/2026 · 14:32, in the zone that the thing itself is in; and back from what is typed.
import type { Lang } from '../kernel/contract.ts'
import { dayIn } from '../pure/calendar.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
let own: string | undefined
/** Of the reader's machine, as it was when the page was opened: to ask costs as much as a small render. */
export const ownZone = (): string => (own ??= Intl.DateTimeFormat().resolvedOptions().timeZone)

const made = new Map<string, Formats>()
/** One for each language and zone: seven formats of `Intl` are slow to make, and every cell that shows a date asks. */
export function formats(lang: Lang, zone: string = ownZone()): Formats {
  const key = `${lang} ${zone}`
  const found = made.get(key) ?? make(lang, zone)
  made.set(key, found)
  return found
}

function make(lang: Lang, zone: string) {
  const locale = lang === 'vi' ? 'vi-VN' : 'en-GB'
  const parts = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options })
  const [numbers, ratio] = [new Intl.NumberFormat(locale), new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })]
  const [date, minute, second] = [
    parts({ day: '2-digit', month: '2-digit', year: 'numeric' }), parts({ hour: '2-digit', minute: '2-digit' }), parts({ hour: '2-digit', minute: '2-digit', second: '2-digit' })]
  const at = (instant: string | number | Date) => new Date(instant)
  const words = lang === 'vi'
    ? { minute: 'phút', hour: 'giờ', day: 'ngày', now: 'vừa xong', ago: (s: string) => `${s} trước`, late: (s: string) => `quá hạn ${s}`, left: (s: string) => `còn ${s}`, second: 'giây', many: '' }
    : { minute: 'min', hour: 'hour', day: 'day', now: 'just now', ago: (s: string) => `${s} ago`, late: (s: string) => `${s} overdue`, left: (s: string) => `${s} left`, second: 's', many: 's' }
  const span = (ms: number): string => {
    const [n, unit] = ms < 60_000 ? [ms / 1000, words.second] : ms < HOUR ? [ms / 60_000, words.minute] : ms < 2 * DAY ? [ms / HOUR, words.hour] : [ms / DAY, words.day]
    return `${numbers.format(Math.floor(n))} ${unit}${ms >= HOUR && Math.floor(n) !== 1 ? words.many : ''}`
  }
  // Browsers call one zone by several names (Asia/Saigon is Asia/Ho_Chi_Minh): asked back, both have the same.
  const here = zone === ownZone() || date.resolvedOptions().timeZone === ownZone()
  let offset: Intl.DateTimeFormat | undefined
  return {
    zone, lang,
    number: (n: number) => numbers.format(n),
    /** A list's total is exact to 1,000; beyond that it is known only to be more. */
    total: (n: number) => (n > 1000 ? `${numbers.format(1000)}+` : numbers.format(n)),
    percent: (share: number) => ratio.format(share),
    signed: (n: number) => (n > 0 ? `+${numbers.format(n)}` : n < 0 ? `−${numbers.format(-n)}` : '0'),
    bytes: (n: number) => (n < 1024 ? `${n} B` : n < 1048576 ? `${numbers.format(Math.round(n / 1024))} KB` : `${numbers.format(Math.round(n / 104857.6) / 10)} MB`),
    /** A civil date, `2026-11-22`: no zone moves it. */
    day: (on: string) => on.slice(0, 10).split('-').reverse().join('/'),
    /** The last day of a time that ends before `until`. */
    lastDay: (until: string) => new Date(Date.parse(`${until}T00:00:00Z`) - DAY).toISOString().slice(0, 10).split('-').reverse().join('/'),
    date: (instant: string | number | Date) => date.format(at(instant)),
    time: (instant: string | number | Date) => minute.format(at(instant)),
    seconds: (instant: string | number | Date) => second.format(at(instant)),
    dateTime: (instant: string | number | Date) => `${date.format(at(instant))} ${minute.format(at(instant))}`,
    span,
    ago: (instant: string | number | Date, now: number = Date.now()) => {
      const ms = now - at(instant).getTime()
      return ms < 5000 ? words.now : words.ago(span(ms))
    },
    /** "còn 5 ngày" or "quá hạn 3 ngày". */
    due: (instant: string | number | Date, now: number = Date.now()) => {
      const ms = at(instant).getTime() - now
      return ms < 0 ? words.late(span(-ms)) : words.left(span(ms))
    },
    /** The zone said in words where it is not the reader's own: "(GMT+7)"; else nothing. As of a moment: Sài Gòn was GMT+8 in 1970. */
    zoneNote: (instant: string | number | Date = Date.now()) => (here ? '' : `(${(offset ??= new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'shortOffset' })).formatToParts(at(instant)).find((p) => p.type === 'timeZoneName')?.value ?? zone})`),
  }
}
export type Formats = ReturnType<typeof make>
type Due = { at: string; zone: string }
/** A due moment, or that of a session, as the place of the thing itself writes it: the end of a day in Hà Nội is that day in London too. */
export const dueDay = ({ lang }: Formats, due: Due): string => formats(lang, due.zone).date(due.at)
export const dueMoment = ({ lang }: Formats, due: Due): string => { const own = formats(lang, due.zone); return `${own.dateTime(due.at)} ${own.zoneNote(due.at)}`.trim() }

const isoOf = (year: number | string, month: string, day: string): string | undefined => {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso ? undefined : iso
}
/** A day as it is written, to an ISO day: 05/12/2026, 5-12-26, 5.12 (the coming one; the last one where that lies after `max`), 2026-12-05. undefined where it is no day. */
export function parseDay(text: string, today: string = dayIn(new Date(), ownZone()), max?: string): string | undefined {
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text)
  if (iso) return isoOf(iso[1]!, iso[2]!, iso[3]!)
  const [, day, month, year] = /^\s*(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?\s*$/.exec(text) ?? []
  if (!day || !month) return undefined
  if (year) return isoOf(year.padStart(4, '20'), month, day)
  // 29/2 may be eight years away.
  const near = Array.from({ length: 17 }, (_, i) => isoOf(Number(today.slice(0, 4)) - 8 + i, month, day)).filter((one) => one !== undefined)
  const coming = near.find((one) => one >= today)
  return max === undefined || (coming && coming <= max) ? coming : near.findLast((one) => one <= max)
}

/** An hour as it is written: 17:00, 17h30, 17h, 17 giờ, 1730; as `17:00`. */
export function parseTime(text: string): string | undefined {
  const [, hour, minute = '00'] = /^\s*(\d{1,2})\s*(?:[:.hg]|giờ)?\s*(\d{2})?\s*$/i.exec(text.normalize('NFC')) ?? []
  return hour && Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, '0')}:${minute}` : undefined
}

/** A dot before exactly three digits groups; a comma is the decimal sign; one lone dot elsewhere is a decimal sign too. */
export function parseNumber(text: string): number | undefined {
  const plain = text.replace(/[\s\u00a0]/g, '')
  if (!/^-?\d[\d.,]*$/.test(plain)) return undefined
  const n = Number(/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain) ? plain.replaceAll('.', '').replace(',', '.') : plain.replace(',', '.'))
  return Number.isFinite(n) ? n : undefined
}
