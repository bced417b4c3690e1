// What a unit that was asked says: by itself, or entered for it as told by somebody. An answer that is there is shown before another takes its place.
import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, ChoiceField, Dialog, FileDrop, Form, TextArea, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { upload } from '../../../web/upload.ts'
import { FileLinks } from './files.tsx'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'
import { Prose } from './text.tsx'
import { useTold } from './whose.tsx'

type Asked = PlanData['consulted'][number]
export const mayAnswer = (plan: PlanData, one: Asked): boolean => one.may && plan.can.includes('comment') && plan.shown === plan.n && plan.phase !== 'approved'

export function AnswerDialog({ plan, one, onClose, onDone }: { plan: PlanData; one: Asked; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const { lang } = useLang()
  const { dateTime } = useFormat()
  const confirm = useConfirm()
  const [verdict, setVerdict] = useState<string>(one.mine ? one.verdict ?? 'agree' : '')
  const [text, setText] = useState(one.mine ? one.text ?? '' : '')
  const [files, setFiles] = useState<File[]>([])
  const [failed, setFailed] = useState<string>()
  const [tried, setTried] = useState(false)
  const told = useTold(!one.mine)
  const order = useOrder(api.plans.answer, () => { toast(t('answer.sent')); onDone(); onClose() })
  const lacks = { verdict: verdict === '', text: verdict === 'comments' && !text.trim() }
  const was = one.at && one.verdict && <div className="note"><div className="stack tight"><b>{t('answer.was', { verdict: t(`consult.${one.verdict}`) })}</b>{one.text && <div className="plan-opinion"><Prose text={one.text} /></div>}<FileLinks files={one.files} /><small className="soft">{one.toldBy ? t('told', { name: one.toldBy, by: one.by?.name ?? '…' }) : one.by?.name ?? '…'} · {dateTime(one.at)}</small></div></div>
  const send = async () => {
    setTried(true)
    if (lacks.verdict || lacks.text || told.lacks) return
    if (was && !await confirm({ title: t('answer.replace.title', { name: one.unit.name }), text: <div className="stack">{was}<p>{t('answer.replace.text')}</p></div>, yes: t('answer.replace') })) return
    try {
      const sent = await Promise.all(files.map((file) => upload(file, lang)))
      const answer = await order.give({ planId: plan.id, unitId: one.unit.id, verdict: verdict as 'agree', files: sent, ...(text.trim() ? { text: text.trim() } : {}), ...(told.told ? { told: told.told } : {}), ...(one.at ? { instead: one.at } : {}) })
      if (!answer) onDone() // another answer may have come: it is shown then
    } catch (error) { setFailed(error instanceof Error ? error.message : String(error)) }
  }
  return (
    <Dialog open asks onClose={onClose} title={t('answer.title', { name: one.unit.name })}>
      {was}
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{t('answer.send')}</Button>} onSend={() => void send()}>
        {told.fields(tried)}
        <ChoiceField label={t('consult.state')} inline value={verdict} onValue={setVerdict} options={(['agree', 'comments'] as const).map((value) => ({ value, label: t(`answer.${value}`) }))} error={tried && lacks.verdict ? t('missing') : undefined} />
        <TextArea label={t('answer.text')} optional={verdict !== 'comments'} rows={5} value={text} onValue={setText} maxLength={20_000} error={tried && lacks.text ? t('missing') : undefined} />
        <FileDrop label={t('answer.files')} files={files} onFiles={setFiles} />
        {failed && <p className="field-error" role="alert">{failed}</p>}
      </Form>
    </Dialog>
  )
}
