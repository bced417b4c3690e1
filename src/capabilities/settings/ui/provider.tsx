// The organisation's identity provider: connected, tried, changed, disconnected.
import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { api, q, queries } from '../../../web/client.ts'
import { copy } from '../../../web/copy.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, ChoiceField, EmptyState, Facts, Form, PasswordField, Refusal, TextField, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useEdit, useOrder } from '../../../web/orders.ts'
import { settings } from './messages.ts'

export type Now = Awaited<ReturnType<typeof api.settings.get>>
const again = () => { void queries.invalidateQueries({ queryKey: q.settings.key() }); void queries.invalidateQueries({ queryKey: q.people.waysIn.key() }) }

export function ProviderTab({ now }: { now: Now }) {
  const t = useT(settings)
  const confirm = useConfirm()
  const [editing, setEditing] = useState(false)
  const check = useMutation({ mutationFn: () => api.settings.checkProvider({}), onSuccess: () => toast(t('p.checked')) })
  const off = useOrder(api.settings.disconnectProvider, () => { toast(t('p.offed')); again() })
  const { provider } = now
  if (editing) return <Edit now={now} onClose={() => setEditing(false)} />
  if (!provider) return <Card><EmptyState icon="shield" title={t('p.none')} action={<Button look="main" onClick={() => setEditing(true)}>{t('p.connect')}</Button>}>{t('p.none.text')}</EmptyState></Card>
  const here = provider.from === 'settings'
  return (
    <Card title={provider.name ?? t('tab.provider')}>
      <div className="stack">
        {!here && <p className="note">{t('p.environment')}</p>}
        <Facts items={[
          [t('p.issuer'), provider.issuer], [t('p.client'), provider.clientId], [t('p.secret'), provider.secret === 'lost' ? <span className="bad">{t('p.secret.lost')}</span> : t(`p.secret.${provider.secret}`)], [t('p.scopes'), provider.scopes],
          [t('p.match'), provider.match === 'email' ? t('p.match.email') : `${t('p.match.account')} (${provider.claim})`], [t('p.return'), <ReturnAddress key="r" address={now.returnAddress} />],
        ]} />
        <Refusal error={check.error ?? off.refused} />
        <div className="row">
          <Button look="main" busy={check.isPending} onClick={() => check.mutate()}>{t('p.check')}</Button>
          {here && <Button icon="edit" onClick={() => setEditing(true)}>{t('p.edit')}</Button>}
          {here && <Button look="danger" busy={off.busy} onClick={() => void confirm({ title: t('p.off.title'), text: t('p.off.text'), yes: t('p.off'), danger: true }).then((yes) => { if (yes) void off.give({ expectedVersion: now.version }) })}>{t('p.off')}</Button>}
        </div>
      </div>
    </Card>
  )
}

function ReturnAddress({ address }: { address: string }) {
  const t = useT(settings)
  return <><code className="hash">{address}</code> <button type="button" className="plain-link press small" onClick={() => void copy(address, t('p.copied'))}>{t('p.copy')}</button></>
}

function Edit({ now, onClose }: { now: Now; onClose: () => void }) {
  const t = useT(settings)
  const { provider } = now
  const [is, set] = useState({ issuer: provider?.issuer ?? '', clientId: provider?.clientId ?? '', secret: '', scopes: provider?.scopes ?? 'openid email profile', match: provider?.match ?? 'email', claim: provider?.claim ?? 'preferred_username', name: provider?.name ?? '' })
  const order = useEdit(api.settings.connectProvider, now.version, () => { toast(t('p.saved')); again(); onClose() })
  const text = (key: 'issuer' | 'clientId' | 'scopes' | 'claim' | 'name') => ({ value: is[key], error: order.refused?.fields[key], onValue: (value: string) => set({ ...is, [key]: value }), autoComplete: 'off', spellCheck: false })
  const { secret, ...rest } = is
  return (
    <Card title={t(provider ? 'tab.provider' : 'p.connect')}>
      <Form refused={order.refused} onSend={() => void order.give({ ...rest, ...(secret ? { secret } : {}) })} foot={<><Button onClick={onClose}>{t('cancel')}</Button><Button look="main" type="submit" busy={order.busy}>{t('save')}</Button></>}>
        <p className="soft">{t('p.return.text')} <ReturnAddress address={now.returnAddress} /></p>
        <TextField label={t('p.issuer')} hint={t('p.issuer.hint')} inputMode="url" {...text('issuer')} />
        <TextField label={t('p.client')} {...text('clientId')} />
        <PasswordField label={t('p.secret')} hint={<>{provider?.secret === 'kept' && <>{t('p.secret.keep')} </>}{t('p.secret.hint')}</>} value={is.secret} onValue={(value) => set({ ...is, secret: value })} error={order.refused?.fields['secret']} autoComplete="off" />
        <ChoiceField label={t('p.match')} value={is.match} onValue={(value) => set({ ...is, match: value as typeof is.match })} options={(['email', 'account'] as const).map((value) => ({ value, label: t(`p.match.${value}`), hint: t(`p.match.${value}.hint`) }))} />
        {is.match === 'account' && <TextField label={t('p.claim')} {...text('claim')} />}
        <TextField label={t('p.scopes')} {...text('scopes')} />
        <TextField label={t('p.name')} hint={t('p.name.hint')} optional {...text('name')} />
      </Form>
    </Card>
  )
}
