import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, ChoiceField, DateField, Dialog, FileDrop, Form, NumberField, TextArea, TextField, parseNumber } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { upload } from '../../../web/upload.ts'
import { tasks as messages } from './messages.ts'
import { countedName } from './target.ts'
import type { TaskDetail } from './task.tsx'

export function ReportDialog({ task, onClose, onDone }: { task: TaskDetail; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const { lang } = useLang()
  const [kind, setKind] = useState('done')
  const [fields, set] = useState({ note: '', count: '', outOf: '', label: '', told: '' })
  const [until, setUntil] = useState<string>()
  const [files, setFiles] = useState<File[]>([])
  const [sent] = useState(() => new Map<File, string>())
  const [failed, setFailed] = useState<string>()
  const [uploading, setUploading] = useState(false)
  const [tried, setTried] = useState(false)
  const order = useOrder(api.tasks.report, onDone)
  const put = (key: keyof typeof fields) => (value: string) => set((before) => ({ ...before, [key]: value }))
  const whole = task.target && task.target.kind !== 'number'
  const bad = (value: string) => (tried && value.trim() !== '' && parseNumber(value) === undefined ? t('number.bad') : undefined)
  const send = async () => {
    setTried(true)
    setFailed(undefined)
    if (bad(fields.count) || bad(fields.outOf) || [fields.count, fields.outOf].some((v) => v.trim() && parseNumber(v) === undefined)) return
    setUploading(true)
    try {
      for (const file of files) if (!sent.has(file)) sent.set(file, await upload(file, lang))
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error))
      return
    } finally {
      setUploading(false)
    }
    const [count, outOf] = [parseNumber(fields.count), parseNumber(fields.outOf)]
    await order.give({
      taskId: task.id, done: kind === 'done', ...(count === undefined ? {} : { number: count }), ...(outOf === undefined ? {} : { outOf }), ...(fields.note.trim() ? { note: fields.note.trim() } : {}),
      files: files.map((file) => sent.get(file)!), ...(fields.label.trim() || until ? { evidence: { ...(fields.label.trim() ? { label: fields.label.trim() } : {}), ...(until ? { expiresOn: until } : {}) } } : {}),
      ...(fields.told.trim() ? { told: { by: fields.told.trim(), how: 'telephone' as const } } : {}),
    })
  }
  return (
    <Dialog open onClose={onClose} title={t('report.title')}>
      <p className="soft">{task.title}</p>
      <Form refused={order.refused} onSend={() => void send()} foot={<Button look="main" type="submit" busy={order.busy || uploading}>{uploading ? t('report.uploading') : t('report.send')}</Button>}>
        <ChoiceField label={t('report.kind')} inline value={kind} onValue={setKind} options={[{ value: 'done', label: t('report.kind.done') }, { value: 'progress', label: t('report.kind.progress') }]} />
        {task.target && <div className="two">
          <NumberField label={t('report.count')} unit={countedName(task.target.unit, lang)} value={fields.count} onValue={put('count')} error={bad(fields.count) ?? order.refused?.fields['number']} />
          {whole && <NumberField label={t('report.outOf')} value={fields.outOf} onValue={put('outOf')} error={bad(fields.outOf) ?? order.refused?.fields['outOf']} />}
        </div>}
        <TextArea label={t('report.note')} optional hint={t('report.note.hint')} value={fields.note} onValue={put('note')} maxLength={4000} />
        <TextField label={t('report.label')} optional hint={t('report.label.hint')} value={fields.label} onValue={put('label')} maxLength={200} />
        <DateField label={t('report.until')} optional value={until} onValue={setUntil} />
        <FileDrop label={t('report.files')} files={files} onFiles={setFiles} />
        {failed && <p className="field-error" role="alert">{failed}</p>}
        <TextField label={t('report.told')} optional hint={t('report.told.hint')} value={fields.told} onValue={put('told')} maxLength={120} />
      </Form>
    </Dialog>
  )
}
