// A waiver has who, why and until; a conclusion has what was seen. Neither changes a state: both stand beside it.
import type { ConclusionWithdrawn, Counts, GiveWaiver, ReadinessConcluded2, ReadinessRefused, State, TextRef, Verdict as GoNoGo, WaiverGiven, WaiverWithdrawn2 } from '../contract.ts'
import { plural } from '../../../pure/plural.ts'
import { countStates } from './states.ts'
import type { Verdict } from './states.ts'

/** An event as these orders see it: where it stands, and the states of its requirements at this moment. */
export type Readiness = { eventId: string; phase: string; version: number; verdicts: Verdict[] }
type Refused = { refused: ReadinessRefused; data?: Record<string, unknown> }

const YEAR = 366 * 86_400_000
const over = (event: Readiness): boolean => event.phase === 'closed' || event.phase === 'cancelled'

export function giveWaiver(event: Readiness | undefined, order: GiveWaiver, reason: TextRef, at: Date, files: ReadinessConcluded2['files'] = []): { facts: [WaiverGiven] } | Refused {
  if (!event) return { refused: 'NOT_FOUND' }
  if (over(event)) return { refused: 'EVENT_OVER' }
  const found = event.verdicts.find((v) => v.requirement.code === order.requirement)
  if (!found) return { refused: 'NOT_FOUND' }
  if (order.told?.how === 'paper' && files.length === 0) return { refused: 'SCAN_MISSING' }
  if (found.state === 'met') return { refused: 'WAIVER_MET', data: { requirement: order.requirement } }
  const until = new Date(order.until)
  if (until <= at || until.getTime() > at.getTime() + YEAR) return { refused: 'WAIVER_PAST' }
  return { facts: [{ type: 'waiver.given.v1', eventId: event.eventId, requirement: order.requirement, reason, until: until.toISOString(), ...(files.length > 0 ? { files } : {}) }] }
}

export function withdrawWaiver(event: Readiness | undefined, requirement: string, reason: TextRef): { facts: [WaiverWithdrawn2] } | Refused {
  if (!event) return { refused: 'NOT_FOUND' }
  const found = event.verdicts.find((v) => v.requirement.code === requirement)
  if (!found) return { refused: 'NOT_FOUND' }
  if (!found.waiver) return { refused: 'WAIVER_MISSING', data: { requirement } }
  return { facts: [{ type: 'waiver.withdrawn.v2', eventId: event.eventId, requirement, reason }] }
}

/** What the requirements say, whoever concludes: one unmet is no go, one open keeps it undecided, a waiver lets it go. */
export function goNoGo(states: readonly State[]): GoNoGo {
  if (states.includes('unmet')) return 'no_go'
  return states.length > 0 && states.every((s) => s === 'met' || s === 'waived') ? 'go' : 'undecided'
}

/** Go cannot be said over an unmet requirement: it is mended, or waived by name. What is only at risk or not yet due is the concluder's to weigh. */
export function conclude(event: Readiness | undefined, order: { verdict: 'go' | 'no_go'; expectedVersion: number; told?: { how: string } | undefined }, note: TextRef | null, files: ReadinessConcluded2['files'] = []): { facts: [ReadinessConcluded2] } | Refused {
  if (!event) return { refused: 'NOT_FOUND' }
  if (over(event)) return { refused: 'EVENT_OVER' }
  if (order.told?.how === 'paper' && files.length === 0) return { refused: 'SCAN_MISSING' }
  if (event.version !== order.expectedVersion) return { refused: 'CHANGED', data: { version: event.version, changed: ['checks'] } }
  const counts = countStates(event.verdicts.map((v) => v.state))
  if (order.verdict === 'go' && counts.unmet + counts.not_assessed > 0) return { refused: 'NOT_READY', data: { unmet: counts.unmet, open: counts.not_assessed } }
  const states = Object.fromEntries(event.verdicts.map((v) => [v.requirement.code, v.state]))
  return { facts: [{ type: 'readiness.concluded.v2', eventId: event.eventId, verdict: order.verdict, note, states, files }] }
}

/** Never undone, only withdrawn: what was concluded stays in the record, and the event is again not concluded. Of an event that is over it stands. */
export function withdrawConclusion(event: Readiness | undefined, last: { verdict: 'go' | 'no_go'; at: Date; withdrawn: unknown } | undefined, concludedAt: string, reason: TextRef): { facts: [ConclusionWithdrawn] } | Refused {
  if (!event) return { refused: 'NOT_FOUND' }
  if (over(event)) return { refused: 'EVENT_OVER' }
  if (!last || last.withdrawn) return { refused: 'CONCLUSION_MISSING' }
  if (last.at.getTime() !== Date.parse(concludedAt)) return { refused: 'CONCLUSION_NEWER' }
  return { facts: [{ type: 'readiness.conclusion_withdrawn.v1', eventId: event.eventId, verdict: last.verdict, reason }] }
}

const open = (counts: Counts): number => counts.at_risk + counts.not_due + counts.not_assessed
const said = (n: number, sentence: string): string => plural(sentence, { n }).replace('{n}', String(n))
export function goNoGoSentence(verdict: GoNoGo, counts: Counts): { vi: string; en: string } {
  const waived = counts.waived > 0 ? { vi: `, trong đó ${counts.waived} ngoại lệ được duyệt`, en: `, ${counts.waived} of them by waiver` } : { vi: '', en: '' }
  if (verdict === 'go') return { vi: `Đủ điều kiện: tất cả ${counts.met + counts.waived} điều kiện đã đạt${waived.vi}.`, en: said(counts.met + counts.waived, `Go: [n:the one requirement holds|all {n} requirements hold]${waived.en}.`) }
  if (verdict === 'no_go') return { vi: `Chưa đủ điều kiện: ${counts.unmet} điều kiện chưa đạt.`, en: said(counts.unmet, 'No go: {n} [n:requirement is|requirements are] unmet.') }
  return { vi: `Chưa kết luận được: ${open(counts)} điều kiện chưa rõ (có nguy cơ, chưa đến hạn hoặc chưa đánh giá).`, en: said(open(counts), 'Undecided: {n} [n:requirement is|requirements are] still open (at risk, not yet due or not assessed).') }
}
