// How the units stand that a body looks at: those below its standing office, those with a seat, and those below a seat that stands above the office.
import { sql } from 'kysely'
import { granted } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { askTogether, rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { addDays, dayIn } from '../../../pure/calendar.ts'
import { figuresOf, taskFiguresOf } from './totals.ts'

type Figures = { unmet: number; overdue: number; unreported: number }
/** `all`: with all below it, where the row itself tells of the unit alone since those below it are rows of their own. */
export type SeatRow = { unit: { id: string; name: string } } & Figures & { all: Figures }
/** `unseen`: units with a seat of which the actor may not read how they stand. */
export type Seats = { rows: SeatRow[]; unseen: number }
type Raw = { unitId: string; name: string; place: string; parentId: string | null; open: boolean; told: boolean }

/** A seat below the office, or beside it, is one row with all below it. The office, and a seat above it, would be one row for everything: their children are rows instead. `missing`: reports missing at units and below. */
export async function readSeats(read: Reader, actor: Actor, officeId: string, seatIds: string[], at: Date, zone: string, missing: (unitIds: string[]) => Promise<Map<string, number>>): Promise<Seats> {
  const seats = [...new Set(seatIds)]
  const found = await rows(read, sql<Raw>`
    with office as materialized (select path from public_units_tree where unit_id = ${officeId}),
      seen as materialized (select u.unit_id, u.name, u.place, u.parent_id, u.path, u.unit_id = any(${seats}::uuid[]) as seat, starts_with((select path from office), u.path) as open
        from public_units_tree u where (u.unit_id = any(${seats}::uuid[]) or u.unit_id = ${officeId}) and ${granted(actor, 'readiness.read', 'u.unit_id')})
    select unit_id as "unitId", name, place, parent_id as "parentId", open, seat or exists (select 1 from seen o where o.open and o.unit_id = s.parent_id) as told from seen s
    union all select u.unit_id, u.name, u.place, u.parent_id, false, true from seen o join public_units_tree u on u.parent_id = o.unit_id
      where o.open and not exists (select 1 from seen s where s.unit_id = u.unit_id)
        and (u.valid_until is null or exists (select 1 from check_totals t where t.unit_id = u.unit_id) or exists (select 1 from public_tasks_totals t where t.unit_id = u.unit_id))
    order by 3, 1`)
  const ids = found.map((one) => one.unitId)
  const [{ figures, tasks }, reports] = await Promise.all([
    askTogether(read, { figures: figuresOf(ids, {}, { before: addDays(dayIn(at, zone), -7) }), tasks: taskFiguresOf(ids, {}, { before: addDays(dayIn(at, zone), -7) }) }), missing(ids),
  ])
  const whole = (unitId: string): Figures => ({ unmet: figures.get(unitId)?.events.unmet ?? 0, overdue: tasks.get(unitId)?.overdue ?? 0, unreported: reports.get(unitId) ?? 0 })
  const below = Map.groupBy(found, (one) => one.parentId)
  const less = (a: Figures, b: Figures): Figures => ({ unmet: Math.max(0, a.unmet - b.unmet), overdue: Math.max(0, a.overdue - b.overdue), unreported: Math.max(0, a.unreported - b.unreported) })
  return {
    unseen: seats.length - found.filter((one) => seats.includes(one.unitId)).length,
    rows: found.filter((one) => one.told).map(({ unitId, name, open }) => {
      const all = whole(unitId)
      return { unit: { id: unitId, name }, ...(open ? (below.get(unitId) ?? []).map((one) => whole(one.unitId)).reduce(less, all) : all), all }
    }),
  }
}
