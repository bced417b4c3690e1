// What one's own units are asked about plans of others (an opinion, an appraisal), and which of their own need a review. Nothing of it: no panel.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../client.ts'
import { useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { Card } from '../kit/kit.ts'
import { home as messages } from './messages.ts'

export function PlansPanel({ topics }: { topics: string[] }) {
  const t = useT(messages)
  const format = useFormat()
  const { data } = useQuery({ ...q.plans.home.queryOptions(), meta: { topics } })
  if (!data || data.count === 0) return null
  return (
    <Card flush id="plans" title={t('plans')} side={<Link to="/plans">{t('plans.all')}</Link>}>
      <section className={`home-part${data.late > 0 ? ' late' : ''}`}>
        <h3>{t('plans.owed')} <b>{format.total(data.count)}</b>{data.late > 0 && <span className="late">{t('asked.late', { n: format.total(data.late) })}</span>}</h3>
        <ul className="home-list">{data.items.map((one) => (
          <li key={`${one.id} ${one.for.id} ${one.what}`}>
            <Link to="/plans/$planId" params={{ planId: one.id }}>{one.title}</Link>
            <span className={`nowrap small ${one.late ? 'bad' : 'soft'}`}>{one.due ? format.day(one.due) : one.what === 'review' ? '' : t('noDue')}</span>
            <small>{[t(`plans.${one.what}`), one.unit.name, one.for.id !== one.unit.id && one.for.name].filter(Boolean).join(' · ')}{one.why.length > 0 && `: ${one.why.join('; ')}`}</small>
          </li>
        ))}</ul>
        {data.count > data.items.length && <p className="home-more"><Link to="/plans">{t('plans.more', { n: format.total(data.count - data.items.length) })}</Link></p>}
      </section>
    </Card>
  )
}
