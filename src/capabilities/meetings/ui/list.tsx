import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { dueMoment, useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, LinkButton, listProps, listRows } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { meetings as messages } from './messages.ts'

type Row = Awaited<ReturnType<typeof api.meetings.list>>['items'][number]

/** The sessions of one body; the next one is prepared from here. */
export function MeetingsOfBody({ bodyId, ended, may }: { bodyId: string; ended: boolean; may: boolean }) {
  const t = useT(messages)
  const format = useFormat()
  const found = useInfiniteQuery(q.meetings.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ bodyId, limit: 50, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  }))
  const when = (row: Row) => dueMoment(format, { at: row.startsAt, zone: row.zone })
  const name = (row: Row) => `${t(row.kind === 'visit' ? 'visit' : 'session', { n: row.number })}: ${row.title}`
  const columns: Column<Row>[] = [
    { id: 'name', head: t('col.session'), as: 'name', text: name, cell: (row) => <><Link to="/meetings/$meetingId" params={{ meetingId: row.id }}>{name(row)}</Link><small className="only-narrow">{when(row)} · {t(`phase.${row.phase}`)}</small></> },
    { id: 'at', head: t('col.at'), as: 'number', from: 'narrow', text: when, cell: when },
    { id: 'phase', head: t('col.phase'), from: 'narrow', text: (row) => t(`phase.${row.phase}`), cell: (row) => t(`phase.${row.phase}`) },
    { id: 'open', head: t('col.conclusions'), as: 'number', text: (row) => (row.conclusions > 0 ? t('open.of', { open: row.open, n: row.conclusions }) : ''), cell: (row) => (row.conclusions > 0 ? t('open.of', { open: row.open, n: row.conclusions }) : <span className="faint">–</span>) },
  ]
  const prepare = may && !ended && <LinkButton look="main" icon="plus" to={'/bodies/$bodyId/prepare' as '/'} params={{ bodyId } as never}>{t('prepare')}</LinkButton>
  const rows = listRows(found)
  return (
    <Card flush {...(rows && rows.length > 0 ? { title: t('caption'), side: prepare } : {})}>
      <DataTable caption={t('caption')} columns={columns} rows={rows} rowKey={(row) => row.id} {...listProps(found)} empty={<EmptyState icon="event" title={t('none')} action={prepare}>{t('none.text')}</EmptyState>} />
    </Card>
  )
}
