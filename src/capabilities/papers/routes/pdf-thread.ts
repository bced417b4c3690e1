// Draws PDFs in a thread of its own: Typst computes for tens of milliseconds and keeps what it has computed, which must not hold up or fill the server.
import { join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Sheet } from '../decide/compose.ts'
import { MARGIN } from '../decide/ics-sheet.ts'
import type { IcsSheet } from '../decide/ics-sheet.ts'
import { ICS_TEMPLATE } from './ics-template.ts'
import { RED } from '../decide/profiles.ts'
import { FONTS } from './measure.ts'
import { TEMPLATE } from './sheet-template.ts'

const fonts = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic']
const compiler = NodeCompiler.create({ workspace: FONTS, fontArgs: [{ fontPaths: fonts.map((name) => join(FONTS, name)) }] })
/** Papers between two clearings of what was computed: twenty alike are drawn faster than twenty from nothing. */
const KEEP = 20
let drawn = 0

/** A file that came in, to be marked on each page. */
export type Stamp = { bytes: Uint8Array; type: string; mark: string }
export type Asked = { id: number; sheet: Sheet | IcsSheet | Stamp; /** Seconds since 1970 that the file says it was made at. */ at: number; format: 'pdf' | 'svg' }
export type Drawn = { id: number; bytes?: Uint8Array; failed?: string }

/** How many pages Typst itself can set of it, 0: none. It looks a page up by its number in the file's own list, so if one is there, so are all before it. */
function pagesOf(name: string): number {
  const has = (n: number): boolean => !compiler.compile({ mainFileContent: `#image("${name}", page: ${n})` }).hasError()
  let [there, not] = [0, 1]
  while (not <= MOST_PAGES && has(not)) { there = not; not *= 2 }
  while (not - there > 1) {
    const middle = (there + not) >> 1
    if (has(middle)) there = middle
    else not = middle
  }
  return there
}
const MOST_PAGES = 16_384

/** Each page of the file as it is, with the mark over it: nothing of it is drawn anew, its text stays text. */
function stamped({ bytes, type, mark }: Stamp): { mainFileContent: string; inputs: Record<string, string> } {
  const ending = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' }[type]
  const name = `/stamped.${ending}`
  compiler.mapShadow(join(FONTS, name), Buffer.from(bytes))
  let pages = 1
  if (ending === 'pdf') {
    pages = pagesOf(name)
    if (!pages) throw new Error('the file cannot be read as PDF')
  }
  return { inputs: { mark, pages: String(pages), name, pdf: ending === 'pdf' ? 'yes' : '' }, mainFileContent: STAMP }
}
const STAMP = `
#set text(font: "Tinos")
#set page(margin: 0pt, width: auto, height: auto)
#let mark = block(width: 100%, height: 100%, for dy in (-33%, 0%, 33%) { place(center + horizon, dy: dy, rotate(-24deg, reflow: false, text(size: 17pt, fill: rgb(90, 90, 90, 90), sys.inputs.mark))) })
#for n in range(1, int(sys.inputs.pages) + 1) {
  if n > 1 { pagebreak() }
  set page(foreground: mark)
  if sys.inputs.pdf == "yes" { image(sys.inputs.name, page: n) } else { image(sys.inputs.name, width: 180mm) }
}
`

parentPort!.on('message', ({ id, sheet, at, format }: Asked) => {
  let answer: Drawn
  try {
    const source = 'mark' in sheet && 'bytes' in sheet ? stamped(sheet) : 'form' in sheet ? { mainFileContent: ICS_TEMPLATE, inputs: { sheet: JSON.stringify({ ...sheet, margin: MARGIN }) } } : { mainFileContent: TEMPLATE, inputs: { sheet: JSON.stringify({ ...sheet, red: RED }) } }
    const bytes = format === 'svg' ? Buffer.from(compiler.svg(source)) : new Uint8Array(compiler.pdf(source, { ...('bytes' in sheet ? {} : { pdfStandard: 'ua-1' as never }), creationTimestamp: at }))
    answer = { id, bytes }
  } catch (error) {
    answer = { id, failed: String((error as Error).message ?? error) }
  }
  if (++drawn % KEEP === 0) compiler.evictCache(1)
  parentPort!.postMessage(answer)
})
