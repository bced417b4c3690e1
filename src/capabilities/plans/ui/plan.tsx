// One plan: its text like a paper, and beside it who was asked, what the appraisal says, its versions.
import { Suspense, useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, Facts, Loaded, Menu, Page, Skeleton, Tabs, toast } from '../../../web/kit/kit.ts'
import type { MenuItem } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useMay } from '../../../web/session.ts'
import { CustodyTab, useCustody } from '../../custodies/ui/custody.tsx'
import { GradeMark, Watermark } from '../../custodies/ui/grade.tsx'
import { custodies } from '../../custodies/ui/messages.ts'
import { PrintByOrder } from '../../custodies/ui/print.tsx'
import { History } from '../../journals/ui/history.tsx'
import { Appraisal } from './appraisal.tsx'
import { ApproveDialog, WithdrawDialog } from './approve.tsx'
import { Asked } from './asked.tsx'
import type { Place } from './checks.tsx'
import { ArrangeDialog } from './arrange.tsx'
import { Consultation } from './consult.tsx'
import { AttachDialog, DetachDialog, FileLinks } from './files.tsx'
import { HeaderDialog } from './header.tsx'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'
import { usePhase } from './phase.tsx'
import { StaleNote } from './stale.tsx'
import { PlanText } from './text.tsx'
import { part } from '../../../web/parts.ts'
import './plans.css'

const Versions = part(() => import('./versions.tsx'))
const MadePapers = part(() => import('../../papers/ui/made.tsx').then(({ MadePapers: made }) => ({ default: made })))
const route = getRouteApi('/inside/plans/$planId')
type Open = 'header' | 'arrange' | 'attach' | 'approve' | 'withdraw'

