// Many events over time: a programme's milestones folded by level, and under a level its events, page by page. The address keeps what is seen.
import { useMemo } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../../web/client.ts'
import type { api } from '../../../../web/client.ts'
import { useDatesTopics } from '../../../../web/session.ts'
import { useFormat } from '../../../../web/format.ts'
import { usePick, useT } from '../../../../web/i18n.tsx'
import { Button, Card, EmptyState, Icon, Loaded, RefusedState, SelectField, UnitField } from '../../../../web/kit/kit.ts'
import { useKindName } from '../../../readiness/ui/kinds.ts'
import { scaleOf } from '../../decide/timeline.ts'
import type { Scale } from '../../decide/timeline.ts'
import { Axis, Track } from './chart.tsx'
import { HolidayRow, shades, useHolidays } from './holidays.tsx'
import type { Holidays } from './holidays.tsx'
import { timeline as messages } from './messages.ts'
import './timeline.css'

type Search = { programme?: string; unit?: string; open?: string }
type Data = Awaited<ReturnType<typeof api.programmes.timeline.levels>>
type Level = Data['levels'][number]

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
        <UnitField label={t('unit')} optional="quiet" value={search.unit && unit.data ? { id: unit.data.id, code: unit.data.code, name: unit.data.name, kind: unit.data.kind } : undefined} onValue={(one) => set({ unit: one?.id ?? '' })} />
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
    <Card flush title={<span className="hidden-visually">{t('many.caption')}</span>} side={<span className="gantt-legend"><span><i className="gantt-today" aria-hidden="true" />{t('legend.today')}</span><span><i className="gantt-off" aria-hidden="true" />{t('legend.off')}</span></span>}>
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
  const format = useFormat()
  const topics = useDatesTopics(asked.unit)
  const found = useInfiniteQuery({ meta: { topics }, ...q.programmes.timeline.events.infiniteOptions({
    input: (cursor: string | undefined) => ({ ...asked, level: level.level, limit: 50, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (last) => last.next ?? undefined,
  }) })
  return (
    <>
      <tr className="group"><th scope="colgroup" colSpan={3}>{t('many.events')}</th></tr>
      {found.isError && <tr><td colSpan={3}><RefusedState error={found.error} retry={() => void found.refetch()} /></td></tr>}
      {found.data?.pages.flatMap((page) => page.items).map((one) => (
        <tr key={one.id}><th scope="row"><span className="gantt-task"><Link to="/events/$eventId" params={{ eventId: one.id }} search={{ tab: 'timeline' } as never}>{one.unit.name}</Link></span></th><td className="number">{one.day ? format.day(one.day) : t('noDate')}</td>
          <td className="gantt-time"><Track scale={scale} today={today} offs={offs} day={one.day} points={one.milestones.map((m) => ({ day: m.day, look: m.day <= today ? 'reached' : 'ahead' }))} /></td></tr>
      ))}
      {found.hasNextPage && <tr className="no-print"><td colSpan={3}><Button small busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('more')}</Button></td></tr>}
    </>
  )
}
