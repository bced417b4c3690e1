import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { SavedView } from '../contract/looks.ts'

/** One's own, then those that colleagues of one's unit share. */
export const viewsOf = (read: Reader, personId: string): Promise<SavedView[]> =>
  rows(read, sql<SavedView>`select v.id as "viewId", v.name, v.search, v.shared, case when v.person_id = ${personId} then null else coalesce(n.name, '') end as by
    from views_saved v left join public_people_names n on n.person_id = v.person_id
    where v.person_id = ${personId} or (v.shared and n.unit_id = (select unit_id from public_people_names where person_id = ${personId})) order by v.person_id <> ${personId}, v.name, v.id`)

export async function keepView(side: SideWriter, personId: string, view: SavedView, at: Date): Promise<void> {
  const kept = { search: JSON.stringify(view.search), shared: view.shared, kept_at: at }
  await side.insertInto('views_saved').values({ id: view.viewId, person_id: personId, name: view.name, ...kept }).onConflict((c) => c.columns(['person_id', 'name']).doUpdateSet(kept)).execute()
}

export async function dropView(side: SideWriter, personId: string, viewId: string): Promise<boolean> {
  const gone = await side.deleteFrom('views_saved').where('id', '=', viewId).where('person_id', '=', personId).executeTakeFirst()
  return Number(gone.numDeletedRows) > 0
}
