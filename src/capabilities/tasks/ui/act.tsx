import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, DateField, Dialog, Form, TextArea } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { tasks as messages } from './messages.ts'
import type { TaskDetail } from './task.tsx'

export type Act = 'return' | 'refuse' | 'ask_extension' | 'grant_extension' | 'decline_extension' | 'remind' | 'withdraw'
type Input = { orderId: string; taskId: string; reason?: string; note?: string; until?: string }

const send = (act: Act) => ({ orderId, taskId, reason = '', note, until = '' }: Input): Promise<unknown> => {
  const about = { orderId, taskId }
  if (act === 'return') return api.tasks.return({ ...about, reason })
  if (act === 'refuse') return api.tasks.refuse({ ...about, reason })
  if (act === 'withdraw') return api.tasks.withdraw({ ...about, reason })
  if (act === 'decline_extension') return api.tasks.declineExtension({ ...about, reason })
  if (act === 'ask_extension') return api.tasks.askExtension({ ...about, reason, until })
  if (act === 'grant_extension') return api.tasks.grantExtension({ ...about, ...(until ? { until } : {}) })
  return api.tasks.remind({ ...about, ...(note ? { note } : {}) })
}

/** Everything that needs a reason, a date or a word: one small form. */
export function ActDialog({ act, task, onClose, onDone }: { act: Act; task: TaskDetail; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const [text, setText] = useState('')
  const [day, setDay] = useState<string | undefined>(act === 'grant_extension' ? task.extensionAskedUntil?.slice(0, 10) : undefined)
  const [tried, setTried] = useState(false)
  const order = useOrder(send(act), onDone)
  const dated = act === 'ask_extension' || act === 'grant_extension'
  const reasoned = act !== 'grant_extension' && act !== 'remind'
  const go = () => {
    setTried(true)
    if ((reasoned && !text.trim()) || (dated && !day)) return
    void order.give({ taskId: task.id, ...(reasoned ? { reason: text.trim() } : act === 'remind' && text.trim() ? { note: text.trim() } : {}), ...(day ? { until: day } : {}) })
  }
  return (
    <Dialog open onClose={onClose} title={t(`do.${act}`)}>
      <p className="soft">{task.title}</p>
      {act === 'withdraw' && <p>{task.withdraws ? t('confirm.withdraw.parts', { n: task.withdraws.parts }) : t('confirm.withdraw')}{task.withdraws && task.withdraws.kept > 0 && ` ${t('confirm.withdraw.kept', { n: task.withdraws.kept })}`}</p>}
      <Form refused={order.refused} onSend={go} foot={<Button look={act === 'withdraw' ? 'danger' : 'main'} type="submit" busy={order.busy}>{t(`do.${act}`)}</Button>}>
        {dated && <DateField label={act === 'ask_extension' ? t('until') : t('until.grant')} value={day} onValue={setDay} error={tried && !day ? t('until.missing') : order.refused?.fields['until']} />}
        {act !== 'grant_extension' && <TextArea label={reasoned ? t('reason') : t('note')} optional={!reasoned} value={text} onValue={setText} maxLength={4000} error={tried && reasoned && !text.trim() ? t('reason.missing') : undefined} />}
      </Form>
    </Dialog>
  )
}
