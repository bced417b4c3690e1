// One line of the record, its hash, and reading lines back. Lines are written by commit.ts alone.
import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { rows } from './db.ts'
import type { KernelTables, Reader } from './db.ts'

export type Fact = { type: string }

/** A fact with where and when it was recorded. `at` is the moment of recording: projections use it and never the clock. */
export type Recorded<F extends Fact = Fact> = {
  fact: F; type: string; stream: string; seq: number; position: number; subject: string; at: Date; claimedAt: Date | null
  actorId: string; onBehalfOf: string | null; told: string | null; orderId: string
}

export type Line = Omit<KernelTables['journal'], 'xid'>

export const GENESIS = Buffer.alloc(32)

/** SHA-256 over everything in the line but the transaction number, the previous hash first. */
export function lineHash(l: Omit<Line, 'hash'>): Buffer {
  return hash('sha256', JSON.stringify([
    l.prev_hash.toString('hex'), l.stream, l.seq, l.position, l.subject, l.type, l.order_id, l.order_kind, l.origin,
    l.claimed_at?.toISOString() ?? null, l.recorded_at.toISOString(), l.actor_id, l.on_behalf_of, l.told, l.told_how, l.via, l.cause, l.body,
  ]), 'buffer')
}

/** The body is read when the fact is first asked for: who follows everything looks at the type and the stream of most lines. */
export const recorded = <F extends Fact = Fact>(l: Line): Recorded<F> => ({
  get fact() { const fact = JSON.parse(l.body) as F; Object.defineProperty(this, 'fact', { value: fact, enumerable: true }); return fact },
  type: l.type, stream: l.stream, seq: l.seq, position: l.position, subject: l.subject, at: l.recorded_at, claimedAt: l.claimed_at,
  actorId: l.actor_id, onBehalfOf: l.on_behalf_of, told: l.told, orderId: l.order_id,
})

/** All lines in the order of replay, in pages, so that memory stays flat. */
export async function* readJournal(read: Reader, after = 0, pageSize = 2000): AsyncGenerator<Line[]> {
  for (let from = after; ;) {
    const lines = await read.selectFrom('journal').selectAll().where('position', '>', from).orderBy('position').limit(pageSize).execute()
    if (lines.length === 0) return
    yield lines
    from = lines.at(-1)!.position
  }
}

export type Break = { stream: string; seq: number; position: number | null; why: 'hash' | 'chain' | 'gap' | 'head' | 'anchor' | 'order' }
export type Verified = { lines: number; streams: number; anchors: number; broken: Break[] }

/** Recomputes every hash of every chain, then holds the heads and the anchors against them. Names the first break of each stream. */
export async function verifyJournal(read: Reader, progress: (lines: number) => void = () => {}): Promise<Verified> {
  const heads = new Map<string, { seq: number; hash: string }>()
  const anchors = await read.selectFrom('journal_anchors').selectAll().orderBy('day_on').execute()
  const broken = new Map<string, Break>()
  const fail = (b: Break) => { if (!broken.has(b.stream)) broken.set(b.stream, b) }
  let lines = 0
  // By stream and number: a chain is read whole, whatever its positions say.
  for (let stream = '', seq = 0; ;) {
    const part = await read.selectFrom('journal').selectAll()
      .where(sql<boolean>`(stream, seq) > (${stream}, ${seq})`).orderBy('stream').orderBy('seq').limit(5000).execute()
    if (part.length === 0) break
    for (const line of part) {
      const before = heads.get(line.stream)
      const here = { stream: line.stream, seq: line.seq, position: line.position }
      if (line.seq !== (before?.seq ?? 0) + 1) fail({ ...here, why: 'gap' })
      else if (line.prev_hash.toString('hex') !== (before?.hash ?? GENESIS.toString('hex'))) fail({ ...here, why: 'chain' })
      else if (!lineHash(line).equals(line.hash)) fail({ ...here, why: 'hash' })
      heads.set(line.stream, { seq: line.seq, hash: line.hash.toString('hex') })
    }
    lines += part.length
    progress(lines)
    ;({ stream, seq } = part.at(-1)!)
  }
  for (const head of await read.selectFrom('journal_heads').selectAll().execute()) {
    const last = heads.get(head.stream)
    if (last?.seq !== head.seq || last.hash !== head.hash.toString('hex')) fail({ stream: head.stream, seq: head.seq, position: null, why: 'head' })
  }
  let before = ''
  for (const anchor of anchors) {
    if (!anchorHash(before, anchor.heads).equals(anchor.hash)) fail({ stream: `anchor ${anchor.day_on}`, seq: 0, position: anchor.position, why: 'anchor' })
    before = anchor.hash.toString('hex')
    const kept = JSON.parse(anchor.heads) as [string, number, string][]
    const found = await rows(read, sql<{ stream: string; seq: number; hash: string }>`
      select j.stream, j.seq, encode(j.hash, 'hex') as hash
      from unnest(${kept.map(([s]) => s)}::text[], ${kept.map(([, n]) => n)}::int[]) k(stream, seq) join journal j on j.stream = k.stream and j.seq = k.seq`)
    const byStream = new Map(found.map((row) => [row.stream, row.hash]))
    for (const [stream, seq, hash] of kept) if (byStream.get(stream) !== hash) fail({ stream, seq, position: anchor.position, why: 'anchor' })
  }
  return { lines, streams: heads.size, anchors: anchors.length, broken: [...broken.values()] }
}

export const anchorHash = (before: string, heads: string): Buffer => hash('sha256', `${before}\n${heads}`, 'buffer')
