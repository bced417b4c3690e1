// Rules of sessions.
import type { FileFact } from '../../kernel/blobs.ts'
import type { Told } from '../../kernel/contract.ts'
import { dayIn, timeIn } from '../../pure/calendar.ts'
import type { AgendaItem, Attendance, ConclusionWithdrawn, MeetingChanged, MeetingConcluded, MeetingPlan, MeetingPlanned, MeetingRecorded, MeetingRefused, MeetingReopened, MeetingSigned, MeetingCancelled, TextRef } from './contract.ts'

export type MeetingRow = { id: string; bodyId: string; unitId: string; phase: 'planned' | 'held' | 'signed' | 'cancelled'; version: number; plan: MeetingPlan }
export type ConclusionRow = { id: string; text: string; taskId: string; withdrawn: boolean; /** Its task is neither verified nor withdrawn. */ going: boolean }
export type BodyOf = { id: string; unitId: string; name: string; endedOn: string | null; members: { unitId: string; personId: string | null; seat?: { id: string } }[]; standingItems: string[]; meetings: number }
type Refused = { refused: MeetingRefused; data?: Record<string, unknown> }
type Done<F> = { facts: [F]; answer: { meetingId: string; version: number } }

const twice = (agenda: readonly AgendaItem[]): Refused | undefined => {
  const n = agenda.findIndex((item, i) => agenda.findIndex((one) => one.id === item.id) !== i)
  return n < 0 ? undefined : { refused: 'AGENDA_TWICE', data: { n: n + 1 } }
}
/** What is wrong with a plan itself. */
const wrong = (plan: MeetingPlan): Refused | undefined => (plan.kind === 'visit' && plan.place === null ? { refused: 'VISIT_PLACE' } : twice(plan.agenda))
const open = (meeting: MeetingRow | undefined): Refused | undefined =>
  !meeting ? { refused: 'NOT_FOUND' } : meeting.phase === 'signed' || meeting.phase === 'cancelled' ? { refused: 'MEETING_CLOSED' } : undefined

/** Numbers follow one another on the stream of the body, which is locked meanwhile. */
export function planMeeting(body: BodyOf | undefined, meetingId: string, plan: MeetingPlan): { facts: [MeetingPlanned]; answer: { meetingId: string; version: number; number: number } } | Refused {
  if (!body) return { refused: 'NOT_FOUND' }
  if (body.endedOn) return { refused: 'BODY_ENDED', data: { name: body.name } }
  const number = body.meetings + 1
  return wrong(plan) ?? { facts: [{ type: 'meeting.planned.v1', meetingId, bodyId: body.id, unitId: body.unitId, number, ...plan }], answer: { meetingId, version: 1, number } }
}

const moved = (was: MeetingPlan, plan: MeetingPlan): boolean => Date.parse(was.startsAt) !== Date.parse(plan.startsAt) || was.place !== plan.place || was.link !== plan.link
export function changeMeeting(meeting: MeetingRow | undefined, expectedVersion: number, plan: MeetingPlan): Done<MeetingChanged> | Refused {
  const shut = open(meeting)
  if (shut) return shut
  const { id, bodyId, version, phase, plan: was } = meeting!
  if (version !== expectedVersion) return { refused: 'CHANGED', data: { version, changed: (Object.keys(plan) as (keyof MeetingPlan)[]).filter((key) => JSON.stringify(plan[key]) !== JSON.stringify(was[key])) } }
  return wrong(plan) ?? { facts: [{ type: 'meeting.changed.v1', meetingId: id, bodyId, ...(phase === 'planned' && moved(was, plan) ? { moved: true as const } : {}), ...plan }], answer: { meetingId: id, version: version + 1 } }
}

