// Programmes and events found by words of their names: an event is called by its programme and its unit.
import { sql } from 'kysely'
import { grantedRanges } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import type { Lang } from '../../../kernel/contract.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { wordsOf } from '../../../pure/text.ts'
import { mayProgramme } from './read.ts'

/** In the collation C of the code, Đ would have no small letter. */
const NAME = sql.raw(`' ' || folded(concat_ws(' ', p.code, p.name ->> 'vi', p.name ->> 'en') collate "default")`)
const likes = (q: string): string[] => wordsOf(q).fold.slice(0, 12).map((word) => `% ${word}%`)

/** `id`: the code, by which a programme is opened. */
export const findProgrammes = (read: Reader, actor: Actor, q: string, lang: Lang, limit: number): Promise<{ id: string; title: string; unit: string }[]> => rows(read, sql<{ id: string; title: string; unit: string }>`
  select p.code as id, p.name ->> ${lang} as title, u.name as unit from programmes p join public_units_tree u on u.unit_id = p.unit_id
  where ${NAME} like all (${likes(q)}::text[]) and ${mayProgramme(actor, 'programme.read')} order by p.made_at desc, p.code limit ${limit}`)

/** Each word stands in the name of the programme or of the unit; the nearest days first. */
export const findEvents = (read: Reader, actor: Actor, q: string, lang: Lang, limit: number): Promise<{ id: string; title: string; day: string | null }[]> => rows(read, sql<{ id: string; title: string; day: string | null }>`
  with named as materialized (select p.id, p.name, ${NAME} as fold from programmes p), mine as materialized (select u.unit_id from access_units u join ${grantedRanges(actor, 'event.read')} r on u.path >= r.path and u.path < r.upto)
  select e.id, concat_ws(', ', p.name ->> ${lang}, u.name) as title, e.day_on::text as day from named p join events e on e.programme_id = p.id and e.phase <> 'cancelled' join public_units_tree u on u.unit_id = e.unit_id
  where e.unit_id in (select unit_id from mine) and ${sql.join(likes(q).map((word) => sql`(p.fold like ${word} or ' ' || u.fold like ${word})`), sql` and `)}
  order by abs(e.day_on - current_date), e.id limit ${limit}`)
