// What is asked and answered about reports.
import * as z from 'zod'
import { Day, Instant, Text, Told, cursor, order, Zone } from '../../../kernel/contract.ts'
import { GRADES } from '../../../pure/grades.ts'
import { Code } from '../../programmes/contract/template.ts'
import { EVERY, Form, HOUR, Usual, Values } from './form.ts'
import { REPORT_FILTERS, REPORT_STATES } from './names.ts'

/** Each unit so many days before and after its own event of a programme, or one of its milestones, wherever that stands by then. */
const Around = z.object({
  every: z.literal('milestone'), before: z.array(z.int().min(0).max(999)).max(10).describe('0: on that very day'), after: z.array(z.int().min(1).max(999)).max(10).optional(), /** By its code; without it the day of the event. */ milestone: Code.optional(), hour: HOUR, programmeId: z.uuid(),
}).refine(({ before, after }) => before.length + (after?.length ?? 0) > 0, { params: { vi: 'cần ít nhất một ngày trước hoặc sau mốc', en: 'needs at least one day before or after' }, path: ['before'] })
export type Around = z.infer<typeof Around>
/** When it is due. `days`: a list made once, also a single one. */
export const Schedule = z.discriminatedUnion('every', [...EVERY, z.object({ every: z.literal('days'), days: z.array(Day).min(1).max(200), hour: HOUR }), Around])
export type Schedule = z.infer<typeof Schedule>
/** All units of these kinds below the one that asks, or a list of units below it. */
export const Owing = z.union([z.object({ kinds: z.array(z.string().min(1).max(40)).min(1).max(10) }), z.object({ unitIds: z.array(z.uuid()).min(1).max(500) })])
export type Owing = z.infer<typeof Owing>

export const Place = z.object({ id: z.uuid(), name: z.string() })
export const FormLine = z.object({ id: z.uuid(), code: z.string(), name: Text, unit: Place, version: z.int(), publishedAt: Instant, fields: z.int(), due: Usual.nullable(), /** By the asker’s rights. */ mayEdit: z.boolean() })
export const FormShown = FormLine.extend({ versionId: z.uuid(), form: Form, text: z.string(), versions: z.array(z.object({ version: z.int(), publishedAt: Instant, by: z.string().nullable() })) })

