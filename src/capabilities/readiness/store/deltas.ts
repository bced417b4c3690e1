// Adds up, in memory, what one batch changes: one line for each unit above and programme and level, whatever the number of events.
import { STATES } from '../contract.ts'
import type { State } from '../contract.ts'

export const COLUMNS = [...STATES.map((s) => `events_${s}`), ...STATES.map((s) => `checks_${s}`)]
const WIDTH = COLUMNS.length
const PLACE = Object.fromEntries(STATES.map((s, i) => [s, i])) as Record<State, number>

type Line = { programmeId: string; unitId: string; level: string; states: Record<string, State>; rank: number }
/** Requirement by requirement only for the two highest levels: a unit below has few enough events to count them when asked. */
export const REQUIREMENT_LEVELS = 2

export class Deltas {
  totals = new Map<string, Int32Array>()
  requirements = new Map<string, Int32Array>()

  /** `above`: from the root down to the unit itself. */
  add(line: Line, above: readonly string[], sign: 1 | -1): void {
    const places = Object.entries(line.states).map(([requirement, state]) => [requirement, PLACE[state]] as const)
    for (const unit of above) {
      const total = slot(this.totals, `${unit} ${line.programmeId} ${line.level}`, WIDTH)
      total[line.rank]! += sign
      for (const [, place] of places) total[STATES.length + place]! += sign
    }
    for (const unit of above.slice(0, REQUIREMENT_LEVELS)) {
      for (const [requirement, place] of places) slot(this.requirements, `${unit} ${line.programmeId} ${requirement}`, STATES.length)[place]! += sign
    }
  }

  subtractTotals(row: Record<string, number | string>): void {
    const total = slot(this.totals, `${row.unit_id} ${row.programme_id} ${row.level}`, WIDTH)
    COLUMNS.forEach((c, i) => { total[i]! -= Number(row[c]) })
  }
  subtractRequirement(row: Record<string, number | string>): void {
    const counts = slot(this.requirements, `${row.unit_id} ${row.programme_id} ${row.requirement}`, STATES.length)
    STATES.forEach((s, i) => { counts[i]! -= Number(row[s]) })
  }

  /** As columns for one statement; what adds up to nothing is left out. Sorted, so that two runs write in the same order. */
  columns() {
    const totals = [...this.totals].filter(([, n]) => n.some(Boolean)).sort(byKey)
    const requirements = [...this.requirements].filter(([, n]) => n.some(Boolean)).sort(byKey)
    const part = (entries: [string, Int32Array][], i: number) => entries.map(([key]) => key.split(' ')[i]!)
    return {
      keys: { unit: part(totals, 0), programme: part(totals, 1), level: part(totals, 2) },
      columns: COLUMNS.map((_, i) => totals.map(([, n]) => n[i]!)),
      requirements: { unit: part(requirements, 0), programme: part(requirements, 1), requirement: part(requirements, 2), counts: STATES.map((_, i) => requirements.map(([, n]) => n[i]!)) },
    }
  }
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0)
function slot(map: Map<string, Int32Array>, key: string, width: number): Int32Array {
  let found = map.get(key)
  if (!found) map.set(key, (found = new Int32Array(width)))
  return found
}
