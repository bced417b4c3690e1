// Reports of 40 numbers: submitted over HTTP by 8 clients with rights, journal, projection and followers on, and when the nation's figures show them; and
// the national roll-up of twelve months × 3,400 units × weekly. Beside them the same rows inserted raw, and the same figures by plain SQL over the raw rows.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { openClient } from './client.ts'
import { cpuOf, spentEach } from './cpu.ts'
import { openStage, percentile, round } from './stage.ts'
import type { Figure, Stage } from './stage.ts'

const SECONDS = Number(process.env.BENCH_SECONDS ?? 8)
const CLIENTS = 8
const NUMBERS = 40
const UNITS = 3400
const WEEKS = 52
const FORM = JSON.stringify({
  code: 'bench', name: { vi: 'Thử', en: 'Bench' }, sections: [{ title: { vi: 'Số', en: 'Numbers' }, fields: [
    ...Array.from({ length: NUMBERS }, (_, i) => ({ code: `n${i}`, label: { vi: `Số ${i}`, en: `Number ${i}` }, ...(i === NUMBERS - 1 ? { formula: 'n0 + n1' } : {}) })), { code: 'said', kind: 'text', label: { vi: 'Lời', en: 'Words' } }] }],
  checks: [{ that: 'n2 <= n3 + 1000', severity: 'error', say: { vi: 'Sai', en: 'Wrong' } }, { that: 'n4 >= before.n4', severity: 'warning', say: { vi: 'Giảm', en: 'Fewer' } }],
})
type Query = Awaited<ReturnType<typeof openClient>>

