// A form written as YAML or JSON: read with line and column of whatever is wrong; formulas and checks understood before it is published.
import { FileReader } from '../../../pure/written.ts'
import type { Node } from '../../../pure/written.ts'
import type { Text } from '../../../kernel/contract.ts'
import { SEVERITIES, UPS } from '../contract/form.ts'
import type { Field, Form, NumberField, Usual } from '../contract/form.ts'
import { fieldsOf } from './fields.ts'
import { FormulaFault, checkFormula, namesIn, parseFormula } from './formula.ts'
import type { Scope } from './formula.ts'

export const MOST_FIELDS = 200
const MOST_NUMBER = 1e9
const KINDS = ['number', 'choice', 'text', 'table', 'file'] as const
const COLUMN_KINDS = ['number', 'choice', 'text'] as const
const CODE = /^[a-z][a-z0-9_]*$/
/** Words of the formula language. */
const RESERVED = new Set(['and', 'or', 'not', 'if', 'sum', 'count', 'min', 'max', 'abs', 'round', 'before'])

export type Issues = FileReader['issues']
export function readForm(text: string): { form: Form | undefined; issues: Issues } {
  const r = new FileReader(text)
  if (!r.ok) return { form: undefined, issues: r.issues }
  const top = r.top
  r.map(top, ['code', 'name', 'about', 'due', 'sections', 'checks'])
  const places = new Map<Field | NumberField, Node>()
  const form: Form = {
    code: r.code(r.get(top, 'code')), name: r.text(r.get(top, 'name')), about: optional(r, top, 'about'), ...(r.has(top, 'due') ? { due: usual(r, r.get(top, 'due')) } : {}),
    sections: r.list(r.get(top, 'sections')).map((section) => {
      r.map(section, ['title', 'fields'])
      return { title: r.text(r.get(section, 'title')), fields: r.list(r.get(section, 'fields')).map((node) => { const field = fieldOf(r, node, KINDS); places.set(field, node); return field }) }
    }),
    checks: r.list(r.get(top, 'checks'), true).map((node) => {
      r.map(node, ['that', 'severity', 'say'])
      return { that: r.string(r.get(node, 'that'), 500), severity: r.oneOf(r.get(node, 'severity'), SEVERITIES), say: r.text(r.get(node, 'say')) }
    }),
  }
  const fields = fieldsOf(form)
  if (fields.length === 0 && r.ok) r.complain(['sections'], 'chưa có trường nào', 'has no field')
  if (fields.length > MOST_FIELDS) r.complain(['sections'], `có quá ${MOST_FIELDS} trường`, `has more than ${MOST_FIELDS} fields`)
  const seen = new Set<string>()
  for (const field of fields) {
    if (seen.has(field.code)) r.complain([...places.get(field)!.path, 'code'], `“${field.code}” có hai lần`, `“${field.code}” stands twice`)
    seen.add(field.code)
  }
  if (r.ok) readFormulas(r, form, fields, places)
  return { form: r.ok ? form : undefined, issues: r.issues }
}

const optional = (r: FileReader, node: Node, key: string): Text | null => (r.has(node, key) ? r.text(r.get(node, key)) : null)
function usual(r: FileReader, node: Node): Usual {
  r.map(node, ['every', 'weekday', 'day', 'hour'])
  const every = r.oneOf(r.get(node, 'every'), ['day', 'week', 'month'])
  const hour = r.string(r.get(node, 'hour'), 5)
  if (hour && !/^([01]\d|2[0-3]):[0-5]\d$/.test(hour)) r.complain([...node.path, 'hour'], 'phải là giờ như 17:00', 'should be an hour such as 17:00')
  return every === 'day' ? { every, hour } : every === 'week' ? { every, weekday: r.integer(r.get(node, 'weekday'), 1, 7), hour } : { every, day: r.integer(r.get(node, 'day'), 1, 31), hour }
}
const yes = (r: FileReader, node: Node, key: string, otherwise: boolean): boolean => {
  const one = r.get(node, key)
  if (one.value === undefined) return otherwise
  if (typeof one.value !== 'boolean') r.complain(one.path, 'phải là true hoặc false', 'should be true or false')
  return one.value === true
}
const number = (r: FileReader, node: Node, key: string): number | null => (r.has(node, key) ? r.number(r.get(node, key), -MOST_NUMBER, MOST_NUMBER) : null)

