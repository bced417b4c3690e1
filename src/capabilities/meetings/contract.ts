// Sessions of bodies: prepared from how things stand, held, concluded; each conclusion is a task, and the next session's first page says what came of it.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import type { FileFact } from '../../kernel/blobs.ts'
import { BulkResult, Day, Instant, Told, commonRefusals, cursor, errors, order, page, Zone } from '../../kernel/contract.ts'
import type { Meta, Refusals } from '../../kernel/contract.ts'

export const AGENDA_KINDS = ['standing', 'carried', 'red', 'overdue', 'unreported', 'other'] as const
export const PRESENCE = ['present', 'represented', 'absent'] as const
export const PHASES = ['planned', 'held', 'signed', 'cancelled'] as const

const text = (most: number) => z.string().trim().min(1).max(most)
export const AgendaItem = z.object({ id: z.uuid(), kind: z.enum(AGENDA_KINDS), title: text(500), note: text(2000).nullable().default(null), unitId: z.uuid().nullable().default(null), taskId: z.uuid().nullable().default(null) })
export type AgendaItem = z.infer<typeof AgendaItem>
/** `visit`: a delegation hears reports at a place and ends with conclusions. */
export const MEETING_KINDS = ['session', 'visit'] as const
const Plan = z.object({
  kind: z.enum(MEETING_KINDS).default('session'),
  title: text(300), startsAt: Instant, zone: Zone.optional().describe('default: the zone of the installation'), place: text(300).nullable().default(null), link: z.url({ protocol: /^https?$/ }).max(500).nullable().default(null),
  agenda: z.array(AgendaItem).max(100),
})
export type MeetingPlan = z.infer<typeof Plan> & { zone: string }
export const PlanMeeting = z.object({ ...order, bodyId: z.uuid(), ...Plan.shape })
export const ChangeMeeting = z.object({ ...order, meetingId: z.uuid(), expectedVersion: z.int().min(1), ...Plan.shape })
export const Attendance = z.object({ unitId: z.uuid(), personId: z.uuid().nullable().default(null), presence: z.enum(PRESENCE), /** Of a member without an account. */ seatId: z.uuid().optional(), /** No member of the body: a unit that was invited or heard. */ guest: z.boolean().optional() })
export type Attendance = z.infer<typeof Attendance>
export const RecordMeeting = z.object({
  ...order, meetingId: z.uuid(), expectedVersion: z.int().min(1), attendance: z.array(Attendance).max(200),
  points: z.array(z.object({ agendaId: z.uuid().nullable().default(null), text: text(2000) })).max(300),
})
export const Conclude = z.object({ ...order, meetingId: z.uuid(), text: text(500), unitId: z.uuid(), supportingUnitIds: z.array(z.uuid()).max(50).default([]), due: Day.optional() })
/** It no longer holds: its task, if not yet done, is withdrawn in the same order for the same reason. */
export const WithdrawConclusion = z.object({ ...order, meetingId: z.uuid(), conclusionId: z.uuid(), reason: text(1000) })
/** `files`: the scan of the signed page, needed where it was told on paper. */
export const Sign = z.object({ ...order, meetingId: z.uuid(), expectedVersion: z.int().min(1), files: z.array(z.uuid()).max(10).optional() })
export const Reopen = z.object({ ...order, meetingId: z.uuid(), expectedVersion: z.int().min(1), reason: text(1000) })
export const Cancel = z.object({ ...order, meetingId: z.uuid(), reason: text(1000) })
export const ChaseUnits = z.object({ ...order, meetingId: z.uuid(), unitIds: z.array(z.uuid()).min(1).max(200), text: text(2000).optional() })

