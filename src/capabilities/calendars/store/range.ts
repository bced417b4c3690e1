// What falls on days, with the right in the query. Alike on one day stand as one row with their count, so a nation's month is as short as a commune's.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { granted, grantedRanges, pathEnd } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { CalendarItem } from '../contract.ts'

type Named = { vi: string; en: string }
type Sql = RawBuilder<unknown>
/** Up to so many units their tasks are looked up one by one (a province: 3 ms); above, tasks are not told. */
const MOST_UNITS = 700
export type Where = { units: Sql; few: boolean }

/** The units meant, as a subquery (unit_id, name). Undefined: none that the actor may see. */
export async function whereOf(read: Reader, actor: Actor, scope: 'mine' | 'below', unit: string | undefined): Promise<Where | undefined> {
  const held = await rows<{ path: string; upto: string }>(read, sql`select distinct r.path, r.upto from ${grantedRanges(actor, 'event.read')} r`)
  if (held.length === 0) return undefined
  const within = sql.join(held.map((r) => sql`(u.path >= ${r.path} and u.path < ${r.upto})`), sql` or `)
  if (scope === 'mine') {
    const own = sql`(select u.unit_id, u.name from public_units_tree u where (${within}) and u.unit_id in (select ag.unit_id from access_grants ag
      where ag.person_id = ${actor.kind === 'person' ? actor.id : null}::uuid and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now())) ${unit ? sql`and u.unit_id = ${unit}::uuid` : sql``})`
    return { units: own, few: true }
  }
  const [asked] = unit ? await rows<{ path: string }>(read, sql`select u.path from public_units_tree u where u.unit_id = ${unit}::uuid and (${within})`) : [undefined]
  if (unit && !asked) return undefined
  const inside = asked ? sql`u.path >= ${asked.path} and u.path < ${pathEnd(asked.path)}` : sql`true`
  const units = sql`(select u.unit_id, u.name from public_units_tree u where (${within}) and ${inside})`
  const [count] = await rows<{ n: number }>(read, sql`select count(*)::int as n from (select 1 from ${units} x limit ${MOST_UNITS + 1}) y`)
  return { units, few: count!.n <= MOST_UNITS }
}

/** The session `m` is of a body with a seat at one of these units, at which the actor may read it. */
const seated = (actor: Actor, units: Sql): Sql => sql`exists (select 1 from public_meetings_readers rd where rd.meeting_id = m.meeting_id and rd.unit_id in ${units} and ${granted(actor, 'meeting.read', 'rd.unit_id')})`
/** On a day with more, they stand as one. */
const MOST_SESSIONS = 8
const SESSIONS: Named = { vi: 'Phiên họp', en: 'Sessions' }

type Row = { kind: CalendarItem['kind']; day: string; name: Named; level: string | null; count: number; id: string; unitId: string; unitName: string; late: boolean }
/** Events of one day have the same milestones, so their dates are worked out once: a nation's month 1,131 → 40 ms (loaded). */
export async function itemsBetween(read: Reader, actor: Actor, where: Where, from: string, until: string, today: string): Promise<CalendarItem[]> {
  const found = await rows<Row>(read, sql`with u as materialized (select * from ${where.units} x),
    e as materialized (select e.*, u.name as unit_name from u join public_programmes_calendar e on e.unit_id = u.unit_id where e.phase not in ('cancelled', 'postponed')),
    alike as materialized (select template_version_id, day_on, zone, milestones, count(*)::int as n, min(event_id::text) as id, min(unit_id::text) as unit_id, min(unit_name) as unit_name from e group by 1, 2, 3, 4),
    m as (select a.*, (k.value::timestamptz at time zone a.zone)::date as day, k.key as code from alike a cross join jsonb_each_text(a.milestones) k)
    select 'event' as kind, e.day_on as day, p.name, e.level, count(*)::int as count, min(e.event_id::text) as id, min(e.unit_id::text) as "unitId", min(e.unit_name) as "unitName", false as late
      from e join public_programmes_programmes p using (programme_id) where e.day_on between ${from}::date and ${until}::date group by e.day_on, p.name, e.level
    union all select 'milestone', m.day, n.name, null, sum(m.n)::int, min(m.id), min(m.unit_id), min(m.unit_name), false
      from m join public_programmes_milestones n on n.template_version_id = m.template_version_id and n.milestone = m.code
      where m.day between ${from}::date and ${until}::date and m.day <> m.day_on group by m.day, n.name
    union all select 'meeting', day, case when n <= ${MOST_SESSIONS} then jsonb_build_object('vi', min(name), 'en', min(name)) else ${JSON.stringify(SESSIONS)}::jsonb end, null, count(*)::int, min(id), min(unit_id), min(unit_name), false
      from (select s.*, count(*) over (partition by day) as n from (select (m.starts_at at time zone m.zone)::date as day, to_char(m.starts_at at time zone m.zone, 'HH24:MI ') || m.title as name, m.meeting_id::text as id, o.unit_id::text as unit_id, o.name as unit_name
        from public_meetings_calendar m join public_units_tree o on o.unit_id = m.unit_id where m.starts_at >= ${from}::date - interval '1 day' and m.starts_at < ${until}::date + interval '2 days' and ${seated(actor, sql`(select unit_id from u)`)}) s where day between ${from}::date and ${until}::date) s
      group by day, n, case when n <= ${MOST_SESSIONS} then id end, case when n <= ${MOST_SESSIONS} then name end
    ${where.few ? sql`union all select 'task', day, name, null, count(*)::int, min(id), min(unit_id), min(unit_name), bool_or(day < ${today}::date) from (
      select (t.due_at at time zone t.zone)::date as day, coalesce(case when t.title is not null then jsonb_build_object('vi', t.title, 'en', t.title) end, i.name, jsonb_build_object('vi', t.item, 'en', t.item)) as name,
        t.task_id::text as id, u.unit_id::text as unit_id, u.name as unit_name
      from u cross join lateral (select * from public_tasks_due t where t.unit_id = u.unit_id and t.stage = 'open' and t.due_at >= ${from}::date - interval '1 day' and t.due_at < ${until}::date + interval '2 days') t
        left join public_programmes_items i on i.template_version_id = t.template_version_id and i.item = t.item) x
      where day between ${from}::date and ${until}::date group by day, name` : sql``}
    order by day, kind, count desc, "unitName"`)
  return found.map(({ id, unitId, unitName, ...rest }) => ({ ...rest, id: rest.count === 1 ? id : null, unit: rest.count === 1 ? { id: unitId, name: unitName } : null }))
}

