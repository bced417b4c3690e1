// One proposal and the decision on it.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, Dialog, Facts, Loaded, Menu, Page, ReasonDialog } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { History } from '../../journals/ui/history.tsx'
import { FileLinks } from '../../plans/ui/files.tsx'
import { Prose } from '../../plans/ui/text.tsx'
import { TaskMark } from '../../tasks/ui/mark.tsx'
import type { TaskStateName } from '../../tasks/ui/mark.tsx'
import { DecideDialog } from './decision.tsx'
import { ProposalForm } from './form.tsx'
import type { ProposalData } from './form.tsx'
import { proposals as messages } from './messages.ts'
import '../../plans/ui/plans.css'
import './proposals.css'

const route = getRouteApi('/inside/proposals/$proposalId')

export function OneProposal() {
  const t = useT(messages)
  const { day, date, dateTime } = useFormat()
  const { proposalId } = route.useParams()
  const [open, setOpen] = useState<'decide' | 'again' | 'withdraw'>()
  const found = useQuery({ ...q.proposals.get.queryOptions({ input: { proposalId } }), meta: { topics: [`proposal:${proposalId}`] } })
  const refresh = () => void queries.invalidateQueries({ queryKey: q.proposals.key() })
  const close = () => setOpen(undefined)
  return (
    <Loaded query={found} lines={8}>{(data) => {
      const may = (what: ProposalData['can'][number]) => data.can.includes(what)
      const state = data.verdict && data.phase !== 'withdrawn' ? t(`verdict.${data.verdict}`) : t(`phase.${data.phase}`)
      return (
        <Page title={data.subject} line={<>{[data.unit.name, '→', data.to.name].join(' ')} · {state}{data.due && data.phase === 'sent' && <> · <span className={data.late ? 'bad' : ''}>{t('col.due')} {day(data.due)}{data.late && ` (${t('late')})`}</span></>}</>} crumbs={[{ label: t('title'), to: '/proposals' as '/' }]}
          actions={<>
            {may('decide') && <Button look="main" icon="check" onClick={() => setOpen('decide')}>{t('decide')}</Button>}
            {may('again') && <Button look="main" icon="edit" onClick={() => setOpen('again')}>{t('again')}</Button>}
            {may('withdraw') && <Menu items={[{ label: t('withdraw'), icon: 'close', danger: true, run: () => setOpen('withdraw') }]}><Button icon="more">{t('act')}</Button></Menu>}
            <Button icon="print" onClick={() => print()}>{t('print')}</Button>
          </>}>
          {data.withdrawn && <p className="note">{t('withdrawn', { at: date(data.withdrawn.at), reason: data.withdrawn.reason ?? '…' })}</p>}
          <Card title={t('decision')}>{data.decision ? <Decision data={data} decision={data.decision} /> : <p className="faint">{t('decision.none')}</p>}</Card>
          {!data.content ? <Card><p className="faint">{t('erased')}</p></Card> : <>
            <Card title={t('background')}><div className="proposal-text"><Prose text={data.content.background} /></div></Card>
            {data.content.options.length > 0 && <Card title={t('options')}><ol className="proposal-read">{data.content.options.map((one, i) => (
              <li key={one.id}><h3>{i + 1}. {one.title}{data.content!.chosen === one.id && <small>{t('chosen.mark')}</small>}{data.decision?.optionId === one.id && <small className="chosen">{t('decided.mark')}</small>}</h3>
                <Facts items={[[t('option.good'), one.good && <span key="g" className="plan-lines">{one.good}</span>], [t('option.bad'), one.bad && <span key="b" className="plan-lines">{one.bad}</span>]]} /></li>
            ))}</ol></Card>}
            <Card title={t('proposed')}><div className="proposal-text"><Prose text={data.content.proposed} /></div></Card>
          </>}
          <Card><Facts items={[[t('col.from'), data.unit.name], [t('by'), `${data.toldBy ? t('told', { name: data.toldBy, by: data.by?.name ?? '…' }) : data.by?.name ?? '…'} · ${dateTime(data.sentAt)}`], [t('col.to'), data.to.name], ...(data.plan ? [[t('plan'), <Link key="p" to="/plans/$planId" params={{ planId: data.plan.id }}>{data.plan.name}</Link>] as const] : []), ...(data.files.length > 0 ? [[t('files'), <FileLinks key="f" files={data.files} />] as const] : [])]} /></Card>
          <div className="no-print"><Card title={t('history')} flush><History subject={`proposal:${data.id}`} /></Card></div>
          {open === 'decide' && <DecideDialog data={data} onClose={close} onDone={refresh} />}
          {open === 'again' && <Dialog open asks onClose={close} title={t('again')} size="lg"><ProposalForm again={data} onDone={() => { refresh(); close() }} /></Dialog>}
          {open === 'withdraw' && <WithdrawDialog data={data} onClose={close} onDone={refresh} />}
        </Page>
      )
    }}</Loaded>
  )
}

function Decision({ data, decision }: { data: ProposalData; decision: NonNullable<ProposalData['decision']> }) {
  const t = useT(messages)
  const { day, dateTime } = useFormat()
  const option = data.content?.options.find((one) => one.id === decision.optionId)
  const how = decision.how && t(`how.${decision.how as 'paper'}`)
  return (
    <div className="stack">
      <p><b>{t(`verdict.${decision.verdict}`)}</b>{option && `: ${option.title}`}</p>
      {decision.text && <div className="proposal-text"><Prose text={decision.text} /></div>}
      <p className="soft">{[decision.toldBy ? t('told', { name: decision.toldBy, by: decision.by?.name ?? '…' }) : decision.by?.name ?? '…', how, decision.decidedOn ? t('decision.on', { on: day(decision.decidedOn), at: dateTime(decision.at) }) : dateTime(decision.at)].filter(Boolean).join(' · ')}</p>
      <FileLinks files={decision.files} />
      {decision.tasks.length > 0 && <div><h3 className="proposal-small">{t('decision.tasks')}</h3><ul className="proposal-tasks">{decision.tasks.map((one) => <li key={one.id}><Link to="/tasks/$taskId" params={{ taskId: one.id }}>{one.title}</Link><span className="soft">{one.unit}</span><TaskMark state={one.state as TaskStateName} /></li>)}</ul></div>}
    </div>
  )
}

function WithdrawDialog({ data, onClose, onDone }: { data: ProposalData; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const order = useOrder(api.proposals.withdraw, () => { onDone(); onClose() })
  return <ReasonDialog title={t('withdraw')} label={t('withdraw.reason')} send={t('withdraw')} most={2000} order={order} onClose={onClose} onSend={(reason) => void order.give({ proposalId: data.id, reason })} />
}