const Place = z.object({ id: z.uuid(), name: z.string() })
export const Conclusion = z.object({
  id: z.uuid(), meetingId: z.uuid(), meetingNumber: z.int(), n: z.int(), text: z.string(), unit: Place,
  task: z.object({ id: z.uuid(), state: z.string(), dueAt: Instant.nullable(), overdue: z.boolean(), /** The last report of it, for whoever reads the task. `text`: shortened. */ said: z.object({ text: z.string().nullable(), at: Instant, by: z.string().nullable(), toldBy: z.string().nullable() }).nullable() }).nullable(),
  withdrawn: z.object({ reason: z.string().nullable(), by: z.string().nullable(), toldBy: z.string().nullable(), at: Instant }).nullable(), /** Neither it nor its task was withdrawn: what a notice, the minutes and the counts name. */ inForce: z.boolean(),
})
export type Conclusion = z.infer<typeof Conclusion>
export const Meeting = z.object({
  id: z.uuid(), body: Place, unit: Place, number: z.int(), kind: z.enum(MEETING_KINDS), title: z.string(), startsAt: Instant, zone: z.string(), place: z.string().nullable(), link: z.string().nullable(), phase: z.enum(PHASES), version: z.int(),
  agenda: z.array(AgendaItem.extend({ unit: Place.nullable() })),
  attendance: z.array(z.object({ unit: Place, person: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(), /** Without an account; the name is null once its time is over. */ named: z.object({ seatId: z.uuid(), name: z.string().nullable(), office: z.string().nullable() }).nullable(), presence: z.enum(PRESENCE).nullable(), guest: z.boolean() })),
  points: z.array(z.object({ id: z.uuid(), agendaId: z.uuid().nullable(), text: z.string().nullable() })),
  conclusions: z.array(Conclusion), /** Of the sessions before this one, the latest first: what came of each. */ before: z.array(Conclusion),
  signed: z.object({ by: z.string().nullable(), toldBy: z.string().nullable(), how: Told.shape.how.nullable(), at: Instant, files: z.array(z.object({ id: z.uuid(), name: z.string() })) }).nullable(), reason: z.string().nullable(),
  /** The nearest other session of the body whose number and day do not go together with this one’s; not forbidden. */ outOfOrder: z.object({ id: z.uuid(), number: z.int(), startsAt: Instant, zone: Zone }).nullable(),
  /** A signature that was withdrawn, the last one. */ reopened: z.object({ reason: z.string().nullable(), at: Instant }).nullable(), /** The asker may change it: readers at members' units only read. */ mayEdit: z.boolean(),
})
export type Meeting = z.infer<typeof Meeting>
export const MeetingLine = z.object({ id: z.uuid(), body: Place, number: z.int(), kind: z.enum(MEETING_KINDS), title: z.string(), startsAt: Instant, zone: z.string(), phase: z.enum(PHASES), conclusions: z.int(), open: z.int() })
/** What a session could deal with, the worst first; whoever prepares it takes what it should. */
export const Proposal = z.object({ asOf: Instant, items: z.array(AgendaItem.extend({ unit: Place.nullable() })),
  /** Of which there are more than are proposed. */ cut: z.array(z.object({ kind: z.enum(AGENDA_KINDS), shown: z.int(), of: z.int() })), /** Members’ units of which the asker may not read how they stand. */ unseen: z.int(),
  chase: z.array(z.object({ unit: Place, overdue: z.int(), /** Reports whose due hour has passed. Both of the unit and below it. */ unreported: z.int() })) })

export type TextRef = { id: string; hash: string }
/** Stream `body:<id>`, about `meeting:<id>`. */
type About = { meetingId: string; bodyId: string }
export type MeetingPlanned = { type: 'meeting.planned.v1'; unitId: string; number: number } & About & MeetingPlan
/** `moved`: its time, place or link is another. */
export type MeetingChanged = { type: 'meeting.changed.v1'; moved?: true } & About & MeetingPlan
export type MeetingRecorded = { type: 'meeting.recorded.v1'; attendance: Attendance[]; points: { id: string; agendaId: string | null; text: TextRef }[] } & About
export type MeetingConcluded = { type: 'meeting.concluded.v1'; conclusionId: string; text: string; unitId: string; taskId: string } & About
/** `signed`: the minutes were. The task's own fact follows on its stream, unless it was done or withdrawn before. */
export type ConclusionWithdrawn = { type: 'meeting.conclusion_withdrawn.v1'; conclusionId: string; text: string; taskId: string; signed?: true; reason: TextRef } & About
/** `files`: the scan of the signed page. */
export type MeetingSigned = { type: 'meeting.signed.v1'; how?: Told['how']; files?: FileFact[] } & About
/** The signature is withdrawn: the session is held again, and its minutes are signed anew. */
export type MeetingReopened = { type: 'meeting.reopened.v1'; reason: TextRef } & About
export type MeetingCancelled = { type: 'meeting.cancelled.v1'; reason: TextRef } & About
export type MeetingFact = MeetingPlanned | MeetingChanged | MeetingRecorded | MeetingConcluded | ConclusionWithdrawn | MeetingSigned | MeetingReopened | MeetingCancelled
export const meetingsStories: Record<MeetingFact['type'], { vi: string; en: string }> = {
  'meeting.planned.v1': { vi: 'Chuẩn bị phiên họp thứ {number}: {title}', en: 'Prepared session {number}: {title}' },
  'meeting.changed.v1': { vi: 'Sửa chương trình phiên họp', en: 'Changed the plan of the session' },
  'meeting.recorded.v1': { vi: 'Ghi thành phần dự họp và ý kiến', en: 'Recorded who was there and what was said' },
  'meeting.concluded.v1': { vi: 'Kết luận: {text}', en: 'Concluded: {text}' },
  'meeting.conclusion_withdrawn.v1': { vi: 'Rút kết luận: {text}', en: 'Withdrew the conclusion: {text}' },
  'meeting.signed.v1': { vi: 'Thông qua biên bản', en: 'Signed the minutes' },
  'meeting.reopened.v1': { vi: 'Rút chữ ký thông qua biên bản', en: 'Withdrew the signature of the minutes' },
  'meeting.cancelled.v1': { vi: 'Hủy phiên họp', en: 'Cancelled the session' },
}
export const meetingRights = ['meeting.read', 'meeting.edit'] as const

