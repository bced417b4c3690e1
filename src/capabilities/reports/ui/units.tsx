// Who owes in a period, with the state of each: missing ones first to be found.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, SelectField, listProps, listRows } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { REPORT_FILTERS } from '../contract/names.ts'
import type { At } from './level.ts'
import { ReportMark, useReportState } from './mark.tsx'
import { reports } from './messages.ts'
import { overview as messages } from './overview-messages.ts'

type Row = Awaited<ReturnType<typeof api.reports.collections.reports>>['items'][number]

export function Units({ at, zone, state, onState }: { at: At; zone: string; state: string | undefined; onState: (state: string | undefined) => void }) {
  const t = useT(messages)
  const r = useT(reports)
  const format = useFormat(zone)
  const said = useReportState()
  const wanted = REPORT_FILTERS.find((one) => one === state)
  const found = useInfiniteQuery({
    ...q.reports.collections.reports.infiniteOptions({ input: (cursor: string | undefined) => ({ ...at, limit: 100, ...(wanted ? { state: wanted } : {}), ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined }),
    meta: { topics: [`reports:${at.collectionId}`] },
  })
  const columns: Column<Row>[] = [
    { id: 'unit', head: t('col.unit'), as: 'name', text: (row) => `${row.unit.name} · ${t('above', { name: row.asker.name })}`, cell: (row) => <><Link to="/reports/$reportId" params={{ reportId: row.id }}>{row.unit.name}</Link><small>{t('above', { name: row.asker.name })}</small><small className="only-narrow"><ReportMark state={row.state} late={row.late} due={row.dueAt} /></small></> },
    { id: 'state', head: t('col.state'), from: 'narrow', text: (row) => said({ state: row.state, late: row.late, due: row.dueAt }), cell: (row) => <ReportMark state={row.state} late={row.late} due={row.dueAt} /> },
    { id: 'at', head: t('col.sentAt'), as: 'number', from: 'narrow', text: (row) => (row.submittedAt ? format.dateTime(row.submittedAt) : ''), cell: (row) => (row.submittedAt ? format.dateTime(row.submittedAt) : <span className="faint">{t('nothing')}</span>) },
  ]
  return (
    <div className="stack">
      <div className="report-head"><SelectField label={t('filter')} optional="quiet" value={wanted ?? ''} onValue={(value) => onState(value || undefined)} empty={r('choose')} options={REPORT_FILTERS.map((one) => ({ value: one, label: r(`state.${one}`) }))} /></div>
      <Card flush><DataTable caption={t('units.caption')} columns={columns} rows={listRows(found)} rowKey={(row) => row.id} hold={JSON.stringify([at, wanted])} {...listProps(found)} empty={<EmptyState icon="check" title={t('units.none')} />} /></Card>
    </div>
  )
}
