// An ICS form as an editable DOCX: one table of boxes on a grid of twelve, tables inside their boxes, a named style for each kind of words.
import { AlignmentType, BorderStyle, Document, Footer, LineRuleType, Packer, PageNumber, PageOrientation, Paragraph, ShadingType, TabStopType, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType } from 'docx'
import type { IParagraphStyleOptions } from 'docx'
import { MARGIN } from '../decide/ics-sheet.ts'
import type { IcsBox, IcsPart, IcsSheet } from '../decide/ics-sheet.ts'

const mm = (n: number): number => Math.round(n / 25.4 * 1440)
const EDGE = { style: BorderStyle.SINGLE, size: 6, color: '000000' }
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const BARE = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE }
const PAD = 80
const style = (id: string, name: string, size: number, bold: boolean, more: IParagraphStyleOptions['paragraph'] = {}): IParagraphStyleOptions => ({ id, name, quickFormat: true, run: { size: size * 2, bold }, paragraph: { spacing: { before: 0, after: 60, line: 240 }, ...more } })
const STYLES = [
  style('IcsTitle', 'ICS Title', 14, true, { alignment: AlignmentType.CENTER, outlineLevel: 0, spacing: { before: 0, after: 120 } }), style('IcsBlock', 'ICS Block', 10, true, { outlineLevel: 1 }),
  style('IcsText', 'ICS Text', 10, false), style('IcsHead', 'ICS Column', 8, true, { spacing: { before: 0, after: 0 } }), style('IcsCell', 'ICS Cell', 9, false, { spacing: { before: 0, after: 0 } }), style('IcsFoot', 'ICS Footer', 9, false, { spacing: { before: 0, after: 0 } }),
]

export function icsDocx(sheet: IcsSheet): Promise<Uint8Array> {
  const [width, height] = sheet.page
  const lies = width > height
  const room = mm(width - 2 * MARGIN)
  const column = Math.floor(room / 12)
  const boxes = new Table({
    layout: TableLayoutType.FIXED, width: { size: column * 12, type: WidthType.DXA }, columnWidths: Array.from({ length: 12 }, () => column), margins: { top: 60, bottom: 20, left: PAD, right: PAD, marginUnitType: WidthType.DXA },
    borders: { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE, insideHorizontal: EDGE, insideVertical: EDGE }, rows: sheet.rows.map((row) => new TableRow({ children: row.map((box) => cellOf(box, column)) })),
  })
  const document = new Document({
    title: `${sheet.form} ${sheet.title}`, creator: '', lastModifiedBy: '', description: '',
    styles: { default: { document: { run: { font: 'Times New Roman', size: 20, color: '000000', language: { value: 'en-US' } } } }, paragraphStyles: STYLES },
    sections: [{
      properties: { page: {
        // docx turns the sheet itself where it lies.
        size: { width: mm(lies ? height : width), height: mm(lies ? width : height), orientation: lies ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
        margin: { top: mm(MARGIN), bottom: mm(MARGIN), left: mm(MARGIN), right: mm(MARGIN), header: mm(6), footer: mm(6), gutter: 0 },
      } },
      footers: { default: new Footer({ children: [new Paragraph({ style: 'IcsFoot', tabStops: [{ type: TabStopType.RIGHT, position: room }], children: [new TextRun({ children: [`${sheet.form}\tPage `, PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] })] })] }) },
      children: [new Paragraph({ style: 'IcsTitle', text: `${sheet.title} (${sheet.form})` }), boxes, last()],
    }],
  })
  return Packer.toBuffer(document).then((bytes) => new Uint8Array(bytes))
}

/** What Word asks for after a table, as low as it can be. */
const last = () => new Paragraph({ spacing: { before: 0, after: 0, line: 20, lineRule: LineRuleType.EXACT } })
function cellOf(box: IcsBox, column: number): TableCell {
  const made = [...(box.head ? [new Paragraph({ style: 'IcsBlock', text: box.head })] : []), ...box.parts.flatMap((part) => partOf(part, box.wide * column - 2 * PAD))]
  return new TableCell({
    columnSpan: box.wide, width: { size: box.wide * column, type: WidthType.DXA }, ...(box.band ? { shading: { type: ShadingType.CLEAR, fill: 'E1E1E1', color: 'auto' } } : {}),
    children: made.length > 0 && !(made.at(-1) instanceof Table) ? made : [...made, last()],
  })
}
const broken = (text: string): TextRun[] => text.split('\n').map((line, i) => new TextRun({ text: line, ...(i > 0 ? { break: 1 } : {}) }))
function partOf(part: IcsPart, room: number): (Paragraph | Table)[] {
  if ('marks' in part) return [new Paragraph({ style: 'IcsText', children: part.marks.flatMap(([label, on], i) => [new TextRun({ text: `${i > 0 ? '   ' : ''}${on ? '[X]' : '[\u00a0]'}\u00a0`, bold: true }), new TextRun(label.length < 40 ? label.replaceAll(' ', '\u00a0') : label)]) })]
  if ('label' in part) {
    return [new Paragraph({ style: 'IcsText', children: [...(part.label ? [new TextRun({ text: `${part.label}: `, bold: true })] : []), ...broken(part.text)] }), ...Array.from({ length: part.tall }, () => new Paragraph({ style: 'IcsText' }))]
  }
  if ('pairs' in part) {
    const wide = Math.floor(room / part.across)
    const cell = ([label, text]: [string, string] | ['', '']) => new TableCell({ width: { size: wide, type: WidthType.DXA }, borders: BARE, children: [new Paragraph({ style: 'IcsText', children: label ? [new TextRun({ text: `${label}: `, bold: true }), ...broken(text)] : [] })] })
    const rows = Array.from({ length: Math.ceil(part.pairs.length / part.across) }, (_, i) => Array.from({ length: part.across }, (__, j) => part.pairs[i * part.across + j] ?? ['', ''] as ['', '']))
    return [new Table({ layout: TableLayoutType.FIXED, width: { size: wide * part.across, type: WidthType.DXA }, columnWidths: Array.from({ length: part.across }, () => wide), borders: BARE, margins: { top: 20, bottom: 20, left: 0, right: 60, marginUnitType: WidthType.DXA }, rows: rows.map((cells) => new TableRow({ children: cells.map(cell) })) }), last()]
  }
  const sum = part.columns.reduce((total, one) => total + one.width, 0)
  const widths = part.columns.map((one) => Math.floor(room * one.width / sum))
  const row = (cells: string[], head: boolean) => new TableRow({ tableHeader: head, cantSplit: true, children: cells.map((text, i) => new TableCell({ width: { size: widths[i]!, type: WidthType.DXA }, children: [new Paragraph({ style: head ? 'IcsHead' : 'IcsCell', children: broken(text) })] })) })
  return [new Table({
    layout: TableLayoutType.FIXED, width: { size: widths.reduce((total, one) => total + one, 0), type: WidthType.DXA }, columnWidths: widths, margins: { top: 40, bottom: 40, left: 60, right: 60, marginUnitType: WidthType.DXA },
    rows: [row(part.columns.map(({ head }) => head), true), ...part.rows.map((cells) => row(cells, false))],
  }), last()]
}
