// Task reports over HTTP, with rights, journal, projection and followers on; beside them the same rows inserted raw and durable into the same
// PostgreSQL by as many connections, one transaction a report.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { openClient } from './client.ts'
import { cpuOf, spentEach } from './cpu.ts'
import { openStage, round } from './stage.ts'
import type { Figure, Stage } from './stage.ts'

const SECONDS = Number(process.env.BENCH_SECONDS ?? 8)
const AIMS = { 8: { perSecond: 1000, share: 0.25 }, 64: { perSecond: 3000, share: 0.5 } } as const
type Clients = keyof typeof AIMS

export async function run(say: (line: string) => void = console.log): Promise<Figure[]> {
  const scale = Number(process.env.BENCH_SCALE ?? 0.06)
  const stage = await openStage(scale, say)
  try {
    await stage.ask({ do: 'cascade', code: 'one' })
    const db = new pg.Client({ ...stage.connect, options: '-c search_path=sansang,public' })
    db.on('error', () => {})
    await db.connect()
    const { rows: spread } = await db.query<{ id: string }>(`select id from tasks where event_id is not null and target_kind is null and state = 'assigned' and parts is null order by md5(id::text)`)
    const one = await assignToOneUnit(stage, db, Number(process.env.BENCH_ONE ?? 40_000), say)
    const figures: Figure[] = []
    const raw = new Map<Clients, number>()
    for (const clients of [8, 64] as const) {
      await stage.ask({ do: 'settle' })
      const done = await report(stage, db, spread.splice(0), clients)
      spread.push(...done.left)
      raw.set(clients, await insertRaw(stage, db, clients))
      const ratio = done.perSecond / raw.get(clients)!
      const aim = AIMS[clients]
      say(`spread, ${clients} clients: ${round(done.perSecond)}/s, p50 ${round(done.p50)} ms, p99 ${round(done.p99)} ms; raw ${round(raw.get(clients)!)}/s; ${done.count} reports, each there once; CPU ms a report: ${done.cpu}`)
      figures.push({ name: `spread over streams, ${clients} clients`, figure: round(done.perSecond), unit: 'reports/s', baseline: round(raw.get(clients)!), ratio: Math.round(ratio * 100) / 100, aim: `≥ ${aim.perSecond}/s and ≥ ${aim.share} of raw`, ok: done.perSecond >= aim.perSecond && ratio >= aim.share })
    }
    for (const clients of [8, 64] as const) {
      await stage.ask({ do: 'settle' })
      const done = await report(stage, db, one.splice(0), clients)
      one.push(...done.left)
      say(`one stream, ${clients} clients: ${round(done.perSecond)}/s, p50 ${round(done.p50)} ms, p99 ${round(done.p99)} ms; ${done.count} reports, each there once; CPU ms a report: ${done.cpu}`)
      figures.push({ name: `all on one stream, ${clients} clients`, figure: round(done.perSecond), unit: 'reports/s', baseline: round(raw.get(clients)!), ratio: Math.round((done.perSecond / raw.get(clients)!) * 100) / 100, aim: `≥ ${AIMS[clients].perSecond}/s`, ok: done.perSecond >= AIMS[clients].perSecond })
    }
    await db.end()
    return figures
  } finally { await stage.close() }
}

