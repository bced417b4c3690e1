// One task, given or changed, in one form: what, who leads, who supports, until when, what comes of it.
import { useState } from 'react'
import { dayIn } from '../../../pure/calendar.ts'
import { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, DateField, Dialog, Editors, Form, IconButton, SelectField, TextArea, TextField, UnitField } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { CHANGED_SINCE, useEdit, useOrder } from '../../../web/orders.ts'
import { useMe } from '../../../web/session.ts'
import { annex } from './annex-messages.ts'
import { useEvidenceKind } from './evidence-kinds.ts'
import { useWorkstreams } from './filters.tsx'
import { tasks as messages } from './messages.ts'
import type { TaskDetail } from './task.tsx'

type Named = { id: string; name: string }
type Priority = TaskDetail['priority']
type Values = { title: string; unit: UnitChoice | undefined; supporting: readonly Named[]; due: string | undefined; product: string; priority: Priority; evidence: string; stream?: string }
type Props = { initial: Values; title: string; send: string; onClose: () => void; streams?: TaskDetail['workstreams']; order: { busy: boolean; refused: Parameters<typeof Form>[0]['refused'] }; onSend: (values: Values) => void; note?: string | undefined; more?: React.ReactNode; ready?: boolean; /** The task that is being changed. */ edits?: string }

function TaskForm({ initial, title, send, onClose, order, onSend, note, more, streams = [], ready = true, edits }: Props) {
  const t = useT(messages)
  const ta = useT(annex)
  const [values, setValues] = useState(initial)
  const [tried, setTried] = useState(false)
  const set = (change: Partial<Values>) => setValues((before) => ({ ...before, ...change }))
  const { unit, supporting } = values
  return (
    <Dialog open onClose={onClose} title={title}>
      <Form refused={order.refused} onSend={() => { setTried(true); if (values.title.trim() && unit && ready) onSend(values) }} foot={<><Button onClick={onClose}>{ta('edit.cancel')}</Button><Button look="main" type="submit" busy={order.busy}>{send}</Button></>}>
        {edits && <Editors kind="task" id={edits} />}
        {note && <p className="refusal small" role="alert">{note}</p>}
        <TextArea label={t('col.title')} rows={3} maxLength={500} value={values.title} onValue={(text) => set({ title: text })} error={tried && !values.title.trim() ? t('give.missing') : undefined} />
        <UnitField label={t('lead')} value={unit} onValue={(one) => set({ unit: one, supporting: supporting.filter(({ id }) => id !== one?.id) })} error={tried && !unit ? t('give.missing') : undefined} />
        <div>
          <UnitField label={ta('edit.add')} optional value={undefined} onValue={(one) => { if (one && one.id !== unit?.id && !supporting.some(({ id }) => id === one.id)) set({ supporting: [...supporting, one] }) }} />
          {supporting.length > 0 && <ul className="drop-files" aria-label={t('supporting')}>{supporting.map((one) => <li key={one.id}><span className="clip">{one.name}</span><IconButton icon="close" label={ta('edit.drop', { unit: one.name })} onClick={() => set({ supporting: supporting.filter(({ id }) => id !== one.id) })} /></li>)}</ul>}
        </div>
        <div className="two"><DateField label={t('due')} optional value={values.due} onValue={(due) => set({ due })} />
          <SelectField label={t('priority')} value={values.priority} onValue={(priority) => set({ priority: priority as Priority })} options={(['high', 'normal', 'low'] as const).map((one) => ({ value: one, label: t(`priority.${one}`) }))} /></div>
        <TextArea label={t('product')} optional rows={2} maxLength={1000} value={values.product} onValue={(product) => set({ product })} />
        <div className="two"><TextField label={t('evidence')} optional placeholder={t('give.evidence.hint')} maxLength={40} value={values.evidence} onValue={(evidence) => set({ evidence })} />{more}
          {streams.length > 1 && <SelectField label={t('workstream')} value={values.stream ?? ''} onValue={(stream) => set({ stream })} {...(streams.some(({ code }) => code === initial.stream) ? {} : { empty: t('give.stream.none') })} options={streams.map(({ code, name }) => ({ value: code, label: name }))} />}</div>
      </Form>
    </Dialog>
  )
}

