// A draft under the hands of somebody: undone and redone, checked as it is typed, kept on this machine until it is saved, merged with what others save. What was typed is never written over.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDebounced } from '../../../../../web/kit/kit.ts'
import { api, q, queries } from '../../../../../web/client.ts'
import { useMe } from '../../../../../web/session.ts'
import { merged } from '../../../decide/merge.ts'
import type { Clash } from '../../../decide/merge.ts'
import { fileOf, problemsAt, sheetOf } from '../../../decide/sheet.ts'
import type { Part, Row, Sheet } from '../../../decide/sheet.ts'

export type Draft = Awaited<ReturnType<typeof api.programmes.drafts.get>>
type File = Record<string, unknown>
export const sheetFrom = (text: string): Sheet => sheetOf(JSON.parse(text) as File)
export const textOf = (sheet: Sheet): string => JSON.stringify(fileOf(sheet))
/** `base`: what was last saved or fetched, as text; `sheet` is what it has become. */
type State = { base: string; version: number; basedOn: number; sheet: Sheet; past: readonly Sheet[]; future: readonly Sheet[] }
type Kept = { base: string; version: number; basedOn: number; mine: string }
const MOST_STEPS = 200
/** Should the live line be down. */
const POLL_MS = 60_000

const keyOf = (code: string, person: string | undefined) => `sansang.draft.${person ?? ''}.${code}`
const keep = (key: string, kept: Kept | undefined): void => { try { if (kept) localStorage.setItem(key, JSON.stringify(kept)); else localStorage.removeItem(key) } catch { /* a private window, or full: the warning when leaving remains */ } }
function kept(key: string): Kept | undefined {
  try { const found = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null; return found && typeof found.mine === 'string' ? found : undefined } catch { return undefined }
}

/** Where a code is named: changed there with it, so that nothing points to what is gone. */
const NAMED: Partial<Record<Part, readonly (readonly [Part, string])[]>> = {
  workstreams: [['tasks', 'stream'], ['requirements', 'check']], milestones: [['tasks', 'due'], ['requirements', 'by'], ['requirements', 'check'], ['milestones', 'when']], tasks: [['requirements', 'check']],
}
function renamed(sheet: Sheet, part: Part, from: string, to: string): Sheet {
  const word = new RegExp(`(^|[\\s:])${from.replaceAll('-', '\\-')}(?=$|\\s)`, 'g')
  const parts: Record<string, readonly Row[]> = { ...sheet.parts }
  for (const [other, column] of NAMED[part] ?? []) parts[other] = parts[other]!.map((row) => { const was = row.cells[column] ?? ''; const now = was.replace(word, `$1${to}`); return now === was ? row : { ...row, cells: { ...row.cells, [column]: now } } })
  if (part === 'levels' || part === 'classes') {
    const [old, next] = [`${part[0]}:${from}`, `${part[0]}:${to}`]
    for (const [name, rows] of Object.entries(parts)) parts[name] = rows.map((row) => { if (!(old in row.cells)) return row; const { [old]: value, ...cells } = row.cells; return { ...row, cells: { ...cells, [next]: value! } } })
  }
  return { ...sheet, parts: parts as Sheet['parts'] }
}

