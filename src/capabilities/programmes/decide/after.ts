// Which task waits for which (finish to start): read from a file, checked for rings, and held against the dates.
import type { After, Due, TaskItem, TemplateBody } from '../contract.ts'
import { addDays } from '../../../pure/calendar.ts'
import type { FileReader, Node } from '../../../pure/written.ts'

const MOST = 20
const TASK = { vi: 'nhiệm vụ', en: 'task' }, MILESTONE = { vi: 'mốc', en: 'milestone' }
type Read = Pick<TaskItem, 'code' | 'due' | 'after'> & { node: Node }

/** `T01`, or a list of codes and of `{ task: T02, days: 3 }`, `{ milestone: approved }`. */
export function readAfter(f: FileReader, n: Node): After[] {
  const all = Array.isArray(n.value) ? f.list(n) : [n]
  if (all.length > MOST) f.complain(n.path, `có nhiều hơn ${MOST} việc phải chờ`, `waits for more than ${MOST}`)
  return all.map((one): After => {
    if (typeof one.value === 'string') return { task: f.code(one) }
    if (!f.map(one, ['task', 'milestone', 'days'])) return { task: '' }
    if (f.has(one, 'task') === f.has(one, 'milestone')) f.complain(one.path, 'cần đúng một trong hai: task hoặc milestone', 'needs exactly one of task and milestone')
    const days = f.has(one, 'days') ? { days: f.integer(f.get(one, 'days'), 0, 365) } : {}
    return f.has(one, 'milestone') ? { milestone: f.code(f.get(one, 'milestone')), ...days } : { task: f.code(f.get(one, 'task')), ...days }
  })
}
const placeOf = (f: FileReader, task: Read, i: number): Node => { const n = f.get(task.node, 'after'); return Array.isArray(n.value) ? f.get(n, i) : n }

/** Unknown codes, rings, and due dates that cannot hold whatever the day. */
export function checkAfter(f: FileReader, tasks: readonly Read[], known: { tasks: ReadonlySet<string>; milestones: ReadonlySet<string> }): void {
  const byCode = new Map(tasks.map((t) => [t.code, t]))
  for (const task of tasks) for (const [i, one] of (task.after ?? []).entries()) {
    const at = placeOf(f, task, i)
    if ('milestone' in one) f.known(one.milestone, at, known.milestones, MILESTONE)
    else f.known(one.task, at, known.tasks, TASK)
    const before: Due | undefined = 'milestone' in one ? { milestone: one.milestone } : byCode.get(one.task)?.due
    const gap = before && gapOf(before, task.due)
    if (gap !== undefined && gap < (one.days ?? 0)) {
      const name = 'milestone' in one ? one.milestone : one.task
      f.complain(at.path, `(${task.code} chờ ${name}) nhưng hạn của ${task.code} sớm hơn`, `(${task.code} waits for ${name}), but ${task.code} is due earlier`, { severity: 'warning' })
    }
  }
  const ring = ringOf(tasks)
  if (ring) {
    const task = byCode.get(ring[0]!)!
    const via = (task.after ?? []).findIndex((one) => ('task' in one ? one.task === ring[1] : gates(byCode.get(ring[1]!)!.due, one.milestone)))
    f.complain(placeOf(f, task, Math.max(0, via)).path, `tạo thành vòng chờ nhau: ${ring.join(' → ')}`, `makes a ring of waiting: ${ring.join(' → ')}`)
  }
}

/** Whether a milestone is reached only once a task with this due date is done. */
const gates = (due: Due, milestone: string): boolean => 'milestone' in due && due.milestone === milestone && (due.day ?? due.working ?? 0) <= 0

/** A way back to where it began: each waits for the next. */
export function ringOf(tasks: readonly Pick<TaskItem, 'code' | 'due' | 'after'>[]): string[] | undefined {
  const byCode = new Map(tasks.map((t) => [t.code, t]))
  const byGate = new Map<string, string[]>()
  const atGate = (milestone: string) => { if (!byGate.has(milestone)) byGate.set(milestone, tasks.filter((t) => gates(t.due, milestone)).map((t) => t.code)); return byGate.get(milestone)! }
  const done = new Set<string>()
  const walk = (code: string, path: string[]): string[] | undefined => {
    const from = path.indexOf(code)
    if (from >= 0) return [...path.slice(from), code]
    if (done.has(code)) return undefined
    for (const one of byCode.get(code)?.after ?? []) for (const next of 'task' in one ? [one.task] : atGate(one.milestone)) { const found = walk(next, [...path, code]); if (found) return found }
    done.add(code)
    return undefined
  }
  for (const { code } of tasks) { const found = walk(code, []); if (found) return found }
  return undefined
}

/** Days from one due date to another where no calendar is needed to know. */
function gapOf(from: Due, to: Due): number | undefined {
  const plain = (due: Due): [string, number] | undefined => ('working' in due && due.working !== undefined ? undefined : 'milestone' in due ? [due.milestone, due.day ?? 0] : 'day' in due && !('child' in due) && !due.roll ? ['', due.day!] : undefined)
  const [a, b] = [plain(from), plain(to)]
  return a && b && a[0] === b[0] ? b[1] - a[1] : undefined
}

export type Early = { task: string; waits: string; milestone: boolean }
/** Which tasks of one event are due before what they wait for. `due` and `milestones` by code; `dayOf` in the event's zone. */
export function dueTooEarly(body: TemplateBody, schedule: { due: Record<string, string>; milestones: Record<string, string> }, dayOf: (at: string) => string): Early[] {
  return body.tasks.flatMap((task) => (task.after ?? []).flatMap((one): Early[] => {
    const [milestone, waits] = 'milestone' in one ? [true, one.milestone] as const : [false, one.task] as const
    const [own, before] = [schedule.due[task.code], milestone ? schedule.milestones[waits] : schedule.due[waits]]
    return own !== undefined && before !== undefined && dayOf(own) < addDays(dayOf(before), one.days ?? 0) ? [{ task: task.code, waits, milestone }] : []
  }))
}
/** The same as sentences; `n` events of each. */
export function saidTooEarly(body: TemplateBody, early: readonly (Early & { n?: number })[]): { vi: string; en: string }[] {
  return early.map(({ task, waits, milestone, n }) => {
    const [own, other] = [body.tasks.find((t) => t.code === task)!.name, (milestone ? body.milestones : body.tasks).find((t) => t.code === waits)!.name]
    return {
      vi: `“${own.vi}” (${task}) đến hạn trước khi xong ${milestone ? 'mốc ' : ''}“${other.vi}” (${waits}) mà việc này phải chờ${n === undefined ? '' : `: ${n} sự kiện`}.`,
      en: `“${own.en}” (${task}) is due before ${milestone ? 'the milestone ' : ''}“${other.en}” (${waits}), which it waits for${n === undefined ? '' : `: ${n} ${n === 1 ? 'event' : 'events'}`}.`,
    }
  })
}
