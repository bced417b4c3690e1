import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { api, q, queries, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, CheckField, Form, PasswordField, TextField, toast } from '../../../web/kit/kit.ts'
import { loadMe } from '../../../web/session.ts'
import type { Me } from '../../../web/session.ts'
import { people } from './messages.ts'

/** For a change and for the first one after a slip. No rules but length: those of composition only make passwords worse (NIST 800-63B-4). */
export function ChangePassword({ me }: { me: Me }) {
  const t = useT(people)
  const navigate = useNavigate()
  const first = me.mustSetPassword || !me.hasPassword
  const [[now, next, again, code], type] = useState(['', '', '', ''])
  const [others, setOthers] = useState(true)
  const [differ, setDiffer] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const send = async () => {
    if (next !== again) return setDiffer(true)
    setBusy(true)
    setRefused(undefined)
    try {
      await api.people.setPassword({ next, endOthers: others, ...(now ? { password: now } : {}), ...(code ? { code } : {}) })
      await queries.invalidateQueries({ queryKey: q.people.me.key() })
      await loadMe()
      type(['', '', '', ''])
      toast(t('pw.saved'))
      if (me.mustSetPassword) await navigate({ to: '/', replace: true })
    } catch (error) {
      setRefused(refusalOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form onSend={() => void send()} refused={refused} foot={<Button look="main" type="submit" busy={busy}>{first ? t('pw.first.save') : t('pw.save')}</Button>}>
      <input type="text" name="username" autoComplete="username" value={me.account ?? ''} readOnly hidden />
      {!first && <PasswordField label={t('pw.now')} value={now} onValue={(value) => type([value, next, again, code])} autoComplete="current-password" error={refused?.fields['password']} />}
      {!first && me.secondFactor && <TextField label={t('pw.code')} value={code} onValue={(value) => type([now, next, again, value])} inputMode="numeric" autoComplete="one-time-code" />}
      <PasswordField label={t('pw.next')} hint={<>{t('pw.rule')}{next && <b> · {t('pw.length', { count: [...next].length })}</b>}</>} value={next} onValue={(value) => type([now, value, again, code])} autoComplete="new-password" error={refused?.fields['next']} />
      <PasswordField label={t('pw.again')} value={again} onValue={(value) => { type([now, next, value, code]); setDiffer(false) }} autoComplete="new-password" error={differ ? t('pw.differ') : undefined} />
      {!first && <CheckField label={t('pw.others')} value={others} onValue={setOthers} />}
    </Form>
  )
}
