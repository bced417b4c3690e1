// The dates of one event: what applies to its level and class, and when.
import type { EventClass, Schedule, TemplateBody } from '../contract.ts'
import type { Country } from '../../../pure/calendar-country.ts'
import { dueDate, instantAt, milestoneDates } from '../../../pure/calendar-rules.ts'
import type { Dated, Frame } from '../../../pure/calendar-rules.ts'

export type EventPlan = {
  kind: string; class: string; day: string; opens: string; zone: string; country: Country
  /** Days of the milestones of the events one level below, by code; empty where there are none. */
  children: ReadonlyMap<string, readonly string[]>
  childCount: number
}

const applies = (levels: string[] | null, kind: string): boolean => levels === null || levels.includes(kind)
export const classOf = (body: TemplateBody, code: string): EventClass | undefined => body.classes.find((c) => c.code === code)

/** The milestone codes of children that this template asks for: without any, dates below do not matter to those above. */
export function childCodes(body: TemplateBody): string[] {
  const codes = new Set<string>()
  for (const m of body.milestones) if ('child' in m.when) codes.add(m.when.child)
  for (const t of body.tasks) if ('child' in t.due) codes.add(t.due.child)
  return [...codes]
}

const shiftless = (date: Dated, zone: string): string => instantAt(date, zone).toISOString()

/** Pure and without a clock: the same event always has the same dates. */
export function scheduleOf(body: TemplateBody, plan: EventPlan): Schedule {
  const { kind, zone } = plan
  const eventClass = classOf(body, plan.class)
  if (!eventClass) throw new Error(`the template ${body.code} has no class ${plan.class}`)
  const frame: Frame = { day: plan.day, opens: plan.opens, zone, country: plan.country, children: plan.children }
  // All milestones are worked out, for tasks rest on them; the event shows those of its class.
  const dates = milestoneDates(body.milestones, frame)
  const schedule: Schedule = {
    kind, class: plan.class, day: plan.day, opensAt: shiftless({ day: plan.day, time: plan.opens }, zone), milestones: {}, due: {}, requirements: {}, targets: {},
  }
  for (const { code } of body.milestones) if (eventClass.milestones.includes(code)) schedule.milestones[code] = shiftless(dates.get(code)!, zone)
  for (const task of body.tasks) {
    if (!eventClass.tasks.includes(task.code) || !applies(task.levels, kind)) continue
    const due = dueDate(task.due, frame, dates)
    if (!due) continue
    schedule.due[task.code] = shiftless(due, zone)
    const demanded = task.target && (eventClass.numbers[task.target.unit] ?? eventClass.numbers[`${task.target.unit}s`])
    if (demanded !== undefined && demanded !== null) schedule.targets[task.code] = demanded
    else if (task.target?.count === 'all' && 'child' in task.due && plan.childCount > 0) schedule.targets[task.code] = plan.childCount
  }
  for (const r of body.requirements) {
    // A requirement whose task does not apply at this level could never be met.
    const item = 'item' in r.check && typeof r.check.item === 'string' ? r.check.item : undefined
    if (!eventClass.requirements.includes(r.code) || !applies(r.levels, kind) || (item !== undefined && schedule.due[item] === undefined)) continue
    schedule.requirements[r.code] = shiftless(dates.get(r.by)!, zone)
  }
  return schedule
}
