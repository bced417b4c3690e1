// The follower's hand: what each report adds now less what it added before, to every unit above it. One writer, so a row is read, added to and written without a lock.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { FoldWriter, Reader } from '../../../kernel/db.ts'
import type { ReportState } from '../contract/names.ts'
import { COUNTS, add, nothing } from '../decide/rollup.ts'
import type { Counted, Total } from '../decide/rollup.ts'

const list = (values: readonly (string | number | null)[]): string => `{${values.map((v) => v ?? 'null').join(',')}}`
const reader = (fold: FoldWriter): Reader => fold as unknown as Reader

/** A period has opened: who is above how many that owe. */
export async function countOpened(fold: FoldWriter, periods: { collectionId: string; on: string; hosts?: string[] }[]): Promise<void> {
  await sql`
    insert into report_totals (collection_id, unit_id, level, on_day, parent_id, owes, reported, late, signed, returned, excused, sums, counts, version)
    select r.collection_id, r.above[i], r.level, r.on_day, r.above[i - 1], count(*), 0, 0, 0, 0, 0, '{}', '{}', 1
    from unnest(${periods.map((p) => p.collectionId)}::uuid[], ${periods.map((p) => p.on)}::date[], ${periods.map((p) => (p.hosts ? list(p.hosts) : null))}::text[]) p(collection_id, on_day, hosts)
      join reports r on r.collection_id = p.collection_id and r.on_day = p.on_day and (p.hosts is null or r.unit_id = any(p.hosts::uuid[])) cross join lateral generate_series(1, cardinality(r.above) - 1) i
    group by 1, 2, 3, 4, 5 on conflict (collection_id, unit_id, level, on_day) do update set owes = report_totals.owes + excluded.owes, version = report_totals.version + 1`.execute(fold)
}

type Row = { id: string; collectionId: string; on: string; level: string; above: string[]; state: ReportState; late: boolean; numbers: (string | null)[] | null; wasState: ReportState | null; wasLate: boolean | null; wasNumbers: (string | null)[] | null }
type Key = { collectionId: string; unitId: string; level: string; on: string; parentId: string | null }
const numbers = (given: (string | null)[] | null): (number | null)[] | null => given && given.map((n) => (n === null ? null : Number(n)))

/** Counts reports as they stand now; asked twice, nothing more happens. Answers the requests whose figures moved. */
export async function countReports(fold: FoldWriter, ids: readonly string[]): Promise<string[]> {
  const found = await rows(reader(fold), sql<Row>`
    select r.id, r.collection_id as "collectionId", r.on_day as "on", r.level, r.above, r.state, r.late, r.numbers, c.state as "wasState", c.late as "wasLate", c.numbers as "wasNumbers"
    from reports r left join report_counted c on c.report_id = r.id where r.id = any(${list(ids)}::uuid[])`)
  const deltas = new Map<string, Key & { total: Total }>()
  for (const row of found) {
    const now: Counted = { state: row.state, late: row.late, numbers: numbers(row.numbers) }
    const was: Counted | undefined = row.wasState ? { state: row.wasState, late: row.wasLate!, numbers: numbers(row.wasNumbers) } : undefined
    row.above.slice(0, -1).forEach((unitId, i) => {
      const key = `${row.collectionId} ${unitId} ${row.level} ${row.on}`
      let delta = deltas.get(key)
      if (!delta) deltas.set(key, delta = { collectionId: row.collectionId, unitId, level: row.level, on: row.on, parentId: row.above[i - 1] ?? null, total: nothing() })
      if (was) add(delta.total, was, -1)
      add(delta.total, now, 1)
    })
  }
  await sql`insert into report_counted (report_id, state, late, numbers)
    select f.id, f.state, f.late, f.numbers::bigint[] from unnest(${list(found.map((r) => r.id))}::uuid[], ${found.map((r) => r.state)}::text[], ${found.map((r) => r.late)}::boolean[], ${found.map((r) => r.numbers && list(r.numbers))}::text[]) f(id, state, late, numbers)
    on conflict (report_id) do update set state = excluded.state, late = excluded.late, numbers = excluded.numbers`.execute(fold)
  await write(fold, [...deltas.values()])
  return [...new Set(found.map((row) => row.collectionId))]
}

type Stored = { key: string } & Record<(typeof COUNTS)[number], number> & { sums: string[]; counts: number[] }
async function write(fold: FoldWriter, deltas: (Key & { total: Total })[]): Promise<void> {
  const keys = sql`unnest(${list(deltas.map((d) => d.collectionId))}::uuid[], ${list(deltas.map((d) => d.unitId))}::uuid[], ${deltas.map((d) => d.level)}::text[], ${deltas.map((d) => d.on)}::date[])`
  const stored = new Map((await rows(reader(fold), sql<Stored>`
    select t.collection_id || ' ' || t.unit_id || ' ' || t.level || ' ' || t.on_day as key, ${sql.raw(COUNTS.map((c) => `t.${c}`).join(', '))}, t.sums, t.counts
    from ${keys} k(collection_id, unit_id, level, on_day) join report_totals t using (collection_id, unit_id, level, on_day)`)).map((row) => [row.key, row]))
  for (const { total, ...key } of deltas) {
    const was = stored.get(`${key.collectionId} ${key.unitId} ${key.level} ${key.on}`)
    if (!was) continue
    for (const name of COUNTS) total[name] += was[name]
    was.sums.forEach((n, i) => { total.sums[i] = (total.sums[i] ?? 0) + Number(n) })
    was.counts.forEach((n, i) => { total.counts[i] = (total.counts[i] ?? 0) + n })
  }
  await sql`
    insert into report_totals (collection_id, unit_id, level, on_day, parent_id, ${sql.raw(COUNTS.join(', '))}, sums, counts, version)
    select k.collection_id, k.unit_id, k.level, k.on_day, k.parent_id, ${sql.raw(COUNTS.map((c) => `k.${c}`).join(', '))}, k.sums::bigint[], k.counts::int[], 1
    from unnest(${list(deltas.map((d) => d.collectionId))}::uuid[], ${list(deltas.map((d) => d.unitId))}::uuid[], ${deltas.map((d) => d.level)}::text[], ${deltas.map((d) => d.on)}::date[], ${list(deltas.map((d) => d.parentId))}::uuid[],
      ${sql.join(COUNTS.map((c) => sql`${list(deltas.map((d) => d.total[c]))}::int[]`))}, ${deltas.map((d) => list(d.total.sums))}::text[], ${deltas.map((d) => list(d.total.counts))}::text[])
      k(collection_id, unit_id, level, on_day, parent_id, ${sql.raw(COUNTS.join(', '))}, sums, counts)
    on conflict (collection_id, unit_id, level, on_day) do update set ${sql.raw([...COUNTS, 'sums', 'counts'].map((c) => `${c} = excluded.${c}`).join(', '))}, version = report_totals.version + 1`.execute(fold)
}
