// Orders about plans: contract → commit → decide. A plan is one stream; what is written in it and about it goes apart.
import type * as z from 'zod'
import { fileFacts, holdFiles } from '../../../kernel/blobs.ts'
import type { FileFact } from '../../../kernel/blobs.ts'
import { derivedId } from '../../../kernel/ids.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { apart, yearsLater } from '../../../kernel/texts.ts'
import { dayHere } from '../../../kernel/zone.ts'
import type { CustodyNeeds } from '../../custodies/contract/needs.ts'
import type * as shapes from '../contract/shapes.ts'
import * as edit from '../decide/edit.ts'
import type { Done, PlanRow, Refused } from '../decide/edit.ts'
import * as review from '../decide/review.ts'
import { fitTables } from '../decide/tables.ts'
import type { Sources } from '../decide/tables.ts'
import { accessPlan, appraisesHere, commentOf, consultedOf, knownOf, mayAt, pointStands, streamOf, teamOf, unitsOf } from '../store/access.ts'
import { attachedTo } from '../store/read.ts'

type In<S extends z.ZodType> = z.infer<S>
/** A plan is of use as evidence long after the event; what was said while it was written, not so long. */
const KEPT = { plan: 20, remark: 5 } as const
type Kept = ReturnType<typeof apart>
export const kept = (text: string, planId: string, purpose: string, at: Date, how: keyof typeof KEPT = 'remark'): Kept => apart(text, { subject: `plan:${planId}`, purpose, retention: how === 'plan' ? 'plan' : 'plan_remark', until: yearsLater(at, KEPT[how]) }, at)
const maybe = (text: string | undefined, planId: string, purpose: string, at: Date): Kept | undefined => (text === undefined ? undefined : kept(text, planId, purpose, at))

/** A decision with the texts and files that belong to it. */
export const keeping = <A>(decided: Done<A> | Refused, texts: (Kept | undefined)[] = [], files: string[] = [], holder = '', at = new Date(0)) =>
  ('refused' in decided ? decided : { ...decided, private: texts.flatMap((one) => (one ? [one.private] : [])), ...(files.length > 0 ? { aside: (side: SideWriter) => holdFiles(side, files, holder, at) } : {}) })
export const filesOf = (read: Reader, c: Context, ids: string[], planId: string): Promise<FileFact[] | undefined> => fileFacts(read, c.actor, ids, `plan:${planId}`)

type About = { orderId: string; planId: string; told?: In<typeof shapes.AboutPlan>['told'] }
type Decided<A> = ReturnType<typeof keeping<A>>
/** One order about a plan: told by whom, on its own stream. */
function order<A>(c: Context, kind: string, input: About, side: [right: 'plan.edit' | 'plan.appraise' | 'plan.approve', side?: 'appraiser' | 'seen'], decide: (plan: PlanRow | undefined, read: Reader) => Decided<A> | Promise<Decided<A>>, tree?: 'shared') {
  const { orderId, told, ...body } = input
  return c.commit<Done<A>['answer']>({ id: orderId, kind, streams: [streamOf(input.planId)], body, told, ...(tree ? { tree } : {}) }, async (read) => decide(await accessPlan(read, c.actor, side[0], input.planId, dayHere(c.at), side[1]), read))
}
const headerOf = ({ title, headId, eventId, programmeId, basis, restsOn, papers, reviewOn }: shapes.Header): shapes.Header => ({ title, headId, eventId, programmeId, basis, restsOn, ...(papers && papers.length > 0 ? { papers } : {}), reviewOn })

