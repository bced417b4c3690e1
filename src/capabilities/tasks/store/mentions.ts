// Who can be named in a task's conversation: people with a role at its lead, supporting or issuing unit, so nobody hears of a task who could not open it.
import { sql } from 'kysely'
import { rolesWith } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { fold } from '../../../pure/text.ts'

const MOST_THERE = 1000
const PEOPLE = (taskId: string, at: Date) => sql`select distinct on (g.person_id) g.person_id as id, n.name, u.name as unit, w.lead
  from (select unit_id, true as lead from tasks where id = ${taskId}::uuid
      union all select coalesce(t.issuer_unit_id, u.parent_id), false from tasks t join public_units_tree u using (unit_id) where t.id = ${taskId}::uuid
      union all select unit_id, false from task_supports where task_id = ${taskId}::uuid) w
    join access_grants g on g.unit_id = w.unit_id and g.role = any(${rolesWith('task.read')}::text[]) and g.starts_at <= ${at} and (g.ends_at is null or g.ends_at > ${at})
    join public_people_names n on n.person_id = g.person_id and n.name is not null join public_units_tree u on u.unit_id = w.unit_id
  order by g.person_id, w.lead desc, u.path`

/** Found by the beginnings of the words of their names, without accents; those of the lead unit first. */
export async function mentionable(read: Reader, taskId: string, wanted: string, but: string, at: Date, limit: number): Promise<{ id: string; name: string; unit: string }[]> {
  const words = fold(wanted).split(' ').filter(Boolean)
  const there = await rows<{ id: string; name: string; unit: string }>(read, sql`select id, name, unit from (${PEOPLE(taskId, at)}) p where id <> ${but}::uuid order by lead desc, name, id limit ${MOST_THERE}`)
  return there.filter(({ name }) => { const folded = ` ${fold(name)}`; return words.every((word) => folded.includes(` ${word}`)) }).slice(0, limit)
}

/** Of these, those that can be named. */
export const mayMention = async (read: Reader, taskId: string, ids: string[], at: Date): Promise<Set<string>> =>
  new Set(ids.length === 0 ? [] : (await rows<{ id: string }>(read, sql`select id from (${PEOPLE(taskId, at)}) p where id = any(${ids}::uuid[])`)).map(({ id }) => id))
