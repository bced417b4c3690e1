// Đề xuất, tham mưu; ý kiến chỉ đạo: advice going up, and what the leader decided, when, told by whom. The browser imports this file.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { Day, Instant, commonRefusals, cursor, errors, order, page } from '../../kernel/contract.ts'
import type { Meta, Refusals } from '../../kernel/contract.ts'

/** write: propose, withdraw, send again · decide: say which option, or return it with the reason. */
export const proposalRights = ['proposal.read', 'proposal.write', 'proposal.decide'] as const
type Right = (typeof proposalRights)[number]
export const PROPOSAL_PHASES = ['sent', 'decided', 'returned', 'withdrawn'] as const
export const BOXES = ['sent', 'waiting', 'decided'] as const
export const MOST_TASKS = 20

const words = (most: number) => z.string().trim().min(1).max(most)
export const Choice = z.object({ id: z.uuid(), title: words(300), good: words(4000).nullable().default(null), bad: words(4000).nullable().default(null) })
export type Choice = z.infer<typeof Choice>
/** `chosen`: the option that is proposed; null: none of them, as the text says. */
export const Content = z.object({ background: words(20_000), options: z.array(Choice).max(8).default([]), proposed: words(20_000), chosen: z.uuid().nullable().default(null) })
export type Content = z.infer<typeof Content>

const files = z.array(z.uuid()).max(20).default([])
export const Propose = z.object({ ...order, unitId: z.uuid(), toUnitId: z.uuid().optional(), toBodyId: z.uuid().optional(), subject: words(500), due: Day.nullable().default(null), planId: z.uuid().nullable().default(null), content: Content, files })
export const SendAgain = z.object({ ...order, proposalId: z.uuid(), expectedVersion: z.int().min(1), subject: words(500), due: Day.nullable().default(null), content: Content, files })
export const DecisionTask = z.object({ title: words(500), unitId: z.uuid(), supportingUnitIds: z.array(z.uuid()).max(50).default([]), due: Day.optional() })
export const Decide = z.object({
  ...order, proposalId: z.uuid(), expectedVersion: z.int().min(1), verdict: z.enum(['agreed', 'otherwise', 'returned']).describe('otherwise: decided, but not as proposed'), optionId: z.uuid().nullable().default(null), text: words(10_000).optional(),
  decidedOn: Day.optional().describe('the day of the decision, where it is recorded later: not to come, not before it was sent'), tasks: z.array(DecisionTask).max(MOST_TASKS).default([]), files,
})
export const WithdrawProposal = z.object({ ...order, proposalId: z.uuid(), reason: words(2000) })

const Named = z.object({ id: z.uuid(), name: z.string() })
const Person = z.object({ id: z.uuid(), name: z.string().nullable() })
const File_ = z.object({ id: z.uuid(), name: z.string(), size: z.int(), type: z.string() })
export const ProposalLine = z.object({ id: z.uuid(), subject: z.string(), unit: Named, to: Named, due: Day.nullable(), late: z.boolean(), phase: z.enum(PROPOSAL_PHASES), sentAt: Instant, decidedAt: Instant.nullable(), verdict: z.enum(['agreed', 'otherwise', 'returned']).nullable() })
export const Proposal = ProposalLine.extend({
  version: z.int(), by: Person.nullable(), toldBy: z.string().nullable(), /** Null: erased. */ content: Content.nullable(), files: z.array(File_), plan: Named.nullable(),
  decision: z.object({ at: Instant, /** Where it was recorded later. */ decidedOn: Day.nullable(), by: Person.nullable(), toldBy: z.string().nullable(), how: z.string().nullable(), verdict: z.enum(['agreed', 'otherwise', 'returned']), optionId: z.uuid().nullable(), text: z.string().nullable(), files: z.array(File_),
    tasks: z.array(z.object({ id: z.uuid(), title: z.string(), unit: z.string(), state: z.string() })) }).nullable(),
  withdrawn: z.object({ at: Instant, by: Person.nullable(), reason: z.string().nullable() }).nullable(),
  can: z.array(z.enum(['decide', 'again', 'withdraw'])), asOf: Instant,
})
export type Proposal = z.infer<typeof Proposal>

export type TextRef = { id: string; hash: string }
export type FileRef = { id: string; hash: string; type: string; size: number }
/** Stream `proposal:<id>`, about itself; so for all that follow. What is said stands apart. */
export type ProposalSent = { type: 'proposal.sent.v1'; proposalId: string; unitId: string; toUnitId: string; toBodyId: string | null; subject: string; due: string | null; planId: string | null; content: TextRef; files: FileRef[] }
export type ProposalSentAgain = { type: 'proposal.sent_again.v1'; proposalId: string; subject: string; due: string | null; content: TextRef; files: FileRef[] }
/** The tasks follow as `task.assigned.v1`, each on its own stream. */
export type ProposalDecided = { type: 'proposal.decided.v1'; proposalId: string; verdict: 'agreed' | 'otherwise' | 'returned'; optionId: string | null; text: TextRef | null; how: string | null; files: FileRef[]; tasks: { id: string; title: string; unitId: string }[]; /** Where it was recorded later. */ decidedOn?: string }
export type ProposalWithdrawn = { type: 'proposal.withdrawn.v1'; proposalId: string; reason: TextRef }
export type ProposalFact = ProposalSent | ProposalSentAgain | ProposalDecided | ProposalWithdrawn
export const proposalsStories: Record<ProposalFact['type'], { vi: string; en: string }> = {
  'proposal.sent.v1': { vi: 'Trình đề xuất: “{subject}”', en: 'Proposed: “{subject}”' },
  'proposal.sent_again.v1': { vi: 'Trình lại đề xuất: “{subject}”', en: 'Proposed again: “{subject}”' },
  'proposal.decided.v1': { vi: 'Ghi ý kiến chỉ đạo về đề xuất', en: 'Recorded the decision on the proposal' },
  'proposal.withdrawn.v1': { vi: 'Rút đề xuất', en: 'Withdrew the proposal' },
}

