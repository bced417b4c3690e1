// The one road, on a real database with a capability of two rows: a counter and its notes.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import pg from 'pg'
import { sql } from 'kysely'
import { OPERATOR, SYSTEM } from '../src/kernel/access.ts'
import { batched, openCommitter } from '../src/kernel/commit.ts'
import type { Decision, Order, Projectors, Recorded } from '../src/kernel/commit.ts'
import { asReader, rows } from '../src/kernel/db.ts'
import type { Reader } from '../src/kernel/db.ts'
import { step } from '../src/kernel/follow.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { verifyJournal } from '../src/kernel/journal.ts'
import { freshDb } from '../src/kernel/testing.ts'
import type { TestDb } from '../src/kernel/testing.ts'

type Added = { type: 'counter.added.v1'; counter: string; by: number }

const projectors: Projectors = {
  'counter.added.v1': [async (write, facts: Recorded<Added>[]) => {
    await sql`insert into counters (name, value, facts) select * from unnest(${facts.map((f) => f.fact.counter)}::text[], ${facts.map((f) => f.fact.by)}::int[], ${facts.map(() => 1)}::int[])
      on conflict (name) do update set value = counters.value + excluded.value, facts = counters.facts + 1`.execute(write)
  }],
  'counter.broke.v1': [async (write) => { await sql`select 1 / 0`.execute(write) }],
}

