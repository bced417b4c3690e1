// From a finding to a state: what counts from when, what a waiver covers, and what an event is worth as a whole.
import { startOfDay } from '../../../pure/calendar.ts'
import { STATES, noCounts } from '../contract.ts'
import type { Counts, EventFrame, Finding, Rule, State } from '../contract.ts'

export type Requirement = { code: string; name: { vi: string; en: string }; by: string; warnDays: number; check: { kind: string } & Record<string, unknown> }
export type WaiverRow = { requirement: string; untilAt: Date; byId: string; givenAt: Date; reasonId: string; toldId: string | null; files: string[] }
export type Rules = ReadonlyMap<string, Rule>
/** By source, the evidence of this event. */
export type Evidence = Record<string, unknown>

export type Verdict = {
  requirement: Requirement; state: State; without: State | null; finding: Finding; byAt: Date | null; waiver: WaiverRow | null
  /** When the state may change by the clock alone. */
  nextAt: Date | null
}

const DAY = 86_400_000

/** A requirement that only a later capability can check names what it `needs`: when that capability registers a rule of this name, the requirement comes alive. */
export const ruleName = (check: Requirement['check']): string => (check.kind === 'none' ? needed(check, 'none') : check.kind)
function needed({ needs }: Requirement['check'], other: string): string { return typeof needs === 'string' ? needs : other }

const later = (at: Date, ...moments: (Date | null | undefined)[]): Date | null => {
  let next: Date | null = null
  for (const m of moments) if (m && m > at && (!next || m < next)) next = m
  return next
}

function stateOf(finding: Finding, byAt: Date | null, warnDays: number, at: Date): { state: State; nextAt: Date | null } {
  const warnAt = byAt && new Date(byAt.getTime() - warnDays * DAY)
  const nextAt = later(at, finding.nextAt, byAt, warnAt)
  const counts = !byAt || at >= byAt
  const near = counts || at >= warnAt!
  if (finding.holds === 'unknown') return { state: 'not_assessed', nextAt }
  if (!counts && finding.vacuous && finding.holds !== 'no') return { state: 'not_due', nextAt }
  if (finding.holds === 'yes') return { state: 'met', nextAt }
  if (finding.holds === 'ending') return { state: 'at_risk', nextAt }
  if (!near) return { state: 'not_due', nextAt }
  return { state: counts && finding.holds === 'no' ? 'unmet' : 'at_risk', nextAt }
}

const UNKNOWN: Finding = { holds: 'unknown', why: { code: 'no_source', params: {} }, links: [] }
const POSTPONED: Finding = { holds: 'no', why: { code: 'postponed', params: {} }, links: [] }

/** An event that is over is judged by the morning of its day: evidence that ran out later, or a late report, does not make it unready in hindsight. */
export const judgedAt = ({ phase, dayOn, zone }: EventFrame, now: Date): Date => {
  const opened = phase === 'closed' && dayOn ? startOfDay(dayOn, zone) : now
  return opened < now ? opened : now
}

/** Every requirement that applies to the event, in the template's order. A cancelled event has none. */
export function evaluate(event: EventFrame, requirements: readonly Requirement[], rules: Rules, evidence: Evidence, waivers: readonly WaiverRow[], now: Date): Verdict[] {
  if (event.phase === 'cancelled') return []
  const at = judgedAt(event, now)
  const verdicts: Verdict[] = []
  for (const requirement of requirements) {
    const by = event.requirements[requirement.code]
    if (by === undefined) continue
    if (event.phase === 'postponed') {
      verdicts.push({ requirement, state: 'not_due', without: null, finding: POSTPONED, byAt: null, waiver: null, nextAt: null })
      continue
    }
    const { check } = requirement
    const rule = rules.get(ruleName(check))
    const finding = rule ? rule.check({ at, event, check, warnDays: requirement.warnDays }, evidence[rule.source] as never) : { ...UNKNOWN, why: { code: 'no_source', params: { needs: needed(check, check.kind) } } }
    // What was about to run out held on the day.
    if (event.phase === 'closed' && finding.holds === 'ending') finding.holds = 'yes'
    const byAt = new Date(by)
    const plain = stateOf(finding, byAt, requirement.warnDays, at)
    const waiver = waivers.find((w) => w.requirement === requirement.code && w.untilAt > at) ?? null
    const waived = waiver !== null && plain.state !== 'met'
    verdicts.push({
      requirement, state: waived ? 'waived' : plain.state, without: waived ? plain.state : null, finding, byAt, waiver,
      nextAt: event.phase === 'closed' ? null : later(at, plain.nextAt, waiver?.untilAt),
    })
  }
  return verdicts
}

/**
 * An event is as ready as its worst requirement. What nobody can assess weighs from the moment it counts: from then on the event is not met.
 * Where nothing has been assessed at all, that is what shows.
 */
export function eventState(verdicts: readonly Verdict[], at: Date): State {
  const any = (state: State) => verdicts.some((v) => v.state === state)
  if (any('unmet')) return 'unmet'
  if (any('at_risk')) return 'at_risk'
  if (verdicts.every((v) => v.state === 'not_assessed') || verdicts.some((v) => v.state === 'not_assessed' && (!v.byAt || v.byAt <= at))) return 'not_assessed'
  if (any('waived')) return 'waived'
  return any('met') ? 'met' : 'not_due'
}

export const nextChange = (verdicts: readonly Verdict[]): Date | null =>
  verdicts.reduce<Date | null>((next, v) => (v.nextAt && (!next || v.nextAt < next) ? v.nextAt : next), null)

export function countStates(states: Iterable<State>): Counts {
  const counts = noCounts()
  for (const state of states) counts[state]++
  return counts
}

/** 0 is the worst. */
export const rankOf = (state: State): number => STATES.indexOf(state)

/** Stands for the states that were read: who decides on them names it, and hears of it if they have changed since. */
export function fingerprint(verdicts: readonly Verdict[]): number {
  let hash = 17
  for (const char of verdicts.map((v) => `${v.requirement.code}:${v.state}`).join(' ')) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) & 0x7fffffff
  return hash
}
