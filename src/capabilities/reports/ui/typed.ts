// Between what is typed and what counts: numbers stay as they were written until they can be read.
import { parseNumber } from '../../../web/written.ts'
import type { Cell, Field, Form, Values } from '../contract/form.ts'
import { fieldsOf } from '../decide/fields.ts'

export type TypedRow = { id: string; cells: Record<string, string> }
export type Typed = Record<string, string | TypedRow[] | string[]>

const written = (value: Cell | undefined, comma: boolean): string => (typeof value === 'number' ? (comma ? String(value).replace('.', ',') : String(value)) : value ?? '')
export function typedOf(form: Form, values: Values, comma: boolean, newId: () => string): Typed {
  return Object.fromEntries(fieldsOf(form).map((field): [string, Typed[string]] => {
    const value = values[field.code]
    if (field.kind === 'file') return [field.code, Array.isArray(value) ? value as string[] : []]
    if (field.kind === 'table') return [field.code, (Array.isArray(value) ? value as Record<string, Cell>[] : []).map((row) => ({ id: newId(), cells: Object.fromEntries(field.columns.map((column) => [column.code, written(row[column.code], comma)])) }))]
    return [field.code, written(value as Cell | undefined, comma)]
  }))
}

type Plain = Exclude<Field, { kind: 'table' | 'file' }>
function cellOf(field: Plain, text: string): { value: Cell; unread?: true } {
  if (text.trim() === '') return { value: null }
  if (field.kind !== 'number') return { value: text }
  const number = parseNumber(text)
  return number === undefined ? { value: null, unread: true } : { value: number }
}
/** `unread`: places (`code` or `code row column`) that hold no number although they should; in a `draft` they stay as they were typed. */
export function valuesOf(form: Form, typed: Typed): { values: Values; draft: Values; unread: Set<string> } {
  const values: Values = {}
  const raw: Values = {}
  const unread = new Set<string>()
  for (const field of fieldsOf(form)) {
    const given = typed[field.code]
    if (field.kind === 'number' && field.formula !== null) continue
    if (field.kind === 'file') { if (Array.isArray(given) && given.length > 0) values[field.code] = given as string[]; continue }
    if (field.kind === 'table') {
      const lines = given as TypedRow[] | undefined ?? []
      const rows = lines.map((row, n) => Object.fromEntries(field.columns.map((column) => {
        const { value, unread: wrong } = cellOf(column, row.cells[column.code] ?? '')
        if (wrong) unread.add(`${field.code} ${n} ${column.code}`)
        return [column.code, value]
      })))
      if (rows.length > 0) values[field.code] = rows
      if (lines.some((_, n) => field.columns.some((column) => unread.has(`${field.code} ${n} ${column.code}`)))) raw[field.code] = rows.map((row, n) => Object.fromEntries(Object.entries(row).map(([code, value]) => [code, unread.has(`${field.code} ${n} ${code}`) ? lines[n]!.cells[code]! : value])))
      continue
    }
    const { value, unread: wrong } = cellOf(field, (given as string | undefined) ?? '')
    if (wrong) { unread.add(field.code); raw[field.code] = given as string }
    if (value !== null) values[field.code] = value
  }
  return { values, draft: { ...values, ...raw }, unread }
}
