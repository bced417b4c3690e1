// Any past day: a slider and, in the filters, a date. The past is always marked as such. Beside it, how the last week went.
import { useEffect, useId, useRef, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { addDays, daysBetween } from '../../../pure/calendar.ts'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Icon, stateOrder } from '../../../web/kit/kit.ts'
import { useToday } from '../../../web/session.ts'
import type { Counts } from '../../../web/kit/kit.ts'
import { look as messages } from './look-messages.ts'

const DAYS = 180

export function DaySlider({ at, onDay }: { at: string | undefined; onDay: (on: string | undefined) => void }) {
  const t = useT(messages)
  const format = useFormat()
  const id = useId()
  const today = useToday()
  const back = (days: number) => addDays(today, -days)
  const [days, setDays] = useState(at ? daysBetween(at, today) : 0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => { setDays(at ? daysBetween(at, today) : 0) }, [at, today])
  useEffect(() => () => clearTimeout(timer.current), [])
  const span = Math.max(DAYS, days)
  const said = days > 0 ? format.day(back(days)) : t('time.now')
  const move = (next: number) => {
    setDays(next)
    clearTimeout(timer.current)
    // Not a question to the server for each day that the thumb runs over.
    timer.current = setTimeout(() => onDay(next > 0 ? back(next) : undefined), 200)
  }
  return (
    <div className="field board-slider">
      <label htmlFor={id}>{t('time')}: <b>{said}</b></label>
      <input id={id} type="range" min={-span} max={0} step={1} value={-days} aria-valuetext={said} title={t('time.hint')} onChange={(event) => move(-Number(event.target.value))} />
    </div>
  )
}

export function PastNote({ on, none, onNow }: { on: string; none: boolean; onNow: () => void }) {
  const t = useT(messages)
  const format = useFormat()
  return <div className="note board-past" role="status"><Icon name="clock" /><p><b>{t('time.past')}.</b> {t('time.past.text', { day: format.day(on) })} {none && t('time.past.none')}</p><Button small icon="undo" className="no-print" onClick={onNow}>{t('time.back')}</Button></div>
}

type Asked = { programmeId?: string; level?: string; at?: string }
/** Shared with the printed sheet: asked once. */
export const useTrend = (unitId: string, asked: Asked, live: boolean) =>
  useQuery({ ...q.readiness.trend.queryOptions({ input: { unitId, ...asked } }), placeholderData: keepPreviousData, ...(live ? { refetchInterval: 300_000 } : {}) })

/** Today's figures move with the board; the days before come from the server once. */
export function WeekTrend({ unitId, asked, every, now }: { unitId: string; asked: Asked; every: boolean; now: { events: Counts; overdue?: number } }) {
  const t = useT(messages)
  const format = useFormat()
  const found = useTrend(unitId, asked, !asked.at)
  if (!found.data) return <div className="board-trend" aria-hidden="true" />
  const days = found.data.days.map((day, i, all) => (!asked.at && i === all.length - 1 ? { ...day, events: stateOrder.map((state) => now.events[state]), overdue: now.overdue ?? day.overdue } : day))
  const [first, last] = [days[0]!, days.at(-1)!]
  const most = Math.max(1, ...days.map((day) => day.events[0]! + day.events[1]!))
  return (
    <figure className="board-trend">
      <figcaption><span className="soft">{asked.at ? t('trend.to', { day: format.day(asked.at) }) : t('trend')}</span> <span>{t('trend.line', { from: format.number(first.events[0]!), to: format.number(last.events[0]!) })}</span> <span className="soft">{t('trend.overdues', { from: format.number(first.overdue), to: format.number(last.overdue) })}{every && ` (${t('every')})`}</span></figcaption>
      <div className="board-bars" aria-hidden="true">{days.map((day) => (
        <span key={day.on} title={`${format.day(day.on)}: ${t('trend.unmet')} ${format.number(day.events[0]!)}, ${t('trend.risk')} ${format.number(day.events[1]!)}`}>
          <i className="p-at_risk" style={{ height: `${(day.events[1]! / most) * 100}%` }} /><i className="p-unmet" style={{ height: `${(day.events[0]! / most) * 100}%` }} />
        </span>
      ))}</div>
      <div className="hidden-visually"><table><caption>{t('trend.caption')}</caption>
        <thead><tr>{(['trend.day', 'trend.unmet', 'trend.risk', 'trend.met', 'trend.overdue'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
        <tbody>{days.map((day) => <tr key={day.on}><th scope="row">{format.day(day.on)}</th><td>{format.number(day.events[0]!)}</td><td>{format.number(day.events[1]!)}</td><td>{format.number(day.events[5]!)}</td><td>{format.number(day.overdue)}</td></tr>)}</tbody>
      </table></div>
    </figure>
  )
}
