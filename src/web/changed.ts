// What changed a moment ago is marked for a moment, by its id, wherever it is shown: a change that nobody saw did not happen.
import { useCallback, useSyncExternalStore } from 'react'

const MARK_MS = 3000
let marked: ReadonlyMap<string, number> = new Map()
const watchers = new Set<() => void>()
const set = (next: ReadonlyMap<string, number>) => { marked = next; watchers.forEach((watch) => watch()) }

export function markChanged(ids: readonly string[]): void {
  if (ids.length === 0) return
  const until = Date.now() + MARK_MS
  set(new Map([...marked, ...ids.map((id) => [id, until] as const)]))
  // What is marked again meanwhile stays until its own end.
  setTimeout(() => set(new Map([...marked].filter(([, end]) => end > until))), MARK_MS)
}

/** `data-changed={of(id)}`: the mark's look is the kit's. */
export function useChanged(): (id: string) => '' | undefined {
  const now = useSyncExternalStore((watch) => { watchers.add(watch); return () => watchers.delete(watch) }, () => marked)
  return useCallback((id) => (now.has(id) ? '' : undefined), [now])
}
