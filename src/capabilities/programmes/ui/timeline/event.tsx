// One event over time: milestones in their order, each with the tasks that must be done by it, what is critical, and the event's day to try elsewhere.
import { useMemo, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../../web/client.ts'
import type { api } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { usePick, useT } from '../../../../web/i18n.tsx'
import { Button, Card, Icon, Loaded } from '../../../../web/kit/kit.ts'
import { dayIn } from '../../../../pure/calendar.ts'
import { TaskMark } from '../../../tasks/ui/mark.tsx'
import type { TaskStateName } from '../../../tasks/ui/mark.tsx'
import { criticalPath, scaleOf } from '../../decide/timeline.ts'
import type { Gate, Path } from '../../decide/timeline.ts'
import { Arrows, Axis, Track } from './chart.tsx'
import type { Look } from './chart.tsx'
import { HolidayRow, shades, useHolidays } from './holidays.tsx'
import { DayHandle, DayPanel, useTried } from './day.tsx'
import { timeline as messages } from './messages.ts'
import './timeline.css'

type Dates = Awaited<ReturnType<typeof api.programmes.events.dates>>
type Task = Dates['tasks'][number]
type Shown = { id: string; day: string | null; zone: string; version: number }

export function EventTimeline({ event, may, onDone }: { event: Shown; may: boolean; onDone: () => void }) {
  const found = useQuery({ ...q.programmes.events.dates.queryOptions({ input: { eventId: event.id } }), meta: { topics: [`event:${event.id}`] } })
  return <Loaded query={found} lines={8}>{(data) => <Chart key={`${event.version}`} data={data} event={event} may={may} onDone={() => { onDone(); void found.refetch() }} />}</Loaded>
}

const lookOf = (task: Task, today: string): Look => (task.state === 'verified' ? 'done' : task.state === 'reported' ? 'reported' : task.date !== null && task.date < today ? 'late' : 'open')

function Chart({ data, event, may, onDone }: { data: Dates; event: Shown; may: boolean; onDone: () => void }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat(event.zone)
  const today = dayIn(new Date(), event.zone)
  const tasks = useMemo(() => data.tasks.filter((task) => task.state !== 'withdrawn'), [data])
  const path = useMemo(() => criticalPath(data.milestones, tasks, event.day, today), [data, tasks, event.day, today])
  const [draft, setDraft] = useState(event.day ?? today)
  const tried = useTried({ ...event, day: event.day ?? today }, draft)
  const ghost = event.day && draft !== event.day && tried.data?.day === draft ? new Map(tried.data.milestones.filter((one) => !one.kept).map((one) => [one.code, dayIn(new Date(one.to), event.zone)])) : undefined
  const scale = useMemo(() => scaleOf([today, event.day, ...data.milestones.map((one) => one.date), ...tasks.map((task) => task.date)], 7), [data, tasks, event.day, today])
  const groups = useMemo(() => {
    const by = Map.groupBy(tasks, (task) => path.tasks.get(task.id)?.gate ?? '')
    return [...path.gates.map((gate) => ({ code: gate.code, gate: gate as Gate | null, tasks: by.get(gate.code) ?? [] })), ...(by.get('')?.length ? [{ code: '', gate: null as Gate | null, tasks: by.get('')! }] : [])]
  }, [tasks, path])
  const [unfolded, unfold] = useState<Set<string>>(() => new Set(path.now ? [path.now.code] : []))
  const toggle = (code: string) => unfold((was) => { const next = new Set(was); if (!next.delete(code)) next.add(code); return next })
  const all = groups.filter((one) => one.tasks.length > 0).map((one) => one.code)
  const whole = all.every((code) => unfolded.has(code))
  const shownTasks = useMemo(() => groups.filter((one) => unfolded.has(one.code)).flatMap((one) => heads(one.tasks).map(({ task }) => task)), [groups, unfolded])
  const arrows = useMemo(() => shownTasks.flatMap((task) => task.after.flatMap((one) => {
    const from = 'task' in one ? shownTasks.find((other) => other.code === one.task) : path.gates.find((gate) => gate.code === one.milestone)
    return from?.date && task.date ? [{ from: 'id' in from ? from.id : `gate-${from.code}`, fromDay: from.date, to: task.id, toDay: task.date, critical: (path.tasks.get(task.id)?.critical ?? false) && (!('id' in from) || (path.tasks.get(from.id)?.critical ?? false)) }] : []
  })), [shownTasks, path])
  /** In words beside the arrows, with what is not done yet. */
  const waits = (task: Task): string => task.after.flatMap((one) => {
    if ('milestone' in one) { const gate = path.gates.find((each) => each.code === one.milestone); return gate && !gate.reached ? [pick(gate.name)] : [] }
    const other = tasks.find((each) => each.code === one.task)
    return other && path.tasks.get(other.id)?.open ? [pick(other.name)] : []
  }).join('; ')
  const before = (code: string): string => { const i = path.gates.findIndex((one) => one.code === code); return path.gates[i - 1]?.date ?? scale.from }
  const holidays = useHolidays(scale)
  const frame = { scale, today, offs: holidays.offs, day: event.day, ghostDay: draft === event.day ? null : draft }
  return (
    <div className="stack gantt-page">
      <PathNote path={path} day={event.day} today={today} />
      {may && event.day && <DayPanel event={{ ...event, day: event.day }} draft={draft} onDraft={setDraft} tried={tried} onDone={onDone} />}
      <Card flush title={<span className="hidden-visually">{t('caption')}</span>} side={<><Legend /><Button small className="no-print" onClick={() => unfold(whole ? new Set() : new Set(all))}>{whole ? t('fold') : t('open')}</Button></>}>
        <div className="table-box gantt-box"><Arrows scale={scale} arrows={arrows} /><table className="table gantt" style={shades(scale, holidays)}>
          <caption className="hidden-visually">{t('caption')}</caption>
          <thead><tr><th scope="col">{t('col.what')}</th><th scope="col" className="number">{t('col.due')}</th><th scope="col" className="from-narrow">{t('col.slack')}</th><th scope="col" className="gantt-time"><span className="hidden-visually">{t('col.time')}</span><Axis scale={scale}>{may && event.day && <DayHandle scale={scale} day={event.day} draft={draft} onDraft={setDraft} />}</Axis></th></tr></thead>
          <HolidayRow scale={scale} holidays={holidays} slack />
          {groups.map(({ code, gate, tasks: own }) => (
            <tbody key={code}>
              <tr data-line={`gate-${code}`} className={`gantt-gate${gate && gate.code === path.now?.code ? ' now' : ''}`}>
                <th scope="rowgroup">{own.length > 0
                  ? <button type="button" className="gantt-fold" aria-expanded={unfolded.has(code)} onClick={() => toggle(code)}><Icon name={unfolded.has(code) ? 'down' : 'right'} size={14} /><span>{gate ? pick(gate.name) : t('after')}</span></button>
                  : <span className="gantt-leaf">{gate && pick(gate.name)}</span>}
                  <small>{gate && gate.late > 0 ? <b className="bad">{t('gate.late', { n: gate.late })} · </b> : null}{gate?.reached && gate.tasks > 0 ? t('gate.done') : own.length === 0 ? t('gate.none') : t('gate', { open: own.filter((task) => path.tasks.get(task.id)?.open).length, tasks: own.length })}{gate && gate.code === path.now?.code ? ` · ${t('gate.now')}` : ''}</small></th>
                <td className="number">{gate && format.day(gate.date)}{gate && ghost?.has(gate.code) && <small className="gantt-new">→ {format.day(ghost.get(gate.code)!)}</small>}</td><td className="from-narrow" />
                <td className="gantt-time"><Track {...frame} points={gate ? [{ day: gate.date, look: gate.late > 0 ? 'late' : gate.reached ? 'reached' : 'ahead' }] : []} ghosts={gate && ghost?.has(gate.code) ? [ghost.get(gate.code)!] : []} /></td>
              </tr>
              {unfolded.has(code) && heads(own).map(({ task, parts }) => {
                const slack = path.tasks.get(task.id)
                const look = lookOf(task, today)
                return (
                  <tr key={task.id} data-line={task.id} className={slack?.critical ? 'critical' : ''}>
                    <th scope="row"><span className="gantt-task"><Link to="/tasks/$taskId" params={{ taskId: task.id }}>{pick(task.name)}</Link><small><TaskMark state={task.state as TaskStateName} late={look === 'late'} />{parts.length > 0 && ` · ${t('parts', { n: parts.length, open: parts.filter((one) => path.tasks.get(one.id)?.open).length })}`}<span className="only-narrow">{slackText(slack, t)}</span>{slack?.open && waits(task) && <span className="gantt-waits">{t('waits', { of: waits(task) })}</span>}</small></span></th>
                    <td className="number"><span className={look === 'late' ? 'bad' : ''}>{task.date ? format.day(task.date) : t('noDate')}</span></td>
                    <td className="from-narrow">{slack?.critical ? <b>{slackText(slack, t)}</b> : slackText(slack, t)}</td>
                    <td className="gantt-time"><Track {...frame} bar={task.date ? { from: before(code) < task.date ? before(code) : task.date, until: task.date, look, critical: slack?.critical ?? false } : undefined} /></td>
                  </tr>
                )
              })}
            </tbody>
          ))}
        </table></div>
      </Card>
    </div>
  )
}

/** A task that was handed down stands once, with how many parts it has. The host's own comes first. */
function heads(tasks: readonly Task[]): { task: Task; parts: Task[] }[] {
  return [...Map.groupBy(tasks, (task) => task.code ?? task.id).values()].map(([task, ...parts]) => ({ task: task!, parts }))
}
type T = ReturnType<typeof useT<typeof messages.vi>>
function slackText(slack: { slack: number | null; open: boolean; critical: boolean } | undefined, t: T): string {
  if (!slack?.open || slack.slack === null) return t('slack.done')
  const words = slack.slack < 0 ? t('slack.late', { n: -slack.slack }) : slack.slack === 0 ? t('slack.zero') : t('slack.days', { n: slack.slack })
  return slack.critical ? `${t('slack.critical')} · ${words}` : words
}

function PathNote({ path, day, today }: { path: Path; day: string | null; today: string }) {
  const t = useT(messages)
  const pick = usePick()
  const { now } = path
  const away = now ? Math.round((Date.parse(now.date) - Date.parse(today)) / 86_400_000) : 0
  return (
    <div className="note gantt-path"><div>
      <p><b>{t('path')}: </b>{day === null ? t('path.noDay') : !now ? t('path.done') : now.late > 0 ? t('path.late', { name: pick(now.name), late: now.late, open: now.open, planned: path.planned, left: Math.max(0, path.left) }) : away === 0 ? t('path.today', { name: pick(now.name), open: now.open, planned: path.planned }) : t('path.next', { name: pick(now.name), n: away, open: now.open, planned: path.planned })}</p>
      <p className="soft small">{t('path.means')}</p>
    </div></div>
  )
}

function Legend() {
  const t = useT(messages)
  return (
    <span className="gantt-legend" title={t('legend.bar')}>
      {(['done', 'reported', 'open', 'late'] as const).map((look) => <span key={look}><i className={`gantt-bar ${look}`} aria-hidden="true" />{t(`legend.${look}`)}</span>)}
      <span><i className="gantt-bar open critical" aria-hidden="true" />{t('legend.critical')}</span><span><i className="gantt-today" aria-hidden="true" />{t('legend.today')}</span><span><i className="gantt-day" aria-hidden="true" />{t('legend.day')}</span><span><i className="gantt-off" aria-hidden="true" />{t('legend.off')}</span>
    </span>
  )
}
