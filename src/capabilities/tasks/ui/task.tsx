// One task: what is asked, how far it is, what can be done about it now, what was reported, and what was said.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { atOnce } from '../../../web/at-once.ts'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, Facts, Loaded, Menu, Page, Tabs, toast } from '../../../web/kit/kit.ts'
import type { MenuItem } from '../../../web/kit/kit.ts'
import { useOrder, uuidv7 } from '../../../web/orders.ts'
import { useMe } from '../../../web/session.ts'
import { Brought } from '../../exchanges/ui/brought.tsx'
import { History } from '../../journals/ui/history.tsx'
import { ActDialog } from './act.tsx'
import type { Act } from './act.tsx'
import { Comments } from './comments.tsx'
import { useEvidenceKind } from './evidence-kinds.ts'
import { Evidence } from './evidence.tsx'
import { AT_ONCE, inState } from './live-rows.ts'
import { EditTask } from './give.tsx'
import { TaskMark } from './mark.tsx'
import { tasks as messages } from './messages.ts'
import { Parts } from './parts.tsx'
import { ReportDialog } from './report.tsx'
import { SplitDialog } from './split.tsx'
import { targetText } from './target.ts'
import './tasks.css'

const route = getRouteApi('/inside/tasks/$taskId')
export type TaskDetail = Awaited<ReturnType<typeof api.tasks.get>>
/** What is done, refused or withdrawn is neither late nor in time any more. */
const OPEN: ReadonlySet<string> = new Set(['assigned', 'accepted', 'under_way', 'reported', 'returned'])
const FIRST = ['accept', 'start', 'report', 'verify'] as const
/** What the lead unit does. Whoever stands above may enter it for that unit; theirs first is to chase and to verify. */
const LEADS: ReadonlySet<string> = new Set(['accept', 'start', 'report', 'split', 'refuse', 'ask_extension'])
const ORIGINS = { plan: 'plans', proposal: 'proposals', meeting: 'meetings' } as const
type Do = (typeof FIRST)[number] | 'edit' | 'split' | Act
const ALL: readonly Do[] = ['edit', ...FIRST, 'split', 'return', 'refuse', 'ask_extension', 'grant_extension', 'decline_extension', 'remind', 'withdraw']

