// Readiness is computed from evidence, never typed. A requirement is a pure check over what other capabilities publish; a waiver shows as a waiver.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { Day, Instant, Text, commonRefusals, cursor, errors, order, page } from '../../kernel/contract.ts'
import type { Meta, Refusals } from '../../kernel/contract.ts'
import { looksContract, viewRefusals } from './contract/looks.ts'

/** In the order in which boards show them: red first. */
export const STATES = ['unmet', 'at_risk', 'not_assessed', 'waived', 'not_due', 'met'] as const
export const State = z.enum(STATES)
export type State = z.infer<typeof State>

export const stateNames: Record<State, { vi: string; en: string }> = {
  unmet: { vi: 'chưa đạt', en: 'unmet' },
  at_risk: { vi: 'có nguy cơ', en: 'at risk' },
  not_assessed: { vi: 'chưa đánh giá', en: 'not assessed' },
  waived: { vi: 'ngoại lệ được duyệt', en: 'waived' },
  not_due: { vi: 'chưa đến hạn', en: 'not yet due' },
  met: { vi: 'đạt', en: 'met' },
}

export const Counts = z.object({ unmet: z.int(), at_risk: z.int(), not_assessed: z.int(), waived: z.int(), not_due: z.int(), met: z.int() })
export type Counts = z.infer<typeof Counts>
export const noCounts = (): Counts => ({ unmet: 0, at_risk: 0, not_assessed: 0, waived: 0, not_due: 0, met: 0 })

/**
 * What a rule finds in the evidence, whatever the date from which the requirement counts:
 * `yes` it holds; `ending` it holds but not for long; `nearly` all is in, something waits (a verification); `no`; `unknown` nobody can tell.
 */
export type Finding = {
  holds: 'yes' | 'ending' | 'nearly' | 'no' | 'unknown'
  why: { code: string; params: Record<string, string | number | Date | Text> }
  /** `item`: whose name in the template is the link's. */
  links: { kind: string; id: string; item?: string }[]
  /** When the finding changes by the clock alone. */
  nextAt?: Date | null
  expiresAt?: Date | null
  /** It says nothing before the requirement counts: to have nothing overdue is no merit yet. */
  vacuous?: boolean
}
export type EventFrame = {
  eventId: string; unitId: string; programmeId: string; templateVersionId: string; level: string; class: string; phase: string; dayOn: string | null; zone: string
  milestones: Record<string, string>; requirements: Record<string, string>
}
/**
 * A kind of check. A capability that comes later registers its own in wiring, with a source of evidence of the same name; nothing here changes.
 * `check` is the requirement's part of the template. Pure: the same evidence and moment give the same finding.
 */
export type Rule<E = never> = {
  kind: string
  source: string
  check: (asked: { at: Date; event: EventFrame; check: Record<string, unknown>; warnDays: number }, evidence: E | undefined) => Finding
  sentences: Record<string, Text>
}

/** What a requirement's state rests on. `href` needs no more than kind and id: the screen knows the way to each kind. */
export const Link = z.object({ kind: z.string(), id: z.string(), label: Text.nullable() })
export type Link = z.infer<typeof Link>

/** Why a state is what it is: a code that names a sentence, and what fills its braces. */
export const Why = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), Text])) })
export type Why = z.infer<typeof Why>

const Scans = z.array(z.object({ id: z.uuid(), name: z.string(), size: z.int(), type: z.string() })).describe('the scan of the signed page')
export const Waiver = z.object({
  by: z.object({ id: z.uuid(), name: z.string().nullable() }), reason: z.string().nullable(), at: Instant, until: Instant,
  toldBy: z.string().nullable().describe('who decided, where somebody entered it for them'), files: Scans,
})
export type Waiver = z.infer<typeof Waiver>

