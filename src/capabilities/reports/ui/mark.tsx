import { useT } from '../../../web/i18n.tsx'
import { StepMark } from '../../../web/kit/kit.ts'
import type { Step } from '../../../web/kit/kit.ts'
import type { ReportState } from '../contract/names.ts'
import { reports as messages } from './messages.ts'

const STEPS: Record<ReportState, Step> = { owed: 'empty', submitted: 'full', returned: 'back', signed: 'done', excused: 'gone' }

/** Where a report is; `due` past and nothing there, it says so. */
export function ReportMark({ state, late, due }: { state: ReportState; late?: boolean; due?: string }) {
  const t = useT(messages)
  const missing = (state === 'owed' || state === 'returned') && due !== undefined && new Date(due).getTime() <= Date.now()
  return <StepMark step={STEPS[state]} late={missing}>{t(`state.${state}`)}{missing ? ` · ${t('overdue')}` : late && (state === 'submitted' || state === 'signed') ? ` · ${t('late')}` : ''}</StepMark>
}
