// What is filled in, held against its form: the formulas computed, faults and warnings named with their place. Runs while typing and again on the server.
import type { Text } from '../../../kernel/contract.ts'
import type { Cell, Field, Form, NumberField, Values } from '../contract/form.ts'
import { fieldsOf, numbersIn } from './fields.ts'
import { evaluate, parseFormula } from './formula.ts'
import type { Env, Node, Value } from './formula.ts'

export type Problem = { field: string; row?: number; column?: string; severity: 'error' | 'warning'; say: Text }
type Row = Record<string, Cell>
const MOST_NUMBER = 1e9
const say = (vi: string, en: string): Text => ({ vi, en })

type Compiled = { fields: Field[]; numbers: NumberField[]; formulas: Map<string, Node>; checks: { tree: Node; severity: 'error' | 'warning'; say: Text; fields: string[] }[] }
const compiled = new WeakMap<Form, Compiled>()
/** Forms are few and never change: their formulas are read once. */
function compile(form: Form): Compiled {
  let known = compiled.get(form)
  if (!known) {
    const fields = fieldsOf(form)
    const names = (tree: Node): string[] => (tree.is === 'name' ? [tree.name.split('.')[tree.name.startsWith('before.') ? 1 : 0]!] : tree.is === 'value' ? [] : tree.args.flatMap(names))
    known = {
      fields, numbers: numbersIn(form), formulas: new Map(fields.flatMap((f) => (f.kind === 'number' && f.formula !== null ? [[f.code, parseFormula(f.formula)] as const] : []))),
      checks: form.checks.map((check) => { const tree = parseFormula(check.that); return { tree, severity: check.severity, say: check.say, fields: names(tree) } }),
    }
    compiled.set(form, known)
  }
  return known
}

const rowsOf = (values: Values, code: string): Row[] => { const v = values[code]; return Array.isArray(v) ? v.filter((one): one is Row => typeof one === 'object') : [] }
const isEmpty = (value: Values[string] | undefined): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The values as they count: cleaned, with formulas in. `before`: of the period before, or nothing. */
export function complete(form: Form, given: Values, before: Values | null): { values: Values; problems: Problem[] } {
  const { fields, formulas, checks } = compile(form)
  const values: Values = {}
  const problems: Problem[] = []
  const known = new Set(fields.map((field) => field.code))
  for (const code of Object.keys(given)) if (!known.has(code)) problems.push({ field: code, severity: 'error', say: say(`Không có trường “${code}” trong biểu mẫu.`, `The form has no field “${code}”.`) })
  for (const field of fields) {
    const value = given[field.code]
    if (formulas.has(field.code) || isEmpty(value)) continue
    if (field.kind === 'table') {
      if (!Array.isArray(value) || value.some((one) => typeof one !== 'object')) { problems.push({ field: field.code, severity: 'error', say: say('Phải là một bảng.', 'Should be a table.') }); continue }
      // A fault names the row as it was typed, with the empty ones counted.
      const rows = rowsOf(given, field.code).flatMap((row, n) => (field.columns.some((column) => !isEmpty(row[column.code])) ? [{ row, n }] : []))
      if (rows.length > field.most) problems.push({ field: field.code, severity: 'error', say: say(`Nhiều nhất ${field.most} dòng.`, `At most ${field.most} rows.`) })
      if (rows.length === 0) continue
      values[field.code] = rows.map(({ row, n }) => Object.fromEntries(field.columns.map((column) => {
        const cell = row[column.code] ?? null
        const wrong = isEmpty(cell) ? (column.required ? NEEDED : undefined) : faultOf(column, cell)
        if (wrong) problems.push({ field: field.code, row: n, column: column.code, severity: 'error', say: wrong })
        return [column.code, isEmpty(cell) ? null : typeof cell === 'string' ? cell.trim() : cell]
      })))
      continue
    }
    const wrong = faultOf(field, value!)
    if (wrong) problems.push({ field: field.code, severity: 'error', say: wrong })
    else values[field.code] = typeof value === 'string' ? value.trim() : value!
  }
  const env = envOf(values, before, formulas)
  for (const field of fields) {
    if (field.kind !== 'number' || !formulas.has(field.code)) continue
    const result = env.value(field.code)
    if (typeof result !== 'number') continue
    const rounded = Math.round(result * 10 ** field.decimals) / 10 ** field.decimals
    values[field.code] = rounded
    const wrong = faultOf(field, rounded)
    if (wrong) problems.push({ field: field.code, severity: 'error', say: wrong })
  }
  for (const field of fields) if (field.required && isEmpty(values[field.code]) && !problems.some((p) => p.field === field.code)) problems.push({ field: field.code, severity: 'error', say: NEEDED })
  const after = envOf(values, before, new Map())
  for (const check of checks) if (evaluate(check.tree, after) === false) problems.push({ field: check.fields.find((name) => known.has(name)) ?? '', severity: check.severity, say: check.say })
  return { values, problems }
}
const NEEDED = say('Cần điền mục này.', 'This is needed.')