export function draft(c: Context, input: In<typeof shapes.DraftPlan>, { templates, custody }: { templates: readonly shapes.PlanTemplate[]; custody: CustodyNeeds }) {
  const { orderId, told, unitId, template, lang, grade } = input
  const planId = derivedId(new Date(0), orderId, 'plan')
  const header = headerOf(input)
  const graded = custody.grading(c, 'plan', planId, grade)
  return c.commit<Done['answer']>({ id: orderId, kind: 'plan.draft.v1', streams: [streamOf(planId), ...graded.streams], body: { unitId, template, lang, grade, ...header }, told, tree: 'shared' }, async (read) => {
    const decided = edit.draftPlan(await mayAt(read, c.actor, 'plan.edit', unitId), planId, unitId, lang, templates.find((one) => one.code === template), header, await knownOf(read, c.actor, unitId, header), (code) => derivedId(new Date(0), orderId, code))
    if ('refused' in decided) return decided
    const made = await graded.decide(read)
    return 'refused' in made ? made : { ...decided, facts: [...decided.facts, ...made.facts] as never }
  })
}
export const change = (c: Context, input: In<typeof shapes.ChangePlan>) => order(c, 'plan.change.v1', input, ['plan.edit'], async (plan, read) => keeping(edit.changePlan(plan, input.expectedVersion, headerOf(input), plan ? await knownOf(read, c.actor, plan.unitId, headerOf(input)) : { head: false, event: false, programme: false, plans: new Set() })), 'shared')

export const write = (c: Context, input: In<typeof shapes.WriteSection>, sources: Sources) => order<{ sectionVersion: number }>(c, 'plan.write.v1', input, ['plan.edit'], (plan) => {
  const content = kept(JSON.stringify(input.content), input.planId, 'section', c.at, 'plan')
  const units = [...new Set(input.content.actions.flatMap((one) => [...(one.unitId ? [one.unitId] : []), ...one.supportingUnitIds]))]
  const fit = plan ? fitTables(input.content.tables, sources, { unitId: plan.unitId, eventId: plan.header.eventId, programmeId: plan.header.programmeId }) : { unknown: undefined, unfit: false }
  return keeping(edit.writeSection(plan, input.expectedVersion, { sectionId: input.sectionId, title: input.title, content: content.ref, tables: input.content.tables, units, actions: input.content.actions.length }, fit), [content])
})
export const arrange = (c: Context, input: In<typeof shapes.ArrangeSections>) => order(c, 'plan.arrange.v1', input, ['plan.edit'], (plan) => keeping(edit.arrangeSections(plan, input.expectedVersion, input.sections)))
export const attach = (c: Context, input: In<typeof shapes.AttachFiles>, custody: CustodyNeeds) => order(c, 'plan.attach.v1', input, ['plan.edit'], async (plan, read) => {
  const files = await filesOf(read, c, input.files, input.planId)
  const unfit = files && plan ? await custody.unfit(read, plan.id, files, input.filesGrade) : undefined
  if (unfit) return keeping<unknown>({ refused: unfit })
  return files ? keeping(edit.attachFiles(plan, files, input.filesGrade), [], input.files, `plan:${input.planId}`, c.at) : keeping<unknown>({ refused: plan ? 'FILE_UNKNOWN' : 'NOT_FOUND' })
})
export const detach = (c: Context, input: In<typeof shapes.DetachFile>) => order(c, 'plan.detach.v1', input, ['plan.edit'], async (plan, read) => {
  const reason = kept(input.reason, input.planId, 'detached', c.at, 'plan')
  return keeping(edit.detachFile(plan, plan ? await attachedTo(read, plan.id) : [], input.fileId, reason.ref), [reason])
})
export const begin = (c: Context, input: In<typeof shapes.AboutPlan>) => order(c, 'plan.begin.v1', input, ['plan.edit'], (plan) => keeping(edit.beginVersion(plan)))

export const consult = (c: Context, input: In<typeof shapes.Consult>) => order(c, 'plan.consult.v1', input, ['plan.edit'], async (plan, read) =>
  keeping(review.consult(plan, input.unitIds, input.due, dayHere(c.at), await unitsOf(read, input.unitIds))), 'shared')
