// Who was there, and what was said as short points.
import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, ChoiceField, EmptyState, Form, TextArea, toast } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import type { MeetingData } from './meeting.tsx'
import { meetings as messages } from './messages.ts'

const PRESENCE = ['present', 'represented', 'absent'] as const

export function Record({ meeting, may, onDone }: { meeting: MeetingData; may: boolean; onDone: () => void }) {
  const t = useT(messages)
  const key = (row: MeetingData['attendance'][number]) => `${row.unit.id} ${row.person?.id ?? ''}`
  const [presence, setPresence] = useState(() => new Map(meeting.attendance.map((row) => [key(row), row.presence ?? (meeting.phase === 'planned' ? 'present' : 'absent')])))
  const [points, setPoints] = useState(() => meeting.points.map((point) => point.text ?? '…').join('\n'))
  const order = useOrder(api.meetings.record, () => { toast(t('record.saved')); onDone() })
  const name = (row: MeetingData['attendance'][number]) => (row.person ? `${row.person.name ?? '…'}, ${row.unit.name}` : row.unit.name)
  if (!may) {
    return <Card>{meeting.phase === 'planned' ? <EmptyState icon="person" title={t('record.none')} /> : <div className="stack">
      <ul className="presence">{meeting.attendance.map((row) => <li key={key(row)}><span>{name(row)}</span><span className="soft">{row.presence ? t(`presence.${row.presence}`) : '–'}</span></li>)}</ul>
      <ul className="points">{meeting.points.map((point) => <li key={point.id}>{point.text ?? '…'}</li>)}</ul>
    </div>}</Card>
  }
  return (
    <Card>
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{t('record.save')}</Button>}
        onSend={() => void order.give({
          meetingId: meeting.id, expectedVersion: meeting.version, attendance: meeting.attendance.map((row) => ({ unitId: row.unit.id, personId: row.person?.id ?? null, presence: presence.get(key(row)) ?? 'absent' })),
          points: points.split('\n').map((line) => line.trim()).filter(Boolean).map((text) => ({ text, agendaId: null })),
        })}>
        <fieldset className="field"><legend>{t('presence')}</legend>
          <ul className="presence">{meeting.attendance.map((row) => (
            <li key={key(row)}><span>{name(row)}</span>
              <ChoiceField label={name(row)} inline value={presence.get(key(row)) ?? 'absent'} onValue={(value) => setPresence((before) => new Map(before).set(key(row), value as 'present'))} options={PRESENCE.map((one) => ({ value: one, label: t(`presence.${one}`) }))} /></li>
          ))}</ul></fieldset>
        <TextArea label={t('points')} hint={t('points.hint')} optional rows={6} value={points} onValue={setPoints} maxLength={60_000} />
      </Form>
    </Card>
  )
}
