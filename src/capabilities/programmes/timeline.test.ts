// What an event's day rests on: rules as sentences.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { at, criticalPath, offMarks, offsAt, offsOf, scaleOf, ticks } from './decide/timeline.ts'
import type { PathTask } from './decide/timeline.ts'

const name = { vi: 'Mốc', en: 'Milestone' }
const MILESTONES = [{ code: 'approved', name, date: '2026-11-10' }, { code: 'inspected', name, date: '2026-11-20' }, { code: 'empty', name, date: '2026-11-22' }, { code: 'opening', name, date: '2026-11-30' }, { code: 'lessons', name, date: '2026-12-10' }]
const task = (id: string, milestone: string | null, date: string | null, state = 'assigned'): PathTask => ({ id, milestone, date, state })
const path = (tasks: PathTask[], today = '2026-11-15', day: string | null = '2026-11-30') => criticalPath(MILESTONES, tasks, day, today)

describe('critical path', () => {
  test('the first milestone up to the day that has open tasks holds the day; what is due at it is critical', () => {
    const found = path([task('a', 'approved', '2026-11-10', 'verified'), task('b', 'inspected', '2026-11-20'), task('c', null, '2026-11-17'), task('d', 'opening', '2026-11-30')])
    assert.equal(found.now?.code, 'inspected')
    assert.deepEqual([found.planned, found.left], [10, 10])
    assert.deepEqual(['b', 'c', 'd'].map((id) => [found.tasks.get(id)!.critical, found.tasks.get(id)!.slack]), [[true, 0], [false, 3], [false, 0]])
  })
  test('a late milestone tells by how much, and what is left of the days that the plan has after it', () => {
    const found = path([task('a', 'approved', '2026-11-10'), task('b', 'inspected', '2026-11-20')])
    assert.deepEqual([found.now?.code, found.now?.late, found.planned, found.left], ['approved', 5, 20, 15])
    assert.deepEqual([found.tasks.get('a')!.slack, found.tasks.get('a')!.critical], [-5, true])
  })
  test('a milestone without tasks passes with its day and holds nothing', () => {
    const found = path([task('d', 'opening', '2026-11-30')], '2026-11-22')
    assert.deepEqual(found.gates.map((gate) => gate.reached), [true, true, true, false, false])
    assert.equal(found.now?.code, 'opening')
  })
  test('reported is not open; withdrawn is not there; what is due after its milestone serves the next one', () => {
    const found = path([task('a', 'approved', '2026-11-10', 'reported'), task('b', 'approved', '2026-11-12'), task('c', 'opening', '2026-11-30', 'withdrawn')])
    assert.deepEqual([found.tasks.get('b')!.gate, found.tasks.get('b')!.slack, found.tasks.has('c')], ['inspected', 5, false])
  })
  test('nothing is critical of an event without a day, nor what comes after it', () => {
    assert.equal(path([task('a', 'approved', '2026-11-10')], '2026-11-15', null).now, null)
    assert.equal(path([task('z', 'lessons', '2026-12-10')]).now, null)
  })
})

describe('tasks that wait for others', () => {
  const after = (task: PathTask, code: string, ...waits: PathTask['after'] & object[]): PathTask => ({ ...task, code, after: waits })
  test('make what they wait for critical too, and take its slack, lag and all', () => {
    const found = path([after(task('a', null, '2026-11-17'), 'A'), after(task('b', 'inspected', '2026-11-20'), 'B', { task: 'A', days: 3 })], '2026-11-15')
    assert.deepEqual(['a', 'b'].map((id) => [found.tasks.get(id)!.slack, found.tasks.get(id)!.critical]), [[0, true], [0, true]])
    assert.equal(path([after(task('a', null, '2026-11-17'), 'A'), after(task('b', 'inspected', '2026-11-20'), 'B', { task: 'A' })]).tasks.get('a')!.slack, 3)
  })
  test('of a later milestone do not make it critical, and what is done holds nobody', () => {
    const found = path([after(task('a', 'inspected', '2026-11-20', 'verified'), 'A'), after(task('b', 'opening', '2026-11-30'), 'B', { task: 'A' }), after(task('c', 'opening', '2026-11-26'), 'C', { milestone: 'inspected' })], '2026-11-15')
    assert.deepEqual(['a', 'b', 'c'].map((id) => found.tasks.get(id)!.critical), [false, true, false])
  })
  test('in a ring still end', () => assert.equal(path([after(task('a', 'opening', '2026-11-30'), 'A', { task: 'B' }), after(task('b', 'opening', '2026-11-30'), 'B', { task: 'A' })]).tasks.size, 2))
})

test('a scale holds every day, in percent; weeks are written on a short one, months on a long one', () => {
  const scale = scaleOf(['2026-11-10', null, '2026-11-30'], 5)
  assert.deepEqual([scale, at(scale, '2026-11-05'), at(scale, '2026-11-20'), at(scale, '2027-01-01')], [{ from: '2026-11-05', days: 30 }, 0, 50, 100])
  assert.ok(ticks(scale).every((tick) => !tick.month && new Date(tick.day).getUTCDay() === 1))
  assert.ok(ticks(scaleOf(['2020-01-01', '2026-11-30'])).length <= 14)
})

describe('public holidays on a timeline', () => {
  const [tet, hung] = [{ vi: 'Tết', en: 'Lunar New Year' }, { vi: 'Giỗ Tổ', en: 'Hùng Kings' }]
  const offs = offsOf([{ day: '2027-02-05', off: tet }, { day: '2027-02-06', off: tet }, { day: '2027-02-07', off: hung }, { day: '2027-02-20', off: null }, { day: '2027-02-21', off: hung }, { day: '2027-02-23', off: hung }])
  const scale = { from: '2027-02-01', days: 50 }
  test('are spans: days of one name that follow one another; a day that is worked in exchange is none', () => {
    assert.deepEqual(offs.map(({ from, until, name }) => [from, until, name.vi]), [['2027-02-05', '2027-02-06', 'Tết'], ['2027-02-07', '2027-02-07', 'Giỗ Tổ'], ['2027-02-21', '2027-02-21', 'Giỗ Tổ'], ['2027-02-23', '2027-02-23', 'Giỗ Tổ']])
  })
  test('too near to be pointed at one by one have one mark that names them all; none is left out', () => {
    assert.deepEqual(offMarks(scale, offs, 5).map((mark) => [mark.at, mark.offs.length]), [[10, 2], [41, 2]])
    assert.deepEqual(offMarks(scale, offs, 0).map((mark) => mark.offs.length), [1, 1, 1, 1])
    assert.deepEqual(offMarks(scale, offs, 100).flatMap((mark) => mark.offs), offs)
    const ends = offsOf([{ day: '2027-02-01', off: tet }, { day: '2027-02-03', off: hung }, { day: '2027-03-22', off: tet }])
    assert.deepEqual(offMarks(scale, ends, 5).map((mark) => [mark.at, mark.offs.length]), [[2.5, 2], [97.5, 1]])
  })
  test('are told at their place, with so much room beside it, and nowhere else', () => {
    assert.deepEqual([offsAt(scale, offs, 9, 0), offsAt(scale, offs, 7, 0), offsAt(scale, offs, 7, 1)].map((found) => found.map((off) => off.from)), [['2027-02-05'], [], ['2027-02-05']])
  })
})
