// The same units as a picture and as a table, side by side: what is chosen in one is marked in the other, and Enter opens from both.
import { Suspense, memo, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { q, queries } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useLang, useT } from '../../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, SelectField, Skeleton, StateBar, StateMark, stateOrder, useCounts } from '../../../../web/kit/kit.ts'
import type { Column, Counts, State } from '../../../../web/kit/kit.ts'
import type { Board } from '../../contract.ts'
import { neighbour, stateOf } from '../../decide/places.ts'
import type { Direction, Place, Spot } from '../../decide/places.ts'
import { board } from '../messages.ts'
import { useKindName } from '../kinds.ts'
import { map as messages } from './messages.ts'
import { PatternDefs, Swatch } from './patterns.tsx'
import { MapTiles } from './tiles.tsx'
import { part } from '../../../../web/parts.ts'
import './map.css'

const MapCanvas = part(() => import('./canvas.tsx').then(({ MapCanvas: canvas }) => ({ default: canvas })))
const ARROWS: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' }
const countsOf = (events: readonly number[]): Counts => Object.fromEntries(stateOrder.map((state, i) => [state, events[i] ?? 0])) as Counts
const totalOf = (events: readonly number[]) => events.reduce((sum, n) => sum + n, 0)
/** Figures of thousands of units are read again at most this often while things move. */
const AGAIN_MS = 3000

type Search = Record<string, string | undefined>
type Props = { data: Board; asked: { programmeId?: string; level?: string; workstream?: string; at?: string }; state: State | undefined; search: Search; set: (more: Search) => void }

