// A directive is issued by a unit, or in the name of a body by its standing office; its tasks are given within it then.
import { useMemo, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, q, queries } from '../../../../web/client.ts'
import { useLang, usePick, useT } from '../../../../web/i18n.tsx'
import { Allowed, Button, Card, DateField, Form, LinkButton, Loaded, Page, SelectField, TextArea, TextField, UnitField, toast } from '../../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../../web/kit/kit.ts'
import { useLeave } from '../../../../web/leave.ts'
import { useOrder } from '../../../../web/orders.ts'
import { useMay, useMe, useToday } from '../../../../web/session.ts'
import { directives as messages } from './messages.ts'

const route = getRouteApi('/inside/directives/new')
type Named = { id: string; name: string }

export function NewDirective() {
  const t = useT(messages)
  const { body } = route.useSearch()
  const found = useQuery({ ...q.bodies.get.queryOptions({ input: { bodyId: body ?? '' } }), enabled: Boolean(body) })
  return (
    <Allowed right="task.assign"><Page title={t('new')} line={t('new.line')} crumbs={[{ label: t('title'), to: '/directives' }]} width="text">
      <Card>{body ? <Loaded query={found}>{(one) => <Issue office={one.unit} body={one.id} />}</Loaded> : <Issue />}</Card>
    </Page></Allowed>
  )
}

function Issue({ office, body: given = '' }: { office?: Named; body?: string }) {
  const t = useT(messages)
  const { lang } = useLang()
  const pick = usePick()
  const me = useMe()
  const today = useToday()
  const navigate = useNavigate()
  const [issuer, setIssuer] = useState<Named | undefined>(office ?? me?.unit ?? undefined)
  const [body, setBody] = useState(given)
  const [programmeId, setProgramme] = useState('')
  const [fields, setFields] = useState({ number: '', title: '', basis: '', text: '' })
  const [on, setOn] = useState<string | undefined>(today)
  const [tried, setTried] = useState(false)
  const programmes = useQuery(q.programmes.programmes.list.queryOptions())
  const listed = useQuery({ ...q.bodies.list.queryOptions({ input: { limit: 200 } }), enabled: useMay('body.read') })
  const bodies = useMemo(() => (listed.data?.items ?? []).filter((one) => one.unit.id === issuer?.id), [listed.data, issuer])
  const put = (name: keyof typeof fields) => (value: string) => setFields((before) => ({ ...before, [name]: value }))
  const let_ = useLeave(Object.values(fields).some((value) => value.trim() !== ''))
  const order = useOrder(api.tasks.issueDirective, ({ directiveId }) => { let_(); toast(t('issued')); void queries.invalidateQueries({ queryKey: q.tasks.directives.key() }); void navigate({ to: '/directives/$directiveId', params: { directiveId } }) })
  const give = () => {
    setTried(true)
    const title = fields.title.trim()
    if (!issuer || !title) return
    void order.give({
      issuerUnitId: issuer.id, title, lang, ...(bodies.some((one) => one.id === body) ? { bodyId: body } : {}), ...(programmeId ? { programmeId } : {}), ...(on ? { issuedOn: on } : {}),
      ...(fields.number.trim() ? { number: fields.number.trim() } : {}), ...(fields.basis.trim() ? { basis: fields.basis.trim() } : {}), ...(fields.text.trim() ? { body: fields.text.trim() } : {}),
    })
  }
  return (
    <Form refused={order.refused} onSend={give} foot={<><LinkButton to="/directives">{t('cancel')}</LinkButton><Button look="main" type="submit" busy={order.busy}>{t('issue')}</Button></>}>
      <UnitField label={t('issuer')} value={issuer as UnitChoice | undefined} onValue={setIssuer} error={tried && !issuer ? t('missing.issuer') : undefined} />
      {bodies.length > 0 && <SelectField label={t('as')} hint={t('as.hint')} optional="quiet" value={body} onValue={setBody} empty={issuer?.name ?? ''} options={bodies.map((one) => ({ value: one.id, label: one.name }))} />}
      {(programmes.data?.items.length ?? 0) > 0 && <SelectField label={t('programme')} optional="quiet" value={programmeId} onValue={setProgramme} empty={t('programme.none')} options={programmes.data!.items.map((one) => ({ value: one.id, label: pick(one.name) }))} />}
      <div className="two"><TextField label={t('number')} hint={t('number.hint')} optional value={fields.number} onValue={put('number')} maxLength={60} /><DateField label={t('on')} optional="quiet" value={on} onValue={setOn} max={today} /></div>
      <TextArea label={t('name')} hint={t('name.hint')} rows={2} value={fields.title} onValue={put('title')} maxLength={500} error={tried && !fields.title.trim() ? t('missing') : undefined} />
      <TextField label={t('basis')} optional value={fields.basis} onValue={put('basis')} maxLength={500} />
      <TextArea label={t('text')} hint={t('text.hint')} optional rows={6} value={fields.text} onValue={put('text')} maxLength={20_000} />
    </Form>
  )
}
