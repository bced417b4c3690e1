// On the page of an event: the plans made for it.
import { useInfiniteQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import type { EventOnPage } from '../../../web/event-sections.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, LinkButton, listProps, listRows } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { usePlanColumns } from './columns.tsx'
import { plans as messages } from './messages.ts'
import './plans.css'

export function EventPlans({ event }: { event: EventOnPage }) {
  const t = useT(messages)
  const may = useMay('plan.edit')
  const columns = usePlanColumns().filter(({ id }) => id !== 'day')
  const found = useInfiniteQuery(q.plans.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ event: event.id, limit: 50, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  }))
  const add = may && !event.over && <LinkButton icon="plus" to="/plans/new" search={{ unit: event.unit.id, event: event.id }}>{t('new')}</LinkButton>
  return (
    <Card flush title={t('of.event')} side={(listRows(found)?.length ?? 0) > 0 ? add : undefined}><DataTable caption={t('of.event')} columns={columns} rows={listRows(found)} rowKey={(row) => row.id} {...listProps(found)} empty={<EmptyState icon="file" title={t('of.event.none')} action={add}>{t('of.event.none.text')}</EmptyState>} /></Card>
  )
}
