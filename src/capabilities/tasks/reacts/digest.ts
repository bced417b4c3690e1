// What tasks say in the morning's mail.
import type { Reader } from '../../../kernel/db.ts'
import type { DigestPart, DigestSource } from '../../inboxes/contract.ts'
import { dueOfUnits } from '../store/digest.ts'
import type { DueSection } from '../store/digest.ts'

const LINES = 5
const MORE: Record<DueSection, string> = { overdue: '/tasks?state=overdue', soon: '/tasks', verify: '/tasks?state=reported&scope=issued', extension: '/inbox?kind=asked' }

export const digestSource: DigestSource = {
  sections: {
    overdue: { vi: 'Quá hạn: {count}', en: 'Overdue: {count}' },
    soon: { vi: 'Đến hạn trong 3 ngày: {count}', en: 'Due within 3 days: {count}' },
    verify: { vi: 'Chờ xác nhận hoàn thành: {count}', en: 'Waiting for verification: {count}' },
    extension: { vi: 'Xin gia hạn, chờ trả lời: {count}', en: 'Asking for more time: {count}' },
  } satisfies Record<DueSection, { vi: string; en: string }>,
  tell: async (read, unitIds, at) => {
    const parts = new Map<string, DigestPart>()
    for (const task of await dueOfUnits(read as Reader, unitIds, at, LINES)) {
      const key = `${task.unitId} ${task.section}`
      const part = parts.get(key) ?? { unitId: task.unitId, section: task.section, count: task.count, more: MORE[task.section], lines: [] }
      const title = task.title === null ? (task.words ?? { vi: '…', en: '…' }) : { vi: task.title, en: task.title }
      part.lines.push({ text: { vi: `“${title.vi}” · ${task.unit}`, en: `“${title.en}” · ${task.unit}` }, due: task.dueAt, about: { kind: 'task', id: task.id } })
      parts.set(key, part)
    }
    return [...parts.values()]
  },
}