export const Check = z.object({
  requirement: z.string(),
  name: Text,
  state: State,
  /** One sentence, in both languages. */
  sentence: Text,
  why: Why,
  links: z.array(Link),
  /** The unit that owes the evidence. */
  owner: z.object({ unitId: z.uuid(), name: z.string() }),
  /** The instant from which it counts. */
  byAt: Instant.nullable(),
  /** When the evidence that meets it stops to count. */
  expiresAt: Instant.nullable(),
  nextChangeAt: Instant.nullable(),
  waiver: Waiver.nullable(),
  /** Underneath a waiver. */
  without: State.nullable(),
})
export type Check = z.infer<typeof Check>

export const Milestone = z.object({ code: z.string(), name: Text.nullable(), at: Instant })

/** `done`: verified. `reported`: waiting to be verified. */
export const Tasks = z.object({ total: z.int(), reported: z.int(), done: z.int(), overdue: z.int() })
export type Tasks = z.infer<typeof Tasks>

/** One line of a board: a unit with everything below it. All counts are null-free: a unit without events has zeros, and says so by `events` being all zero. */
export const BoardRow = z.object({
  unitId: z.uuid(),
  code: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  kind: z.string(),
  /** The unit is gone today; its records still count here. */
  closed: z.boolean(),
  /** Has units below: the board can be opened further. Else open its event. */
  below: z.boolean(),
  /** Its own event of the programme shown, if exactly one. */
  eventId: z.uuid().nullable(),
  events: Counts,
  checks: Counts,
  tasks: Tasks,
  /** Difference to seven days before. */
  change: z.object({ unmet: z.int(), at_risk: z.int(), met: z.int(), overdue: z.int() }),
  /** Of its own event. */
  nextMilestone: Milestone.nullable(),
  /** Rises with every change of the row: a patch that is older than what the screen shows is dropped. */
  version: z.int(),
})
export type BoardRow = z.infer<typeof BoardRow>

export const BoardQuery = z.object({
  unitId: z.uuid().optional().describe('default: the highest unit that the asker may see'),
  programmeId: z.uuid().optional(),
  workstream: z.string().max(60).optional().describe('narrows the tasks, of now: the past of single workstreams is not kept'),
  level: z.string().max(60).optional().describe('kind of the host unit'),
  at: Day.optional().describe('a past day: its end'),
  link: z.string().max(60).optional().describe('list the units tied to this one by a link of this kind, instead of those below it'),
})
export type BoardQuery = z.infer<typeof BoardQuery>

export const Board = z.object({
  asOf: Instant,
  /** The day shown, when it is not now. */
  on: Day.nullable(),
  unit: BoardRow,
  /** Chain from the root down to this unit's parent, as far as the asker may see. */
  above: z.array(z.object({ unitId: z.uuid(), name: z.string() })),
  /** Red first, then amber: units with an unmet requirement, then with one at risk, then the rest; within each by name. Never a ranking. */
  rows: z.array(BoardRow),
  programmes: z.array(z.object({ id: z.uuid(), code: z.string(), name: Text })),
  levels: z.array(z.string()),
  /** Of the templates that new events follow, in their order. */
  workstreams: z.array(z.object({ code: z.string(), name: Text })),
})
export type Board = z.infer<typeof Board>

/**
 * The patch of an item of the live topic `board:<unitId>`: the unit's own row or one of its children (the item's id), as absolute figures, for each
 * programme and for all of them (null). [programme, events by STATES, checks by STATES, [total, reported, done, overdue], version]
 */
export type BoardPatch = { asOf: string; of: [string | null, number[], number[], number[], number][] }

export const Completeness = z.object({
  asOf: Instant,
  months: z.array(Day),
  rows: z.array(z.object({ unitId: z.uuid(), name: z.string(), months: z.array(Tasks) })),
})

export const EventLine = z.object({
  eventId: z.uuid(), unitId: z.uuid(), unitCode: z.string(), unitName: z.string(), programmeId: z.uuid(), programmeName: Text.nullable(), level: z.string(), dayOn: Day.nullable(),
  state: State, checks: z.array(z.object({ requirement: z.string(), state: State, sentence: Text })),
})
export type EventLine = z.infer<typeof EventLine>

