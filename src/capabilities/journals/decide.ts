// From a fact to a sentence: the words are those of the capability that made it; what it says in braces is found in the fact.
import { plural } from '../../pure/plural.ts'
import type { Stories, Verification, Words } from './contract.ts'

type Text = { vi: string; en: string }
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/
const DAY = /^\d{4}-\d\d-\d\d$/
const LONGEST = 200

/** `task.title` of { task: { title: … } }. Only what the fact itself holds: never a property of JavaScript. */
export function valueAt(fact: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined), fact)
}

const formats = new Map<string, Intl.DateTimeFormat>()
function format(lang: 'vi' | 'en', zone: string, time: boolean): Intl.DateTimeFormat {
  const key = `${lang} ${zone} ${time}`
  let found = formats.get(key)
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(lang === 'vi' ? 'vi-VN' : 'en-GB', { timeZone: zone, day: '2-digit', month: '2-digit', year: 'numeric', ...(time ? { hour: '2-digit', minute: '2-digit' } : {}) })))
  return found
}

export function shown(value: unknown, lang: 'vi' | 'en', words: Words, zone: string): string {
  if (value === undefined || value === null || value === '') return '…'
  if (typeof value === 'number') return new Intl.NumberFormat(lang === 'vi' ? 'vi-VN' : 'en-GB').format(value)
  if (typeof value === 'string') {
    if (INSTANT.test(value)) return format(lang, zone, true).format(new Date(value))
    if (DAY.test(value)) return format(lang, 'UTC', false).format(new Date(`${value}T00:00:00Z`))
    return words[value]?.[lang] ?? (value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value)
  }
  if (Array.isArray(value)) return value.length <= 5 ? value.map((v) => shown(v, lang, words, zone)).join(', ') : String(value.length)
  if (typeof value === 'object' && 'vi' in value && 'en' in value) return String((value as Text)[lang])
  return '…'
}

/** A private text in a fact: its id, and a hash that proves it. */
const isKept = (value: unknown): value is { id: string } => typeof value === 'object' && value !== null && 'id' in value && 'hash' in value && typeof value.id === 'string'
/** The private texts that a sentence asks for by name; what no story names is not told. */
export const textsIn = (type: string, fact: unknown, stories: Stories): string[] =>
  [...(stories[type]?.vi ?? '').matchAll(/\{([\w.]+)\}/g)].flatMap(([, path]) => { const value = valueAt(fact, path!); return isKept(value) ? [value.id] : [] })

/** The units that a sentence names by their id: `{unitId}`. */
export const unitsIn = (type: string, fact: unknown, stories: Stories): string[] => [...(stories[type]?.vi ?? '').matchAll(/\{((?:\w+\.)*unitId)\}/g)].flatMap(([, path]) => { const value = valueAt(fact, path!); return typeof value === 'string' ? [value] : [] })

/** A fact that nobody tells about shows as its type: a line is never left out. `texts`: the private ones that are still kept. */
export function tell(type: string, fact: unknown, stories: Stories, words: Words, zone: string, texts: ReadonlyMap<string, string | null> = new Map(), units: ReadonlyMap<string, string> = new Map()): Text {
  const story = stories[type] ?? { vi: type, en: type }
  const one = (lang: 'vi' | 'en') => plural(story[lang], fact as Record<string, unknown>).replace(/\{([\w.]+)\}/g, (_, path: string) => { const value = valueAt(fact, path); if (path.endsWith('unitId')) return units.get(value as string) ?? '…'; return isKept(value) ? texts.get(value.id) ?? '…' : shown(value, lang, words, zone) })
  return { vi: one('vi'), en: one('en') }
}

const BROKEN: Record<string, Text> = {
  gap: { vi: 'thiếu dòng trước đó', en: 'a line before it is missing' },
  chain: { vi: 'không nối với dòng trước', en: 'it does not follow the line before it' },
  hash: { vi: 'nội dung không khớp mã băm', en: 'its content does not match its hash' },
  head: { vi: 'dòng cuối của chuỗi không khớp', en: 'the end of the stream is not what was recorded' },
  anchor: { vi: 'không khớp mốc neo', en: 'it does not match the anchor' },
  order: { vi: 'không khớp lệnh đã ghi', en: 'it does not match the recorded order' },
}
export const brokenSentence = (b: { stream: string; seq: number; why: string }): Text => ({
  vi: `Chuỗi ${b.stream}, dòng ${b.seq}: ${BROKEN[b.why]?.vi ?? b.why}.`, en: `Stream ${b.stream}, line ${b.seq}: ${BROKEN[b.why]?.en ?? b.why}.`,
})
export const verifiedSentence = (found: { lines: number; streams: number; broken: unknown[] }): Text => (found.broken.length === 0
  ? { vi: `Nhật ký nguyên vẹn: ${found.lines} dòng trong ${found.streams} chuỗi.`, en: `The journal is whole: ${found.lines} lines in ${found.streams} streams.` }
  : { vi: `Nhật ký bị đứt ở ${found.broken.length} chỗ.`, en: `The journal is broken in ${found.broken.length} places.` })

type Found = { lines: number; streams: number; anchors: number; broken: { stream: string; seq: number; position: number | null; why: string }[] }
/** What a job leaves of a verification: three counts, then each break. */
export const verifiedRows = (found: Found): { id: string; ok: boolean; code: string }[] => [
  ...(['lines', 'streams', 'anchors'] as const).map((id) => ({ id, ok: true, code: String(found[id]) })), ...found.broken.slice(0, 100).map((b) => ({ id: `${b.seq} ${b.stream}`, ok: false, code: b.why })),
]
export function verificationOf(rows: readonly { id: string; ok: boolean; code?: string | undefined }[], asOf: string): Verification {
  const count = (id: string) => Number(rows.find((row) => row.ok && row.id === id)?.code ?? 0)
  const broken = rows.filter((row) => !row.ok).map((row) => { const at = row.id.indexOf(' '); const b = { stream: row.id.slice(at + 1), seq: Number(row.id.slice(0, at)), position: null, why: row.code ?? '' }; return { ...b, sentence: brokenSentence(b) } })
  return { asOf, lines: count('lines'), streams: count('streams'), anchors: count('anchors'), whole: broken.length === 0, broken, sentence: verifiedSentence({ lines: count('lines'), streams: count('streams'), broken }) }
}

export const kindOf = (name: string): string => name.split(':', 1)[0]!
export const idOf = (name: string): string => name.slice(kindOf(name).length + 1)
