// Events with the right to them in the query: one with all its checks, and pages of many, red first.
import { sql } from 'kysely'
import { granted, pathEnd } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Question, Reader } from '../../../kernel/db.ts'
import { STATES } from '../contract.ts'
import type { EventFrame, State } from '../contract.ts'
import { evaluate } from '../decide/states.ts'
import type { Rules, Verdict } from '../decide/states.ts'
import { loadEvidence } from './evidence.ts'
import type { Sources } from './evidence.ts'
import { templatesOf } from './templates.ts'
import type { Template } from './templates.ts'

export type Judged = { frame: EventFrame; verdicts: Verdict[]; template: Template }

/** Evaluated at this moment from the evidence itself, not from what the follower has stored: what a person reads and decides on is never late. */
export async function judge(read: Reader, eventIds: string[], rules: Rules, sources: Sources, at: Date): Promise<Map<string, Judged>> {
  const loaded = await loadEvidence(read, eventIds, rules, sources, at, true)
  const template = await templatesOf(read, loaded.map((l) => l.frame.templateVersionId))
  return new Map(loaded.map(({ frame, requirements, evidence, waivers }) =>
    [frame.eventId, { frame, verdicts: evaluate(frame, requirements, rules, evidence, waivers, at), template: template(frame.templateVersionId) }]))
}

export async function accessEvent(read: Reader, actor: Actor, right: Right, eventId: string, rules: Rules, sources: Sources, at: Date): Promise<Judged | undefined> {
  const [seen] = await rows(read, sql<{ event_id: string }>`
    select e.event_id from public_programmes_events e where e.event_id = ${eventId} and ${granted(actor, right, 'e.unit_id')}`)
  return seen && (await judge(read, [eventId], rules, sources, at)).get(eventId)
}

export type Concluded = {
  verdict: 'go' | 'no_go'; byId: string; at: Date; note: string | null; states: Record<string, State>; toldBy: string | null; files: { id: string; name: string; size: number; type: string }[]
  withdrawn: { byId: string; at: string; reason: string | null } | null
}
export async function conclusionOf(read: Reader, eventId: string): Promise<Concluded | undefined> {
  return (await rows(read, sql<Concluded>`
    select c.verdict, c.concluded_by as "byId", c.concluded_at as at, p.text as note, c.states, told.text as "toldBy",
      coalesce((select json_agg(json_build_object('id', b.id, 'name', coalesce(b.name, ''), 'size', b.size, 'type', b.type)) from file_blobs b where b.id = any(c.files)), '[]') as files,
      case when c.withdrawn_at is not null then json_build_object('byId', c.withdrawn_by, 'at', c.withdrawn_at, 'reason', why.text) end as withdrawn
    from conclusions c left join private_texts p on p.id = c.note_id left join private_texts told on told.id = c.told_id left join private_texts why on why.id = c.withdrawn_reason_id where c.event_id = ${eventId}`))[0]
}
export async function filesOf(read: Reader, ids: string[]): Promise<Map<string, Concluded['files'][number]>> {
  const found = ids.length === 0 ? [] : await rows(read, sql<Concluded['files'][number]>`select id, coalesce(name, '') as name, size::int as size, type from file_blobs where id = any(${ids}::uuid[])`)
  return new Map(found.map((file) => [file.id, file]))
}
export async function textsOf(read: Reader, ids: string[]): Promise<Map<string, string | null>> {
  const found = await rows(read, sql<{ id: string; text: string | null }>`select id, text from private_texts where id = any(${ids}::uuid[])`)
  return new Map(found.map((r) => [r.id, r.text]))
}
export async function personNames(read: Reader, ids: string[]): Promise<Map<string, string | null>> {
  const found = await rows(read, sql<{ person_id: string; name: string | null }>`select person_id, name from public_people_names where person_id = any(${ids}::uuid[])`)
  return new Map(found.map((r) => [r.person_id, r.name]))
}

export type EventAsk = { path: string; programmeId?: string | undefined; level?: string | undefined; state?: State | undefined; requirement?: string | undefined }
export type EventKey = { rank: number; dayOn: string; eventId: string }
export type ListedEvent = EventKey & { unitId: string; programmeId: string; level: string; states: Record<string, State> }

