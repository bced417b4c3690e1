import { useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, CheckField, DataTable, EmptyState, Filters, Page, SelectField, TextField, listProps, listRows, useDebounced } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { BODY_KINDS } from './kinds.ts'
import { BodyForm } from './form.tsx'
import { bodies as messages } from './messages.ts'

const route = getRouteApi('/inside/bodies')
type Row = Awaited<ReturnType<typeof api.bodies.list>>['items'][number]

/** Steering committees, sub-committees, delegations and teams, by name. */
export function BodyList() {
  const t = useT(messages)
  const { total, day } = useFormat()
  const may = useMay('body.edit')
  const go = route.useNavigate()
  const search = route.useSearch()
  const [text, setText] = useState(search.q ?? '')
  const [forming, setForming] = useState(false)
  const words = useDebounced(text.trim(), 200)
  const kind = BODY_KINDS.find((one) => one === search.kind)
  const found = useInfiniteQuery(q.bodies.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ limit: 100, ...(words ? { q: words } : {}), ...(kind ? { kind } : {}), ...(search.ended ? { ended: 'true' } : {}), ...(cursor ? { cursor } : {}) }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  }))
  const set = (more: Record<string, string | undefined>) => void go({ search: (before) => Object.fromEntries(Object.entries({ ...before, ...more }).filter(([, value]) => value)), replace: true })
  const rows = listRows(found)
  const about = (row: Row) => [t(`kind.${row.kind}`), row.endedOn && t('ended', { day: day(row.endedOn) })].filter(Boolean).join(' · ')
  const columns: Column<Row>[] = [
    { id: 'name', head: t('name'), as: 'name', text: (row) => `${row.name} · ${about(row)}`, cell: (row) => <><Link to="/bodies/$bodyId" params={{ bodyId: row.id }}>{row.name}</Link><small>{about(row)}</small></> },
    { id: 'chair', head: t('chair'), from: 'narrow', text: (row) => row.chair ?? '', cell: (row) => row.chair ?? <span className="faint">–</span> },
    { id: 'unit', head: t('unit'), from: 'middle', text: (row) => row.unit.name, cell: (row) => row.unit.name },
    { id: 'members', head: t('members'), as: 'number', text: (row) => String(row.members), cell: (row) => total(row.members) },
  ]
  const add = may && <Button look="main" icon="plus" onClick={() => setForming(true)}>{t('form')}</Button>
  return (
    <Page title={t('title')} line={rows && t('line', { count: rows.length })} actions={add}>
      <Filters on={[kind, search.ended].filter(Boolean).length} onClear={() => set({ kind: undefined, ended: undefined })}>
        <TextField label={t('find')} placeholder={t('find.hint')} type="search" value={text} onValue={setText} optional="quiet" autoComplete="off" spellCheck={false} />
        <SelectField label={t('kind')} value={kind ?? ''} onValue={(value) => set({ kind: value || undefined })} empty={t('kind.any')} options={BODY_KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))} optional="quiet" />
        <CheckField label={t('ended.show')} value={Boolean(search.ended)} onValue={(on) => set({ ended: on ? '1' : undefined })} />
      </Filters>
      <Card flush><DataTable caption={t('caption')} columns={columns} rows={rows} rowKey={(row) => row.id} {...listProps(found)} empty={words || kind ? <EmptyState icon="search" title={t('none')} /> : <EmptyState icon="units" title={t('empty')} action={add}>{t('empty.text')}</EmptyState>} /></Card>
      {forming && <BodyForm onClose={() => setForming(false)} />}
    </Page>
  )
}
