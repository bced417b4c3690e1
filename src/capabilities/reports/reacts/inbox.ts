// What reports send to inboxes: who owes one, what came back, what is chased.
import type { Reader } from '../../../kernel/db.ts'
import type { InboxSend, InboxSource } from '../../inboxes/contract.ts'
import type { PeriodOpened, ReportFact, ReportsChased } from '../contract/facts.ts'
import { periodsToTell, reportsToTell } from '../store/inbox.ts'
import type { ToTell } from '../store/inbox.ts'

const sentences = {
  'reports.owed': { vi: 'Phải nộp báo cáo “{title}”, kỳ {on}', en: 'A report is due: “{title}”, {on}' },
  'reports.returned': { vi: 'Báo cáo “{title}” kỳ {on} bị trả lại', en: 'Returned: “{title}”, {on}' },
  'reports.reminded': { vi: 'Đôn đốc nộp báo cáo “{title}”, kỳ {on}', en: 'Chased: “{title}”, {on}' },
  'reports.excused': { vi: 'Được miễn báo cáo “{title}”, kỳ {on}', en: 'Excused from “{title}”, {on}' },
} as const
type Code = keyof typeof sentences
const ONE: Record<string, { kind: InboxSend['kind']; code: Code }> = { 'report.returned.v1': { kind: 'returned', code: 'reports.returned' }, 'report.excused.v1': { kind: 'changed', code: 'reports.excused' } }

const send = (to: ToTell, kind: InboxSend['kind'], code: Code, of: number): InboxSend & { of: number } => ({
  to: { unitId: to.unitId }, kind, code, about: { kind: 'report', id: to.id }, params: { title: to.title ?? { vi: 'báo cáo mật', en: 'a graded report' }, on: to.on.split('-').reverse().join('/') }, due: to.dueAt.toISOString(), of,
})

export const inboxSource: InboxSource = {
  types: ['collection.opened.v1', 'report.chased.v1', ...Object.keys(ONE)], sentences,
  send: async (facts, given) => {
    const read = given as unknown as Reader
    const opened = facts.flatMap((r) => (r.fact.type === 'collection.opened.v1' ? [r.fact as unknown as PeriodOpened] : []))
    const named = facts.flatMap((r) => (r.fact.type === 'report.chased.v1' ? (r.fact as unknown as ReportsChased).reportIds : r.fact.type in ONE ? [(r.fact as unknown as ReportFact).reportId] : []))
    const [periods, reports] = [opened.length > 0 ? await periodsToTell(read, opened) : [], named.length > 0 ? await reportsToTell(read, named) : new Map<string, ToTell>()]
    return facts.flatMap((r, of): (InboxSend & { of: number })[] => {
      if (r.fact.type === 'collection.opened.v1') {
        return periods[opened.indexOf(r.fact as unknown as PeriodOpened)]!.map((one) => send(one, 'assigned', 'reports.owed', of))
      }
      if (r.fact.type === 'report.chased.v1') return (r.fact as unknown as ReportsChased).reportIds.flatMap((id) => { const one = reports.get(id); return one ? [send(one, 'reminder', 'reports.reminded', of)] : [] })
      const [one, what] = [reports.get((r.fact as unknown as ReportFact).reportId), ONE[r.fact.type]]
      return one && what ? [send(one, what.kind, what.code, of)] : []
    })
  },
}
