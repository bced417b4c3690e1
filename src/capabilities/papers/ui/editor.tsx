// One paper being written: its fields on the left, the sheet on the right, and at the end its number.
import { useDeferredValue, useMemo, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { api, q, queries, refusalOf, Refused, url } from '../../../web/client.ts'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, DateField, IconButton, Refusal, SelectField, TextArea, TextField, UnitField, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { KINDS, kindNames } from '../contract/kinds.ts'
import { PROFILES, URGENCIES } from '../contract/letter.ts'
import type { Letter } from '../contract/letter.ts'
import { compose } from '../decide/compose.ts'
import { profiles } from '../decide/profiles.ts'
import { letterOf, useKept } from './form.ts'
import type { Form } from './form.ts'
import { reload } from './receive.tsx'
import { SheetView } from './sheet.tsx'
import { writing } from './write-messages.ts'

const decides = (kind: Letter['kind']): boolean => kind === 'decision' || kind === 'resolution'

export function Editor({ unitId, version, start, keep }: { unitId: string; version: number; start: Form; keep?: string }) {
  const t = useT(writing)
  const pick = usePick()
  const confirm = useConfirm()
  const navigate = useNavigate()
  const { lang } = useLang()
  const [form, setForm] = useState(start)
  const [failed, setFailed] = useState<Refused>()
  const [drawing, setDrawing] = useState<'docx' | 'pdf'>()
  useKept(keep, form)
  const shown = useDeferredValue(form)
  const sheet = useMemo(() => compose(letterOf(shown), null), [shown])
  const set = (more: Partial<Form>) => setForm((was) => ({ ...was, ...more }))
  const head = (more: Partial<Form['head']>) => set({ head: { ...form.head, ...more } })
  const ready = Boolean(form.subject.trim() && letterOf(form).body.length > 0 && form.head.issuer.trim() && form.head.short.trim() && form.head.place.trim())
  const issue = useOrder(api.papers.issue, ({ paperId, written }) => {
    if (keep) sessionStorage.removeItem(keep)
    toast(t('issued', { written }))
    reload()
    void navigate({ to: '/papers/$paperId', params: { paperId } })
  })
  const keepHead = useOrder(api.papers.setLetterhead, () => { toast(t('head.kept')); void queries.invalidateQueries({ queryKey: q.papers.letterhead.key() }) })
  const give = async () => {
    if (!ready) return
    const first = Number(form.first)
    if (!await confirm({ title: t('issue.title'), text: t('issue.text', { kind: pick(KINDS[form.kind]), subject: form.subject }), yes: t('issue') })) return
    await issue.give({
      unitId, letter: letterOf(form), filing: form.filing.trim() || null, sentTo: form.sentTo.map(({ id }) => id), ...(form.first.trim() && Number.isInteger(first) && first > 0 ? { firstNumber: first } : {}),
      links: form.directiveId ? [{ relation: 'with', paperId: null, directiveId: form.directiveId, text: null }] : [],
    })
  }
  const draw = async (format: 'docx' | 'pdf') => {
    setDrawing(format)
    setFailed(undefined)
    try { await saveDraft(unitId, letterOf(form), format, lang) } catch (error) { setFailed(refusalOf(error)) } finally { setDrawing(undefined) }
  }
  const fields = issue.refused?.fields ?? {}
  const profile = profiles[form.head.profile]
  return (
    <div className="paper-two">
      <div className="paper-side">
        <Card>
          <div className="stack">
            <SelectField label={t('kind')} value={form.kind} onValue={(kind) => set({ kind: kind as Letter['kind'] })} options={kindNames.map((value) => ({ value, label: pick(KINDS[value]) }))} />
            <TextArea label={t('subject')} hint={t('subject.hint')} rows={2} value={form.subject} onValue={(subject) => set({ subject: subject.replace(/\n/g, ' ') })} maxLength={500} error={fields['letter.subject']} />
            {decides(form.kind) && <TextField label={t('authority')} hint={t('authority.hint')} value={form.authority} onValue={(authority) => set({ authority })} optional maxLength={300} />}
            {!decides(form.kind) && <TextArea label={t('to')} hint={t('to.hint')} rows={2} value={form.to} onValue={(to) => set({ to })} optional />}
            {(decides(form.kind) || form.kind === 'directive' || form.grounds) && <TextArea label={t('grounds')} hint={t('grounds.hint')} rows={3} value={form.grounds} onValue={(grounds) => set({ grounds })} optional />}
            <TextArea label={t('body')} hint={t('body.hint')} rows={10} value={form.body} onValue={(body) => set({ body })} error={fields['letter.body']} />
            {form.annexes.length > 0 && <div className="field"><span className="label">{t('annexes')}</span><ul className="paper-chips">{form.annexes.map((one, i) => (
              <li key={i}><span>{t('annex.rows', { title: one.title, count: one.body.reduce((n, block) => n + (block.type === 'table' ? block.rows.length : 0), 0) })}</span><IconButton icon="close" label={t('annex.drop', { title: one.title })} onClick={() => set({ annexes: form.annexes.filter((_, at) => at !== i) })} /></li>
            ))}</ul></div>}
            <TextArea label={t('signAs')} hint={t('signAs.hint')} rows={3} value={form.signAs} onValue={(signAs) => set({ signAs })} optional />
            <TextField label={t('signer')} value={form.signer} onValue={(signer) => set({ signer })} optional maxLength={120} autoComplete="off" />
            <TextArea label={t('recipients')} hint={t('recipients.hint')} rows={3} value={form.recipients} onValue={(recipients) => set({ recipients })} optional />
            <TextField label={t('drafter')} hint={t('drafter.hint')} value={form.drafter} onValue={(drafter) => set({ drafter })} optional maxLength={40} error={fields['letter.drafter']} />
            <SelectField label={t('urgency')} value={form.urgency} onValue={(urgency) => set({ urgency: urgency as Form['urgency'] })} empty={t('urgency.none')} options={URGENCIES.map((value) => ({ value, label: t(`urgency.${value}`) }))} optional />
            <DateField label={t('day')} hint={t('day.hint')} optional value={form.day} onValue={(day) => set({ day })} error={fields['letter.day']} />
          </div>
        </Card>
        <Card title={t('head')}>
          <div className="stack">
            {version === 0 && <p className="soft">{t('head.new')}</p>}
            <SelectField label={t('profile')} hint={pick(profile.about)} value={form.head.profile} onValue={(code) => head({ profile: code as Form['head']['profile'] })} options={PROFILES.map((value) => ({ value, label: `${pick(profiles[value].name)}${profiles[value].verified ? '' : ` (${t('unverified')})`}` }))} />
            <TextField label={t('parent')} value={form.head.parent} onValue={(parent) => head({ parent })} optional maxLength={200} />
            <TextField label={t('issuer')} value={form.head.issuer} onValue={(issuer) => head({ issuer })} maxLength={200} error={fields['letter.head.issuer']} />
            <TextField label={t('short')} value={form.head.short} onValue={(short) => head({ short })} maxLength={40} error={fields['letter.head.short']} />
            <TextField label={t('place')} value={form.head.place} onValue={(place) => head({ place })} maxLength={120} error={fields['letter.head.place']} />
            <TextField label={t('address')} value={form.head.address} onValue={(address) => head({ address })} optional maxLength={400} />
            <Refusal error={keepHead.refused} />
            <div className="row"><Button small busy={keepHead.busy} onClick={() => void keepHead.give({ unitId, expectedVersion: version, head: form.head })}>{t('head.keep')}</Button></div>
          </div>
        </Card>
        <Card title={t('register')}>
          <div className="stack">
            <UnitField label={t('sent.add')} optional value={undefined} onValue={(one) => { if (one && !form.sentTo.some(({ id }) => id === one.id)) set({ sentTo: [...form.sentTo, { id: one.id, name: one.name }] }) }} />
            {form.sentTo.length > 0 && <><p className="soft small">{t('sent.count', { count: form.sentTo.length })}</p><ul className="paper-chips" aria-label={t('sent')}>{form.sentTo.map((one) => (
              <li key={one.id}><span>{one.name}</span><IconButton icon="close" label={t('sent.drop', { unit: one.name })} onClick={() => set({ sentTo: form.sentTo.filter(({ id }) => id !== one.id) })} /></li>
            ))}</ul></>}
            <TextField label={t('filing')} optional value={form.filing} onValue={(filing) => set({ filing })} maxLength={120} />
            <TextField label={t('first')} hint={t('first.hint')} optional inputMode="numeric" value={form.first} onValue={(first) => set({ first: first.replace(/\D/g, '').slice(0, 5) })} error={fields.firstNumber} />
            <Refusal error={issue.refused ?? failed} />
            <p className="soft" role="status">{ready ? '' : t('missing')}</p>
            <div className="row">
              <Button look="main" icon="check" busy={issue.busy} aria-disabled={!ready} onClick={() => void give()}>{t('issue')}</Button>
              <Button icon="download" busy={drawing === 'docx'} aria-disabled={!ready} onClick={() => { if (ready) void draw('docx') }}>{t('docx')}</Button>
              <Button icon="download" busy={drawing === 'pdf'} aria-disabled={!ready} onClick={() => { if (ready) void draw('pdf') }}>{t('pdf')}</Button>
            </div>
          </div>
        </Card>
      </div>
      <div className="sticky"><Card title={t('sheet')} side={<span className="soft small">{t('sheet.text')}</span>}><SheetView sheet={sheet} label={t('sheet')} /></Card></div>
    </div>
  )
}

/** Drawn by the server, saved by the browser; nothing of it is kept. */
async function saveDraft(unitId: string, letter: Letter, format: 'docx' | 'pdf', lang: string): Promise<void> {
  const answer = await fetch(url('api/v1/papers/draft/file'), { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json', 'accept-language': lang }, body: JSON.stringify({ unitId, letter, format }) })
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string }
    throw new Refused(problem.code ?? 'FAILED', answer.status, problem.detail ?? '')
  }
  const a = document.createElement('a')
  a.href = URL.createObjectURL(await answer.blob())
  a.download = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? `van-ban.${format}`
  a.click()
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000)
}
