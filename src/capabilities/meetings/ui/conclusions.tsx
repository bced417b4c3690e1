// What was concluded and what came of it; a new conclusion is a task at once.
import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, DateField, EmptyState, Form, IconButton, ReasonDialog, TextField, UnitField, toast } from '../../../web/kit/kit.ts'
import type { Column, UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { TaskMark } from '../../tasks/ui/mark.tsx'
import type { TaskStateName } from '../../tasks/ui/mark.tsx'
import type { MeetingData } from './meeting.tsx'
import { meetings as messages } from './messages.ts'

type Row = MeetingData['conclusions'][number]
/** Struck, what does not hold any more: withdrawn here, or with its task. */
export const Text = ({ row }: { row: Row }) => (row.inForce ? row.text : <s>{row.text}</s>)
/** Why it does not hold, in a sentence. */
export function Gone({ row, zone }: { row: Row; zone: string }) {
  const t = useT(messages)
  const format = useFormat(zone)
  const { withdrawn: gone } = row
  if (row.inForce) return null
  if (!gone) return <>{t('conclusion.task.gone')}</>
  return <>{t('conclusion.gone', { at: format.dateTime(gone.at), name: gone.toldBy && gone.by ? t('signed.entered', { by: gone.toldBy, name: gone.by }) : gone.toldBy ?? gone.by ?? '…', reason: gone.reason ?? '…' })}</>
}

/** `meeting`: the session itself, where the asker may withdraw what it concluded. */
export function Conclusions({ rows, before, zone, meeting, onDone }: { rows: MeetingData['conclusions']; before?: boolean; zone: string; meeting?: MeetingData | false; onDone?: () => void }) {
  const t = useT(messages)
  const format = useFormat(zone)
  const [leaving, setLeaving] = useState<Row>()
  const columns: Column<Row>[] = [
    { id: 'text', head: t('col.conclusion'), as: 'name', cell: (row) => <>{row.task ? <Link to="/tasks/$taskId" params={{ taskId: row.task.id }}><Text row={row} /></Link> : <Text row={row} />}{row.inForce && row.task?.said && <small className="conclusion-said">{t(row.task.said.text ? 'said' : 'said.none', { text: row.task.said.text ?? '', at: [format.date(row.task.said.at), row.task.said.toldBy && row.task.said.by ? t('signed.entered', { by: row.task.said.toldBy, name: row.task.said.by }) : row.task.said.toldBy ?? row.task.said.by].filter(Boolean).join(', ') })}</small>}{!row.inForce && <small className="conclusion-gone"><Gone row={row} zone={zone} /></small>}<small>{before && t('before.line', { n: row.meetingNumber })}<span className="only-narrow">{before && ' · '}{row.unit.name}{row.task?.dueAt && ` · ${format.date(row.task.dueAt)}`}</span>{row.task && <span className="only-narrow"><TaskMark state={row.task.state as TaskStateName} late={row.task.overdue} /></span>}</small></> },
    { id: 'unit', head: t('col.unit'), from: 'narrow', cell: (row) => row.unit.name },
    { id: 'due', head: t('col.due'), as: 'number', from: 'narrow', cell: (row) => (row.task?.dueAt ? <span className={row.task.overdue ? 'bad' : ''}>{format.date(row.task.dueAt)}</span> : <span className="faint">–</span>) },
    { id: 'state', head: t('col.state'), from: 'narrow', cell: (row) => row.task && <TaskMark state={row.task.state as TaskStateName} late={row.task.overdue} /> },
    ...(meeting && rows.some((row) => !row.withdrawn) ? [{ id: 'act', head: t('col.act'), width: '88px', cell: (row: Row) => (row.withdrawn ? null : <Button small look="quiet" aria-label={t('conclusion.withdraw.of', { text: row.text })} onClick={() => setLeaving(row)}>{t('conclusion.withdraw.short')}</Button>) }] : []),
  ]
  return (
    <><Card flush><DataTable caption={t(before ? 'tab.before' : 'tab.conclusions')} columns={columns} rows={rows} rowKey={(row) => row.id} empty={<EmptyState icon="check" title={t(before ? 'before.none' : 'conclusions.none')} />} /></Card>
      {meeting && leaving && <WithdrawConclusion meeting={meeting} row={leaving} onClose={() => setLeaving(undefined)} onDone={() => onDone?.()} />}</>
  )
}

/** What goes with it is said before: its task, the parts that were passed on, and where it was told already. */
function WithdrawConclusion({ meeting, row, onClose, onDone }: { meeting: MeetingData; row: Row; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const order = useOrder(api.meetings.withdrawConclusion, ({ tasks }) => { toast(t(tasks > 0 ? 'conclusion.withdraw.done.task' : 'conclusion.withdraw.done')); void queries.invalidateQueries({ queryKey: q.tasks.key() }); onDone(); onClose() })
  const going = row.task !== null && row.task.state !== 'verified' && row.task.state !== 'withdrawn'
  const parts = useQuery({ ...q.tasks.get.queryOptions({ input: { taskId: row.task?.id ?? '' } }), enabled: going }).data?.withdraws
  const what = [
    t('conclusion.withdraw.text', { text: row.text }),
    going ? t('conclusion.withdraw.task', { unit: row.unit.name }) : row.task?.state === 'verified' && t('conclusion.withdraw.verified', { unit: row.unit.name }),
    parts && parts.parts > 0 && t('conclusion.withdraw.parts', { n: parts.parts }), parts && parts.kept > 0 && t('conclusion.withdraw.kept', { n: parts.kept }),
    meeting.phase === 'signed' && t('conclusion.withdraw.signed'),
  ].filter(Boolean).join(' ')
  return <ReasonDialog title={t('conclusion.withdraw')} label={t('conclusion.withdraw.reason')} send={t('conclusion.withdraw')} order={order} onClose={onClose} onSend={(reason) => void order.give({ meetingId: meeting.id, conclusionId: row.id, reason })}>{what}</ReasonDialog>
}

export function NewConclusion({ meeting, onDone }: { meeting: MeetingData; onDone: () => void }) {
  const t = useT(messages)
  const [text, setText] = useState('')
  const [unit, setUnit] = useState<UnitChoice>()
  const [supporting, setSupporting] = useState<UnitChoice[]>([])
  const [due, setDue] = useState<string>()
  const [tried, setTried] = useState(false)
  const order = useOrder(api.meetings.conclude, () => { toast(t('conclude.done', { name: unit?.name ?? '' })); setText(''); setUnit(undefined); setSupporting([]); setDue(undefined); setTried(false); onDone() })
  return (
    <Card>
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{t('conclude.send')}</Button>}
        onSend={() => { setTried(true); if (text.trim() && unit) void order.give({ meetingId: meeting.id, text: text.trim(), unitId: unit.id, supportingUnitIds: supporting.map((one) => one.id), ...(due ? { due } : {}) }) }}>
        <TextField label={t('conclude.text')} hint={t('conclude.hint')} value={text} onValue={setText} maxLength={500} error={tried && !text.trim() ? t('missing') : order.refused?.fields['text']} />
        <div className="field-row"><UnitField label={t('conclude.unit')} value={unit} onValue={setUnit} error={tried && !unit ? t('missing') : undefined} /><DateField label={t('conclude.due')} optional value={due} onValue={setDue} /></div>
        <UnitField label={t('conclude.supporting')} optional value={undefined} onValue={(one) => { if (one && one.id !== unit?.id && !supporting.some((other) => other.id === one.id)) setSupporting([...supporting, one]) }} />
        {supporting.length > 0 && <ul className="chosen-units" aria-label={t('conclude.supporting')}>{supporting.map((one) => <li key={one.id}>{one.name}<IconButton icon="close" label={t('unit.drop', { name: one.name })} onClick={() => setSupporting(supporting.filter((other) => other.id !== one.id))} /></li>)}</ul>}
      </Form>
    </Card>
  )
}
