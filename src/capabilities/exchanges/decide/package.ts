// How a package is read: its manifest, older formats brought up to today's, every line against its shape. Signatures and bytes are the routes' part.
import { FORMAT, Manifest, MOST_RECORDS, SHAPES } from '../contract/package.ts'
import type { AnyRecord, Shapes } from '../contract/package.ts'
import type { ExchangeRefused } from '../contract/refusals.ts'

type Raw = Record<string, unknown>
type Refused = { refused: ExchangeRefused; data?: Record<string, unknown> }
const broken: Refused = { refused: 'PACKAGE_BROKEN' }

const parsed = (text: string): Raw | undefined => {
  try {
    const found = JSON.parse(text) as unknown
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? found as Raw : undefined
  } catch {
    return undefined
  }
}

/** Whether what follows may be understood at all comes first: a newer format may have another shape. */
export function readManifest(text: string): { manifest: Manifest } | Refused {
  const raw = parsed(text)
  const format = raw?.['format']
  if (!raw || typeof format !== 'number' || !Number.isInteger(format) || format < 1) return broken
  if (format > FORMAT) return { refused: 'PACKAGE_NEWER', data: { format, known: FORMAT } }
  const { data } = Manifest.safeParse(raw)
  return data ? { manifest: data } : broken
}

const inside = (home: string, id: unknown) => (typeof id === 'string' ? { home, id } : id)
/** From a format to the next one. A record of format 1 was the sender's own, and named others by their bare ids. */
const UPCASTS: Record<number, (record: Raw, home: string) => Raw> = {
  1: (record, home) => ({ home, ...record, ...Object.fromEntries(['directive', 'task', 'request'].filter((name) => name in record).map((name) => [name, inside(home, record[name])])) }),
}

export function readRecords<K extends keyof Shapes>(kind: K, text: string, { format, installation }: Pick<Manifest, 'format' | 'installation'>): { records: Shapes[K][] } | Refused {
  const lines = text.split('\n').filter(Boolean)
  if (lines.length > MOST_RECORDS) return { refused: 'PACKAGE_MANY', data: { most: MOST_RECORDS } }
  const records: Shapes[K][] = []
  for (const line of lines) {
    let raw = parsed(line)
    if (!raw) return broken
    for (let from = format; from < FORMAT; from++) raw = UPCASTS[from]!(raw, installation.id)
    const { data } = SHAPES[kind].safeParse(raw)
    if (!data) return broken
    records.push(data as Shapes[K])
  }
  return { records }
}

/**
 * What a change of a record is: two packages with the same content here say the same. Of a task what may still be changed of what is asked, not how far it is.
 * Keys in their order, so that the same text gives the same hash whoever wrote it.
 */
export function contentOf(kind: keyof Shapes, record: AnyRecord): string {
  const of = { ...record } as Raw
  for (const name of ['at', 'state', 'reached', 'base', 'act', 'answer', 'asking', 'extended', 'programme', 'directive', 'givenAt', 'workstream', 'issuer', 'shown']) if (kind === 'task' || name === 'at' || name === 'shown') delete of[name]
  return JSON.stringify(ordered(of))
}
const ordered = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(ordered) : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, ordered(one)])) : value

/** `sansang-key:<id of the installation>:<32 bytes, base64url>`: what people send each other, so that a key cannot be taken for another installation's. */
export const keyLine = (installationId: string, publicKey: string): string => `sansang-key:${installationId}:${publicKey}`
export function readKeyLine(line: string): { installationId: string; publicKey: string } | undefined {
  const found = /^sansang-key:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([\w-]{43})$/.exec(line.trim())
  return found ? { installationId: found[1]!, publicKey: found[2]! } : undefined
}
/** Eight groups of four, as they are read out over the telephone: 128 bits of the hash. */
export const grouped = (sha256: string): string => sha256.slice(0, 32).match(/.{4}/g)!.join(' ')
