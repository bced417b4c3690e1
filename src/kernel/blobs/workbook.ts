// A spreadsheet of several sheets as it is made: its rows are never all in memory. (A single sheet: src/pure/rows.ts.)
import { Readable } from 'node:stream'
import type { Cell } from '../../pure/rows.ts'
import { zipped } from './zip-write.ts'
import type { ZipFile } from './zip-write.ts'

export type Sheet = { name: string; head: readonly string[]; rows: AsyncIterable<Cell[]> }

const MOST_CELL = 32_767
const MOST_NAME = 31
const PART = 32_768
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Without what XML cannot hold. */
// oxlint-disable-next-line no-control-regex
const xml = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '').replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
const column = (i: number): string => (i < 26 ? '' : column(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + (i % 26))
const cell = (value: Cell, i: number, line: number): string => {
  if (value === null || value === '') return ''
  const at = `<c r="${column(i)}${line}"`
  if (typeof value === 'number') return Number.isFinite(value) ? `${at}><v>${value}</v></c>` : ''
  return `${at} t="inlineStr"><is><t xml:space="preserve">${xml((value instanceof Date ? value.toISOString() : value).slice(0, MOST_CELL))}</t></is></c>`
}
const row = (cells: readonly Cell[], line: number): string => `<row r="${line}">${cells.map((value, i) => cell(value, i, line)).join('')}</row>`

/** As a spreadsheet takes them: short, without its own marks, each once. */
function namesOf(sheets: readonly Sheet[]): string[] {
  const taken = new Set<string>()
  return sheets.map(({ name }) => {
    const plain = name.replaceAll(/[[\]:*?/\\']/g, ' ').replaceAll(/\s+/g, ' ').trim() || '-'
    for (let n = 1; ; n++) {
      const end = n === 1 ? '' : ` (${n})`
      const one = plain.slice(0, MOST_NAME - end.length).trim() + end
      if (!taken.has(one.toLowerCase())) { taken.add(one.toLowerCase()); return one }
    }
  })
}

async function* lines({ head, rows }: Sheet): AsyncGenerator<string> {
  let line = 1
  let part = `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${row(head, line)}`
  for await (const cells of rows) {
    part += row(cells, ++line)
    if (part.length > PART) { yield part; part = '' }
  }
  yield `${part}</sheetData></worksheet>`
}

export function workbook(sheets: readonly Sheet[], at: Date): ReadableStream<Uint8Array> {
  const names = namesOf(sheets)
  const text = (name: string, body: string): ZipFile => ({ name, bytes: Buffer.from(HEAD + body, 'utf8'), at, pack: true })
  const each = (one: (name: string, n: number) => string): string => names.map((name, i) => one(name, i + 1)).join('')
  return Readable.toWeb(Readable.from(zipped((async function* () {
    yield text('[Content_Types].xml', `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`)}</Types>`)
    yield text('_rels/.rels', `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
    yield text('xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each((name, n) => `<sheet name="${xml(name)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`)
    yield text('xl/_rels/workbook.xml.rels', `<Relationships xmlns="${PACKAGE}/relationships">${each((_, n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}</Relationships>`)
    for (const [i, sheet] of sheets.entries()) yield { name: `xl/worksheets/sheet${i + 1}.xml`, at, parts: lines(sheet) }
  })()))) as ReadableStream<Uint8Array>
}
