import { useCallback } from 'react'
import { catalogue, useT } from '../../../web/i18n.tsx'

/** What templates ask for as evidence; a task given by hand may ask for anything, in the giver's own words. */
const evidenceKinds = catalogue({
  paper: 'văn bản', plan: 'phương án', survey: 'khảo sát', number: 'số liệu', report: 'báo cáo', inspection: 'biên bản kiểm tra', check: 'rà soát', stock: 'phương tiện, vật tư', roster: 'lịch trực', muster: 'kiểm tra quân số', scenario: 'phương án tình huống', drill: 'diễn tập', notice: 'thông báo', text: 'nội dung', file: 'tệp',
}, {
  paper: 'paper', plan: 'plan', survey: 'survey', number: 'number', report: 'report', inspection: 'inspection record', check: 'check', stock: 'stock', roster: 'roster', muster: 'muster', scenario: 'scenario', drill: 'drill', notice: 'notice', text: 'text', file: 'file',
})
type Kind = keyof typeof evidenceKinds.vi
export const EVIDENCE = Object.keys(evidenceKinds.vi) as Kind[]

export function useEvidenceKind(): (kind: string) => string {
  const t = useT(evidenceKinds)
  return useCallback((kind) => (Object.hasOwn(evidenceKinds.vi, kind) ? t(kind as Kind) : kind), [t])
}
