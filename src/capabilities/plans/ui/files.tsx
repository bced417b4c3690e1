import { useState } from 'react'
import { api, url } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, Dialog, FileDrop, Form, Icon, IconButton, ReasonDialog, toast } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { upload } from '../../../web/upload.ts'
import type { PlanData } from './kinds.ts'
import type { Grade } from '../../../pure/grades.ts'
import { GradeField, GradeMark } from '../../custodies/ui/grade.tsx'
import { custodies } from '../../custodies/ui/messages.ts'
import { plans as messages } from './messages.ts'

type Linked = Omit<PlanData['files'][number], 'grade'> & { /** Of a file of a graded record. */ grade?: Grade }
export function FileLinks<F extends Linked>({ files, onDetach }: { files: F[]; onDetach?: ((file: F) => void) | undefined }) {
  const t = useT(messages)
  const { bytes } = useFormat()
  if (files.length === 0) return null
  return <ul className="plan-files">{files.map((file) => <li key={file.id}><Icon name="file" size={14} /><a href={url(`api/v1/files/${file.id}`)} download>{file.name}</a> <span className="soft">{bytes(file.size)}</span> <GradeMark grade={file.grade ?? 'none'} />{onDetach && <IconButton icon="close" label={t('detach.one', { name: file.name })} onClick={() => onDetach(file)} />}</li>)}</ul>
}

export function DetachDialog({ plan, file, onClose, onDone }: { plan: PlanData; file: PlanData['files'][number]; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const order = useOrder(api.plans.detach, () => { toast(t('detached')); onDone(); onClose() })
  return <ReasonDialog title={t('detach.one', { name: file.name })} label={t('detach.reason')} send={t('detach')} look="main" order={order} onClose={onClose} onSend={(reason) => void order.give({ planId: plan.id, fileId: file.id, reason })}>{t('detach.text', { n: plan.n })}</ReasonDialog>
}

export function AttachDialog({ plan, onClose, onDone }: { plan: PlanData; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const { lang } = useLang()
  const [files, setFiles] = useState<File[]>([])
  const [filesGrade, setFilesGrade] = useState<Grade>('none')
  const c = useT(custodies)
  const [failed, setFailed] = useState<string>()
  const order = useOrder(api.plans.attach, () => { toast(t('attached')); onDone(); onClose() })
  const send = async () => {
    if (files.length === 0) return setFailed(t('missing'))
    try { await order.give({ planId: plan.id, filesGrade, files: await Promise.all(files.map((file) => upload(file, lang))) }) } catch (error) { setFailed(error instanceof Error ? error.message : String(error)) }
  }
  return (
    <Dialog open asks onClose={onClose} title={t('attach')}>
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{t('attach')}</Button>} onSend={() => void send()}>
        <FileDrop label={t('files.pick')} files={files} onFiles={setFiles} />
        <GradeField label={c('files.grade')} value={filesGrade} onValue={setFilesGrade} />
        {failed && <p className="field-error" role="alert">{failed}</p>}
      </Form>
    </Dialog>
  )
}
