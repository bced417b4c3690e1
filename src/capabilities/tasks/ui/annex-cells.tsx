// What can be changed where it stands. The second of two editors hears what the first changed, sees it, and may save again.
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { dayIn } from '../../../pure/calendar.ts'
import { readDue } from '../../../pure/due.ts'
import { saidRefused } from '../../../web/at-once.ts'
import { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Dialog, IconButton, Refusal, UnitField, kitMessages, toast } from '../../../web/kit/kit.ts'
import { isComposing } from '../../../web/keys.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { CHANGED_SINCE, sendSafely, useEdit, uuidv7 } from '../../../web/orders.ts'
import { useToday, useZone } from '../../../web/session.ts'
import { annex } from './annex-messages.ts'
import type { TaskRow } from './list.tsx'
import { readAgain } from './live-rows.ts'
import { tasks } from './messages.ts'

export type Part = 'title' | 'due' | 'product' | 'unit' | 'supporting' | 'priority'
export type Editing = { id: string; part: Part }
type Change = { title?: string; supportingUnitIds?: string[]; due?: string | null; product?: string | null; priority?: TaskRow['priority']; unitId?: string }
const PARTS = ['title', 'due', 'product', 'priority', 'unitId', 'supportingUnitIds', 'target', 'evidenceKind', 'workstream'] as const
const ALIVE: ReadonlySet<string> = new Set(['assigned', 'accepted', 'under_way', 'reported', 'returned', 'refused'])
export const mayEdit = (row: TaskRow): boolean => ALIVE.has(row.state)

const valuesOf = (row: TaskRow): Required<Change> => ({ title: row.title, due: row.due?.at ?? null, product: row.product, priority: row.priority, unitId: row.unit.id, supportingUnitIds: row.supporting.map((unit) => unit.id) })
/** The values of before as a new order; refused where somebody has changed the task since. */
async function undo(row: TaskRow, back: Change): Promise<void> {
  const orderId = uuidv7()
  try {
    await sendSafely(() => api.tasks.edit({ orderId, taskId: row.id, expectedVersion: row.version, ...back }))
    await readAgain([row.id])
  } catch (error) { saidRefused(error) }
}

function useCell(row: TaskRow, onDone: () => void) {
  const t = useT(annex)
  const k = useT(kitMessages)
  const [changed, setChanged] = useState<string>()
  const order = useEdit(api.tasks.edit, row.version)
  const save = async (change: Change) => {
    setChanged(undefined)
    const before = valuesOf(row)
    if (!await order.give({ taskId: row.id, ...change })) return
    // Saved is saved: what cannot be read again now comes with the next change.
    const [now] = await readAgain([row.id]).catch(() => [])
    const back = Object.fromEntries(Object.keys(change).map((key) => [key, before[key as keyof Change]])) as Change
    toast(t('edit.saved'), now ? { action: { label: k('undo'), run: () => void undo(now, back) } } : {})
    onDone()
  }
  const { refused, clear } = order
  useEffect(() => {
    if (refused?.code !== CHANGED_SINCE) return
    const { changed: said = [] } = refused.data as { changed?: string[] }
    clear()
    setChanged(t('changed', { what: PARTS.filter((part) => said.includes(part)).map((part) => t(`part.${part}`)).join(', ') }))
    void readAgain([row.id]).catch(() => { /* the next change reads it */ })
  }, [refused, clear, row.id, t])
  return { save, busy: order.busy, said: <>{changed && <p className="refusal small" role="alert">{changed}</p>}{refused && refused.code !== CHANGED_SINCE && (refused.code === 'NOTHING_CHANGED' ? <p className="small soft" role="status">{t('edit.same')}</p> : <Refusal error={refused} />)}</> }
}

/** A value that opens its editor; an empty one says what to add. */
export function EditButton({ row, part, on, children }: { row: TaskRow; part: Part; on: (editing: Editing) => void; children: ReactNode }) {
  const t = useT(annex)
  return <button type="button" className="plain-link annex-edit" data-task={row.id} data-part={part} title={t(`edit.${part}`)} onClick={() => on({ id: row.id, part })}>{children}<span className="hidden-visually">. {t(`edit.${part}`)}</span></button>
}

function Frame({ onSave, onClose, busy, said, children }: { onSave: () => void; onClose: () => void; busy: boolean; said: ReactNode; children: ReactNode }) {
  const t = useT(annex)
  return (
    <form className="annex-form" noValidate onSubmit={(event) => { event.preventDefault(); onSave() }} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); onClose() } }}>
      {children}{said}
      <div className="row tight"><Button small look="main" type="submit" busy={busy}>{t('edit.save')}</Button><Button small look="quiet" onClick={onClose}>{t('edit.cancel')}</Button></div>
    </form>
  )
}

