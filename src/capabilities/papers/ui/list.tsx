// The register: what was issued and received, newest first.
import { useState } from 'react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, EmptyState, Filters, LinkButton, Menu, Page, SelectField, TextField, UnitField, listProps, listRows, useTyped } from '../../../web/kit/kit.ts'
import { useMay, useMe } from '../../../web/session.ts'
import { Withheld } from '../../custodies/ui/grade.tsx'
import { custodies } from '../../custodies/ui/messages.ts'
import { KINDS, kindNames } from '../contract/kinds.ts'
import { RECEIPTS } from '../contract.ts'
import { usePaperColumns } from './columns.tsx'
import { papers } from './messages.ts'
import { ReceivePaper } from './receive.tsx'
import './papers.css'

const ways = ['issued', 'received'] as const
const YEARS = 8

export function PaperList() {
  const t = useT(papers)
  const pick = usePick()
  const format = useFormat()
  const navigate = useNavigate()
  const search = useSearch({ from: '/inside/papers' })
  const me = useMe()
  const [mayIssue, mayReceive, mayKeep] = [useMay('paper.issue'), useMay('paper.receive'), useMay('custody.keep')]
  const c = useT(custodies)
  const [receiving, setReceiving] = useState(false)
  const go = (change: Partial<typeof search>) => void navigate({ to: '/papers', search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)), replace: true })
  const [text, setText] = useTyped(search.q ?? '', (words) => go({ q: words }))
  const unit = useQuery({ ...q.units.get.queryOptions({ input: { unitId: search.unit ?? '' } }), enabled: Boolean(search.unit) })
  const kind = kindNames.find((one) => one === search.kind)
  const receipt = RECEIPTS.find((one) => one === search.receipt)
  const way = ways.find((one) => one === search.way)
  const list = useInfiniteQuery({
    ...q.papers.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 50, ...(search.unit ? { unit: search.unit } : {}), ...(way ? { way } : {}), ...(receipt ? { receipt } : {}), ...(kind ? { kind } : {}), ...(search.year ? { year: Number(search.year) } : {}), ...(search.q ? { q: search.q } : {}), ...(cursor ? { cursor } : {}),
      }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
    }), placeholderData: keepPreviousData,
  })
  const total = list.data?.pages[0]?.total
  const on = [search.unit, way, kind, search.year, receipt].filter(Boolean).length
  const thisYear = new Date().getFullYear()
  const unitId = search.unit ?? me?.unit?.id
  const columns = usePaperColumns()
  return (
    <Page title={t('title')} line={total === undefined ? '…' : t('line', { count: format.total(total) })} actions={<>
      {mayIssue && <LinkButton look="main" icon="edit" to="/papers/new" search={unitId ? { unit: unitId } : {}}>{t('write')}</LinkButton>}
      {mayReceive && <Button icon="plus" onClick={() => setReceiving(true)}>{t('receive')}</Button>}
      {mayIssue && <LinkButton icon="edit" to="/papers/drafts">{t('drafts')}</LinkButton>}
      {mayIssue && <Menu items={[
        ...(unitId ? [{ label: t('chase'), icon: 'clock' as const, run: () => void navigate({ to: '/papers/new', search: { unit: unitId, chasing: 'yes' } }) }] : []),
        { label: t('each'), icon: 'tasks', run: () => void navigate({ to: '/papers/new', search: { each: 'yes', ...(unitId ? { unit: unitId } : {}) } }) },
        { label: t('ics'), icon: 'file', run: () => void navigate({ to: '/papers/ics/$form', params: { form: '202' }, search: unitId ? { unit: unitId } : {} }) },
        ...(mayKeep ? [{ label: c('title'), icon: 'shield' as const, run: () => void navigate({ to: '/custodies' }) }] : []),
      ]}><Button icon="more">{t('more')}</Button></Menu>}
    </>}>
      <Filters on={on} onClear={() => go({ unit: '', way: '', kind: '', year: '', receipt: '' })}>
        <TextField label={t('find')} placeholder={t('find.hint')} type="search" value={text} onValue={setText} optional="quiet" autoComplete="off" spellCheck={false} />
        <SelectField label={t('way')} value={way ?? ''} onValue={(value) => go({ way: value })} empty={t('way.any')} options={ways.map((value) => ({ value, label: t(`way.${value}`) }))} optional="quiet" />
        <SelectField label={t('kind')} value={kind ?? ''} onValue={(value) => go({ kind: value })} empty={t('kind.any')} options={kindNames.map((value) => ({ value, label: pick(KINDS[value]) }))} optional="quiet" />
        <SelectField label={t('year')} value={search.year ?? ''} onValue={(value) => go({ year: value })} empty={t('year.any')} options={Array.from({ length: YEARS }, (_, i) => String(thisYear - i)).map((value) => ({ value, label: value }))} optional="quiet" />
        <SelectField label={t('receipt')} value={receipt ?? ''} onValue={(value) => go({ receipt: value })} empty={t('receipt.any')} options={RECEIPTS.map((value) => ({ value, label: t(`receipt.${value}`) }))} optional="quiet" />
        <UnitField label={t('unit')} value={search.unit ? unit.data : undefined} onValue={(one) => go({ unit: one?.id ?? '' })} optional="quiet" />
      </Filters>
      <Card flush>
        <DataTable caption={t('caption')} rows={listRows(list)} rowKey={(one) => one.id} {...listProps(list)}
          empty={on > 0 || search.q ? <EmptyState icon="file" title={t('none.found')}>{t('none.found.text')}</EmptyState> : <EmptyState icon="file" title={t('none')}>{t('none.text')}</EmptyState>} columns={columns} />
      </Card>
      <Withheld count={list.data?.pages[0]?.withheld} />
      {receiving && <ReceivePaper {...(me?.unit ? { unit: me.unit } : {})} onClose={() => setReceiving(false)} />}
    </Page>
  )
}
