// Writers run while server and database are killed with -9. After each kill: every acknowledged order is there once, none twice, the chains are whole, and
// the tables are what the journal says.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { asReader, openDatabase, openPool, rows } from '../../src/kernel/db.ts'
import type { Connect } from '../../src/kernel/db.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { verifyJournal } from '../../src/kernel/journal.ts'
import { readHolder } from '../../src/kernel/lock.ts'
import { checkRebuild } from '../../src/app/rebuild.ts'
import { smallFolder } from '../folder.ts'
import type { Small } from '../folder.ts'

const PROGRAM = join(import.meta.dirname, '../..')
const WRITERS = 8

export type Order = { id: string; path: string; body: object; answer?: string; taskId?: string }
export type Figures = { rounds: number; acknowledged: number; unanswered: number; resent: number; kills: Record<string, number>; lines: number; startMs: number[] }

/** A small generator of its own, so that a printed seed repeats the choices (not the moments at which the machine carries them out). */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export async function killRounds(data: string, count: number, seed: number, note: (line: string) => void): Promise<Figures> {
  const small = await smallFolder(data)
  const next = random(seed)
  const figures: Figures = { rounds: 0, acknowledged: 0, unanswered: 0, resent: 0, kills: {}, lines: 0, startMs: [] }
  const acknowledged: Order[] = []
  let open: Order[] = []
  for (let round = 1; round <= count; round++) {
    const server = await startServer(data)
    figures.startMs.push(server.startMs)
    try {
      // What had no answer is sent again first, and now and then what had one: the same answer must come.
      figures.resent += open.length
      const again = [...open, ...Array.from({ length: Math.min(5, acknowledged.length) }, () => acknowledged[Math.floor(next() * acknowledged.length)]!)]
      open = []
      for (const order of again) {
        const before = order.answer
        const answer = await send(server, small, order)
        if (answer === undefined) throw new Error(`sent again to a healthy server, ${order.path} had no answer`)
        if (before !== undefined) assert.equal(answer, before, 'an order sent again gives the same answer')
        else acknowledged.push({ ...order, answer })
      }
      if (round > 1) figures.lines = await verify(data, acknowledged)
      const victim = (['server', 'database', 'both', 'both'] as const)[Math.floor(next() * 4)]!
      figures.kills[victim] = (figures.kills[victim] ?? 0) + 1
      const writers = Array.from({ length: WRITERS }, (_, n) => write(server, small, random(seed + round * 100 + n), (order) => acknowledged.push(order), (order) => open.push(order)))
      await sleep(100 + next() * 600)
      await kill(data, server, victim)
      if (victim === 'database') await sleep(300 + next() * 400) // the server brings it back, writers go on
      server.over = true
      await kill(data, server, 'both')
      await Promise.all(writers)
      figures.rounds = round
      note(`round ${round}: killed ${victim}; ${acknowledged.length} acknowledged, ${open.length} without an answer`)
    } finally {
      server.over = true
      await kill(data, server, 'both')
    }
  }
  const last = await startServer(data)
  try {
    for (const order of open) acknowledged.push({ ...order, answer: (await send(last, small, order))! })
    figures.resent += open.length
    figures.lines = await verify(data, acknowledged)
  } finally {
    last.process.kill('SIGTERM')
    await new Promise((done) => last.process.once('exit', done))
  }
  return { ...figures, acknowledged: acknowledged.length, unanswered: figures.resent }
}

type Running = { process: ChildProcess; url: string; startMs: number; over: boolean }

