// What an import needs of the tables: units by code, the preview kept between looking and doing, the tasks that came of it.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { ImportLine } from '../decide/import.ts'
import type { Candidate } from '../decide/units-written.ts'

export type Preview = { zone: string; lang: 'vi' | 'en'; issuerUnitId: string; programmeId: string | null; directiveId: string | null; /** Previews from before it have none. */ bodyId?: string | null; lines: (ImportLine & { unitId: string; supportingUnitIds: string[] })[] }
const KEPT_MS = 24 * 3600_000

/** Codes may stand in several schemes: one that is open and in the scheme `admin` comes first. */
export async function unitsByCode(read: Reader, codes: string[]): Promise<Map<string, Candidate>> {
  if (codes.length === 0) return new Map()
  const found = await rows<Candidate>(read, sql`select distinct on (code) code, unit_id as id, name, kind, '[]'::json as parents from public_units_tree
    where code = any(${[...new Set(codes)]}::text[]) and valid_until is null order by code, scheme <> 'admin', unit_id`)
  return new Map(found.map((unit) => [unit.code, unit]))
}
export async function unitsById(read: Reader, ids: string[]): Promise<Map<string, Candidate>> {
  if (ids.length === 0) return new Map()
  const found = await rows<Candidate>(read, sql`select unit_id as id, code, name, kind, '[]'::json as parents from public_units_tree where unit_id = any(${ids}::uuid[]) and valid_until is null`)
  return new Map(found.map((unit) => [unit.id, unit]))
}
/** Of these, those that stand below a unit. */
export async function below(read: Reader, unitId: string, ids: string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(read, sql`select u.unit_id as id from access_units a join access_units u on u.path >= a.path and u.path < left(a.path, -1) || '/' where a.unit_id = ${unitId}::uuid and u.unit_id = any(${ids}::uuid[])`)
  return new Set(found.map((row) => row.id))
}
export async function zoneOf(read: Reader, programmeId: string | undefined, otherwise: string): Promise<string> {
  if (!programmeId) return otherwise
  const [found] = await rows<{ zone: string }>(read, sql`select zone from public_programmes_programmes where programme_id = ${programmeId}::uuid`)
  return found?.zone ?? otherwise
}

export async function keepPreview(side: SideWriter, id: string, actorId: string, preview: Preview, at: Date): Promise<void> {
  await side.deleteFrom('import_previews').where('until', '<', at).execute()
  await side.insertInto('import_previews').values({ id, kind: 'tasks', actor_id: actorId, made_at: at, until: new Date(at.getTime() + KEPT_MS), body: JSON.stringify(preview) }).execute()
}
export async function previewOf(side: SideWriter, id: string, actorId: string, at: Date): Promise<Preview | undefined> {
  const row = await side.selectFrom('import_previews').select('body').where('id', '=', id).where('kind', '=', 'tasks').where('actor_id', '=', actorId).where('until', '>', at).executeTakeFirst()
  return row ? (row.body as Preview) : undefined
}

/** Those of an import that nobody has acted on. */
export const untouched = (read: Reader, importId: string): Promise<{ id: string; touched: boolean }[]> =>
  rows(read, sql`select id, not (state = 'assigned' and version = 1 and parts is null) as touched from tasks where import_id = ${importId}::uuid and state <> 'withdrawn' order by id`)
