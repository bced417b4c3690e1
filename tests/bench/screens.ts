// 2,000 live screens on the nation's board, twenty changes a second: when each screen has each change, and what a screen costs the server.
// Baseline: the same changes to one screen.
import pg from 'pg'
import { latencies, sendReports } from './sending.ts'
import { openScreen, reportedIn } from './screen.ts'
import type { Screen } from './screen.ts'
import { openStage, percentile, round } from './stage.ts'
import type { Figure } from './stage.ts'
import { PEOPLE } from './scene.ts'

const SCREENS = Number(process.env.BENCH_SCREENS ?? 2000)
const RATE = 20
const SECONDS = 15

export async function run(say: (line: string) => void = console.log): Promise<Figure[]> {
  const stage = await openStage(Number(process.env.BENCH_SCALE ?? 0.06), say)
  try {
    await stage.ask({ do: 'cascade', code: 'one', chunkMs: 400 })
    const db = new pg.Client({ ...stage.connect, options: '-c search_path=sansang,public' })
    db.on('error', () => {})
    await db.connect()
    const { rows: [root] } = await db.query<{ id: string }>('select id from units where parent_id is null')
    const { rows: tasks } = await db.query<{ id: string }>(`select id from tasks where target_kind is null order by md5(id::text) limit ${RATE * SECONDS * 2}`)
    const ids = tasks.map((t) => t.id)
    const topic = `board:${root!.id}`
    const reported = async () => (await db.query<{ n: number }>(`select sum(reported)::int as n from task_totals where unit_id = $1`, [root!.id])).rows[0]!.n

    /** All screens get the same messages: each is read once, and every screen keeps only the time at which it came. */
    const measure = async (n: number): Promise<number[]> => {
      const before = await reported()
      const texts = new Map<string, number | undefined>()
      const arrived: [number, string][][] = Array.from({ length: n }, () => [])
      const screens: Screen[] = []
      for (let i = 0; i < n; i += 50) screens.push(...await Promise.all(Array.from({ length: Math.min(50, n - i) }, (_, k) => openScreen(stage.url, String((i + k) % PEOPLE.length), topic, (at, data) => arrived[i + k]!.push([at, data])))))
      if (n > 1) memory.after = (await stage.ask<{ rss: number }>({ do: 'memory' })).rss
      const sent = await sendReports(stage.url, ids.splice(0, RATE * SECONDS), RATE, 4)
      await new Promise((go) => setTimeout(go, 1500))
      for (const screen of screens) screen.close()
      return arrived.flatMap((messages) => latencies(sent, before, messages.flatMap(([at, data]) => {
        if (!texts.has(data)) texts.set(data, reportedIn(data, root!.id))
        const count = texts.get(data)
        return count === undefined ? [] : [{ at, reported: count }]
      })))
    }
    const memory = { before: 0, after: 0 }
    await stage.ask({ do: 'settle' })
    const one = await measure(1)
    memory.before = (await stage.ask<{ rss: number }>({ do: 'memory' })).rss
    say(`${SCREENS} screens …`)
    const all = await measure(SCREENS)
    const each = Math.max(0, memory.after - memory.before) / SCREENS / 1024
    say(`p50 ${round(percentile(all, 0.5))} ms, p99 ${round(percentile(all, 0.99))} ms over ${all.length} arrivals; one screen: p99 ${round(percentile(one, 0.99))} ms`)
    await db.end()
    const late = percentile(all, 0.99)
    return [
      { name: `a change on each of ${SCREENS} screens, ${RATE} changes/s`, figure: round(late), unit: 'ms p99', baseline: round(percentile(one, 0.99)), ratio: Math.round((late / percentile(one, 0.99)) * 100) / 100, aim: '≤ 500 ms', ok: late <= 500 },
      { name: 'memory of a screen in the server', figure: round(each), unit: 'KiB', aim: '≤ 50 KiB', ok: each <= 50 },
    ]
  } finally { await stage.close() }
}

if (import.meta.main) console.log(await run())
