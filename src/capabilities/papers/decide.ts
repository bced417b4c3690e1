// The rules of the register: numbers without gap or duplicate, days in order, what can be withdrawn or acknowledged.
import { filesGraded } from '../../pure/grades.ts'
import type { Grade } from '../../pure/grades.ts'
import type { Decision } from '../../kernel/order.ts'
import type { FileRef, LayoutSet, LetterheadSet, PaperAcknowledged, PaperAttached, PaperIssued, PaperLink, PaperLinked, PaperReceived, PaperReminded, PaperWithdrawn, TextRef } from './contract/facts.ts'
import type { Letterhead } from './contract/letter.ts'
import type { PaperRefused } from './contract/refusals.ts'
import { mostHeadLeft, profileOf } from './decide/layouts.ts'
import { numbered, symbolOf } from './decide/written.ts'

/** Numbers of one row: by kind, and a body's apart from its office's. */
export const seriesOf = (kind: string, bodyId: string | undefined): string => (bodyId ? `${kind} ${bodyId}` : kind)
/** The last number of (unit, year, series), and the day that it bears. */
export type Counter = { last: number; day: string } | undefined
export type PaperRow = { id: string; unitId: string; way: 'issued' | 'received'; withdrawn: boolean; byNumber: boolean }
type Numbered = { paperId: string; number: number; written: string }
type Refused = { refused: PaperRefused; data?: Record<string, unknown> }
const refused = (code: PaperRefused, data?: Record<string, unknown>): Refused => ({ refused: code, ...(data ? { data } : {}) })
const yearOf = (day: string): number => Number(day.slice(0, 4))

export function issuePaper(
  may: boolean, given: Omit<PaperIssued, 'type' | 'year' | 'number' | 'written' | 'issuer'> & { head: Letterhead; drafter: string }, counter: Counter, today: string, firstNumber: number | undefined,
): Decision<PaperIssued, PaperRefused, Numbered> {
  if (!may) return refused('NOT_FOUND')
  const { head, drafter, ...paper } = given
  if (paper.day > today) return refused('PAPER_DAY_AHEAD', { day: paper.day })
  if (counter && paper.day < counter.day) return refused('PAPER_DAY_BEFORE', { number: counter.last, last: counter.day })
  const year = yearOf(paper.day)
  if (counter && firstNumber !== undefined) return refused('PAPER_FIRST_TAKEN', { year, number: counter.last })
  const number = counter ? counter.last + 1 : (firstNumber ?? 1)
  const { numbering } = profileOf(head)
  const written = numbered(number, symbolOf(paper.kind, head.short, drafter, numbering), numbering)
  return { facts: [{ type: 'paper.issued.v1', ...paper, year, number, written, issuer: head.issuer }], answer: { paperId: paper.paperId, number, written } }
}

/** In the book already: the same number of the same issuer and day. */
export type Twin = { paperId: string; number: number; receivedOn: string } | undefined
/** Arrivals are counted by the year in which they arrive. `grade` in the fact: its number is registered, its content is not here. */
export function receivePaper(may: boolean, given: Omit<PaperReceived, 'type' | 'year' | 'number'>, counter: Counter, today: string, twin: Twin): Decision<PaperReceived, PaperRefused, Numbered> {
  if (!may) return refused('NOT_FOUND')
  if (!given.grade && !given.subject) return refused('PAPER_SUBJECT')
  if (given.receivedOn > today) return refused('PAPER_DAY_AHEAD', { day: given.receivedOn })
  if (given.day > given.receivedOn) return refused('PAPER_DAY_AHEAD', { day: given.day })
  if (counter && given.receivedOn < counter.day) return refused('PAPER_DAY_BEFORE', { number: counter.last, last: counter.day })
  if (twin) return refused('PAPER_TWICE', { written: given.written, day: given.day, issuer: given.issuer, ...twin })
  const number = (counter?.last ?? 0) + 1
  return { facts: [{ type: 'paper.received.v1', ...given, year: yearOf(given.receivedOn), number }], answer: { paperId: given.paperId, number, written: given.written } }
}

export function withdrawPaper(paper: PaperRow | undefined, reason: TextRef): Decision<PaperWithdrawn, PaperRefused, { paperId: string }> {
  if (!paper) return refused('NOT_FOUND')
  if (paper.way === 'received') return refused('PAPER_NOT_ISSUED')
  if (paper.withdrawn) return refused('PAPER_WITHDRAWN')
  return { facts: [{ type: 'paper.withdrawn.v1', paperId: paper.id, reason }], answer: { paperId: paper.id } }
}

/** `sent`: it was sent to that unit, and the asker may act for it; `acknowledged`: it was said before. */
export function acknowledgePaper(paperId: string, unitId: string, sent: { acknowledged: boolean; withdrawn: boolean } | undefined): Decision<PaperAcknowledged, PaperRefused, { paperId: string }> {
  if (!sent) return refused('NOT_FOUND')
  if (sent.withdrawn) return refused('PAPER_WITHDRAWN')
  if (sent.acknowledged) return refused('PAPER_ACKNOWLEDGED')
  return { facts: [{ type: 'paper.acknowledged.v1', paperId, unitId }], answer: { paperId } }
}

