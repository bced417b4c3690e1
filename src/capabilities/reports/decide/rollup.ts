// How reports add up. A level is the kind of those who report: what provinces say and what communes say are never added together, but held against each other.
import type { NumberField } from '../contract/form.ts'
import type { ReportState } from '../contract/names.ts'
import type { Contradiction } from '../contract/shapes.ts'

/** What one report adds to each unit above it. */
export type Counted = { state: ReportState; late: boolean; numbers: readonly (number | null)[] | null }
export type Total = { owes: number; reported: number; late: number; signed: number; returned: number; excused: number; sums: number[]; counts: number[] }
export const COUNTS = ['owes', 'reported', 'late', 'signed', 'returned', 'excused'] as const

export const nothing = (fields = 0): Total => ({ owes: 0, reported: 0, late: 0, signed: 0, returned: 0, excused: 0, sums: Array.from({ length: fields }, () => 0), counts: Array.from({ length: fields }, () => 0) })
const counts = (state: ReportState): boolean => state === 'submitted' || state === 'signed'

/** Adds (1) or takes away (-1). Only what is submitted and not returned counts; who is excused owes no more. */
export function add(total: Total, one: Counted, sign: 1 | -1): void {
  if (one.state === 'excused') { total.excused += sign; total.owes -= sign; return }
  if (one.state === 'returned') { total.returned += sign; return }
  if (!counts(one.state)) return
  total.reported += sign
  if (one.late) total.late += sign
  if (one.state === 'signed') total.signed += sign
  one.numbers?.forEach((n, i) => {
    total.sums[i] ??= 0
    total.counts[i] ??= 0
    if (n === null) return
    total.sums[i]! += sign * n
    total.counts[i]! += sign
  })
}

export type Sums = { sums: readonly number[]; counts: readonly number[] }
/** One figure of one period, by the field's rule; null where nobody gave one, or it does not go up. */
export const figure = (field: Pick<NumberField, 'up' | 'decimals'>, { sums, counts: given }: Sums, i: number): number | null =>
  field.up === 'none' || !given[i] ? null : field.up === 'average' ? rounded(sums[i]! / given[i]!, Math.max(1, field.decimals)) : sums[i]!
const rounded = (n: number, decimals: number): number => Math.round(n * 10 ** decimals) / 10 ** decimals
/** What a figure grew by; without what arithmetic in halves and quarters leaves behind. */
export const growth = (now: number, before: number): number => rounded(now - before, 3)

/** Several periods in one, the earliest first: sums are added, averages are over all reports, of a stock the last period counts. `open`: still coming in, so its stocks are not whole. */
export function whole(fields: readonly NumberField[], periods: readonly (Sums & { open?: boolean })[]): (number | null)[] {
  return fields.map((field, i) => {
    if (field.up === 'latest') return figure(field, periods.findLast((one) => one.counts[i]! > 0 && !one.open) ?? periods.findLast((one) => one.counts[i]! > 0) ?? { sums: [], counts: [] }, i)
    return figure(field, { sums: fields.map((_, k) => (k === i ? periods.reduce((n, one) => n + (one.sums[i] ?? 0), 0) : 0)), counts: fields.map((_, k) => (k === i ? periods.reduce((n, one) => n + (one.counts[i] ?? 0), 0) : 0)) }, i)
  })
}

export type Against = { reportId: string; unit: { id: string; name: string }; own: readonly (number | null)[]; below: Total }
/**
 * A unit's own number is not the sum of those below it. Said when all below have reported; before that, only where they already give more than the unit says.
 */
export function contradictionsOf(fields: readonly NumberField[], against: readonly Against[]): Contradiction[] {
  return against.flatMap(({ reportId, unit, own, below }) => fields.flatMap((field, i): Contradiction[] => {
    const mine = own[i]
    if ((field.up !== 'sum' && field.up !== 'latest') || mine === null || mine === undefined || !below.counts[i]) return []
    const [sum, all] = [below.sums[i]!, below.reported >= below.owes]
    return (all ? sum !== mine : field.least !== null && field.least >= 0 && sum > mine) ? [{ reportId, unit, field: field.code, own: mine, below: sum, partial: !all }] : []
  }))
}
