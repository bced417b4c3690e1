// Approval: one order on the plan's stream, on those of the plans that it replaces, and on those of the tasks that its actions become.
import type * as z from 'zod'
import { derivedId } from '../../../kernel/ids.ts'
import type { Reader } from '../../../kernel/db.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { PrivateText, Staged } from '../../../kernel/order.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { CustodyNeeds } from '../../custodies/contract/needs.ts'
import type { Action, Approve, Header, Table, Withdraw } from '../contract/shapes.ts'
import { approvable, approvePlan, newTasks, withdrawPlan } from '../decide/approve.ts'
import type { PlanRow } from '../decide/edit.ts'
import type { Scope, Sources } from '../decide/tables.ts'
import { accessPlan, replaceable, streamOf } from '../store/access.ts'
import { sectionsOf, tasksMade } from '../store/read.ts'
import { restsOf } from '../store/stale.ts'
import { filesOf, keeping, kept } from './orders.ts'
import { dayHere } from '../../../kernel/zone.ts'

export type NewTask = { orderId: string; issuerUnitId: string; unitId: string; supportingUnitIds: string[]; title: string; product?: string | undefined; due?: string | undefined; lang: 'vi' | 'en'; eventId?: string | undefined; programmeId?: string | undefined }
export type ApprovalNeeds = {
  custody: CustodyNeeds
  zone: string; sources: Sources
  /** A live table's rows as the asker may see them. */
  rows: (c: Context, source: string, scope: Scope) => Promise<Omit<Table, 'frozen'> | undefined>
  /** What giving these tasks takes, so that the approval's order carries them. A refusal says of which one it is. */
  /** What withdrawing these tasks takes; undefined: one is not the asker's to withdraw. */
  withdrawingMany: (c: Context, ids: string[], reason: string) => Promise<{ streams: string[]; decide: (read: Reader) => Promise<{ facts: Staged[]; private: PrivateText[]; withdrawn: number } | undefined> }>
  assigningMany: (c: Context, issuerUnitId: string, tasks: NewTask[]) => { taskIds: string[]; streams: string[]; decide: (read: Reader) => Promise<{ facts: Staged[] } | { refused: string; at: number; data?: Record<string, unknown> }> }
}
export const scopeOf = (plan: { unitId: string; header: Header }): Scope => ({ unitId: plan.unitId, eventId: plan.header.eventId, programmeId: plan.header.programmeId })

async function actionsOf(read: Reader, plan: PlanRow): Promise<{ actions: Action[]; made: Set<string> }> {
  const [sections, made] = await Promise.all([sectionsOf(read, plan.id, plan.n), tasksMade(read, plan.id)])
  return { actions: sections.flatMap((s) => s.content?.actions ?? []), made: new Set(made.map(({ action }) => action)) }
}
const ofPlan = async (read: Reader, planId: string, ids: string[]): Promise<boolean> => {
  if (ids.length === 0) return true
  const made = new Set((await tasksMade(read, planId)).map(({ id }) => id))
  return ids.every((id) => made.has(id))
}
const WHY = { vi: (n: number, title: string) => `Bản ${n} của “${title}” không còn việc này.`, en: (n: number, title: string) => `Version ${n} of “${title}” no longer has this action.` }


