// The follower's hand: re-checks events in batches and carries the difference up the tree. One writer, so a figure is read, added to and written without a lock.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { FoldWriter, Reader } from '../../../kernel/db.ts'
import { STATES } from '../contract.ts'
import type { State } from '../contract.ts'
import { evaluate, eventState, nextChange, rankOf } from '../decide/states.ts'
import type { Rules } from '../decide/states.ts'
import type { Ancestors } from './ancestors.ts'
import { freshEvidence, loadEvidence } from './evidence.ts'
import type { Made, Sources } from './evidence.ts'
import { COLUMNS, Deltas } from './deltas.ts'

export type Needs = { rules: Rules; sources: Sources; /** Whose midnight ends a day of the boards. */ zone: string }
/** The follower's own: it alone hears when the tree changes. */
export type FoldNeeds = Needs & { above: Ancestors; turnedRed?: ((fold: FoldWriter, turns: Turn[], at: Date) => Promise<void>) | undefined }
/** A requirement of an event that was there before, and was not unmet. */
export type Turn = { eventId: string; requirement: string }
/** Units whose figures changed. */
export type Touched = Set<string>

type Line = { eventId: string; programmeId: string; unitId: string; level: string; dayOn: string | null; states: Record<string, State>; rank: number; nextChangeAt: Date | null }

const reader = (fold: FoldWriter): Reader => fold as unknown as Reader

/** Checks the events anew and folds what changed. Answers the units whose figures moved. */
export async function recheck(fold: FoldWriter, eventIds: string[], needs: FoldNeeds, at: Date): Promise<Touched> {
  if (eventIds.length === 0) return new Set()
  const read = reader(fold)
  const changed: { was: Line | null; now: Line }[] = []
  const gone: Line[] = []
  const clocks: Line[] = []
  for (const { frame, stored, requirements, evidence, waivers } of await loadEvidence(read, eventIds, needs.rules, needs.sources, at)) {
    const was = stored && { ...stored, eventId: frame.eventId }
    if (frame.phase === 'cancelled') { if (was) gone.push(was); continue }
    const verdicts = evaluate(frame, requirements, needs.rules, evidence, waivers, at)
    const now: Line = {
      eventId: frame.eventId, programmeId: frame.programmeId, unitId: frame.unitId, level: frame.level, dayOn: frame.dayOn,
      states: Object.fromEntries(verdicts.map((v) => [v.requirement.code, v.state])), rank: rankOf(eventState(verdicts, at)), nextChangeAt: nextChange(verdicts),
    }
    if (!was || was.rank !== now.rank || was.unitId !== now.unitId || !sameStates(was.states, now.states) || was.dayOn !== now.dayOn) changed.push({ was, now })
    else if (was.nextChangeAt?.getTime() !== now.nextChangeAt?.getTime()) clocks.push(now)
  }
  if (clocks.length > 0) {
    await sql`update event_checks c set next_change_at = n.next_at
      from unnest(${clocks.map((c) => c.eventId)}::uuid[], ${clocks.map((c) => c.nextChangeAt)}::timestamptz[]) n(event_id, next_at) where c.event_id = n.event_id`.execute(fold)
  }
  if (gone.length > 0) await sql`delete from event_checks where event_id = any(${gone.map((g) => g.eventId)}::uuid[])`.execute(fold)
  if (changed.length + gone.length === 0) return new Set()

  const above = await needs.above.of(read, [...gone, ...changed.flatMap(({ was, now }) => (was && was.unitId !== now.unitId ? [was, now] : [now]))].map((line) => line.unitId))
  const deltas = new Deltas()
  for (const line of gone) deltas.add(line, above(line.unitId), -1)
  for (const { was, now } of changed) {
    if (was) deltas.add(was, above(was.unitId), -1)
    deltas.add(now, above(now.unitId), 1)
  }
  const red = changed.flatMap(({ was, now }) => (was && now.rank === 0 ? Object.keys(now.states).filter((code) => now.states[code] === 'unmet' && was.states[code] !== 'unmet').map((requirement) => ({ eventId: now.eventId, requirement })) : []))
  if (red.length > 0) await needs.turnedRed?.(fold, red, at)
  return write(fold, changed.map((c) => c.now), deltas, needs.zone, at)
}

/** Events that one fact has just made: checked once for all that are alike, by the fact alone. Answers also those that must be read after all. */
export async function addMade(fold: FoldWriter, made: Made[], needs: FoldNeeds, at: Date): Promise<{ touched: Touched; left: string[] }> {
  const read = reader(fold)
  const ids = made.flatMap((m) => m.events.map((e) => e.eventId))
  if (ids.length === 0) return { touched: new Set(), left: [] }
  const there = new Set((await rows(read, sql<{ event_id: string }>`select event_id from event_checks where event_id = any(${list(ids)}::uuid[])`)).map((r) => r.event_id))
  const left = [...there]
  const lines: Line[] = []
  for (const one of made) {
    const known = await freshEvidence(read, one, needs.rules, needs.sources, at)
    if (!known) { left.push(...one.events.map((e) => e.eventId)); continue }
    const verdicts = evaluate({ ...one.frame, eventId: '', unitId: '' }, known.requirements, needs.rules, known.evidence, [], at)
    const states = Object.fromEntries(verdicts.map((v) => [v.requirement.code, v.state]))
    const alike = { programmeId: one.frame.programmeId, level: one.frame.level, dayOn: one.frame.dayOn, states, rank: rankOf(eventState(verdicts, at)), nextChangeAt: nextChange(verdicts) }
    for (const event of one.events) if (!there.has(event.eventId)) lines.push({ ...event, ...alike })
  }
  if (lines.length === 0) return { touched: new Set(), left }
  const above = await needs.above.of(read, lines.map((line) => line.unitId))
  const deltas = new Deltas()
  for (const line of lines) deltas.add(line, above(line.unitId), 1)
  return { touched: await write(fold, lines, deltas, needs.zone, at), left }
}

