// The mail server: set, tried, changed, taken away.
import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { api, q, queries } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, EmptyState, Facts, Form, PasswordField, Refusal, SelectField, TextField, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useEdit, useOrder } from '../../../web/orders.ts'
import { settings } from './messages.ts'
import type { Now } from './provider.tsx'

const again = () => { void queries.invalidateQueries({ queryKey: q.settings.key() }); void queries.invalidateQueries({ queryKey: q.people.me.key() }) }
/** The usual ports: over TLS, for programs with STARTTLS, and of a relay. */
const PORTS = { implicit: '465', starttls: '587', none: '25' } as const
type Tls = keyof typeof PORTS

export function MailTab({ now }: { now: Now }) {
  const t = useT(settings)
  const confirm = useConfirm()
  const [editing, setEditing] = useState(false)
  const test = useMutation({ mutationFn: () => api.settings.testMail({}), onSuccess: () => toast(t('m.sent')) })
  const off = useOrder(api.settings.disconnectMail, () => { toast(t('m.offed')); again() })
  const { mail } = now
  if (editing) return <Edit now={now} onClose={() => setEditing(false)} />
  if (!mail.on) return <Card><EmptyState icon="inbox" title={t('m.none')} action={<Button look="main" onClick={() => setEditing(true)}>{t('m.connect')}</Button>}>{t('m.none.text')}</EmptyState></Card>
  const { set } = mail
  const askOff = async () => { if (await confirm({ title: t('m.off.title'), text: t('m.off.text'), yes: t('m.off'), danger: true })) await off.give({ expectedVersion: now.version }) }
  return (
    <Card title={t('tab.mail')}>
      <div className="stack">
        {!set && <p className="note">{t('m.environment')}</p>}
        <Facts items={[
          [t('m.on'), mail.server], [t('m.from'), mail.from],
          ...(set ? [[t('m.tls'), t(`m.tls.${set.tls}`)] as const, [t('m.user'), set.user || t('m.user.none')] as const] : []),
          ...(set?.user ? [[t('m.password'), set.password === 'lost' ? <span className="bad">{t('p.secret.lost')}</span> : t(`p.secret.${set.password}`)] as const] : []),
        ]} />
        <Refusal error={test.error ?? off.refused} />
        <div className="row">
          <Button look="main" busy={test.isPending} onClick={() => test.mutate()}>{t('m.test')}</Button>
          {set && <Button icon="edit" onClick={() => setEditing(true)}>{t('p.edit')}</Button>}
          {set && <Button look="danger" busy={off.busy} onClick={() => void askOff()}>{t('m.off')}</Button>}
        </div>
      </div>
    </Card>
  )
}

function Edit({ now, onClose }: { now: Now; onClose: () => void }) {
  const t = useT(settings)
  const { set } = now.mail
  const [is, change] = useState({ host: set?.host ?? '', tls: set?.tls ?? 'implicit' as Tls, port: String(set?.port ?? PORTS.implicit), user: set?.user ?? '', password: '', fromName: set?.fromName ?? 'Sẵn Sàng', fromAddress: set?.fromAddress ?? '' })
  const order = useEdit(api.settings.connectMail, now.version, () => { toast(t('m.saved')); again(); onClose() })
  const text = (key: 'host' | 'port' | 'user' | 'fromName' | 'fromAddress') => ({ value: is[key], error: order.refused?.fields[key], onValue: (value: string) => change({ ...is, [key]: value }), autoComplete: 'off', spellCheck: false })
  // A port that somebody typed stays; the usual one follows the way.
  const choose = (tls: Tls) => change({ ...is, tls, port: is.port === PORTS[is.tls] ? PORTS[tls] : is.port })
  const { password, port, ...rest } = is
  return (
    <Card title={t(set ? 'tab.mail' : 'm.connect')}>
      <Form refused={order.refused} onSend={() => void order.give({ ...rest, port: Number(port), ...(password ? { password } : {}) })} foot={<><Button onClick={onClose}>{t('cancel')}</Button><Button look="main" type="submit" busy={order.busy}>{t('save')}</Button></>}>
        <p className="soft">{t('m.first')}</p>
        <TextField label={t('m.host')} hint={t('m.host.hint')} inputMode="url" autoCapitalize="none" {...text('host')} />
        <SelectField label={t('m.tls')} value={is.tls} onValue={(value) => choose(value as Tls)} options={(['implicit', 'starttls', 'none'] as const).map((value) => ({ value, label: t(`m.tls.${value}`) }))} />
        <TextField label={t('m.port')} inputMode="numeric" {...text('port')} />
        <TextField label={t('m.user')} hint={t('m.user.hint')} optional autoCapitalize="none" {...text('user')} />
        {is.user !== '' && <PasswordField label={t('m.password')} hint={<>{set?.password === 'kept' && set.user === is.user && <>{t('p.secret.keep')} </>}{t('p.secret.hint')}</>} value={password} onValue={(value) => change({ ...is, password: value })} error={order.refused?.fields['password']} autoComplete="new-password" />}
        <TextField label={t('m.address')} hint={t('m.address.hint')} inputMode="email" autoCapitalize="none" {...text('fromAddress')} />
        <TextField label={t('m.name')} hint={t('m.name.hint')} optional {...text('fromName')} />
      </Form>
    </Card>
  )
}
