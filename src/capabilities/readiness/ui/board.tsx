// The board: one unit and those below it, red first. From the nation to one task in four steps, each with an address that can be sent to a colleague.
import { Suspense, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { q, queries, refusalOf } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, DateField, EmptyState, LinkButton, Loaded, Page, SelectField, Skeleton, StateTiles, Tabs } from '../../../web/kit/kit.ts'
import { useToday } from '../../../web/session.ts'
import type { State } from '../../../web/kit/kit.ts'
import type { Change } from '../../../web/live-link.ts'
import type { Board as BoardData, BoardPatch } from '../contract.ts'
import { applyPatch } from '../decide/patch.ts'
import { BoardEvents } from './events.tsx'
import { BoardMonths } from './months.tsx'
import { board as messages } from './messages.ts'
import { BoardRequirements } from './requirements.tsx'
import { BoardRows } from './rows.tsx'
import { BoardSheet } from './sheet.tsx'
import { DaySlider, PastNote, WeekTrend } from './time.tsx'
import { BoardViews } from './views.tsx'
import { useKindName } from './kinds.ts'
import { part } from '../../../web/parts.ts'
import './board.css'

const route = getRouteApi('/inside/board')
/** An installation without units or programmes begins elsewhere. */
const Beginning = part(() => import('../../programmes/ui/manage/first-steps.tsx').then(({ Beginning: screen }) => ({ default: screen })))

const BoardMap = part(() => import('./map/screen.tsx').then(({ BoardMap: screen }) => ({ default: screen })))