export function BoardMap({ data, asked, state, search, set }: Props) {
  const t = useT(messages)
  const { lang } = useLang()
  const { number } = useFormat()
  const kindName = useKindName()
  const navigate = useNavigate()
  const base = useId().replace(/\W/g, '')
  const below = [...new Set(data.rows.map((row) => row.kind))]
  const deeper = data.levels.filter((kind) => kind !== data.unit.kind && !(below.length === 1 && below[0] === kind))
  const each = search['each'] && deeper.includes(search['each']) ? search['each'] : undefined

  const unitId = data.unit.unitId
  const shapes = useQuery({ ...q.maps.shapes.queryOptions({ input: { unitId, ...(each ? { kind: each } : {}) } }), staleTime: 3_600_000, placeholderData: keepPreviousData })
  const basemap = useQuery({ ...q.maps.basemap.queryOptions(), staleTime: 3_600_000 })
  const many = useQuery({ ...q.readiness.units.queryOptions({ input: { unitId, kind: each ?? '-', ...asked } }), enabled: each !== undefined, placeholderData: keepPreviousData })
  useAgain(each !== undefined && !asked.at, `${data.unit.version}`, () => void queries.invalidateQueries({ queryKey: q.readiness.units.key() }))

  const name = useCallback((one: { name: string; nameEn: string | null }) => (lang === 'en' && one.nameEn) || one.name, [lang])
  const all = useMemo((): Place[] => (each
    ? (many.data?.units ?? []).map((one) => ({ ...one, name: name(one) })).sort((x, y) => rank(x) - rank(y))
    : data.rows.map((row) => ({ unitId: row.unitId, name: name(row), within: '', events: stateOrder.map((one) => row.events[one]), tasks: row.tasks.total, overdue: row.tasks.overdue, eventId: row.eventId, below: row.below }))),
  [each, many.data, data.rows, name])
  const shown = useMemo(() => (state ? all.filter((one) => one.events[stateOrder.indexOf(state)]! > 0) : all), [all, state])
  const places = useMemo(() => new Map(shown.map((one) => [one.unitId, one])), [shown])

  const [failed, setFailed] = useState(false)
  const areas = (shapes.data?.shapes.length ?? 0) > 0
  const tiles = search['draw'] === 'tiles' || failed || (shapes.data !== undefined && !areas)
  const drawn = useMemo(() => new Set(shapes.data?.shapes.map((one) => one.unitId)), [shapes.data])
  const without = tiles || !areas ? [] : all.filter((one) => !drawn.has(one.unitId))

  const [chosen, setChosen] = useState<{ id: string; at?: Spot }>()
  const spots = useRef<{ all: Map<string, Spot>; screen: (id: string) => Spot | undefined }>({ all: new Map(), screen: () => undefined })
  const select = useCallback((id: string | undefined, at?: Spot) => setChosen((was) => (id === undefined ? undefined : was?.id === id && was.at && at && Math.hypot(was.at[0] - at[0], was.at[1] - at[1]) < 12 ? was : { id, ...(at ? { at } : {}) })), [])
  const open = useCallback((id: string) => {
    const place = places.get(id)
    if (place) void navigate(linkOf(place, search) as never)
  }, [places, search, navigate])
  const place = chosen ? places.get(chosen.id) : undefined
  const spot = chosen && (chosen.at ?? spots.current.screen(chosen.id))

  const keys = (event: React.KeyboardEvent) => {
    if ((event.target as HTMLElement).closest('button, a')) return
    const direction = ARROWS[event.key]
    if (direction && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      const within = new Map([...spots.current.all].filter(([id]) => places.has(id)))
      const next = neighbour(within, chosen?.id, direction)
      if (next) select(next)
    } else if (event.key === 'Enter' && place) { event.preventDefault(); open(place.unitId) } else if (event.key === 'Escape') select(undefined)
  }
  const said = (one: Place) => [one.name, one.within, totalOf(one.events) === 0 ? t('map.noEvents') : t('map.figures', { unmet: number(one.events[0] ?? 0), total: number(totalOf(one.events)) }), one.overdue > 0 ? t('map.overdue', { count: number(one.overdue) }) : ''].filter(Boolean).join(', ')
  const onSpots = useCallback((found: Map<string, Spot>, screen: (id: string) => Spot | undefined) => { spots.current = { all: found, screen } }, [])
  const onFail = useCallback(() => setFailed(true), [])
  const canvas = { places, selected: chosen?.id, onSelect: select, onOpen: open, onSpots }
  return (
    <div className="map-two">
      <Card flush>
        <div className="map-tools no-print">
          {deeper.length > 0 && <SelectField label={t('map.each')} optional="quiet" value={each ?? ''} onValue={(value) => { select(undefined); set({ each: value || undefined }) }} empty={t('map.each.below')} options={deeper.map((kind) => ({ value: kind, label: kindName(kind) }))} />}
          {areas && !failed && <SelectField label={t('map.draw')} optional="quiet" value={tiles ? 'tiles' : ''} onValue={(value) => { select(undefined); set({ draw: value || undefined }) }} empty={t('map.draw.areas')} options={[{ value: 'tiles', label: t('map.draw.tiles') }]} />}
          {tiles && <SelectField label={t('map.by')} optional="quiet" value={search['area'] ?? ''} onValue={(value) => set({ area: value || undefined })} empty={t('map.by.events')} options={[{ value: 'tasks', label: t('map.by.tasks') }]} />}
        </div>
        <div className="map-box" role="application" tabIndex={0} aria-label={t(tiles ? 'map.tiles' : 'map.of', { unit: name(data.unit) })} aria-describedby={`${base}-hint`} onKeyDown={keys} onMouseLeave={() => select(undefined)} onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) select(undefined) }}>
          <span id={`${base}-hint`} className="hidden-visually">{t('map.hint')}</span>
          {(shapes.data === undefined && !shapes.isError) || basemap.isPending ? <Skeleton lines={8} />
            : shown.length === 0 && !many.isFetching ? <EmptyState icon="board" title={t('map.nothing')} />
            : tiles || shapes.isError ? <MapTiles {...canvas} by={search['area'] === 'tasks' ? 'tasks' : 'events'} />
            : <Suspense fallback={<p className="map-wait soft" role="status">{t('map.loading')}</p>}><MapCanvas {...canvas} shapes={shapes.data!} basemap={basemap.data?.basemap ?? null} onFail={onFail} /></Suspense>}
          {place && spot && (
            <div className="map-label" style={{ '--x': `${spot[0]}px`, '--y': `${spot[1]}px` }}>
              <b>{place.name}</b>{place.within && <span className="soft small">{place.within}</span>}
              {stateOf(place.events) ? <StateMark state={stateOf(place.events)!} /> : <span className="soft">{t('map.noEvents')}</span>}
              <span className="small">{t('map.figures', { unmet: number(place.events[0] ?? 0), total: number(totalOf(place.events)) })}</span>
              {place.overdue > 0 && <span className="small">{t('map.overdue', { count: number(place.overdue) })}</span>}
              <Link className="map-open" tabIndex={-1} {...(linkOf(place, search) as { to: '/board' })}>{t('map.open')}</Link>
            </div>
          )}
        </div>
        <p className="hidden-visually" role="status">{place ? said(place) : ''}</p>
        <div className="map-legend">
          <svg width="0" height="0" aria-hidden="true" className="map-defs"><PatternDefs base={base} /></svg>
          <ul aria-label={t('map.legend')}>
            {stateOrder.map((one) => <li key={one}><Swatch base={base} fill={one} /><StateMark state={one} /></li>)}
            <li><Swatch base={base} fill="none" /><span>{t('map.legend.none')}</span></li>
          </ul>
          <p className="soft small">{t('map.legend.state')}</p>
          {tiles && search['draw'] !== 'tiles' && <p className="soft small no-print">{t(failed ? 'map.noWebgl' : 'map.noFile')}</p>}
          {without.length > 0 && <p className="soft small">{t('map.without', { count: number(without.length), names: without.slice(0, 5).map((one) => one.name).join(', ') })}{without.length > 5 && ` ${t('map.without.more', { n: number(without.length - 5) })}`}</p>}
        </div>
      </Card>
      <MapTable rows={each && !many.data ? undefined : shown} current={chosen?.id} search={search} onSelect={select} error={many.error ?? undefined} />
    </div>
  )
}

