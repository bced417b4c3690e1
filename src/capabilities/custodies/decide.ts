// Rules of custody: nothing above the ceiling, nobody without an end, no number twice, a grade goes down only by a paper.
import { above, gradeNames } from '../../pure/grades.ts'
import type { Grade } from '../../pure/grades.ts'
import type { CopyDestroyed, CopyGiven, CopyReturned, CustodyFact, Holder, PrintOrdered, ReaderEnded, ReaderNamed, RecordGraded, RecordKind, TextRef } from './contract/facts.ts'
import type { CustodyRefused } from './contract/refusals.ts'

/** `version` 0: it was never graded. `prints`, `copies`: how many numbers were given. */
export type CustodyRow = { recordId: string; kind: RecordKind; grade: Grade; here: boolean; version: number; copies: number; prints: number }
export type Refused = { refused: CustodyRefused; data?: Record<string, unknown> }
type Done<F extends CustodyFact, A = unknown> = { facts: F[]; answer: { recordId: string } & A }
const refused = (code: CustodyRefused, data?: Record<string, unknown>): Refused => ({ refused: code, ...(data ? { data } : {}) })
const DAY = 86_400_000
const MOST_DAYS = 731

/** What is made with a grade: its author, and the offices it is sent to, are named with it. */
export function gradeNew(recordId: string, kind: RecordKind, grade: Grade, ceiling: Grade, who: { personId: string | null; units: string[] }, idOf: (of: string) => string, at: Date): { facts: (RecordGraded | ReaderNamed)[] } | { refused: 'GRADE_ABOVE' } {
  if (above(grade, ceiling)) return { refused: 'GRADE_ABOVE' }
  const named = (holder: Holder, way: 'author' | 'recipient'): ReaderNamed =>
    ({ type: 'reader.named.v1', recordId, readerId: idOf(`reader ${holder.personId ?? holder.unitId}`), ...holder, from: at.toISOString(), until: new Date(at.getTime() + 365 * DAY).toISOString(), way, why: null })
  return { facts: [
    { type: 'record.graded.v1', recordId, kind, grade, was: 'none', basis: null, reason: null }, ...(who.personId ? [named({ personId: who.personId, unitId: null }, 'author')] : []), ...who.units.map((unitId) => named({ personId: null, unitId }, 'recipient')),
  ] }
}

/** `author`: named as well where the record was not graded before, so that it does not vanish from who graded it. */
export function setGrade(row: CustodyRow | undefined, expectedVersion: number, ceiling: Grade, given: { grade: Grade; basis: string | null; reason: TextRef }, author: string | null, idOf: (of: string) => string, at: Date): Done<RecordGraded | ReaderNamed, { version: number }> | Refused {
  if (!row) return refused('NOT_FOUND')
  if (row.version !== expectedVersion) return refused('CHANGED', { version: row.version, changed: ['grade'] })
  if (!row.here) return refused('GRADE_NOT_HERE')
  if (row.grade === given.grade) return refused('GRADE_SAME')
  if (above(given.grade, ceiling)) return refused('GRADE_ABOVE')
  if (above(row.grade, given.grade) && given.basis === null) return refused('GRADE_BASIS')
  const { recordId, kind } = row
  const answer = { recordId, version: row.version + 1 }
  const fact: RecordGraded = { type: 'record.graded.v1', recordId, kind, was: row.grade, ...given }
  if (row.grade !== 'none') return { facts: [fact], answer }
  const made = gradeNew(recordId, kind, given.grade, ceiling, { personId: author, units: [] }, idOf, at)
  return 'refused' in made ? made : { facts: [fact, ...made.facts.slice(1)], answer }
}

const graded = (row: CustodyRow | undefined): Refused | undefined => (!row ? refused('NOT_FOUND') : row.version === 0 || row.grade === 'none' ? refused('NOT_GRADED') : undefined)

