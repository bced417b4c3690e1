// Are the tables what the journal says? Replays it beside them and compares every row; or puts the replayed rows in their place.
import type pg from 'pg'
import { openPool, SCHEMA } from '../kernel/db.ts'
import { list, quoted, bareTables, tablesOf } from './catalogue.ts'
import type { Table } from './catalogue.ts'
import type { Installation } from './installation.ts'
import { onConnection, replay, SCRATCH } from './replay.ts'
import { tables as declared } from './wiring.ts'

export type Difference = { table: string; key: string; stands: string | null; replayed: string | null }
export type Rebuilt = { lines: number; tables: number; rows: number; differences: Difference[]; differing: Record<string, number> }

const SHOWN = 5
type Note = (text: string) => void

/** Compares; changes nothing. A running server is not held up: the journal and the tables are read in one snapshot. */
export async function checkRebuild(installation: Pick<Installation, 'connect'>, note: Note = () => {}): Promise<Rebuilt> {
  const pool = openPool(installation.connect, { max: 1, name: 'sansang rebuild' })
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const { pool: scratch, lines, drop } = await replay(installation.connect, onConnection(client), (n) => note(`${n}`))
    try {
      const other = await scratch.connect()
      try {
        await other.query('begin isolation level repeatable read read only')
        return { lines, ...(await compare(client, other)) }
      } finally {
        other.release(true)
      }
    } finally {
      await drop()
    }
  } finally {
    client.release(true)
    await pool.end()
  }
}

/** Puts replayed rows in the place of the declared tables' rows, in one transaction. What is not the journal's stays. */
export async function rebuild(installation: Installation, note: Note = () => {}): Promise<Rebuilt> {
  const { lines, drop, pool } = await replay(installation.connect, installation.db, (n) => note(`${n}`))
  try {
    const client = await pool.connect()
    try {
      const tables = await declaredTables(client, SCHEMA)
      let rows = 0
      await client.query(`begin; set local search_path = ${SCHEMA}, public`)
      const bare = await bareTables(client, SCHEMA, { indexes: false })
      if (tables.length > 0) await client.query(`truncate ${tables.map(({ name }) => quoted(name)).join(', ')}`)
      for (const { name, columns } of tables) {
        rows += (await client.query(`insert into ${quoted(name)} (${list(columns)}) overriding system value select ${list(columns)} from ${SCRATCH}.${quoted(name)}`)).rowCount ?? 0
      }
      await bare.back()
      await client.query('commit')
      return { lines, tables: tables.length, rows, differences: [], differing: {} }
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  } finally {
    await drop()
  }
}

async function declaredTables(client: pg.ClientBase, schema: string): Promise<Table[]> {
  const there = await tablesOf(client, schema)
  const missing = declared.filter((name) => !there.some((table) => table.name === name))
  if (missing.length > 0) throw new Error(`wiring declares tables that no migration makes: ${missing.join(', ')}`)
  return there.filter(({ name }) => declared.includes(name))
}

async function compare(stands: pg.PoolClient, replayed: pg.PoolClient): Promise<Omit<Rebuilt, 'lines'>> {
  const tables = await declaredTables(stands, SCHEMA)
  const found: Omit<Rebuilt, 'lines'> = { tables: tables.length, rows: 0, differences: [], differing: {} }
  for (const table of tables) {
    // A sum over hashes of all rows first: equal tables need no more.
    const sums = `select count(*)::int as rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as sum from (select ${list(table.columns)} from ${quoted(table.name)}) t`
    const [a, b] = await Promise.all([stands, replayed].map(async (client) => (await client.query<{ rows: number; sum: string }>(sums)).rows[0]!))
    found.rows += a!.rows
    if (a!.sum === b!.sum && a!.rows === b!.rows) continue
    for await (const difference of differences(table, stands, replayed)) {
      found.differing[table.name] = (found.differing[table.name] ?? 0) + 1
      if (found.differing[table.name]! <= SHOWN) found.differences.push(difference)
    }
  }
  return found
}

type Row = { key: string; body: string }

/** Both tables in order of their key, side by side. */
async function* differences(table: Table, stands: pg.PoolClient, replayed: pg.PoolClient): AsyncGenerator<Difference> {
  const left = ordered(table, stands)
  const right = ordered(table, replayed)
  for (let [a, b] = [await left.next(), await right.next()]; !a.done || !b.done;) {
    const one = a.done ? undefined : a.value
    const two = b.done ? undefined : b.value
    const order = !one ? 1 : !two ? -1 : Buffer.compare(Buffer.from(one.key), Buffer.from(two.key))
    if (order < 0) yield { table: table.name, key: one!.key, stands: one!.body, replayed: null }
    else if (order > 0) yield { table: table.name, key: two!.key, stands: null, replayed: two!.body }
    else if (one!.body !== two!.body) yield { table: table.name, key: one!.key, stands: one!.body, replayed: two!.body }
    if (order <= 0) a = await left.next()
    if (order >= 0) b = await right.next()
  }
}

async function* ordered({ name, columns, key }: Table, client: pg.PoolClient): AsyncGenerator<Row> {
  const by = `row(${list(key.length > 0 ? key : columns)})::text collate "C"`
  const cursor = `rows_of_${name}`
  await client.query(`declare ${quoted(cursor)} no scroll cursor for select ${by} as key, t::text as body from (select ${list(columns)} from ${quoted(name)}) t order by 1`)
  for (;;) {
    const { rows } = await client.query<Row>(`fetch 2000 from ${quoted(cursor)}`)
    if (rows.length === 0) break
    yield* rows
  }
  await client.query(`close ${quoted(cursor)}`)
}