export type FeedEvent = { id: string; day: string; opensAt: Date | null; zone: string; phase: string; name: Named; unit: string; version: number; changedAt: Date }
const MOST_EVENTS = 4000
export const feedEvents = (read: Reader, where: Where, from: string): Promise<FeedEvent[]> =>
  rows<FeedEvent>(read, sql`select e.event_id as id, e.day_on as day, e.opens_at as "opensAt", e.zone, e.phase, p.name, u.name as unit, e.version, e.changed_at as "changedAt"
    from ${where.units} u join public_programmes_calendar e on e.unit_id = u.unit_id join public_programmes_programmes p using (programme_id)
    where e.phase not in ('cancelled', 'postponed') and e.day_on >= ${from}::date order by e.day_on, e.event_id limit ${MOST_EVENTS}`)

export type FeedMilestone = { eventId: string; code: string; day: string; name: Named; unit: string; version: number; changedAt: Date }
export const feedMilestones = (read: Reader, where: Where, from: string): Promise<FeedMilestone[]> =>
  rows<FeedMilestone>(read, sql`select e.event_id as "eventId", k.key as code, (k.value::timestamptz at time zone e.zone)::date as day, n.name, u.name as unit, e.version, e.changed_at as "changedAt"
    from ${where.units} u join public_programmes_calendar e on e.unit_id = u.unit_id cross join jsonb_each_text(e.milestones) k
      join public_programmes_milestones n on n.template_version_id = e.template_version_id and n.milestone = k.key
    where e.phase not in ('cancelled', 'postponed') and (k.value::timestamptz at time zone e.zone)::date >= ${from}::date and (k.value::timestamptz at time zone e.zone)::date <> e.day_on order by day, e.event_id, k.key limit ${MOST_EVENTS}`)

export type FeedTask = { id: string; dueAt: Date; zone: string; name: Named; unit: string; state: string; version: number; changedAt: Date }
const MOST_TASKS = 2000
export const feedTasks = (read: Reader, where: Where, from: string): Promise<FeedTask[]> =>
  rows<FeedTask>(read, sql`select t.task_id as id, t.due_at as "dueAt", t.zone, coalesce(case when t.title is not null then jsonb_build_object('vi', t.title, 'en', t.title) end, i.name, jsonb_build_object('vi', t.item, 'en', t.item)) as name,
      u.name as unit, t.state, t.version, t.changed_at as "changedAt"
    from ${where.units} u join public_tasks_due t on t.unit_id = u.unit_id and t.stage in ('open', 'reported') and t.due_at >= ${from}::date
      left join public_programmes_items i on i.template_version_id = t.template_version_id and i.item = t.item order by t.due_at, t.task_id limit ${MOST_TASKS}`)

export type FeedMeeting = { id: string; startsAt: Date; title: string; body: string; place: string | null; link: string | null; version: number }
export const feedMeetings = (read: Reader, actor: Actor, where: Where, from: string): Promise<FeedMeeting[]> =>
  rows<FeedMeeting>(read, sql`select m.meeting_id as id, m.starts_at as "startsAt", m.title, b.name as body, m.place, m.link, m.version from public_meetings_calendar m join public_bodies_bodies b using (body_id)
    where m.starts_at >= ${from}::date and ${seated(actor, sql`(select x.unit_id from ${where.units} x)`)} order by m.starts_at, m.meeting_id limit ${MOST_TASKS}`)
