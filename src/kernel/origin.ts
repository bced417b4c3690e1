// The id under which this installation appends to streams: made once, kept by a backup.
import { sql } from 'kysely'
import type { Database } from './db.ts'
import { uuidv7 } from './ids.ts'

export async function originOf(db: Database): Promise<string> {
  const { rows: [made] } = await sql<{ id: string }>`
    with old as (select id from installation limit 1), new as (insert into installation (id, made_at) select ${uuidv7()}, now() where not exists (select 1 from old) returning id)
    select id from old union all select id from new`.execute(db)
  return made!.id
}
