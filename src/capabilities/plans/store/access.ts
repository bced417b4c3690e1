// The row that an order is about, if the asker holds the right to it; and what the tree, the staff and the bodies say of what it names.
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import { cleared, granted, grantedRanges, readable, rolesWith } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Header } from '../contract/shapes.ts'
import type { Known, PlanRow } from '../decide/edit.ts'
import type { Asked, Stands } from '../decide/review.ts'
import { inForceOn, phaseOn, unreplaced } from './force.ts'

type Bool = RawBuilder<SqlBool>
/** owner: at the plan's own unit or above. appraiser: at a unit that appraises this version; none yet: as the owner. seen: also at a unit that was asked or appraises. */
type Side = 'owner' | 'appraiser' | 'seen'
const at = (actor: Actor, right: Right, side: Side): Bool => {
  const owner = granted(actor, right, 'p.unit_id')
  const known = cleared(actor, right, 'p.id')
  if (side === 'owner') return sql<SqlBool>`(${owner} and ${known})`
  if (side === 'seen') {
    const tree = sql<SqlBool>`(${owner} or exists (select 1 from plan_readers pr where pr.plan_id = p.id and ${granted(actor, right, 'pr.unit_id')}))`
    return right === 'plan.read' ? readable(actor, right, 'p.id', tree) : sql<SqlBool>`(${tree} and ${known})`
  }
  return sql<SqlBool>`${known} and case when exists (select 1 from plan_appraisals a where a.plan_id = p.id and a.n = p.n)
    then exists (select 1 from plan_appraisals a, unnest(a.units) au(unit_id) where a.plan_id = p.id and a.n = p.n and ${granted(actor, right, 'au.unit_id')}) else ${owner} end`
}
export const seenBy = (actor: Actor, right: Right): Bool => at(actor, right, 'seen')
export const appraisedBy = (actor: Actor): Bool => at(actor, 'plan.appraise', 'appraiser')
/** Stands at this very unit: by a role held there, or as one of its staff. Whoever stands above enters what the unit said, told by somebody. Besides the right by the tree. */
export const standsAt = (actor: Actor, right: Right, unit: string): Bool => (actor.kind !== 'person' ? sql<SqlBool>`true` : sql<SqlBool>`(${granted(actor, right, unit)} and (exists (select 1 from public_people_names me where me.person_id = ${actor.id} and me.unit_id = ${sql.ref(unit)})
  or exists (select 1 from access_grants own where own.person_id = ${actor.id} and own.unit_id = ${sql.ref(unit)} and own.role = any(${rolesWith(right)}) and own.starts_at <= now() and (own.ends_at is null or own.ends_at > now()))))`)
/** Stands at a unit that appraises the version, in a query whose plan is `p`. `a`: of plan_appraisals. */
export const standsAppraising = (actor: Actor): Bool => sql<SqlBool>`exists (select 1 from plan_appraisals a, unnest(a.units) au(unit_id) where a.plan_id = p.id and a.n = p.n and ${standsAt(actor, 'plan.appraise', 'au.unit_id')})`
/** For lists: the units are worked out once, not for every plan. By the tree alone; what is graded is another matter. */
export const treeMany = (actor: Actor): RawBuilder<unknown> => {
  if (actor.kind !== 'person') return sql`true`
  const units = sql`select u.unit_id from access_units u join ${grantedRanges(actor, 'plan.read')} r on u.path >= r.path and u.path < r.upto`
  return sql`(p.unit_id in (${units}) or p.id in (select pr.plan_id from plan_readers pr where pr.unit_id in (${units})))`
}

export async function accessPlan(read: Reader, actor: Actor, right: Right, planId: string, today: string, side: Side = 'owner'): Promise<PlanRow | undefined> {
  const [row] = await rows(read, sql<Omit<PlanRow, 'header'> & { header: Header }>`
    select p.id, p.unit_id as "unitId", exists (select 1 from access_graded g where g.record_id = p.id) as graded, p.lang, p.n, ${phaseOn('p', today)} as phase, ${inForceOn('p', today)} as "inForce", v.begun_at as "begunAt", p.version, p.head_version as "headVersion", v.header,
      coalesce((select json_agg(json_build_object('id', s.id, 'title', s.title, 'version', s.version, 'written', s.text_id is not null, 'tables', s.tables, 'units', s.units) order by s.place) from plan_sections s where s.plan_id = p.id and s.n = p.n), '[]') as sections,
      (select json_build_object('verdict', a.verdict, 'unitId', a.unit_id, 'open', (select count(*) from plan_points q where q.plan_id = p.id and q.n = p.n and q.settled_at is null)) from plan_appraisals a where a.plan_id = p.id and a.n = p.n) as appraisal
    from plans p join plan_versions v on v.plan_id = p.id and v.n = p.n where p.id = ${planId}::uuid and ${at(actor, right, side)}`)
  return row
}
export const mayAt = async (read: Reader, actor: Actor, right: Right, unitId: string): Promise<boolean> => (await rows(read, sql`select 1 from access_units u where u.unit_id = ${unitId}::uuid and ${granted(actor, right, 'u.unit_id')}`)).length > 0
/** Which of these the asker may read. */
export const plansSeen = async (read: Reader, actor: Actor, ids: string[], right: Right = 'plan.read'): Promise<Set<string>> =>
  new Set(ids.length === 0 ? [] : (await rows<{ id: string }>(read, sql`select p.id from plans p where p.id = any(${ids}::uuid[]) and ${at(actor, right, right === 'plan.read' ? 'seen' : 'owner')}`)).map(({ id }) => id))