describe('commit', () => {
  let t: TestDb
  const at = new Date('2026-07-04T12:00:00.123Z')
  const order = (more: Partial<Order> = {}): Order => ({ id: uuidv7(), kind: 'counter.add.v1', streams: ['counter:a'], body: { by: 1 }, ...more })
  const add = (counter: string, by = 1) => async (): Promise<Decision<Added>> => ({ facts: [{ type: 'counter.added.v1', counter, by }], answer: { by } })
  const value = async (name: string) => (await rows(asReader(t.db), sql<{ value: number }>`select value from counters where name = ${name}`))[0]?.value
  const lines = async (id: string) => (await t.db.selectFrom('journal').selectAll().where('order_id', '=', id).execute()).length

  before(async () => {
    t = await freshDb([{ name: 'kernel', folder: 'src/kernel/schema' }], projectors)
    await sql`create table counters (name text primary key, value int not null, facts int not null)`.execute(t.db)
  })

  test('the same order sent twice happens once and gives the same answer', async () => {
    const o = order()
    const first = await t.committer.commit(o, OPERATOR, at, add('once', 5))
    assert.deepEqual(await t.committer.commit(o, OPERATOR, at, add('once', 5)), first)
    assert.equal(await value('once'), 5)
    assert.equal(await lines(o.id), 1)
  })
  test('the same order sent twice at the same moment happens once', async () => {
    const o = order()
    await Promise.all([1, 2, 3].map(() => t.committer.commit(o, OPERATOR, at, add('burst'))))
    assert.equal(await value('burst'), 1)
  })
  test('an id used for another body or by another actor is refused, and leaves nothing', async () => {
    const o = order()
    await t.committer.commit(o, OPERATOR, at, add('reuse'))
    await assert.rejects(t.committer.commit({ ...o, body: { by: 2 } }, OPERATOR, at, add('reuse')), { code: 'ORDER_REUSED' })
    await assert.rejects(t.committer.commit(o, SYSTEM, at, add('reuse')), { code: 'ORDER_REUSED' })
    await assert.rejects(t.committer.commit({ ...o, streams: ['counter:elsewhere'], body: { by: 3 } }, OPERATOR, at, add('reuse')), { code: 'ORDER_REUSED' })
    assert.equal(await value('reuse'), 1)
  })
  test('a refused order is not journaled, may be sent again, and never fails those that share its transaction', async () => {
    const bad = order()
    const all = await Promise.allSettled([
      ...Array.from({ length: 5 }, (_, i) => t.committer.commit(order({ subject: `row:${i}` }), OPERATOR, at, add('shared'))),
      t.committer.commit({ ...bad, subject: 'row:bad' }, OPERATOR, at, async () => ({ refused: 'NO', data: { why: 'not yet' } })),
    ])
    assert.deepEqual(all.map((r) => r.status), ['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
    assert.equal(await value('shared'), 5)
    assert.equal(await lines(bad.id), 0)
    await t.committer.commit({ ...bad, subject: 'row:bad' }, OPERATOR, at, add('shared'))
    assert.equal(await value('shared'), 6)
  })
  test('an order that breaks the transaction fails alone', async () => {
    const all = await Promise.allSettled([
      t.committer.commit(order({ subject: 'row:1' }), OPERATOR, at, add('broken')),
      t.committer.commit(order({ subject: 'row:2' }), OPERATOR, at, async () => ({ facts: [{ type: 'counter.broke.v1' }] })),
      t.committer.commit(order({ subject: 'row:3' }), OPERATOR, at, add('broken')),
    ])
    assert.deepEqual(all.map((r) => r.status), ['fulfilled', 'rejected', 'fulfilled'])
    assert.equal(await value('broken'), 2)
  })
  test('64 writers on one stream: every one counted, the chain without a gap', async () => {
    await Promise.all(Array.from({ length: 64 }, (_, i) => t.committer.commit(order({ streams: ['counter:hot'], ...(i % 2 ? { subject: `row:${i}` } : {}) }), OPERATOR, at, add('hot'))))
    assert.equal(await value('hot'), 64)
    const seqs = await t.db.selectFrom('journal').select('seq').where('stream', '=', 'counter:hot').orderBy('seq').execute()
    assert.deepEqual(seqs.map((l) => l.seq), Array.from({ length: 64 }, (_, i) => i + 1))
  })
  test('two processes on one stream queue behind the database, and read what the other wrote', async () => {
    const other = openCommitter(t.pool, projectors, uuidv7())
    const next = async (read: Reader): Promise<Decision<Added, never, number>> => ({ facts: [{ type: 'counter.added.v1', counter: 'race', by: 1 }], answer: (await rows(read, sql<{ value: number }>`select value from counters where name = 'race'`))[0]?.value ?? 0 })
    const seen = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? other : t.committer).commit<number>(order({ streams: ['counter:race'] }), OPERATOR, at, next)))
    assert.deepEqual(seen.sort((a, b) => a - b), Array.from({ length: 20 }, (_, i) => i))
    await other.close()
  })
  test('an order on several streams writes to each that it names, and to no other', async () => {
    const two = order({ streams: ['counter:x', 'counter:y'] })
    await t.committer.commit(two, OPERATOR, at, async () => ({ facts: ['counter:x', 'counter:y'].map((on) => ({ on, about: on, fact: { type: 'counter.added.v1', counter: on, by: 1 } })) }))
    assert.equal(await lines(two.id), 2)
    const three = order({ streams: ['counter:x'] })
    await assert.rejects(t.committer.commit(three, OPERATOR, at, async () => ({ facts: [{ on: 'counter:z', about: 'counter:z', fact: { type: 'counter.added.v1' } }] })))
    assert.equal(await lines(three.id), 0)
  })
  test('orders that share a transaction load their rows by one query', async () => {
    let queries = 0
    const load = batched<string, string>(async (_, asks) => { queries++; return asks.map((a) => a.toUpperCase()) })
    // The first is under way while the others wait for each other.
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => t.committer.commit(order({ subject: `row:${i}` }), OPERATOR, at, async (read) => ({ facts: [], answer: await load(read, `r${i}`) }))))
    assert.deepEqual(all, Array.from({ length: 10 }, (_, i) => `R${i}`))
    assert.ok(queries < 10, `${queries} queries`)
  })
  test('the journal refuses update, delete and truncate', async () => {
    await assert.rejects(sql`update journal set body = '{}'`.execute(t.db), /append-only/)
    await assert.rejects(sql`delete from journal`.execute(t.db), /append-only/)
    await assert.rejects(sql`truncate journal`.execute(t.db), /append-only/)
  })
  test('a changed byte is named by stream and line; put back, the chain is whole', async () => {
    assert.deepEqual((await verifyJournal(asReader(t.db))).broken, [])
    await sql`alter table journal disable trigger user`.execute(t.db)
    await sql`update journal set body = replace(body, '"by":1', '"by":7') where stream = 'counter:hot' and seq = 31`.execute(t.db)
    const [broken] = (await verifyJournal(asReader(t.db))).broken
    assert.deepEqual({ stream: broken!.stream, seq: broken!.seq, why: broken!.why }, { stream: 'counter:hot', seq: 31, why: 'hash' })
    await sql`update journal set body = replace(body, '"by":7', '"by":1') where stream = 'counter:hot' and seq = 31`.execute(t.db)
    await sql`alter table journal enable trigger user`.execute(t.db)
    assert.deepEqual((await verifyJournal(asReader(t.db))).broken, [])
  })
  test('a follower skips no fact when parallel transactions commit out of order', async () => {
    const seen: number[] = []
    const follower = { name: 'watcher', types: '*' as const, handle: async (batch: Recorded[]) => { seen.push(...batch.map((r) => r.position)) } }
    while ((await step(t.pool, follower, at)).passed > 0);
    const before = seen.length
    // A slow writer takes its position first and commits last.
    const slow = await t.pool.connect()
    await slow.query('begin')
    await slow.query(`insert into journal_heads values ('slow', 1, '\\x00')`)
    const { rows: [taken] } = await slow.query<{ p: number }>(`select nextval('journal_positions') as p`)
    await t.committer.commit(order({ streams: ['counter:fast'] }), OPERATOR, at, add('fast'))
    await step(t.pool, follower, at)
    assert.equal(seen.length, before, 'nothing above a running transaction is read')
    await slow.query(`insert into journal (stream, seq, position, subject, type, order_id, order_kind, origin, recorded_at, actor_id, body, prev_hash, hash)
      values ('slow', 1, $1, 'slow', 'counter.added.v1', $2, 'x', $2, now(), $2, '{"type":"counter.added.v1"}', '\\x00', '\\x00')`, [taken!.p, uuidv7()])
    await slow.query('commit')
    slow.release()
    await step(t.pool, follower, at)
    assert.equal(seen.length, before + 2, 'both are read once the slow one is done')
  })
  test('a transaction that is open in another database of the same server holds no follower back', async () => {
    const other = new pg.Client({ ...t.connect, database: 'postgres' })
    await other.connect()
    await other.query('begin')
    await other.query('select pg_current_xact_id()')
    const seen: number[] = []
    const follower = { name: 'neighbour', types: '*' as const, handle: async (batch: Recorded[]) => { seen.push(...batch.map((r) => r.position)) } }
    await t.committer.commit(order({ streams: ['counter:beside'] }), OPERATOR, at, add('beside'))
    while ((await step(t.pool, follower, at)).passed > 0);
    const last = await t.db.selectFrom('journal').select('position').orderBy('position', 'desc').limit(1).executeTakeFirstOrThrow()
    assert.equal(seen.at(-1), last.position)
    await other.query('rollback')
    await other.end()
  })
})
