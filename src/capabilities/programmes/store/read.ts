// Questions about templates, programmes and events. Rights are counted in the query that loads the row.
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import { granted, grantedRanges } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Phase, Rules, TemplateBody } from '../contract.ts'
import type { CascadeUnit, Existing } from '../decide/cascade.ts'

type Named = { vi: string; en: string }
export type UnitRef = { id: string; code: string; name: string; kind: string }
const one = async <T>(read: Reader, query: RawBuilder<T>): Promise<T | undefined> => (await rows(read, query))[0]
const unitRef = sql`jsonb_build_object('id', u.unit_id, 'code', u.code, 'name', u.name, 'kind', u.kind)`

// Versions never change, so a body is read once. The few that are in use fit.
const bodies = new Map<string, TemplateBody>()
export async function versionBody(read: Reader, versionId: string): Promise<TemplateBody> {
  let body = bodies.get(versionId)
  if (!body) {
    body = (await one(read, sql<{ body: TemplateBody }>`select body from template_versions where id = ${versionId}`))?.body
    if (!body) throw new Error(`there is no template version ${versionId}`)
    if (bodies.size > 50) bodies.clear()
    bodies.set(versionId, body)
  }
  return body
}

export type TemplateRow = { id: string; code: string; name: Named; unitId: string; newest: number }
/** By its code, without a right: for orders that are allowed by the unit they name. */
export const templateByCode = (read: Reader, code: string): Promise<TemplateRow | undefined> =>
  one(read, sql<TemplateRow>`select id, code, name, unit_id as "unitId", newest from templates where code = ${code}`)
export const accessTemplate = (read: Reader, actor: Actor, right: Right, code: string): Promise<TemplateRow | undefined> =>
  one(read, sql<TemplateRow>`select t.id, t.code, t.name, t.unit_id as "unitId", t.newest from templates t where t.code = ${code} and ${mayRead(actor, right, 't.unit_id')}`)
/** Templates are read by whoever holds the right anywhere: they hold no work, only what is asked for. */
const mayRead = (actor: Actor, right: Right, unitColumn: string): RawBuilder<SqlBool> =>
  right.endsWith('.read') ? sql<SqlBool>`exists (select 1 from ${grantedRanges(actor, right)} held)` : granted(actor, right, unitColumn)

export type VersionRow = { id: string; version: number; hash: string; importedAt: Date; body: TemplateBody }
export const versionOf = (read: Reader, templateId: string, version: number): Promise<VersionRow | undefined> =>
  one(read, sql<VersionRow>`select id, version, hash, imported_at as "importedAt", body from template_versions where template_id = ${templateId} and version = ${version}`)

export const listTemplates = (read: Reader, actor: Actor): Promise<(Omit<TemplateRow, 'newest'> & { versions: { id: string; version: number; hash: string; importedAt: string; tasks: number; requirements: number }[] })[]> =>
  rows(read, sql`select t.id, t.code, t.name, t.unit_id as "unitId",
      (select jsonb_agg(jsonb_build_object('id', v.id, 'version', v.version, 'hash', v.hash, 'importedAt', to_char(v.imported_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'tasks', jsonb_array_length(v.body -> 'tasks'), 'requirements', jsonb_array_length(v.body -> 'requirements')) order by v.version desc) from template_versions v where v.template_id = t.id) as versions
    from templates t where ${mayRead(actor, 'template.read', 't.unit_id')} order by t.code`)

export const mayAt = async (read: Reader, actor: Actor, right: Right, unitId: string): Promise<boolean> =>
  (await one(read, sql<{ ok: boolean }>`select true as ok from public_units_tree u where u.unit_id = ${unitId} and ${granted(actor, right, 'u.unit_id')}`)) !== undefined

export type ProgrammeRow = {
  id: string; code: string; name: Named; unitId: string; templateVersionId: string; templateId: string; templateCode: string; templateVersion: number; newest: number
  zone: string; country: string; gate: 'open' | 'pilot' | 'released'; rules: Rules; madeAt: Date; version: number; unit: UnitRef
}
const programmeRow = sql`p.id, p.code, p.name, p.unit_id as "unitId", p.template_version_id as "templateVersionId", t.id as "templateId", t.code as "templateCode", v.version as "templateVersion", t.newest,
  p.zone, p.country, p.gate, p.rules, p.made_at as "madeAt", p.version, ${unitRef} as unit
  from programmes p join template_versions v on v.id = p.template_version_id join templates t on t.id = v.template_id join public_units_tree u on u.unit_id = p.unit_id`
