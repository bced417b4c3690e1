// Keeps what is on the screen true: each query names its topics in `meta`, a change patches it or fetches it again, and the age of the data is known.
import { useEffect, useSyncExternalStore } from 'react'
import type { QueryClient } from '@tanstack/react-query'
import { markChanged } from './changed.ts'
import { url } from './client.ts'
import { LiveLink } from './live-link.ts'
import type { Change, LineState, LiveMessage } from './live-link.ts'

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** `board:<unitId>`, `event:<id>`, `task:<id>`, `reports:<requestId>`, `report:<id>`, `plan:<id>`, `proposal:<id>`, `dates:<unitId>` (dates of it or below it moved), `template:<code>` (its draft), `editors:<kind>_<id>` (who edits it came or went), `inbox:<personId>`, `tree` (the tree of units changed); one of another kind is nobody's and stays silent. */
      topics?: string[]
      /** Folds the change into what is shown; undefined: fetch it again; null: who shows it reads what changed by itself. */
      patch?: (data: never, change: Change) => unknown
    }
  }
}

let line: LineState = { state: 'connecting', heard: null, ours: 0 }
const watchers = new Set<() => void>()
const newest = new Map<string, number>()
let send: (message: { topics?: string[]; retry?: boolean; leave?: boolean }) => void = () => {}

/** Whether the line is open, and when the server was last heard. */
export const useLine = (): LineState => useSyncExternalStore((watch) => { watchers.add(watch); return () => watchers.delete(watch) }, () => line)
export const isLineLost = (): boolean => line.state === 'lost'
export const retryLine = (): void => send({ retry: true })

function apply(queries: QueryClient, message: LiveMessage): void {
  if (message.kind === 'state') {
    line = message.line
    watchers.forEach((watch) => watch())
    return
  }
  if (message.kind === 'resync') return void queries.invalidateQueries({ predicate: (query) => Boolean(query.meta?.topics) })
  const { change } = message
  if (change.version !== undefined) {
    const key = `${change.topic} ${change.id}`
    if ((newest.get(key) ?? -1) >= change.version) return
    if (newest.size > 5000) newest.clear()
    newest.set(key, change.version)
  }
  for (const query of queries.getQueryCache().findAll({ predicate: (one) => Boolean(one.meta?.topics?.includes(change.topic)) })) {
    const patched = query.state.data === undefined ? undefined : query.meta?.patch?.(query.state.data as never, change)
    if (patched === undefined) later(queries, query.queryHash, change.id)
    else if (patched !== null && patched !== query.state.data) { queries.setQueryData(query.queryKey, patched); if (change.id) markChanged([change.id]) }
  }
}

// Ten changes in a quarter of a second are one request.
const pending = new Map<string, Set<string>>()
function later(queries: QueryClient, hash: string, id: string | undefined): void {
  const ids = pending.get(hash) ?? new Set()
  if (id) ids.add(id)
  if (pending.has(hash)) return
  pending.set(hash, ids)
  setTimeout(() => {
    pending.delete(hash)
    void queries.invalidateQueries({ predicate: (query) => query.queryHash === hash }).then(() => markChanged([...ids]))
  }, 250)
}

function connect(queries: QueryClient): () => void {
  const base = url('live')
  if (typeof SharedWorker !== 'undefined') {
    const worker = new SharedWorker(new URL('./live-worker.ts', import.meta.url), { type: 'module', name: `sansang ${base}` })
    worker.port.onmessage = ({ data }: MessageEvent<LiveMessage>) => apply(queries, data)
    send = (message) => worker.port.postMessage({ base, ...message })
    const leave = () => send({ leave: true })
    addEventListener('pagehide', leave)
    return () => { removeEventListener('pagehide', leave); leave() }
  }
  const link = new LiveLink(base, (message) => apply(queries, message))
  send = ({ topics, retry }) => { if (topics) link.want(topics); if (retry) link.retry() }
  return () => link.close()
}

/** Opens the line while somebody is signed in, and keeps its topics equal to what the screen shows. */
export function useLiveQueries(queries: QueryClient, on: boolean): void {
  useEffect(() => {
    if (!on) return
    const close = connect(queries)
    let last: string | undefined
    const sync = () => {
      const topics = [...new Set(queries.getQueryCache().findAll({ type: 'active' }).flatMap((query) => query.meta?.topics ?? []))].sort()
      if (topics.join() !== last) send({ topics })
      last = topics.join()
    }
    const unwatch = queries.getQueryCache().subscribe((event) => { if (event.type.startsWith('observer') || event.type === 'removed') queueMicrotask(sync) })
    sync()
    const still = setInterval(() => { last = undefined; sync() }, 45_000)
    const online = () => retryLine()
    const shown = () => { if (document.visibilityState === 'visible') { last = undefined; sync() } }
    addEventListener('online', online)
    document.addEventListener('visibilitychange', shown)
    return () => { unwatch(); clearInterval(still); removeEventListener('online', online); document.removeEventListener('visibilitychange', shown); close() }
  }, [queries, on])
}
