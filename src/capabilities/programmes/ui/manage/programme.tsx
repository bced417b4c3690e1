import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { q } from '../../../../web/client.ts'
import type { api } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { usePick, useT } from '../../../../web/i18n.tsx'
import { Card, DataTable, Facts, LinkButton, Loaded, Page, StatTiles, Tabs } from '../../../../web/kit/kit.ts'
import { useMay } from '../../../../web/session.ts'
import { History } from '../../../journals/ui/history.tsx'
import { useKind } from '../../../units/ui/messages.ts'
import { Cascade } from './cascade.tsx'
import { eventsOf } from './list.tsx'
import { Pilot } from './pilot.tsx'
import { useClassName } from './run.tsx'
import { Upgrade } from './upgrade.tsx'
import { plans } from './words.ts'

export type Programme = Awaited<ReturnType<typeof api.programmes.programmes.get>>

export function OneProgramme() {
  const { code } = useParams({ from: '/inside/programmes/$code' })
  const found = useQuery(q.programmes.programmes.get.queryOptions({ input: { code } }))
  return <Loaded query={found}>{(data) => <Shown programme={data} />}</Loaded>
}

function Shown({ programme: p }: { programme: Programme }) {
  const t = useT(plans)
  const pick = usePick()
  const { number } = useFormat()
  const navigate = useNavigate()
  const { tab = 'about' } = useSearch({ from: '/inside/programmes/$code' })
  const may = useMay('programme.cascade')
  const events = eventsOf(p.events)
  return (
    <Page title={pick(p.name)} line={[p.code, p.unit.name, events > 0 ? t('o.events', { count: number(events) }) : t('o.none')].join(' · ')} crumbs={[{ label: t('manage'), to: '/manage' }, { label: t('title'), to: '/programmes' }]}
      actions={events > 0 && <LinkButton icon="board" to={'/board' as '/'} search={{ unit: p.unit.id, programme: p.id } as never}>{t('o.board')}</LinkButton>}>
      <Tabs label={t('o.tabs')} chosen={tab} onChoose={(id) => void navigate({ to: '/programmes/$code', params: { code: p.code }, search: { tab: id }, replace: true })} tabs={[
        { id: 'about', label: t('o.about'), content: () => <About programme={p} /> },
        ...(may ? [
          { id: 'cascade', label: t('o.cascade'), content: () => <Cascade code={p.code} unitId={p.unit.id} template={p.template} /> },
          ...(p.gate === 'open' ? [] : [{ id: 'pilot', label: t('o.pilot'), content: () => <Pilot programme={p} /> }]),
          { id: 'upgrade', label: t('o.upgrade'), content: () => <Upgrade programme={p} /> },
        ] : []),
        { id: 'history', label: t('history'), content: () => <Card flush><History subject={`programme:${p.id}`} /></Card> },
      ]} />
    </Page>
  )
}

function About({ programme: p }: { programme: Programme }) {
  const t = useT(plans)
  const kind = useKind()
  const className = useClassName(p.template)
  const { date, day } = useFormat()
  const phases = Object.entries(p.events).filter(([, n]) => n > 0)
  const kinds = [...new Set([...p.rules.kinds, ...Object.keys(p.rules.spans), ...Object.keys(p.rules.classes.kinds)])]
  return (
    <div className="stack">
      {phases.length > 0 && <StatTiles label={t('events')} tiles={phases.map(([phase, count]) => ({ id: phase, label: t(`phase.${phase as 'planned'}`), count }))} />}
      <div className="two">
        <Card title={t('o.about')}><Facts items={[
          [t('code'), p.code], [t('owner'), <Link key="u" to="/units/$unitId" params={{ unitId: p.unit.id }}>{p.unit.name}</Link>],
          [t('template'), <Link key="t" to="/templates/$code" params={{ code: p.template.code }} search={{ version: String(p.template.version) }}>{p.template.code} · {t('version', { version: p.template.version })}</Link>],
          [t('gate'), t(p.gate === 'pilot' ? 'gate.pilot.now' : `gate.${p.gate}`)], [t('made'), date(p.madeAt)], ...(p.rules.pilots.length > 0 ? [[t('o.pilots'), p.rules.pilots.join(', ')] as const] : []),
        ]} /></Card>
        {kinds.length > 0 && <Card title={t('o.rules')} flush><DataTable caption={t('o.rules')} rows={kinds} rowKey={(one) => one} columns={[
          { id: 'kind', head: t('kind'), as: 'name', cell: (one) => kind(one) },
          { id: 'days', head: t('days'), cell: (one) => { const span = p.rules.spans[one]; return span ? t('o.span', { from: day(span.from), until: day(span.until) }) : <span className="soft">{t('o.noDays')}</span> } },
          { id: 'class', head: t('class'), from: 'narrow', cell: (one) => p.rules.classes.kinds[one] ? className(p.rules.classes.kinds[one]) : <span className="soft">{t('c.class.auto')}</span> },
        ]} /></Card>}
      </div>
    </div>
  )
}
