import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { SavedView } from '../contract/looks.ts'

export const viewsOf = (read: Reader, personId: string): Promise<SavedView[]> =>
  rows(read, sql<SavedView>`select id as "viewId", name, search from views_saved where person_id = ${personId} order by name`)

export async function keepView(side: SideWriter, personId: string, view: SavedView, at: Date): Promise<void> {
  const kept = { search: JSON.stringify(view.search), kept_at: at }
  await side.insertInto('views_saved').values({ id: view.viewId, person_id: personId, name: view.name, ...kept }).onConflict((c) => c.columns(['person_id', 'name']).doUpdateSet(kept)).execute()
}

export async function dropView(side: SideWriter, personId: string, viewId: string): Promise<boolean> {
  const gone = await side.deleteFrom('views_saved').where('id', '=', viewId).where('person_id', '=', personId).executeTakeFirst()
  return Number(gone.numDeletedRows) > 0
}