export function useDraft(code: string, first: Draft) {
  const key = keyOf(code, useMe()?.id)
  const [clashes, setClashes] = useState<readonly Clash[]>([])
  const [restored, setRestored] = useState(false)
  const [state, setState] = useState<State>(() => {
    const { version, basedOn } = first
    const theirs = sheetFrom(first.text!)
    const fresh: State = { base: textOf(theirs), version, basedOn, sheet: theirs, past: [], future: [] }
    const left = kept(key)
    if (!left || left.mine === fresh.base) return fresh
    const mine = sheetFrom(left.mine)
    if (left.version === version) return { ...fresh, basedOn: left.basedOn, sheet: mine }
    const both = merged(sheetFrom(left.base), mine, theirs)
    queueMicrotask(() => setClashes(both.clashes))
    return { ...fresh, sheet: both.sheet }
  })
  const text = useMemo(() => textOf(state.sheet), [state.sheet])
  const dirty = text !== state.base
  const began = useRef(dirty)
  useEffect(() => { if (began.current) setRestored(true) }, [])
  const slow = useDebounced(text, 500)
  useEffect(() => { keep(key, slow === state.base ? undefined : { base: state.base, version: state.version, basedOn: state.basedOn, mine: slow }) }, [slow, key, state.base, state.version, state.basedOn])
  useEffect(() => {
    // The page goes before the half second is over.
    const now = () => keep(key, text === state.base ? undefined : { base: state.base, version: state.version, basedOn: state.basedOn, mine: text })
    addEventListener('pagehide', now)
    return () => removeEventListener('pagehide', now)
  }, [key, text, state])

  const change = useCallback((next: (sheet: Sheet) => Sheet) => setState((was) => { const sheet = next(was.sheet); return sheet === was.sheet ? was : { ...was, sheet, past: [...was.past.slice(-MOST_STEPS), was.sheet], future: [] } }), [])
  const setRows = useCallback((part: Part, rows: readonly Row[]) => change((sheet) => {
    const before = new Map(sheet.parts[part].map((row) => [row.id, row.cells.code ?? '']))
    let next: Sheet = { ...sheet, parts: { ...sheet.parts, [part]: rows } }
    const codes = new Set(rows.map((row) => row.cells.code))
    const names = rows.filter((row) => { const was = before.get(row.id); return was && row.cells.code && was !== row.cells.code && !codes.has(was) })
    if (names.length === 1) next = renamed(next, part, before.get(names[0]!.id)!, names[0]!.cells.code!)
    return next
  }), [change])
  const undo = useCallback(() => setState((was) => (was.past.length === 0 ? was : { ...was, sheet: was.past.at(-1)!, past: was.past.slice(0, -1), future: [was.sheet, ...was.future] })), [])
  const redo = useCallback(() => setState((was) => (was.future.length === 0 ? was : { ...was, sheet: was.future[0]!, past: [...was.past, was.sheet], future: was.future.slice(1) })), [])

  const check = useQuery({ queryKey: ['templates', 'check', slow], queryFn: ({ signal }) => api.programmes.templates.check({ text: slow }, { signal }), placeholderData: keepPreviousData, staleTime: Infinity, gcTime: 30_000 })
  const problems = useMemo(() => (check.data ? problemsAt(state.sheet, check.data.issues) : []), [check.data, state.sheet])

  // Who else saves it is told by the live line; the answer holds nothing new in a few bytes.
  const other = useQuery({ ...q.programmes.drafts.get.queryOptions({ input: { code, ...(state.version > 0 ? { known: state.version } : {}) } }), refetchInterval: POLL_MS, refetchOnWindowFocus: true, staleTime: 0, placeholderData: keepPreviousData, meta: { topics: [`template:${code}`] } })
  const seen = other.data && other.data.version > state.version ? other.data : undefined
  const newest = other.data?.newest ?? first.newest

  const merge = useCallback((base: string, theirs: string, version: number, basedOn: number) => {
    setState((was) => { const both = merged(sheetFrom(base), was.sheet, sheetFrom(theirs)); queueMicrotask(() => setClashes(both.clashes)); return { ...was, base: textOf(sheetFrom(theirs)), version, basedOn, sheet: both.sheet, past: [...was.past.slice(-MOST_STEPS), was.sheet], future: [] } })
  }, [])
  /** What the other saved: beside mine, cell by cell; where I changed nothing, instead. */
  const takeOther = useCallback(async () => {
    const theirs = await queries.fetchQuery({ ...q.programmes.drafts.get.queryOptions({ input: { code } }), staleTime: 0 })
    merge(state.base, theirs.text!, theirs.version, theirs.basedOn)
    return dirty
  }, [code, merge, state.base, dirty])
  const takeNewest = useCallback(async () => {
    const file = (version: number) => api.programmes.templates.export({ code, version, format: 'json' })
    const [from, to] = await Promise.all([file(state.basedOn), file(newest)])
    setState((was) => { const both = merged(sheetFrom(from.text), was.sheet, sheetFrom(to.text)); queueMicrotask(() => setClashes(both.clashes)); return { ...was, basedOn: newest, sheet: both.sheet, past: [...was.past, was.sheet], future: [] } })
  }, [code, state.basedOn, newest])
  const saved = useCallback((version: number, what: string) => { setState((was) => ({ ...was, version, base: what })); setRestored(false); void queries.invalidateQueries({ queryKey: q.programmes.drafts.key() }) }, [])
  const forget = useCallback(() => { keep(key, undefined); setRestored(false) }, [key])
  const reset = useCallback((draft: Draft) => { const sheet = sheetFrom(draft.text!); forget(); setClashes([]); setState({ base: textOf(sheet), version: draft.version, basedOn: draft.basedOn, sheet, past: [], future: [] }) }, [forget])

  return {
    sheet: state.sheet, text, dirty, version: state.version, basedOn: state.basedOn, newest, seen, draft: other.data, restored, clashes, setClashes, problems, checking: check.isFetching || slow !== text, counts: check.data?.counts,
    change, setRows, undo: state.past.length > 0 ? undo : undefined, redo: state.future.length > 0 ? redo : undefined, takeOther, takeNewest, saved, forget, reset,
  }
}
