// Reports: forms as versioned data, who owes which by when, filled in, submitted, corrected, signed off; added up along the tree at once.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { Day, Text, commonRefusals, cursor, errors, order, page } from '../../kernel/contract.ts'
import type { Meta, Refusals } from '../../kernel/contract.ts'
import { gradeRefusals } from '../custodies/contract/refusals.ts'
import { Code, Issue } from '../programmes/contract/template.ts'
import { Form, Values } from './contract/form.ts'
import { AskReports, Child, Choices, CollectionLine, FormLine, FormShown, Overview, PeriodLine, Quote, Report, ReportLine, ReportsHome, SubmitReport, Sums, listReports, span } from './contract/shapes.ts'

export const reportRights = ['report.read', 'report.fill', 'report.sign', 'report.ask', 'report.form'] as const

export const reportRefusals = {
  ...gradeRefusals,
  FORM_FAULTY: { status: 422, message: { vi: 'Biểu mẫu còn {count} lỗi. Dòng {line}: {first}', en: 'The form has {count} [count:fault|faults]. Line {line}: {first}' } },
  FORM_SAME: { status: 409, message: { vi: 'Nội dung giống hệt phiên bản {version} đang dùng.', en: 'It is the same as version {version}, which is in use.' } },
  FORM_MOVED: { status: 409, message: { vi: 'Biểu mẫu đã có phiên bản {version}. Tải lại trước khi ban hành.', en: 'The form now has version {version}. Reload before you publish.' } },
  FORM_GONE: { status: 422, message: { vi: 'Không có biểu mẫu này.', en: 'There is no such form.' } },
  NO_PERIOD: { status: 422, message: { vi: 'Không có kỳ nào từ hôm nay trở đi.', en: 'There is no period from today on.' } },
  NOBODY_OWES: { status: 422, message: { vi: 'Không có đơn vị nào phải báo cáo: chọn loại đơn vị hoặc đơn vị ở bên dưới đơn vị yêu cầu.', en: 'No unit would report: choose a kind of unit, or units, below the one that asks.' } },
  COLLECTION_ENDED: { status: 409, message: { vi: 'Yêu cầu này đã kết thúc.', en: 'This request has ended.' } },
  REPORT_FAULTY: { status: 422, message: { vi: 'Báo cáo còn {count} chỗ chưa đúng. {first}', en: 'The report has {count} [count:fault|faults]. {first}' } },
  REPORT_EXCUSED: { status: 409, message: { vi: 'Đơn vị đã được miễn báo cáo kỳ này.', en: 'The unit is excused from this period.' } },
  REPORT_NOT_SENT: { status: 409, message: { vi: 'Báo cáo chưa được nộp.', en: 'The report has not been submitted.' } },
  REPORT_SIGNED: { status: 409, message: { vi: 'Báo cáo đã được ký duyệt.', en: 'The report is signed off.' } },
  REPORT_SENT: { status: 409, message: { vi: 'Báo cáo đã nộp nên không miễn được nữa.', en: 'The report is submitted, so it cannot be excused.' } },
  REPORT_SCAN_MISSING: { status: 422, message: { vi: 'Ký trên giấy thì phải kèm bản chụp trang có chữ ký.', en: 'Signed on paper, it needs a scan of the signed page.' } },
  REASON_NEEDED: { status: 422, message: { vi: 'Đính chính phải ghi lý do.', en: 'A correction needs a reason.' } },
  FILE_UNKNOWN: { status: 422, message: { vi: 'Tệp đính kèm không có, đã hết hạn hoặc thuộc mục khác. Hãy tải lên lại.', en: 'An attached file does not exist, has expired or belongs to something else. Upload it again.' } },
  FILE_REFUSED: { status: 422, message: { vi: 'Không nhận được tệp. {first}', en: 'The file was not taken. {first}' } },
  NO_FILES: { status: 409, message: { vi: 'Chưa có tệp nào kèm theo báo cáo đã nộp của kỳ này.', en: 'No submitted report of this period has a file.' } },
  FILES_MANY: { status: 422, message: { vi: 'Kỳ này có {files} tệp, {mb} MB; một tệp nén chứa nhiều nhất {mostFiles} tệp, {mostMb} MB. Mở từng đơn vị cấp dưới rồi tải ở đó.', en: 'This period has {files} files of {mb} MB; one zip holds at most {mostFiles} files of {mostMb} MB. Open each unit below and download there.' } },
  NOBODY_MISSING: { status: 409, message: { vi: 'Không có đơn vị nào còn thiếu báo cáo.', en: 'No report is missing.' } },
} as const satisfies Refusals
export type ReportRefused = keyof typeof reportRefusals | 'NOT_FOUND' | 'CHANGED'

