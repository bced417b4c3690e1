// A package opened: the zip's list held against the manifest, the manifest against the signature, every part against its hash. All of it or nothing.
import { createHash } from 'node:crypto'
import { unzipped, zipEntries } from '../../../kernel/blobs/zip.ts'
import type { ZipEntry } from '../../../kernel/blobs/zip.ts'
import { Refusal } from '../../../kernel/order.ts'
import { PUBLIC_BYTES, SIGNATURE_BYTES, signedBy } from '../../../kernel/signing.ts'
import { MOST_BYTES, MOST_FILES, MOST_UNPACKED, PARTS } from '../contract/package.ts'
import type { Manifest, Shapes } from '../contract/package.ts'
import { contentOf, grouped, readManifest, readRecords } from '../decide/package.ts'
import { withinCeiling } from '../decide/grades.ts'
import type { Item, Said } from '../decide/judge.ts'

export const MANIFEST = 'manifest.json'
export const SIGNATURE = 'signature'
export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
export const fingerprintOf = (publicKey: Uint8Array): string => grouped(sha256(publicKey))

/** `publicKey`: by which it is signed, base64url; whether that key may be believed is asked by whoever opened it. */
export type Opened = { manifest: Manifest; hash: string; publicKey: string; fingerprint: string; part: (name: string) => Buffer }

const broken = () => new Refusal('PACKAGE_BROKEN')
const tampered = (part: string) => new Refusal('PACKAGE_TAMPERED', { part })

export function openPackage(whole: Buffer): Opened {
  if (whole.length > MOST_BYTES) throw new Refusal('PACKAGE_LARGE', { most: MOST_BYTES / 1048576 })
  const list = zipEntries(whole, whole.length)
  if (!list || list.length > MOST_FILES + 30 || list.reduce((sum, one) => sum + one.unpacked, 0) > MOST_UNPACKED) throw broken()
  const entries = new Map<string, ZipEntry>(list.map((one) => [one.name, one]))
  if (entries.size !== list.length) throw broken()
  const bytes = (name: string): Buffer => { const found = entries.get(name); const got = found && unzipped(whole, found); if (!got) throw broken(); return got }
  const [text, signature] = [bytes(MANIFEST), bytes(SIGNATURE)]
  if (signature.length !== PUBLIC_BYTES + SIGNATURE_BYTES) throw tampered(SIGNATURE)
  const publicKey = signature.subarray(0, PUBLIC_BYTES)
  if (!signedBy(publicKey, text, signature.subarray(PUBLIC_BYTES))) throw tampered(MANIFEST)
  const read = readManifest(text.toString('utf8'))
  if ('refused' in read) throw new Refusal(read.refused, read.data)
  const { manifest } = read
  const named = new Map(manifest.parts.map((part) => [part.name, part]))
  if (named.size !== manifest.parts.length) throw broken()
  for (const name of entries.keys()) if (name !== MANIFEST && name !== SIGNATURE && !named.has(name)) throw tampered(name)
  for (const { name, size, sha256: wanted } of manifest.parts) {
    if (!entries.has(name)) throw tampered(name)
    const found = unzipped(whole, entries.get(name)!)
    if (found?.length !== size || sha256(found) !== wanted) throw tampered(name)
  }
  return { manifest, hash: sha256(text), publicKey: publicKey.toString('base64url'), fingerprint: fingerprintOf(publicKey), part: bytes }
}

/** What makes two of them the same. */
const spoken = (kind: Said, record: Shapes['task']): unknown[] => (kind === 'asking' ? [record.asking!.until, record.asking!.at, record.asking!.text] : [record[kind]!.what, record[kind]!.at, record[kind]!.text])
/** Every record of it in the order in which they are taken in. */
export function itemsOf({ manifest, part }: Opened): Item[] {
  const has = new Set(manifest.parts.map(({ name }) => name))
  const of = <K extends keyof Shapes>(kind: K): Shapes[K][] => {
    if (!has.has(PARTS[kind])) return []
    const read = readRecords(kind, part(PARTS[kind]).toString('utf8'), manifest)
    if ('refused' in read) throw new Refusal(read.refused, read.data)
    return withinCeiling(read.records)
  }
  const items = (kind: keyof Shapes): Item[] => of(kind).map((record) => ({ kind, record, hash: sha256(contentOf(kind, record)) }) as Item)
  const tasks = items('task')
  const work = items('work').toSorted((a, b) => (a.record.at < b.record.at ? -1 : 1))
  const said = (kind: Said): Item[] => tasks.flatMap(({ record: of }) => { const record = of as Shapes['task']; return record[kind] ? [{ kind, record, hash: sha256(JSON.stringify(spoken(kind, record))) } as Item] : [] })
  // An extension is granted before the task brings its later date: what is later already cannot be granted.
  return [...items('directive'), ...said('extended'), ...tasks, ...items('request'), ...said('answer'), ...said('asking'), ...work, ...items('report'), ...items('plan'), ...said('act')]
}

export async function wholeOf(bytes: AsyncIterable<Buffer | Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts)
}
