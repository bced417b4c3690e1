// Be Vietnam Pro has no tabular figures, and columns of numbers need them. Gives the ten digits of a woff2 one advance width, each centred in it.
// Only hmtx is touched: outlines follow their left side bearing. Usage: node tools/tabular-figures.mjs IN.woff2 OUT.woff2
import { readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

const KNOWN = ['cmap', 'head', 'hhea', 'hmtx', 'maxp', 'name', 'OS/2', 'post', 'cvt ', 'fpgm', 'glyf', 'loca', 'prep', 'CFF ', 'VORG', 'EBDT', 'EBLC', 'gasp', 'hdmx', 'kern', 'LTSH', 'PCLT', 'VDMX', 'vhea', 'vmtx', 'BASE', 'GDEF', 'GPOS', 'GSUB']
const [from, to] = process.argv.slice(2)
const file = readFileSync(from)
let at = 48
const base128 = () => { for (let n = 0; ; ) { const byte = file[at++]; n = n * 128 + (byte & 127); if (!(byte & 128)) return n } }
const tables = new Map()
for (let i = file.readUInt16BE(12), offset = 0; i > 0; i--) {
  const flags = file[at++]
  const tag = (flags & 63) === 63 ? file.toString('latin1', at, (at += 4)) : KNOWN[flags & 63]
  const length = base128()
  const transformed = (tag === 'glyf' || tag === 'loca') === (flags >> 6 === 0) ? base128() : undefined
  if (tag === 'hmtx' && transformed !== undefined) throw new Error('hmtx is transformed: not handled')
  tables.set(tag, { offset, length: transformed ?? length })
  offset += transformed ?? length
}
const data = brotliDecompressSync(file.subarray(at, at + file.readUInt32BE(20)))
const table = (tag) => data.subarray(tables.get(tag).offset, tables.get(tag).offset + tables.get(tag).length)

const cmap = table('cmap')
function glyphOf(code) {
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const sub = cmap.subarray(cmap.readUInt32BE(8 + 8 * i))
    if (sub.readUInt16BE(0) !== 4) continue
    const segments = sub.readUInt16BE(6) / 2
    for (let s = 0; s < segments; s++) {
      const [end, start] = [sub.readUInt16BE(14 + 2 * s), sub.readUInt16BE(16 + 2 * segments + 2 * s)]
      if (code < start || code > end) continue
      const [delta, range] = [sub.readUInt16BE(16 + 4 * segments + 2 * s), sub.readUInt16BE(16 + 6 * segments + 2 * s)]
      return range === 0 ? (code + delta) & 0xffff : sub.readUInt16BE(16 + 6 * segments + 2 * s + range + 2 * (code - start))
    }
  }
  throw new Error(`no glyph for ${code}`)
}
const hmtx = table('hmtx')
const digits = Array.from('0123456789', (digit) => glyphOf(digit.charCodeAt(0)))
if (Math.max(...digits) >= table('hhea').readUInt16BE(34)) throw new Error('a digit has no advance width of its own')
const widths = digits.map((glyph) => hmtx.readUInt16BE(4 * glyph))
// Narrower than most of them: the 1 is half as wide as the others, and dates in running text must not fall apart around it.
const wide = Math.round(widths.toSorted((a, b) => a - b)[2])
digits.forEach((glyph, i) => {
  hmtx.writeInt16BE(hmtx.readInt16BE(4 * glyph + 2) + Math.round((wide - widths[i]) / 2), 4 * glyph + 2)
  hmtx.writeUInt16BE(wide, 4 * glyph)
})
const packed = brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_FONT, [constants.BROTLI_PARAM_LGWIN]: 22 } })
const head = Buffer.from(file.subarray(0, at))
const padded = Buffer.concat([head, packed, Buffer.alloc((4 - ((head.length + packed.length) % 4)) % 4)])
padded.writeUInt32BE(padded.length, 8)
padded.writeUInt32BE(packed.length, 20)
padded.fill(0, 28, 48) // no metadata, no private block
writeFileSync(to, padded)
console.log(`${to}: digits ${widths.join(' ')} -> ${wide}, ${padded.length} bytes`)
