// What tasks send to inboxes.
import type { Reader } from '../../../kernel/db.ts'
import type { InboxSend, InboxSource } from '../../inboxes/contract.ts'
import type { ProgrammeCascaded } from '../../programmes/contract/facts.ts'
import type { TasksFact } from '../contract/facts.ts'
import { programmeNames, toldOf } from '../store/inbox.ts'
import type { Told } from '../store/inbox.ts'
import { dayHere } from '../../../kernel/zone.ts'

const sentences = {
  'tasks.assigned': { vi: 'Được giao {count} nhiệm vụ: “{title}”', en: '{count} [count:task|tasks] assigned: “{title}”' },
  'tasks.supporting': { vi: 'Phối hợp thực hiện nhiệm vụ “{title}”', en: 'To support: “{title}”' },
  'tasks.cascaded': { vi: '“{programme}”: được giao {count} nhiệm vụ', en: '“{programme}”: {count} [count:task|tasks] assigned' },
  'tasks.reported': { vi: '{unit} báo cáo hoàn thành {count} nhiệm vụ, chờ xác nhận: “{title}”', en: '{unit} reported {count} [count:task|tasks] done, waiting for verification: “{title}”' },
  'tasks.refused': { vi: '{unit} từ chối nhiệm vụ “{title}”', en: '{unit} refused “{title}”' },
  'tasks.extension_asked': { vi: '{unit} xin gia hạn nhiệm vụ “{title}”', en: '{unit} asks for more time for “{title}”' },
  'tasks.extension_granted': { vi: 'Đồng ý gia hạn nhiệm vụ “{title}”', en: 'More time given for “{title}”' },
  'tasks.extension_declined': { vi: 'Không đồng ý gia hạn nhiệm vụ “{title}”', en: 'No more time for “{title}”' },
  'tasks.returned': { vi: 'Trả lại nhiệm vụ “{title}” để thực hiện tiếp', en: 'Returned for more work: “{title}”' },
  'tasks.withdrawn': { vi: 'Thu hồi nhiệm vụ “{title}”', en: 'Withdrawn: “{title}”' },
  'tasks.edited': { vi: 'Sửa nội dung nhiệm vụ “{title}”', en: 'Changed: “{title}”' },
  'tasks.passed': { vi: 'Nhiệm vụ “{title}” chuyển cho {unit} chủ trì', en: '“{title}” is now led by {unit}' },
  'tasks.reminded': { vi: 'Đôn đốc nhiệm vụ “{title}”', en: 'Chased: “{title}”' },
  'tasks.mentioned': { vi: 'Nhắc đến bạn trong nhiệm vụ “{title}” của {unit}', en: 'You are mentioned at “{title}” of {unit}' },
  'tasks.watched': { vi: 'Có thay đổi ở nhiệm vụ đang theo dõi: “{title}” ({unit})', en: 'A task that you watch changed: “{title}” ({unit})' },
} as const
type Code = keyof typeof sentences
type Sent = InboxSend & { of: number }

const types = [
  'task.assigned.v1', 'task.accepted.v1', 'task.started.v1', 'task.reported.v1', 'task.verified.v1', 'task.returned.v1', 'task.refused.v1', 'task.extension_asked.v1', 'task.extension_granted.v1',
  'task.extension_declined.v1', 'task.withdrawn.v1', 'task.edited.v1', 'task.commented.v1', 'task.reminded.v1', 'programme.cascaded.v1',
] as const

export const inboxSource: InboxSource = {
  types, sentences,
  send: async (facts, read) => {
    const about = facts.map((r) => idOf(r.fact as TasksFact))
    const told = await toldOf(read as unknown as Reader, about.filter((id) => id !== undefined))
    const cascades = facts.filter((r) => r.fact.type === 'programme.cascaded.v1').map((r) => (r.fact as unknown as ProgrammeCascaded).programmeId)
    const names = cascades.length > 0 ? await programmeNames(read as unknown as Reader, cascades) : new Map<string, { vi: string; en: string }>()
    const sends: Sent[] = []
    facts.forEach((r, of) => {
      if (r.fact.type === 'programme.cascaded.v1') return void sends.push(...cascade(r.fact as unknown as ProgrammeCascaded, names, of))
      const task = told.get(about[of] ?? '')
      if (task) sends.push(...one(r.fact as TasksFact, task, r.at, of))
    })
    return sends
  },
}
const idOf = (fact: TasksFact): string | undefined => ('task' in fact ? fact.task.id : 'taskId' in fact ? fact.taskId : undefined)

