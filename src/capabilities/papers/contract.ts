// Papers received and issued: the register as an office keeps it, and the paper itself as DOCX and PDF. The browser imports this file.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { BulkResult, cursor, Day, errors, order, page } from '../../kernel/contract.ts'
import type { Meta } from '../../kernel/contract.ts'
import { MADE_FROM, RELATIONS } from './contract/facts.ts'
import { GRADES } from '../../pure/grades.ts'
import { ICS_DRAFTS, IcsCode, IcsForm, IcsValues } from './contract/ics.ts'
import { kindNames, PaperKind } from './contract/kinds.ts'
import { Layout, Letter, Letterhead, ProfileCode } from './contract/letter.ts'
import { paperRefusals } from './contract/refusals.ts'

export { papersStories, RELATIONS } from './contract/facts.ts'
export { paperRefusals } from './contract/refusals.ts'

/** read: see the register of the unit, and what was sent to it · receive: register what came in, acknowledge · issue: take a number, withdraw, set the letterhead. */
export const paperRights = ['paper.read', 'paper.receive', 'paper.issue'] as const

const Unit = z.object({ id: z.uuid(), name: z.string() })
const words = (most: number) => z.string().trim().min(1).max(most)
const MadeFrom = z.object({ kind: z.enum(MADE_FROM), id: z.uuid() })
const Link = z.object({ relation: z.enum(RELATIONS), paperId: z.uuid().nullable().default(null), directiveId: z.uuid().nullable().default(null), taskId: z.uuid().nullable().default(null), about: MadeFrom.nullable().optional().describe('what it was made from; only with `from`'), text: words(300).nullable().default(null) })
  .refine((link) => [link.paperId, link.directiveId, link.taskId, link.about, link.text].filter(Boolean).length === 1 && (link.relation === 'from') === Boolean(link.about), { params: { vi: 'cần đúng một: văn bản, văn bản chỉ đạo, nhiệm vụ, nơi soạn từ hoặc lời ghi', en: 'needs exactly one of a paper, a directive, a task, what it was made from, or words' } })
const links = z.array(Link).max(30).default([])
const filing = words(120).nullable().default(null)

export const Paper = z.object({
  id: z.uuid(), way: z.enum(['issued', 'received']), unit: Unit, kind: PaperKind, year: z.int(), number: z.int(), written: z.string(), /** Empty where it stands here by its number alone. */ subject: z.string(), grade: z.enum(GRADES), /** Graded, and its content is not here. */ byNumber: z.boolean(), day: Day, receivedOn: Day.nullable(),
  issuer: z.string(), /** What the unit whose register it is belongs to, below the top: two may have one name. */ under: z.string().nullable(), filing: z.string().nullable(), state: z.enum(['in_force', 'withdrawn', 'replaced']), at: z.iso.datetime(),
  /** Units it was sent to, and how many have acknowledged. */
  sent: z.int(), acknowledged: z.int(), /** Its name where it was sent to that one alone. */ sentTo: z.string().nullable(),
})
export type Paper = z.infer<typeof Paper>

export const PaperDetail = Paper.extend({
  by: z.string().nullable(), letter: Letter.nullable(),
  withdrawn: z.object({ at: z.iso.datetime(), by: z.string().nullable(), reason: z.string().nullable() }).nullable(),
  recipients: z.array(z.object({ unit: Unit, at: z.iso.datetime().nullable(), by: z.string().nullable(), remindedAt: z.iso.datetime().nullable(), /** The asker may acknowledge for it. */ mine: z.boolean() })),
  links: z.array(z.object({ relation: z.enum([...RELATIONS, 'replaced_by', 'basis_of']), paperId: z.uuid().nullable(), directiveId: z.uuid().nullable(), taskId: z.uuid().nullable(), about: MadeFrom.nullable(), text: z.string() })),
  files: z.array(z.object({ id: z.uuid(), name: z.string(), size: z.int(), type: z.string(), grade: z.enum(GRADES).describe('of a file of a graded record') })),
  /** What stands across it on the screen, where it is graded. */
  mark: z.string().nullable(),
  /** What the asker may do. */
  may: z.object({ withdraw: z.boolean(), attach: z.boolean(), link: z.boolean(), remind: z.boolean() }),
})
export type PaperDetail = z.infer<typeof PaperDetail>

