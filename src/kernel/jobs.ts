// Work after the answer: mails, bulk orders, collections. A queue in the same database (graphile-worker), so a job is enqueued with what caused it or not at all.
import { EventEmitter } from 'node:events'
import { Logger as WorkerLogger, parseCronItems, run, runMigrations } from 'graphile-worker'
import type { Runner, TaskList, WorkerEvents } from 'graphile-worker'
import { sql } from 'kysely'
import type { QueryExecutorProvider } from 'kysely'
import { openPool, rows } from './db.ts'
import type { Connect, Database, Reader } from './db.ts'
import { uuidv7 } from './ids.ts'
import { fault } from './log.ts'
import type { Logger } from './log.ts'

export const JOBS_SCHEMA = 'sansang_jobs'

export type JobRow = { id: string; ok: boolean; code?: string; message?: string }
export type Job = {
  at: Date
  attempt: number
  /** Ends when the server stops: finish the row at hand and throw; the job starts again later. */
  signal: AbortSignal
  /** Both are shown to whoever began the job; written at most four times a second. */
  progress: (done: number, total?: number) => void
  results: (rows: JobRow[]) => void
}
/** The payload holds ids and codes: never a name, an address or a text. */
export type Work = (payload: never, job: Job) => Promise<void>
export type Works = Record<string, Work>

export type Enqueue = {
  /** The same key replaces what waits under it, so a reminder is one job however often it is asked for. */
  key?: string
  runAt?: Date
  /** Jobs of one queue run one after the other. */
  queue?: string
  attempts?: number
  /** Whoever may read the progress at GET /jobs/{id}; the id is the answer of `enqueue`. */
  askedBy?: string
  total?: number
}

/** On any handle: inside a transaction the job exists when it commits. Answers the id of its progress row where `askedBy` is given. */
export async function enqueue(on: QueryExecutorProvider, name: string, payload: object, options: Enqueue = {}): Promise<string | undefined> {
  const { key = null, runAt = null, queue = null, attempts = 5, askedBy, total = null } = options
  const id = askedBy ? uuidv7() : undefined
  if (id) {
    await sql`insert into job_progress (id, name, asked_by, state, total, created_at) values (${id}, ${name}, ${askedBy}, 'waiting', ${total}, now())`.execute(on)
  }
  await sql`select from ${sql.ref(`${JOBS_SCHEMA}.add_job`)}(identifier => ${name}::text, payload => ${JSON.stringify({ ...payload, ...(id ? { $progress: id } : {}) })}::json,
    queue_name => ${queue}::text, run_at => ${runAt}::timestamptz, max_attempts => ${attempts}::int, job_key => ${key}::text)`.execute(on)
  return id
}

export type JobsOptions = {
  connect: Connect; db: Database; works: Works; log: Logger
  /** Name of a work → five fields of cron, in UTC. Runs once however many servers there are; missed runs of the last hour are made up for. */
  cron?: Record<string, string>
  clock?: () => Date
  onProgress?: (id: string) => void
  concurrency?: number
}
export type Jobs = { close: () => Promise<void>; waiting: () => Promise<{ waiting: number; failed: number }> }

/** The queue's own tables; part of bringing the schema up to date. */
export async function migrateJobs(connect: Connect): Promise<void> {
  const pool = openJobPool(connect, 1)
  try { await runMigrations({ pgPool: pool, schema: JOBS_SCHEMA, logger: quiet }) } finally { await pool.end() }
}

const quiet = new WorkerLogger(() => () => {})

function openJobPool(connect: Connect, max: number) {
  const pool = openPool(connect, { max, name: 'sansang jobs' })
  pool.on('connect', (client) => client.on('error', () => {})) // a connection lost while checked out: the query that used it says so
  return pool
}