type TableProps = { rows: readonly Place[] | undefined; current: string | undefined; search: Search; onSelect: (unitId: string | undefined) => void; error: unknown }
const rowKey = (one: Place) => one.unitId

/** Drawn anew when another unit is marked, not when the pointer moves over one. */
const MapTable = memo(function MapTable({ rows, current, search, onSelect, error }: TableProps) {
  const t = useT(messages)
  const b = useT(board)
  const { number } = useFormat()
  const said = useCounts()
  /** The row under the pointer or with the focus is the unit that is marked in the picture. */
  const follow = (event: React.SyntheticEvent) => {
    const at = (event.target as HTMLElement).closest<HTMLElement>('tr[data-at]')?.dataset['at']
    if (at !== undefined && rows?.[Number(at)]) onSelect(rows[Number(at)]!.unitId)
  }
  const columns: Column<Place>[] = [
    { id: 'unit', head: b('col.unit'), as: 'name', text: (one) => [one.name, one.within].filter(Boolean).join(', '), cell: (one) => <><Link {...(linkOf(one, search) as { to: '/board' })}>{one.name}</Link>{one.within && <small>{one.within}</small>}<small className="only-narrow"><StateBar counts={countsOf(one.events)} label={one.name} /></small></> },
    { id: 'unmet', head: b('col.unmet'), as: 'number', text: (one) => String(one.events[0]!), cell: (one) => <span className="board-share"><b className={one.events[0]! > 0 ? 'bad' : ''}>{number(one.events[0]!)}</b><span className="faint">/{number(totalOf(one.events))}</span></span> },
    { id: 'state', head: b('col.state'), width: '26%', from: 'narrow', text: (one) => said(countsOf(one.events)), cell: (one) => <StateBar counts={countsOf(one.events)} label={one.name} /> },
    { id: 'overdue', head: b('col.overdue'), as: 'number', from: 'narrow', text: (one) => String(one.overdue), cell: (one) => (one.overdue > 0 ? number(one.overdue) : <span className="faint">0</span>) },
  ]
  return (
    <div onFocus={follow} onMouseOver={follow} onMouseLeave={() => onSelect(undefined)} onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) onSelect(undefined) }}>
      <Card flush><DataTable caption={t('map.table')} columns={columns} rows={rows} rowKey={rowKey} current={current} error={error} /></Card>
    </div>
  )
})

const rank = (one: Place): number => { const state = stateOf(one.events); return state === 'unmet' ? 0 : state === 'at_risk' ? 1 : 2 }

/** As in the table: a unit with units below opens their board, the last one its event. */
const linkOf = (place: Place, search: Search): { to: string; params?: object; search?: object } => (place.below || !place.eventId
  ? { to: '/board', search: { ...search, unit: place.unitId, state: undefined, each: undefined } }
  : { to: '/events/$eventId', params: { eventId: place.eventId } })

/** Runs soon after `key` moved, and then not again for a while. */
function useAgain(on: boolean, key: string, run: () => void): void {
  const latest = useRef({ run, at: 0, key })
  latest.current.run = run
  useEffect(() => {
    if (!on || latest.current.key === key) return undefined
    latest.current.key = key
    const timer = setTimeout(() => { latest.current.at = performance.now(); latest.current.run() }, Math.max(0, latest.current.at + AGAIN_MS - performance.now()))
    return () => clearTimeout(timer)
  }, [on, key])
}
