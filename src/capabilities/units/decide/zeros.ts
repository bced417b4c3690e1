// Codes that a spreadsheet took for numbers: 01 became 1, 00070 became 70. Recognised by the codes that the installation knows, else by the width that most codes of a kind have.
import type { ListRow } from './list.ts'
import type { Standing } from './rules.ts'

export type Zeros = { count: number; sample: { from: string; to: string }[]; rows: ListRow[] }
const SHOWN = 10
const isNumber = (code: string): boolean => /^\d+$/.test(code)

/** The one width of all codes of a kind, where they are numbers and some begin with zero; in a file alone, that of most. */
function widthsOf(rows: readonly ListRow[], own: readonly Standing[]): Map<string, number> {
  const widths = new Map<string, number>()
  const [here, listed] = [Map.groupBy(own, (unit) => unit.kind), Map.groupBy(rows, (row) => row.kind)]
  for (const [kind, list] of listed) {
    const known = (here.get(kind) ?? []).map((unit) => unit.code)
    const wide = Math.max(0, ...known.map((code) => code.length))
    if (known.length > 0) {
      if (known.every((code) => isNumber(code) && code.length === wide) && known.some((code) => code.startsWith('0'))) widths.set(kind, wide)
      continue
    }
    const most = Math.max(...list.map((row) => row.code.length))
    // A file that kept its zeros lost none; and 1 to 12 are numbers that never had any.
    const whole = list.filter((row) => row.code.length === most).length
    if (most > 1 && list.every((row) => isNumber(row.code) && !row.code.startsWith('0')) && whole < list.length && whole * 2 > list.length) widths.set(kind, most)
  }
  return widths
}

export function zerosOf(rows: readonly ListRow[], own: readonly Standing[], others: readonly Standing[]): Zeros {
  const widths = widthsOf(rows, own)
  const here = new Set(own.map((unit) => unit.code))
  const whole = (row: ListRow): string => { const wide = widths.get(row.kind); return wide && isNumber(row.code) && row.code.length < wide && !here.has(row.code) ? row.code.padStart(wide, '0') : row.code }
  const coded = rows.map((row) => ({ row, code: whole(row) }))
  const stripped = (code: string): string => code.replace(/^0+(?=\d)/, '')
  const inFile = Map.groupBy(coded.filter((one) => isNumber(one.row.code)), (one) => stripped(one.row.code))
  const known = new Set([...own, ...others].map((unit) => unit.code))
  const bare = Map.groupBy([...own, ...others].filter((unit) => isNumber(unit.code)), (unit) => stripped(unit.code))
  const parent = ({ kind, parentCode }: ListRow): string => {
    if (!isNumber(parentCode)) return parentCode
    // The same number may stand for a province and for a commune: what is above is of another kind.
    const near = inFile.get(stripped(parentCode)) ?? []
    const above = near.filter((one) => one.row.kind !== kind)
    if (near.some((one) => one.code === parentCode)) return parentCode
    if (above.length === 1) return above[0]!.code
    const units = bare.get(stripped(parentCode)) ?? []
    return above.length === 0 && !known.has(parentCode) && units.length === 1 ? units[0]!.code : parentCode
  }
  const done = coded.map(({ row, code }) => { const above = parent(row); return code === row.code && above === row.parentCode ? row : { ...row, code, parentCode: above } })
  const lost = new Map<string, string>()
  for (const [i, row] of done.entries()) for (const [from, to] of [[rows[i]!.code, row.code], [rows[i]!.parentCode, row.parentCode]] as const) if (from !== to) lost.set(`${from}>${to}`, to)
  return { count: lost.size, sample: [...lost].slice(0, SHOWN).map(([key, to]) => ({ from: key.slice(0, key.indexOf('>')), to })), rows: done }
}
