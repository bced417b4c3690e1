// Rules of approval: by the head, on what was read, with a scan where it was signed on paper; what it rests on is taken down.
import { MOST_TASKS } from '../contract/shapes.ts'
import type { Action } from '../contract/shapes.ts'
import type { FileRef, PlanApproved, Rests, TextRef } from '../contract/facts.ts'
import { done, ended, refused, writable } from './edit.ts'
import type { Done, PlanRow, Refused } from './edit.ts'

export type Approval = { expectedVersion: number; number: string | null; inForceFrom: string; how: string | null; files: FileRef[]; replaces: string[]; approvedOn?: string | undefined }
/** A task that the plan made, as it stands. */
export type Task = { action: string; title: string; unitId: string; state: string; /** The last day on which it may be done, here. */ due: string | null }
/** What was found when it was approved. `made`: actions that are tasks already, of an earlier version. */
export type Found = { rests: Rests; tables: TextRef | null; actions: Action[]; made: ReadonlySet<string>; replaceable: ReadonlySet<string> }

/** Of the actions those that approval makes tasks of, or why it cannot. */
export function newTasks(actions: Action[], made: ReadonlySet<string>): { tasks: (Action & { unitId: string })[] } | Refused {
  const fresh = actions.filter((one) => !made.has(one.id))
  if (fresh.length > MOST_TASKS) return refused('TOO_MANY_TASKS', { n: fresh.length, most: MOST_TASKS })
  const unled = fresh.find((one) => one.unitId === null)
  if (unled) return refused('ACTION_NO_UNIT', { title: unled.title })
  return { tasks: fresh as (Action & { unitId: string })[] }
}

/** Whether it may be approved at all: asked before its tasks are decided. */
export function approvable(plan: PlanRow | undefined, approval: Approval, found: Pick<Found, 'replaceable'>, today: string, dayOf: (at: Date) => string): Refused | undefined {
  const shut = writable(plan)
  if (shut) return shut
  if (plan!.version !== approval.expectedVersion) return refused('CHANGED', { version: plan!.version, changed: ['text'] })
  if (!plan!.header.headId) return refused('HEAD_MISSING')
  if (!plan!.sections.some((one) => one.written)) return refused('PLAN_EMPTY')
  if (plan!.appraisal && plan!.appraisal.verdict !== 'pass') return refused('NOT_APPRAISED')
  if (approval.how === 'paper' && approval.files.length === 0) return refused('PLAN_SCAN_MISSING')
  if (approval.replaces.some((id) => id === plan!.id || !found.replaceable.has(id))) return refused('PLAN_UNKNOWN')
  const { approvedOn } = approval
  if (approvedOn !== undefined && approvedOn > today) return refused('APPROVED_AHEAD')
  // What was signed on paper may have been typed in afterwards.
  if (approvedOn !== undefined && approval.how !== 'paper' && approvedOn < dayOf(plan!.begunAt)) return refused('APPROVED_EARLY', { on: dayOf(plan!.begunAt).split('-').toReversed().join('/') })
  return undefined
}

export function approvePlan(plan: PlanRow, approval: Approval, found: Found, made: PlanApproved['made']): Done<{ n: number; tasks: number }> {
  const { number, inForceFrom, how, files, approvedOn } = approval
  return done(plan, { type: 'plan.approved.v1', planId: plan.id, n: plan.n, number, inForceFrom, how, files, rests: found.rests, tables: found.tables, made, ...(approvedOn !== undefined ? { approvedOn } : {}) }, { n: plan.n, tasks: made.length })
}

/** What is done or withdrawn no longer waits for anybody. */
export const isOpen = ({ state }: Pick<Task, 'state'>): boolean => state !== 'verified' && state !== 'withdrawn'
/** Of a task, whether the table of actions still has its row, and says the same. */
export function rowOf(task: Task, actions: readonly Pick<Action, 'id' | 'title' | 'unitId' | 'due'>[]): 'same' | 'changed' | 'gone' {
  const row = actions.find(({ id }) => id === task.action)
  if (!row) return 'gone'
  return row.title === task.title && row.unitId === task.unitId && row.due === task.due ? 'same' : 'changed'
}

export const withdrawPlan = (plan: PlanRow | undefined, reason: TextRef, on: string): Done | Refused => ended(plan) ?? done(plan!, { type: 'plan.withdrawn.v1', planId: plan!.id, reason, on })
