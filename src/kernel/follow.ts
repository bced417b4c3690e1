// After commit: each follower reads the journal behind its own cursor, folds into its own tables, and moves the cursor in the same transaction.
import { sql } from 'kysely'
import type pg from 'pg'
import { onClient } from './db.ts'
import type { Database, FoldWriter } from './db.ts'
import { recorded } from './journal.ts'
import type { Line, Recorded } from './journal.ts'

export type Follower = {
  name: string
  /** Fact types it answers to; '*': all. */
  types: readonly string[] | '*'
  /**
   * Folds, or enqueues jobs; no other I/O. `at` is the clock. Answers true to be called again at once, with an empty batch if nothing new came:
   * big work is cut in slices, so that what arrives meanwhile passes between.
   */
  handle: (batch: Recorded[], fold: FoldWriter, at: Date) => Promise<boolean | void>
  /** Milliseconds between calls with an empty batch, for what changes by the clock (`next_change_at`). */
  tickEvery?: number
  /** When it has just folded, it lets so many milliseconds of facts gather, so that its fixed cost is shared: its figures are behind by no more. */
  gather?: number
  /** While orders keep coming it takes one part in so many of the time: orders first, and what comes meanwhile is folded together. */
  share?: number
}

const BATCH = 2000
const GATHER_MS = 60
const SHARE = 3

/**
 * The oldest transaction that was running when this statement's snapshot was taken, but those of other databases of the same server: they cannot write
 * our journal, and one that lasts must not hold us back. One whose database cannot be told (ended meanwhile, or of another role) counts as ours.
 */
const OLDEST_RUNNING = `coalesce((
  select x from pg_snapshot_xip(pg_current_snapshot()) x
  where x::text::numeric % 4294967296 not in (select backend_xid::text::numeric from pg_stat_activity where backend_xid is not null and datname <> current_database())
  order by x limit 1), pg_snapshot_xmax(pg_current_snapshot()))`
/** What it answers to, and the last line it passes, whatever that is. */
const READ = `with bound as materialized (select ${OLDEST_RUNNING} as xid), cursor as materialized (select xid, position from follower_cursors where name = $1)
  select l.*, l.xid::text as xid from (
    select j.*, count(*) over () as passed, lead(position) over (order by xid, position) is null as last from (
      select xid, position, stream, seq, subject, type, order_id, recorded_at, claimed_at, actor_id, on_behalf_of, told, body from journal
      where (xid, position) > (coalesce((select xid from cursor), '0'), coalesce((select position from cursor), 0)) and xid < (select xid from bound)
      order by xid, position limit $2) j) l
  where l.last or $3::text[] is null or l.type = any($3) order by l.xid, l.position`
const MOVED = 'insert into follower_cursors (name, xid, position) values ($1, $2::text::xid8, $3) on conflict (name) do update set xid = excluded.xid, position = excluded.position'

/**
 * One step: reads the next facts and handles them. Only below the oldest running transaction (xid < xmin), in (xid, position) order:
 * whatever the order in which parallel transactions commit, nothing is skipped. Answers how many lines it passed, and
 * whether the follower has more to do.
 */
export async function step(pool: pg.Pool, follower: Follower, at: Date, call = false): Promise<{ passed: number; more: boolean }> {
  const client = await pool.connect()
  let dead: Error | undefined
  try {
    // What is folded can be folded again, and its cursor is lost with it: no need to wait for the disk. One process at a time holds the follower.
    const [, { rows: lines }] = await Promise.all([
      client.query(`begin;set local synchronous_commit = off;set local enable_seqscan = off;select pg_advisory_xact_lock(hashtextextended(current_schema() || ' ${follower.name}', 0))`),
      client.query<Line & { xid: string; passed: number }>({ name: 'follower-read', text: READ, values: [follower.name, BATCH, follower.types === '*' ? null : follower.types] }),
      client.query('set local enable_seqscan = on'),
    ])
    const last = lines.at(-1)
    const wanted = follower.types === '*' ? lines : lines.filter((l) => follower.types.includes(l.type))
    const more = (wanted.length > 0 || call) && (await follower.handle(wanted.map((l) => recorded(l)), onClient(client) as unknown as FoldWriter, at)) === true
    await Promise.all([...(last ? [client.query({ name: 'follower-moved', text: MOVED, values: [follower.name, last.xid, last.position] })] : []), client.query('commit')])
    return { passed: Number(last?.passed ?? 0), more }
  } catch (error) {
    await client.query('rollback').catch((e: Error) => { dead = e })
    throw error
  } finally {
    client.release(dead)
  }
}

