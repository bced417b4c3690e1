// Who hosts which event on which day: what a request around milestones rests on. Events move, so it is asked anew.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { granted } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Text } from '../../../kernel/contract.ts'
import type { Around, Owing } from '../contract/shapes.ts'
import type { HostDay } from '../decide/periods.ts'
import { kept } from './handover.ts'

type Anchor = Pick<Around, 'after' | 'milestone'>
const MARK = (milestone: RawBuilder<unknown>, event = 'e') => sql`((${sql.ref(event)}.milestones ->> ${milestone})::timestamptz at time zone ${sql.ref(event)}.zone)::date`
/** The day from which a request `c` counts at an event. */
export const anchorOf = (event: string) => sql`case when c.schedule ->> 'milestone' is null then ${sql.ref(event)}.day_on else ${MARK(sql`(c.schedule ->> 'milestone')`, event)} end`

/** Days of the events of a programme, or of one of their milestones, around which somebody may still owe, of events that the asker may see; `below`: of the units that would owe below one. */
export const eventDays = (read: Reader, actor: Actor, programme: { id: string } | { code: string }, { after = [], milestone }: Anchor, from: string, below?: { unitId: string; owing: Owing }): Promise<HostDay[]> => {
  const day = milestone === undefined ? sql`e.day_on` : MARK(sql`${milestone}::text`)
  return rows(read, sql<HostDay>`
  select e.unit_id as "unitId", ${day} as day
  from public_programmes_events e join public_programmes_programmes p on p.programme_id = e.programme_id join public_units_tree u on u.unit_id = e.unit_id and u.valid_until is null
    ${below ? sql`join access_units top on top.unit_id = ${below.unitId}::uuid and u.path > top.path and u.path < left(top.path, -1) || '/'` : sql``}
  where ${'id' in programme ? sql`p.programme_id = ${programme.id}` : sql`p.code = ${programme.code}`} and ${day} >= ${from}::date - ${Math.max(0, ...after)}::int and e.phase <> 'cancelled' and ${granted(actor, 'event.read', 'e.unit_id')}
    ${below ? ('kinds' in below.owing ? sql`and u.kind = any(${below.owing.kinds}::text[])` : sql`and u.unit_id = any(${below.owing.unitIds}::uuid[])`) : sql``}`)
}

/** Milestones by which a request may be asked, in their order. */
export const milestonesOf = (read: Reader, programme: { id: string } | { code: string }): Promise<{ code: string; name: Text }[]> => rows(read, sql<{ code: string; name: Text }>`
  select m.milestone as code, m.name from public_programmes_programmes p join public_programmes_milestones m on m.template_version_id = p.template_version_id
  where ${'id' in programme ? sql`p.programme_id = ${programme.id}` : sql`p.code = ${programme.code}`} order by m.n`)

export type AroundNow = { id: string; schedule: Around; zone: string; today: string; from: string; until: string | null; events: HostDay[] }
/** Of requests that go on (or of one), the events for which somebody may owe today or within `ahead` days; with the days on which each already does. */
export async function aroundNow(read: Reader, at: Date, ahead: number, id?: string): Promise<AroundNow[]> {
  const found = await rows(read, sql<AroundNow & { done: { unitId: string; on: string }[] | null }>`
  select c.id, c.schedule, c.zone, d.today, c.from_on as "from", c.until_on as until, json_agg(json_build_object('unitId', u.unit_id, 'day', m.day)) as events,
    (select json_agg(json_build_object('unitId', r.unit_id, 'on', r.on_day)) from reports r where r.collection_id = c.id and r.on_day between d.today and d.today + ${ahead}::int) as done
  from report_collections c ${kept('c.unit_id', 'k')} join access_units top on top.unit_id = k.unit_id cross join lateral (select (${at}::timestamptz at time zone c.zone)::date as today) d
    join public_programmes_events e on e.programme_id = (c.schedule ->> 'programmeId')::uuid and e.phase <> 'cancelled'
    cross join lateral (select ${anchorOf('e')} as day) m
    join public_units_tree u on u.unit_id = e.unit_id and u.valid_until is null and u.path > top.path and u.path < left(top.path, -1) || '/'
  where c.ended_at is null and c.schedule ->> 'every' = 'milestone' ${id ? sql`and c.id = ${id}` : sql``}
    and m.day = any(array(select d.today + a.n + b.n from generate_series(0, ${ahead}::int) a(n), (select x::int from jsonb_array_elements_text(c.schedule -> 'before') x union all select -x::int from jsonb_array_elements_text(c.schedule -> 'after') x) b(n)))
    and coalesce(c.owing -> 'kinds' @> to_jsonb(u.kind), c.owing -> 'unitIds' @> to_jsonb(u.unit_id::text))
  group by c.id, d.today`)
  return found.map(({ done, events, ...one }) => {
    const days = Map.groupBy(done ?? [], (row) => row.unitId)
    return { ...one, events: events.map((event) => ({ ...event, done: (days.get(event.unitId) ?? []).map((row) => row.on) })) }
  })
}
