// A sheet as an editable DOCX: every block has a named style, so an office changes a size in one place.
import {
  AlignmentType, BorderStyle, Document, Footer, Header, HeightRule, LineRuleType, Packer, PageNumber, PageOrientation, Paragraph, SectionType, Table, TableCell, TableLayoutType, TableRow, TextRun, VerticalAlignTable, WidthType,
} from 'docx'
import type { IParagraphOptions, IParagraphStyleOptions, ISectionOptions } from 'docx'
import type { Flow, Line, Pair, Sheet } from '../decide/compose.ts'
import { RED } from '../decide/profiles.ts'
import type { Profile, Style, StyleName } from '../decide/profiles.ts'
import { widthOf } from './measure.ts'

/** Up to the next twip: the least margins of the decree are never fallen below, and A4 is 11906 by 16838 as Word has it. */
const mm = (n: number): number => Math.ceil(n / 25.4 * 1440 - 1e-6)
const twips = (points: number): number => Math.round(points * 20)
const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, justify: AlignmentType.BOTH }
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE }
const THIN = { style: BorderStyle.SINGLE, size: 4, color: '000000', space: 0 }
const BARE = { top: 0, bottom: 0, left: 0, right: 0, marginUnitType: WidthType.DXA }

/** As an office calls its blocks: what a user of Word sees in the list of styles. */
export const STYLE_NAMES: Record<StyleName, string> = {
  state: 'Quốc hiệu', motto: 'Tiêu ngữ', parent: 'Cơ quan chủ quản', issuer: 'Cơ quan ban hành', star: 'Dấu sao', number: 'Số, ký hiệu', place: 'Địa danh, thời gian', subjectLetter: 'Trích yếu công văn', urgency: 'Mức độ khẩn', circulation: 'Phạm vi lưu hành',
  kind: 'Tên loại văn bản', subject: 'Trích yếu', to: 'Kính gửi', toItem: 'Nơi kính gửi', opening: 'Lời mở đầu', confirm: 'Nơi xác nhận', authority: 'Thẩm quyền ban hành', grounds: 'Căn cứ', text: 'Lời văn', part: 'Phần, chương', partTitle: 'Tiêu đề phần, chương', heading: 'Tiêu đề mục', article: 'Điều',
  signAs: 'Quyền hạn, chức vụ', signer: 'Họ tên người ký', recipientsLabel: 'Từ Nơi nhận', recipients: 'Nơi nhận', drafter: 'Ký hiệu người soạn', address: 'Địa chỉ', annex: 'Phụ lục', annexTitle: 'Tên phụ lục', annexNote: 'Kèm theo văn bản', cellHead: 'Đầu bảng', cell: 'Ô bảng', page: 'Số trang',
}
const id = (style: StyleName): string => `SS${style[0]!.toUpperCase()}${style.slice(1)}`

const styleOf = (name: StyleName, s: Style): IParagraphStyleOptions => ({
  id: id(name), name: STYLE_NAMES[name], quickFormat: true,
  run: { size: s.size * 2, bold: s.bold ?? false, italics: s.italic ?? false, ...(s.underline ? { underline: {} } : {}), ...(s.red ? { color: RED } : {}) },
  paragraph: {
    alignment: ALIGN[s.align ?? 'left'], spacing: { before: twips(s.before ?? 0), after: 0, line: Math.round(240 * (s.line ?? 1)), lineRule: LineRuleType.AUTO },
    ...(s.indent ? { indent: { firstLine: mm(s.indent * 10) } } : {}), ...(name === 'kind' || name === 'annex' ? { outlineLevel: 0 } : name === 'part' || name === 'heading' ? { outlineLevel: 1, keepNext: true } : {}),
  },
})