export const AskReports = z.object({
  ...order, unitId: z.uuid(), formId: z.uuid(), title: z.string().trim().min(1).max(300), grade: z.enum(GRADES).default('none').describe('of the request and of every report that answers it'), schedule: Schedule, owing: Owing, zone: Zone.optional().describe('default: the zone of the installation'),
  /** From today, unless it says another day. */ from: Day.optional(), until: Day.nullable().default(null),
})
export const CollectionLine = z.object({
  id: z.uuid(), title: z.string(), grade: z.enum(GRADES), unit: Place, form: Text, schedule: Schedule, ended: z.boolean(), /** The period that is open, or the last one. */ on: Day.nullable(), dueAt: Instant.nullable(),
  owes: z.int(), reported: z.int(), missing: z.int(), returned: z.int(), /** Of the period before, if some have still not reported. */ before: z.object({ on: Day, missing: z.int() }).nullable(),
})
export const Counts = z.object({ owes: z.int(), /** Submitted or signed off. */ reported: z.int(), late: z.int(), signed: z.int(), returned: z.int(), excused: z.int() })
export type Counts = z.infer<typeof Counts>
/** Per number field of the form, in its order: the sum of those who gave one, and how many did. */
export const Sums = z.object({ sums: z.array(z.number()), counts: z.array(z.int()) })
export const Contradiction = z.object({ reportId: z.uuid(), unit: Place, field: z.string(), own: z.number(), below: z.number(), /** Not all below have reported, and they already give more. */ partial: z.boolean() })
export type Contradiction = z.infer<typeof Contradiction>
export const PeriodLine = z.object({ on: Day, dueAt: Instant, ...Counts.shape })
const Figures = z.object({ on: Day, ...Counts.shape, ...Sums.shape })
export const Overview = z.object({
  id: z.uuid(), title: z.string(), grade: z.enum(GRADES), /** What stands across it on the screen, where it is graded. */ mark: z.string().nullable(), ended: z.boolean(), unit: Place, asker: Place, /** The units from the asker down to the one shown. */ trail: z.array(Place), form: Form, formId: z.uuid(), schedule: Schedule, /** The name of the milestone that it is asked around. */ milestone: Text.nullable(), zone: z.string(), levels: z.array(z.string()), version: z.int(),
  periods: z.array(PeriodLine), on: Day.nullable(), dueAt: Instant.nullable(), asOf: Instant,
  /** By kind of those who report; the first one is the unit’s figure, the others are held against it. */
  totals: z.array(z.object({ level: z.string(), ...Counts.shape, ...Sums.shape })), before: Figures.nullable(),
  own: z.object({ reportId: z.uuid(), state: z.enum(REPORT_STATES), numbers: z.array(z.number().nullable()) }).nullable(),
  contradictions: z.array(Contradiction), mayChase: z.boolean(), mayAsk: z.boolean(),
})
/** One unit below: its own report, or what those below it add up to. */
export const Child = z.object({ unit: Place, reportId: z.uuid().nullable(), state: z.enum(REPORT_STATES).nullable(), ...Counts.shape, ...Sums.shape, /** There is something below it. */ opens: z.boolean() })
export const ReportLine = z.object({ id: z.uuid(), collectionId: z.uuid(), title: z.string(), grade: z.enum(GRADES), unit: Place, /** The unit above it, or who asks. */ asker: Place, on: Day, dueAt: Instant, zone: z.string(), state: z.enum(REPORT_STATES), late: z.boolean(), submittedAt: Instant.nullable(), draft: z.boolean() })
export type ReportLine = z.infer<typeof ReportLine>
const Way = Told.shape.how.nullable()
export const Version = z.object({ n: z.int(), at: Instant, by: z.string().nullable(), toldBy: z.string().nullable(), how: Way, values: Values, reason: z.string().nullable() })
export const Report = ReportLine.extend({
  mark: z.string().nullable(),
  version: z.int(), form: Form, values: Values, before: z.object({ on: Day, values: Values }).nullable(), /** The period that was asked for besides, if the unit has submitted it. */ compared: z.object({ on: Day, values: Values }).nullable(), /** Other periods of the same request that the unit has submitted, the latest first. */ others: z.array(Day), versions: z.array(Version), files: z.array(z.object({ id: z.uuid(), name: z.string() })),
  submitted: z.object({ by: z.string().nullable(), toldBy: z.string().nullable(), how: Way, at: Instant }).nullable(), signed: z.object({ by: z.string().nullable(), toldBy: z.string().nullable(), how: Way, at: Instant, /** A scan of the signed page. */ files: z.array(z.object({ id: z.uuid(), name: z.string() })) }).nullable(), reason: z.string().nullable(),
  mayFill: z.boolean(), maySign: z.boolean(), mayReturn: z.boolean(),
}).omit({ draft: true }).extend({ /** For whoever may fill it in. */ draft: z.object({ values: Values, by: z.string().nullable(), at: Instant }).nullable() })
export type Report = z.infer<typeof Report>
const OwedLine = z.object({ id: z.uuid(), title: z.string(), unit: Place, on: Day, dueAt: Instant, zone: z.string(), state: z.enum(['owed', 'returned']), draft: z.boolean() })
const LateLine = z.object({ collectionId: z.uuid(), title: z.string(), /** Of those below which some are late. */ unit: Place, on: Day, dueAt: Instant, zone: z.string(), missing: z.int(), /** By level, in the order of the request. */ levels: z.array(z.object({ level: z.string(), missing: z.int() })), returned: z.int() })
export const ReportsHome = z.object({ asOf: Instant, owed: z.object({ count: z.int(), late: z.int(), items: z.array(OwedLine) }), late: z.object({ count: z.int(), items: z.array(LateLine) }) })
export const Quote = z.object({ reportId: z.uuid(), unit: Place, field: z.string(), text: z.string() })
/** Of those who have submitted. `sums`: of a table’s number columns, over all rows that give one. */
export const Choices = z.object({
  choices: z.array(z.object({ field: z.string(), option: z.string(), units: z.int() })),
  tables: z.array(z.object({ field: z.string(), units: z.int(), rows: z.int(), sums: z.array(z.object({ column: z.string(), sum: z.number(), given: z.int() })), options: z.array(z.object({ column: z.string(), option: z.string(), rows: z.int() })) })),
})
export const SubmitReport = z.object({ ...order, reportId: z.uuid(), expectedVersion: z.int().min(1), values: Values, /** Of a correction: why. */ reason: z.string().trim().min(1).max(1000).optional() })
export const span = { collectionId: z.uuid(), unitId: z.uuid() }
export const listReports = z.object({ ...cursor, ...span, on: Day, state: z.enum(REPORT_FILTERS).optional() })
