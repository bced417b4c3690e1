// What this plan asks of the reader's own units, where they cannot miss it: an opinion, an appraisal.
import { useState } from 'react'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Icon } from '../../../web/kit/kit.ts'
import { AnswerDialog, mayAnswer } from './answer.tsx'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'

export function Asked({ plan, onTab, onDone }: { plan: PlanData; onTab: (tab: string) => void; onDone: () => void }) {
  const t = useT(messages)
  const { day } = useFormat()
  const [answering, setAnswering] = useState<string>()
  const mine = plan.consulted.filter((one) => one.mine && !one.verdict && mayAnswer(plan, one))
  const chosen = plan.consulted.find((one) => one.unit.id === answering)
  const team = plan.appraisal
  return (
    <>
      {mine.map((one) => <div key={one.unit.id} className="note no-print"><Icon name="inbox" /><div className="stack tight"><p><b>{t('asked', { name: one.unit.name })}</b> <span className={one.late ? 'bad' : ''}>{t(one.late ? 'asked.late' : 'asked.by', { day: day(one.due) })}</span></p><p>{t('asked.text')}</p><div className="row"><Button small look="main" aria-label={`${t('answer')}: ${one.unit.name}`} onClick={() => setAnswering(one.unit.id)}>{t('answer')}</Button></div></div></div>)}
      {team?.mine && !team.verdict && plan.can.includes('judge') && <div className="note no-print"><Icon name="shield" /><div className="stack tight"><p><b>{t('asked.appraise', { name: team.by })}</b>{team.due && <> <span className={team.late ? 'bad' : ''}>{t(team.late ? 'asked.late' : 'asked.appraise.by', { day: day(team.due) })}</span></>}</p><div className="row"><Button small onClick={() => onTab('appraisal')}>{t('asked.appraise.open')}</Button></div></div></div>}
      {chosen && <AnswerDialog plan={plan} one={chosen} onClose={() => setAnswering(undefined)} onDone={onDone} />}
    </>
  )
}
