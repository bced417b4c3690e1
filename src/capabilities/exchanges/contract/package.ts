// What stands in a package. The file is written by one installation and read by another, perhaps years later: what comes in is checked against this, and nothing else of it is used.
import * as z from 'zod'
import { Day, Lang, Text } from '../../../kernel/contract.ts'

/** 2: each record says whose it is (`home`), so that it may pass through a third installation. In 1 it was the sender's. */
export const FORMAT = 2
export const KINDS = ['directive', 'task', 'request', 'work', 'report', 'plan', 'act', 'answer', 'asking', 'extended'] as const
/** The last four come with the task. `act`: what its issuer did with it (verified, returned, withdrawn). `answer`, `asking`: what the lead unit of a task from elsewhere said (accepted, refused; asks for more time). `extended`: what the issuer said to that. */
export type RecordKind = (typeof KINDS)[number]
export const PARTS = { directive: 'directives.jsonl', task: 'tasks.jsonl', request: 'requests.jsonl', work: 'work.jsonl', report: 'reports.jsonl', plan: 'plans.jsonl' } as const
/** What is chosen when a package is made. `tasks`: with their directives and the reports of work on them. `reports`: with the requests for them. */
export const CHOICES = ['tasks', 'reports', 'plans'] as const
export const GRADES = ['none'] as const

export const MOST_RECORDS = 20_000
export const MOST_FILES = 2000
/** Larger ones are not opened, whatever the limit for attachments is. */
export const MOST_BYTES = 100 * 1024 * 1024
export const MOST_UNPACKED = 300 * 1024 * 1024

const words = (most: number) => z.string().min(1).max(most)
export const UnitRef = z.object({ code: words(60), scheme: words(40), name: words(300) })
export type UnitRef = z.infer<typeof UnitRef>
const Sha = z.string().regex(/^[0-9a-f]{64}$/)
/** An attached file; its bytes are the part `partOf` names. `id`: how the record's own text names it. */
export const Carried = z.object({ id: z.uuid(), name: words(200), type: words(120), size: z.int().min(1), sha256: Sha })
export type Carried = z.infer<typeof Carried>
/** By its content, so two records with one file carry it once; with its ending, so that whoever unpacks it can open it. */
export const partOf = ({ name, sha256 }: Pick<Carried, 'name' | 'sha256'>): string => `files/${sha256}${/\.[a-z0-9]{1,8}$/i.exec(name)?.[0].toLowerCase() ?? ''}`
const Ref = z.object({ home: z.uuid(), id: z.uuid() })
/** `home`: the installation where the record came to be, `id`: its id there. `at`: when it was last changed there. */
const own = { ...Ref.shape, grade: z.enum(GRADES), at: z.iso.datetime() }
const Target = z.object({ kind: z.enum(['number', 'percent', 'all']), count: z.number(), unit: words(60) })

