// A CSV file as people send it: any separator of a spreadsheet, any line end, but UTF-8 only and whole. Says what is wrong by line.
import { fold, plain } from './text.ts'

export type CsvProblem = { line: number | null; code: keyof typeof csvProblems; data?: Record<string, unknown> }
export type CsvRow = { line: number; values: Record<string, string> }
export type Csv = { rows: CsvRow[]; problems: CsvProblem[]; /** Optional columns that the file has. */ columns: string[] }

export const csvProblems = {
  FILE_EMPTY: { vi: 'Tệp trống.', en: 'The file is empty.' },
  FILE_TOO_BIG: { vi: 'Tệp lớn {size} MB; nhiều nhất là {most} MB.', en: 'The file has {size} MB; the most is {most} MB.' },
  NOT_UTF8: {
    vi: 'Dòng {line}: tệp không phải UTF-8 (có vẻ là {guess}). Lưu lại dưới dạng "CSV UTF-8" rồi nhập lại.',
    en: 'Line {line}: the file is not UTF-8 (it looks like {guess}). Save it as "CSV UTF-8" and import again.',
  },
  GARBLED: {
    vi: 'Dòng {line}: chữ bị lỗi phông "{text}" (có vẻ từ bảng mã cũ). Lưu lại dưới dạng "CSV UTF-8" rồi nhập lại.',
    en: 'Line {line}: garbled letters "{text}" (from an old encoding, it seems). Save it as "CSV UTF-8" and import again.',
  },
  COLUMN_MISSING: { vi: 'Dòng 1: thiếu cột "{named}".', en: 'Line 1: the column "{named}" is missing.' },
  COLUMN_UNKNOWN: { vi: 'Dòng 1: không nhận cột "{column}". Các cột được nhận: {columns}.', en: 'Line 1: the column "{column}" is not taken here. Columns taken: {columns}.' },
  COLUMN_TWICE: { vi: 'Dòng 1: cột "{column}" có hai lần.', en: 'Line 1: the column "{column}" stands twice.' },
  NO_ROWS: { vi: 'Tệp chỉ có dòng tiêu đề.', en: 'The file holds a header and no rows.' },
  CUT_OFF: { vi: 'Dòng {line}: tệp bị cắt giữa chừng ở đây.', en: 'Line {line}: the file is cut off here.' },
  FIELDS: { vi: 'Dòng {line}: có {found} ô, tiêu đề có {wanted}.', en: 'Line {line}: {found} fields, but the header has {wanted}.' },
  NOT_A_SHEET: { vi: 'Không đọc được bảng tính này. Lưu lại dưới dạng .xlsx hoặc "CSV UTF-8" rồi nhập lại.', en: 'This spreadsheet cannot be read. Save it as .xlsx or "CSV UTF-8" and import again.' },
  QUOTE: { vi: 'Dòng {line}: dấu ngoặc kép không khớp.', en: 'Line {line}: a quotation mark that does not match.' },
} as const

export const MAX_CSV = 32 * 1024 * 1024
const MOST_PROBLEMS = 1000

/** `names`: how else the head of a column may be written; the first one is how an office writes it in Vietnamese. */
export type CsvShape = { required: readonly string[]; optional?: readonly string[]; names?: Readonly<Record<string, readonly string[]>> }

export function readCsv(bytes: Uint8Array | string, shape: CsvShape): Csv {
  const nothing = (problem: CsvProblem): Csv => ({ rows: [], problems: [problem], columns: [] })
  if (bytes.length > MAX_CSV) return nothing(tooBig(bytes.length))
  const text = typeof bytes === 'string' ? bytes : decode(bytes)
  if (typeof text !== 'string') return nothing(text)
  const body = text.startsWith('\ufeff') ? text.slice(1) : text
  if (body.trim() === '') return nothing({ line: null, code: 'FILE_EMPTY' })

  const { records, problems } = split(body, separatorOf(body))
  const [header, ...rest] = records
  const known = [...shape.required, ...(shape.optional ?? [])]
  const heads = new Map([...Object.entries(shape.names ?? {}).flatMap(([column, also]) => also.map((name) => [fold(name), column] as const)), ...known.map((column) => [fold(column), column] as const)])
  const names = (header?.fields ?? []).map((name) => heads.get(fold(name)) ?? name.trim().toLowerCase())
  const said = (column: string) => { const own = shape.names?.[column]?.[0]; return { vi: own ? `${own} (${column})` : column, en: column } }
  const all = { vi: known.map((column) => shape.names?.[column]?.[0] ?? column).join(', '), en: known.join(', ') }
  for (const column of shape.required) if (!names.includes(column)) problems.push({ line: 1, code: 'COLUMN_MISSING', data: { column, named: said(column) } })
  for (const [i, column] of names.entries()) {
    if (!known.includes(column)) problems.push({ line: 1, code: 'COLUMN_UNKNOWN', data: { column, columns: all } })
    else if (names.indexOf(column) !== i) problems.push({ line: 1, code: 'COLUMN_TWICE', data: { column } })
  }
  if (problems.some(({ line }) => line === 1)) return { rows: [], problems, columns: [] }

  const rows: CsvRow[] = []
  for (const [i, { line, fields }] of rest.entries()) {
    if (fields.length === 1 && fields[0]!.trim() === '') continue
    if (fields.length !== names.length) {
      const cut = i === rest.length - 1 && fields.length < names.length && !/[\r\n]$/.test(body)
      problems.push({ line, code: cut ? 'CUT_OFF' : 'FIELDS', data: { line, found: fields.length, wanted: names.length } })
      continue
    }
    const bad = fields.map((field) => garbled(field)).find(Boolean)
    if (bad) problems.push({ line, code: 'GARBLED', data: { line, text: bad } })
    else rows.push({ line, values: Object.fromEntries(names.map((name, at) => [name, fields[at]!])) })
    if (problems.length >= MOST_PROBLEMS) break
  }
  if (rows.length === 0 && problems.length === 0) problems.push({ line: null, code: 'NO_ROWS' })
  return { rows, problems: problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)), columns: (shape.optional ?? []).filter((column) => names.includes(column)) }
}

