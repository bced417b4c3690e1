// What sessions send to inboxes: every unit with a seat hears that one is prepared, moved or cancelled, and that signed minutes are open again.
import type { Reader } from '../../kernel/db.ts'
import { dayIn, timeIn } from '../../pure/calendar.ts'
import type { InboxSend, InboxSource } from '../inboxes/contract.ts'
import type { MeetingCancelled, MeetingChanged, MeetingPlanned, MeetingReopened } from './contract.ts'
import { toTell } from './store.ts'

type Told = MeetingPlanned | MeetingChanged | MeetingReopened | MeetingCancelled
const CODES = { 'meeting.planned.v1': 'meetings.planned', 'meeting.changed.v1': 'meetings.moved', 'meeting.reopened.v1': 'meetings.reopened', 'meeting.cancelled.v1': 'meetings.cancelled' } as const

export const inboxSource: InboxSource = {
  types: Object.keys(CODES),
  sentences: {
    'meetings.planned': { vi: '{body} họp phiên thứ {number} lúc {at}: “{title}”', en: '{body} meets for session {number} at {at}: “{title}”' },
    'meetings.moved': { vi: '{body} đổi thời gian, địa điểm phiên họp thứ {number}: “{title}”, {at}', en: '{body} moved session {number}: “{title}”, {at}' },
    'meetings.reopened': { vi: '{body} rút chữ ký biên bản phiên họp thứ {number}: “{title}”', en: '{body} withdrew the signature of the minutes of session {number}: “{title}”' },
    'meetings.cancelled': { vi: '{body} hủy phiên họp thứ {number}: “{title}”', en: '{body} cancelled session {number}: “{title}”' },
  },
  send: async (given, read) => {
    const facts = given.map(({ fact }) => fact as Told)
    const known = await toTell(read as Reader, facts.map((fact) => fact.meetingId))
    return facts.flatMap((fact, of): (InboxSend & { of: number })[] => {
      const meeting = known.get(fact.meetingId)
      if (!meeting || (fact.type === 'meeting.changed.v1' && !fact.moved)) return []
      const { body, number, unitIds } = meeting
      const planned = 'startsAt' in fact ? fact : undefined
      const at = planned && `${timeIn(new Date(planned.startsAt), planned.zone)} ${dayIn(new Date(planned.startsAt), planned.zone).split('-').reverse().join('/')}`
      return unitIds.map((unitId) => ({
        to: { unitId }, kind: fact.type === 'meeting.planned.v1' ? 'assigned' : 'changed', about: { kind: 'meeting', id: fact.meetingId }, code: CODES[fact.type], of,
        params: { body, number, title: planned?.title ?? meeting.title, ...(at ? { at } : {}) }, due: planned?.startsAt ?? null, key: `${fact.type}:${fact.meetingId}`,
      }))
    })
  },
}
