// What a task looks like from outside, and what the orders about tasks hold.
import * as z from 'zod'
import { cursor, Day, Instant, Lang, many, order, Zone } from '../../../kernel/contract.ts'

export const TASK_STATES = ['assigned', 'accepted', 'under_way', 'reported', 'verified', 'returned', 'refused', 'withdrawn'] as const
export const OPEN_STATES = ['assigned', 'accepted', 'under_way', 'returned'] as const
export const TaskState = z.enum(TASK_STATES)
export const Priority = z.enum(['low', 'normal', 'high'])
export const Workstream = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/)
export const TargetUnit = z.string().trim().min(1).max(60)
/** `percent` and `all` are counted against a whole (`base`) that the report gives. */
export const TaskTarget = z.object({ kind: z.enum(['number', 'percent', 'all']), count: z.number().min(0).max(1e12), unit: TargetUnit })
  .refine((t) => t.kind !== 'percent' || t.count <= 100, { message: 'percent', path: ['count'] })

export const UnitBrief = z.object({ id: z.uuid(), code: z.string(), name: z.string(), kind: z.string() })
/** A date alone means the end of that day in `zone`. */
export const DueInput = z.union([Day, Instant])
export const Due = z.object({ at: z.iso.datetime(), rule: z.string().nullable(), zone: z.string() })

export const Task = z.object({
  id: z.uuid(), directiveId: z.uuid().nullable(), programmeId: z.uuid().nullable(), programmeName: z.string().nullable(), eventId: z.uuid().nullable(), parentId: z.uuid().nullable(),
  /** The template's task code, when a programme's cascade gave it. */
  item: z.string().nullable(), title: z.string(), workstream: z.string(), /** As the programme's template calls it; null: a code of one's own. */ workstreamName: z.string().nullable(), /** The body in whose name the issuer gave it. */ issuerBody: z.object({ id: z.uuid(), name: z.string() }).nullable(), issuer: UnitBrief.nullable(), unit: UnitBrief,
  due: Due.nullable(), priority: Priority, state: TaskState, product: z.string().nullable(), supporting: z.array(UnitBrief), /** Open and past due at the answer's `asOf`. */ overdue: z.boolean(),
  target: TaskTarget.nullable(), reached: z.number().nullable(), base: z.number().nullable(), /** Null without a target. */ met: z.boolean().nullable(),
  /** Of the tasks it was split into, to the last level: how many there are, how many are done (reported or verified). Null: not split. */
  parts: z.object({ total: z.int(), done: z.int() }).nullable(),
  evidenceKind: z.string().nullable(), extensionAskedUntil: z.iso.datetime().nullable(), version: z.int(), assignedAt: z.iso.datetime(), changedAt: z.iso.datetime(),
})
export type Task = z.infer<typeof Task>

/** Text that was erased is null. */
const Said = z.object({ at: z.iso.datetime(), byId: z.uuid(), byName: z.string().nullable(), text: z.string().nullable() })
export const FileBrief = z.object({ id: z.uuid(), name: z.string(), size: z.int(), type: z.string() })
export const Report = Said.extend({
  id: z.uuid(), done: z.boolean(), reached: z.number().nullable(), base: z.number().nullable(), /** The name of whoever the reporter stood in for. */ onBehalf: z.string().nullable(), toldBy: z.string().nullable(),
  evidence: z.object({ label: z.string().nullable(), on: Day.nullable(), expiresAt: z.iso.datetime().nullable() }), files: z.array(FileBrief),
})
export const TASK_ACTIONS = [
  'accept', 'start', 'report', 'verify', 'return', 'refuse', 'ask_extension', 'grant_extension', 'decline_extension', 'withdraw', 'split', 'edit', 'comment', 'remind',
] as const
export const TaskAction = z.enum(TASK_ACTIONS)
export type TaskAction = z.infer<typeof TaskAction>
export const TASK_ORIGINS = ['plan', 'proposal', 'meeting'] as const
export const TaskDetail = Task.extend({
  /** What made it, where the asker may read that. */
  origin: z.object({ kind: z.enum(TASK_ORIGINS), id: z.uuid(), title: z.string() }).nullable(),
  directive: z.object({ id: z.uuid(), number: z.string().nullable(), title: z.string(), issuedOn: Day }).nullable(),
  /** What it waits for by the template: tasks of the same event, and milestones (then `taskId` is null). `days` later it may begin. */
  waits: z.array(z.object({ taskId: z.uuid().nullable(), name: z.string(), state: TaskState.nullable(), done: z.boolean(), at: z.iso.datetime().nullable(), days: z.int() })),
  /** Those that it may be moved to by who may edit it: of the template of its programme. */
  workstreams: z.array(z.object({ code: z.string(), name: z.string() })),
  reports: z.array(Report),
  extensions: z.array(z.object({ id: z.uuid(), askedAt: z.iso.datetime(), until: z.iso.datetime(), state: z.enum(['asked', 'granted', 'declined']), reason: z.string().nullable(), answer: z.string().nullable() })),
  /** Why it was returned, refused or withdrawn, latest first. */
  reasons: z.array(Said.extend({ what: z.enum(['returned', 'refused', 'withdrawn', 'verified']) })),
  comments: z.array(Said.extend({ id: z.uuid(), /** A name that was erased is null. */ mentions: z.array(z.object({ id: z.uuid(), name: z.string().nullable() })) })),
  /** With the parts it was passed on in: how many a withdrawal takes along, and how many are verified and stay. Null: the asker cannot withdraw it, or it was not passed on. */
  withdraws: z.object({ parts: z.int(), kept: z.int() }).nullable(),
  /** What the asker may do now: right held, state fits. */
  can: z.array(TaskAction), asOf: z.iso.datetime(),
})
export type TaskDetail = z.infer<typeof TaskDetail>