export const EventReadiness = z.object({
  asOf: Instant, eventId: z.uuid(), unitId: z.uuid(), unitName: z.string(), programmeId: z.uuid(), dayOn: Day.nullable(), phase: z.string(), class: z.string(), version: z.int(),
  state: State, counts: Counts, checks: z.array(Check), milestones: z.array(z.object({ code: z.string(), name: Text.nullable(), at: Instant, passed: z.boolean() })),
})
export type EventReadiness = z.infer<typeof EventReadiness>

/** `go`: every requirement holds or is waived. `no_go`: one is unmet. `undecided`: at risk, not yet due or not assessed. */
export const Verdict = z.enum(['go', 'no_go', 'undecided'])
export type Verdict = z.infer<typeof Verdict>

export const Conclusion = z.object({
  verdict: z.enum(['go', 'no_go']), by: z.object({ id: z.uuid(), name: z.string().nullable() }), at: Instant, note: z.string().nullable(), counts: Counts,
  toldBy: z.string().nullable().describe('who decided, where somebody entered it for them'), files: Scans,
})

export const GoNoGo = z.object({
  asOf: Instant, eventId: z.uuid(), unitName: z.string(), dayOn: Day.nullable(), version: z.int().describe('stands for the states that were read'),
  verdict: Verdict, sentence: Text, counts: Counts,
  /** What stands against it, the worst first. */
  against: z.array(Check),
  waived: z.array(Check),
  /** What a person concluded last, with the counts of that moment. */
  concluded: Conclusion.nullable(),
  /** What was concluded and then withdrawn: the state is again "not concluded". */
  withdrawn: z.object({ verdict: z.enum(['go', 'no_go']), by: z.object({ id: z.uuid(), name: z.string().nullable() }), at: Instant, reason: z.string().nullable() }).nullable(),
})

const signedFiles = z.array(z.uuid()).max(5).default([]).describe('the scan of the signed page, where it was decided on paper')
export const GiveWaiver = z.object({ ...order, eventId: z.uuid(), requirement: z.string().min(1).max(60), reason: z.string().trim().min(5).max(1000), until: Instant, files: signedFiles })
export type GiveWaiver = z.infer<typeof GiveWaiver>
export const WithdrawWaiver = z.object({ ...order, eventId: z.uuid(), requirement: z.string().min(1).max(60), reason: z.string().trim().min(5).max(1000) })
export type WithdrawWaiver = z.infer<typeof WithdrawWaiver>
export const Conclude = z.object({
  ...order, eventId: z.uuid(), verdict: z.enum(['go', 'no_go']), note: z.string().trim().max(1000).optional(),
  expectedVersion: z.int().min(0).describe('of the readiness that was read: what changed since then is told, not overlooked'),
  files: signedFiles,
})
export type Conclude = z.infer<typeof Conclude>

export const WithdrawConclusion = z.object({
  ...order, eventId: z.uuid(), reason: z.string().trim().min(5).max(1000),
  concludedAt: Instant.describe('of the conclusion that was read: a newer one is not withdrawn unseen'),
})
export type WithdrawConclusion = z.infer<typeof WithdrawConclusion>

/** A private text: its id, and a salted hash that proves it as long as it is kept. */
export type TextRef = { id: string; hash: string }
/** Stream `event:<id>`, as all of these. */
export type WaiverGiven = { type: 'waiver.given.v1'; eventId: string; requirement: string; reason: TextRef; until: string; /** The signed page; none before waivers took one. */ files?: { id: string; hash: string }[] }
export type WaiverWithdrawn = { type: 'waiver.withdrawn.v1'; eventId: string; requirement: string }
/** Since a withdrawal says why. */
export type WaiverWithdrawn2 = Omit<WaiverWithdrawn, 'type'> & { type: 'waiver.withdrawn.v2'; reason: TextRef }
export type ReadinessConcluded = {
  type: 'readiness.concluded.v1'; eventId: string; verdict: 'go' | 'no_go'; note: TextRef | null
  /** What was seen then: requirement → state. */
  states: Record<string, State>
}
/** Since conclusions carry the signed page. */
export type ReadinessConcluded2 = Omit<ReadinessConcluded, 'type'> & { type: 'readiness.concluded.v2'; files: { id: string; hash: string }[] }
export type ConclusionWithdrawn = { type: 'readiness.conclusion_withdrawn.v1'; eventId: string; verdict: 'go' | 'no_go'; reason: TextRef }
export type ReadinessFact = WaiverGiven | WaiverWithdrawn | WaiverWithdrawn2 | ReadinessConcluded | ReadinessConcluded2 | ConclusionWithdrawn