export type Within = { id: string; number: string | null; title: string; issuer: Named; issuerBody: Named | null; programmeId: string | null }
/** Issued by one of the units that the giver acts for; below no unit at all, any can be named. `within`: a directive, whose issuer it is then. */
export function NewTask({ within, onClose, onDone }: { within?: Within; onClose: () => void; onDone: (taskId: string) => void }) {
  const t = useT(messages)
  const me = useMe()
  const own: Named[] = [...new Map([...(me?.unit ? [me.unit] : []), ...(me?.grants ?? []).flatMap(({ unit }) => (unit ? [unit] : []))].map((unit) => [unit.id, unit])).values()]
  const [issuer, setIssuer] = useState<Named | undefined>(within?.issuer ?? own[0])
  const [stream, setStream] = useState('')
  const streams = useWorkstreams().data?.items ?? []
  const order = useOrder(api.tasks.assign, ({ taskId }) => onDone(taskId))
  return (
    <TaskForm title={t('give.title')} send={t('give.send')} onClose={onClose} order={order} ready={issuer !== undefined} initial={{ title: '', unit: undefined, supporting: [], due: undefined, product: '', priority: 'normal', evidence: '' }}
      onSend={({ title, unit, supporting, due, product, priority, evidence }) => void order.give({
        issuerUnitId: issuer!.id, unitId: unit!.id, title: title.trim(), supportingUnitIds: supporting.map(({ id }) => id), priority, ...(due ? { due } : {}), ...(product.trim() ? { product: product.trim() } : {}),
        ...(within ? { directiveId: within.id, ...(within.programmeId ? { programmeId: within.programmeId } : {}), ...(within.issuerBody ? { bodyId: within.issuerBody.id } : {}) } : {}), ...(stream ? { workstream: stream } : {}), ...(evidence.trim() ? { evidenceKind: evidence.trim() } : {}),
      })}
      more={<>
        {streams.length > 0 && <SelectField label={t('workstream')} value={stream} onValue={setStream} empty={t('give.stream.none')} options={streams.map(({ code, name }) => ({ value: code, label: name }))} />}
        {within ? null : own.length > 1 ? <SelectField label={t('issuer')} value={issuer?.id ?? ''} onValue={(id) => setIssuer(own.find((one) => one.id === id))} options={own.map(({ id, name }) => ({ value: id, label: name }))} />
          : own.length === 0 ? <UnitField label={t('issuer')} value={issuer as UnitChoice | undefined} onValue={setIssuer} /> : null}
      </>} />
  )
}

/** Sends only what was changed, so that two who change different things do not undo each other; of the version that it began from, until it is said what somebody has changed since. */
export function EditTask({ task, onClose, onDone, onStale }: { task: TaskDetail; onClose: () => void; onDone: () => void; onStale: () => void }) {
  const t = useT(messages)
  const ta = useT(annex)
  const evidenceKind = useEvidenceKind()
  const [initial] = useState<Values>(() => ({ title: task.title, unit: task.unit, supporting: task.supporting, due: task.due ? dayIn(new Date(task.due.at), task.due.zone) : undefined, product: task.product ?? '', priority: task.priority, evidence: task.evidenceKind ? evidenceKind(task.evidenceKind) : '', stream: task.workstream }))
  const order = useEdit(api.tasks.edit, task.version, onDone)
  const changed = order.refused?.code === CHANGED_SINCE
  const send = async (now: Values) => {
    const ids = (list: readonly Named[]) => list.map(({ id }) => id)
    const done = await order.give({
      taskId: task.id, ...(now.title.trim() === initial.title ? {} : { title: now.title.trim() }), ...(now.unit!.id === initial.unit!.id ? {} : { unitId: now.unit!.id }),
      ...(ids(now.supporting).join() === ids(initial.supporting).join() ? {} : { supportingUnitIds: ids(now.supporting) }), ...(now.due === initial.due ? {} : { due: now.due ?? null }),
      ...(now.product.trim() === initial.product ? {} : { product: now.product.trim() || null }), ...(now.priority === initial.priority ? {} : { priority: now.priority }), ...(now.evidence.trim() === initial.evidence ? {} : { evidenceKind: now.evidence.trim() || null }),
      ...(now.stream && now.stream !== initial.stream ? { workstream: now.stream } : {}),
    })
    if (!done) onStale()
  }
  const { changed: said = [] } = (changed ? order.refused!.data : {}) as { changed?: string[] }
  return <TaskForm title={t('do.edit')} send={ta('edit.save')} onClose={onClose} onSend={(values) => void send(values)} initial={initial} streams={task.workstreams} edits={task.id} order={{ busy: order.busy, refused: changed ? undefined : order.refused }}
    note={changed ? t('give.changed', { what: said.map((part) => ta(`part.${part}` as 'part.title')).join(', ') }) : undefined} />
}
