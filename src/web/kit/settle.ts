// The rule by which rows keep their places: no look at the page, so that it can be tried alone.
import type { ReactNode } from 'react'

export type Group = { id: string; label: ReactNode }
/** What was shown: asked for by what, in which order, in which groups. */
export type Kept = { reset: string; ids: string[]; groups: Map<string, Group> }

/** Rows as they are shown: those known in their old places with what is in them now. `unseen` came in between and waits; `moved`: their order would be another. */
export function settle<R>(rows: readonly R[], rowKey: (row: R) => string, reset: string, held: { current: Kept | undefined }): { rows: readonly R[]; unseen: string[]; moved: boolean } {
  const ids = rows.map(rowKey)
  const byId = new Map(rows.map((row, i) => [ids[i]!, row]))
  const before = new Set(held.current?.reset === reset ? held.current.ids : [])
  const known = [...before].filter((id) => byId.has(id))
  if (known.length === 0) { held.current = { reset, ids, groups: new Map() }; return { rows, unseen: [], moved: false } }
  // What follows the last one known was loaded by going on; what stands before it has come anew.
  const last = ids.findLastIndex((id) => before.has(id))
  const unseen = ids.slice(0, last).filter((id) => !before.has(id))
  const more = ids.slice(last + 1)
  // One that went keeps its place, for it may be taken back.
  held.current = { ...held.current!, ids: [...before, ...more] }
  const moved = ids.filter((id) => before.has(id)).some((id, i) => id !== known[i])
  return { rows: moved || unseen.length > 0 ? [...known, ...more].map((id) => byId.get(id)!) : rows, unseen, moved }
}
