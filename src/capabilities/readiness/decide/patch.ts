// A live message put into a board that is on screen. Figures are absolute, so a message that comes twice changes nothing and an older one is dropped.
import { STATES, noCounts } from '../contract.ts'
import type { Board, BoardPatch, BoardRow, Counts } from '../contract.ts'

const counts = (figures: number[]): Counts => {
  const all = noCounts()
  STATES.forEach((state, i) => { all[state] = figures[i] ?? 0 })
  return all
}

/** Null: this patch does not fit what is shown (another filter, a unit that is not on it): read the board again. */
export function applyPatch(board: Board, query: { programmeId?: string; level?: string; workstream?: string; link?: string }, unitId: string, patch: BoardPatch): Board | null {
  if (board.on) return board
  if (query.level || query.workstream || query.link) return null
  const found = patch.of.find(([programme]) => programme === (query.programmeId ?? null))
  if (!found) return board
  const [, events, checks, [total = 0, reported = 0, done = 0, overdue = 0], version] = found
  const patched = (row: BoardRow): BoardRow => {
    if (row.unitId !== unitId || row.version >= version) return row
    const now = { events: counts(events), checks: counts(checks), tasks: { total, reported, done, overdue } }
    // The figures of a week ago stay what they were, so the change moves with the figure.
    const change = {
      unmet: row.change.unmet + now.events.unmet - row.events.unmet, at_risk: row.change.at_risk + now.events.at_risk - row.events.at_risk,
      met: row.change.met + now.events.met - row.events.met, overdue: row.change.overdue + overdue - row.tasks.overdue,
    }
    return { ...row, ...now, change, version }
  }
  if (unitId !== board.unit.unitId && !board.rows.some((row) => row.unitId === unitId)) return null
  return { ...board, asOf: patch.asOf > board.asOf ? patch.asOf : board.asOf, unit: patched(board.unit), rows: board.rows.map(patched) }
}
