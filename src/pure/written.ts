// A YAML or JSON file with the place of each of its values, so that whatever is wrong in it is said with line and column.
import { LineCounter, isMap, isPair, isScalar, parseDocument } from 'yaml'
import type { Document } from 'yaml'

/** What is wrong at one place of a file. */
type Issue = { line: number; column: number; path: string; severity: 'error' | 'warning'; message: Named }
type Named = { vi: string; en: string }
type Path = readonly (string | number)[]
export type Node = { value: unknown; path: Path }
export const MAX_FILE = 2_000_000

const shown = (path: Path): string => path.map((step, i) => (typeof step === 'number' ? `[${step + 1}]` : `${i > 0 ? '.' : ''}${step}`)).join('')

/** Reads values one by one and collects what is wrong; what it answers after a complaint is a stand-in of the right type. */
export class FileReader {
  readonly issues: Issue[] = []
  readonly top: Node
  readonly #doc: Document.Parsed
  readonly #lines = new LineCounter()

  constructor(text: string) {
    this.#doc = parseDocument(text.slice(0, MAX_FILE + 1).replace(/^\ufeff/, ''), { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: true, merge: false, strict: true, version: '1.2' })
    for (const error of this.#doc.errors) {
      const { line, col } = this.#lines.linePos(error.pos[0])
      this.issues.push({ line, column: col, path: '', severity: 'error', message: { vi: `Sai cú pháp: ${error.message}`, en: `Syntax: ${error.message}` } })
    }
    let value: unknown
    if (this.issues.length === 0) {
      // Aliases that unfold a thousandfold would fill the memory.
      try { value = this.#doc.toJS({ maxAliasCount: 50 }) } catch { this.complain([], 'có quá nhiều tham chiếu lồng nhau', 'has too many nested aliases') }
    }
    this.top = { value: normal(value), path: [] }
    if (text.length > MAX_FILE) this.complain([], `lớn hơn ${MAX_FILE / 1e6} MB`, `is larger than ${MAX_FILE / 1e6} MB`)
  }

  get ok(): boolean { return !this.issues.some((i) => i.severity === 'error') }

  #place(path: Path, key: boolean): { line: number; col: number } {
    for (let length = path.length; length >= 0; length--) {
      const parent = length > 0 ? this.#doc.getIn(path.slice(0, length - 1), true) : undefined
      if (key && length === path.length && isMap(parent)) {
        const pair = parent.items.find((p) => isPair(p) && isScalar(p.key) && p.key.value === path.at(-1))
        if (pair && isScalar(pair.key) && pair.key.range) return this.#lines.linePos(pair.key.range[0])
      }
      const node = length === 0 ? this.#doc.contents : this.#doc.getIn(path.slice(0, length), true)
      const range = (node as { range?: [number, number, number] } | null | undefined)?.range
      if (range) return this.#lines.linePos(range[0])
    }
    return { line: 1, col: 1 }
  }

  /** `where` is a value (or, with `key`, the name of a key); the sentence goes on after its path. */
  complain(where: Path, vi: string, en: string, options: { severity?: 'error' | 'warning'; key?: boolean } = {}): void {
    const { line, col } = this.#place(where, options.key ?? false)
    const path = shown(where)
    const message: Named = path ? { vi: `${path} ${vi}.`, en: `${path} ${en}.` } : { vi: `Tệp ${vi}.`, en: `The file ${en}.` }
    this.issues.push({ line, column: col, path, severity: options.severity ?? 'error', message })
  }

  get(node: Node, key: string | number): Node {
    const value = node.value as Record<string | number, unknown> | undefined
    return { value: value && typeof value === 'object' && Object.hasOwn(value, key) ? value[key] : undefined, path: [...node.path, key] }
  }
  has = (node: Node, key: string): boolean => this.get(node, key).value !== undefined && this.get(node, key).value !== null

