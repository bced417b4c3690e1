// The register of what is graded: for who keeps it, without what it says.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Allowed, Card, DataTable, EmptyState, Page, SelectField, listProps, listRows } from '../../../web/kit/kit.ts'
import { gradeNames } from '../../../pure/grades.ts'
import { CustodyTab } from './custody.tsx'
import { GradeMark } from './grade.tsx'
import { custodies } from './messages.ts'

const KINDS = ['paper', 'plan', 'collection'] as const
const route = getRouteApi('/inside/custodies')

export function CustodyList() {
  const t = useT(custodies)
  const search = route.useSearch()
  const go = route.useNavigate()
  const pick = usePick()
  const { number, ago, dateTime } = useFormat()
  const kind = KINDS.find((one) => one === search.kind)
  const found = useInfiniteQuery({ ...q.custodies.list.infiniteOptions({ input: (cursor: string | undefined) => ({ limit: 50, ...(kind ? { kind } : {}), ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined }), placeholderData: keepPreviousData })
  const rows = listRows(found)
  const open = rows?.find((one) => one.recordId === search.record)
  const name = (one: NonNullable<typeof rows>[number]) => one.name ?? t('unnamed', { kind: t(`kind.${one.kind}`) })
  const about = (one: NonNullable<typeof rows>[number]) => [t(`kind.${one.kind}`), one.unit.name, !one.here && t('bynumber')].filter(Boolean).join(' · ')
  if (open) return (
    <Page title={name(open)} line={<><GradeMark grade={open.grade} /> {[t(`kind.${open.kind}`), open.unit.name].join(' · ')}</>} crumbs={[{ label: t('title'), to: '/custodies' as '/' }]}><CustodyTab recordId={open.recordId} kind={open.kind} grade={open.grade} /></Page>
  )
  return (
    <Allowed right="custody.keep">
      <Page title={t('title')} line={t('line.text')} crumbs={[{ label: t('papers'), to: '/papers' as '/' }]}>
        <div className="custody-kind"><SelectField label={t('kind')} value={kind ?? ''} onValue={(value) => void go({ search: value ? { kind: value } : {}, replace: true })} empty={t('any')} options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} optional="quiet" /></div>
        <Card flush><DataTable caption={t('caption')} rows={rows} rowKey={(one) => one.recordId} {...listProps(found)} empty={<EmptyState icon="shield" title={t('none')}>{t('none.text')}</EmptyState>} columns={[
          { id: 'name', head: t('col.record'), as: 'name', text: (one) => `${name(one)} · ${about(one)}`, cell: (one) => <><Link to="/custodies" search={{ record: one.recordId }}>{name(one)}</Link><small>{about(one)}</small></> },
          { id: 'grade', head: t('col.grade'), width: '130px', text: (one) => pick(gradeNames[one.grade]), cell: (one) => <GradeMark grade={one.grade} /> },
          { id: 'readers', head: t('col.readers'), as: 'number', from: 'narrow', text: (one) => (one.here ? String(one.readers) : ''), cell: (one) => (one.here ? number(one.readers) : <span className="faint">–</span>) },
          { id: 'copies', head: t('col.copies'), as: 'number', from: 'narrow', text: (one) => (one.copies > 0 ? t('out.of', { out: one.out, all: one.copies }) : ''), cell: (one) => (one.copies > 0 ? t('out.of', { out: one.out, all: one.copies }) : <span className="faint">–</span>) },
          { id: 'prints', head: t('col.prints'), as: 'number', from: 'middle', text: (one) => String(one.prints), cell: (one) => (one.prints > 0 ? number(one.prints) : <span className="faint">–</span>) },
          { id: 'read', head: t('col.read'), from: 'wide', text: (one) => (one.readAt ? dateTime(one.readAt) : t('never')), cell: (one) => <span className="soft">{one.readAt ? ago(one.readAt) : t('never')}</span> },
        ]} /></Card>
      </Page>
    </Allowed>
  )
}
