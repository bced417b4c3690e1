// Where the identity provider sends the browser back to.
import { useEffect, useRef, useState } from 'react'
import { api, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { LinkButton, Refusal } from '../../../web/kit/kit.ts'
import { CodeForm, Gate, useArrive } from './gate.tsx'
import type { Answer } from './gate.tsx'
import { people } from './messages.ts'
import { cameBack } from './provider.ts'

export function ProviderBack() {
  const t = useT(people)
  const [{ left, query }] = useState(() => ({ left: cameBack(), query: location.search }))
  const [ticket, setTicket] = useState<string>()
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [missing, setMissing] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const sent = useRef(false)
  const arrive = useArrive(left?.to)
  useEffect(() => { document.title = `${t('in.title')} · Sẵn Sàng` }, [t])
  const send = async (ask: () => Promise<Answer>) => {
    setBusy(true)
    setRefused(undefined)
    try {
      const answer = await ask()
      if (answer.next === 'code') setTicket(answer.ticket)
      else await arrive(answer)
    } catch (error) { setRefused(refusalOf(error)) } finally { setBusy(false) }
  }
  useEffect(() => {
    if (sent.current) return
    sent.current = true
    // The code in the address is spent in a moment; it need not stay in the history.
    history.replaceState(null, '', location.pathname)
    void send(() => api.people.signInByProvider({ ticket: left?.ticket ?? 'none-was-kept-in-this-tab', query }))
  }, []) // eslint-disable-line react-hooks/exhaustive-deps -- what came back is sent once
  const again = () => location.assign(new URL('sign-in', document.baseURI))
  return (
    <Gate>
      {ticket && !(refused && refused.code === 'PROVIDER_STALE') ? (
        <CodeForm code={code} onCode={(value) => { setCode(value); setRefused(undefined) }} onOther={again} busy={busy} missing={missing} refused={refused}
          onSend={() => { setMissing(!code); if (code) void send(() => api.people.signInByProvider({ ticket, code: code.replace(/\s/g, '') })) }} />
      ) : refused ? (
        <div className="stack"><Refusal error={refused} /><LinkButton look="main" to="/sign-in" search={left?.to ? { to: left.to } : {}}>{t('in.again')}</LinkButton></div>
      ) : <p role="status">{t('in.provider.back')}</p>}
    </Gate>
  )
}
