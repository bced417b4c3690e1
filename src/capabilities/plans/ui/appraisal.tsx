// The appraisal of a version: points to fix, each fixed or answered, and a verdict.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, ChoiceField, DateField, Dialog, EmptyState, Form, SelectField, TextArea, UnitField, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useKept } from '../../../web/leave.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'
import { Prose } from './text.tsx'
import { useTold } from './whose.tsx'

type Act = { plan: PlanData; onClose: () => void; onDone: () => void }
type Point = NonNullable<PlanData['appraisal']>['points'][number]

export function Appraisal({ plan, onDone }: { plan: PlanData; onDone: () => void }) {
  const t = useT(messages)
  const { day, dateTime } = useFormat()
  const [open, setOpen] = useState<'send' | 'judge'>()
  const team = plan.appraisal
  const may = plan.can.includes('appraise')
  const judge = plan.can.includes('judge')
  const waiting = team?.points.filter((one) => !one.how).length ?? 0
  const counted = team?.points.filter((one) => one.how !== 'withdrawn') ?? []
  const send = may && <Button icon="shield" look={team ? 'plain' : 'main'} onClick={() => setOpen('send')}>{t('appraisal')}</Button>
  return (
    <div className="stack">
      {!team ? <Card><EmptyState icon="shield" title={t('appraisal.none')} action={send}>{t('appraisal.none.text')}</EmptyState></Card> : <>
        <Card title={t(team.verdict === 'pass' ? 'appraisal.pass' : team.verdict === 'return' ? 'appraisal.return' : 'appraisal.waiting', { name: team.by })}
          side={<>{team.due && !team.verdict && <span className={team.late ? 'bad' : ''}>{t(team.late ? 'appraisal.late' : 'appraisal.until', { day: day(team.due) })}</span>}{judge && <Button look="main" onClick={() => setOpen('judge')}>{t('judge')}</Button>}{may && team.verdict === 'return' && send}</>}>
          {team.text && <Prose text={team.text} />}
          {team.judged && <p className="soft">{team.judged.toldBy ? t('told', { name: team.judged.toldBy, by: team.judged.by?.name ?? '…' }) : team.judged.by?.name ?? '…'} · {dateTime(team.judged.at)}</p>}
          {team.verdict === 'pass' && may && <p className="soft">{t('appraisal.edit')}</p>}
          {!team.verdict && <p className="soft">{t(waiting > 0 ? 'appraisal.state.open' : counted.length > 0 ? 'appraisal.state.ready' : 'appraisal.state.none', { n: waiting })}</p>}
        </Card>
        <Card title={t('points')} side={counted.length > 0 && t('points.settled', { settled: counted.length - waiting, n: counted.length })}>
          {team.points.length === 0 && <p className="faint">{t('point.none')}</p>}
          <ol className="plan-said">{team.points.map((one) => <PointLine key={one.id} plan={plan} point={one} onDone={onDone} />)}</ol>
          {judge && <NewPoint plan={plan} mine={team.mine} onDone={onDone} />}
        </Card>
      </>}
      {open === 'send' && <SendDialog plan={plan} onClose={() => setOpen(undefined)} onDone={onDone} />}
      {open === 'judge' && team && <JudgeDialog plan={plan} waiting={waiting} mine={team.mine} onClose={() => setOpen(undefined)} onDone={onDone} />}
    </div>
  )
}

