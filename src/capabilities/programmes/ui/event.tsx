// One event: what stands against it, its tasks, milestones, agenda and history, and what can be changed.
import { Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api, q, queries } from '../../../web/client.ts'
import { eventSections } from '../../../web/event-sections.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, Loaded, Menu, Page, Skeleton, StateTiles, Tabs, toast, useConfirm } from '../../../web/kit/kit.ts'
import type { MenuItem } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useMay, useMe } from '../../../web/session.ts'
import { dayIn, daysBetween } from '../../../pure/calendar.ts'
import { History } from '../../journals/ui/history.tsx'
import { Agenda } from './agenda.tsx'
import { EventDates } from './dates.tsx'
import { event as messages } from './messages.ts'
import { MoveDialog } from './move.tsx'
import { StopDialog } from './reason.tsx'
import { EventReadiness } from './readiness.tsx'
import { EventTasks } from './tasks.tsx'
import { part } from '../../../web/parts.ts'
import './event.css'

const EventTimeline = part(() => import('./timeline/event.tsx').then(({ EventTimeline: part }) => ({ default: part })))
const route = getRouteApi('/inside/events/$eventId')
const NEXT = { planned: 'preparing', preparing: 'ready', ready: 'live', live: 'closed' } as const

export function OneEvent() {
  const t = useT(messages)
  const pick = usePick()
  const { eventId } = route.useParams()
  const search = route.useSearch()
  const go = route.useNavigate()
  const topics = [`event:${eventId}`]
  const found = useQuery({ ...q.programmes.events.get.queryOptions({ input: { eventId } }), meta: { topics } })
  const readiness = useQuery({ ...q.readiness.event.queryOptions({ input: { eventId } }), meta: { topics } })
  const format = useFormat(found.data?.zone)
  const may = useMay('event.edit')
  const me = useMe()
  const confirm = useConfirm()
  const [open, setOpen] = useState<'move' | 'postpone' | 'cancel'>()
  const refresh = () => void queries.invalidateQueries({ predicate: (query) => Boolean(query.meta?.topics?.includes(topics[0]!)) })
  const phase = useOrder(api.programmes.events.setPhase, () => { toast(t('done')); refresh() })

  return (
    <Loaded query={found} lines={8}>{(data) => {
      const next = NEXT[data.phase as keyof typeof NEXT]
      const over = data.phase === 'closed' || data.phase === 'cancelled'
      const days = data.day ? daysBetween(dayIn(new Date(), data.zone), data.day) : undefined
      const line = [
        pick(data.programme.name), pick(data.className), t(`phase.${data.phase}`), data.day ? t('line.day', { day: format.day(data.day) }) : t('line.noDay'),
        data.pilot ? t('line.pilot') : undefined,
      ].filter(Boolean).join(' · ')
      // A sheet of paper lies about for days, and two communes share a name.
      const left = days === undefined ? undefined : days > 0 ? t('line.left', { n: days }) : days === 0 ? t('line.today') : t('line.past', { n: -days })
      const place = [t('line.code', { code: data.unit.code }), ...data.parents.map((one) => one.name)].join(' · ')
      const items: MenuItem[] = [
        ...(next ? [{ label: t(`phase.to.${next}`), icon: 'check' as const, run: () => void (async () => {
          if (await confirm({ title: t(`phase.to.${next}`), text: data.unit.name, yes: t(`phase.to.${next}`) })) await phase.give({ eventId, expectedVersion: data.version, phase: next })
        })() }] : []),
        { label: t('move'), icon: 'event', run: () => setOpen('move') },
        ...(data.phase === 'postponed' ? [] : [{ label: t('postpone'), icon: 'clock' as const, run: () => setOpen('postpone') }]),
        'line', { label: t('cancel'), icon: 'close', danger: true, run: () => setOpen('cancel') },
      ]
      const tab = search.tab ?? 'readiness'
      return (
        <Page title={data.unit.name} line={<><span className="event-place">{place}</span>{line}{left && <span className="no-print"> · {left}</span>}</>} crumbs={[...data.parents.toReversed().map((one) => ({ label: one.name, to: '/board' as const, search: { unit: one.id } as never }))]}
          actions={<>
            {may && !over && <Menu items={items}><Button icon="edit">{t('act')}</Button></Menu>}
            <Button icon="print" className="print-button" onClick={() => print()}>{t('print')}</Button>
          </>}>
          {data.reason && <p className="note">{t('line.reason', { reason: data.reason })}</p>}
          {phase.refused && <p className="refusal" role="alert">{phase.refused.message}</p>}
          {readiness.data && <StateTiles counts={readiness.data.counts} />}
          <Tabs label={t('tabs')} chosen={tab} onChoose={(id) => void go({ search: id === 'readiness' ? {} : { tab: id }, replace: true })} tabs={[
            { id: 'readiness', label: t('tab.readiness'), ...(readiness.data ? { count: readiness.data.checks.length } : {}), content: () => <EventReadiness eventId={eventId} found={readiness} zone={data.zone} onChange={refresh} /> },
            { id: 'tasks', label: t('tab.tasks'), content: () => <EventTasks eventId={eventId} zone={data.zone} /> },
            { id: 'dates', label: t('tab.dates'), count: data.milestones.length, content: () => <EventDates milestones={data.milestones} day={data.day} zone={data.zone} /> },
            { id: 'timeline', label: t('tab.timeline'), content: () => <Suspense fallback={<Skeleton lines={8} />}><EventTimeline event={data} may={may && !over} onDone={refresh} /></Suspense> },
            { id: 'agenda', label: t('tab.agenda'), content: () => <Agenda eventId={eventId} day={data.day} zone={data.zone} may={may && !over} /> },
            ...eventSections.filter(({ right }) => me?.rights.includes(right)).map(({ id, label, part: Part }) => ({ id, label: pick(label), content: () => <Suspense fallback={<Skeleton lines={6} />}><Part event={{ id: eventId, unit: data.unit, zone: data.zone, over }} /></Suspense> })),
            { id: 'history', label: t('tab.history'), content: () => <Card flush><History subject={`event:${eventId}`} /></Card> },
          ]} />
          {open === 'move' && <MoveDialog event={data} onClose={() => setOpen(undefined)} onDone={refresh} />}
          {(open === 'postpone' || open === 'cancel') && <StopDialog what={open} event={data} onClose={() => setOpen(undefined)} onDone={refresh} />}
        </Page>
      )
    }}</Loaded>
  )
}