export const DirectiveRecord = z.object({
  ...own, issuer: UnitRef, number: z.string().max(60).nullable(), title: words(500), lang: Lang, body: z.string().max(20_000).nullable(), basis: z.string().max(500).nullable(), issuedOn: Day,
})
export const TaskRecord = z.object({
  ...own, directive: Ref.nullable(), programme: z.string().max(60).nullable(), title: words(500), lang: Lang, product: z.string().max(1000).nullable(), workstream: words(40), issuer: UnitRef, unit: UnitRef, supporting: z.array(UnitRef).max(50),
  due: z.object({ at: z.iso.datetime(), rule: z.string().max(200).nullable(), zone: words(60) }).nullable(), priority: z.enum(['low', 'normal', 'high']), target: Target.nullable(), evidenceKind: z.string().max(40).nullable(), givenAt: z.iso.datetime(),
  /** For who reads: where it stands at the sender. */ state: words(20), reached: z.number().nullable(), base: z.number().nullable(),
  act: z.object({ what: z.enum(['verified', 'returned', 'withdrawn']), at: z.iso.datetime(), text: z.string().max(4000).nullable() }).nullable(),
  // Programs before these were carried pass them over, and send none.
  answer: z.object({ what: z.enum(['accepted', 'refused']), at: z.iso.datetime(), text: z.string().max(4000).nullable() }).nullable().default(null),
  asking: z.object({ at: z.iso.datetime(), until: z.iso.datetime(), text: z.string().max(4000).nullable() }).nullable().default(null),
  extended: z.object({ what: z.enum(['granted', 'declined']), at: z.iso.datetime(), until: z.iso.datetime(), text: z.string().max(4000).nullable() }).nullable().default(null),
})
/** A report of work on a task. */
export const WorkRecord = z.object({
  ...own, task: Ref, title: words(500), unit: UnitRef, done: z.boolean(), reached: z.number().nullable(), base: z.number().nullable(), note: z.string().max(4000).nullable(),
  evidence: z.object({ label: z.string().max(200).nullable(), on: Day.nullable(), expiresOn: Day.nullable() }), files: z.array(Carried).max(20),
})
/** Units asked for reports: the form as it was written, and who owes. */
export const RequestRecord = z.object({
  ...own, unit: UnitRef, form: z.object({ code: words(60), text: z.string().max(300_000) }), title: words(300), schedule: z.record(z.string(), z.unknown()), zone: words(60), until: Day.nullable(), units: z.array(UnitRef).min(1).max(500),
})
export const ReportRecord = z.object({
  ...own, request: Ref, form: words(60), title: words(300), unit: UnitRef, on: Day, n: z.int().min(1), values: z.record(z.string().max(40), z.unknown()), shown: z.array(z.tuple([Text, z.string().max(5000)])).max(300), files: z.array(Carried).max(60),
})
export const PlanRecord = z.object({
  ...own, unit: UnitRef, kind: z.enum(['plan', 'scheme']), lang: Lang, title: words(500), n: z.int().min(1), number: z.string().max(60).nullable(), inForceFrom: Day, reviewOn: Day.nullable(), basis: z.string().max(4000).nullable(),
  sections: z.array(z.object({ title: words(300), text: z.string().max(60_000), tables: z.array(z.object({ name: z.string().max(300), heads: z.array(z.string().max(300)).max(40), rows: z.array(z.array(z.string().max(2000)).max(40)).max(500) })).max(10) })).max(80),
  files: z.array(Carried).max(40),
})
export type DirectiveRecord = z.infer<typeof DirectiveRecord>
export type TaskRecord = z.infer<typeof TaskRecord>
export type WorkRecord = z.infer<typeof WorkRecord>
export type RequestRecord = z.infer<typeof RequestRecord>
export type ReportRecord = z.infer<typeof ReportRecord>
export type PlanRecord = z.infer<typeof PlanRecord>
/** What of a received plan is private text: its words alone, since the one search looks in there. */
export type KeptPlan = Pick<PlanRecord, 'basis' | 'reviewOn' | 'sections'>
export const SHAPES = { directive: DirectiveRecord, task: TaskRecord, request: RequestRecord, work: WorkRecord, report: ReportRecord, plan: PlanRecord } as const
export type Shapes = { [K in keyof typeof SHAPES]: z.infer<(typeof SHAPES)[K]> }
export type AnyRecord = Shapes[keyof Shapes]

export const Counts = z.object({ directive: z.int(), task: z.int(), request: z.int(), work: z.int(), report: z.int(), plan: z.int(), files: z.int() })
export type Counts = z.infer<typeof Counts>
export const Manifest = z.object({
  format: z.int(), program: words(40), installation: z.object({ id: z.uuid(), name: words(300) }), madeAt: z.iso.datetime(), /** The office for which it was made; no person is named. */ madeBy: UnitRef, /** Whose and below whom everything in it is. */ of: UnitRef,
  programme: z.string().max(60).nullable(), from: Day.nullable(), until: Day.nullable(), choices: z.array(z.enum(CHOICES)).min(1), purpose: z.string().max(500).nullable(), grade: z.enum(GRADES), counts: Counts,
  parts: z.array(z.object({ name: words(200), size: z.int().min(0), sha256: Sha })).max(MOST_FILES + 20),
})
export type Manifest = z.infer<typeof Manifest>
