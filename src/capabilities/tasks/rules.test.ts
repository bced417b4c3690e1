// The rules of a task as sentences, without a database.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readNumber, targetMet } from '../../pure/numbers.ts'
import { editTask, acceptTask, askExtension, grantExtension, refuseTask, remindTask, reportTask, returnTask, startTask, verifyTask, withdrawTask } from './decide.ts'
import type { Reporting, TaskRow } from './decide.ts'
import { assignTask, issueDirective, splitTask } from './decide/assign.ts'
import type { Addressee, Fields } from './decide/assign.ts'
import { readLines } from './decide/import.ts'
import { tasksStories } from './contract/facts.ts'
import { followers } from './reacts.ts'

const noon = new Date('2026-03-02T05:00:00Z')
const text = { id: 't', hash: 'h' }
const task = (over: Partial<TaskRow> = {}): TaskRow => ({
  id: 'T', stream: 'event:E', state: 'assigned', eventId: 'E', programmeId: 'P', directiveId: null, lineage: [], unitId: 'U', issuerUnitId: 'I', workstream: 'venue', level: 'commune', title: null, lang: null,
  product: null, priority: 'normal', dueAt: '2026-03-10T16:59:59.999Z', dueRule: null, zone: 'Asia/Ho_Chi_Minh', target: null, reached: null, base: null, evidenceKind: null, parts: null, partsDone: null,
  extension: null, reportedBy: null, supporting: [], version: 1, changes: {}, ...over,
})
const sent = (over: Partial<Reporting> = {}): Reporting => ({ reportId: 'R', done: true, number: undefined, outOf: undefined, note: null, files: [], evidence: { label: null, on: null, expiresAt: null }, ...over })
const refusal = (decision: object) => ('refused' in decision ? decision.refused : undefined)
const firstFact = (decision: object) => { assert.ok('facts' in decision, JSON.stringify(decision)); return (decision.facts as Record<string, unknown>[])[0]! }
const state = (decision: object) => ('answer' in decision ? (decision.answer as { state: string }).state : undefined)

describe('the life of a task', () => {
  test('assigned, accepted, under way, reported, verified', () => {
    assert.equal(state(acceptTask(task())), 'accepted')
    assert.equal(state(startTask(task({ state: 'accepted' }))), 'under_way')
    assert.equal(state(reportTask(task({ state: 'under_way' }), sent())), 'reported')
    assert.equal(state(verifyTask(task({ state: 'reported', reportedBy: 'a' }), { id: 'b', kind: 'person' }, null)), 'verified')
  })
  test('who sends the result of an assigned task has taken it', () => assert.equal(state(reportTask(task(), sent())), 'reported'))
  test('who reported a task does not verify it', () => assert.equal(refusal(verifyTask(task({ state: 'reported', reportedBy: 'a' }), { id: 'a', kind: 'person' }, null)), 'OWN_REPORT'))
  test('nor does a deputy verify what they, or the one they stand for, reported', () => {
    for (const by of [{ id: 'a', onBehalfOf: 'b' }, { id: 'b', onBehalfOf: 'a' }]) assert.equal(refusal(verifyTask(task({ state: 'reported', reportedBy: 'a' }), { ...by, kind: 'person' }, null)), 'OWN_REPORT')
  })
  test('what was not reported is not verified', () => assert.equal(refusal(verifyTask(task(), { id: 'b', kind: 'person' }, null)), 'NOT_REPORTED'))
  test('a reported task is not reported again', () => assert.equal(refusal(reportTask(task({ state: 'reported' }), sent())), 'ALREADY_REPORTED'))
  test('a task that one may not see is not found', () => { for (const d of [acceptTask(undefined), reportTask(undefined, sent()), remindTask(undefined, null)]) assert.equal(refusal(d), 'NOT_FOUND') })
  test('only an assigned task can be refused', () => {
    assert.equal(state(refuseTask(task(), text)), 'refused')
    assert.deepEqual(refuseTask(task({ state: 'accepted' }), text), { refused: 'TASK_NOT_OPEN', data: { state: { vi: 'Đã nhận', en: 'Accepted' } } })
  })
  test('a returned task can be reported again', () => assert.equal(state(reportTask(task({ state: 'returned' }), sent())), 'reported'))
  test('a refused task comes back when the issuer insists', () => assert.equal(state(returnTask(task({ state: 'refused' }), text, null, noon)), 'returned'))
  test('progress leaves it under way', () => assert.equal(state(reportTask(task(), sent({ done: false }))), 'under_way'))
  test('evidence that was asked for must be given', () => {
    assert.equal(refusal(reportTask(task({ evidenceKind: 'paper' }), sent())), 'EVIDENCE_MISSING')
    assert.equal(state(reportTask(task({ evidenceKind: 'paper' }), sent({ evidence: { label: 'QĐ 12', on: null, expiresAt: null } }))), 'reported')
  })
})

