// What a file is, by its bytes. Own, not `file-type`: that names 180 types by two packages beside it, while here only a dozen are let in, an Office file
// must be opened far enough to refuse macros and bombs, and a text must be one.
import { zipEntries } from './zip.ts'

export const TYPES = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  zip: 'application/zip',
  pmtiles: 'application/vnd.pmtiles',
  mbtiles: 'application/vnd.mapbox-vector-tile.mbtiles',
} as const
export type Kind = keyof typeof TYPES

/** Endings that mean the same type. */
const ENDINGS: Record<string, Kind> = { pdf: 'pdf', png: 'png', jpg: 'jpg', jpeg: 'jpg', webp: 'webp', docx: 'docx', xlsx: 'xlsx', csv: 'csv', json: 'json', geojson: 'json', topojson: 'json', txt: 'txt', pmtiles: 'pmtiles', mbtiles: 'mbtiles', yaml: 'txt', yml: 'txt', md: 'txt', zip: 'zip' }
/** Maps to lie under others: only taken where one was asked for, with a limit of their own. */
export const MAPS = new Set<Kind>(['pmtiles', 'mbtiles'])
const TEXTS = new Set<Kind>(['csv', 'json', 'txt'])

const MOST_UNPACKED = 500 * 1024 * 1024
const MOST_ENTRIES = 10_000

/** `head` holds the first 4 KiB, `tail` the last 64 KiB (where a zip keeps its list of contents). `text`: the whole is UTF-8 without control characters. */
export type Sample = { name: string; size: number; head: Buffer; tail: Buffer; text: boolean }
export type Sniffed = { kind: Kind } | { refused: 'FILE_TYPE' | 'FILE_ENDING' | 'FILE_MACRO' | 'FILE_BOMB' }

export function sniff(sample: Sample): Sniffed {
  const content = contentOf(sample)
  if (typeof content !== 'string') return content
  const ending = /\.([a-z0-9]{1,8})$/i.exec(sample.name)?.[1]?.toLowerCase() ?? ''
  const named = ENDINGS[ending]
  if (content === 'text') return named && TEXTS.has(named) ? { kind: named } : ending === '' ? { kind: 'txt' } : { refused: named ? 'FILE_ENDING' : 'FILE_TYPE' }
  return named === content || ending === '' ? { kind: content } : { refused: 'FILE_ENDING' }
}

const starts = (bytes: Buffer, text: string, at = 0): boolean => bytes.subarray(at, at + text.length).equals(Buffer.from(text, 'latin1'))

/** Which kind of basemap begins so, if any. */
export const mapOf = (head: Buffer): 'pmtiles' | 'mbtiles' | undefined => (starts(head, 'PMTiles') ? 'pmtiles' : starts(head, 'SQLite format 3\0') ? 'mbtiles' : undefined)

function contentOf(sample: Sample): Exclude<Kind, 'csv' | 'json' | 'txt'> | 'text' | { refused: 'FILE_TYPE' | 'FILE_MACRO' | 'FILE_BOMB' } {
  const { head, text } = sample
  if (starts(head, '%PDF-')) return 'pdf'
  const map = mapOf(head)
  if (map) return map
  if (starts(head, '\x89PNG\r\n\x1a\n')) return 'png'
  if (starts(head, '\xff\xd8\xff')) return 'jpg'
  if (starts(head, 'RIFF') && starts(head, 'WEBP', 8)) return 'webp'
  if (starts(head, 'PK\x03\x04')) return office(sample)
  return text ? 'text' : { refused: 'FILE_TYPE' }
}

function office({ tail, size }: Sample): 'docx' | 'xlsx' | 'zip' | { refused: 'FILE_TYPE' | 'FILE_MACRO' | 'FILE_BOMB' } {
  const entries = zipEntries(tail, size)
  if (!entries) return { refused: 'FILE_TYPE' }
  if (entries.length > MOST_ENTRIES || entries.reduce((sum, e) => sum + e.unpacked, 0) > MOST_UNPACKED) return { refused: 'FILE_BOMB' }
  const has = (name: string) => entries.some((e) => e.name === name)
  if (entries.some((e) => /(^|\/)(vbaProject\.bin|vbaData\.xml)$|\/(activeX|embeddings)\//i.test(e.name))) return { refused: 'FILE_MACRO' }
  // Of other zips only a signed package: whoever opens it holds every part against its manifest.
  if (has('manifest.json') && has('signature')) return 'zip'
  if (!has('[Content_Types].xml')) return { refused: 'FILE_TYPE' }
  return has('word/document.xml') ? 'docx' : has('xl/workbook.xml') ? 'xlsx' : { refused: 'FILE_TYPE' }
}
