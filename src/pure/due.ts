// A due date as an office writes it in a table: "15/3", "trước ngày 15 tháng 3 năm 2026", "tháng 5/2026", "Quý II". The day at whose end it is due.
import { addDays, dayOf, dayNumber, isDay } from './calendar.ts'
import { fold } from './text.ts'

/** `day` null: it says on purpose that there is no single day ("thường xuyên"). */
export type ReadDue = { day: string | null }

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const LONG = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const ROMAN: Record<string, number> = { i: 1, ii: 2, iii: 3, iv: 4 }
const NO_DAY = /^(thuong xuyen|lien tuc|hang (ngay|tuan|thang|quy|nam)|dinh ky.*|theo (tien do|ke hoach|yeu cau).*|khi co yeu cau|ongoing|continuous(ly)?|as needed|weekly|monthly|quarterly|daily)$/
/** What may stand before a date and changes nothing. */
const LEAD = /^(chậm nhất|muộn nhất|hoàn thành|hoàn tất|kết thúc|báo cáo|thời hạn|hạn|xong|vào|trong|đến hết|cho đến|đến|tới|hết|cuối|là|ngày|lúc|by the end of|end of|no later than|until|due|on|in|by|the)(?=[\s:,])[\s:,]*/u

const pad = (n: number): string => String(n).padStart(2, '0')
/** Undefined: there is no such day. */
export const civil = (year: number, month: number, day: number): string | undefined => { const text = `${year}-${pad(month)}-${pad(day)}`; return isDay(text) ? text : undefined }
const lastOf = (year: number, month: number): string => dayOf(dayNumber(month === 12 ? `${year + 1}-01-01` : `${year}-${pad(month + 1)}-01`) - 1)
const firstOf = (year: number, month: number): string => `${year}-${pad(month)}-01`
const yearOf = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text))

/** `today`: without a year, the next such day. Undefined: it cannot be read. */
export function readDue(written: string, today: string): ReadDue | undefined {
  let text = written.normalize('NFC').toLowerCase().replace(/[\s\u00a0]+/gu, ' ').replace(/[–—−]/g, '-').replace(/[.;,]+$/, '').trim()
  if (NO_DAY.test(fold(text))) return { day: null }
  let before = false
  // A time of day is left out: what is due on a day is due at its end. "Before 17:00 on the 15th" is that day.
  for (let more = true; more;) {
    const was = text
    const first = /^(trước|before)(?=[\s:])[\s:]*/u.exec(text)
    if (first) { before = true; text = text.slice(first[0].length) }
    const time = /^(\d{1,2}\s*(giờ|h|:)\s*(\d{2})?(\s*phút)?)\s*,?\s+(?=ngày|\d|of|on)/u.exec(text)
    if (time) { before = false; text = text.slice(time[0].length) }
    text = text.replace(LEAD, '').trim()
    more = text !== was
  }
  const range = /^(?:từ |from )?(.+?) ?(?:-|đến hết|đến|to|until) ?(.+)$/u.exec(text)
  const found = span(text, today) ?? (range && span(range[1]!.replace(/^ngày /u, ''), today, true) ? span(range[2]!.replace(/^(hết )?(ngày )?/u, ''), today) : undefined)
  if (!found) return undefined
  return { day: before ? addDays(found.first, -1) : found.last }
}

type Span = { first: string; last: string }
const oneDay = (day: string | undefined): Span | undefined => (day ? { first: day, last: day } : undefined)
const month = (year: number, n: number): Span | undefined => (n >= 1 && n <= 12 ? { first: firstOf(year, n), last: lastOf(year, n) } : undefined)

/** From the first to the last day that the words mean. `loose`: the beginning of a range, which may be a bare number. */
function span(text: string, today: string, loose = false): Span | undefined {
  const year = Number(today.slice(0, 4))
  /** Without a year: this one, or the next where that is over. */
  const coming = (of: (year: number) => Span | undefined): Span | undefined => { const now = of(year); return now && now.last < today ? of(year + 1) : now }
  const dated = (y: string | undefined, of: (year: number) => Span | undefined): Span | undefined => (y ? of(yearOf(y)) : coming(of))
  let m: RegExpExecArray | null
  if ((m = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t].*)?$/.exec(text))) return oneDay(civil(Number(m[1]), Number(m[2]), Number(m[3])))
  if ((m = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text))) return oneDay(civil(yearOf(m[4]!), Number(m[3]), Number(m[1])))
  if ((m = /^(\d{1,2})[/.](\d{4})$/.exec(text))) return month(Number(m[2]), Number(m[1]))
  if ((m = /^(\d{1,2})[/.](\d{1,2})$/.exec(text))) { const [, d, n] = m; return coming((y) => oneDay(civil(y, Number(n), Number(d)))) }
  if ((m = /^(\d{1,2})\s*(?:tháng|[/.])\s*(\d{1,2})(?:,?\s*(?:năm|\/)\s*(\d{4}))?$/u.exec(text))) { const [, d, n, y] = m; return dated(y, (at) => oneDay(civil(at, Number(n), Number(d)))) }
  if ((m = /^tháng\s*(\d{1,2})(?:\s*(?:[/.-]|,?\s*năm|\s)\s*(\d{4}))?$/u.exec(text))) { const [, n, y] = m; return dated(y, (at) => month(at, Number(n))) }
  if ((m = /^(?:quý|quarter|q)\s*(iv|i{1,3}|[1-4])(?:\s*(?:[/.-]|,?\s*năm|\s)\s*(\d{4}))?$/u.exec(text))) {
    const n = ROMAN[m[1]!] ?? Number(m[1])
    return dated(m[2], (at) => ({ first: firstOf(at, n * 3 - 2), last: lastOf(at, n * 3) }))
  }
  if ((m = /^(6|sáu|9|chín) tháng (đầu|cuối) năm(?:\s*(\d{4}))?$/u.exec(text))) {
    const half = m[1] === '6' || m[1] === 'sáu'
    const end = m[2] === 'cuối' ? 12 : half ? 6 : 9
    return dated(m[3], (at) => ({ first: firstOf(at, m![2] === 'cuối' ? 7 : 1), last: lastOf(at, end) }))
  }
  if ((m = /^năm (\d{4})$/u.exec(text) ?? /^(20\d{2})$/.exec(text))) return { first: firstOf(Number(m[1]), 1), last: lastOf(Number(m[1]), 12) }
  if (/^năm( nay)?$/u.test(text)) return { first: firstOf(year, 1), last: lastOf(year, 12) }
  if ((m = /^(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9})\.?(?:,? (\d{4}))?$/.exec(text)) ?? (m = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(text))) {
    const [d, name, y] = /^[a-z]/.test(m[1] ?? '1') ? [m[2], m[1]!, m[3]] : [m[1], m[2]!, m[3]]
    const n = (LONG.indexOf(name) >= 0 ? LONG.indexOf(name) : MONTHS.indexOf(name)) + 1
    return n === 0 ? undefined : dated(y, (at) => (d ? oneDay(civil(at, n, Number(d))) : month(at, n)))
  }
  return loose && /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 31 ? { first: today, last: today } : undefined
}
