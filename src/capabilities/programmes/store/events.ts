// Questions about events: one with its surroundings, and lists by the asker's right.
import { sql } from 'kysely'
import { granted, grantedRanges } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Lang } from '../../../kernel/contract.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Phase } from '../contract.ts'
import type { UnitRef } from './read.ts'
import { isUuid } from '../../../kernel/ids.ts'

type Named = { vi: string; en: string }
export type EventRow = {
  id: string; programmeId: string; programmeCode: string; programmeName: Named; programmeMadeAt: Date; templateVersionId: string; unit: UnitRef & { parentId: string | null; path: string; scheme: string }
  level: string; class: string; phase: Phase; pilot: boolean; day: string | null; opensAt: Date | null; zone: string; country: string; milestones: Record<string, string>; requirements: Record<string, string>
  reasonId: string | null; version: number; templateVersion: number; newest: number
}
const columns = sql`e.id, e.programme_id as "programmeId", p.code as "programmeCode", p.name as "programmeName", p.made_at as "programmeMadeAt", p.country, e.template_version_id as "templateVersionId",
  jsonb_build_object('id', u.unit_id, 'code', u.code, 'name', u.name, 'kind', u.kind, 'parentId', u.parent_id, 'path', u.path, 'scheme', u.scheme) as unit,
  e.level, e.class, e.phase, e.pilot, e.day_on as day, e.opens_at as "opensAt", e.zone, e.milestones, e.requirements, e.reason_id as "reasonId", e.version, v.version as "templateVersion", t.newest
  from events e join programmes p on p.id = e.programme_id join public_units_tree u on u.unit_id = e.unit_id join template_versions v on v.id = e.template_version_id join templates t on t.id = v.template_id`

export const accessEvent = async (read: Reader, actor: Actor, right: Right, id: string): Promise<EventRow | undefined> =>
  (await rows(read, sql<EventRow>`select ${columns} where e.id = ${id} and ${granted(actor, right, 'e.unit_id')}`))[0]
/** Which of these the actor may follow live. */
export const mayFollowEvents = async (read: Reader, actor: Actor, ids: string[]): Promise<string[]> =>
  (await rows(read, sql<{ id: string }>`select e.id from events e where e.id = any(${ids.filter(isUuid)}::uuid[]) and ${granted(actor, 'event.read', 'e.unit_id')}`)).map((row) => row.id)
export const eventsByIds = (read: Reader, ids: string[]): Promise<EventRow[]> => rows(read, sql<EventRow>`select ${columns} where e.id = any(${ids}::uuid[]) order by e.id`)
export const eventOfUnit = async (read: Reader, programmeId: string, unitCode: string): Promise<string | undefined> =>
  (await rows(read, sql<{ id: string }>`select e.id from events e join public_units_tree u on u.unit_id = e.unit_id where e.programme_id = ${programmeId} and u.code = ${unitCode} order by u.valid_until nulls first, e.phase = 'cancelled', e.day_on desc nulls last, e.id limit 1`))[0]?.id

export const parentsOf = (read: Reader, path: string): Promise<UnitRef[]> =>
  rows(read, sql<UnitRef>`select unit_id as id, code, name, kind from public_units_tree where ${path}::text like path || '%' and path <> ${path} and path = any(${prefixes(path)}::text[]) order by length(path) desc`)
const prefixes = (path: string): string[] => path.split('.').slice(0, -1).map((_, i, parts) => `${parts.slice(0, i + 1).join('.')}.`)

/** The event of the same programme that stands nearest above, if there is one. */
export const hostAbove = async (read: Reader, programmeId: string, path: string): Promise<string | undefined> =>
  (await rows(read, sql<{ id: string }>`select e.id from public_units_tree u join events e on e.unit_id = u.unit_id and e.programme_id = ${programmeId}
    where u.path = any(${prefixes(path).filter((p) => p !== path)}::text[]) order by length(u.path) desc limit 1`))[0]?.id
