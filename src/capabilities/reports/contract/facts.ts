// What is recorded of reports. Words are never in a fact: a submission's texts are one private text, named by id and salted hash.
import type { FileFact } from '../../../kernel/blobs.ts'
import type { Told } from '../../../kernel/contract.ts'
import type { Form } from './form.ts'
import type { Owing, Schedule } from './shapes.ts'

export type TextRef = { id: string; hash: string }
/** Stream `report_form:<id>`. */
export type FormPublished = { type: 'report_form.published.v1'; formId: string; versionId: string; version: number; unitId: string; form: Form; text: string }
/** Stream `collection:<id>`. `levels`: kinds of those who owe, the highest first. */
export type CollectionAsked = { type: 'collection.asked.v1'; collectionId: string; unitId: string; formVersionId: string; title: string; schedule: Schedule; owing: Owing; levels: string[]; zone: string; from: string; until: string | null; /** The first period, where it opens later. */ next: { on: string; opensAt: string } | null }
/** Who owes is whoever stands in this version of the tree: the projection reads it from there; of these, `hosts` alone where it is given. A day around milestones opens again for those whose event came later. `next`: null after the last. */
export type PeriodOpened = { type: 'collection.opened.v1'; collectionId: string; unitId: string; on: string; opensAt: string; dueAt: string; owing: Owing; hosts?: string[]; tree: number; next: { on: string; opensAt: string } | null }
export type CollectionEnded = { type: 'collection.ended.v1'; collectionId: string }
export type ReportsChased = { type: 'report.chased.v1'; collectionId: string; on: string; reportIds: string[] }

/** Stream `reports:<unitId>`, about `report:<id>`. */
type About = { reportId: string; collectionId: string; on: string; unitId: string }
/** `numbers`: of the form's number fields in order, in thousandths. `rest`: options, tables' numbers and options, files. */
export type Sent = { numbers: (number | null)[]; rest: Record<string, unknown>; words: TextRef | null; files: FileFact[]; late: boolean; /** Where another entered it: the way it was told. */ how?: Told['how'] }
export type ReportSubmitted = { type: 'report.submitted.v1' } & About & Sent
export type ReportCorrected = { type: 'report.corrected.v1'; reason: TextRef } & About & Sent
export type ReportReturned = { type: 'report.returned.v1'; reason: TextRef } & About
/** `files`: the scan of the signed page. */
export type ReportSigned = { type: 'report.signed.v1'; how?: Told['how']; files?: FileFact[] } & About
export type ReportExcused = { type: 'report.excused.v1'; reason: TextRef } & About
/** Stream `reports:<unitId>` of the closed unit, about the unit. */
export type ReportsHandedOver = { type: 'reports.handed_over.v1'; fromUnitId: string; toUnitId: string }
export type ReportFact = ReportSubmitted | ReportCorrected | ReportReturned | ReportSigned | ReportExcused
export type ReportsFact = FormPublished | CollectionAsked | PeriodOpened | CollectionEnded | ReportsChased | ReportsHandedOver | ReportFact

export const reportsStories: Record<ReportsFact['type'], { vi: string; en: string }> = {
  'report_form.published.v1': { vi: 'Ban hành biểu mẫu báo cáo, phiên bản {version}', en: 'Published a report form, version {version}' },
  'collection.asked.v1': { vi: 'Yêu cầu báo cáo: {title}', en: 'Asked for reports: {title}' },
  'collection.opened.v1': { vi: 'Mở kỳ báo cáo {on}', en: 'Opened the period {on}' },
  'collection.ended.v1': { vi: 'Thôi yêu cầu báo cáo', en: 'Ended the request' },
  'report.chased.v1': { vi: 'Đôn đốc nộp báo cáo kỳ {on}', en: 'Chased reports of {on}' },
  'reports.handed_over.v1': { vi: 'Bàn giao báo cáo, yêu cầu và biểu mẫu báo cáo cho đơn vị kế thừa', en: 'Handed reports, requests and report forms over to the successor' },
  'report.submitted.v1': { vi: 'Nộp báo cáo', en: 'Submitted the report' },
  'report.corrected.v1': { vi: 'Đính chính báo cáo', en: 'Corrected the report' },
  'report.returned.v1': { vi: 'Trả lại báo cáo', en: 'Returned the report' },
  'report.signed.v1': { vi: 'Ký duyệt báo cáo', en: 'Signed off the report' },
  'report.excused.v1': { vi: 'Miễn báo cáo kỳ này', en: 'Excused from this period' },
}
