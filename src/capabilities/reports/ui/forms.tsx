// Report forms: those published here, and those that come with the program.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, LinkButton, Page, listProps, listRows } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { asking as messages } from './ask-messages.ts'
import './reports.css'

type Row = Awaited<ReturnType<typeof api.reports.forms.list>>['items'][number]

export function FormList() {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  const may = useMay('report.form')
  const found = useInfiniteQuery(q.reports.forms.list.infiniteOptions({ input: (cursor: string | undefined) => ({ limit: 50, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined }))
  const shipped = useQuery({ ...q.reports.forms.shipped.queryOptions(), enabled: may })
  const rows = listRows(found)
  const columns: Column<Row>[] = [
    { id: 'name', head: t('col.name'), as: 'name', text: (row) => pick(row.name), cell: (row) => <><Link to="/report-forms/$formId" params={{ formId: row.id }}>{pick(row.name)}</Link><small className="only-narrow">{row.unit.name}</small></> },
    { id: 'unit', head: t('col.unit'), from: 'narrow', text: (row) => row.unit.name, cell: (row) => row.unit.name },
    { id: 'fields', head: t('col.fields'), as: 'number', from: 'narrow', text: (row) => String(row.fields), cell: (row) => format.number(row.fields) },
    { id: 'version', head: t('col.version'), as: 'number', text: (row) => String(row.version), cell: (row) => format.number(row.version) },
  ]
  const fresh = (shipped.data?.items ?? []).filter((one) => !rows?.some((row) => row.code === one.code))
  return (
    <Page title={t('forms')} line={t('forms.line')} crumbs={[{ label: t('reports'), to: '/reports' }]} actions={may && <LinkButton look="main" icon="plus" to="/report-forms/new">{t('new')}</LinkButton>}>
      <Card flush><DataTable caption={t('forms.caption')} columns={columns} rows={rows} rowKey={(row) => row.id} {...listProps(found)} empty={<EmptyState icon="file" title={t('forms.none')}>{t('forms.none.text')}</EmptyState>} /></Card>
      {may && fresh.length > 0 && <Card title={t('shipped')}><ul className="stack">{fresh.map((one) => <li key={one.code} className="row between"><span>{pick(one.name)}</span><LinkButton small to="/report-forms/new" search={{ from: one.code }}>{t('shipped.use')}<span className="hidden-visually">: {pick(one.name)}</span></LinkButton></li>)}</ul></Card>}
    </Page>
  )
}
