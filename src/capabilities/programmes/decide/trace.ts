// What each fact sets of one event: its state at any moment is made again from the record.
import type { Trace, Traced } from '../../journals/contract.ts'
import type { ProgrammesFact } from '../contract.ts'

export const eventFields = {
  programme: { vi: 'Đợt', en: 'Programme' }, unit: { vi: 'Đơn vị tổ chức', en: 'Host' }, class: { vi: 'Quy mô', en: 'Size' }, day: { vi: 'Ngày tổ chức', en: 'Day' }, opensAt: { vi: 'Khai mạc', en: 'Opens' }, phase: { vi: 'Giai đoạn', en: 'Phase' }, version: { vi: 'Phiên bản mẫu', en: 'Template version' },
  milestone: { vi: 'Mốc', en: 'Milestone' }, activity: { vi: 'Hoạt động', en: 'Run sheet' }, activityAt: { vi: 'Giờ của hoạt động', en: 'Time in the run sheet' },
}
const milestones = (of: Record<string, string>): Record<string, Trace> => Object.fromEntries(Object.entries(of).map(([code, at]) => [`milestone:${code}`, at]))
const phase = (of: string): Trace => `phase.${of}`

export function traceEvent(type: string, given: never, id: string): Traced | undefined {
  const fact = given as ProgrammesFact
  switch (fact.type) {
    case 'programme.cascaded.v1': {
      const n = fact.events.ids.indexOf(id)
      const schedule = n < 0 ? undefined : fact.schedules[fact.events.schedule[n]!]
      return schedule && { set: { programme: fact.programmeCode, unit: { unit: fact.events.units[n]! }, class: schedule.class, day: schedule.day, opensAt: schedule.opensAt, phase: phase('planned'), version: { version: fact.templateVersionId }, ...milestones(schedule.milestones) } }
    }
    case 'events.recalled.v1': { const n = fact.ids.indexOf(id); return n < 0 ? undefined : { set: { phase: phase(fact.phases[n]!) } } }
    case 'event.moved.v1': return { set: { day: fact.day, opensAt: fact.opensAt, phase: phase(fact.phase), ...milestones(fact.milestones) }, was: { day: fact.fromDay } }
    case 'event.postponed.v1': return { set: { phase: phase('postponed'), day: null, opensAt: null } }
    case 'event.cancelled.v1': return { set: { phase: phase('cancelled') } }
    case 'event.phase_changed.v1': return { set: { phase: phase(fact.to) }, was: { phase: phase(fact.from) } }
    case 'event.handed_over.v1': return { set: { unit: { unit: fact.toUnitId } }, was: { unit: { unit: fact.fromUnitId } } }
    case 'event.upgraded.v1': return { set: { version: { version: fact.templateVersionId }, class: fact.class, ...milestones(fact.milestones) }, was: { version: { version: fact.fromVersionId } } }
    case 'activity.added.v1': case 'activity.changed.v1': return { set: { [`activity:${fact.activityId}`]: fact.name, [`activityAt:${fact.activityId}`]: fact.startsAt } }
    case 'activity.removed.v1': return { set: { [`activity:${fact.activityId}`]: null, [`activityAt:${fact.activityId}`]: null } }
    default: return undefined
  }
}
const phases = {
  planned: { vi: 'đã lập', en: 'planned' }, preparing: { vi: 'đang chuẩn bị', en: 'preparing' }, ready: { vi: 'sẵn sàng', en: 'ready' }, live: { vi: 'đang diễn ra', en: 'live' },
  closed: { vi: 'đã kết thúc', en: 'closed' }, postponed: { vi: 'đang hoãn', en: 'postponed' }, cancelled: { vi: 'đã hủy', en: 'cancelled' },
}
/** Words of codes that facts hold, for stories and comparisons. */
export const programmesWords: Record<string, { vi: string; en: string }> = {
  ...phases, ...Object.fromEntries(Object.entries(phases).map(([code, words]) => [`phase.${code}`, words])), published: { vi: 'đã công bố', en: 'published' }, dropped: { vi: 'đã bỏ', en: 'dropped' },
}
