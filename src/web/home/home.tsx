// Three questions at once: what do we owe, what do we wait for, what is red. And what came since one last looked.
import { Suspense } from 'react'
import { useQuery } from '@tanstack/react-query'
import { weekday } from '../../pure/calendar.ts'
import { q, queries, refusalOf } from '../client.ts'
import type { api } from '../client.ts'
import { useFormat } from '../format.ts'
import { useLang, useT } from '../i18n.tsx'
import { Page, StateShape } from '../kit/kit.ts'
import type { Change } from '../live-link.ts'
import { useMay, useMe, useToday } from '../session.ts'
import { home as messages } from './messages.ts'
import { News } from './news.tsx'
import { OwedPanel } from './owed.tsx'
import type { Owed } from './owed.tsx'
import { NextPanel, RedPanel } from './red.tsx'
import { WaitingPanel } from './waiting.tsx'
import type { Waiting } from './waiting.tsx'
import { ReportsPanel } from './reports.tsx'
import type { ReportsHome } from './reports.tsx'
import { PlansPanel } from './plans.tsx'
import { SessionsPanel } from './sessions.tsx'
import { part } from '../parts.ts'
import './home.css'

/** An installation without units begins elsewhere; one without events has its first steps above. */
const Beginning = part(() => import('../../capabilities/programmes/ui/manage/first-steps.tsx').then(({ Beginning: screen }) => ({ default: screen })))
const FirstSteps = part(() => import('../../capabilities/programmes/ui/manage/first-steps.tsx').then(({ FirstSteps: card }) => ({ default: card })))
type Brief = Awaited<ReturnType<typeof api.readiness.brief>>
const topicsOf = (lists: readonly { items: readonly { id: string }[] }[] | undefined): string[] => (lists ?? []).flatMap((one) => one.items.map((task) => `task:${task.id}`))
const days = { vi: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'], en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] } as const

/** The figures of a live message; only where another event turned red is the list of them asked for again. */
function patched(data: Brief, change: Change): Brief | undefined {
  const all = (change.patch as { asOf: string; of: [string | null, number[]][] } | undefined)?.of.find(([programme]) => programme === null)
  if (change.id !== data.unit.unitId) return data
  return all && all[1][0] === data.events[0] ? { ...data, events: all[1] } : undefined
}

export function Home() {
  const t = useT(messages)
  const { lang } = useLang()
  const format = useFormat()
  const me = useMe()
  const [works, answers, plans, mayPlans] = [useMay('task.report'), useMay('task.verify'), useMay('programme.create'), useMay('plan.read')]
  const mine = me ? [`inbox:${me.id}`] : []
  // What one's own unit does is told to no inbox: a change of a task that is shown comes by its own topic, known once the first answer is here.
  const [owing, awaited, red] = [q.tasks.owed.queryOptions(), q.tasks.waiting.queryOptions(), q.readiness.brief.queryOptions({ input: {} })]
  const owed = useQuery({ ...owing, meta: { topics: [...mine, ...topicsOf(queries.getQueryData<Owed>(owing.queryKey)?.groups)] } })
  const waiting = useQuery({ ...awaited, meta: { topics: [...mine, ...topicsOf(queries.getQueryData<Waiting>(awaited.queryKey)?.parts)] } })
  const reporting = q.reports.home.queryOptions({ input: {} })
  const reports = useQuery({ ...reporting, meta: { topics: [...mine, ...new Set((queries.getQueryData<ReportsHome>(reporting.queryKey)?.late.items ?? []).map((one) => `reports:${one.collectionId}`))] } })
  const unit = queries.getQueryData<Brief>(red.queryKey)?.unit.unitId
  const today = useToday()
  const brief = useQuery({ ...red, meta: { topics: unit ? [`board:${unit}`] : [], patch: patched as (data: never, change: Change) => unknown } })
  if (brief.isError && refusalOf(brief.error).status === 404) return <Suspense><Beginning /></Suspense>

  const units = owed.data?.units.map((one) => one.name) ?? []
  const count = (group: string) => owed.data?.groups.find((one) => one.group === group)?.count
  const asked = waiting.data?.parts.filter((one) => one.part === 'verify' || one.part === 'extension').reduce((sum, one) => sum + one.count, 0)
  const figure = (to: string, n: number | undefined, label: string, red = false) => (
    <a href={`#${to}`} onClick={(event) => { event.preventDefault(); const at = document.getElementById(to); at?.scrollIntoView({ block: 'start' }); at?.querySelector<HTMLElement>('a[href], h2')?.focus({ preventScroll: true }) }}>
      <b className={red && n ? 'bad s-unmet' : ''}>{red && n ? <StateShape state="unmet" size={12} /> : null}{n === undefined ? '…' : format.total(n)}</b><span>{label}</span>
    </a>
  )
  const [doing, seeing] = [
    <div className="home-column" key="doing"><OwedPanel query={owed} />{works && <ReportsPanel query={reports} />}{mayPlans && <PlansPanel topics={mine} />}<WaitingPanel query={waiting} /></div>,
    <div className="home-column" key="seeing"><RedPanel query={brief} />{!works && <ReportsPanel query={reports} />}<SessionsPanel topics={mine} /><NextPanel query={brief} /><News /></div>,
  ]
  return (
    <Page title={t('title')} line={t('line', { day: `${days[lang][weekday(today) - 1]}, ${format.day(today)}`, units: units.length > 3 ? t('line.more', { units: units.slice(0, 3).join(', '), n: units.length - 3 }) : units.join(', ') || me?.unit?.name || '…' })}>
      {plans && brief.data?.events.every((n) => n === 0) && <Suspense><FirstSteps /></Suspense>}
      <nav className="home-figures no-print" aria-label={t('jump')}>
        {figure('owed', count('overdue'), t('tile.overdue'), true)}{figure('owed', count('today'), t('tile.today'))}{figure('waiting', asked, t(answers ? 'tile.waiting' : 'tile.waiting.unit'))}{figure('red', brief.data?.events[0], brief.data && brief.data.over > 0 ? t('tile.red.over', { n: format.number(brief.data.over) }) : t('tile.red'), true)}
      </nav>
      {/* Who only reads decides: what is red comes first. */}
      <div className="home-two">{works ? [doing, seeing] : [seeing, doing]}</div>
    </Page>
  )
}