/** For a caller that knows the size before it reads the file. */
export const tooBig = (size: number): CsvProblem => ({ line: null, code: 'FILE_TOO_BIG', data: { size: Math.ceil(size / 1048576), most: MAX_CSV / 1048576 } })

function decode(bytes: Uint8Array): string | CsvProblem {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || bytes.subarray(0, 4096).includes(0)) return { line: 1, code: 'NOT_UTF8', data: { guess: 'UTF-16' } }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return wrongBytes(bytes)
  }
}

/** Finds the line of the first byte that is no UTF-8. At the very end it is a letter cut in two. */
function wrongBytes(bytes: Uint8Array): CsvProblem {
  let line = 1
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(10, start) < 0 ? bytes.length : bytes.indexOf(10, start) + 1
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end))
    } catch {
      const last = end === bytes.length && bytes[end - 1] !== 10
      const whole = new TextDecoder('utf-8').decode(bytes.subarray(start, end))
      const cut = last && whole.indexOf('\ufffd') === whole.length - 1
      return cut ? { line, code: 'CUT_OFF', data: { line } } : { line, code: 'NOT_UTF8', data: { guess: 'Windows-1258, TCVN3' } }
    }
    start = end
    line++
  }
  return { line, code: 'NOT_UTF8', data: { guess: 'Windows-1258, TCVN3' } }
}

// Letters of UTF-8 read as Windows-1252 (Ná»™i, HÃ ), of TCVN3 read as Latin-1 (Hµ Néi), the replacement character, and controls.
const GARBLED = /\ufffd|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|Ã[\u00a1-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ]|á[º»]|Æ°|Ä‘|\p{L}[µ¸¶·¹¨¬]|[µ¸¶·¹¨®¬]\p{L}/u
const garbled = (field: string): string | undefined => GARBLED.exec(field)?.[0]

const separatorOf = (body: string): string => {
  const end = body.search(/[\r\n]/)
  const header = end < 0 ? body : body.slice(0, end)
  return [',', ';', '\t'].map((s) => ({ s, n: header.split(s).length })).sort((a, b) => b.n - a.n)[0]!.s
}

type Split = { records: { line: number; fields: string[] }[]; problems: CsvProblem[] }

/** RFC 4180, with the line on which each record begins. Spaces around a field fall away. */
function split(body: string, separator: string): Split {
  const records: Split['records'] = []
  const problems: CsvProblem[] = []
  let fields: string[] = []
  let line = 1
  let began = 1
  for (let i = 0; i <= body.length;) {
    let value: string
    let next: number
    if (body[i] === '"') {
      const end = closingQuote(body, i)
      if (end < 0) {
        problems.push({ line: began, code: 'CUT_OFF', data: { line: began } })
        return { records, problems }
      }
      value = body.slice(i + 1, end).replaceAll('""', '"')
      line += value.split('\n').length - 1
      next = end + 1
      if (next < body.length && body[next] !== separator && !/[\r\n]/.test(body[next]!)) {
        problems.push({ line: began, code: 'QUOTE', data: { line: began } })
        return { records, problems }
      }
    } else {
      next = i
      while (next < body.length && body[next] !== separator && body[next] !== '\n' && body[next] !== '\r') next++
      value = body.slice(i, next)
    }
    fields.push(value.trim())
    if (body[next] === separator) {
      i = next + 1
      continue
    }
    records.push({ line: began, fields })
    fields = []
    i = next + (body[next] === '\r' && body[next + 1] === '\n' ? 2 : 1)
    began = ++line
    if (i >= body.length) break
  }
  return { records, problems }
}

function closingQuote(body: string, open: number): number {
  for (let i = body.indexOf('"', open + 1); i >= 0; i = body.indexOf('"', i + 2)) if (body[i + 1] !== '"') return i
  return -1
}

/** A cell of text in the form that is kept; `original` only where that changed something. */
export const cell = (value: string): { text: string; original?: string } => {
  const text = plain(value)
  return text === value ? { text } : { text, original: value.toWellFormed() }
}
