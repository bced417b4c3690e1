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
  const [codes, setCodes] = useState<string[]>()
  const [[password, code], type] = useState(['', ''])
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const doing = (work: () => Promise<void>) => {
    setBusy(true)
    setRefused(undefined)
    void work().catch((error: unknown) => setRefused(refusalOf(error))).finally(() => setBusy(false))
  }
  const again = async (text: string, made?: string[]) => {
    await queries.invalidateQueries({ queryKey: q.people.me.key() })
    await loadMe()
    setSecret(undefined)
    setCodes(made)
    type(['', ''])
    toast(text)
  }
  const proof = { ...(password ? { password } : {}), ...(code ? { code } : {}) }
  const start = () => doing(async () => {
    const [made, { encodeQR }] = await Promise.all([api.people.startSecondFactor(proof), import('qr')])
    setSecret({ ...made, picture: encodeQR(made.uri, 'raw', { ecc: 'medium', border: 2 }) })
    type(['', ''])
  })
  if (codes) return <Codes codes={codes} account={me.account} done={() => setCodes(undefined)} />
  if (me.secondFactor) return (
    <Card title={t('f.on')}><div className="stack"><p className="soft">{t('f.on.text')}</p>
      <p>{t('r.left', { count: me.recoveryCodes })}{me.recoveryCodes < 3 && <> <strong>{t('r.few')}</strong></>}</p>
      <Form onSend={() => doing(async () => { const { codes: made } = await api.people.newRecoveryCodes(proof); await again(t('r.made'), made) })} refused={refused}
        foot={<><Button type="submit" busy={busy}>{t('r.new')}</Button><Button look="danger" busy={busy} onClick={() => doing(async () => { await api.people.removeSecondFactor(proof); await again(t('f.removed')) })}>{t('f.remove')}</Button></>}>
        {me.hasPassword && <PasswordField label={t('pw.now')} value={password} onValue={(value) => type([value, code])} autoComplete="current-password" />}
        <TextField label={t('r.code')} hint={t('r.code.hint')} value={code} onValue={(value) => type([password, value])} autoComplete="one-time-code" />
      </Form></div></Card>
  )
  if (!secret) return (
    <Card title={t('f.off')}><div className="stack"><p className="soft">{t('f.off.text')}</p>
      <Form onSend={start} refused={refused} foot={<Button look="main" type="submit" busy={busy}>{t('f.start')}</Button>}>
        {me.hasPassword && <PasswordField label={t('pw.now')} value={password} onValue={(value) => type([value, code])} autoComplete="current-password" />}
      </Form></div></Card>
  )
  return (
    <Card title={t('f.start')}>
      <Form onSend={() => doing(async () => { const { codes: made } = await api.people.confirmSecondFactor({ code }); await again(t('f.done'), made) })} refused={refused} foot={<><Button onClick={() => setSecret(undefined)}>{t('back')}</Button><Button look="main" type="submit" busy={busy}>{t('f.go')}</Button></>}>
        <h3>{t('f.scan')}</h3>
        <Picture rows={secret.picture} label={t('f.qr')} />
        <p className="small soft">{t('f.type')} <code className="secret">{secret.secret.match(/.{1,4}/g)?.join(' ')}</code></p>
        <TextField label={t('f.confirm')} value={code} onValue={(value) => type([password, value])} inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
      </Form>
    </Card>
  )
}

/** Shown once. On paper: the account, the codes, a box to tick, and what they are for. */
function Codes({ codes, account, done }: { codes: string[]; account: string | null; done: () => void }) {
  const t = useT(people)
  return (
    <Card title={t('r.title')}>
      <div className="stack">
        <p>{t('r.text')}</p>
        <p className="small">{t('info.account')}: <strong>{account}</strong> · {location.host}</p>
        <ol className="codes">{codes.map((code) => <li key={code}><code className="secret">{code}</code></li>)}</ol>
        <p className="form-foot no-print"><Button icon="print" onClick={() => print()}>{t('r.print')}</Button><Button look="main" onClick={done}>{t('r.kept')}</Button></p>
      </div>
    </Card>
  )
}

/** Dark on white in both themes: a camera does not know about themes. */
const Picture = ({ rows, label }: { rows: boolean[][]; label: string }) => (
  <svg className="qr" role="img" aria-label={label} width="208" height="208" viewBox={`0 0 ${rows.length} ${rows.length}`} shapeRendering="crispEdges">
    <rect width="100%" height="100%" fill="#fff" /><path fill="#000" d={rows.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join('')} />
  </svg>
)
