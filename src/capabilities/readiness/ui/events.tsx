import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Card, DataTable, StateMark, kitMessages, listProps, listRows } from '../../../web/kit/kit.ts'
import type { Column, State } from '../../../web/kit/kit.ts'
import { severalProgrammes } from '../../../web/several.ts'
import type { EventLine } from '../contract.ts'
import { board as messages } from './messages.ts'

/** Events of the subtree, each with the one sentence that stands against it. */
export function BoardEvents({ unitId, programmeId, level, state, every }: { unitId: string; programmeId?: string; level?: string; state?: State | undefined; every: boolean }) {
  const t = useT(messages)
  const k = useT(kitMessages)
  const pick = usePick()
  const format = useFormat()
  const input = { unitId, ...(programmeId ? { programmeId } : {}), ...(level ? { level } : {}), ...(state ? { state } : {}) }
  const found = useInfiniteQuery({
    queryKey: ['readiness', 'events', input],
    queryFn: ({ pageParam, signal }) => api.readiness.events({ ...input, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (last) => last.next ?? undefined,
    meta: { topics: [`board:${unitId}`] },
  })
  const several = severalProgrammes(listRows(found))
  const columns: Column<EventLine>[] = [
    { id: 'unit', head: t('col.unit'), as: 'name', text: (row) => row.unitName, cell: (row) => <><Link to="/events/$eventId" params={{ eventId: row.eventId }}>{row.unitName}</Link>{several && row.programmeName && <small>{pick(row.programmeName)}</small>}</> },
    { id: 'state', head: t('events.col.state'), text: (row) => k(`state.${row.state}`), cell: (row) => <StateMark state={row.state} /> },
    { id: 'day', head: t('day'), as: 'number', from: 'narrow', text: (row) => (row.dayOn ? format.day(row.dayOn) : ''), cell: (row) => (row.dayOn ? format.day(row.dayOn) : '–') },
    { id: 'why', head: t('events.col.why'), from: 'middle', text: (row) => (row.checks[0] ? pick(row.checks[0].sentence) : ''), cell: (row) => (row.checks[0] ? <span>{pick(row.checks[0].sentence)}{row.checks.length > 1 && <span className="faint"> {t('events.more', { n: row.checks.length - 1 })}</span>}</span> : null) },
  ]
  return (
    <Card flush {...(every ? { title: t('view.events'), side: t('every.stream') } : {})}>
      <DataTable caption={t('events.caption')} columns={columns} rows={listRows(found)} rowKey={(row) => row.eventId} hold={JSON.stringify(input)} {...listProps(found)} />
    </Card>
  )
}
