// Which role may do what. A role is granted at a unit and holds for its subtree; each role's rights are a part of the next one's, so whoever may
// appoint somebody holds everything that they hand out.
import type { Text } from '../../../kernel/contract.ts'

export type Right = `${string}.${string}`
export type Role = 'administrator' | 'secretariat' | 'head' | 'officer' | 'reader'

/** Rights of this capability. `person.contact`: read somebody's telephone and mail (logged). `person.reset`: slips, second factor, sessions of another. */
export const personRights = ['person.read', 'person.contact', 'person.edit', 'person.reset', 'person.grant', 'person.delegate', 'person.erase'] as const

const reads: Right[] = ['person.read', 'template.read', 'programme.read', 'event.read', 'task.read', 'readiness.read', 'paper.read', 'body.read', 'meeting.read', 'plan.read', 'proposal.read', 'report.read']
/** Does the work of a unit. */
const works: Right[] = [...reads, 'task.accept', 'task.report', 'task.comment', 'paper.receive', 'plan.edit', 'proposal.write', 'report.fill', 'custody.print']
/** Answers for a unit and what is below it. */
const answers: Right[] = [
  ...works, 'task.assign', 'task.split', 'task.verify', 'event.edit', 'readiness.waive', 'readiness.conclude', 'body.edit', 'meeting.edit', 'paper.issue', 'journal.read', 'plan.appraise', 'plan.approve', 'proposal.decide', 'report.sign', 'report.ask', 'custody.keep', 'custody.grade',
  'person.contact', 'person.edit', 'person.reset', 'person.grant', 'person.delegate',
]
/** Plans for all units below. */
const plans: Right[] = [...answers, 'template.import', 'programme.create', 'programme.cascade', 'journal.export', 'journal.verify', 'unit.hand_over', 'report.form', 'exchange.read', 'exchange.make', 'exchange.take']
const administers: Right[] = [...plans, 'unit.edit', 'unit.import', 'map.edit', 'person.erase', 'installation.manage', 'exchange.key']

export const ROLES: Record<Role, { name: Text; about: Text; rights: readonly Right[] }> = {
  administrator: {
    name: { vi: 'Quản trị', en: 'Administrator' },
    about: { vi: 'mọi quyền, gồm danh mục đơn vị và xóa dữ liệu cá nhân', en: 'every right, with the list of units and the erasure of personal data' }, rights: administers,
  },
  secretariat: {
    name: { vi: 'Thường trực, tham mưu', en: 'Secretariat' },
    about: { vi: 'lập kế hoạch, giao xuống các đơn vị, đôn đốc, xác nhận', en: 'plans, cascades, chases and verifies below' }, rights: plans,
  },
  head: {
    name: { vi: 'Người đứng đầu', en: 'Head of unit' },
    about: { vi: 'chịu trách nhiệm của đơn vị: nhận, báo cáo, chia việc, xác nhận cấp dưới, ủy quyền', en: 'answers for the unit: accepts, reports, splits, verifies below, delegates' }, rights: answers,
  },
  officer: {
    name: { vi: 'Cán bộ', en: 'Officer' },
    about: { vi: 'nhận và báo cáo nhiệm vụ của đơn vị', en: 'accepts and reports the tasks of the unit' }, rights: works,
  },
  reader: {
    name: { vi: 'Lãnh đạo (chỉ xem)', en: 'Leader (reads only)' },
    about: { vi: 'xem, không thay đổi', en: 'sees, changes nothing' }, rights: reads,
  },
}
export const roleNames = Object.keys(ROLES) as [Role, ...Role[]]
export const allRights: readonly Right[] = ROLES.administrator.rights
