// One transaction for a group of orders: lock, read what was seen, decide, journal in one insert, project, commit.
import { hash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { asSide, onClient } from './db.ts'
import type { Reader, SideWriter, Writer } from './db.ts'
import { uuidv7 } from './ids.ts'
import { GENESIS, lineHash, recorded } from './journal.ts'
import type { Fact, Line, Recorded } from './journal.ts'
import { Refusal } from './order.ts'
import type { PrivateText, Projectors, Staged, Waiting } from './order.ts'

type Outcome = { facts: Staged[]; answer: unknown; private: PrivateText[]; aside?: ((side: SideWriter) => Promise<void>) | undefined }

const TELL_YEARS = 10
const lockKey = (name: string): bigint => hash('sha256', name, 'buffer').readBigInt64BE(0)
const TREE = lockKey('tree-of-units')

const READ = {
  name: 'commit-read',
  text: `select (select coalesce(json_agg(json_build_array(stream, seq, encode(hash, 'hex'))), '[]') from journal_heads where stream = any($1)) as heads,
    (select coalesce(json_agg(json_build_array(order_id, actor_id, encode(body_hash, 'hex'), answer)), '[]') from journal_orders where order_id = any($2)) as seen,
    array(select nextval('journal_positions') from generate_series(1, $3)) as positions`,
}
const WRITE = {
  name: 'commit-write',
  text: `with lines as (
      insert into journal (stream, seq, position, subject, type, order_id, order_kind, origin, claimed_at, recorded_at, actor_id, on_behalf_of, told, told_how, via, cause, body, prev_hash, hash)
      select * from unnest($1::text[], $2::int[], $3::bigint[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::uuid[], $9::timestamptz[], $10::timestamptz[], $11::uuid[], $12::uuid[],
        $13::uuid[], $14::text[], $15::text[], $16::text[], $17::text[], $18::bytea[], $19::bytea[])),
    heads as (
      insert into journal_heads (stream, seq, hash) select * from unnest($20::text[], $21::int[], $22::bytea[])
      on conflict (stream) do update set seq = excluded.seq, hash = excluded.hash),
    orders as (
      insert into journal_orders (order_id, kind, actor_id, body_hash, answer, recorded_at) select * from unnest($23::uuid[], $24::text[], $25::uuid[], $26::bytea[], $27::text[], $28::timestamptz[]))
    select case when $29 then pg_notify('sansang_journal', '') end`,
}
const PRIVATE = {
  name: 'commit-private',
  text: `insert into private_texts (id, subject, purpose, retention, until, salt, text)
    select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::bytea[], $7::text[])`,
}

/**
 * Answers for each order, in order: a refusal, or its answer and how many facts it made. Throws when the transaction failed: nothing happened then.
 * `notify`: nobody in this process follows, so others are called. A NOTIFY takes a lock that commits queue for, so it is not sent for nothing.
 */
export async function transact(client: pg.PoolClient, group: Waiting[], projectors: Projectors, origin: string, notify: boolean): Promise<(Refusal | { answer: unknown; facts: number })[]> {
  // Locks first, and by no statement that takes a transaction number: so numbers rise along each stream, which followers rely on.
  const streams = [...new Set(group.flatMap((one) => one.order.streams))]
  const tree = group.some((g) => g.order.tree === 'exclusive') ? 'pg_advisory_xact_lock' : group.some((g) => g.order.tree) ? 'pg_advisory_xact_lock_shared' : undefined
  const keys = streams.map(lockKey).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const db = onClient(client)
  const read = db as unknown as Reader
  // All on one connection, sent without waiting (db.ts, pipeline): it answers in order, so what an order reads it reads behind the locks.
  const [, { rows: [state] }, , outcomes] = await Promise.all([
    client.query(`begin;set local enable_seqscan = off;${tree ? `select ${tree}(${TREE});` : ''}select count(pg_advisory_xact_lock(k)) from unnest('{${keys.join(',')}}'::bigint[]) k`),
    client.query<{ heads: [string, number, string][]; seen: [string, string, string, string][]; positions: number[] }>({ ...READ, values: [streams, group.map((g) => g.order.id), group.length] }),
    group[0]!.order.alone === true && client.query('set local enable_seqscan = on'),
    Promise.allSettled(group.map(async (one): Promise<Outcome> => {
      const decision = await one.decide(read)
      if ('refused' in decision) throw new Refusal(decision.refused, decision.data)
      return { facts: decision.facts, answer: decision.answer ?? {}, private: decision.private ?? [], aside: decision.aside }
    })),
  ])
  const seen = new Map(state!.seen.map(([id, actor, hash, answer]) => [id, { actor, hash, answer }]))
  const decided = group.map((one, i): PromiseSettledResult<Outcome | { replayed: unknown }> => {
    const before = seen.get(one.order.id)
    if (!before) return outcomes[i]!
    if (before.actor !== one.actor.id || before.hash !== one.bodyHash.toString('hex')) return { status: 'rejected', reason: new Refusal('ORDER_REUSED') }
    return { status: 'fulfilled', value: { replayed: JSON.parse(before.answer) as unknown } }
  })
  for (const d of decided) if (d.status === 'rejected' && !(d.reason instanceof Refusal)) throw d.reason

  const lines: Line[] = []
  const runs: Recorded[][][] = [] // runs[k]: the k-th run of one type of each order
  const done: { one: Waiting; outcome: Outcome }[] = []
  decided.forEach((d, i) => { if (d.status === 'fulfilled' && 'facts' in d.value) done.push({ one: group[i]!, outcome: d.value }) })
  const wanted = done.reduce((n, { outcome }) => n + outcome.facts.length, 0)
  const positions = state!.positions.map(Number)
  if (wanted > positions.length) {
    const more = await client.query<{ p: number }>(`select nextval('journal_positions') as p from generate_series(1, $1)`, [wanted - positions.length])
    positions.push(...more.rows.map((row) => Number(row.p)))
  }
  positions.sort((a, b) => a - b)
  const heads = new Map<string, { seq: number; hash: Buffer }>(state!.heads.map(([stream, seq, hash]) => [stream, { seq, hash: Buffer.from(hash, 'hex') }]))
  const moved = new Set<string>()
  const texts: PrivateText[] = []
  for (const { one, outcome } of done) {
    const told = one.order.told ? uuidv7(one.at) : null
    if (told) texts.push({ id: told, subject: one.subject, purpose: 'told by', retention: 'record', until: yearsAfter(one.at, TELL_YEARS), text: one.order.told!.by })
    texts.push(...outcome.private)
    let run = -1
    let type = ''
    for (const staged of outcome.facts) {
      const { on, about, fact } = 'fact' in staged && 'on' in staged ? (staged as { on: string; about: string; fact: Fact }) : { on: one.order.streams[0]!, about: one.subject, fact: staged as Fact }
      if (!one.order.streams.includes(on)) throw new Error(`a fact on ${on}, which the order does not name`)
      const head: { seq: number; hash: Buffer } = heads.get(on) ?? { seq: 0, hash: GENESIS }
      const line = {
        stream: on, seq: head.seq + 1, position: positions.shift()!, subject: about, type: fact.type, order_id: one.order.id, order_kind: one.order.kind, origin,
        claimed_at: one.order.claimedAt ?? null, recorded_at: one.at, actor_id: one.actor.id, on_behalf_of: one.actor.onBehalfOf ?? null,
        told, told_how: one.order.told?.how ?? null, via: one.actor.via ?? null, cause: one.order.cause ?? null, body: JSON.stringify(fact), prev_hash: head.hash,
      }
      const hash = lineHash(line)
      const whole: Line = { ...line, hash }
      heads.set(on, { seq: line.seq, hash })
      moved.add(on)
      lines.push(whole)
      if (fact.type !== type) { run++; type = fact.type }
      ;((runs[run] ??= []).find((r) => r[0]!.fact.type === fact.type) ?? addRun(runs[run]!)).push(recorded(whole))
    }
  }
  if (done.length > 0) {
    const col = <K extends keyof Line>(k: K) => lines.map((l) => l[k])
    const names = [...moved]
    const writing: Promise<unknown>[] = [client.query({ ...WRITE, values: [
      col('stream'), col('seq'), col('position'), col('subject'), col('type'), col('order_id'), col('order_kind'), col('origin'), col('claimed_at'), col('recorded_at'), col('actor_id'),
      col('on_behalf_of'), col('told'), col('told_how'), col('via'), col('cause'), col('body'), col('prev_hash'), col('hash'),
      names, names.map((s) => heads.get(s)!.seq), names.map((s) => heads.get(s)!.hash),
      done.map((d) => d.one.order.id), done.map((d) => d.one.order.kind), done.map((d) => d.one.actor.id), done.map((d) => d.one.bodyHash), done.map((d) => JSON.stringify(d.outcome.answer)), done.map((d) => d.one.at), notify,
    ] })]
    if (texts.length > 0) writing.push(client.query({ ...PRIVATE, values: [texts.map((t) => t.id), texts.map((t) => t.subject), texts.map((t) => t.purpose), texts.map((t) => t.retention), texts.map((t) => t.until), texts.map((t) => t.salt ?? randomBytes(16)), texts.map((t) => t.text)] }))
    writing.push((async () => { for (const wave of runs) for (const batch of wave) await project(db as unknown as Writer, batch, projectors) })())
    await Promise.all(writing)
    for (const { outcome } of done) await outcome.aside?.(asSide(db))
  }
  await client.query('commit')
  return decided.map((d) => {
    if (d.status === 'rejected') return d.reason as Refusal
    return 'replayed' in d.value ? { answer: d.value.replayed, facts: 0 } : { answer: d.value.answer, facts: d.value.facts.length }
  })
}

const addRun = (wave: Recorded[][]): Recorded[] => { const run: Recorded[] = []; wave.push(run); return run }
const yearsAfter = (at: Date, years: number): Date => new Date(Date.UTC(at.getUTCFullYear() + years, at.getUTCMonth(), at.getUTCDate()))

/** Facts of one type, at most one for each subject in a call, so that a projector can be one set-based statement. */
export async function project(write: Writer, batch: Recorded[], projectors: Projectors): Promise<void> {
  for (let rest = batch; rest.length > 0;) {
    const subjects = new Set<string>()
    const now: Recorded[] = []
    const later: Recorded[] = []
    for (const r of rest) (subjects.has(r.subject) ? later : (subjects.add(r.subject), now)).push(r)
    const wired = projectors[now[0]!.fact.type]
    if (!wired) throw new Error(`no projector is wired for ${now[0]!.fact.type}`)
    for (const one of wired) await one(write, now as Recorded<never>[])
    rest = later
  }
}
