import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, DateField, Dialog, Form, ReasonDialog, SelectField, TextField, toast } from '../../../web/kit/kit.ts'
import { useToday } from '../../../web/session.ts'
import { useOrder } from '../../../web/orders.ts'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'
import { useWhose } from './whose.tsx'

type Act = { plan: PlanData; onClose: () => void; onDone: () => void }

/** In force from a day: by the head, or entered for them. */
export function ApproveDialog({ plan, onClose, onDone }: Act) {
  const t = useT(messages)
  const [from, setFrom] = useState<string | undefined>(useToday())
  const [number, setNumber] = useState('')
  const [review, setReview] = useState<string | undefined>(plan.reviewOn ?? undefined)
  const [replaces, setReplaces] = useState('')
  const [tried, setTried] = useState(false)
  const whose = useWhose()
  const others = useQuery(q.plans.list.queryOptions({ input: { limit: 100, phase: 'approved', unit: plan.unit.id } }))
  const fresh = plan.sections.flatMap((s) => s.actions.filter((one) => !one.task)).length
  const order = useOrder(api.plans.approve, ({ tasks }) => { toast(tasks > 0 ? t('approve.done.tasks', { n: tasks }) : t('approve.done')); onDone(); onClose() })
  const send = async () => {
    setTried(true)
    if (!from || whose.lacks) return
    const files = await whose.sendFiles()
    if (files) await order.give({ planId: plan.id, expectedVersion: plan.version, inForceFrom: from, files, replaces: replaces ? [replaces] : [], ...(number.trim() ? { number: number.trim() } : {}), ...(review ? { reviewOn: review } : {}), ...(whose.told ? { told: whose.told } : {}) })
  }
  return (
    <Dialog open onClose={onClose} title={t('approve.title', { n: plan.n })}>
      <p>{t('approve.text')} {fresh > 0 && t('approve.tasks', { n: fresh })}</p>
      <Form refused={order.refused} onSend={() => void send()} foot={<Button look="main" type="submit" busy={order.busy}>{t('approve')}</Button>}>
        <div className="field-row"><DateField label={t('approve.from')} value={from} onValue={setFrom} error={tried && !from ? t('missing') : undefined} /><TextField label={t('approve.number')} optional value={number} onValue={setNumber} maxLength={60} /></div>
        <DateField label={t('review')} hint={t('review.hint')} optional value={review} onValue={setReview} />
        <SelectField label={t('approve.replaces')} optional value={replaces} onValue={setReplaces} empty={t('approve.replaces.none')} options={(others.data?.items ?? []).filter((one) => one.id !== plan.id).map((one) => ({ value: one.id, label: one.title }))} />
        {whose.fields(tried)}
      </Form>
    </Dialog>
  )
}

export function WithdrawDialog({ plan, onClose, onDone }: Act) {
  const t = useT(messages)
  const order = useOrder(api.plans.withdraw, () => { onDone(); onClose() })
  return <ReasonDialog title={t('withdraw.title')} label={t('withdraw.reason')} send={t('withdraw')} most={2000} order={order} onClose={onClose} onSend={(reason) => void order.give({ planId: plan.id, reason })} />
}
