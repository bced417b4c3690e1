import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api, q } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, CheckField, ChoiceField, DateField, Dialog, Form, Loaded, SelectField, TextArea, TextField, toast } from '../../../web/kit/kit.ts'
import { useToday } from '../../../web/session.ts'
import { useOrder } from '../../../web/orders.ts'
import { Checks, useChecks } from './checks.tsx'
import type { Place } from './checks.tsx'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'
import { useWhose } from './whose.tsx'

type Act = { plan: PlanData; onClose: () => void; onDone: () => void }
type Task = PlanData['tasks'][number]

/** In force from a day: by the head, or entered for them. What is not in order comes first; what was not read is not approved. */
export function ApproveDialog({ plan, onGo, onClose, onDone }: Act & { onGo: (to: Place) => void }) {
  const t = useT(messages)
  const [read, setRead] = useState(plan.version)
  const [from, setFrom] = useState<string | undefined>(useToday())
  const [number, setNumber] = useState('')
  const [review, setReview] = useState<string | undefined>(plan.reviewOn ?? undefined)
  const [replaces, setReplaces] = useState('')
  const [theirs, setTheirs] = useState('')
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set())
  const [tried, setTried] = useState(false)
  const whose = useWhose(plan.versions.find((one) => one.n === plan.n)?.begunAt)
  const checks = useChecks(plan)
  const others = useQuery(q.plans.list.queryOptions({ input: { limit: 100, phase: 'approved', unit: plan.unit.id, below: 'false' } }))
  const fresh = plan.grade === 'none' ? plan.sections.flatMap((s) => s.actions.filter((one) => !one.task)).length : 0
  const [gone, changed, same] = (['gone', 'changed', 'same'] as const).map((row) => plan.tasks.filter((one) => one.open && one.row === row)) as [Task[], Task[], Task[]]
  const going = gone.filter((one) => !kept.has(one.id))
  // What the plan that it replaces has assigned: asked of that one.
  const replaced = useQuery({ ...q.plans.get.queryOptions({ input: { planId: replaces } }), enabled: replaces !== '' })
  const left = replaces === '' ? [] : (replaced.data?.tasks ?? []).filter((one) => one.open)
  const lacks = replaces !== '' && (!replaced.data || (left.length > 0 && theirs === ''))
  const ending = theirs === 'too' ? left : []
  const order = useOrder(api.plans.approve, ({ tasks, withdrawn }) => { toast([t('approve.done'), tasks > 0 && t('approve.done.tasks', { n: tasks }), withdrawn > 0 && t('approve.done.withdrawn', { n: withdrawn })].filter(Boolean).join(', ')); onDone(); onClose() })
  const moved = plan.version !== read
  const shut = !plan.can.includes('approve')
  const send = async () => {
    setTried(true)
    if (!from || lacks || whose.lacks || moved || shut || checks.some((one) => one.must)) return
    const files = await whose.sendFiles()
    if (!files) return
    const done = await order.give({ planId: plan.id, expectedVersion: read, inForceFrom: from, files, replaces: replaces ? [replaces] : [], withdrawTasks: [...going, ...ending].map(({ id }) => id), ...(number.trim() ? { number: number.trim() } : {}), ...(review ? { reviewOn: review } : {}), ...(whose.told ? { told: whose.told } : {}), ...(whose.on ? { approvedOn: whose.on } : {}) })
    if (!done) onDone() // what changed meanwhile is shown
  }
  return (
    <Dialog open asks onClose={onClose} title={t('approve.title', { n: plan.n })}>
      {shut ? <p className="note" role="alert">{t('approve.shut')}</p> : moved && <div className="note plan-stale" role="alert"><div><p>{t('approve.moved')}</p><p className="row tight"><Button small onClick={onClose}>{t('approve.moved.read')}</Button><Button small look="quiet" onClick={() => { setRead(plan.version); order.clear() }}>{t('approve.moved.on')}</Button></p></div></div>}
      <Checks checks={checks} onGo={onGo} />
      <p>{t('approve.text')}</p>
      {plan.grade !== 'none' && plan.sections.some((s) => s.actions.length > 0) && <p className="note">{t('approve.graded')}</p>}
      <Form refused={order.refused} onSend={() => void send()} foot={<Button look="main" type="submit" busy={order.busy} aria-disabled={moved || shut || checks.some((one) => one.must)}>{t('approve')}</Button>}>
        {tried && checks.some((one) => one.must) && <p className="field-error" role="alert">{t('check.first', { n: checks.filter((one) => one.must).length })}</p>}
        {changed.length > 0 && <div className="note"><div><b>{t('approve.changed', { n: changed.length })}</b><p>{t('approve.changed.text')}</p><TaskLinks tasks={changed} /></div></div>}
        {gone.length > 0 && <fieldset className="field"><legend>{t('approve.gone', { n: gone.length })}</legend><p className="field-hint">{t('approve.gone.text')}</p>
          {gone.map((one) => <CheckField key={one.id} label={`${one.title} · ${one.unit}`} value={!kept.has(one.id)} onValue={(yes) => setKept((before) => { const next = new Set(before); if (yes) next.delete(one.id); else next.add(one.id); return next })} />)}</fieldset>}
        <div className="field-row"><DateField label={t('approve.from')} value={from} onValue={setFrom} error={tried && !from ? t('missing') : undefined} /><TextField label={t('approve.number')} optional value={number} onValue={setNumber} maxLength={60} /></div>
        <DateField label={t('review')} hint={t('review.hint')} optional value={review} onValue={setReview} />
        <SelectField label={t('approve.replaces')} hint={t('approve.replaces.hint')} optional value={replaces} onValue={(id) => { setReplaces(id); setTheirs('') }} empty={t('approve.replaces.none')} options={(others.data?.items ?? []).filter((one) => one.id !== plan.id).map((one) => ({ value: one.id, label: one.title }))} />
        {replaces !== '' && <Loaded query={replaced} lines={2}>{() => left.length > 0 && <>
          <p>{t('approve.replaces.tasks', { n: left.length })}</p><TaskLinks tasks={left} />
          <ChoiceField label={t('withdraw.what')} value={theirs} onValue={setTheirs} error={tried && theirs === '' ? t('withdraw.what.missing') : undefined} options={[{ value: 'too', label: t('approve.replaces.too', { n: left.length }) }, { value: 'stay', label: t('withdraw.what.stay', { n: left.length }) }]} />
        </>}</Loaded>}
        {whose.fields(tried)}
        {(fresh > 0 || plan.tasks.length > 0 || left.length > 0) && <p className="soft" role="status">{t('approve.sum', { fresh, kept: same.length + changed.length + gone.length - going.length + left.length - ending.length, gone: going.length + ending.length })}</p>}
      </Form>
    </Dialog>
  )
}

