// Three handles on one database: who reads cannot write, who writes has journaled, and what is not the journal's is a closed list.
import type { Socket } from 'node:net'
import pg from 'pg'
import { Kysely, PostgresDialect, sql } from 'kysely'
import type { QueryExecutorProvider, RawBuilder, Transaction } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'

/** The schema that everything lives in. A rebuild replays into another one, so no SQL ever names it. */
export const SCHEMA = 'sansang'

export interface KernelTables {
  journal: {
    position: number; stream: string; seq: number; subject: string; type: string; order_id: string; order_kind: string; origin: string
    claimed_at: Date | null; recorded_at: Date; actor_id: string; on_behalf_of: string | null; told: string | null; told_how: string | null; via: string | null; cause: string | null
    body: string; prev_hash: Buffer; hash: Buffer; xid: string
  }
  journal_heads: { stream: string; seq: number; hash: Buffer }
  journal_orders: { order_id: string; kind: string; actor_id: string; body_hash: Buffer; answer: string; recorded_at: Date }
  journal_anchors: { day_on: string; position: number; streams: number; heads: string; hash: Buffer; made_at: Date }
}

/** Tables that are not the journal's: kept by a rebuild, written outside `commit`. A closed list; tests/db.types.test.ts proves it. */
export interface SideTables {
  sessions: Row; second_factors: Row; passwords: Row; sign_in_failures: Row; sign_in_links: Row; tokens: Row; access_log: Row; contacts: Row
  passkeys: Row; provider_links: Row; sign_in_challenges: Row; sealed_secrets: Row
  private_texts: Row; follower_cursors: Row; job_progress: Row; inbox_marks: Row; inbox_visits: Row; calendar_feeds: Row; mail_marks: Row; file_blobs: Row; views_saved: Row; import_previews: Row; paper_drafts: Row; paper_runs: Row; report_drafts: Row; custody_reads: Row; webhook_deliveries: Row; webhook_health: Row
}
// eslint-disable-next-line typescript/no-explicit-any -- a capability says its own columns with $extendTables
type Row = any

/** Cannot write: the compiler refuses insertInto, updateTable and deleteFrom. */
export type Reader = ReadonlyKysely<KernelTables>

/** Rows of a hand-written query. Only `select` and `with`: a Reader stays a reader (and the pool it usually comes from is read-only in the database). */
export async function rows<T>(read: Reader, query: RawBuilder<T>): Promise<T[]> {
  const executor = (read as unknown as QueryExecutorProvider).getExecutor()
  const compiled = query.compile(read as unknown as QueryExecutorProvider)
  if (!/^\s*(select|with)\b/i.test(compiled.sql)) throw new Error('a reader only reads')
  return (await executor.executeQuery<T>(compiled)).rows
}

/** A question and what its rows mean. */
export type Question<R, A> = { query: RawBuilder<R>; as: (rows: R[]) => A }
export const ask = async <R, A>(read: Reader, { query, as }: Question<R, A>): Promise<A> => as(await rows(read, query))
/** Several questions as one statement: to wake a database process costs half a millisecond, as much as a small question. Rows travel as JSON, so none holds an instant. */
export async function askTogether<const Q extends Record<string, { query: RawBuilder<unknown>; as: (rows: never[]) => unknown }>>(read: Reader, questions: Q): Promise<{ [K in keyof Q]: ReturnType<Q[K]['as']> }> {
  const all = Object.entries(questions)
  const [found] = await rows<Record<string, never[]>>(read, sql`select ${sql.join(all.map(([name, { query }]) => sql`(select coalesce(json_agg(x), '[]') from (${query}) x) as ${sql.ref(name)}`))}`)
  return Object.fromEntries(all.map(([name, { as }]) => [name, as(found![name]!)])) as never
}

declare const journaled: unique symbol
/** Only kernel/commit.ts hands one out, and only after the facts it belongs to are in the journal. */
export type Writer = Transaction<KernelTables> & { readonly [journaled]: true }

declare const folded: unique symbol
/** Only kernel/follow.ts hands one out: a follower's own tables, with its cursor in the same transaction. */
export type FoldWriter = Transaction<KernelTables> & { readonly [folded]: true }

type SideKysely = Pick<Kysely<SideTables>, 'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom'>
/** Sessions, lock-outs, logs of access, cursors, marks, private texts: written outside the journal. No other table, and no raw SQL. */
export type SideWriter = SideKysely & { atomically<T>(work: (side: SideKysely) => Promise<T>): Promise<T> }

