// Why a plan in force is stale: what it rested on when it was approved, held against how things are now. Never typed, never stored.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { granted } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Rests } from '../contract/facts.ts'
import type { Header, Stale } from '../contract/shapes.ts'
import type { Sources } from '../decide/tables.ts'
import { inForceOn } from './force.ts'

type Sql = RawBuilder<unknown>
const COLUMN = { event: 'event_id', programme: 'programme_id', unit: 'unit_id' } as const
/** Rows of a table that belong to a plan. The ids come from the columns named; a plan's own tasks are its execution and change nothing that it rests on. */
function marksOf(source: { marks: string; by: readonly (keyof typeof COLUMN)[] }, ids: { event: Sql; programme: Sql; unit: Sql }, planId: Sql): Sql {
  const of = source.by.map((by) => sql`x.${sql.ref(COLUMN[by])} = ${ids[by]}`)
  return sql`(select md5(coalesce(string_agg(x.row_id::text || ':' || x.mark, ',' order by x.row_id::text collate "C"), '')) from ${sql.table(source.marks)} x
    where ${sql.join(of, sql` and `)} and not exists (select 1 from plan_tasks own where own.plan_id = ${planId} and own.task_id::text = x.row_id::text))`
}

/** What is graded is not named to others. */
const plain = (id: string): Sql => sql`not exists (select 1 from access_graded g where g.record_id = ${sql.ref(id)})`

/** A lateral over plans `p` and their version in force `i`: one row a reason. */
export function staleReasons(sources: Sources, today: string): Sql {
  const event = sql`(i.rests -> 'event' ->> 'id')::uuid`
  const rested = (key: string) => sql`i.rests -> 'event' ->> ${sql.lit(key)}`
  const tables = [...sources].map(([name, source]) => sql`
    union all select 'table', ${sql.lit(name)}, null, null from jsonb_array_elements(i.rests -> 'tables') x where x ->> 'source' = ${sql.lit(name)}
      and x ->> 'hash' <> ${marksOf(source, { event, programme: sql`nullif(i.header ->> 'programmeId', '')::uuid`, unit: sql`p.unit_id` }, sql`p.id`)}`)
  return sql`select * from (
    select 'review' as reason, null as name, i.rests ->> 'reviewOn' as was, null as now where (i.rests ->> 'reviewOn')::date < ${today}::date
    union all select case when e.phase = 'cancelled' then 'event_cancelled' when e.day_on is null then 'event_postponed' else 'event_moved' end, null, ${rested('dayOn')}, e.day_on::text from public_programmes_events e
      where e.event_id = ${event} and ((e.phase = 'cancelled' and ${rested('phase')} <> 'cancelled') or e.day_on::text is distinct from ${rested('dayOn')})
    union all select 'event_class', null, ${rested('class')}, e.class from public_programmes_events e where e.event_id = ${event} and e.class <> ${rested('class')}
    union all select 'unit_ended', u.name, null, u.valid_until::text from jsonb_array_elements_text(i.rests -> 'units') x join public_units_tree u on u.unit_id = x.value::uuid and u.valid_until <= ${today}::date
    union all select 'plan_replaced', case when not exists (select 1 from access_graded g where g.record_id = o.id) then o.title end, null, null from jsonb_array_elements(i.rests -> 'plans') x join plans o on o.id = (x ->> 'id')::uuid where ${inForceOn('o', today)} is distinct from (x ->> 'n')::int
    union all select 'paper_' || s.state, case when ${plain('s.paper_id')} then nullif(s.written, '') end, null, case when ${plain('s.replaced_by_id')} then s.replaced_by end from jsonb_array_elements(i.rests -> 'papers') x join public_papers_standing s on s.paper_id = (x ->> 'id')::uuid where s.state <> 'in_force' and s.state <> x ->> 'state'
    ${sql.join(tables, sql` `)}) why where i.rests is not null`
}

export type StalePlan = { id: string; n: number; unitId: string; /** Who answers for it, where no role at that unit tells them anyway. */ headId: string | null; title: string | null; why: Stale[] }
/** Plans in force after this id, so many at a time, each with why it is stale: none, if it is not. */
export const staleAfter = (read: Reader, sources: Sources, today: string, after: string, limit: number): Promise<StalePlan[]> => rows<StalePlan>(read, sql`
  select p.id, i.n, p.unit_id as "unitId", case when not exists (select 1 from access_grants g where g.person_id = p.head_id and g.unit_id = p.unit_id and g.starts_at <= now() and (g.ends_at is null or g.ends_at > now())) then p.head_id end as "headId",
    case when not exists (select 1 from access_graded g where g.record_id = p.id) then p.title end as title,
    coalesce((select json_agg(w) from (${staleReasons(sources, today)}) w), '[]') as why
  from (select * from plans p where p.id > ${after}::uuid and p.approved_n is not null and p.phase <> 'withdrawn' order by p.id limit ${limit}) p left join plan_versions i on i.plan_id = p.id and i.n = ${inForceOn('p', today)} order by p.id`)

/** What a version rests on, taken down when it is approved: of other plans, what will be in force on the day from which it holds (`on`). */
export async function restsOf(read: Reader, actor: Actor, sources: Sources, plan: { id: string; unitId: string; header: Header; sections: { id: string; tables: string[]; units: string[] }[] }, reviewOn: string | null, on: string): Promise<Rests> {
  const { header } = plan
  const [event] = header.eventId === null ? [] : await rows<NonNullable<Rests['event']>>(read, sql`select e.event_id as id, e.day_on::text as "dayOn", e.phase, e.class from public_programmes_events e where e.event_id = ${header.eventId}::uuid and ${granted(actor, 'event.read', 'e.unit_id')}`)
  const plans = header.restsOn.length === 0 ? [] : await rows<Rests['plans'][number]>(read, sql`select p.id, ${inForceOn('p', on)} as n from plans p where p.id = any(${header.restsOn}::uuid[]) order by p.id`)
  const papers = !header.papers?.length ? [] : await rows<{ id: string; state: string }>(read, sql`select s.paper_id as id, s.state from public_papers_standing s where s.paper_id = any(${header.papers}::uuid[]) order by s.paper_id`)
  const used = plan.sections.flatMap((s) => s.tables.map((source) => ({ sectionId: s.id, source })))
  const asked = [...new Set(used.map(({ source }) => source))].flatMap((name) => { const source = sources.get(name); return source ? [{ name, source }] : [] })
  const ids = { event: sql`${header.eventId}::uuid`, programme: sql`${header.programmeId}::uuid`, unit: sql`${plan.unitId}::uuid` }
  const [hashes] = asked.length === 0 ? [] : await rows<Record<string, string>>(read, sql`select ${sql.join(asked.map(({ name, source }) => sql`${marksOf(source, ids, sql`${plan.id}::uuid`)} as ${sql.ref(name)}`))}`)
  return {
    reviewOn, event: event ?? null, units: [...new Set([plan.unitId, ...plan.sections.flatMap((s) => s.units)])], plans,
    tables: used.flatMap(({ sectionId, source }) => (hashes?.[source] === undefined ? [] : [{ sectionId, source, hash: hashes[source] }])),
    ...(papers.length > 0 ? { papers } : {}),
  }
}
