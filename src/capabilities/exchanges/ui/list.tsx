// Packages made and received, the newest first.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Allowed, Card, DataTable, EmptyState, Filters, LinkButton, Page, SelectField, listProps, listRows } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { exchanges } from './messages.ts'
import './exchanges.css'

const route = getRouteApi('/inside/packages')
type Row = Awaited<ReturnType<typeof api.exchanges.list>>['items'][number]

const KINDS = ['directive', 'task', 'work', 'request', 'report', 'plan'] as const
/** What there is of each kind, without what there is none of. */
export function useContents(): (counts: Row['counts']) => string {
  const t = useT(exchanges)
  const { number } = useFormat()
  return (counts) => KINDS.filter((kind) => counts[kind] > 0).map((kind) => t(`n.${kind}`, { n: number(counts[kind]) })).join(', ')
}

export function PackageList() {
  const t = useT(exchanges)
  const { dateTime } = useFormat()
  const contents = useContents()
  const search = route.useSearch()
  const go = route.useNavigate()
  const [make, take, plans] = [useMay('exchange.make'), useMay('exchange.take'), useMay('plan.read')]
  const direction = (['made', 'received'] as const).find((one) => one === search.direction)
  const found = useInfiniteQuery(q.exchanges.list.infiniteOptions({ input: (cursor: string | undefined) => ({ limit: 50, ...(direction ? { direction } : {}), ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined }))
  const state = (row: Row) => (row.direction === 'made' ? t('state.made') : !row.taken ? t('state.looked') : row.taken.refused > 0 ? t('state.partly', { count: row.taken.refused }) : t('state.taken'))
  const name = (row: Row) => (row.from === null ? t('of.made', { unit: row.of }) : t('of.received', { unit: row.of, from: row.from }))
  return (
    <Allowed right="exchange.read">
      <Page title={t('title')} line={t('line')} crumbs={[{ label: t('manage'), to: '/manage' as '/' }]} actions={<>
        {make && <LinkButton look="main" icon="plus" to={'/packages/new' as '/'}>{t('make')}</LinkButton>}
        {take && <LinkButton icon="upload" to={'/packages/receive' as '/'}>{t('receive')}</LinkButton>}
        <LinkButton icon="key" to={'/packages/keys' as '/'}>{t('keys')}</LinkButton>
        {plans && <LinkButton icon="file" to={'/received-plans' as '/'}>{t('documents')}</LinkButton>}
      </>}>
        <Filters on={direction ? 1 : 0} onClear={() => void go({ search: {}, replace: true })}>
          <SelectField label={t('direction')} value={direction ?? ''} onValue={(value) => void go({ search: value ? { direction: value } : {}, replace: true })} empty={t('any')} options={[{ value: 'made', label: t('made') }, { value: 'received', label: t('received') }]} optional="quiet" />
        </Filters>
        <Card flush><DataTable caption={t('caption')} rows={listRows(found)} rowKey={(row) => row.id} {...listProps(found)} empty={<EmptyState icon="file" title={t('none')}>{t('none.text')}</EmptyState>} columns={[
          { id: 'package', head: t('col.package'), as: 'name', text: name, cell: (row) => <><Link to={'/packages/$packageId' as '/'} params={{ packageId: row.id } as never}>{name(row)}</Link><small className="only-narrow">{contents(row.counts)}</small><small className="only-narrow">{state(row)} · {dateTime(row.at)}</small></> },
          { id: 'contents', head: t('col.contents'), from: 'middle', text: (row) => contents(row.counts), cell: (row) => contents(row.counts) },
          { id: 'state', head: t('col.state'), from: 'narrow', text: state, cell: state },
          { id: 'at', head: t('col.at'), from: 'narrow', text: (row) => dateTime(row.at), cell: (row) => <span className="soft nowrap">{dateTime(row.at)}</span> },
        ]} /></Card>
      </Page>
    </Allowed>
  )
}
