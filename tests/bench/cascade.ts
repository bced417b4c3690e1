// 1,000,000 tasks to 53,000 units in one order, with every index, every roll-up and 689,000 requirements; beside it, COPY of the same rows into a bare table.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { openStage, round } from './stage.ts'
import type { CascadeAnswer, Figure } from './stage.ts'

export async function run(say: (line: string) => void = console.log, scale = Number(process.env.BENCH_SCALE ?? 1)): Promise<Figure[]> {
  const stage = await openStage(scale, say)
  try {
    say('cascading …')
    const done = await stage.ask<CascadeAnswer>({ do: 'cascade', code: 'one' })
    const client = new pg.Client({ ...stage.connect, options: '-c search_path=sansang,public' })
    client.on('error', () => {}) // the database ends with the stage
    await client.connect()
    const { rows: [n] } = await client.query<{ tasks: number; events: number; counted: number; checks: number }>(`select (select count(*)::int from tasks) as tasks, (select count(*)::int from event_checks) as events,
      (select sum(t.total)::int from task_totals t join units u on u.id = t.unit_id where u.parent_id is null) as counted,
      (select sum(checks_unmet + checks_at_risk + checks_not_assessed + checks_waived + checks_not_due + checks_met)::int from check_totals t join units u on u.id = t.unit_id where u.parent_id is null) as checks`)
    if (n!.tasks !== n!.counted || n!.events !== done.events || n!.tasks !== done.tasks) throw new Error(`the figures do not agree: ${JSON.stringify({ ...n, ...done })}`)
    say(`${n!.tasks} tasks, ${n!.events} events, ${n!.checks} requirements; committed after ${round(done.committedMs / 1000)} s, everything counted after ${round(done.settledMs / 1000)} s`)
    const bare = await copyBare(client)
    await client.end()
    const seconds = round(done.settledMs / 1000)
    return [{ name: 'cascade', figure: seconds, unit: `s for ${n!.tasks} tasks, all roll-ups and ${n!.checks} checks done`, baseline: round(bare / 1000), ratio: round(done.settledMs / bare), aim: '≤ 60 s (aim 30 s)', ok: seconds <= 60 * Math.max(1, scale) }]
  } finally { await stage.close() }
}

/** The same rows, taken out and put into a table without index or constraint. Reading them out is not counted. */
async function copyBare(client: pg.Client): Promise<number> {
  const parts: Buffer[] = []
  for await (const part of client.query(copyTo('copy (select * from tasks) to stdout (format binary)'))) parts.push(part as Buffer)
  await client.query('create table bench_bare as select * from tasks limit 0')
  const began = performance.now()
  await pipeline(Readable.from(parts), client.query(copyFrom('copy bench_bare from stdin (format binary)')))
  const took = performance.now() - began
  await client.query('drop table bench_bare')
  return took
}

if (import.meta.main) console.log(await run())
