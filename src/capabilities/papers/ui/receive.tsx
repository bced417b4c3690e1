// A paper that came in, entered as it stands on the paper; with a scan where there is one.
import { useState } from 'react'
import { api, q, queries } from '../../../web/client.ts'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { Button, DateField, Dialog, FileDrop, Form, LinkButton, SelectField, TextArea, TextField, UnitField, toast } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useToday } from '../../../web/session.ts'
import { upload } from '../../../web/upload.ts'
import { useCeiling } from '../../custodies/ui/grade.tsx'
import { GRADES, above, gradeNames } from '../../../pure/grades.ts'
import type { Grade } from '../../../pure/grades.ts'
import { KINDS, kindNames } from '../contract/kinds.ts'
import { papers } from './messages.ts'

export const SCANS = '.pdf,.png,.jpg,.jpeg,.webp'
export const reload = (): void => void queries.invalidateQueries({ queryKey: q.papers.key() })

export function ReceivePaper({ unit: given, onClose }: { unit?: { id: string; name: string }; onClose: () => void }) {
  const t = useT(papers)
  const pick = usePick()
  const { lang } = useLang()
  const today = useToday()
  const [unit, setUnit] = useState<UnitChoice | undefined>(given ? { code: '', kind: '', ...given } : undefined)
  const [form, setForm] = useState({ issuer: '', written: '', kind: 'letter' as keyof typeof KINDS, subject: '', grade: 'none' as Grade, day: undefined as string | undefined, receivedOn: undefined as string | undefined, filing: '' })
  const [files, setFiles] = useState<File[]>([])
  const [failed, setFailed] = useState<Refused>()
  const [sending, setSending] = useState(false)
  const [tried, setTried] = useState(false)
  const order = useOrder(api.papers.receive, ({ number }) => { toast(t('r.done', { number })); reload(); onClose() })
  const set = (more: Partial<typeof form>) => { setForm({ ...form, ...more }); if (order.refused?.code === 'PAPER_TWICE') order.clear() }
  const ceiling = useCeiling()
  // Above the ceiling its number alone; below it what belongs to it may be entered, or left out.
  const graded = above(form.grade, ceiling)
  const lacks = { unit: !unit, issuer: !form.issuer.trim(), written: !form.written.trim(), subject: !graded && form.grade === 'none' && !form.subject.trim(), day: !form.day }
  const missing = (field: keyof typeof lacks) => (tried && lacks[field] ? t('r.missing') : undefined)
  const twin = order.refused?.code === 'PAPER_TWICE' ? String(order.refused.data['paperId']) : undefined
  const send = async () => {
    setTried(true)
    if (!unit || !form.day || Object.values(lacks).includes(true)) return
    setFailed(undefined)
    setSending(true)
    try {
      const ids = graded ? [] : await Promise.all(files.map((file) => upload(file, lang)))
      await order.give({ unitId: unit.id, issuer: form.issuer, written: form.written, kind: form.kind, grade: form.grade, subject: graded ? null : form.subject.trim() || null, day: form.day, ...(form.receivedOn ? { receivedOn: form.receivedOn } : {}), filing: form.filing || null, files: ids, ...(twin ? { again: true } : {}) })
    } catch (error) { setFailed(refusalOf(error)) } finally { setSending(false) }
  }
  const fields = order.refused?.fields ?? {}
  return (
    <Dialog open onClose={onClose} asks title={t('r.title')} size="lg">
      <Form onSend={() => void send()} refused={failed ?? order.refused} foot={<>{twin && <LinkButton to="/papers/$paperId" params={{ paperId: twin }} target="_blank">{t('r.twin')}</LinkButton>}<Button onClick={onClose}>{t('cancel')}</Button><Button look="main" type="submit" busy={sending}>{t(twin ? 'r.again' : 'r.do')}</Button></>}>
        <UnitField label={t('r.unit')} value={unit} onValue={setUnit} error={missing('unit')} />
        <TextField label={t('r.issuer')} value={form.issuer} onValue={(issuer) => set({ issuer })} error={fields.issuer ?? missing('issuer')} maxLength={200} />
        <TextField label={t('r.written')} value={form.written} onValue={(written) => set({ written })} error={fields.written ?? missing('written')} maxLength={60} />
        <SelectField label={t('kind')} value={form.kind} onValue={(kind) => set({ kind: kind as keyof typeof KINDS })} options={kindNames.map((value) => ({ value, label: pick(KINDS[value]) }))} />
        <SelectField label={t('grade')} hint={graded ? t('grade.hint') : form.grade !== 'none' ? t('grade.here') : undefined} value={form.grade} onValue={(grade) => set({ grade: grade as Grade })} options={GRADES.map((value) => ({ value, label: pick(gradeNames[value]) }))} />
        {!graded && <TextArea label={t('r.subject')} hint={t('r.subject.hint')} rows={2} optional={form.grade !== 'none'} value={form.subject} onValue={(subject) => set({ subject })} error={fields.subject ?? missing('subject')} maxLength={500} />}
        <DateField label={t('r.day')} value={form.day} onValue={(day) => set({ day })} error={fields.day ?? missing('day')} max={today} />
        <DateField label={t('r.receivedOn')} optional value={form.receivedOn} onValue={(receivedOn) => set({ receivedOn })} error={fields.receivedOn} max={today} />
        <TextField label={t('r.filing')} hint={t('r.filing.hint')} optional value={form.filing} onValue={(filing) => set({ filing })} maxLength={120} />
        {!graded && <FileDrop label={t('attach.file')} files={files} onFiles={setFiles} accept={SCANS} />}
      </Form>
    </Dialog>
  )
}
