// What the journal keeps of graded records: grades, ids and dates; never what a record says. Why something is done is private text.
import type { Grade } from '../../../pure/grades.ts'

export type TextRef = { id: string; hash: string }
export const RECORD_KINDS = ['paper', 'plan', 'collection'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]
/** Exactly one of the two. */
export type Holder = { personId: string | null; unitId: string | null }

/** Stream `custody:<record>`, about itself; so for all that follow. `basis`: number of the paper that it rests on. */
export type RecordGraded = { type: 'record.graded.v1'; recordId: string; kind: RecordKind; grade: Grade; was: Grade; basis: string | null; reason: TextRef | null }
export type ReaderNamed = { type: 'reader.named.v1'; recordId: string; readerId: string; from: string; until: string; way: 'author' | 'recipient' | 'order'; why: TextRef | null } & Holder
export type ReaderEnded = { type: 'reader.ended.v1'; recordId: string; readerId: string }
export type CopyGiven = { type: 'copy.given.v1'; recordId: string; n: number } & Holder
export type CopyReturned = { type: 'copy.returned.v1'; recordId: string; n: number }
export type CopyDestroyed = { type: 'copy.destroyed.v1'; recordId: string; n: number; paper: string }
export type PrintOrdered = { type: 'print.ordered.v1'; recordId: string; printId: string; n: number; copies: number; why: TextRef }

export type CustodyFact = RecordGraded | ReaderNamed | ReaderEnded | CopyGiven | CopyReturned | CopyDestroyed | PrintOrdered
export const custodiesStories: Record<CustodyFact['type'], { vi: string; en: string }> = {
  'record.graded.v1': { vi: 'Đặt độ mật', en: 'Set the grade' },
  'reader.named.v1': { vi: 'Chỉ định người được biết', en: 'Named who may know' },
  'reader.ended.v1': { vi: 'Thôi chỉ định người được biết', en: 'Ended who may know' },
  'copy.given.v1': { vi: 'Giao bản số {n}', en: 'Gave copy no. {n}' },
  'copy.returned.v1': { vi: 'Thu hồi bản số {n}', en: 'Took back copy no. {n}' },
  'copy.destroyed.v1': { vi: 'Tiêu hủy bản số {n} theo {paper}', en: 'Destroyed copy no. {n} by {paper}' },
  'print.ordered.v1': { vi: 'Lệnh in lần {n}: {copies} bản', en: 'Print order {n}: {copies} [copies:copy|copies]' },
}