export function EditDue({ row, onClose }: { row: TaskRow; onClose: () => void }) {
  const t = useT(annex)
  const zone = useZone()
  const today = useToday()
  const format = useFormat(row.due?.zone ?? zone)
  const [text, setText] = useState(row.due ? format.date(row.due.at) : '')
  const [tried, setTried] = useState(false)
  const { save, busy, said } = useCell(row, onClose)
  const day = text.trim() === '' ? null : readDue(text, row.due ? dayIn(new Date(), row.due.zone) : today)?.day
  return (
    <Frame onSave={() => { setTried(true); if (day !== undefined) void save({ due: day }) }} onClose={onClose} busy={busy} said={said}>
      <input className="input" autoFocus aria-label={t('edit.due')} aria-describedby="annex-due-says" placeholder={t('edit.due.hint')} value={text} onFocus={(event) => event.target.select()} onChange={(event) => setText(event.target.value)} />
      <small id="annex-due-says" role="status" className={day === undefined && tried ? 'bad' : 'soft'}>{day === undefined ? tried ? t('edit.due.bad') : t('edit.due.hint') : day === null ? t('edit.due.none') : t('edit.due.is', { day: format.day(day) })}</small>
    </Frame>
  )
}

export function EditProduct({ row, onClose }: { row: TaskRow; onClose: () => void }) {
  const t = useT(annex)
  const [text, setText] = useState(row.product ?? '')
  const { save, busy, said } = useCell(row, onClose)
  return (
    <Frame onSave={() => void save({ product: text.trim() || null })} onClose={onClose} busy={busy} said={said}>
      <textarea className="input" rows={2} autoFocus aria-label={t('edit.product')} maxLength={1000} value={text} onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => { if (event.key === 'Enter' && !event.shiftKey && !isComposing(event.nativeEvent)) { event.preventDefault(); void save({ product: text.trim() || null }) } }} />
    </Frame>
  )
}

export function EditTitle({ row, onClose }: { row: TaskRow; onClose: () => void }) {
  const t = useT(annex)
  const [text, setText] = useState(row.title)
  const { save, busy, said } = useCell(row, onClose)
  const go = () => { if (text.trim()) void save({ title: text.trim() }) }
  return (
    <Frame onSave={go} onClose={onClose} busy={busy} said={said}>
      <textarea className="input" rows={3} autoFocus aria-label={t('edit.title')} aria-invalid={text.trim() ? undefined : true} maxLength={500} value={text} onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => { if (event.key === 'Enter' && !event.shiftKey && !isComposing(event.nativeEvent)) { event.preventDefault(); go() } }} />
    </Frame>
  )
}

export function EditSupporting({ row, onClose }: { row: TaskRow; onClose: () => void }) {
  const t = useT(annex)
  const [units, setUnits] = useState<readonly { id: string; name: string }[]>(row.supporting)
  const { save, busy, said } = useCell(row, onClose)
  return (
    <Dialog open onClose={onClose} title={t('edit.supporting')} foot={<Button look="main" busy={busy} onClick={() => void save({ supportingUnitIds: units.map((unit) => unit.id) })}>{t('edit.save')}</Button>}>
      <div className="stack annex-unit">
        <p className="soft">{row.title}</p>
        {units.length > 0 && <ul className="drop-files" aria-label={t('supporting')}>{units.map((unit) => <li key={unit.id}><span className="clip">{unit.name}</span><IconButton icon="close" label={t('edit.drop', { unit: unit.name })} onClick={() => setUnits(units.filter((one) => one.id !== unit.id))} /></li>)}</ul>}
        <UnitField label={t('edit.add')} hint={t('edit.unit.text')} value={undefined} onValue={(unit) => { if (unit && unit.id !== row.unit.id && !units.some((one) => one.id === unit.id)) setUnits([...units, unit]) }} />{said}
      </div>
    </Dialog>
  )
}

export function EditPriority({ row, onClose }: { row: TaskRow; onClose: () => void }) {
  const t = useT(annex)
  const words = useT(tasks)
  const [value, setValue] = useState(row.priority)
  const { save, busy, said } = useCell(row, onClose)
  return (
    <Frame onSave={() => void save({ priority: value })} onClose={onClose} busy={busy} said={said}>
      <select className="input" autoFocus aria-label={t('edit.priority')} value={value} onChange={(event) => setValue(event.target.value as typeof value)}>
        {(['high', 'normal', 'low'] as const).map((one) => <option key={one} value={one}>{words(`priority.${one}`)}</option>)}
      </select>
    </Frame>
  )
}

export function EditUnit({ row, onClose }: { row: TaskRow; onClose: () => void }) {
  const t = useT(annex)
  const [unit, setUnit] = useState<UnitChoice | undefined>(row.unit)
  const { save, busy, said } = useCell(row, onClose)
  return (
    <Dialog open onClose={onClose} title={t('edit.unit')} foot={<Button look="main" busy={busy} aria-disabled={!unit} onClick={() => { if (unit) void save({ unitId: unit.id }) }}>{t('edit.save')}</Button>}>
      <div className="stack annex-unit"><p className="soft">{row.title}</p><UnitField label={t('group.unit')} hint={t('edit.unit.text')} value={unit} onValue={setUnit} />{said}</div>
    </Dialog>
  )
}
/** The value again, when its editor has gone. */
export const focusCell = ({ id, part }: Editing): void => { requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-task="${id}"][data-part="${part}"]`)?.focus()) }
