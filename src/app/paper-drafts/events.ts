// What papers ask of events: name, place, the hours of its run sheet, and its tasks, for an ICS form; in English, as the form is.
import type { PapersNeeds } from '../../capabilities/papers/routes/needs.ts'
import { accessEvent, activitiesOf, parentsOf } from '../../capabilities/programmes/store/events.ts'
import { TaskFilter } from '../../capabilities/tasks/contract/shapes.ts'
import { listTasks } from '../../capabilities/tasks/store/lists.ts'
import { dayIn, timeIn } from '../../pure/calendar.ts'

/** A form that people carry: what is longer is told as a number. */
const MOST = 100

export const eventDraft: PapersNeeds['event'] = async (c, eventId) => {
  const found = await accessEvent(c.read, c.actor, 'event.read', eventId)
  if (!found) return undefined
  const [parts, above, { items, total = 0 }] = await Promise.all([
    activitiesOf(c.read, eventId), parentsOf(c.read, found.unit.path), listTasks(c.read, c.actor, TaskFilter.parse({ event: eventId, state: ['open', 'reported'] }), { limit: MOST, lang: 'en', at: c.at }),
  ])
  const held = parts.filter(({ gone }) => !gone)
  const start = held[0]?.startsAt ?? found.opensAt
  const end = held.length > 0 ? new Date(Math.max(...held.map(({ endsAt }) => endsAt.getTime()))) : null
  const moment = (at: Date | null) => ({ day: at ? dayIn(at, found.zone) : found.day ?? '', time: at ? timeIn(at, found.zone) : '' })
  return {
    unitId: found.unit.id,
    event: {
      name: `${found.programmeName.en}, ${found.unit.name}`, unit: found.unit.name, place: [found.unit.name, ...above.map(({ name }) => name)].join(', '), from: moment(start), to: moment(end),
      tasks: items.map((task) => ({ title: task.title, unit: task.unit.name, due: task.due && dayIn(new Date(task.due.at), task.due.zone) })), more: Math.max(0, total - items.length),
    },
  }
}
