import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, Facts, Loaded, Page, Tabs } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { useMe } from '../../../web/session.ts'
import type { Me } from '../../../web/session.ts'
import { people } from './messages.ts'
import { ChangePassword } from './password.tsx'
import { SecondFactor } from './second-factor.tsx'
import { Sessions } from './sessions.tsx'

export function Account() {
  const t = useT(people)
  const me = useMe()
  const navigate = useNavigate()
  const { tab = 'info' } = useSearch({ from: '/inside/account' })
  if (!me) return null
  if (me.mustSetPassword) return <Page title={t('me.first')} line={t('me.first.line')} width="text"><Card><ChangePassword me={me} /></Card></Page>
  return (
    <Page title={t('me.title')} line={[me.name, me.title, me.unit?.name].filter(Boolean).join(' · ')}>
      <Tabs label={t('me.tabs')} chosen={tab} onChoose={(id) => void navigate({ to: '/account', search: { tab: id }, replace: true })} tabs={[
        { id: 'info', label: t('tab.info'), content: () => <Info me={me} /> },
        { id: 'password', label: t('tab.password'), content: () => <div className="page text"><Card><ChangePassword me={me} /></Card></div> },
        { id: 'factor', label: t('tab.factor'), content: () => <div className="page text"><SecondFactor me={me} /></div> },
        { id: 'sessions', label: t('tab.sessions'), content: () => <Sessions /> },
        { id: 'held', label: t('tab.held'), content: () => <Held /> },
      ]} />
    </Page>
  )
}

function Info({ me }: { me: Me }) {
  const t = useT(people)
  const { date } = useFormat()
  const columns: Column<Me['grants'][number]>[] = [
    { id: 'role', head: t('info.role'), as: 'name', cell: (grant) => <>{t(`role.${grant.role}`)}{grant.delegatedBy && <small>{t('info.by', { name: grant.delegatedBy.name ?? '…' })}</small>}</> },
    { id: 'unit', head: t('info.where'), cell: (grant) => grant.unit?.name ?? t('info.all') },
    { id: 'until', head: t('info.until'), from: 'narrow', cell: (grant) => <span className="soft">{grant.endsAt ? date(grant.endsAt) : t('info.always')}</span> },
  ]
  return (
    <div className="two">
      <Card title={t('tab.info')}><Facts items={[[t('info.name'), me.name], [t('info.title'), me.title], [t('info.account'), me.account], [t('info.unit'), me.unit?.name]]} /></Card>
      <Card title={t('info.roles')} flush><DataTable caption={t('info.roles')} columns={columns} rows={me.grants} rowKey={(grant) => grant.id} empty={<EmptyState icon="shield" title={t('info.noRoles')} />} /></Card>
    </div>
  )
}

function Held() {
  const t = useT(people)
  const { date, dateTime } = useFormat()
  const held = useQuery(q.people.held.queryOptions())
  return (
    <Loaded query={held}>{({ contact, readBy }) => (
      <div className="two">
        <Card title={t('h.title')}><Facts items={[[t('info.name'), contact.name], [t('info.title'), contact.title], [t('h.phone'), contact.phone], [t('h.email'), contact.email], [t('h.purpose'), t('h.purpose.work')], [t('h.until'), date(contact.until)]]} /></Card>
        <Card title={t('h.read')} flush><DataTable caption={t('h.read')} rows={readBy} rowKey={(line) => `${line.at}${line.person.id}`} empty={<EmptyState icon="shield" title={t('h.read.none')}>{t('h.read.none.text')}</EmptyState>}
          columns={[{ id: 'who', head: t('h.who'), as: 'name', cell: (line) => line.person.name ?? '…' }, { id: 'at', head: t('h.at'), cell: (line) => dateTime(line.at) }, { id: 'what', head: t('h.what'), from: 'narrow', cell: (line) => line.what }]} /></Card>
      </div>
    )}</Loaded>
  )
}
