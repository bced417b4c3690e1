// Tasks by how far they are: a column a state. A card goes on by its menu or by dragging it; what needs a word or a file asks for it, and the server decides.
import { useRef, useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { atOnce } from '../../../web/at-once.ts'
import { useChanged } from '../../../web/changed.ts'
import { api, queries, refusalOf } from '../../../web/client.ts'
import { dueDay, useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, IconButton, Menu, RefusedState, Skeleton, toast, useSight } from '../../../web/kit/kit.ts'
import { sendSafely, uuidv7 } from '../../../web/orders.ts'
import { severalProgrammes } from '../../../web/several.ts'
import { ActDialog } from './act.tsx'
import type { TaskRow } from './list.tsx'
import { AT_ONCE, followed, inState, readAgain, useSightTrue } from './live-rows.ts'
import { tasks as messages } from './messages.ts'
import { ReportDialog } from './report.tsx'
import { taskStates } from './states.ts'
import { targetText } from './target.ts'
import type { TaskDetail } from './task.tsx'

const OPEN = ['assigned', 'accepted', 'under_way', 'returned', 'reported'] as const
const ALL = [...OPEN, 'verified', 'refused', 'withdrawn'] as const
type State = (typeof ALL)[number]
/** What brings a task from one state to another. */
const STEPS = { accept: ['assigned', 'accepted'], start: ['accepted', 'under_way'], report: ['under_way', 'reported'], verify: ['reported', 'verified'], return: ['reported', 'returned'], refuse: ['assigned', 'refused'], withdraw: ['assigned', 'withdrawn'] } as const
type Step = keyof typeof STEPS
const PLAIN: Partial<Record<Step, (input: { orderId: string; taskId: string }) => Promise<unknown>>> = { accept: (input) => api.tasks.accept(input), start: (input) => api.tasks.start(input), verify: (input) => api.tasks.verify(input) }
const DONE = { accept: 'done.accept', start: 'done.start', verify: 'done.verify' } as const
/** Steps worth offering; whether they may, the server says of each task. */
const FROM: Record<State, readonly Step[]> = { assigned: ['accept', 'start', 'report', 'refuse', 'withdraw'], accepted: ['start', 'report', 'withdraw'], under_way: ['report', 'withdraw'], returned: ['start', 'report', 'withdraw'], reported: ['verify', 'return'], verified: ['return'], refused: ['return', 'withdraw'], withdrawn: [] }

type Input = Parameters<typeof api.tasks.list>[0]

/** `filter`: as the chips above say; one state alone shows its column alone. */
export function StateBoard({ input, filter }: { input: NonNullable<Input>; filter: string }) {
  const t = useT(messages)
  const [open, setOpen] = useState<{ step: Step; task: TaskDetail }>()
  const [over, setOver] = useState<State>()
  const dragged = useRef<TaskRow | undefined>(undefined)
  const { state: _, ...rest } = input
  const shown: readonly State[] = filter === 'open' || filter === 'overdue' ? OPEN : filter === 'all' ? ALL : ALL.filter((one) => one === filter)
  /** That task is read again and goes to its column; the others stay as they are. */
  const done = (taskId: string) => { setOpen(undefined); readAgain([taskId]).catch(() => queries.invalidateQueries({ queryKey: ['tasks', 'board'] })) }
  const go = async (row: TaskRow, step: Step) => {
    if (step === 'accept' || step === 'start') {
      const orderId = uuidv7()
      if (await atOnce(() => inState(row, AT_ONCE[step]), () => PLAIN[step]!({ orderId, taskId: row.id }))) toast(t(DONE[step]))
      done(row.id)
      return
    }
    try {
      const task = await api.tasks.get({ taskId: row.id })
      if (!(task.can as string[]).includes(step)) { toast(t('board.cannot', { step: t(`do.${step}`), task: row.title }), { look: 'bad' }); done(row.id); return }
      const plain = PLAIN[step]
      if (!plain) { setOpen({ step, task }); return }
      const orderId = uuidv7()
      await sendSafely(() => plain({ orderId, taskId: row.id }))
      toast(t(DONE[step as keyof typeof DONE]))
      done(row.id)
    } catch (error) { toast(refusalOf(error).message || t('board.failed'), { look: 'bad' }); done(row.id) }
  }
  const drop = (to: State) => {
    const row = dragged.current
    dragged.current = undefined
    setOver(undefined)
    if (!row || row.state === to) return
    const step = FROM[row.state as State].find((one) => STEPS[one][1] === to)
    if (step) void go(row, step); else toast(t('board.noWay'), { look: 'bad' })
  }
  return (
    <>
      <div className="board-states" role="group" aria-label={t('caption')}>
        {shown.map((state) => (
          <section key={state} className={`board-column${over === state ? ' over' : ''}`} onDragOver={(event) => { if (dragged.current) { event.preventDefault(); if (over !== state) setOver(state) } }} onDragLeave={(event) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(undefined) }} onDrop={(event) => { event.preventDefault(); drop(state) }}>
            <Column state={state} input={{ ...rest, state: [state] }} onStep={(row, step) => void go(row, step)} onDrag={(row) => { dragged.current = row }} />
          </section>
        ))}
      </div>
      {open?.step === 'report' && <ReportDialog task={open.task} onClose={() => setOpen(undefined)} onDone={() => { toast(t('done.report')); done(open.task.id) }} />}
      {open && open.step !== 'report' && <ActDialog act={open.step as 'return'} task={open.task} onClose={() => setOpen(undefined)} onDone={() => { toast(t('done.other')); done(open.task.id) }} />}
    </>
  )
}