export const proposalRefusals = {
  TO_UNKNOWN: { status: 422, message: { vi: 'Cần đúng một nơi nhận: đơn vị cấp trên (hoặc chính đơn vị này), hoặc một ban đang hoạt động.', en: 'Name exactly one addressee: a unit above (or this very unit), or a body that stands.' } },
  OPTION_UNKNOWN: { status: 422, message: { vi: 'Không có lựa chọn này trong đề xuất.', en: 'There is no such option in the proposal.' } },
  OPTION_TWICE: { status: 422, message: { vi: 'Một lựa chọn có hai lần.', en: 'An option stands twice.' } },
  REASON_MISSING: { status: 422, message: { vi: 'Trả lại hoặc quyết định khác với đề xuất thì phải ghi rõ ý kiến.', en: 'To return it, or decide otherwise, say why.' } },
  PROPOSAL_DECIDED: { status: 409, message: { vi: 'Đề xuất này đã có ý kiến chỉ đạo hoặc đã rút.', en: 'This proposal is decided or withdrawn.' } },
  PROPOSAL_NOT_RETURNED: { status: 409, message: { vi: 'Chỉ trình lại được đề xuất đã bị trả lại.', en: 'Only a proposal that was returned can be sent again.' } },
  RETURNED_TASKS: { status: 422, message: { vi: 'Trả lại đề xuất thì không giao nhiệm vụ.', en: 'A proposal that is returned makes no tasks.' } },
  PLAN_UNKNOWN: { status: 422, message: { vi: 'Kế hoạch, phương án được dẫn không có, hoặc là chính bản này.', en: 'A plan that it names does not exist, or is this one.' } },
  PLAN_SCAN_MISSING: { status: 422, message: { vi: 'Ký trên giấy thì phải kèm bản chụp trang có chữ ký.', en: 'Signed on paper, it needs a scan of the signed page.' } },
  FILE_UNKNOWN: { status: 422, message: { vi: 'Tệp đính kèm không tồn tại hoặc không phải do bạn tải lên.', en: 'The attached file does not exist, or was not uploaded by you.' } },
  ACTION_DUE_PAST: { status: 422, message: { vi: 'Việc “{title}” có thời hạn đã qua.', en: 'The action “{title}” is due on a day that has passed.' } },
  DECIDED_AHEAD: { status: 422, message: { vi: 'Ngày quyết định còn ở phía trước.', en: 'The day of the decision is still to come.' } },
  DECIDED_EARLY: { status: 422, message: { vi: 'Đề xuất được trình ngày {on}: không thể có ý kiến trước ngày đó.', en: 'The proposal was sent on {on}: it cannot have been decided before.' } },
  DUE_PAST: { status: 422, message: { vi: 'Thời hạn đã qua.', en: 'The due date has passed.' } },
  UNIT_UNKNOWN: { status: 422, message: { vi: 'Không có đơn vị này.', en: 'There is no such unit.' } },
  UNIT_CLOSED: { status: 422, message: { vi: '{unit} đã thôi hoạt động.', en: '{unit} has ended.' } },
  UNIT_TWICE: { status: 422, message: { vi: '{unit} có hai lần.', en: '{unit} stands twice.' } },
} as const satisfies Refusals
export type ProposalRefused = keyof typeof proposalRefusals | 'NOT_FOUND' | 'CHANGED'

const meta = (right: Right, on?: string): Meta => (on ? { right, on } : { right })
const tags = ['proposals']
const read = oc.errors(errors(commonRefusals))
const write = oc.errors(errors(proposalRefusals))
const Done = z.object({ proposalId: z.uuid(), version: z.int() })
export const proposalsContract = {
  list: read.meta(meta('proposal.read')).route({ method: 'GET', path: '/proposals', tags, summary: 'Proposals: what my units sent, what waits for my decision, what was decided; the newest first' })
    .input(z.object({ ...cursor, box: z.enum(BOXES).optional(), q: z.string().trim().max(200).optional() })).output(page(ProposalLine)),
  get: read.meta(meta('proposal.read', 'proposal')).route({ method: 'GET', path: '/proposals/{proposalId}', tags, summary: 'One proposal and the decision on it' }).input(z.object({ proposalId: z.uuid() })).output(Proposal),
  propose: write.meta(meta('proposal.write', 'unit')).route({ method: 'POST', path: '/proposals', tags, summary: 'Propose to a unit above or a body' }).input(Propose).output(Done),
  again: write.meta(meta('proposal.write', 'proposal')).route({ method: 'POST', path: '/proposals/{proposalId}/again', tags, summary: 'Send a returned proposal again, changed' }).input(SendAgain).output(Done),
  decide: write.meta(meta('proposal.decide', 'proposal')).route({ method: 'POST', path: '/proposals/{proposalId}/decide', tags, summary: 'Decide; the decision may make tasks' }).input(Decide).output(Done.extend({ tasks: z.int() })),
  withdraw: write.meta(meta('proposal.write', 'proposal')).route({ method: 'POST', path: '/proposals/{proposalId}/withdraw', tags, summary: 'Withdraw a proposal, with the reason' }).input(WithdrawProposal).output(Done),
}
