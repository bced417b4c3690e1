import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MAX_CSV, readCsv } from './csv.ts'
import { csvOf, xlsxStream } from './rows.ts'

const shape = { required: ['code', 'name'], optional: ['note'] }
const read = (text: string | Uint8Array) => readCsv(text, shape)
const codes = (text: string | Uint8Array) => read(text).problems.map(({ line, code }) => [line, code])

describe('CSV', () => {
  test('commas, semicolons or tabs; any line end; a byte order mark; columns in any order', () => {
    const rows = [{ line: 2, values: { code: '1', name: 'Xã Một' } }, { line: 3, values: { code: '2', name: 'Xã Hai' } }]
    for (const text of ['code,name\n1,Xã Một\n2,Xã Hai\n', '\ufeffCode; Name \r\n1; Xã Một\r\n2;Xã Hai', 'name\tcode\rXã Một\t1\rXã Hai\t2\r']) assert.deepEqual(read(text).rows, rows, text)
  })
  test('quotes hold separators, quotes and line ends; the line is that where the record begins', () => {
    const { rows, problems } = read('code,name\n1,"Một, ""hai""\nba"\n2,Bốn\n')
    assert.deepEqual(problems, [])
    assert.deepEqual(rows, [{ line: 2, values: { code: '1', name: 'Một, "hai"\nba' } }, { line: 4, values: { code: '2', name: 'Bốn' } }])
  })
  test('empty lines are passed over and do not shift the numbers', () => {
    assert.deepEqual(read('code,name\n\n1,Một\n\n\n2,Hai\n\n').rows.map(({ line }) => line), [3, 6])
  })
  test('an optional column that is there is named', () => {
    assert.deepEqual([read('code,name\n1,a\n').columns, read('code,name,note\n1,a,\n').columns], [[], ['note']])
  })
  test('a column that is missing, unknown or twice is named', () => {
    assert.deepEqual(read('code,nam,code\n1,a,b\n').problems.map(({ code, data }) => [code, data!['column']]), [['COLUMN_MISSING', 'name'], ['COLUMN_UNKNOWN', 'nam'], ['COLUMN_TWICE', 'code']])
  })
  test('what is not whole is told by its line', () => {
    assert.deepEqual(codes('code,name\n1,a\n2'), [[3, 'CUT_OFF']])
    assert.deepEqual(codes('code,name\n1,a\n2\n'), [[3, 'FIELDS']])
    assert.deepEqual(codes('code,name\n1,"a\n'), [[2, 'CUT_OFF']])
    assert.deepEqual(codes('code,name\n1,"a"b\n'), [[2, 'QUOTE']])
    assert.deepEqual(codes(Buffer.from('code,name\n1,Xã').subarray(0, -1)), [[2, 'CUT_OFF']])
    assert.deepEqual(codes('code,name\n'), [[null, 'NO_ROWS']])
  })
  test('another encoding is told, with the first line that shows it', () => {
    assert.deepEqual(codes(Buffer.from('\ufeffcode,name\n1,Xã\n', 'utf16le')), [[1, 'NOT_UTF8']])
    assert.deepEqual(codes(Buffer.from('code,name\n1,a\n2,X\xe3\n3,b\n', 'latin1')), [[3, 'NOT_UTF8']])
    assert.deepEqual(codes('code,name\n1,a\n2,HÃ  Ná»™i\n'), [[3, 'GARBLED']])
    assert.deepEqual(codes('code,name\n1,Hµ Néi\n'), [[2, 'GARBLED']])
    assert.deepEqual(codes('code,name\n1,XÃ TÂN LẬP – 200 m² số 5 «B» & "C"; 50 %\n'), [])
  })
  test('too much is not even looked at', () => {
    assert.deepEqual(codes(new Uint8Array(MAX_CSV + 1)), [[null, 'FILE_TOO_BIG']])
  })
})

test('a spreadsheet read as CSV keeps its line numbers, its zeros and its commas', async () => {
  const lines = [['01', 'Tỉnh Một, cũ'], ['', ''], ['002', 'Xã "Hai"']]
  const bytes = new Uint8Array(await new Response(xlsxStream('S', ['code', 'name'], (async function* () { yield* lines })())).arrayBuffer())
  assert.deepEqual(read(await csvOf(bytes)).rows, [{ line: 2, values: { code: '01', name: 'Tỉnh Một, cũ' } }, { line: 4, values: { code: '002', name: 'Xã "Hai"' } }])
  const plain = new TextEncoder().encode('code,name\n1,Một\n')
  assert.equal(await csvOf(plain), plain)
})