export async function openJobs({ connect, db, works, log, cron = {}, clock = () => new Date(), onProgress, concurrency = 3 }: JobsOptions): Promise<Jobs> {
  const pool = openJobPool(connect, concurrency + 2)
  const events = new EventEmitter() as WorkerEvents
  const tasks: TaskList = Object.fromEntries(Object.entries(works).map(([name, work]) => [name, async (payload, { job, abortSignal }) => {
    const { $progress: id, ...own } = payload as { $progress?: string }
    const shown = id ? openProgress(db, id, clock, onProgress) : undefined
    await shown?.state('running')
    try {
      await work(own as never, { at: clock(), attempt: job.attempts, signal: abortSignal, progress: (done, total) => shown?.progress(done, total), results: (rows) => shown?.results(rows) })
      await shown?.state('done')
    } catch (error) {
      const last = job.attempts >= job.max_attempts
      log[last ? 'error' : 'warn'](last ? 'job.failed' : 'job.again', { job: name, id: String(job.id), attempt: job.attempts, ...fault(error) })
      await shown?.state(last ? 'failed' : 'waiting').catch(() => {})
      throw new Error('see the log') // graphile-worker keeps the message in its table, where no text of an error belongs
    }
  }]))
  events.on('pool:listen:error', ({ error }) => log.warn('jobs.listen', fault(error)))
  events.on('worker:getJob:error', ({ error }) => log.warn('jobs.fetch', fault(error)))
  let runner: Runner
  try {
    const parsedCronItems = parseCronItems(Object.entries(cron).map(([task, match]) => ({ task, match, options: { backfillPeriod: 3600_000, maxAttempts: 3 } })))
    runner = await run({ pgPool: pool, schema: JOBS_SCHEMA, concurrency, pollInterval: 2000, noHandleSignals: true, taskList: tasks, parsedCronItems, logger: quiet, events })
  } catch (error) {
    await pool.end()
    throw error
  }
  runner.promise.catch((error: unknown) => log.error('jobs.stopped', fault(error)))
  return {
    close: async () => { await runner.stop().catch(() => {}); await pool.end() },
    waiting: async () => {
      const { rows: [counted] } = await sql<{ waiting: number; failed: number }>`select count(*) filter (where attempts < max_attempts)::int as waiting, count(*) filter (where attempts >= max_attempts)::int as failed
        from ${sql.table(`${JOBS_SCHEMA}.jobs`)}`.execute(db)
      return counted!
    },
  }
}

export type QueuedJob = { id: string; name: string; state: 'waiting' | 'running' | 'failed'; attempts: number; most: number; at: Date }
/** What is in the queue: how many of each, and the first of them, failed ones before all. No payload and no error. */
export async function queued(read: Reader, most: number): Promise<{ counts: Record<QueuedJob['state'], number>; listed: QueuedJob[] }> {
  const jobs = sql.table(`${JOBS_SCHEMA}.jobs`)
  const state = sql`case when locked_at is not null then 'running' when attempts >= max_attempts then 'failed' else 'waiting' end`
  const [counted, listed] = await Promise.all([
    rows(read, sql<{ state: QueuedJob['state']; n: number }>`select ${state} as state, count(*)::int as n from ${jobs} group by 1`),
    rows(read, sql<QueuedJob>`select id::text, task_identifier as name, ${state} as state, attempts::int, max_attempts::int as most, run_at as at from ${jobs} order by (attempts >= max_attempts) desc, run_at, id limit ${most}`),
  ])
  return { counts: { waiting: 0, running: 0, failed: 0, ...Object.fromEntries(counted.map((row) => [row.state, row.n])) }, listed }
}
/** A failed job begins anew, as if never tried. False: there is no such job, or it has not failed. */
export async function retry(on: QueryExecutorProvider, id: string): Promise<boolean> {
  const { rows: done } = await sql`select id from ${sql.ref(`${JOBS_SCHEMA}.reschedule_jobs`)}((select array_agg(id) from ${sql.table(`${JOBS_SCHEMA}.jobs`)} where id = ${id}::bigint and attempts >= max_attempts and locked_at is null), now(), null, 0)`.execute(on)
  return done.length > 0
}

const FLUSH_MS = 250

function openProgress(db: Database, id: string, clock: () => Date, onProgress?: (id: string) => void) {
  let done: number | undefined
  let total: number | undefined
  let rows: JobRow[] = []
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const [nowDone, nowTotal, nowRows] = [done ?? null, total ?? null, rows]
    rows = []
    writing = writing.then(async () => {
      await sql`update job_progress set done = coalesce(${nowDone}, done), total = coalesce(${nowTotal}, total), results = results || ${JSON.stringify(nowRows)}::jsonb where id = ${id}`.execute(db)
      onProgress?.(id)
    })
    return writing
  }
  const later = () => { timer ??= setTimeout(() => { flush().catch(() => {}) }, FLUSH_MS) }
  return {
    progress: (n: number, of?: number) => { done = n; total = of ?? total; later() },
    results: (more: JobRow[]) => { rows.push(...more); later() },
    state: async (state: 'running' | 'waiting' | 'done' | 'failed') => {
      await flush()
      const at = clock()
      // A second attempt starts its list of results anew.
      await sql`update job_progress set state = ${state}, started_at = ${state === 'running' ? at : sql`started_at`}, ended_at = ${state === 'done' || state === 'failed' ? at : null},
        results = ${state === 'running' ? sql`'[]'::jsonb` : sql`results`}, problem = ${state === 'failed' ? 'BROKEN' : null} where id = ${id}`.execute(db)
      onProgress?.(id)
    },
  }
}