function faultOf(field: Field, value: Values[string]): Text | undefined {
  switch (field.kind) {
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return say('Phải là số.', 'Should be a number.')
      if (Math.abs(value) > MOST_NUMBER) return say('Số quá lớn.', 'The number is too large.')
      if (Math.abs(value * 10 ** field.decimals - Math.round(value * 10 ** field.decimals)) > 1e-6) return field.decimals === 0 ? say('Phải là số nguyên.', 'Should be a whole number.') : say(`Nhiều nhất ${field.decimals} chữ số thập phân.`, `At most ${field.decimals} decimals.`)
      if (field.least !== null && value < field.least) return say(`Không nhỏ hơn ${field.least}.`, `Not less than ${field.least}.`)
      if (field.most !== null && value > field.most) return say(`Không lớn hơn ${field.most}.`, `Not more than ${field.most}.`)
      return undefined
    }
    case 'choice': return field.options.some((option) => option.code === value) ? undefined : say('Không có lựa chọn này.', 'There is no such option.')
    case 'text': return typeof value !== 'string' ? say('Phải là chữ.', 'Should be text.') : value.trim().length > field.most ? say(`Dài quá ${field.most} ký tự.`, `Longer than ${field.most} letters.`) : undefined
    case 'file': return !Array.isArray(value) || value.some((one) => typeof one !== 'string') ? say('Phải là tệp.', 'Should be files.') : value.length > field.most ? say(`Nhiều nhất ${field.most} tệp.`, `At most ${field.most} files.`) : undefined
    default: return undefined
  }
}

function envOf(values: Values, before: Values | null, formulas: Map<string, Node>): Env {
  const memo = new Map<string, Value>()
  const plain = (v: Values[string] | undefined): Value => (typeof v === 'number' || typeof v === 'string' ? v : null)
  const env: Env = {
    value: (name) => {
      if (name.startsWith('before.')) return plain(before?.[name.slice(7)])
      const formula = formulas.get(name)
      if (!formula) return plain(values[name])
      if (!memo.has(name)) memo.set(name, evaluate(formula, env))
      return memo.get(name)!
    },
    column: (name) => { const [table, column] = name.split('.') as [string, string]; return rowsOf(values, table).map((row) => { const cell = row[column]; return typeof cell === 'number' ? cell : null }) },
    rows: (table) => rowsOf(values, table).length,
  }
  return env
}

export const THOUSAND = 1000
export type Parts = { numbers: (number | null)[]; rest: Record<string, unknown>; words: Record<string, string | (Record<string, string> | null)[]> }
/** Numbers in thousandths for the totals; what may stand in a fact; and words, which may not. */
export function partsOf(form: Form, values: Values): Parts {
  const { fields, numbers } = compile(form)
  const rest: Parts['rest'] = {}
  const words: Parts['words'] = {}
  for (const field of fields) {
    const value = values[field.code]
    if (isEmpty(value) || field.kind === 'number') continue
    if (field.kind === 'text') words[field.code] = value as string
    else if (field.kind === 'table') {
      const texts = new Set(field.columns.filter((column) => column.kind === 'text').map((column) => column.code))
      const rows = value as Row[]
      rest[field.code] = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => !texts.has(key))))
      if (rows.some((row) => [...texts].some((key) => row[key] !== null))) words[field.code] = rows.map((row) => Object.fromEntries([...texts].flatMap((key) => (typeof row[key] === 'string' ? [[key, row[key]]] : []))))
    } else rest[field.code] = value
  }
  return { numbers: numbers.map((field) => { const v = values[field.code]; return typeof v === 'number' ? Math.round(v * THOUSAND) : null }), rest, words }
}
/** And together again. Words that were erased are missing. */
export function wholeOf(form: Form, numbers: readonly (number | null)[], rest: Record<string, unknown>, words: Parts['words'] | null): Values {
  const { fields, numbers: names } = compile(form)
  const values: Values = Object.fromEntries(names.flatMap((field, i) => (typeof numbers[i] === 'number' ? [[field.code, numbers[i]! / THOUSAND]] : [])))
  for (const field of fields) {
    if (field.kind === 'text' && typeof words?.[field.code] === 'string') values[field.code] = words[field.code] as string
    if (field.kind === 'table' && Array.isArray(rest[field.code])) values[field.code] = (rest[field.code] as Row[]).map((row, i) => ({ ...row, ...(words?.[field.code] as (Record<string, string> | null)[] | undefined)?.[i] }))
    if ((field.kind === 'choice' || field.kind === 'file') && rest[field.code] !== undefined) values[field.code] = rest[field.code] as Values[string]
  }
  return values
}
