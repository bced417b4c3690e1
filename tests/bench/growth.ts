// The calls that people wait for, on a tenth and on the whole: 5,300 events with 100,000 tasks, and ten times that. Baseline: the small one.
import pg from 'pg'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { openClient } from './client.ts'
import { openStage, percentile, round } from './stage.ts'
import type { CascadeAnswer, Figure } from './stage.ts'

const CALLS = 300
const scale = Number(process.env.BENCH_SCALE ?? 1)

export async function run(say: (line: string) => void = console.log): Promise<Figure[]> {
  const small = await timed(scale / 10, say)
  const large = await timed(scale, say)
  return Object.keys(small).map((name) => {
    const ratio = Math.round((large[name]! / small[name]!) * 100) / 100
    return { name, figure: round(large[name]!), unit: 'ms p50 at 10×', baseline: round(small[name]!), ratio, aim: '≤ 1.2×', ok: ratio <= 1.2 }
  })
}

async function timed(at: number, say: (line: string) => void): Promise<Record<string, number>> {
  const stage = await openStage(at, say)
  try {
    const { tasks: made } = await stage.ask<CascadeAnswer>({ do: 'cascade', code: 'one', chunkMs: 400 })
    const db = new pg.Client({ ...stage.connect, options: '-c search_path=sansang,public' })
    db.on('error', () => {})
    await db.connect()
    await db.query('analyze')
    const { rows: [root] } = await db.query<{ id: string }>('select id from units where parent_id is null')
    // The same shape of province in both: what is timed must differ in what stands around it, not in itself.
    const { rows: provinces } = await db.query<{ id: string }>(`select id from units where kind = 'province' order by code limit 20`)
    const { rows: tasks } = await db.query<{ id: string; event_id: string }>(`select id, event_id from tasks where target_kind is null and event_id is not null order by md5(id::text) limit ${CALLS * 3}`)
    await db.end()
    const client = await openClient(stage.url, '7')
    const pick = <T>(all: T[], i: number): T => all[i % all.length]!
    const calls: Record<string, (i: number) => Promise<{ status: number; body: string }>> = {
      'national board': () => client.send('GET', `/api/v1/board?unitId=${root!.id}`),
      'board of a province': (i) => client.send('GET', `/api/v1/board?unitId=${pick(provinces, i).id}`),
      'readiness of an event': (i) => client.send('GET', `/api/v1/events/${pick(tasks, i).event_id}/readiness`),
      'events, red first': () => client.send('GET', '/api/v1/readiness?limit=50'),
      'one task': (i) => client.send('GET', `/api/v1/tasks/${pick(tasks, i).id}`),
      'history of an event': (i) => client.send('GET', `/api/v1/journal/history?subject=event:${pick(tasks, i).event_id}`),
      'find a unit': (i) => client.send('GET', `/api/v1/units?q=commune%20${i % 60}`),
      'report a task': (i) => client.send('POST', `/api/v1/tasks/${tasks[CALLS + 20 + i]!.id}/report`, { orderId: uuidv7(), evidence: { label: 'Biên bản' } }),
    }
    const found: Record<string, number> = {}
    for (const [name, call] of Object.entries(calls)) {
      const took: number[] = []
      for (let i = 0; i < CALLS; i++) {
        const began = performance.now()
        const { status, body } = await call(i)
        // Who has not been told anything yet has no history: that is an answer too.
        if (status !== 200 && !(status === 404 && name.startsWith('history'))) throw new Error(`${name}: ${status} ${body}`)
        if (i >= 30) took.push(performance.now() - began)
      }
      found[name] = percentile(took, 0.5)
    }
    client.close()
    say(`${made} tasks: ${Object.entries(found).map(([name, ms]) => `${name} ${round(ms)}`).join(', ')}`)
    return found
  } finally { await stage.close() }
}

if (import.meta.main) console.log(await run())