export function OneTask() {
  const t = useT(messages)
  const { taskId } = route.useParams()
  const search = route.useSearch()
  const go = route.useNavigate()
  const me = useMe()
  const found = useQuery({ ...q.tasks.get.queryOptions({ input: { taskId } }), meta: { topics: [`task:${taskId}`] } })
  const evidence = useEvidenceKind()
  const format = useFormat(found.data?.due?.zone)
  const [open, setOpen] = useState<'report' | 'split' | 'edit' | Act>()
  const refresh = () => void queries.invalidateQueries({ predicate: (one) => one.queryKey[0] === 'tasks' || Boolean(one.meta?.topics?.includes(`task:${taskId}`)) })
  const verify = useOrder(api.tasks.verify, () => { toast(t('done.verify')); refresh() })
  const step = async (task: TaskDetail, to: 'accept' | 'start') => {
    const order = { orderId: uuidv7(), taskId }
    if (await atOnce(() => inState(task, AT_ONCE[to]), () => api.tasks[to](order))) toast(t(`done.${to}`))
    refresh()
  }
  const { refused } = verify
  return (
    <Loaded query={found} lines={8}>{(task) => {
      const can = (what: string) => (task.can as string[]).includes(what)
      const own = me === undefined || me.unit?.id === task.unit.id || me.grants.some((grant) => grant.unit?.id === task.unit.id)
      // Of another unit's task what that unit does comes last, under its name.
      const theirs = (one: Do) => !own && LEADS.has(one)
      const press = (one: Do) => { if (one === 'accept' || one === 'start') void step(task, one); else if (one === 'verify') void verify.give({ taskId }); else setOpen(one) }
      const ready = FIRST.filter((one) => can(one) && !theirs(one))
      const first: readonly Do[] = ready.length === 0 && !own && can('remind') ? ['remind'] : ready
      const item = (one: Do): MenuItem => ({ label: t(`do.${one}`), danger: one === 'withdraw', run: () => press(one) })
      const others = ALL.filter((one) => can(one) && !first.includes(one) && (one !== 'decline_extension' || task.extensionAskedUntil))
      const instead = others.filter(theirs)
      const menu = [...others.filter((one) => !theirs(one)).map(item), ...(instead.length > 0 ? [{ heading: t('instead', { unit: task.unit.name }) }, ...instead.map(item)] : [])]
      const aim = targetText(task, t, format)
      return (
        <Page title={task.title} crumbs={[{ label: task.unit.name, to: '/tasks', search: { unit: task.unit.id } as never }]}
          line={<span className="task-line"><TaskMark state={task.state} late={task.overdue} />{task.due && <span className={task.overdue ? 'bad' : ''}>{t('one.line', { due: format.date(task.due.at) })}{OPEN.has(task.state) && ` · ${format.due(task.due.at)}`}</span>}</span>}
          actions={<>
            {first.map((one, i) => <Button key={one} look={i === first.length - 1 ? 'main' : 'plain'} busy={one === 'verify' && verify.busy} {...(one === 'remind' ? { icon: 'bell' as const } : {})} onClick={() => press(one)}>{t(`do.${one}`)}</Button>)}
            {menu.length > 0 && <Menu items={menu}><Button icon="more">{t('others')}</Button></Menu>}
          </>}>
          {refused && <p className="refusal" role="alert">{refused.message}</p>}
          {task.extensionAskedUntil && (
            <div className="note"><div><b>{t('extension.asked', { until: format.date(task.extensionAskedUntil) })}</b>{task.extensions[0]?.reason && <p>{t('extension.why', { reason: task.extensions[0].reason })}</p>}
              {(can('grant_extension') || can('decline_extension')) && <p className="row tight">{(['grant_extension', 'decline_extension'] as const).filter(can).map((one) => <Button key={one} small onClick={() => setOpen(one)}>{t(`do.${one}`)}</Button>)}</p>}</div></div>
          )}
          {task.reasons[0] && task.state !== 'verified' && <div className="note"><div><b>{t(`reasons.${task.reasons[0].what}`)}</b> <span className="soft">{task.reasons[0].byName ?? t('someone')}, {format.dateTime(task.reasons[0].at)}</span><p>{task.reasons[0].text ?? t('erased')}</p></div></div>}
          <Brought localId={taskId} />
          <Tabs label={t('tabs')} chosen={search.tab ?? 'work'} onChoose={(id) => void go({ search: id === 'work' ? {} : { tab: id }, replace: true })} tabs={[
            {
              id: 'work', label: t('tab.work'), content: () => (
                <div className="task-two">
                  <div className="stack">
                    <Reports task={task} />
                    {(task.parts || can('split')) && <Card flush title={t('parts.title')} side={task.parts ? t('parts', task.parts) : undefined}><Parts taskId={taskId} /></Card>}
                    <Comments task={task} may={can('comment')} onSent={refresh} />
                  </div>
                  <Card><Facts items={[
                    [t('lead'), task.unit.name], [t('issuer'), task.issuerBody ? <>{task.issuerBody.name}<small className="soft"> · {t('issuer.office', { unit: task.issuer?.name ?? '…' })}</small></> : task.issuer?.name], [t('supporting'), task.supporting.map((one) => one.name).join(', ')], [t('due'), task.due ? format.dateTime(task.due.at) : null],
                    [t('target'), aim ? `${aim} (${task.met ? t('target.met') : t('target.notMet')})` : null], [t('product'), task.product], [t('priority'), t(`priority.${task.priority}`)],
                    [t('workstream'), task.workstreamName], [t('evidence'), task.evidenceKind && evidence(task.evidenceKind)], ...(task.origin ? [[t(`origin.${task.origin.kind}`), <Link key="o" to={`/${ORIGINS[task.origin.kind]}/${task.origin.id}` as '/'}>{task.origin.title}</Link>] as const] : []), [t('directive'), task.directive ? <Link key="d" to="/directives/$directiveId" params={{ directiveId: task.directive.id }}>{[task.directive.number, task.directive.title].filter(Boolean).join(', ')}</Link> : null],
                    [t('event'), task.eventId ? <Link to="/events/$eventId" params={{ eventId: task.eventId }}>{task.programmeName ?? t('event.open')}</Link> : task.programmeName], [t('item'), task.item],
                    [t('after'), task.waits.length > 0 ? <Waits task={task} /> : null],
                  ]} /></Card>
                </div>
              ),
            },
            { id: 'history', label: t('history'), content: () => <Card flush><History subject={`task:${taskId}`} /></Card> },
          ]} />
          {open === 'report' && <ReportDialog task={task} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); toast(t('done.report')); refresh() }} />}
          {open === 'split' && <SplitDialog task={task} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); toast(t('done.other')); refresh() }} />}
          {open === 'edit' && <EditTask task={task} onClose={() => setOpen(undefined)} onStale={refresh} onDone={() => { setOpen(undefined); toast(t('done.other')); refresh() }} />}
          {open && open !== 'report' && open !== 'split' && open !== 'edit' && <ActDialog act={open} task={task} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); toast(t('done.other')); refresh() }} />}
        </Page>
      )
    }}</Loaded>
  )
}