export async function docxOf(sheet: Sheet): Promise<Uint8Array> {
  const p = sheet.profile
  const [width, height] = p.paper
  const room = width - p.margins.left - p.margins.right
  const draw = lines(p)

  const pair = ([left, right]: Pair, leftMm: number): Table => new Table({
    layout: TableLayoutType.FIXED, width: { size: mm(room), type: WidthType.DXA }, columnWidths: [mm(leftMm), mm(room - leftMm)], borders: NO_BORDERS, margins: BARE,
    rows: [new TableRow({ cantSplit: true, children: [[left, leftMm] as const, [right, room - leftMm] as const].map(([cell, wide]) => new TableCell({ borders: NO_BORDERS, margins: BARE, width: { size: mm(wide), type: WidthType.DXA }, children: draw(cell, wide, true) })) })],
  })
  const flow = (all: Flow, wide: number) => all.flatMap((one) => ('table' in one ? [gap(6), grid(one.table, wide), gap(6)] : draw([one], wide)))
  // Word draws no text across a page without old vector markup: the mark is the first line of each page's head.
  const marked = sheet.mark === undefined ? [] : [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ text: sheet.mark, bold: true, size: 20 })] })]
  const numbers = new Header({ children: [...marked, new Paragraph({ style: id('page'), children: [new TextRun({ children: [PageNumber.CURRENT] })] })] })
  const empty = { header: new Header({ children: [...marked, new Paragraph({})] }), footer: new Footer({ children: [new Paragraph({})] }) }
  const address = sheet.address && new Footer({ children: [new Paragraph({ style: id('address'), border: { top: { ...THIN, space: 3 } }, text: sheet.address.text })] })
  const section = (landscape: boolean, first: boolean, children: ISectionOptions['children']): ISectionOptions => ({
    properties: {
      type: SectionType.NEXT_PAGE, titlePage: true,
      page: {
        size: { width: mm(width), height: mm(height), orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT }, pageNumbers: { start: 1 },
        margin: { top: mm(p.margins.top), bottom: mm(p.margins.bottom), left: mm(p.margins.left), right: mm(p.margins.right), header: mm(p.margins.top / 2), footer: mm(p.margins.bottom / 2), gutter: 0 },
      },
    },
    headers: { default: numbers, first: empty.header }, footers: { default: empty.footer, first: first && address ? address : empty.footer }, children,
  })
  const body = [
    ...sheet.head.flatMap((row, i) => [...(i > 0 ? [gap(6)] : []), pair(row, p.headLeft)]),
    ...flow(sheet.flow, room), ...sheet.foot.flatMap((row) => [gap(14), pair(row, room * 0.45)]), gap(1),
  ]
  const document = new Document({
    title: sheet.title, creator: sheet.author, lastModifiedBy: sheet.author, description: '',
    styles: {
      default: { document: { run: { font: p.font, size: p.styles.text.size * 2, color: '000000', language: { value: sheet.lang === 'vi' ? 'vi-VN' : 'en-GB' } }, paragraph: { spacing: { before: 0, after: 0, line: 240 } } } },
      paragraphStyles: (Object.entries(p.styles) as [StyleName, Style][]).map(([name, style]) => styleOf(name, style)),
    },
    sections: [section(false, true, body), ...sheet.annexes.map(({ landscape, flow: all }) => section(landscape, false, [...flow(all, landscape ? height - p.margins.left - p.margins.right : room)]))],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

/** Space between tables, which Word would otherwise join into one. */
const gap = (points: number): Paragraph => new Paragraph({ spacing: { before: 0, after: 0, line: twips(points), lineRule: LineRuleType.EXACT } })

function lines(p: Profile) {
  return (all: Line[], room: number, cell = false): (Paragraph | Table)[] => {
    const made = all.flatMap((line, i): (Paragraph | Table)[] => {
      const style = p.styles[line.style]
      if (line.frame) return [...(i > 0 ? [gap(style.before ?? 0)] : []), framed(line, style, room), ...(i === all.length - 1 ? [gap(1)] : [])]
      const options: IParagraphOptions = { style: id(line.style), ...(cell && i === 0 && style.before ? { spacing: { before: 0 } } : {}) }
      const heading = line.style === 'kind' || line.style === 'annex' ? { outlineLevel: 0 } : {}
      const after = line.rule ? [rule(line, style, room)] : []
      const left = p.toLeft + (line.under ? pointsToMm(widthOf(line.under, style)) : 0)
      const dash = twips(widthOf('- ', style))
      const indent = line.under ? { indent: { left: mm(left) + dash, hanging: dash } } : line.style === 'to' ? { indent: { left: mm(left) } } : {}
      return [new Paragraph({ ...options, ...heading, ...indent, children: runs(line) }), ...after]
    })
    return made.length > 0 ? made : [new Paragraph({})]
  }
}
const pointsToMm = (points: number): number => points * 25.4 / 72

const runs = ({ text, bold }: Line): TextRun[] => (bold === undefined ? [new TextRun(text)] : [new TextRun(text.slice(0, bold)), new TextRun({ text: text.slice(bold), bold: false })])

/** A line below a text, so long as that share of it: the lower border of an empty paragraph set in from both sides. */
function rule(line: Line, style: Style, room: number): Paragraph {
  const width = Math.min(pointsToMm(widthOf(line.text, style)), room) * line.rule!
  const side = style.align === 'center' ? mm((room - width) / 2) : 0
  return new Paragraph({ spacing: { before: 0, after: 0, line: 60, lineRule: LineRuleType.EXACT }, indent: { left: side, right: mm(room - width) - side }, border: { bottom: { ...THIN, size: 6 } } })
}

/** A stamp: a table of one cell in the middle, since the borders of a paragraph have no height that can be given. */
function framed(line: Line, style: Style, room: number): Table {
  const [wide, high] = line.frame === 'fit' ? [Math.min(room, pointsToMm(widthOf(line.text, style)) + 6), 8] : line.frame!
  const edge = { ...THIN, size: 6, color: style.red ? RED : '000000' }
  const border = { top: edge, bottom: edge, left: edge, right: edge }
  const inner = { ...edge, size: 4, space: 1 }
  return new Table({
    layout: TableLayoutType.FIXED, alignment: AlignmentType.CENTER, width: { size: mm(wide), type: WidthType.DXA }, columnWidths: [mm(wide)], margins: BARE,
    rows: [new TableRow({ height: { value: mm(high), rule: line.frame === 'fit' ? HeightRule.ATLEAST : HeightRule.EXACT }, children: [new TableCell({
      width: { size: mm(wide), type: WidthType.DXA }, borders: border, margins: BARE, verticalAlign: VerticalAlignTable.CENTER,
      children: [new Paragraph({ style: id(line.style), spacing: { before: 0 }, ...(line.inner ? { indent: { left: mm(line.inner), right: mm(line.inner) }, border: { top: inner, bottom: inner, left: { ...inner, space: 0 }, right: { ...inner, space: 0 } } } : {}), children: runs(line) })],
    })] })],
  })
}

function grid({ columns, rows }: { columns: { head: string; width: number; align: 'left' | 'center' }[]; rows: string[][] }, room: number): Table {
  const sum = columns.reduce((total, one) => total + one.width, 0)
  const widths = columns.map((one) => mm(room * one.width / sum))
  const cell = (text: string, at: number, head: boolean) => new TableCell({
    width: { size: widths[at]!, type: WidthType.DXA }, verticalAlign: head ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP,
    children: text.split('\n').map((line) => new Paragraph({ style: id(head ? 'cellHead' : 'cell'), text: line, ...(columns[at]!.align === 'center' && !head ? { alignment: AlignmentType.CENTER } : {}) })),
  })
  return new Table({
    layout: TableLayoutType.FIXED, width: { size: mm(room), type: WidthType.DXA }, columnWidths: widths, margins: { top: 60, bottom: 60, left: 80, right: 80, marginUnitType: WidthType.DXA },
    rows: [new TableRow({ tableHeader: true, cantSplit: true, children: columns.map((one, i) => cell(one.head, i, true)) }), ...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((text, i) => cell(text, i, false)) }))],
  })
}
