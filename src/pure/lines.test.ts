import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupLines } from './lines.ts'

test('the same fault of many lines is told once, at its first line; what names no line, or another, stands for itself', () => {
  const bad = (line: number) => ({ line, message: `Dòng ${line}: thiếu tên.` })
  assert.deepEqual(groupLines([bad(3), { line: 4, message: 'Dòng 4: mã 9 đã có ở dòng 2.' }, bad(7), { line: null, message: 'Tệp trống.' }, { line: 1, message: 'Dòng 1, cột 2: sai.' }, bad(12)]), [
    { lines: [3, 7, 12], text: 'thiếu tên.', note: false }, { lines: [4], text: 'Dòng 4: mã 9 đã có ở dòng 2.', note: false }, { lines: [], text: 'Tệp trống.', note: false }, { lines: [1], text: 'Dòng 1, cột 2: sai.', note: false },
  ])
})
