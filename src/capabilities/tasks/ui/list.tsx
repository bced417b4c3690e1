// Tasks: on a desk the table every office knows, on a phone one line each. What I owe first; filtered, searched, saved, exported, printed, and handled many at once.
import { Suspense, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, q, queries, url } from '../../../web/client.ts'
import { dueDay, dueMoment, useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, EmptyState, LinkButton, Menu, Page, SelectField, Skeleton, TextField, andAtServer, listProps, listRows, toast, useDebounced, useHeld, useSight } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { useMay, useMe } from '../../../web/session.ts'
import { BoardViews } from '../../readiness/ui/views.tsx'
import { annex as annexMessages } from './annex-messages.ts'
import { idOf } from './annex-rows.ts'
import { AnnexPrint } from './annex-print.tsx'
import { Annex, GROUPS, serverSort } from './annex.tsx'
import { BulkBar, BulkRun } from './bulk.tsx'
import type { Run } from './bulk.tsx'
import { followed, useSightTrue } from './live-rows.ts'
import { MoreFilters } from './filters.tsx'
import { NewTask } from './give.tsx'
import { TaskMark, useTaskState } from './mark.tsx'
import { tasks as messages } from './messages.ts'
import { targetText } from './target.ts'
import { part } from '../../../web/parts.ts'
import { severalProgrammes } from '../../../web/several.ts'
import './tasks.css'

const StateBoard = part(async () => ({ default: (await import('./board.tsx')).StateBoard }))
const route = getRouteApi('/inside/tasks')
export type TaskRow = Awaited<ReturnType<typeof api.tasks.list>>['items'][number]
const FILTERS = ['open', 'overdue', 'reported', 'returned', 'verified', 'all'] as const
type Filter = (typeof FILTERS)[number]
/** What a table is sorted, grouped, searched and printed with at most. */
const MOST_ROWS = 12_000
const FIRST = 100
const MORE = 500
const desk = typeof matchMedia === 'function' ? matchMedia('(min-width: 900px)') : undefined
const useDesk = (): boolean => useSyncExternalStore((tell) => { desk?.addEventListener('change', tell); return () => desk?.removeEventListener('change', tell) }, () => desk?.matches ?? true)

