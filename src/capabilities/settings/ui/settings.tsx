// Settings of the whole installation: what is data is changed here, what the server's environment sets is shown.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, q, queries, url } from '../../../web/client.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, ChoiceField, Facts, Form, LinkButton, Loaded, Page, SelectField, Tabs, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { GRADES, gradeNames } from '../../../pure/grades.ts'
import type { Grade } from '../../../pure/grades.ts'
import { Prove } from '../../people/ui/prove.tsx'
import { Holidays } from './days.tsx'
import { MailTab } from './mail.tsx'
import { Retention } from './retention.tsx'
import { settings } from './messages.ts'
import { ProviderTab } from './provider.tsx'
import type { Now } from './provider.tsx'

const reload = () => queries.invalidateQueries({ queryKey: q.settings.key() })

export function Settings() {
  const t = useT(settings)
  const navigate = useNavigate()
  const { tab = 'general' } = useSearch({ from: '/inside/manage/settings' })
  const now = useQuery(q.settings.get.queryOptions({ input: {} }))
  return (
    <Allowed right="installation.manage">
      <Page title={t('title')} line={t('line')} crumbs={[{ label: t('manage'), to: '/manage' as '/' }]}>
        <Loaded query={now}>{(data) => (
          <Tabs label={t('tabs')} chosen={tab} onChoose={(id) => void navigate({ to: '/manage/settings', search: { tab: id }, replace: true })} tabs={[
            { id: 'general', label: t('tab.general'), content: () => <General key={data.version} now={data} /> },
            { id: 'provider', label: t('tab.provider'), content: () => <div className="page text"><ProviderTab now={data} /></div> },
            { id: 'mail', label: t('tab.mail'), content: () => <div className="page text"><MailTab now={data} /></div> },
            { id: 'holidays', label: t('tab.holidays'), content: () => <Holidays now={data} /> },
            { id: 'retention', label: t('tab.retention'), content: () => <Retention now={data} /> },
          ]} />
        )}</Loaded>
      </Page>
    </Allowed>
  )
}

function General({ now }: { now: Now }) {
  const t = useT(settings)
  const [lang, setLang] = useState(now.lang)
  const order = useOrder(api.settings.chooseLanguage, () => { toast(t('saved')); void reload(); void queries.invalidateQueries({ queryKey: q.people.waysIn.key() }) })
  return (
    <div className="two">
      <Card title={t('lang')}>
        <Form onSend={() => void order.give({ lang, expectedVersion: now.version })} refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy} aria-disabled={lang === now.lang}>{t('save')}</Button>}>
          <p className="soft">{t('lang.text')}</p>
          <ChoiceField label={t('lang.label')} value={lang} onValue={(value) => setLang(value as typeof lang)} inline options={[{ value: 'vi', label: 'Tiếng Việt' }, { value: 'en', label: 'English' }]} />
        </Form>
      </Card>
      <Ceiling now={now} />
      <Card title={t('about')}><Facts items={[
        [t('address'), now.address], [t('languages'), 'Tiếng Việt, English'], [t('zone'), <>{now.zone} <span className="soft small">· {t('zone.text')}</span></>], [t('passkeys'), t(now.passkeys ? 'passkeys.yes' : 'passkeys.no')],
      ]} /></Card>
      <Card title={t('links')}><div className="row"><LinkButton small icon="globe" to={'/manage/boundaries' as '/'}>{t('link.boundaries')}</LinkButton></div></Card>
      <Card title={t('developers')}><div className="row"><LinkButton small icon="bell" to={'/manage/webhooks' as '/'}>{t('link.webhooks')}</LinkButton><LinkButton small icon="key" to="/account" search={{ tab: 'tokens' }}>{t('link.tokens')}</LinkButton><a className="button plain small" href={url('api')}><span>{t('link.api')}</span></a></div></Card>
    </div>
  )
}

/** What may lie here is decided by who answers for the machine, just after showing who they are. */
function Ceiling({ now }: { now: Now }) {
  const t = useT(settings)
  const pick = usePick()
  const [ceiling, setCeiling] = useState(now.ceiling)
  const confirm = useConfirm()
  const order = useOrder(api.settings.setCeiling, () => { toast(t('saved')); void queries.invalidateQueries() })
  const set = () => order.give({ ceiling, expectedVersion: now.version })
  const ask = async () => {
    const name = ceiling === 'none' ? t('ceiling.none') : pick(gradeNames[ceiling])
    if (ceiling !== now.ceiling && await confirm({ title: t('ceiling.sure', { grade: name }), text: t('ceiling.prove'), yes: t('ceiling.set') })) await set()
  }
  const again = order.refused?.code === 'SIGN_IN_AGAIN'
  return (
    <Card title={t('ceiling')}>
      <Form onSend={() => void ask()} refused={again ? undefined : order.refused} foot={<Button look="main" type="submit" busy={order.busy} aria-disabled={ceiling === now.ceiling}>{t('ceiling.set')}</Button>}>
        <p className="soft">{t('ceiling.text')}</p>
        <SelectField label={t('ceiling.label')} value={ceiling} onValue={(value) => setCeiling(value as Grade)} options={GRADES.map((value) => ({ value, label: value === 'none' ? t('ceiling.none') : pick(gradeNames[value]) }))} />
      </Form>
      {again && <Prove text={t('ceiling.prove')} onProved={() => void set()} onClose={order.clear} />}
    </Card>
  )
}