function PointLine({ plan, point, onDone }: { plan: PlanData; point: Point; onDone: () => void }) {
  const t = useT(messages)
  const { dateTime } = useFormat()
  const [answering, setAnswering] = useState(false)
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const confirm = useConfirm()
  const [calling, setCalling] = useState<'withdraw' | 'reopen'>()
  const order = useOrder(api.plans.settlePoint, () => { setAnswering(false); onDone() })
  const back = useOrder(api.plans.callBackPoint, () => { setCalling(undefined); onDone() })
  const judge = plan.can.includes('judge')
  const mine = plan.appraisal?.mine ?? false
  const callBack = async (what: 'withdraw' | 'reopen') => {
    if (!mine) return setCalling(what)
    if (what === 'reopen' || await confirm({ title: t('point.withdraw.title', { n: point.n }), text: t('point.withdraw.text'), yes: t('point.withdraw'), danger: true })) await back.give({ planId: plan.id, pointId: point.id, what })
  }
  const section = plan.sections.find((one) => one.id === point.sectionId)?.title
  return (
    <li><p><b>{t('point.of', { n: point.n })}{section && ` · ${section}`}</b> <span className={point.how ? 'soft' : 'bad'}>{t(point.how ? `point.${point.how}` : 'point.open')}</span></p><p>{point.how === 'withdrawn' ? <del>{point.text ?? t('comment.gone')}</del> : point.text ?? t('comment.gone')}</p>{point.answer && <blockquote>{point.answer}</blockquote>}<small>{point.toldBy ? t('told', { name: point.toldBy, by: point.by?.name ?? '…' }) : point.by?.name ?? '…'} · {dateTime(point.at)}</small>
      {point.how && point.how !== 'withdrawn' && plan.can.includes('edit') && !judge && <div className="row"><Button small look="quiet" busy={order.busy} onClick={() => void order.give({ planId: plan.id, pointId: point.id, how: 'open' })}>{t('point.unmark')}</Button></div>}
      {judge && <div className="row">{point.how && <Button small look="quiet" busy={back.busy} onClick={() => void callBack('reopen')}>{t('point.reopen')}</Button>}{point.how !== 'withdrawn' && <Button small look="quiet" busy={back.busy} onClick={() => void callBack('withdraw')}>{t('point.withdraw')}</Button>}</div>}
      {(back.refused ?? (!answering && order.refused)) && <p className="field-error" role="alert">{(back.refused ?? order.refused)?.message}</p>}
      {calling && <CallBackDialog plan={plan} pointId={point.id} n={point.n} what={calling} onClose={() => setCalling(undefined)} onDone={onDone} />}
      {!point.how && plan.can.includes('edit') && !answering && <div className="row"><Button small busy={order.busy} onClick={() => void order.give({ planId: plan.id, pointId: point.id, how: 'fixed' })}>{t('point.fix')}</Button><Button small onClick={() => setAnswering(true)}>{t('point.answer')}</Button></div>}
      {answering && <Form refused={order.refused} foot={<><Button small onClick={() => setAnswering(false)}>{t('section.cancel')}</Button><Button small look="main" type="submit" busy={order.busy}>{t('save')}</Button></>} onSend={() => { setTried(true); if (text.trim()) void order.give({ planId: plan.id, pointId: point.id, how: 'answered', text: text.trim() }) }}>
        <TextArea label={t('point.answer.text')} rows={2} value={text} onValue={setText} maxLength={4000} autoFocus error={tried && !text.trim() ? t('missing') : undefined} /></Form>}
    </li>
  )
}

/** By who stands above the unit that appraises: told by somebody. */
function CallBackDialog({ plan, pointId, n, what, onClose, onDone }: Act & { pointId: string; n: number; what: 'withdraw' | 'reopen' }) {
  const t = useT(messages)
  const told = useTold(true)
  const [tried, setTried] = useState(false)
  const order = useOrder(api.plans.callBackPoint, () => { onDone(); onClose() })
  return (
    <Dialog open asks onClose={onClose} title={t(what === 'withdraw' ? 'point.withdraw.title' : 'point.reopen.title', { n })}>
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{t(`point.${what}`)}</Button>} onSend={() => { setTried(true); if (told.told && !told.lacks) void order.give({ planId: plan.id, pointId, what, told: told.told }) }}>
        <p>{t(what === 'withdraw' ? 'point.withdraw.text' : 'point.reopen.text')}</p>
        {told.fields(tried)}
      </Form>
    </Dialog>
  )
}

