// What a plan looks like from outside, and what the orders about plans hold.
import * as z from 'zod'
import { Day, Instant, Lang, Text, order } from '../../../kernel/contract.ts'
import { GRADES } from '../../../pure/grades.ts'

/** `plan`: kế hoạch, who does what and when; `scheme`: phương án, how one matter is done. */
export const PLAN_KINDS = ['plan', 'scheme'] as const
export const MATTERS = ['overall', 'fire', 'traffic', 'medical', 'access', 'systems', 'logistics', 'scenario'] as const
/** Of the newest version; an older one may be in force meanwhile. */
export const PLAN_PHASES = ['drafting', 'consulting', 'appraising', 'approved', 'replaced', 'withdrawn'] as const
/** Of one version: approved for a day that is still to come. */
export const VERSION_PHASES = [...PLAN_PHASES, 'coming'] as const
export const STALE_REASONS = ['review', 'event_moved', 'event_postponed', 'event_cancelled', 'event_class', 'unit_ended', 'plan_replaced', 'paper_withdrawn', 'paper_replaced', 'table'] as const
export const MOST_TASKS = 100

const words = (most: number) => z.string().trim().min(1).max(most)
const Named = z.object({ id: z.uuid(), name: z.string() })
const Person = z.object({ id: z.uuid(), name: z.string().nullable() })
const File_ = z.object({ id: z.uuid(), name: z.string(), size: z.int(), type: z.string(), grade: z.enum(GRADES).describe('of a file of a graded record') })

/** One row of the table of actions; approval makes it a task. */
export const Action = z.object({
  id: z.uuid(), title: words(500), unitId: z.uuid().nullable().default(null), supportingUnitIds: z.array(z.uuid()).max(50).default([]), due: Day.nullable().default(null), product: words(1000).nullable().default(null),
})
export type Action = z.infer<typeof Action>
/** `text`: paragraphs parted by an empty line; a line that begins with "1." or "-" is a point. `tables`: names of live tables that follow it. */
export const Content = z.object({ text: z.string().max(60_000).default(''), tables: z.array(z.string().regex(/^[a-z_]{1,40}$/)).max(5).default([]), actions: z.array(Action).max(300).default([]) })
export type Content = z.infer<typeof Content>

export const Header = z.object({
  title: words(500), headId: z.uuid().nullable().default(null).describe('the account of the one who answers for it'), eventId: z.uuid().nullable().default(null), programmeId: z.uuid().nullable().default(null),
  basis: words(4000).nullable().default(null), restsOn: z.array(z.uuid()).max(20).default([]).describe('plans that it rests on'), papers: z.array(z.uuid()).max(20).optional().describe('papers of the register that it rests on'), reviewOn: Day.nullable().default(null),
})
export type Header = z.infer<typeof Header>

export const DraftPlan = z.object({ ...order, unitId: z.uuid(), template: z.string().regex(/^[a-z-]{1,40}$/), lang: Lang.default('vi'), grade: z.enum(GRADES).default('none'), ...Header.shape })
const about = { ...order, planId: z.uuid() }
const files = z.array(z.uuid()).max(20).default([])
export const AboutPlan = z.object(about)
export const ChangePlan = z.object({ ...about, expectedVersion: z.int().min(1), ...Header.shape })
export const WriteSection = z.object({ ...about, sectionId: z.uuid(), expectedVersion: z.int().min(1), title: words(300), content: Content })
/** The sections from now on, in their order; one that is not named goes, a new id is a new section. */
export const ArrangeSections = z.object({ ...about, expectedVersion: z.int().min(1), sections: z.array(z.object({ id: z.uuid(), title: words(300) })).min(1).max(60) })
export const AttachFiles = z.object({ ...about, files: z.array(z.uuid()).min(1).max(20), filesGrade: z.enum(GRADES).default('none').describe('the highest grade of the files') })
export const DetachFile = z.object({ ...about, fileId: z.uuid(), reason: words(1000) })
export const Consult = z.object({ ...about, unitIds: z.array(z.uuid()).min(1).max(200), due: Day })
export const Answer = z.object({ ...about, unitId: z.uuid(), verdict: z.enum(['agree', 'comments']), text: words(20_000).optional(), files, instead: Instant.optional().describe('when the answer was given that this one takes the place of; needed where the unit has answered') })
export const Comment = z.object({ ...about, sectionId: z.uuid(), quote: words(2000).optional(), text: words(4000) })
export const SettleComment = z.object({ ...about, commentId: z.uuid(), resolved: z.boolean() })
export const BeginAppraisal = z.object({ ...about, bodyId: z.uuid().optional(), unitId: z.uuid().optional(), due: Day.optional() })
export const RaisePoint = z.object({ ...about, sectionId: z.uuid().optional(), text: words(4000) })
export const SettlePoint = z.object({ ...about, pointId: z.uuid(), how: z.enum(['fixed', 'answered', 'open']).describe('open: it was neither, after all'), text: words(4000).optional() })
export const CallBackPoint = z.object({ ...about, pointId: z.uuid(), what: z.enum(['withdraw', 'reopen']).describe('withdraw: it was raised by mistake · reopen: it is not settled by what was done') })
export const Appraise = z.object({ ...about, verdict: z.enum(['pass', 'return']), text: words(20_000).optional() })
/** Of the tasks that the plan made (on approval: or those plans that it replaces): those that are withdrawn with it. */
const withdrawTasks = z.array(z.uuid()).max(500).default([])
export const Approve = z.object({
  ...about, expectedVersion: z.int().min(1), number: words(60).optional().describe('number and symbol of the signed paper'), inForceFrom: Day, approvedOn: Day.optional().describe('the day of the approval, where it is recorded later: not to come, and not before the version was begun unless it was signed on paper'), reviewOn: Day.optional(), replaces: z.array(z.uuid()).max(5).default([]), files, withdrawTasks,
})
export const Withdraw = z.object({ ...about, reason: words(2000), withdrawTasks })

