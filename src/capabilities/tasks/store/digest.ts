// What a unit has to do this morning: its own open work that is late or due within days, and what waits for its answer.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'

export type DueSection = 'overdue' | 'soon' | 'verify' | 'extension'
export type DueTask = { unitId: string; section: DueSection; count: number; id: string; unit: string; title: string | null; words: { vi: string; en: string } | null; dueAt: Date | null }
const SOON_DAYS = 3

/** The first `most` of each section of each unit, by due date, with how many there are. Who verifies: the issuing unit, else the one above the lead unit. */
export const dueOfUnits = (read: Reader, unitIds: string[], at: Date, most: number): Promise<DueTask[]> =>
  rows(read, sql<DueTask>`with mine as materialized (select u.unit_id, u.path from unnest(${unitIds}::uuid[]) k(id) join public_units_tree u on u.unit_id = k.id),
    found as (
      select m.unit_id as for_unit, case when t.due_at <= ${at} then 'overdue' else 'soon' end as section, t.id, t.due_at
        from mine m join tasks t on t.unit_id = m.unit_id and t.stage = 'open' and t.due_at <= ${new Date(at.getTime() + SOON_DAYS * 86_400_000)}
      union all select m.unit_id, 'verify', t.id, t.due_at from mine m join tasks t on t.issuer_unit_id = m.unit_id and t.stage = 'reported' and t.item is null
      union all select m.unit_id, 'verify', t.id, t.due_at from mine m join public_units_tree c on c.path > m.path and c.path < left(m.path, -1) || '/'
        join tasks t on t.unit_id = c.unit_id and t.stage = 'reported' and t.item is not null and coalesce(t.issuer_unit_id, c.parent_id) = m.unit_id
      union all select m.unit_id, 'extension', t.id, t.due_at from task_extensions x join tasks t on t.id = x.task_id and t.extension_id = x.id
        join public_units_tree c on c.unit_id = t.unit_id join mine m on m.unit_id = coalesce(t.issuer_unit_id, c.parent_id) where x.state = 'asked'),
    ranked as (select f.*, count(*) over (partition by for_unit, section)::int as n, row_number() over (partition by for_unit, section order by due_at, id) as place from found f)
    select r.for_unit as "unitId", r.section, r.n as count, t.id, u.name as unit, t.title, i.name as words, nullif(t.due_at, 'infinity') as "dueAt"
    from ranked r join tasks t using (id) join public_units_tree u on u.unit_id = t.unit_id
      left join public_programmes_items i on i.template_version_id = t.template_version_id and i.item = t.item
    where r.place <= ${most} order by r.for_unit, r.section, r.due_at, r.id`)
