import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { parse } from 'yaml'
import { addDays, dayIn, dayNumber, dayOf, daysBetween, endOfDay, instantOf, isDay, startOfDay, timeIn, weekday } from './calendar.ts'
import { addWorkdays, dayOff, isWorkday, readCountry, rollBack, rollOn, workdaysBetween } from './calendar-country.ts'
import { dateOf, dueDate, instantAt, milestoneDates } from './calendar-rules.ts'
import type { When } from './calendar-rules.ts'

const vn = readCountry(parse(readFileSync(new URL('../../countries/vn.yaml', import.meta.url), 'utf8')))
const seed = Number(process.env.SEED ?? Date.now() % 1e9)
const holds = <T>(property: fc.IProperty<T>, runs = 300) => fc.assert(property, { seed, numRuns: runs })
const days = (from: string, until: string) => fc.integer({ min: dayNumber(from), max: dayNumber(until) }).map(dayOf)
const ZONES = ['Asia/Ho_Chi_Minh', 'Europe/Berlin', 'America/New_York', 'America/Santiago', 'Africa/Cairo', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu', 'UTC']

describe(`civil dates and zones (seed ${seed})`, () => {
  test('30 February is no date, 29 February is one in leap years only', () => {
    assert.equal(isDay('2026-02-30'), false)
    assert.equal(isDay('2024-02-29'), true)
    assert.equal(isDay('2100-02-29'), false)
    assert.equal(isDay('2026-2-3'), false)
  })
  test('weekdays', () => assert.deepEqual(['2026-11-22', '2026-11-23', '1969-12-29'].map(weekday), [7, 1, 1]))
  test('a day ends in Việt Nam at 16:59:59.999 UTC', () => assert.equal(endOfDay('2026-03-01', 'Asia/Ho_Chi_Minh').toISOString(), '2026-03-01T16:59:59.999Z'))
  test('a day of 23 hours ends in time', () => assert.equal(endOfDay('2026-03-29', 'Europe/Berlin').toISOString(), '2026-03-29T21:59:59.999Z'))
  test('where summer time begins at midnight, the day begins at one', () => {
    assert.equal(startOfDay('2026-09-06', 'America/Santiago').toISOString(), '2026-09-06T04:00:00.000Z')
    assert.equal(endOfDay('2026-09-05', 'America/Santiago').toISOString(), '2026-09-06T03:59:59.999Z')
  })
  test('a skipped hour is taken after the jump, a doubled one the first time', () => {
    assert.equal(instantOf('2026-03-29', '02:30', 'Europe/Berlin').toISOString(), '2026-03-29T01:30:00.000Z')
    assert.equal(instantOf('2026-10-25', '02:30', 'Europe/Berlin').toISOString(), '2026-10-25T00:30:00.000Z')
  })
  test('an instant of a wall clock reads back as that wall clock, except in a skipped hour', () => holds(fc.property(
    days('2000-01-01', '2040-12-31'), fc.integer({ min: 0, max: 1439 }), fc.constantFrom(...ZONES), (day, minute, zone) => {
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
      const at = instantOf(day, time, zone)
      const read = `${dayIn(at, zone)} ${timeIn(at, zone)}`
      const skipped = read !== `${day} ${time}`
      if (skipped) {
        const later = instantOf(day, '23:59', zone).getTime() - instantOf(addDays(day, -1), '23:59', zone).getTime()
        assert.ok(later < 86_400_000 || dayIn(at, zone) > day, `${read} instead of ${day} ${time} in ${zone}`)
      }
    }), 600))
  test('days tile the time: one ends a millisecond before the next begins', () => holds(fc.property(days('2000-01-01', '2040-12-31'), fc.constantFrom(...ZONES), (day, zone) => {
    assert.equal(endOfDay(day, zone).getTime() + 1, startOfDay(addDays(day, 1), zone).getTime())
    // Samoa had no 30 December 2011.
    if (dayIn(startOfDay(day, zone), zone) === day) assert.ok(dayIn(new Date(startOfDay(day, zone).getTime() - 1), zone) < day)
  }), 600))
})

/** Lunar dates by Hồ Ngọc Đức's algorithm (https://www.informatik.uni-leipzig.de/~duc/amlich/calrules.html), after Meeus: an independent check of the file. */
function newMoon(k: number): number {
  const T = k / 1236.85, dr = Math.PI / 180
  const jd = 2415020.75933 + 29.53058868 * k + 0.0001178 * T * T - 0.000000155 * T ** 3 + 0.00033 * Math.sin((166.56 + 132.87 * T - 0.009173 * T * T) * dr)
  const M = 359.2242 + 29.10535608 * k - 0.0000333 * T * T - 0.00000347 * T ** 3
  const Mp = 306.0253 + 385.81691806 * k + 0.0107306 * T * T + 0.00001236 * T ** 3
  const F = 21.2964 + 390.67050646 * k - 0.0016528 * T * T - 0.00000239 * T ** 3
  const sin = (x: number) => Math.sin(x * dr)
  const c = (0.1734 - 0.000393 * T) * sin(M) + 0.0021 * sin(2 * M) - 0.4068 * sin(Mp) + 0.0161 * sin(2 * Mp) - 0.0004 * sin(3 * Mp) + 0.0104 * sin(2 * F)
    - 0.0051 * sin(M + Mp) - 0.0074 * sin(M - Mp) + 0.0004 * sin(2 * F + M) - 0.0004 * sin(2 * F - M) - 0.0006 * sin(2 * F + Mp) + 0.001 * sin(2 * F - Mp) + 0.0005 * sin(2 * Mp + M)
  const delta = T < -11 ? 0 : -0.000278 + 0.000265 * T + 0.000262 * T * T
  return Math.floor(jd + c - delta + 0.5 + 7 / 24)
}
function sunSector(jd: number): number {
  const T = (jd - 0.5 - 7 / 24 - 2451545) / 36525, dr = Math.PI / 180
  const M = 357.5291 + 35999.0503 * T - 0.0001559 * T * T - 0.00000048 * T ** 3
  const L = (280.46645 + 36000.76983 * T + 0.0003032 * T * T + (1.9146 - 0.004817 * T - 0.000014 * T * T) * Math.sin(M * dr) + (0.019993 - 0.000101 * T) * Math.sin(2 * M * dr) + 0.00029 * Math.sin(3 * M * dr)) * dr
  return Math.floor(((L - 2 * Math.PI * Math.floor(L / (2 * Math.PI))) / Math.PI) * 6)
}
const jdOf = (day: string) => dayNumber(day) + 2440588
const dayOfJd = (jd: number) => dayOf(jd - 2440588)
function month11(year: number): number {
  const k = Math.floor((jdOf(`${year}-12-31`) - 2415021) / 29.530588853)
  const at = newMoon(k)
  return sunSector(at) >= 9 ? newMoon(k - 1) : at
}
/** First day of the lunar month of a year without a leap month before it, else one later. */
function lunarMonth(year: number, month: number): string {
  const a = month11(year - 1), b = month11(year)
  const k = Math.floor(0.5 + (a - 2415021.076998695) / 29.530588853)
  let index = month + 1 // months after the eleventh
  if (b - a > 365) {
    let leap = 1
    for (let last = -1, arc = sunSector(newMoon(k + leap)); arc !== last && leap < 14;) { last = arc; leap++; arc = sunSector(newMoon(k + leap)) }
    if (index >= leap - 1) index++
  }
  return dayOfJd(newMoon(k + index))
}

describe('public holidays of Việt Nam', () => {
  const file = parse(readFileSync(new URL('../../countries/vn.yaml', import.meta.url), 'utf8')) as { years: Record<string, { tet: string; off: Record<string, string[]> }> }
  test('the first day of Tết and the Hùng Kings day are what the lunar calendar says, every year of the file', () => {
    for (const [year, { tet, off }] of Object.entries(file.years)) {
      assert.equal(tet, lunarMonth(Number(year), 1), `Tết ${year}`)
      const tenth = addDays(lunarMonth(Number(year), 3), 9)
      assert.ok(off.hung!.some((d) => d.startsWith(tenth)), `10 March lunar of ${year} is ${tenth}, the file has ${off.hung!.join()}`)
    }
  })
  test('every year gives the five days of Tết and all days of the law, each made up where it falls on a weekend', () => {
    for (const year of vn.years.keys()) {
      const free = [...vn.off.keys()].filter((d) => d.startsWith(`${year}-`) && weekday(d) <= 5 && vn.off.get(d)!.en !== 'Exchanged day off').length
      assert.equal(free, (year < 2021 ? 10 : 11) + (year >= 2026 ? 1 : 0), `working days off in ${year}`)
    }
  })
  test('exchanged days balance', () => {
    const exchanged = [...vn.off].filter(([, name]) => name.en === 'Exchanged day off').length
    assert.equal(exchanged, vn.work.size)
    for (const day of vn.work) assert.ok(weekday(day) >= 6)
  })
  test('published calendars: Tết 2020, the week of 30 April 2024, National Day 2026', () => {
    const off = (from: string, until: string) => Array.from({ length: daysBetween(from, until) + 1 }, (_, i) => addDays(from, i)).filter((d) => !isWorkday(d, vn))
    assert.deepEqual(off('2020-01-22', '2020-01-30'), ['2020-01-23', '2020-01-24', '2020-01-25', '2020-01-26', '2020-01-27', '2020-01-28', '2020-01-29'])
    assert.deepEqual(off('2024-04-26', '2024-05-05'), ['2024-04-27', '2024-04-28', '2024-04-29', '2024-04-30', '2024-05-01', '2024-05-05'])
    assert.deepEqual(off('2026-08-21', '2026-09-03'), ['2026-08-23', '2026-08-29', '2026-08-30', '2026-08-31', '2026-09-01', '2026-09-02'])
    assert.equal(dayOff('2026-02-17', vn)?.vi, 'Tết Nguyên đán')
  })
  test('working days pass over Tết', () => {
    assert.equal(addWorkdays('2026-02-23', -1, vn), '2026-02-13')
    assert.equal(addWorkdays('2020-01-22', 1, vn), '2020-01-30')
    assert.equal(workdaysBetween('2020-01-22', '2020-01-30', vn), 1)
    assert.equal(addWorkdays('2020-01-25', 0, vn), '2020-01-22')
  })
  test('working days there and back', () => holds(fc.property(days('2018-01-01', '2030-06-30'), fc.integer({ min: 1, max: 120 }), (day, count) => {
    const there = addWorkdays(day, count, vn)
    assert.ok(isWorkday(there, vn))
    assert.equal(workdaysBetween(day, there, vn), count)
    if (isWorkday(day, vn)) assert.equal(addWorkdays(there, -count, vn), day)
    assert.ok(addWorkdays(day, -count, vn) < day)
    assert.ok(rollBack(day, vn) <= day && rollOn(day, vn) >= day)
  })))
  test('a faulty country file is refused with its place', () => {
    assert.throws(() => readCountry({ ...parse('code: x\nname: {vi: a, en: b}\nzone: Moon/Sea\nweek: [mon]\nnames: {}\nyears: {}') }), /zone: “Moon\/Sea”/)
    assert.throws(() => readCountry(parse('code: x\nname: {vi: a, en: b}\nzone: UTC\nweek: [mon]\nnames: {}\nyears: {2026: {off: {tet: [2026-02-30]}}}')), /years\.2026\.off/)
  })
})

describe('D−n', () => {
  const frame = { day: '2026-02-23', opens: '08:00', zone: 'Asia/Ho_Chi_Minh', country: vn, children: new Map([['appraised', ['2026-01-05', '2026-01-19', '2026-01-12']]]) }
  const none = () => undefined
  test('calendar days, also over the year and a leap day', () => {
    assert.deepEqual(dateOf({ day: -60 }, frame, none), { day: '2025-12-25' })
    assert.deepEqual(dateOf({ day: -1 }, { ...frame, day: '2024-03-01' }, none), { day: '2024-02-29' })
  })
  test('working days pass over Tết, fixed dates stay', () => {
    assert.deepEqual(dateOf({ working: -3 }, frame, none), { day: '2026-02-11' })
    assert.deepEqual(dateOf({ on: '2026-03-15', time: '17:00' }, frame, none), { day: '2026-03-15', time: '17:00' })
  })
  test('a date on a day off may roll to the working day before or after', () => {
    assert.deepEqual(dateOf({ day: -5, roll: 'before' }, frame, none), { day: '2026-02-13' })
    assert.deepEqual(dateOf({ day: -5, roll: 'after' }, frame, none), { day: '2026-02-23' })
  })
  test('the opening is at the opening hour, anything else at the end of its day', () => {
    assert.equal(instantAt(dateOf({ day: 0 }, frame, none)!, frame.zone).toISOString(), '2026-02-23T01:00:00.000Z')
    assert.equal(instantAt(dateOf({ day: -1 }, frame, none)!, frame.zone).toISOString(), '2026-02-22T16:59:59.999Z')
  })
  test('a child’s milestone: the last of the events below, the first if asked, the own where there is none', () => {
    assert.deepEqual(dateOf({ child: 'appraised', pick: 'last' }, frame, none), { day: '2026-01-19' })
    assert.deepEqual(dateOf({ child: 'appraised', pick: 'first', working: 5 }, frame, none), { day: '2026-01-10' }, 'a Saturday that is worked in exchange')
    assert.deepEqual(dateOf({ child: 'approved', pick: 'last' }, frame, () => '2026-01-14'), { day: '2026-01-14' })
  })
  test('a task is due at its milestone, or so many days from it', () => {
    const milestones = milestoneDates([{ code: 'approved', when: { day: -40 } }, { code: 'opening', when: { day: 0 } }], frame)
    assert.deepEqual(dueDate({ milestone: 'approved' }, frame, milestones), { day: '2026-01-14' })
    assert.deepEqual(dueDate({ milestone: 'approved', working: -2, time: '17:00' }, frame, milestones), { day: '2026-01-12', time: '17:00' })
    assert.deepEqual(dueDate({ milestone: 'opening' }, frame, milestones), { day: '2026-02-23', time: '08:00' })
  })
  test('milestones that rest on each other through children end at the event’s own day, not in a loop', () => {
    const milestones = milestoneDates([{ code: 'a', when: { child: 'b', pick: 'last' } }, { code: 'b', when: { child: 'a', pick: 'last' } }], { ...frame, children: new Map() })
    assert.deepEqual([...milestones.values()].map((d) => d.day), ['2026-02-23', '2026-02-23'])
  })
  test('moving the event by n days moves every calendar milestone by n days', () => {
    const when: fc.Arbitrary<When> = fc.integer({ min: -200, max: 60 }).map((day) => ({ day }))
    holds(fc.property(days('2020-01-01', '2028-01-01'), fc.integer({ min: -400, max: 400 }), when, (day, by, rule) => {
      const a = dateOf(rule, { ...frame, day }, none)!, b = dateOf(rule, { ...frame, day: addDays(day, by) }, none)!
      assert.equal(daysBetween(a.day, b.day), by)
    }))
  })
  test('a later event has no earlier working-day milestone', () => holds(fc.property(days('2019-01-01', '2029-12-31'), fc.integer({ min: 0, max: 60 }), fc.integer({ min: -60, max: 20 }), (day, by, working) => {
    assert.ok(dateOf({ working }, { ...frame, day: addDays(day, by) }, none)!.day >= dateOf({ working }, { ...frame, day }, none)!.day)
  })))
})