/** Of each unit named: when it was last reminded, in the office's days; undefined: it was not sent there. */
export type Receipt = { acknowledged: boolean; remindedOn: string | null }
/** What stops one row stops no other. */
export function remindOf(paper: PaperRow | undefined, unitIds: readonly string[], receipts: ReadonlyMap<string, Receipt>, today: string): Decision<PaperReminded, PaperRefused, { unitId: string; no: PaperRefused | undefined }[]> {
  if (!paper) return refused('NOT_FOUND')
  if (paper.way === 'received') return refused('PAPER_NOT_ISSUED')
  if (paper.withdrawn) return refused('PAPER_WITHDRAWN')
  const rows = [...new Set(unitIds)].map((unitId) => {
    const one = receipts.get(unitId)
    return { unitId, no: !one ? 'PAPER_NOT_SENT' as const : one.acknowledged ? 'PAPER_ACKNOWLEDGED' as const : one.remindedOn === today ? 'PAPER_REMINDED' as const : undefined }
  })
  const due = rows.flatMap(({ unitId, no }) => (no ? [] : [unitId]))
  return { facts: due.length > 0 ? [{ type: 'paper.reminded.v1', paperId: paper.id, unitIds: due }] : [], answer: rows }
}

export function attachScan(paper: PaperRow | undefined, files: FileRef[] | undefined, grade: Grade): Decision<PaperAttached, PaperRefused, { paperId: string }> {
  if (!paper) return refused('NOT_FOUND')
  if (paper.byNumber) return refused('PAPER_BY_NUMBER')
  if (!files) return refused('FILE_UNKNOWN')
  return { facts: [{ type: 'paper.attached.v1', paperId: paper.id, files, ...filesGraded(grade) }], answer: { paperId: paper.id } }
}

export function setLetterhead(may: boolean, unitId: string, version: number, expected: number, head: Letterhead): Decision<LetterheadSet, PaperRefused, { unitId: string; version: number }> {
  if (!may) return refused('NOT_FOUND')
  if (version !== expected) return refused('CHANGED', { version })
  return { facts: [{ type: 'letterhead.set.v1', unitId, version: version + 1, head }], answer: { unitId, version: version + 1 } }
}

export function setLayout(may: boolean, kept: { unitId: string; version: number } | undefined, given: Omit<LayoutSet, 'type' | 'version'>, expected: number): Decision<LayoutSet, PaperRefused, { layoutId: string; version: number }> {
  if (!may || (kept && kept.unitId !== given.unitId)) return refused('NOT_FOUND')
  const version = kept?.version ?? 0
  if (version !== expected) return refused('CHANGED', { version })
  const most = Math.floor(mostHeadLeft(given.layout))
  if (given.layout.headLeft > most) return refused('LAYOUT_HEAD_WIDE', { most })
  return { facts: [{ type: 'layout.set.v1', ...given, version: version + 1 }], answer: { layoutId: given.layoutId, version: version + 1 } }
}

/** What a link may name: papers and tasks that the asker sees; what is replaced, besides, is in the unit's own register or below, and replaced by who may issue. */
export type Linkable = { papers: ReadonlySet<string>; tasks: ReadonlySet<string>; /** By kind and id. */ about: ReadonlySet<string>; replaceable: ReadonlySet<string>; mayIssue: boolean }
export function refusedLink(links: PaperLink[], can: Linkable): PaperRefused | undefined {
  if (!links.every(({ paperId, taskId, about }) => (!paperId || can.papers.has(paperId)) && (!taskId || can.tasks.has(taskId)) && (!about || can.about.has(`${about.kind}:${about.id}`)))) return 'PAPER_LINK_UNKNOWN'
  return links.some(({ relation, paperId }) => relation === 'replaces' && paperId && !(can.mayIssue && can.replaceable.has(paperId))) ? 'PAPER_REPLACES' : undefined
}

export function linkPaper(paper: PaperRow | undefined, links: PaperLink[], can: Linkable): Decision<PaperLinked, PaperRefused, { paperId: string }> {
  if (!paper) return refused('NOT_FOUND')
  if (paper.withdrawn) return refused('PAPER_WITHDRAWN')
  if (paper.byNumber && links.length > 0) return refused('PAPER_BY_NUMBER')
  const no = refusedLink(links, can)
  if (no ?? links.some((link) => link.paperId === paper.id)) return refused(no ?? 'PAPER_LINK_UNKNOWN')
  if (links.length === 0) return { facts: [], answer: { paperId: paper.id } }
  return { facts: [{ type: 'paper.linked.v1', paperId: paper.id, links }], answer: { paperId: paper.id } }
}
