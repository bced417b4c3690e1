// What is proposed: how things stand, options with what speaks for and against, and the proposal. Written new, or again after it was returned.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, q, queries } from '../../../web/client.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, ChoiceField, DateField, FileDrop, Form, IconButton, Page, SelectField, TextArea, TextField, UnitField, toast } from '../../../web/kit/kit.ts'
import { useLeave } from '../../../web/leave.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { uuidv7, useEdit, useOrder } from '../../../web/orders.ts'
import { useMe } from '../../../web/session.ts'
import { upload } from '../../../web/upload.ts'
import { proposals as messages } from './messages.ts'
import './proposals.css'

export type ProposalData = Awaited<ReturnType<typeof api.proposals.get>>
type Option = { id: string; title: string; good: string; bad: string }

const route = getRouteApi('/inside/proposals/new')

export function NewProposal() {
  const t = useT(messages)
  const { plan } = route.useSearch()
  const about = useQuery({ ...q.plans.get.queryOptions({ input: { planId: plan ?? '' } }), enabled: Boolean(plan) })
  return (
    <Allowed right="proposal.write"><Page title={t('new')} crumbs={[{ label: t('title'), to: '/proposals' as '/' }]} width="text">
      {about.data && <p className="note"><span>{t('plan')}: <Link to="/plans/$planId" params={{ planId: about.data.id }}>{about.data.title}</Link></span></p>}
      <Card><ProposalForm {...(about.data ? { planId: about.data.id } : {})} /></Card>
    </Page></Allowed>
  )
}