export const readinessStories: Record<ReadinessFact['type'], { vi: string; en: string }> = {
  'waiver.given.v1': { vi: 'Duyệt ngoại lệ cho điều kiện {requirement} đến {until}. Lý do: {reason}', en: 'Waived requirement {requirement} until {until}. Reason: {reason}' },
  'waiver.withdrawn.v1': { vi: 'Thu hồi ngoại lệ của điều kiện {requirement}', en: 'Withdrew the waiver of requirement {requirement}' },
  'waiver.withdrawn.v2': { vi: 'Thu hồi ngoại lệ của điều kiện {requirement}. Lý do: {reason}', en: 'Withdrew the waiver of requirement {requirement}. Reason: {reason}' },
  'readiness.concluded.v1': { vi: 'Kết luận rà soát sẵn sàng: {verdict}', en: 'Concluded on readiness: {verdict}' },
  'readiness.concluded.v2': { vi: 'Kết luận rà soát sẵn sàng: {verdict}', en: 'Concluded on readiness: {verdict}' },
  'readiness.conclusion_withdrawn.v1': { vi: 'Thu hồi kết luận rà soát sẵn sàng ({verdict}). Lý do: {reason}', en: 'Withdrew the conclusion on readiness ({verdict}). Reason: {reason}' },
}

export const readinessWords = { go: { vi: 'đủ điều kiện', en: 'go' }, no_go: { vi: 'chưa đủ điều kiện', en: 'no go' } }

export const readinessRights = {
  'readiness.read': { vi: 'Xem bảng sẵn sàng', en: 'Read readiness' },
  'readiness.waive': { vi: 'Duyệt ngoại lệ cho điều kiện sẵn sàng', en: 'Waive requirements' },
  'readiness.conclude': { vi: 'Kết luận sẵn sàng của sự kiện', en: 'Conclude go or no-go' },
} as const

export const readinessRefusals = {
  ...viewRefusals,
  WAIVER_MET: { status: 409, message: { vi: 'Điều kiện {requirement} đã đạt, không cần ngoại lệ.', en: 'Requirement {requirement} is met: there is nothing to waive.' } },
  WAIVER_PAST: { status: 422, message: { vi: 'Ngoại lệ phải có hạn sau thời điểm này và không quá 366 ngày.', en: 'A waiver must end later than now and within 366 days.' } },
  WAIVER_MISSING: { status: 409, message: { vi: 'Điều kiện {requirement} không có ngoại lệ nào đang hiệu lực.', en: 'Requirement {requirement} has no waiver in force.' } },
  CONCLUSION_MISSING: { status: 409, message: { vi: 'Sự kiện này không có kết luận nào đang hiệu lực.', en: 'No conclusion on this event is in force.' } },
  CONCLUSION_NEWER: { status: 409, message: { vi: 'Kết luận đã được thay bằng kết luận mới. Tải lại để xem rồi mới thu hồi.', en: 'This conclusion was replaced by a newer one. Reload and read that before you withdraw it.' } },
  EVENT_OVER: { status: 409, message: { vi: 'Sự kiện đã kết thúc hoặc đã hủy.', en: 'The event is closed or cancelled.' } },
  FILE_UNKNOWN: { status: 422, message: { vi: 'Tệp đính kèm không tồn tại hoặc không phải do bạn tải lên.', en: 'The attached file does not exist, or was not uploaded by you.' } },
  SCAN_MISSING: { status: 422, message: { vi: 'Quyết định trên giấy phải kèm bản chụp trang đã ký.', en: 'What was decided on paper needs the scan of the signed page.' } },
  NOT_READY: {
    status: 409,
    message: { vi: 'Chưa thể kết luận sẵn sàng: {unmet} điều kiện chưa đạt, {open} điều kiện chưa rõ. Khắc phục, hoặc xin duyệt ngoại lệ.', en: 'This cannot be concluded ready: {unmet} [unmet:requirement|requirements] unmet, {open} still open. Mend them, or have them waived.' },
  },
} as const satisfies Refusals
export type ReadinessRefused = keyof typeof readinessRefusals | 'NOT_FOUND' | 'CHANGED'

