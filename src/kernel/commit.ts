// The only road to the database for a change: lock the streams, seen this order before?, decide, journal the facts, project them. One
// transaction; waiting orders share one (group commit), and a refused order never fails its group.
import { hash } from 'node:crypto'
import type pg from 'pg'
import type { Actor } from './access.ts'
import type { Reader } from './db.ts'
import { Refusal } from './order.ts'
import type { Decide, Order, Projectors, Waiting } from './order.ts'
import { transact } from './transact.ts'

export { Refusal } from './order.ts'
export type { Commit, Decide, Decision, Order, PrivateText, Projector, Projectors, Staged } from './order.ts'
export type { Fact, Recorded } from './journal.ts'
export { project } from './transact.ts'

const GROUP = 128
/** Those who were just answered often ask again at once. So long a small group waits for as many as there were, and its fixed cost is shared; a large one shares it anyway. */
const HOLD_MS = 2
const SMALL = 16

export type Committer = {
  commit: <A>(order: Order, actor: Actor, at: Date, decide: Decide<A>) => Promise<A>
  /** Called after each commit that journaled something, on this process's own commits. */
  onCommitted: (listener: () => void) => () => void
  /** Waits for what is under way, refuses what comes after. */
  close: () => Promise<void>
  stats: { orders: number; refused: number; groups: number; facts: number }
}

export function openCommitter(pool: pg.Pool, projectors: Projectors, origin: string): Committer {
  const pending: Waiting[] = []
  const busy = new Set<string>()
  const listeners = new Set<() => void>()
  const stats = { orders: 0, refused: 0, groups: 0, facts: 0 }
  /** One transaction at a time for orders that share it, and one beside it for an order that wants its own: a cascade's chunk keeps nobody waiting. */
  const under = { shared: false, solo: false }
  let [expected, holdUntil] = [0, 0]
  let holding: ReturnType<typeof setTimeout> | undefined
  let closed = false
  let idle: (() => void) | undefined

  /**
   * The next orders that can share a transaction. On one stream only orders about different rows of it do; an order about the stream as a whole
   * has the stream for itself. What must wait bars its streams, so that nothing overtakes it.
   */
  function pick(): Waiting[] {
    const group: Waiting[] = []
    const left: Waiting[] = []
    const barred = new Set<string>()
    const rows = new Set<string>()
    const ids = new Set<string>()
    for (const one of pending) {
      const { streams, id } = one.order
      const solo = isSolo(one)
      const whole = solo || one.subject === streams[0]
      const row = `${streams[0]} ${one.subject}`
      const free = group.length < GROUP && !under[solo ? 'solo' : 'shared'] && !(group[0] && (solo || isSolo(group[0]))) && !ids.has(id) && !rows.has(row)
        && !streams.some((s) => busy.has(s) || barred.has(s) || (whole && rows.has(s)))
      if (!free) {
        left.push(one)
        if (whole) for (const s of streams) barred.add(s)
        else rows.add(row)
        continue
      }
      group.push(one)
      ids.add(id)
      rows.add(row)
      for (const s of streams) { rows.add(s); if (whole) barred.add(s) }
    }
    for (const { order } of group) for (const s of order.streams) busy.add(s)
    pending.splice(0, pending.length, ...left)
    return group
  }

  const still = (): boolean => !under.shared && !under.solo && pending.length === 0

  let called = false
  /** Once a tick, however many orders came in it. */
  function call(): void {
    if (called) return
    called = true
    setImmediate(() => { called = false; pump() })
  }
  /** Alone, or where nobody waited, nobody is held. */
  function held(): boolean {
    if (closed || under.shared || expected > SMALL || pending.length >= expected || performance.now() >= holdUntil) return false
    holding ??= setTimeout(() => { holding = undefined; pump() }, 1)
    return true
  }
  function pump(): void {
    if (held()) return
    while (pending.length > 0 && !(under.shared && (under.solo || !pending.some(isSolo)))) {
      const group = pick()
      if (group.length === 0) return
      const lane = isSolo(group[0]!) ? 'solo' : 'shared'
      under[lane] = true
      void run(group).finally(() => {
        under[lane] = false
        for (const { order } of group) for (const s of order.streams) busy.delete(s)
        if (lane === 'shared') [expected, holdUntil] = [pending.length + group.length, performance.now() + HOLD_MS]
        if (still()) idle?.()
        pump()
      })
    }
  }

  async function run(group: Waiting[]): Promise<void> {
    let client: pg.PoolClient
    try {
      client = await pool.connect()
    } catch (error) {
      for (const one of group) one.reject(error)
      return
    }
    let dead: Error | undefined
    const lost = (error: Error) => { dead = error }
    client.on('error', lost)
    try {
      const results = await transact(client, group, projectors, origin, listeners.size === 0)
      stats.groups++
      group.forEach((one, i) => {
        const result = results[i]!
        stats.orders++
        if (result instanceof Refusal) { stats.refused++; one.reject(result) } else one.resolve(result.answer)
        if ('facts' in result) stats.facts += result.facts
      })
      if (results.some((r) => 'facts' in r && r.facts > 0)) for (const listener of listeners) listener()
    } catch (error) {
      await client.query('rollback').catch((e: Error) => { dead = e })
      if (group.length === 1) group[0]!.reject(error)
      else {
        // One of them broke the transaction; alone, only it fails.
        for (const one of group) one.single = true
        pending.unshift(...group)
      }
    } finally {
      client.off('error', lost)
      client.release(dead)
    }
  }

  return {
    commit: (order, actor, at, decide) => new Promise((resolve, reject) => {
      if (closed) return reject(new Error('the server is stopping'))
      const body = JSON.stringify(order.body) ?? ''
      pending.push({
        order, subject: order.subject ?? order.streams[0]!, actor, at, decide, single: false, resolve: resolve as (answer: unknown) => void, reject,
        bodyHash: hash('sha256', order.kind + body, 'buffer'),
      })
      call()
    }),
    onCommitted: (listener) => { listeners.add(listener); return () => listeners.delete(listener) },
    close: () => { closed = true; return new Promise((done) => { if (still()) done(); else idle = done }) },
    stats,
  }
}

const isSolo = (one: Waiting): boolean => one.order.streams.length > 1 || one.order.alone === true || one.order.tree === 'exclusive' || one.single

/**
 * An access function that coalesces what is asked in one tick into one query: orders that share a transaction load their rows together.
 * `load` answers in the order of the asks.
 */
export function batched<Ask, Row>(load: (read: Reader, asks: Ask[]) => Promise<(Row | undefined)[]>): (read: Reader, ask: Ask) => Promise<Row | undefined> {
  const waiting = new WeakMap<object, { asks: Ask[]; rows: Promise<(Row | undefined)[]> }>()
  return async (read, ask) => {
    let batch = waiting.get(read)
    if (!batch) {
      const asks: Ask[] = []
      batch = { asks, rows: new Promise((resolve, reject) => setImmediate(() => { waiting.delete(read); load(read, asks).then(resolve, reject) })) }
      waiting.set(read, batch)
    }
    const at = batch.asks.push(ask) - 1
    return (await batch.rows)[at]
  }
}
