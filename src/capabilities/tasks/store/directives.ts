// Directives and how far their tasks are.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { granted } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import { paged, readCursor } from '../../../kernel/paging.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Lang } from '../../../kernel/contract.ts'
import type { Directive } from '../contract.ts'
import { queryOf, wordsOf } from './words.ts'

type Asked = { unit?: string | undefined; programme?: string | undefined; q?: string | undefined; cursor?: string | undefined; limit: number }

/** Seen by who may read at the issuing unit, or at the lead unit of one of its tasks. */
const seen = (actor: Actor): RawBuilder<unknown> => sql`(${granted(actor, 'task.read', 'd.issuer_unit_id')} or exists (select 1 from tasks st where st.directive_id = d.id and ${granted(actor, 'task.read', 'st.unit_id')}))`

const select = (condition: RawBuilder<unknown>, lang: Lang, at: Date, limit: number) => sql<Omit<Directive, 'asOf'> & { key: string }>`
  select d.id, d.number, d.title, d.body, d.basis, d.issued_on as "issuedOn", d.programme_id as "programmeId", d.issued_at::text as key,
    json_build_object('id', u.unit_id, 'code', u.code, 'name', ${lang === 'en' ? sql`coalesce(u.name_en, u.name)` : sql`u.name`}, 'kind', u.kind) as issuer,
    (select json_build_object('id', b.body_id, 'name', b.name) from public_bodies_bodies b where b.body_id = d.body_id) as "issuerBody",
    (select json_build_object('total', count(*) filter (where state <> 'withdrawn'), 'done', count(*) filter (where state = 'verified'), 'overdue', count(*) filter (where stage = 'open' and due_at <= ${at}))
      from tasks t where t.directive_id = d.id) as tasks
  from directives d join public_units_tree u on u.unit_id = d.issuer_unit_id where ${condition} order by d.issued_at desc, d.id desc limit ${limit}`

export async function listDirectives(read: Reader, actor: Actor, asked: Asked, lang: Lang, at: Date): Promise<{ items: Directive[]; next: string | null }> {
  const conditions = [seen(actor)]
  if (asked.unit) conditions.push(sql`d.issuer_unit_id = ${asked.unit}::uuid`)
  if (asked.programme) conditions.push(sql`d.programme_id = ${asked.programme}::uuid`)
  for (const word of asked.q ? wordsOf(asked.q) : []) conditions.push(sql`(' ' || d.fold) like ${`% ${word}%`}`)
  const after = readCursor(asked.cursor)
  if (after) conditions.push(sql`(d.issued_at, d.id) < (${after.key}::timestamptz, ${after.id}::uuid)`)
  const found = await rows(read, select(sql`${sql.join(conditions, sql` and `)}`, lang, at, asked.limit + 1))
  const { items, next } = paged(found, asked.limit, (row) => row.key)
  return { items: items.map(({ key: _, ...row }) => ({ ...row, asOf: at.toISOString() })), next }
}

export async function directiveOf(read: Reader, actor: Actor, id: string, lang: Lang, at: Date): Promise<Directive | undefined> {
  const [row] = await rows(read, select(sql`d.id = ${id}::uuid and ${seen(actor)}`, lang, at, 1))
  if (!row) return undefined
  const { key: _, ...shown } = row
  return { ...shown, asOf: at.toISOString() }
}

/** By number, title, text and basis. */
export const findDirectives = (read: Reader, actor: Actor, q: string, lang: Lang, limit: number): Promise<{ id: string; number: string | null; title: string; unit: string }[]> => rows(read, sql<{ id: string; number: string | null; title: string; unit: string }>`
  select d.id, d.number, d.title, ${lang === 'en' ? sql`coalesce(u.name_en, u.name)` : sql`u.name`} as unit
  from directives d join public_units_tree u on u.unit_id = d.issuer_unit_id
  where to_tsvector('pg_catalog.simple', d.words) @@ to_tsquery('pg_catalog.simple', ${queryOf(wordsOf(q))}) and ${seen(actor)} order by d.issued_at desc, d.id desc limit ${limit}`)