export async function approve(c: Context, input: z.infer<typeof Approve>, needs: ApprovalNeeds) {
  const { orderId, told, planId, ...body } = input
  const today = dayHere(c.at)
  const seen = await accessPlan(c.read, c.actor, 'plan.approve', planId, today)
  if (!seen) throw new Refusal('NOT_FOUND')
  // Streams are named before they are locked. What is found behind the locks must be the same, else somebody wrote meanwhile.
  const before = await actionsOf(c.read, seen)
  // A task bears no grade: what a graded plan asks for stays in the plan.
  const fresh = seen.graded ? { tasks: [] } : newTasks(before.actions, before.made)
  const given = 'refused' in fresh ? [] : fresh.tasks
  const tasks = needs.assigningMany(c, seen.unitId, given.map((one) => ({
    orderId: derivedId(new Date(0), orderId, one.id), issuerUnitId: seen.unitId, unitId: one.unitId, supportingUnitIds: one.supportingUnitIds, title: one.title, product: one.product ?? undefined, due: one.due ?? undefined, lang: seen.lang,
    eventId: seen.header.eventId ?? undefined, programmeId: seen.header.eventId ? undefined : seen.header.programmeId ?? undefined,
  })))
  const gone = await needs.withdrawingMany(c, body.withdrawTasks, WHY[seen.lang](seen.n, seen.header.title))
  const streams = [...new Set([streamOf(planId), ...body.replaces.map(streamOf), ...tasks.streams, ...gone.streams])]
  return c.commit<{ planId: string; version: number; n: number; tasks: number; withdrawn: number }>({ id: orderId, kind: 'plan.approve.v1', streams, subject: `plan:${planId}`, body, told, tree: 'shared' }, async (read) => {
    const plan = await accessPlan(read, c.actor, 'plan.approve', planId, today)
    const files = await filesOf(read, c, body.files, planId)
    if (!files) return { refused: plan ? 'FILE_UNKNOWN' : 'NOT_FOUND' }
    if (plan && plan.graded !== seen.graded) return { refused: 'CHANGED', data: { version: plan.version, changed: ['grade'] } }
    const unfit = await needs.custody.unfit(read, planId, files, 'none')
    if (unfit) return { refused: unfit }
    const reviewOn = body.reviewOn ?? plan?.header.reviewOn ?? null
    const approval = { expectedVersion: body.expectedVersion, number: body.number ?? null, inForceFrom: body.inForceFrom, how: told?.how ?? null, files, replaces: body.replaces, approvedOn: body.approvedOn === today ? undefined : body.approvedOn }
    const replaces = await replaceable(read, c.actor, body.replaces, plan?.unitId, today)
    const shut = approvable(plan, approval, { replaceable: replaces }, today, dayHere)
    if (shut || !plan) return shut ?? { refused: 'NOT_FOUND' }
    const now = await actionsOf(read, plan)
    if (JSON.stringify(now.actions) !== JSON.stringify(before.actions) || now.made.size !== before.made.size) return { refused: 'CHANGED', data: { version: plan.version, changed: ['text'] } }
    if ('refused' in fresh) return fresh
    const decided = await tasks.decide(read)
    if ('refused' in decided) return decided.refused === 'DUE_PAST' ? { refused: 'ACTION_DUE_PAST', data: { title: given[decided.at]?.title } } : { refused: decided.refused, ...(decided.data ? { data: decided.data } : {}) }
    const ended = await ofPlan(read, planId, body.withdrawTasks) ? await gone.decide(read) : undefined
    if (!ended) return { refused: 'PLAN_TASK_UNKNOWN' }
    const rests = await restsOf(read, c.actor, needs.sources, plan, reviewOn, body.inForceFrom > today ? body.inForceFrom : today)
    const tables = await frozen({ ...c, read }, plan, needs)
    const done = approvePlan(plan, approval, { rests, tables: tables?.ref ?? null, ...now, replaceable: replaces }, given.map((one, i) => ({ actionId: one.id, taskId: tasks.taskIds[i]! })))
    const others: Staged[] = body.replaces.map((id) => ({ on: streamOf(id), about: `plan:${id}`, fact: { type: 'plan.replaced.v1', planId: id, by: planId, from: body.inForceFrom } as never }))
    const whole = keeping(done, [tables], body.files, `plan:${planId}`, c.at)
    return { ...whole, answer: { ...done.answer, withdrawn: ended.withdrawn }, private: [...('private' in whole ? whole.private : []), ...ended.private], facts: [...done.facts, ...others, ...decided.facts, ...ended.facts] as never }
  })
}

/** The plan is withdrawn, and with it those of its tasks that are named, for the same reason. */
export async function withdraw(c: Context, input: z.infer<typeof Withdraw>, needs: ApprovalNeeds) {
  const { orderId, told, planId, ...body } = input
  const gone = await needs.withdrawingMany(c, body.withdrawTasks, body.reason)
  return c.commit<{ planId: string; version: number; withdrawn: number }>({ id: orderId, kind: 'plan.withdraw.v1', streams: [...new Set([streamOf(planId), ...gone.streams])], subject: `plan:${planId}`, body: { planId, ...body }, told }, async (read) => {
    const reason = kept(body.reason, planId, 'reason', c.at, 'plan')
    const done = withdrawPlan(await accessPlan(read, c.actor, 'plan.approve', planId, dayHere(c.at)), reason.ref, dayHere(c.at))
    if ('refused' in done) return done
    const ended = await ofPlan(read, planId, body.withdrawTasks) ? await gone.decide(read) : undefined
    return ended ? { facts: [...done.facts, ...ended.facts] as never, answer: { ...done.answer, withdrawn: ended.withdrawn }, private: [reason.private, ...ended.private] } : { refused: 'PLAN_TASK_UNKNOWN' }
  })
}

/** The live tables of the version as they are now, in words: what was approved can be read later as it was. */
async function frozen(c: Context, plan: PlanRow, needs: ApprovalNeeds): Promise<ReturnType<typeof kept> | undefined> {
  const used = [...new Set(plan.sections.flatMap((s) => s.tables))]
  const found = await Promise.all(used.map(async (source) => [source, await needs.rows({ ...c, lang: plan.lang }, source, scopeOf(plan))] as const))
  return used.length === 0 ? undefined : kept(JSON.stringify(Object.fromEntries(found)), plan.id, 'tables', c.at, 'plan')
}