export function Board() {
  const today = useToday()
  const t = useT(messages)
  const pick = usePick()
  const { lang } = useLang()
  const format = useFormat()
  const kindName = useKindName()
  const search = route.useSearch()
  const go = route.useNavigate()
  const set = (more: Partial<typeof search>) => void go({ search: (before) => ({ ...before, ...more }), replace: true })
  const { unit, programme, level, stream } = search
  const at = stream || !search.at || search.at >= today ? undefined : search.at // the past of single workstreams is not kept; days to come have no board
  const asked = { ...(unit ? { unitId: unit } : {}), ...(programme ? { programmeId: programme } : {}), ...(level ? { level } : {}), ...(at ? { at } : {}) }
  const query = { ...asked, ...(stream ? { workstream: stream } : {}) }
  const options = q.readiness.board.queryOptions({ input: query })
  // The topic of the highest unit is known once the first answer is here.
  const shownUnit = unit ?? queries.getQueryData<BoardData>(options.queryKey)?.unit.unitId
  const patch = (data: BoardData, change: Change) => (change.id && change.patch ? applyPatch(data, query, change.id, change.patch as BoardPatch) ?? undefined : undefined)
  const found = useQuery({ ...options, placeholderData: keepPreviousData, ...(at || !shownUnit ? {} : { meta: { topics: [`board:${shownUnit}`], patch: patch as (data: never, change: Change) => unknown } }) })
  const [filtering, setFiltering] = useState(false)
  if (!unit && found.isError && refusalOf(found.error).status === 404) return <Suspense><Beginning /></Suspense>
  return (
    <Loaded query={found} lines={9}>{(data) => {
      const own = data.unit
      const name = (row: { name: string; nameEn: string | null }) => (lang === 'en' && row.nameEn) || row.name
      const events = Object.values(own.events).reduce((sum, n) => sum + n, 0)
      if (data.programmes.length === 0) return unit ? <Page title={t('title')}><Card><EmptyState icon="board" title={t('start')}>{t('start.text')}</EmptyState></Card></Page> : <Suspense><Beginning /></Suspense>
      const shown = data.programmes.find((one) => one.id === programme) ?? (data.programmes.length === 1 ? data.programmes[0] : undefined)
      const streamName = data.workstreams.find((one) => one.code === stream)?.name
      const line = [
        shown ? pick(shown.name) : undefined, t('line.events', { events: format.number(events) }), t('line.tasks', { done: format.number(own.tasks.done), total: format.number(own.tasks.total) }),
        own.tasks.overdue > 0 ? t('line.overdue', { count: format.number(own.tasks.overdue) }) : t('line.noOverdue'), data.on ? t('line.day', { day: format.day(data.on) }) : undefined,
      ].filter(Boolean).join(' · ')
      const pastOnly = data.on && data.rows.length > 0
      const view = pastOnly && search.view !== 'map' ? 'units' : search.view ?? (data.rows.length > 0 ? 'units' : 'events')
      // On paper these two are one sheet; the others print as they are.
      const onSheet = view === 'units' || view === 'map'
      return (
        <Page title={name(own)} line={line} crumbs={data.above.map((one) => ({ label: one.name, to: '/board', search: { ...search, unit: one.unitId, state: undefined } as never }))}
          actions={<>
            <Button icon="filter" className="board-filter-button" aria-expanded={filtering} onClick={() => setFiltering(!filtering)}>{t('filters')}</Button>
            {own.eventId && <LinkButton icon="event" to="/events/$eventId" params={{ eventId: own.eventId }}>{t('own.open')}</LinkButton>}
            <BoardViews search={search} unitId={own.unitId} />
            <Button icon="print" className="print-button" onClick={() => print()}>{t('print')}</Button>
          </>}>
          <form className={`board-filters no-print${filtering ? ' open' : ''}`} aria-label={t('filters')} onSubmit={(event) => event.preventDefault()}>
            {data.programmes.length > 1 && <SelectField label={t('programme')} value={programme ?? ''} onValue={(value) => set({ programme: value || undefined } as never)} empty={t('programme.all')} options={data.programmes.map((one) => ({ value: one.id, label: pick(one.name) }))} />}
            {data.levels.length > 1 && <SelectField label={t('level')} value={level ?? ''} onValue={(value) => set({ level: value || undefined } as never)} empty={t('level.all')} options={data.levels.map((one) => ({ value: one, label: kindName(one) }))} />}
            {/* The past of single workstreams is not kept: of the two, the one not chosen says so. */}
            {(data.workstreams.length > 1 || stream) && (data.on ? <p className="field small soft">{t('stream.past')}</p>
              : <SelectField label={t('stream')} value={stream ?? ''} onValue={(value) => set({ stream: value || undefined, at: undefined } as never)} empty={t('stream.all')} options={data.workstreams.map((one) => ({ value: one.code, label: pick(one.name) }))} />)}
            {stream ? <p className="field small soft">{t('stream.now')}</p> : <>
              <DateField label={t('day')} optional value={at} onValue={(on) => { if (on !== at) set({ at: on } as never) }} max={today} />
              <DaySlider at={at} onDay={(on) => set({ at: on } as never)} />
            </>}
          </form>
          {stream && <p className="soft small" role="status">{t('stream.note', { name: streamName ? pick(streamName) : stream })}</p>}
          {data.on && <PastNote on={data.on} none={events === 0} onNow={() => set({ at: undefined } as never)} />}
          <div className={onSheet ? 'board-on-sheet' : ''}><StateTiles counts={own.events} chosen={search.state as State | undefined} onChoose={(state) => set({ state } as never)} /></div>
          <div className={onSheet ? 'board-on-sheet' : ''}><WeekTrend unitId={own.unitId} asked={asked} every={Boolean(stream)} now={{ events: own.events, ...(stream ? {} : { overdue: own.tasks.overdue }) }} /></div>
          {onSheet && <BoardSheet data={data} asked={asked} every={Boolean(stream)} programmeId={(shown ?? data.programmes[0])?.id} state={search.state as State | undefined} />}
          <div className={onSheet ? 'board-on-sheet' : ''}><Tabs label={t('view')} chosen={view} onChoose={(id) => set({ view: id === 'units' ? undefined : id } as never)} tabs={[
            ...(data.rows.length === 0 ? [] : [{ id: 'units', label: t('view.units'), count: data.rows.length, content: () => (
              <div className={data.on ? '' : 'board-two'}>
                <BoardRows data={data} asked={found.isPlaceholderData ? undefined : JSON.stringify(query)} state={search.state as State | undefined} search={search} onClear={() => set({ state: undefined } as never)} />
                {!data.on && (shown ?? data.programmes[0]) ? <BoardRequirements unitId={own.unitId} programmeId={(shown ?? data.programmes[0])!.id} every={[...(stream ? [t('every.stream')] : []), ...(level ? [t('every.level')] : [])]} /> : null}
              </div>
            ) }]),
            ...(data.rows.length === 0 ? [] : [{ id: 'map', label: t('view.map'), content: () => <Suspense fallback={<Skeleton lines={8} />}><BoardMap data={data} asked={query} state={search.state as State | undefined} search={search} set={set as never} /></Suspense> }]),
            // What is told event by event and month by month is known of now only.
            ...(pastOnly ? [] : [{ id: 'events', label: t('view.events'), count: format.number(events), content: () => <BoardEvents unitId={own.unitId} {...(shown ? { programmeId: shown.id } : {})} {...(level ? { level } : {})} state={search.state as State | undefined} every={Boolean(stream)} /> },
            { id: 'months', label: t('view.months'), content: () => <BoardMonths unitId={own.unitId} asked={asked} every={Boolean(stream)} /> }]),
          ]} /></div>
          <p className="hidden-visually"><Link to="/board">{t('title')}</Link></p>
        </Page>
      )
    }}</Loaded>
  )
}
