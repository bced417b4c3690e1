// Orders about one task: the contract's input → commit → decide. Bulk orders run the same functions, one for each row.
import type { Right } from '../../../kernel/access.ts'
import { fileFacts, holdFiles } from '../../../kernel/blobs.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { Decision, PrivateText, Staged } from '../../../kernel/order.ts'
import type { Told } from '../../../kernel/contract.ts'
import { derivedId, uuidv7 } from '../../../kernel/ids.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { endOfDay } from '../../../pure/calendar.ts'
import type { TaskDue } from '../contract/facts.ts'
import type { AskExtension, CommentTask, EditTask, GrantExtension, ReportTask, ReturnTask, SplitTask, WithNote, WithReason } from '../contract/shapes.ts'
import type * as z from 'zod'
import * as rules from '../decide.ts'
import type { Done, TaskRow } from '../decide.ts'
import { splitTask } from '../decide/assign.ts'
import { accessTask, accessTaskToEdit, addressees, streamOf, tasksBelow, tasksBelowMany, titleOf } from '../store/access.ts'
import { mayMention } from '../store/mentions.ts'
import { streamsOfTask } from '../store/show.ts'
import { maybeSaid, said } from './said.ts'

type About = { orderId: string; taskId: string; told?: Told | undefined }
type Outcome = Decision<never, never, Done>

/** `family`: it touches tasks above or below as well, so no other order of the stream shares its transaction. */
async function order<A = Done>(
  { commit, actor, read }: Context, kind: string, right: Right, input: About, decide: (task: TaskRow | undefined, read: Reader) => unknown,
  { family = false, access = accessTask as typeof accessTask }: { family?: boolean; access?: (read: Reader, actor: Context['actor'], right: Right, id: string) => Promise<TaskRow | undefined> } = {},
): Promise<A> {
  const stream = await streamOf(read, input.taskId)
  if (!stream) throw new Refusal('NOT_FOUND')
  return commit<A>({ id: input.orderId, kind, streams: [stream], ...(family ? {} : { subject: `task:${input.taskId}` }), body: input, told: input.told },
    async (inside) => withAbout(await (decide(await access(inside, actor, right, input.taskId), inside) as Promise<Outcome> | Outcome), stream, input.taskId, family) as never)
}
/** An order that has the stream for itself still writes about the one task. */
const withAbout = (decision: Outcome, stream: string, taskId: string, family: boolean): Outcome =>
  family && 'facts' in decision ? { ...decision, facts: decision.facts.map((fact) => ('on' in (fact as object) ? fact : { on: stream, about: `task:${taskId}`, fact })) as never } : decision

const keeping = <D extends object>(decision: D, ...texts: ({ private: PrivateText } | undefined)[]): D => {
  const kept = texts.filter((text) => text !== undefined).map((text) => text.private)
  return 'facts' in decision && kept.length > 0 ? { ...decision, private: kept } : decision
}
/** A date alone is the end of that day in the task's zone. */
export const instantOf = (due: string, zone: string): string => (due.length === 10 ? endOfDay(due, zone) : new Date(due)).toISOString()
export const dueOf = (due: string, zone: string): TaskDue => ({ at: instantOf(due, zone), rule: due.length === 10 ? `on:${due}` : null, zone })
const subject = (id: string): string => `task:${id}`

export const accept = (c: Context, input: About) => order(c, 'task.accept.v1', 'task.accept', input, (task) => rules.acceptTask(task))
export const start = (c: Context, input: About) => order(c, 'task.start.v1', 'task.report', input, (task) => rules.startTask(task))

export const report = (c: Context, input: z.infer<typeof ReportTask>) => order(c, 'task.report.v1', 'task.report', input, async (task, read) => {
  const files = input.files.length === 0 ? [] : await fileFacts(read, c.actor, input.files, subject(input.taskId))
  if (!files) return { refused: 'FILE_UNKNOWN' }
  const note = maybeSaid(input.note, subject(input.taskId), 'report', c.at)
  const { label = null, on = null, expiresOn } = input.evidence ?? {}
  const decision = rules.reportTask(task, {
    reportId: uuidv7(c.at), done: input.done, number: input.number, outOf: input.outOf, note: note?.ref ?? null, files: files.map(({ id, hash }) => ({ id, hash })),
    evidence: { label, on, expiresAt: expiresOn && task ? endOfDay(expiresOn, task.zone).toISOString() : null },
  })
  const kept = keeping(decision, note)
  return files.length > 0 && 'facts' in kept ? { ...kept, aside: (side: Context['side']) => holdFiles(side, input.files, subject(input.taskId), c.at) } : kept
})