function sameStates(a: Record<string, State>, b: Record<string, State>): boolean {
  const keys = Object.keys(b)
  return keys.length === Object.keys(a).length && keys.every((key) => a[key] === b[key])
}

/** Ids and numbers as an array literal: the driver would look at each for quotes, which is half the time of a large batch. */
const list = (values: (string | number)[]): string => `{${values.join(',')}}`

/** One statement: its parts see the tables as they were, so the closing values of a day are copied before they change. */
async function write(fold: FoldWriter, checks: Line[], deltas: Deltas, zone: string, at: Date): Promise<Touched> {
  const day = sql<string>`(${at}::timestamptz at time zone ${zone})::date`
  const { keys, columns, requirements: r } = deltas.columns()
  const [units, programmes, levels] = [list(keys.unit), list(keys.programme), keys.level]
  const key = sql`unnest(${units}::uuid[], ${programmes}::uuid[], ${levels}::text[])`
  const plus = (table: string, names: readonly string[]) => sql.raw(names.map((c) => `${c} = ${table}.${c} + excluded.${c}`).join(', '))
  await sql`
    with days as (
      insert into check_days select t.* from check_totals t join ${key} k(unit_id, programme_id, level) using (unit_id, programme_id, level) where t.day_on < ${day} on conflict do nothing),
    totals as (
      insert into check_totals (unit_id, programme_id, level, ${sql.raw(COLUMNS.join(', '))}, day_on, version)
      select d.*, ${day}, 1 from unnest(${units}::uuid[], ${programmes}::uuid[], ${levels}::text[], ${sql.join(columns.map((c) => sql`${list(c)}::int[]`))}) d
      on conflict (unit_id, programme_id, level) do update set ${plus('check_totals', COLUMNS)}, day_on = excluded.day_on, version = check_totals.version + 1),
    requirements as (
      insert into requirement_totals (unit_id, programme_id, requirement, ${sql.raw(STATES.join(', '))})
      select * from unnest(${list(r.unit)}::uuid[], ${list(r.programme)}::uuid[], ${r.requirement}::text[], ${sql.join(r.counts.map((c) => sql`${list(c)}::int[]`))})
      on conflict (unit_id, programme_id, requirement) do update set ${plus('requirement_totals', STATES)})
    insert into event_checks (event_id, programme_id, unit_id, level, day_on, states, rank, next_change_at, version, changed_at)
    select *, 1, ${at}::timestamptz from unnest(${list(checks.map((c) => c.eventId))}::uuid[], ${list(checks.map((c) => c.programmeId))}::uuid[], ${list(checks.map((c) => c.unitId))}::uuid[], ${checks.map((c) => c.level)}::text[],
      ${checks.map((c) => c.dayOn)}::date[], ${checks.map((c) => JSON.stringify(c.states))}::jsonb[], ${list(checks.map((c) => c.rank))}::smallint[], ${checks.map((c) => c.nextChangeAt)}::timestamptz[])
    on conflict (event_id) do update set unit_id = excluded.unit_id, level = excluded.level, day_on = excluded.day_on, states = excluded.states, rank = excluded.rank,
      next_change_at = excluded.next_change_at, version = event_checks.version + 1, changed_at = excluded.changed_at`.execute(fold)
  return new Set(keys.unit)
}

/** Events that wait: put in whole, taken out in slices. */
export async function enqueue(fold: FoldWriter, eventIds: string[]): Promise<void> {
  if (eventIds.length === 0) return
  await sql`insert into check_queue (event_id) select unnest(${eventIds}::uuid[]) on conflict do nothing`.execute(fold)
}
export async function dequeue(fold: FoldWriter, limit: number): Promise<string[]> {
  const taken = await sql<{ event_id: string }>`
    delete from check_queue where ctid = any(array(select ctid from check_queue limit ${limit})) returning event_id`.execute(fold)
  return taken.rows.map((r) => r.event_id)
}

/** Events in which the clock alone changes something by now. */
export async function dueByClock(read: Reader, at: Date, limit: number): Promise<string[]> {
  const due = await rows(read, sql<{ event_id: string }>`select event_id from event_checks where next_change_at <= ${at} order by next_change_at limit ${limit}`)
  return due.map((r) => r.event_id)
}

/** The tree has other parents: all figures anew, and what differs is written as a change of today. */
export async function refold(fold: FoldWriter, needs: FoldNeeds, at: Date): Promise<Touched> {
  needs.above.forget()
  const read = reader(fold)
  const lines = await rows(read, sql<Line>`
    select event_id as "eventId", programme_id as "programmeId", unit_id as "unitId", level, states, rank from event_checks`)
  const above = await needs.above.of(read, lines.map((line) => line.unitId))
  const deltas = new Deltas()
  for (const line of lines) deltas.add(line, above(line.unitId), 1)
  for (const t of await rows(read, sql<Record<string, number | string>>`select * from check_totals`)) deltas.subtractTotals(t)
  for (const t of await rows(read, sql<Record<string, number | string>>`select * from requirement_totals`)) deltas.subtractRequirement(t)
  return write(fold, [], deltas, needs.zone, at)
}
