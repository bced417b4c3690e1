// What holds for any change of the tree, by list or by hand.
import type { UnitRefused } from '../contract.ts'


/** Deep enough for any authority; a path stays short enough for an index. */
export const MOST_LEVELS = 64

/** A unit as an order finds it. `from`: since when it exists; `spanFrom`: since when it is as it is now. */
export type Standing = {
  id: string; scheme: string; code: string; kind: string; name: string; original: string | null; nameEn: string | null; parentId: string | null
  lat: number | null; lon: number | null; from: string; spanFrom: string; until: string | null
}

/** Days of a list only go forward, or what was true on a day would change afterwards. And what has not come yet is not done yet. */
export function dayRefused(scheme: string, lastOn: string | null, on: string, today: string): { refused: UnitRefused; data: Record<string, unknown> } | undefined {
  if (lastOn !== null && on < lastOn) return { refused: 'LIST_TOO_OLD', data: { scheme, lastOn, asOf: on } }
  return on > today ? { refused: 'LIST_IN_FUTURE', data: { asOf: on } } : undefined
}