export const verify = (c: Context, input: z.infer<typeof WithNote>) => order(c, 'task.verify.v1', 'task.verify', input, (task) => {
  const note = maybeSaid(input.note, subject(input.taskId), 'verification', c.at)
  return keeping(rules.verifyTask(task, c.actor, note?.ref ?? null), note)
})
export const giveBack = (c: Context, input: z.infer<typeof ReturnTask>) => order(c, 'task.return.v1', 'task.verify', input, (task) => {
  const reason = said(input.reason, subject(input.taskId), 'return', c.at)
  return keeping(rules.returnTask(task, reason.ref, input.due && task ? dueOf(input.due, task.zone) : null, c.at), reason)
})
export const refuse = (c: Context, input: z.infer<typeof WithReason>) => order(c, 'task.refuse.v1', 'task.accept', input, (task) => {
  const reason = said(input.reason, subject(input.taskId), 'refusal', c.at)
  return keeping(rules.refuseTask(task, reason.ref), reason)
})
export const askExtension = (c: Context, input: z.infer<typeof AskExtension>) => order(c, 'task.ask_extension.v1', 'task.accept', input, (task) => {
  const reason = said(input.reason, subject(input.taskId), 'extension', c.at)
  return keeping(rules.askExtension(task, uuidv7(c.at), instantOf(input.until, task?.zone ?? 'UTC'), reason.ref, c.at), reason)
})
export const grantExtension = (c: Context, input: z.infer<typeof GrantExtension>) => order(c, 'task.grant_extension.v1', 'task.assign', input, (task) =>
  rules.grantExtension(task, input.until && instantOf(input.until, task?.zone ?? 'UTC'), c.at))
export const declineExtension = (c: Context, input: z.infer<typeof WithReason>) => order(c, 'task.decline_extension.v1', 'task.assign', input, (task) => {
  const reason = said(input.reason, subject(input.taskId), 'extension', c.at)
  return keeping(rules.declineExtension(task, reason.ref), reason)
})
export const withdraw = (c: Context, input: z.infer<typeof WithReason>) => order(c, 'task.withdraw.v1', 'task.assign', input, async (task, read) => {
  const reason = said(input.reason, subject(input.taskId), 'withdrawal', c.at)
  return keeping(rules.withdrawTask(task, task ? await tasksBelow(read, task.id) : [], reason.ref), reason)
}, { family: true })
/** What withdrawing several tasks takes, for one order of another capability: their streams, and one decision. What is done or withdrawn by then stays as it is. Undefined: one of them is not the asker's to withdraw. */
export async function withdrawingMany(c: Pick<Context, 'actor' | 'at' | 'read'>, ids: string[], reason: string) {
  const streams = (await Promise.all(ids.map((id) => streamOf(c.read, id)))).filter((stream) => stream !== undefined)
  const decide = async (read: Reader): Promise<{ facts: Staged[]; private: PrivateText[]; withdrawn: number } | undefined> => {
    const [found, below] = [await Promise.all([...new Set(ids)].map((id) => accessTask(read, c.actor, 'task.assign', id))), await tasksBelowMany(read, ids)]
    if (found.includes(undefined)) return undefined
    const done = found.flatMap((task) => {
      const why = said(reason, subject(task!.id), 'withdrawal', c.at)
      const decided = rules.withdrawTask(task, below.filter(({ top }) => top === task!.id), why.ref)
      return 'refused' in decided ? [] : [{ facts: withAbout(decided as never, task!.stream, task!.id, true), why }]
    })
    return { facts: done.flatMap(({ facts }) => (facts as { facts: Staged[] }).facts), private: done.map(({ why }) => why.private), withdrawn: done.length }
  }
  return { streams: [...new Set(streams)], decide }
}
export const edit = (c: Context, input: z.infer<typeof EditTask>) => order(c, 'task.edit.v1', 'task.assign', input, async (task, read) => {
  const named = [...input.supportingUnitIds ?? [], ...input.unitId ? [input.unitId] : []]
  if (task && named.length > 0) {
    const units = await addressees(read, named, c.at)
    const missing = named.find((id) => !units.has(id))
    if (missing) return { refused: 'UNIT_UNKNOWN', data: { unit: missing } }
    if (input.unitId && units.get(input.unitId)!.closed) return { refused: 'UNIT_CLOSED', data: { unit: units.get(input.unitId)!.name } }
  }
  const streams = task && input.workstream !== undefined ? (await streamsOfTask(read, task.id)).map((one) => one.code) : []
  return rules.editTask(task, { ...input, due: input.due === null ? null : input.due && task ? dueOf(input.due, task.zone) : undefined }, streams)
}, { access: (read, actor, _right, id) => accessTaskToEdit(read, actor, id) })

export const comment = (c: Context, input: z.infer<typeof CommentTask>) => order<Done & { commentId: string }>(c, 'task.comment.v1', 'task.comment', input, async (task, read) => {
  const text = said(input.text, subject(input.taskId), 'comment', c.at)
  return keeping(rules.commentTask(task, uuidv7(c.at), text.ref, input.mentions, task ? await mayMention(read, task.id, input.mentions, c.at) : new Set()), text)
})
export const remind = (c: Context, input: z.infer<typeof WithNote>) => order(c, 'task.remind.v1', 'task.assign', input, (task) => {
  const text = maybeSaid(input.note, subject(input.taskId), 'reminder', c.at)
  return keeping(rules.remindTask(task, text?.ref ?? null), text)
})

export const split = (c: Context, input: z.infer<typeof SplitTask>) => order<Done & { partIds: string[] }>(c, 'task.split.v1', 'task.split', input, async (task, read) => {
  if (!task) return { refused: 'NOT_FOUND' }
  const units = await addressees(read, [task.unitId, ...input.parts.map((part) => part.unitId)], c.at)
  const title = await titleOf(read, task.id)
  const parts = input.parts.map((part) => ({ unitId: part.unitId, title: part.title, due: part.due === undefined ? undefined : dueOf(part.due, task.zone), target: part.target }))
  const lang = task.lang ?? c.lang
  return splitTask(task, title?.[lang] ?? '', lang, parts, units.get(task.unitId), units, (n) => derivedId(c.at, input.orderId, n), c.at)
}, { family: true })