export function nameReader(row: CustodyRow | undefined, known: boolean, twice: boolean, given: Holder & { readerId: string; from: Date; until: Date; why: TextRef }): Done<ReaderNamed, { readerId: string }> | Refused {
  const shut = graded(row)
  if (shut) return shut
  if (!row!.here) return refused('GRADE_NOT_HERE')
  if (!known) return refused('READER_UNKNOWN')
  if (given.until <= given.from || given.until.getTime() - given.from.getTime() > MOST_DAYS * DAY) return refused('READER_UNTIL')
  if (twice) return refused('READER_TWICE')
  return { facts: [{ type: 'reader.named.v1', recordId: row!.recordId, ...given, from: given.from.toISOString(), until: given.until.toISOString(), way: 'order' }], answer: { recordId: row!.recordId, readerId: given.readerId } }
}
export function endReader(row: CustodyRow | undefined, readerId: string, open: boolean): Done<ReaderEnded> | Refused {
  if (!row) return refused('NOT_FOUND')
  return open ? { facts: [{ type: 'reader.ended.v1', recordId: row.recordId, readerId }], answer: { recordId: row.recordId } } : refused('READER_ENDED')
}

export function giveCopy(row: CustodyRow | undefined, known: boolean, holder: Holder): Done<CopyGiven, { n: number }> | Refused {
  const shut = graded(row)
  if (shut) return shut
  if (!known) return refused('READER_UNKNOWN')
  const n = row!.copies + 1
  return { facts: [{ type: 'copy.given.v1', recordId: row!.recordId, n, ...holder }], answer: { recordId: row!.recordId, n } }
}
export type CopyRow = { returned: boolean; destroyed: boolean }
/** Copies are taken back and destroyed also after the grade was lifted. */
function copyOf(row: CustodyRow | undefined, copy: CopyRow | undefined, n: number): Refused | undefined {
  if (!row) return refused('NOT_FOUND')
  if (!copy) return refused('COPY_UNKNOWN', { n })
  return copy.destroyed ? refused('COPY_GONE', { n }) : undefined
}
export const takeBack = (row: CustodyRow | undefined, copy: CopyRow | undefined, n: number): Done<CopyReturned> | Refused =>
  copyOf(row, copy, n) ?? (copy!.returned ? refused('COPY_OUT', { n }) : { facts: [{ type: 'copy.returned.v1', recordId: row!.recordId, n }], answer: { recordId: row!.recordId } })
export const destroyCopy = (row: CustodyRow | undefined, copy: CopyRow | undefined, n: number, paper: string): Done<CopyDestroyed> | Refused =>
  copyOf(row, copy, n) ?? { facts: [{ type: 'copy.destroyed.v1', recordId: row!.recordId, n, paper }], answer: { recordId: row!.recordId } }

export function orderPrint(row: CustodyRow | undefined, printId: string, copies: number, why: TextRef): Done<PrintOrdered, { printId: string; n: number }> | Refused {
  const shut = graded(row)
  if (shut) return shut
  if (!row!.here) return refused('GRADE_NOT_HERE')
  const n = row!.prints + 1
  return { facts: [{ type: 'print.ordered.v1', recordId: row!.recordId, printId, n, copies, why }], answer: { recordId: row!.recordId, printId, n } }
}

/** A file has the grade of what it is attached to, never a higher one; and of what is graded the reader must be marked on each page. */
export const unfitFiles = (own: Grade, files: readonly { type: string }[], grade: Grade): 'FILE_GRADE' | 'FILE_UNMARKED' | undefined =>
  above(grade, own) ? 'FILE_GRADE' : own !== 'none' && files.some(({ type }) => !MARKED.test(type)) ? 'FILE_UNMARKED' : undefined
const MARKED = /^(application\/pdf|image\/(png|jpeg|webp))$/

/** What stands across each page: who reads it, and when. */
export const markOf = (grade: Grade, reader: string, at: string, lang: 'vi' | 'en'): string => [...(grade === 'none' ? [] : [gradeNames[grade][lang].toLocaleUpperCase('vi')]), reader, at].join(' · ')