/** Of these, the plans that another one of the same unit may replace: approved, not replaced already, and the asker's to end. */
export const replaceable = async (read: Reader, actor: Actor, ids: string[], unitId: string | undefined, today: string): Promise<Set<string>> =>
  new Set(ids.length === 0 ? [] : (await rows<{ id: string }>(read, sql`select p.id from plans p where p.id = any(${ids}::uuid[]) and p.unit_id = ${unitId ?? null}::uuid and p.approved_n is not null and ${phaseOn('p', today)} <> 'replaced' and ${unreplaced('p')} and ${at(actor, 'plan.approve', 'owner')}`)).map(({ id }) => id))

/** The asker may read the paper `s`. */
export const paperSeen = (actor: Actor) => readable(actor, 'paper.read', 's.paper_id', sql`exists (select 1 from public_papers_readers pr where pr.paper_id = s.paper_id and ${granted(actor, 'paper.read', 'pr.unit_id')})`)

export async function knownOf(read: Reader, actor: Actor, unitId: string, { headId, eventId, programmeId, restsOn, papers = [] }: Header): Promise<Known> {
  const [row] = await rows(read, sql<Omit<Known, 'plans'>>`select
    exists (select 1 from public_people_names n where n.person_id = ${headId}::uuid and n.unit_id = ${unitId}::uuid) as head,
    exists (select 1 from public_programmes_events e where e.event_id = ${eventId}::uuid and ${granted(actor, 'event.read', 'e.unit_id')}) as event,
    exists (select 1 from public_programmes_programmes g where g.programme_id = ${programmeId}::uuid) as programme`)
  return { ...row!, plans: await plansSeen(read, actor, restsOn), papers: new Set(papers.length === 0 ? [] : (await rows<{ id: string }>(read, sql`select s.paper_id as id from public_papers_standing s where s.paper_id = any(${papers}::uuid[]) and ${paperSeen(actor)}`)).map(({ id }) => id)) }
}
/** Whether one of these is no unit, and which has ended. */
export async function unitsOf(read: Reader, ids: string[]): Promise<{ unknown: boolean; closed: string | undefined }> {
  const found = await rows<{ id: string; name: string; closed: boolean }>(read, sql`select unit_id as id, name, valid_until is not null as closed from public_units_tree where unit_id = any(${ids}::uuid[])`)
  return { unknown: new Set(ids).size > found.length, closed: found.find((one) => one.closed)?.name }
}
/** Who appraises: the members' units and the standing office of an appraisal team that stands, or one unit. */
export async function teamOf(read: Reader, bodyId: string | undefined, unitId: string | undefined): Promise<{ bodyId: string | null; unitId: string; units: string[] } | undefined> {
  if ((bodyId === undefined) === (unitId === undefined)) return undefined
  if (unitId !== undefined) { const { unknown, closed } = await unitsOf(read, [unitId]); return unknown || closed !== undefined ? undefined : { bodyId: null, unitId, units: [unitId] } }
  const [body] = await rows<{ unitId: string; members: { unitId: string }[] }>(read, sql`select unit_id as "unitId", members from public_bodies_bodies where body_id = ${bodyId}::uuid and kind = 'appraisal' and ended_on is null`)
  return body && { bodyId: bodyId!, unitId: body.unitId, units: [...new Set([body.unitId, ...body.members.map((m) => m.unitId)])] }
}
/** Above the unit, or whose plan it is. `c`: of plan_consultations. */
export const mayAnswer = (actor: Actor): Bool => sql<SqlBool>`(${granted(actor, 'plan.edit', 'c.unit_id')} or ${granted(actor, 'plan.edit', 'p.unit_id')})`
/** Undefined: the unit was not asked about the newest version. */
export async function consultedOf(read: Reader, actor: Actor, planId: string, unitId: string): Promise<Asked | undefined> {
  const [row] = await rows<{ mine: boolean; may: boolean; answered: Date | null }>(read, sql`select ${standsAt(actor, 'plan.edit', 'c.unit_id')} as mine, ${mayAnswer(actor)} as may, c.answered_at as answered
    from plan_consultations c join plans p on p.id = c.plan_id and p.n = c.n where c.plan_id = ${planId}::uuid and c.unit_id = ${unitId}::uuid`)
  return row && { ...row, answered: row.answered?.toISOString() ?? null }
}
export const appraisesHere = async (read: Reader, actor: Actor, planId: string): Promise<boolean> => (await rows(read, sql`select 1 from plans p where p.id = ${planId}::uuid and ${standsAppraising(actor)}`)).length > 0
export const commentOf = async (read: Reader, planId: string, commentId: string): Promise<{ resolved: boolean } | undefined> => (await rows<{ resolved: boolean }>(read, sql`select resolved from plan_comments where id = ${commentId}::uuid and plan_id = ${planId}::uuid`))[0]
/** How a point of the newest version stands; undefined: there is none. */
export const pointStands = async (read: Reader, planId: string, pointId: string): Promise<Stands> => (await rows<{ how: Stands }>(read, sql`select q.how from plan_points q join plans p on p.id = q.plan_id and p.n = q.n where q.id = ${pointId}::uuid and q.plan_id = ${planId}::uuid`))[0]?.how
/** A plan's stream never changes; whether it is there at all is asked inside. */
export const streamOf = (planId: string): string => `plan:${planId}`
/** Names and units of plans, for what is sent about them; of a graded one its name is not sent. */
export const titlesOf = async (read: Reader, ids: string[]): Promise<Map<string, { title: string | null; unitId: string }>> =>
  new Map((await rows<{ id: string; title: string | null; unitId: string }>(read, sql`select id, case when not exists (select 1 from access_graded g where g.record_id = plans.id) then title end as title, unit_id as "unitId" from plans where id = any(${ids}::uuid[])`)).map(({ id, ...row }) => [id, row]))
