// Records of a closed unit pass to one unit that took it over: the one full successor, or the one that the order names among all of them.
import type { UnitRef, UnitRefused } from '../contract.ts'

/** A unit that stands today and took over, itself or through others that ended since. `full`: all of it went there. */
export type Heir = UnitRef & { full: boolean }
export type Leaving = UnitRef & { until: string | null }
type Refused = { refused: UnitRefused; data?: Record<string, unknown> }

export function heirOf(unit: Leaving | undefined, heirs: Heir[], named: string | undefined, today: string): Heir | Refused {
  if (!unit) return { refused: 'NOT_FOUND' }
  if (unit.until === null || unit.until > today) return { refused: 'UNIT_STANDS', data: { name: unit.name } }
  if (named !== undefined) return heirs.find((heir) => heir.id === named) ?? { refused: 'NOT_SUCCESSOR', data: { name: unit.name } }
  if (heirs.length === 0) return { refused: 'NO_SUCCESSOR', data: { name: unit.name } }
  const full = heirs.filter((heir) => heir.full)
  if (full.length === 1) return full[0]!
  return { refused: 'SUCCESSOR_UNCLEAR', data: { name: unit.name, choices: heirs.map((heir) => `${heir.name} (${heir.code})`).join(', ') } }
}