/** Below `path`, which the caller has found to be the actor's. `state` with `requirement`: that requirement's; alone: the event's. */
export async function listEvents(read: Reader, ask: EventAsk, after: EventKey | null, limit: number): Promise<ListedEvent[]> {
  return rows(read, sql<ListedEvent>`
    select c.event_id as "eventId", c.unit_id as "unitId", c.programme_id as "programmeId", c.level, coalesce(c.day_on, 'infinity')::text as "dayOn", c.rank, c.states
    from event_checks c join access_units u on u.unit_id = c.unit_id
    where u.path >= ${ask.path} and u.path < ${pathEnd(ask.path)} ${within(ask)}
      ${after ? sql`and (c.rank, coalesce(c.day_on, 'infinity'), c.event_id) > (${after.rank}::smallint, ${after.dayOn}::date, ${after.eventId}::uuid)` : sql``}
    order by c.rank, coalesce(c.day_on, 'infinity'), c.event_id limit ${limit}`)
}

const within = (ask: EventAsk) => sql`
  ${ask.programmeId ? sql`and c.programme_id = ${ask.programmeId}` : sql``} ${ask.level ? sql`and c.level = ${ask.level}` : sql``}
  ${ask.requirement ? sql`and c.states ->> ${ask.requirement} ${ask.state ? sql`= ${ask.state}` : sql`is not null`}` : ask.state ? sql`and c.rank = ${STATES.indexOf(ask.state)}` : sql``}`

/** Exact to 1,000. */
export async function countEvents(read: Reader, ask: EventAsk): Promise<number> {
  const [found] = await rows(read, sql<{ n: number }>`
    select count(*)::int as n from (select 1 from event_checks c join access_units u on u.unit_id = c.unit_id
      where u.path >= ${ask.path} and u.path < ${pathEnd(ask.path)} ${within(ask)} limit 1001) found`)
  return found!.n
}

export type OwnEvent = { eventId: string; unitId: string; templateVersionId: string; next: string | null; nextAt: string | null }
/** The events that these units host themselves, for the way from a board's line to its event; each with its first milestone after `now`, unless it is over or put off. */
export const ownEvents = (unitIds: string[], programmeId: string | undefined, now: string): Question<OwnEvent, OwnEvent[]> => ({
  // Milestones are instants in UTC, written alike: their texts sort as they do.
  query: sql`
    select e.event_id as "eventId", e.unit_id as "unitId", e.template_version_id as "templateVersionId", m.key as next, m.value as "nextAt" from public_programmes_events e
      left join lateral (select m.key, m.value from jsonb_each_text(e.milestones) m where e.phase not in ('postponed', 'cancelled', 'closed') and m.value > ${now} order by m.value limit 1) m on true
    where e.unit_id = any(${unitIds}::uuid[]) ${programmeId ? sql`and e.programme_id = ${programmeId}` : sql``}`,
  as: (found) => found,
})

/** Which programmes and which levels of hosts have events at or below a unit. */
type Programme = { id: string; code: string; name: { vi: string; en: string } }
type Scope = { programmes: Programme[]; levels: string[]; templates: { programmeId: string; templateVersionId: string }[] }
/** From the highest: the higher a level, the fewer its events. */
function levelsOf(counts: Record<string, number>[]): string[] {
  const sums = new Map<string, number>()
  for (const [level, n] of counts.flatMap(Object.entries<number>)) sums.set(level, (sums.get(level) ?? 0) + n)
  return [...sums].sort(([a, n], [b, m]) => n - m || (a < b ? -1 : 1)).map(([level]) => level)
}
export const scopeOf = (unitId: string): Question<Programme & { levels: Record<string, number>; templateVersionId: string }, Scope> => ({
  query: sql`
    select t.programme_id as id, p.code, p.name, p.template_version_id as "templateVersionId", json_object_agg(t.level, t.events_unmet + t.events_at_risk + t.events_not_assessed + t.events_waived + t.events_not_due + t.events_met) as levels
    from check_totals t join public_programmes_programmes p on p.programme_id = t.programme_id where t.unit_id = ${unitId}
    group by t.programme_id, p.code, p.name, p.template_version_id order by p.code`,
  as: (found) => ({
    programmes: found.map(({ id, code, name }) => ({ id, code, name })), levels: levelsOf(found.map((f) => f.levels)),
    templates: found.map(({ id, templateVersionId }) => ({ programmeId: id, templateVersionId })),
  }),
})
