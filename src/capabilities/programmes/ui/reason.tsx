import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Dialog, Form, TextArea, toast } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { event as messages } from './messages.ts'

/** Postponing and cancelling need a reason, and say what they do to the tasks. */
export function ReasonDialog({ what, event, onClose, onDone }: { what: 'postpone' | 'cancel'; event: { id: string; version: number }; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const order = useOrder(api.programmes.events[what], () => { toast(t('done')); onDone(); onClose() })
  return (
    <Dialog open onClose={onClose} title={t(`${what}.title`)}>
      <p>{t(`${what}.text`)}</p>
      <Form refused={order.refused} onSend={() => { setTried(true); if (reason.trim()) void order.give({ eventId: event.id, expectedVersion: event.version, reason: reason.trim() }) }}
        foot={<Button look="danger" type="submit" busy={order.busy}>{t(`${what}.send`)}</Button>}>
        <TextArea label={t('reason')} value={reason} onValue={setReason} maxLength={500} error={tried && !reason.trim() ? t('missing') : undefined} />
      </Form>
    </Dialog>
  )
}
