// What one's own units are asked to say about plans of others, to appraise, and to review of their own: for the first screen and the morning's mail.
import { sql } from 'kysely'
import { cleared, granted, rolesWith } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import type { Lang } from '../../../kernel/contract.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { OwedPlans, Stale } from '../contract/shapes.ts'
import { seenBy } from './access.ts'
import type { Sources } from '../decide/tables.ts'
import { whyWords } from '../decide/why.ts'
import { inForceOn, phaseOn } from './force.ts'
import { unitName } from './read.ts'
import { staleReasons } from './stale.ts'

const MOST = 5
/** The very units where the actor stands: of units below, those themselves are asked. */
const own = (actor: Actor, right: Right) => sql`(select w.unit_id from (select n.unit_id from public_people_names n where n.person_id = ${actor.id}
  union select g.unit_id from access_grants g where g.person_id = ${actor.id} and g.role = any(${rolesWith(right)}) and g.starts_at <= now() and (g.ends_at is null or g.ends_at > now())) w where w.unit_id is not null and ${granted(actor, right, 'w.unit_id')})`

/** Of plans `p`: the version in force `i`, and why it is stale. */
const stale = (sources: Sources, today: string) => sql`join plan_versions i on i.plan_id = p.id and i.n = ${inForceOn('p', today)} cross join lateral (select json_agg(r order by r.reason, r.name) as why from (${staleReasons(sources, today)}) r) w where p.approved_n is not null and p.phase <> 'withdrawn' and w.why is not null`

export async function owedPlans(read: Reader, actor: Actor, lang: Lang, today: string, sources: Sources): Promise<Omit<OwedPlans, 'asOf'>> {
  if (actor.kind !== 'person') return { items: [], count: 0, late: 0 }
  const found = await rows<Omit<OwedPlans['items'][number], 'why'> & { why: Stale[] | null }>(read, sql`
    select x.id, x.title, json_build_object('id', pu.unit_id, 'name', ${unitName(lang, 'pu')}) as unit, json_build_object('id', fu.unit_id, 'name', ${unitName(lang, 'fu')}) as "for", x.what, x.due::text as due, coalesce(x.due < ${today}::date, false) as late, x.why from (
      select p.id, p.title, p.unit_id, c.unit_id as for_id, 'answer' as what, c.due_on as due, null::json as why from plan_consultations c join plans p on p.id = c.plan_id and p.n = c.n
        where c.answered_at is null and c.unit_id in ${own(actor, 'plan.edit')} and ${cleared(actor, 'plan.edit', 'p.id')} and ${phaseOn('p', today)} in ('drafting', 'consulting', 'appraising')
      union all
      select p.id, p.title, p.unit_id, a.unit_id, 'appraise', a.due_on, null from plan_appraisals a join plans p on p.id = a.plan_id and p.n = a.n
        where a.verdict is null and a.units && array${own(actor, 'plan.appraise')} and ${cleared(actor, 'plan.appraise', 'p.id')} and ${phaseOn('p', today)} = 'appraising'
      union all
      select p.id, p.title, p.unit_id, p.unit_id, 'review', null, w.why from plans p ${stale(sources, today)}
        and (p.unit_id in ${own(actor, 'plan.edit')} or p.head_id = ${actor.id}) and ${seenBy(actor, 'plan.read')}) x
      join public_units_tree pu on pu.unit_id = x.unit_id join public_units_tree fu on fu.unit_id = x.for_id
    order by x.due nulls last, x.title, x.id limit 200`)
  return { items: found.slice(0, MOST).map((one) => ({ ...one, why: (one.why ?? []).map((each) => whyWords(each, sources, lang)) })), count: found.length, late: found.filter((one) => one.late).length }
}
export type PlanToTell = { forUnit: string; id: string; title: string; unit: string; what: 'answer' | 'appraise' | 'review'; due: string | null; count: number; /** Of a review. */ why: Stale[] | null }
/** By unit, of each kind the first few; nothing that bears a grade. */
export const plansToTell = (read: Reader, unitIds: string[], today: string, sources: Sources, most: number): Promise<PlanToTell[]> => rows<PlanToTell>(read, sql`
  with mine as materialized (select k.id as unit_id from unnest(${unitIds}::uuid[]) k(id))
  select x.for_unit as "forUnit", x.id, x.title, u.name as unit, x.what, x.due::text as due, x.count, x.why from (
    select y.*, count(*) over (partition by y.for_unit, y.what)::int as count, row_number() over (partition by y.for_unit, y.what order by y.due nulls last, y.title, y.id) as place from (
      select m.unit_id as for_unit, p.id, p.title, p.unit_id, 'answer' as what, c.due_on as due, null::json as why from mine m join plan_consultations c on c.unit_id = m.unit_id and c.answered_at is null join plans p on p.id = c.plan_id and p.n = c.n where ${phaseOn('p', today)} in ('drafting', 'consulting', 'appraising')
      union all
      select m.unit_id, p.id, p.title, p.unit_id, 'appraise', a.due_on, null from mine m join plan_appraisals a on a.verdict is null and m.unit_id = any(a.units) join plans p on p.id = a.plan_id and p.n = a.n where ${phaseOn('p', today)} = 'appraising'
      union all
      select m.unit_id, p.id, p.title, p.unit_id, 'review', null, w.why from mine m join plans p on p.unit_id = m.unit_id ${stale(sources, today)}) y
    where not exists (select 1 from access_graded g where g.record_id = y.id)) x join public_units_tree u on u.unit_id = x.unit_id
  where x.place <= ${most} order by x.what, x.due nulls last, x.title, x.id`)

/** Stale plans by who answers for them, where no morning of the plan's unit reaches them; as far as they read the plan. */
export const plansOfHeads = (read: Reader, personIds: string[], today: string, sources: Sources, most: number): Promise<(Omit<PlanToTell, 'forUnit'> & { forPerson: string })[]> => rows<Omit<PlanToTell, 'forUnit'> & { forPerson: string }>(read, sql`
  select x.head_id as "forPerson", x.id, x.title, u.name as unit, 'review' as what, null as due, x.count, x.why from (
    select p.id, p.title, p.unit_id, p.head_id, w.why, count(*) over (partition by p.head_id)::int as count, row_number() over (partition by p.head_id order by p.title, p.id) as place
    from plans p ${stale(sources, today)} and p.head_id = any(${personIds}::uuid[]) and not exists (select 1 from access_graded g where g.record_id = p.id)
      and not exists (select 1 from access_grants h where h.person_id = p.head_id and h.unit_id = p.unit_id and h.role = any(${rolesWith('plan.edit')}) and h.starts_at <= now() and (h.ends_at is null or h.ends_at > now()))
      and exists (select 1 from access_grants ag join access_units held on held.unit_id = ag.unit_id join access_units here on starts_with(here.path, held.path)
        where ag.person_id = p.head_id and ag.role = any(${rolesWith('plan.read')}) and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now()) and (here.unit_id = p.unit_id or here.unit_id in (select pr.unit_id from plan_readers pr where pr.plan_id = p.id)))) x
    join public_units_tree u on u.unit_id = x.unit_id where x.place <= ${most} order by x.title, x.id`)

export const mayFollowPlans = async (read: Reader, actor: Actor, ids: string[]): Promise<string[]> =>
  (await rows<{ id: string }>(read, sql`select p.id from plans p where p.id = any(${ids}::uuid[]) and ${seenBy(actor, 'plan.read')}`)).map(({ id }) => id)
