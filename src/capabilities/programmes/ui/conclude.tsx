import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { Button, ChoiceField, Dialog, FileDrop, Form, TextArea, TextField } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { upload } from '../../../web/upload.ts'
import { event as messages } from './messages.ts'

export type GoNoGo = Awaited<ReturnType<typeof api.readiness.goNoGo>>
const WAYS = ['paper', 'telephone', 'in_person'] as const

/** Go or no-go: one's own, or what a leader who does not sign in has decided; on paper with the scan of the signed page. */
export function ConcludeDialog({ data, onClose, onDone }: { data: GoNoGo; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const pick = usePick()
  const { lang } = useLang()
  const [verdict, setVerdict] = useState<string>(data.verdict === 'go' ? 'go' : 'no_go')
  const [note, setNote] = useState('')
  const [whose, setWhose] = useState<string>('mine')
  const [by, setBy] = useState('')
  const [files, setFiles] = useState<File[]>([])
  const [sent] = useState(() => new Map<File, string>())
  const [failed, setFailed] = useState<string>()
  const [tried, setTried] = useState(false)
  const order = useOrder(api.readiness.conclude, onDone)
  const theirs = whose !== 'mine'
  const lacks = { by: theirs && by.trim() === '', scan: whose === 'paper' && files.length === 0 }
  const send = async () => {
    setTried(true)
    setFailed(undefined)
    if (lacks.by || lacks.scan) return
    try {
      if (theirs) for (const file of files) if (!sent.has(file)) sent.set(file, await upload(file, lang))
    } catch (error) {
      return setFailed(error instanceof Error ? error.message : String(error))
    }
    await order.give({
      eventId: data.eventId, verdict: verdict as 'go' | 'no_go', expectedVersion: data.version, files: theirs ? files.map((file) => sent.get(file)!) : [],
      ...(note.trim() ? { note: note.trim() } : {}), ...(theirs ? { told: { by: by.trim(), how: whose as (typeof WAYS)[number] } } : {}),
    })
  }
  return (
    <Dialog open onClose={onClose} title={t('conclude.title')}>
      <p>{pick(data.sentence)}</p>
      <Form refused={order.refused} onSend={() => void send()} foot={<Button look="main" type="submit" busy={order.busy}>{t('conclude.send')}</Button>}>
        <ChoiceField label={t('conclude.verdict')} inline value={verdict} onValue={setVerdict} options={[{ value: 'go', label: t('conclude.go') }, { value: 'no_go', label: t('conclude.no_go') }]} />
        <TextArea label={t('conclude.note')} optional value={note} onValue={setNote} maxLength={1000} />
        <ChoiceField label={t('conclude.whose')} value={whose} onValue={setWhose} options={(['mine', ...WAYS] as const).map((way) => ({ value: way, label: t(`conclude.whose.${way}`) }))} />
        {theirs && <>
          <TextField label={t('conclude.by')} hint={t('conclude.by.hint')} value={by} onValue={setBy} maxLength={120} error={tried && lacks.by ? t('conclude.by.missing') : order.refused?.fields['told.by']} />
          <FileDrop label={t(whose === 'paper' ? 'conclude.scan' : 'conclude.scan.any')} files={files} onFiles={setFiles} accept=".pdf,.png,.jpg,.jpeg,.webp" />
          {(failed ?? (tried && lacks.scan)) && <p className="field-error" role="alert">{failed ?? t('conclude.scan.missing')}</p>}
        </>}
      </Form>
    </Dialog>
  )
}