export function OnePlan() {
  const t = useT(messages)
  const { planId } = route.useParams()
  const search = route.useSearch()
  const go = route.useNavigate()
  const [mayPaper, mayPropose] = [useMay('paper.issue'), useMay('proposal.write')]
  const [open, setOpen] = useState<Open>()
  const n = Number(search.n) || undefined
  const found = useQuery({ ...q.plans.get.queryOptions({ input: { planId, ...(n ? { n } : {}) } }), meta: { topics: [`plan:${planId}`] } })
  const reload = () => queries.invalidateQueries({ queryKey: q.plans.key() })
  const refresh = () => void reload()
  const begin = useOrder(api.plans.begin, (done) => { toast(t('begun', { n: done.n })); refresh(); void go({ search: {}, replace: true }) })
  const close = () => setOpen(undefined)
  const toTab = (tab: string) => void go({ search: { ...search, tab }, replace: true })
  const [aim, setAim] = useState<string>()
  // The section is there once its tab is.
  useEffect(() => { if (aim) requestAnimationFrame(() => { const at = document.getElementById(`s-${aim}`); at?.focus(); at?.scrollIntoView({ block: 'start' }); setAim(undefined) }) }, [aim])
  const toPlace = (to: Place) => { if (to === 'header') return setOpen('header'); close(); toTab(to.tab); setAim(to.section) }
  const phase = usePhase()
  const { day, date } = useFormat()
  const c = useT(custodies)
  const custody = useCustody(found.data?.grade)
  return (
    <Loaded query={found} lines={9}>{(plan) => {
      const may = (what: PlanData['can'][number]) => plan.can.includes(what)
      const items: MenuItem[] = [
        ...(may('edit') ? [{ label: t('particulars.edit'), icon: 'edit' as const, run: () => setOpen('header') }, { label: t('arrange'), icon: 'tasks' as const, run: () => setOpen('arrange') }, { label: t('attach'), icon: 'upload' as const, run: () => setOpen('attach') }] : []),
        ...(mayPaper ? [{ label: t('paper'), icon: 'file' as const, run: () => void go({ to: '/papers/new' as '/', search: { plan: plan.shown === plan.inForce ? plan.id : `${plan.id}.${plan.shown}` } as never }) }] : []),
        ...(mayPropose ? [{ label: t('propose'), icon: 'up' as const, run: () => void go({ to: '/proposals/new' as '/', search: { plan: plan.id } as never }) }] : []),
        ...(may('withdraw') ? ['line' as const, { label: t('withdraw'), icon: 'close' as const, danger: true, run: () => setOpen('withdraw') }] : []),
      ]
      const state = phase(plan)
      const answered = plan.consulted.filter((one) => one.verdict).length
      return (
        <Page title={plan.title} line={<>{plan.grade !== 'none' && <><GradeMark grade={plan.grade} /> </>}{[t(`kind.${plan.kind}`), t(`matter.${plan.matter}`), plan.unit.name, state].join(' · ')}</>} crumbs={[{ label: t('title'), to: '/plans' as '/' }]}
          actions={<>
            {may('approve') && <Button icon="check" look={plan.appraisal?.verdict === 'pass' ? 'main' : 'plain'} onClick={() => setOpen('approve')}>{t('approve')}</Button>}
            {may('begin') && <Button icon="edit" busy={begin.busy} onClick={() => void begin.give({ planId: plan.id })}>{t('begin')}</Button>}
            {items.length > 0 && <Menu items={items}><Button icon="more">{t('act')}</Button></Menu>}
            {plan.grade === 'none' ? <Button icon="print" onClick={() => print()}>{t('print')}</Button> : <PrintByOrder recordId={plan.id} />}
          </>}>
          {begin.refused && <p className="refusal" role="alert">{begin.refused.message}</p>}
          <Watermark mark={plan.mark} />
          <StaleNote stale={plan.stale} />
          <Asked plan={plan} onTab={toTab} onDone={refresh} />
          {plan.withdrawn && <p className="note">{t('withdrawn', { at: date(plan.withdrawn.at), reason: plan.withdrawn.reason ?? '…' })}</p>}
          {plan.phase === 'replaced' && <p className="note">{plan.replacedBy ? <span>{t('replaced')} <Link to="/plans/$planId" params={{ planId: plan.replacedBy.id }}>{plan.replacedBy.name}</Link></span> : t('replaced.one')}</p>}
          {plan.replacedBy && plan.replacedFrom && plan.phase !== 'replaced' && plan.phase !== 'withdrawn' && <p className="note"><span>{t('replaced.coming', { day: day(plan.replacedFrom) })} <Link to="/plans/$planId" params={{ planId: plan.replacedBy.id }}>{plan.replacedBy.name}</Link></span></p>}
          {plan.shown !== plan.n && <p className="note"><span>{t('shown.old', { n: plan.shown })}<Link to="/plans/$planId" params={{ planId: plan.id }}>{t('shown.newest')}</Link></span></p>}
          {plan.shown === plan.n && plan.inForce !== null && plan.inForce !== plan.n && <p className="note"><span>{t('version', { n: plan.n })}. <Link to="/plans/$planId" params={{ planId: plan.id }} search={{ n: String(plan.inForce) }}>{t('shown.force')}</Link></span></p>}
          <Tabs label={t('caption')} chosen={search.tab ?? 'text'} onChoose={toTab} tabs={[
            { id: 'text', label: t('tab.text'), content: () => <div className="stack"><Particulars plan={plan} onDone={refresh} /><Suspense fallback={null}><MadePapers kind="plan" id={plan.id} /></Suspense><PlanText plan={plan} onDone={reload} /></div> },
            { id: 'consult', label: t('tab.consult'), ...(plan.consulted.length > 0 ? { count: `${answered}/${plan.consulted.length}` } : {}), content: () => <Consultation plan={plan} onDone={refresh} /> },
            { id: 'appraisal', label: t('tab.appraisal'), ...(plan.appraisal ? { count: plan.appraisal.points.filter((one) => !one.how).length } : {}), content: () => <Appraisal plan={plan} onDone={refresh} /> },
            { id: 'versions', label: t('tab.versions'), count: plan.versions.length, content: () => <Suspense fallback={<Skeleton />}><Versions plan={plan} from={Number(search.from) || Math.max(1, plan.n - 1)} to={Number(search.to) || plan.n} onPick={(pair) => void go({ search: { ...search, ...pair }, replace: true })} /></Suspense> },
            ...(custody ? [{ id: 'custody', label: c('tab'), content: () => <CustodyTab recordId={plan.id} kind="plan" grade={plan.grade} /> }] : []),
            { id: 'history', label: t('tab.history'), content: () => <Card flush><History subject={`plan:${plan.id}`} /></Card> },
          ]} />
          {open === 'header' && <HeaderDialog plan={plan} onClose={close} />}
          {open === 'arrange' && <ArrangeDialog plan={plan} onClose={close} onDone={refresh} />}
          {open === 'attach' && <AttachDialog plan={plan} onClose={close} onDone={refresh} />}
          {open === 'approve' && <ApproveDialog plan={plan} onGo={toPlace} onClose={close} onDone={refresh} />}
          {open === 'withdraw' && <WithdrawDialog plan={plan} onClose={close} onDone={refresh} />}
        </Page>
      )
    }}</Loaded>
  )
}

