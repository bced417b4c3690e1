// The names of all units in memory, brought up to date by the version of the tree. SQL with trigrams was measured against it: docs/decisions.md.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { NameIndex } from '../../../pure/search.ts'
import type { Named, Wanted } from '../../../pure/search.ts'
import type { UnitHit, UnitRef } from '../contract.ts'
import { on, parentsOf } from './read.ts'

/** Built in slices, so that a question to the server that is no search never waits long for it. */
const SLICE = 1000

export type UnitSearch = {
  find: (read: Reader, text: string, wanted: Wanted, limit: number) => Promise<{ hits: UnitHit[]; total: number }>
  /** Other ways to write names of places in a question: hanoi, ha noi. */
  spellings: (read: Reader, text: string, day: string) => Promise<string[]>
}

/** One for each installation in the process. */
export function openSearch(): UnitSearch {
  let index = new NameIndex()
  let known = 0
  let refreshing: Promise<void> = Promise.resolve()

  async function refresh(read: Reader): Promise<void> {
    const [now] = await rows(read, sql<{ tree: number }>`select coalesce(max(version), 0) as tree from tree_versions`)
    if (now!.tree === known) return
    const before = now!.tree < known ? 0 : known // a database put back to an earlier day
    const fresh = before === 0 ? new NameIndex() : index
    const spans = await rows(read, sql<Named>`select s.unit_id as id, s.code, s.name, s.name_en as "nameEn", s.kind, u.scheme, s.parent_id as "parentId", s.from_on as from, s.until_on as until
      from units u join unit_spans s on s.unit_id = u.id where u.tree > ${before} and u.tree <= ${now!.tree} order by s.unit_id, s.from_on`)
    const units = [...Map.groupBy(spans, (span) => span.id)]
    for (let i = 0; i < units.length; i += SLICE) {
      for (const [id, names] of units.slice(i, i + SLICE)) fresh.set(id, names)
      await new Promise((next) => setImmediate(next))
    }
    index = fresh
    known = now!.tree
  }

  const fresh = (read: Reader): Promise<void> => (refreshing = refreshing.catch(() => {}).then(() => refresh(read)))
  return {
    async spellings(read, text, day) { await fresh(read); return index.spellings(text, day) },
    async find(read, text, wanted, limit) {
      await fresh(read)
      const { found, total } = index.find(text, wanted, limit)
      return { total, hits: found.map(({ entry, parents }) => ({ ...ref(entry), scheme: entry.scheme, parents: parents.map(ref) })) }
    },
  }
}

const ref = ({ id, code, name, kind }: Named): UnitRef => ({ id, code, name, kind })

/** Without words to search for: page by page in the order of the tree. */
export async function listUnits(read: Reader, { at, kind, scheme, under, within }: Wanted, after: string, limit: number): Promise<(UnitHit & { path: string })[]> {
  return rows(read, sql<UnitHit & { path: string }>`select s.unit_id as id, s.code, s.name, s.kind, u.scheme, s.name_en as "nameEn", u.lat, u.lon, p.path, ${parentsOf('s.parent_id', at)} as parents
    from unit_paths p join unit_spans s on s.unit_id = p.unit_id and ${on('s', at)} join units u on u.id = p.unit_id
    where ${on('p', at)} and p.path > ${after}
      ${kind === undefined ? sql`` : sql`and s.kind = ${kind}`} ${scheme === undefined ? sql`` : sql`and u.scheme = ${scheme}`}
      ${within === undefined ? sql`` : sql`and exists (select 1 from unit_paths t where t.unit_id = any(${within}::uuid[]) and ${on('t', at)} and p.path >= t.path and p.path < left(t.path, -1) || '/')`}
      ${under === undefined ? sql`` : sql`and exists (select 1 from unit_paths t where t.unit_id = ${under} and ${on('t', at)} and p.path >= t.path and p.path < left(t.path, -1) || '/')`}
    order by p.path limit ${limit}`)
}