export async function run(say: (line: string) => void = console.log): Promise<Figure[]> {
  const stage = await openStage(Number(process.env.BENCH_SCALE ?? 0.06), say)
  const db = new pg.Client({ ...stage.connect, options: '-c search_path=sansang,public' })
  db.on('error', () => {})
  try {
    await db.connect()
    const { rows: [root] } = await db.query<{ id: string; wanted: number }>(`select id, (select count(*)::int from units where kind = 'commune') as wanted from units where parent_id is null`)
    const client = await openClient(stage.url, '0')
    const order = async <A>(path: string, body: object): Promise<A> => {
      const answer = await client.send('POST', `/api/v1${path}`, { orderId: uuidv7(), ...body })
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`)
      return JSON.parse(answer.body) as A
    }
    const { formId } = await order<{ formId: string }>('/report-forms', { unitId: root!.id, text: FORM })
    const asked = async (title: string) => (await order<{ collectionId: string }>('/report-collections', { unitId: root!.id, formId, title, schedule: { every: 'week', weekday: 5, hour: '16:00' }, owing: { kinds: ['commune'] } })).collectionId
    const figures: Figure[] = []

    const want = Number(process.env.BENCH_REPORTS ?? 1500) * (SECONDS + 2)
    const requests: string[] = []
    while (requests.length * root!.wanted < want) requests.push(await asked(`Bench ${requests.length}`))
    await stage.ask({ do: 'settle' })
    const { rows: due } = await db.query<{ id: string }>(`select id from reports where state = 'owed' order by md5(id::text)`)
    say(`${due.length} reports owed by ${root!.wanted} units in ${requests.length} requests`)
    const sent = await submit(stage, db, root!.id, due, say)
    const raw = await insertRaw(stage, db)
    say(`submitted ${round(sent.perSecond)}/s, p50 ${round(sent.p50)} ms, p99 ${round(sent.p99)} ms; raw ${round(raw)}/s; ${sent.count} reports, each there once, and the nation's figures are theirs`)
    figures.push({ name: `reports of ${NUMBERS} numbers submitted, ${CLIENTS} clients`, figure: round(sent.perSecond), unit: 'reports/s', baseline: round(raw), ratio: Math.round((sent.perSecond / raw) * 100) / 100, aim: '≥ 500/s', ok: sent.perSecond >= 500 })
    figures.push({ name: 'from sent to in the nation’s figures, p99', figure: round(sent.seen99), unit: 'ms', aim: '≤ 250 ms', ok: sent.seen99 <= 250 })
    say(`seen p50 ${round(sent.seen50)} ms, p99 ${round(sent.seen99)} ms`)

    figures.push(await rollUp(client, db, root!.id, await asked('A year'), say))
    client.close()
    return figures
  } finally { await db.end().catch(() => {}); await stage.close() }
}

const valuesOf = (n: number): object => ({ ...Object.fromEntries(Array.from({ length: NUMBERS - 1 }, (_, i) => [`n${i}`, (n * 7 + i * 13) % 1000])), said: 'Tình hình ổn định, lực lượng đầy đủ.' })

async function submit(stage: Stage, db: pg.Client, rootId: string, due: { id: string }[], say: (line: string) => void) {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, (_, n) => openClient(stage.url, String(n))))
  const looked: { at: number; reported: number }[] = []
  let looking = true
  const watch = (async () => {
    while (looking) {
      const { rows: [now] } = await db.query<{ n: number }>({ name: 'look', text: `select coalesce(sum(reported), 0)::int as n from report_totals where unit_id = $1`, values: [rootId] })
      looked.push({ at: performance.now(), reported: now!.n })
      await new Promise((go) => setTimeout(go, 8))
    }
  })()
  const cpu = await cpuOf(stage.pid, db)
  const sentAt: number[] = []
  const took: number[] = []
  const warm = performance.now() + 1500
  const until = warm + SECONDS * 1000
  let measured = 0
  await Promise.all(clients.map(async (client) => {
    for (let now = performance.now(); now < until; now = performance.now()) {
      const report = due.pop()
      if (!report) throw new Error('too few reports: raise BENCH_REPORTS')
      sentAt.push(now)
      const answer = await client.send('POST', `/api/v1/reports/${report.id}/submit`, { orderId: uuidv7(), reportId: report.id, expectedVersion: 1, values: valuesOf(sentAt.length) })
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`)
      if (now >= warm) { measured++; took.push(performance.now() - now) }
    }
    client.close()
  }))
  say(`CPU ms a report: ${spentEach(cpu, await cpuOf(stage.pid, db), sentAt.length)}`)
  await stage.ask({ do: 'settle' })
  await new Promise((go) => setTimeout(go, 60))
  looking = false
  await watch
  // Every report is there once, and the totals are what the reports say.
  const { rows: [there] } = await db.query<{ facts: number; first: number; total: number }>(`select (select count(*)::int from journal where type = 'report.submitted.v1') as facts, (select sum(numbers[1])::float8 from reports where state = 'submitted') as first,
    (select sum(sums[1])::float8 from report_totals where unit_id = $1) as total`, [rootId])
  if (there!.facts !== sentAt.length || there!.first !== there!.total) throw new Error(`sent ${sentAt.length}, in the journal ${there!.facts}; the reports say ${there!.first}, the totals ${there!.total}`)
  sentAt.sort((a, b) => a - b)
  const seen: number[] = []
  for (let n = 0, m = 0; n < sentAt.length; n++) {
    while (m < looked.length && looked[m]!.reported < n + 1) m++
    if (m === looked.length) { say(`${sentAt.length - n} never came into the figures`); break }
    if (sentAt[n]! >= warm) seen.push(looked[m]!.at - sentAt[n]!)
  }
  return { perSecond: measured / SECONDS, p50: percentile(took, 0.5), p99: percentile(took, 0.99), seen50: percentile(seen, 0.5), seen99: percentile(seen, 0.99), count: sentAt.length }
}

/** The rows of one submission: a line of the journal, the order, the words, the report, its version. No index but the primary keys, no check, no rights. */
async function insertRaw(stage: Stage, db: pg.Client): Promise<number> {
  await db.query(`drop schema if exists bench_raw cascade; create schema bench_raw;
    create table bench_raw.journal (like journal); alter table bench_raw.journal add primary key (position);
    create table bench_raw.journal_orders (like journal_orders); alter table bench_raw.journal_orders add primary key (order_id);
    create table bench_raw.texts (like private_texts); alter table bench_raw.texts add primary key (id);
    create table bench_raw.versions (like report_versions); alter table bench_raw.versions add primary key (report_id, n);
    create table bench_raw.reports (id uuid primary key, state text, numbers bigint[], rest jsonb, at timestamptz)`)
  const { rows: [line] } = await db.query<Record<string, unknown>>(`select * from journal where type = 'report.submitted.v1' order by position desc limit 1`)
  const numbers = `{${(JSON.parse(line!['body'] as string) as { numbers: number[] }).numbers.map((n) => n ?? 'null').join(',')}}`
  const text = `with j as (insert into bench_raw.journal (position, stream, seq, subject, type, order_id, order_kind, origin, recorded_at, actor_id, via, body, prev_hash, hash, xid) values ($1::bigint, $2, 1, $3, $4, $5, $6, $7, now(), $8, $9, $10, $11, $12, pg_current_xact_id())),
    o as (insert into bench_raw.journal_orders (order_id, kind, actor_id, body_hash, answer, recorded_at) values ($5, $6, $8, $12, $13, now())),
    t as (insert into bench_raw.texts (id, subject, purpose, retention, until, salt, text) values ($5, $3, 'words', 'report', now(), $12, 'Tình hình ổn định, lực lượng đầy đủ.')),
    v as (insert into bench_raw.versions (report_id, n, at, by, numbers, rest) values ($5, 1, now(), $8, $14::bigint[], '{}'))
    insert into bench_raw.reports values ($5, 'submitted', $14::bigint[], '{}', now())`
  const connections = await Promise.all(Array.from({ length: CLIENTS }, async () => { const c = new pg.Client(stage.connect); c.on('error', () => {}); await c.connect(); return c }))
  let position = 0
  let measured = 0
  const warm = performance.now() + 1000
  const until = warm + SECONDS * 1000
  await Promise.all(connections.map(async (c) => {
    for (let now = performance.now(); now < until; now = performance.now()) {
      await c.query({ name: 'raw', text, values: [++position, line!['stream'], line!['subject'], line!['type'], uuidv7(), line!['order_kind'], line!['origin'], line!['actor_id'], line!['via'], line!['body'], line!['hash'], randomBytes(32), '{"reportId":"…","state":"submitted","version":2}', numbers] })
      if (now >= warm) measured++
    }
    await c.end()
  }))
  await db.query('drop schema bench_raw cascade')
  return measured / SECONDS
}

/** A year of one request, put in as rows: what the follower would have folded is folded from them by SQL, and the answer over HTTP is held against the plain aggregate. */
async function rollUp(client: Query, db: pg.Client, rootId: string, collectionId: string, say: (line: string) => void): Promise<Figure> {
  await db.query(`drop table if exists public.bench_year; create table public.bench_year (on_day date, unit_n int, numbers bigint[]);
    insert into public.bench_year select date '2025-01-03' + 7 * w, u, array(select ((w * 31 + u * 7 + i * 13) % 1000) * 1000 from generate_series(1, ${NUMBERS}) i) from generate_series(0, ${WEEKS - 1}) w, generate_series(1, ${UNITS}) u`)
  await db.query(`create index on public.bench_year (on_day); analyze public.bench_year`)
  await db.query(`insert into report_periods (collection_id, on_day, opens_at, due_at) select $1::uuid, d, d - 7, d from (select distinct on_day as d from public.bench_year) x`, [collectionId])
  await db.query(`insert into report_totals (collection_id, unit_id, level, on_day, owes, reported, late, signed, returned, excused, sums, counts, version)
    select $1::uuid, $2::uuid, 'commune', on_day, ${UNITS}, ${UNITS}, 0, 0, 0, 0, array_agg(s order by i), array_agg(n order by i), 1 from (select on_day, x.i, sum(x.v) as s, count(x.v)::int as n from public.bench_year, unnest(numbers) with ordinality x(v, i) group by 1, 2) y group by 1, 2, on_day`, [collectionId, rootId])
  const path = `/api/v1/report-collections/${collectionId}/units/${rootId}/periods?from=2025-01-01&until=2025-12-31`
  const took: number[] = []
  let whole: number[] = []
  for (let n = 0; n < 45; n++) {
    const from = performance.now()
    const answer = await client.send('GET', path)
    if (n >= 5) took.push(performance.now() - from)
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`)
    whole = (JSON.parse(answer.body) as { whole: number[] }).whole
  }
  const plain: number[] = []
  let sums: number[] = []
  for (let n = 0; n < 3; n++) {
    const from = performance.now()
    const { rows } = await db.query<{ s: number }>(`select sum(x.v)::float8 / 1000 as s from public.bench_year, unnest(numbers) with ordinality x(v, i) where on_day between '2025-01-01' and '2025-12-31' group by x.i order by x.i`)
    plain.push(performance.now() - from)
    sums = rows.map((row) => row.s)
  }
  await db.query('drop table public.bench_year')
  if (JSON.stringify(whole) !== JSON.stringify(sums)) throw new Error(`the roll-up says ${whole.slice(0, 3).join()}…, the raw rows ${sums.slice(0, 3).join()}…`)
  const [p50, p99, base] = [percentile(took, 0.5), percentile(took, 0.99), percentile(plain, 0.5)]
  say(`national roll-up over ${WEEKS} weeks × ${UNITS} units: p50 ${round(p50)} ms, p99 ${round(p99)} ms; plain SQL ${round(base)} ms`)
  return { name: `national roll-up of ${NUMBERS} numbers, a year, ${UNITS} units, weekly`, figure: round(p50), unit: 'ms', baseline: round(base), ratio: Math.round((p50 / base) * 10_000) / 10_000, aim: '≤ 50 ms', ok: p50 <= 50 }
}

if (import.meta.main) console.log(await run())
