// What an import needs of the tables: units by code, the preview kept between looking and doing, the tasks that came of it.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { ImportLine } from '../decide/import.ts'

export type Preview = { issuerUnitId: string; programmeId: string | null; directiveId: string | null; lines: (ImportLine & { unitId: string; supportingUnitIds: string[] })[] }
const KEPT_MS = 24 * 3600_000

/** Codes may stand in several schemes: one that is open and in the scheme `admin` comes first. */
export async function unitsByCode(read: Reader, codes: string[]): Promise<Map<string, { id: string; name: string }>> {
  const found = await rows<{ code: string; id: string; name: string }>(read, sql`select distinct on (code) code, unit_id as id, name from public_units_tree
    where code = any(${[...new Set(codes)]}::text[]) and valid_until is null order by code, scheme <> 'admin', unit_id`)
  return new Map(found.map((unit) => [unit.code, unit]))
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
