// Rules of orders about forms, requests and reports.
import type { FileFact } from '../../../kernel/blobs.ts'
import type { Told } from '../../../kernel/contract.ts'
import { instantOf } from '../../../pure/calendar.ts'
import type { CollectionAsked, CollectionEnded, FormPublished, PeriodOpened, ReportCorrected, ReportExcused, ReportReturned, ReportSigned, ReportSubmitted, ReportsChased, TextRef } from '../contract/facts.ts'
import type { Form, Values } from '../contract/form.ts'
import type { ReportState } from '../contract/names.ts'
import type { Owing, Schedule } from '../contract/shapes.ts'
import type { ReportRefused } from '../contract.ts'
import type { Parts, Problem } from './values.ts'
import { complete, partsOf } from './values.ts'
import { firstPeriod, owedAround, periodAfter } from './periods.ts'
import type { HostDay, Period } from './periods.ts'

export type ReportRow = { id: string; collectionId: string; on: string; unitId: string; state: ReportState; version: number; dueAt: Date; formVersionId: string; /** As its request is. */ graded: boolean }
export type CollectionRow = { id: string; unitId: string; schedule: Schedule; owing: Owing; zone: string; until: string | null; endedAt: Date | null; next: { on: string; opensAt: Date } | null }
type Refused = { refused: ReportRefused; data?: Record<string, unknown> }
type Done<F> = { facts: F[]; answer: { reportId: string; state: ReportState; version: number } }
const changed = (version: number): Refused => ({ refused: 'CHANGED', data: { version, changed: ['values'] } })

/** `latest`: the form of that code at this unit, if there is one. */
export function publishForm(unit: { id: string } | undefined, latest: { formId: string; version: number; text: string } | undefined, ids: { formId: string; versionId: string }, expectedVersion: number | undefined, form: Form, text: string): { facts: [FormPublished]; answer: { formId: string; version: number } } | Refused {
  if (!unit) return { refused: 'NOT_FOUND' }
  const version = latest?.version ?? 0
  if (latest && latest.text === text) return { refused: 'FORM_SAME', data: { version } }
  if ((expectedVersion ?? 0) !== version) return { refused: 'FORM_MOVED', data: { version } }
  return { facts: [{ type: 'report_form.published.v1', ...ids, version: version + 1, unitId: unit.id, form, text }], answer: { formId: ids.formId, version: version + 1 } }
}

const opened = (c: Pick<CollectionRow, 'id' | 'unitId' | 'schedule' | 'owing' | 'zone' | 'until'>, period: Period, tree: number, hosts?: string[]): PeriodOpened => {
  const next = periodAfter(c.schedule, period.on, c.until, c.zone)
  return {
    type: 'collection.opened.v1', collectionId: c.id, unitId: c.unitId, on: period.on, opensAt: period.opensAt.toISOString(), dueAt: period.dueAt.toISOString(), owing: c.owing, ...(hosts ? { hosts } : {}), tree,
    next: next ? { on: next.on, opensAt: next.opensAt.toISOString() } : null,
  }
}

/** `who`: the kinds of those who would owe, the highest first, the tree's version and, around milestones, the events of those units. The first period opens with the request, unless it begins on a later day. */
export function askReports(unit: { id: string } | undefined, form: { versionId: string } | undefined, who: { levels: string[]; tree: number; events?: readonly HostDay[] }, id: string, asked: { title: string; schedule: Schedule; owing: Owing; zone: string; from: string; until: string | null }, at: Date):
  { facts: [CollectionAsked] | [CollectionAsked, PeriodOpened]; answer: { collectionId: string; on: string } } | Refused {
  if (!unit) return { refused: 'NOT_FOUND' }
  if (!form) return { refused: 'FORM_GONE' }
  if (who.levels.length === 0) return { refused: 'NOBODY_OWES' }
  if (asked.schedule.every === 'milestone') {
    const day = owedAround(asked.schedule, who.events ?? [], asked.from, asked.until, asked.zone, at)[0]
    return day ? { facts: [{ type: 'collection.asked.v1', collectionId: id, unitId: unit.id, formVersionId: form.versionId, levels: who.levels, ...asked, next: null }], answer: { collectionId: id, on: day.on } } : { refused: 'NO_PERIOD' }
  }
  const first = firstPeriod(asked.schedule, asked.from, asked.until, asked.zone, at)
  if (!first) return { refused: 'NO_PERIOD' }
  const now = first.opensAt <= at
  const fact: CollectionAsked = { type: 'collection.asked.v1', collectionId: id, unitId: unit.id, formVersionId: form.versionId, levels: who.levels, ...asked, next: now ? null : { on: first.on, opensAt: first.opensAt.toISOString() } }
  return { facts: !now ? [fact] : [fact, opened({ id, unitId: unit.id, ...asked }, first, who.tree)], answer: { collectionId: id, on: first.on } }
}

/** The clock's order. Asked twice for one day, nothing more happens: the day is then no longer the next one. */
export function openPeriod(c: CollectionRow | undefined, on: string, tree: number): { facts: PeriodOpened[] } | Refused {
  if (!c) return { refused: 'NOT_FOUND' }
  if (c.endedAt || c.next?.on !== on) return { facts: [] }
  return { facts: [opened(c, { on, opensAt: c.next.opensAt, dueAt: instantOf(on, c.schedule.hour, c.zone) }, tree)] }
}

