// Events by what their dates rest on.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'

const OPEN = sql`e.phase in ('planned', 'preparing', 'ready') and e.day_on is not null`
export type Alike = { programme: string; name: { vi: string; en: string }; versionId: string; level: string; class: string; day: string; opens: string; zone: string; n: number }
/** Of all programmes of a country, those that are not over. */
export const alikeEvents = (read: Reader, country: string, at: Date): Promise<Alike[]> => rows(read, sql<Alike>`
  select p.code as programme, p.name, e.template_version_id as "versionId", e.level, e.class, e.day_on as day, to_char(e.opens_at at time zone e.zone, 'HH24:MI') as opens, e.zone, count(*)::int as n
  from events e join programmes p on p.id = e.programme_id where p.country = ${country} and ${OPEN} and e.day_on >= (${at}::timestamptz - interval '1 day')::date group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 6`)
export const openEvents = async (read: Reader, programmeId: string): Promise<string[]> => (await rows(read, sql<{ id: string }>`
  select e.id from events e join public_units_tree u on u.unit_id = e.unit_id where e.programme_id = ${programmeId} and ${OPEN} order by length(u.path) desc, e.id`)).map((row) => row.id)
