// What an inbox needs to know of the tasks that facts are about.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'

export type Told = { id: string; unitId: string; unit: string; issuerId: string | null; title: { vi: string; en: string }; dueAt: Date | null; eventId: string | null }
/** `issuerId`: the issuing unit, else the one above the lead unit. */
export async function toldOf(read: Reader, ids: string[]): Promise<Map<string, Told>> {
  const found = await rows<Omit<Told, 'title'> & { title: string | null; words: { vi: string; en: string } | null }>(read, sql`
    select t.id, t.unit_id as "unitId", u.name as unit, coalesce(t.issuer_unit_id, u.parent_id) as "issuerId", t.title, i.name as words, nullif(t.due_at, 'infinity') as "dueAt", t.event_id as "eventId"
    from unnest(${[...new Set(ids)]}::uuid[]) k(id) join tasks t using (id) join public_units_tree u on u.unit_id = t.unit_id
      left join public_programmes_items i on i.template_version_id = t.template_version_id and i.item = t.item`)
  return new Map(found.map(({ title, words, ...row }) => [row.id, { ...row, title: title === null ? (words ?? { vi: '…', en: '…' }) : { vi: title, en: title } }]))
}

export async function programmeNames(read: Reader, ids: string[]): Promise<Map<string, { vi: string; en: string }>> {
  const found = await rows<{ id: string; name: { vi: string; en: string } }>(read, sql`select programme_id as id, name from public_programmes_programmes where programme_id = any(${[...new Set(ids)]}::uuid[])`)
  return new Map(found.map((row) => [row.id, row.name]))
}
