// Draws PDFs in a thread of its own: Typst computes for tens of milliseconds and keeps what it has computed, which must not hold up or fill the server.
import { join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Sheet } from '../decide/compose.ts'
import { MARGIN } from '../decide/ics-sheet.ts'
import type { IcsSheet } from '../decide/ics-sheet.ts'
import { ICS_TEMPLATE } from './ics-template.ts'
import { FONTS } from './measure.ts'
import { TEMPLATE } from './sheet-template.ts'

const fonts = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic']
const compiler = NodeCompiler.create({ workspace: FONTS, fontArgs: [{ fontPaths: fonts.map((name) => join(FONTS, name)) }] })
/** Papers between two clearings of what was computed: twenty alike are drawn faster than twenty from nothing. */
const KEEP = 20
let drawn = 0

export type Asked = { id: number; sheet: Sheet | IcsSheet; /** Seconds since 1970 that the file says it was made at. */ at: number; format: 'pdf' | 'svg' }
export type Drawn = { id: number; bytes?: Uint8Array; failed?: string }

parentPort!.on('message', ({ id, sheet, at, format }: Asked) => {
  let answer: Drawn
  try {
    const source = 'form' in sheet ? { mainFileContent: ICS_TEMPLATE, inputs: { sheet: JSON.stringify({ ...sheet, margin: MARGIN }) } } : { mainFileContent: TEMPLATE, inputs: { sheet: JSON.stringify(sheet) } }
    const bytes = format === 'svg' ? Buffer.from(compiler.svg(source)) : new Uint8Array(compiler.pdf(source, { pdfStandard: 'ua-1' as never, creationTimestamp: at }))
    answer = { id, bytes }
  } catch (error) {
    answer = { id, failed: String((error as Error).message ?? error) }
  }
  if (++drawn % KEEP === 0) compiler.evictCache(1)
  parentPort!.postMessage(answer)
})
