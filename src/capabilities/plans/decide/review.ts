// Rules of consultation, comments and appraisal. What a version was told stays with that version.
import type { AppraisalBegun, PlanAnswered, PlanCommented, PointRaised, PointSettled, TextRef } from '../contract/facts.ts'
import { done, ended, refused, writable } from './edit.ts'
import type { Done, PlanRow, Refused } from './edit.ts'

type Tree = { unknown: boolean; closed: string | undefined }
const notThere = ({ unknown, closed }: Tree): Refused | undefined => (unknown ? refused('UNIT_UNKNOWN') : closed !== undefined ? refused('UNIT_CLOSED', { unit: closed }) : undefined)

export function consult(plan: PlanRow | undefined, units: string[], due: string, today: string, tree: Tree): Done | Refused {
  const shut = writable(plan)
  if (shut) return shut
  if (due < today) return refused('DUE_PAST')
  return notThere(tree) ?? done(plan!, { type: 'plan.consulted.v1', planId: plan!.id, n: plan!.n, units: [...new Set(units)], due })
}

/** A later answer takes the place of an earlier one, as long as the version is not approved. */
export function answer(plan: PlanRow | undefined, asked: boolean, given: Pick<PlanAnswered, 'unitId' | 'verdict' | 'text' | 'files'>): Done | Refused {
  const shut = writable(plan)
  if (shut) return shut
  if (!asked) return refused('NOT_CONSULTED')
  if (given.verdict === 'comments' && !given.text) return refused('TEXT_MISSING')
  return done(plan!, { type: 'plan.answered.v1', planId: plan!.id, n: plan!.n, ...given })
}

export function comment(plan: PlanRow | undefined, given: Pick<PlanCommented, 'commentId' | 'sectionId' | 'quote' | 'text'>): Done<{ commentId: string }> | Refused {
  const shut = ended(plan)
  if (shut) return shut
  if (!plan!.sections.some((one) => one.id === given.sectionId)) return refused('SECTION_UNKNOWN')
  return done(plan!, { type: 'plan.commented.v1', planId: plan!.id, n: plan!.n, ...given }, { commentId: given.commentId })
}
export function settleComment(plan: PlanRow | undefined, found: { resolved: boolean } | undefined, commentId: string, resolved: boolean): Done | Refused {
  const shut = ended(plan)
  if (shut) return shut
  if (!found) return refused('COMMENT_UNKNOWN')
  if (found.resolved === resolved) return refused('NOTHING_CHANGED')
  return done(plan!, { type: 'plan.comment_settled.v1', planId: plan!.id, commentId, resolved })
}

/** `team`: who appraises; undefined: none that stands, or neither or both named. */
export function beginAppraisal(plan: PlanRow | undefined, team: Pick<AppraisalBegun, 'bodyId' | 'unitId' | 'units'> | undefined, due: string | null, today: string): Done | Refused {
  const shut = writable(plan)
  if (shut) return shut
  if (!team) return refused('BODY_UNKNOWN')
  if (due !== null && due < today) return refused('DUE_PAST')
  if (!plan!.sections.some((one) => one.written)) return refused('PLAN_EMPTY')
  return done(plan!, { type: 'plan.appraisal_begun.v1', planId: plan!.id, n: plan!.n, ...team, due })
}

const appraising = (plan: PlanRow | undefined): Refused | undefined => writable(plan) ?? (plan!.appraisal && plan!.phase === 'appraising' ? undefined : refused('NOT_APPRAISING'))
export function raisePoint(plan: PlanRow | undefined, point: Pick<PointRaised, 'pointId' | 'sectionId' | 'text'>): Done<{ pointId: string }> | Refused {
  const shut = appraising(plan)
  if (shut) return shut
  if (point.sectionId && !plan!.sections.some((one) => one.id === point.sectionId)) return refused('SECTION_UNKNOWN')
  return done(plan!, { type: 'plan.point_raised.v1', planId: plan!.id, n: plan!.n, ...point }, { pointId: point.pointId })
}
export function settlePoint(plan: PlanRow | undefined, open: boolean, settled: Pick<PointSettled, 'pointId' | 'how' | 'text'>): Done | Refused {
  const shut = writable(plan)
  if (shut) return shut
  if (!open) return refused('POINT_UNKNOWN')
  if (settled.how === 'answered' && !settled.text) return refused('TEXT_MISSING')
  return done(plan!, { type: 'plan.point_settled.v1', planId: plan!.id, ...settled })
}
/** Every point is fixed or answered before a version passes; it can be sent back with points open. */
export function appraise(plan: PlanRow | undefined, verdict: 'pass' | 'return', text: TextRef | null): Done | Refused {
  const shut = appraising(plan)
  if (shut) return shut
  const open = plan!.appraisal!.open
  if (verdict === 'pass' && open > 0) return refused('POINTS_OPEN', { n: open })
  return done(plan!, { type: 'plan.appraised.v1', planId: plan!.id, n: plan!.n, verdict, text })
}