export function TaskList() {
  const t = useT(messages)
  const ta = useT(annexMessages)
  const format = useFormat()
  const wide = useDesk()
  const mayAssign = useMay('task.assign')
  const leave = useNavigate()
  const [printing, setPrinting] = useState(false)
  const [giving, setGiving] = useState(false)
  const [run, setRun] = useState<Run>()
  const [wantAll, setWantAll] = useState(false)
  const search = route.useSearch()
  const go = route.useNavigate()
  const set = (more: Record<string, string | undefined>) => { setSelected(new Set()); void go({ search: (before) => ({ ...before, ...more }), replace: true }) }
  const [words, setWords] = useState(search.q ?? '')
  const [selected, setSelected] = useState<Set<string>>(new Set())
  const filter = (FILTERS as readonly string[]).includes(search.state ?? '') ? (search.state as Filter) : search.overdue ? 'overdue' : 'open'
  const scope = search.unit || search.directive ? 'below' : (search.scope ?? 'mine')
  const unit = useQuery({ ...q.units.get.queryOptions({ input: { unitId: search.unit ?? '' } }), enabled: Boolean(search.unit) })
  const directive = useQuery({ ...q.tasks.directive.queryOptions({ input: { directiveId: search.directive ?? '' } }), enabled: Boolean(search.directive) })
  const view = search.view === 'list' || search.view === 'table' || search.view === 'board' ? search.view : wide ? 'table' : 'list'
  const input = useMemo(() => ({
    sort: serverSort(view === 'table' ? search.sort : undefined), ...(filter === 'all' ? {} : filter === 'overdue' ? { overdue: true } : { state: [filter] as ['open'] }),
    ...(search.directive ? { directive: search.directive } : search.unit ? { unit: search.unit, below: true } : scope === 'mine' ? { mine: true } : scope === 'issued' ? { mine: true, part: 'issuer' as const } : scope === 'answers' ? { mine: true, part: 'answers' as const } : {}), ...(words ? { q: words } : {}),
    ...(search.event ? { event: search.event } : {}), ...(search.stream ? { workstream: search.stream } : {}), ...(search.from ? { dueFrom: search.from } : {}), ...(search.until ? { dueUntil: search.until } : {}),
  }), [filter, scope, words, view, search.sort, search.unit, search.event, search.directive, search.stream, search.from, search.until])
  const { ids, see } = useSight()
  const found = useInfiniteQuery({
    queryKey: ['tasks', 'list', input],
    queryFn: ({ pageParam, signal }) => api.tasks.list({ ...input, limit: pageParam ? MORE : FIRST, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (last) => last.next ?? undefined,
    // What is in sight is told of changes; to read every page again whenever the window is looked at would be for nothing.
    meta: followed(ids), staleTime: 20_000, refetchOnWindowFocus: false,
  })
  const rows = listRows(found)
  const asOf = found.data?.pages[0]?.asOf
  useSightTrue(ids, asOf)
  const loaded = rows?.length ?? 0
  const all = wantAll || printing
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found
  useEffect(() => { if (all && hasNextPage && !isFetchingNextPage && loaded < MOST_ROWS) void fetchNextPage() }, [all, hasNextPage, isFetchingNextPage, fetchNextPage, loaded])
  const whole = rows !== undefined && (!hasNextPage || loaded >= MOST_ROWS)
  const asked = JSON.stringify(input)
  // On a phone they stand in one line that is pushed sideways.
  const chips = useRef<HTMLDivElement>(null)
  useEffect(() => { const [line, one] = [chips.current, chips.current?.querySelector<HTMLElement>('[aria-pressed=true]')]; if (line && one) line.scrollLeft = one.offsetLeft - line.offsetLeft - (line.clientWidth - one.offsetWidth) / 2 }, [filter])
  const held = useHeld(rows, idOf, view === 'list' ? asked : undefined)
  const fresh = useNewRows(scope === 'mine' && view !== 'board' ? input : undefined, rows, asOf, whole)
  const said = useTaskState()
  const several = severalProgrammes(rows)
  const columns: Column<TaskRow>[] = [
    { id: 'n', head: t('col.n'), as: 'number', width: '3.5rem', from: 'narrow', text: (_, i) => String(i + 1), cell: (_, i) => <span className="faint">{i + 1}</span> },
    { id: 'title', head: t('col.title'), as: 'name', text: (row) => row.title, cell: (row) => <><Link to="/tasks/$taskId" params={{ taskId: row.id }}>{row.title}</Link>{several && row.programmeName && <small>{row.programmeName}</small>}{(row.priority === 'high' || row.parts) && <small>{row.priority === 'high' && <b>{t('high')} </b>}{row.parts && t('parts', row.parts)}</small>}{scope !== 'mine' && <small className="from-only-narrow">{row.unit.name}</small>}<small className="only-narrow task-line"><TaskMark state={row.state} late={row.overdue} />{row.due && <span>{dueDay(format, row.due)}</span>}</small></> },
    { id: 'unit', head: t('col.unit'), from: 'middle', width: '20%', text: (row) => row.unit.name, cell: (row) => row.unit.name },
    { id: 'due', head: t('col.due'), as: 'number', from: 'narrow', text: (row) => (row.due ? dueMoment(format, row.due) : ''), cell: (row) => (row.due ? <span className={row.overdue ? 'bad' : ''} title={`${dueMoment(format, row.due)} · ${format.due(row.due.at)}`}>{dueDay(format, row.due)}</span> : <span className="faint">{t('due.none')}</span>) },
    { id: 'target', head: t('col.target'), as: 'number', from: 'wide', text: (row) => targetText(row, t, format) ?? '', cell: (row) => targetText(row, t, format) ?? <span className="faint">–</span> },
    { id: 'state', head: t('col.state'), from: 'narrow', text: said, cell: (row) => <TaskMark state={row.state} late={row.overdue} /> },
  ]
  const total = found.data?.pages[0]?.total
  const query = new URLSearchParams(Object.entries(input).map(([key, value]) => [key, String(value)]))
  const exported = (kind: 'xlsx' | 'csv') => { location.href = url(`api/v1/exports/tasks?${query.toString()}&format=${kind}`) }
  const done = () => { setSelected(new Set()); void queries.invalidateQueries({ queryKey: ['tasks'] }) }
  const empty = <EmptyState icon="tasks" title={t('empty')} action={filter !== 'open' || words || search.stream || search.from || search.until ? <Button onClick={() => { setWords(''); set({ state: undefined, overdue: undefined, stream: undefined, from: undefined, until: undefined }) }}>{t('clear')}</Button> : undefined}>{filter === 'open' && !words && !search.stream && !search.from && !search.until ? t('empty.mine') : t('empty.filter')}</EmptyState>
  return (
    <Page title={scope === 'below' ? t('title') : t('title.mine')} line={[search.unit && unit.data ? t('line.unit', { unit: unit.data.name }) : search.directive ? directive.data && [directive.data.number, directive.data.title].filter(Boolean).join(', ') : undefined, total === undefined ? undefined : view === 'table' && (search.sort || search.group) ? ta('line', { total: format.total(total) }) : t('line', { total: format.total(total) })].filter(Boolean).join(' · ')}
      actions={<>
        <BoardViews on="/tasks" search={search} />
        {mayAssign && <Button icon="plus" onClick={() => setGiving(true)}>{t('give')}</Button>}
        {mayAssign && <Button icon="upload" onClick={() => { void leave({ to: '/tasks/import' }) }}>{ta('paste')}</Button>}
        <Menu items={[{ label: ta('print'), icon: 'print', run: () => setPrinting(true) }, 'line', { label: t('export.xlsx'), icon: 'file', run: () => exported('xlsx') }, { label: t('export.csv'), icon: 'file', run: () => exported('csv') }]}><Button icon="download">{t('export')}</Button></Menu>
        <LinkButton icon="file" to="/directives">{t('directives')}</LinkButton>
      </>}>
      <div className="task-filters no-print">
        <div className="task-chips" role="group" aria-label={t('filter')} ref={chips}>
          {FILTERS.map((one) => <button key={one} type="button" className="task-chip" aria-pressed={filter === one} onClick={() => set({ state: one === 'open' ? undefined : one, overdue: undefined })}>{t(`filter.${one}`)}</button>)}
        </div>
        <SelectField label={t('scope')} value={scope} onValue={(value) => set({ scope: value === 'mine' ? undefined : value, unit: undefined, directive: undefined })} options={(['mine', 'below', 'issued', 'answers'] as const).map((one) => ({ value: one, label: t(`scope.${one}`) }))} />
        {view === 'table' && <SelectField label={ta('group')} value={search.group ?? ''} onValue={(value) => set({ group: value || undefined })} empty={ta('group.none')} options={GROUPS.map((one) => ({ value: one, label: ta(`group.${one}`) }))} />}
        {<SelectField label={ta('view')} value={view} onValue={(value) => set({ view: value === (wide ? 'table' : 'list') ? undefined : value })} options={(wide ? ['table', 'list', 'board'] as const : ['list', 'board'] as const).map((one) => ({ value: one, label: ta(`view.${one}`) }))} />}
        <Words words={words} onWords={setWords} />
        <MoreFilters search={search} unit={unit.data} set={set} />
      </div>
      {view === 'board' ? <Suspense fallback={<Skeleton />}><StateBoard input={input} filter={filter} /></Suspense> : <Card flush>
        {view === 'table' ? <Annex rows={rows} total={total} see={see} asked={asked} fresh={fresh} query={found} whole={whole} wantAll={all} onWantAll={setWantAll} group={search.group} sort={search.sort} onSort={(sort) => set({ sort })} mayAssign={mayAssign} selected={selected} onSelected={setSelected}
          bulk={(ids) => <BulkBar ids={[...ids]} rows={rows ?? []} onRun={setRun} />} empty={empty} /> :
        <DataTable caption={t('caption')} columns={columns} rows={held.rows} rowKey={idOf} {...listProps(found)} see={see} came={andAtServer(held.came, fresh, found.refetch)}
          selected={selected} onSelected={setSelected} bulk={(ids) => <BulkBar ids={[...ids]} rows={rows ?? []} onRun={setRun} />} empty={empty} />}
      </Card>}
      <BulkRun run={run} rows={rows ?? []} onDone={() => { setRun(undefined); done() }} />
      {giving && <NewTask onClose={() => setGiving(false)} onDone={(taskId) => { setGiving(false); toast(t('give.done')); done(); void leave({ to: '/tasks/$taskId', params: { taskId } }) }} />}
      {printing && <AnnexPrint rows={rows ?? []} total={total} whole={whole} group={search.group} sort={search.sort} unit={search.unit ? unit.data?.name : undefined} onClose={() => setPrinting(false)} />}
    </Page>
  )
}

type Input = NonNullable<Parameters<typeof api.tasks.list>[0]>
/** How many tasks came to one's own units since the rows were read: asked only when the inbox says that something came, and left out where it cannot be known. */
function useNewRows(input: Input | undefined, rows: readonly TaskRow[] | undefined, asOf: string | undefined, whole: boolean): number {
  const me = useMe()
  const found = useQuery({
    queryKey: ['tasks', 'new', input], queryFn: ({ signal }) => api.tasks.list({ ...input, sort: '-changed', limit: 50 }, { signal }),
    enabled: input !== undefined && asOf !== undefined, initialData: { items: [], next: null, asOf: '' }, staleTime: Infinity, meta: { topics: me ? [`inbox:${me.id}`] : [] },
  })
  return useMemo(() => {
    if (asOf === undefined || found.data.items.length === 0) return 0
    const shown = new Set(rows?.map(idOf))
    // A row that changed and is not loaded yet is not new.
    return found.data.items.filter((row) => !shown.has(row.id) && (whole ? row.changedAt : row.assignedAt) > asOf).length
  }, [found.data, rows, asOf, whole])
}

/** What is typed is its own, so that a letter redraws one field and not a table of twelve thousand rows. */
function Words({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const t = useT(messages)
  const [text, setText] = useState(words)
  const late = useDebounced(text.trim(), 200)
  const told = useRef(words)
  useEffect(() => { if (late !== told.current) { told.current = late; onWords(late) } }, [late, onWords])
  useEffect(() => { if (words !== told.current) { told.current = words; setText(words) } }, [words])
  return <TextField label={t('search')} type="search" placeholder={t('search.hint')} value={text} onValue={setText} />
}
