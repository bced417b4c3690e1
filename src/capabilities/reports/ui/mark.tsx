import { useT } from '../../../web/i18n.tsx'
import { StepMark } from '../../../web/kit/kit.ts'
import type { Step } from '../../../web/kit/kit.ts'
import type { ReportState } from '../contract/names.ts'
import { reports as messages } from './messages.ts'

const STEPS: Record<ReportState, Step> = { owed: 'empty', submitted: 'full', returned: 'back', signed: 'done', excused: 'gone' }

type Where = { state: ReportState; late?: boolean; due?: string }
const isMissing = ({ state, due }: Where): boolean => (state === 'owed' || state === 'returned') && due !== undefined && new Date(due).getTime() <= Date.now()

/** Where a report is, in words. */
export function useReportState(): (report: Where) => string {
  const t = useT(messages)
  return (report) => `${t(`state.${report.state}`)}${isMissing(report) ? ` · ${t('overdue')}` : report.late && (report.state === 'submitted' || report.state === 'signed') ? ` · ${t('late')}` : ''}`
}

/** Where a report is; `due` past and nothing there, it says so. */
export function ReportMark(report: Where) {
  return <StepMark step={STEPS[report.state]} late={isMissing(report)}>{useReportState()(report)}</StepMark>
}
