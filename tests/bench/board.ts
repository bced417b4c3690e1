// The nation's board over 53,000 events and 1,000,000 tasks while a hundred reports a second arrive; then a commune's report on a subscribed national
// screen, with a cascade of another 53,000 events beside. Baseline: the plain SQL that counts the tasks.
import pg from 'pg'
import { openClient } from './client.ts'
import { latencies, sendReports } from './sending.ts'
import { openScreen, reportedIn } from './screen.ts'
import { openStage, percentile, round } from './stage.ts'
import type { CascadeAnswer, Figure } from './stage.ts'

const RATE = 100
const SECONDS = 20

export async function run(say: (line: string) => void = console.log): Promise<Figure[]> {
  const stage = await openStage(Number(process.env.BENCH_SCALE ?? 1), say)
  try {
    say('cascading …')
    const done = await stage.ask<CascadeAnswer>({ do: 'cascade', code: 'one', chunkMs: 400 })
    const db = new pg.Client({ ...stage.connect, options: '-c search_path=sansang,public' })
    db.on('error', () => {}) // the database ends with the stage
    await db.connect()
    await db.query('analyze')
    const { rows: [root] } = await db.query<{ id: string }>('select id from units where parent_id is null')
    const { rows: tasks } = await db.query<{ id: string }>(`select id from tasks where target_kind is null order by md5(id::text) limit ${RATE * SECONDS * 2}`)
    const ids = tasks.map((t) => t.id)
    say(`${done.tasks} tasks in ${done.events} events`)

    const reading = sendReports(stage.url, ids.splice(0, RATE * SECONDS), RATE)
    const client = await openClient(stage.url, '99')
    const get = async (path: string, n: number): Promise<number[]> => {
      const took: number[] = []
      for (let i = 0; i < n + 20; i++) {
        const began = performance.now()
        const answer = await client.send('GET', `/api/v1${path}`)
        if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`)
        if (i >= 20) took.push(performance.now() - began)
        await new Promise((go) => setTimeout(go, 10))
      }
      return took
    }
    const board = await get(`/board?unitId=${root!.id}`, 400)
    const months = await get(`/board/months?unitId=${root!.id}&until=2027-05-31`, 400)
    await reading
    await stage.ask({ do: 'settle' })
    const count = await plain(db, `select p.id, t.state, count(*) from tasks t join units u on u.id = t.unit_id join units p on p.parent_id = $1 and u.path >= p.path and u.path < left(p.path, -1) || '/' group by 1, 2`, root!.id)
    const byMonth = await plain(db, `select p.id, date_trunc('month', t.due_at), t.state, count(*) from tasks t join units u on u.id = t.unit_id join units p on p.parent_id = $1 and u.path >= p.path and u.path < left(p.path, -1) || '/' group by 1, 2, 3`, root!.id)

    const { rows: [was] } = await db.query<{ reported: number }>(`select sum(reported)::int as reported from task_totals where unit_id = $1`, [root!.id])
    const messages: { at: number; reported: number }[] = []
    const screen = await openScreen(stage.url, '98', `board:${root!.id}`, (at, data) => {
      const reported = reportedIn(data, root!.id)
      if (reported !== undefined) messages.push({ at, reported })
    })
    const beside = stage.ask<CascadeAnswer>({ do: 'cascade', code: 'two' }).then((two) => say(`the cascade beside: ${two.tasks} tasks in ${round(two.settledMs / 1000)} s`), () => {})
    const sent = await sendReports(stage.url, ids.splice(0, RATE * SECONDS), RATE)
    await new Promise((go) => setTimeout(go, 1500))
    screen.close()
    const late = latencies(sent, was!.reported, messages)
    const perSecond = messages.length / (SECONDS + 1.5)
    say(`report on the screen: p50 ${round(percentile(late, 0.5))} ms, p99 ${round(percentile(late, 0.99))} ms, ${round(perSecond)} messages/s; answered p99 ${round(percentile(sent.map((s) => s.answered - s.at), 0.99))} ms`)
    await Promise.race([beside, new Promise((go) => setTimeout(go, 120_000))])
    client.close()
    await db.end()
    const figure = (name: string, ms: number, baseline: number, aim: number): Figure =>
      ({ name, figure: round(ms), unit: 'ms p99', baseline: round(baseline), ratio: Math.round((ms / baseline) * 1000) / 1000, aim: `≤ ${aim} ms`, ok: ms <= aim })
    return [
      figure(`national board, ${RATE} reports/s`, percentile(board, 0.99), count, 20), figure('completeness by month, 12 months, all provinces', percentile(months, 0.99), byMonth, 25),
      figure('a report on a subscribed national screen, a cascade beside', percentile(late, 0.99), count, 250),
    ]
  } finally { await stage.close() }
}

async function plain(db: pg.Client, sql: string, root: string): Promise<number> {
  await db.query(sql, [root])
  const began = performance.now()
  await db.query(sql, [root])
  return performance.now() - began
}

if (import.meta.main) console.log(await run())
