// iCalendar text by the letter of RFC 5545, judged by a strict reading of our own and by ical.js.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import ICAL from 'ical.js'
import { daysOf } from './decide/days.ts'
import { escaped, folded, icalendar } from './decide/ical.ts'
import type { Entry } from './decide/ical.ts'
import { countries } from '../../app/countries.ts'

const AT = new Date('2026-11-22T02:03:04Z')
const entry = (more: Partial<Entry> = {}): Entry => ({ uid: 'task-1@example.vn', on: { day: '2026-12-31' }, summary: 'Hạn: khảo sát', category: 'Nhiệm vụ', status: 'CONFIRMED', sequence: 3, changedAt: AT, ...more })
const text = (...entries: Entry[]) => icalendar({ name: 'Lịch của tôi; thử, nghiệm', language: 'vi', at: AT, entries })
const octets = (line: string) => Buffer.byteLength(line)
/** Section 3.1: lines end with CRLF, a continuation begins with one space. */
const unfolded = (all: string): string[] => { assert.ok(all.endsWith('\r\n') && !/[^\r]\n|\r[^\n]/.test(all)); return all.slice(0, -2).replace(/\r\n /g, '').split('\r\n') }

describe('iCalendar', () => {
  test('whatever the text, no line has more than 75 octets, no letter is cut, and unfolding gives it back', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (summary) => {
      const all = text(entry({ summary, description: summary }))
      for (const line of all.split('\r\n')) assert.ok(octets(line) <= 75 && line.isWellFormed(), line)
      assert.ok(unfolded(all).includes(`SUMMARY:${escaped(summary)}`))
    }), { seed: 5545, numRuns: 200 })
    assert.equal(folded('x'.repeat(76)), `${'x'.repeat(75)}\r\n x`)
  })
  test('backslash, semicolon, comma and line breaks are escaped; control characters do not come in', () => {
    assert.equal(escaped('a\\b;c,d\r\ne\u0007f'), 'a\\\\b\\;c\\,d\\ne f')
    const [, , parts] = ICAL.parse(text(entry({ summary: 'Xã A, B; \\ và\nC', description: 'BEGIN:VEVENT\nUID:giả' }))) as [string, unknown[], unknown[]]
    const [event] = parts as [string, [string, object, string, string][]][]
    assert.equal(parts.length, 1)
    assert.equal(event![1].find(([key]) => key === 'summary')![3], 'Xã A, B; \\ và\nC')
  })
  test('each entry has what the RFC demands once; a day is a date with an exclusive end, a moment is UTC', () => {
    const lines = unfolded(text(entry(), entry({ uid: 'task-2@example.vn', on: { at: new Date('2026-12-01T10:00:00Z') } })))
    for (const key of ['VERSION:2.0', 'PRODID:', 'BEGIN:VCALENDAR', 'END:VCALENDAR', 'METHOD:PUBLISH']) assert.equal(lines.filter((line) => line.startsWith(key)).length, 1, key)
    for (const key of ['UID:', 'DTSTAMP:20261122T020304Z', 'LAST-MODIFIED:20261122T020304Z', 'SEQUENCE:3']) assert.equal(lines.filter((line) => line.startsWith(key)).length, 2, key)
    assert.ok(lines.includes('DTSTART;VALUE=DATE:20261231') && lines.includes('DTEND;VALUE=DATE:20270101') && lines.includes('DTSTART:20261201T100000Z'))
  })
  test('an independent parser reads what was meant', () => {
    const calendar = new ICAL.Component(ICAL.parse(text(entry(), entry({ uid: 'e2', on: { at: AT } }))) as never)
    const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
    assert.deepEqual(events.map((one) => [one.uid, one.startDate.isDate, one.startDate.toString(), one.sequence]), [['task-1@example.vn', true, '2026-12-31', 3], ['e2', false, '2026-11-22T02:03:04Z', 3]])
  })
})

test('of the country’s days only holidays and worked weekends are told, and a year that is not announced says so', () => {
  const vn = countries().get('vn')!
  const found = daysOf('2026-08-17', '2026-09-06', vn)
  assert.deepEqual(found.days.map((one) => [one.day, one.off?.en ?? one.worked?.en]), [['2026-08-22', 'Worked in exchange'], ['2026-08-31', 'Exchanged day off'], ['2026-09-01', 'National Day'], ['2026-09-02', 'National Day']])
  assert.deepEqual([found.announced, daysOf('2026-12-28', '2027-01-03', vn).announced], [true, false])
})
