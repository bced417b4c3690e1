import { useEffect, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { api, q, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, Form, PasswordField, TextField } from '../../../web/kit/kit.ts'
import { CodeForm, Gate, useArrive } from './gate.tsx'
import type { Answer } from './gate.tsx'
import { people } from './messages.ts'
import { askPasskey, canPasskeys } from './passkey.ts'
import { leaveForProvider } from './provider.ts'

export function SignIn() {
  const t = useT(people)
  const { setLang } = useLang()
  const { to, token } = useSearch({ from: '/sign-in' })
  // A link may carry its secret behind #, where no server and no log sees it.
  const [secret] = useState(() => token ?? (/(?:token|link)=([^&]+)/.exec(location.hash)?.[1] || undefined))
  const [[account, password, code], type] = useState(['', '', ''])
  const [step, setStep] = useState<'password' | 'code' | 'link'>(secret ? 'link' : 'password')
  const [busy, setBusy] = useState<'form' | 'passkey' | 'provider'>()
  const [refused, setRefused] = useState<Refused>()
  const [missing, setMissing] = useState(false)
  const sent = useRef(false)
  const arrive = useArrive(to)
  const ways = useQuery({ ...q.people.waysIn.queryOptions({ input: {} }), staleTime: 60_000 })
  useEffect(() => { document.title = `${t('in.title')} · Sẵn Sàng` }, [t])
  // The installation's language, for whoever never chose one in this browser.
  useEffect(() => { if (ways.data && !chosenLang()) setLang(ways.data.lang) }, [ways.data]) // eslint-disable-line react-hooks/exhaustive-deps -- once it is known

  const send = async (ask: () => Promise<Answer>, how: typeof busy = 'form') => {
    setBusy(how)
    setRefused(undefined)
    try {
      const answer = await ask()
      if (answer.next === 'code') return setStep('code')
      await arrive(answer)
    } catch (error) {
      setRefused(refusalOf(error))
      if (step === 'link') setStep('password')
    } finally {
      setBusy(undefined)
    }
  }
  const withCode = code ? { code: code.replace(/\s/g, '') } : {}
  const go = () => {
    if (!account.trim() || !password || (step === 'code' && !code)) return setMissing(true)
    setMissing(false)
    void send(() => (secret && !account ? api.people.signInByLink({ token: secret, ...withCode }) : api.people.signIn({ account: account.trim(), password, ...withCode })))
  }
  const byLink = () => void send(() => api.people.signInByLink({ token: secret!, ...withCode }))
  useEffect(() => { if (secret && !sent.current) { sent.current = true; byLink() } }, []) // eslint-disable-line react-hooks/exhaustive-deps -- a one-time link is sent once
  const byPasskey = () => void send(async () => api.people.signInByPasskey({ answer: await askPasskey((await api.people.passkeyChallenge({})).options, t) }), 'passkey')
  const byProvider = () => {
    setBusy('provider')
    setRefused(undefined)
    leaveForProvider(to).catch((error: unknown) => { setRefused(refusalOf(error)); setBusy(undefined) })
  }

  const fill = (value: string) => (missing && !value.trim() ? t('in.fill') : undefined)
  const { provider, passkeys } = ways.data ?? {}
  const others = (passkeys && canPasskeys()) || provider
  return (
    <Gate foot={<p className="small soft">{t('in.forgot')}</p>}>
      {step === 'link' ? <p role="status">{t('in.link')}</p> : step === 'code' ? (
        <CodeForm code={code} onCode={(value) => { type([account, password, value]); setRefused(undefined) }} onSend={secret && !account ? byLink : go} onOther={() => { setStep('password'); type([account, '', '']) }} busy={busy === 'form'} missing={missing} refused={refused} />
      ) : (
        <>
          <Form onSend={go} refused={refused} foot={<Button look="main" type="submit" busy={busy === 'form'}>{t('in.go')}</Button>}>
            <TextField label={t('in.account')} hint={t('in.account.hint')} value={account} onValue={(value) => type([value, password, code])} error={fill(account)} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />
            <PasswordField label={t('in.password')} value={password} onValue={(value) => type([account, value, code])} error={fill(password)} autoComplete="current-password" />
          </Form>
          {others && (
            <div className="gate-others" role="group" aria-label={t('in.others')}>
              <p className="small soft" aria-hidden="true">{t('in.others')}</p>
              {passkeys && canPasskeys() && <Button icon="key" busy={busy === 'passkey'} onClick={byPasskey}>{t('in.passkey')}</Button>}
              {provider && <Button icon="shield" busy={busy === 'provider'} onClick={byProvider}>{provider.name ? t('in.provider.named', { name: provider.name }) : t('in.provider')}</Button>}
            </div>
          )}
        </>
      )}
    </Gate>
  )
}

function chosenLang(): boolean {
  try { return localStorage.getItem('sansang.lang') !== null } catch { return true }
}
