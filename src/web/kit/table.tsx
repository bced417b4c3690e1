// A real table for any number of rows: only those in sight are in the page, all of them on paper. Sorted and paged by whoever owns the data.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { Button } from './buttons.tsx'
import { Icon } from './icons.tsx'
import { kit } from './messages.ts'
import { EmptyState, RefusedState, Skeleton } from './waiting.tsx'

export type Column<R> = {
  id: string
  head: string
  cell: (row: R, index: number) => ReactNode
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
  /** Head and count are left out: a few lines inside a card. */
  bare?: boolean
}

const VIRTUAL_FROM = 80
const coarse = typeof matchMedia === 'function' ? matchMedia('(max-width: 699px)') : undefined

export function DataTable<R>(props: DataTableProps<R>) {
  const { caption, columns, rows, rowKey, current, sort, onSort, selected, onSelected, bulk, total, more, error, retry, empty, rowClass, bare } = props
  const t = useT(kit)
  const { total: said, number } = useFormat()
  const body = useRef<HTMLTableSectionElement>(null)
  const [printing, setPrinting] = useState(false)
  const all = rows ?? []
  const virtual = all.length > VIRTUAL_FROM && !printing
  const guess = coarse?.matches ? 58 : 37
  // Where the rows begin on the page: what stands above may grow.
  const [margin, setMargin] = useState(0)
  // eslint-disable-next-line react-hooks/exhaustive-deps -- measured after every layout, set only when it moved
  useLayoutEffect(() => {
    const top = virtual && body.current ? Math.round(body.current.getBoundingClientRect().top + scrollY) : 0
    if (top !== margin) setMargin(top)
  })
  const window_ = useWindowVirtualizer({ count: virtual ? all.length : 0, estimateSize: () => guess, overscan: 12, scrollMargin: margin, getItemKey: (i) => rowKey(all[i]!) })

  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    return () => { removeEventListener('beforeprint', before); removeEventListener('afterprint', after) }
  }, [])

  const shown = window_.getVirtualItems()
  const last = virtual ? shown.at(-1)?.index ?? 0 : all.length
  useEffect(() => { if (more?.has && !more.busy && virtual && last >= all.length - 20) more.load() }, [last, all.length, more, virtual])

  const keys = useMemo(() => rows?.map(rowKey) ?? [], [rows, rowKey])
  const picked = selected ? keys.filter((key) => selected.has(key)).length : 0
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
      else if (tries > 0) { window_.scrollToIndex(next, { align: 'center' }); requestAnimationFrame(() => focus(tries - 1)) }
    }
    focus(60)
  }

  const line = (row: R, i: number) => {
    const key = rowKey(row)
    const on = selected?.has(key) ?? false
    return (
      <tr key={key} data-at={i} data-index={i} ref={virtual ? window_.measureElement : undefined} aria-rowindex={virtual ? i + 2 : undefined} aria-selected={onSelected ? on : undefined}
        className={`${current === key ? 'current' : ''} ${on ? 'selected' : ''} ${rowClass?.(row) ?? ''}`}>
        {onSelected && <td className="pick"><input type="checkbox" aria-label={t('table.choose')} checked={on} onChange={() => { const next = new Set(selected); if (!next.delete(key)) next.add(key); onSelected(next) }} /></td>}
        {columns.map((column) => {
          const name = `${column.as ?? 'text'}${column.from ? ` from-${column.from}` : ''}`
          return column.as === 'name' ? <th key={column.id} scope="row" className={name}>{column.cell(row, i)}</th> : <td key={column.id} className={name}>{column.cell(row, i)}</td>
        })}
      </tr>
    )
  }

  if (rows === undefined) return error ? <RefusedState error={error} {...(retry ? { retry } : {})} /> : <Skeleton lines={7} />
  if (all.length === 0) return <>{empty ?? <EmptyState title={t('table.empty')} />}</>
  const above = virtual ? (shown[0]?.start ?? 0) - margin : 0
  const below = virtual ? window_.getTotalSize() - ((shown.at(-1)?.end ?? 0) - margin) : 0
  return (
    <div className="table-box">
      <table className={`table${bare ? ' bare' : ''}`} aria-rowcount={virtual ? (total !== undefined && total <= 1000 ? total + 1 : all.length + 1) : undefined}>
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
                    : column.head}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={move}>
          {above > 0 && <tr aria-hidden="true" className="space"><td colSpan={span} style={{ height: above }} /></tr>}
          {virtual ? shown.map((item) => line(all[item.index]!, item.index)) : all.map(line)}
          {below > 0 && <tr aria-hidden="true" className="space"><td colSpan={span} style={{ height: below }} /></tr>}
        </tbody>
      </table>
      {!bare && (
        <div className="table-foot">
          <span role="status">{total === undefined || total <= all.length ? (more?.has ? '' : t('table.shownAll', { total: number(all.length) })) : t('table.shown', { count: number(all.length), total: said(total) })}</span>
          {more?.has && <Button look="quiet" small busy={more.busy} className="table-more" onClick={more.load}>{more.busy ? t('table.loadingMore') : t('table.more')}</Button>}
        </div>
      )}
      {onSelected && picked > 0 && (
        <div className="table-bulk" role="region" aria-label={t('table.chosen', { count: picked })}>
          <b>{t('table.chosen', { count: number(picked) })}</b>{bulk?.(selected!)}
          <Button look="quiet" small onClick={() => onSelected(new Set())}>{t('table.clear')}</Button>
        </div>
      )}
    </div>
  )
}
