// Who was there, members by their seats and guests by their unit; and what was said as short points, under the items of the agenda.
import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, ChoiceField, Editors, EmptyState, Form, IconButton, TextArea, UnitField, toast } from '../../../web/kit/kit.ts'
import { useEdit } from '../../../web/orders.ts'
import type { MeetingData } from './meeting.tsx'
import { meetings as messages } from './messages.ts'

const PRESENCE = ['present', 'represented', 'absent'] as const
type Row = MeetingData['attendance'][number]
const key = (row: Row): string => `${row.unit.id} ${row.person?.id ?? ''}`
const nameOf = (row: Row): string => (row.person ? `${row.person.name ?? '…'}, ${row.unit.name}` : row.unit.name)
const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean)
/** Points of each item of the agenda in its order; the key '' holds those of none, and those whose item was left out since. */
const byItem = ({ agenda, points }: MeetingData): Map<string, string[]> => {
  const known = new Set(agenda.map((item) => item.id))
  const of = Map.groupBy(points, (point) => (point.agendaId && known.has(point.agendaId) ? point.agendaId : ''))
  return new Map([...agenda.map((item) => item.id), ''].map((id) => [id, (of.get(id) ?? []).map((point) => point.text ?? '…')]))
}

export function Points({ meeting }: { meeting: MeetingData }) {
  const said = byItem(meeting)
  const list = (id: string) => <ul className="points">{said.get(id)!.map((text, i) => <li key={i}>{text}</li>)}</ul>
  return <>{meeting.agenda.filter((item) => said.get(item.id)!.length > 0).map((item) => <div key={item.id}><b>{item.title}</b>{list(item.id)}</div>)}{said.get('')!.length > 0 && list('')}</>
}

type Props = { meeting: MeetingData; may: boolean }
/** Follows what is recorded until something is typed; from then on what was typed stays, whoever saves meanwhile. */
export function Record({ meeting, may, onDone }: Props & { /** Reads the session again. */ onDone: () => Promise<void> }) {
  const [typedAt, typeAt] = useState<number>()
  return <RecordForm key={typedAt ?? meeting.version} meeting={meeting} may={may} onTyped={() => typeAt((was) => was ?? meeting.version)} onDone={() => void onDone().then(() => typeAt(undefined))} />
}

function RecordForm({ meeting, may, onTyped, onDone }: Props & { onTyped: () => void; onDone: () => void }) {
  const t = useT(messages)
  const members = meeting.attendance.filter((row) => !row.guest)
  const typing = <V,>(set: (next: V) => void) => (next: V) => { onTyped(); set(next) }
  const [presence, putPresence] = useState(() => new Map(members.map((row) => [key(row), row.presence ?? (meeting.phase === 'planned' ? 'present' : 'absent')])))
  const [guests, putGuests] = useState(() => meeting.attendance.filter((row) => row.guest).map((row) => row.unit))
  const [points, putPoints] = useState(() => new Map([...byItem(meeting)].map(([id, texts]) => [id, texts.join('\n')])))
  const [setPresence, setGuests, setPoints] = [typing(putPresence), typing(putGuests), typing(putPoints)]
  const order = useEdit(api.meetings.record, meeting.version, () => { toast(t('record.saved')); onDone() })
  if (!may) {
    return <Card>{meeting.phase === 'planned' ? <EmptyState icon="person" title={t('record.none')} /> : <div className="stack">
      <ul className="presence">{meeting.attendance.map((row, i) => <li key={i}><span>{nameOf(row)}</span><span className="soft">{row.guest ? t('guest') : row.presence ? t(`presence.${row.presence}`) : '–'}</span></li>)}</ul>
      <Points meeting={meeting} />
    </div>}</Card>
  }
  const field = (id: string, label: string) => <TextArea key={id} label={label} optional rows={id === '' ? 4 : 2} value={points.get(id) ?? ''} onValue={(text) => setPoints((before) => new Map(before).set(id, text))} maxLength={60_000} />
  return (
    <Card>
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{t('record.save')}</Button>}
        onSend={() => void order.give({
          meetingId: meeting.id,
          attendance: [...members.map((row) => ({ unitId: row.unit.id, personId: row.person?.id ?? null, presence: presence.get(key(row)) ?? 'absent' })), ...guests.map((unit) => ({ unitId: unit.id, presence: 'present' as const, guest: true }))],
          points: [...points].flatMap(([id, text]) => lines(text).map((text) => ({ text, agendaId: id || null }))),
        })}>
        <Editors kind="meeting" id={meeting.id} />
        <fieldset className="field"><legend>{t('presence')}</legend>
          <ul className="presence">{members.map((row) => (
            <li key={key(row)}><span>{nameOf(row)}</span>
              <ChoiceField label={nameOf(row)} inline value={presence.get(key(row)) ?? 'absent'} onValue={(value) => setPresence((before) => new Map(before).set(key(row), value as 'present'))} options={PRESENCE.map((one) => ({ value: one, label: t(`presence.${one}`) }))} /></li>
          ))}{guests.map((unit) => <li key={unit.id}><span>{unit.name} <small className="agenda-kind">{t('guest')}</small></span><IconButton icon="close" label={t('unit.drop', { name: unit.name })} onClick={() => setGuests(guests.filter((one) => one.id !== unit.id))} /></li>)}</ul></fieldset>
        <UnitField label={t('guest.add')} hint={t('guest.hint')} optional value={undefined} onValue={(one) => { if (one && !guests.some((unit) => unit.id === one.id)) setGuests([...guests, { id: one.id, name: one.name }]) }} />
        <fieldset className="field stack"><legend>{t('points')}</legend>
          <p className="soft small">{t('points.hint')}</p>
          {meeting.agenda.map((item, i) => field(item.id, `${i + 1}. ${item.title}`))}{field('', t(meeting.agenda.length > 0 ? 'points.other' : 'points.all'))}
        </fieldset>
      </Form>
    </Card>
  )
}
