// What reports say in the morning's mail.
import type { Reader } from '../../../kernel/db.ts'
import type { DigestPart, DigestSource } from '../../inboxes/contract.ts'
import { lateOf, owedOf } from '../store/home.ts'

const LINES = 5
const day = (on: string): string => on.split('-').reverse().join('/')

export const digestSource: DigestSource = {
  sections: { reports_owed: { vi: 'Báo cáo phải nộp: {count}', en: 'Reports due: {count}' }, reports_late: { vi: 'Báo cáo cấp dưới quá hạn: {count}', en: 'Late reports below: {count}' } },
  tell: async (given, unitIds, at) => {
    const read = given as unknown as Reader
    const parts = new Map<string, DigestPart>()
    const put = (unitId: string, section: 'reports_owed' | 'reports_late', count: number, line: DigestPart['lines'][number]) => {
      const part = parts.get(`${unitId} ${section}`) ?? { unitId, section, count, right: section === 'reports_owed' ? 'report.fill' as const : 'report.read' as const, more: section === 'reports_owed' ? '/reports' : '/reports?tab=asked', lines: [] }
      part.lines.push(line)
      parts.set(`${unitId} ${section}`, part)
    }
    for (const one of await owedOf(read, unitIds, at, LINES)) {
      const back = one.state === 'returned'
      put(one.forUnit, 'reports_owed', one.count, { text: { vi: `“${one.title}”, kỳ ${day(one.on)} · ${one.unit.name}${back ? ' · bị trả lại' : ''}`, en: `“${one.title}”, ${day(one.on)} · ${one.unit.name}${back ? ' · returned' : ''}` }, due: one.dueAt, about: { kind: 'report', id: one.id } })
    }
    for (const one of await lateOf(read, unitIds, at, LINES)) put(one.unit.id, 'reports_late', one.count, {
      text: { vi: `“${one.title}”, kỳ ${day(one.on)} · ${one.missing} đơn vị chưa nộp`, en: `“${one.title}”, ${day(one.on)} · ${one.missing} not submitted` }, due: one.dueAt, about: { kind: 'collection', id: `${one.collectionId}?unit=${one.unit.id}&on=${one.on}` },
    })
    return [...parts.values()]
  },
}