function fieldOf<K extends (typeof KINDS)[number]>(r: FileReader, node: Node, kinds: readonly K[]): Extract<Field, { kind: K }> {
  const kind: string = r.has(node, 'kind') ? r.oneOf(r.get(node, 'kind'), kinds) : kinds.includes('number' as K) && !r.has(node, 'kind') ? 'number' : kinds[0]!
  const own = { number: ['unit', 'decimals', 'least', 'most', 'up', 'formula'], choice: ['options'], text: ['most'], table: ['most', 'columns'], file: ['most'] }[kind as 'number']
  r.map(node, ['code', 'label', 'hint', 'kind', 'required', ...own])
  const code = r.code(r.get(node, 'code'))
  if (code && (!CODE.test(code) || RESERVED.has(code))) r.complain([...node.path, 'code'], 'phải là mã gồm chữ thường không dấu, số, “_”, không trùng từ của công thức', 'should be a code of small plain letters, digits, “_”, and no word of formulas')
  const base = { code, label: r.text(r.get(node, 'label')), hint: optional(r, node, 'hint'), required: yes(r, node, 'required', false) }
  const most = (otherwise: number, limit: number) => (r.has(node, 'most') ? r.integer(r.get(node, 'most'), 1, limit) : otherwise)
  const made = ((): unknown => {
    if (kind === 'number') {
      return {
        kind, ...base, unit: optional(r, node, 'unit'), decimals: r.has(node, 'decimals') ? r.integer(r.get(node, 'decimals'), 0, 3) : 0, least: number(r, node, 'least') ?? (r.has(node, 'formula') ? null : 0), most: number(r, node, 'most'),
        up: r.has(node, 'up') ? r.oneOf(r.get(node, 'up'), UPS) : 'sum', formula: r.has(node, 'formula') ? r.string(r.get(node, 'formula'), 500) : null,
      }
    }
    if (kind === 'choice') {
      const options = r.list(r.get(node, 'options')).map((one) => { r.map(one, ['code', 'label']); return { code: r.code(r.get(one, 'code')), label: r.text(r.get(one, 'label')) } })
      if (options.length > 50 || new Set(options.map((one) => one.code)).size < options.length) r.complain([...node.path, 'options'], 'có mã trùng hoặc quá 50 lựa chọn', 'has a code twice, or more than 50 options')
      return { kind, ...base, options }
    }
    if (kind === 'text') return { kind, ...base, most: most(2000, 5000) }
    if (kind === 'file') return { kind, ...base, most: most(5, 20) }
    const columns = r.list(r.get(node, 'columns')).map((one) => fieldOf(r, one, COLUMN_KINDS))
    if (columns.length > 20 || new Set(columns.map((one) => one.code)).size < columns.length) r.complain([...node.path, 'columns'], 'có cột trùng mã hoặc quá 20 cột', 'has a column twice, or more than 20')
    for (const [i, column] of columns.entries()) if (column.kind === 'number' && column.formula) r.complain([...node.path, 'columns', i, 'formula'], 'không dùng được trong bảng', 'cannot stand in a table')
    return { kind, ...base, most: most(50, 200), columns }
  })()
  return made as Extract<Field, { kind: K }>
}

export function scopeOf(fields: readonly Field[], past: boolean): Scope {
  const byCode = new Map(fields.map((field) => [field.code, field]))
  return {
    kindOf: (name) => {
      const [first, second] = name.split('.') as [string, string | undefined]
      if (first === 'before' && second) return past && byCode.get(second)?.kind === 'number' ? 'number' : undefined
      const field = byCode.get(first)
      if (field?.kind === 'table') return second === undefined ? 'table' : field.columns.some((column) => column.code === second && column.kind === 'number') ? 'column' : undefined
      return second !== undefined ? undefined : field?.kind === 'number' ? 'number' : field?.kind === 'choice' ? 'text' : undefined
    },
  }
}

function readFormulas(r: FileReader, form: Form, fields: readonly Field[], places: Map<Field | NumberField, Node>): void {
  const uses = new Map<string, string[]>()
  const attempt = (path: readonly (string | number)[], text: string, want: 'number' | 'truth', past: boolean): string[] => {
    try {
      const tree = parseFormula(text)
      if (checkFormula(tree, scopeOf(fields, past)) !== want) r.complain(path, want === 'number' ? 'phải cho ra một số' : 'phải là điều kiện đúng/sai', want === 'number' ? 'should give a number' : 'should be a condition')
      return namesIn(tree)
    } catch (error) {
      if (!(error instanceof FormulaFault)) throw error
      r.complain(path, `(ký tự ${error.at}): ${error.vi}`, `(letter ${error.at}): ${error.message}`)
      return []
    }
  }
  for (const field of fields) if (field.kind === 'number' && field.formula !== null) uses.set(field.code, attempt([...places.get(field)!.path, 'formula'], field.formula, 'number', false))
  form.checks.forEach((check, i) => attempt(['checks', i, 'that'], check.that, 'truth', true))
  for (const [code] of uses) {
    const reached = new Set<string>()
    const todo = [...uses.get(code)!]
    for (let name = todo.pop(); name !== undefined; name = todo.pop()) if (!reached.has(name)) { reached.add(name); todo.push(...(uses.get(name) ?? [])) }
    const field = fields.find((one) => one.code === code)!
    if (reached.has(code)) r.complain([...places.get(field)!.path, 'formula'], 'tính vòng quanh chính nó', 'goes round in a circle')
  }
}
