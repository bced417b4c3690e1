// Units that were asked: who agrees, who has comments, who is late.
import { useState } from 'react'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, EmptyState } from '../../../web/kit/kit.ts'
import { AnswerDialog, mayAnswer } from './answer.tsx'
import { AskDialog } from './ask.tsx'
import { FileLinks } from './files.tsx'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'
import { Prose } from './text.tsx'

type Asked = PlanData['consulted'][number]
export function Consultation({ plan, onDone }: { plan: PlanData; onDone: () => void }) {
  const t = useT(messages)
  const { day, dateTime } = useFormat()
  const [asking, setAsking] = useState(false)
  const [answering, setAnswering] = useState<string>()
  const may = plan.can.includes('consult')
  const ask = may && <Button icon="plus" look={plan.consulted.length === 0 ? 'main' : 'plain'} onClick={() => setAsking(true)}>{t('consult')}</Button>
  const state = (one: Asked) => <span>{one.verdict === null ? <>{t('consult.waiting')}{one.late && <b className="bad"> · {t('consult.late')}</b>}</> : <>{t(`consult.${one.verdict}`)}{one.late && <span className="bad"> · {t('consult.lately')}</span>}</>}</span>
  const who = (one: { at: string | null; by: Asked['by']; toldBy: string | null }) => one.at && `${one.toldBy ? t('told', { name: one.toldBy, by: one.by?.name ?? '…' }) : one.by?.name ?? '…'} · ${dateTime(one.at)}`
  const act = (one: Asked) => t(one.mine ? one.verdict ? 'answer.change' : 'answer' : one.verdict ? 'answer.instead.again' : 'answer.instead')
  const chosen = plan.consulted.find((one) => one.unit.id === answering)
  return (
    <>
      <Card flush {...(plan.consulted.length > 0 ? { title: t('consult.count', { answered: plan.consulted.filter((one) => one.verdict).length, n: plan.consulted.length }), side: ask } : {})}>
        <DataTable caption={t('consult.units')} rows={plan.consulted} rowKey={(one) => one.unit.id} empty={<EmptyState icon="units" title={t('consult.none')} action={ask}>{t('consult.none.text')}</EmptyState>} columns={[
          { id: 'unit', head: t('unit'), as: 'name', text: (one) => [one.unit.name, one.text].filter(Boolean).join(' · '), cell: (one) => <>{one.unit.name}{one.text && <div className="plan-opinion"><Prose text={one.text} /></div>}<FileLinks files={one.files} /><small>{who(one)}</small>
            {one.earlier.length > 0 && <details><summary>{t('answer.earlier', { n: one.earlier.length })}</summary><ul className="plan-said">{one.earlier.map((was) => <li key={was.at}><b>{t(`consult.${was.verdict}`)}</b>{was.text && <div className="plan-opinion"><Prose text={was.text} /></div>}<FileLinks files={was.files} /><small>{who(was)}</small></li>)}</ul></details>}
            <small className="only-narrow">{state(one)}</small></> },
          { id: 'due', head: t('consult.due'), as: 'number', from: 'narrow', text: (one) => day(one.due), cell: (one) => <span className={one.late && !one.verdict ? 'bad' : ''}>{day(one.due)}</span> },
          { id: 'state', head: t('consult.state'), from: 'narrow', text: (one) => (one.verdict === null ? t('consult.waiting') : t(`consult.${one.verdict}`)) + (one.late ? ` · ${t(one.verdict === null ? 'consult.late' : 'consult.lately')}` : ''), cell: state },
          { id: 'act', head: '', cell: (one) => (mayAnswer(plan, one) ? <Button small className="nowrap" aria-label={`${act(one)}: ${one.unit.name}`} onClick={() => setAnswering(one.unit.id)}>{act(one)}</Button> : null) },
        ]} />
      </Card>
      {asking && <AskDialog plan={plan} onClose={() => setAsking(false)} onDone={onDone} />}
      {chosen && <AnswerDialog plan={plan} one={chosen} onClose={() => setAnswering(undefined)} onDone={onDone} />}
    </>
  )
}
