// Plans of the unit and below, and those that others ask about: the last changed first.
import { useEffect, useState } from 'react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, Filters, Icon, LinkButton, Page, SelectField, TextField, UnitField, listProps, listRows, useDebounced } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { GradeMark, Withheld } from '../../custodies/ui/grade.tsx'
import { MATTERS, PHASES } from './kinds.ts'
import type { PlanRow } from './kinds.ts'
import { plans as messages } from './messages.ts'
import { usePhase } from './phase.tsx'
import { useWhy } from './stale.tsx'
import './plans.css'

const route = getRouteApi('/inside/plans')

export function PlanList() {
  const t = useT(messages)
  const { total: said, day } = useFormat()
  const why = useWhy()
  const may = useMay('plan.edit')
  const search = route.useSearch()
  const go = route.useNavigate()
  const [text, setText] = useState(search.q ?? '')
  const words = useDebounced(text.trim(), 200)
  const set = (more: Partial<typeof search>) => void go({ search: (before) => Object.fromEntries(Object.entries({ ...before, ...more }).filter(([, value]) => value)), replace: true })
  useEffect(() => { if (words !== (search.q ?? '')) set({ q: words }) }, [words]) // eslint-disable-line react-hooks/exhaustive-deps -- follows what is typed
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
  const state = usePhase()
  const review = (row: PlanRow) => row.stale.length > 0 && <span className="plan-mark"><Icon name="alert" size={14} />{t('stale')}</span>
  const columns: Column<PlanRow>[] = [
    { id: 'name', head: t('col.name'), as: 'name', cell: (row) => <><Link to="/plans/$planId" params={{ planId: row.id }}>{row.title}</Link>{row.grade !== 'none' && <> <GradeMark grade={row.grade} /></>}<small>{t(`kind.${row.kind}`)} · {t(`matter.${row.matter}`)} · {row.unit.name}</small>{row.stale.length > 0 && <small className="plan-why">{row.stale.map(why).join('; ')}</small>}<small className="only-narrow">{state(row)}</small>{row.stale.length > 0 && <small className="only-narrow">{review(row)}</small>}</> },
    { id: 'phase', head: t('phase'), from: 'narrow', cell: state },
    { id: 'stale', head: t('stale.filter'), from: 'narrow', cell: (row) => (row.stale.length > 0 ? review(row) : row.inForce === null ? <span className="faint">–</span> : <span className="soft">{t('fresh')}</span>) },
    { id: 'head', head: t('col.head'), from: 'middle', cell: (row) => row.head?.name ?? <span className="faint">{t('head.none')}</span> },
    { id: 'day', head: t('col.event'), as: 'number', from: 'wide', cell: (row) => (row.dayOn ? day(row.dayOn) : <span className="faint">–</span>) },
  ]
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