/** Events one level below: no other event of the programme stands between. */
export const childEvents = (read: Reader, programmeId: string, path: string): Promise<{ id: string; day: string | null; milestones: Record<string, string>; zone: string; name: string }[]> =>
  rows(read, sql`with under as (select e.id, e.day_on as day, e.milestones, e.zone, u.name, u.path, u.parent_id, e.unit_id from public_units_tree u join events e on e.unit_id = u.unit_id and e.programme_id = ${programmeId}
      where u.path > ${path} and u.path < ${`${path.slice(0, -1)}/`} and e.phase <> 'cancelled')
    select id, day, milestones, zone, name from under a where not exists (
      select 1 from public_units_tree b join events f on f.unit_id = b.unit_id and f.programme_id = ${programmeId} where b.path > ${path} and b.path < a.path and a.path like b.path || '%')`)

export type EventFilter = {
  programme?: string | undefined; unit?: string | undefined; phase?: string | undefined; class?: string | undefined; pilot?: boolean | undefined; from?: string | undefined; until?: string | undefined
}
export type ListedEvent = { id: string; programmeId: string; programmeCode: string; unit: UnitRef; class: string; phase: Phase; pilot: boolean; day: string | null; opensAt: Date | null; version: number }
/** By day, then id; those without a day come last. */
export function listEvents(read: Reader, actor: Actor, filter: EventFilter, after: { day: string | null; id: string } | undefined, limit: number): Promise<ListedEvent[]> {
  const day = sql`coalesce(e.day_on, 'infinity'::date)`
  return rows(read, sql<ListedEvent>`select e.id, e.programme_id as "programmeId", p.code as "programmeCode", jsonb_build_object('id', u.unit_id, 'code', u.code, 'name', u.name, 'kind', u.kind) as unit,
      e.class, e.phase, e.pilot, e.day_on as day, e.opens_at as "opensAt", e.version
    from events e join programmes p on p.id = e.programme_id join public_units_tree u on u.unit_id = e.unit_id
    where exists (select 1 from ${grantedRanges(actor, 'event.read')} held where u.path >= held.path and u.path < held.upto)
      and ${filter.programme === undefined ? sql`true` : sql`p.code = ${filter.programme}`} and ${filter.phase === undefined ? sql`true` : sql`e.phase = ${filter.phase}`}
      and ${filter.class === undefined ? sql`true` : sql`e.class = ${filter.class}`} and ${filter.pilot === undefined ? sql`true` : sql`e.pilot = ${filter.pilot}`}
      and ${filter.from === undefined ? sql`true` : sql`e.day_on >= ${filter.from}::date`} and ${filter.until === undefined ? sql`true` : sql`e.day_on <= ${filter.until}::date`}
      and ${filter.unit === undefined ? sql`true` : sql`exists (select 1 from public_units_tree w where w.unit_id = ${filter.unit} and u.path >= w.path and u.path < left(w.path, -1) || '/')`}
      and ${after === undefined ? sql`true` : sql`(${day}, e.id) > (coalesce(${after.day}::date, 'infinity'::date), ${after.id}::uuid)`}
    order by ${day}, e.id limit ${limit}`)
}

export const unitRefs = async (read: Reader, ids: string[]): Promise<Map<string, UnitRef>> =>
  new Map((await rows(read, sql<UnitRef>`select unit_id as id, code, name, kind from public_units_tree where unit_id = any(${ids}::uuid[])`)).map((unit) => [unit.id, unit]))

export type ActivityRow = { id: string; name: Named; site: string | null; startsAt: Date; endsAt: Date; gone: boolean; version: number }
export const activitiesOf = (read: Reader, eventId: string): Promise<ActivityRow[]> =>
  rows(read, sql<ActivityRow>`select id, name, site, starts_at as "startsAt", ends_at as "endsAt", gone, version from activities where event_id = ${eventId} order by starts_at, id`)

/** The programme and who hosts, as a line calls an event. */
export const eventNames = async (read: Reader, ids: string[], lang: Lang): Promise<Map<string, string>> =>
  new Map((await rows(read, sql<{ id: string; name: string }>`select e.id, concat_ws(', ', p.name ->> ${lang}, u.name) as name from events e join programmes p on p.id = e.programme_id join public_units_tree u on u.unit_id = e.unit_id where e.id = any(${ids}::uuid[])`)).map(({ id, name }) => [id, name]))
