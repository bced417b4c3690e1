// Contract → commit → decide, for sessions. How units stand, giving a task and chasing come from wiring.
import { implement } from '@orpc/server'
import { fileFacts, holdFiles } from '../../kernel/blobs.ts'
import { derivedId, uuidv7 } from '../../kernel/ids.ts'
import { ownCursor, paged } from '../../kernel/paging.ts'
import type { BulkResult } from '../../kernel/contract.ts'
import type { Reader } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/order.ts'
import type { Decision, PrivateText, Staged } from '../../kernel/order.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { apart, yearsLater } from '../../kernel/texts.ts'
import { meetingsContract } from './contract.ts'
import type { MeetingFact, Phone } from './contract.ts'
import { cancelMeeting, changeMeeting, concludeMeeting, planMeeting, proposeAgenda, recordMeeting, reopenMinutes, signMinutes, toChase, withdrawConclusion } from './decide.ts'
import type { Standing } from './decide.ts'
import { accessBodyOf, accessMeeting, comingMeetings, conclusionOf, leftOver, listMeetings, showMeeting, unitsThere } from './store.ts'
import { ZONE } from '../../kernel/zone.ts'

type NewTask = { orderId: string; issuerUnitId: string; unitId: string; supportingUnitIds: string[]; title: string; due?: string | undefined; lang: 'vi' | 'en'; bodyId: string }
export type MeetingsNeeds = {
  /** How each unit stands that a body looks at: below its standing office and where it has seats. `unseen`: seats of which the asker may not read that. */
  standing: (c: Context, officeId: string, seatIds: string[]) => Promise<{ rows: Standing[]; unseen: number }>
  /** What giving a task takes, so that a conclusion's order carries it. */
  assigning: (c: Context, task: NewTask) => { taskId: string; stream: string; subject: string; decide: (read: Reader) => Promise<Decision> }
  /** What withdrawing tasks takes; undefined: they are not the asker's to withdraw. */
  withdrawing: (c: Context, taskIds: string[], reason: string) => Promise<{ streams: string[]; decide: (read: Reader) => Promise<{ facts: Staged[]; private: PrivateText[]; withdrawn: number } | undefined> }>
  /** Reminds of all that is overdue and unreported at these units and below. */
  chase: (c: Context, orderId: string, unitIds: string[], text: string | undefined) => Promise<BulkResult & { units: number; tasks: number; left: number; reports: number }>
  /** The heads of these units with their numbers, where the asker may see them; each reading is logged. */
  phones: (c: Context, unitIds: string[]) => Promise<Phone[]>
}

const api = implement(meetingsContract).$context<Context>().use(refusals)
const KEPT_YEARS = 5
const SAY = {
  vi: { carried: (text: string) => `Việc còn lại từ phiên trước: ${text}`, red: (unit: string, n: number) => `${unit}: ${n} sự kiện chưa đạt điều kiện`, overdue: (unit: string, n: number) => `${unit}: ${n} nhiệm vụ quá hạn`, unreported: (unit: string, n: number) => `${unit}: còn thiếu ${n} báo cáo đến hạn, tính cả cấp dưới`, also: (n: number) => `, còn thiếu ${n} báo cáo, tính cả cấp dưới` },
  en: { carried: (text: string) => `Left from an earlier session: ${text}`, red: (unit: string, n: number) => `${unit}: ${n} ${n === 1 ? 'event' : 'events'} unmet`, overdue: (unit: string, n: number) => `${unit}: ${n} ${n === 1 ? 'task' : 'tasks'} overdue`, unreported: (unit: string, n: number) => `${unit}: ${n} ${n === 1 ? 'report' : 'reports'} missing at it and below`, also: (n: number) => `, ${n} ${n === 1 ? 'report' : 'reports'} missing at it and below` },
}

const said = (text: string, subject: string, purpose: string, at: Date) => apart(text, { subject, purpose, retention: 'meeting', until: yearsLater(at, KEPT_YEARS) }, at)
const missing = (): never => { throw new Refusal('NOT_FOUND') }

