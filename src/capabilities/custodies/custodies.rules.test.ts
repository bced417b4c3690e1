// The rules of custody as sentences: nothing above the ceiling, nobody without an end, no number twice, a grade goes down only by a paper.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GRADES, above, upTo } from '../../pure/grades.ts'
import { setCeiling } from '../settings/decide.ts'
import { destroyCopy, endReader, giveCopy, gradeNew, markOf, nameReader, orderPrint, setGrade, takeBack, unfitFiles } from './decide.ts'
import type { CustodyRow } from './decide.ts'

const AT = new Date('2026-03-04T02:00:00Z')
const why = { id: 't', hash: 'h' }
const row = (more: Partial<CustodyRow> = {}): CustodyRow => ({ recordId: 'r', kind: 'plan', grade: 'secret', here: true, version: 2, copies: 3, prints: 1, ...more })
const said = (x: object) => ('refused' in x ? x.refused : 'taken')
const idOf = (of: string) => of

test('grades have one order, and a server takes what is not above its ceiling', () => {
  assert.deepEqual(GRADES.map((ceiling) => upTo(ceiling).length), [1, 2, 3, 4])
  assert.deepEqual([above('secret', 'confidential'), above('secret', 'secret'), above('none', 'none')], [true, false, false])
  const made = (grade: (typeof GRADES)[number]) => said(gradeNew('r', 'plan', grade, 'confidential', { personId: 'p', units: [] }, idOf, AT))
  assert.deepEqual([made('confidential'), made('secret'), made('top_secret')], ['taken', 'GRADE_ABOVE', 'GRADE_ABOVE'])
})
test('whoever makes a graded record, and the offices it is sent to, are named with it, each for a year', () => {
  const made = gradeNew('r', 'paper', 'secret', 'secret', { personId: 'p', units: ['u', 'v'] }, idOf, AT)
  assert.ok('facts' in made)
  assert.deepEqual(made.facts.map((f) => (f.type === 'reader.named.v1' ? [f.way, f.personId, f.unitId, f.until.slice(0, 10)] : f.grade)), ['secret', ['author', 'p', null, '2027-03-04'], ['recipient', null, 'u', '2027-03-04'], ['recipient', null, 'v', '2027-03-04']])
})
test('a grade is raised by an order, lowered or lifted only by a paper, never above the ceiling; who grades what was not graded is named', () => {
  const set = (grade: (typeof GRADES)[number], basis: string | null = null, more: Partial<CustodyRow> = {}, expected = 2) => said(setGrade(row(more), expected, 'secret', { grade, basis, reason: why }, 'p', idOf, AT))
  assert.deepEqual([set('confidential'), set('confidential', '12/QĐ'), set('none'), set('none', '12/QĐ'), set('secret'), set('top_secret', '1'), set('secret', null, { grade: 'confidential' }), set('none', '1', {}, 1), set('none', '1', { here: false })],
    ['GRADE_BASIS', 'taken', 'GRADE_BASIS', 'taken', 'GRADE_SAME', 'GRADE_ABOVE', 'taken', 'CHANGED', 'GRADE_NOT_HERE'])
  const first = setGrade(row({ grade: 'none', version: 0 }), 0, 'secret', { grade: 'confidential', basis: null, reason: why }, 'p', idOf, AT)
  assert.deepEqual('facts' in first && first.facts.map(({ type }) => type), ['record.graded.v1', 'reader.named.v1'])
})
test('a reader has a beginning, an end within two years, and is named once', () => {
  const name = (until: string, known = true, twice = false, more: Partial<CustodyRow> = {}) => said(nameReader(row(more), known, twice, { personId: 'p', unitId: null, readerId: 'x', from: AT, until: new Date(until), why }))
  assert.deepEqual([name('2026-06-01'), name('2026-03-01'), name('2028-06-01'), name('2026-06-01', false), name('2026-06-01', true, true), name('2026-06-01', true, false, { grade: 'none' })], ['taken', 'READER_UNTIL', 'READER_UNTIL', 'READER_UNKNOWN', 'READER_TWICE', 'NOT_GRADED'])
  assert.deepEqual([said(endReader(row(), 'x', true)), said(endReader(row(), 'x', false))], ['taken', 'READER_ENDED'])
})
test('copies are numbered on, come back once, and are destroyed once, also after the grade was lifted', () => {
  const given = giveCopy(row(), true, { personId: null, unitId: 'u' })
  assert.equal('answer' in given && given.answer.n, 4)
  const out = { returned: false, destroyed: false }
  assert.deepEqual([said(takeBack(row(), out, 1)), said(takeBack(row(), { ...out, returned: true }, 1)), said(destroyCopy(row({ grade: 'none' }), { ...out, returned: true }, 1, 'BB 3')), said(destroyCopy(row(), { ...out, destroyed: true }, 1, 'BB 3')), said(takeBack(row(), undefined, 9)), said(giveCopy(row({ grade: 'none' }), true, { personId: null, unitId: 'u' }))],
    ['taken', 'COPY_OUT', 'taken', 'COPY_GONE', 'COPY_UNKNOWN', 'NOT_GRADED'])
})
test('a print is counted; of what stands here by its number alone there is nothing to print', () => {
  const ordered = orderPrint(row(), 'x', 2, why)
  assert.deepEqual(['answer' in ordered && ordered.answer.n, said(orderPrint(row({ here: false }), 'x', 2, why)), said(orderPrint(undefined, 'x', 2, why))], [2, 'GRADE_NOT_HERE', 'NOT_FOUND'])
})
test('a file is never graded higher than its record, and a graded record takes what can be marked', () => {
  const [pdf, docx] = [{ type: 'application/pdf' }, { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' }]
  assert.deepEqual([unfitFiles('none', [docx], 'none'), unfitFiles('none', [pdf], 'confidential'), unfitFiles('secret', [pdf], 'confidential'), unfitFiles('confidential', [docx], 'none')], [undefined, 'FILE_GRADE', undefined, 'FILE_UNMARKED'])
  assert.equal(markOf('secret', 'Nguyễn Văn A', '09:00 04/03/2026', 'vi'), 'TỐI MẬT · Nguyễn Văn A · 09:00 04/03/2026')
})
test('the ceiling is set by who administers every root, who just showed who they are, and never below what lies here', () => {
  const set = (more: { may?: boolean; fresh?: boolean; version?: number; above?: number; ceiling?: (typeof GRADES)[number] }) => said(setCeiling(more.may ?? true, more.fresh ?? true, { ceiling: 'none', version: 3 }, more.version ?? 3, more.ceiling ?? 'secret', more.above ?? 0))
  assert.deepEqual([set({}), set({ may: false }), set({ fresh: false }), set({ version: 2 }), set({ above: 1 }), set({ ceiling: 'none' })], ['taken', 'FORBIDDEN', 'SIGN_IN_AGAIN', 'CHANGED', 'CEILING_HOLDS', 'CEILING_SAME'])
})
