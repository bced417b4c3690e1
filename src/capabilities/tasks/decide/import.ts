// What a line of an imported table must hold: a file with headings of its own, or the annex every office writes: STT, nội dung, chủ trì, phối hợp, thời hạn, sản phẩm.
import { fold } from '../../../pure/text.ts'
import { readDue } from '../../../pure/due.ts'
import { readNumber } from '../../../pure/numbers.ts'
import type { TableRow } from '../../../pure/rows.ts'
import { IMPORT_COLUMNS } from '../contract/imports.ts'
import type { ImportColumn } from '../contract/imports.ts'

/** Headings, folded. */
const HEADINGS: Record<ImportColumn, string[]> = {
  n: ['stt', 'tt', 'so tt', 'no', 'so thu tu'],
  title: ['title', 'task', 'nhiem vu', 'noi dung', 'noi dung nhiem vu', 'ten nhiem vu', 'cong viec', 'noi dung cong viec'],
  unit: ['unit', 'unit code', 'lead unit', 'lead', 'don vi', 'ma don vi', 'don vi chu tri', 'chu tri', 'ma don vi chu tri', 'don vi thuc hien', 'co quan thuc hien'],
  supporting: ['supporting', 'supporting units', 'phoi hop', 'don vi phoi hop'],
  due: ['due', 'due date', 'deadline', 'thoi han', 'han', 'ngay den han', 'han hoan thanh', 'thoi gian', 'tien do'],
  product: ['product', 'san pham', 'ket qua'], workstream: ['workstream', 'mang cong tac', 'linh vuc'], priority: ['priority', 'uu tien', 'muc uu tien'],
  target: ['target', 'chi tieu'], target_unit: ['target unit', 'don vi tinh', 'dvt'], evidence: ['evidence', 'minh chung', 'loai minh chung'],
}
/** Words inside a longer heading: “Cơ quan, đơn vị chủ trì”, “Thời gian hoàn thành”, “Sản phẩm, kết quả đầu ra”. */
const WITHIN: [RegExp, ImportColumn][] = [[/\bphoi hop\b/, 'supporting'], [/\bchu tri\b/, 'unit'], [/\b(thoi han|thoi gian|han hoan thanh)\b/, 'due'], [/\bsan pham\b/, 'product'], [/\b(noi dung|nhiem vu|cong viec)\b/, 'title']]
const PRIORITIES: Record<string, 'low' | 'normal' | 'high'> = { low: 'low', thap: 'low', normal: 'normal', thuong: 'normal', 'binh thuong': 'normal', high: 'high', cao: 'high', gap: 'high', khan: 'high' }

export type ImportLine = {
  line: number; title: string; /** As written: names, abbreviations or codes. */ unit: string; supporting: string; due: string | null; dueWritten: string; written: { unit: string; supporting: string; target: string; target_unit: string; priority: string }; workstream: string; priority: 'low' | 'normal' | 'high'
  target: { kind: 'number' | 'percent' | 'all'; count: number; unit: string } | null; product: string | null; evidenceKind: string | null
}
export type ImportProblem = { line: number; column: string | null; code: keyof typeof importProblems; data?: Record<string, unknown> }
export const importProblems = {
  COLUMN_MISSING: { vi: 'Thiếu cột “{column}”.', en: 'The column “{column}” is missing.' },
  TITLE_MISSING: { vi: 'Chưa có nội dung nhiệm vụ.', en: 'The title is missing.' },
  TITLE_LONG: { vi: 'Nội dung dài quá 500 ký tự.', en: 'The title is longer than 500 characters.' },
  UNIT_MISSING: { vi: 'Chưa có đơn vị chủ trì.', en: 'The lead unit is missing.' },
  UNIT_UNKNOWN: { vi: 'Không có đơn vị “{text}”.', en: 'There is no unit “{text}”.' },
  DUE_WRONG: { vi: 'Thời hạn “{text}” không đọc được. Viết 31/05/2026, trước 15/3, tháng 5/2026 hoặc quý II/2026.', en: 'The due date “{text}” cannot be read. Write 31/05/2026, by 15 March, May 2026 or Q2 2026.' },
  UNIT_UNCLEAR: { vi: '“{text}”: chọn đơn vị.', en: '“{text}”: choose the unit.' },
  DUE_PAST: { vi: 'Thời hạn {text} đã qua.', en: 'The due date {text} is past.' },
  PRIORITY_WRONG: { vi: 'Mức ưu tiên “{text}” không có. Viết: thấp, thường, cao.', en: 'There is no priority “{text}”. Write low, normal or high.' },
  TARGET_WRONG: { vi: 'Chỉ tiêu “{text}” không đọc được. Viết một số, số phần trăm (95%) hoặc “tất cả”.', en: 'The target “{text}” cannot be read. Write a number, a percentage (95%) or “all”.' },
  TARGET_UNIT_MISSING: { vi: 'Có chỉ tiêu thì cần đơn vị tính.', en: 'A target needs the unit that it counts.' },
  WORKSTREAM_WRONG: { vi: 'Mã mảng công tác “{text}” không hợp lệ.', en: 'The workstream code “{text}” is not valid.' },
} as const

