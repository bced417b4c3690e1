// The annex on screen: STT, nội dung, chủ trì, phối hợp, thời hạn, sản phẩm. Sorted, grouped, edited in place, found in and copied, also where only a part of its rows is in the page.
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { dueDay, dueMoment, useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { isTyping, useKeys } from '../../../web/keys.ts'
import { Button, DataTable, Icon, TableFind, andAtServer, useCopy, useHeld } from '../../../web/kit/kit.ts'
import type { Column, Sheet, useSight } from '../../../web/kit/kit.ts'
import { severalProgrammes } from '../../../web/several.ts'
import { EditButton, EditDue, EditPriority, EditProduct, EditSupporting, EditTitle, EditUnit, focusCell, mayEdit } from './annex-cells.tsx'
import type { Editing } from './annex-cells.tsx'
import { annex } from './annex-messages.ts'
import { ageOf, arranged, groupBy, groupOf, idOf, needsAll } from './annex-rows.ts'
import type { Words } from './annex-rows.ts'
import type { TaskRow } from './list.tsx'
import { TaskMark } from './mark.tsx'
import { tasks } from './messages.ts'
import { taskStates } from './states.ts'

export { GROUPS, serverSort } from './annex-rows.ts'

export function useWords(): Words {
  const t = useT(annex)
  const states = useT(taskStates)
  return useMemo(() => ({ month: (month: string) => t('month', { month }), noMonth: t('month.none'), noStream: t('stream.none'), noProgramme: t('group.noProgramme'), state: (of: TaskRow['state']) => states(of) }), [t, states])
}
/** The table as text, with its heads. */
export function useSheet(): (rows: readonly TaskRow[]) => Sheet {
  const t = useT(annex)
  const one = useT(tasks)
  const states = useT(taskStates)
  const format = useFormat()
  return useCallback((rows) => ({
    heads: [one('col.n'), one('col.title'), one('col.unit'), t('supporting'), one('col.due'), t('product'), one('col.state')],
    rows: rows.map((row, i) => [String(i + 1), row.title, row.unit.name, row.supporting.map((unit) => unit.name).join('; '), row.due ? dueDay(format, row.due) : '', row.product ?? '', states(row.state)]),
  }), [t, one, states, format])
}

type Query = { error: unknown; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown; refetch: () => Promise<unknown> }
type Props = {
  rows: TaskRow[] | undefined; /** What they were asked for by. */ asked: string; /** How many came since. */ fresh: number; see: ReturnType<typeof useSight>['see']; total: number | undefined; query: Query; whole: boolean; wantAll: boolean; onWantAll: (all: boolean) => void; group: string | undefined; sort: string | undefined; onSort: (sort: string | undefined) => void
  mayAssign: boolean; selected: Set<string>; onSelected: (ids: Set<string>) => void; bulk: (ids: ReadonlySet<string>) => ReactNode; empty: ReactNode
}
const wordsOf = (row: TaskRow): string => [row.title, row.unit.name, ...row.supporting.map((unit) => unit.name), row.product ?? ''].join(' ')
const rowOf = (at: Element | null): number => Number(at?.closest<HTMLElement>('tr[data-at]')?.dataset['at'] ?? NaN)

export function Annex({ rows, asked, fresh, see, total, query, whole, wantAll, onWantAll, group, sort, onSort, mayAssign, selected, onSelected, bulk, empty }: Props) {
  const t = useT(annex)
  const one = useT(tasks)
  const format = useFormat()
  const words = useWords()
  const sheet = useSheet()
  const by = groupBy(group)
  const [editing, setEditing] = useState<Editing>()
  const [finding, setFinding] = useState(false)
  const [goTo, setGoTo] = useState<string>()
  const needed = needsAll(sort, by) || finding
  // Until the last row is there they stay as they came: nothing moves under the eyes of who reads.
  const ready = whole || !needsAll(sort, by)
  const sorted = useMemo(() => (rows && ready ? arranged(rows, sort, by, words, format) : rows), [rows, ready, sort, by, words, format])
  const label = useMemo(() => (by && ready ? groupOf(by, words, format) : undefined), [by, ready, words, format])
  const held = useHeld(sorted, idOf, [asked, sort, by, ready].join(' '), label)
  const all = held.rows
  useEffect(() => { if (needed !== wantAll) onWantAll(needed) }, [needed, wantAll, onWantAll])
  const close = (was: Editing) => { setEditing(undefined); focusCell(was) }
  const open = (row: TaskRow, part: Editing['part']) => editing?.id === row.id && editing.part === part

  const chosen = () => sheet(all?.filter((row) => selected.has(row.id)) ?? [])
  const copy = useCopy(chosen)

  const focused = () => all?.[rowOf(document.activeElement)]
  const keys = useMemo(() => ({
    'x': () => { const row = focused(); if (row) { const next = new Set(selected); if (!next.delete(row.id)) next.add(row.id); onSelected(next) } },
    'e': () => { const row = focused(); if (row && mayAssign && mayEdit(row)) setEditing({ id: row.id, part: 'due' }) },
    'mod+f': () => { setFinding(true) },
  }), [all, selected, mayAssign]) // eslint-disable-line react-hooks/exhaustive-deps -- made anew with what it reads
  const part = (all?.length ?? 0) > 80 || query.hasNextPage // else every row is in the page, and the browser finds it
  useKeys(useMemo(() => (finding || !part ? { x: keys.x, e: keys.e } : keys), [finding, part, keys]))
  const chooseAll = (event: React.KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a' && !isTyping(event.nativeEvent) && all) { event.preventDefault(); onSelected(new Set(all.map((row) => row.id))) }
  }

  const cell = (row: TaskRow, part: Editing['part'], value: ReactNode, editor: ReactNode) =>
    open(row, part) ? editor : mayAssign && mayEdit(row) ? <EditButton row={row} part={part} on={setEditing}>{value ?? <span className="faint annex-add">{t('edit.empty')}</span>}</EditButton> : value ?? <span className="faint">–</span>
  const several = severalProgrammes(rows)
  const columns: Column<TaskRow>[] = [
    { id: 'n', head: one('col.n'), as: 'number', width: '3rem', cell: (row, i) => <><span className="faint">{i + 1}</span>{mayAssign && mayEdit(row) && <EditButton row={row} part="title" on={setEditing}><span className="annex-add"><Icon name="edit" size={14} /></span></EditButton>}</> },
    { id: 'title', head: one('col.title'), as: 'name', sort: 'asc', cell: (row) => <>
      {open(row, 'title') ? <EditTitle row={row} onClose={() => close({ id: row.id, part: 'title' })} /> : <Link to="/tasks/$taskId" params={{ taskId: row.id }}>{row.title}</Link>}
      {several && row.programmeName && <small className="soft">{row.programmeName}</small>}
      <small className={`annex-under${row.priority === 'high' || row.parts || open(row, 'priority') || open(row, 'title') ? '' : ' quiet'}`}>{row.parts && <span>{one('parts', row.parts)}</span>}{cell(row, 'priority', row.priority === 'high' ? <b>{one('priority.high')}</b> : <span className="annex-add">{one(`priority.${row.priority}`)}</span>, <EditPriority row={row} onClose={() => close({ id: row.id, part: 'priority' })} />)}</small>
    </> },
    { id: 'unit', head: one('col.unit'), sort: 'asc', width: '15%', cell: (row) => cell(row, 'unit', row.unit.name, <EditUnit row={row} onClose={() => close({ id: row.id, part: 'unit' })} />) },
    { id: 'supporting', head: t('supporting'), sort: 'asc', width: '12%', cell: (row) => cell(row, 'supporting', row.supporting.length === 0 ? undefined : <span className="annex-many">{row.supporting.map((unit) => <span key={unit.id}>{unit.name}</span>)}</span>, <EditSupporting row={row} onClose={() => close({ id: row.id, part: 'supporting' })} />) },
    { id: 'due', head: one('col.due'), sort: 'asc', width: '7.5rem', cell: (row) => cell(row, 'due', row.due ? <span className={row.overdue ? 'bad nowrap' : 'nowrap'} title={`${dueMoment(format, row.due)} · ${format.due(row.due.at)}`}>{dueDay(format, row.due)}</span> : undefined, <EditDue row={row} onClose={() => close({ id: row.id, part: 'due' })} />) },
    { id: 'product', head: t('product'), sort: 'asc', width: '13%', cell: (row) => cell(row, 'product', row.product ?? undefined, <EditProduct row={row} onClose={() => close({ id: row.id, part: 'product' })} />) },
    { id: 'state', head: one('col.state'), sort: 'asc', width: '10.25rem', cell: (row) => <><TaskMark state={row.state} late={row.overdue} /><small className="soft annex-age">{t('age', { span: format.span(ageOf(row)) })}</small></> },
  ]
  const [name, desc] = [(sort ?? 'due').replace(/^-/, ''), sort?.startsWith('-') ?? false]
  return (
    <div className="annex" onKeyDown={chooseAll} role="presentation">
      {finding && <TableFind rows={all ?? []} keyOf={idOf} textOf={wordsOf} onGo={setGoTo} onClose={() => { setFinding(false); setGoTo(undefined) }} />}
      {needed && !whole && rows && <p className="annex-note soft small" role="status">{t('all.loading', { n: format.number(rows.length) })}</p>}
      {needed && whole && query.hasNextPage && <p className="annex-note small" role="status">{t('all.most', { most: format.number(rows?.length ?? 0) })}</p>}
      <DataTable caption={t('caption')} columns={columns} rows={all} rowKey={idOf} total={total} error={query.error} retry={() => void query.refetch()} group={held.group} came={andAtServer(held.came, fresh, query.refetch)} see={see} goTo={goTo} current={goTo}
        sort={{ by: name, desc }} onSort={({ by: next, desc: down }) => onSort(next === 'due' && !down ? undefined : `${down ? '-' : ''}${next}`)}
        more={{ has: query.hasNextPage, busy: query.isFetchingNextPage, load: () => { if (!query.isFetchingNextPage) void query.fetchNextPage() } }}
        selected={selected} onSelected={onSelected} empty={empty}
        bulk={(ids) => <>{bulk(ids)}<Button small icon="file" onClick={() => copy(chosen())}>{t('copy')}</Button></>} />
    </div>
  )
}