const yes = z.union([z.boolean(), z.stringbool()])
export const TASK_SORTS = ['due', '-due', '-changed'] as const
export const TaskFilter = z.object({
  /** `open`: assigned, accepted, under way and returned together. */
  state: many(z.enum([...TASK_STATES, 'open']), 9).optional(),
  unit: z.uuid().optional(), /** With the units below; default true. */ below: yes.default(true),
  programme: z.uuid().optional(), event: z.uuid().optional(), directive: z.uuid().optional(), parent: z.uuid().optional(), /** These very tasks, as far as the asker may see them. */ ids: many(z.uuid(), 200).optional(),
  workstream: Workstream.optional(), item: z.string().max(40).optional(), priority: Priority.optional(),
  dueFrom: DueInput.optional(), dueUntil: DueInput.optional(), overdue: yes.optional(),
  /** The asked unit's part in it: lead (default), supporting, issuer, or the one that answers what is reported or asks for time. */
  part: z.enum(['lead', 'supporting', 'issuer', 'answers']).default('lead'),
  /** Only of the very units at which the asker holds a role. */
  mine: yes.optional(),
  q: z.string().trim().max(200).optional(), sort: z.enum(TASK_SORTS).default('due'),
})
export type TaskFilter = z.infer<typeof TaskFilter>
export const TaskQuery = TaskFilter.extend({ ...cursor, limit: z.coerce.number().int().min(1).max(500).default(50) })

const title = z.string().trim().min(1).max(500)
const note = z.string().trim().min(1).max(4000)
export const TaskFields = z.object({
  title, lang: Lang.default('vi'), product: z.string().trim().min(1).max(1000).optional(), workstream: Workstream.default('command'),
  due: DueInput.optional(), zone: Zone.optional().describe('default: the zone of the installation'), priority: Priority.default('normal'),
  target: TaskTarget.optional(), evidenceKind: z.string().max(40).optional(),
})
const bodyId = z.uuid().optional().describe('the body in whose name it is given; its standing office is the issuing unit')
export const AssignTask = z.object({
  ...order, ...TaskFields.shape, issuerUnitId: z.uuid(), unitId: z.uuid(), supportingUnitIds: z.array(z.uuid()).max(50).default([]),
  directiveId: z.uuid().optional(), programmeId: z.uuid().optional(), eventId: z.uuid().optional(), bodyId,
})
export const MOST_IN_DIRECTIVE = 300
export const IssueDirective = z.object({
  ...order, issuerUnitId: z.uuid(), bodyId, programmeId: z.uuid().optional(), number: z.string().trim().max(60).optional(), title, lang: Lang.default('vi'),
  body: z.string().trim().max(20_000).optional(), basis: z.string().trim().max(500).optional(), issuedOn: Day.optional(),
  tasks: z.array(TaskFields.extend({ unitIds: z.array(z.uuid()).min(1).max(MOST_IN_DIRECTIVE), supportingUnitIds: z.array(z.uuid()).max(50).default([]) })).max(100).default([]).describe('more can be given within it later, also by an import'),
})
export const ReportTask = z.object({
  ...order, taskId: z.uuid(), /** False: progress only, the task goes on. */ done: z.boolean().default(true),
  number: z.number().min(0).max(1e12).optional(), outOf: z.number().min(0).max(1e12).optional(), note: note.optional(),
  files: z.array(z.uuid()).max(20).default([]),
  evidence: z.object({ label: z.string().trim().min(1).max(200).optional(), on: Day.optional(), expiresOn: Day.optional() }).optional(),
})
export const SplitTask = z.object({
  ...order, taskId: z.uuid(),
  parts: z.array(z.object({ unitId: z.uuid(), title: title.optional(), due: DueInput.optional(), target: TaskTarget.optional() })).min(1).max(1000),
})
export const EditTask = z.object({
  ...order, taskId: z.uuid(), expectedVersion: z.int().min(1), title: title.optional(), lang: Lang.optional(), product: z.string().trim().max(1000).nullable().optional(),
  due: DueInput.nullable().optional(), priority: Priority.optional(), target: TaskTarget.nullable().optional(), evidenceKind: z.string().max(40).nullable().optional(),
  supportingUnitIds: z.array(z.uuid()).max(50).optional(), /** Another unit leads from now on; only while nothing was passed on. */ unitId: z.uuid().optional(),
  /** Of the template of its programme; parts keep that of the task they are part of. */ workstream: z.string().min(1).max(60).optional(),
})
const about = { ...order, taskId: z.uuid() }
export const AboutTask = z.object(about)
export const WithNote = z.object({ ...about, note: note.optional() })
export const WithReason = z.object({ ...about, reason: note })
export const ReturnTask = WithReason.extend({ due: DueInput.optional() })
export const AskExtension = WithReason.extend({ until: DueInput })
export const GrantExtension = z.object({ ...about, until: DueInput.optional() })
export const CommentTask = z.object({ ...about, text: note, mentions: z.array(z.uuid()).max(20).default([]) })

const most = z.array(z.uuid()).min(1).max(5000)
const bulk = { ...order, ids: most }
export const BulkAssign = AssignTask.omit({ unitId: true }).extend({ unitIds: most })
export const BulkRemind = z.object({ ...bulk, text: note.optional() })
export const BulkExtend = z.object({ ...bulk, until: DueInput })
export const BulkVerify = z.object(bulk)
export const BulkWithdraw = z.object({ ...bulk, reason: note })

export type AssignTask = z.infer<typeof AssignTask>
export type IssueDirective = z.infer<typeof IssueDirective>
export type ReportTask = z.infer<typeof ReportTask>
export type SplitTask = z.infer<typeof SplitTask>
export type EditTask = z.infer<typeof EditTask>
