// After commit: each follower reads the journal behind its own cursor, folds into its own tables, and moves the cursor in the same transaction.
import { sql } from 'kysely'
import type pg from 'pg'
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
}

const BATCH = 2000
/** A follower that has just folded lets so many ms of facts gather, so that its fixed cost is shared; a board is behind by no more. */
const GATHER_MS = 60

/**
 * The oldest transaction that was running when this statement's snapshot was taken, but those of other databases of the same server: they cannot write
 * our journal, and one that lasts must not hold us back. One whose database cannot be told (ended meanwhile, or of another role) counts as ours.
 */
const oldestRunning = sql<string>`coalesce((
  select x from pg_snapshot_xip(pg_current_snapshot()) x
  where x::text::numeric % 4294967296 not in (select backend_xid::text::numeric from pg_stat_activity where backend_xid is not null and datname <> current_database())
  order by x limit 1), pg_snapshot_xmax(pg_current_snapshot()))`

/**
 * One step: reads the next facts and handles them. Only below the oldest running transaction (xid < xmin), in (xid, position) order:
 * whatever the order in which parallel transactions commit, nothing is skipped. Answers how many lines it passed, and
 * whether the follower has more to do.
 */
export async function step(db: Database, follower: Follower, at: Date, call = false): Promise<{ passed: number; more: boolean }> {
  return db.transaction().execute(async (tx) => {
    const got = await sql<{ xid: string; position: number }>`
      insert into follower_cursors (name) values (${follower.name}) on conflict (name) do update set name = excluded.name returning xid::text, position`.execute(tx)
    const from = got.rows[0]!
    const { rows: lines } = await sql<Line & { xid: string }>`
      with bound as materialized (select ${oldestRunning} as xid)
      select journal.*, journal.xid::text as xid from journal
      where (journal.xid, position) > (${from.xid}::text::xid8, ${from.position}::bigint) and journal.xid < (select xid from bound)
      order by journal.xid, position limit ${BATCH}`.execute(tx)
    const last = lines.at(-1)
    const wanted = follower.types === '*' ? lines : lines.filter((l) => follower.types.includes(l.type))
    const more = (wanted.length > 0 || call) && (await follower.handle(wanted.map((l) => recorded(l)), tx as unknown as FoldWriter, at)) === true
    if (last) await sql`update follower_cursors set xid = ${last.xid}::text::xid8, position = ${last.position} where name = ${follower.name}`.execute(tx)
    return { passed: lines.length, more }
  })
}

export type Following = {
  wake: () => void
  /** Until every follower has passed all that was committed before the call. */
  settle: () => Promise<void>
  close: () => Promise<void>
  lag: () => Record<string, { failures: number; lastAt: Date | null; error: string | null }>
}

/** Runs all followers until closed: woken by commits of this process, by NOTIFY of others, and by a slow poll. Each goes at its own pace; one that fails waits and tries again. */
export function follow(pool: pg.Pool, db: Database, followers: Follower[], options: { clock?: () => Date; onError?: (name: string, error: unknown) => void; onFolded?: (name: string) => void } = {}): Following {
  const clock = options.clock ?? (() => new Date())
  let closed = false
  let listener: pg.PoolClient | undefined
  const state = followers.map((follower) => ({ follower, running: Promise.resolve(), again: false, active: false, failures: 0, lastAt: null as Date | null, lastTick: 0, more: false, error: null as string | null }))
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
          const now = clock()
          const tick = one.follower.tickEvery !== undefined && now.getTime() - one.lastTick >= one.follower.tickEvery
          const { passed, more } = await step(db, one.follower, now, tick || one.more)
          one.more = more
          if (tick) one.lastTick = now.getTime()
          if (passed > 0 || tick || more) options.onFolded?.(one.follower.name)
          if (passed > 0 || more) one.again = true
          one.failures = 0
          one.error = null
          one.lastAt = now
          if (passed > 0 && passed < BATCH && !more) await new Promise((wait) => setTimeout(wait, Math.max(0, began + GATHER_MS - performance.now())))
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

  const wake = () => { for (const one of state) kick(one) }
  // A transaction that was running when we read keeps later facts back without a further NOTIFY: the poll fetches them.
  const poll = setInterval(wake, 250)
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
      for (const one of state) {
        for (;;) {
          kick(one)
          await one.running
          const { rows: [left] } = await sql<{ left: boolean }>`select exists (select 1 from journal j left join follower_cursors c on c.name = ${one.follower.name}
            where (j.xid, j.position) > (coalesce(c.xid, '0'), coalesce(c.position, 0)) and j.xid < ${end!.xmax}::text::xid8) as left`.execute(db)
          if (!left!.left && !one.more) break
          await new Promise((wait) => setTimeout(wait, 10))
        }
      }
    },
    close: async () => {
      closed = true
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
