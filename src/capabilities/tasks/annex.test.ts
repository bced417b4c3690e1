// The annex as data: rows pasted from Word or Excel with units by name and dates as people write them; another lead unit for a task.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { populate } from '../../../tests/scene.ts'
import { openSearch } from '../units/store/search.ts'
import type { ImportColumn } from './contract/imports.ts'
import { tasksRoutes } from './routes.ts'

const UNITS = `code,name,kind,parent_code
VN,Việt Nam,nation,
01,Tỉnh Một,province,VN
02,Tỉnh Hai,province,VN
101,Xã Tân Lập,commune,01
102,Phường Hoà Bình,commune,01
103,"Sở Văn hóa, Thể thao và Du lịch",department,01
104,Sở Y tế,department,01
201,Xã Tân Lập,commune,02
202,Sở Y tế,department,02
`
const NOW = new Date('2026-03-02T02:00:00Z')
const routes = tasksRoutes({ findUnits: openSearch().find, zone: 'Asia/Tokyo' })
let unit: Record<string, string> = {}
let t: TestDb
const id = () => uuidv7(NOW)
const as = (lang: 'vi' | 'en' = 'vi') => ({ context: t.as(OPERATOR, { at: NOW, lang }) })
const HEAD = ['STT', 'Nội dung', 'Chủ trì', 'Phối hợp', 'Thời hạn', 'Sản phẩm']
type More = { columns?: (ImportColumn | null)[]; units?: { text: string; unitId: string | null }[]; without?: number[] }
const preview = (table: string[][], issuer = 'VN', more: More = {}) => call(routes.previewImport, { table, issuerUnitId: unit[issuer]!, ...more }, as())
const read = <R>(query: ReturnType<typeof sql<R>>) => rows<R>(t.db as never, query)

before(async () => {
  t = await freshDb(schemaFolders, projectors)
  unit = await populate(t, UNITS, new Date('2026-02-01T02:00:00Z'))
})

describe('rows pasted', () => {
  test('units are found without accents, shortened, with the body before their name; a list is cut where units end', async () => {
    const seen = await preview([HEAD, ['1', 'Một', 'p. hoa binh', 'Tỉnh Hai, Sở Văn hóa, Thể thao và Du lịch', '15/3', 'Báo cáo'], ['2', 'Hai', 'UBND T. Một', '- Tỉnh Hai\n- 101; 102', 'tháng 5/2026', ''], ['3', 'Ba', '101', 'Tỉnh Hai và phường Hòa Bình', '', '']])
    assert.deepEqual(seen.problems, [])
    assert.deepEqual(seen.sample.map((row) => [row.unit, row.supporting, row.due]), [
      ['Phường Hoà Bình', ['Tỉnh Hai', 'Sở Văn hóa, Thể thao và Du lịch'], '2026-03-15'], ['Tỉnh Một', ['Tỉnh Hai', 'Xã Tân Lập', 'Phường Hoà Bình'], '2026-05-31'], ['Xã Tân Lập', ['Tỉnh Hai', 'Phường Hoà Bình'], null]])
  })
  test('two units of one name are asked about once; below the issuing unit there is only one', async () => {
    const table = [HEAD, ['1', 'Một', 'Sở Y tế', '', '', ''], ['2', 'Hai', 'so y te', '', '', '']]
    const asked = await preview(table)
    assert.deepEqual([asked.previewId, asked.asked.map((one) => [one.text, one.lines, one.choices.map((choice) => choice.code).sort()]), asked.problems.map((one) => one.line)], [null, [['Sở Y tế', 2, ['104', '202']]], [2, 3]])
    const told = await preview(table, 'VN', { units: [{ text: 'Sở Y tế', unitId: unit['202']! }] })
    assert.ok(told.previewId)
    assert.deepEqual((await preview(table, '01')).problems, [])
  })
  test('words that name no unit are asked about where they support, and may be left out; who leads must be named', async () => {
    const table = [HEAD, ['1', 'Một', 'Tỉnh Một', 'các xã, phường', '', ''], ['2', 'Hai', 'Sở Chưa Có', '', '', '']]
    const seen = await preview(table)
    assert.deepEqual(seen.problems.map((one) => [one.line, one.column]), [[2, 'supporting'], [3, 'unit']])
    const told = await preview(table, 'VN', { units: seen.asked.map((one) => ({ text: one.text, unitId: null })), without: [3] })
    assert.deepEqual([told.rows, told.problems, told.sample[0]!.supporting], [1, [], []])
  })
  test('one order a row, due at the end of the day in the zone of the installation, taken back as one', async () => {
    const { previewId } = await preview([['1', 'Dán một', '101', '', '15/3', 'Báo cáo'], ['2', 'Dán hai', '102', '', 'thường xuyên', '']])
    const done = await call(routes.import, { orderId: id(), previewId: previewId! }, as())
    assert.ok(done.results.every((one) => one.ok))
    const found = (await call(routes.list, { unit: unit['01']!, q: 'dan' }, as())).items
    assert.deepEqual(found.map((row) => [row.title, row.product, row.due?.at ?? null, row.due?.zone ?? null]), [['Dán một', 'Báo cáo', '2026-03-15T14:59:59.999Z', 'Asia/Tokyo'], ['Dán hai', null, null, null]])
    assert.ok((await call(routes.undoImport, { orderId: id(), importId: done.importId }, as())).results.every((one) => one.ok))
  })
})