function NewPoint({ plan, mine, onDone }: { plan: PlanData; mine: boolean; onDone: () => void }) {
  const t = useT(messages)
  const [{ text, section }, set] = useKept(`sansang.plan.${plan.id}.point`, { text: '', section: '' })
  const [tried, setTried] = useState(false)
  const told = useTold(!mine)
  const order = useOrder(api.plans.point, () => { set({ text: '', section: '' }); setTried(false); onDone() })
  return (
    <Form refused={order.refused} foot={<Button type="submit" busy={order.busy}>{t('point.send')}</Button>} onSend={() => { setTried(true); if (text.trim() && !told.lacks) void order.give({ planId: plan.id, text: text.trim(), ...(section ? { sectionId: section } : {}), ...(told.told ? { told: told.told } : {}) }) }}>
      {told.fields(tried)}
      <TextArea label={t('point.text')} rows={2} value={text} onValue={(next) => set({ text: next, section })} maxLength={4000} error={tried && !text.trim() ? t('missing') : undefined} />
      <SelectField label={t('point.section')} optional value={section} onValue={(next) => set({ text, section: next })} empty={t('point.section.none')} options={plan.sections.map((one) => ({ value: one.id, label: one.title }))} />
    </Form>
  )
}

function SendDialog({ plan, onClose, onDone }: Act) {
  const t = useT(messages)
  const bodies = useQuery(q.bodies.list.queryOptions({ input: { kind: 'appraisal', limit: 100 } }))
  const [body, setBody] = useState('')
  const [unit, setUnit] = useState<UnitChoice>()
  const [due, setDue] = useState<string>()
  const [tried, setTried] = useState(false)
  const order = useOrder(api.plans.appraisal, () => { toast(t('appraisal.sent')); onDone(); onClose() })
  return (
    <Dialog open asks onClose={onClose} title={t('appraisal')}>
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{t('appraisal.send')}</Button>} onSend={() => { setTried(true); if (body || unit) void order.give({ planId: plan.id, ...(body ? { bodyId: body } : { unitId: unit!.id }), ...(due ? { due } : {}) }) }}>
        {(bodies.data?.items.length ?? 0) > 0 && <SelectField label={t('appraisal.body')} optional value={body} onValue={setBody} empty={t('appraisal.body.none')} options={(bodies.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} />}
        {!body && <UnitField label={t('appraisal.unit')} value={unit} onValue={setUnit} error={tried && !unit ? t('missing') : undefined} />}
        <DateField label={t('appraisal.due')} optional value={due} onValue={setDue} />
      </Form>
    </Dialog>
  )
}

function JudgeDialog({ plan, waiting, mine, onClose, onDone }: Act & { waiting: number; mine: boolean }) {
  const t = useT(messages)
  const [verdict, setVerdict] = useState<string>('')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const told = useTold(!mine)
  const wrong = verdict === '' ? t('judge.missing') : verdict === 'pass' && waiting > 0 ? t('judge.open', { n: waiting }) : undefined
  const order = useOrder(api.plans.appraise, () => { toast(t('judge.done')); onDone(); onClose() })
  return (
    <Dialog open asks onClose={onClose} title={t('judge')}>
      {waiting > 0 && <p className="note">{t('judge.open', { n: waiting })}</p>}
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{t('judge.send')}</Button>} onSend={() => { setTried(true); if (!wrong && !told.lacks) void order.give({ planId: plan.id, verdict: verdict as 'pass', ...(text.trim() ? { text: text.trim() } : {}), ...(told.told ? { told: told.told } : {}) }) }}>
        {told.fields(tried)}
        <ChoiceField label={t('judge')} inline value={verdict} onValue={setVerdict} error={tried ? wrong : undefined} options={(['pass', 'return'] as const).map((value) => ({ value, label: t(`judge.${value}`) }))} />
        <TextArea label={t('judge.text')} optional value={text} onValue={setText} maxLength={20_000} />
      </Form>
    </Dialog>
  )
}
