// The two lists that a cascade may be given: which units, and which days. As CSV with a heading line.
import { isDay } from '../../../pure/calendar.ts'
import { csvProblems, readCsv } from '../../../pure/csv.ts'
import type { ListLine } from './cascade.ts'

type Named = { vi: string; en: string }
export type ListProblem = { line: number; message: Named }
const CODE = ['code', 'unit_code', 'unit'], DAY = ['date', 'day', 'opens_on'], TIME = ['time', 'opens'], CLASS = ['class']
const BESIDE = ['name', 'kind', 'parent_code', 'level', 'note']

const filled = (text: Named, data: Record<string, unknown> = {}): Named => {
  const fill = (s: string, lang: keyof Named) => s.replace(/\{(\w+)\}/g, (whole, key: string) => { const value = data[key]; return key in data ? String(value && typeof value === 'object' ? (value as Named)[lang] : value) : whole }).replace(/^(Dòng|Line) \d+: /, '').replace(/\.$/, '')
  return { vi: fill(text.vi, 'vi'), en: fill(text.en, 'en') }
}

export function readLines(bytes: Uint8Array | string, what: 'units' | 'dates'): { lines: ListLine[]; problems: ListProblem[] } {
  const { rows, problems: faults, columns } = readCsv(bytes, { required: [], optional: [...CODE, ...DAY, ...TIME, ...CLASS, ...BESIDE] })
  const problems: ListProblem[] = faults.map((f) => ({ line: f.line ?? 1, message: filled(csvProblems[f.code], f.data) }))
  const column = (names: readonly string[]) => names.find((name) => columns.includes(name))
  const [code, day, time, eventClass] = [column(CODE), column(DAY), column(TIME), column(CLASS)]
  const complain = (line: number, vi: string, en: string) => problems.push({ line, message: { vi, en } })
  if (problems.length === 0 && !code) complain(1, 'thiếu cột “code”', 'the column “code” is missing')
  if (problems.length === 0 && what === 'dates' && !day) complain(1, 'thiếu cột “date”', 'the column “date” is missing')
  const lines: ListLine[] = []
  if (problems.length === 0) for (const { line, values } of rows) {
    const entry: ListLine = { line, code: values[code!]!.trim(), class: eventClass && values[eventClass]!.trim() ? values[eventClass]!.trim() : undefined }
    if (!entry.code) complain(line, 'thiếu mã đơn vị', 'the unit’s code is missing')
    const date = day && values[day]!.trim()
    if (date && (!isDay(date) || date < '2000' || date > '2101')) complain(line, `“${date}” không phải ngày dạng 2026-05-22`, `“${date}” is no date like 2026-05-22`)
    else if (date) entry.day = date
    else if (what === 'dates') complain(line, 'thiếu ngày', 'the date is missing')
    const at = time && values[time]!.trim()
    if (at && !/^([01]\d|2[0-3]):[0-5]\d$/.test(at)) complain(line, `“${at}” không phải giờ dạng 08:00`, `“${at}” is no time like 08:00`)
    else if (at) entry.time = at
    lines.push(entry)
  }
  return { lines, problems }
}