const FIRST = 5
function TaskLinks({ tasks }: { tasks: readonly Task[] }) {
  const t = useT(messages)
  return <ul className="plan-checks">{tasks.slice(0, FIRST).map((one) => <li key={one.id}><Link to="/tasks/$taskId" params={{ taskId: one.id }}>{one.title}</Link> <span className="soft">· {one.unit}</span></li>)}{tasks.length > FIRST && <li className="soft">{t('check.more', { n: tasks.length - FIRST })}</li>}</ul>
}

/** With the reason; what becomes of the tasks that it made is asked where some are open. */
export function WithdrawDialog({ plan, onClose, onDone }: Act) {
  const t = useT(messages)
  const [reason, setReason] = useState('')
  const [what, setWhat] = useState('')
  const [tried, setTried] = useState(false)
  const open = plan.tasks.filter((one) => one.open)
  const order = useOrder(api.plans.withdraw, ({ withdrawn }) => { toast(withdrawn > 0 ? t('withdraw.done.tasks', { n: withdrawn }) : t('withdraw.done')); onDone(); onClose() })
  const lacks = { reason: !reason.trim(), what: open.length > 0 && what === '' }
  return (
    <Dialog open asks onClose={onClose} title={t('withdraw.title')}>
      <Form refused={order.refused} foot={<Button look="danger" type="submit" busy={order.busy}>{t('withdraw')}</Button>} onSend={() => { setTried(true); if (!lacks.reason && !lacks.what) void order.give({ planId: plan.id, reason: reason.trim(), withdrawTasks: what === 'too' ? open.map(({ id }) => id) : [] }) }}>
        {plan.tasks.length > 0 && <p>{t(open.length > 0 ? 'withdraw.tasks' : 'withdraw.tasks.none', { n: plan.tasks.length, open: open.length })}</p>}
        {open.length > 0 && <><TaskLinks tasks={open} /><ChoiceField label={t('withdraw.what')} value={what} onValue={setWhat} error={tried && lacks.what ? t('withdraw.what.missing') : undefined} options={[{ value: 'too', label: t('withdraw.what.too', { n: open.length }) }, { value: 'stay', label: t('withdraw.what.stay', { n: open.length }) }]} /></>}
        <TextArea label={t('withdraw.reason')} rows={3} value={reason} onValue={setReason} maxLength={2000} data-autofocus error={tried && lacks.reason ? t('missing') : undefined} />
      </Form>
    </Dialog>
  )
}
