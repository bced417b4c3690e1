// Who was there, members by their seats and guests by their unit; and what was said as short points, under the items of the agenda.
import { useRef } from 'react'
import { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, ChoiceField, Editors, EmptyState, Form, IconButton, TextArea, UnitField, toast } from '../../../web/kit/kit.ts'
import { useKept } from '../../../web/leave.ts'
import { useEdit } from '../../../web/orders.ts'
import type { MeetingData } from './meeting.tsx'
import { meetings as messages } from './messages.ts'

const PRESENCE = ['present', 'represented', 'absent'] as const
type Row = MeetingData['attendance'][number]
const key = (row: Row): string => `${row.unit.id} ${row.person?.id ?? row.named?.seatId ?? ''}`
export const nameOf = (row: Row): string => (row.person ? `${row.person.name ?? '…'}, ${row.unit.name}` : [row.named?.name, row.named?.office, row.unit.name].filter(Boolean).join(', '))
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
/** What is typed and not saved, of the version at which that began; kept in this window when the tab is left or the page loaded anew. */
type Typed = { version: number; /** The version at which the form was opened, where what was typed stays after a save. */ begun?: number; presence: Record<string, (typeof PRESENCE)[number]>; guests: { id: string; name: string }[]; points: Record<string, string> }
const recorded = (meeting: MeetingData): Typed => ({
  version: meeting.version, presence: Object.fromEntries(meeting.attendance.flatMap((row) => (!row.guest && row.presence ? [[key(row), row.presence]] : []))),
  guests: meeting.attendance.filter((row) => row.guest).map((row) => row.unit), points: Object.fromEntries([...byItem(meeting)].map(([id, texts]) => [id, texts.join('\n')])),
})

/** Follows what is recorded until something is typed; from then on what was typed stays, whoever saves meanwhile. */
export function Record({ meeting, may, onDone }: Props & { /** Reads the session again. */ onDone: () => Promise<void> }) {
  const [kept, keep] = useKept<Typed | null>(`record:${meeting.id}`, null)
  const now = useRef(kept)
  now.current = kept
  // What was typed between the press and the answer is not in what was saved: it stays, of the version that there is now.
  const saved = async (version: number, sent: Typed | null) => {
    await onDone()
    const typed = now.current
    keep(typed === null || typed === sent ? null : { ...typed, begun: typed.begun ?? typed.version, version })
  }
  return <RecordForm key={kept?.begun ?? kept?.version ?? meeting.version} meeting={meeting} may={may} kept={kept} keep={keep} onDone={(version, sent) => void saved(version, sent)} />
}

function RecordForm({ meeting, may, kept, keep, onDone }: Props & { kept: Typed | null; keep: (typed: Typed | null) => void; onDone: (version: number, sent: Typed | null) => void }) {
  const t = useT(messages)
  const members = meeting.attendance.filter((row) => !row.guest)
  const { version, presence, guests, points } = kept ?? recorded(meeting)
  const put = (more: Partial<Typed>) => keep({ ...(kept ?? recorded(meeting)), ...more })
  const sent = useRef<Typed | null>(null)
  const order = useEdit(api.meetings.record, version, (answer) => { toast(t('record.saved')); onDone(answer.version, sent.current) })
  if (!may) {
    return <Card>{meeting.phase === 'planned' ? <EmptyState icon="person" title={t('record.none')} /> : <div className="stack">
      <ul className="presence">{meeting.attendance.map((row, i) => <li key={i}><span>{nameOf(row)}</span><span className="soft">{row.guest ? t('guest') : row.presence ? t(`presence.${row.presence}`) : '–'}</span></li>)}</ul>
      <Points meeting={meeting} />
    </div>}</Card>
  }
  const field = (id: string, label: string) => <TextArea key={id} label={label} optional rows={id === '' ? 4 : 2} value={points[id] ?? ''} onValue={(text) => put({ points: { ...points, [id]: text } })} maxLength={60_000} />
  const unsaid = members.filter((row) => !presence[key(row)])
  return (
    <Card>
      <Form refused={order.refused} foot={<>{kept && <Button look="quiet" icon="undo" onClick={() => keep(null)}>{t('record.drop')}</Button>}<Button look="main" type="submit" busy={order.busy}>{t('record.save')}</Button></>}
        onSend={() => { sent.current = kept; void order.give({
          meetingId: meeting.id,
          attendance: [...members.flatMap((row) => { const is = presence[key(row)]; return is ? [{ unitId: row.unit.id, personId: row.person?.id ?? null, presence: is, ...(row.named ? { seatId: row.named.seatId } : {}) }] : [] }), ...guests.map((unit) => ({ unitId: unit.id, presence: 'present' as const, guest: true }))],
          points: Object.entries(points).flatMap(([id, text]) => lines(text).map((text) => ({ text, agendaId: id || null }))),
        }) }}>
        <Editors kind="meeting" id={meeting.id} />
        {kept && <p className="note" role="status">{t('record.unsaved')}</p>}
        <fieldset className="field"><legend>{t('presence')}</legend>
          {unsaid.length > 0 && <div className="row between"><span className="soft small">{t('presence.unsaid', { n: unsaid.length })}</span><Button small onClick={() => put({ presence: { ...presence, ...Object.fromEntries(unsaid.map((row) => [key(row), 'present' as const])) } })}>{t('presence.rest')}</Button></div>}
          <ul className="presence">{members.map((row) => (
            <li key={key(row)}><span>{nameOf(row)}</span>
              <ChoiceField label={nameOf(row)} inline value={presence[key(row)] ?? ''} onValue={(value) => put({ presence: { ...presence, [key(row)]: value as 'present' } })} options={PRESENCE.map((one) => ({ value: one, label: t(`presence.${one}`) }))} /></li>
          ))}{guests.map((unit) => <li key={unit.id}><span>{unit.name} <small className="agenda-kind">{t('guest')}</small></span><IconButton icon="close" label={t('unit.drop', { name: unit.name })} onClick={() => put({ guests: guests.filter((one) => one.id !== unit.id) })} /></li>)}</ul></fieldset>
        <UnitField label={t('guest.add')} hint={t('guest.hint')} optional value={undefined} onValue={(one) => { if (one && !guests.some((unit) => unit.id === one.id)) put({ guests: [...guests, { id: one.id, name: one.name }] }) }} />
        <fieldset className="field stack"><legend>{t('points')}</legend>
          <p className="soft small">{t('points.hint')}</p>
          {meeting.agenda.map((item, i) => field(item.id, `${i + 1}. ${item.title}`))}{field('', t(meeting.agenda.length > 0 ? 'points.other' : 'points.all'))}
        </fieldset>
      </Form>
    </Card>
  )
}