const Saying = z.object({ at: Instant, by: Person.nullable(), toldBy: z.string().nullable() })
export const Stale = z.object({ reason: z.enum(STALE_REASONS), /** A unit, a plan, a paper, a table. */ name: z.string().nullable(), was: z.string().nullable(), now: z.string().nullable() })
export type Stale = z.infer<typeof Stale>

/** The next version that was approved for a day to come. */
const Coming = z.object({ n: z.int(), from: Day }).nullable()
export const PlanLine = z.object({
  id: z.uuid(), kind: z.enum(PLAN_KINDS), matter: z.enum(MATTERS), title: z.string(), grade: z.enum(GRADES), unit: Named, head: Person.nullable(), phase: z.enum(PLAN_PHASES), n: z.int(), /** The version in force today. */ inForce: z.int().nullable(), coming: Coming,
  dayOn: Day.nullable(), stale: z.array(Stale), changedAt: Instant,
})
export type PlanLine = z.infer<typeof PlanLine>

export const Section = z.object({
  id: z.uuid(), code: z.string().nullable(), title: z.string(), /** What belongs here, while it is empty. */ guide: Text.nullable(), version: z.int(), /** Null: erased. */ text: z.string().nullable(), tables: z.array(z.string()),
  actions: z.array(Action.extend({ unit: Named.nullable(), supporting: z.array(Named), task: z.object({ id: z.uuid(), state: z.string() }).nullable() })), changedAt: Instant, changedBy: Person.nullable(),
})
export type Section = z.infer<typeof Section>
export const PLAN_ACTIONS = ['edit', 'begin', 'consult', 'appraise', 'judge', 'approve', 'withdraw', 'comment'] as const
export const Plan = z.object({
  id: z.uuid(), unit: Named, kind: z.enum(PLAN_KINDS), matter: z.enum(MATTERS), lang: Lang, grade: z.enum(GRADES), /** What stands across it on the screen, where it is graded. */ mark: z.string().nullable(), n: z.int(), phase: z.enum(PLAN_PHASES), inForce: z.int().nullable(), coming: Coming, version: z.int(), headerVersion: z.int(),
  /** Which version the rest describes. */ shown: z.int(),
  title: z.string(), basis: z.string().nullable(), head: Person.nullable(), reviewOn: Day.nullable(),
  event: z.object({ id: z.uuid(), unit: z.string(), programme: Text, dayOn: Day.nullable() }).nullable(), programme: z.object({ id: z.uuid(), code: z.string(), name: Text }).nullable(),
  restsOn: z.array(Named), /** Of the register; by number alone where the asker may not read it. */ papers: z.array(Named.extend({ state: z.enum(['in_force', 'replaced', 'withdrawn']), may: z.boolean() })), sections: z.array(Section), files: z.array(File_),
  /** Taken off in this version or before it. */ detached: z.array(Saying.extend({ id: z.uuid(), name: z.string(), n: z.int(), at: Instant, reason: z.string().nullable() })),
  versions: z.array(z.object({ n: z.int(), phase: z.enum(VERSION_PHASES), begunAt: Instant, approved: Saying.extend({ /** Where it was recorded later. */ on: Day.nullable(), how: z.string().nullable(), number: z.string().nullable(), inForceFrom: Day, files: z.array(File_), tasks: z.int() }).nullable() })),
  consulted: z.array(Saying.extend({ unit: Named, due: Day, at: Instant.nullable(), verdict: z.enum(['agree', 'comments']).nullable(), text: z.string().nullable(), late: z.boolean(), /** The asker stands at this very unit. */ mine: z.boolean(), /** The asker may enter its answer; not being of the unit, told by whom. */ may: z.boolean(), files: z.array(File_),
    /** Answers that a later one took the place of, the last first. */ earlier: z.array(Saying.extend({ verdict: z.enum(['agree', 'comments']), text: z.string().nullable(), files: z.array(File_) })) })),
  comments: z.array(Saying.extend({ id: z.uuid(), sectionId: z.uuid(), n: z.int(), quote: z.string().nullable(), text: z.string().nullable(), resolved: z.boolean() })),
  appraisal: z.object({
    by: z.string(), due: Day.nullable(), late: z.boolean(), /** The asker stands at a unit that appraises; who stands above it says who told it. */ mine: z.boolean(), verdict: z.enum(['pass', 'return']).nullable(), text: z.string().nullable(), judged: Saying.nullable(),
    points: z.array(Saying.extend({ id: z.uuid(), n: z.int(), sectionId: z.uuid().nullable(), text: z.string().nullable(), how: z.enum(['fixed', 'answered', 'withdrawn']).nullable(), answer: z.string().nullable(), settledAt: Instant.nullable() })),
  }).nullable(),
  /** Tasks that its versions made. `row`: its action in the version shown. */
  tasks: z.array(z.object({ id: z.uuid(), title: z.string(), unit: z.string(), n: z.int(), state: z.string(), open: z.boolean(), row: z.enum(['same', 'changed', 'gone']) })),
  stale: z.array(Stale), replacedBy: Named.nullable(), /** From which day; null: replaced by an old order, at once. */ replacedFrom: Day.nullable(), withdrawn: Saying.extend({ reason: z.string().nullable() }).nullable(), can: z.array(z.enum(PLAN_ACTIONS)), asOf: Instant,
})
export type Plan = z.infer<typeof Plan>

