// What I owe, what I have sent, and what I asked of those below me.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Card, CheckField, DataTable, EmptyState, LinkButton, Page, Tabs, listProps, listRows } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { useMay, useMe } from '../../../web/session.ts'
import { gradeNames } from '../../../pure/grades.ts'
import { GradeMark, Withheld } from '../../custodies/ui/grade.tsx'
import { ReportMark, useReportState } from './mark.tsx'
import { reports as messages } from './messages.ts'
import './reports.css'

const route = getRouteApi('/inside/reports')
type Row = Awaited<ReturnType<typeof api.reports.mine>>['items'][number]
type Asked = Awaited<ReturnType<typeof api.reports.collections.list>>['items'][number]
const next = { initialPageParam: undefined as string | undefined, getNextPageParam: (page: { next: string | null }) => page.next ?? undefined }

export function ReportList() {
  const t = useT(messages)
  const go = route.useNavigate()
  const search = route.useSearch()
  const me = useMe()
  const [mayFill, mayAsk] = [useMay('report.fill'), useMay('report.ask')]
  const topics = me ? [`inbox:${me.id}`] : []
  const owed = useInfiniteQuery({ ...q.reports.mine.infiniteOptions({ input: (cursor: string | undefined) => ({ limit: 50, ...(cursor ? { cursor } : {}) }), ...next }), enabled: mayFill, meta: { topics } })
  const rows = listRows(owed)
  // Who has nothing to submit came for what they asked.
  const tab = search.tab ?? (rows?.length === 0 || !mayFill ? 'asked' : 'owed')
  const ask = mayAsk && <LinkButton look="main" icon="plus" to="/reports/ask">{t('ask')}</LinkButton>
  return (
    <Page title={t('title')} line={rows && (rows.length > 0 ? t('line', { n: rows.length }) : t('line.none'))} actions={<>{ask}<LinkButton icon="file" to="/report-forms">{t('forms')}</LinkButton></>}>
      <Tabs label={t('tabs')} chosen={tab} onChoose={(id) => void go({ search: { tab: id }, replace: true })} tabs={[
        ...(mayFill ? [
          { id: 'owed', label: t('tab.owed'), ...(rows ? { count: rows.length } : {}), content: () => <Card flush><ReportTable caption={t('caption.owed')} query={owed} empty={<EmptyState icon="check" title={t('none.owed')}>{t('none.owed.text')}</EmptyState>} /></Card> },
          { id: 'sent', label: t('tab.sent'), content: () => <Sent /> },
        ] : []),
        { id: 'asked', label: t('tab.asked'), content: () => <AskedList ask={ask} /> },
      ]} />
    </Page>
  )
}

function Sent() {
  const t = useT(messages)
  const found = useInfiniteQuery(q.reports.mine.infiniteOptions({ input: (cursor: string | undefined) => ({ limit: 50, all: 'true', ...(cursor ? { cursor } : {}) }), ...next }))
  return <Card flush><ReportTable caption={t('caption.sent')} query={found} empty={<EmptyState icon="file" title={t('none.sent')} />} /></Card>
}

