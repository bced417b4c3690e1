// What was concluded and what came of it; a new conclusion is a task at once.
import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, DateField, EmptyState, Form, IconButton, TextField, UnitField, toast } from '../../../web/kit/kit.ts'
import type { Column, UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { TaskMark } from '../../tasks/ui/mark.tsx'
import type { TaskStateName } from '../../tasks/ui/mark.tsx'
import type { MeetingData } from './meeting.tsx'
import { meetings as messages } from './messages.ts'

export function Conclusions({ rows, before, zone }: { rows: MeetingData['conclusions']; before?: boolean; zone: string }) {
  const t = useT(messages)
  const format = useFormat(zone)
  const columns: Column<MeetingData['conclusions'][number]>[] = [
    { id: 'text', head: t('col.conclusion'), as: 'name', cell: (row) => <>{row.task ? <Link to="/tasks/$taskId" params={{ taskId: row.task.id }}>{row.text}</Link> : row.text}<small>{before && t('before.line', { n: row.meetingNumber })}<span className="only-narrow">{before && ' · '}{row.unit.name}{row.task?.dueAt && ` · ${format.date(row.task.dueAt)}`}</span>{row.task && <span className="only-narrow"><TaskMark state={row.task.state as TaskStateName} late={row.task.overdue} /></span>}</small></> },
    { id: 'unit', head: t('col.unit'), from: 'narrow', cell: (row) => row.unit.name },
    { id: 'due', head: t('col.due'), as: 'number', from: 'narrow', cell: (row) => (row.task?.dueAt ? <span className={row.task.overdue ? 'bad' : ''}>{format.date(row.task.dueAt)}</span> : <span className="faint">–</span>) },
    { id: 'state', head: t('col.state'), from: 'narrow', cell: (row) => row.task && <TaskMark state={row.task.state as TaskStateName} late={row.task.overdue} /> },
  ]
  return <Card flush><DataTable caption={t(before ? 'tab.before' : 'tab.conclusions')} columns={columns} rows={rows} rowKey={(row) => row.id} empty={<EmptyState icon="check" title={t(before ? 'before.none' : 'conclusions.none')} />} /></Card>
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
