// Whose reports are missing though their hour has passed: of each request that goes on, its last such period; around milestones every one, since each has its own units.
import { sql } from 'kysely'
import { cleared, granted } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { withKept } from './handover.ts'

export type Missing = { collectionId: string; on: string; /** Of the units asked for, the one that is above it or owes it itself. */ unitId: string; reportIds: string[] }
/** At these units and below them, where the actor holds the right; of a graded request only for who is named for it. */
export const missingAt = (read: Reader, actor: Actor, right: Right, unitIds: string[], at: Date, collectionId?: string): Promise<Missing[]> => rows(read, sql<Missing>`
  with mine as materialized (select u.unit_id, own.unit_id as own_id from unnest(${unitIds}::uuid[]) k(id) join access_units u on u.unit_id = k.id ${withKept('u.unit_id', 'own')} where ${granted(actor, right, 'u.unit_id')})
  select c.id as "collectionId", p.on_day as "on", m.unit_id as "unitId", array_agg(r.id order by r.id) as "reportIds"
  from report_collections c cross join lateral (select on_day from report_periods p where p.collection_id = c.id and p.due_at <= ${at} order by on_day desc limit case when c.schedule ->> 'every' = 'milestone' then null else 1 end) p
    join reports r on r.collection_id = c.id and r.on_day = p.on_day and r.state in ('owed', 'returned') cross join lateral unnest(r.above) a(unit_id) join mine m on m.own_id = a.unit_id
  where c.ended_at is null and ${cleared(actor, right, 'c.id')} ${collectionId ? sql`and c.id = ${collectionId}` : sql``}
  group by c.id, p.on_day, m.unit_id order by c.id, m.unit_id`)
