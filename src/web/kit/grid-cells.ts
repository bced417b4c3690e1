// What a spreadsheet does to its cells, without a screen: values read as they are typed or pasted, ranges copied, filled, cleared, rows moved.
import { fold } from '../../pure/text.ts'
import { gridOfText, textOfGrid } from '../../pure/tsv.ts'

/** `also`: how else it may be typed or pasted, as in the other language. */
export type GridOption = { value: string; label: string; also?: readonly string[] }
export type GridColumn = {
  id: string; head: string
  /** In pixels. */
  width: number
  /** `tick`: Space sets and clears it; a cell without a value is set. `select`: one of `options`. */
  as?: 'text' | 'tick' | 'select'
  options?: readonly GridOption[]
  /** How the value reads in the table, and in its editor; what is typed, as it is kept. */
  shown?: (value: string) => string
  written?: (value: string) => string
  read?: (text: string) => string
  /** How to write it, said while it is edited. */
  hint?: string
  /** What can be named in it. */
  suggest?: readonly GridOption[]
}
export type GridRow = { id: string; cells: Readonly<Record<string, string>> }
export type Range = { top: number; bottom: number; left: number; right: number }

export const valueOf = (row: GridRow, column: GridColumn): string => row.cells[column.id] ?? (column.as === 'tick' ? 'x' : '')
const optionFor = (column: GridColumn, text: string): string | undefined => column.options?.find((one) => one.value === text || [one.label, ...one.also ?? []].some((name) => fold(name) === fold(text)))?.value
const NO = new Set(['', '0', 'khong', 'no', 'false', '-', '–'])

/** As it is kept, from what was typed or pasted. */
export function readCell(column: GridColumn, typed: string): string {
  const text = typed.replace(/\s*\n\s*/g, ' ').trim().normalize('NFC')
  if (column.as === 'tick') return NO.has(fold(text)) ? '' : 'x'
  if (column.as === 'select') return optionFor(column, text) ?? text
  return column.read ? column.read(text) : text
}
/** As a spreadsheet takes it; what it would take for a formula is quoted, and unquoted on the way back. */
const outward = (text: string): string => (/^[=@]/.test(text) ? `'${text}` : text)
const inward = (text: string): string => text.replace(/^'(?=[=@])/, '')

const set = <R extends GridRow>(row: R, change: Record<string, string>): R => ({ ...row, cells: { ...row.cells, ...change } })

export function copied(rows: readonly GridRow[], columns: readonly GridColumn[], range: Range): string {
  return textOfGrid(rows.slice(range.top, range.bottom + 1).map((row) => columns.slice(range.left, range.right + 1).map((column) => {
    const value = valueOf(row, column)
    return outward(column.as === 'select' ? column.options?.find((one) => one.value === value)?.label ?? value : column.written ? column.written(value) : value)
  })))
}
/** One cell fills the whole range; more begin at its corner, and make the rows that are missing. Answers the range that was written. */
export function pasted<R extends GridRow>(rows: readonly R[], columns: readonly GridColumn[], range: Range, text: string, fresh: () => R): { rows: R[]; range: Range; /** Rows in which something else stood before. */ over: number } {
  const grid = gridOfText(text)
  const single = grid.length === 1 && grid[0]!.length === 1
  const to: Range = single ? range : { top: range.top, left: range.left, bottom: range.top + grid.length - 1, right: Math.min(columns.length - 1, range.left + Math.max(...grid.map((row) => row.length)) - 1) }
  const next = [...rows]
  while (next.length <= to.bottom) next.push(fresh())
  let over = 0
  for (let r = to.top; r <= to.bottom; r++) {
    const change: Record<string, string> = {}
    for (let c = to.left; c <= to.right; c++) { const typed = single ? grid[0]![0] : grid[r - to.top]![c - to.left]; if (typed !== undefined) change[columns[c]!.id] = readCell(columns[c]!, inward(typed)) }
    const was = next[r]!
    if (Object.entries(change).some(([id, value]) => (was.cells[id] ?? '') !== '' && was.cells[id] !== value)) over++
    next[r] = set(was, change)
  }
  return { rows: next, range: to, over }
}
export const cleared = <R extends GridRow>(rows: readonly R[], columns: readonly GridColumn[], range: Range): R[] =>
  rows.map((row, r) => (r < range.top || r > range.bottom ? row : set(row, Object.fromEntries(columns.slice(range.left, range.right + 1).map((column) => [column.id, ''])))))
/** The first row of the range in all of its rows. */
export const filledDown = <R extends GridRow>(rows: readonly R[], columns: readonly GridColumn[], range: Range): R[] => {
  const from = rows[range.top]!
  return rows.map((row, r) => (r <= range.top || r > range.bottom ? row : set(row, Object.fromEntries(columns.slice(range.left, range.right + 1).map((column) => [column.id, valueOf(from, column)])))))
}
export const written = <R extends GridRow>(rows: readonly R[], at: number, column: GridColumn, value: string): R[] => rows.map((row, r) => (r === at ? set(row, { [column.id]: value }) : row))
/** Rows `top` to `bottom` taken out and put before the row that was at `to`. */
export function moved<R>(rows: readonly R[], top: number, bottom: number, to: number): R[] {
  const taken = rows.slice(top, bottom + 1)
  const left = rows.filter((_, r) => r < top || r > bottom)
  const at = to > bottom ? to - taken.length : Math.min(to, top)
  return [...left.slice(0, at), ...taken, ...left.slice(at)]
}
