// What the journal keeps of papers. The words of a paper, who signed it and why it was withdrawn are private texts; the register's own columns are office texts.
import type { Grade } from '../../../pure/grades.ts'
import type { PaperKind } from './kinds.ts'
import type { Layout, Letterhead, ProfileCode } from './letter.ts'

/** A private text: its id, and a salted hash that proves it as long as it is kept. */
export type TextRef = { id: string; hash: string }
export type FileRef = { id: string; hash: string; type: string; size: number }
/** `basis`: rests on it; `replaces`: from now on in its place; `with`: belongs to it; `carried_out`: the tasks that carry it out; `from`: what it was made from. */
export const RELATIONS = ['basis', 'replaces', 'with', 'carried_out', 'from'] as const
export type LinkRelation = (typeof RELATIONS)[number]
/** What a paper is made from; `collection`: what a period of a request for reports adds up to. */
export const MADE_FROM = ['plan', 'report', 'collection', 'body', 'meeting'] as const
export type MadeFrom = { kind: (typeof MADE_FROM)[number]; id: string }
/** Exactly one of the five says what it is linked to. */
export type PaperLink = { relation: LinkRelation; paperId: string | null; directiveId: string | null; /** Facts from before links to tasks have none. */ taskId?: string | null; /** Nor those from before papers said what they were made from. */ about?: MadeFrom | null | undefined; text: string | null }

/** Stream `papers:<unit>`: of one unit, so that numbers are given one after another. About `letterhead:<unit>`. */
export type LetterheadSet = { type: 'letterhead.set.v1'; unitId: string; version: number; head: Letterhead }
/** About `layout:<id>`. */
export type LayoutSet = { type: 'layout.set.v1'; layoutId: string; unitId: string; version: number; base: ProfileCode; layout: Layout }
/** Stream `papers:<unit>`, about `paper:<id>`; so for all that follow. `number` is the next of (unit, year, kind); none is given twice and none left out. */
export type PaperIssued = {
  type: 'paper.issued.v1'
  paperId: string; unitId: string; kind: PaperKind; year: number; number: number; written: string; subject: string; lang: 'vi' | 'en'; day: string; issuer: string; filing: string | null
  content: TextRef; sentTo: string[]; links: PaperLink[]; /** Issued together with others, one to each unit. */ run?: string; /** The body that it was issued by, through its standing office: numbered apart. */ bodyId?: string
}
/** `number`: the register's own number of arrival, by year; `written`: the number and symbol that stand on the paper. */
export type PaperReceived = {
  type: 'paper.received.v1'
  paperId: string; unitId: string; kind: PaperKind; year: number; number: number; written: string; subject: string; lang: 'vi' | 'en'; day: string; receivedOn: string; issuer: string; filing: string | null
  files: FileRef[]; links: PaperLink[]; /** Then the subject is empty, and there are no files and no links. */ grade?: Exclude<Grade, 'none'>; /** The highest grade of these files; absent: none. */ filesGrade?: Exclude<Grade, 'none'>
}
export type PaperWithdrawn = { type: 'paper.withdrawn.v1'; paperId: string; reason: TextRef }
export type PaperAcknowledged = { type: 'paper.acknowledged.v1'; paperId: string; unitId: string }
/** To units that have not acknowledged. */
export type PaperReminded = { type: 'paper.reminded.v1'; paperId: string; unitIds: string[] }
/** What was said of it later: links are added, never changed. */
export type PaperLinked = { type: 'paper.linked.v1'; paperId: string; links: PaperLink[] }
export type PaperAttached = { type: 'paper.attached.v1'; paperId: string; files: FileRef[]; /** The highest grade of these files; absent: none. */ filesGrade?: Exclude<Grade, 'none'> }

/** About the register of the closed unit as a whole: its papers, receipts and layouts pass. */
export type RegisterHandedOver = { type: 'register.handed_over.v1'; fromUnitId: string; toUnitId: string }

export type PapersFact = PaperReminded | RegisterHandedOver | LetterheadSet | LayoutSet | PaperIssued | PaperReceived | PaperWithdrawn | PaperAcknowledged | PaperAttached | PaperLinked

export const papersStories: Record<PapersFact['type'], { vi: string; en: string }> = {
  'letterhead.set.v1': { vi: 'Đặt phần đầu văn bản của đơn vị', en: 'Set the letterhead of the unit' },
  'register.handed_over.v1': { vi: 'Bàn giao sổ văn bản cho đơn vị kế thừa', en: 'Handed the register over to the successor' },
  'layout.set.v1': { vi: 'Đặt thể thức riêng của đơn vị', en: 'Set a layout of the unit' },
  'paper.issued.v1': { vi: 'Ban hành văn bản số {written}: “{subject}”', en: 'Issued the paper {written}: “{subject}”' },
  'paper.received.v1': { vi: 'Vào sổ văn bản đến số {number}: {written}, “{subject}”', en: 'Registered the received paper no. {number}: {written}, “{subject}”' },
  'paper.withdrawn.v1': { vi: 'Thu hồi văn bản', en: 'Withdrew the paper' },
  'paper.acknowledged.v1': { vi: 'Xác nhận đã nhận văn bản', en: 'Acknowledged receipt of the paper' },
  'paper.reminded.v1': { vi: 'Nhắc đơn vị chưa xác nhận nhận văn bản', en: 'Reminded units that have not acknowledged the paper' },
  'paper.linked.v1': { vi: 'Ghi văn bản, nhiệm vụ liên quan', en: 'Linked it to papers or tasks' },
  'paper.attached.v1': { vi: 'Đính kèm bản quét của văn bản', en: 'Attached a scan of the paper' },
}
