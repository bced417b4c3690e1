// What an event's day rests on now. A template has no durations: it has milestones, each with the tasks that are due at it, one after the other up to the day, and tasks may wait
// for others. So the critical path is the chain of milestones: the first that is not reached holds all after it; critical is a task that holds that one, itself or through those that wait for it.
import { addDays, dayNumber, daysBetween } from '../../../pure/calendar.ts'

type Named = { vi: string; en: string }
type Wait = { task?: string | undefined; milestone?: string | undefined; days?: number | undefined }
export type PathTask = { id: string; code?: string | null; milestone: string | null; date: string | null; state: string; /** What it waits for, by code. */ after?: readonly Wait[] }
export type PathMilestone = { code: string; name: Named; date: string }
/** `slack`: days that a task may still slip before its milestone does, or what waits for it; negative: so many days of the milestone are gone already. */
export type Slack = { gate: string | null; slack: number | null; open: boolean; critical: boolean }
export type Gate = PathMilestone & { tasks: number; open: number; reached: boolean; /** Days since it should have been reached. */ late: number }
export type Path = {
  gates: Gate[]; tasks: Map<string, Slack>
  /** The first milestone up to the day whose tasks are not done; null: all are. */
  now: Gate | null
  /** Days between that milestone and the event's day, as planned, and as many as are left of them. */
  planned: number; left: number
}

const OPEN = new Set(['assigned', 'accepted', 'under_way', 'returned'])
const later = (a: string, b: string): string => (a > b ? a : b)

/** `day`: the event's, null while it has none: then nothing is critical. */
export function criticalPath(milestones: readonly PathMilestone[], tasks: readonly PathTask[], day: string | null, today: string): Path {
  const sorted = [...milestones].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  const standing = tasks.filter((task) => task.state !== 'withdrawn' && task.state !== 'refused')
  const gateOf = (task: PathTask): PathMilestone | undefined => (task.date === null ? sorted.find((one) => one.code === task.milestone) : sorted.find((one) => one.code === task.milestone && one.date >= task.date!) ?? sorted.find((one) => one.date >= task.date!))
  const by = new Map<string, PathTask[]>()
  const gated = new Map(standing.map((task) => [task.id, gateOf(task)]))
  for (const task of standing) { const code = gated.get(task.id)?.code; if (code) by.set(code, [...(by.get(code) ?? []), task]) }
  const gates = sorted.map((one): Gate => {
    const own = by.get(one.code) ?? []
    const open = own.filter((task) => OPEN.has(task.state)).length
    // One with tasks is reached when none of them is open; one without passes with its day, and holds nothing.
    const reached = own.length === 0 ? one.date <= today : open === 0
    return { ...one, tasks: own.length, open, reached, late: reached ? 0 : Math.max(0, daysBetween(one.date, today)) }
  })
  const now = day === null ? undefined : gates.find((one) => one.open > 0 && one.date <= day)
  const waiting = waitingFor(standing, gated)
  /** The last day on which a task may end, and whether the milestone that holds the day rests on it. A ring cannot be published; should one be there, it is cut. */
  const known = new Map<string, { last: string | null; holds: boolean }>()
  const latest = (task: PathTask, path: ReadonlySet<string>): { last: string | null; holds: boolean } => {
    const found = known.get(task.id)
    if (found || path.has(task.id)) return found ?? { last: null, holds: false }
    const gate = gated.get(task.id)
    let [last, holds] = [gate?.date ?? null, gate !== undefined && gate.code === now?.code]
    for (const { next, days } of waiting.get(task.id) ?? []) {
      if (!OPEN.has(next.state)) continue
      const after = latest(next, new Set(path).add(task.id))
      const by = after.last === null ? null : addDays(next.date !== null && next.date < after.last ? next.date : after.last, -days)
      if (by !== null && (last === null || by < last)) last = by
      holds ||= after.holds
    }
    known.set(task.id, { last, holds })
    return { last, holds }
  }
  const slacks = new Map(standing.map((task): [string, Slack] => {
    const open = OPEN.has(task.state)
    const { last, holds } = open ? latest(task, new Set()) : { last: gated.get(task.id)?.date ?? null, holds: false }
    const slack = last !== null && task.date !== null ? daysBetween(open ? later(task.date, today) : task.date, last) : null
    return [task.id, { gate: gated.get(task.id)?.code ?? null, slack, open, critical: open && holds && slack !== null && slack <= 0 }]
  }))
  return { gates, tasks: slacks, now: now ?? null, planned: now && day ? daysBetween(now.date, day) : 0, left: now && day ? daysBetween(later(now.date, today), day) : 0 }
}

