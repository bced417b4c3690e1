// Many events over time: a programme's milestones folded by level, and under a level its events, page by page. The address keeps what is seen.
import { Suspense, useMemo, useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { markChanged, useChanged } from '../../../../web/changed.ts'
import { api, q, queries } from '../../../../web/client.ts'
import type { Change } from '../../../../web/live-link.ts'
import { part } from '../../../../web/parts.ts'
import { useDatesTopics, useMay } from '../../../../web/session.ts'
import { useFormat } from '../../../../web/format.ts'
import { usePick, useT } from '../../../../web/i18n.tsx'
import { Button, Card, EmptyState, Icon, Loaded, RefusedState, SelectField, Skeleton, UnitField, useSight } from '../../../../web/kit/kit.ts'
import { useKindName } from '../../../readiness/ui/kinds.ts'
import { daysBetween } from '../../../../pure/calendar.ts'
import { scaleOf } from '../../decide/timeline.ts'
import type { Scale } from '../../decide/timeline.ts'
import { Axis, Track } from './chart.tsx'
import { HolidayRow, shades, useHolidays } from './holidays.tsx'
import type { Holidays } from './holidays.tsx'
import { timeline as messages } from './messages.ts'
import './timeline.css'

const EventTimeline = part(() => import('./event.tsx').then(({ EventTimeline: part }) => ({ default: part })))
type Search = { programme?: string; unit?: string; open?: string }
type Data = Awaited<ReturnType<typeof api.programmes.timeline.levels>>
type Level = Data['levels'][number]
type Page = Awaited<ReturnType<typeof api.programmes.timeline.events>>
type Event = Page['items'][number]
type Asked = { code: string; unit?: string; level: string }

export function ManyTimeline({ search, set }: { search: Search; set: (more: Search) => void }) {
  const t = useT(messages)
  const pick = usePick()
  const programmes = useQuery(q.programmes.programmes.list.queryOptions())
  const code = search.programme ?? programmes.data?.items[0]?.code
  const asked = { code: code ?? '', ...(search.unit ? { unit: search.unit } : {}) }
  const topics = useDatesTopics(search.unit || undefined)
  const found = useQuery({ ...q.programmes.timeline.levels.queryOptions({ input: asked }), enabled: Boolean(code), meta: { topics } })
  const unit = useQuery({ ...q.units.get.queryOptions({ input: { unitId: search.unit ?? '' } }), enabled: Boolean(search.unit) })
  if (programmes.data?.items.length === 0) return <Card><EmptyState icon="event" title={t('many.none')} /></Card>
  return (
    <div className="stack gantt-page">
      <div className="field-row no-print">
        {(programmes.data?.items.length ?? 0) > 1 && <SelectField label={t('programme')} value={code ?? ''} onValue={(value) => set({ programme: value })} options={programmes.data!.items.map((one) => ({ value: one.code, label: pick(one.name) }))} />}
        <UnitField label={t('unit')} optional="quiet" right="event.read" value={search.unit && unit.data ? { id: unit.data.id, code: unit.data.code, name: unit.data.name, kind: unit.data.kind } : undefined} onValue={(one) => set({ unit: one?.id ?? '' })} />
      </div>
      {code && <Loaded query={found} lines={8}>{(data) => (data.levels.length === 0 ? <Card><EmptyState icon="event" title={t('many.none')}>{t('many.none.text')}</EmptyState></Card> : <Levels data={data} asked={asked} open={search.open} onOpen={(level) => set({ open: level })} />)}</Loaded>}
    </div>
  )
}

/** Folded but for one: named in the address, else the highest that has several events. */
function Levels({ data, asked, open: named, onOpen }: { data: Data; asked: { code: string; unit?: string }; open: string | undefined; onOpen: (level: string) => void }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  const kindName = useKindName()
  const open = named ?? (data.levels.find((one) => one.events > 1) ?? data.levels[0])?.level
  const scale = useMemo(() => scaleOf([data.today, ...data.levels.flatMap((one) => [one.first, one.last, ...one.milestones.flatMap((m) => [m.first, m.last])])], 10), [data])
  const holidays = useHolidays(scale)
  const frame = { scale, today: data.today, offs: holidays.offs }
  const span = (first: string | null, last: string | null) => (first && last ? (first === last ? format.day(first) : t('many.span', { from: format.day(first), until: format.day(last) })) : '')
  return (
    <Card flush title={<span className="hidden-visually">{t('many.caption')}</span>} side={<span className="gantt-legend">{(['reached', 'ahead', 'late'] as const).map((look) => <span key={look}><i className={`gantt-point ${look}`} aria-hidden="true" />{t(`legend.point.${look}`)}</span>)}<span><i className="gantt-chain" aria-hidden="true" />{t('legend.chain')}</span><span><i className="gantt-today" aria-hidden="true" />{t('legend.today')}</span><span><i className="gantt-off" aria-hidden="true" />{t('legend.off')}</span></span>}>
      <div className="table-box"><table className="table gantt gantt-many" style={shades(scale, holidays)}>
        <caption className="hidden-visually">{t('many.caption')}</caption>
        <thead><tr><th scope="col">{t('col.what')}</th><th scope="col" className="number">{t('col.due')}</th><th scope="col" className="gantt-time"><span className="hidden-visually">{t('col.time')}</span><Axis scale={scale} /></th></tr></thead>
        <HolidayRow scale={scale} holidays={holidays} />
        {data.levels.map((level) => (
          <tbody key={level.level}>
            <tr className="gantt-gate"><th scope="rowgroup"><button type="button" className="gantt-fold" aria-expanded={open === level.level} onClick={() => onOpen(open === level.level ? 'none' : level.level)}><Icon name={open === level.level ? 'down' : 'right'} size={14} /><span>{t('many.level', { kind: kindName(level.level), n: format.number(level.events) })}</span></button>{level.noDay > 0 && <small>{t('many.noDay', { n: level.noDay })}</small>}</th>
              <td className="number">{span(level.first, level.last)}</td><td className="gantt-time"><Track {...frame} day={null} points={level.first && level.last ? [{ day: level.first, span: level.last, look: level.last < data.today ? 'reached' : 'ahead' }] : []} /></td></tr>
            {open === level.level && level.milestones.map((one) => (
              <tr key={one.code}><th scope="row"><span className="gantt-task">{pick(one.name)}<small>{t('many.passed', { n: format.number(one.passed), of: format.number(one.of) })}</small></span></th><td className="number">{span(one.first, one.last)}</td>
                <td className="gantt-time"><Track {...frame} day={null} points={[{ day: one.first, span: one.last, look: one.last < data.today ? 'reached' : 'ahead' }]} /></td></tr>
            ))}
            {open === level.level && <Events level={level} asked={asked} scale={scale} today={data.today} offs={holidays.offs} />}
          </tbody>
        ))}
      </table></div>
    </Card>
  )
}

function Events({ level, asked, scale, today, offs }: { level: Level; asked: { code: string; unit?: string }; scale: Scale; today: string; offs: Holidays['offs'] }) {
  const t = useT(messages)
  const [unfolded, unfold] = useState<ReadonlySet<string>>(new Set())
  const dates = useDatesTopics(asked.unit)
  const { ids, see } = useSight()
  const input = { ...asked, level: level.level }
  const found = useInfiniteQuery({ ...q.programmes.timeline.events.infiniteOptions({
    input: (cursor: string | undefined) => ({ ...input, limit: 50, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (last) => last.next ?? undefined,
  }), meta: { topics: [...dates, ...ids.map((id) => `event:${id}`)], patch: (_: never, change: Change) => (change.id && change.topic.startsWith('event:') ? (soon(change.id, input), null) : undefined) } })
  const fold = (id: string) => unfold((was) => { const next = new Set(was); if (!next.delete(id)) next.add(id); return next })
  return (
    <>
      <tr className="group"><th scope="colgroup" colSpan={3}>{t('many.events')}</th></tr>
      {found.isError && <tr><td colSpan={3}><RefusedState error={found.error} retry={() => void found.refetch()} /></td></tr>}
      {found.data?.pages.flatMap((page) => page.items).map((one) => <OneOfMany key={one.id} one={one} input={input} see={see} open={unfolded.has(one.id)} onFold={() => fold(one.id)} frame={{ scale, today, offs }} />)}
      {found.hasNextPage && <tr className="no-print"><td colSpan={3}><Button small busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('more')}</Button></td></tr>}
    </>
  )
}

/** Its milestones in one line, with where its critical path stands; unfolded, its own timeline beneath: every task, and its day to try elsewhere. */
function OneOfMany({ one, input, see, open, onFold, frame }: { one: Event; input: Asked; see: ReturnType<typeof useSight>['see']; open: boolean; onFold: () => void; frame: { scale: Scale; today: string; offs: Holidays['offs'] } }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat(one.zone)
  const may = useMay('event.edit')
  const { now } = one
  const away = now ? daysBetween(frame.today, now.day) : 0
  return (
    <>
      <tr ref={see} data-see={one.id} data-changed={useChanged()(one.id)}>
        <th scope="row"><span className="gantt-event"><button type="button" className="gantt-fold" aria-expanded={open} aria-label={t('many.tasks', { name: one.unit.name })} onClick={onFold}><Icon name={open ? 'down' : 'right'} size={14} /></button><span><Link to="/events/$eventId" params={{ eventId: one.id }} search={{ tab: 'timeline' } as never}>{one.unit.name}</Link>
          {one.day && <small>{!now ? t('many.clear') : <>{t('many.now', { name: pick(now.name), open: now.open })} · {now.late > 0 ? <b className="bad">{t('gate.late', { n: now.late })}</b> : away === 0 ? t('many.today') : t('many.away', { n: away })}</>}</small>}</span></span></th>
        <td className="number">{one.day ? format.day(one.day) : t('noDate')}</td>
        <td className="gantt-time"><Track {...frame} day={one.day} chain={now && one.day ? { from: now.day, until: one.day, late: now.late > 0 } : undefined} points={one.milestones.map((m) => ({ day: m.day, look: m.late > 0 ? 'late' : m.reached ? 'reached' : 'ahead' }))} /></td>
      </tr>
      {open && <tr className="gantt-within"><td colSpan={3}><Suspense fallback={<Skeleton lines={6} />}><EventTimeline event={one} may={may && !['closed', 'cancelled'].includes(one.phase)} onDone={() => soon(one.id, input)} /></Suspense></td></tr>}
    </>
  )
}

// Told of a change, the events in sight are read again, many in one question, and stand where they stood.
const wanted = new Set<string>()
function soon(id: string, input: Asked): void {
  if (wanted.size === 0) setTimeout(() => {
    const ids = [...wanted].slice(0, 100)
    wanted.clear()
    void api.programmes.timeline.events({ ...input, ids, limit: 100 }).then(({ items }) => {
      const fresh = new Map(items.map((one) => [one.id, one]))
      const changed = new Set<string>()
      const now = (one: Event): Event => { const newer = fresh.get(one.id); if (!newer || newer.version < one.version || JSON.stringify(newer) === JSON.stringify(one)) return one; changed.add(one.id); return newer }
      queries.setQueriesData<{ pages: Page[]; pageParams: unknown[] }>({ queryKey: q.programmes.timeline.events.key() }, (data) => data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(now) })) })
      markChanged([...changed])
    }).catch(() => { /* the next change, or the line coming back, reads it */ })
  }, 150)
  wanted.add(id)
}
