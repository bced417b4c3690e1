// Many events over time: spans by level in one pass over the events of a subtree (never their tasks), and pages of the events themselves.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { grantedRanges } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'

type Ask = { code: string; unit?: string | undefined }
const seen = (actor: Actor, ask: Ask, more: RawBuilder<unknown> = sql``) => sql`events e join programmes p on p.id = e.programme_id and p.code = ${ask.code} join public_units_tree u on u.unit_id = e.unit_id
  where e.phase <> 'cancelled' and exists (select 1 from ${grantedRanges(actor, 'event.read')} held where u.path >= held.path and u.path < held.upto)
    ${ask.unit ? sql`and exists (select 1 from public_units_tree w where w.unit_id = ${ask.unit}::uuid and u.path >= w.path and u.path < left(w.path, -1) || '/')` : sql``} ${more}`

export type LevelRow = { level: string; events: number; noDay: number; first: string | null; last: string | null; versions: string[]; depth: number; zone: string }
export type SpanRow = { level: string; code: string; first: string; last: string; passed: number; of: number }
/** Events of one day have the same milestones, so their dates are worked out once. */
export async function timelineOf(read: Reader, actor: Actor, ask: Ask, at: Date): Promise<{ levels: LevelRow[]; spans: SpanRow[] }> {
  const [levels, spans] = await Promise.all([
    rows<LevelRow>(read, sql`select e.level, count(*)::int as events, count(*) filter (where e.day_on is null)::int as "noDay", min(e.day_on) as first, max(e.day_on) as last, array_agg(distinct e.template_version_id) as versions,
      min(length(u.path)) as depth, min(p.zone) as zone from ${seen(actor, ask)} group by e.level order by depth, e.level`),
    rows<SpanRow>(read, sql`with alike as materialized (select e.level, e.zone, e.milestones, count(*)::int as n from ${seen(actor, ask)} group by 1, 2, 3),
        m as (select a.level, a.zone, a.n, k.key as code, (k.value::timestamptz at time zone a.zone)::date as day from alike a cross join jsonb_each_text(a.milestones) k)
      select level, code, min(day) as first, max(day) as last, coalesce(sum(n) filter (where day <= (${at}::timestamptz at time zone zone)::date), 0)::int as passed, sum(n)::int as of from m group by level, code order by 3, 4, 2`),
  ])
  return { levels, spans }
}

export type TimelineRow = { id: string; unit: { id: string; name: string }; phase: string; day: string | null; zone: string; version: number; templateVersionId: string; milestones: Record<string, string> }
export function timelineEvents(read: Reader, actor: Actor, ask: Ask & { level: string; ids?: string[] | undefined }, after: { day: string | null; id: string } | undefined, limit: number): Promise<TimelineRow[]> {
  const day = sql`coalesce(e.day_on, 'infinity'::date)`
  return rows(read, sql<TimelineRow>`select e.id, jsonb_build_object('id', u.unit_id, 'name', u.name) as unit, e.phase, e.day_on as day, e.zone, e.version, e.template_version_id as "templateVersionId", e.milestones
    from ${seen(actor, ask, sql`and e.level = ${ask.level} ${ask.ids ? sql`and e.id = any(${ask.ids}::uuid[])` : sql``} and ${after === undefined ? sql`true` : sql`(${day}, e.id) > (coalesce(${after.day}::date, 'infinity'::date), ${after.id}::uuid)`}`)} order by ${day}, e.id limit ${limit}`)
}
export const unitSeen = async (read: Reader, actor: Actor, id: string): Promise<{ id: string; name: string } | undefined> =>
  (await rows<{ id: string; name: string }>(read, sql`select u.unit_id as id, u.name from public_units_tree u where u.unit_id = ${id}::uuid and exists (select 1 from ${grantedRanges(actor, 'event.read')} held where u.path >= held.path and u.path < held.upto)`))[0]
