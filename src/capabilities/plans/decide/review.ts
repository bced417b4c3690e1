// Rules of consultation, comments and appraisal. What a version was told stays with that version.
import type { AppraisalBegun, PlanAnswered, PlanCommented, PointRaised, PointReopened, PointSettled, PointWithdrawn, TextRef } from '../contract/facts.ts'
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

/** Of the unit that answers. `may`: enter it, being above it or whose plan it is. `answered`: when it answered last. */
export type Asked = { mine: boolean; may: boolean; answered: string | null }
/** A later answer takes the place of an earlier one knowingly, as long as the version is not approved; for another unit it is told by somebody. */
export function answer(plan: PlanRow | undefined, asked: Asked | undefined, told: boolean, instead: string | null, given: Pick<PlanAnswered, 'unitId' | 'verdict' | 'text' | 'files'>): Done | Refused {
  const shut = writable(plan)
  if (shut) return shut
  if (!asked || !(asked.mine || asked.may)) return refused('NOT_CONSULTED')
  if (!asked.mine && !told) return refused('TOLD_MISSING')
  if (asked.answered !== instead) return refused('ANSWERED_ALREADY')
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

/** `told`: of the unit that appraises, or told by somebody. */
const appraising = (plan: PlanRow | undefined, told: boolean): Refused | undefined => writable(plan) ?? (!plan!.appraisal || plan!.phase !== 'appraising' ? refused('NOT_APPRAISING') : told ? undefined : refused('TOLD_MISSING'))
export function raisePoint(plan: PlanRow | undefined, told: boolean, point: Pick<PointRaised, 'pointId' | 'sectionId' | 'text'>): Done<{ pointId: string }> | Refused {
  const shut = appraising(plan, told)
  if (shut) return shut
  if (point.sectionId && !plan!.sections.some((one) => one.id === point.sectionId)) return refused('SECTION_UNKNOWN')
  return done(plan!, { type: 'plan.point_raised.v1', planId: plan!.id, n: plan!.n, ...point }, { pointId: point.pointId })
}
/** How a point stands: null: open; undefined: there is none. */
export type Stands = 'fixed' | 'answered' | 'withdrawn' | null | undefined
const again = (plan: PlanRow, pointId: string): Done => done(plan, { type: 'plan.point_reopened.v1', planId: plan.id, n: plan.n, pointId } satisfies PointReopened)
/** What its own unit marked it can unmark. */
export function settlePoint(plan: PlanRow | undefined, stands: Stands, settled: Omit<PointSettled, 'type' | 'planId' | 'how'> & { how: PointSettled['how'] | 'open' }): Done | Refused {
  const shut = writable(plan)
  if (shut) return shut
  const { how, ...rest } = settled
  if (how === 'open') return stands === 'fixed' || stands === 'answered' ? again(plan!, rest.pointId) : refused('POINT_UNKNOWN')
  if (stands !== null) return refused('POINT_UNKNOWN')
  if (how === 'answered' && !rest.text) return refused('TEXT_MISSING')
  return done(plan!, { type: 'plan.point_settled.v1', planId: plan!.id, ...rest, how })
}
/** By who appraises: raised by mistake, or not settled by what was done. */
export function callBackPoint(plan: PlanRow | undefined, told: boolean, stands: Stands, pointId: string, what: 'withdraw' | 'reopen'): Done | Refused {
  const shut = appraising(plan, told)
  if (shut) return shut
  if (stands === undefined || (what === 'withdraw' ? stands === 'withdrawn' : stands === null)) return refused('POINT_UNKNOWN')
  return what === 'reopen' ? again(plan!, pointId) : done(plan!, { type: 'plan.point_withdrawn.v1', planId: plan!.id, n: plan!.n, pointId } satisfies PointWithdrawn)
}
/** Every point is fixed or answered before a version passes; it can be sent back with points open. */
export function appraise(plan: PlanRow | undefined, told: boolean, verdict: 'pass' | 'return', text: TextRef | null): Done | Refused {
  const shut = appraising(plan, told)
  if (shut) return shut
  const open = plan!.appraisal!.open
  if (verdict === 'pass' && open > 0) return refused('POINTS_OPEN', { n: open })
  return done(plan!, { type: 'plan.appraised.v1', planId: plan!.id, n: plan!.n, verdict, text })
}
