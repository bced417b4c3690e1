// What a version is on a day: approved for a day to come, in force, or overtaken by another.
import type { VERSION_PHASES } from '../contract/shapes.ts'
import type { Phase } from './edit.ts'

export type Approved = { n: number; phase: Phase; /** From which day; null: not approved. */ from: string | null }
export function versionPhase(version: Approved, all: readonly Approved[], plan: { phase: Phase; inForce: number | null }, today: string): (typeof VERSION_PHASES)[number] {
  const { n, phase, from } = version
  if (from === null) return plan.phase === 'replaced' && phase !== 'withdrawn' ? 'replaced' : phase
  // It ended with the plan, by an order.
  if (phase !== 'approved') return phase
  const overtaken = all.some((other) => other.n > n && other.from !== null && other.from <= from)
  if (overtaken || plan.phase === 'replaced') return 'replaced'
  return from > today ? 'coming' : n === plan.inForce ? 'approved' : 'replaced'
}