export function meetingsRoutes(needs: MeetingsNeeds) {
  /** The stream is the body's, which a session never changes. */
  const about = async (c: Context, meetingId: string) => (await accessMeeting(c.read, c.actor, 'meeting.edit', meetingId)) ?? missing()
  const order = (id: string, kind: string, meeting: { id: string; bodyId: string }, body: unknown) => ({ id, kind, streams: [`body:${meeting.bodyId}`], subject: `meeting:${meeting.id}`, body })

  return api.router({
    list: api.list.handler(async ({ input, context: { read, actor, at } }) => {
      const { items, next } = paged(await listMeetings(read, actor, { ...input, limit: input.limit + 1 }, ownCursor(input.cursor)), input.limit, (row) => row.key)
      return { items: items.map(({ key: _, startsAt, ...row }) => ({ ...row, startsAt: startsAt.toISOString() })), next, asOf: at.toISOString() }
    }),
    coming: api.coming.handler(async ({ context: { read, actor, at } }) => ({ asOf: at.toISOString(), items: (await comingMeetings(read, actor, at)).map(({ startsAt, ...row }) => ({ ...row, startsAt: startsAt.toISOString() })) })),
    get: api.get.handler(async ({ input, context: { read, actor, at } }) => (await showMeeting(read, actor, input.meetingId, at)) ?? missing()),
    propose: api.propose.handler(async ({ input, context }) => {
      const { read, actor, at, lang } = context
      const body = (await accessBodyOf(read, actor, 'meeting.edit', input.bodyId)) ?? missing()
      const [left, { rows: standing, unseen }] = await Promise.all([leftOver(read, body.id, at), needs.standing(context, body.unitId, body.members.map((one) => one.unitId))])
      const { items, cut } = proposeAgenda(body.standingItems, left, standing, SAY[lang])
      return {
        asOf: at.toISOString(), items: items.map((item) => ({ ...item, id: uuidv7(at) })), cut, unseen,
        chase: toChase(standing).slice(0, 200).map(({ unit, all: { overdue, unreported } }) => ({ unit, overdue, unreported })),
      }
    }),
    phones: api.phones.handler(async ({ input, context }) => {
      if (!await accessBodyOf(context.read, context.actor, 'meeting.edit', input.bodyId)) return missing()
      return { asOf: context.at.toISOString(), items: await needs.phones(context, input.unitIds) }
    }),
    plan: api.plan.handler(({ input: { orderId, told, bodyId, ...plan }, context: { actor, commit } }) => {
      const meetingId = derivedId(new Date(0), orderId, 'meeting')
      return commit({ ...order(orderId, 'meeting.plan.v1', { id: meetingId, bodyId }, plan), told, alone: true }, async (read) => planMeeting(await accessBodyOf(read, actor, 'meeting.edit', bodyId), meetingId, { ...plan, zone: plan.zone ?? ZONE }))
    }),
    change: api.change.handler(async ({ input: { orderId, told, meetingId, expectedVersion, ...plan }, context }) =>
      context.commit({ ...order(orderId, 'meeting.change.v1', await about(context, meetingId), { expectedVersion, ...plan }), told }, async (read) => {
        const meeting = await accessMeeting(read, context.actor, 'meeting.edit', meetingId)
        return changeMeeting(meeting, expectedVersion, { ...plan, zone: plan.zone ?? meeting?.plan.zone ?? ZONE })
      })),
    record: api.record.handler(async ({ input: { orderId, told, meetingId, expectedVersion, attendance, points }, context }) => {
      const { actor, at, commit } = context
      const meeting = await about(context, meetingId)
      return commit({ ...order(orderId, 'meeting.record.v1', meeting, { expectedVersion, attendance, points }), told }, async (read) => {
        const texts = points.map((point) => said(point.text, `meeting:${meetingId}`, 'point', at))
        const decided = recordMeeting(await accessMeeting(read, actor, 'meeting.edit', meetingId), await accessBodyOf(read, actor, 'meeting.edit', meeting.bodyId), expectedVersion, attendance,
          points.map(({ agendaId }, i) => ({ id: derivedId(new Date(0), orderId, i), agendaId, text: texts[i]!.ref })),
          await unitsThere(read, attendance.flatMap((one) => (one.guest ? [one.unitId] : []))))
        return 'refused' in decided ? decided : { ...decided, private: texts.map((one) => one.private) }
      })
    }),
    conclude: api.conclude.handler(async ({ input: { orderId, told, meetingId, text, unitId, supportingUnitIds, due }, context }) => {
      const { actor, commit, lang } = context
      const meeting = await about(context, meetingId)
      const task = needs.assigning(context, { orderId: derivedId(new Date(0), orderId, 'task order'), issuerUnitId: meeting.unitId, unitId, supportingUnitIds, title: text, due, lang, bodyId: meeting.bodyId })
      const one = order(orderId, 'meeting.conclude.v1', meeting, { text, unitId, supportingUnitIds, due })
      // Two streams, one order: there is no conclusion without its task, and no task without its conclusion.
      return commit({ ...one, streams: [...one.streams, task.stream], told, tree: 'shared' as const }, async (read) => {
        const decided = concludeMeeting(await accessMeeting(read, actor, 'meeting.edit', meetingId), { conclusionId: derivedId(new Date(0), orderId, 'conclusion'), text, unitId, taskId: task.taskId })
        if ('refused' in decided) return decided
        const given = await task.decide(read)
        if ('refused' in given) return given
        return { facts: [...decided.facts as MeetingFact[], ...given.facts.map((fact) => ('on' in fact && 'fact' in fact ? fact : { on: task.stream, about: task.subject, fact }))] as never, answer: decided.answer }
      })
    }),
    withdrawConclusion: api.withdrawConclusion.handler(async ({ input: { orderId, told, meetingId, conclusionId, reason }, context }) => {
      const { actor, at, commit, read: before } = context
      const meeting = await about(context, meetingId)
      const seen = await conclusionOf(before, meetingId, conclusionId)
      const gone = seen && await needs.withdrawing(context, [seen.taskId], reason)
      const one = order(orderId, 'meeting.withdraw_conclusion.v1', meeting, { conclusionId, reason })
      // As it was given: the conclusion and its task go in one order.
      return commit({ ...one, streams: [...new Set([...one.streams, ...gone?.streams ?? []])], told }, async (read) => {
        const why = said(reason, `meeting:${meetingId}`, 'conclusion_withdrawn', at)
        const conclusion = await conclusionOf(read, meetingId, conclusionId)
        const decided = withdrawConclusion(await accessMeeting(read, actor, 'meeting.edit', meetingId), conclusion, why.ref)
        if ('refused' in decided) return decided
        const task = conclusion!.going ? await gone!.decide(read) : { facts: [], private: [], withdrawn: 0 }
        if (!task) return { refused: 'CONCLUSION_TASK' }
        return { facts: [...decided.facts, ...task.facts] as never, answer: { ...decided.answer, tasks: task.withdrawn }, private: [why.private, ...task.private] }
      })
    }),
    sign: api.sign.handler(async ({ input: { orderId, told, meetingId, expectedVersion, files = [] }, context }) => {
      const { actor, at, commit } = context
      return commit({ ...order(orderId, 'meeting.sign.v1', await about(context, meetingId), { expectedVersion, files }), told }, async (read) => {
        const decided = signMinutes(await accessMeeting(read, actor, 'meeting.edit', meetingId), expectedVersion, at, await fileFacts(read, actor, files, `meeting:${meetingId}`), told?.how)
        return 'refused' in decided ? decided : { ...decided, aside: (side) => holdFiles(side, files, `meeting:${meetingId}`, at) }
      })
    }),
    reopen: api.reopen.handler(async ({ input: { orderId, told, meetingId, expectedVersion, reason }, context }) =>
      context.commit({ ...order(orderId, 'meeting.reopen.v1', await about(context, meetingId), { expectedVersion, reason }), told }, async (read) => {
        const why = said(reason, `meeting:${meetingId}`, 'reopened', context.at)
        const decided = reopenMinutes(await accessMeeting(read, context.actor, 'meeting.edit', meetingId), expectedVersion, why.ref)
        return 'refused' in decided ? decided : { ...decided, private: [why.private] }
      })),
    cancel: api.cancel.handler(async ({ input: { orderId, told, meetingId, reason }, context }) =>
      context.commit({ ...order(orderId, 'meeting.cancel.v1', await about(context, meetingId), { reason }), told }, async (read) => {
        const why = said(reason, `meeting:${meetingId}`, 'cancelled', context.at)
        const decided = cancelMeeting(await accessMeeting(read, context.actor, 'meeting.edit', meetingId), why.ref)
        return 'refused' in decided ? decided : { ...decided, private: [why.private] }
      })),
    chase: api.chase.handler(async ({ input, context }) => {
      await about(context, input.meetingId)
      return needs.chase(context, input.orderId, input.unitIds, input.text)
    }),
  })
}
