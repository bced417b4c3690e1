// Two moments of a report: its words too, and rows of tables known again where they moved.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Form } from './contract/form.ts'
import { compared } from '../journals/decide/compare.ts'
import { matchRows, traceName, traceReport } from './decide/trace.ts'

const label = (vi: string) => ({ vi, en: vi })
const FORM = { code: 'f', name: label('F'), sections: [{ title: label('A'), fields: [
  { code: 'said', kind: 'text', label: label('Lời') },
  { code: 'sites', kind: 'table', label: label('Nơi'), most: 20, columns: [{ code: 'name', kind: 'text', label: label('Tên') }, { code: 'n', kind: 'number', label: label('Số') }] },
] }] } as unknown as Form
type Given = { said?: string; sites: [name: string, n: number | null][] }
const HEAD = { numbers: [], files: [], late: false }
const told = (was: Given, now: Given, kept: 'both' | 'later' = 'both') => {
  const words = ({ said, sites }: Given) => JSON.stringify({ said, sites: sites.map(([name]) => ({ name })) })
  const fact = (id: string, { sites }: Given) => ({ ...HEAD, words: { id, hash: 'h' }, rest: { sites: sites.map(([, n]) => ({ n })) } })
  const known = { form: JSON.stringify(FORM), 'words:a': kept === 'both' ? words(was) : null, 'words:b': words(now) }
  const { fields } = compared([{ position: 1, type: 'report.submitted.v1', fact: fact('a', was) }, { position: 2, type: 'report.corrected.v1', fact: fact('b', now) }], 1, 2, { read: [traceReport as never], fields: {}, match: matchRows }, 'r', known)
  return fields.map(({ field, before, after }) => [traceName(FORM, field.replace('figure:', ''))!.vi, before, after])
}

test('a row put in the middle is the one that came: those after it are as they were', () => {
  assert.deepEqual(told({ sites: [['Chợ', 1], ['Đình', 2], ['Bến', 3]] }, { sites: [['Chợ', 1], ['Sân', 9], ['Đình', 2], ['Bến', 3]] }), [['Nơi (số dòng)', 3, 4], ['Nơi, dòng 2 (thêm), Tên', null, 'Sân'], ['Nơi, dòng 2 (thêm), Số', null, 9]])
})
test('a row taken out is the one that went; what changed in one that moved says where it was', () => {
  assert.deepEqual(told({ sites: [['Chợ', 1], ['Đình', 2], ['Bến', 3]] }, { sites: [['Đình', 2], ['Bến', 5]] }), [['Nơi (số dòng)', 3, 2], ['Nơi, dòng 1 (đã bỏ), Tên', 'Chợ', null], ['Nơi, dòng 1 (đã bỏ), Số', 1, null], ['Nơi, dòng 2 (trước là dòng 3), Số', 3, 5]])
})
test('a row is known again by its first column before it is by its place; without one, by its place', () => {
  assert.deepEqual(told({ sites: [['Chợ', 1], ['Đình', 2]] }, { sites: [['Sân', 7], ['Chợ', 4], ['Đình', 2]] }), [['Nơi (số dòng)', 2, 3], ['Nơi, dòng 1 (thêm), Tên', null, 'Sân'], ['Nơi, dòng 1 (thêm), Số', null, 7], ['Nơi, dòng 2 (trước là dòng 1), Số', 1, 4]])
  assert.deepEqual(told({ sites: [['', 1], ['', 2]] }, { sites: [['', 1], ['', 3]] }), [['Nơi, dòng 2, Số', 2, 3]])
})
test('words are compared as long as they are kept; erased ones say so', () => {
  const [was, now] = [{ said: 'Thiếu đèn', sites: [] }, { said: 'Đủ đèn', sites: [] }] as [Given, Given]
  assert.deepEqual(told(was, now), [['Lời', 'Thiếu đèn', 'Đủ đèn']])
  assert.deepEqual(told(was, now, 'later'), [['Lời', { vi: '(lời đã xóa)', en: '(words erased)' }, 'Đủ đèn']])
  assert.deepEqual(told(was, { ...was }), [])
})