/** Members by their seats; guests by their unit alone, each once. `there`: units that the tree has. */
export function recordMeeting(meeting: MeetingRow | undefined, body: BodyOf | undefined, expectedVersion: number, attendance: Attendance[], points: MeetingRecorded['points'], there: ReadonlySet<string>): Done<MeetingRecorded> | Refused {
  const shut = open(meeting)
  if (shut || !body) return shut ?? { refused: 'NOT_FOUND' }
  const { id, bodyId, version } = meeting!
  if (version !== expectedVersion) return { refused: 'CHANGED', data: { version, changed: ['record'] } }
  for (const [i, one] of attendance.entries()) {
    const data = { n: i + 1 }
    if (one.guest) {
      if (!there.has(one.unitId)) return { refused: 'UNIT_UNKNOWN' }
      if (one.personId !== null || attendance.findIndex((other) => other.guest && other.unitId === one.unitId) !== i) return { refused: 'GUEST_WRONG', data }
    } else if (!body.members.some((m) => m.unitId === one.unitId && m.personId === one.personId && m.seat?.id === one.seatId)) return { refused: 'NO_MEMBER', data }
  }
  return { facts: [{ type: 'meeting.recorded.v1', meetingId: id, bodyId, attendance, points }], answer: { meetingId: id, version: version + 1 } }
}

export function concludeMeeting(meeting: MeetingRow | undefined, conclusion: Pick<MeetingConcluded, 'conclusionId' | 'text' | 'unitId' | 'taskId'>): { facts: [MeetingConcluded]; answer: { meetingId: string; version: number; conclusionId: string; taskId: string } } | Refused {
  const shut = open(meeting)
  if (shut) return shut
  const { id, bodyId, version } = meeting!
  return { facts: [{ type: 'meeting.concluded.v1', meetingId: id, bodyId, ...conclusion }], answer: { meetingId: id, version: version + 1, conclusionId: conclusion.conclusionId, taskId: conclusion.taskId } }
}

/** Also after the minutes are signed: what they say stays, and that it no longer holds is said beside it. */
export function withdrawConclusion(meeting: MeetingRow | undefined, conclusion: ConclusionRow | undefined, reason: TextRef): Done<ConclusionWithdrawn> | Refused {
  if (!meeting) return { refused: 'NOT_FOUND' }
  if (!conclusion) return { refused: 'CONCLUSION_UNKNOWN' }
  if (conclusion.withdrawn) return { refused: 'CONCLUSION_WITHDRAWN' }
  const { id, bodyId, version, phase } = meeting
  return { facts: [{ type: 'meeting.conclusion_withdrawn.v1', meetingId: id, bodyId, conclusionId: conclusion.id, text: conclusion.text, taskId: conclusion.taskId, ...(phase === 'signed' ? { signed: true as const } : {}), reason }], answer: { meetingId: id, version: version + 1 } }
}

/** By whoever signs; or entered for them as told, with a scan where they signed on paper. Not before its hour: what is signed was held. */
export function signMinutes(meeting: MeetingRow | undefined, expectedVersion: number, at: Date, files: FileFact[] | undefined, how?: Told['how']): Done<MeetingSigned> | Refused {
  const shut = open(meeting)
  if (shut) return shut
  const { id, bodyId, version, phase, plan: { startsAt, zone } } = meeting!
  if (version !== expectedVersion) return { refused: 'CHANGED', data: { version, changed: ['record'] } }
  if (phase !== 'held') return { refused: 'NOT_HELD' }
  const begins = new Date(startsAt)
  if (begins > at) return { refused: 'MEETING_NOT_YET', data: { at: `${timeIn(begins, zone)} ${dayIn(begins, zone).split('-').reverse().join('/')}` } }
  if (!files) return { refused: 'FILE_UNKNOWN' }
  if (how === 'paper' && files.length === 0) return { refused: 'SCAN_MISSING' }
  return { facts: [{ type: 'meeting.signed.v1', meetingId: id, bodyId, ...(how ? { how } : {}), ...(files.length > 0 ? { files } : {}) }], answer: { meetingId: id, version: version + 1 } }
}

export function reopenMinutes(meeting: MeetingRow | undefined, expectedVersion: number, reason: TextRef): Done<MeetingReopened> | Refused {
  if (!meeting) return { refused: 'NOT_FOUND' }
  const { id, bodyId, version, phase } = meeting
  if (version !== expectedVersion) return { refused: 'CHANGED', data: { version, changed: ['record'] } }
  if (phase !== 'signed') return { refused: 'NOT_SIGNED' }
  return { facts: [{ type: 'meeting.reopened.v1', meetingId: id, bodyId, reason }], answer: { meetingId: id, version: version + 1 } }
}

