// Two people change one draft: what each changed stays, cell by cell. Where both changed the same cell, what was typed here stays and the other is named.
import { PARTS, columnsOf, ticked } from './sheet.ts'
import type { Part, Row, Sheet } from './sheet.ts'

export type Difference = { part: Part | 'head'; code: string; kind: 'added' | 'removed' | 'changed'; name: { vi: string; en: string }; cells: { column: string; from: string; to: string }[] }
export type Clash = { part: Part | 'head'; code: string; column: string; mine: string; theirs: string }

/** Rows by their code; of two with one code each keeps its turn. */
function keyed(rows: readonly Row[]): Map<string, Row> {
  const seen = new Map<string, number>()
  return new Map(rows.map((row) => { const code = row.cells.code ?? ''; const n = seen.get(code) ?? 0; seen.set(code, n + 1); return [n === 0 ? code : `${code} ${n}`, row] }))
}
/** A tick that was never set is set. */
const valueOf = (row: Row, column: string): string => (/^[lc]:/.test(column) ? (ticked(row, column) ? 'x' : '') : row.cells[column] ?? '')
const columns = (part: Part, ...sheets: Sheet[]): string[] => [...new Set(sheets.flatMap((sheet) => columnsOf(sheet, part)))]

export function differences(from: Sheet, to: Sheet): Difference[] {
  const name = (row: Row) => ({ vi: row.cells['name.vi'] ?? '', en: row.cells['name.en'] ?? '' })
  const cells = (keys: readonly string[], a: (key: string) => string, b: (key: string) => string) => keys.flatMap((column) => (a(column) === b(column) ? [] : [{ column, from: a(column), to: b(column) }]))
  const heads = cells([...new Set([...Object.keys(from.head), ...Object.keys(to.head)])], (key) => from.head[key] ?? '', (key) => to.head[key] ?? '')
  const found: Difference[] = heads.length > 0 ? [{ part: 'head', code: to.head.code ?? '', kind: 'changed', name: { vi: to.head['name.vi'] ?? '', en: to.head['name.en'] ?? '' }, cells: heads }] : []
  for (const part of PARTS) {
    const [before, after] = [keyed(from.parts[part]), keyed(to.parts[part])]
    const keys = columns(part, from, to)
    for (const [key, row] of after) {
      const was = before.get(key)
      if (!was) found.push({ part, code: key, kind: 'added', name: name(row), cells: [] })
      else { const changed = cells(keys, (column) => valueOf(was, column), (column) => valueOf(row, column)); if (changed.length > 0) found.push({ part, code: key, kind: 'changed', name: name(row), cells: changed }) }
    }
    for (const [key, row] of before) if (!after.has(key)) found.push({ part, code: key, kind: 'removed', name: name(row), cells: [] })
  }
  return found
}

export function merged(base: Sheet, mine: Sheet, theirs: Sheet): { sheet: Sheet; clashes: Clash[] } {
  const clashes: Clash[] = []
  const cell = (part: Part | 'head', code: string, column: string, was: string, here: string, there: string): string => {
    if (here === was) return there
    if (there !== was && there !== here) clashes.push({ part, code, column, mine: here, theirs: there })
    return here
  }
  const heads = [...new Set([...Object.keys(base.head), ...Object.keys(mine.head), ...Object.keys(theirs.head)])]
  const head = Object.fromEntries(heads.map((key) => [key, cell('head', mine.head.code ?? '', key, base.head[key] ?? '', mine.head[key] ?? '', theirs.head[key] ?? '')]))
  const parts = Object.fromEntries(PARTS.map((part) => {
    const [was, here, there] = [keyed(base.parts[part]), keyed(mine.parts[part]), keyed(theirs.parts[part])]
    const keys = columns(part, base, mine, theirs)
    const differ = (a: Row, b: Row) => keys.some((column) => valueOf(a, column) !== valueOf(b, column))
    const rows: [string, Row][] = []
    for (const [code, row] of here) {
      const [old, other] = [was.get(code), there.get(code)]
      if (!other) { if (old && !differ(old, row)) continue; if (old) clashes.push({ part, code, column: 'code', mine: code, theirs: '' }); rows.push([code, row]); continue }
      const cells = Object.fromEntries(keys.map((column) => [column, cell(part, code, column, old ? valueOf(old, column) : '', valueOf(row, column), valueOf(other, column))]))
      rows.push([code, { ...row, cells: { ...row.cells, ...cells } }])
    }
    // What they added stands after the row that it stands after there.
    let before = ''
    for (const [code, row] of there) {
      if (!here.has(code)) {
        const old = was.get(code)
        if (old && !differ(old, row)) { before = code; continue }
        if (old) clashes.push({ part, code, column: 'code', mine: '', theirs: code })
        else rows.splice(rows.findIndex(([one]) => one === before) + 1, 0, [code, row])
      }
      before = code
    }
    return [part, rows.map(([, row]) => row)]
  })) as Record<Part, Row[]>
  return { sheet: { head, parts }, clashes }
}
