// How a report stands after one of its facts, field by field as its form has them, for whoever compares two moments of it. What was said in words is in no fact: it is read beside, as long as it is kept.
import { diffArrays } from 'diff'
import type { Text } from '../../../kernel/contract.ts'
import type { Trace, Traced } from '../../journals/contract.ts'
import type { Field, Form } from '../contract/form.ts'
import type { Sent } from '../contract/facts.ts'
import { fieldsOf } from './fields.ts'
import { THOUSAND } from './values.ts'

const KEY = 'figure:'
const ERASED: Text = { vi: '(lời đã xóa)', en: '(words erased)' }
const option = (field: Extract<Field, { kind: 'choice' }>, value: unknown): Trace => field.options.find((one) => one.code === value)?.label ?? (typeof value === 'string' ? value : null)

/** `known.form`: the form as text; `known['words:<id>']`: what a version said in words, null where erased. Each fact says the whole report: what it does not give is empty, also the rows of a table that it no longer has. */
export function traceReport(type: string, given: never, _id: string, known: Readonly<Record<string, string | null>>): Traced | undefined {
  if ((type !== 'report.submitted.v1' && type !== 'report.corrected.v1') || !known['form']) return undefined
  const { numbers, rest, words } = given as Sent
  const kept = words && known[`words:${words.id}`]
  const gone = words !== null && typeof kept !== 'string'
  const said = (kept ? JSON.parse(kept) : {}) as Record<string, unknown>
  const text = (value: unknown): Trace => (gone ? ERASED : typeof value === 'string' && value !== '' ? value : null)
  const set: Record<string, Trace> = {}
  let n = 0
  for (const field of fieldsOf(JSON.parse(known['form']) as Form)) {
    const value = rest[field.code]
    if (field.kind === 'number') { const number = numbers[n++]; set[KEY + field.code] = typeof number === 'number' ? number / THOUSAND : null }
    if (field.kind === 'choice') set[KEY + field.code] = option(field, value)
    if (field.kind === 'file') set[KEY + field.code] = Array.isArray(value) ? value.length : 0
    if (field.kind === 'text') set[KEY + field.code] = text(said[field.code])
    if (field.kind !== 'table') continue
    const rows = Array.isArray(value) ? value as Record<string, unknown>[] : []
    const spoken = said[field.code] as (Record<string, string> | null)[] | undefined
    set[KEY + field.code] = rows.length
    for (let i = 0; i < Math.max(field.most, rows.length); i++) {
      for (const column of field.columns) {
        const cell = rows[i]?.[column.code]
        set[`${KEY}${field.code}.${i + 1}.${column.code}`] = i >= rows.length ? null : column.kind === 'text' ? text(spoken?.[i]?.[column.code]) : column.kind === 'choice' ? option(column, cell) : typeof cell === 'number' ? cell : null
      }
    }
  }
  return { set }
}

type State = Readonly<Record<string, Trace>>
type Row = { at: number; cells: Map<string, Trace> }
const CELL = /^figure:([^.]+)\.(\d+)\.(.+)$/
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
const whole = ({ cells }: Row): unknown => [...cells]
/** What a row is about stands in its first column, as a rule. */
const first = ({ cells }: Row): unknown => [...cells.values()][0] ?? null

/** Which row is which: those that stand alike in the same order, between them those with the same first column, then one by one as they stand. A row put in the middle changes no other. */
function paired(was: Row[], now: Row[], ways: ((row: Row) => unknown)[] = [whole, first]): [Row | undefined, Row | undefined][] {
  const [by, ...rest] = ways
  if (!by || was.length === 0 || now.length === 0) return Array.from({ length: Math.max(was.length, now.length) }, (_, i) => [was[i], now[i]])
  const pairs: [Row | undefined, Row | undefined][] = []
  let [gone, come]: [Row[], Row[]] = [[], []]
  const between = () => { pairs.push(...paired(gone, come, rest)); [gone, come] = [[], []] }
  let [i, j] = [0, 0]
  for (const part of diffArrays(was.map(by), now.map(by), { comparator: (a, b) => a !== null && same(a, b) })) {
    for (let n = 0; n < part.value.length; n++) {
      if (part.removed) gone.push(was[i++]!)
      else if (part.added) come.push(now[j++]!)
      else { between(); pairs.push([was[i++], now[j++]]) }
    }
  }
  between()
  return pairs
}

/** Rows of tables under one name at both moments: `sites.2.n`; `sites.2>3.n` where the row moved, `sites.2-.n` where it went, `sites.+3.n` where it came. */
export function matchRows(before: State, after: State): [Record<string, Trace>, Record<string, Trace>] {
  const tables = (of: State): Map<string, Row[]> => {
    const found = new Map<string, Row[]>()
    for (const [key, value] of Object.entries(of)) {
      const [, table, line, column] = CELL.exec(key) ?? []
      const count = table === undefined ? undefined : of[KEY + table]
      if (typeof count !== 'number' || Number(line) > count) continue
      const rows = found.get(table!) ?? found.set(table!, []).get(table!)!
      if (rows.at(-1)?.at !== Number(line)) rows.push({ at: Number(line), cells: new Map() })
      rows.at(-1)!.cells.set(column!, value)
    }
    return found
  }
  const [was, now] = [tables(before), tables(after)]
  const told: [Record<string, Trace>, Record<string, Trace>] = [{}, {}]
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (CELL.test(key)) continue
    if (key in before) told[0][key] = before[key]!
    if (key in after) told[1][key] = after[key]!
    const table = key.slice(KEY.length)
    for (const [old, young] of paired(was.get(table) ?? [], now.get(table) ?? [])) {
      const name = old && young ? (old.at === young.at ? `${old.at}` : `${old.at}>${young.at}`) : old ? `${old.at}-` : `+${young!.at}`
      for (const column of (old ?? young)!.cells.keys()) for (const [i, row] of [old, young].entries()) told[i]![`${KEY}${table}.${name}.${column}`] = row?.cells.get(column) ?? null
    }
  }
  return told
}

const rowName = (line: string): Text => {
  const [, gone, from, to, come] = /^(?:(\d+)-|(\d+)>(\d+)|\+(\d+))$/.exec(line) ?? []
  if (gone) return { vi: `dòng ${gone} (đã bỏ)`, en: `row ${gone} (gone)` }
  if (come) return { vi: `dòng ${come} (thêm)`, en: `row ${come} (new)` }
  return to ? { vi: `dòng ${to} (trước là dòng ${from})`, en: `row ${to} (was row ${from})` } : { vi: `dòng ${line}`, en: `row ${line}` }
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
  const row = rowName(line ?? '')
  return column ? { vi: `${vi}, ${row.vi}, ${column.label.vi}`, en: `${en}, ${row.en}, ${column.label.en}` } : { vi: `${vi} (số dòng)`, en: `${en} (rows)` }
}