export function cancelMeeting(meeting: MeetingRow | undefined, reason: TextRef): Done<MeetingCancelled> | Refused {
  const shut = open(meeting)
  if (shut) return shut
  const { id, bodyId, version } = meeting!
  return { facts: [{ type: 'meeting.cancelled.v1', meetingId: id, bodyId, reason }], answer: { meetingId: id, version: version + 1 } }
}

type Figures = { unmet: number; overdue: number; unreported: number }
/** How one unit stands, as the board says it, and how many reports are missing. `all`: with all below it; less than that where those below are told one by one. */
export type Standing = { unit: { id: string; name: string } } & Figures & { all: Figures }
/** Who is chased, who owes most first. Chasing reaches all below a unit, so that is its number. */
export const toChase = (standing: readonly Standing[]): Standing[] => standing.filter((one) => one.overdue + one.unreported > 0).toSorted((a, b) => b.all.overdue - a.all.overdue || b.all.unreported - a.all.unreported)
export type Left = { taskId: string; text: string; unit: { id: string; name: string }; overdue: boolean }
type Proposed = Omit<AgendaItem, 'id'> & { unit: { id: string; name: string } | null }
const [RED, LATE, MISSING, CARRIED] = [10, 10, 10, 20]

/** First what every session deals with, then what earlier sessions concluded and is not done, then units with events unmet, then units with work overdue, then those that have not reported; each unit once, the worst first, and what it has not reported told with it. `cut`: of which there are more than are proposed. */
export function proposeAgenda(always: readonly string[], left: readonly Left[], standing: readonly Standing[], say: { carried: (text: string) => string } & Record<'red' | 'overdue' | 'unreported', (unit: string, n: number) => string> & { also: (n: number) => string }): { items: Proposed[]; cut: { kind: 'carried' | 'red' | 'overdue' | 'unreported'; shown: number; of: number }[] } {
  const reds = standing.filter((one) => one.unmet > 0).toSorted((a, b) => b.unmet - a.unmet || b.overdue - a.overdue)
  const red = reds.slice(0, RED)
  const lates = standing.filter((one) => one.overdue > 0 && !red.includes(one)).toSorted((a, b) => b.overdue - a.overdue)
  const late = lates.slice(0, LATE)
  const missing = standing.filter((one) => one.unreported > 0 && !red.includes(one) && !late.includes(one)).toSorted((a, b) => b.unreported - a.unreported)
  const also = (n: number) => (n > 0 ? say.also(n) : '')
  const items = [
    ...always.map((title): Proposed => ({ kind: 'standing', title, note: null, unitId: null, taskId: null, unit: null })),
    ...left.toSorted((a, b) => Number(b.overdue) - Number(a.overdue)).slice(0, CARRIED).map(({ taskId, text, unit }): Proposed => ({ kind: 'carried', title: say.carried(text), note: null, unitId: unit.id, taskId, unit })),
    ...red.map(({ unit, unmet, unreported }): Proposed => ({ kind: 'red', title: say.red(unit.name, unmet) + also(unreported), note: null, unitId: unit.id, taskId: null, unit })),
    ...late.map(({ unit, overdue, unreported }): Proposed => ({ kind: 'overdue', title: say.overdue(unit.name, overdue) + also(unreported), note: null, unitId: unit.id, taskId: null, unit })),
    ...missing.slice(0, MISSING).map(({ unit, unreported }): Proposed => ({ kind: 'unreported', title: say.unreported(unit.name, unreported), note: null, unitId: unit.id, taskId: null, unit })),
  ]
  return { items, cut: ([['carried', CARRIED, left.length], ['red', RED, reds.length], ['overdue', LATE, lates.length], ['unreported', MISSING, missing.length]] as const).flatMap(([kind, shown, of]) => (of > shown ? [{ kind, shown, of }] : [])) }
}