describe('targets', () => {
  const patrols = { kind: 'number', count: 20, unit: 'patrol' } as const
  test('a task with a target wants its number', () => assert.equal(refusal(reportTask(task({ target: patrols }), sent())), 'NUMBER_MISSING'))
  test('a task without one takes none', () => assert.equal(refusal(reportTask(task(), sent({ number: 3 }))), 'NO_NUMBER_WANTED'))
  test('the difference goes up the tree', () => {
    const fact = firstFact(reportTask(task({ target: patrols, reached: 5, lineage: ['A', 'B'] }), sent({ number: 12, done: false })))
    assert.deepEqual([fact['reached'], fact['plusReached'], fact['above']], [12, 7, ['A', 'B']])
  })
  test('what was split is not entered by hand', () => assert.equal(refusal(reportTask(task({ target: patrols, parts: 3, partsDone: 3, reached: 22 }), sent({ number: 1 }))), 'SUMMED_FROM_PARTS'))
  test('parts that are not done keep it open', () => assert.deepEqual(reportTask(task({ parts: 3, partsDone: 1 }), sent()), { refused: 'PARTS_OPEN', data: { open: 2 } }))
  test('unless the target is reached without them', () => assert.equal(state(reportTask(task({ target: patrols, parts: 3, partsDone: 1, reached: 21 }), sent())), 'reported'))
  test('all of them needs to know how many there are', () => assert.equal(refusal(reportTask(task({ target: { kind: 'all', count: 0, unit: 'activity' } }), sent({ number: 3 }))), 'BASE_MISSING'))
  test('no more than there are', () => assert.equal(refusal(reportTask(task({ target: { kind: 'all', count: 0, unit: 'activity' } }), sent({ number: 4, outOf: 3 }))), 'NUMBER_ABOVE_BASE'))
  test('percent is of the whole', () => {
    assert.ok(targetMet({ kind: 'percent', count: 95, unit: 'pass' }, 95, 100) && targetMet({ kind: 'percent', count: 98, unit: 'pass' }, 98, 100))
    assert.ok(!targetMet({ kind: 'percent', count: 95, unit: 'pass' }, 94.9, 100) && !targetMet({ kind: 'percent', count: 0, unit: 'pass' }, 0, 0) && !targetMet({ kind: 'all', count: 0, unit: 'x' }, null, 3))
    assert.ok(targetMet({ kind: 'percent', count: 33.3, unit: 'pass' }, 333, 1000) && targetMet({ kind: 'number', count: 0.3, unit: 'x' }, 0.3, null))
  })
  test('numbers as people write them', () => {
    const written: [string, number | undefined][] = [['1.234', 1234], ['1,234', 1234], ['1.234,5', 1234.5], ['1,234.5', 1234.5], ['12,5', 12.5], ['0.125', 0.125], ['1 234', 1234], ['1.234.567', 1234567], ['95%', 95], ['-3', -3], ['1.23.4', undefined], ['ba', undefined], ['', undefined], ['1,5,2', undefined]]
    for (const [input, value] of written) assert.equal(readNumber(input), value, input)
  })
})

describe('dates', () => {
  test('an extension is later than the due date, and asked once', () => {
    assert.equal(refusal(askExtension(task(), 'X', '2026-03-05T00:00:00Z', text, noon)), 'DUE_NOT_LATER')
    assert.equal(state(askExtension(task(), 'X', '2026-03-15T00:00:00Z', text, noon)), 'assigned')
    assert.equal(refusal(askExtension(task({ extension: { id: 'X', until: '2026-03-15T00:00:00Z' } }), 'Y', '2026-03-16T00:00:00Z', text, noon)), 'EXTENSION_PENDING')
  })
  test('granted as asked, or to another date, or not asked at all', () => {
    const asked = task({ extension: { id: 'X', until: '2026-03-15T00:00:00.000Z' } })
    assert.deepEqual(firstFact(grantExtension(asked, undefined, noon))['due'], { at: '2026-03-15T00:00:00.000Z', rule: null, zone: 'Asia/Ho_Chi_Minh' })
    assert.equal(firstFact(grantExtension(task(), '2026-03-20T00:00:00Z', noon))['extensionId'], null)
    assert.equal(refusal(grantExtension(task(), undefined, noon)), 'NO_EXTENSION')
  })
})

