import { useState } from 'react'
import { api, q, queries, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, Form, PasswordField, TextField, toast } from '../../../web/kit/kit.ts'
import { loadMe } from '../../../web/session.ts'
import type { Me } from '../../../web/session.ts'
import { people } from './messages.ts'

type Secret = { secret: string; uri: string; picture: boolean[][] }

export function SecondFactor({ me }: { me: Me }) {
  const t = useT(people)
  const [secret, setSecret] = useState<Secret>()
  const [[password, code], type] = useState(['', ''])
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const doing = (work: () => Promise<void>) => {
    setBusy(true)
    setRefused(undefined)
    void work().catch((error: unknown) => setRefused(refusalOf(error))).finally(() => setBusy(false))
  }
  const again = async (text: string) => {
    await queries.invalidateQueries({ queryKey: q.people.me.key() })
    await loadMe()
    setSecret(undefined)
    type(['', ''])
    toast(text)
  }
  const proof = { ...(password ? { password } : {}), ...(code ? { code } : {}) }
  const start = () => doing(async () => {
    const [made, { encodeQR }] = await Promise.all([api.people.startSecondFactor(proof), import('qr')])
    setSecret({ ...made, picture: encodeQR(made.uri, 'raw', { ecc: 'medium', border: 2 }) })
    type(['', ''])
  })
  if (me.secondFactor) return (
    <Card title={t('f.on')}><p className="soft">{t('f.on.text')}</p>
      <Form onSend={() => doing(async () => { await api.people.removeSecondFactor(proof); await again(t('f.removed')) })} refused={refused} foot={<Button look="danger" type="submit" busy={busy}>{t('f.remove')}</Button>}>
        <PasswordField label={t('pw.now')} value={password} onValue={(value) => type([value, code])} autoComplete="current-password" /><TextField label={t('pw.code')} value={code} onValue={(value) => type([password, value])} inputMode="numeric" autoComplete="one-time-code" />
      </Form></Card>
  )
  if (!secret) return (
    <Card title={t('f.off')}><div className="stack"><p className="soft">{t('f.off.text')}</p>
      <Form onSend={start} refused={refused} foot={<Button look="main" type="submit" busy={busy}>{t('f.start')}</Button>}>
        {me.hasPassword && <PasswordField label={t('pw.now')} value={password} onValue={(value) => type([value, code])} autoComplete="current-password" />}
      </Form></div></Card>
  )
  return (
    <Card title={t('f.start')}>
      <Form onSend={() => doing(async () => { await api.people.confirmSecondFactor({ code }); await again(t('f.done')) })} refused={refused} foot={<><Button onClick={() => setSecret(undefined)}>{t('back')}</Button><Button look="main" type="submit" busy={busy}>{t('f.go')}</Button></>}>
        <h3>{t('f.scan')}</h3>
        <Picture rows={secret.picture} label={t('f.qr')} />
        <p className="small soft">{t('f.type')} <code className="secret">{secret.secret.match(/.{1,4}/g)?.join(' ')}</code></p>
        <TextField label={t('f.confirm')} value={code} onValue={(value) => type([password, value])} inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
      </Form>
    </Card>
  )
}

/** Dark on white in both themes: a camera does not know about themes. */
const Picture = ({ rows, label }: { rows: boolean[][]; label: string }) => (
  <svg className="qr" role="img" aria-label={label} width="208" height="208" viewBox={`0 0 ${rows.length} ${rows.length}`} shapeRendering="crispEdges">
    <rect width="100%" height="100%" fill="#fff" /><path fill="#000" d={rows.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join('')} />
  </svg>
)
