// A template as tables: nothing is lost on the way, rules are read as people write them, problems stand at their cell, two editors' changes both stay.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { differences, merged } from './decide/merge.ts'
import { readRule, ruleText, shownRule } from './decide/rule-text.ts'
import { fileOf, problemsAt, sheetOf } from './decide/sheet.ts'
import type { Part, Sheet } from './decide/sheet.ts'
import { readTemplate } from './decide/template.ts'
import { writeTemplate } from './decide/version.ts'

const { body } = readTemplate(readFileSync('templates/congress.yaml', 'utf8'))
const sheet = () => sheetOf(JSON.parse(writeTemplate(body!, 'json')) as Record<string, unknown>)
const set = (of: Sheet, part: Part, code: string, cells: Record<string, string>): Sheet =>
  ({ ...of, parts: { ...of.parts, [part]: of.parts[part].map((row) => (row.cells.code === code ? { ...row, cells: { ...row.cells, ...cells } } : row)) } })
const cellOf = (of: Sheet, part: Part, code: string, column: string) => of.parts[part].find((row) => row.cells.code === code)?.cells[column]

test('the tables of a template make the same version again', () => {
  assert.deepEqual(readTemplate(JSON.stringify(fileOf(sheet()))).body, body)
})

describe('a rule', () => {
  for (const [written, kept] of [['N-30', 'N-30'], ['N − 30', 'N-30'], ['D+5', 'N+5'], ['N', 'N'], ['N+5 lv', 'N+5lv'], ['D-3wd 17:00', 'N-3lv 17:00'], ['22/5/2026', '2026-05-22'], ['N-45 before', 'N-45 lùi'], ['approved', 'approved'], ['approved -3', 'approved -3'],
    ['approved +2wd 9:00', 'approved +2lv 09:00'], ['below:approved first -3', 'dưới:approved đầu -3']] as const) {
    test(`written “${written}” is kept as “${kept}”`, () => assert.equal(ruleText(readRule(written, true)), kept))
  }
  test('that nobody understands is not guessed at', () => { for (const text of ['', 'sớm', 'approved tomorrow', '30']) assert.equal(readRule(text, true), undefined, text) })
  test('of a milestone cannot rest on a milestone of its own', () => assert.equal(readRule('approved', false), undefined))
  test('is shown in the reader’s words, with names instead of codes', () => {
    assert.equal(shownRule('N-30', 'en'), 'D-30')
    assert.equal(shownRule('N-30', 'vi', String), 'N−30')
    assert.equal(shownRule('approved -3lv', 'vi', () => 'Phê duyệt'), 'Phê duyệt −3 lv')
    assert.equal(shownRule('2026-05-22 17:00', 'en'), '22/05/2026 17:00')
    assert.equal(shownRule('dưới:approved đầu -3', 'vi', () => 'Phê duyệt'), 'theo mốc “Phê duyệt” của cấp dưới (sớm nhất) −3')
    assert.equal(shownRule('dưới:approved', 'en', () => 'Approved'), 'by “Approved” of those below')
    assert.equal(shownRule('dưới:approved', 'en'), 'below:approved', 'where it is typed')
  })
})

describe('what a task waits for', () => {
  const after = (code: string, text: string) => set(sheet(), 'tasks', code, { after: text })
  const read = (of: Sheet) => readTemplate(JSON.stringify(fileOf(of)))
  const said = (of: Sheet) => read(of).issues.filter((one) => !one.message.vi.includes('tự động')).map((one) => [problemsAt(of, [one])[0]!.column, one.severity, one.message.vi])
  test('is read as people write it, kept in one form, and comes back the same', () => {
    const of = after('T05', 'T04, T01 + 3; milestone:body')
    const { body: made } = read(of)
    assert.deepEqual(made!.tasks.find((one) => one.code === 'T05')!.after, [{ task: 'T04' }, { task: 'T01', days: 3 }, { milestone: 'body' }])
    const again = sheetOf(JSON.parse(writeTemplate(made!, 'json')) as Record<string, unknown>)
    assert.equal(cellOf(again, 'tasks', 'T05', 'after'), 'T04, T01 +3, mốc:body')
    assert.deepEqual(readTemplate(writeTemplate(made!, 'yaml')).body, made)
    assert.deepEqual(differences(sheet(), again).map((one) => [one.code, one.cells.map((cell) => cell.column)]), [['T05', ['after']]])
  })
  test('that is not there, or waits for itself by others or by a milestone, is an error at its cell', () => {
    assert.match(said(after('T05', 'T04, T99'))[0]!.join(' '), /^after error tasks\[\d+\]\.after\[2\] nêu nhiệm vụ “T99”/)
    assert.match(said(after('T05', 'T05'))[0]!.join(' '), /^after error .* tạo thành vòng chờ nhau: T05 → T05/)
    assert.match(said(after('T05', 'mốc:surveyed'))[0]!.join(' '), /vòng chờ nhau/)
    const two = set(after('T04', 'T05'), 'tasks', 'T05', { after: 'T04' })
    assert.match(said(two)[0]!.join(' '), /T04 → T05 → T04/)
  })
  test('and cannot be done in time is a warning before any event is dated', () => {
    assert.match(said(after('T05', 'T04 +2'))[0]!.join(' '), /^after warning .*T05 chờ T04.* sớm hơn/)
    assert.deepEqual(said(after('T05', 'T04')), [])
  })
})

