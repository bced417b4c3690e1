// A fresh database for each test file: a clone of a migrated template, on one embedded PostgreSQL for the whole run (tests/setup.ts) or for this file.
import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import pg from 'pg'
import type { Actor } from './access.ts'
import { openCommitter } from './commit.ts'
import type { Committer, Projectors } from './commit.ts'
import type { Lang } from './contract.ts'
import { asReader, asSide, openDatabase, openPool } from './db.ts'
import type { Connect, Database } from './db.ts'
import { step } from './follow.ts'
import type { Follower } from './follow.ts'
import { migrate, migrations } from './migrate.ts'
import type { SchemaFolder } from './migrate.ts'
import { startEmbedded } from './postgres.ts'
import type { Context } from './rpc.ts'

export const TEST_ORIGIN = '00000000-0000-8000-8000-0000000000ff'
/** Speed over durability: a test's database need not survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '60' }

export async function startTestPostgres(): Promise<{ connect: Connect; stop: () => Promise<void> }> {
  const root = mkdtempSync(join(tmpdir(), 'sansang-test-'))
  chmodSync(root, 0o755) // the database may run as another user
  const server = await startEmbedded(root, FAST)
  return { connect: server.connect, stop: async () => { await server.stop(); rmSync(root, { recursive: true, force: true }) } }
}

// Registered while the test file loads, so it runs once after all its tests.
const closing: (() => Promise<void>)[] = []
after(async () => { for (const close of closing.reverse()) await close() })

export type TestDb = {
  db: Database
  pool: pg.Pool
  connect: Connect
  committer: Committer
  /** The context that a handler would get. */
  as: (actor: Actor, options?: { at?: Date; lang?: Lang }) => Context
}

/** One at a time makes a template; the others wait and clone it. */
const TEMPLATES = 7_431
async function template(admin: pg.Client, server: Connect, name: string, make: (connect: Connect) => Promise<void>): Promise<void> {
  await admin.query('select pg_advisory_lock($1)', [TEMPLATES])
  try {
    if ((await admin.query('select from pg_database where datname = $1', [name])).rowCount === 0) {
      await admin.query(`drop database if exists ${name}_new`)
      await admin.query(`create database ${name}_new`)
      await make({ ...server, database: `${name}_new` })
      await admin.query(`alter database ${name}_new rename to ${name}`)
    }
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [TEMPLATES])
  }
}

/** What a scene puts into a database before a test file begins: done once in a run, then cloned. It answers what the tests need to know of it, as JSON. */
export type Scene<V> = { name: string; fill: (db: TestDb) => Promise<V> }

const opened = (connect: Connect, pool: pg.Pool, projectors: Projectors): TestDb => {
  const db = openDatabase(pool)
  const committer = openCommitter(pool, projectors, TEST_ORIGIN)
  return {
    db, pool, connect, committer,
    as: (actor, { at = new Date(), lang = 'vi' } = {}) => ({
      actor, at, lang, read: asReader(db), side: asSide(db), commit: (order, decide) => committer.commit(order, actor, at, decide),
    }),
  }
}

/** `folders`: whose schemas; `projectors`: what commit projects. Both come from app/wiring.ts, or from the capability under test. */
export async function freshDb(folders: SchemaFolder[], projectors: Projectors): Promise<TestDb> {
  return (await sceneDb(folders, projectors, undefined)).db
}
export async function sceneDb<V>(folders: SchemaFolder[], projectors: Projectors, scene: Scene<V> | undefined): Promise<{ db: TestDb; scene: V }> {
  const shared = process.env.SANSANG_TEST_CONNECT
  const server = shared ? { connect: JSON.parse(shared) as Connect, stop: async () => {} } : await startTestPostgres()
  const admin = new pg.Client({ ...server.connect })
  await admin.connect()
  const schema = `schema_${createHash('sha256').update(JSON.stringify(migrations(folders).map(({ id, hash }) => [id, hash]))).digest('hex').slice(0, 16)}`
  await template(admin, server.connect, schema, async (connect) => {
    const pool = openPool(connect, { max: 1 })
    try { await migrate(pool, folders) } finally { await pool.end() }
  })
  if (scene) {
    await template(admin, server.connect, scene.name, async (connect) => {
      await admin.query(`drop database ${connect.database}`)
      await admin.query(`create database ${connect.database} template ${schema} strategy file_copy`)
      const pool = openPool(connect, { max: 8 })
      const made = opened(connect, pool, projectors)
      try {
        const value = await scene.fill(made)
        await pool.query('create table public.scene as select $1::jsonb as value', [JSON.stringify(value)])
      } finally {
        await made.committer.close()
        await pool.end()
      }
    })
  }
  const name = `t_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  await admin.query('select pg_advisory_lock($1)', [TEMPLATES]) // a template is copied by one at a time
  try { await admin.query(`create database ${name} template ${scene?.name ?? schema} strategy file_copy`) } finally { await admin.query('select pg_advisory_unlock($1)', [TEMPLATES]) }
  const connect = { ...server.connect, database: name }
  const pool = openPool(connect, { max: 8 })
  const made = opened(connect, pool, projectors)
  closing.push(async () => {
    await made.committer.close()
    await pool.end()
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.end()
    await server.stop()
  })
  return { db: made, scene: scene ? (await pool.query<{ value: V }>('select value from public.scene')).rows[0]!.value : (undefined as V) }
}

/**
 * Every follower past all that is in the journal; with `tick` its clock is then this moment. A step may pass nothing though there is more: the tests share one
 * server, and a transaction of another test's database that just ended counts as ours for that step.
 */
export async function catchUp({ pool }: { pool: pg.Pool }, followers: readonly Follower[], at: Date, tick = false): Promise<void> {
  for (const follower of followers) {
    for (let more = false, behind = true; more || behind;) {
      ({ more } = await step(pool, follower, at, more))
      const { rows: [left] } = await pool.query<{ behind: boolean }>(`select exists (select 1 from journal j left join follower_cursors c on c.name = $1
        where (j.xid, j.position) > (coalesce(c.xid, '0'), coalesce(c.position, 0))) as behind`, [follower.name])
      behind = left!.behind
    }
    for (let more = tick; more;) ({ more } = await step(pool, follower, at, true))
  }
}