const about = { ...order, paperId: z.uuid() }
/** The highest grade of the files: none may be graded higher than the paper. */
const filesGrade = z.enum(GRADES).default('none')
const IssuePaper = z.object({
  ...order, unitId: z.uuid(), letter: Letter, grade: z.enum(GRADES).default('none'), filing, sentTo: z.array(z.uuid()).max(500).default([]), links,
  bodyId: z.uuid().optional().describe('the body that issues it through this unit, its standing office: numbered apart'),
  draftId: z.uuid().optional().describe('the draft that it was written in; it ends with this'),
  firstNumber: z.int().min(1).max(99_999).optional().describe('where the office goes on from a paper register; only for the first of a year and kind'),
})
export type IssuePaper = z.infer<typeof IssuePaper>
const ReceivePaper = z.object({ ...order, unitId: z.uuid(), issuer: words(200), written: words(60), kind: PaperKind, grade: z.enum(GRADES).default('none').describe('without subject, scan and links it is registered by its number alone'), filesGrade, subject: words(500).nullable().default(null), day: Day, receivedOn: Day.optional(), filing, files: z.array(z.uuid()).max(20).default([]), links,
  again: z.boolean().optional().describe('although one of this issuer, number and day stands in the book already') })
export type ReceivePaper = z.infer<typeof ReceivePaper>
export const RECEIPTS = ['owed', 'missing'] as const
export const PaperQuery = z.object({
  receipt: z.enum(RECEIPTS).optional().describe('owed: sent to a unit of mine, which has not acknowledged; missing: issued by a unit of mine, and not acknowledged by all'),
  run: z.uuid().optional().describe('issued together, one to each unit'), event: z.uuid().optional().describe('linked to a task of this event'), from: z.string().regex(/^(plan|report|collection|body|meeting):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/).optional().describe('made from this record'),
  unit: z.uuid().optional(), way: z.enum(['issued', 'received']).optional(), kind: PaperKind.optional(), year: z.coerce.number().int().min(1900).max(9999).optional(), q: z.string().trim().max(200).optional(), ...cursor,
})
export type PaperQuery = z.infer<typeof PaperQuery>

/** What is kept while it is written: papers, and ICS forms, which never get a number. */
export const DraftKind = z.enum([...kindNames, ...ICS_DRAFTS])
export type DraftKind = z.infer<typeof DraftKind>
export const KeptDraftLine = z.object({ id: z.uuid(), unit: Unit, kind: DraftKind, subject: z.string(), version: z.int(), savedAt: z.iso.datetime(), by: z.string().nullable(), /** Begun by the asker. */ mine: z.boolean() })
export type KeptDraftLine = z.infer<typeof KeptDraftLine>
/** `form`: as it was typed; only the screen that wrote it reads it. */
export const KeptDraft = z.object({ id: z.uuid(), unitId: z.uuid(), form: z.string(), version: z.int(), savedAt: z.iso.datetime(), by: z.string().nullable(), mine: z.boolean() })
export type KeptDraft = z.infer<typeof KeptDraft>

/** One letter to each of so many units; beyond that a second order. */
export const RUN_MOST = 4000
const RunUnits = z.array(z.uuid()).min(1).max(RUN_MOST)
const RunRow = z.object({ unit: Unit, /** As a letter is addressed to it. */ office: z.string(), overdue: z.int(), /** Reports of it and of those below past their hour. */ missing: z.int() })
const IssueEach = z.object({ ...order, unitId: z.uuid(), letter: Letter, unitIds: RunUnits, withTasks: z.boolean().default(false), filing, bodyId: z.uuid().optional(), draftId: z.uuid().optional() })
export type IssueEach = z.infer<typeof IssueEach>

const OwnLayout = z.object({ id: z.uuid(), unit: Unit, base: ProfileCode, layout: Layout, version: z.int(), /** The asker may change it. */ mine: z.boolean() })
export type OwnLayout = z.infer<typeof OwnLayout>

const File_ = z.object({ headers: z.record(z.string(), z.string()), body: z.custom<ReadableStream<Uint8Array>>() })
const Format = z.enum(['docx', 'pdf'])
const base = oc.errors(errors(paperRefusals))
const read = (path: `/${string}`, summary: string, on?: string, right: (typeof paperRights)[number] = 'paper.read') => base.meta({ right, ...(on ? { on } : {}) } satisfies Meta).route({ method: 'GET', path, tags: ['papers'], summary })
const write = (path: `/${string}`, summary: string, right: (typeof paperRights)[number], on: string, limit?: number) =>
  base.meta({ right, on, ...(limit ? { limit } : {}) } satisfies Meta).route({ method: 'POST', path, tags: ['papers'], summary })
const LARGE = 4 * 1024 * 1024
const Numbered = z.object({ paperId: z.uuid(), number: z.int(), written: z.string() })
const Done = z.object({ paperId: z.uuid() })
const Draft = z.object({ unitId: z.uuid(), letter: Letter, sentTo: z.array(Unit), links: z.array(Link.and(z.object({ label: z.string().optional().describe('what it leads to, as the screen calls it') }))), bodyId: z.uuid().nullable(), /** Of what it is made from. */ grade: z.enum(GRADES) })
export type Draft = z.infer<typeof Draft>

