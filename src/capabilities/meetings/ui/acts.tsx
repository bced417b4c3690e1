// What is done to a session beside its record: signed, changed, cancelled, and a signature withdrawn.
import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Dialog, Form, ReasonDialog, toast } from '../../../web/kit/kit.ts'
import { useEdit, useOrder } from '../../../web/orders.ts'
import { dayIn, timeIn } from '../../../pure/calendar.ts'
import { useWhose } from '../../plans/ui/whose.tsx'
import { AgendaEditor } from './agenda.tsx'
import type { Item } from './agenda.tsx'
import type { MeetingData } from './meeting.tsx'
import { meetings as messages } from './messages.ts'
import { WhenFields, sentOf } from './when.tsx'
import type { When } from './when.tsx'

type Act = { data: MeetingData; onClose: () => void; onDone: () => void }
export function SignDialog({ data, onClose, onDone }: Act) {
  const t = useT(messages)
  const [tried, setTried] = useState(false)
  const whose = useWhose()
  const order = useOrder(api.meetings.sign, () => { onDone(); onClose() })
  const send = async () => {
    setTried(true)
    if (whose.lacks) return
    const files = await whose.sendFiles()
    if (files) await order.give({ meetingId: data.id, expectedVersion: data.version, ...(files.length > 0 ? { files } : {}), ...(whose.told ? { told: whose.told } : {}) })
  }
  return (
    <Dialog open onClose={onClose} asks title={t('sign.title', { n: data.number })}>
      <Form refused={order.refused} onSend={() => void send()} foot={<Button look="main" type="submit" busy={order.busy}>{t('sign')}</Button>}>
        <p>{t('sign.text', { points: data.points.length, conclusions: data.conclusions.filter((one) => one.inForce).length })}</p>
        {whose.fields(tried)}
      </Form>
    </Dialog>
  )
}
export function CancelDialog({ data, onClose, onDone }: Act) {
  const t = useT(messages)
  const order = useOrder(api.meetings.cancel, () => { onDone(); onClose() })
  return <ReasonDialog title={t('cancel')} label={t('cancel.reason')} send={t('cancel')} order={order} onClose={onClose} onSend={(reason) => void order.give({ meetingId: data.id, reason })} />
}
export function ReopenDialog({ data, onClose, onDone }: Act) {
  const t = useT(messages)
  const order = useOrder(api.meetings.reopen, () => { toast(t('reopen.done')); onDone(); onClose() })
  return <ReasonDialog title={t('reopen')} label={t('reopen.reason')} send={t('reopen')} order={order} onClose={onClose} onSend={(reason) => void order.give({ meetingId: data.id, expectedVersion: data.version, reason })}>{t('reopen.text')}</ReasonDialog>
}
/** Day, place and link as well as the agenda. */
export function EditDialog({ data, onClose, onDone }: Act) {
  const t = useT(messages)
  const { kind, title, startsAt, zone, place, link } = data
  const [items, setItems] = useState<Item[]>(data.agenda.map(({ unit: _, ...item }) => item))
  const [when, setWhen] = useState<When>({ title, day: dayIn(new Date(startsAt), zone), time: timeIn(new Date(startsAt), zone), place: place ?? '', link: link ?? '' })
  const [tried, setTried] = useState(false)
  const order = useEdit(api.meetings.change, data.version, () => { toast(t('saved')); onDone(); onClose() })
  const send = () => {
    setTried(true)
    const sent = sentOf(when, zone, kind === 'visit', title)
    if (sent) void order.give({ meetingId: data.id, kind, ...sent, agenda: items })
  }
  return (
    <Dialog open onClose={onClose} title={t('edit')} size="lg">
      <Form refused={order.refused} onSend={send} foot={<Button look="main" type="submit" busy={order.busy}>{t('save')}</Button>}>
        <WhenFields when={when} onWhen={setWhen} visit={kind === 'visit'} name={title} tried={tried} linkError={order.refused?.fields['link']} />
        <AgendaEditor items={items} onItems={setItems} />
      </Form>
    </Dialog>
  )
}