type Read = { lines: ImportLine[]; problems: ImportProblem[]; ignored: string[]; columns: (ImportColumn | null)[]; sections: { line: number; title: string }[] }

function headingOf(cell: string, taken: ReadonlySet<ImportColumn | null>): ImportColumn | null {
  const name = fold(cell)
  return IMPORT_COLUMNS.find((one) => HEADINGS[one].includes(name) && !taken.has(one)) ?? WITHIN.find(([words, one]) => name.length <= 60 && words.test(name) && !taken.has(one))?.[1] ?? null
}
function headings(cells: string[]): (ImportColumn | null)[] {
  const found: (ImportColumn | null)[] = []
  for (const cell of cells) found.push(cell ? headingOf(cell, new Set(found)) : null)
  return found
}
/** The row that names the columns: the first, or one under the title of a paper. Rows pasted without it begin at once. */
function headOf(table: TableRow[]): number {
  if (headings(table[0]?.cells ?? []).some((one) => one !== null && one !== 'n')) return 0
  return table.slice(0, 6).findIndex((row) => { const found = headings(row.cells); return found.includes('title') && found.includes('unit') })
}
/** Without headings: the annex as offices write it, with its running number or without. */
const usual = (table: TableRow[]): (ImportColumn | null)[] => {
  const order: ImportColumn[] = ['n', 'title', 'unit', 'supporting', 'due', 'product']
  const numbered = table.every(({ cells }) => isNumber(cells[0] ?? ''))
  const width = Math.max(0, ...table.map(({ cells }) => cells.length))
  const found: (ImportColumn | null)[] = (numbered ? order : order.slice(1)).slice(0, width)
  while (found.length < width) found.push(null)
  return found
}
const isNumber = (text: string): boolean => /^[(]?([0-9]{1,4}([.][0-9]{1,3})*|[IVXLC]{1,6}|[A-Z]|[a-zđ])?[.)]*$/.test(text)
const isHeading = (n: string, title: string): boolean => /^([IVXLC]{1,6}|[A-Z])[.)]*$/.test(n) || /^([IVXLC]+|[A-Z])[.)] /.test(title) || (title === title.toLocaleUpperCase('vi') && /\p{L}{2}/u.test(title))

/** Rows as people see them: without headings of sections and the line (1) (2) (3), with what broke over the page put back. */
function rowsOf(body: TableRow[], columns: (ImportColumn | null)[]) {
  const at = new Map(columns.flatMap((column, i) => (column ? [[column, i] as const] : [])))
  const rows: { line: number; cells: Map<ImportColumn, string> }[] = []
  const sections: { line: number; title: string }[] = []
  for (const { line, cells } of body) {
    const row = new Map([...at].map(([column, i]) => [column, (cells[i] ?? '').trim()]))
    const filled = cells.filter(Boolean)
    if (filled.length > 1 && filled.every((cell) => /^[(]?[0-9]{1,2}[)]?$/.test(cell))) continue
    const rest = [...row].filter(([column, text]) => column !== 'n' && column !== 'title' && text !== '')
    const [n, title] = [row.get('n') ?? '', row.get('title') ?? '']
    const alone = new Set(filled).size === 1 ? filled[0]! : undefined
    if (rest.length === 0 && title !== '' && isHeading(n, title)) sections.push({ line, title })
    else if (alone !== undefined && (n === alone ? !isNumber(n) : isHeading('', alone))) sections.push({ line, title: alone })
    else if (at.has('n') && n === '' && rows.length > 0 && !row.get('unit') && !row.get('due')) {
      const last = rows.at(-1)!.cells
      for (const [column, text] of row) if (text) last.set(column, `${last.get(column) ?? ''}${column === 'supporting' ? '\n' : ' '}${text}`.trim())
    } else if (filled.length > 0) rows.push({ line, cells: row })
  }
  return { rows, sections }
}

