// Tables that people keep in files: CSV and XLSX in, as rows of text; CSV and XLSX out, as a stream. The only place that names the libraries for them.
import { parse } from 'csv-parse/sync'
import { streamXlsxRows, writeXlsxStream } from 'hucre/xlsx'

/** `line` counts from 1, as the program that shows the file counts. */
export type TableRow = { line: number; cells: string[] }
export type TableProblem = 'FILE_EMPTY' | 'NOT_UTF8' | 'NOT_A_TABLE' | 'TOO_MANY_ROWS' | 'TOO_MANY_COLUMNS'
export class NotATable extends Error {
  problem: TableProblem
  constructor(problem: TableProblem) {
    super(problem)
    this.problem = problem
  }
}
export type Cell = string | number | Date | null

const MOST_COLUMNS = 200
/** An XLSX unpacks to many times its size: what is read is bounded by cells, not by bytes. */
const MOST_CELL = 32_767

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

export async function readTable(bytes: Uint8Array, mostRows: number): Promise<TableRow[]> {
  if (bytes.length === 0) throw new NotATable('FILE_EMPTY')
  const rows = isZip(bytes) ? await fromXlsx(bytes, mostRows) : fromCsv(bytes, mostRows)
  if (rows.length > mostRows) throw new NotATable('TOO_MANY_ROWS')
  if (rows.length === 0) throw new NotATable('FILE_EMPTY')
  return rows
}

const MOST_ROWS = 200_000
/** An XLSX as the CSV of its first sheet, each row on its own line number; CSV as it is. What has rules of its own for CSV takes both this way. */
export async function csvOf(bytes: Uint8Array): Promise<Uint8Array> {
  if (!isZip(bytes)) return bytes
  const rows = await readTable(bytes, MOST_ROWS)
  const width = rows[0]!.cells.length
  const lines: string[] = Array.from({ length: rows.at(-1)!.line }, () => '')
  for (const { line, cells } of rows) lines[line - 1] = Array.from({ length: Math.max(width, cells.findLastIndex(Boolean) + 1) }, (_, i) => quoted(cells[i] ?? '')).join(',')
  return new TextEncoder().encode(`${lines.join('\n')}\n`)
}

function fromCsv(bytes: Uint8Array, mostRows: number): TableRow[] {
  // What a spreadsheet calls Unicode text is UTF-16; without its mark every second byte is nothing, which UTF-8 lets pass.
  if (bytes.subarray(0, 4096).includes(0)) throw new NotATable('NOT_UTF8')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new NotATable('NOT_UTF8')
  }
  const first = text.slice(0, text.search(/\r?\n|$/))
  const delimiter = [';', '\t', ','].map((mark) => ({ mark, n: first.split(mark).length })).sort((a, b) => b.n - a.n)[0]!.mark
  try {
    const found = parse(text, { delimiter, bom: true, relax_column_count: true, skip_empty_lines: true, info: true, to: mostRows + 1, max_record_size: 1_000_000 }) as unknown as { info: { lines: number }; record: string[] }[]
    return found.map(({ info, record }) => ({ line: info.lines, cells: checked(record.map(clean)) })).filter((row) => row.cells.some(Boolean))
  } catch (error) {
    if (error instanceof NotATable) throw error
    throw new NotATable('NOT_A_TABLE')
  }
}

async function fromXlsx(bytes: Uint8Array, mostRows: number): Promise<TableRow[]> {
  const rows: TableRow[] = []
  try {
    for await (const row of streamXlsxRows(bytes, { maxRows: mostRows + 1 })) {
      const cells = checked(row.values.map((value) => clean(textOf(value))))
      if (cells.some(Boolean)) rows.push({ line: row.index + 1, cells })
    }
  } catch (error) {
    if (error instanceof NotATable) throw error
    throw new NotATable('NOT_A_TABLE')
  }
  return rows
}

/** As `readTable`, but a number in a spreadsheet stays a number: there is no doubt which mark groups. */
export async function readCells(bytes: Uint8Array, mostRows: number): Promise<{ line: number; cells: (string | number)[] }[]> {
  if (!isZip(bytes)) return readTable(bytes, mostRows)
  const rows: { line: number; cells: (string | number)[] }[] = []
  try {
    for await (const row of streamXlsxRows(bytes, { maxRows: mostRows + 1 })) {
      if (row.values.length > MOST_COLUMNS) throw new NotATable('TOO_MANY_COLUMNS')
      rows.push({ line: row.index + 1, cells: row.values.map((value) => (typeof value === 'number' ? value : clean(textOf(value)))) })
    }
  } catch (error) {
    if (error instanceof NotATable) throw error
    throw new NotATable('NOT_A_TABLE')
  }
  if (rows.length > mostRows) throw new NotATable('TOO_MANY_ROWS')
  if (rows.length === 0) throw new NotATable('FILE_EMPTY')
  return rows
}

function checked(cells: string[]): string[] {
  if (cells.length > MOST_COLUMNS) throw new NotATable('TOO_MANY_COLUMNS')
  return cells
}
const clean = (text: string): string => text.normalize('NFC').replace(/[\s\u00a0]+/gu, ' ').trim()
const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : value instanceof Date ? day(value) : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
/** A cell with a date: its day, and its time of day if it has one. Spreadsheets know no zone. */
const day = (value: Date): string => (Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(11, 19) === '00:00:00' ? value.toISOString().slice(0, 10) : value.toISOString().slice(0, 16).replace('T', ' '))

/** What a spreadsheet would run as a formula is written as text. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+$/.test(text) ? `'${text}` : text)
const quoted = (text: string): string => (/[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const csvLine = (cells: Cell[]): string => `${cells.map((cell) => (cell === null ? '' : cell instanceof Date ? cell.toISOString() : typeof cell === 'number' ? String(cell) : quoted(harmless(cell)))).join(',')}\r\n`

/** UTF-8 with a byte order mark, without which spreadsheets garble Vietnamese. */
export function csvStream(header: string[], rows: AsyncIterable<Cell[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const source = (async function* () {
    yield encoder.encode(`\ufeff${csvLine(header)}`)
    let part = ''
    for await (const row of rows) {
      part += csvLine(row)
      if (part.length > 32_768) { yield encoder.encode(part); part = '' }
    }
    if (part) yield encoder.encode(part)
  })()
  return new ReadableStream({
    async pull(to) {
      const { value, done } = await source.next()
      if (done) to.close(); else to.enqueue(value)
    },
    async cancel() { await source.return(undefined) },
  })
}

export const xlsxStream = (sheet: string, header: string[], rows: AsyncIterable<Cell[]>): ReadableStream<Uint8Array> =>
  writeXlsxStream((async function* () { for await (const row of rows) yield row.map((cell) => (typeof cell === 'string' ? cell.slice(0, MOST_CELL) : cell)) })(), { name: sheet, columns: header.map((name) => ({ header: name })), freezePane: { rows: 1 } })
