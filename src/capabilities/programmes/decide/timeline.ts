// What an event's day rests on now. A template has no durations and no "after": it has milestones, each with the tasks that are due at it, one after the other up
// to the day. So the critical path is that chain of milestones: the first that is not reached holds all after it, and a task is critical where it holds that one.
import { dayNumber, daysBetween } from '../../../pure/calendar.ts'

type Named = { vi: string; en: string }
export type PathTask = { id: string; milestone: string | null; date: string | null; state: string }
export type PathMilestone = { code: string; name: Named; date: string }
/** `slack`: days that a task may still slip before its milestone does; negative: so many days of the milestone are gone already. */
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
  const slacks = new Map(standing.map((task): [string, Slack] => {
    const gate = gated.get(task.id)
    const open = OPEN.has(task.state)
    const slack = gate && task.date !== null ? daysBetween(open ? later(task.date, today) : task.date, gate.date) : null
    return [task.id, { gate: gate?.code ?? null, slack, open, critical: open && now !== undefined && gate?.code === now.code && slack !== null && slack <= 0 }]
  }))
  return { gates, tasks: slacks, now: now ?? null, planned: now && day ? daysBetween(now.date, day) : 0, left: now && day ? daysBetween(later(now.date, today), day) : 0 }
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
