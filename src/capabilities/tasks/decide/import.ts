// What a line of an imported table must hold. Headings in Vietnamese or English, in any order.
import { fold } from '../../../pure/text.ts'
import { readNumber } from '../../../pure/numbers.ts'
import type { TableRow } from '../../../pure/rows.ts'
import { isDay } from '../../../pure/calendar.ts'

type Column = 'title' | 'unit' | 'due' | 'workstream' | 'supporting' | 'priority' | 'target' | 'target_unit' | 'product' | 'evidence'
/** Headings, folded. */
const HEADINGS: Record<Column, string[]> = {
  title: ['title', 'task', 'nhiem vu', 'noi dung', 'noi dung nhiem vu', 'ten nhiem vu'],
  unit: ['unit', 'unit code', 'lead unit', 'don vi', 'ma don vi', 'don vi chu tri', 'chu tri', 'ma don vi chu tri'],
  due: ['due', 'due date', 'deadline', 'thoi han', 'han', 'ngay den han', 'han hoan thanh'],
  workstream: ['workstream', 'mang cong tac', 'linh vuc'], supporting: ['supporting', 'supporting units', 'phoi hop', 'don vi phoi hop'],
  priority: ['priority', 'uu tien', 'muc uu tien'], target: ['target', 'chi tieu'], target_unit: ['target unit', 'target_unit', 'don vi tinh', 'dvt'],
  product: ['product', 'san pham', 'ket qua'], evidence: ['evidence', 'minh chung', 'loai minh chung'],
}
const PRIORITIES: Record<string, 'low' | 'normal' | 'high'> = { low: 'low', thap: 'low', normal: 'normal', thuong: 'normal', 'binh thuong': 'normal', high: 'high', cao: 'high', gap: 'high', khan: 'high' }

export type ImportLine = {
  line: number; title: string; unitCode: string; due: string | null; workstream: string; supportingCodes: string[]; priority: 'low' | 'normal' | 'high'
  target: { kind: 'number' | 'percent' | 'all'; count: number; unit: string } | null; product: string | null; evidenceKind: string | null
}
export type ImportProblem = { line: number; column: string | null; code: keyof typeof importProblems; data?: Record<string, unknown> }
export const importProblems = {
  COLUMN_MISSING: { vi: 'Thiếu cột “{column}”.', en: 'The column “{column}” is missing.' },
  TITLE_MISSING: { vi: 'Chưa có nội dung nhiệm vụ.', en: 'The title is missing.' },
  TITLE_LONG: { vi: 'Nội dung dài quá 500 ký tự.', en: 'The title is longer than 500 characters.' },
  UNIT_MISSING: { vi: 'Chưa có mã đơn vị chủ trì.', en: 'The lead unit\'s code is missing.' },
  UNIT_UNKNOWN: { vi: 'Không có đơn vị mang mã “{code}”.', en: 'There is no unit with the code “{code}”.' },
  DUE_WRONG: { vi: 'Thời hạn “{text}” không đọc được. Viết 2026-05-31 hoặc 31/05/2026.', en: 'The due date “{text}” cannot be read. Write 2026-05-31 or 31/05/2026.' },
  DUE_PAST: { vi: 'Thời hạn {text} đã qua.', en: 'The due date {text} is past.' },
  PRIORITY_WRONG: { vi: 'Mức ưu tiên “{text}” không có. Viết: thấp, thường, cao.', en: 'There is no priority “{text}”. Write low, normal or high.' },
  TARGET_WRONG: { vi: 'Chỉ tiêu “{text}” không đọc được. Viết một số, số phần trăm (95%) hoặc “tất cả”.', en: 'The target “{text}” cannot be read. Write a number, a percentage (95%) or “all”.' },
  TARGET_UNIT_MISSING: { vi: 'Có chỉ tiêu thì cần đơn vị tính.', en: 'A target needs the unit that it counts.' },
  WORKSTREAM_WRONG: { vi: 'Mã mảng công tác “{text}” không hợp lệ.', en: 'The workstream code “{text}” is not valid.' },
} as const

export function readLines(table: TableRow[]): { lines: ImportLine[]; problems: ImportProblem[]; ignored: string[] } {
  const [head, ...rest] = table
  const columns = new Map<Column, number>()
  const ignored: string[] = []
  for (const [at, heading] of (head?.cells ?? []).entries()) {
    const name = fold(heading)
    const column = (Object.keys(HEADINGS) as Column[]).find((one) => HEADINGS[one].includes(name) && !columns.has(one))
    if (column) columns.set(column, at); else if (heading) ignored.push(heading)
  }
  const problems: ImportProblem[] = []
  for (const column of ['title', 'unit'] as const) if (!columns.has(column)) problems.push({ line: head?.line ?? 1, column, code: 'COLUMN_MISSING', data: { column: column === 'title' ? 'nhiệm vụ / title' : 'đơn vị / unit' } })
  if (problems.length > 0) return { lines: [], problems, ignored }
  const lines = rest.map(({ line, cells }) => {
    const text = (column: Column): string => cells[columns.get(column) ?? -1] ?? ''
    const wrong = (column: Column, code: ImportProblem['code'], data?: Record<string, unknown>) => { problems.push({ line, column, code, ...(data ? { data } : {}) }) }
    const title = text('title')
    if (title === '') wrong('title', 'TITLE_MISSING'); else if (title.length > 500) wrong('title', 'TITLE_LONG')
    if (text('unit') === '') wrong('unit', 'UNIT_MISSING')
    const due = readDay(text('due'))
    if (due === undefined) wrong('due', 'DUE_WRONG', { text: text('due') })
    const priority = text('priority') === '' ? 'normal' : PRIORITIES[fold(text('priority'))]
    if (!priority) wrong('priority', 'PRIORITY_WRONG', { text: text('priority') })
    const target = readTarget(text('target'), text('target_unit'))
    if (typeof target === 'string') wrong(target === 'TARGET_WRONG' ? 'target' : 'target_unit', target, { text: text('target') })
    const workstream = text('workstream') || 'command'
    if (!/^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(workstream)) wrong('workstream', 'WORKSTREAM_WRONG', { text: workstream })
    return {
      line, title, unitCode: text('unit'), due: due ?? null, workstream, supportingCodes: text('supporting').split(/[;,\s]+/).filter(Boolean), priority: priority ?? 'normal',
      target: typeof target === 'string' ? null : target, product: text('product') || null, evidenceKind: text('evidence') || null,
    } satisfies ImportLine
  })
  return { lines, problems, ignored }
}

/** 2026-05-31, 31/05/2026, 31-5-2026, 31.05.2026; empty: none. A time of day is left out: a task is due at the end of the day. */
function readDay(text: string): string | null | undefined {
  if (text === '') return null
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$/.exec(text)
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  const [year, month, day] = iso ? [iso[1]!, iso[2]!, iso[3]!] : local ? [local[3]!, local[2]!, local[1]!] : []
  if (!year || !month || !day) return undefined
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(found) ? found : undefined
}

function readTarget(text: string, unit: string): ImportLine['target'] | 'TARGET_WRONG' | 'TARGET_UNIT_MISSING' {
  if (text === '') return null
  const all = ['all', 'tat ca', 'toan bo', '100 %'].includes(fold(text))
  const number = all ? 100 : readNumber(text.replace('%', ''))
  if (number === undefined || number < 0) return 'TARGET_WRONG'
  if (unit === '') return 'TARGET_UNIT_MISSING'
  return { kind: all ? 'all' : text.includes('%') ? 'percent' : 'number', count: number, unit }
}