/** Read by who holds the right on its owner, or on a unit that holds one of its events. */
export const mayProgramme = (actor: Actor, right: Right): RawBuilder<SqlBool> => right !== 'programme.read' ? granted(actor, right, 'p.unit_id')
  : sql<SqlBool>`(${granted(actor, right, 'p.unit_id')} or exists (select 1 from ${grantedRanges(actor, right)} held join public_units_tree h on h.path >= held.path and h.path < held.upto
      join events e on e.unit_id = h.unit_id and e.programme_id = p.id))`
export const accessProgramme = (read: Reader, actor: Actor, right: Right, code: string): Promise<ProgrammeRow | undefined> =>
  one(read, sql<ProgrammeRow>`select ${programmeRow} where p.code = ${code} and ${mayProgramme(actor, right)}`)
export const programmeById = (read: Reader, id: string): Promise<ProgrammeRow | undefined> => one(read, sql<ProgrammeRow>`select ${programmeRow} where p.id = ${id}`)
export const listProgrammes = (read: Reader, actor: Actor): Promise<ProgrammeRow[]> => rows(read, sql<ProgrammeRow>`select ${programmeRow} where ${mayProgramme(actor, 'programme.read')} order by p.made_at desc, p.code`)
export const codeTaken = async (read: Reader, code: string): Promise<boolean> => (await one(read, sql<{ id: string }>`select id from programmes where code = ${code}`)) !== undefined
export async function phaseCounts(read: Reader, ids: string[]): Promise<Map<string, Record<string, number>>> {
  const found = await rows(read, sql<{ id: string; phase: string; n: number }>`select programme_id as id, phase, count(*)::int as n from events where programme_id = any(${ids}::uuid[]) group by 1, 2`)
  const counts = new Map<string, Record<string, number>>(ids.map((id) => [id, { planned: 0, preparing: 0, ready: 0, live: 0, closed: 0, postponed: 0, cancelled: 0 }]))
  for (const { id, phase, n } of found) counts.get(id)![phase] = n
  return counts
}

/** The owner's subtree as it stands today, in the order of paths: parents before children. */
export const unitsUnder = (read: Reader, unitId: string): Promise<CascadeUnit[]> =>
  rows(read, sql<CascadeUnit>`select u.unit_id as id, u.code, u.kind, u.parent_id as "parentId", u.path, u.scheme from public_units_tree o
    join public_units_tree u on u.path >= o.path and u.path < left(o.path, -1) || '/' where o.unit_id = ${unitId} and u.valid_until is null order by u.path`)
export const existingEvents = async (read: Reader, programmeId: string): Promise<(Existing & { phase: Phase; versionId: string })[]> =>
  rows(read, sql`select id as "eventId", unit_id as "unitId", class, day_on as day, to_char(opens_at at time zone zone, 'HH24:MI') as opens, milestones, phase, template_version_id as "versionId"
    from events where programme_id = ${programmeId} order by phase in ('cancelled', 'closed') desc, day_on nulls first, id`) // of several of one unit, the last counts
export const eventsThere = async (read: Reader, programmeId: string, unitIds: string[]): Promise<Set<string>> =>
  new Set((await rows(read, sql<{ unit_id: string }>`select unit_id from events where programme_id = ${programmeId} and unit_id = any(${unitIds}::uuid[])`)).map((row) => row.unit_id))

export type LessonRow = { id: string; eventId: string | null; textId: string; at: Date; by: string }
export const listLessons = (read: Reader, programmeId: string): Promise<LessonRow[]> =>
  rows(read, sql<LessonRow>`select id, event_id as "eventId", text_id as "textId", recorded_at as at, recorded_by as by from lessons where programme_id = ${programmeId} order by recorded_at, id`)
export async function textsOf(read: Reader, ids: (string | null)[]): Promise<Map<string, string | null>> {
  const wanted = ids.filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  return new Map((await rows(read, sql<{ id: string; text: string | null }>`select id, text from private_texts where id = any(${wanted}::uuid[])`)).map((row) => [row.id, row.text]))
}
/** The units that nothing stands above, or the one of a code. */
export const rootUnits = (read: Reader, code: string | undefined): Promise<{ id: string; code: string }[]> => code === undefined
  ? rows(read, sql<{ id: string; code: string }>`select unit_id as id, code from public_units_tree where parent_id is null and valid_until is null order by path`)
  : rows(read, sql<{ id: string; code: string }>`select unit_id as id, code from public_units_tree where code = ${code} and valid_until is null order by scheme <> 'admin', path limit 1`)