export async function startServer(data: string): Promise<Running> {
  const from = performance.now()
  let said = ''
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SANSANG_')))
  const child = spawn(process.execPath, [join(PROGRAM, 'src/app/cli.ts'), 'serve', '--data', data], { env: { ...env, SANSANG_PORT: '0', SANSANG_LOG: 'error', NODE_COMPILE_CACHE: join(PROGRAM, 'node_modules/.cache/compiled') }, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => { said = (said + part.toString()).slice(-4000) })
  for (;;) {
    const holder = readHolder(data)
    if (holder?.pid === child.pid && holder?.ready && holder.url) return { process: child, url: holder.url, startMs: Math.round(performance.now() - from), over: false }
    if (child.exitCode !== null || performance.now() - from > 60_000) throw new Error(`the server did not start: ${said}`)
    await sleep(20)
  }
}

/** One after the other, each as soon as the one before is answered; ends when the server is gone. */
export async function write(server: Running, small: Small, next: () => number, done: (order: Order) => void, lost: (order: Order) => void): Promise<void> {
  while (!server.over) {
    const order = anOrder(small, next)
    const answer = await send(server, small, order)
    if (answer !== undefined) done({ ...order, answer })
    else lost(order)
    if (answer === undefined) await sleep(50)
  }
}

function anOrder({ tasks, nation, communes }: Small, next: () => number): Order {
  const id = uuidv7()
  const taskId = tasks[Math.floor(next() * tasks.length)]!
  const kind = next()
  if (kind < 0.2) return { id, path: 'tasks', body: { orderId: id, issuerUnitId: nation, unitId: communes[Math.floor(next() * communes.length)]!, title: `Việc ${id}` } }
  if (kind < 0.6) return { id, path: `tasks/${taskId}/comments`, body: { orderId: id, text: `Trao đổi ${id}` } }
  return { id, path: `tasks/${taskId}/remind`, body: { orderId: id, note: 'Đề nghị báo cáo' } }
}

/** The answer's text; undefined where none came, or the server said that it could not. Any other refusal is a fault of this test or of the server. */
export async function send(server: Running, small: Small, order: Order): Promise<string | undefined> {
  try {
    const response = await fetch(`${server.url}/api/v1/${order.path}`, {
      method: 'POST', headers: { authorization: `Bearer ${small.token}`, 'content-type': 'application/json' }, body: JSON.stringify(order.body), signal: AbortSignal.timeout(20_000),
    })
    const text = await response.text()
    if (response.ok) return text
    if (response.status >= 500) return undefined
    throw new Fault(`${response.status} for ${order.path}: ${text}`)
  } catch (error) {
    if (error instanceof Fault) throw error
    return undefined
  }
}
class Fault extends Error {}

export async function kill(data: string, server: Running, victim: 'server' | 'database' | 'both'): Promise<void> {
  const gone = server.process.exitCode !== null || server.process.signalCode !== null
  const ended = gone ? undefined : new Promise((done) => server.process.once('exit', done))
  if (victim !== 'server') {
    try {
      process.kill(Number(readFileSync(join(data, 'db/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
    } catch { /* it may be starting or gone */ }
  }
  if (victim !== 'database' && !gone) {
    server.process.kill('SIGKILL')
    await ended
  }
}

export async function verify(data: string, acknowledged: Order[]): Promise<number> {
  const connect: Connect = { host: join(data, 's'), port: 5432, user: 'sansang', database: 'sansang' }
  const pool = openPool(connect, { max: 2 })
  const db = openDatabase(pool)
  const read = asReader(db)
  try {
    const ids = acknowledged.map(({ id }) => id)
    const found = await rows<{ id: string; orders: number; lines: number }>(read, sql`
      select i.id::text, coalesce(o.n, 0) as orders, coalesce(j.n, 0) as lines from unnest(${ids}::uuid[]) i(id)
        left join (select order_id, count(*)::int as n from journal_orders group by order_id) o on o.order_id = i.id left join (select order_id, count(*)::int as n from journal group by order_id) j on j.order_id = i.id`)
    assert.deepEqual(found.filter(({ orders, lines }) => orders !== 1 || lines !== 1), [], 'every acknowledged order stands in the journal once')
    const [twice] = await rows<{ lines: number }>(read, sql`select count(*)::int as lines from (select order_id, type, subject from journal group by 1, 2, 3 having count(*) > 1) t`)
    assert.equal(twice!.lines, 0, 'no order happened twice')
    const { broken, lines } = await verifyJournal(read)
    assert.deepEqual(broken, [], 'every chain is whole')
    const { differences } = await checkRebuild({ connect })
    assert.deepEqual(differences, [], 'the tables are what the journal says')
    return lines
  } finally {
    await pool.end()
  }
}
