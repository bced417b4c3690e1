// Units that were asked: who agrees, who has comments, who is late.
import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, Card, ChoiceField, DataTable, DateField, Dialog, EmptyState, FileDrop, Form, IconButton, TextArea, TextField, UnitField, toast } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { upload } from '../../../web/upload.ts'
import { FileLinks } from './files.tsx'
import { WAYS } from './kinds.ts'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'
import { Prose } from './text.tsx'

type Asked = PlanData['consulted'][number]
export function Consultation({ plan, onDone }: { plan: PlanData; onDone: () => void }) {
  const t = useT(messages)
  const { day, dateTime } = useFormat()
  const [asking, setAsking] = useState(false)
  const [answering, setAnswering] = useState<Asked>()
  const may = plan.can.includes('consult')
  const ask = may && <Button icon="plus" look={plan.consulted.length === 0 ? 'main' : 'plain'} onClick={() => setAsking(true)}>{t('consult')}</Button>
  const state = (one: Asked) => <span>{one.verdict === null ? <>{t('consult.waiting')}{one.late && <b className="bad"> · {t('consult.late')}</b>}</> : <>{t(`consult.${one.verdict}`)}{one.late && <span className="bad"> · {t('consult.lately')}</span>}</>}</span>
  return (
    <>
      <Card flush {...(plan.consulted.length > 0 ? { title: t('consult.count', { answered: plan.consulted.filter((one) => one.verdict).length, n: plan.consulted.length }), side: ask } : {})}>
        <DataTable caption={t('consult.units')} rows={plan.consulted} rowKey={(one) => one.unit.id} empty={<EmptyState icon="units" title={t('consult.none')} action={ask}>{t('consult.none.text')}</EmptyState>} columns={[
          { id: 'unit', head: t('unit'), as: 'name', text: (one) => [one.unit.name, one.text].filter(Boolean).join(' · '), cell: (one) => <>{one.unit.name}{one.text && <div className="plan-opinion"><Prose text={one.text} /></div>}<FileLinks files={one.files} /><small>{one.at && `${one.toldBy ? t('told', { name: one.toldBy, by: one.by?.name ?? '…' }) : one.by?.name ?? '…'} · ${dateTime(one.at)}`}</small><small className="only-narrow">{state(one)}</small></> },
          { id: 'due', head: t('consult.due'), as: 'number', from: 'narrow', text: (one) => day(one.due), cell: (one) => <span className={one.late && !one.verdict ? 'bad' : ''}>{day(one.due)}</span> },
          { id: 'state', head: t('consult.state'), from: 'narrow', text: (one) => (one.verdict === null ? t('consult.waiting') : t(`consult.${one.verdict}`)) + (one.late ? ` · ${t(one.verdict === null ? 'consult.late' : 'consult.lately')}` : ''), cell: state },
          { id: 'act', head: '', cell: (one) => ((one.mine || may) && plan.can.includes('comment') && plan.shown === plan.n && plan.phase !== 'approved' ? <Button small aria-label={t('answer.of', { name: one.unit.name })} onClick={() => setAnswering(one)}>{t('answer')}</Button> : null) },
        ]} />
      </Card>
      {asking && <AskDialog plan={plan} onClose={() => setAsking(false)} onDone={onDone} />}
      {answering && <AnswerDialog plan={plan} one={answering} onClose={() => setAnswering(undefined)} onDone={onDone} />}
    </>
  )
}

function AskDialog({ plan, onClose, onDone }: { plan: PlanData; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const [units, setUnits] = useState<{ id: string; name: string }[]>([])
  const [due, setDue] = useState<string>()
  const [tried, setTried] = useState(false)
  const order = useOrder(api.plans.consult, () => { toast(t('consult.sent')); onDone(); onClose() })
  return (
    <Dialog open onClose={onClose} title={t('consult')}>
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{t('consult.send')}</Button>} onSend={() => { setTried(true); if (due && units.length > 0) void order.give({ planId: plan.id, unitIds: units.map(({ id }) => id), due }) }}>
        <UnitField label={t('consult.add')} value={undefined} onValue={(unit) => { if (unit && !units.some(({ id }) => id === unit.id)) setUnits([...units, unit]) }} error={tried && units.length === 0 ? t('missing') : undefined} />
        {units.length > 0 && <ul className="plan-chips">{units.map((unit) => <li key={unit.id}>{unit.name}<IconButton icon="close" label={t('rests.drop', { name: unit.name })} onClick={() => setUnits(units.filter(({ id }) => id !== unit.id))} /></li>)}</ul>}
        <DateField label={t('consult.due')} value={due} onValue={setDue} error={tried && !due ? t('missing') : undefined} />
      </Form>
    </Dialog>
  )
}

function AnswerDialog({ plan, one, onClose, onDone }: { plan: PlanData; one: Asked; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const { lang } = useLang()
  const [verdict, setVerdict] = useState<string>(one.verdict ?? 'agree')
  const [text, setText] = useState(one.text ?? '')
  const [by, setBy] = useState('')
  const [how, setHow] = useState<string>('telephone')
  const [files, setFiles] = useState<File[]>([])
  const [failed, setFailed] = useState<string>()
  const [tried, setTried] = useState(false)
  const order = useOrder(api.plans.answer, () => { toast(t('answer.sent')); onDone(); onClose() })
  const lacks = { text: verdict === 'comments' && !text.trim(), by: !one.mine && !by.trim() }
  const send = async () => {
    setTried(true)
    if (lacks.text || lacks.by) return
    try {
      const sent = await Promise.all(files.map((file) => upload(file, lang)))
      await order.give({ planId: plan.id, unitId: one.unit.id, verdict: verdict as 'agree', files: sent, ...(text.trim() ? { text: text.trim() } : {}), ...(by.trim() ? { told: { by: by.trim(), how: how as 'paper' } } : {}) })
    } catch (error) { setFailed(error instanceof Error ? error.message : String(error)) }
  }
  return (
    <Dialog open onClose={onClose} title={t('answer.title', { name: one.unit.name })}>
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{t('answer.send')}</Button>} onSend={() => void send()}>
        <ChoiceField label={t('consult.state')} inline value={verdict} onValue={setVerdict} options={(['agree', 'comments'] as const).map((value) => ({ value, label: t(`answer.${value}`) }))} />
        <TextArea label={t('answer.text')} optional={verdict === 'agree'} rows={5} value={text} onValue={setText} maxLength={20_000} error={tried && lacks.text ? t('missing') : undefined} />
        {!one.mine && <div className="field-row"><TextField label={t('told.by')} value={by} onValue={setBy} maxLength={120} error={tried && lacks.by ? t('missing') : undefined} /><ChoiceField label={t('told.how')} inline value={how} onValue={setHow} options={WAYS.map((value) => ({ value, label: t(`how.${value}`) }))} /></div>}
        <FileDrop label={t('files.pick')} files={files} onFiles={setFiles} />
        {failed && <p className="field-error" role="alert">{failed}</p>}
      </Form>
    </Dialog>
  )
}
