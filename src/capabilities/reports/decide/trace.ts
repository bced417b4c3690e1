// How a report stands after one of its facts, field by field as its form has them, for whoever compares two moments of it. What was said in words is in no fact.
import type { Text } from '../../../kernel/contract.ts'
import type { Trace, Traced } from '../../journals/contract.ts'
import type { Field, Form } from '../contract/form.ts'
import type { Sent } from '../contract/facts.ts'
import { fieldsOf } from './fields.ts'
import { THOUSAND } from './values.ts'

const KEY = 'figure:'
const option = (field: Extract<Field, { kind: 'choice' }>, value: unknown): Trace => field.options.find((one) => one.code === value)?.label ?? (typeof value === 'string' ? value : null)

/** `known.form`: the form as text. Each fact says the whole report: what it does not give is empty, also the rows of a table that it no longer has. */
export function traceReport(type: string, given: never, _id: string, known: Readonly<Record<string, string | null>>): Traced | undefined {
  if ((type !== 'report.submitted.v1' && type !== 'report.corrected.v1') || !known['form']) return undefined
  const { numbers, rest } = given as Sent
  const set: Record<string, Trace> = {}
  let n = 0
  for (const field of fieldsOf(JSON.parse(known['form']) as Form)) {
    const value = rest[field.code]
    if (field.kind === 'number') { const number = numbers[n++]; set[KEY + field.code] = typeof number === 'number' ? number / THOUSAND : null }
    if (field.kind === 'choice') set[KEY + field.code] = option(field, value)
    if (field.kind === 'file') set[KEY + field.code] = Array.isArray(value) ? value.length : 0
    if (field.kind !== 'table') continue
    const rows = Array.isArray(value) ? value as Record<string, unknown>[] : []
    set[KEY + field.code] = rows.length
    for (let i = 0; i < Math.max(field.most, rows.length); i++) {
      for (const column of field.columns) {
        const cell = rows[i]?.[column.code]
        if (column.kind !== 'text') set[`${KEY}${field.code}.${i + 1}.${column.code}`] = column.kind === 'choice' ? option(column, cell) : typeof cell === 'number' ? cell : null
      }
    }
  }
  return { set }
}

/** What the form calls a field of the above: `done`, of a table `sites` (its rows) and `sites.2.n`. */
export function traceName(form: Form, code: string): Text | undefined {
  const [of, line, cell] = code.split('.')
  const field = fieldsOf(form).find((one) => one.code === of)
  if (!field) return undefined
  const { vi, en } = field.label
  if (field.kind === 'file') return { vi: `${vi} (số tệp)`, en: `${en} (files)` }
  if (field.kind !== 'table') return field.kind === 'number' && field.unit ? { vi: `${vi} (${field.unit.vi})`, en: `${en} (${field.unit.en})` } : field.label
  const column = field.columns.find((one) => one.code === cell)
  return column ? { vi: `${vi}, dòng ${line}, ${column.label.vi}`, en: `${en}, row ${line}, ${column.label.en}` } : { vi: `${vi} (số dòng)`, en: `${en} (rows)` }
}
