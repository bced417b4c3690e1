// Who is signed in shows again who they are: by password, or by a passkey. What was asked for then goes on.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Dialog, Form, PasswordField, TextField } from '../../../web/kit/kit.ts'
import { useMe } from '../../../web/session.ts'
import { people } from './messages.ts'
import { askPasskey, canPasskeys } from './passkey.ts'

export function Prove({ text, onProved, onClose }: { text: string; onProved: () => void; onClose: () => void }) {
  const t = useT(people)
  const me = useMe()
  const [[password, code], type] = useState(['', ''])
  const [busy, setBusy] = useState<'form' | 'passkey'>()
  const [refused, setRefused] = useState<Refused>()
  const ways = useQuery({ ...q.people.waysIn.queryOptions({ input: {} }), staleTime: 60_000 })
  const send = (how: NonNullable<typeof busy>, prove: () => Promise<unknown>) => {
    setBusy(how)
    setRefused(undefined)
    prove().then(onProved, (error: unknown) => setRefused(refusalOf(error))).finally(() => setBusy(undefined))
  }
  return (
    <Dialog open onClose={onClose} title={t('prove.title')} size="sm">
      <Form refused={refused} onSend={() => send('form', () => api.people.prove({ ...(password ? { password } : {}), ...(code ? { code } : {}) }))}
        foot={<>{ways.data?.passkeys && canPasskeys() && <Button icon="key" busy={busy === 'passkey'} onClick={() => send('passkey', async () => api.people.prove({ passkey: await askPasskey((await api.people.passkeyChallenge({})).options, t) }))}>{t('in.passkey')}</Button>}<Button look="main" type="submit" busy={busy === 'form'}>{t('prove.go')}</Button></>}>
        <p className="soft">{text}</p>
        {me?.hasPassword && <PasswordField label={t('pw.now')} value={password} onValue={(value) => type([value, code])} autoComplete="current-password" />}
        {me?.secondFactor && <TextField label={t('r.code')} value={code} onValue={(value) => type([password, value])} autoComplete="one-time-code" />}
      </Form>
    </Dialog>
  )
}
