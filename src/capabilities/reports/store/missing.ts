// Whose reports are missing though their hour has passed: of each request that goes on, its last such period; around milestones every one, since each has its own units.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { cleared, granted } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import type { Lang } from '../../../kernel/contract.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { withKept } from './handover.ts'

export type Missing = { collectionId: string; on: string; /** Of the units asked for, the one that is above it or owes it itself. */ unitId: string; reportIds: string[] }
/** `p`: of the request `c` its last period whose due hour has passed; around milestones every such period, since each has its own units. */
export const overdue = (at: Date): RawBuilder<unknown> =>
  sql`cross join lateral (select on_day, due_at from report_periods p where p.collection_id = c.id and p.due_at <= ${at} order by on_day desc limit case when c.schedule ->> 'every' = 'milestone' then null else 1 end) p`
const missing = (actor: Actor, right: Right, unitIds: string[], at: Date, what: RawBuilder<unknown>, of: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  with mine as materialized (select u.unit_id, own.unit_id as own_id from unnest(${unitIds}::uuid[]) k(id) join access_units u on u.unit_id = k.id ${withKept('u.unit_id', 'own')} where ${granted(actor, right, 'u.unit_id')})
  select ${what}
  from report_collections c ${overdue(at)}
    join reports r on r.collection_id = c.id and r.on_day = p.on_day and r.state in ('owed', 'returned') cross join lateral unnest(r.above) a(unit_id) join mine m on m.own_id = a.unit_id
  where c.ended_at is null and ${cleared(actor, right, 'c.id')} ${of}`
/** At these units and below them, where the actor holds the right; of a graded request only for who is named for it. */
export const missingAt = (read: Reader, actor: Actor, right: Right, unitIds: string[], at: Date, one?: { collectionId: string; on: string }): Promise<Missing[]> => rows(read, missing(actor, right, unitIds, at,
  sql`c.id as "collectionId", p.on_day as "on", m.unit_id as "unitId", array_agg(r.id order by r.id) as "reportIds"`, sql`${one ? sql`and c.id = ${one.collectionId} and p.on_day = ${one.on}::date` : sql``} group by c.id, p.on_day, m.unit_id order by c.id, m.unit_id`) as RawBuilder<Missing>)
export type MissingNamed = { unitId: string; title: string; on: string; dueAt: Date; zone: string; unit: string }
/** The same one by one, in words that others may read: nothing that bears a grade. */
export const missingNamed = (read: Reader, actor: Actor, right: Right, unitIds: string[], at: Date, lang: Lang, most: number): Promise<MissingNamed[]> => rows(read, missing(actor, right, unitIds, at,
  sql`m.unit_id as "unitId", c.title, p.on_day::text as "on", p.due_at as "dueAt", c.zone, (select ${lang === 'en' ? sql`coalesce(w.name_en, w.name)` : sql`w.name`} from public_units_tree w where w.unit_id = r.unit_id) as unit`,
  sql`and not exists (select 1 from access_graded g where g.record_id = c.id) order by p.due_at, c.id, r.id limit ${most}`) as RawBuilder<MissingNamed>)
/** The same, as how many at each unit. */
export const missingCounts = async (read: Reader, actor: Actor, right: Right, unitIds: string[], at: Date): Promise<Map<string, number>> =>
  new Map((await rows(read, missing(actor, right, unitIds, at, sql`m.unit_id as "unitId", count(*)::int as n`, sql`group by m.unit_id`) as RawBuilder<{ unitId: string; n: number }>)).map((row) => [row.unitId, row.n]))
