// Words inside what people wrote, found where it lies, by the rights on the record that it belongs to.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { granted, readable } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import type { Reader } from '../../kernel/db.ts'
import type { Places } from '../journals/contract.ts'
import type { FoundKind } from './contract.ts'

/** Of the texts about a kind of record, those that whoever may read it may find. */
export type Texts = Partial<Record<FoundKind, string[]>>

/** More texts than these have the word: the latest are walked, since the index would bring them all. */
const COMMON = 1000
/** So many of the latest are looked through for a common word. */
const WALKED = 20_000

/** `ways`: in which the same may be written; each word of one of them stands there, as a word's beginning. */
export async function findTexts(read: Reader, actor: Actor, ways: string[][], texts: Texts, places: Places, limit: number): Promise<{ found: { kind: FoundKind; id: string; text: string }[]; latest: boolean }> {
  const query = ways.map((words) => `(${words.map((word) => `'${word}':*`).join(' & ')})`).join(' | ')
  const indexed = sql`p.text is not null and to_tsvector('pg_catalog.simple', folded(written(p.text))) @@ to_tsquery('pg_catalog.simple', ${query})`
  const [many] = await rows<{ n: number }>(read, sql`select count(*)::int as n from (select 1 from private_texts p where ${indexed} limit ${COMMON + 1}) x`)
  const latest = many!.n > COMMON
  // Ids are made in the order of time.
  const source: RawBuilder<unknown> = latest
    ? sql`(select p.* from (select * from private_texts where text is not null order by id desc limit ${WALKED}) p where ${sql.join(ways.map((words) => sql`' ' || folded(written(p.text)) like all (${words.map((word) => `% ${word}%`)}::text[])`), sql` or `)})`
    : sql`(select p.* from private_texts p where ${indexed})`
  const each = Object.entries(texts).map(([kind, purposes]) => {
    const { view, id, unit, right = 'journal.read' } = places[kind]!
    const about = sql`case when p.subject like ${`${kind}:%`} then substr(p.subject, ${kind.length + 2})::uuid end`
    // Of several units one is enough; a text is found once.
    return sql`
    select ${kind}::text as kind, ${about}::text as id, p.text, p.id as n from found p
    where p.purpose = any(${purposes}) and exists (select 1 from ${sql.table(view)} v where v.${sql.ref(id)} = ${about} and ${readable(actor, right, `v.${id}`, granted(actor, right, `v.${unit}`))})`
  })
  const found = await rows<{ kind: FoundKind; id: string; text: string }>(read, sql`with found as materialized ${source} select kind, id, text from (${sql.join(each, sql` union all `)}) x order by n desc limit ${limit}`)
  return { found, latest }
}
