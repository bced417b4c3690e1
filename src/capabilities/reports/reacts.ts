// After commit: what reports add up to, at every unit above.
import type { Follower } from '../../kernel/follow.ts'
import type { Recorded } from '../../kernel/journal.ts'
import type { PeriodOpened, ReportFact } from './contract/facts.ts'
import { countOpened, countReports } from './store/fold.ts'

const SENT = ['report.submitted.v1', 'report.corrected.v1', 'report.returned.v1', 'report.signed.v1', 'report.excused.v1']

/** `changed`: requests whose figures moved, the reports themselves, and the last line's position. */
export const followers = ({ changed = () => {} }: { changed?: (collectionIds: string[], reportIds: string[], position: number) => void }): Follower[] => [{
  name: 'reports.totals',
  types: ['collection.opened.v1', ...SENT],
  share: 1, gather: 120,
  handle: async (batch, fold) => {
    const opened = batch.filter((r): r is Recorded<PeriodOpened> => r.fact.type === 'collection.opened.v1').map((r) => r.fact)
    if (opened.length > 0) await countOpened(fold, opened)
    const ids = [...new Set(batch.filter((r) => SENT.includes(r.fact.type)).map((r) => (r.fact as ReportFact).reportId))]
    const moved = ids.length > 0 ? await countReports(fold, ids) : []
    const all = [...new Set([...opened.map((f) => f.collectionId), ...moved])]
    if (all.length > 0) changed(all, ids, Math.max(...batch.map((r) => r.position)))
  },
}]
