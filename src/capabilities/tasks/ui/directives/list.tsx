// Directives, newest first, each with how far its tasks are.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { q } from '../../../../web/client.ts'
import type { api } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useT } from '../../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, Filters, LinkButton, Page, TextField, listProps, listRows, useTyped } from '../../../../web/kit/kit.ts'
import type { Column } from '../../../../web/kit/kit.ts'
import { useMay } from '../../../../web/session.ts'
import { directives as messages } from './messages.ts'

const route = getRouteApi('/inside/directives')
type Row = Awaited<ReturnType<typeof api.tasks.directives>>['items'][number]

export function DirectiveList() {
  const t = useT(messages)
  const { date, number } = useFormat()
  const search = route.useSearch()
  const go = route.useNavigate()
  const may = useMay('task.assign')
  const words = search.q ?? ''
  const [text, setText] = useTyped(words, (typed) => void go({ search: typed ? { q: typed } : {}, replace: true }))
  const found = useInfiniteQuery({ ...q.tasks.directives.infiniteOptions({
    input: (cursor: string | undefined) => ({ limit: 50, ...(words ? { q: words } : {}), ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  }), placeholderData: keepPreviousData })
  const about = (row: Row) => [row.number, row.issuerBody?.name ?? row.issuer.name, date(row.issuedOn)].filter(Boolean).join(' · ')
  const done = (row: Row) => (row.tasks.total === 0 ? t('no.tasks') : t('of', { done: number(row.tasks.done), total: number(row.tasks.total) }))
  const late = (row: Row) => (row.tasks.overdue > 0 ? <b className="bad">{number(row.tasks.overdue)}</b> : number(0))
  const add = may && <LinkButton look="main" icon="plus" to="/directives/new">{t('new')}</LinkButton>
  const columns: Column<Row>[] = [
    { id: 'title', head: t('col.title'), as: 'name', text: (row) => `${row.title} · ${about(row)}`, cell: (row) => <><Link to="/directives/$directiveId" params={{ directiveId: row.id }}>{row.title}</Link><small>{about(row)}</small><small className="only-narrow">{t('col.done')}: {done(row)}{row.tasks.overdue > 0 && <> · {t('col.overdue')}: {late(row)}</>}</small></> },
    { id: 'done', head: t('col.done'), as: 'number', from: 'narrow', text: done, cell: done },
    { id: 'overdue', head: t('col.overdue'), as: 'number', from: 'narrow', text: (row) => String(row.tasks.overdue), cell: late },
  ]
  return (
    <Page title={t('title')} line={t('line')} crumbs={[{ label: t('tasks'), to: '/tasks' }]} actions={add}>
      <Filters on={0} onClear={() => {}}><TextField label={t('find')} placeholder={t('find.hint')} type="search" value={text} onValue={setText} optional="quiet" autoComplete="off" spellCheck={false} /></Filters>
      <Card flush><DataTable caption={t('title')} columns={columns} rows={listRows(found)} rowKey={(row) => row.id} {...listProps(found)} empty={words ? <EmptyState icon="search" title={t('none.found')} /> : <EmptyState icon="file" title={t('none')} action={add}>{t('none.text')}</EmptyState>} /></Card>
    </Page>
  )
}
