import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { q } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { usePick, useT } from '../../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, LinkButton, Page, Tabs } from '../../../../web/kit/kit.ts'
import { useMay } from '../../../../web/session.ts'
import { TopMissing } from './template-import.tsx'
import { plans } from './words.ts'

export function ProgrammeList() {
  const t = useT(plans)
  const navigate = useNavigate()
  const { tab = 'programmes' } = useSearch({ from: '/inside/programmes' })
  const [mayCreate, mayImport] = [useMay('programme.create'), useMay('template.import')]
  return (
    <Page title={t('title')} line={t('line')} crumbs={[{ label: t('manage'), to: '/manage' }]}
      actions={<>{mayCreate && <LinkButton look="main" icon="plus" to="/programmes/new">{t('p.new')}</LinkButton>}{mayImport && <LinkButton icon="upload" to="/templates/import">{t('t.import')}</LinkButton>}</>}>
      {mayCreate && <TopMissing />}
      <Tabs label={t('tabs')} chosen={tab} onChoose={(id) => void navigate({ to: '/programmes', search: { tab: id }, replace: true })} tabs={[
        { id: 'programmes', label: t('tab.programmes'), content: () => <Programmes /> }, { id: 'templates', label: t('tab.templates'), content: () => <Templates /> },
      ]} />
    </Page>
  )
}

export const eventsOf = (events: Record<string, number>): number => Object.values(events).reduce((sum, n) => sum + n, 0)

function Programmes() {
  const t = useT(plans)
  const pick = usePick()
  const { number } = useFormat()
  const list = useQuery(q.programmes.programmes.list.queryOptions())
  return (
    <Card flush>
      <DataTable caption={t('tab.programmes')} rows={list.data?.items} rowKey={(one) => one.id} error={list.error ?? undefined} retry={() => void list.refetch()} empty={<EmptyState icon="event" title={t('p.none')}>{t('p.none.text')}</EmptyState>} columns={[
        { id: 'name', head: t('name'), as: 'name', cell: (one) => <><Link to="/programmes/$code" params={{ code: one.code }}>{pick(one.name)}</Link><small>{one.code} · {one.unit.name}{one.gate === 'pilot' && ` · ${t('gate.pilot.now')}`}</small></> },
        { id: 'template', head: t('template'), from: 'middle', cell: (one) => <span className="soft">{one.template.code} · {t('version', { version: one.template.version })}{one.template.newest > one.template.version && ` (${t('newer', { version: one.template.newest })})`}</span> },
        { id: 'events', head: t('events'), as: 'number', cell: (one) => eventsOf(one.events) > 0 ? number(eventsOf(one.events)) : <span className="faint">{t('o.none')}</span> },
      ]} />
    </Card>
  )
}

function Templates() {
  const t = useT(plans)
  const pick = usePick()
  const { date } = useFormat()
  const list = useQuery(q.programmes.templates.list.queryOptions())
  return (
    <Card flush>
      <DataTable caption={t('tab.templates')} rows={list.data?.items} rowKey={(one) => one.id} error={list.error ?? undefined} retry={() => void list.refetch()} empty={<EmptyState icon="file" title={t('t.none')}>{t('t.none.text')}</EmptyState>} columns={[
        { id: 'name', head: t('name'), as: 'name', cell: (one) => <><Link to="/templates/$code" params={{ code: one.code }}>{pick(one.name)}</Link><small>{one.code} · {t('versions', { count: one.versions.length })}</small></> },
        { id: 'tasks', head: t('tasks'), as: 'number', from: 'narrow', cell: (one) => one.versions[0]?.tasks }, { id: 'requirements', head: t('requirements'), as: 'number', from: 'middle', cell: (one) => one.versions[0]?.requirements },
        { id: 'at', head: t('imported'), as: 'number', from: 'middle', cell: (one) => one.versions[0] && <span className="soft">{date(one.versions[0].importedAt)}</span> },
      ]} />
    </Card>
  )
}
