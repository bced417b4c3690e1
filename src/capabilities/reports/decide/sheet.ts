// The form as rows of a spreadsheet, to fill offline, and what was filled in read back. The code in the first column says what a row is; the rest may be moved about.
import type { Lang } from '../../../kernel/contract.ts'
import { readNumber } from '../../../pure/numbers.ts'
import { fold } from '../../../pure/text.ts'
import type { Cell, Field, Form, Values } from '../contract/form.ts'
import { fieldsOf } from './fields.ts'

export type SheetCell = string | number | null
export const SHEET_HEAD: Record<Lang, string[]> = {
  vi: ['Mã (không sửa)', 'Nội dung', 'Đơn vị tính', 'Kỳ trước', 'Điền vào đây'], en: ['Code (keep)', 'Subject', 'Counted in', 'Period before', 'Fill in here'],
}
const MARK = '#report'
const MOST_BLANK = 20
const AT = 4

const hint = (field: Field, lang: Lang): string => (field.kind === 'choice' ? field.options.map((o) => o.label[lang]).join(' / ') : '')
const shown = (value: Values[string] | undefined): SheetCell => (typeof value === 'number' || typeof value === 'string' ? value : null)

export function sheetRows(form: Form, head: { id: string; title: string }, values: Values, before: Values | null, lang: Lang): SheetCell[][] {
  const rows: SheetCell[][] = [[MARK, head.title, null, null, head.id]]
  for (const section of form.sections) {
    rows.push([null, section.title[lang].toUpperCase()])
    for (const field of section.fields) {
      const label = `${field.label[lang]}${field.required ? ' *' : ''}`
      if (field.kind === 'file') continue
      if (field.kind === 'table') {
        rows.push([null, label, null, null, ...field.columns.map((column) => [column.label[lang], column.kind === 'number' && column.unit ? `(${column.unit[lang]})` : hint(column, lang) ? `(${hint(column, lang)})` : ''].filter(Boolean).join(' '))])
        const filled = Array.isArray(values[field.code]) ? values[field.code] as Record<string, Cell>[] : []
        for (let n = 0; n < Math.max(filled.length, Math.min(field.most, MOST_BLANK)); n++) rows.push([field.code, null, null, null, ...field.columns.map((column) => { const cell = filled[n]?.[column.code] ?? null; return column.kind === 'choice' ? column.options.find((o) => o.code === cell)?.label[lang] ?? cell : cell })])
        continue
      }
      rows.push([field.code, field.kind === 'number' && field.formula ? `${label} (${lang === 'vi' ? 'tự tính' : 'computed'})` : label, field.kind === 'number' ? field.unit?.[lang] ?? null : hint(field, lang) || null, shown(before?.[field.code]), field.kind === 'choice' ? field.options.find((o) => o.code === values[field.code])?.label[lang] ?? null : shown(values[field.code])])
    }
  }
  return rows
}

export type SheetProblem = { line: number; code: 'OTHER_REPORT' | 'NO_CODES' | 'NOT_A_NUMBER' | 'NO_OPTION'; data?: Record<string, unknown> }
export const sheetProblems = {
  OTHER_REPORT: { vi: 'Tệp này là của báo cáo khác (đơn vị khác hoặc kỳ khác).', en: 'This file is of another report (another unit or period).' },
  NO_CODES: { vi: 'Tệp không có cột mã của biểu mẫu. Tải biểu mẫu trống ở đây rồi điền vào đó.', en: 'The file lacks the form’s column of codes. Get the blank form here and fill that in.' },
  NOT_A_NUMBER: { vi: 'Dòng {line}: “{text}” không phải là số.', en: 'Line {line}: “{text}” is no number.' },
  NO_OPTION: { vi: 'Dòng {line}: không có lựa chọn “{text}”.', en: 'Line {line}: there is no option “{text}”.' },
} as const

export function readSheet(form: Form, reportId: string, table: readonly { line: number; cells: readonly (string | number)[] }[]): { values: Values; problems: SheetProblem[] } {
  const values: Values = {}
  const problems: SheetProblem[] = []
  const fields = new Map(fieldsOf(form).map((field) => [field.code, field]))
  let codes = 0
  /** What is no number stays as it was written: it goes into the form, and is mended there. */
  const cellOf = (field: Exclude<Field, { kind: 'table' | 'file' }>, cell: string | number, line: number): Cell => {
    if (cell === '') return null
    if (field.kind === 'text') return String(cell)
    if (field.kind === 'choice') {
      const wanted = fold(String(cell))
      const option = field.options.find((o) => [o.code, o.label.vi, o.label.en].some((text) => fold(text) === wanted))
      if (!option) problems.push({ line, code: 'NO_OPTION', data: { line, text: String(cell) } })
      return option?.code ?? null
    }
    const number = typeof cell === 'number' ? cell : readNumber(cell)
    if (number === undefined) problems.push({ line, code: 'NOT_A_NUMBER', data: { line, text: String(cell) } })
    return number ?? String(cell)
  }
  for (const { line, cells } of table) {
    const code = String(cells[0] ?? '')
    const cell = cells[AT] ?? ''
    if (code === MARK) { codes++; if (cell !== '' && cell !== reportId) return { values: {}, problems: [{ line, code: 'OTHER_REPORT' }] }; continue }
    const field = fields.get(code)
    if (!field || field.kind === 'file') continue
    codes++
    if (field.kind === 'table') {
      const row = Object.fromEntries(field.columns.map((column, i) => [column.code, cellOf(column, cells[AT + i] ?? '', line)]))
      if (Object.values(row).some((one) => one !== null)) values[code] = [...((values[code] as Record<string, Cell>[] | undefined) ?? []), row]
      continue
    }
    if (field.kind === 'number' && field.formula) continue
    const value = cellOf(field, cell, line)
    if (value !== null) values[code] = value
  }
  return codes > 0 ? { values, problems } : { values: {}, problems: [{ line: 1, code: 'NO_CODES' }] }
}
