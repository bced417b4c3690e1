// What an office writes in a paper, apart from how it looks: the model that the screen edits and that DOCX and PDF are made from.
import * as z from 'zod'
import { Day, Lang } from '../../../kernel/contract.ts'
import { PaperKind } from './kinds.ts'

export const PROFILES = ['state', 'party', 'police', 'international'] as const
export const ProfileCode = z.enum(PROFILES)
export type ProfileCode = z.infer<typeof ProfileCode>

const Words = (most: number) => z.string().trim().min(1).max(most)
const Cell = z.string().trim().max(4000)

/** `lead`: words in front that stand out (Điều 1.). A table's widths are shares of the page's width. */
export const Block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: Words(20_000) }),
  z.object({ type: z.literal('part'), label: Words(60), title: Words(500) }),
  z.object({ type: z.literal('heading'), text: Words(500) }),
  z.object({ type: z.literal('article'), lead: Words(60), title: Cell, text: Cell }),
  z.object({ type: z.literal('table'), caption: Words(300), columns: z.array(z.object({ head: Words(120), width: z.number().min(0.01).max(1), align: z.enum(['left', 'center']).default('left') })).min(1).max(14), rows: z.array(z.array(Cell)).max(5000) }),
])
export type Block = z.infer<typeof Block>

export const LAYOUT_SIZES = ['state', 'motto', 'parent', 'issuer', 'number', 'place', 'kind', 'subject', 'text', 'sign', 'recipients'] as const
export type LayoutSize = (typeof LAYOUT_SIZES)[number]
const Size = z.number().min(8).max(24)
const Margin = z.number().min(5).max(60)
const Word = Cell.max(60)
/** What an office changes of a shipped profile. Millimetres, points. */
export const Layout = z.object({
  name: Words(120), state: Cell.max(120).describe('upper right, first line'), motto: Cell.max(120).describe('upper right, second line'), star: z.boolean().describe('a star below the issuer'),
  margins: z.object({ top: Margin, bottom: Margin, left: Margin, right: Margin }), headLeft: z.number().min(30).max(120).describe('width of the left column of the head'), signGap: z.number().min(10).max(150).describe('room for the signature'),
  numbering: z.enum(['state', 'party', 'plain']), dates: Lang, sizes: z.object(Object.fromEntries(LAYOUT_SIZES.map((size) => [size, Size])) as Record<LayoutSize, typeof Size>),
  words: z.object({ recipients: Word, to: Word, archive: Word, annex: Word, end: Cell.max(10) }),
})
export type Layout = z.infer<typeof Layout>

/** How an office heads its papers: kept for the unit, copied into each paper. */
export const Letterhead = z.object({
  profile: ProfileCode, layout: Layout.nullable().default(null).describe('the office’s own, made from that profile'),
  parent: Cell.max(200).default('').describe('the body above, in the first line; empty: none'),
  issuer: Words(200), /** UBND, BCĐ. */ short: z.string().trim().min(1).max(40).regex(/^[\p{L}\d.()-]+$/u),
  place: Words(120), address: Cell.max(400).default(''),
})
export type Letterhead = z.infer<typeof Letterhead>

export const Annex = z.object({ title: Words(500), landscape: z.boolean().default(false), body: z.array(Block).min(1).max(200) })
export type Annex = z.infer<typeof Annex>

export const URGENCIES = ['urgent', 'very_urgent', 'express'] as const

/** A paper without its number. `signAs`: what stands above the signature, line by line (TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH). */
export const Letter = z.object({
  kind: PaperKind, lang: Lang.default('vi'), head: Letterhead,
  drafter: z.string().trim().max(40).regex(/^[\p{L}\d.()-]*$/u).default('').describe('abbreviation of the section that wrote it'),
  subject: Words(500), day: Day.nullable().default(null).describe('null: left open, to be written in'),
  urgency: z.enum(URGENCIES).nullable().default(null), circulation: Cell.max(60).default(''),
  to: z.array(Words(300)).max(60).default([]), grounds: z.array(Words(1000)).max(40).default([]),
  authority: Cell.max(300).default('').describe('who decides, above the grounds of a decision or resolution'),
  body: z.array(Block).min(1).max(300), signAs: z.array(Words(160)).max(5).default([]), signer: Cell.max(120).default(''),
  second: z.object({ signAs: z.array(Words(160)).max(5).default([]), signer: Cell.max(120).default('') }).nullable().default(null).describe('who signs on the left: the secretary of minutes, the other party of an agreement'),
  recipients: z.array(Words(300)).max(60).default([]), copies: z.int().min(1).max(9999).nullable().default(null),
  annexes: z.array(Annex).max(20).default([]),
})
export type Letter = z.infer<typeof Letter>
