// What a cascade adds to the counts of each unit and all above it: from its fact alone, with no look at the tasks.
import { dayIn } from '../../../pure/calendar.ts'
import type { ProgrammeCascaded } from '../../programmes/contract/facts.ts'

export type Above = ReadonlyMap<string, readonly { id: string; below: boolean }[]>
type Gain = { unit_id: string; programme_id: string; level: string; workstream: string; month: string | null; all_streams: 0 | 1; all_months: 0 | 1; total: number; overdue: number }
type One = { workstream: string; month: string; overdue: number }

/** All events of one schedule bring the same tasks: count the events below each unit by schedule, then multiply. */
export function countCascade(fact: ProgrammeCascaded, above: Above, workstreams: ReadonlyMap<string, string>, watermark: number): Gain[] {
  const gains = new Map<string, Gain>()
  const oneOf = (item: string, due: string): One => ({ workstream: workstreams.get(item) ?? '', month: `${dayIn(new Date(due), fact.zone).slice(0, 7)}-01`, overdue: Date.parse(due) <= watermark ? 1 : 0 })
  const add = (unit: { id: string; below: boolean }, level: string, one: One, times: number): void => {
    const into = (workstream: string, month: string | null): void => {
      const all_streams = workstream === '' ? 1 : 0
      const key = `${unit.id} ${level} ${workstream} ${month}`
      const gain = gains.get(key) ?? { unit_id: unit.id, programme_id: fact.programmeId, level, workstream, month, all_streams, all_months: month === null ? 1 : 0, total: 0, overdue: 0 }
      gain.total += times
      gain.overdue += one.overdue * times
      gains.set(key, gain)
    }
    into('', null)
    into('', one.month)
    if (unit.below) into(one.workstream, null)
  }
  const schedules = fact.schedules.map((schedule) => ({ level: schedule.kind, ones: Object.entries(schedule.due).map(([item, due]) => oneOf(item, due)) }))
  const counted = new Map<string, { unit: { id: string; below: boolean }; schedule: number; times: number }>()
  for (const [n, unitId] of fact.events.units.entries()) {
    const schedule = fact.events.schedule[n]!
    for (const unit of above.get(unitId) ?? []) {
      const key = `${unit.id} ${schedule}`
      const known = counted.get(key)
      if (known) known.times++; else counted.set(key, { unit, schedule, times: 1 })
    }
  }
  for (const { unit, schedule, times } of counted.values()) for (const one of schedules[schedule]!.ones) add(unit, schedules[schedule]!.level, one, times)
  const scheduleOf = new Map(fact.events.ids.map((id, n) => [id, fact.events.schedule[n]!]))
  for (const [n, eventId] of fact.handed.events.entries()) {
    const schedule = fact.schedules[scheduleOf.get(eventId)!]!
    const due = schedule.due[fact.handed.items[n]!]
    if (due === undefined) continue
    for (const unit of above.get(fact.handed.units[n]!) ?? []) add(unit, schedule.kind, oneOf(fact.handed.items[n]!, due), 1)
  }
  return [...gains.values()]
}
