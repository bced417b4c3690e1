// A month or a week of what is due, with days off; many events over time; and the addresses by which other calendars read it.
import { Suspense, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useDatesTopics, useToday } from '../../../web/session.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, CheckField, DateField, Loaded, Page, Skeleton, Tabs } from '../../../web/kit/kit.ts'
import { addDays, isDay } from '../../../pure/calendar.ts'
import { monthDays, nextMonth, weekDays } from './days.ts'
import { Feeds } from './feeds.tsx'
import { calendar as messages } from './messages.ts'
import { Month } from './month.tsx'
import { Week } from './week.tsx'
import { part } from '../../../web/parts.ts'
import './calendar.css'

const ManyTimeline = part(() => import('../../programmes/ui/timeline/many.tsx').then(({ ManyTimeline: part }) => ({ default: part })))
const route = getRouteApi('/inside/calendar')
const VIEWS = ['month', 'week', 'plan', 'feeds'] as const

export function CalendarScreen() {
  const t = useT(messages)
  const search = route.useSearch()
  const go = route.useNavigate()
  const set = (more: Partial<Record<keyof typeof search, string | undefined>>) => void go({ search: (before) => Object.fromEntries(Object.entries({ ...before, ...more }).filter(([, value]) => value)), replace: true })
  const view = VIEWS.find((one) => one === search.view) ?? 'month'
  return (
    <Page title={t('title')} line={t('line')} actions={view !== 'feeds' && <Button icon="print" className="print-button" onClick={() => print()}>{t('print')}</Button>}>
      <Tabs label={t('views')} chosen={view} onChoose={(id) => set({ view: id === 'month' ? undefined : id })} tabs={VIEWS.map((id) => ({ id, label: t(`view.${id}`), content: () => (
        id === 'plan' ? <Suspense fallback={<Skeleton lines={8} />}><ManyTimeline search={search} set={set} /></Suspense> : id === 'feeds' ? <Feeds /> : <Days view={id} search={search} set={set} />) }))} />
    </Page>
  )
}

const KEPT = 'sansang.calendar'
const keptScope = (): 'mine' | 'below' => { try { return localStorage.getItem(KEPT) === 'mine' ? 'mine' : 'below' } catch { return 'below' } }
type Search = ReturnType<typeof route.useSearch>
function Days({ view, search, set }: { view: 'month' | 'week'; search: Search; set: (more: Partial<Record<keyof Search, string | undefined>>) => void }) {
  const t = useT(messages)
  const format = useFormat()
  const today = useToday()
  const on = search.on && isDay(search.on) && search.on >= '2000-02' && search.on < '2100-11' ? search.on : today
  const [kept, keep] = useState(keptScope)
  const scope = search.scope === 'mine' || search.scope === 'below' ? search.scope : kept
  /** The next time it opens like this, on this browser. */
  const choose = (mine: boolean) => { const next = mine ? 'mine' as const : 'below' as const; try { localStorage.setItem(KEPT, next) } catch { /* a private window forgets it */ } keep(next); set({ scope: next }) }
  // Whose dates are shown: those of the units at which one holds a role, and, told by the server, of all below them.
  const topics = useDatesTopics()
  const days = view === 'month' ? monthDays(on) : weekDays(on)
  const found = useQuery({ ...q.calendars.range.queryOptions({ input: { from: days[0]!, until: days.at(-1)!, scope } }), placeholderData: keepPreviousData, staleTime: 30_000, meta: { topics } })
  const step = (by: number) => set({ on: view === 'month' ? nextMonth(on, by) : addDays(on, 7 * by) })
  const name = view === 'month' ? t('month', { m: t('months').split('|')[Number(on.slice(5, 7)) - 1]!, y: on.slice(0, 4) }) : t('week', { from: format.day(days[0]!), until: format.day(days.at(-1)!) })
  return (
    <div className="stack calendar-page">
      <div className="calendar-bar no-print">
        <div className="row tight"><Button icon="left" onClick={() => step(-1)}><span className="hidden-visually">{t(`before.${view}`)}</span></Button><Button onClick={() => set({ on: undefined })}>{t('today')}</Button><Button icon="right" onClick={() => step(1)}><span className="hidden-visually">{t(`after.${view}`)}</span></Button></div>
        <DateField label={t('go')} value={on} onValue={(day) => { if (day && day !== on) set({ on: day }) }} />
        <CheckField label={t('scope.mine')} value={scope === 'mine'} onValue={choose} />
      </div>
      <h2 className="calendar-name" aria-live="polite">{name}</h2>
      <Loaded query={found} lines={10}>{(data) => (
        <div className={`stack${found.isPlaceholderData ? ' calendar-old' : ''}`} aria-busy={found.isPlaceholderData}>
          {!data.tasks && <p className="soft small">{t('tasks.hidden')}</p>}
          {view === 'month' ? <Month days={days} month={on.slice(0, 7)} data={data} name={name} chosen={search.on === on ? on : today} onChoose={(day) => set({ on: day })} /> : <Week days={days} data={data} name={name} />}
          {!data.announced && <p className="faint small">{t('announced.not')}</p>}
        </div>
      )}</Loaded>
    </div>
  )
}
