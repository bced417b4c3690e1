// iCalendar text by RFC 5545 (and NAME, REFRESH-INTERVAL of RFC 7986): CRLF, lines of at most 75 octets that never cut a letter, times in UTC, days as dates.
export type Entry = {
  uid: string; /** All of a day; or from an instant. */ on: { day: string } | { at: Date; until?: Date }
  summary: string; description?: string; url?: string; category: string; status: 'CONFIRMED' | 'TENTATIVE'; sequence: number; changedAt?: Date
}
export type Calendar = { name: string; language: string; at: Date; entries: readonly Entry[] }

const bytes = new TextEncoder()
/** Continuation lines begin with a space, which counts. */
export function folded(line: string): string {
  const parts: string[] = []
  let [part, size] = ['', 0]
  for (const letter of line) {
    const more = bytes.encode(letter).length
    if (size + more > 75) { parts.push(part); [part, size] = [' ', 1] }
    part += letter
    size += more
  }
  return [...parts, part].join('\r\n')
}
/** TEXT values: backslash, semicolon, comma and line breaks. Other control characters may not stand in one. */
export const escaped = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ').replace(/[\\;,]/g, (c) => `\\${c}`).replaceAll('\n', '\\n')
const stamp = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
const date = (day: string): string => day.replaceAll('-', '')
const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

function entry(one: Entry, at: Date): string[] {
  const when = 'day' in one.on ? [`DTSTART;VALUE=DATE:${date(one.on.day)}`, `DTEND;VALUE=DATE:${date(dayAfter(one.on.day))}`, 'TRANSP:TRANSPARENT']
    : [`DTSTART:${stamp(one.on.at)}`, ...(one.on.until ? [`DTEND:${stamp(one.on.until)}`] : []), 'TRANSP:TRANSPARENT']
  return [
    'BEGIN:VEVENT', `UID:${one.uid}`, `DTSTAMP:${stamp(at)}`, ...(one.changedAt ? [`LAST-MODIFIED:${stamp(one.changedAt)}`] : []), `SEQUENCE:${one.sequence}`, ...when, `SUMMARY:${escaped(one.summary)}`,
    ...(one.description ? [`DESCRIPTION:${escaped(one.description)}`] : []), ...(one.url ? [`URL:${one.url}`] : []), `CATEGORIES:${escaped(one.category)}`, `STATUS:${one.status}`, 'END:VEVENT',
  ]
}

export const icalendar = ({ name, language, at, entries }: Calendar): string => [
  'BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:-//San Sang//Calendar//${language.toUpperCase()}`, 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `NAME:${escaped(name)}`, `X-WR-CALNAME:${escaped(name)}`,
  'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H', ...entries.flatMap((one) => entry(one, at)), 'END:VCALENDAR',
].map(folded).join('\r\n') + '\r\n'