  map(node: Node, keys: readonly string[], others?: (key: string, value: Node) => boolean): boolean {
    if (!node.value || typeof node.value !== 'object' || Array.isArray(node.value)) {
      this.complain(node.path, 'phải là một nhóm khóa: giá trị', 'should be a map of keys and values')
      return false
    }
    for (const key of Object.keys(node.value)) {
      if (keys.includes(key) || others?.(key, this.get(node, key))) continue
      const near = nearest(key, keys)
      this.complain([...node.path, key], `là khóa lạ${near ? `; có phải “${near}”` : ''}`, `is an unknown key${near ? `; is it “${near}”` : ''}`, { key: true })
    }
    return true
  }
  list(node: Node, optional = false): Node[] {
    if (node.value === undefined && optional) return []
    if (!Array.isArray(node.value)) {
      this.complain(node.path, node.value === undefined ? 'còn thiếu' : 'phải là một danh sách', node.value === undefined ? 'is missing' : 'should be a list')
      return []
    }
    return node.value.map((value, i) => ({ value, path: [...node.path, i] }))
  }
  string(node: Node, most = 400): string {
    if (typeof node.value === 'string' && node.value.trim() !== '' && node.value.length <= most) return node.value.trim()
    if (node.value === undefined || node.value === null) this.complain(node.path, 'còn thiếu', 'is missing')
    else this.complain(node.path, `phải là chữ, nhiều nhất ${most} ký tự`, `should be text of at most ${most} letters`)
    return ''
  }
  code(node: Node): string {
    const value = this.string(node, 40)
    if (value && !/^[A-Za-z][A-Za-z0-9_-]*$/.test(value)) this.complain(node.path, 'phải là mã gồm chữ không dấu, số, “-”, “_”', 'should be a code of plain letters, digits, “-”, “_”')
    return value
  }
  /** One code, or a list of them. */
  codes(node: Node): { code: string; node: Node }[] {
    return Array.isArray(node.value) ? this.list(node).map((n) => ({ code: this.code(n), node: n })) : [{ code: this.code(node), node }]
  }
  text(node: Node): Named {
    if (!this.map(node, ['vi', 'en'])) return { vi: '', en: '' }
    return { vi: this.string(this.get(node, 'vi')), en: this.string(this.get(node, 'en')) }
  }
  integer(node: Node, least: number, most: number): number {
    if (typeof node.value === 'number' && Number.isInteger(node.value) && node.value >= least && node.value <= most) return node.value
    this.complain(node.path, `phải là số nguyên từ ${least} đến ${most}`, `should be a whole number from ${least} to ${most}`)
    return least
  }
  number(node: Node, least: number, most: number): number {
    if (typeof node.value === 'number' && Number.isFinite(node.value) && node.value >= least && node.value <= most) return node.value
    this.complain(node.path, `phải là số từ ${least} đến ${most}`, `should be a number from ${least} to ${most}`)
    return least
  }
  oneOf<T extends string>(node: Node, values: readonly T[]): T {
    if (values.includes(node.value as T)) return node.value as T
    this.complain(node.path, `phải là một trong: ${values.join(', ')}`, `should be one of: ${values.join(', ')}`)
    return values[0]!
  }
  /** A code that must be among those known. */
  known(code: string, node: Node, codes: ReadonlySet<string>, what: Named): void {
    if (!code || codes.has(code)) return
    const near = nearest(code, [...codes])
    this.complain(node.path, `nêu ${what.vi} “${code}” không có trong tệp${near ? `; có phải “${near}”` : ''}`, `names the ${what.en} “${code}”, which is not in the file${near ? `; is it “${near}”` : ''}`)
  }
}

/** NFC everywhere; dates of YAML 1.1 files stay text. */
function normal(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '').normalize('NFC')
  if (Array.isArray(value)) return value.map(normal)
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, normal(v)]))
  return value
}

/** The known word within two slips of the pen, if there is one. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const far = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i)
    for (let i = 1; i <= a.length; i++) {
      const next = [i]
      for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
      row = next
    }
    return row[b.length]!
  }
  return known.map((k) => ({ k, d: far(word.toLowerCase(), k.toLowerCase()) })).filter(({ k, d }) => d <= Math.min(2, k.length - 1)).toSorted((a, b) => a.d - b.d)[0]?.k
}
