// A YAML or JSON file with the place of each of its values, so that whatever is wrong in it is said with line and column.
import { LineCounter, isMap, isPair, isScalar, parseDocument, visit } from 'yaml'
import type { Document } from 'yaml'

/** What is wrong at one place of a file. */
type Issue = { line: number; column: number; path: string; severity: 'error' | 'warning'; message: Named }
type Named = { vi: string; en: string }
type Path = readonly (string | number)[]
export type Node = { value: unknown; path: Path }
export const MAX_FILE = 2_000_000
const CODE = /^[A-Za-z][A-Za-z0-9_-]*$/

const INDENT: Named = { vi: 'dòng thụt vào không đúng, hoặc một dấu ngoặc ở trên chưa đóng. Các dòng cùng cấp thụt vào bằng nhau, chỉ dùng dấu cách', en: 'a line is not indented like its neighbours, or a bracket above is not closed. Lines of one level begin at the same place, with spaces only' }
const KEY: Named = { vi: 'không rõ đâu là khóa, đâu là giá trị. Chữ có dấu hai chấm thì đặt trong ngoặc kép; dòng bên dưới thì thụt vào bằng các dòng cùng cấp', en: 'what is key and what is value is not clear. Put text with a colon between quotation marks; let the line below begin where others of its level do' }
const QUOTES: Named = { vi: 'chữ này phải đặt trong ngoặc kép, vì có dấu mà YAML hiểu theo cách riêng (: # @ & * % -)', en: 'put this text between quotation marks: it holds a sign that YAML takes for its own (: # @ & * % -)' }
const SYNTAX: Partial<Record<string, Named>> = {
  BAD_INDENT: INDENT, BLOCK_IN_FLOW: KEY, BAD_COLLECTION_TYPE: INDENT, MULTILINE_IMPLICIT_KEY: KEY, BLOCK_AS_IMPLICIT_KEY: KEY, BAD_SCALAR_START: QUOTES, BAD_ALIAS: QUOTES, BAD_DIRECTIVE: QUOTES, TAG_RESOLVE_FAILED: QUOTES, ALIAS_PROPS: QUOTES, BAD_PROP_ORDER: QUOTES,
  TAB_AS_INDENT: { vi: 'thụt vào bằng phím Tab. Thay bằng dấu cách', en: 'it is indented with a tab. Use spaces' },
  DUPLICATE_KEY: { vi: 'khóa này đã có ở trên trong cùng một nhóm. Bỏ bớt một', en: 'this key stands above already, in the same group. Remove one of them' },
  MISSING_CHAR: { vi: 'thiếu một dấu, thường là dấu ngoặc đóng, dấu phẩy, hoặc dấu hai chấm sau khóa. Xem lại từ đây trở lên', en: 'a sign is missing, mostly a closing bracket or quotation mark, a comma, or the colon after a key. Look from here upwards' },
  UNEXPECTED_TOKEN: { vi: 'có một dấu thừa hoặc đặt sai chỗ, thường là dấu ngoặc. Xem lại dòng này và dòng trên', en: 'a sign is too many or out of place, mostly a bracket. Look at this line and the one above' },
  BAD_DQ_ESCAPE: { vi: 'dấu \\ trong ngoặc kép không đúng. Viết \\\\, hoặc dùng ngoặc đơn', en: 'a \\ between quotation marks is not in order. Write \\\\, or use single quotation marks' },
}
const BROKEN: Named = { vi: 'không đọc được từ chỗ này. Xem lại dấu ngoặc, dấu hai chấm và chỗ thụt vào', en: 'it cannot be read from here on. Look at brackets, colons and indents' }

const shown = (path: Path): string => path.map((step, i) => (typeof step === 'number' ? `[${step + 1}]` : `${i > 0 ? '.' : ''}${step}`)).join('')

/** Reads values one by one and collects what is wrong; what it answers after a complaint is a stand-in of the right type. */
export class FileReader {
  readonly issues: Issue[] = []
  readonly top: Node
  readonly #doc: Document.Parsed
  readonly #lines = new LineCounter()
  /** By path: the complaint that what stands there is no code. */
  readonly #noCode = new Map<string, Issue>()

  constructor(text: string) {
    this.#doc = parseDocument(text.slice(0, MAX_FILE + 1).replace(/^\ufeff/, ''), { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: true, merge: false, strict: true, version: '1.2' })
    const wrong = this.#doc.errors.map((error) => ({ at: error.pos[0], said: SYNTAX[error.code] ?? BROKEN }))
    visit(this.#doc, { Alias: (_, alias) => { if (!alias.resolve(this.#doc)) wrong.push({ at: alias.range?.[0] ?? 0, said: QUOTES }) } })
    for (const { at, said: { vi, en } } of wrong) {
      const { line, col } = this.#lines.linePos(at)
      // One slip is often several errors to the parser.
      if (this.issues.some((one) => one.line === line && one.message.vi === `Sai cú pháp: ${vi}.`)) continue
      this.issues.push({ line, column: col, path: '', severity: 'error', message: { vi: `Sai cú pháp: ${vi}.`, en: `Syntax: ${en}.` } })
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
    const end = (said: string) => (said.endsWith('?') ? said : `${said}.`)
    const message: Named = path ? { vi: end(`${path} ${vi}`), en: end(`${path} ${en}`) } : { vi: end(`Tệp ${vi}`), en: end(`The file ${en}`) }
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
      this.complain([...node.path, key], `là khóa lạ${near ? `. Có phải là “${near}”?` : ''}`, `is an unknown key${near ? `. Did you mean “${near}”?` : ''}`, { key: true })
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
    else if (typeof node.value === 'string' && node.value.trim() === '') this.complain(node.path, 'còn trống, cần điền', 'is empty and must be filled in')
    else this.complain(node.path, `phải là chữ, nhiều nhất ${most} ký tự`, `should be text of at most ${most} letters`)
    return ''
  }
  code(node: Node): string {
    const value = this.string(node, 40)
    if (value && !CODE.test(value)) {
      this.complain(node.path, 'phải là mã bắt đầu bằng chữ, gồm chữ không dấu, số, “-”, “_”', 'should be a code that begins with a letter and has plain letters, digits, “-”, “_”')
      this.#noCode.set(shown(node.path), this.issues.at(-1)!)
    }
    return value
  }
  /** One code, or a list of them. */
  codes(node: Node): { code: string; node: Node }[] {
    return Array.isArray(node.value) ? this.list(node).map((n) => ({ code: this.code(n), node: n })) : [{ code: this.code(node), node }]
  }
  /** One language is enough: an office writes in its own, and the other reads the same. */
  text(node: Node): Named {
    if (!this.map(node, ['vi', 'en'])) return { vi: '', en: '' }
    const [vi, en] = [this.get(node, 'vi'), this.get(node, 'en')]
    const blank = ({ value }: Node): boolean => value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
    const first = this.string(blank(vi) && !blank(en) ? en : vi)
    return blank(vi) || blank(en) ? { vi: first, en: first } : { vi: first, en: this.string(en) }
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
    // One refusal a place: that nothing is called so says more than that it is no code.
    const before = this.issues.indexOf(this.#noCode.get(shown(node.path))!)
    if (before >= 0) this.issues.splice(before, 1)
    this.complain(node.path, `nêu ${what.vi} “${code}”, nhưng không có ${what.vi} nào mang mã đó${near ? `. Có phải là “${near}”?` : ''}`, `names the ${what.en} “${code}”, but no ${what.en} has that code${near ? `. Did you mean “${near}”?` : ''}`)
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