function one(fact: TasksFact, task: Told, at: Date, of: number): Sent[] {
  const base = { about: { kind: 'task', id: task.id }, params: { title: task.title, unit: task.unit }, due: task.dueAt?.toISOString() ?? null, of }
  const lead = (kind: InboxSend['kind'], code: Code): Sent => ({ ...base, to: { unitId: task.unitId }, kind, code })
  const issuer = (kind: InboxSend['kind'], code: Code, key?: string): Sent[] => (task.issuerId ? [{ ...base, to: { unitId: task.issuerId }, kind, code, ...(key ? { key } : {}) }] : [])
  const watched: Sent = { ...base, to: { watchersOf: `task:${task.id}` }, kind: 'watch', code: 'tasks.watched', key: `watch:${task.id}` }
  switch (fact.type) {
    case 'task.assigned.v1': return [lead('assigned', 'tasks.assigned'), ...fact.task.supportingUnitIds.map((unitId): Sent => ({ ...base, to: { unitId }, kind: 'assigned', code: 'tasks.supporting' }))]
    // One line for each reporting unit and day, however many it reports.
    case 'task.reported.v1': return fact.done ? [...issuer('done', 'tasks.reported', `reported:${task.unitId}:${dayHere(at)}`), watched] : [watched]
    case 'task.refused.v1': return [...issuer('asked', 'tasks.refused'), watched]
    case 'task.extension_asked.v1': return [...issuer('asked', 'tasks.extension_asked'), watched]
    case 'task.extension_granted.v1': return [lead('answer', 'tasks.extension_granted'), watched]
    case 'task.extension_declined.v1': return [lead('answer', 'tasks.extension_declined')]
    case 'task.returned.v1': return [lead('returned', 'tasks.returned'), watched]
    case 'task.withdrawn.v1': return [lead('changed', 'tasks.withdrawn'), watched]
    case 'task.edited.v1': return fact.lead ? [{ ...lead('assigned', 'tasks.assigned'), to: { unitId: fact.lead.to } }, { ...lead('changed', 'tasks.passed'), to: { unitId: fact.lead.from } }, watched] : [lead('changed', 'tasks.edited'), watched]
    case 'task.reminded.v1': return [lead('reminder', 'tasks.reminded')]
    case 'task.commented.v1': return [...fact.mentions.map((personId): Sent => ({ ...base, to: { personId }, kind: 'mention', code: 'tasks.mentioned', key: `mention:${fact.commentId}` })), watched]
    default: return [watched]
  }
}

function cascade(fact: ProgrammeCascaded, names: Map<string, { vi: string; en: string }>, of: number): Sent[] {
  const programme = names.get(fact.programmeId) ?? { vi: fact.programmeCode, en: fact.programmeCode }
  const base = { kind: 'assigned' as const, code: 'tasks.cascaded' satisfies Code, params: { programme }, of }
  const counts = fact.schedules.map((schedule) => Object.keys(schedule.due).length)
  return [
    ...fact.events.units.map((unitId, n): Sent => ({ ...base, to: { unitId }, about: { kind: 'event', id: fact.events.ids[n]! }, count: counts[fact.events.schedule[n]!]!, key: `cascade:${fact.programmeId}:${fact.run}` })),
    ...fact.handed.units.map((unitId, n): Sent => ({ ...base, to: { unitId }, about: { kind: 'event', id: fact.handed.events[n]! }, count: 1, key: `cascade:${fact.programmeId}:${fact.run}` })),
  ]
}
