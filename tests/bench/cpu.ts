// Where the processor's time goes, from /proc: the server's threads, and PostgreSQL's processes by what their connection is for. Other work on the machine does not count.
import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'

/** Milliseconds of processor time so far, by part. */
export type Cpu = Map<string, number>
const TICK_MS = 10 // USER_HZ is 100 on every Linux

function ticks(path: string): number | undefined {
  try {
    // The name in brackets may hold spaces; after it utime and stime are the 12th and 13th words.
    const [user, system] = readFileSync(path, 'utf8').split(') ').at(-1)!.split(' ').slice(11, 13)
    return (Number(user) + Number(system)) * TICK_MS
  } catch {
    return undefined // ended meanwhile
  }
}

export async function cpuOf(pid: number, db: pg.Client): Promise<Cpu> {
  const cpu: Cpu = new Map()
  const add = (part: string, ms: number | undefined) => { if (ms !== undefined) cpu.set(part, (cpu.get(part) ?? 0) + ms) }
  for (const thread of readdirSync(`/proc/${pid}/task`)) add(Number(thread) === pid ? 'server' : 'other threads (followers)', ticks(`/proc/${pid}/task/${thread}/stat`))
  const { rows } = await db.query<{ pid: number; part: string }>(`select pid, case when backend_type <> 'client backend' then 'PostgreSQL itself' else 'PostgreSQL for ' || coalesce(nullif(application_name, ''), 'others') end as part from pg_stat_activity where pid <> pg_backend_pid()`)
  for (const { pid: backend, part } of rows) add(part, ticks(`/proc/${backend}/stat`))
  return cpu
}

/** What each part took for one of `count`, in milliseconds, most first. */
export const spentEach = (before: Cpu, after: Cpu, count: number): string =>
  [...after].map(([part, ms]): [string, number] => [part, (ms - (before.get(part) ?? 0)) / count]).filter(([, ms]) => ms >= 0.005).toSorted((a, b) => b[1] - a[1]).map(([part, ms]) => `${part} ${ms.toFixed(2)}`).join(', ')
