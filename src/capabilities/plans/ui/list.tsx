// Plans of the unit and below, and those that others ask about: the last changed first.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, Filters, LinkButton, Page, SelectField, TextField, UnitField, listProps, listRows, useTyped } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { Withheld } from '../../custodies/ui/grade.tsx'
import { usePlanColumns } from './columns.tsx'
import { MATTERS, PHASES } from './kinds.ts'
import { plans as messages } from './messages.ts'
import './plans.css'

const route = getRouteApi('/inside/plans')

export function PlanList() {
  const t = useT(messages)
  const { total: said } = useFormat()
  const columns = usePlanColumns()
  const may = useMay('plan.edit')
  const search = route.useSearch()
  const go = route.useNavigate()
  const set = (more: Partial<typeof search>) => void go({ search: (before) => Object.fromEntries(Object.entries({ ...before, ...more }).filter(([, value]) => value)), replace: true })
  const [text, setText] = useTyped(search.q ?? '', (words) => set({ q: words }))
  const unit = useQuery({ ...q.units.get.queryOptions({ input: { unitId: search.unit ?? '' } }), enabled: Boolean(search.unit) })
  const [matter, phase] = [MATTERS.find((one) => one === search.matter), PHASES.find((one) => one === search.phase)]
  const found = useInfiniteQuery({
    ...q.plans.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 50, ...(search.q ? { q: search.q } : {}), ...(matter ? { matter } : {}), ...(phase ? { phase } : {}), ...(search.unit ? { unit: search.unit } : {}), ...(search.stale === 'yes' ? { stale: 'true' } : {}), ...(cursor ? { cursor } : {}),
      }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
    }), placeholderData: keepPreviousData,
  })
  const total = found.data?.pages[0]?.total
  const on = [matter, phase, search.unit, search.stale].filter(Boolean).length
  const mayPropose = useMay('proposal.read')
  const add = may && <LinkButton look="main" icon="plus" to={'/plans/new' as '/'}>{t('new')}</LinkButton>
  return (
    <Page title={t('title')} line={total === undefined ? '…' : t('line', { count: said(total) })} actions={<>{add}{mayPropose && <LinkButton icon="up" to={'/proposals' as '/'}>{t('proposals')}</LinkButton>}<LinkButton icon="swap" to={'/received-plans' as '/'}>{t('received')}</LinkButton></>}>
      <Filters on={on} onClear={() => set({ matter: '', phase: '', unit: '', stale: '' })}>
        <TextField label={t('find')} placeholder={t('find.hint')} type="search" value={text} onValue={setText} optional="quiet" autoComplete="off" spellCheck={false} />
        <SelectField label={t('matter')} value={matter ?? ''} onValue={(value) => set({ matter: value })} empty={t('any')} options={MATTERS.map((value) => ({ value, label: t(`matter.${value}`) }))} optional="quiet" />
        <SelectField label={t('phase')} value={search.stale === 'yes' ? 'stale' : phase ?? ''} onValue={(value) => set(value === 'stale' ? { stale: 'yes', phase: '' } : { stale: '', phase: value })} empty={t('any')} options={[{ value: 'stale', label: t('stale') }, ...PHASES.map((value) => ({ value, label: t(`phase.${value}`) }))]} optional="quiet" />
        <UnitField label={t('unit')} value={search.unit ? unit.data : undefined} onValue={(one) => set({ unit: one?.id ?? '' })} optional="quiet" />
      </Filters>
      <Card flush><DataTable caption={t('caption')} columns={columns} rows={listRows(found)} rowKey={(row) => row.id} {...listProps(found)}
        empty={on > 0 || search.q ? <EmptyState icon="search" title={t('none.found')} /> : <EmptyState icon="file" title={t('none')} action={add}>{t('none.text')}</EmptyState>} /></Card>
      <Withheld count={found.data?.pages[0]?.withheld} />
    </Page>
  )
}
