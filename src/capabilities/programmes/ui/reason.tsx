import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Dialog, Form, TextArea, toast } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { stateNames } from '../../readiness/contract.ts'
import type { Check } from '../../readiness/contract.ts'
import type { GoNoGo } from './conclude.tsx'
import { event as messages } from './messages.ts'

type Why = { title: string; text: string; send: string; least?: number; most?: number; order: { busy: boolean; refused: Parameters<typeof Form>[0]['refused'] }; onSend: (reason: string) => void; onClose: () => void }
function WhyDialog({ title, text, send, least = 1, most = 500, order, onSend, onClose }: Why) {
  const t = useT(messages)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const given = reason.trim()
  return (
    <Dialog open onClose={onClose} title={title}>
      <p>{text}</p>
      <Form refused={order.refused} onSend={() => { setTried(true); if (given.length >= least) onSend(given) }} foot={<Button look="danger" type="submit" busy={order.busy}>{send}</Button>}>
        <TextArea label={t('reason')} value={reason} onValue={setReason} maxLength={most} error={tried && given.length < least ? t(given ? 'reason.short' : 'missing') : undefined} />
      </Form>
    </Dialog>
  )
}

/** Postponing and cancelling need a reason, and say what they do to the tasks. */
export function ReasonDialog({ what, event, onClose, onDone }: { what: 'postpone' | 'cancel'; event: { id: string; version: number }; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const order = useOrder(api.programmes.events[what], () => { toast(t('done')); onDone(); onClose() })
  return <WhyDialog title={t(`${what}.title`)} text={t(`${what}.text`)} send={t(`${what}.send`)} order={order} onSend={(reason) => void order.give({ eventId: event.id, expectedVersion: event.version, reason })} onClose={onClose} />
}

/** Says what the requirement will be again. */
export function UnwaiveDialog({ eventId, check, onClose, onDone }: { eventId: string; check: Check; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const pick = usePick()
  const order = useOrder(api.readiness.withdraw, () => { toast(t('waive.withdrawn')); onDone(); onClose() })
  return <WhyDialog title={t('unwaive.title', { name: pick(check.name) })} text={t('unwaive.text', { state: pick(stateNames[check.without ?? check.state]) })} send={t('waive.withdraw')} least={5} most={1000} order={order}
    onSend={(reason) => void order.give({ eventId, requirement: check.requirement, reason })} onClose={onClose} />
}

export function UnconcludeDialog({ eventId, concluded, zone, onClose, onDone }: { eventId: string; concluded: NonNullable<GoNoGo['concluded']>; zone: string; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const format = useFormat(zone)
  const order = useOrder(api.readiness.withdrawConclusion, () => { toast(t('unconclude.done')); onDone(); onClose() })
  return <WhyDialog title={t('unconclude')} send={t('unconclude')} least={5} most={1000} order={order}
    text={t('unconclude.text', { verdict: t(`conclude.${concluded.verdict}`), name: concluded.toldBy ?? concluded.by.name ?? '…', at: format.dateTime(concluded.at) })}
    onSend={(reason) => void order.give({ eventId, reason, concludedAt: concluded.at })} onClose={onClose} />
}
