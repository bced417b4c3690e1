// A small language for numbers: + - * / ( ), comparisons, and or not, sum count min max if abs round. Read into a tree and walked; nothing is ever run as code.

export type Value = number | string | boolean | null
type Kind = 'number' | 'text' | 'truth' | 'any'
export type Node =
  | { is: 'value'; value: Value } | { is: 'name'; name: string; at: number }
  | { is: 'call'; name: string; args: Node[]; at: number } | { is: 'op'; op: string; args: Node[]; at: number }
export class FormulaFault extends Error {
  vi: string
  /** From 1. */
  at: number
  constructor(at: number, vi: string, en: string) {
    super(en)
    this.vi = vi
    this.at = at + 1
  }
}

const MOST = 500
const DEEPEST = 40
const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([a-z_][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)|"([^"]*)"|'([^']*)'|(<=|>=|!=|[-+*/()<>=,]))/iy
type Token = { at: number; number?: number; name?: string; text?: string; mark?: string }
const CALLS: Record<string, { least: number; most: number }> = { sum: { least: 1, most: 1 }, count: { least: 1, most: 1 }, min: { least: 2, most: 10 }, max: { least: 2, most: 10 }, if: { least: 3, most: 3 }, abs: { least: 1, most: 1 }, round: { least: 1, most: 1 } }
/** How tightly each binds; of the same, the left one first. */
const BINDS: Record<string, number> = { or: 1, and: 2, '=': 4, '!=': 4, '<': 4, '<=': 4, '>': 4, '>=': 4, '+': 5, '-': 5, '*': 6, '/': 6 }

function tokens(text: string): Token[] {
  const found: Token[] = []
  TOKEN.lastIndex = 0
  for (let at = 0; text.slice(at).trim() !== '';) {
    const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0)
    TOKEN.lastIndex = at
    const m = TOKEN.exec(text)
    if (!m) throw new FormulaFault(start, `không hiểu “${text[start]}”`, `“${text[start]}” is not understood`)
    at = TOKEN.lastIndex
    const [, number, name, double, single, mark] = m
    found.push({ at: start, ...(number !== undefined ? { number: Number(number) } : name !== undefined ? { name } : mark !== undefined ? { mark } : { text: double ?? single ?? '' }) })
  }
  return found
}

export function parseFormula(text: string): Node {
  if (text.length > MOST) throw new FormulaFault(MOST, `dài quá ${MOST} ký tự`, `is longer than ${MOST} letters`)
  const all = tokens(text)
  let n = 0
  const end = (): number => all[n]?.at ?? text.length
  const mark = (want: string): boolean => all[n]?.mark === want && Boolean(++n)
  const expect = (want: string): void => { if (!mark(want)) throw new FormulaFault(end(), `thiếu “${want}”`, `“${want}” is missing`) }

  function one(depth: number): Node {
    if (depth > DEEPEST) throw new FormulaFault(end(), 'lồng quá sâu', 'is nested too deeply')
    const token = all[n++]
    if (!token) throw new FormulaFault(text.length, 'chưa hết', 'ends too soon')
    if (token.number !== undefined) return { is: 'value', value: token.number }
    if (token.text !== undefined) return { is: 'value', value: token.text }
    if (token.mark === '(') { const inner = whole(0, depth + 1); expect(')'); return inner }
    if (token.mark === '-') return { is: 'op', op: 'minus', args: [one(depth + 1)], at: token.at }
    if (token.name === 'not') return { is: 'op', op: 'not', args: [whole(3, depth + 1)], at: token.at }
    if (token.name === undefined || Object.hasOwn(BINDS, token.name)) throw new FormulaFault(token.at, `không đúng chỗ: “${token.mark ?? token.name}”`, `“${token.mark ?? token.name}” does not belong here`)
    if (!mark('(')) return { is: 'name', name: token.name, at: token.at }
    const call = Object.hasOwn(CALLS, token.name) ? CALLS[token.name] : undefined
    if (!call) throw new FormulaFault(token.at, `không có hàm “${token.name}”`, `there is no “${token.name}”`)
    const args = [whole(0, depth + 1)]
    while (mark(',')) args.push(whole(0, depth + 1))
    expect(')')
    if (args.length < call.least || args.length > call.most) throw new FormulaFault(token.at, `“${token.name}” cần ${call.least} giá trị`, `“${token.name}” needs ${call.least} values`)
    return { is: 'call', name: token.name, args, at: token.at }
  }
  function whole(least: number, depth: number): Node {
    if (depth > DEEPEST) throw new FormulaFault(end(), 'lồng quá sâu', 'is nested too deeply')
    let left = one(depth)
    for (;;) {
      const token = all[n]
      const op = token?.mark ?? token?.name
      const binds = op !== undefined && Object.hasOwn(BINDS, op) ? BINDS[op]! : 0
      if (!token || binds <= least) return left
      n++
      left = { is: 'op', op: op!, args: [left, whole(binds, depth + 1)], at: token.at }
    }
  }
  const tree = whole(0, 0)
  if (n < all.length) throw new FormulaFault(end(), `thừa “${text.slice(end(), end() + 10)}”`, `“${text.slice(end(), end() + 10)}” is too much`)
  return tree
}