export const meetingRefusals = {
  MEETING_CLOSED: { status: 409, message: { vi: 'Biên bản đã thông qua hoặc phiên họp đã hủy, không sửa được nữa.', en: 'The minutes are signed or the session is cancelled: nothing can be changed.' } },
  CONCLUSION_UNKNOWN: { status: 422, message: { vi: 'Phiên họp này không có kết luận đó.', en: 'This session has no such conclusion.' } },
  CONCLUSION_WITHDRAWN: { status: 409, message: { vi: 'Kết luận này đã rút rồi.', en: 'This conclusion is withdrawn already.' } },
  CONCLUSION_TASK: { status: 403, message: { vi: 'Bạn không được thu hồi nhiệm vụ của kết luận này. Hãy nhờ đơn vị đã giao nhiệm vụ thu hồi trước, rồi rút kết luận.', en: 'You may not withdraw the task of this conclusion. Have the unit that gave it withdraw it first, then withdraw the conclusion.' } },
  NOT_SIGNED: { status: 409, message: { vi: 'Biên bản chưa thông qua nên không có chữ ký để rút.', en: 'The minutes are not signed, so there is no signature to withdraw.' } },
  GUEST_WRONG: { status: 422, message: { vi: 'Dòng {n} của thành phần dự họp: khách mời ghi theo đơn vị, mỗi đơn vị một lần.', en: 'Line {n} of the attendance: a guest is a unit, and stands once.' } },
  NOT_HELD: { status: 409, message: { vi: 'Chưa ghi thành phần dự họp nên chưa thông qua biên bản được.', en: 'Who was there is not recorded yet, so the minutes cannot be signed.' } },
  MEETING_NOT_YET: { status: 409, message: { vi: 'Phiên họp ghi bắt đầu lúc {at}, chưa tới giờ nên chưa thông qua biên bản được. Nếu đã họp sớm hơn, sửa giờ họp trước.', en: 'The session is set for {at}, which is still to come, so its minutes cannot be signed. If it was held earlier, change its time first.' } },
  SCAN_MISSING: { status: 422, message: { vi: 'Ký trên giấy thì phải kèm bản chụp trang có chữ ký.', en: 'Signed on paper, it needs a scan of the signed page.' } },
  FILE_UNKNOWN: { status: 422, message: { vi: 'Tệp đính kèm không tồn tại hoặc không phải do bạn tải lên.', en: 'The attached file does not exist, or was not uploaded by you.' } },
  BODY_ENDED: { status: 409, message: { vi: '{name} đã kết thúc hoạt động.', en: '{name} has ended.' } },
  NO_MEMBER: { status: 422, message: { vi: 'Dòng {n} của thành phần dự họp không thuộc ban này.', en: 'Line {n} of the attendance is no member of this body.' } },
  AGENDA_TWICE: { status: 422, message: { vi: 'Mục {n} của chương trình có hai lần.', en: 'Item {n} of the agenda stands twice.' } },
  VISIT_PLACE: { status: 422, message: { vi: 'Đoàn đi kiểm tra thì phải có nơi đến.', en: 'A visit needs a place.' } },
  DUE_PAST: { status: 422, message: { vi: 'Thời hạn đã qua.', en: 'The due date has passed.' } },
  UNIT_UNKNOWN: { status: 422, message: { vi: 'Không có đơn vị này.', en: 'There is no such unit.' } },
  UNIT_CLOSED: { status: 422, message: { vi: '{unit} đã thôi hoạt động.', en: '{unit} has ended.' } },
  UNIT_TWICE: { status: 422, message: { vi: '{unit} có hai lần.', en: '{unit} stands twice.' } },
} as const satisfies Refusals
export type MeetingRefused = keyof typeof meetingRefusals | 'NOT_FOUND' | 'CHANGED'

