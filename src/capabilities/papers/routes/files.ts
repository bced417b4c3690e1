// A paper as a file, and all papers of a run as one zip that is drawn while it leaves.
import { ReadableStream as Stream } from 'node:stream/web'
import { zipped } from '../../../kernel/blobs/zip-write.ts'
import type { ZipFile } from '../../../kernel/blobs/zip-write.ts'
import { Refusal } from '../../../kernel/order.ts'
import { dayHere } from '../../../kernel/zone.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { fold } from '../../../pure/text.ts'
import { KINDS } from '../contract/kinds.ts'
import type { IcsForm } from '../contract/ics.ts'
import type { Letter } from '../contract/letter.ts'
import { compose } from '../decide/compose.ts'
import { goneMark } from '../decide/gone.ts'
import type { Flow, Line, Marked, Sheet } from '../decide/compose.ts'
import { composeIcs, wordsOf } from '../decide/ics-sheet.ts'
import { papersOfRun } from '../store/read.ts'
import { docxOf } from './docx.ts'
import { icsDocx } from './ics-docx.ts'
import { lacking } from './measure.ts'
import type { Pdf } from './pdf.ts'

export type Format = 'docx' | 'pdf'
const TYPES = { docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', pdf: 'application/pdf' } as const
const PAGE = 50

async function drawn(pdf: Pdf, letter: Letter, number: number | null, format: Format, at: Date, custody?: Marked): Promise<{ name: string; bytes: Uint8Array }> {
  const sheet = compose(letter, number, custody)
  const missing = format === 'pdf' ? lacking(everyText(sheet)) : undefined
  if (missing) throw new Refusal('PAPER_LETTER', { letter: missing })
  // Plain letters, so that every system can save it: quyet-dinh-12-qd-ubnd-2026.pdf.
  const name = fold([KINDS[letter.kind].vi, number ?? '', sheet.symbol, letter.day?.slice(0, 4) ?? ''].join(' ')).replace(/[^a-z0-9]+/g, '-')
  return { name, bytes: format === 'docx' ? await docxOf(sheet) : await pdf.draw(sheet, at) }
}

/** `gone`: the day on which it was withdrawn. */
const marked = (letter: Letter, gone: string | undefined, custody: Marked = { grade: 'none', mark: undefined }): Marked =>
  ({ ...custody, mark: [custody.mark, gone && goneMark(letter.lang, gone)].filter(Boolean).join(' · ') || undefined })
export async function file(pdf: Pdf, letter: Letter, number: number | null, format: Format, at: Date, custody?: Marked, gone?: string) {
  const { name, bytes } = await drawn(pdf, letter, number, format, at, marked(letter, gone, custody))
  return sent(name, bytes, format)
}
const sent = (name: string, bytes: Uint8Array, format: Format) =>
  ({ headers: { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="${name}.${format}"`, 'cache-control': 'no-store' }, body: new Blob([bytes as Uint8Array<ArrayBuffer>]).stream() })

/** An ICS form as a file: no number, nothing kept. */
export async function icsFile(pdf: Pdf, form: IcsForm, format: Format, at: Date) {
  const sheet = composeIcs(form)
  const missing = format === 'pdf' ? lacking(wordsOf(sheet)) : undefined
  if (missing) throw new Refusal('PAPER_LETTER', { letter: missing })
  return sent(`ics-${form.form}`, format === 'docx' ? await icsDocx(sheet) : await pdf.draw(sheet, at), format)
}

/** Nothing is held but the paper that is being drawn. One whose letters the PDF's font lacks is left out as a DOCX in its place. */
export async function zip(pdf: Pdf, { read, actor }: Context, runId: string, format: Format) {
  const first = await papersOfRun(read, actor, runId, 0, PAGE)
  if (first.length === 0) throw new Refusal('NOT_FOUND')
  async function* files(): AsyncGenerator<ZipFile> {
    for (let page = first; page.length > 0; page = page.length < PAGE ? [] : await papersOfRun(read, actor, runId, page.at(-1)!.number, PAGE)) {
      for (const { number, at, content, gone } of page) {
        const letter = JSON.parse(content) as Letter
        const as = format === 'pdf' && lacking(everyText(compose(letter, number))) ? 'docx' : format
        const { name, bytes } = await drawn(pdf, letter, number, as, at, marked(letter, gone ? dayHere(gone) : undefined))
        yield { name: `${String(number).padStart(4, '0')} ${name} ${fold(letter.to[0] ?? '').replace(/[^a-z0-9]+/g, '-').slice(0, 60)}.${as}`, bytes, at }
      }
    }
  }
  const body = Stream.from(zipped(files())) as unknown as ReadableStream<Uint8Array>
  return { headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="van-ban-${format}.zip"`, 'cache-control': 'no-store' }, body }
}

const textsOf = (flow: Flow): string[] => flow.flatMap((one) => ('table' in one ? [one.table.caption, ...one.table.columns.map(({ head }) => head), ...one.table.rows.flat()] : [one.text]))
const everyText = ({ head, flow, foot, address, annexes, title, author }: Sheet): string =>
  [title, author, ...textsOf([...head.flat(2), ...flow, ...foot.flat(2), ...(address ? [address] : [])] satisfies (Line | Flow[number])[]), ...annexes.flatMap((annex) => textsOf(annex.flow))].join(' ')
