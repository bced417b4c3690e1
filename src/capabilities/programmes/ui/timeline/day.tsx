// Trying another day: the line of the event's day is dragged or moved by keys, what it would break is shown, and only then it is given, as one order.
import { useRef } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, refusalOf } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useT } from '../../../../web/i18n.tsx'
import { Button, DateField, Refusal, toast, useDebounced } from '../../../../web/kit/kit.ts'
import { useOrder } from '../../../../web/orders.ts'
import { addDays, dayNumber, dayOf, daysBetween } from '../../../../pure/calendar.ts'
import { at } from '../../decide/timeline.ts'
import type { Scale } from '../../decide/timeline.ts'
import { event as eventMessages } from '../messages.ts'
import { MoveSeen } from '../move.tsx'
import { timeline as messages } from './messages.ts'

/** The handle on the axis. Keys: arrows a day, pages a week, Home and Escape back. */
export function DayHandle({ scale, day, draft, onDraft }: { scale: Scale; day: string; draft: string; onDraft: (day: string) => void }) {
  const t = useT(messages)
  const format = useFormat()
  const handle = useRef<HTMLDivElement>(null)
  const move = (to: string) => onDraft(to > '2000-01-02' && to < '2100-12-30' ? to : draft)
  const keys: Record<string, () => void> = {
    ArrowLeft: () => move(addDays(draft, -1)), ArrowDown: () => move(addDays(draft, -1)), ArrowRight: () => move(addDays(draft, 1)), ArrowUp: () => move(addDays(draft, 1)),
    PageUp: () => move(addDays(draft, 7)), PageDown: () => move(addDays(draft, -7)), Home: () => move(day), Escape: () => move(day),
  }
  const drag = (event: React.PointerEvent) => {
    if (!handle.current?.hasPointerCapture(event.pointerId)) return
    const box = handle.current.parentElement!.getBoundingClientRect()
    move(dayOf(dayNumber(scale.from) + Math.round(Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * scale.days)))
  }
  return (
    <div ref={handle} className={`gantt-handle${draft === day ? '' : ' moved'}`} style={{ left: `clamp(22px, ${at(scale, draft)}%, calc(100% - 22px))` }} role="slider" tabIndex={0} aria-label={t('day')} aria-valuemin={dayNumber(scale.from)} aria-valuemax={dayNumber(scale.from) + scale.days} aria-valuenow={dayNumber(draft)} aria-valuetext={format.day(draft)}
      onKeyDown={(event) => { const run = keys[event.key]; if (run && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); run() } }}
      onPointerDown={(event) => { event.preventDefault(); handle.current?.focus(); handle.current?.setPointerCapture(event.pointerId) }} onPointerMove={drag} onPointerUp={(event) => handle.current?.releasePointerCapture(event.pointerId)}><span>{format.day(draft).slice(0, 5)}</span></div>
  )
}

type Tried = { id: string; day: string; version: number; zone: string }
export const useTried = (event: Tried, draft: string) => {
  const wanted = useDebounced(draft, 350)
  return useQuery({
    queryKey: ['move', 'preview', event.id, event.version, wanted], enabled: wanted !== event.day && wanted === draft, placeholderData: keepPreviousData, staleTime: 0,
    queryFn: ({ signal }) => api.programmes.events.previewMove({ eventId: event.id, day: wanted }, { signal }),
  })
}

export function DayPanel({ event, draft, onDraft, tried, onDone }: { event: Tried; draft: string; onDraft: (day: string) => void; tried: ReturnType<typeof useTried>; onDone: () => void }) {
  const t = useT(messages)
  const te = useT(eventMessages)
  const format = useFormat(event.zone)
  const order = useOrder(api.programmes.events.move, (moved) => { toast(te('move.done', { day: moved.day ? format.day(moved.day) : '' })); onDone() })
  const seen = tried.data && draft !== event.day && tried.data.day === draft && !tried.isPlaceholderData ? tried.data : undefined
  return (
    <div className="gantt-try no-print">
      <div className="gantt-try-field"><DateField label={t('day.field')} value={draft} onValue={(on) => { if (on) onDraft(on) }} /><p className="soft small">{t('day.hint')}</p></div>
      <div role="status" className="stack tight">
        {draft !== event.day && <p><b>{t('day.try', { day: format.day(draft), shift: format.signed(daysBetween(event.day, draft)) })}</b></p>}
        {draft !== event.day && !seen && !tried.isError && <p className="soft">{t('day.wait')}</p>}
        {tried.isError && <Refusal error={refusalOf(tried.error)} />}
        {seen && <MoveSeen seen={seen} zone={event.zone} />}
      </div>
      {draft !== event.day && <div className="row">
        <Button onClick={() => { order.clear(); onDraft(event.day) }}>{t('day.reset', { day: format.day(event.day) })}</Button>
        {seen && <Button look="main" busy={order.busy} onClick={() => void order.give({ eventId: event.id, expectedVersion: seen.version, day: seen.day, token: seen.token })}>{t('day.confirm', { day: format.day(seen.day) })}</Button>}
      </div>}
      <Refusal error={order.refused} />
    </div>
  )
}
