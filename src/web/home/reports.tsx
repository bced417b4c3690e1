// Reports on the first screen: what my units owe by its due hour, what came back, and what of units below is late. Nothing of either: no panel.
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ReportMark } from '../../capabilities/reports/ui/mark.tsx'
import { useKind } from '../../capabilities/units/ui/messages.ts'
import type { api } from '../client.ts'
import { dueMoment, useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { Card } from '../kit/kit.ts'
import { home as messages } from './messages.ts'

export type ReportsHome = Awaited<ReturnType<typeof api.reports.home>>

export function ReportsPanel({ query }: { query: UseQueryResult<ReportsHome> }) {
  const t = useT(messages)
  const format = useFormat()
  const kind = useKind()
  const { data } = query
  if (!data || (data.owed.count === 0 && data.late.count === 0)) return null
  const past = (at: string) => new Date(at) <= new Date(data.asOf)
  return (
    <Card flush id="reports" title={t('reports')} side={<Link to="/reports">{t('reports.all')}</Link>}>
      {data.owed.count > 0 && (
        <section className={`home-part${data.owed.late > 0 ? ' late' : ''}`}>
          <h3>{t('reports.owed')} <b>{format.total(data.owed.count)}</b>{data.owed.late > 0 && <span className="late">{t('asked.late', { n: format.total(data.owed.late) })}</span>}</h3>
          <ul className="home-list">{data.owed.items.map((one) => (
            <li key={one.id}>
              <Link to="/reports/$reportId" params={{ reportId: one.id }}>{one.title}</Link>
              <span className={`nowrap small ${past(one.dueAt) ? 'bad' : 'soft'}`}>{dueMoment(format, { at: one.dueAt, zone: one.zone })}</span>
              <small>{[one.unit.name, t('reports.period', { on: format.day(one.on) }), one.draft && t('reports.draft')].filter(Boolean).join(' · ')} · <ReportMark state={one.state} late={false} due={one.dueAt} /></small>
            </li>
          ))}</ul>
          {data.owed.count > data.owed.items.length && <p className="home-more"><Link to="/reports" search={{ tab: 'owed' }}>{t('reports.more', { n: format.total(data.owed.count - data.owed.items.length) })}</Link></p>}
        </section>
      )}
      {data.late.count > 0 && (
        <section className="home-part late">
          <h3>{t('reports.late')} <b>{format.total(data.late.count)}</b></h3>
          <ul className="home-list">{data.late.items.map((one) => (
            <li key={`${one.collectionId} ${one.unit.id}`}>
              <Link to="/report-collections/$collectionId" params={{ collectionId: one.collectionId }} search={{ unit: one.unit.id, on: one.on, tab: 'units', state: 'missing' }}>{one.title}</Link>
              <span className="nowrap small bad">{t('reports.missing', { list: one.levels.map((at) => `${format.number(at.missing)} ${kind(at.level, at.missing)}`).join(', ') })}</span>
              <small>{[one.unit.name, t('reports.period', { on: format.day(one.on) }), one.returned > 0 && t('reports.returned', { n: format.number(one.returned) })].filter(Boolean).join(' · ')}</small>
            </li>
          ))}</ul>
          {data.late.count > data.late.items.length && <p className="home-more"><Link to="/reports" search={{ tab: 'asked' }}>{t('reports.more', { n: format.total(data.late.count - data.late.items.length) })}<span className="hidden-visually">: {t('reports.late')}</span></Link></p>}
        </section>
      )}
    </Card>
  )
}