function Column({ state, input, onStep, onDrag }: { state: State; input: NonNullable<Input>; onStep: (row: TaskRow, step: Step) => void; onDrag: (row: TaskRow | undefined) => void }) {
  const t = useT(messages)
  const words = useT(taskStates)
  const format = useFormat()
  const { ids, see } = useSight(25)
  const changed = useChanged()
  const found = useInfiniteQuery({
    meta: followed(ids), staleTime: 20_000, refetchOnWindowFocus: false,
    queryKey: ['tasks', 'board', input], queryFn: ({ pageParam, signal }) => api.tasks.list({ ...input, limit: 30, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (last) => last.next ?? undefined,
  })
  useSightTrue(ids, found.data?.pages[0]?.asOf)
  const rows = found.data?.pages.flatMap((page) => page.items)
  const total = found.data?.pages[0]?.total
  const several = severalProgrammes(rows)
  return (
    <>
      <h2><span>{words(state)}</span><span className="soft">{total === undefined ? '' : format.total(total)}</span></h2>
      {!rows ? found.isError ? <RefusedState error={found.error} retry={() => void found.refetch()} /> : <Skeleton lines={3} /> : rows.length === 0 ? <p className="soft small">{t('board.none')}</p> : (
        <ul className="stack tight">{rows.map((row) => {
          const steps = FROM[row.state as State] ?? []
          return (
            <li key={row.id} ref={see} data-see={row.id} data-changed={changed(row.id)} className={`board-card${row.overdue ? ' late' : ''}`} draggable={steps.length > 0} onDragStart={(event) => { onDrag(row); event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', row.title) }} onDragEnd={() => onDrag(undefined)}>
              <div className="board-title"><Link to="/tasks/$taskId" params={{ taskId: row.id }} draggable={false}>{row.title}</Link>
                {steps.length > 0 && <Menu items={steps.map((step) => ({ label: t(`do.${step}`), danger: step === 'withdraw' || step === 'refuse', run: () => onStep(row, step) }))}><IconButton icon="more" label={t('board.move', { task: row.title })} /></Menu>}</div>
              <span className="soft small">{[row.unit.name, several && row.programmeName].filter(Boolean).join(' · ')}</span>
              <span className="row small"><span className={row.overdue ? 'bad' : 'soft'}>{row.due ? `${dueDay(format, row.due)}${row.overdue ? ` · ${words('late')}` : ''}` : t('due.none')}</span><span className="soft">{[row.priority === 'high' && t('high'), targetText(row, t, format)].filter(Boolean).join(' · ')}</span></span>
            </li>
          )
        })}</ul>
      )}
      {found.hasNextPage && <Button small look="quiet" busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('board.more')}</Button>}
    </>
  )
}
