// The record as people read it: what happened to this thing, who did what in my subtree, is the record whole, and a copy with its proof.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { Instant, Text, commonRefusals, cursor, errors, page } from '../../kernel/contract.ts'
import type { Meta, Refusals } from '../../kernel/contract.ts'
import type { Reader } from '../../kernel/db.ts'

/** Words of codes that facts hold (`go`, `reported`), supplied in the same way. */
export type Words = Record<string, { vi: string; en: string }>
/** Where things stand: the kind of a stream or subject → the public view that has its unit. Supplied by wiring, so that a later capability's streams need no change here. */
export type Places = Record<string, { view: string; id: string; unit: string; /** What its readers need to see its history; default: journal.read. */ right?: `${string}.${string}`; /** A view with the same columns: further units whose readers see it. */ readers?: string; /** Its streams and subjects are named by a code (`template:<code>`), which `id` is. */ coded?: true; /** The view and its column that says what the thing is called: a text, or one in both languages. */ title?: { view: string; column: string } }>
/**
 * What else belongs to the history of a thing: lines of these types about what it is part of, by kind and the view's column that names it. `since`: when the
 * thing came to be, where that is later than what it is part of; nothing before is told.
 */
export type Parts = Record<string, { view: string; id: string; since?: string; above: Record<string, { column: string; types: string[] }> }>

/** Sentences of facts, supplied by the capability that owns them. Braces hold paths into the fact: `{reason}`, `{task.title}`. */
export type Stories = Record<string, { vi: string; en: string }>

/** What a thing has at a moment: a word, a number, a day, a text in both languages, a unit, a template's version, a code that templates name (`names`). */
export type Trace = string | number | null | { vi: string; en: string } | { unit: string } | { units: string[] } | { version: string } | { named: string }
/** `was`: what the fact says that it was before, where nothing earlier did. */
export type Traced = { set: Record<string, Trace>; was?: Record<string, Trace> }
/**
 * How facts make up a thing, by kind: the fields of one thing that a fact sets. Pure, so that its state at any moment is made again from the record itself. Supplied by the
 * capabilities, like sentences. `known`: what `about` says of it (a task's event and item). Fields named `milestone:<code>` take their name from `codes`, in the version that the field `version` holds.
 */
export type Traces = Record<string, {
  read: ((type: string, fact: never, id: string, known: Readonly<Record<string, string | null>>) => Traced | undefined)[]
  fields: Record<string, { vi: string; en: string }>
  /** Of two moments: what stands under another name in each is put under one (rows of a table that moved), in the order in which it is told. */
  match?: (before: Readonly<Record<string, Trace>>, after: Readonly<Record<string, Trace>>) => [Record<string, Trace>, Record<string, Trace>]
  about?: { view: string; id: string; columns: readonly string[] }
  /** What `read` knows besides and what a field's code is called, of a thing whose fields are made by its office: a report by its form. */
  own?: (read: Reader, id: string) => Promise<{ known: Record<string, string | null>; name: (code: string) => { vi: string; en: string } | undefined } | undefined>
  codes?: { prefix: string; view: string; column: string }
  /** Where the newest template says what a code is called that stands as a value. */
  names?: { view: string; column: string }
}>

const Moment = z.object({ position: z.int(), at: Instant })
export const Compared = z.object({
  subject: z.string(), from: Moment, until: Moment, lines: z.int(),
  fields: z.array(z.object({ field: z.string(), name: Text, before: z.object({ vi: z.string(), en: z.string() }).nullable(), after: z.object({ vi: z.string(), en: z.string() }).nullable() })),
})

