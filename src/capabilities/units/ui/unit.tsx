import { Suspense, useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, Facts, Icon, LinkButton, Loaded, Page, Skeleton, Tabs } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { remember } from '../../../web/shell/recent.ts'
import { Activity } from '../../journals/ui/history.tsx'
import { Branches, ofTree } from './branches.tsx'
import { handover, units, useKind } from './messages.ts'
import { part } from '../../../web/parts.ts'
import { Spans } from './unit-parts.tsx'

const Handover = part(() => import('./handover.tsx'))
const PeopleAtUnit = part(() => import('../../people/ui/manage/at-unit.tsx'))

type Unit = Awaited<ReturnType<typeof api.units.get>>

export function OneUnit() {
  const { unitId } = useParams({ from: '/inside/units/$unitId' })
  const { at } = useSearch({ from: '/inside/units/$unitId' })
  const unit = useQuery({ ...q.units.get.queryOptions({ input: { unitId, ...(at ? { at } : {}) } }), ...ofTree(at) })
  return <Loaded query={unit}>{(data) => <Shown unit={data} at={at} />}</Loaded>
}

function Shown({ unit, at }: { unit: Unit; at: string | undefined }) {
  const t = useT(units)
  const kind = useKind()
  const { day } = useFormat()
  const navigate = useNavigate()
  const { tab = 'info' } = useSearch({ from: '/inside/units/$unitId' })
  const [mayPeople, mayJournal, mayHandOver] = [useMay('person.read'), useMay('journal.read'), useMay('unit.hand_over')]
  const h = useT(handover)
  const [handing, setHanding] = useState(false)
  const parents = unit.parents.map((parent) => parent.name).join(', ')
  useEffect(() => remember({ to: `/units/${unit.id}`, name: unit.name, note: parents }), [unit.id, unit.name, parents])
  return (
    <Page title={unit.name} line={[kind(unit.kind), `${t('code').toLowerCase()} ${unit.code}`, unit.children > 0 && t('below', { count: unit.children })].filter(Boolean).join(' · ')}
      crumbs={[{ label: t('title'), to: '/units' }, ...unit.parents.toReversed().map((parent) => ({ label: parent.name, to: '/units/$unitId' as const, params: { unitId: parent.id } }))]}
      actions={<>{unit.until && mayHandOver && <Button icon="swap" onClick={() => setHanding(true)}>{h('open')}</Button>}<LinkButton icon="board" to={'/board' as '/'} search={{ unit: unit.id } as never}>{t('tasks')}</LinkButton></>}>
      {unit.until ? <p className="note"><Icon name="info" />{t('ended', { day: day(unit.until) })}</p> : at && <p className="note"><Icon name="clock" />{t('asOf', { day: day(unit.at) })}</p>}
      <Tabs label={t('tabs')} chosen={tab} onChoose={(id) => void navigate({ to: '/units/$unitId', params: { unitId: unit.id }, search: { tab: id, ...(at ? { at } : {}) }, replace: true })} tabs={[
        { id: 'info', label: t('tab.info'), content: () => <Info unit={unit} at={at} /> },
        { id: 'history', label: t('tab.history'), content: () => <Spans unitId={unit.id} /> },
        ...(mayPeople ? [{ id: 'people', label: t('tab.people'), content: () => <Suspense fallback={<Skeleton />}><PeopleAtUnit unit={unit} /></Suspense> }] : []),
        ...(mayJournal ? [{ id: 'journal', label: t('tab.journal'), content: () => <Card flush><Activity unitId={unit.id} /></Card> }] : []),
      ]} />
      {handing && <Suspense fallback={null}><Handover unit={unit} onClose={() => setHanding(false)} /></Suspense>}
    </Page>
  )
}

function Info({ unit, at }: { unit: Unit; at: string | undefined }) {
  const t = useT(units)
  const kind = useKind()
  const { day, lastDay } = useFormat()
  const links = useQuery({ ...q.units.links.queryOptions({ input: { unitId: unit.id, ...(at ? { at } : {}) } }), ...ofTree(at) })
  const parent = unit.parents[0]
  return (
    <div className={unit.children > 0 ? 'two' : 'page text'}>
      <div className="stack">
        <Card title={t('tab.info')}><Facts items={[
          [t('kind'), kind(unit.kind)], [t('code'), unit.code], [t('parent'), parent && <Link to="/units/$unitId" params={{ unitId: parent.id }}>{parent.name}</Link>], [t('en'), unit.nameEn],
          ...(unit.nameOriginal && unit.nameOriginal !== unit.name ? [[t('original'), unit.nameOriginal] as const] : []), [t('from'), day(unit.from)],
          ...(unit.until ? [[t('until'), lastDay(unit.until)] as const] : []), [t('scheme'), unit.scheme], ...(unit.lat !== null && unit.lon !== null ? [[t('place'), `${unit.lat}, ${unit.lon}`] as const] : []),
        ]} /></Card>
        {links.data && links.data.items.length > 0 && (
          <Card title={t('links')}><Facts items={links.data.items.map((link) => [t(`link.${link.kind}`), <Link key={link.id} to="/units/$unitId" params={{ unitId: link.unit.id }}>{link.unit.name}</Link>] as const)} /></Card>
        )}
      </div>
      {unit.children > 0 && <Card title={t('below.title')} flush><Branches under={unit.id} {...(at ? { at } : {})} /></Card>}
    </div>
  )
}
