// Words inside what people wrote, found where it lies, by the rights on the record that it belongs to.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { grantedRanges, readable } from '../../kernel/access.ts'
import type { Actor, Right } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import type { Reader } from '../../kernel/db.ts'
import type { Places } from '../journals/contract.ts'
import type { FoundKind } from './contract.ts'

/** Of the texts about a kind of record, those that whoever may read it may find. */
export type Texts = Partial<Record<FoundKind, string[]>>

/** More texts than these have the word: the index would bring them all. */
const COMMON = 1000
/** So many of the latest are looked through for a common word, by whoever reads more than these units. */
const WALKED = 20_000
const FEW_UNITS = 10

/** `ways`: in which the same may be written; each word of one of them stands there, as a word's beginning. `latest`: only the latest texts of all were looked through. */
export async function findTexts(read: Reader, actor: Actor, ways: string[][], texts: Texts, places: Places, limit: number): Promise<{ found: { kind: FoundKind; id: string; text: string }[]; latest: boolean }> {
  const query = ways.map((words) => `(${words.map((word) => `'${word}':*`).join(' & ')})`).join(' | ')
  const indexed = sql`p.text is not null and to_tsvector('pg_catalog.simple', folded(written(p.text))) @@ to_tsquery('pg_catalog.simple', ${query})`
  const kinds = Object.entries(texts).map(([kind, purposes]) => ({ kind, purposes, right: 'journal.read' as Right, ...places[kind]! }))
  const about = (kind: string): RawBuilder<unknown> => sql`case when p.subject like ${`${kind}:%`} then substr(p.subject, ${kind.length + 2})::uuid end`
  // Planned once a right, not once a kind and place of use.
  const reach = (of: typeof kinds) => sql`with reach as materialized (${sql.join([...new Set(of.map(({ right }) => right))].map((right) => sql`select ${right}::text as held, g.* from ${grantedRanges(actor, right)} g`), sql` union all `)})`
  const within = (right: Right): RawBuilder<unknown> => sql`select u.unit_id from reach r join access_units u on u.path >= r.path and u.path < r.upto where r.held = ${right}`
  const [size] = await rows<{ texts: number; of: string[] | null; units: number }>(read, sql`${reach(kinds)}, said as (select split_part(p.subject, ':', 1) as kind from private_texts p where ${indexed} limit ${COMMON + 1})
    select (select count(*)::int from said) as texts, (select array_agg(distinct kind) from said) as of,
    (select count(distinct unit_id)::int from (select u.unit_id from reach r join access_units u on u.path >= r.path and u.path < r.upto limit ${FEW_UNITS * kinds.length + 1}) x) as units`)
  const common = size!.texts > COMMON
  const few = actor.kind === 'person' && size!.units <= FEW_UNITS
  // A kind in which the word does not stand is not asked for: to plan eight costs more than to read one.
  const asked = common ? kinds : kinds.filter(({ kind }) => size!.of?.includes(kind))
  if (asked.length === 0) return { found: [], latest: false }
  // `offset 0`: asked of each text by the record's index. Otherwise PostgreSQL may read all tasks first.
  const reads = asked.map(({ kind, purposes, view, id, unit, right }) => sql`p.purpose = any(${purposes}) and exists (
    select 1 from ${sql.table(view)} v where v.${sql.ref(id)} = ${about(kind)} and ${readable(actor, right, `v.${id}`, sql`v.${sql.ref(unit)} in (${within(right)})`)} offset 0)`)

  const source = !common ? sql`select p.* from private_texts p where ${indexed}`
    // Ids are made in the order of time.
    : !few ? sql`select * from private_texts where text is not null order by id desc limit ${WALKED}`
    : sql`select p.* from (${sql.join(kinds.map(({ kind, view, id, unit, right }) => sql`
        select ${kind}::text || ':' || v.record as subject from (${within(right)}) u cross join lateral (select v.${sql.ref(id)} as record from ${sql.table(view)} v where v.${sql.ref(unit)} = u.unit_id offset 0) v
        union select ${kind}::text || ':' || ar.record_id from access_readers ar where ar.person_id = ${actor.id} or ar.unit_id in (${within(right)})`), sql` union `)}) s
      cross join lateral (select * from private_texts p where p.subject = s.subject and p.text is not null offset 0) p order by p.id desc`
  // The words cost most (70 µs), so they are looked for last: from the newest on, in what may be read, until there are enough.
  const said = common ? sql.join(ways.map((words) => sql`' ' || folded(written(p.text)) like all (${words.map((word) => `% ${word}%`)}::text[])`), sql` or `) : sql`true`
  const found = await rows<{ kind: FoundKind; id: string; text: string }>(read, sql`${reach(asked)} select split_part(p.subject, ':', 1) as kind, split_part(p.subject, ':', 2) as id, p.text
    from (${source} offset 0) p where case when ${sql.join(reads.map((one) => sql`(${one})`), sql` or `)} then ${said} else false end order by p.id desc limit ${limit}`)
  return { found, latest: common && !few }
}
