// Why a plan is stale, in words.
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Icon } from '../../../web/kit/kit.ts'
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'

export const useOutlines = () => useQuery(q.plans.templates.queryOptions({ staleTime: Infinity }))

export function useWhy(): (one: PlanData['stale'][number]) => string {
  const t = useT(messages)
  const pick = usePick()
  const { day } = useFormat()
  const tables = useOutlines().data?.tables
  return ({ reason, name, was, now }) => {
    const dated = { was: was && /^\d{4}-/.test(was) ? day(was) : was ?? '…', now: now && /^\d{4}-/.test(now) ? day(now) : now ?? '…' }
    switch (reason) {
      case 'review': return t('why.review', dated)
      case 'event_moved': return t('why.event_moved', dated)
      case 'unit_ended': return t('why.unit_ended', { name: name ?? '…' })
      case 'plan_replaced': return t('why.plan_replaced', { name: name ?? '…' })
      case 'paper_withdrawn': return t('why.paper_withdrawn', { name: name ?? '…' })
      case 'paper_replaced': return t('why.paper_replaced', { name: name ?? '…', now: now ?? '…' })
      case 'table': return t('why.table', { name: pick(tables?.find((one) => one.source === name)?.name) || (name ?? '…') })
      default: return t(`why.${reason}`)
    }
  }
}

export function StaleNote({ stale }: { stale: PlanData['stale'] }) {
  const t = useT(messages)
  const why = useWhy()
  if (stale.length === 0) return null
  return <div className="note plan-stale" role="status"><Icon name="alert" /><div><b>{t('stale')}</b><p>{t('stale.text')}</p><ul>{stale.map((one, i) => <li key={i}>{why(one)}</li>)}</ul></div></div>
}
