// A table edited like a spreadsheet: arrows, Enter, F2, typing, ranges to and from Excel, rows inserted, doubled, removed and moved by pointer and by key. One focus, in the cell that is meant.
import { memo, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type { ClipboardEvent, KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useT } from '../i18n.tsx'
import { isComposing } from '../keys.ts'
import { Button } from './buttons.tsx'
import { cleared, copied, filledDown, moved, pasted, readCell, valueOf, written } from './grid-cells.ts'
import type { GridColumn, GridRow, Range } from './grid-cells.ts'
import { gridWords } from './grid-messages.ts'
import { Icon } from './icons.tsx'
import { toast } from './toast.tsx'
import './grid.css'

export type { GridColumn, GridOption, GridRow } from './grid-cells.ts'
export type GridProblem = { severity: 'error' | 'warning'; message: string }
type At = { r: number; c: number }
type Props<R extends GridRow> = {
  label: string; columns: readonly GridColumn[]; rows: readonly R[]; onRows: (rows: R[]) => void; fresh: () => R
  /** A row beside another: with what is to be told apart (a code) empty. */
  double?: (row: R) => R
  /** By row id and column id, with a space between. */
  problems?: ReadonlyMap<string, GridProblem>; changed?: ReadonlySet<string>
  /** Whoever keeps the steps: undefined where there is none. */
  undoable?: boolean; onUndo?: (() => void) | undefined; onRedo?: (() => void) | undefined
  /** Rows that head those below them. */
  heads?: (row: R) => boolean
  /** The cell to go to. */
  goTo?: { row: string; column: string } | undefined
}

export function Grid<R extends GridRow>({ label, columns, rows, onRows, fresh, double, problems, changed, undoable = false, onUndo, onRedo, heads, goTo }: Props<R>) {
  const t = useT(gridWords)
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<At>({ r: 0, c: 0 })
  const [end, setEnd] = useState<At>({ r: 0, c: 0 })
  const [editing, setEditing] = useState<{ fresh: boolean }>()
  const [drop, setDrop] = useState<{ r: number; after: boolean }>()
  const drag = useRef<Range | undefined>(undefined)
  const wantsFocus = useRef(false)
  /** Whether what stands in the field still counts: Esc and Enter settle it before the field goes. */
  const open = useRef(false)
  const last = { r: Math.max(0, rows.length - 1), c: columns.length - 1 }
  const here = { r: Math.min(at.r, last.r), c: Math.min(at.c, last.c) }
  const range: Range = { top: Math.min(here.r, end.r), bottom: Math.min(last.r, Math.max(here.r, end.r)), left: Math.min(here.c, end.c), right: Math.min(last.c, Math.max(here.c, end.c)) }
  const row = rows[here.r]
  const column = columns[here.c]!
  const cellOf = ({ r, c }: At) => box.current?.querySelector<HTMLElement>(`[data-r="${r}"] [data-c="${c}"]`)

  const go = (to: At, keep = false) => {
    const next = { r: Math.max(0, Math.min(last.r, to.r)), c: Math.max(0, Math.min(last.c, to.c)) }
    wantsFocus.current = true
    if (keep) { setEnd(next); cellOf(next)?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); return }
    setAt(next)
    setEnd(next)
  }
  useLayoutEffect(() => {
    if (!wantsFocus.current || editing) return
    wantsFocus.current = false
    const cell = cellOf(here)
    if (!cell) return
    ;(cell.querySelector<HTMLElement>('.grid-catch') ?? cell).focus({ preventScroll: true })
    reveal(box.current!, cell)
  })
  useLayoutEffect(() => {
    const field = editing ? null : box.current?.querySelector<HTMLInputElement>('.grid-catch')
    if (field) field.value = ''
  }, [editing])
  useEffect(() => {
    if (!goTo) return
    const r = rows.findIndex((one) => one.id === goTo.row)
    if (r >= 0) go({ r, c: Math.max(0, columns.findIndex((one) => one.id === goTo.column)) })
  }, [goTo]) // eslint-disable-line react-hooks/exhaustive-deps -- once for each cell asked for

  const edit = (text: string, isFresh: boolean) => {
    if (!row || column.as === 'tick') return
    // At once: the letter that was pressed goes into the field.
    open.current = true
    flushSync(() => setEditing({ fresh: isFresh }))
    const field = box.current?.querySelector<HTMLInputElement | HTMLSelectElement>('.editing :is(input, select)')
    field?.focus()
    if (field instanceof HTMLInputElement) { field.value = text; field.setSelectionRange(text.length, text.length) }
  }
  /** A letter typed or composed where one stands: the field was there before it, so that Telex and VNI make "Đ" of the first two keys. */
  const begin = useCallback(() => { if (!open.current) { open.current = true; setEditing({ fresh: true }) } }, [])
  const textOf = () => (row ? (column.written ? column.written(valueOf(row, column)) : valueOf(row, column)) : '')
  const commit = (typed: string, to?: At) => {
    if (!open.current) return
    open.current = false
    setEditing(undefined)
    if (row) { const value = readCell(column, typed); if (value !== valueOf(row, column)) onRows(written(rows, here.r, column, value)) }
    if (to) go(to)
  }
  const tick = () => {
    const value = row && valueOf(row, column) === 'x' ? '' : 'x'
    let next = [...rows]
    for (let r = range.top; r <= range.bottom; r++) for (let c = range.left; c <= range.right; c++) if (columns[c]!.as === 'tick') next = written(next, r, columns[c]!, value)
    onRows(next)
  }
  const insert = () => { const to = rows.length === 0 ? 0 : range.bottom + 1; onRows([...rows.slice(0, to), fresh(), ...rows.slice(to)]); wantsFocus.current = true; setAt({ r: to, c: 0 }); setEnd({ r: to, c: 0 }) }
  const twice = () => { if (!row || !double) return; const made = rows.slice(range.top, range.bottom + 1).map(double); onRows([...rows.slice(0, range.bottom + 1), ...made, ...rows.slice(range.bottom + 1)]); go({ r: range.bottom + 1, c: 0 }) }
  const remove = () => { if (rows.length === 0) return; onRows(rows.filter((_, r) => r < range.top || r > range.bottom)); const to = { r: Math.max(0, Math.min(range.top, last.r - (range.bottom - range.top + 1))), c: here.c }; wantsFocus.current = true; setAt(to); setEnd(to) }
  const shiftRows = (by: -1 | 1) => {
    if (by < 0 ? range.top === 0 : range.bottom === last.r) return
    onRows(moved(rows, range.top, range.bottom, by < 0 ? range.top - 1 : range.bottom + 2))
    wantsFocus.current = true
    setAt({ r: here.r + by, c: here.c })
    setEnd({ r: end.r + by, c: end.c })
  }

  const keys = (event: KeyboardEvent) => {
    const { key, shiftKey: shift, altKey: alt } = event
    const mod = event.ctrlKey || event.metaKey
    if (isComposing(event.nativeEvent)) return
    if (editing) {
      const typed = (event.target as HTMLInputElement).value
      if (key === 'Enter' && !alt) { event.preventDefault(); commit(typed, { r: here.r + (shift ? -1 : 1), c: here.c }) }
      else if (key === 'Tab') { event.preventDefault(); commit(typed, { r: here.r, c: here.c + (shift ? -1 : 1) }) }
      else if (key === 'Escape') { event.preventDefault(); event.stopPropagation(); open.current = false; setEditing(undefined); go(here) }
      else if (editing.fresh && column.as !== 'select' && (key === 'ArrowDown' || key === 'ArrowUp')) { event.preventDefault(); commit(typed, { r: here.r + (key === 'ArrowDown' ? 1 : -1), c: here.c }) }
      return
    }
    const from = shift ? end : here
    const to: Record<string, At> = {
      ArrowUp: { r: mod ? 0 : from.r - 1, c: from.c }, ArrowDown: { r: mod ? last.r : from.r + 1, c: from.c }, ArrowLeft: { r: from.r, c: mod ? 0 : from.c - 1 }, ArrowRight: { r: from.r, c: mod ? last.c : from.c + 1 },
      Home: { r: mod ? 0 : from.r, c: 0 }, End: { r: mod ? last.r : from.r, c: last.c }, PageUp: { r: from.r - 12, c: from.c }, PageDown: { r: from.r + 12, c: from.c },
    }
    const done = (run: () => void) => { event.preventDefault(); event.stopPropagation(); run() }
    if (alt && (key === 'ArrowUp' || key === 'ArrowDown')) return done(() => shiftRows(key === 'ArrowUp' ? -1 : 1))
    if (alt) return
    if (to[key]) return done(() => go(to[key]!, shift))
    if (mod) {
      const name = key.toLowerCase()
      if (name === 'z') done(() => (shift ? onRedo?.() : onUndo?.()))
      else if (name === 'y') done(() => onRedo?.())
      else if (name === 'd') done(() => (shift ? twice() : row && onRows(filledDown(rows, columns, range))))
      else if (name === 'a') done(() => { setAt({ r: 0, c: 0 }); setEnd(last); wantsFocus.current = true })
      else if (name === 'enter') done(insert)
      else if (name === 'delete' || name === 'backspace') done(remove)
      return
    }
    if (key === 'Enter' || key === 'F2') return done(() => (column.as === 'tick' ? tick() : edit(textOf(), false)))
    if (key === ' ' && column.as === 'tick') return done(tick)
    if (key === 'Delete' || key === 'Backspace') return done(() => row && onRows(cleared(rows, columns, range)))
    if (key === 'Escape' && (range.top !== range.bottom || range.left !== range.right)) return done(() => setEnd(here))
    if (key.length === 1 && column.as !== 'tick') { event.stopPropagation(); if (column.as === 'select') edit('', true) }
  }
  const copy = (event: ClipboardEvent) => { if (editing || !row) return; event.preventDefault(); event.clipboardData.setData('text/plain', copied(rows, columns, range)); if (event.type === 'cut') onRows(cleared(rows, columns, range)) }
  const paste = (event: ClipboardEvent) => {
    if (editing) return
    event.preventDefault()
    const made = pasted(rows, columns, rows.length === 0 ? { top: 0, bottom: 0, left: 0, right: 0 } : range, event.clipboardData.getData('text/plain'), fresh)
    onRows(made.rows)
    if (made.over > 0) toast(t(undoable ? 'over.undo' : 'over', { n: made.over }))
    wantsFocus.current = true
    setAt({ r: made.range.top, c: made.range.left })
    setEnd({ r: made.range.bottom, c: made.range.right })
  }
  const pick = useCallback((to: At, keep: boolean) => { if (open.current) (document.activeElement as HTMLElement | null)?.blur(); wantsFocus.current = true; if (!keep) setAt(to); setEnd(to) }, [])
  const press = useCallback((to: At, again: boolean) => { if (again) box.current?.querySelector<HTMLElement>(`[data-r="${to.r}"] [data-c="${to.c}"]`)?.dispatchEvent(new globalThis.KeyboardEvent('keydown', { key: 'F2', bubbles: true })) }, [])
  const rowRange = useCallback((r: number, keep: boolean) => { if (open.current) (document.activeElement as HTMLElement | null)?.blur(); wantsFocus.current = true; if (!keep) setAt({ r, c: 0 }); setEnd({ r, c: columns.length - 1 }) }, [columns.length])
  const dragged = (to: { r: number; after: boolean }) => { const from = drag.current; drag.current = undefined; setDrop(undefined); if (!from) return; const target = to.r + (to.after ? 1 : 0); if (target >= from.top && target <= from.bottom + 1) return; onRows(moved(rows, from.top, from.bottom, target)); const r = target > from.bottom ? target - (from.bottom - from.top + 1) : target; go({ r, c: 0 }) }
  const shownProblem = row && problems?.get(`${row.id} ${column.id}`)
  const value = row ? valueOf(row, column) : ''
  const n = range.bottom - range.top + 1
  return (
    <div className="grid-whole">
      <div className="grid-tools no-print" role="toolbar" aria-label={t('tools', { label })}>
        <Button small look="quiet" icon="plus" title={`${t('insert')} (Ctrl Enter)`} aria-label={t('insert')} onClick={insert}>{t('insert')}</Button>
        {double && <Button small look="quiet" icon="file" title={`${t('double')} (Ctrl Shift D)`} aria-label={t('double')} onClick={twice}>{t('double')}</Button>}
        <Button small look="quiet" icon="minus" title={`${t('remove', { n })} (Ctrl Delete)`} aria-label={t('remove', { n })} onClick={remove}>{t('remove', { n })}</Button>
        <Button small look="quiet" icon="up" title={`${t('up')} (Alt ↑)`} aria-label={t('up')} onClick={() => shiftRows(-1)}>{t('up')}</Button>
        <Button small look="quiet" icon="down" title={`${t('down')} (Alt ↓)`} aria-label={t('down')} onClick={() => shiftRows(1)}>{t('down')}</Button>
        {undoable && <><Button small look="quiet" icon="undo" title={`${t('undo')} (Ctrl Z)`} aria-label={t('undo')} aria-disabled={!onUndo} onClick={() => onUndo?.()}>{t('undo')}</Button>
        <Button small look="quiet" icon="refresh" title={`${t('redo')} (Ctrl Y)`} aria-label={t('redo')} aria-disabled={!onRedo} onClick={() => onRedo?.()}>{t('redo')}</Button></>}
      </div>
      <div className="grid-bar" id={`${id}-bar`} aria-live="polite">
        {row ? <><span><b>{column.head}</b>{column.as !== 'tick' && <>: {(column.shown ? column.shown(value) : column.options?.find((one) => one.value === value)?.label ?? value) || <span className="faint">{t('empty')}</span>}</>}</span>
          {shownProblem ? <span className={shownProblem.severity === 'error' ? 'bad' : 'soft'}><Icon name="alert" size={14} /> {shownProblem.message}</span> : (column.hint || column.as === 'tick') && <span className="soft">{column.hint ?? t('tick')}</span>}</> : <span className="soft">{t('none')}</span>}
      </div>
      <p className="hidden-visually" id={`${id}-keys`}>{t('keys')}</p>
      <div className="grid" role="grid" ref={box} data-scroll-restoration-id={`grid ${label}`} aria-label={label} aria-describedby={`${id}-keys`} aria-rowcount={rows.length + 1} aria-colcount={columns.length + 1} aria-multiselectable onKeyDown={keys} onCopy={copy} onCut={copy} onPaste={paste}
        onDragOver={(event) => { const el = (event.target as HTMLElement).closest<HTMLElement>('[data-r]'); if (!drag.current || !el) return; event.preventDefault(); const r = el.getBoundingClientRect(); setDrop({ r: Number(el.dataset['r']), after: event.clientY > r.top + r.height / 2 }) }}
        onDrop={(event) => { event.preventDefault(); if (drop) dragged(drop) }} onDragEnd={() => { drag.current = undefined; setDrop(undefined) }}
        onDragStart={(event) => { const r = Number((event.target as HTMLElement).closest<HTMLElement>('[data-r]')?.dataset['r']); drag.current = r >= range.top && r <= range.bottom ? range : { top: r, bottom: r, left: 0, right: 0 }; event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', '') }}>
        <div className="grid-row head" role="row" aria-rowindex={1}>
          <div className="grid-cell grid-n" role="columnheader" aria-colindex={1}><span className="hidden-visually">{t('n')}</span></div>
          {columns.map((one, c) => <div key={one.id} className={`grid-cell${c === 0 ? ' first' : ''}${one.as === 'tick' ? ' tick' : ''}`} role="columnheader" aria-colindex={c + 2} style={{ width: one.width }}>{one.head}</div>)}
        </div>
        {rows.length === 0 && <div className="grid-row" role="row"><div className="grid-cell" role="gridcell" tabIndex={0} data-c={0}>{t('none')}</div></div>}
        {rows.map((one, r) => (
          <Line key={one.id} row={one} r={r} columns={columns} problems={problems} changed={changed} active={here.r === r ? here.c : -1} left={r >= range.top && r <= range.bottom ? range.left : -1} right={r >= range.top && r <= range.bottom ? range.right : -1}
            editing={here.r === r ? editing : undefined} bar={`${id}-bar`} list={`${id}-list`} drop={drop?.r === r ? (drop.after ? 'after' : 'before') : undefined} heading={heads?.(one) ?? false} onPick={pick} onAgain={press} onRow={rowRange} onLeave={here.r === r ? commit : undefined} onBegin={begin} />
        ))}
      </div>
      {column.suggest && <datalist id={`${id}-list`}>{column.suggest.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}</datalist>}
    </div>
  )
}

/** The head and the first columns stay in place: what has the focus is not to lie under them. */
function reveal(box: HTMLElement, cell: HTMLElement): void {
  const [b, c] = [box.getBoundingClientRect(), cell.getBoundingClientRect()]
  const head = box.querySelector<HTMLElement>('.head')?.offsetHeight ?? 0
  const fixed = cell.matches('.first') ? 0 : [...box.querySelectorAll<HTMLElement>('.head > :is(.grid-n, .first)')].reduce((sum, el) => sum + el.offsetWidth, 0)
  if (c.top < b.top + head) box.scrollTop -= b.top + head - c.top
  else if (c.bottom > b.top + box.clientHeight) box.scrollTop += c.bottom - b.top - box.clientHeight
  if (!cell.matches('.first')) { if (c.left < b.left + fixed) box.scrollLeft -= b.left + fixed - c.left; else if (c.right > b.left + box.clientWidth) box.scrollLeft += Math.min(c.left - b.left - fixed, c.right - b.left - box.clientWidth) }
  const w = cell.getBoundingClientRect()
  if (w.top < 64 || w.bottom > innerHeight - 64) cell.scrollIntoView({ block: 'center', inline: 'nearest' })
}

type LineProps = {
  row: GridRow; r: number; columns: readonly GridColumn[]; problems: ReadonlyMap<string, GridProblem> | undefined; changed: ReadonlySet<string> | undefined; active: number; left: number; right: number; editing: { fresh: boolean } | undefined
  bar: string; list: string; drop: 'before' | 'after' | undefined; heading: boolean; onPick: (to: At, keep: boolean) => void; onAgain: (to: At, again: boolean) => void; onRow: (r: number, keep: boolean) => void; onLeave: ((typed: string) => void) | undefined; onBegin: () => void
}
const Line = memo(function Line({ row, r, columns, problems, changed, active, left, right, editing, bar, list, drop, heading, onPick, onAgain, onRow, onLeave, onBegin }: LineProps) {
  const t = useT(gridWords)
  return (
    <div className={`grid-row${active >= 0 ? ' on' : ''}${heading ? ' heading' : ''}${drop ? ` drop-${drop}` : ''}`} role="row" aria-rowindex={r + 2} data-r={r}>
      <div className="grid-cell grid-n" role="rowheader" aria-colindex={1} draggable title={t('drag')} onMouseDown={(event) => onRow(r, event.shiftKey)}>{r + 1}</div>
      {columns.map((column, c) => {
        const value = valueOf(row, column)
        const problem = problems?.get(`${row.id} ${column.id}`)
        const name = `grid-cell${c === 0 ? ' first' : ''}${column.as === 'tick' ? ` tick${value ? '' : ' off'}` : ''}${c >= left && c <= right && left >= 0 ? ' range' : ''}${problem ? (problem.severity === 'error' ? ' wrong' : ' warned') : ''}${changed?.has(`${row.id} ${column.id}`) ? ' changed' : ''}`
        const on = c === active
        if (on && editing && column.as === 'select') return (
          <div key={column.id} className={`${name} editing`} role="gridcell" aria-colindex={c + 2} style={{ width: column.width }} data-c={c}>
            <select aria-label={column.head} defaultValue={value} onBlur={(event) => onLeave?.(event.target.value)}>{!column.options?.some((one) => one.value === value) && <option value={value}>{value || '–'}</option>}{column.options?.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}</select>
          </div>
        )
        const shown = column.as === 'tick' ? (value ? '✓' : '–') : column.shown ? column.shown(value) : column.options?.find((one) => one.value === value)?.label ?? value
        // Where one stands there is a field, unseen until something is typed: an input method composes only in a field, and must not lose the first letter.
        const field = on && !column.as
        return (
          <div key={column.id} className={`${name}${on && editing ? ' editing' : ''}`} role="gridcell" aria-colindex={c + 2} style={{ width: column.width }} data-c={c} tabIndex={on && !field ? 0 : -1} aria-selected={c >= left && c <= right && left >= 0} title={shown.length > column.width / 8 ? shown : undefined}
            {...(problem?.severity === 'error' ? { 'aria-invalid': true } : {})} {...(on ? { 'aria-describedby': bar } : {})} {...(column.as === 'tick' ? { 'aria-label': value ? t('ticked') : t('unticked') } : {})}
            onMouseDown={(event) => { if (event.button === 0) { event.preventDefault(); onPick({ r, c }, event.shiftKey) } }} onMouseEnter={(event) => { if (event.buttons === 1) onPick({ r, c }, true) }} onDoubleClick={() => onAgain({ r, c }, true)} onFocus={() => { if (!on) onPick({ r, c }, false) }}>
            {(!on || !editing) && shown}
            {field && <input className="grid-catch" tabIndex={0} aria-label={editing ? column.head : `${column.head}: ${shown || t('empty')}`} aria-describedby={bar} defaultValue="" autoComplete="off" spellCheck={false} {...(editing ? { style: { ['--wide' as string]: `${Math.min(460, 40 + Math.max(value.length, 12) * 8)}px` }, ...(column.suggest ? { list } : {}) } : { inputMode: 'none' as const })} onInput={onBegin} onCompositionStart={onBegin} onBlur={(event) => onLeave?.(event.target.value)} />}
          </div>
        )
      })}
    </div>
  )
})