export const Story = z.object({
  position: z.int(),
  stream: z.string(),
  seq: z.int(),
  subject: z.string(),
  type: z.string(),
  at: Instant,
  /** When the sender says it was done, if that differs (offline, imported). */
  claimedAt: Instant.nullable(),
  actor: z.object({ id: z.uuid(), kind: z.enum(['person', 'operator', 'system']), name: z.string().nullable() }),
  onBehalfOf: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  /** "As told by telephone by …": always shown. */
  told: z.object({ by: z.string().nullable(), how: z.string() }).nullable(),
  unit: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** What it happened to is called; none in the history of that very thing. */
  about: Text.nullable(),
  sentence: Text,
  orderId: z.uuid(),
  hash: z.string(),
})
export type Story = z.infer<typeof Story>

/** Longer records are verified by a job. */
export const VERIFY_AT_ONCE = 20_000
export const Broken = z.object({ stream: z.string(), seq: z.int(), position: z.int().nullable(), why: z.string(), sentence: Text })

export const Verification = z.object({ asOf: Instant, lines: z.int(), streams: z.int(), anchors: z.int(), whole: z.boolean(), broken: z.array(Broken), sentence: Text })
export type Verification = z.infer<typeof Verification>

export const journalsRights = {
  'journal.read': { vi: 'Xem nhật ký', en: 'Read the journal' },
  'journal.verify': { vi: 'Kiểm tra tính toàn vẹn của nhật ký', en: 'Verify the journal' },
  'journal.export': { vi: 'Xuất nhật ký', en: 'Export the journal' },
} as const

export const journalRefusals = {
  NOT_COMPARABLE: { status: 422, message: { vi: 'Chưa so sánh được hai thời điểm của loại mục này.', en: 'Two moments of this kind of thing cannot be compared yet.' } },
} as const satisfies Refusals

const meta = (right: Meta['right'], on?: string): Meta => (on ? { right, on } : { right })
const Subject = z.string().regex(/^[a-z_]+(:[0-9a-zA-Z_-]+)*$/).max(200).describe('task:<id>, event:<id>, unit:<id>…')
const Types = z.string().max(200).describe('a fact type, or its beginning: task.; several with commas between')
const tags = ['journal']
const base = oc.errors(errors({ ...commonRefusals, ...journalRefusals }))

export const journalsContract = {
  // Each account: whoever may see a thing may see what happened to it (wiring says which right that is).
  history: base.meta(meta('self')).route({ method: 'GET', path: '/journal/history', tags, summary: 'What happened to one thing, newest first' })
    .input(z.object({ ...cursor, subject: Subject }))
    .output(page(Story)),
  compare: base.meta(meta('self')).route({ method: 'GET', path: '/journal/compare', tags, summary: 'What was different with one thing between two lines of its history' })
    .input(z.object({ subject: Subject, from: z.coerce.number().int().min(1).max(1e15), until: z.coerce.number().int().min(1).max(1e15) })).output(Compared),
  activity: base.meta(meta('journal.read')).route({ method: 'GET', path: '/journal', tags, summary: 'Who did what in a subtree, newest first' })
    .input(z.object({
      ...cursor, unitId: z.uuid().optional(), actorId: z.uuid().optional(), type: Types.optional(),
      from: Instant.optional(), until: Instant.optional(),
    }))
    .output(page(Story)),
  verify: base.meta(meta('journal.verify')).route({ method: 'POST', path: '/journal/verify', tags, summary: 'Recompute every hash and hold them against heads and anchors' })
    .input(z.object({}).optional())
    // A long record is computed after the answer: GET /jobs/{job} tells how far it is, and its results what was found (decide.ts: verifiedRows).
    .output(z.object({ job: z.uuid().nullable(), total: z.int(), result: Verification.nullable() })),
  export: base.meta(meta('journal.export')).route({ method: 'GET', path: '/journal/export', tags, summary: 'The lines asked for as NDJSON, each with all that its hash covers, then heads and anchors, and how to check them' })
    .input(z.object({ unitId: z.uuid().optional(), actorId: z.uuid().optional(), type: Types.optional(), subject: Subject.optional(), from: Instant.optional(), until: Instant.optional() })),
}
