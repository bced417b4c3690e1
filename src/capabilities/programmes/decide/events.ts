// The rules of one event: moving it moves what has not happened yet; phases go step by step.
import type { EventMoved, EventTask, Phase, ProgrammesRefused, TemplateBody } from '../contract.ts'
import { addDays, dayIn, daysBetween, instantOf, timeIn } from '../../../pure/calendar.ts'
import { dayOff } from '../../../pure/calendar-country.ts'
import type { Country } from '../../../pure/calendar-country.ts'
import { dueTooEarly, saidTooEarly } from './after.ts'
import { scheduleOf } from './schedule.ts'

type Named = { vi: string; en: string }
export type Event = {
  id: string; programmeId: string; level: string; class: string; phase: Phase; day: string | null; opensAt: Date | null; zone: string
  milestones: Record<string, string>; requirements: Record<string, string>; version: number
}
export type Child = { day: string | null; milestones: Record<string, string>; zone: string; name: string }
export type Activity = { id: string; name: Named; site: string | null; startsAt: Date; endsAt: Date; gone: boolean; version: number }
export type Around = { body: TemplateBody; country: Country; tasks: readonly EventTask[]; children: readonly Child[]; activities: readonly Activity[]; at: Date }
export type Break = { kind: 'past_due' | 'day_off' | 'before_child' | 'after_parent' | 'milestone_past' | 'agenda' | 'order'; text: Named; tasks: { id: string; name: Named; to: string }[] }
export type Moved = { fact: EventMoved; kept: string[]; movedTasks: number; keptTasks: number; breaks: Break[] }

export const phaseNames: Record<Phase, Named> = {
  planned: { vi: 'dự kiến', en: 'planned' }, preparing: { vi: 'đang chuẩn bị', en: 'preparing' }, ready: { vi: 'sẵn sàng', en: 'ready' }, live: { vi: 'đang diễn ra', en: 'live' },
  closed: { vi: 'đã kết thúc', en: 'closed' }, postponed: { vi: 'hoãn', en: 'postponed' }, cancelled: { vi: 'hủy', en: 'cancelled' },
}
const OVER: readonly Phase[] = ['live', 'closed', 'cancelled']
const refused = (code: ProgrammesRefused, data: Record<string, unknown> = {}) => ({ refused: code, data })
export const isOver = (phase: Phase): boolean => OVER.includes(phase)

/** Days of the children's milestones by code, as schedules want them. */
export function childDays(children: readonly Child[]): Map<string, string[]> {
  const days = new Map<string, string[]>()
  for (const child of children) if (child.day !== null) for (const [code, at] of Object.entries(child.milestones)) days.set(code, [...(days.get(code) ?? []), dayIn(new Date(at), child.zone)])
  return days
}

/** A milestone has happened when its moment is past and no task that was due at it is open. */
function happened(code: string, event: Event, around: Around): boolean {
  const at = event.milestones[code]
  if (at === undefined || Date.parse(at) > around.at.getTime()) return false
  const due = new Set(around.body.tasks.filter((t) => 'milestone' in t.due && t.due.milestone === code).map((t) => t.code))
  return !around.tasks.some((t) => t.open && t.item !== null && due.has(t.item))
}