export function ProposalForm({ again, planId = null, onDone }: { again?: ProposalData; planId?: string | null; onDone?: () => void }) {
  const t = useT(messages)
  const { lang } = useLang()
  const me = useMe()
  const navigate = useNavigate()
  const [unit, setUnit] = useState<UnitChoice | undefined>(me?.unit ? { id: me.unit.id, name: me.unit.name, code: '', kind: '' } : undefined)
  const [kind, setKind] = useState<string>('unit')
  const [to, setTo] = useState<UnitChoice>()
  const [body, setBody] = useState('')
  const [subject, setSubject] = useState(again?.subject ?? '')
  const [due, setDue] = useState<string | undefined>(again?.due ?? undefined)
  const [background, setBackground] = useState(again?.content?.background ?? '')
  const [proposed, setProposed] = useState(again?.content?.proposed ?? '')
  const [chosen, setChosen] = useState(again?.content?.chosen ?? '')
  const [options, setOptions] = useState<Option[]>(again?.content?.options.map((one) => ({ ...one, good: one.good ?? '', bad: one.bad ?? '' })) ?? [])
  const [added, setAdded] = useState<string>()
  const [files, setFiles] = useState<File[]>([])
  const [failed, setFailed] = useState<string>()
  const [tried, setTried] = useState(false)
  const bodies = useQuery({ ...q.bodies.list.queryOptions({ input: { limit: 200 } }), enabled: !again })
  const refresh = () => void queries.invalidateQueries({ queryKey: q.proposals.key() })
  const left = useLeave(!again && [subject, background, proposed, ...options.map((one) => one.title + one.good + one.bad)].some((one) => one.trim() !== '') || (!again && files.length > 0))
  const send = useOrder(api.proposals.propose, ({ proposalId }) => { left(); toast(t('sent')); refresh(); void navigate({ to: '/proposals/$proposalId' as '/', params: { proposalId } as never }) })
  const resend = useEdit(api.proposals.again, again?.version ?? 0, () => { toast(t('sent')); refresh(); onDone?.() })
  const put = (i: number, more: Partial<Option>) => setOptions(options.map((one, at) => (at === i ? { ...one, ...more } : one)))
  const named = options.filter((one) => one.title.trim())
  const lacks = { subject: !subject.trim(), background: !background.trim(), proposed: !proposed.trim(), to: !again && (kind === 'unit' ? !to : !body), unit: !again && !unit }
  const give = async () => {
    setTried(true)
    setFailed(undefined)
    if (Object.values(lacks).some(Boolean)) return
    try {
      const sent = await Promise.all(files.map((file) => upload(file, lang)))
      const whole = { subject: subject.trim(), due: due ?? null, files: sent, content: { background: background.trim(), proposed: proposed.trim(), chosen: named.some((one) => one.id === chosen) ? chosen : null, options: named.map((one) => ({ id: one.id, title: one.title.trim(), good: one.good.trim() || null, bad: one.bad.trim() || null })) } }
      if (again) await resend.give({ proposalId: again.id, ...whole })
      else await send.give({ unitId: unit!.id, planId, ...(kind === 'unit' ? { toUnitId: to!.id } : { toBodyId: body }), ...whole })
    } catch (error) { setFailed(error instanceof Error ? error.message : String(error)) }
  }
  return (
    <Form refused={send.refused ?? resend.refused} onSend={() => void give()} foot={<Button look="main" type="submit" busy={send.busy || resend.busy}>{t(again ? 'again.send' : 'send')}</Button>}>
      {!again && <>
        <UnitField label={t('unit')} value={unit} onValue={setUnit} error={tried && lacks.unit ? t('missing') : undefined} />
        <ChoiceField label={t('to.kind')} inline value={kind} onValue={setKind} options={(['unit', 'body'] as const).map((value) => ({ value, label: t(`to.${value}`) }))} />
        {kind === 'unit' ? <UnitField label={t('to.unit')} value={to} onValue={setTo} error={tried && lacks.to ? t('missing') : undefined} />
          : <SelectField label={t('to.body')} value={body} onValue={setBody} empty={t('to.body.pick')} error={tried && lacks.to ? t('missing') : undefined} options={(bodies.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} />}
      </>}
      <TextField label={t('subject')} value={subject} onValue={setSubject} maxLength={500} error={tried && lacks.subject ? t('missing') : undefined} />
      <TextArea label={t('background')} rows={4} value={background} onValue={setBackground} maxLength={20_000} error={tried && lacks.background ? t('missing') : undefined} />
      <fieldset className="field proposal-options"><legend>{t('options')}</legend>
        <ol>{options.map((one, i) => (
          <li key={one.id} aria-label={t('option', { n: i + 1 })}>
            <div className="proposal-option-head"><TextField label={`${i + 1}. ${t('option.title')}`} value={one.title} onValue={(title) => put(i, { title })} maxLength={300} autoFocus={one.id === added} /><IconButton icon="close" label={t('option.drop', { n: i + 1 })} onClick={() => setOptions(options.filter((_, at) => at !== i))} /></div>
            <div className="field-row"><TextArea label={t('option.good')} optional rows={2} value={one.good} onValue={(good) => put(i, { good })} maxLength={4000} /><TextArea label={t('option.bad')} optional rows={2} value={one.bad} onValue={(bad) => put(i, { bad })} maxLength={4000} /></div>
          </li>
        ))}</ol>
        {options.length < 8 && <div><Button icon="plus" onClick={() => { const id = uuidv7(); setAdded(id); setOptions([...options, { id, title: '', good: '', bad: '' }]) }}>{t('option.add')}</Button></div>}
      </fieldset>
      <TextArea label={t('proposed')} rows={3} value={proposed} onValue={setProposed} maxLength={20_000} error={tried && lacks.proposed ? t('missing') : undefined} />
      <div className="field-row">{named.length > 0 && <SelectField label={t('chosen')} optional value={chosen} onValue={setChosen} empty={t('chosen.none')} options={named.map((one) => ({ value: one.id, label: one.title }))} />}<DateField label={t('due')} optional value={due} onValue={setDue} /></div>
      <FileDrop label={t('files')} files={files} onFiles={setFiles} />
      {failed && <p className="field-error" role="alert">{failed}</p>}
    </Form>
  )
}
