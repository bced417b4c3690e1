// Public holidays over a timeline: shaded columns, and a row that names them to who points, tabs or listens.
import { useEffect, useMemo, useRef, useState } from 'react'
import type { CSSProperties } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { q } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { usePick, useT } from '../../../../web/i18n.tsx'
import { addDays, daysBetween } from '../../../../pure/calendar.ts'
import { at, offMarks, offsOf } from '../../decide/timeline.ts'
import type { Off, Scale } from '../../decide/timeline.ts'
import { timeline as messages } from './messages.ts'

export type Holidays = { offs: readonly Off[]; announced: boolean }
/** As the calendar has them: the country's, with the administrator's own. */
export function useHolidays(scale: Scale): Holidays {
  const until = addDays(scale.from, scale.days)
  const input = { from: scale.from > '2000-01-01' ? scale.from : '2000-01-01', until: until < '2100-12-31' ? until : '2100-12-31' }
  const { data } = useQuery({ ...q.calendars.days.queryOptions({ input }), placeholderData: keepPreviousData, staleTime: 60_000 })
  return useMemo(() => ({ offs: offsOf(data?.days ?? []), announced: data?.announced ?? true }), [data])
}

/** For the table: painted once for all its rows. A day is never thinner than it can be seen. */
export function shades(scale: Scale, { offs }: Holidays): CSSProperties {
  if (offs.length === 0) return {}
  const stops = offs.flatMap(({ from, until }) => { const [a, b] = [at(scale, from), `max(${at(scale, addDays(until, 1))}%, ${at(scale, from)}% + 3px)`]; return [`transparent ${a}%`, `var(--off) ${a}%`, `var(--off) ${b}`, `transparent ${b}`] })
  return { '--offs': `linear-gradient(to right, ${stops.join(', ')})` } as CSSProperties
}

export function useOffWords(): (offs: readonly Off[]) => string {
  const pick = usePick()
  const t = useT(messages)
  const { day } = useFormat()
  return (offs) => offs.map(({ from, until, name }) => t('off', { name: pick(name), days: from === until ? day(from) : t('many.span', { from: day(from), until: day(until) }) })).join('; ')
}

const ROOM = 26 // px that a mark needs to be pointed at
/** `slack`: the chart has a column for it. */
export function HolidayRow({ scale, holidays, slack }: { scale: Scale; holidays: Holidays; slack?: boolean }) {
  const t = useT(messages)
  const words = useOffWords()
  const list = useRef<HTMLUListElement>(null)
  const [width, setWidth] = useState(0)
  const [named, name] = useState<number>()
  const some = holidays.offs.length > 0
  useEffect(() => {
    if (!list.current) return undefined
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)))
    watch.observe(list.current)
    return () => watch.disconnect()
  }, [some])
  const marks = useMemo(() => (width > 0 ? offMarks(scale, holidays.offs, (ROOM / width) * 100) : []), [scale, holidays, width])
  if (!some) return null
  const n = holidays.offs.reduce((sum, { from, until }) => sum + daysBetween(from, until) + 1, 0)
  return (
    <tbody>
      <tr className="gantt-offs"><th scope="row"><span className="gantt-leaf">{t('offs')}</span>{!holidays.announced && <small>{t('offs.announced.not')}</small>}</th><td className="number">{t('offs.days', { n })}</td>{slack && <td className="from-narrow" />}
        <td className="gantt-time"><div className="gantt-track"><ul ref={list}>{marks.map((mark, i) => (
          <li key={mark.offs[0]!.from} style={{ left: `calc(${mark.at}% - 12px)` }}>
            <button type="button" aria-label={words(mark.offs)} onFocus={() => name(i)} onBlur={() => name(undefined)} onMouseEnter={() => name(i)} onMouseLeave={() => name(undefined)} onKeyDown={(event) => { if (event.key === 'Escape') name(undefined) }} />
            {named === i && <span className={`gantt-off-name${mark.at > 50 ? ' far' : ''}`} aria-hidden="true">{words(mark.offs)}</span>}
          </li>
        ))}</ul></div></td></tr>
    </tbody>
  )
}