type Query = Parameters<typeof listRows<Row>>[0]
export function ReportTable({ caption, query, empty }: { caption: string; query: Query; empty: React.ReactNode }) {
  const t = useT(messages)
  const format = useFormat()
  const pick = usePick()
  const state = useReportState()
  const about = (row: Row) => [row.unit.name, t('period', { on: format.day(row.on) }), row.draft && t('draft.has')].filter(Boolean).join(' · ')
  const columns: Column<Row>[] = [
    { id: 'name', head: t('col.report'), as: 'name', text: (row) => [row.title, row.grade !== 'none' && pick(gradeNames[row.grade]), about(row)].filter(Boolean).join(' · '), cell: (row) => <><Link to="/reports/$reportId" params={{ reportId: row.id }}>{row.title}</Link>{row.grade !== 'none' && <> <GradeMark grade={row.grade} /></>}<small>{about(row)}</small><small className="only-narrow"><ReportMark state={row.state} late={row.late} due={row.dueAt} /></small><small className="only-narrow">{t('col.due')}: {format.dateTime(row.dueAt)}</small></> },
    { id: 'asker', head: t('col.asker'), from: 'middle', text: (row) => row.asker.name, cell: (row) => row.asker.name },
    { id: 'due', head: t('col.due'), as: 'number', from: 'narrow', text: (row) => format.dateTime(row.dueAt), cell: (row) => format.dateTime(row.dueAt) },
    { id: 'state', head: t('col.state'), from: 'narrow', text: (row) => state({ state: row.state, late: row.late, due: row.dueAt }), cell: (row) => <ReportMark state={row.state} late={row.late} due={row.dueAt} /> },
  ]
  return <DataTable caption={caption} columns={columns} rows={listRows(query)} rowKey={(row) => row.id} {...listProps(query)} empty={empty} />
}

function AskedList({ ask }: { ask: React.ReactNode }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  const go = route.useNavigate()
  const search = route.useSearch()
  const found = useInfiniteQuery(q.reports.collections.list.infiniteOptions({ input: (cursor: string | undefined) => ({ limit: 50, ...(search.ended ? { ended: 'true' } : {}), ...(cursor ? { cursor } : {}) }), ...next }))
  const rows = listRows(found)
  const before = (row: Asked) => row.before && t('before.missing', { on: format.day(row.before.on), n: row.before.missing })
  const about = (row: Asked) => [row.unit.name, row.on && t('period', { on: format.day(row.on) })].filter(Boolean).join(' · ')
  const columns: Column<Asked>[] = [
    { id: 'name', head: t('col.report'), as: 'name', text: (row) => [row.title, row.grade !== 'none' && pick(gradeNames[row.grade]), about(row)].filter(Boolean).join(' · '), cell: (row) => <><Link to="/report-collections/$collectionId" params={{ collectionId: row.id }} search={{ unit: row.unit.id }}>{row.title}</Link>{row.grade !== 'none' && <> <GradeMark grade={row.grade} /></>}<small>{about(row)}</small>{row.before && <small><Link to="/report-collections/$collectionId" params={{ collectionId: row.id }} search={{ unit: row.unit.id, on: row.before.on, tab: 'units', state: 'missing' }}><span className="bad">{before(row)}</span></Link></small>}</> },
    { id: 'form', head: t('col.form'), from: 'middle', text: (row) => pick(row.form), cell: (row) => pick(row.form) },
    { id: 'due', head: t('col.due'), as: 'number', from: 'narrow', text: (row) => (row.dueAt ? format.dateTime(row.dueAt) : ''), cell: (row) => (row.dueAt ? format.dateTime(row.dueAt) : <span className="faint">{t('nothing')}</span>) },
    { id: 'share', head: t('col.share'), as: 'number', text: (row) => t('share', { n: format.number(row.reported), of: format.number(row.owes) }), cell: (row) => t('share', { n: format.number(row.reported), of: format.number(row.owes) }) },
    { id: 'missing', head: t('col.missing'), as: 'number', from: 'narrow', text: (row) => String(row.missing), cell: (row) => (row.missing > 0 ? <span className="bad">{format.number(row.missing)}</span> : <span className="faint">{t('nothing')}</span>) },
  ]
  return (
    <div className="stack">
      <CheckField label={t('ended.show')} value={Boolean(search.ended)} onValue={(on) => void go({ search: { tab: 'asked', ...(on ? { ended: '1' } : {}) }, replace: true })} />
      <Withheld count={found.data?.pages[0]?.withheld} />
      <Card flush><DataTable caption={t('caption.asked')} columns={columns} rows={rows} rowKey={(row) => row.id} {...listProps(found)} empty={<EmptyState icon="file" title={t('none.asked')} action={ask}>{t('none.asked.text')}</EmptyState>} /></Card>
    </div>
  )
}
