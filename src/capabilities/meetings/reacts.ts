// What sessions send to inboxes: every unit with a seat hears that one is prepared, moved or cancelled, that signed minutes are open again, and that a conclusion in them no longer holds.
import type { Reader } from '../../kernel/db.ts'
import { dayIn, timeIn } from '../../pure/calendar.ts'
import type { InboxSend, InboxSource } from '../inboxes/contract.ts'
import type { ConclusionWithdrawn, MeetingCancelled, MeetingChanged, MeetingPlanned, MeetingReopened } from './contract.ts'
import { toTell } from './store.ts'

type Told = MeetingPlanned | ConclusionWithdrawn | MeetingChanged | MeetingReopened | MeetingCancelled
const CODES = { 'meeting.planned.v1': 'meetings.planned', 'meeting.changed.v1': 'meetings.moved', 'meeting.reopened.v1': 'meetings.reopened', 'meeting.conclusion_withdrawn.v1': 'meetings.conclusion_withdrawn', 'meeting.cancelled.v1': 'meetings.cancelled' } as const

export const inboxSource: InboxSource = {
  types: Object.keys(CODES),
  sentences: {
    'meetings.planned': { vi: '{body} họp phiên thứ {number} lúc {at}: “{title}”', en: '{body} meets for session {number} at {at}: “{title}”' },
    'meetings.moved': { vi: '{body} đổi thời gian, địa điểm phiên họp thứ {number}: “{title}”, {at}', en: '{body} moved session {number}: “{title}”, {at}' },
    'meetings.reopened': { vi: '{body} rút chữ ký biên bản phiên họp thứ {number}: “{title}”', en: '{body} withdrew the signature of the minutes of session {number}: “{title}”' },
    'meetings.conclusion_withdrawn': { vi: '{body} rút một kết luận của phiên họp thứ {number}: “{text}”', en: '{body} withdrew a conclusion of session {number}: “{text}”' },
    'meetings.cancelled': { vi: '{body} hủy phiên họp thứ {number}: “{title}”', en: '{body} cancelled session {number}: “{title}”' },
  },
  send: async (given, read) => {
    const facts = given.map(({ fact }) => fact as Told)
    const known = await toTell(read as Reader, facts.map((fact) => fact.meetingId))
    return facts.flatMap((fact, of): (InboxSend & { of: number })[] => {
      const meeting = known.get(fact.meetingId)
      if (!meeting || (fact.type === 'meeting.changed.v1' && !fact.moved) || (fact.type === 'meeting.conclusion_withdrawn.v1' && !fact.signed)) return []
      const { body, number, unitIds } = meeting
      const planned = 'startsAt' in fact ? fact : undefined
      const at = planned && `${timeIn(new Date(planned.startsAt), planned.zone)} ${dayIn(new Date(planned.startsAt), planned.zone).split('-').reverse().join('/')}`
      return unitIds.map((unitId) => ({
        to: { unitId }, kind: fact.type === 'meeting.planned.v1' ? 'assigned' : 'changed', about: { kind: 'meeting', id: fact.meetingId }, code: CODES[fact.type], of,
        params: { body, number, title: planned?.title ?? meeting.title, ...(at ? { at } : {}), ...('conclusionId' in fact ? { text: fact.text } : {}) }, due: planned?.startsAt ?? null, key: `${fact.type}:${'conclusionId' in fact ? fact.conclusionId : fact.meetingId}`,
      }))
    })
  },
}
