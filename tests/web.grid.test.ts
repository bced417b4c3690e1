// What the grid does to cells: ranges to and from a spreadsheet, filled, cleared, rows moved.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleared, copied, filledDown, moved, pasted, readCell } from '../src/web/kit/grid-cells.ts'
import type { GridColumn, GridRow } from '../src/web/kit/grid-cells.ts'

const columns: GridColumn[] = [{ id: 'code', head: 'Mã', width: 50 }, { id: 'stream', head: 'Mảng', width: 50, as: 'select', options: [{ value: 'a', label: 'Địa điểm', also: ['Sites'] }, { value: 'b', label: 'Giao thông' }] }, { id: 'on', head: 'Xã', width: 50, as: 'tick' }]
const rows = (): GridRow[] => ['T1', 'T2', 'T3'].map((code) => ({ id: code, cells: { code, stream: 'a', on: '' } }))
const fresh = (): GridRow => ({ id: 'new', cells: {} })
const cells = (of: readonly GridRow[]) => of.map((row) => columns.map((column) => row.cells[column.id] ?? ''))

test('a range goes out as a spreadsheet reads it and comes back the same', () => {
  const text = copied(rows(), columns, { top: 0, bottom: 1, left: 0, right: 2 })
  assert.equal(text, 'T1\tĐịa điểm\t\nT2\tĐịa điểm\t')
  assert.deepEqual(cells(pasted(rows(), columns, { top: 0, bottom: 0, left: 0, right: 0 }, text, fresh).rows), cells(rows()))
})
test('rows that are missing are made; a word of the choice is found without accents; what is beyond the last column is left out', () => {
  assert.equal(readCell(columns[1]!, 'SITES'), 'a', 'the word of the other language')
  const made = pasted(rows(), columns, { top: 2, bottom: 2, left: 0, right: 0 }, 'T9\tgiao thong\tx\tover\nT10\tb\tkhông', fresh)
  assert.deepEqual(cells(made.rows).slice(2), [['T9', 'b', 'x'], ['T10', 'b', '']])
  assert.deepEqual(made.range, { top: 2, bottom: 3, left: 0, right: 2 })
  assert.equal(made.over, 1, 'the row that was there is told, those that were made are not')
})
test('one cell fills the range; a cell with lines and quotes is one cell', () => {
  assert.deepEqual(cells(pasted(rows(), columns, { top: 0, bottom: 2, left: 0, right: 0 }, 'A', fresh).rows).map(([code]) => code), ['A', 'A', 'A'])
  assert.equal(pasted(rows(), columns, { top: 0, bottom: 0, left: 0, right: 0 }, '"hai\ndòng ""một"""\tb', fresh).rows[0]!.cells.code, 'hai dòng "một"')
})
test('what a spreadsheet would compute goes out quoted, and comes back as it was', () => {
  const text = copied([{ id: 'x', cells: { code: '=1+1' } }], columns, { top: 0, bottom: 0, left: 0, right: 0 })
  assert.equal(text, "'=1+1")
  assert.equal(pasted(rows(), columns, { top: 0, bottom: 0, left: 0, right: 0 }, text, fresh).rows[0]!.cells.code, '=1+1')
})
test('filled down, cleared, moved up and down', () => {
  assert.deepEqual(cells(filledDown(rows(), columns, { top: 0, bottom: 2, left: 0, right: 0 })).map(([code]) => code), ['T1', 'T1', 'T1'])
  assert.deepEqual(cells(cleared(rows(), columns, { top: 1, bottom: 1, left: 0, right: 1 }))[1], ['', '', ''])
  assert.deepEqual([moved([1, 2, 3, 4], 1, 2, 0), moved([1, 2, 3, 4], 0, 1, 4), moved([1, 2, 3, 4], 1, 1, 3)], [[2, 3, 1, 4], [3, 4, 1, 2], [1, 3, 2, 4]])
  assert.deepEqual(['x', 'Có', '', 'Không', '0'].map((text) => readCell(columns[2]!, text)), ['x', 'x', '', '', ''])
})
