// Back-scheduling: the date of a rule, given the event's day, its country, its zone and the events below it.
import { addDays, endOfDay, instantOf } from './calendar.ts'
import type { Day } from './calendar.ts'
import { addWorkdays, dayOff, rollBack, rollOn } from './calendar-country.ts'
import type { Country } from './calendar-country.ts'

export type When =
  | { day: number; time?: string | undefined; roll?: 'before' | 'after' | undefined }
  | { working: number; time?: string | undefined }
  | { on: Day; time?: string | undefined }
  | { child: string; pick: 'first' | 'last'; day?: number | undefined; working?: number | undefined; time?: string | undefined }
export type Due = { milestone: string; day?: number | undefined; working?: number | undefined; time?: string | undefined } | When

/** A day, and a time of day if the rule names one; without it the day's end counts. */
export type Dated = { day: Day; time?: string | undefined }
export type Frame = {
  /** D of the event. */
  day: Day; opens: string; zone: string; country: Country
  /** The days that the milestones of the events one level below have, by code. */
  children: ReadonlyMap<string, readonly Day[]>
}

export const instantAt = ({ day, time }: Dated, zone: string): Date => (time === undefined ? endOfDay(day, zone) : instantOf(day, time, zone))

const shifted = (day: Day, by: { day?: number | undefined; working?: number | undefined }, country: Country): Day => {
  const moved = by.day === undefined ? day : addDays(day, by.day)
  return by.working === undefined ? moved : addWorkdays(moved, by.working, country)
}
const withTime = (day: Day, time: string | undefined): Dated => (time === undefined ? { day } : { day, time })

/** `own` answers the event's own milestone of that code: what a child rule falls back to where no event lies below. */
export function dateOf(when: When, frame: Frame, own: (milestone: string) => Day | undefined): Dated | undefined {
  if ('on' in when) return withTime(when.on, when.time)
  if ('child' in when) {
    const days = frame.children.get(when.child)
    const base = days && days.length > 0 ? days.reduce((a, b) => ((when.pick === 'last') === (b > a) ? b : a)) : own(when.child)
    return base === undefined ? undefined : withTime(shifted(base, when, frame.country), when.time)
  }
  if ('working' in when) return withTime(addWorkdays(frame.day, when.working, frame.country), when.time)
  const day = addDays(frame.day, when.day)
  // Day 0 is the opening itself: without a time of its own it is the hour at which the event opens.
  const time = when.time ?? (when.day === 0 ? frame.opens : undefined)
  const rolled = when.roll === undefined || !dayOff(day, frame.country) ? day : when.roll === 'before' ? rollBack(day, frame.country) : rollOn(day, frame.country)
  return withTime(rolled, time)
}

/** All milestones of an event. A milestone may rest on a child's milestone of the same or another code; it never rests on its own. */
export function milestoneDates(milestones: readonly { code: string; when: When }[], frame: Frame): Map<string, Dated> {
  const rules = new Map(milestones.map((m) => [m.code, m.when]))
  const done = new Map<string, Dated>()
  const own = (code: string, asked: Set<string>): Dated | undefined => {
    const known = done.get(code)
    if (known) return known
    const when = rules.get(code)
    if (!when || asked.has(code)) return undefined
    asked.add(code)
    const date = dateOf(when, frame, (other) => own(other, asked)?.day) ?? { day: frame.day }
    done.set(code, date)
    return date
  }
  for (const { code } of milestones) own(code, new Set())
  return new Map(milestones.map(({ code }) => [code, done.get(code)!]))
}

/** The date of a task: at its milestone (moved by so many days), or by its own rule. */
export function dueDate(due: Due, frame: Frame, milestones: ReadonlyMap<string, Dated>): Dated | undefined {
  if (!('milestone' in due)) return dateOf(due, frame, (code) => milestones.get(code)?.day)
  const base = milestones.get(due.milestone)
  if (!base) return undefined
  const moved = due.day !== undefined || due.working !== undefined
  return withTime(shifted(base.day, due, frame.country), due.time ?? (moved ? undefined : base.time))
}
