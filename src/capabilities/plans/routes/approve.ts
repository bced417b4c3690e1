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
const allOf = <A>(all: (A | undefined)[]): all is A[] => !all.includes(undefined)
/** Those of the tasks that these plans made. */
const madeBy = async (read: Reader, planIds: string[], ids: string[]): Promise<string[]> => {
  const made = ids.length === 0 ? [] : await Promise.all(planIds.map((planId) => tasksMade(read, planId)))
  return ids.filter((id) => made.flat().some((task) => task.id === id))
}
/** Why a task is withdrawn; the name of a graded plan does not stand on a task, which bears no grade. */
const WHY = {
  vi: { gone: (n: number, title: string | null) => (title === null ? 'Kế hoạch, phương án đã giao việc này không còn việc này.' : `Bản ${n} của “${title}” không còn việc này.`), replaced: (title: string | null) => `Kế hoạch, phương án đã giao việc này được thay thế bằng ${title === null ? 'bản khác' : `“${title}”`}.` },
  en: { gone: (n: number, title: string | null) => (title === null ? 'The plan that made this task no longer has this action.' : `Version ${n} of “${title}” no longer has this action.`), replaced: (title: string | null) => `The plan that made this task is replaced by ${title === null ? 'another one' : `“${title}”`}.` },
}

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
  const title = seen.graded ? null : seen.header.title
  // What a plan has made stays made: these are the same behind the locks.
  const own = await madeBy(c.read, [planId], body.withdrawTasks)
  const theirs = await madeBy(c.read, body.replaces, body.withdrawTasks.filter((id) => !own.includes(id)))
  const [gone, replaced] = [await needs.withdrawingMany(c, own, WHY[seen.lang].gone(seen.n, title)), await needs.withdrawingMany(c, theirs, WHY[seen.lang].replaced(title))]
  const streams = [...new Set([streamOf(planId), ...body.replaces.map(streamOf), ...tasks.streams, ...gone.streams, ...replaced.streams])]
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
    const ended = own.length + theirs.length === body.withdrawTasks.length ? await Promise.all([gone.decide(read), replaced.decide(read)]) : [undefined]
    if (!allOf(ended)) return { refused: 'PLAN_TASK_UNKNOWN' }
    const rests = await restsOf(read, c.actor, needs.sources, plan, reviewOn, body.inForceFrom > today ? body.inForceFrom : today)
    const tables = await frozen({ ...c, read }, plan, needs)
    const done = approvePlan(plan, approval, { rests, tables: tables?.ref ?? null, ...now, replaceable: replaces }, given.map((one, i) => ({ actionId: one.id, taskId: tasks.taskIds[i]! })))
    const others: Staged[] = body.replaces.map((id) => ({ on: streamOf(id), about: `plan:${id}`, fact: { type: 'plan.replaced.v1', planId: id, by: planId, from: body.inForceFrom } as never }))
    const whole = keeping(done, [tables], body.files, `plan:${planId}`, c.at)
    return { ...whole, answer: { ...done.answer, withdrawn: ended.reduce((sum, one) => sum + one.withdrawn, 0) }, private: [...('private' in whole ? whole.private : []), ...ended.flatMap((one) => one.private)], facts: [...done.facts, ...others, ...decided.facts, ...ended.flatMap((one) => one.facts)] as never }
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
    const ended = (await madeBy(read, [planId], body.withdrawTasks)).length === body.withdrawTasks.length ? await gone.decide(read) : undefined
    return ended ? { facts: [...done.facts, ...ended.facts] as never, answer: { ...done.answer, withdrawn: ended.withdrawn }, private: [reason.private, ...ended.private] } : { refused: 'PLAN_TASK_UNKNOWN' }
  })
}

/** The live tables of the version as they are now, in words: what was approved can be read later as it was. */
async function frozen(c: Context, plan: PlanRow, needs: ApprovalNeeds): Promise<ReturnType<typeof kept> | undefined> {
  const used = [...new Set(plan.sections.flatMap((s) => s.tables))]
  const found = await Promise.all(used.map(async (source) => [source, await needs.rows({ ...c, lang: plan.lang }, source, scopeOf(plan))] as const))
  return used.length === 0 ? undefined : kept(JSON.stringify(Object.fromEntries(found)), plan.id, 'tables', c.at, 'plan')
}
