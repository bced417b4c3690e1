import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, DateField, EmptyState, LinkButton, Page, TextField, listProps, listRows, useTyped } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { Branches, ofTree } from './branches.tsx'
import { units, useKind } from './messages.ts'

type Hit = Awaited<ReturnType<typeof api.units.search>>['items'][number]

export function Tree() {
  const t = useT(units)
  const kind = useKind()
  const { number, day } = useFormat()
  const navigate = useNavigate()
  const search = useSearch({ from: '/inside/units' })
  const { at } = search
  const [text, setText, wanted] = useTyped(search.q ?? '', (words) => void navigate({ to: '/units', search: { ...(words ? { q: words } : {}), ...(at ? { at } : {}) }, replace: true }), 150)
  const may = useMay('unit.import')
  const count = useQuery({ ...q.units.count.queryOptions({ input: at ? { at } : {} }), ...ofTree(at), placeholderData: keepPreviousData })
  const counts = Object.entries(count.data?.kinds ?? {}).sort(([, a], [, b]) => a - b).map(([name, n]) => `${number(n)} ${kind(name, n)}`).join(' · ')
  return (
    <Page title={t('title')} line={count.data ? counts && t('line', { counts, day: day(count.data.at) }) : '…'}
      actions={<>{at && <Button icon="undo" onClick={() => void navigate({ to: '/units', search: wanted ? { q: wanted } : {} })}>{t('at.now')}</Button>}{may && counts !== '' && <LinkButton icon="upload" to="/units/import">{t('import')}</LinkButton>}</>}>
      <div className="find-row">
        <TextField label={t('find')} hint={t('find.hint')} type="search" value={text} onValue={setText} autoComplete="off" spellCheck={false} optional="quiet" />
        <DateField label={t('at')} value={at} optional="quiet" onValue={(on) => void navigate({ to: '/units', search: { ...(wanted ? { q: wanted } : {}), ...(on ? { at: on } : {}) }, replace: true })} />
      </div>
      {wanted ? <Found text={wanted} at={at} /> : count.data && counts === '' ? <Card><EmptyState icon="units" title={t('empty')} action={may && !at && <LinkButton look="main" icon="upload" to="/units/import">{t('import')}</LinkButton>}>{!at && t(may ? 'empty.text' : 'empty.wait')}</EmptyState></Card> : <Card title={t('tree')} flush><Branches {...(at ? { at } : {})} /></Card>}
    </Page>
  )
}

function Found({ text, at }: { text: string; at: string | undefined }) {
  const t = useT(units)
  const kind = useKind()
  const found = useInfiniteQuery({
    ...q.units.search.infiniteOptions({
      input: (cursor: string | undefined) => ({ q: text, limit: 50, ...(at ? { at } : {}), ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
    }), ...ofTree(at), placeholderData: keepPreviousData,
  })
  const columns: Column<Hit>[] = [
    { id: 'name', head: t('name'), as: 'name', text: (unit) => [unit.name, ...unit.parents.map((parent) => parent.name)].join(', '), cell: (unit) => <><Link to="/units/$unitId" params={{ unitId: unit.id }} search={at ? { at } : {}}>{unit.name}</Link><small>{unit.parents.map((parent) => parent.name).join(', ')}</small></> },
    { id: 'kind', head: t('kind'), width: '150px', from: 'narrow', text: (unit) => kind(unit.kind), cell: (unit) => <span className="soft">{kind(unit.kind)}</span> },
    { id: 'code', head: t('code'), width: '110px', as: 'number', from: 'narrow', text: (unit) => unit.code, cell: (unit) => <span className="soft">{unit.code}</span> },
  ]
  return (
    <Card title={t('found')} flush>
      <DataTable caption={t('found')} columns={columns} rows={listRows(found)} rowKey={(unit) => unit.id} {...listProps(found)} empty={<EmptyState icon="search" title={t('none', { text })}>{t('none.text')}</EmptyState>} />
    </Card>
  )
}