const meta = (right: Meta['right'], on?: string, limit?: number): Meta => ({ right, ...(on ? { on } : {}), ...(limit ? { limit } : {}) })
const tags = ['reports']
const read = oc.errors(errors(commonRefusals))
const write = oc.errors(errors(reportRefusals))
const FILE = z.object({ headers: z.record(z.string(), z.string()), body: z.instanceof(ReadableStream) })
const one = z.object({ reportId: z.uuid() })
const Done = z.object({ reportId: z.uuid(), state: z.string(), version: z.int() })
const DAYS = z.string().regex(/^\d{1,3}(,\d{1,3}){0,9}$/)
const YAML = z.string().max(300_000)
const MB = 1024 * 1024

export const reportsContract = {
  forms: {
    list: read.meta(meta('report.read')).route({ method: 'GET', path: '/report-forms', tags, summary: 'Report forms, by name' }).input(z.object({ ...cursor })).output(page(FormLine)),
    get: read.meta(meta('report.read')).route({ method: 'GET', path: '/report-forms/{formId}', tags, summary: 'One form, in its newest version or another' }).input(z.object({ formId: z.uuid(), version: z.coerce.number().int().min(1).optional() })).output(FormShown),
    shipped: read.meta(meta('self')).route({ method: 'GET', path: '/report-forms/shipped', tags, summary: 'The forms that come with the program' }).output(z.object({ items: z.array(z.object({ code: z.string(), name: z.object({ vi: z.string(), en: z.string() }), text: z.string() })) })),
    check: read.meta(meta('self')).route({ method: 'POST', path: '/report-forms/check', tags, summary: 'Check a form written as YAML or JSON' }).input(z.object({ text: YAML })).output(z.object({ ok: z.boolean(), issues: z.array(Issue), fields: z.int(), /** Where nothing is wrong. */ form: Form.nullable() })),
    publish: write.meta(meta('report.form', 'unit')).route({ method: 'POST', path: '/report-forms', tags, summary: 'Publish a form, or its next version' })
      .input(z.object({ ...order, unitId: z.uuid(), text: YAML, /** Of the form that is edited; a new one has none. */ expectedVersion: z.int().min(0).optional() })).output(z.object({ formId: z.uuid(), version: z.int() })),
  },
  collections: {
    list: read.meta(meta('report.read')).route({ method: 'GET', path: '/report-collections', tags, summary: 'What was asked for, with how far the open period is' }).input(z.object({ ...cursor, ended: z.stringbool().optional() })).output(page(CollectionLine).extend({ withheld: z.int().describe('graded requests of these units for which the asker is not named; on the first page') })),
    ask: write.meta(meta('report.ask', 'unit')).route({ method: 'POST', path: '/report-collections', tags, summary: 'Ask units below for reports' }).input(AskReports).output(z.object({ collectionId: z.uuid(), on: Day })),
    days: read.meta(meta('report.ask')).route({ method: 'GET', path: '/report-days', tags, summary: 'Days so many before and after the events of a programme, or one of its milestones, that are still ahead' })
      .input(z.object({ programme: z.string().max(60), before: DAYS.optional(), after: DAYS.optional(), milestone: Code.optional() })).output(z.object({ days: z.array(Day), /** With an event that asks for one of them. */ units: z.int(), milestones: z.array(z.object({ code: z.string(), name: Text })) })),
    owing: read.meta(meta('report.ask', 'unit')).route({ method: 'GET', path: '/report-owing', tags, summary: 'How many units of these kinds stand below a unit, and so would owe' })
      .input(z.object({ unitId: z.uuid(), kinds: z.string().regex(/^[^,]{1,40}(,[^,]{1,40}){0,9}$/).optional().describe('without it: of every kind that there is') })).output(z.object({ kinds: z.array(z.object({ kind: z.string(), units: z.int() })) })),
    end: write.meta(meta('report.ask', 'collection')).route({ method: 'POST', path: '/report-collections/{collectionId}/end', tags, summary: 'End a request: no further period opens' }).input(z.object({ ...order, collectionId: z.uuid() })).output(z.object({ collectionId: z.uuid() })),
    seenFrom: read.meta(meta('report.read', 'collection')).route({ method: 'GET', path: '/report-collections/{collectionId}', tags, summary: 'From which unit the asker sees a request: the highest one that is part of it' }).input(z.object({ collectionId: z.uuid() })).output(z.object({ unitId: z.uuid() })),
    overview: read.meta(meta('report.read', 'unit')).route({ method: 'GET', path: '/report-collections/{collectionId}/units/{unitId}', tags, summary: 'One period at a unit: the share that has reported, what it adds up to, contradictions' }).input(z.object({ ...span, on: Day.optional(), with: Day.optional().describe('the period that `before` tells; without it the one before') })).output(Overview),
    children: read.meta(meta('report.read', 'unit')).route({ method: 'GET', path: '/report-collections/{collectionId}/units/{unitId}/children', tags, summary: 'The units directly below, each with its part' }).input(z.object({ ...span, on: Day })).output(z.object({ items: z.array(Child), asOf: z.iso.datetime() })),
    reports: read.meta(meta('report.read', 'unit')).route({ method: 'GET', path: '/report-collections/{collectionId}/units/{unitId}/reports', tags, summary: 'Who owes in one period, with the state of each' }).input(listReports).output(page(ReportLine)),
    across: read.meta(meta('report.read', 'unit')).route({ method: 'GET', path: '/report-collections/{collectionId}/units/{unitId}/periods', tags, summary: 'All periods between two days, and what they add up to' })
      .input(z.object({ ...span, from: Day, until: Day })).output(z.object({ periods: z.array(PeriodLine.extend(Sums.shape)), /** By each field’s own rule; null where nobody gave one. */ whole: z.array(z.number().nullable()) })),
    words: read.meta(meta('report.read', 'unit')).route({ method: 'GET', path: '/report-collections/{collectionId}/units/{unitId}/words', tags, summary: 'What the reports say in words, unit by unit' }).input(z.object({ ...span, on: Day })).output(z.object({ items: z.array(Quote), more: z.boolean() })),
    choices: read.meta(meta('report.read', 'unit')).route({ method: 'GET', path: '/report-collections/{collectionId}/units/{unitId}/choices', tags, summary: 'How often each option was chosen, and what the rows of tables come to' }).input(z.object({ ...span, on: Day })).output(Choices),
    chase: write.meta(meta('report.ask', 'unit')).route({ method: 'POST', path: '/report-collections/{collectionId}/units/{unitId}/chase', tags, summary: 'Remind all below who have not reported' }).input(z.object({ ...order, ...span, on: Day })).output(z.object({ chased: z.int() })),
    export: read.meta(meta('report.read', 'unit')).route({ method: 'GET', path: '/report-collections/{collectionId}/units/{unitId}/file', tags, summary: 'All reports of a period as a table; as a spreadsheet with its tables and the list of its files', outputStructure: 'detailed' }).input(z.object({ ...span, on: Day, format: z.enum(['csv', 'xlsx']) })).output(FILE),
    files: read.meta(meta('report.read', 'unit')).route({ method: 'GET', path: '/report-collections/{collectionId}/units/{unitId}/files', tags, summary: 'How many files stand with the submitted reports of a period, and whether one zip holds them' }).input(z.object({ ...span, on: Day })).output(z.object({ files: z.int(), units: z.int(), bytes: z.int(), fits: z.boolean() })),
    zip: write.meta(meta('report.read', 'unit')).route({ method: 'GET', path: '/report-collections/{collectionId}/units/{unitId}/files.zip', tags, summary: 'All files of a period’s submitted reports, a folder for each unit; of a graded request each bears its reader', outputStructure: 'detailed' }).input(z.object({ ...span, on: Day })).output(FILE),
  },
  mine: read.meta(meta('report.fill')).route({ method: 'GET', path: '/reports', tags, summary: 'What my units owe, the most urgent first; with `all`, also what they have sent' }).input(z.object({ ...cursor, all: z.stringbool().optional() })).output(page(ReportLine)),
  ofEvent: read.meta(meta('report.read', 'event')).route({ method: 'GET', path: '/events/{eventId}/reports', tags, summary: 'What the host of an event owes around the events of its programme, the latest first' }).input(z.object({ ...cursor, eventId: z.uuid() })).output(page(ReportLine)),
  home: read.meta(meta('report.read')).route({ method: 'GET', path: '/report-home', tags, summary: 'What my very units owe, and which periods of units below are late: counts and the first few' }).input(z.object({})).output(ReportsHome),
  get: read.meta(meta('report.read', 'report')).route({ method: 'GET', path: '/reports/{reportId}', tags, summary: 'One report: form, values, the period before, another one to compare with, every version' }).input(one.extend({ with: Day.optional().describe('a period to compare with') })).output(Report),
  keep: write.meta(meta('report.fill', 'report', MB)).route({ method: 'PUT', path: '/reports/{reportId}/draft', tags, summary: 'Keep a draft' }).input(one.extend({ values: Values })).output(z.object({ savedAt: z.iso.datetime() })),
  submit: write.meta(meta('report.fill', 'report', MB)).route({ method: 'POST', path: '/reports/{reportId}/submit', tags, summary: 'Submit, or correct what was submitted' }).input(SubmitReport).output(Done.extend({ warnings: z.array(z.string()) })),
  giveBack: write.meta(meta('report.ask', 'report')).route({ method: 'POST', path: '/reports/{reportId}/return', tags, summary: 'Return a report with the reason: it counts no longer' }).input(one.extend({ ...order, expectedVersion: z.int().min(1), reason: z.string().trim().min(1).max(1000) })).output(Done),
  sign: write.meta(meta('report.sign', 'report')).route({ method: 'POST', path: '/reports/{reportId}/sign', tags, summary: 'Sign off, as the head of the unit' }).input(one.extend({ ...order, expectedVersion: z.int().min(1), files: z.array(z.uuid()).max(10).optional().describe('a scan of the page that was signed by hand; needed where it was told on paper') })).output(Done),
  excuse: write.meta(meta('report.ask', 'report')).route({ method: 'POST', path: '/reports/{reportId}/excuse', tags, summary: 'Excuse a unit from this period' }).input(one.extend({ ...order, expectedVersion: z.int().min(1), reason: z.string().trim().min(1).max(1000) })).output(Done),
  blank: read.meta(meta('report.read', 'report')).route({ method: 'GET', path: '/reports/{reportId}/blank', tags, summary: 'The form as a spreadsheet, to fill offline', outputStructure: 'detailed' }).input(one).output(FILE),
  readFile: write.meta(meta('report.fill', 'report', 8 * MB)).route({ method: 'POST', path: '/reports/{reportId}/file', tags, summary: 'Read a spreadsheet that was filled offline; nothing is submitted' })
    .input(one.extend({ base64: z.base64().max(7 * MB) })).output(z.object({ values: Values, problems: z.array(z.string()) })),
}