/** New dates for one event: of its own move, or because events below it moved. Nothing to do: undefined. */
export function redate(event: Event, to: { day: string; opens: string }, why: EventMoved['why'], around: Around): Moved | undefined {
  const { body, country, at } = around
  const schedule = scheduleOf(body, { kind: event.level, class: event.class, day: to.day, opens: to.opens, zone: event.zone, country, children: childDays(around.children), childCount: around.children.length })
  const kept = Object.keys(schedule.milestones).filter((code) => happened(code, event, around))
  const milestones = Object.fromEntries(Object.entries(schedule.milestones).map(([code, when]) => [code, kept.includes(code) ? event.milestones[code]! : when]))
  const keptRequirements = new Set(body.requirements.filter((r) => kept.includes(r.by)).map((r) => r.code))
  const requirements = Object.fromEntries(Object.entries(schedule.requirements).map(([code, when]) => [code, keptRequirements.has(code) ? event.requirements[code] ?? when : when]))
  const due: Record<string, string> = {}
  const late: Break['tasks'] = []
  let keptTasks = 0
  for (const task of around.tasks) {
    const when = task.item === null ? undefined : schedule.due[task.item]
    // A handed task, and one whose date was typed, keeps its distance to the item's date by the template: it gets the template's.
    if (!task.open || when === undefined) { keptTasks++; continue }
    if (when === task.dueAt?.toISOString()) continue
    due[task.id] = when
    if (Date.parse(when) < at.getTime()) late.push({ id: task.id, name: nameOf(body, task), to: when })
  }
  const by = event.day === null ? 0 : daysBetween(event.day, to.day)
  const activities = by === 0 ? [] : around.activities.filter((a) => !a.gone && a.startsAt > at).map((a) => ({ id: a.id, startsAt: shift(a.startsAt, by, event.zone), endsAt: shift(a.endsAt, by, event.zone) }))
  const same = why === 'child' && Object.keys(due).length === 0 && JSON.stringify(milestones) === JSON.stringify(sortedLike(event.milestones, milestones)) && JSON.stringify(requirements) === JSON.stringify(sortedLike(event.requirements, requirements))
  if (same) return undefined

  const breaks: Break[] = []
  const off = why === 'child' ? undefined : dayOff(to.day, country)
  if (off) breaks.push({ kind: 'day_off', text: { vi: `Ngày mới là ngày nghỉ: ${off.vi}.`, en: `The new day is a day off: ${off.en}.` }, tasks: [] })
  if (late.length > 0) breaks.push({ kind: 'past_due', text: { vi: `${late.length} nhiệm vụ chưa xong sẽ quá hạn ngay.`, en: `${late.length} open ${late.length === 1 ? 'task' : 'tasks'} would be overdue at once.` }, tasks: late })
  const past = Object.entries(schedule.milestones).filter(([code, when]) => !kept.includes(code) && Date.parse(when) < at.getTime()).map(([code]) => body.milestones.find((m) => m.code === code)!.name)
  if (past.length > 0) breaks.push({ kind: 'milestone_past', text: { vi: `Mốc chưa đạt nhưng đã qua ngày: ${past.map((n) => n.vi).join('; ')}.`, en: `Milestones not reached whose day would be past: ${past.map((n) => n.en).join('; ')}.` }, tasks: [] })
  const early = dueTooEarly(body, schedule, (when) => dayIn(new Date(when), event.zone))
  if (why !== 'child') for (const text of saidTooEarly(body, early)) breaks.push({ kind: 'order', text, tasks: [] })
  const after = around.children.filter((c) => c.day !== null && c.day > to.day)
  if (after.length > 0) breaks.push({ kind: 'before_child', text: { vi: `${after.length} sự kiện cấp dưới diễn ra sau ngày này, ví dụ ${after[0]!.name}.`, en: `${after.length} ${after.length === 1 ? 'event below is' : 'events below are'} held after this day, for example ${after[0]!.name}.` }, tasks: [] })
  const fact: EventMoved = {
    type: 'event.moved.v1', eventId: event.id, programmeId: event.programmeId, why, fromDay: event.day, day: to.day, opensAt: schedule.opensAt, zone: event.zone,
    phase: event.phase === 'postponed' ? 'planned' : event.phase, milestones, due, requirements, activities,
  }
  return { fact, kept, movedTasks: Object.keys(due).length, keptTasks, breaks }
}

const sortedLike = (of: Record<string, string>, like: Record<string, string>): Record<string, string | undefined> => Object.fromEntries([...Object.keys(like), ...Object.keys(of).filter((k) => !(k in like))].map((k) => [k, of[k]]))
const shift = (at: Date, days: number, zone: string): string => instantOf(addDays(dayIn(at, zone), days), timeIn(at, zone), zone).toISOString()
export const nameOf = (body: TemplateBody, task: EventTask): Named => {
  const item = body.tasks.find((t) => t.code === task.item)
  return task.title !== null ? { vi: task.title, en: task.title } : item?.name ?? { vi: task.item ?? '', en: task.item ?? '' }
}

export function moveEvent(event: Event, to: { day: string; time?: string | undefined }, around: Around): Moved | { refused: ProgrammesRefused; data: Record<string, unknown> } {
  if (isOver(event.phase)) return refused('EVENT_OVER', { phase: phaseNames[event.phase] })
  const opens = to.time ?? (event.opensAt ? timeIn(event.opensAt, event.zone) : around.body.opens)
  if (event.phase !== 'postponed' && event.day === to.day && event.opensAt && opens === timeIn(event.opensAt, event.zone)) return refused('SAME_DAY')
  return redate(event, { day: to.day, opens }, event.phase === 'postponed' ? 'resumed' : 'moved', around)!
}

const NEXT: Record<Phase, readonly Phase[]> = {
  planned: ['preparing'], preparing: ['planned', 'ready'], ready: ['preparing', 'live'], live: ['closed'], closed: [], postponed: [], cancelled: [],
}
export function setPhase(event: Event, to: Phase) {
  if (!NEXT[event.phase].includes(to)) return refused('PHASE_ORDER', { from: phaseNames[event.phase], to: phaseNames[to] })
  return { facts: [{ type: 'event.phase_changed.v1' as const, eventId: event.id, programmeId: event.programmeId, from: event.phase, to }] }
}

/** Both take its open tasks along: a postponed event's have no date, a cancelled one's are withdrawn. */
export function endEvent(event: Event, how: 'postponed' | 'cancelled', tasks: readonly EventTask[], reason: { id: string; hash: string }) {
  if (event.phase === 'closed' || event.phase === 'cancelled' || (how === 'postponed' && event.phase !== 'planned' && event.phase !== 'preparing' && event.phase !== 'ready')) {
    return refused('EVENT_OVER', { phase: phaseNames[event.phase] })
  }
  const open = tasks.filter((t) => t.open && (how === 'cancelled' || t.dueAt !== null)).map((t) => t.id)
  return { facts: [{ type: `event.${how}.v1` as const, eventId: event.id, programmeId: event.programmeId, tasks: open, reason }] }
}

export function changedSince(event: { version: number }, expected: number) {
  return event.version === expected ? undefined : refused('CHANGED', { version: event.version, changed: ['event'] })
}
