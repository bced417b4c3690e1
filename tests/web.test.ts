// The browser's pure parts: words, numbers, days, fuzzy finding.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { catalogue, translator } from '../src/web/catalogue.ts'
import { hitsIn, html, onceOf, sheetOf, tsv } from '../src/web/kit/table-text.ts'
import { settle } from '../src/web/kit/settle.ts'
import type { Kept } from '../src/web/kit/settle.ts'
import { fold } from '../src/pure/text.ts'
import { places } from '../src/web/shell/places.ts'
import { dueDay, dueMoment, formats, parseDay, parseNumber, parseTime } from '../src/web/written.ts'

const words = catalogue({ left: 'Còn {count} nhiệm vụ của {unit}', plain: 'Đơn vị' }, { left: '{count} [count:task|tasks] left for {unit}', plain: 'Unit' })

test('every place has two keys of its own, and the list of keys is made from the places', () => {
  assert.equal(new Set(places.map((place) => place.key)).size, places.length)
  assert.ok(places.every((place) => /^g [a-z]$/.test(place.key)))
  assert.match(readFileSync(new URL('../src/web/shell/help.tsx', import.meta.url), 'utf8'), /\.\.\.places\.filter\(/)
})

test('every table that is read page by page is found in and copied: its columns have words', () => {
  const paged = globSync('src/capabilities/**/ui/**/*.tsx').filter((file) => /<DataTable[^>]*listProps\(|<DataTable(?:(?!\/>)[\s\S])*listProps\(/.test(readFileSync(file, 'utf8')))
  assert.ok(paged.length > 20)
  assert.deepEqual(paged.filter((file) => !/head: .*\btext: |\btext: .*\bcell: |\buse[A-Z]\w+Columns\(/.test(readFileSync(file, 'utf8'))), [])
})

test('every column of the board is copied along', () => {
  const columns = readFileSync(new URL('../src/capabilities/readiness/ui/rows.tsx', import.meta.url), 'utf8').split('\n').filter((line) => line.includes("head: t('col."))
  assert.ok(columns.length > 5)
  assert.deepEqual(columns.filter((line) => !/\btext[:,]/.test(line)), [])
})

test('a table as text: columns that have words, safe cells, every word found without accents', () => {
  const rows = [{ name: 'Phường Hoàn Kiếm', n: 3 }, { name: '=1+1\tXã <Ba Vì>\n', n: 0 }]
  const sheet = sheetOf<(typeof rows)[number]>([{ head: 'Đơn vị', text: (row) => row.name }, { head: 'Tình trạng' }, { head: 'Chưa đạt', text: (row) => String(row.n) }], rows)
  assert.equal(tsv(sheet), "Đơn vị\tChưa đạt\r\nPhường Hoàn Kiếm\t3\r\n'=1+1 Xã <Ba Vì> \t0")
  assert.match(html(sheet), /<th>Đơn vị<\/th><th>Chưa đạt<\/th>.*Xã &lt;Ba Vì&gt;/s)
  const folded = sheet.rows.map((row) => fold(row.join(' ')))
  assert.deepEqual([hitsIn(folded, 'kiem phuong'), hitsIn(folded, 'ba vi'), hitsIn(folded, 'sơn la'), hitsIn(folded, '  ')], [[0], [1], [], []])
})

test('a row that did not change is not made into text again', () => {
  const once = onceOf<{ name: string }, string>()
  let made = 0
  const texts = (rows: readonly { name: string }[]) => rows.map((row) => once(row, () => { made++; return fold(row.name) }))
  const before = [{ name: 'Xã Ba Vì' }, { name: 'Sơn La' }]
  assert.deepEqual(texts(before), ['xa ba vi', 'son la'])
  assert.deepEqual([texts([before[0]!, { name: 'Cao Bằng' }]), made], [['xa ba vi', 'cao bang'], 3])
})

describe('words', () => {
  test('parameters are filled in both languages', () => {
    assert.equal(translator(words, 'vi')('left', { count: 3, unit: 'Sơn La' }), 'Còn 3 nhiệm vụ của Sơn La')
    assert.equal(translator(words, 'en')('left', { count: 1, unit: 'Sơn La' }), '1 task left for Sơn La')
    assert.equal(translator(words, 'en')('left', { count: 2, unit: 'Sơn La' }), '2 tasks left for Sơn La')
  })
  test('a catalogue that differs between the languages does not compile', () => {
    // @ts-expect-error a key is missing in English
    catalogue({ a: 'A', b: 'B' }, { a: 'A' })
    // @ts-expect-error a parameter that Vietnamese does not have
    catalogue({ a: 'A' }, { a: 'A {x}' })
    // @ts-expect-error a key that Vietnamese does not have
    catalogue({ a: 'A' }, { a: 'A', b: 'B' })
    // @ts-expect-error a parameter is missing in the call
    void (() => translator(words, 'vi')('left', { count: 3 }))
  })
  test('every catalogue of the screens is NFC', () => {
    const files = globSync('src/**/messages.ts', { cwd: new URL('..', import.meta.url).pathname }).map((file) => new URL(`../${file}`, import.meta.url))
    assert.ok(files.length >= 5, `${files.length} catalogues`)
    for (const file of files) {
      const text = readFileSync(file, 'utf8')
      assert.equal(text, text.normalize('NFC'), file.pathname)
    }
  })
})

describe('numbers and moments', () => {
  const [vi, en] = [formats('vi', 'Asia/Ho_Chi_Minh'), formats('en', 'Asia/Ho_Chi_Minh')]
  test('1.234,5 and 22/11/2026 14:32, in the zone of the thing', () => {
    assert.equal(vi.number(1234.5), '1.234,5')
    assert.equal(en.number(1234.5), '1,234.5')
    assert.equal(vi.total(1001), '1.000+')
    assert.equal(vi.dateTime('2026-11-22T07:32:05Z'), '22/11/2026 14:32')
    assert.equal(vi.seconds('2026-11-22T07:32:05Z'), '14:32:05')
    assert.equal(formats('en', 'America/New_York').dateTime('2026-11-22T07:32:05Z'), '22/11/2026 02:32')
    // The end of 22 November in Hà Nội, read in London and in Auckland.
    const due = { at: '2026-11-22T16:59:59Z', zone: 'Asia/Ho_Chi_Minh' }
    for (const reader of ['Europe/London', 'Pacific/Auckland']) assert.deepEqual([dueDay(formats('vi', reader), due), dueMoment(formats('vi', reader), due).slice(0, 16)], ['22/11/2026', '22/11/2026 23:59'])
    assert.equal(formats('vi', 'Pacific/Auckland').date(due.at), '23/11/2026', 'what it would say by the reader’s own clock')
    assert.equal(vi.day('2026-11-22'), '22/11/2026')
    assert.equal(vi.lastDay('2026-03-01'), '28/02/2026')
  })
  test('what is late says so, whichever way one asks', () => {
    const at = Date.parse('2026-11-22T00:00:00Z')
    assert.equal(vi.due('2026-11-19T00:00:00Z', at), 'quá hạn 3 ngày')
    assert.equal(vi.due('2026-11-27T12:00:00Z', at), 'còn 5 ngày')
    assert.equal(en.ago('2026-11-21T23:58:00Z', at), '2 min ago')
    assert.equal(vi.signed(-3), '−3')
  })
  test('a day as typed, or none', () => {
    const today = '2026-11-23'
    const written = { '22/11/2026': '2026-11-22', ' 1-2-2026 ': '2026-02-01', '05.12.2026': '2026-12-05', '5-12-2026': '2026-12-05', '5/12/26': '2026-12-05', '5 12 2026': '2026-12-05', '2026-12-05': '2026-12-05',
      '5/12': '2026-12-05', '23/11': '2026-11-23', '22/11': '2027-11-22', '1.2': '2027-02-01', '29/2': '2028-02-29' }
    for (const [text, day] of Object.entries(written)) assert.equal(parseDay(text, today), day, text)
    assert.deepEqual([parseDay('5/12', today, today), parseDay('22/11', today, today), parseDay('29/2', today, today)], ['2025-12-05', '2026-11-22', '2024-02-29'], 'of what is past, the last one')
    for (const bad of ['31/02/2026', '31/2', '22/13/2026', '5/12/026', '5/', '5', 'mai', '']) assert.equal(parseDay(bad, today), undefined, bad)
  })
  test('an hour as typed, or none', () => {
    for (const [text, hour] of [['17:00', '17:00'], ['17h', '17:00'], ['17h30', '17:30'], ['7g05', '07:05'], ['17 giờ', '17:00'], ['17 giờ 15', '17:15'], [' 8.30 ', '08:30'], ['1730', '17:30'], ['0', '00:00']] as const) assert.equal(parseTime(text), hour, text)
    for (const bad of ['24:00', '17:60', '17h3', '173', 'chiều', '']) assert.equal(parseTime(bad), undefined, bad)
  })
  test('a number as typed in either way', () => {
    for (const [text, n] of [['1.234,5', 1234.5], ['1234.5', 1234.5], ['1.234', 1234], ['12,5', 12.5], ['-3', -3], ['1.234.567', 1234567]] as const) assert.equal(parseNumber(text), n, text)
    for (const bad of ['', 'mười', '1,2,3', '-']) assert.equal(parseNumber(bad), undefined, bad)
  })
})

describe('rows that are looked at', () => {
  const looked = () => {
    const held: { current: Kept | undefined } = { current: undefined }
    return (rows: string, reset = 'open') => { const { rows: shown, unseen, moved } = settle([...rows], (row) => row, reset, held); return [shown.join(''), unseen.join(''), moved] }
  }
  test('keep their places when they would sort otherwise, and say so', () => {
    const see = looked()
    assert.deepEqual(see('abc'), ['abc', '', false])
    assert.deepEqual(see('cab'), ['abc', '', true])
  })
  test('what comes in between waits; what is loaded by going on follows', () => {
    const see = looked()
    see('abc')
    assert.deepEqual(see('xabycde'), ['abcde', 'xy', false])
  })
  test('one that goes leaves the others, and comes back into its place', () => {
    const see = looked()
    see('abc')
    assert.deepEqual(see('ac'), ['ac', '', false])
    assert.deepEqual(see('abc'), ['abc', '', false])
  })
  test('asked for by something else, or with nothing left of before, they are another list', () => {
    const see = looked()
    see('abc')
    assert.deepEqual(see('cba', 'done'), ['cba', '', false])
    assert.deepEqual(see('zyx', 'done'), ['zyx', '', false])
  })
})