const meta = (right: Meta['right'], on?: string): Meta => (on ? { right, on } : { right })
const tags = ['meetings']
const read = oc.errors(errors(commonRefusals))
const write = oc.errors(errors(meetingRefusals))
const Done = z.object({ meetingId: z.uuid(), version: z.int() })
const one = z.object({ meetingId: z.uuid() })
/** Whom to call at a unit: its heads, where the asker may see their numbers. Each reading is logged. */
export const Phone = z.object({ unit: Place, name: z.string().nullable(), title: z.string().nullable(), phone: z.string().nullable() })
export type Phone = z.infer<typeof Phone>
export const meetingsContract = {
  list: read.meta(meta('meeting.read')).route({ method: 'GET', path: '/meetings', tags, summary: 'Sessions, the latest first' })
    .input(z.object({ ...cursor, bodyId: z.uuid().optional(), phase: z.enum(PHASES).optional(), /** Those whose agenda names the host of this event or a task of it, or that made one. */ event: z.uuid().optional() })).output(page(MeetingLine)),
  coming: read.meta(meta('meeting.read')).route({ method: 'GET', path: '/meetings/coming', tags, summary: 'Sessions today and in the next seven days of bodies in which the asker’s very units have a seat, by day' })
    .input(z.object({})).output(z.object({ asOf: Instant, items: z.array(MeetingLine.omit({ conclusions: true, open: true }).extend({ place: z.string().nullable() })) })),
  get: read.meta(meta('meeting.read', 'meeting')).route({ method: 'GET', path: '/meetings/{meetingId}', tags, summary: 'One session: agenda, who was there, points, conclusions, and what came of those before' }).input(one).output(Meeting),
  propose: read.meta(meta('meeting.edit', 'body')).route({ method: 'GET', path: '/bodies/{bodyId}/agenda', tags, summary: 'What the next session of a body could deal with' }).input(z.object({ bodyId: z.uuid() })).output(Proposal),
  plan: write.meta(meta('meeting.edit', 'body')).route({ method: 'POST', path: '/bodies/{bodyId}/meetings', tags, summary: 'Prepare a session' }).input(PlanMeeting).output(Done.extend({ number: z.int() })),
  phones: read.meta(meta('meeting.edit', 'body')).route({ method: 'GET', path: '/bodies/{bodyId}/phones', tags, summary: 'Whom to call at these units before a session; each reading of a number is logged' })
    .input(z.object({ bodyId: z.uuid(), unitIds: z.preprocess((v) => (typeof v === 'string' ? v.split(',') : v), z.array(z.uuid()).min(1).max(200)) })).output(z.object({ asOf: Instant, items: z.array(Phone) })),
  change: write.meta(meta('meeting.edit', 'meeting')).route({ method: 'PATCH', path: '/meetings/{meetingId}', tags, summary: 'Change its day, place or agenda' }).input(ChangeMeeting).output(Done),
  record: write.meta(meta('meeting.edit', 'meeting')).route({ method: 'POST', path: '/meetings/{meetingId}/record', tags, summary: 'Record who was there and what was said' }).input(RecordMeeting).output(Done),
  conclude: write.meta(meta('meeting.edit', 'meeting')).route({ method: 'POST', path: '/meetings/{meetingId}/conclusions', tags, summary: 'A conclusion, which is a task of its unit at once' })
    .input(Conclude).output(Done.extend({ conclusionId: z.uuid(), taskId: z.uuid() })),
  withdrawConclusion: write.meta(meta('meeting.edit', 'meeting')).route({ method: 'POST', path: '/meetings/{meetingId}/conclusions/{conclusionId}/withdraw', tags, summary: 'Withdraw a conclusion with the reason, and its task that is not done' })
    .input(WithdrawConclusion).output(Done.extend({ /** Tasks withdrawn with it, parts not counted: none if it was done or withdrawn before. */ tasks: z.int() })),
  sign: write.meta(meta('meeting.edit', 'meeting')).route({ method: 'POST', path: '/meetings/{meetingId}/sign', tags, summary: 'Sign the minutes' }).input(Sign).output(Done),
  reopen: write.meta(meta('meeting.edit', 'meeting')).route({ method: 'POST', path: '/meetings/{meetingId}/withdraw', tags, summary: 'Withdraw the signature of the minutes, with the reason: they are signed anew' }).input(Reopen).output(Done),
  cancel: write.meta(meta('meeting.edit', 'meeting')).route({ method: 'POST', path: '/meetings/{meetingId}/cancel', tags, summary: 'Cancel a session, with the reason' }).input(Cancel).output(Done),
  chase: write.meta(meta('meeting.edit', 'meeting')).route({ method: 'POST', path: '/meetings/{meetingId}/chase', tags, summary: 'Remind units of all that is overdue and unreported at and below them, before a session' }).input(ChaseUnits)
    .output(BulkResult.extend({ /** Units that were reminded of anything. */ units: z.int(), tasks: z.int(), /** Overdue tasks beyond those one order takes. */ left: z.int(), reports: z.int() })),
}
