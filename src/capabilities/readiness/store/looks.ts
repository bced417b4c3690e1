// Figures for a map of thousands, for a week, and for a leader's one screen.
import { sql } from 'kysely'
import { granted, pathEnd } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { askTogether, rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { STATES, noCounts } from '../contract.ts'
import type { Counts } from '../contract.ts'
import type { Helper, MapUnit, Trend } from '../contract/looks.ts'
import { figuresOf, taskFiguresOf } from './totals.ts'
import type { Filter } from './totals.ts'
import type { BoardUnit } from './units.ts'

const WEEK = 7
/** PostgreSQL has no year 0. */
const shift = (day: string, days: number): string => { const then = new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10); return then < '0001' ? '0001-01-01' : then }
export const listed = (counts: Counts): number[] => STATES.map((state) => counts[state])

export async function readUnits(read: Reader, unit: BoardUnit, kind: string, filter: Filter, on: string | undefined, today: string): Promise<MapUnit[]> {
  const found = await rows(read, sql<Omit<MapUnit, 'events' | 'tasks' | 'overdue'>>`
    select u.unit_id as "unitId", u.name, u.name_en as "nameEn", p.name as within, e.event_id as "eventId", c.parent_id is not null as below
    from public_units_tree u left join public_units_tree p on p.unit_id = u.parent_id
    left join (select unit_id, min(event_id::text)::uuid as event_id from public_programmes_events ${filter.programmeId ? sql`where programme_id = ${filter.programmeId}` : sql``} group by unit_id having count(*) = 1) e on e.unit_id = u.unit_id
    left join (select distinct parent_id from public_units_tree where valid_until is null) c on c.parent_id = u.unit_id
    where u.path >= ${unit.path} and u.path < ${pathEnd(unit.path)} and u.kind = ${kind} and u.valid_until is null order by u.place, u.code`)
  const ids = found.map((one) => one.unitId)
  const moment = { on, before: on ?? today }
  const { figures, tasks } = await askTogether(read, { figures: figuresOf(ids, filter, moment), tasks: taskFiguresOf(ids, filter, moment) })
  return found.map((one) => {
    const work = tasks.get(one.unitId)
    return { ...one, within: one.within ?? '', events: listed(figures.get(one.unitId)?.events ?? noCounts()), tasks: work?.total ?? 0, overdue: work?.overdue ?? 0 }
  })
}

/** The last eight days up to `last`; where that is today, its figures are those of now. */
export async function readTrend(read: Reader, unit: BoardUnit, filter: Filter, last: string, today: string): Promise<Trend['days']> {
  const days = Array.from({ length: WEEK + 1 }, (_, i) => shift(last, i - WEEK))
  const moments = days.map((on) => ({ on: on < today ? on : undefined, before: on }))
  const [figures, tasks] = await Promise.all([
    askTogether(read, Object.fromEntries(moments.map((moment, i) => [`d${i}`, figuresOf([unit.unitId], filter, moment)]))),
    askTogether(read, Object.fromEntries(moments.map((moment, i) => [`d${i}`, taskFiguresOf([unit.unitId], filter, moment)]))),
  ])
  return days.map((on, i) => ({ on, events: listed(figures[`d${i}`]?.get(unit.unitId)?.events ?? noCounts()), overdue: tasks[`d${i}`]?.get(unit.unitId)?.overdue ?? 0 }))
}

/** Events that are still to be held or under way, the nearest first, those whose day is over last; `red`: only those that are not ready. */
export async function nearestEvents(read: Reader, path: string, ask: { programmeId?: string | undefined; red?: boolean; today: string }, limit: number): Promise<string[]> {
  const found = await rows(read, sql<{ event_id: string }>`
    select c.event_id from event_checks c join access_units u on u.unit_id = c.unit_id join public_programmes_events e on e.event_id = c.event_id
    where u.path >= ${path} and u.path < ${pathEnd(path)} and e.phase not in ('postponed', 'cancelled', 'closed')
      ${ask.programmeId ? sql`and c.programme_id = ${ask.programmeId}` : sql``} ${ask.red ? sql`and c.rank = 0` : sql`and c.day_on >= ${ask.today}`}
    order by coalesce(c.day_on < ${ask.today}, true), c.day_on, c.event_id limit ${limit}`)
  return found.map((one) => one.event_id)
}

/** Of the events that are not ready, those past their day or closed. */
export async function redOver(read: Reader, path: string, ask: { programmeId?: string | undefined; today: string }): Promise<number> {
  const [found] = await rows(read, sql<{ n: number }>`
    select count(*)::int as n from event_checks c join access_units u on u.unit_id = c.unit_id join public_programmes_events e on e.event_id = c.event_id
    where u.path >= ${path} and u.path < ${pathEnd(path)} and c.rank = 0 ${ask.programmeId ? sql`and c.programme_id = ${ask.programmeId}` : sql``} and (c.day_on < ${ask.today} or e.phase = 'closed')`)
  return found!.n
}

/** Who answers for a unit at this moment: as a lateral with `name`. */
const headOf = (unit: string, at: Date, may = sql`true`) => sql`(select n.name from access_grants g join public_people_names n on n.person_id = g.person_id
    where g.unit_id = ${sql.ref(unit)} and g.role = 'head' and g.starts_at <= ${at} and (g.ends_at is null or g.ends_at > ${at}) and n.name is not null and ${may} order by g.starts_at, n.name limit 1)`
export async function headsOf(read: Reader, unitIds: string[], at: Date): Promise<Map<string, string>> {
  const found = await rows(read, sql<{ id: string; name: string }>`select k.id, p.name from unnest(${unitIds}::uuid[]) k(id) cross join lateral ${headOf('k.id', at)} p`)
  return new Map(found.map((one) => [one.id, one.name]))
}

/** The unit above each of these, then those of its professional line. */
export async function helpersOf(read: Reader, actor: Actor, unitIds: string[], at: Date, today: string): Promise<Map<string, Helper[]>> {
  const found = await rows(read, sql<Helper & { of: string }>`
    select h.of, h.how, u.unit_id as "unitId", u.name as "unitName", u.name_en as "unitNameEn", p.name as head
    from (select t.unit_id as of, t.parent_id as unit_id, 'above' as how from public_units_tree t where t.unit_id = any(${unitIds}::uuid[])
        union all select l.unit_id, l.other_unit_id, 'professional' from public_units_links l
          where l.unit_id = any(${unitIds}::uuid[]) and l.kind = 'professional' and l.from_on <= ${today} and (l.until_on is null or l.until_on > ${today})) h
      join public_units_tree u on u.unit_id = h.unit_id and u.valid_until is null
      left join lateral ${headOf('u.unit_id', at, sql`${granted(actor, 'person.read', 'u.unit_id')}`)} p on true
    order by h.how, u.path`)
  return Map.groupBy(found, (one) => one.of) as Map<string, Helper[]>
}

/** What was concluded last of each event, where it was not withdrawn. */
export async function conclusionsOf(read: Reader, eventIds: string[]): Promise<Map<string, 'go' | 'no_go'>> {
  const found = await rows(read, sql<{ event_id: string; verdict: 'go' | 'no_go' }>`select event_id, verdict from conclusions where event_id = any(${eventIds}::uuid[]) and withdrawn_at is null`)
  return new Map(found.map((one) => [one.event_id, one.verdict]))
}
