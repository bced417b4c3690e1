import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, ChoiceField, Dialog, Form, TextArea } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useWhose } from '../../plans/ui/whose.tsx'
import { event as messages } from './messages.ts'

export type GoNoGo = Awaited<ReturnType<typeof api.readiness.goNoGo>>

/** Go or no-go: one's own, or what a leader who does not sign in has decided; on paper with the scan of the signed page. */
export function ConcludeDialog({ data, onClose, onDone }: { data: GoNoGo; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const pick = usePick()
  const [verdict, setVerdict] = useState<string>(data.verdict === 'go' ? 'go' : 'no_go')
  const [note, setNote] = useState('')
  const whose = useWhose()
  const [tried, setTried] = useState(false)
  const order = useOrder(api.readiness.conclude, onDone)
  const send = async () => {
    setTried(true)
    if (whose.lacks) return
    const files = await whose.sendFiles()
    if (files) await order.give({ eventId: data.eventId, verdict: verdict as 'go' | 'no_go', expectedVersion: data.version, files, ...(note.trim() ? { note: note.trim() } : {}), ...(whose.told ? { told: whose.told } : {}) })
  }
  return (
    <Dialog open onClose={onClose} asks title={t('conclude.title')}>
      <p>{pick(data.sentence)}</p>
      <Form refused={order.refused} onSend={() => void send()} foot={<Button look="main" type="submit" busy={order.busy}>{t('conclude.send')}</Button>}>
        <ChoiceField label={t('conclude.verdict')} inline value={verdict} onValue={setVerdict} options={[{ value: 'go', label: t('conclude.go') }, { value: 'no_go', label: t('conclude.no_go') }]} />
        <TextArea label={t('conclude.note')} optional value={note} onValue={setNote} maxLength={1000} />
        {whose.fields(tried)}
      </Form>
    </Dialog>
  )
}
