// Pages of a million tasks over HTTP, by subtree and state, with and without text; beside them the plain SQL for the same page.
import pg from 'pg'
import { openClient } from './client.ts'
import { openStage, percentile, round } from './stage.ts'
import type { Figure } from './stage.ts'

const TIMES = 40
type Case = { name: string; query: string; under: string; stage: string; words?: string; aim: number }

export async function run(say: (line: string) => void = console.log, scale = Number(process.env.BENCH_SCALE ?? 1)): Promise<Figure[]> {
  const stage = await openStage(scale, say)
  try {
    say('cascading …')
    await stage.ask({ do: 'cascade', code: 'one' })
    const db = new pg.Client({ ...stage.connect, options: '-c search_path=sansang,public -c jit=off' })
    db.on('error', () => {})
    await db.connect()
    const places = await shape(db, say)
    const cases: Case[] = [
      ...places.flatMap(({ label, id, path }) => [
        { name: `${label}, verified`, query: `unit=${id}&state=verified`, under: path, stage: 'verified', aim: 10 },
        { name: `${label}, open`, query: `unit=${id}&state=open`, under: path, stage: 'open', aim: 10 },
      ]),
      ...places.map(({ label, id, path }) => ({ name: `${label}, open, with text`, query: `unit=${id}&state=open&q=${encodeURIComponent('task number 7')}`, under: path, stage: 'open', words: 'T7', aim: 50 })),
      { name: 'nation, own titles, with text', query: `q=${encodeURIComponent('khan cap')}`, under: '', stage: 'open', words: '', aim: 50 },
    ]
    const figures: Figure[] = []
    for (const one of cases) {
      // The plain query may take longer than a server keeps a quiet connection.
      const client = await openClient(stage.url, '0')
      const first = await time(() => get(client, `/api/v1/tasks?${one.query}`))
      let next = (JSON.parse((await get(client, `/api/v1/tasks?${one.query}`)).body) as { next: string | null }).next
      let pages = 1
      while (next && pages < 99) { next = (JSON.parse((await get(client, `/api/v1/tasks?${one.query}&cursor=${next}`)).body) as { next: string | null }).next; pages++ }
      const hundredth = next ? await time(() => get(client, `/api/v1/tasks?${one.query}&cursor=${next}`)) : undefined
      client.close()
      figures.push(figure(`${one.name}, first page`, first, await plain(db, one, 0), one.aim))
      if (hundredth) figures.push(figure(`${one.name}, hundredth page`, hundredth, await plain(db, one, 4950), one.aim))
      else say(`${one.name}: ${pages} pages`)
    }
    await db.end()
    return figures
  } finally { await stage.close() }
}

/** States as half way through a programme: most provinces mixed, one almost done; some tasks with titles of their own. */
async function shape(db: pg.Client, say: (line: string) => void): Promise<{ label: string; id: string; path: string }[]> {
  const { rows: provinces } = await db.query<{ id: string; path: string; n: number }>(`select p.id, p.path, (select count(*)::int from units u where u.path >= p.path and u.path < left(p.path, -1) || '/') as n from units p where p.kind = 'province' order by p.path limit 2`)
  const { rows: [district] } = await db.query<{ id: string; path: string }>(`select id, path from units where kind = 'district' order by path limit 1`)
  const { rows: [nation] } = await db.query<{ id: string; path: string }>('select id, path from units where parent_id is null')
  say('states …')
  await db.query(`update tasks t set state = case when s.r < s.done then 'verified' when s.r < s.done + (1 - s.done) * 0.3 then 'reported' when s.r < s.done + (1 - s.done) * 0.6 then 'accepted' else 'assigned' end
    from (select t.id, ('x' || substr(md5(t.id::text), 1, 6))::bit(24)::int / 16777216.0 as r, case when u.path like $1 || '%' then 0.995 else 0.45 end as done from tasks t join units u on u.id = t.unit_id) s where s.id = t.id`, [provinces[1]!.path])
  await db.query(`update tasks set title = 'Kiểm tra khẩn cấp', lang = 'vi', fold = 'kiem tra khan cap' where id in (select id from tasks order by id limit 2000)`)
  await db.query('vacuum analyze tasks')
  say(`${(await db.query<{ n: number }>('select count(*)::int as n from tasks')).rows[0]!.n} tasks; a province has ${provinces[0]!.n} units`)
  return [{ label: 'nation', ...nation! }, { label: 'province', ...provinces[0]! }, { label: 'province almost done', ...provinces[1]! }, { label: 'district', ...district! }]
}

async function get(client: Awaited<ReturnType<typeof openClient>>, path: string) {
  const answer = await client.send('GET', path)
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body}`)
  return answer
}
async function time(work: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  for (let n = -3; n < TIMES; n++) {
    const began = performance.now()
    await work()
    if (n >= 0) took.push(performance.now() - began)
  }
  return took
}
const plain = (db: pg.Client, { under, stage, words }: Case, offset: number): Promise<number[]> => time(() => db.query(`select t.* from tasks t join units u on u.id = t.unit_id
  where u.path >= $1 and u.path < $2 and t.stage = $3 ${words === undefined ? '' : words ? `and t.item = '${words}'` : `and t.fold like '%khan cap%'`} order by t.due_at, t.id limit 51 offset ${offset}`, [under, under ? `${under.slice(0, -1)}/` : '~', stage]))

function figure(name: string, took: number[], baseline: number[], aim: number): Figure {
  const [mine, base] = [percentile(took, 0.5), percentile(baseline, 0.5)]
  return { name, figure: round(mine), unit: `ms (p95 ${round(percentile(took, 0.95))})`, baseline: round(base), ratio: Math.round((mine / base) * 100) / 100, aim: `≤ ${aim} ms`, ok: mine <= aim }
}

if (import.meta.main) console.log(await run())