describe('edits', () => {
  test('the second editor hears what changed', () =>
    assert.deepEqual(editTask(task({ version: 3, changes: { title: 2, due: 3, product: 1 } }), { expectedVersion: 1, title: 'x' }), { refused: 'CHANGED', data: { version: 3, changed: ['due', 'title'] } }))
  test('only what differs is in the fact', () =>
    assert.deepEqual(firstFact(editTask(task({ title: 'a' }), { expectedVersion: 1, title: 'b', priority: 'normal' })), { type: 'task.edited.v1', taskId: 'T', version: 2, title: 'b', lang: 'vi' }))
  test('another workstream is one of its programme’s, and parts keep theirs', () => {
    const edit = (of: TaskRow, workstream: string) => editTask(of, { expectedVersion: 1, workstream }, ['venue', 'fire'])
    assert.deepEqual(firstFact(edit(task(), 'fire')), { type: 'task.edited.v1', taskId: 'T', version: 2, workstream: { from: 'venue', to: 'fire' } })
    assert.deepEqual([refusal(edit(task(), 'traffic')), refusal(edit(task({ parts: 2 }), 'fire')), refusal(edit(task({ lineage: ['above'] }), 'fire')), refusal(edit(task(), 'venue'))], ['STREAM_UNKNOWN', 'STREAM_OF_PARTS', 'STREAM_OF_PARTS', 'NOTHING_CHANGED'])
  })
  test('an edit that changes nothing is refused', () => assert.equal(refusal(editTask(task({ title: 'a' }), { expectedVersion: 1, title: 'a' })), 'NOTHING_CHANGED'))
})

describe('giving work', () => {
  const unit = (id: string, path: string, closed = false): Addressee => ({ id, name: `Xã ${id}`, kind: 'commune', path, closed })
  const units = new Map([unit('U', '1.2.'), unit('A', '1.2.3.'), unit('B', '1.2.4.'), unit('Z', '1.9.'), unit('C', '1.2.5.', true)].map((u) => [u.id, u]))
  const fields: Fields = { directiveId: null, programmeId: null, eventId: null, importId: null, title: 'Kiểm tra', lang: 'vi', product: null, workstream: 'fire', issuerUnitId: 'U', supportingUnitIds: [], due: null, priority: 'normal', target: null, evidenceKind: null }
  const split = (parts: { unitId: string; due?: string }[], of = task()) =>
    splitTask(of, 'Kiểm tra', 'vi', parts.map((p) => ({ unitId: p.unitId, title: undefined, target: undefined, due: p.due ? { at: p.due, rule: null, zone: 'UTC' } : undefined })), units.get('U'), units, (n) => `p${n}`, noon)
  test('without an event it is recorded with its lead unit', () => {
    const fact = firstFact(assignTask(true, fields, 'A', 'N', units, noon)) as { task: { stream: string; level: string } }
    assert.deepEqual([fact.task.stream, fact.task.level], ['unit:A', 'commune'])
  })
  test('not to a closed unit, not to one that is not there', () => {
    assert.equal(refusal(assignTask(true, fields, 'C', 'N', units, noon)), 'UNIT_CLOSED')
    assert.equal(refusal(assignTask(true, fields, 'none', 'N', units, noon)), 'UNIT_UNKNOWN')
  })
  test('a directive without a due date in the past', () =>
    assert.equal(refusal(issueDirective(true, { directiveId: 'D', issuerUnitId: 'U', programmeId: null, number: null, title: 'x', lang: 'vi', body: null, basis: null, issuedOn: '2026-03-02' },
      [{ fields: { ...fields, due: { at: '2026-03-01T00:00:00Z', rule: null, zone: 'UTC' } }, unitIds: ['A'] }], units, String, noon)), 'DUE_PAST'))
  test('passed on only to units below', () => {
    assert.equal(refusal(split([{ unitId: 'Z' }])), 'UNIT_NOT_BELOW')
    assert.equal(refusal(split([{ unitId: 'U' }])), 'UNIT_NOT_BELOW')
    assert.equal(refusal(split([{ unitId: 'A' }, { unitId: 'A' }])), 'UNIT_TWICE')
  })
  test('a part is due no later than the task', () => {
    assert.equal(refusal(split([{ unitId: 'A', due: '2026-03-11T00:00:00Z' }])), 'DUE_AFTER_PARENT')
    const decision = split([{ unitId: 'A' }, { unitId: 'B', due: '2026-03-09T00:00:00Z' }])
    assert.ok('facts' in decision)
    const parts = decision.facts.slice(1) as unknown as { on: string; fact: { task: { lineage: string[]; issuerUnitId: string } } }[]
    assert.deepEqual(parts.map((p) => [p.on, p.fact.task.lineage, p.fact.task.issuerUnitId]), [['event:E', ['T'], 'U'], ['event:E', ['T'], 'U']])
  })
  test('withdrawn with what was passed on, but not what is verified', () => {
    const decision = withdrawTask(task({ parts: 2, partsDone: 1 }), [{ id: 'a', state: 'verified', lineage: ['T'], parts: null }, { id: 'b', state: 'assigned', lineage: ['T'], parts: null }], text)
    assert.ok('facts' in decision)
    assert.equal(decision.facts.length, 2)
  })
})

