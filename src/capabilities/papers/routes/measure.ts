// How wide a text is in Tinos, which has the widths of Times New Roman: a DOCX cannot measure, and its lines below a text need a length.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

export const FONTS = join(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'), '..')
type Face = '400Regular' | '700Bold' | '400Regular_Italic' | '700Bold_Italic'

/** Advance of each character in parts of an em, read from the tables cmap (format 4), hmtx, hhea and head. */
function advances(face: Face): { width: (code: number) => number; has: (code: number) => boolean } {
  const b = readFileSync(join(FONTS, face, `Tinos_${face}.ttf`))
  const tables = new Map<string, number>()
  for (let i = 0, at = 12; i < b.readUInt16BE(4); i++, at += 16) tables.set(b.toString('latin1', at, at + 4), b.readUInt32BE(at + 8))
  const [head, hhea, hmtx, cmap] = ['head', 'hhea', 'hmtx', 'cmap'].map((name) => tables.get(name)!) as [number, number, number, number]
  const perEm = b.readUInt16BE(head + 18)
  const metrics = b.readUInt16BE(hhea + 34)
  let sub = 0
  for (let i = 0, at = cmap + 4; i < b.readUInt16BE(cmap + 2); i++, at += 8) if (b.readUInt16BE(cmap + b.readUInt32BE(at + 4)) === 4) sub = cmap + b.readUInt32BE(at + 4)
  const segments = b.readUInt16BE(sub + 6)
  const glyph = (code: number): number => {
    for (let i = 0; i < segments; i += 2) {
      if (code > b.readUInt16BE(sub + 14 + i)) continue
      const [start, delta, offsetAt] = [b.readUInt16BE(sub + 16 + segments + i), b.readUInt16BE(sub + 16 + 2 * segments + i), sub + 16 + 3 * segments + i]
      if (code < start) return 0
      const offset = b.readUInt16BE(offsetAt)
      const found = offset === 0 ? code : b.readUInt16BE(offsetAt + offset + 2 * (code - start))
      return found === 0 ? 0 : (found + delta) & 0xffff
    }
    return 0
  }
  const known = new Map<number, number>()
  return {
    width: (code) => {
      let width = known.get(code)
      if (width === undefined) known.set(code, width = b.readUInt16BE(hmtx + 4 * Math.min(glyph(code), metrics - 1)) / perEm)
      return width
    },
    has: (code) => glyph(code) !== 0,
  }
}

const faces = new Map<Face, ReturnType<typeof advances>>()
function faceOf(face: Face): ReturnType<typeof advances> {
  let found = faces.get(face)
  if (!found) faces.set(face, found = advances(face))
  return found
}
/** Points. */
export function widthOf(text: string, { size, bold, italic }: { size: number; bold?: true; italic?: true }): number {
  const face: Face = `${bold ? '700Bold' : '400Regular'}${italic ? '_Italic' : ''}`
  const { width } = faceOf(face)
  let sum = 0
  for (const letter of text.normalize('NFC')) sum += width(letter.codePointAt(0)!)
  return sum * size
}

/** The first letter that the font has not: a PDF for all readers (PDF/UA) may hold none. */
export function lacking(text: string): string | undefined {
  const { has } = faceOf('400Regular')
  for (const letter of text) if (!/\s/.test(letter) && !has(letter.codePointAt(0)!)) return letter
  return undefined
}
