import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import type { EventOnPage } from '../../../web/event-sections.ts'
import { dueMoment, useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, LinkButton, listProps, listRows } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { meetings as messages } from './messages.ts'

type Row = Awaited<ReturnType<typeof api.meetings.list>>['items'][number]

function useColumns(ofMany?: boolean): Column<Row>[] {
  const t = useT(messages)
  const format = useFormat()
  const when = (row: Row) => dueMoment(format, { at: row.startsAt, zone: row.zone })
  const name = (row: Row) => `${t(row.kind === 'visit' ? 'visit' : 'session', { n: row.number })}: ${row.title}`
  return [
    { id: 'name', head: t('col.session'), as: 'name', text: (row) => (ofMany ? `${name(row)} · ${row.body.name}` : name(row)), cell: (row) => <><Link to="/meetings/$meetingId" params={{ meetingId: row.id }}>{name(row)}</Link>{ofMany && <small>{row.body.name}</small>}<small className="only-narrow">{when(row)} · {t(`phase.${row.phase}`)}</small></> },
    { id: 'at', head: t('col.at'), as: 'number', from: 'narrow', text: when, cell: when },
    { id: 'phase', head: t('col.phase'), from: 'narrow', text: (row) => t(`phase.${row.phase}`), cell: (row) => t(`phase.${row.phase}`) },
    { id: 'open', head: t('col.conclusions'), as: 'number', text: (row) => (row.conclusions > 0 ? t('open.of', { open: row.open, n: row.conclusions }) : ''), cell: (row) => (row.conclusions > 0 ? t('open.of', { open: row.open, n: row.conclusions }) : <span className="faint">–</span>) },
  ]
}
const useSessions = (of: { bodyId: string } | { event: string }) => useInfiniteQuery(q.meetings.list.infiniteOptions({
  input: (cursor: string | undefined) => ({ ...of, limit: 50, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
}))

/** The sessions of one body; the next one is prepared from here. */
export function MeetingsOfBody({ bodyId, ended, may }: { bodyId: string; ended: boolean; may: boolean }) {
  const t = useT(messages)
  const found = useSessions({ bodyId })
  const prepare = may && !ended && <LinkButton look="main" icon="plus" to={'/bodies/$bodyId/prepare' as '/'} params={{ bodyId } as never}>{t('prepare')}</LinkButton>
  const rows = listRows(found)
  return (
    <Card flush {...(rows && rows.length > 0 ? { title: t('caption'), side: prepare } : {})}>
      <DataTable caption={t('caption')} columns={useColumns()} rows={rows} rowKey={(row) => row.id} {...listProps(found)} empty={<EmptyState icon="event" title={t('none')} action={prepare}>{t('none.text')}</EmptyState>} />
    </Card>
  )
}

/** On the page of an event: the sessions that dealt with its host or its tasks, of whichever body. */
export function EventMeetings({ event }: { event: EventOnPage }) {
  const t = useT(messages)
  const found = useSessions({ event: event.id })
  const bodies = <LinkButton to="/bodies">{t('bodies')}</LinkButton>
  return (
    <Card flush title={t('of.event', { unit: event.unit.name })} side={(listRows(found)?.length ?? 0) > 0 ? bodies : undefined}>
      <DataTable caption={t('of.event', { unit: event.unit.name })} columns={useColumns(true)} rows={listRows(found)} rowKey={(row) => row.id} {...listProps(found)} empty={<EmptyState icon="event" title={t('of.event.none')} action={bodies}>{t('of.event.none.text')}</EmptyState>} />
    </Card>
  )
}