describe('a table of tasks', () => {
  const table = (...lines: string[][]) => readLines(lines.map((cells, i) => ({ line: i + 1, cells })), '2026-03-02')
  test('Vietnamese headings in any order', () => {
    const { lines, problems, ignored } = table(['Thời hạn', 'Đơn vị chủ trì', 'Nội dung nhiệm vụ', 'Chỉ tiêu', 'Đơn vị tính', 'Ghi chú riêng'], ['31/05/2026', '00001', 'Kiểm tra hội trường', '95%', 'phòng', ''])
    assert.deepEqual(problems, [])
    assert.deepEqual(ignored, ['Ghi chú riêng'])
    assert.deepEqual([lines[0]!.due, lines[0]!.unit, lines[0]!.target], ['2026-05-31', '00001', { kind: 'percent', count: 95, unit: 'phòng' }])
  })
  test('every wrong cell is named by its line', () => {
    const { problems } = table(['title', 'unit', 'due', 'target'], ['', '1', '31/02/2026', ''], ['x', '', '', 'nhiều'])
    assert.deepEqual(problems.map((p) => [p.line, p.code]), [[2, 'TITLE_MISSING'], [2, 'DUE_WRONG'], [3, 'UNIT_MISSING'], [3, 'TARGET_WRONG']])
  })
  test('an annex as an office writes it: title above, (1) (2) (3), sections, what broke over the page', () => {
    const { lines, problems, sections } = table(
      ['PHỤ LỤC', '', '', '', '', ''], ['STT', 'Nội dung công việc', 'Cơ quan, đơn vị chủ trì', 'Cơ quan phối hợp', 'Thời gian hoàn thành', 'Sản phẩm, kết quả'], ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)'],
      ['I', 'CÔNG TÁC CHUẨN BỊ', '', '', '', ''], ['1', 'Rà soát phương án', 'Công an tỉnh', 'Sở Y tế', 'trước 15/3', 'Báo cáo'], ['', 'bảo đảm an ninh, trật tự', '', 'Sở Xây dựng', '', ''],
      ['2', 'Trực chỉ huy', 'Công an tỉnh', '', 'Thường xuyên', ''])
    assert.deepEqual(problems, [])
    assert.deepEqual(sections, [{ line: 4, title: 'CÔNG TÁC CHUẨN BỊ' }])
    assert.deepEqual(lines.map((one) => [one.line, one.title, one.unit, one.supporting, one.due, one.product]), [
      [5, 'Rà soát phương án bảo đảm an ninh, trật tự', 'Công an tỉnh', 'Sở Y tế\nSở Xây dựng', '2026-03-14', 'Báo cáo'], [7, 'Trực chỉ huy', 'Công an tỉnh', '', null, null]])
  })
  test('rows pasted without headings are read in the order of the annex, and the sender may say otherwise', () => {
    const rows = [['1', 'Kiểm tra hội trường', 'Công an tỉnh', 'Sở Y tế', '15/3', 'Biên bản'], ['2', 'Trực', 'Sở Y tế', '', '', '']]
    assert.deepEqual(table(...rows).columns, ['n', 'title', 'unit', 'supporting', 'due', 'product'])
    const { lines } = readLines(rows.map((cells, i) => ({ line: i + 1, cells })), '2026-03-02', { columns: ['n', 'title', 'supporting', 'unit', 'due', 'product'], without: [2] })
    assert.deepEqual(lines.map((one) => [one.unit, one.supporting]), [['Sở Y tế', 'Công an tỉnh']])
  })
  test('a missing column is said once', () => assert.deepEqual(table(['title'], ['x'], ['y']).problems.map((p) => p.code), ['COLUMN_MISSING']))
})

test('whatever happens to a task is told to whoever has it open', () => {
  const [{ types } = { types: [] as string[] }] = followers({ zone: 'Asia/Ho_Chi_Minh' })
  assert.deepEqual(Object.keys(tasksStories).filter((type) => type.startsWith('task.') && !types.includes(type)), [])
})