describe('what is wrong', () => {
  const wrong = (of: Sheet) => { const { issues } = readTemplate(JSON.stringify(fileOf(of))); return problemsAt(of, issues).filter((one) => one.severity === 'error').map((one) => [one.part, of.parts[one.part as Part]?.find((row) => row.id === one.row)?.cells.code, one.column]) }
  test('of a template in order is nothing', () => assert.deepEqual(wrong(sheet()), []))
  test('stands at its cell', () => {
    assert.deepEqual(wrong(set(sheet(), 'tasks', 'T05', { stream: 'venues' })), [['tasks', 'T05', 'stream']])
    assert.deepEqual(wrong(set(sheet(), 'tasks', 'T05', { due: 'sớm nhất' })), [['tasks', 'T05', 'due']])
    assert.deepEqual(wrong(set(sheet(), 'milestones', 'approved', { when: 'mai' })), [['milestones', 'approved', 'when']])
    assert.deepEqual(wrong(set(sheet(), 'tasks', 'T05', { 'name.vi': '', 'name.en': '' })), [['tasks', 'T05', 'name.vi']])
    assert.deepEqual(wrong(set(sheet(), 'tasks', 'T05', { 'name.en': '' })), [], 'one language is enough')
    assert.deepEqual(wrong(set(sheet(), 'requirements', 'R01', { by: 'nowhere' })), [['requirements', 'R01', 'by']])
  })
  test('is not an empty row at the end', () => {
    const of = sheet()
    assert.deepEqual(wrong({ ...of, parts: { ...of.parts, tasks: [...of.parts.tasks, { id: 'new', cells: { code: '', 'c:small': 'x' } }] } }), [])
  })
})

describe('two who change one draft', () => {
  test('both keep what they changed', () => {
    const base = sheet()
    const mine = set(base, 'tasks', 'T05', { due: 'N-20' })
    const theirs = { ...set(base, 'tasks', 'T05', { 'name.en': 'Another name' }), head: { ...base.head, opens: '07:30' } }
    const { sheet: both, clashes } = merged(base, mine, theirs)
    assert.deepEqual([cellOf(both, 'tasks', 'T05', 'due'), cellOf(both, 'tasks', 'T05', 'name.en'), both.head.opens, clashes], ['N-20', 'Another name', '07:30', []])
  })
  test('hear of a cell that both changed, and what was typed here stays', () => {
    const base = sheet()
    const { sheet: both, clashes } = merged(base, set(base, 'tasks', 'T05', { due: 'N-20' }), set(base, 'tasks', 'T05', { due: 'N-10' }))
    assert.equal(cellOf(both, 'tasks', 'T05', 'due'), 'N-20')
    assert.deepEqual(clashes, [{ part: 'tasks', code: 'T05', column: 'due', mine: 'N-20', theirs: 'N-10' }])
  })
  test('add and delete rows beside each other', () => {
    const base = sheet()
    const without = (of: Sheet, code: string): Sheet => ({ ...of, parts: { ...of.parts, tasks: of.parts.tasks.filter((row) => row.cells.code !== code) } })
    const added: Sheet = { ...base, parts: { ...base.parts, tasks: base.parts.tasks.flatMap((row) => (row.cells.code === 'T03' ? [row, { id: 'n', cells: { ...row.cells, code: 'T99' } }] : [row])) } }
    const { sheet: both, clashes } = merged(base, without(base, 'T05'), added)
    const order = both.parts.tasks.map((row) => row.cells.code)
    assert.ok(!order.includes('T05'))
    assert.equal(order[order.indexOf('T03') + 1], 'T99')
    assert.deepEqual(clashes, [])
    assert.deepEqual(merged(base, set(base, 'tasks', 'T05', { due: 'N-1' }), without(base, 'T05')).clashes.map((one) => one.code), ['T05'])
  })
})

test('a difference names the row, the column and both values', () => {
  const base = sheet()
  assert.deepEqual(differences(base, set(base, 'tasks', 'T05', { due: 'N-20', 'c:small': '' })).map(({ part, code, kind, cells }) => [part, code, kind, cells.map((one) => one.column)]), [['tasks', 'T05', 'changed', ['due', 'c:small']]])
  assert.deepEqual(differences(base, base), [])
})
