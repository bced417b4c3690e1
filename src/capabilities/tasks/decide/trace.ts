// What each fact sets of one task: its state at any moment is made again from the record. Texts that may be erased are not in it: that one came or went is all the record says.
import type { Trace, Traced } from '../../journals/contract.ts'
import type { EventMoved, EventUpgraded, ProgrammeCascaded } from '../../programmes/contract.ts'
import type { TaskDue, TasksFact, TaskState, TaskTarget } from '../contract/facts.ts'

export const taskFields = {
  state: { vi: 'Tiến độ', en: 'State' }, title: { vi: 'Nội dung', en: 'Task' }, unit: { vi: 'Chủ trì', en: 'Lead unit' }, workstream: { vi: 'Mảng công tác', en: 'Workstream' }, supporting: { vi: 'Phối hợp', en: 'Supporting' }, due: { vi: 'Thời hạn', en: 'Due' }, product: { vi: 'Sản phẩm', en: 'Product' }, priority: { vi: 'Mức độ', en: 'Priority' },
  target: { vi: 'Chỉ tiêu', en: 'Target' }, reached: { vi: 'Số đạt', en: 'Reached' }, evidence: { vi: 'Minh chứng', en: 'Evidence' }, expires: { vi: 'Minh chứng có giá trị đến', en: 'Evidence valid until' }, asked: { vi: 'Xin gia hạn đến', en: 'Extension asked until' }, parts: { vi: 'Phần việc giao xuống', en: 'Parts passed on' },
}
const state = (of: string): Trace => `task.${of}`
const due = (of: TaskDue | null): Trace => of?.at ?? null
const target = (of: TaskTarget | null): Trace => (of ? `${of.kind === 'all' ? '✓' : of.count}${of.kind === 'percent' ? '%' : ''} ${of.unit}` : null)

export function traceTask(type: string, given: never, id: string, { item = null, event_id: event = null }: Readonly<Record<string, string | null>>): Traced | undefined {
  const fact = given as TasksFact | ProgrammeCascaded | EventMoved | EventUpgraded
  switch (fact.type) {
    case 'programme.cascaded.v1': {
      const n = event === null ? -1 : fact.events.ids.indexOf(event)
      const at = n < 0 || item === null ? undefined : fact.schedules[fact.events.schedule[n]!]?.due[item]
      return { set: { state: state('assigned'), ...(at ? { due: at } : {}) } }
    }
    case 'event.upgraded.v1': return fact.due[id] ? { set: { due: fact.due[id] } } : fact.withdraw.includes(id) ? { set: { state: state('withdrawn') } } : undefined
    case 'event.moved.v1': return fact.due[id] ? { set: { due: fact.due[id] } } : undefined
    case 'task.assigned.v1': { const { task } = fact; return { set: { state: state('assigned'), title: task.title, unit: { unit: task.unitId }, supporting: { units: task.supportingUnitIds }, due: due(task.due), product: task.product, priority: `priority.${task.priority}`, target: target(task.target) } } }
    case 'task.accepted.v1': return { set: { state: state('accepted') } }
    case 'task.started.v1': return { set: { state: state('under_way') } }
    case 'task.reported.v1': return { set: { ...(fact.done ? { state: state('reported') } : {}), ...(fact.reached === null ? {} : { reached: fact.reached }), ...(fact.evidence.label ? { evidence: fact.evidence.label } : {}), ...(fact.evidence.expiresAt ? { expires: fact.evidence.expiresAt } : {}) }, was: { state: state(fact.from) } }
    case 'task.verified.v1': return { set: { state: state('verified') } }
    case 'task.returned.v1': return { set: { state: state('returned'), ...(fact.due ? { due: due(fact.due) } : {}) }, was: { state: state(fact.from) } }
    case 'task.refused.v1': return { set: { state: state('refused') } }
    case 'task.withdrawn.v1': return { set: { state: state('withdrawn') }, was: { state: state(fact.from) } }
    case 'task.extension_asked.v1': return { set: { asked: fact.until } }
    case 'task.extension_granted.v1': return { set: { due: due(fact.due), asked: null } }
    case 'task.extension_declined.v1': return { set: { asked: null } }
    case 'task.split.v1': return { set: { parts: fact.parts.length } }
    case 'task.handed_over.v1': return fact.lead ? { set: { unit: { unit: fact.toUnitId } }, was: { unit: { unit: fact.fromUnitId } } } : undefined
    case 'tasks.recalled.v1': { const n = fact.ids.indexOf(id); return n < 0 ? undefined : { set: { state: state(fact.states[n]!), ...(fact.reached[n] === null || fact.reached[n] === undefined ? {} : { reached: fact.reached[n] }), ...(fact.evidence[n]?.label ? { evidence: fact.evidence[n].label } : {}) } } }
    case 'task.edited.v1': {
      const set: Record<string, Trace> = {}
      if (fact.title !== undefined) set.title = fact.title
      if (fact.product !== undefined) set.product = fact.product
      if (fact.due !== undefined) set.due = due(fact.due)
      if (fact.priority !== undefined) set.priority = `priority.${fact.priority}`
      if (fact.target !== undefined) set.target = target(fact.target)
      if (fact.supportingUnitIds !== undefined) set.supporting = { units: fact.supportingUnitIds }
      if (fact.lead) set.unit = { unit: fact.lead.to }
      if (fact.workstream) set.workstream = { named: fact.workstream.to }
      const was = { ...(fact.lead ? { unit: { unit: fact.lead.from } } : {}), ...(fact.workstream ? { workstream: { named: fact.workstream.from } } : {}) }
      return { set, ...(Object.keys(was).length > 0 ? { was } : {}) }
    }
    default: return undefined
  }
}
/** Words of the codes above. */
export const taskWords = {
  'task.assigned': { vi: 'Đã giao', en: 'Assigned' }, 'task.accepted': { vi: 'Đã nhận', en: 'Accepted' }, 'task.under_way': { vi: 'Đang thực hiện', en: 'Under way' }, 'task.reported': { vi: 'Chờ xác nhận', en: 'To verify' }, 'task.verified': { vi: 'Hoàn thành', en: 'Done' },
  'task.returned': { vi: 'Trả lại', en: 'Returned' }, 'task.refused': { vi: 'Từ chối', en: 'Refused' }, 'task.withdrawn': { vi: 'Đã thu hồi', en: 'Withdrawn' }, 'priority.low': { vi: 'Thấp', en: 'Low' }, 'priority.normal': { vi: 'Bình thường', en: 'Normal' }, 'priority.high': { vi: 'Khẩn', en: 'Urgent' },
}
/** As the screens call it. */
export const stateName = (of: TaskState) => taskWords[`task.${of}`]