/** By the unit that was asked; or entered for it by the plan's own unit or one above, told by whom. */
export const answer = (c: Context, input: In<typeof shapes.Answer>, custody: CustodyNeeds) => order(c, 'plan.answer.v1', input, ['plan.edit', 'seen'], async (plan, read) => {
  const [text, files, asked] = [maybe(input.text, input.planId, 'opinion', c.at), await filesOf(read, c, input.files, input.planId), await consultedOf(read, c.actor, input.planId, input.unitId)]
  if (!files) return keeping<unknown>({ refused: plan ? 'FILE_UNKNOWN' : 'NOT_FOUND' })
  const unfit = await custody.unfit(read, input.planId, files, 'none')
  if (unfit) return keeping<unknown>({ refused: unfit })
  const instead = input.instead === undefined ? null : new Date(input.instead).toISOString()
  return keeping(review.answer(plan, asked, input.told !== undefined, instead, { unitId: input.unitId, verdict: input.verdict, text: text?.ref ?? null, files: input.files }), [text], input.files, `plan:${input.planId}`, c.at)
})
export const comment = (c: Context, input: In<typeof shapes.Comment>) => order(c, 'plan.comment.v1', input, ['plan.edit', 'seen'], (plan) => {
  const [text, quote] = [kept(input.text, input.planId, 'comment', c.at), maybe(input.quote, input.planId, 'quote', c.at)]
  return keeping(review.comment(plan, { commentId: derivedId(new Date(0), input.orderId, 'comment'), sectionId: input.sectionId, quote: quote?.ref ?? null, text: text.ref }), [text, quote])
})
export const settleComment = (c: Context, input: In<typeof shapes.SettleComment>) => order(c, 'plan.settle_comment.v1', input, ['plan.edit'], async (plan, read) =>
  keeping(review.settleComment(plan, await commentOf(read, input.planId, input.commentId), input.commentId, input.resolved)))

export const appraisal = (c: Context, input: In<typeof shapes.BeginAppraisal>) => order(c, 'plan.begin_appraisal.v1', input, ['plan.edit'], async (plan, read) =>
  keeping(review.beginAppraisal(plan, await teamOf(read, input.bodyId, input.unitId), input.due ?? null, dayHere(c.at))), 'shared')
/** What a unit above enters for one that appraises is told by somebody. */
const toldOrOwn = async (c: Context, read: Reader, input: About): Promise<boolean> => input.told !== undefined || await appraisesHere(read, c.actor, input.planId)
export const point = (c: Context, input: In<typeof shapes.RaisePoint>) => order(c, 'plan.raise_point.v1', input, ['plan.appraise', 'appraiser'], async (plan, read) => {
  const text = kept(input.text, input.planId, 'point', c.at)
  return keeping(review.raisePoint(plan, await toldOrOwn(c, read, input), { pointId: derivedId(new Date(0), input.orderId, 'point'), sectionId: input.sectionId ?? null, text: text.ref }), [text])
})
export const settlePoint = (c: Context, input: In<typeof shapes.SettlePoint>) => order(c, 'plan.settle_point.v1', input, ['plan.edit'], async (plan, read) => {
  const text = maybe(input.text, input.planId, 'answer', c.at)
  return keeping(review.settlePoint(plan, await pointStands(read, input.planId, input.pointId), { pointId: input.pointId, how: input.how, text: text?.ref ?? null }), [text])
})
export const callBackPoint = (c: Context, input: In<typeof shapes.CallBackPoint>) => order(c, 'plan.call_back_point.v1', input, ['plan.appraise', 'appraiser'], async (plan, read) =>
  keeping(review.callBackPoint(plan, await toldOrOwn(c, read, input), await pointStands(read, input.planId, input.pointId), input.pointId, input.what)))
export const appraise = (c: Context, input: In<typeof shapes.Appraise>) => order(c, 'plan.appraise.v1', input, ['plan.appraise', 'appraiser'], async (plan, read) => {
  const text = maybe(input.text, input.planId, 'verdict', c.at)
  return keeping(review.appraise(plan, await toldOrOwn(c, read, input), input.verdict, text?.ref ?? null), [text])
})