/** Who waits for each: by the task that they name, or by those that the milestone they name gathers. */
function waitingFor(tasks: readonly PathTask[], gated: ReadonlyMap<string, PathMilestone | undefined>): Map<string, { next: PathTask; days: number }[]> {
  const [byCode, byGate] = [Map.groupBy(tasks, (task) => task.code ?? ''), Map.groupBy(tasks, (task) => gated.get(task.id)?.code ?? '')]
  const found = new Map<string, { next: PathTask; days: number }[]>()
  for (const next of tasks) for (const one of next.after ?? []) {
    for (const before of (one.task === undefined ? byGate.get(one.milestone ?? '-') : byCode.get(one.task)) ?? []) if (before.id !== next.id) found.set(before.id, [...(found.get(before.id) ?? []), { next, days: one.days ?? 0 }])
  }
  return found
}

/** Where a day lies between the first and the last shown, in percent. */
export type Scale = { from: string; days: number }
export function scaleOf(days: readonly (string | null)[], room = 3): Scale {
  const known = days.filter((one) => one !== null).map(dayNumber)
  const [first, last] = [Math.min(...known) - room, Math.max(...known) + room]
  return { from: new Date(first * 86_400_000).toISOString().slice(0, 10), days: Math.max(1, last - first) }
}
export const at = (scale: Scale, day: string): number => Math.max(0, Math.min(100, (daysBetween(scale.from, day) / scale.days) * 100))

/** First days of months, thinned so that at most `most` are written; a span of weeks has Mondays instead. */
export function ticks(scale: Scale, most = 14): { day: string; month: boolean }[] {
  const start = dayNumber(scale.from)
  const all = Array.from({ length: scale.days + 1 }, (_, i) => new Date((start + i) * 86_400_000).toISOString().slice(0, 10))
  const months = all.filter((day) => day.endsWith('-01'))
  if (scale.days <= 98) return all.filter((day) => new Date(`${day}T00:00:00Z`).getUTCDay() === 1).map((day) => ({ day, month: false }))
  const each = Math.ceil(months.length / most)
  return months.filter((_, i) => i % each === 0).map((day) => ({ day, month: true }))
}

/** Days off that follow one another under one name. `from` and `until`: the first and the last. */
export type Off = { from: string; until: string; name: Named }
export function offsOf(days: readonly { day: string; off: Named | null }[]): Off[] {
  const offs: Off[] = []
  for (const { day, off } of days) {
    const last = offs.at(-1)
    if (!off) continue
    if (last && last.name.vi === off.vi && addDays(last.until, 1) === day) last.until = day
    else offs.push({ from: day, until: day, name: off })
  }
  return offs
}
/** The middle of each in percent, off both ends by half of `apart` (percent), those nearer to each other than that together: each can be pointed at. */
export function offMarks(scale: Scale, offs: readonly Off[], apart: number): { at: number; offs: Off[] }[] {
  const marks: { at: number; offs: Off[] }[] = []
  for (const off of offs) {
    const middle = Math.min(Math.max((at(scale, off.from) + at(scale, addDays(off.until, 1))) / 2, apart / 2), 100 - apart / 2)
    const last = marks.at(-1)
    if (last && middle - last.at < apart) last.offs.push(off)
    else marks.push({ at: middle, offs: [off] })
  }
  return marks
}
/** What is off at a place of the chart; a day on a long scale is thinner than a pointer, so `near` (percent) counts too. */
export const offsAt = (scale: Scale, offs: readonly Off[], place: number, near: number): Off[] => offs.filter((off) => place >= at(scale, off.from) - near && place <= at(scale, addDays(off.until, 1)) + near)