/** A day around milestones, for those whose event asks for it and who do not owe on it yet. */
export function openAround(c: CollectionRow | undefined, period: Period, hosts: string[], tree: number): { facts: PeriodOpened[] } | Refused {
  if (!c) return { refused: 'NOT_FOUND' }
  return { facts: c.endedAt || hosts.length === 0 ? [] : [opened(c, period, tree, hosts)] }
}

export const endCollection = (c: CollectionRow | undefined): { facts: [CollectionEnded]; answer: { collectionId: string } } | Refused =>
  !c ? { refused: 'NOT_FOUND' } : c.endedAt ? { refused: 'COLLECTION_ENDED' } : { facts: [{ type: 'collection.ended.v1', collectionId: c.id }], answer: { collectionId: c.id } }

export const chaseReports = (seen: boolean, collectionId: string, on: string, reportIds: string[]): { facts: [ReportsChased]; answer: { chased: number } } | Refused =>
  !seen ? { refused: 'NOT_FOUND' } : reportIds.length === 0 ? { refused: 'NOBODY_MISSING' } : { facts: [{ type: 'report.chased.v1', collectionId, on, reportIds }], answer: { chased: reportIds.length } }

export type Checked = { parts: Parts; warnings: Problem[] } | { faults: Problem[] }
/** Errors stop a report; warnings go along with it. */
export function checkReport(form: Form, given: Values, before: Values | null): Checked {
  const { values, problems } = complete(form, given, before)
  const faults = problems.filter((problem) => problem.severity === 'error')
  return faults.length > 0 ? { faults } : { parts: partsOf(form, values), warnings: problems }
}

/** On what is graded every reader's mark is drawn, which other types do not bear. */
const unmarked = (files: FileFact[]): boolean => files.some(({ type }) => !/^(application\/pdf|image\/(png|jpeg|webp))$/.test(type))
/** The first time it is submitted; after a return it is submitted again; what was submitted or signed is corrected, and must be signed anew. */
export function submitReport(report: ReportRow | undefined, expectedVersion: number, checked: Checked | undefined, words: TextRef | null, reason: TextRef | null, files: FileFact[] | undefined, at: Date, how?: Told['how']): Done<ReportSubmitted | ReportCorrected> | Refused {
  if (!report || !checked) return { refused: 'NOT_FOUND' }
  const { id: reportId, collectionId, on, unitId, state, version } = report
  if (version !== expectedVersion) return changed(version)
  if (state === 'excused') return { refused: 'REPORT_EXCUSED' }
  if ('faults' in checked) return { refused: 'REPORT_FAULTY', data: { count: checked.faults.length, first: checked.faults[0]!.say } }
  if (!files) return { refused: 'FILE_UNKNOWN' }
  if (report.graded && unmarked(files)) return { refused: 'FILE_UNMARKED' }
  const sent = { reportId, collectionId, on, unitId, numbers: checked.parts.numbers, rest: checked.parts.rest, words, files, late: at > report.dueAt, ...(how ? { how } : {}) }
  const answer = { reportId, state: 'submitted' as const, version: version + 1 }
  if (state === 'owed' || state === 'returned') return { facts: [{ type: 'report.submitted.v1', ...sent }], answer }
  if (!reason) return { refused: 'REASON_NEEDED' }
  return { facts: [{ type: 'report.corrected.v1', reason, ...sent }], answer }
}

const about = ({ id: reportId, collectionId, on, unitId }: ReportRow) => ({ reportId, collectionId, on, unitId })
export function returnReport(report: ReportRow | undefined, expectedVersion: number, reason: TextRef): Done<ReportReturned> | Refused {
  if (!report) return { refused: 'NOT_FOUND' }
  if (report.version !== expectedVersion) return changed(report.version)
  if (report.state !== 'submitted' && report.state !== 'signed') return { refused: 'REPORT_NOT_SENT' }
  return { facts: [{ type: 'report.returned.v1', ...about(report), reason }], answer: { reportId: report.id, state: 'returned', version: report.version + 1 } }
}
/** By the head; or entered for them as told, with a scan where they signed on paper. */
export function signReport(report: ReportRow | undefined, expectedVersion: number, files: FileFact[] | undefined, how?: Told['how']): Done<ReportSigned> | Refused {
  if (!report) return { refused: 'NOT_FOUND' }
  if (report.version !== expectedVersion) return changed(report.version)
  if (report.state !== 'submitted') return { refused: report.state === 'signed' ? 'REPORT_SIGNED' : 'REPORT_NOT_SENT' }
  if (!files) return { refused: 'FILE_UNKNOWN' }
  if (how === 'paper' && files.length === 0) return { refused: 'REPORT_SCAN_MISSING' }
  if (report.graded && unmarked(files)) return { refused: 'FILE_UNMARKED' }
  return { facts: [{ type: 'report.signed.v1', ...about(report), ...(how ? { how } : {}), ...(files.length > 0 ? { files } : {}) }], answer: { reportId: report.id, state: 'signed', version: report.version + 1 } }
}
/** A unit that has ended, or whose work this is not. */
export function excuseReport(report: ReportRow | undefined, expectedVersion: number, reason: TextRef): Done<ReportExcused> | Refused {
  if (!report) return { refused: 'NOT_FOUND' }
  if (report.version !== expectedVersion) return changed(report.version)
  if (report.state === 'excused') return { refused: 'REPORT_EXCUSED' }
  if (report.state !== 'owed' && report.state !== 'returned') return { refused: 'REPORT_SENT' }
  return { facts: [{ type: 'report.excused.v1', ...about(report), reason }], answer: { reportId: report.id, state: 'excused', version: report.version + 1 } }
}