describe('another lead unit', () => {
  const totals = async (code: string) => (await read(sql<{ total: number }>`select coalesce(sum(total), 0)::int as total from task_totals where unit_id = ${unit[code]}::uuid`))[0]!.total
  const fold = () => catchUp(t, followers.filter((one) => one.name.startsWith('tasks.')), NOW, true)
  const give = () => call(routes.assign, { orderId: id(), issuerUnitId: unit['VN']!, unitId: unit['101']!, supportingUnitIds: [unit['102']!], title: 'Trực', due: '2026-03-31' }, as())
  test('takes the task over with its counts, and no longer only supports it', async () => {
    await fold()
    const [a, b] = [await totals('101'), await totals('102')]
    const { taskId } = await give()
    await call(routes.edit, { orderId: id(), taskId, expectedVersion: 1, unitId: unit['102']! }, as())
    await fold()
    const task = await call(routes.get, { taskId }, as())
    assert.deepEqual([task.unit.code, task.supporting, task.version, await totals('101'), await totals('102')], ['102', [], 2, a, b + 1])
  })
  test('is what the second editor hears', async () => {
    const { taskId } = await give()
    await call(routes.edit, { orderId: id(), taskId, expectedVersion: 1, unitId: unit['104']! }, as())
    await assert.rejects(call(routes.edit, { orderId: id(), taskId, expectedVersion: 1, product: 'x' }, as()), (error: { code: string; data: object }) => { assert.deepEqual([error.code, error.data], ['CHANGED', { version: 2, changed: ['unitId'] }]); return true })
  })
  test('not while parts were passed on', async () => {
    const { taskId } = await call(routes.assign, { orderId: id(), issuerUnitId: unit['VN']!, unitId: unit['01']!, title: 'Trực', due: '2026-03-31' }, as())
    await call(routes.split, { orderId: id(), taskId, parts: [{ unitId: unit['101']! }] }, as())
    await assert.rejects(call(routes.edit, { orderId: id(), taskId, expectedVersion: 1, unitId: unit['02']! }, as()), { code: 'LEAD_HAS_PARTS' })
  })
})

test('a wrong cell is corrected by the sender, also in a column that the table has not', async () => {
  const table = [['Việc một', 'Tỉnh Một', '', 'sớm', '']]
  const first = await preview(table)
  assert.deepEqual([first.previewId, first.problems.map((one) => one.column)], [null, ['due']])
  const cells = [{ line: 1, column: 'due' as const, text: '31/12/2099' }, { line: 1, column: 'title' as const, text: 'Việc khác' }, { line: 1, column: 'priority' as const, text: 'khẩn' }]
  const seen = await preview(table, 'VN', { cells } as never)
  assert.deepEqual([seen.problems, seen.sample[0]!.title, seen.sample[0]!.due, seen.sample[0]!.written.priority], [[], 'Việc khác', '2099-12-31', 'khẩn'])
  assert.ok(seen.previewId)
})
