// A fresh database for each test file: a clone of a migrated template, on one embedded PostgreSQL for the whole run (tests/setup.ts) or for this file.
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
import { migrate } from './migrate.ts'
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

/** `folders`: whose schemas; `projectors`: what commit projects. Both come from app/wiring.ts, or from the capability under test. */
export async function freshDb(folders: SchemaFolder[], projectors: Projectors): Promise<TestDb> {
  const shared = process.env.SANSANG_TEST_CONNECT
  const server = shared ? { connect: JSON.parse(shared) as Connect, stop: async () => {} } : await startTestPostgres()
  const admin = new pg.Client({ ...server.connect })
  await admin.connect()
  const name = `t_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  await admin.query(`create database ${name}`)
  const connect = { ...server.connect, database: name }
  const pool = openPool(connect, { max: 8 })
  await migrate(pool, folders)
  const db = openDatabase(pool)
  const committer = openCommitter(pool, projectors, TEST_ORIGIN)
  closing.push(async () => {
    await committer.close()
    await pool.end()
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.end()
    await server.stop()
  })
  return {
    db, pool, connect, committer,
    as: (actor, { at = new Date(), lang = 'vi' } = {}) => ({
      actor, at, lang, read: asReader(db), side: asSide(db), commit: (order, decide) => committer.commit(order, actor, at, decide),
    }),
  }
}
