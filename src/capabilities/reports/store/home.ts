// What the first screen and the morning's mail say of reports: what the very units owe, what came back to them, and which periods of those below are late.
// What is graded stands on the screen for those named for it, and in no mail.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { cleared, grantedRanges } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { withKept } from './handover.ts'
import { overdue } from './missing.ts'

const MOST = 5
const plain = sql`not exists (select 1 from access_graded g where g.record_id = c.id)`
/** Further ahead nobody looks in the morning. */
const SOON_DAYS = 3

/** Units at which the asker holds a role itself, with this right. */
const mine = (actor: Actor, right: Right): RawBuilder<unknown> => sql`select distinct u.unit_id from access_grants ag join access_units u on u.unit_id = ag.unit_id
  where ag.person_id = ${actor.kind === 'person' ? actor.id : null}::uuid and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now()) and exists (select 1 from ${grantedRanges(actor, right)} r where u.path >= r.path and u.path < r.upto)`

export type OwedLine = { forUnit: string; id: string; title: string; unit: { id: string; name: string }; on: string; dueAt: Date; zone: string; state: 'owed' | 'returned'; draft: boolean; count: number; late: number }
const owing = (units: RawBuilder<unknown>, known: RawBuilder<unknown>, at: Date, until: RawBuilder<unknown>, each: boolean, most: number) => sql<OwedLine>`
  with mine as materialized (${units}), found as (
    select r.*, m.unit_id as for_unit, c.title, c.zone, count(*) over (${each ? sql`partition by m.unit_id` : sql``})::int as n, (count(*) filter (where r.due_at <= ${at}) over (${each ? sql`partition by m.unit_id` : sql``}))::int as passed, row_number() over (${each ? sql`partition by m.unit_id` : sql``} order by r.due_at, r.id) as place
    from mine m ${withKept('m.unit_id', 'own')} join reports r on r.unit_id = own.unit_id and r.state in ('owed', 'returned') ${until} join report_collections c on c.id = r.collection_id and ${known})
  select f.for_unit as "forUnit", f.id, f.title, json_build_object('id', u.unit_id, 'name', u.name) as unit, f.on_day as "on", f.due_at as "dueAt", f.zone, f.state, exists (select 1 from report_drafts d where d.report_id = f.id and d.version = f.version) as draft, f.n as count, f.passed as late
  from found f join public_units_tree u on u.unit_id = f.unit_id where f.place <= ${most} order by f.due_at, f.id`
export const owedNow = (read: Reader, actor: Actor, at: Date): Promise<OwedLine[]> => rows(read, owing(mine(actor, 'report.fill'), cleared(actor, 'report.fill', 'r.id'), at, sql``, false, MOST))
/** By unit, late or due within days. */
export const owedOf = (read: Reader, unitIds: string[], at: Date, most: number): Promise<OwedLine[]> =>
  rows(read, owing(sql`select k.id as unit_id from unnest(${unitIds}::uuid[]) k(id)`, plain, at, sql`and r.due_at <= ${new Date(at.getTime() + SOON_DAYS * 86_400_000)}`, true, most))

export type LateLine = { collectionId: string; title: string; unit: { id: string; name: string }; on: string; dueAt: Date; zone: string; missing: number; levels: { level: string; missing: number }[]; returned: number; count: number }
/** Of each request that goes on, what is overdue, where some below have not reported. */
const late = (units: RawBuilder<unknown>, known: RawBuilder<unknown>, at: Date) => sql<Omit<LateLine, 'count'>>`
  with mine as materialized (${units})
  select c.id as "collectionId", c.title, json_build_object('id', u.unit_id, 'name', u.name) as unit, p.on_day as "on", p.due_at as "dueAt", c.zone, t.missing, t.levels, t.returned
  from mine m join report_collections c on c.ended_at is null and ${known} join public_units_tree u on u.unit_id = m.unit_id
    ${overdue(at)}
    cross join lateral (select coalesce(sum(t.owes - t.reported), 0)::int as missing, coalesce(sum(t.returned), 0)::int as returned, jsonb_agg(jsonb_build_object('level', t.level, 'missing', t.owes - t.reported) order by array_position(c.levels, t.level)) filter (where t.owes > t.reported) as levels from report_totals t where t.collection_id = c.id and t.unit_id = m.unit_id and t.on_day = p.on_day) t
  where t.missing > 0`
const counted = (of: RawBuilder<unknown>, each: boolean, most: number) => sql<LateLine>`
  select * from (select f.*, count(*) over (${each ? sql`partition by f.unit ->> 'id'` : sql``})::int as count, row_number() over (${each ? sql`partition by f.unit ->> 'id'` : sql``} order by f."dueAt" desc, f."collectionId") as place from (select "collectionId", title, unit::jsonb as unit, "on", "dueAt", zone, missing, levels, returned from (${of}) l) f) g where place <= ${most} order by "dueAt" desc, "collectionId"`
export const lateBelow = (read: Reader, actor: Actor, at: Date): Promise<LateLine[]> => rows(read, counted(late(mine(actor, 'report.read'), cleared(actor, 'report.read', 'c.id'), at), false, MOST))
export const lateOf = (read: Reader, unitIds: string[], at: Date, most: number): Promise<LateLine[]> => rows(read, counted(late(sql`select k.id as unit_id from unnest(${unitIds}::uuid[]) k(id)`, plain, at), true, most))
