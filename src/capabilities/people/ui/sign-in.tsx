import { useEffect, useRef, useState } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, q, queries, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, Form, PasswordField, TextField } from '../../../web/kit/kit.ts'
import { LangSwitch, ThemeSwitch } from '../../../web/shell/account-menu.tsx'
import { Brand } from '../../../web/shell/frame.tsx'
import { people } from './messages.ts'

type Answer = Awaited<ReturnType<typeof api.people.signIn>>

export function SignIn() {
  const t = useT(people)
  const navigate = useNavigate()
  const { setLang } = useLang()
  const { to, token } = useSearch({ from: '/sign-in' })
  // A link may carry its secret behind #, where no server and no log sees it.
  const [secret] = useState(() => token ?? (/(?:token|link)=([^&]+)/.exec(location.hash)?.[1] || undefined))
  const [[account, password, code], type] = useState(['', '', ''])
  const [step, setStep] = useState<'password' | 'code' | 'link'>(secret ? 'link' : 'password')
  const [paper, setPaper] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const [missing, setMissing] = useState(false)
  const sent = useRef(false)
  useEffect(() => { document.title = `${t('in.title')} · Sẵn Sàng` }, [t])

  const send = async (ask: () => Promise<Answer>) => {
    setBusy(true)
    setRefused(undefined)
    try {
      const answer = await ask()
      if (answer.next === 'code') return setStep('code')
      queries.clear()
      queries.setQueryData(q.people.me.queryOptions().queryKey, answer.me)
      if (answer.me.settings.lang) setLang(answer.me.settings.lang)
      const back = to && to.startsWith('/') && !to.startsWith('//') ? to : '/'
      await navigate(answer.me.mustSetPassword ? { to: '/account', search: { tab: 'password' }, replace: true } : { to: back as '/', replace: true })
    } catch (error) {
      setRefused(refusalOf(error))
      if (step === 'link') setStep('password')
    } finally {
      setBusy(false)
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

  const fill = (value: string) => (missing && !value.trim() ? t('in.fill') : undefined)
  return (
    <div className="gate">
      <header className="gate-top"><LangSwitch /><ThemeSwitch /></header>
      <main id="main">
        <div className="gate-sheet">
          <div className="gate-brand"><Brand /><div><h1>Sẵn Sàng</h1><p className="small">{t('in.line')}</p></div></div>
          <section className="card"><div className="card-body">
            {step === 'link' ? <p role="status">{t('in.link')}</p> : step === 'code' ? (
              <Form onSend={secret && !account ? byLink : go} refused={refused} foot={<><Button look="main" type="submit" busy={busy}>{t('in.code.go')}</Button><Button look="quiet" onClick={() => { setStep('password'); type([account, '', '']) }}>{t('in.other')}</Button></>}>
                {paper
                  ? <TextField key="paper" label={t('in.recovery.code')} hint={t('in.recovery.hint')} value={code} onValue={(value) => type([account, password, value])} error={fill(code)} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={24} autoFocus />
                  : <TextField key="app" label={t('in.code')} hint={t('in.code.hint')} value={code} onValue={(value) => type([account, password, value])} error={fill(code)} inputMode="numeric" autoComplete="one-time-code" maxLength={7} autoFocus />}
                <button type="button" className="plain-link press small" onClick={() => { setPaper(!paper); type([account, password, '']); setRefused(undefined) }}>{t(paper ? 'in.app' : 'in.recovery')}</button>
              </Form>
            ) : (
              <Form onSend={go} refused={refused} foot={<Button look="main" type="submit" busy={busy}>{t('in.go')}</Button>}>
                <TextField label={t('in.account')} hint={t('in.account.hint')} value={account} onValue={(value) => type([value, password, code])} error={fill(account)} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />
                <PasswordField label={t('in.password')} value={password} onValue={(value) => type([account, value, code])} error={fill(password)} autoComplete="current-password" />
              </Form>
            )}
          </div></section>
          <p className="small soft">{t('in.forgot')}</p>
        </div>
      </main>
      <footer>Sẵn Sàng {import.meta.env['VERSION']}</footer>
    </div>
  )
}