/** What must be done before this one begins; done or not is a word, not only a shape. */
function Waits({ task }: { task: TaskDetail }) {
  const t = useT(messages)
  const format = useFormat(task.due?.zone)
  return (
    <ul className="stack tight">{task.waits.map((one, i) => (
      <li key={i}>{one.taskId ? <Link to="/tasks/$taskId" params={{ taskId: one.taskId }}>{one.name}</Link> : t('after.gate', { name: one.name })}
        <small className="task-line">{one.state ? <TaskMark state={one.state} /> : t(one.done ? 'after.done' : 'after.open')}{one.at && ` · ${format.date(one.at)}`}{one.days > 0 && ` · ${t('after.days', { n: one.days })}`}</small></li>
    ))}</ul>
  )
}

function Reports({ task }: { task: TaskDetail }) {
  const t = useT(messages)
  const format = useFormat(task.due?.zone)
  return (
    <Card title={t('reports')}>
      {task.reports.length === 0 ? <p className="soft">{t('reports.none')}</p> : (
        <ol className="task-said">{task.reports.map((one) => (
          <li key={one.id}>
            <p><b>{one.done ? t('report.done') : t('report.progress')}</b> <span className="soft">{one.byName ?? t('someone')}{one.onBehalf && `, ${t('behalf', { name: one.onBehalf })}`}{one.toldBy && `, ${t('told', { by: one.toldBy })}`} · {format.dateTime(one.at)}</span></p>
            {one.reached !== null && <p>{t('report.number', { n: format.number(one.reached) })}{one.base !== null && ` / ${format.number(one.base)}`}</p>}
            {one.text && <p className="task-text">{one.text}</p>}
            {one.evidence.label && <p>{one.evidence.label}{one.evidence.on && ` ${t('report.on', { on: format.day(one.evidence.on) })}`}</p>}
            {one.evidence.expiresAt && <p className={Date.parse(one.evidence.expiresAt) < Date.now() ? 'bad' : 'soft'}>{t('report.expires', { at: format.date(one.evidence.expiresAt) })}</p>}
            {one.files.length > 0 && <Evidence files={one.files} />}
          </li>
        ))}</ol>
      )}
    </Card>
  )
}