export type Following = {
  wake: () => void
  /** Until every follower has passed all that was committed before the call. */
  settle: () => Promise<void>
  close: () => Promise<void>
  lag: () => Lag
}
/** By follower: failures in a row, when it last looked, and what went wrong. */
export type Lag = Record<string, { failures: number; lastAt: Date | null; error: string | null }>

/** Runs all followers until closed: woken by commits of this process, by NOTIFY of others, and by a slow poll. Each goes at its own pace; one that fails waits and tries again. */
export function follow(pool: pg.Pool, db: Database, followers: Follower[], options: { clock?: () => Date; onError?: (name: string, error: unknown) => void; onFolded?: (name: string) => void } = {}): Following {
  const clock = options.clock ?? (() => new Date())
  let closed = false
  let listener: pg.PoolClient | undefined
  let wakes = 0
  let settling = 0 // then nobody waits for more to gather
  const state = followers.map((follower) => ({ follower, running: Promise.resolve(), again: false, active: false, failures: 0, lastAt: null as Date | null, lastTick: 0, more: false, error: null as string | null, go: () => {} }))
  type One = (typeof state)[number]

  function kick(one: One): void {
    one.again = true
    if (one.active || closed) return
    one.active = true
    one.running = (async () => {
      while (one.again && !closed) {
        one.again = false
        try {
          const began = performance.now()
          const heard = wakes
          const now = clock()
          const tick = one.follower.tickEvery !== undefined && now.getTime() - one.lastTick >= one.follower.tickEvery
          const { passed, more } = await step(pool, one.follower, now, tick || one.more)
          one.more = more
          if (tick) one.lastTick = now.getTime()
          if (passed > 0 || tick || more) options.onFolded?.(one.follower.name)
          if (passed > 0 || more) one.again = true
          one.failures = 0
          one.error = null
          one.lastAt = now
          const took = performance.now() - began
          const gather = passed > 0 && passed < BATCH && !more ? (one.follower.gather ?? GATHER_MS) : 0
          const rest = Math.max(gather, wakes > heard ? (one.follower.share ?? SHARE) * took : 0) - took
          if (rest > 0 && settling === 0) await new Promise<void>((go) => { one.go = go; setTimeout(go, rest) })
        } catch (error) {
          if (closed) return
          one.failures++
          one.error = error instanceof Error ? error.message : String(error)
          options.onError?.(one.follower.name, error)
          await new Promise((wait) => setTimeout(wait, Math.min(30_000, 100 * 2 ** one.failures)))
          one.again = true
        }
      }
    })().finally(() => { one.active = false })
  }

  const wake = () => {
    wakes++
    for (const one of state) kick(one)
  }
  // A transaction that was running when we read keeps later facts back without a further NOTIFY: the poll fetches them.
  const poll = setInterval(() => { for (const one of state) kick(one) }, 250)
  const listen = async (): Promise<void> => {
    if (closed || listener) return
    try {
      const client = await pool.connect()
      if (closed) return client.release(true)
      listener = client
      client.on('notification', wake)
      client.on('error', () => { if (listener === client) { listener = undefined; client.release(true) } })
      await client.query('listen sansang_journal')
    } catch { /* the poll goes on, and the next round listens again */ }
  }
  void listen()
  const relisten = setInterval(() => void listen(), 5000)
  wake()

  return {
    wake,
    settle: async () => {
      const { rows: [end] } = await sql<{ xmax: string }>`select pg_current_xact_id()::text as xmax`.execute(db)
      settling++
      try {
        for (const one of state) {
          for (;;) {
            one.go()
            kick(one)
            await one.running
            const { rows: [left] } = await sql<{ left: boolean }>`select exists (select 1 from journal j left join follower_cursors c on c.name = ${one.follower.name}
              where (j.xid, j.position) > (coalesce(c.xid, '0'), coalesce(c.position, 0)) and j.xid < ${end!.xmax}::text::xid8) as left`.execute(db)
            if (!left!.left && !one.more) break
            await new Promise((wait) => setTimeout(wait, 10))
          }
        }
      } finally { settling-- }
    },
    close: async () => {
      closed = true
      for (const one of state) one.go()
      clearInterval(poll)
      clearInterval(relisten)
      const last = listener
      listener = undefined
      last?.release(true)
      await Promise.all(state.map((one) => one.running))
    },
    lag: () => Object.fromEntries(state.map((one) => [one.follower.name, { failures: one.failures, lastAt: one.lastAt, error: one.error }])),
  }
}
