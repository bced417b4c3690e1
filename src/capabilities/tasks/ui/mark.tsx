import { useT } from '../../../web/i18n.tsx'
import { StepMark } from '../../../web/kit/kit.ts'
import type { Step } from '../../../web/kit/kit.ts'
import { taskStates } from './states.ts'

export type TaskStateName = 'assigned' | 'accepted' | 'under_way' | 'reported' | 'verified' | 'returned' | 'refused' | 'withdrawn'
const steps: Record<TaskStateName, Step> = { assigned: 'empty', accepted: 'quarter', under_way: 'half', reported: 'full', verified: 'done', returned: 'back', refused: 'no', withdrawn: 'gone' }

/** How far a task is, in words. */
export function useTaskState(): (task: { state: TaskStateName; overdue: boolean }) => string {
  const t = useT(taskStates)
  return ({ state, overdue }) => `${t(state)}${overdue ? ` · ${t('late')}` : ''}`
}

/** How far a task is: a filling ring and a word; late is a word too. */
export function TaskMark({ state, late }: { state: TaskStateName; late?: boolean }) {
  const t = useT(taskStates)
  return <StepMark step={steps[state]} {...(late ? { late } : {})}>{t(state)}{late && <span className="bad"> · {t('late')}</span>}</StepMark>
}
