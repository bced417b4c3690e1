// Tasks in sight are kept true: told of a change, they are read again, many in one question, and put into the rows that are shown; nothing moves.
import { useEffect, useRef } from 'react'
import { markChanged } from '../../../web/changed.ts'
import { shown } from '../../../web/at-once.ts'
import { api, q, queries } from '../../../web/client.ts'
import type { Change } from '../../../web/live-link.ts'
import type { TaskRow } from './list.tsx'
import type { TaskDetail } from './task.tsx'

type Pages = { pages: { items: TaskRow[]; next: string | null; total?: number; asOf: string }[]; pageParams: unknown[] }
type Asked = { state?: string[]; overdue?: boolean }
/** As long as this a row that comes into sight is taken as it was read. */
const FRESH_MS = 20_000
const MOST = 100

/** Reads these tasks now and shows them where they stand; answers them. */
export async function readAgain(ids: readonly string[]): Promise<TaskRow[]> {
  const slices = Array.from({ length: Math.ceil(ids.length / MOST) }, (_, i) => ids.slice(i * MOST, (i + 1) * MOST))
  const items = (await Promise.all(slices.map((ids) => api.tasks.list({ ids, limit: MOST })))).flatMap((page) => page.items)
  markChanged([...put(items)])
  return items
}

/** Shows these rows where they stand, unless newer ones stand there; answers which differ. */
export function put(items: readonly TaskRow[]): Set<string> {
  const fresh = new Map(items.map((row) => [row.id, row]))
  const changed = new Set<string>()
  const now = (row: TaskRow): TaskRow => {
    const next = fresh.get(row.id)
    if (!next || next.version < row.version || JSON.stringify(next) === JSON.stringify(row)) return row
    changed.add(row.id)
    return next
  }
  queries.setQueriesData<Pages>({ queryKey: ['tasks'], predicate: (one) => one.queryKey[1] === 'list' || one.queryKey[1] === 'event' }, (data) => data && 'pages' in data ? inPages(data, (items) => items.map(now)) : data)
  columns(fresh, changed)
  return changed
}

/** The task in this state wherever it is shown, before the server has said so; answers how to take it back. */
export function inState(task: { id: string; state: TaskRow['state'] }, state: TaskRow['state']): (() => void)[] {
  const rows = queries.getQueriesData<Pages>({ queryKey: ['tasks'], predicate: (one) => ['list', 'event', 'board'].includes(one.queryKey[1] as string) })
  const row = rows.flatMap(([, data]) => data?.pages ?? []).flatMap((page) => page.items).find((one) => one.id === task.id)
  if (row) put([{ ...row, state }])
  return [...(row ? [() => void put([row])] : []), shown<TaskDetail>(q.tasks.get.key({ input: { taskId: task.id } }), (data) => ({ ...data, state, can: data.can.filter((one) => !(one in AT_ONCE)) }))]
}
/** Who sees these buttons may press them: refused only where somebody was quicker. */
export const AT_ONCE = { accept: 'accepted', start: 'under_way' } as const

function inPages(data: Pages, change: (items: TaskRow[]) => TaskRow[]): Pages {
  const pages = data.pages.map((page) => {
    const items = change(page.items)
    return items.length === page.items.length && items.every((row, i) => row === page.items[i]) ? page : { ...page, items }
  })
  return pages.every((page, i) => page === data.pages[i]) ? data : { ...data, pages }
}

/** A card whose task went on goes to the column of its state, where its due date puts it. */
function columns(fresh: ReadonlyMap<string, TaskRow>, changed: Set<string>): void {
  const shown = queries.getQueryCache().findAll({ queryKey: ['tasks', 'board'], type: 'active' }).flatMap((query) => {
    const data = query.state.data as Pages | undefined
    return data ? [{ query, data, asked: query.queryKey[2] as Asked, had: new Map(data.pages.flatMap((page) => page.items).map((row) => [row.id, row])) }] : []
  })
  const before = new Map(shown.flatMap((one) => [...one.had]))
  const due = (row: TaskRow) => `${row.due?.at ?? '9999'} ${row.id}`
  for (const { query, data, asked, had } of shown) {
    const belongs = (row: TaskRow) => Boolean(asked.state?.includes(row.state)) && (!asked.overdue || row.overdue)
    let total = data.pages[0]!.total
    let next = inPages(data, (items) => items.flatMap((row) => {
      const now = fresh.get(row.id)
      if (!now || now.version < row.version || JSON.stringify(now) === JSON.stringify(row)) return [row]
      changed.add(row.id)
      if (belongs(now)) return [now]
      if (total !== undefined) total--
      return []
    }))
    for (const row of fresh.values()) {
      const was = before.get(row.id)
      if (had.has(row.id) || !was || row.version < was.version || !belongs(row)) continue
      if (total !== undefined) total++
      const at = next.pages.findIndex((page) => page.items.some((one) => due(one) > due(row)))
      const last = next.pages.length - 1
      // Beyond what is loaded it comes with the rest.
      if (at < 0 && next.pages[last]!.next) continue
      next = { ...next, pages: next.pages.map((page, i) => (i === (at < 0 ? last : at) ? { ...page, items: [...page.items, row].toSorted((a, b) => (due(a) < due(b) ? -1 : 1)) } : page)) }
    }
    if (next !== data || total !== data.pages[0]!.total) queries.setQueryData(query.queryKey, { ...next, pages: next.pages.map((page, i) => (i === 0 && total !== undefined ? { ...page, total } : page)) })
  }
}

// Ten changes at once are one question.
const wanted = new Set<string>()
function soon(id: string): void {
  if (wanted.size === 0) setTimeout(() => { const ids = [...wanted]; wanted.clear(); void readAgain(ids).catch(() => { /* the next change, or the line coming back, reads it */ }) }, 150)
  wanted.add(id)
}

/** The `meta` of a query whose rows are tasks: those in sight are followed. */
export const followed = (ids: readonly string[]) => ({ topics: ids.map((id) => `task:${id}`), patch: (_: never, change: Change) => (change.id && change.topic.startsWith('task:') ? (soon(change.id), null) : undefined) })

/** What comes into sight long after it was read is read again: nobody told of it meanwhile. */
export function useSightTrue(ids: readonly string[], asOf: string | undefined): void {
  const seen = useRef<{ asOf: string | undefined; at: number; ids: Set<string> }>({ asOf, at: Date.now(), ids: new Set() })
  useEffect(() => {
    if (seen.current.asOf !== asOf) seen.current = { asOf, at: Date.now(), ids: new Set() }
    const old = Date.now() - seen.current.at > FRESH_MS
    for (const id of ids) { if (old && !seen.current.ids.has(id)) soon(id); seen.current.ids.add(id) }
  }, [ids, asOf])
}
