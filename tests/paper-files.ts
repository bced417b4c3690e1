// Reading papers back as they leave, for tests: the parts of a DOCX, and the texts of a PDF with places, sizes, fonts and tags, without a program beside.
import assert from 'node:assert/strict'
import { inflateRawSync } from 'node:zlib'
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** The parts of a zip by name. */
export const unzip = (bytes: Uint8Array): Map<string, string> => new Map([...unpacked(bytes)].map(([name, part]) => [name, part.toString('utf8')]))
export function unpacked(bytes: Uint8Array): Map<string, Buffer> {
  const b = Buffer.from(bytes)
  const parts = new Map<string, Buffer>()
  for (let at = b.readUInt32LE(b.length - 22 + 16); b.readUInt32LE(at) === 0x02014b50; at += 46 + b.readUInt16LE(at + 28) + b.readUInt16LE(at + 30) + b.readUInt16LE(at + 32)) {
    const name = b.toString('utf8', at + 46, at + 46 + b.readUInt16LE(at + 28))
    const from = b.readUInt32LE(at + 42)
    const start = from + 30 + b.readUInt16LE(from + 26) + b.readUInt16LE(from + 28)
    const packed = b.subarray(start, start + b.readUInt32LE(at + 20))
    parts.set(name, b.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed))
  }
  return parts
}
export const plain = (xml: string): string => [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('').replaceAll('&amp;', '&')
/** Paragraphs in order: style and text. */
export const paragraphs = (xml: string) => [...xml.matchAll(/<w:p>.*?<\/w:p>|<w:p\/>/gs)].map(([one]) => ({ style: /<w:pStyle w:val="(\w+)"/.exec(one)?.[1], text: plain(one) }))
/** A space that holds two words together reads as any other. */
export const same = (text: string): string => text.replaceAll('\u00a0', ' ')

type Matrix = [number, number, number, number, number, number]
const times = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
/** What is drawn besides letters: lines, frames, and fields that are filled; millimetres from the upper left corner, to the middle of a line. */
function strokesOf({ fnArray, argsArray }: { fnArray: number[]; argsArray: unknown[][] }, height: number) {
  const kept: { at: Matrix; colour: string }[] = []
  let now = { at: [1, 0, 0, 1, 0, 0] as Matrix, colour: '#000000' }
  return fnArray.flatMap((what, i) => {
    const args = argsArray[i]!
    if (what === OPS.save) kept.push(now)
    else if (what === OPS.restore) now = kept.pop()!
    else if (what === OPS.transform) now = { ...now, at: times(now.at, args as Matrix) }
    else if (what === OPS.setStrokeRGBColor) now = { ...now, colour: String(args[0]).toLowerCase() }
    if (what !== OPS.constructPath || !args[2] || args[0] === OPS.endPath) return []
    const [x1, y1, x2, y2] = Object.values(args[2] as Record<string, number>) as [number, number, number, number]
    const [, , , , left, one] = times(now.at, [1, 0, 0, 1, x1, y1])
    const [, , , , right, two] = times(now.at, [1, 0, 0, 1, x2, y2])
    return [{ x: left * 25.4 / 72, y: (height - Math.max(one, two)) * 25.4 / 72, width: (right - left) * 25.4 / 72, height: Math.abs(two - one) * 25.4 / 72, colour: now.colour, filled: args[0] !== OPS.stroke }]
  })
}

type Item = { str: string; transform: number[]; width: number; fontName: string }
type Font = { name: string }
/** Lengths in millimetres from the upper left corner; `y` is of the line that letters stand on. */
export async function opened(bytes: Uint8Array) {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false, disableFontFace: true }).promise
  const pages = []
  for (let n = 1; n <= pdf.numPages; n++) {
    const page = await pdf.getPage(n)
    const strokes = strokesOf(await page.getOperatorList(), page.view[3]!) // and loads its fonts
    const { items } = await page.getTextContent()
    const [, , width, height] = page.view as [number, number, number, number]
    const texts = (items as Item[]).filter((item) => item.str?.trim()).map((item) => ({
      text: same(item.str), x: item.transform[4]! * 25.4 / 72, y: (height - item.transform[5]!) * 25.4 / 72, width: item.width * 25.4 / 72, size: Math.round(item.transform[0]! * 10) / 10, font: (page.commonObjs.get(item.fontName) as Font).name,
    }))
    // Words on both sides of a space that holds them together come apart.
    for (let i = texts.length - 1; i > 0; i--) {
      const [one, next] = [texts[i - 1]!, texts[i]!]
      if (one.y !== next.y || one.font !== next.font || one.size !== next.size || Math.abs(next.x - one.x - one.width) > one.size / 5) continue
      texts.splice(i - 1, 2, { ...one, text: one.text.replace(/ ?$/, ' ') + next.text.trimStart(), width: next.x + next.width - one.x })
    }
    pages.push({ width: width * 25.4 / 72, height: height * 25.4 / 72, texts, strokes, tags: await page.getStructTree() })
  }
  const { info, metadata } = await pdf.getMetadata()
  return { pages, info: info as Record<string, unknown>, xmp: String((metadata as { getRaw?: () => string } | null)?.getRaw?.() ?? ''), marked: await pdf.getMarkInfo() }
}
export const near = (found: number, wanted: number, what: string, slack = 0.6) => assert.ok(Math.abs(found - wanted) <= slack, `${what}: ${found.toFixed(2)} mm, not ${wanted.toFixed(2)}`)