export const papersContract = {
  list: read('/papers', 'The register: filter, search, page; newest first').input(PaperQuery).output(page(Paper).extend({ withheld: z.int().describe('graded papers in these registers for which the asker is not named; on the first page') })),
  get: read('/papers/{paperId}', 'One paper with its words, recipients and links', 'paper').input(z.object({ paperId: z.uuid() })).output(PaperDetail),
  file: read('/papers/{paperId}/file', 'One paper as DOCX or PDF', 'paper').route({ outputStructure: 'detailed' }).input(z.object({ paperId: z.uuid(), format: Format, printId: z.uuid().optional().describe('of a graded paper: the print order') })).output(File_),
  /** Nothing is kept of it. */
  draw: write('/papers/draft/file', 'A draft as DOCX or PDF, without a number; a graded one is not drawn, since it leaves by print order alone', 'paper.issue', 'unit', LARGE).route({ outputStructure: 'detailed' }).input(z.object({ unitId: z.uuid(), letter: Letter, grade: z.enum(GRADES).default('none'), format: Format })).output(File_),

  letterhead: read('/papers/letterheads/{unitId}', 'How the unit heads its papers', 'unit').input(z.object({ unitId: z.uuid() })).output(z.object({ head: Letterhead, version: z.int().describe('0: not set yet, suggested from the name of the unit') })),
  setLetterhead: write('/papers/letterheads/{unitId}', 'Set how the unit heads its papers', 'paper.issue', 'unit').input(z.object({ ...order, unitId: z.uuid(), expectedVersion: z.int().min(0), head: Letterhead })).output(z.object({ unitId: z.uuid(), version: z.int() })),

  /** Through their standing office they issue papers of their own. */
  issuers: read('/papers/issuers/{unitId}', 'Bodies that issue through this unit, and how each heads its papers', 'unit', 'paper.issue').input(z.object({ unitId: z.uuid() })).output(z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string(), legalBasis: z.string().nullable(), from: Day.nullable(), until: Day.nullable(), head: Letterhead })) })),
  layouts: read('/papers/layouts/{unitId}', 'Layouts that the unit may use: its own and those of the units above', 'unit').input(z.object({ unitId: z.uuid() })).output(z.object({ items: z.array(OwnLayout) })),
  setLayout: write('/papers/layouts/{unitId}/{layoutId}', 'Make or change a layout of the unit', 'paper.issue', 'unit').input(z.object({ ...order, unitId: z.uuid(), layoutId: z.uuid(), expectedVersion: z.int().min(0), base: ProfileCode, layout: Layout })).output(z.object({ layoutId: z.uuid(), version: z.int() })),

  issue: write('/papers/issue', 'Issue a paper: it gets the next number of its year and kind', 'paper.issue', 'unit', LARGE).input(IssuePaper).output(Numbered),
  runUnits: write('/papers/runs/units', 'Units to write to: these, all directly below, or all that owe overdue tasks or late reports; with what each owes', 'paper.issue', 'unit')
    .input(z.object({ unitId: z.uuid(), unitIds: z.array(z.uuid()).max(RUN_MOST).optional(), which: z.enum(['these', 'below', 'owing']) })).output(z.object({ items: z.array(RunRow), asOf: z.iso.datetime() })),
  issueEach: write('/papers/runs', 'Issue one paper to each unit, filled in for each, with its own number; goes on after the answer', 'paper.issue', 'unit', LARGE).input(IssueEach).output(z.object({ runId: z.uuid(), job: z.uuid().nullable(), total: z.int() })),
  zip: read('/papers/runs/{runId}/files', 'All papers of a run in one zip').route({ outputStructure: 'detailed' }).input(z.object({ runId: z.uuid(), format: Format })).output(File_),

  drafts: read('/papers/unfinished', 'Papers being written where I may issue, latest first', undefined, 'paper.issue').input(z.object({ unit: z.uuid().optional(), mine: z.stringbool().optional(), ...cursor })).output(page(KeptDraftLine)),
  draft: read('/papers/unfinished/{unitId}/{draftId}', 'One draft; null where nothing is saved under that id', 'unit', 'paper.issue').input(z.object({ unitId: z.uuid(), draftId: z.uuid() })).output(z.object({ draft: KeptDraft.nullable() })),
  saveDraft: write('/papers/unfinished/{unitId}/{draftId}', 'Save a draft; refused where somebody else saved it since', 'paper.issue', 'unit', LARGE)
    .input(z.object({ unitId: z.uuid(), draftId: z.uuid(), expectedVersion: z.int().min(0), kind: DraftKind, grade: z.enum(GRADES).default('none').describe('a graded draft is seen by who began it and who saved it last'), subject: z.string().trim().max(500), form: z.string().max(3_000_000) })).output(z.object({ version: z.int(), savedAt: z.iso.datetime() })),
  dropDraft: write('/papers/unfinished/{unitId}/{draftId}/drop', 'Throw a draft away', 'paper.issue', 'unit').input(z.object({ unitId: z.uuid(), draftId: z.uuid() })).output(z.object({ dropped: z.boolean() })),

  receive: write('/papers/receive', 'Register a paper that came in', 'paper.receive', 'unit').input(ReceivePaper).output(Numbered),
  withdraw: write('/papers/{paperId}/withdraw', 'Withdraw an issued paper, with the reason; its number is not given again', 'paper.issue', 'paper').input(z.object({ ...about, reason: words(2000) })).output(Done),
  acknowledge: write('/papers/{paperId}/acknowledge', 'Acknowledge receipt for a unit it was sent to', 'paper.receive', 'paper').input(z.object({ ...about, unitId: z.uuid() })).output(Done),
  remind: write('/papers/{paperId}/remind', 'Remind units that have not acknowledged, each once a day at most; tells of each', 'paper.issue', 'paper').input(z.object({ ...about, unitIds: z.array(z.uuid()).min(1).max(500) })).output(BulkResult),
  attach: write('/papers/{paperId}/attach', 'Attach a scan', 'paper.receive', 'paper').input(z.object({ ...about, files: z.array(z.uuid()).min(1).max(20), filesGrade })).output(Done),

  link: write('/papers/{paperId}/links', 'Link a paper to others, to a directive or to tasks, later', 'paper.receive', 'paper').input(z.object({ ...about, links })).output(Done),

  fromDirective: read('/papers/drafts/directive/{directiveId}', 'A directive of the tasks as a paper with its annex, ready to be read over', 'directive', 'paper.issue').input(z.object({ directiveId: z.uuid() })).output(Draft),
  fromMeeting: read('/papers/drafts/meeting/{meetingId}', 'What a session concluded as a notice, ready to be read over', 'meeting', 'paper.issue').input(z.object({ meetingId: z.uuid() })).output(Draft),
  fromPlan: read('/papers/drafts/plan/{planId}', 'A plan in force as a paper, ready to be read over', 'plan', 'paper.issue').input(z.object({ planId: z.uuid(), n: z.coerce.number().int().min(1).max(9999).optional().describe('which version; default: the one in force, else the newest') })).output(Draft),
  fromReport: read('/papers/drafts/report/{reportId}', 'A submitted report as a paper with its tables, ready to be read over', 'report', 'paper.issue').input(z.object({ reportId: z.uuid() })).output(Draft),
  fromReports: read('/papers/drafts/reports/{collectionId}/{unitId}/{on}', 'What a period adds up to as a paper, with an annex of what each unit gave', 'unit', 'paper.issue').input(z.object({ collectionId: z.uuid(), unitId: z.uuid(), on: Day })).output(Draft),
  fromMinutes: read('/papers/drafts/minutes/{meetingId}', 'The minutes of a session that was held, ready to be read over', 'meeting', 'paper.issue').input(z.object({ meetingId: z.uuid() })).output(Draft),
  fromInvitation: read('/papers/drafts/invitation/{meetingId}', 'The invitation to a planned session, ready to be read over', 'meeting', 'paper.issue').input(z.object({ meetingId: z.uuid() })).output(Draft),
  fromBody: read('/papers/drafts/body/{bodyId}', 'The decision that forms a body, with its members, ready to be read over', 'body', 'paper.issue').input(z.object({ bodyId: z.uuid() })).output(Draft),
  fromEvent: read('/papers/drafts/event/{eventId}/{form}', 'What an event fills in of an ICS form', 'event', 'paper.issue').input(z.object({ eventId: z.uuid(), form: IcsCode })).output(z.object({ unitId: z.uuid(), values: IcsValues })),
  drawIcs: write('/papers/ics/file', 'An ICS form as DOCX or PDF; nothing is kept of it', 'paper.issue', 'unit', LARGE).route({ outputStructure: 'detailed' }).input(z.object({ unitId: z.uuid(), ics: IcsForm, format: Format })).output(File_),
  fromOverdue: read('/papers/drafts/chasing/{unitId}', 'A letter that chases the units which owe this unit overdue tasks', 'unit', 'paper.issue').input(z.object({ unitId: z.uuid(), owing: z.uuid().optional().describe('only this unit and those below it') })).output(Draft),
}