export type Database = Kysely<KernelTables>

pg.types.setTypeParser(20, Number) // int8: positions and counts stay below 2^53
pg.types.setTypeParser(1082, (day) => day) // a civil date is text, never an instant

export type Connect = { host?: string; port?: number; user?: string; database?: string; connectionString?: string }

/**
 * One pool. `schema` is the search path: a rebuild opens its scratch schema with the same code. `pipeline`: statements of one connection are sent without
 * waiting for the one before; COPY cannot.
 */
export function openPool(connect: Connect, options: { max?: number; schema?: string; name?: string; readOnly?: boolean; pipeline?: boolean } = {}): pg.Pool {
  const schema = options.schema ?? SCHEMA
  const pool = new pg.Pool({
    ...connect, max: options.max ?? 10, application_name: options.name ?? 'sansang', idleTimeoutMillis: 0, pipeline: options.pipeline ?? true,
    options: `-c search_path=${schema},public -c TimeZone=UTC -c jit=off ${options.readOnly ? ' -c default_transaction_read_only=on' : ''}`,
  })
  // A connection that dies while idle (a killed database) is replaced at the next query; without this handler it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {})) // also while it is lent out, between two statements of a transaction
  if (options.pipeline !== false) pool.on('connect', inOneWrite)
  return pool
}

/** What is sent within one turn of the loop leaves as one write: fewer calls of the system, and PostgreSQL wakes once for all of it. */
function inOneWrite(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  const write = stream.write.bind(stream) as (...given: unknown[]) => boolean
  let open = false
  stream.write = (...given: unknown[]) => {
    if (!open) {
      open = true
      stream.cork()
      process.nextTick(() => { open = false; stream.uncork() })
    }
    return write(...given)
  }
}

export const openDatabase = (pool: pg.Pool): Database => new Kysely<KernelTables>({ dialect: new PostgresDialect({ pool }) })
export const asReader = (db: Database): Reader => db as unknown as Reader
export function asSide(db: Database): SideWriter {
  const side = db as unknown as Kysely<SideTables>
  return {
    selectFrom: side.selectFrom.bind(side), insertInto: side.insertInto.bind(side), updateTable: side.updateTable.bind(side), deleteFrom: side.deleteFrom.bind(side),
    atomically: (work) => side.transaction().execute(work),
  } as SideWriter
}

// What runs inside a commit or a fold is a small set of constant texts with parameters: as named statements each is planned once a connection
// (measured at 64 clients: 709 → 472 µs of PostgreSQL an order; at 8: 2,805 → 1,564). A text is named when it comes a second time.
const NAMED = 300
const names = new Map<string, string>()
const once = new Set<string>()
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= NAMED) return known
  if (!once.delete(text)) {
    if (once.size >= NAMED) once.clear()
    once.add(text)
    return undefined
  }
  const name = `k${names.size}`
  names.set(text, name)
  return name
}

const send = (client: pg.PoolClient, text: string, values: unknown[]) => {
  const name = values.length > 0 ? nameOf(text) : undefined
  return name === undefined ? client.query(text, values) : client.query({ name, text, values })
}

/** What compares paths or searches in text is planned for its own values: a plan for any subtree is a bad one for the whole tree. */
const SKEWED = /path"? (>=|<)| like /
/** Reads as named statements: of a page of tasks planning took 4.7 ms, of a board 2. */
export function openReader(pool: pg.Pool): Reader {
  const connect = async () => {
    const client = await pool.connect()
    const query = (text: string, values: unknown[] = []) => (SKEWED.test(text) ? client.query(text, values) : send(client, text, values))
    return { query, release: () => client.release() } as unknown as pg.PoolClient
  }
  return asReader(new Kysely<KernelTables>({ dialect: new PostgresDialect({ pool: { connect, end: () => pool.end(), options: pool.options } as unknown as pg.Pool }) }))
}

// One Kysely for each connection: it runs on that connection alone, inside the transaction that is open there.
const clients = new WeakMap<object, Database>()
export function onClient(client: pg.PoolClient): Database {
  let db = clients.get(client)
  if (!db) {
    const bound = { query: (text: string, values: unknown[] = []) => send(client, text, values), release: () => {} } as unknown as pg.PoolClient
    db = new Kysely<KernelTables>({ dialect: new PostgresDialect({ pool: { connect: async () => bound, end: async () => {}, options: {} } as unknown as pg.Pool }) })
    clients.set(client, db)
  }
  return db
}
