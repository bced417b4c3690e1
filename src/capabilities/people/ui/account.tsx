import { Suspense, useState } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, q, queries, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { translator } from '../../../web/catalogue.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, Card, ChoiceField, DataTable, EmptyState, Facts, Form, LinkButton, Page, Skeleton, Tabs, toast } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { useMe } from '../../../web/session.ts'
import type { Me } from '../../../web/session.ts'
import { people } from './messages.ts'
import { ChangePassword } from './password.tsx'
import { SecondFactor } from './second-factor.tsx'
import { part } from '../../../web/parts.ts'
import { Sessions } from './sessions.tsx'

const Held = part(() => import('./held.tsx'))
const Passkeys = part(() => import('./passkeys.tsx'))
const Tokens = part(() => import('./manage/tokens.tsx'))

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
        { id: 'wishes', label: t('tab.wishes'), content: () => <div className="page text"><Wishes me={me} /></div> },
        { id: 'password', label: t('tab.password'), content: () => <div className="page text"><Card><ChangePassword me={me} /></Card></div> },
        { id: 'factor', label: t('tab.factor'), content: () => <div className="page text"><SecondFactor me={me} /></div> },
        { id: 'passkeys', label: t('tab.passkeys'), content: () => <div className="page text"><Suspense fallback={<Skeleton />}><Passkeys me={me} /></Suspense></div> },
        { id: 'sessions', label: t('tab.sessions'), content: () => <Sessions /> },
        { id: 'tokens', label: t('tab.tokens'), content: () => <Suspense fallback={<Skeleton />}><Tokens me={me} /></Suspense> },
        { id: 'held', label: t('tab.held'), content: () => <Suspense fallback={<Skeleton />}><Held me={me} /></Suspense> },
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
      <Card title={t('info.roles')} flush side={me.grants.length > 0 && <LinkButton small icon="swap" to="/people/$personId" params={{ personId: me.id }}>{t('info.delegate')}</LinkButton>}><DataTable caption={t('info.roles')} columns={columns} rows={me.grants} rowKey={(grant) => grant.id} empty={<EmptyState icon="shield" title={t('info.noRoles')} />} /></Card>
    </div>
  )
}

function Wishes({ me }: { me: Me }) {
  const t = useT(people)
  const { lang: shown, setLang } = useLang()
  const [lang, chooseLang] = useState(me.settings.lang ?? shown)
  const [mails, chooseMails] = useState(me.settings.mails)
  const [refused, setRefused] = useState<Refused>()
  const save = async () => {
    try {
      const settings = await api.people.changeSettings({ lang, mails })
      queries.setQueryData(q.people.me.queryOptions().queryKey, { ...me, settings })
      setRefused(undefined)
      setLang(lang)
      toast(translator(people, lang)('w.saved'))
    } catch (error) {
      setRefused(refusalOf(error))
    }
  }
  return (
    <Card>
      <Form onSend={() => void save()} refused={refused} foot={<Button look="main" type="submit">{t('w.save')}</Button>}>
        <ChoiceField label={t('w.lang')} value={lang} onValue={(value) => chooseLang(value as typeof lang)} inline options={[{ value: 'vi', label: 'Tiếng Việt' }, { value: 'en', label: 'English' }]} />
        <ChoiceField label={t('w.mails')} value={mails} onValue={(value) => chooseMails(value as typeof mails)} options={(['all', 'daily', 'off'] as const).map((value) => ({ value, label: t(`w.mails.${value}`), hint: t(`w.mails.${value}.hint`) }))} />
        {!me.settings.mailed && <p className="small soft">{t('w.unmailed')}</p>}
      </Form>
    </Card>
  )
}