const meta = (right: Meta['right'], on?: string): Meta => (on ? { right, on } : { right })
const tags = ['readiness']
const read = oc.errors(errors(commonRefusals))
const write = oc.errors(errors(readinessRefusals))

export const readinessContract = {
  ...looksContract,
  board: read.meta(meta('readiness.read', 'unit')).route({ method: 'GET', path: '/board', tags, summary: 'One unit and those below it: events, requirements and tasks by state' })
    .input(BoardQuery).output(Board),
  completeness: read.meta(meta('readiness.read', 'unit')).route({ method: 'GET', path: '/board/months', tags, summary: 'Tasks done of tasks due, by month, for each unit below' })
    .input(z.object({ unitId: z.uuid().optional(), programmeId: z.uuid().optional(), level: z.string().max(60).optional(), until: Day.optional(), months: z.coerce.number().int().min(1).max(24).default(12) }))
    .output(Completeness),
  requirements: read.meta(meta('readiness.read', 'unit')).route({ method: 'GET', path: '/board/requirements', tags, summary: 'Each requirement of a programme, by state, over the events of a subtree' })
    .input(z.object({ unitId: z.uuid().optional(), programmeId: z.uuid() }))
    .output(z.object({ asOf: Instant, items: z.array(z.object({ requirement: z.string(), name: Text, counts: Counts })) })),
  events: read.meta(meta('readiness.read')).route({ method: 'GET', path: '/readiness', tags, summary: 'Events of a subtree by state, red first, with what stands against each' })
    .input(z.object({ ...cursor, unitId: z.uuid().optional(), programmeId: z.uuid().optional(), level: z.string().max(60).optional(), state: State.optional(), requirement: z.string().max(60).optional() }))
    .output(page(EventLine)),
  event: read.meta(meta('readiness.read', 'event')).route({ method: 'GET', path: '/events/{eventId}/readiness', tags, summary: 'The requirements of one event, each with one sentence why and links to the records' })
    .input(z.object({ eventId: z.uuid() })).output(EventReadiness),
  goNoGo: read.meta(meta('readiness.read', 'event')).route({ method: 'GET', path: '/events/{eventId}/go-no-go', tags, summary: 'Whether this event may open, and what stands against it' })
    .input(z.object({ eventId: z.uuid() })).output(GoNoGo),
  waive: write.meta(meta('readiness.waive', 'event')).route({ method: 'POST', path: '/events/{eventId}/waivers', tags, summary: 'Waive one requirement, with reason and end' })
    .input(GiveWaiver).output(z.object({ eventId: z.uuid(), requirement: z.string(), until: Instant })),
  withdraw: write.meta(meta('readiness.waive', 'event')).route({ method: 'POST', path: '/events/{eventId}/waivers/{requirement}/withdraw', tags, summary: 'Withdraw a waiver' })
    .input(WithdrawWaiver).output(z.object({ eventId: z.uuid(), requirement: z.string() })),
  conclude: write.meta(meta('readiness.conclude', 'event')).route({ method: 'POST', path: '/events/{eventId}/conclusions', tags, summary: 'Conclude go or no-go' })
    .input(Conclude).output(z.object({ eventId: z.uuid(), verdict: z.enum(['go', 'no_go']) })),
  withdrawConclusion: write.meta(meta('readiness.conclude', 'event')).route({ method: 'POST', path: '/events/{eventId}/conclusions/withdraw', tags, summary: 'Withdraw the conclusion, with a reason: the event is again not concluded' })
    .input(WithdrawConclusion).output(z.object({ eventId: z.uuid() })),
}
