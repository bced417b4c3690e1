// What everybody sees who is not signed in yet: the sheet, the code of a second factor, and where one goes once signed in.
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { q, queries } from '../../../web/client.ts'
import type { Refused, api } from '../../../web/client.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, Form, TextField } from '../../../web/kit/kit.ts'
import { LangSwitch, ThemeSwitch } from '../../../web/shell/account-menu.tsx'
import { Brand } from '../../../web/shell/frame.tsx'
import { people } from './messages.ts'

export type Answer = Awaited<ReturnType<typeof api.people.signIn>>

export function Gate({ children, foot }: { children: ReactNode; foot?: ReactNode }) {
  const t = useT(people)
  return (
    <div className="gate">
      <header className="gate-top"><LangSwitch /><ThemeSwitch /></header>
      <main id="main">
        <div className="gate-sheet">
          <div className="gate-brand"><Brand /><div><h1>Sẵn Sàng</h1><p className="small">{t('in.line')}</p></div></div>
          <section className="card"><div className="card-body">{children}</div></section>
          {foot}
        </div>
      </main>
      <footer>Sẵn Sàng {import.meta.env['VERSION']}</footer>
    </div>
  )
}

/** What was loaded before belonged to nobody, or to somebody else. */
export function useArrive(to: string | undefined): (answer: Answer & { next: 'done' }) => Promise<void> {
  const navigate = useNavigate()
  const { setLang } = useLang()
  return async ({ me }) => {
    queries.clear()
    queries.setQueryData(q.people.me.queryOptions().queryKey, me)
    if (me.settings.lang) setLang(me.settings.lang)
    const back = to && to.startsWith('/') && !to.startsWith('//') ? to : '/'
    await navigate(me.mustSetPassword ? { to: '/account', search: { tab: 'password' }, replace: true } : { to: back as '/', replace: true })
  }
}

export function CodeForm({ code, onCode, onSend, onOther, busy, missing, refused }: { code: string; onCode: (code: string) => void; onSend: () => void; onOther: () => void; busy: boolean; missing: boolean; refused: Refused | undefined }) {
  const t = useT(people)
  const [paper, setPaper] = useState(false)
  const error = missing && !code.trim() ? t('in.fill') : undefined
  return (
    <Form onSend={onSend} refused={refused} foot={<><Button look="main" type="submit" busy={busy}>{t('in.code.go')}</Button><Button look="quiet" onClick={onOther}>{t('in.other')}</Button></>}>
      {paper
        ? <TextField key="paper" label={t('in.recovery.code')} hint={t('in.recovery.hint')} value={code} onValue={onCode} error={error} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={24} autoFocus />
        : <TextField key="app" label={t('in.code')} hint={t('in.code.hint')} value={code} onValue={onCode} error={error} inputMode="numeric" autoComplete="one-time-code" maxLength={7} autoFocus />}
      <button type="button" className="plain-link press small" onClick={() => { setPaper(!paper); onCode('') }}>{t(paper ? 'in.app' : 'in.recovery')}</button>
    </Form>
  )
}
