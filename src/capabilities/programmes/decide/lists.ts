// The two lists that a cascade may be given: which units, and which days. As CSV with a heading line.
import { isDay } from '../../../pure/calendar.ts'
import { csvProblems, readCsv } from '../../../pure/csv.ts'
import { civil } from '../../../pure/due.ts'
import type { ListLine } from './cascade.ts'

type Named = { vi: string; en: string }
export type ListProblem = { line: number; message: Named }
const COLUMNS = {
  required: ['code'], optional: ['date', 'time', 'class', 'name', 'kind', 'parent_code', 'level', 'note', 'no'],
  names: {
    code: ['mã đơn vị', 'mã', 'unit_code', 'unit'], date: ['ngày', 'ngày tổ chức', 'ngày khai mạc', 'day', 'opens_on'], time: ['giờ', 'giờ khai mạc', 'opens'], class: ['quy mô', 'cấp độ', 'cấp độ sự kiện'],
    name: ['tên', 'tên đơn vị', 'đơn vị'], kind: ['loại', 'loại đơn vị'], parent_code: ['mã cấp trên'], level: ['cấp'], note: ['ghi chú'], no: ['stt', 'tt'],
  },
}

const filled = (text: Named, data: Record<string, unknown> = {}): Named => {
  const fill = (s: string, lang: keyof Named) => s.replace(/\{(\w+)\}/g, (whole, key: string) => { const value = data[key]; return key in data ? String(value && typeof value === 'object' ? (value as Named)[lang] : value) : whole }).replace(/^(Dòng|Line) \d+: /, '').replace(/\.$/, '')
  return { vi: fill(text.vi, 'vi'), en: fill(text.en, 'en') }
}

/** 2026-05-22, 22/5/2026. */
const dayOf = (text: string | undefined): string | undefined => {
  const [, day, , month, year] = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text ?? '') ?? []
  return year ? civil(Number(year), Number(month), Number(day)) : text && isDay(text) ? text : undefined
}
/** 08:00, 8:00, 8h, 8 giờ 30. */
const clock = (text: string | undefined): string | undefined => {
  const parts = /^([01]?\d|2[0-3])(?::| ?(?:h|giờ) ?)([0-5]\d)?(?::00)?$/i.exec(text?.normalize('NFC') ?? '')
  return parts ? `${parts[1]!.padStart(2, '0')}:${parts[2] ?? '00'}` : undefined
}

export function readLines(bytes: Uint8Array | string, what: 'units' | 'dates'): { lines: ListLine[]; problems: ListProblem[] } {
  const { rows, problems: faults } = readCsv(bytes, what === 'dates' ? { ...COLUMNS, required: ['code', 'date'] } : COLUMNS)
  const problems: ListProblem[] = faults.map((f) => ({ line: f.line ?? 1, message: filled(csvProblems[f.code], f.data) }))
  const complain = (line: number, vi: string, en: string) => problems.push({ line, message: { vi, en } })
  const lines: ListLine[] = []
  if (problems.length === 0) for (const { line, values } of rows) {
    const given = (column: string): string | undefined => values[column]?.trim() || undefined
    const entry: ListLine = { line, code: given('code') ?? '', class: given('class') }
    if (!entry.code) complain(line, 'thiếu mã đơn vị', 'the unit’s code is missing')
    const [written, date] = [given('date'), dayOf(given('date'))]
    if (written && (!date || date < '2000' || date > '2101')) complain(line, `“${written}” không phải ngày. Viết như 22/05/2026`, `“${written}” is no day. Write it like 22/05/2026`)
    else if (date) entry.day = date
    else if (what === 'dates') complain(line, 'thiếu ngày', 'the date is missing')
    const [said, at] = [given('time'), clock(given('time'))]
    if (said && !at) complain(line, `“${said}” không phải giờ dạng 08:00`, `“${said}” is no time like 08:00`)
    else if (at) entry.time = at
    lines.push(entry)
  }
  return { lines, problems }
}