/** Who answers for it, what it is about and rests on, when it was approved. */
function Particulars({ plan, onDone }: { plan: PlanData; onDone: () => void }) {
  const [off, setOff] = useState<PlanData['files'][number]>()
  const t = useT(messages)
  const pick = usePick()
  const { day, dateTime } = useFormat()
  const approved = plan.versions.find((one) => one.n === plan.shown)?.approved
  const more: (readonly [string, React.ReactNode])[] = [
    [t('head'), plan.head?.name ?? <span className="bad">{t('head.none')}</span>],
    ...(plan.event ? [[t('event'), <Link key="e" to="/events/$eventId" params={{ eventId: plan.event.id }}>{[pick(plan.event.programme), plan.event.unit, plan.event.dayOn && day(plan.event.dayOn)].filter(Boolean).join(' · ')}</Link>] as const] : []),
    ...(plan.programme ? [[t('programme'), pick(plan.programme.name)] as const] : []),
    ...(plan.basis ? [[t('basis'), <span key="b" className="plan-lines">{plan.basis}</span>] as const] : []),
    ...(plan.restsOn.length > 0 ? [[t('rests'), <span key="r">{plan.restsOn.map((one, i) => <span key={one.id}>{i > 0 && ', '}<Link to="/plans/$planId" params={{ planId: one.id }}>{one.name}</Link></span>)}</span>] as const] : []),
    ...(plan.papers.length > 0 ? [[t('papers'), <span key="p" className="plan-lines">{plan.papers.map((one, i) => <span key={one.id}>{i > 0 && '\n'}{one.may ? <Link to="/papers/$paperId" params={{ paperId: one.id }}>{one.name}</Link> : one.name}{one.state !== 'in_force' && <span className="soft"> ({t(`papers.${one.state}`)})</span>}</span>)}</span>] as const] : []),
    ...(approved ? [[t('approval'), [approved.toldBy ? t('told', { name: approved.toldBy, by: approved.by?.name ?? '…' }) : approved.by?.name ?? '…', dateTime(approved.at), approved.number && t('version.number', { number: approved.number }), t('version.from', { day: day(approved.inForceFrom) })].filter(Boolean).join(' · ')] as const] : []),
    ...(plan.reviewOn ? [[t('review'), day(plan.reviewOn)] as const] : []),
    ...(plan.files.length + (approved?.files.length ?? 0) > 0 ? [[t('files'), <><FileLinks key="f" files={plan.files} {...(plan.can.includes('edit') && plan.shown === plan.n ? { onDetach: setOff } : {})} /><FileLinks key="s" files={approved?.files ?? []} /></>] as const] : []),
    ...(plan.detached.length > 0 ? [[t('detached.list'), <ul key="d" className="plan-files">{plan.detached.map((one) => <li key={one.id}><span><del>{one.name}</del> <span className="soft">· {[t('version', { n: one.n }), one.toldBy ?? one.by?.name, dateTime(one.at), one.reason].filter(Boolean).join(' · ')}</span></span></li>)}</ul>] as const] : []),
  ]
  return <Card><Facts items={more} />{off && <DetachDialog plan={plan} file={off} onClose={() => setOff(undefined)} onDone={onDone} />}</Card>
}
