// The rows of this capability, and what it reads of others' views.
import type { State } from '../contract.ts'

export type Tables = {
  waivers: { event_id: string; requirement: string; given_by: string; given_at: Date; until_at: Date; reason_id: string; told_id: string | null; files: string[]; withdrawn_at: Date | null; withdrawn_by: string | null }
  conclusions: { event_id: string; verdict: 'go' | 'no_go'; concluded_by: string; concluded_at: Date; note_id: string | null; states: Record<string, State>; withdrawn_at: Date | null; withdrawn_by: string | null; withdrawn_reason_id: string | null }
  event_checks: {
    event_id: string; programme_id: string; unit_id: string; level: string; day_on: string | null; states: Record<string, State>; rank: number
    next_change_at: Date | null; version: number; changed_at: Date
  }
}

/** Compared row by row with a replay. The counters are a follower's. */
export const tables = ['waivers', 'conclusions']
/** Folded by the follower; the days before today cannot be folded again, so a backup carries them. */
export const foldedTables = ['event_checks', 'check_queue', 'check_totals', 'check_days', 'requirement_totals']