/** `columns`: what the sender says that they hold. `without`: lines left out. `cells`: what the sender writes instead, also where the table has no such column. `today`: for dates without a year. */
export function readLines(table: TableRow[], today: string, given: { columns?: (ImportColumn | null)[] | undefined; without?: readonly number[] | undefined; cells?: readonly { line: number; column: ImportColumn; text: string }[] | undefined } = {}): Read {
  const head = headOf(table)
  const body = table.slice(head + 1)
  const columns = given.columns ?? (head >= 0 ? headings(table[head]!.cells) : usual(body))
  const ignored = head >= 0 ? table[head]!.cells.filter((cell, i) => cell !== '' && !columns[i]) : []
  const problems: ImportProblem[] = []
  for (const column of ['title', 'unit'] as const) if (!columns.includes(column)) problems.push({ line: table[Math.max(head, 0)]?.line ?? 1, column, code: 'COLUMN_MISSING', data: { column: column === 'title' ? 'nội dung / title' : 'chủ trì / unit' } })
  if (problems.length > 0) return { lines: [], problems, ignored, columns, sections: [] }
  const { rows, sections } = rowsOf(body, columns)
  const left = new Set(given.without)
  const corrected = Map.groupBy(given.cells ?? [], (one) => one.line)
  for (const row of rows) for (const { column, text } of corrected.get(row.line) ?? []) row.cells.set(column, text.normalize('NFC').trim())
  const lines = rows.filter(({ line }) => !left.has(line)).map(({ line, cells }) => {
    const text = (column: ImportColumn): string => (column === 'supporting' || column === 'unit' ? cells.get(column) ?? '' : (cells.get(column) ?? '').replace(/\s+/gu, ' '))
    const wrong = (column: ImportColumn, code: ImportProblem['code'], data?: Record<string, unknown>) => { problems.push({ line, column, code, ...(data ? { data } : {}) }) }
    const title = text('title')
    if (title === '') wrong('title', 'TITLE_MISSING'); else if (title.length > 500) wrong('title', 'TITLE_LONG')
    if (text('unit') === '') wrong('unit', 'UNIT_MISSING')
    const due = text('due') === '' ? { day: null } : readDue(text('due'), today)
    if (due === undefined) wrong('due', 'DUE_WRONG', { text: text('due') })
    const priority = text('priority') === '' ? 'normal' : PRIORITIES[fold(text('priority'))]
    if (!priority) wrong('priority', 'PRIORITY_WRONG', { text: text('priority') })
    const target = readTarget(text('target'), text('target_unit'))
    if (typeof target === 'string') wrong(target === 'TARGET_WRONG' ? 'target' : 'target_unit', target, { text: text('target') })
    const workstream = text('workstream') || 'command'
    if (!/^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(workstream)) wrong('workstream', 'WORKSTREAM_WRONG', { text: workstream })
    return {
      line, title, unit: text('unit'), due: due?.day ?? null, dueWritten: text('due'), written: { unit: text('unit'), supporting: text('supporting'), target: text('target'), target_unit: text('target_unit'), priority: text('priority') }, workstream, supporting: text('supporting'), priority: priority ?? 'normal',
      target: typeof target === 'string' ? null : target, product: text('product').slice(0, 1000) || null, evidenceKind: text('evidence') || null,
    } satisfies ImportLine
  })
  return { lines, problems, ignored, columns, sections }
}

function readTarget(text: string, unit: string): ImportLine['target'] | 'TARGET_WRONG' | 'TARGET_UNIT_MISSING' {
  if (text === '') return null
  const all = ['all', 'tat ca', 'toan bo', '100 %'].includes(fold(text))
  const number = all ? 100 : readNumber(text.replace('%', ''))
  if (number === undefined || number < 0) return 'TARGET_WRONG'
  if (unit === '') return 'TARGET_UNIT_MISSING'
  return { kind: all ? 'all' : text.includes('%') ? 'percent' : 'number', count: number, unit }
}
