// A session of a body: what it concluded, its minutes, and the invitation to one that is planned.
import { showBody } from '../../capabilities/bodies/store.ts'
import type { Meeting } from '../../capabilities/meetings/contract.ts'
import { showMeeting } from '../../capabilities/meetings/store.ts'
import type { DraftSession } from '../../capabilities/papers/decide/drafts-meetings.ts'
import type { PapersNeeds } from '../../capabilities/papers/routes/needs.ts'
import type { Context } from '../../kernel/rpc.ts'
import { dayIn } from '../../pure/calendar.ts'

const dayOf = (at: string, zone: string): string => dayIn(new Date(at), zone).split('-').reverse().join('/')
const clock = (at: string, zone: string): [hour: string, minute: string] => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(new Date(at)).split(':') as [string, string]

/** What was withdrawn since, or whose task was, is in no paper. */
const concluded = (found: Meeting) => found.conclusions.filter((one) => one.inForce).map(({ text, unit, task }) => ({ text, unit, taskId: task?.id ?? null, due: task?.dueAt ? dayOf(task.dueAt, found.zone) : null }))

export const meetingDraft: PapersNeeds['meeting'] = async (c, meetingId) => {
  const found = await showMeeting(c.read, c.actor, meetingId, c.at)
  return found && { unitId: found.unit.id, bodyId: found.body.id, meeting: { body: found.body.name, number: found.number, day: dayOf(found.startsAt, found.zone), conclusions: concluded(found) } }
}

async function session(c: Context, meetingId: string): Promise<{ unitId: string; bodyId: string; session: DraftSession } | undefined> {
  const found = await showMeeting(c.read, c.actor, meetingId, c.at)
  if (!found) return undefined
  const body = await showBody(c.read, c.actor, found.body.id)
  const holds = (role: 'chair' | 'secretary') => { const one = body?.members.find((member) => member.role === role); return one?.person?.name ?? one?.named?.name ?? null }
  const said = (agendaId: string | null) => found.points.filter((one) => one.agendaId === agendaId && one.text).map((one) => one.text!)
  return {
    unitId: found.unit.id, bodyId: found.body.id,
    session: {
      body: found.body.name, number: found.number, title: found.title, phase: found.phase, day: dayOf(found.startsAt, found.zone), hour: clock(found.startsAt, found.zone), place: found.place, link: found.link,
      members: found.attendance.map(({ unit, person, named, presence, guest }) => ({ unit, name: person?.name ?? named?.name ?? null, presence, guest })),
      chair: holds('chair'), secretary: holds('secretary'),
      agenda: found.agenda.map((item) => ({ title: item.title, said: said(item.id) })), said: said(null), conclusions: concluded(found),
    },
  }
}
export const minutesDraft: PapersNeeds['minutes'] = session
export const invitationDraft: PapersNeeds['invitation'] = session