/** What each name stands for: a number, a choice, the numbers of a table's column, or (with `before.`) the number of the period before. */
export type Scope = { kindOf: (name: string) => 'number' | 'text' | 'column' | 'table' | undefined }

/** Every name is known and stands where it may; answers what comes out. */
export function checkFormula(node: Node, scope: Scope): Kind {
  const wrong = (at: number, vi: string, en: string): never => { throw new FormulaFault(at, vi, en) }
  const need = (child: Node, kind: Kind, at: number): void => {
    const got = checkFormula(child, scope)
    if (got !== kind && got !== 'any') wrong(at, kind === 'number' ? 'cần số ở đây' : 'cần điều kiện đúng/sai ở đây', kind === 'number' ? 'needs a number here' : 'needs a condition here')
  }
  if (node.is === 'value') return typeof node.value === 'number' ? 'number' : 'text'
  if (node.is === 'name') {
    const kind = scope.kindOf(node.name)
    if (kind === 'column' || kind === 'table') return wrong(node.at, `cột “${node.name}” chỉ dùng trong sum(…) hoặc count(…)`, `the column “${node.name}” only stands in sum(…) or count(…)`)
    return kind ?? wrong(node.at, `không có trường “${node.name}”`, `there is no field “${node.name}”`)
  }
  const { args, at } = node
  if (node.is === 'call') {
    if (node.name === 'sum' || node.name === 'count') {
      const [of] = args
      const kind = of!.is === 'name' ? scope.kindOf(of!.name) : undefined
      if (kind !== 'column' && !(node.name === 'count' && kind === 'table')) wrong(at, `“${node.name}” cần tên cột dạng bảng.cột`, `“${node.name}” needs a column as table.column`)
      return 'number'
    }
    if (node.name === 'if') {
      need(args[0]!, 'truth', at)
      const [yes, no] = [checkFormula(args[1]!, scope), checkFormula(args[2]!, scope)]
      return yes === no ? yes : wrong(at, 'hai nhánh của “if” khác kiểu', 'both sides of “if” must be alike')
    }
    for (const arg of args) need(arg, 'number', at)
    return 'number'
  }
  if (node.op === 'and' || node.op === 'or' || node.op === 'not') { for (const arg of args) need(arg, 'truth', at); return 'truth' }
  if (node.op === '=' || node.op === '!=') {
    if (checkFormula(args[0]!, scope) !== checkFormula(args[1]!, scope)) wrong(at, 'so sánh hai giá trị khác kiểu', 'compares what is not alike')
    return 'truth'
  }
  for (const arg of args) need(arg, 'number', at)
  return BINDS[node.op] === 4 ? 'truth' : 'number'
}

export type Env = { value: (name: string) => Value; column: (name: string) => (number | null)[]; rows: (table: string) => number }
/** Away from the noise of binary fractions. */
const tidy = (n: number): Value => (Number.isFinite(n) ? Math.round(n * 1e6) / 1e6 : null)

/** What is not known makes everything unknown that it is part of; so does a division by nothing. Unknown: null. */
export function evaluate(node: Node, env: Env): Value {
  if (node.is === 'value') return node.value
  if (node.is === 'name') return env.value(node.name)
  if (node.is === 'call') {
    const of = node.args[0] as Node & { name: string }
    if (node.name === 'sum') return tidy(env.column(of.name).reduce<number>((sum, n) => sum + (n ?? 0), 0))
    if (node.name === 'count') return of.name.includes('.') ? env.column(of.name).filter((n) => n !== null).length : env.rows(of.name)
    if (node.name === 'if') { const when = evaluate(of, env); return when === null ? null : evaluate(node.args[when === true ? 1 : 2]!, env) }
    const numbers = node.args.map((arg) => evaluate(arg, env))
    if (!numbers.every((n) => typeof n === 'number')) return null
    return node.name === 'min' ? Math.min(...numbers) : node.name === 'max' ? Math.max(...numbers) : node.name === 'abs' ? Math.abs(numbers[0]!) : Math.round(numbers[0]!)
  }
  const [a, b] = node.args.map((arg) => evaluate(arg, env)) as [Value, Value | undefined]
  if (node.op === 'and') return a === false || b === false ? false : a === null || b === null ? null : true
  if (node.op === 'or') return a === true || b === true ? true : a === null || b === null ? null : false
  if (node.op === 'not') return a === null ? null : !a
  if (a === null || b === null) return null
  if (node.op === 'minus') return typeof a === 'number' ? -a : null
  if (node.op === '=') return a === b
  if (node.op === '!=') return a !== b
  if (typeof a !== 'number' || typeof b !== 'number') return null
  switch (node.op) {
    case '+': return tidy(a + b)
    case '-': return tidy(a - b)
    case '*': return tidy(a * b)
    case '/': return b === 0 ? null : tidy(a / b)
    case '<': return a < b
    case '<=': return a <= b
    case '>': return a > b
    default: return a >= b
  }
}

/** All names in it. */
export function namesIn(node: Node): string[] {
  return node.is === 'name' ? [node.name] : node.is === 'value' ? [] : node.args.flatMap(namesIn)
}