/** Tasks without an event, at one unit: everything that happens to them is on that unit's stream. */
async function assignToOneUnit(stage: Stage, db: pg.Client, count: number, say: (line: string) => void): Promise<{ id: string }[]> {
  const { rows: [unit] } = await db.query<{ id: string; root: string }>(`select u.id, r.id as root from units u, units r where r.parent_id is null and u.kind = 'province' limit 1`)
  say(`${count} tasks to one unit …`)
  const clients = await Promise.all(Array.from({ length: 64 }, (_, n) => openClient(stage.url, String(n))))
  const ids: { id: string }[] = []
  let left = count
  await Promise.all(clients.map(async (client) => {
    while (left-- > 0) {
      const answer = await client.send('POST', '/api/v1/tasks', { orderId: uuidv7(), issuerUnitId: unit!.root, unitId: unit!.id, title: 'Kiểm tra', workstream: 'w1', evidenceKind: 'paper' })
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`)
      ids.push({ id: (JSON.parse(answer.body) as { taskId: string }).taskId })
    }
    client.close()
  }))
  return ids
}

async function report(stage: Stage, db: pg.Client, tasks: { id: string }[], count: Clients): Promise<{ perSecond: number; p50: number; p99: number; count: number; left: { id: string }[]; cpu: string }> {
  const { rows: [before] } = await db.query<{ n: number }>(`select count(*)::int as n from journal where type = 'task.reported.v1'`)
  const clients = await Promise.all(Array.from({ length: count }, (_, n) => openClient(stage.url, String(n))))
  const cpu = await cpuOf(stage.pid, db)
  const orders = new Set<string>()
  const took: number[] = []
  const warm = performance.now() + 1500
  const until = warm + SECONDS * 1000
  let measured = 0
  await Promise.all(clients.map(async (client) => {
    for (let now = performance.now(); now < until; now = performance.now()) {
      const task = tasks.pop()
      if (!task) throw new Error('too few tasks: raise BENCH_SCALE')
      const orderId = uuidv7()
      const answer = await client.send('POST', `/api/v1/tasks/${task.id}/report`, { orderId, evidence: { label: 'Biên bản kiểm tra' } })
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`)
      orders.add(orderId)
      if (now >= warm) { measured++; took.push(performance.now() - now) }
    }
    client.close()
  }))
  const spent = spentEach(cpu, await cpuOf(stage.pid, db), orders.size)
  // Nothing lost, nothing double: each order has exactly one line, and nothing else was written.
  const { rows: [after] } = await db.query<{ n: number; mine: number; reports: number }>(`select (select count(*)::int from journal where type = 'task.reported.v1') as n,
    (select count(distinct order_id)::int from journal where type = 'task.reported.v1' and order_id = any($1::uuid[])) as mine, (select count(*)::int from task_reports) as reports`, [[...orders]])
  if (after!.mine !== orders.size || after!.n - before!.n !== orders.size || after!.reports !== after!.n) throw new Error(`acknowledged ${orders.size}, in the journal ${after!.mine}, new lines ${after!.n - before!.n}, reports ${after!.reports}`)
  took.sort((a, b) => a - b)
  return { perSecond: measured / SECONDS, p50: took[Math.floor(took.length / 2)]!, p99: took[Math.floor(took.length * 0.99)]!, count: orders.size, left: tasks, cpu: spent }
}

/** The rows of one report: a line of the journal, the order, the head of the stream, the report, the change of the counts, the task. No index but the primary keys, no check, no rights. */
async function insertRaw(stage: Stage, db: pg.Client, count: Clients): Promise<number> {
  await db.query(`drop schema if exists bench_raw cascade; create schema bench_raw;
    create table bench_raw.journal (like journal); alter table bench_raw.journal add primary key (position);
    create table bench_raw.journal_orders (like journal_orders); alter table bench_raw.journal_orders add primary key (order_id);
    create table bench_raw.task_reports (like task_reports); alter table bench_raw.task_reports add primary key (id);
    create table bench_raw.task_deltas (like task_deltas); create table bench_raw.tasks (id uuid primary key, state text, evidence_label text, changed_at timestamptz)`)
  const { rows: [line] } = await db.query<Record<string, unknown>>(`select * from journal where type = 'task.reported.v1' order by position desc limit 1`)
  const text = `with j as (insert into bench_raw.journal (position, stream, seq, subject, type, order_id, order_kind, origin, recorded_at, actor_id, via, body, prev_hash, hash, xid)
      values ($1::bigint, $2, 1, $3, $4, $5, $6, $7, now(), $8, $9, $10, $11, $12, pg_current_xact_id())),
    o as (insert into bench_raw.journal_orders (order_id, kind, actor_id, body_hash, answer, recorded_at) values ($5, $6, $8, $12, $13, now())),
    r as (insert into bench_raw.task_reports (id, task_id, done, files, reported_at, reported_by) values ($5, $5, true, '{}', now(), $8)),
    d as (insert into bench_raw.task_deltas (position, unit_id, programme_id, level, workstream, zone, was_state, was_due_at, state, due_at) values ($1::bigint, $8, $8, 'commune', 'w1', 'Asia/Ho_Chi_Minh', 'assigned', now(), 'reported', now()))
    insert into bench_raw.tasks values ($5, 'reported', 'Biên bản', now())`
  const connections = await Promise.all(Array.from({ length: count }, async () => { const c = new pg.Client(stage.connect); c.on('error', () => {}); await c.connect(); return c }))
  let position = 0
  let measured = 0
  const warm = performance.now() + 1000
  const until = warm + SECONDS * 1000
  await Promise.all(connections.map(async (c) => {
    for (let now = performance.now(); now < until; now = performance.now()) {
      await c.query({ name: 'raw', text, values: [++position, line!['stream'], line!['subject'], line!['type'], uuidv7(), line!['order_kind'], line!['origin'], line!['actor_id'], line!['via'], line!['body'], line!['hash'], randomBytes(32), '{"taskId":"…","state":"reported","version":1}'] })
      if (now >= warm) measured++
    }
    await c.end()
  }))
  await db.query('drop schema bench_raw cascade')
  return measured / SECONDS
}

if (import.meta.main) console.log(await run())
