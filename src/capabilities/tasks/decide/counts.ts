// What changes of tasks add to the counts of each unit and all above it, in all, by workstream and by month.
import { dayIn } from '../../../pure/calendar.ts'
import type { ProgrammeCascaded } from '../../programmes/contract/facts.ts'

type Unit = { id: string; below: boolean }
/** Each unit with itself and all above it. `below`: units stand below it; only then are its workstreams counted apart. */
export type Above = ReadonlyMap<string, readonly Unit[]>
type Counts = { total: number; reported: number; done: number; refused: number; overdue: number }
export type Gain = Counts & { unit_id: string; programme_id: string; level: string; workstream: string; month: string | null; all_streams: 0 | 1; all_months: 0 | 1 }
/** One change: a state and due date that was, one that is. `past`: due at or before the watermark of the counts. A month of null is no date. */
export type Delta = {
  unit_id: string; programme_id: string; level: string; workstream: string
  was_state: string | null; was_month: string | null; was_past: boolean; state: string | null; month: string | null; past: boolean
}
type Place = { programme: string; level: string; workstream: string; month: string }

function openSums() {
  const gains = new Map<string, Gain>()
  const into = (unit: Unit, { programme, level }: Place, workstream: string, month: string | null, counts: Counts, times: number): void => {
    const key = `${unit.id}${programme}${level} ${workstream} ${month}`
    let gain = gains.get(key)
    if (!gain) gains.set(key, gain = { unit_id: unit.id, programme_id: programme, level, workstream, month, all_streams: workstream === '' ? 1 : 0, all_months: month === null ? 1 : 0, total: 0, reported: 0, done: 0, refused: 0, overdue: 0 })
    gain.total += counts.total * times
    gain.reported += counts.reported * times
    gain.done += counts.done * times
    gain.refused += counts.refused * times
    gain.overdue += counts.overdue * times
  }
  return {
    add(unit: Unit, place: Place, counts: Counts, times: number): void {
      into(unit, place, '', null, counts, times)
      into(unit, place, '', place.month, counts, times)
      if (unit.below) into(unit, place, place.workstream, null, counts, times)
    },
    all: (): Gain[] => [...gains.values()].filter((g) => g.total !== 0 || g.reported !== 0 || g.done !== 0 || g.refused !== 0 || g.overdue !== 0),
  }
}

const OPEN = new Set(['assigned', 'accepted', 'under_way', 'returned'])
const countsOf = (state: string, past: boolean): Counts => ({
  total: state === 'withdrawn' ? 0 : 1, reported: state === 'reported' ? 1 : 0, done: state === 'verified' ? 1 : 0, refused: state === 'refused' ? 1 : 0, overdue: OPEN.has(state) && past ? 1 : 0,
})
const NO_DATE = 'infinity'

export function countDeltas(deltas: Delta[], above: Above): Gain[] {
  const sums = openSums()
  for (const d of deltas) {
    for (const unit of above.get(d.unit_id) ?? []) {
      const place = { programme: d.programme_id, level: d.level, workstream: d.workstream }
      if (d.was_state !== null) sums.add(unit, { ...place, month: d.was_month ?? NO_DATE }, countsOf(d.was_state, d.was_past), -1)
      if (d.state !== null) sums.add(unit, { ...place, month: d.month ?? NO_DATE }, countsOf(d.state, d.past), 1)
    }
  }
  return sums.all()
}

/** A cascade, from its fact alone. All events of one schedule bring the same tasks: count the events below each unit by schedule, then multiply. */
export function countCascade(fact: ProgrammeCascaded, above: Above, workstreams: ReadonlyMap<string, string>, watermark: number): Gain[] {
  const sums = openSums()
  const one = (item: string, due: string, level: string): { place: Place; counts: Counts } => ({
    place: { programme: fact.programmeId, level, workstream: workstreams.get(item) ?? '', month: `${dayIn(new Date(due), fact.zone).slice(0, 7)}-01` }, counts: countsOf('assigned', Date.parse(due) <= watermark),
  })
  const schedules = fact.schedules.map((schedule) => Object.entries(schedule.due).map(([item, due]) => one(item, due, schedule.kind)))
  const counted = new Map<string, { unit: Unit; schedule: number; times: number }>()
  for (const [n, unitId] of fact.events.units.entries()) {
    const schedule = fact.events.schedule[n]!
    for (const unit of above.get(unitId) ?? []) {
      const key = `${unit.id} ${schedule}`
      const known = counted.get(key)
      if (known) known.times++; else counted.set(key, { unit, schedule, times: 1 })
    }
  }
  for (const { unit, schedule, times } of counted.values()) for (const { place, counts } of schedules[schedule]!) sums.add(unit, place, counts, times)
  const scheduleOf = new Map(fact.events.ids.map((id, n) => [id, fact.events.schedule[n]!]))
  for (const [n, eventId] of fact.handed.events.entries()) {
    const schedule = fact.schedules[scheduleOf.get(eventId)!]!
    const due = schedule.due[fact.handed.items[n]!]
    if (due === undefined) continue
    const { place, counts } = one(fact.handed.items[n]!, due, schedule.kind)
    for (const unit of above.get(fact.handed.units[n]!) ?? []) sums.add(unit, place, counts, 1)
  }
  return sums.all()
}
