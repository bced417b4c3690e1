// What changes of tasks add to the counts of each unit and all above it, in all, by workstream and by month.
import { dayIn } from '../../../pure/calendar.ts'
import type { ProgrammeCascaded } from '../../programmes/contract/facts.ts'

type Unit = { id: string; apart: boolean }
/** Each unit with itself and all above it. `apart`: more than a few units stand below it; only then are its workstreams and months counted apart. */
export type Above = ReadonlyMap<string, readonly Unit[]>
/** total (all but withdrawn), reported, done, refused, overdue. */
export type Counts = [total: number, reported: number, done: number, refused: number, overdue: number]
/** What one unit gains at one level of one programme: in all, and where its workstreams and months are counted apart, by workstream and by month of the due date. */
export type Gain = { unit_id: string; programme_id: string; level: string; all: Counts; streams: Record<string, Counts>; months: Record<string, Counts> }
/** One change: a state and due date that was, one that is. `past`: due at or before the watermark of the counts. A month of null is no date. */
export type Delta = {
  unit_id: string; programme_id: string; level: string; workstream: string
  was_state: string | null; was_month: string | null; was_past: boolean; state: string | null; month: string | null; past: boolean
}
type Place = { programme: string; level: string; workstream: string; month: string }

/** `counts` times `times` into `sum`, which is changed. */
function plus(sum: Counts, counts: readonly number[], times = 1): Counts {
  for (let i = 0; i < 5; i++) sum[i]! += counts[i]! * times
  return sum
}
const none = (): Counts => [0, 0, 0, 0, 0]

export type Sums = { add: (unit: Unit, place: Place, counts: Counts, times: number) => void; all: () => Gain[] }
export function openSums(): Sums {
  const gains = new Map<string, Gain>()
  return {
    add(unit, place, counts, times) {
      const key = `${unit.id}${place.programme}${place.level}`
      let gain = gains.get(key)
      if (!gain) gains.set(key, gain = { unit_id: unit.id, programme_id: place.programme, level: place.level, all: none(), streams: {}, months: {} })
      plus(gain.all, counts, times)
      if (!unit.apart) return
      plus(gain.months[place.month] ??= none(), counts, times)
      plus(gain.streams[place.workstream] ??= none(), counts, times)
    },
    all: () => [...gains.values()].filter((g) => [g.all, ...Object.values(g.streams), ...Object.values(g.months)].some((counts) => counts.some((n) => n !== 0))),
  }
}

/** What is there and what it gains. A workstream or month without tasks leaves. */
export function merged(was: Pick<Gain, 'all' | 'streams' | 'months'> | undefined, gain: Gain): Gain {
  // Only what moved is looked at; what comes to nothing goes.
  const both = (a: Record<string, Counts>, b: Record<string, Counts>) => {
    const sum = { ...a }
    for (const [key, counts] of Object.entries(b)) {
      const now = plus([...(a[key] ?? none())], counts)
      if (now.some((n) => n !== 0)) sum[key] = now
      else delete sum[key]
    }
    return sum
  }
  return was ? { ...gain, all: plus([...was.all], gain.all), streams: both(was.streams, gain.streams), months: both(was.months, gain.months) } : gain
}

const OPEN = new Set(['assigned', 'accepted', 'under_way', 'returned'])
const countsOf = (state: string, past: boolean): Counts => [state === 'withdrawn' ? 0 : 1, state === 'reported' ? 1 : 0, state === 'verified' ? 1 : 0, state === 'refused' ? 1 : 0, OPEN.has(state) && past ? 1 : 0]
const NO_DATE = 'infinity'

export function countDeltas(sums: Sums, deltas: Delta[], above: Above): void {
  for (const d of deltas) {
    for (const unit of above.get(d.unit_id) ?? []) {
      const place = { programme: d.programme_id, level: d.level, workstream: d.workstream }
      if (d.was_state !== null) sums.add(unit, { ...place, month: d.was_month ?? NO_DATE }, countsOf(d.was_state, d.was_past), -1)
      if (d.state !== null) sums.add(unit, { ...place, month: d.month ?? NO_DATE }, countsOf(d.state, d.past), 1)
    }
  }
}

/** A cascade, from its fact alone. All events of one schedule bring the same tasks: count the events below each unit by schedule, then multiply. */
export function countCascade(sums: Sums, fact: ProgrammeCascaded, above: Above, workstreams: ReadonlyMap<string, string>, watermark: number): void {
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
}
