// What programmes send to inboxes: an event that changed, to its host and to the units whose tasks of it changed with it.
import type { Reader } from '../../kernel/db.ts'
import type { InboxSend, InboxSource } from '../inboxes/contract.ts'
import type { EventCancelled, EventMoved, EventPostponed, EventUpgraded } from './contract.ts'
import { leadsOf, toldOf } from './store/inbox.ts'

const sentences = {
  'programmes.moved': { vi: '“{programme}”: sự kiện của {unit} chuyển sang ngày {day}', en: '“{programme}”: the event of {unit} moved to {day}' },
  'programmes.resumed': { vi: '“{programme}”: sự kiện của {unit} được tổ chức lại vào ngày {day}', en: '“{programme}”: the event of {unit} is on again, on {day}' },
  'programmes.postponed': { vi: '“{programme}”: sự kiện của {unit} hoãn, chưa có ngày mới', en: '“{programme}”: the event of {unit} is postponed without a new day' },
  'programmes.cancelled': { vi: '“{programme}”: sự kiện của {unit} bị hủy', en: '“{programme}”: the event of {unit} is cancelled' },
  'programmes.upgraded': { vi: '“{programme}”: sự kiện của {unit} theo phiên bản {version} của mẫu chương trình', en: '“{programme}”: the event of {unit} follows version {version} of its template' },
} as const
type Told = EventMoved | EventPostponed | EventCancelled | EventUpgraded

const types = ['event.moved.v1', 'event.postponed.v1', 'event.cancelled.v1', 'event.upgraded.v1'] as const
const written = (day: string): string => day.split('-').toReversed().join('/')

/** The tasks that changed with the event. */
const tasksOf = (fact: Told): string[] => ('tasks' in fact ? fact.tasks : [...Object.keys(fact.due), ...(fact.type === 'event.upgraded.v1' ? fact.withdraw : [])])
const codeOf = (fact: Told): keyof typeof sentences =>
  fact.type === 'event.moved.v1' ? (fact.why === 'resumed' ? 'programmes.resumed' : 'programmes.moved') : fact.type === 'event.postponed.v1' ? 'programmes.postponed' : fact.type === 'event.cancelled.v1' ? 'programmes.cancelled' : 'programmes.upgraded'

export const inboxSource: InboxSource = {
  types, sentences,
  send: async (given, read) => {
    // Dates that follow an event below are no news of this one: whoever leads a task sees its new date on the task.
    const facts = given.map((r) => r.fact as Told).map((fact) => (fact.type === 'event.moved.v1' && fact.why === 'child' ? undefined : fact))
    const events = await toldOf(read as Reader, facts.flatMap((fact) => fact?.eventId ?? []))
    const leads = await leadsOf(read as Reader, facts.flatMap((fact) => (fact ? tasksOf(fact) : [])))
    return facts.flatMap((fact, of): (InboxSend & { of: number })[] => {
      const event = fact && events.get(fact.eventId)
      if (!fact || !event) return []
      const units = new Set([event.unitId, ...tasksOf(fact).flatMap((id) => leads.get(id) ?? []), ...(fact.type === 'event.upgraded.v1' ? fact.handed.units : [])])
      return [...units].map((unitId) => ({
        to: { unitId }, kind: 'changed', about: { kind: 'event', id: fact.eventId }, code: codeOf(fact), of,
        params: { programme: event.programme, unit: event.unit, version: event.version, day: 'day' in fact ? written(fact.day) : null },
      }))
    })
  },
}
