// After commit: events whose records changed are checked anew, what the clock changes is looked up by its own index, and boards hear of both.
import type { Follower } from '../../kernel/follow.ts'
import type { FoldWriter, Reader } from '../../kernel/db.ts'
import type { Recorded } from '../../kernel/journal.ts'
import type { Hub } from '../../kernel/live.ts'
import { readPatches } from './store/board.ts'
import { openAncestors } from './store/ancestors.ts'
import type { Made } from './store/evidence.ts'
import { addMade, dequeue, dueByClock, enqueue, recheck, refold } from './store/fold.ts'
import type { FoldNeeds, Needs } from './store/fold.ts'
import { parentsOf } from './store/units.ts'

/** Events that a fact touches although it stands on another stream than theirs: a cascade's chunk, what a later capability adds. */
export type Affects = Record<string, (read: Reader, facts: Recorded[]) => string[] | Promise<string[]>>
/** Facts that make events, many alike. */
export type Makes = Record<string, (facts: Recorded[]) => Made[]>
export type FollowerNeeds = Needs & { affects: Affects; makes: Makes; touched?: (unitIds: Iterable<string>) => void; /** Events whose records or checks may have moved. */ checked?: (eventIds: string[]) => void; treeMoved?: () => void; turnedRed?: FoldNeeds['turnedRed'] }

/**
 * How many events are checked in one transaction: as many as take about 40 ms on this machine, so that a report waits no longer than that behind a
 * cascade, and a cascade alone goes in larger bites.
 */
const [LEAST, MOST, AIM_MS] = [64, 1024, 40]
const TICK_MS = 1000

async function affected(batch: Recorded[], read: Reader, affects: Affects): Promise<Set<string>> {
  const events = new Set<string>()
  for (const { stream } of batch) if (stream.startsWith('event:')) events.add(stream.slice('event:'.length))
  for (const [type, facts] of Map.groupBy(batch.filter((r) => affects[r.type]), (r) => r.type)) for (const id of await affects[type]!(read, facts)) events.add(id)
  return events
}

export function followers({ affects, makes, touched = () => {}, checked = () => {}, treeMoved = () => {}, ...given }: FollowerNeeds): Follower[] {
  const needs: FoldNeeds = { ...given, above: openAncestors() }
  let waiting = true // unknown after a start: look once
  let slice = 256
  let lookedAt = 0
  const handle = async (batch: Recorded[], fold: FoldWriter, at: Date): Promise<boolean> => {
    // A call that the clock asked for may bring facts too.
    const tick = batch.length === 0 || Math.abs(at.getTime() - lookedAt) >= TICK_MS
    if (batch.some((r) => r.stream === 'tree')) {
      treeMoved()
      touched(await refold(fold, needs, at))
    }
    const made = [...Map.groupBy(batch.filter((r) => makes[r.type]), (r) => r.type)].flatMap(([type, facts]) => makes[type]!(facts))
    const fresh = await addMade(fold, made, needs, at)
    touched(fresh.touched)
    const events = [...new Set([...await affected(batch, fold as unknown as Reader, affects), ...fresh.left])]
    const began = performance.now()
    const now = events.slice(0, slice)
    await enqueue(fold, events.slice(slice))
    waiting ||= events.length > slice || tick
    if (waiting) {
      const room = Math.max(LEAST, slice - now.length)
      const taken = await dequeue(fold, room)
      waiting = taken.length === room
      now.push(...taken)
    }
    if (tick) lookedAt = at.getTime()
    const due = tick ? await dueByClock(fold as unknown as Reader, at, slice) : []
    const all = [...new Set([...now, ...due])]
    touched(await recheck(fold, all, needs, at))
    if (all.length > 0) checked(all)
    const took = performance.now() - began
    if (all.length >= slice / 2) slice = Math.round(Math.min(MOST, Math.max(LEAST, (all.length * AIM_MS) / took)))
    return waiting || due.length > 0
  }
  return [{ name: 'readiness', types: '*', tickEvery: TICK_MS, gather: 200, share: 6, handle }]
}

const WINDOW_MS = 200

/**
 * Pushes boards after folds: `touch` collects, by follower, the units whose figures are about to move; `flush`, called when that follower has committed,
 * reads the figures of those that somebody looks at, once for all screens and five times a second at most, and hands them to the hub. The hub's own
 * window has then just ended, so nothing waits twice.
 */
export function openBoards({ read, hub, clock = () => new Date(), onError = () => {} }: { read: Reader; hub: Pick<Hub, 'publish' | 'followed'>; clock?: () => Date; onError?: (error: unknown) => void }) {
  /** Not committed yet: what another follower's flush would read of them is old. */
  const held = new Map<string, Set<string>>()
  let touched = new Set<string>()
  let running: Promise<void> | undefined
  let lastAt = -Infinity
  const parents = new Map<string, string | null>()

  async function push(): Promise<void> {
    const units = touched
    touched = new Set()
    const boards = new Set(hub.followed('board').map((topic) => topic.slice('board:'.length)))
    if (boards.size === 0) return
    const unknown = [...units].filter((u) => !parents.has(u))
    if (unknown.length > 0) for (const [unit, parent] of await parentsOf(read, unknown)) parents.set(unit, parent)
    const shown = [...units].filter((u) => boards.has(u) || boards.has(parents.get(u) ?? ''))
    if (shown.length === 0) return
    for (const [unit, { version, patch }] of await readPatches(read, shown, clock())) {
      for (const board of [unit, parents.get(unit)]) if (board && boards.has(board)) hub.publish(`board:${board}`, unit, version, patch)
    }
  }
  async function run(): Promise<void> {
    while (touched.size > 0) {
      const early = lastAt + WINDOW_MS - performance.now()
      if (early > 0) await new Promise((go) => setTimeout(go, early))
      lastAt = performance.now()
      await push()
    }
  }
  function start(): void {
    if (touched.size > 0) running ??= run().catch(onError).finally(() => { running = undefined; start() })
  }
  return {
    touch(follower: string, unitIds: Iterable<string>): void {
      const units = held.get(follower) ?? new Set<string>()
      for (const unit of unitIds) units.add(unit)
      held.set(follower, units)
    },
    flush(follower: string): void {
      for (const unit of held.get(follower) ?? []) touched.add(unit)
      held.delete(follower)
      start()
    },
    /** The tree has other parents. */
    forget: (): void => parents.clear(),
    settled: async (): Promise<void> => { await running },
  }
}
export type Boards = ReturnType<typeof openBoards>