/** What one's own units still have to say, and which of their own plans need a review: of `count` the first few. `late`: how many of all. */
export const OwedPlans = z.object({ items: z.array(z.object({ id: z.uuid(), title: z.string(), unit: Named, /** Whose answer it is, or who appraises. */ for: Named, what: z.enum(['answer', 'appraise', 'review']), due: Day.nullable(), late: z.boolean(), /** Why it is to be reviewed, in words. */ why: z.array(z.string()) })), count: z.int(), late: z.int(), asOf: Instant })
export type OwedPlans = z.infer<typeof OwedPlans>

export const Table = z.object({ name: Text, heads: z.array(z.string()), rows: z.array(z.array(z.string())), /** Rows that are left out. */ more: z.int(), /** As it was approved; else as it is now. */ frozen: z.boolean() })
export type Table = z.infer<typeof Table>
/** A shipped outline. */
export const PlanTemplate = z.object({
  code: z.string(), kind: z.enum(PLAN_KINDS), matter: z.enum(MATTERS), name: Text,
  sections: z.array(z.object({ code: z.string(), title: Text, guide: Text, tables: z.array(z.string()).default([]), actions: z.boolean().default(false) })).min(1),
})
export type PlanTemplate = z.infer<typeof PlanTemplate>
/** What changed from one version to another: `same` runs of words, `out`, `in`. */
export const Change = z.object({ id: z.uuid(), title: z.string(), was: z.string().nullable(), what: z.enum(['same', 'changed', 'new', 'gone', 'erased']), parts: z.array(z.tuple([z.enum(['same', 'in', 'out']), z.string()])) })
export type Change = z.infer<typeof Change>
export const PARTICULARS = ['title', 'head', 'event', 'programme', 'basis', 'review', 'rests', 'files'] as const
/** What is said of a plan beside its sections, where it changed. */
export const ParticularChange = z.object({ what: z.enum(PARTICULARS), parts: Change.shape.parts })
export type ParticularChange = z.infer<typeof ParticularChange>
/** A live table, as it was approved (a version that is not approved: as it is now): the rows that went and came; `same`: how many stayed. */
export const TableChange = z.object({ source: z.string(), name: Text, what: z.enum(['changed', 'new', 'gone']), heads: z.array(z.string()), rows: z.array(z.object({ is: z.enum(['in', 'out']), cells: z.array(z.string()) })), same: z.int() })
export type TableChange = z.infer<typeof TableChange>
