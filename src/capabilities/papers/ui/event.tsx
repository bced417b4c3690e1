// On the page of an event: the papers that its tasks carry out or rest on.
import { useInfiniteQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import type { EventOnPage } from '../../../web/event-sections.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, LinkButton, listProps, listRows } from '../../../web/kit/kit.ts'
import { usePaperColumns } from './columns.tsx'
import { papers } from './messages.ts'
import './papers.css'

export function EventPapers({ event }: { event: EventOnPage }) {
  const t = useT(papers)
  const columns = usePaperColumns()
  const found = useInfiniteQuery(q.papers.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ event: event.id, limit: 50, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  }))
  const register = <LinkButton to="/papers" search={{ unit: event.unit.id }}>{t('of.event.register', { unit: event.unit.name })}</LinkButton>
  return (
    <Card flush title={t('of.event')} side={(listRows(found)?.length ?? 0) > 0 ? register : undefined}>
      <DataTable caption={t('of.event')} columns={columns} rows={listRows(found)} rowKey={(row) => row.id} {...listProps(found)} empty={<EmptyState icon="file" title={t('of.event.none')} action={register}>{t('of.event.none.text')}</EmptyState>} />
    </Card>
  )
}
