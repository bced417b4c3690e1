// Free text: a cascaded task has its words in the template, so the few items are matched first; own titles have an index of word beginnings.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { fold } from '../../../pure/text.ts'

/** Folded words, letters and digits only: what a tsquery of prefixes may hold. */
export const wordsOf = (text: string): string[] => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean).slice(0, 12)
/** Every word begins a word of the text, by the index of words. */
export const queryOf = (words: string[]): string => words.map((word) => `'${word}':*`).join(' & ')

/** A condition on `t`, and the item codes that can satisfy it. Names of items are matched in every language they have. */
export async function matching(read: Reader, words: string[]): Promise<{ items: string[]; condition: RawBuilder<unknown> }> {
  const query = queryOf(words)
  const all = await rows<{ version: string; item: string; fold: string; name: Record<string, string> }>(read, sql`select template_version_id as version, item, fold, name from public_programmes_items`)
  const found = all.filter((row) => [row.fold, ...Object.values(row.name).map(fold)].some((text) => hasAll(text, words)) || words.every((word) => row.item.toLowerCase() === word))
  const own = sql`(t.fold is not null and to_tsvector('pg_catalog.simple', t.fold) @@ to_tsquery('pg_catalog.simple', ${query}))`
  if (found.length === 0) return { items: [], condition: own }
  // Codes alone for the index; the pair decides, since templates number their items alike.
  return {
    items: [...new Set(found.map((row) => row.item))],
    condition: sql`((t.title is null and t.item = any(${[...new Set(found.map((row) => row.item))]}::text[])
      and (t.template_version_id, t.item) in (select * from unnest(${found.map((row) => row.version)}::uuid[], ${found.map((row) => row.item)}::text[]))) or ${own})`,
  }
}

function hasAll(text: string, words: string[]): boolean {
  const parts = text.split(/[^\p{L}\p{N}]+/u)
  return words.every((word) => parts.some((part) => part.startsWith(word)))
}
