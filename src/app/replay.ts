// Replays the journal into an empty second schema, with the same migrations and the same projectors.
import type pg from 'pg'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { project } from '../kernel/commit.ts'
import type { Recorded } from '../kernel/commit.ts'
import { openDatabase, openPool } from '../kernel/db.ts'
import type { Connect, Database, KernelTables, Writer } from '../kernel/db.ts'
import { readJournal, recorded } from '../kernel/journal.ts'
import type { Line } from '../kernel/journal.ts'
import { migrate } from '../kernel/migrate.ts'
import { projectors, schemaFolders } from './wiring.ts'

export const SCRATCH = 'sansang_rebuild'

/** A database handle on one connection, for what must see one snapshot. */
export function onConnection(client: pg.PoolClient): Database {
  const bound = { query: client.query.bind(client), release: () => {} }
  return new Kysely<KernelTables>({ dialect: new PostgresDialect({ pool: { connect: async () => bound, end: async () => {}, options: {} } as unknown as pg.Pool }) })
}

/** Lines that `source` shows, in order of position, into the schema SCRATCH, which is made anew. Answers its pool; `drop` removes it. */
export async function replay(connect: Connect, source: Database, progress: (lines: number) => void = () => {}): Promise<{ pool: pg.Pool; lines: number; drop: () => Promise<void> }> {
  const pool = openPool(connect, { schema: SCRATCH, max: 2, name: 'sansang rebuild' })
  const drop = async () => {
    await pool.query(`drop schema if exists ${SCRATCH} cascade`)
    await pool.end()
  }
  try {
    await pool.query(`drop schema if exists ${SCRATCH} cascade`)
    await migrate(pool, schemaFolders, SCRATCH)
    const db = openDatabase(pool)
    let lines = 0
    for await (const page of readJournal(source as never)) {
      // A rebuild can be repeated, so its commits need not reach the disk one by one.
      await db.transaction().execute(async (tx) => {
        await sql`set local synchronous_commit = off`.execute(tx)
        for (const batch of batches(page)) await project(tx as unknown as Writer, batch, projectors)
      })
      progress(lines += page.length)
    }
    return { pool, lines, drop }
  } catch (error) {
    await drop()
    throw error
  }
}

/**
 * Runs of one type, as long as can be. Facts of different events do not know each other, so between two facts of other streams (tree, programme,
 * template, person…: others may build on them) the events go side by side: first the first run of each, then the second.
 */
function* batches(lines: Line[]): Generator<Recorded[]> {
  for (const part of runsBy(lines, (line) => line.stream.startsWith('event:'))) {
    if (!part[0]!.stream.startsWith('event:')) {
      for (const run of runsBy(part, (line) => line.type)) yield run.map((line) => recorded(line))
      continue
    }
    const runs = [...Map.groupBy(part, (line) => line.stream).values()].map((stream) => runsBy(stream, (line) => line.type))
    for (let k = 0, wave = runs; wave.length > 0; k++, wave = wave.filter((stream) => stream.length > k)) {
      for (const same of Map.groupBy(wave.flatMap((stream) => stream[k]!), (line) => line.type).values()) yield same.map((line) => recorded(line))
    }
  }
}

function runsBy(lines: Line[], like: (line: Line) => unknown): Line[][] {
  const runs: Line[][] = []
  for (const line of lines) if (runs.length > 0 && like(runs.at(-1)![0]!) === like(line)) runs.at(-1)!.push(line); else runs.push([line])
  return runs
}
