// On the page of an event: what its host reports so many days before it.
import { useInfiniteQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import type { EventOnPage } from '../../../web/event-sections.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, EmptyState, LinkButton, listRows } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { ReportTable } from './list.tsx'
import { reports as messages } from './messages.ts'

export function EventReports({ event }: { event: EventOnPage }) {
  const t = useT(messages)
  const may = useMay('report.ask')
  const found = useInfiniteQuery(q.reports.ofEvent.infiniteOptions({
    input: (cursor: string | undefined) => ({ eventId: event.id, limit: 50, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  }))
  const ask = may && !event.over && <LinkButton icon="plus" to="/reports/ask">{t('ask')}</LinkButton>
  return (
    <Card flush title={t('of.event')} side={(listRows(found)?.length ?? 0) > 0 ? ask : undefined}><ReportTable caption={t('of.event')} query={found} empty={<EmptyState icon="file" title={t('of.event.none')} action={ask}>{t('of.event.none.text')}</EmptyState>} /></Card>
  )
}
