// A real table for any number of rows: only those in sight are in the page, all of them on paper. Sorted and paged by whoever owns the data.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import type { VirtualItem, Virtualizer } from '@tanstack/react-virtual'
import { useChanged } from '../changed.ts'
import { useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { useKeys } from '../keys.ts'
import { Button } from './buttons.tsx'
import { HeldNote, useHeld } from './held.tsx'
import type { Came } from './held.tsx'
import { Icon } from './icons.tsx'
import { kit } from './messages.ts'
import { TableFind, useCopy } from './table-find.tsx'
import { sheetOf } from './table-text.ts'
import { EmptyState, RefusedState, Skeleton } from './waiting.tsx'

export type Column<R> = {
  id: string
  head: string
  cell: (row: R, index: number) => ReactNode
  /** The cell as plain text: the column is found in and copied. */
  text?: (row: R, index: number) => string
  /** `name`: the row's heading, with its link; one a table. `number`: right, tabular. */
  as?: 'name' | 'number' | 'text'
  width?: string
  /** `desc`: the first press sorts downwards (counts). */
  sort?: 'asc' | 'desc'
  /** Left out where the table is narrower than this: say the most important thing again in the name's second line. */
  from?: 'wide' | 'middle' | 'narrow'
}
export type Sort = { by: string; desc: boolean }

export type DataTableProps<R> = {
  /** What the table holds; read out, and shown only to those who listen. */
  caption: string
  columns: readonly Column<R>[]
  rows: readonly R[] | undefined
  rowKey: (row: R) => string
  /** A row that is meant: marked by a bar at its side. */
  current?: string | undefined
  sort?: Sort
  onSort?: (sort: Sort) => void
  selected?: ReadonlySet<string>
  onSelected?: (selected: Set<string>) => void
  /** What can be done with the rows selected. */
  bulk?: (selected: ReadonlySet<string>) => ReactNode
  total?: number | undefined
  more?: { has: boolean; busy: boolean; load: () => void }
  error?: unknown
  retry?: () => void
  empty?: ReactNode
  rowClass?: (row: R) => string
  /** Rows in groups, which follow one another in `rows`: each group begins with its name. */
  group?: ((row: R) => { id: string; label: ReactNode }) | undefined
  /** The row to bring into sight. */
  goTo?: string | undefined
  /** Head and count are left out: a few lines inside a card. */
  bare?: boolean
  /** What the rows were asked for by: as long as it stays the same, rows keep their places until the reader asks for the order of now. */
  hold?: string | undefined
  /** What came and is not shown: said here by whoever holds the rows (`useHeld`). */
  came?: Came | undefined
  /** Of `useSight`: hears which rows are in sight. */
  see?: (element: HTMLElement | null) => (() => void) | undefined
}

const VIRTUAL_FROM = 80
/** More is not loaded at a press: what is wanted then is a narrower list, or the exported file. */
const MOST_AT_ONCE = 12_000
const coarse = typeof matchMedia === 'function' ? matchMedia('(max-width: 699px)') : undefined

/** How high the rows of a table were when it was left, by its name: whoever comes back finds the row where it stood. */
const left = new Map<string, { width: number; rows: VirtualItem[] }>()

type Group = { id: string; label: ReactNode; n: number }
/** A line is the place of a row, or the name of the group that begins; `lineOf`: the line of each row. */
function linesOf<R>(rows: readonly R[], group: DataTableProps<R>['group']): { lines: (number | Group)[]; lineOf: number[] } {
  const lines: (number | Group)[] = []
  let open: Group | undefined
  const lineOf = rows.map((row, i) => {
    const of = group?.(row)
    if (of && of.id !== open?.id) lines.push(open = { ...of, n: 0 })
    if (open) open.n++
    return lines.push(i) - 1
  })
  return { lines, lineOf }
}

/** A row's height comes from what observes it, after the layout that is due anyway: to read it as the row is put in would lay the page out for each. Until then the guess. */
function heightOf(element: Element, entry: ResizeObserverEntry | undefined, of: Virtualizer<Window, Element>): number {
  const box = entry?.borderBoxSize[0]
  if (box) return Math.round(box.blockSize)
  const i = of.indexFromElement(element)
  return of.itemSizeCache.get(of.options.getItemKey(i)) ?? of.options.estimateSize(i)
}

export function DataTable<R>(props: DataTableProps<R>) {
  const { caption, columns, rowKey, sort, onSort, selected, onSelected, bulk, total, more, error, retry, empty, rowClass, bare, see } = props
  const held = useHeld(props.rows, rowKey, props.hold, props.group)
  const { rows, group } = held
  const note = (props.came || props.hold !== undefined) && <HeldNote {...props.came ?? held.came} />
  const changed = useChanged()
  const t = useT(kit)
  const { total: said, number } = useFormat()
  const body = useRef<HTMLTableSectionElement>(null)
  const [finding, setFinding] = useState(false)
  const [hit, setHit] = useState<string>()
  const [current, goTo] = [hit ?? props.current, hit ?? props.goTo]
  const [printing, setPrinting] = useState(false)
  const all = rows ?? []
  const virtual = all.length > VIRTUAL_FROM && !printing
  const guess = coarse?.matches ? 58 : 37
  // Where the rows begin on the page: what stands above may grow.
  const [margin, setMargin] = useState(0)
  const { lines, lineOf } = useMemo(() => linesOf(rows ?? [], group), [rows, group])
  const keys = useMemo(() => rows?.map(rowKey) ?? [], [rows]) // eslint-disable-line react-hooks/exhaustive-deps -- the key of a row does not change; the function is a new one each time
  // The same function as long as the lines are the same: else the window measures all of them at each render.
  const getItemKey = useCallback((i: number) => { const one = lines[i]!; return typeof one === 'number' ? keys[one]! : `group ${one.id}` }, [lines, keys])
  const [known] = useState(() => { const was = left.get(caption); return was?.width === innerWidth ? was.rows : [] })
  const window_ = useWindowVirtualizer({ initialMeasurementsCache: known, count: virtual ? lines.length : 0, estimateSize: () => guess, overscan: 8, useFlushSync: false, scrollMargin: margin, getItemKey, measureElement: heightOf })

  useEffect(() => () => { const rows = window_.takeSnapshot(); if (rows.length > 0) left.set(caption, { width: innerWidth, rows }) }, [window_, caption])
  // Put to the top and back to its place within one frame, as by who comes back at once, the page tells of no scroll.
  useEffect(() => { const next = requestAnimationFrame(() => { if (window_.scrollOffset !== scrollY) dispatchEvent(new Event('scroll')) }); return () => cancelAnimationFrame(next) }, [window_])
  const { isScrolling } = window_
  // When whoever shows the table rendered, and when a scroll begins or ends; not at each step of one, where it would lay the page out twice.
  useLayoutEffect(() => {
    setMargin(virtual && body.current ? Math.round(body.current.getBoundingClientRect().top + scrollY) : 0)
  }, [props, virtual, isScrolling])

  useEffect(() => {
    // Where a sheet of its own is printed (`data-paper`), the screen's table stays as it is.
    const before = () => { if (!document.querySelector('body > [data-paper]')) flushSync(() => setPrinting(true)) }
    const after = () => setPrinting(false)
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    return () => { removeEventListener('beforeprint', before); removeEventListener('afterprint', after) }
  }, [])

  const shown = window_.getVirtualItems()
  const last = virtual ? shown.at(-1)?.index ?? 0 : lines.length
  useEffect(() => { if (more?.has && !more.busy && virtual && last >= lines.length - 20) more.load() }, [last, lines.length, more, virtual])
  // Every row, page after page, so that all of them are found, copied and printed.
  const [whole, setWhole] = useState(false)
  const loading = whole && more?.has === true && !error && all.length < MOST_AT_ONCE
  useEffect(() => { if (loading && !more.busy) more.load(); else if (whole && !loading) setWhole(false) }, [whole, loading, more])
  const goAt = goTo === undefined ? -1 : all.findIndex((row) => rowKey(row) === goTo)
  useEffect(() => {
    if (goAt < 0) return undefined
    // Those that come into sight around it take their own heights: it is held in the middle until they have them.
    let frames = virtual ? 6 : 1
    let next = 0
    const hold = () => { body.current?.querySelector(`tr[data-at="${goAt}"]`)?.scrollIntoView({ block: 'center' }); if (--frames > 0) next = requestAnimationFrame(hold) }
    if (virtual) window_.scrollToIndex(lineOf[goAt]!, { align: 'center' })
    hold()
    return () => cancelAnimationFrame(next)
  }, [goTo, goAt]) // eslint-disable-line react-hooks/exhaustive-deps -- once for each row asked for

  const picked = selected ? keys.filter((key) => selected.has(key)).length : 0
  const texted = !bare && columns.some((column) => column.text)
  const find = texted && !finding && (all.length > VIRTUAL_FROM || more?.has === true) // else every row is in the page, and the browser finds it
  useKeys(useMemo((): Record<string, () => void> => (find ? { 'mod+f': () => setFinding(true) } : {}), [find]))
  const endFind = () => { (body.current?.querySelector(`tr[data-at="${goAt}"] a`) as HTMLElement | null)?.focus(); setFinding(false); setHit(undefined) }
  /** What is chosen; else every row that is there. */
  const sheet = () => sheetOf(columns, picked > 0 ? all.filter((row) => selected!.has(rowKey(row))) : all)
  const copy = useCopy((at) => (texted && (picked > 0 || (at && body.current?.contains(at))) ? sheet() : undefined))
  const copying = (n: number) => texted && <Button look="quiet" small icon="file" className="no-print" onClick={() => copy(sheet())}>{t('table.copy', { n: number(n) })}</Button>

  const span = columns.length + (onSelected ? 1 : 0)

  /** Arrows go from one row's link to the next; Space selects. Tab still visits every link. */
  const move = (event: React.KeyboardEvent) => {
    const row = (event.target as HTMLElement).closest<HTMLTableRowElement>('tr[data-at]')
    if (!row || (event.target as HTMLElement).matches('input:not([type=checkbox]), select, textarea') || event.ctrlKey || event.metaKey || event.altKey) return
    const at = Number(row.dataset['at'])
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1, PageDown: at + 12, PageUp: at - 12 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(all.length - 1, to))
    // The same cell of the next row: from link to link, from box to box.
    const cell = [...row.cells].findIndex((one) => one.contains(event.target as Node))
    const control = ':is(a[href], button, input)'
    const focus = (tries: number) => {
      const to = body.current?.querySelector<HTMLTableRowElement>(`tr[data-at="${next}"]`)
      const found = to && (to.cells[cell]?.querySelector<HTMLElement>(control) ?? to.querySelector<HTMLElement>(control))
      if (found) found.focus()
      else if (tries > 0) { window_.scrollToIndex(lineOf[next]!, { align: 'center' }); requestAnimationFrame(() => focus(tries - 1)) }
    }
    focus(60)
  }

  // A row that is there stays as it is while others come into sight: only what is given to the table makes it anew.
  const made = useMemo(() => new Map<number, ReactNode>(), [props, hit, lines, virtual, changed, t]) // eslint-disable-line react-hooks/exhaustive-deps -- what rows are made of
  const named = (one: Group, at: number) => (
    <tr key={`group ${one.id}`} className="group" data-index={at} ref={virtual ? window_.measureElement : undefined}><th scope="rowgroup" colSpan={span}>{one.label} <span className="faint">{number(one.n)}</span></th></tr>
  )
  const line = (row: R, i: number, at: number) => {
    const key = rowKey(row)
    const on = selected?.has(key) ?? false
    return (
      <tr key={key} data-at={i} data-index={at} ref={virtual ? window_.measureElement : undefined} aria-rowindex={virtual ? at + 2 : undefined} aria-selected={onSelected ? on : undefined} data-changed={changed(key)}
        className={`${current === key ? 'current' : ''} ${on ? 'selected' : ''} ${rowClass?.(row) ?? ''}`}>
        {onSelected && <td className="pick"><input type="checkbox" aria-label={t('table.choose')} checked={on} onChange={() => { const next = new Set(selected); if (!next.delete(key)) next.add(key); onSelected(next) }} /></td>}
        {columns.map((column) => {
          const name = `${column.as ?? 'text'}${column.from ? ` from-${column.from}` : ''}`
          return column.as === 'name' ? <th key={column.id} scope="row" className={name} ref={see} data-see={see ? key : undefined}>{column.cell(row, i)}</th> : <td key={column.id} className={name}>{column.cell(row, i)}</td>
        })}
      </tr>
    )
  }

  if (rows === undefined) return error ? <RefusedState error={error} {...(retry ? { retry } : {})} /> : <Skeleton lines={7} />
  if (all.length === 0) return <>{note}{empty ?? <EmptyState title={t('table.empty')} />}</>
  // Which place a row stands at is no word of it.
  const worded = columns.filter((column) => column.text && column.text.length < 2)
  const above = virtual ? (shown[0]?.start ?? 0) - margin : 0
  const below = virtual ? window_.getTotalSize() - ((shown.at(-1)?.end ?? 0) - margin) : 0
  return (
    <>
    {finding && <TableFind rows={all} keyOf={rowKey} textOf={(row) => worded.map((column) => column.text!(row, 0)).join(' ')} part={more?.has === true && t('table.find.part', { n: number(all.length) })} onGo={setHit} onClose={endFind} />}
    {note}
    <div className="table-box">
      <table className={`table${bare ? ' bare' : ''}`} aria-rowcount={virtual ? (!group && total !== undefined && total <= 1000 ? total + 1 : lines.length + 1) : undefined}>
        <caption className="hidden-visually">{caption}. {t('table.keys')}</caption>
        <thead className={bare ? 'hidden-visually' : undefined}>
          <tr>
            {onSelected && <th className="pick" scope="col"><input type="checkbox" aria-label={t('table.chooseAll')} checked={picked > 0 && picked === keys.length} ref={(el) => { if (el) el.indeterminate = picked > 0 && picked < keys.length }}
              onChange={() => onSelected(picked === keys.length ? new Set() : new Set(keys))} /></th>}
            {columns.map((column) => {
              const by = sort?.by === column.id ? (sort.desc ? 'descending' : 'ascending') : undefined
              return (
                <th key={column.id} scope="col" className={`${column.as ?? 'text'}${column.from ? ` from-${column.from}` : ''}`} style={column.width ? { width: column.width } : undefined} aria-sort={column.sort && onSort ? by ?? 'none' : undefined}>
                  {column.sort && onSort
                    ? <button type="button" className={`sort ${by ?? ''}`} onClick={() => onSort({ by: column.id, desc: by ? by === 'ascending' : column.sort === 'desc' })}>{column.head}<Icon name={by === 'ascending' ? 'up' : 'down'} size={12} /></button>
                    : column.head || <span className="hidden-visually">{t('table.act')}</span>}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={move}>
          {above > 0 && <tr aria-hidden="true" className="space"><td colSpan={span} style={{ height: above }} /></tr>}
          {(virtual ? shown.map((item) => item.index) : lines.map((_, at) => at)).map((at) => {
            const known = made.get(at)
            if (known) return known
            const one = lines[at]!
            const now = typeof one === 'number' ? line(all[one]!, one, at) : named(one, at)
            if (made.size > 400) made.clear()
            made.set(at, now)
            return now
          })}
          {below > 0 && <tr aria-hidden="true" className="space"><td colSpan={span} style={{ height: below }} /></tr>}
        </tbody>
      </table>
      {!bare && (
        <div className="table-foot">
          <span role="status">{total === undefined || total <= all.length ? (more?.has ? '' : t('table.shownAll', { total: number(all.length) })) : t('table.shown', { count: number(all.length), total: said(total) })}</span>
          {picked === 0 && copying(all.length)}
          {more?.has && !loading && <Button look="quiet" small busy={more.busy} className="table-more" onClick={more.load}>{more.busy ? t('table.loadingMore') : t('table.more')}</Button>}
          {more?.has && (all.length < MOST_AT_ONCE ? <Button look="quiet" small onClick={() => setWhole(!loading)}>{loading ? t('table.stop') : t('table.whole')}</Button> : <span>{t('table.most')}</span>)}
        </div>
      )}
      {(more?.has || (total ?? 0) > all.length) && <p className="table-rest">{total === undefined || total <= all.length ? t('table.rest.unknown', { n: number(all.length) }) : t('table.rest', { n: number(all.length), total: said(total) })}</p>}
    </div>
    {/* Beside the box: on a phone that scrolls sideways, and would keep it at the end of a long list. */}
    {onSelected && picked > 0 && (
      <div className="table-bulk" role="region" aria-label={t('table.chosen', { count: picked })}>
        <b>{t('table.chosen', { count: number(picked) })}</b>{bulk?.(selected!)}{copying(picked)}
        <Button look="quiet" small onClick={() => onSelected(new Set())}>{t('table.clear')}</Button>
      </div>
    )}
    </>
  )
}
