// Reports, requests and forms of a closed unit pass to the one that took over: it fills, signs, asks and publishes for it. What was counted stays counted where it was.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import type { Carried } from '../../units/contract.ts'
import type { ReportsHandedOver } from '../contract/facts.ts'

/** Joins who answers for the unit in `column` today, as `name.unit_id`: rights are asked there. */
export const kept = (column: string, name: string): RawBuilder<unknown> =>
  sql`cross join lateral (select coalesce((select x.keeper_id from report_keepers x where x.unit_id = ${sql.ref(column)}), ${sql.ref(column)}) as unit_id) ${sql.raw(name)}`
/** The unit in `column`, and the closed ones that it answers for, as `name.unit_id`. */
export const withKept = (column: string, name: string): RawBuilder<unknown> =>
  sql`cross join lateral (select ${sql.ref(column)} as unit_id union all select x.unit_id from report_keepers x where x.keeper_id = ${sql.ref(column)}) ${sql.raw(name)}`

export async function carryReports(given: unknown, fromUnitId: string, toUnitId: string): Promise<Carried> {
  const [found] = await rows(given as Reader, sql<{ reports: number; requests: number; forms: number; units: number }>`
    with mine as (select ${fromUnitId}::uuid as unit_id union all select unit_id from report_keepers where keeper_id = ${fromUnitId}::uuid),
      own as (select * from mine where unit_id <> ${fromUnitId}::uuid or not exists (select 1 from report_keepers k where k.unit_id = ${fromUnitId}::uuid))
    select (select count(*)::int from own join reports using (unit_id)) as reports, (select count(*)::int from own join report_collections using (unit_id)) as requests, (select count(*)::int from own join report_forms using (unit_id)) as forms,
      (select count(*)::int from own where unit_id <> ${fromUnitId}::uuid) as units`)
  const { reports, requests, forms, units } = found!
  const fact: ReportsHandedOver = { type: 'reports.handed_over.v1', fromUnitId, toUnitId }
  return { counts: { reports, requests, forms }, facts: reports + requests + forms + units === 0 ? [] : [{ on: `reports:${fromUnitId}`, about: `unit:${fromUnitId}`, fact }] }
}

export async function handOver(write: Writer, facts: Recorded<ReportsHandedOver>[]): Promise<void> {
  for (const { fact: f } of facts) {
    await sql`update report_keepers set keeper_id = ${f.toUnitId} where keeper_id = ${f.fromUnitId}`.execute(write)
    await sql`insert into report_keepers (unit_id, keeper_id) values (${f.fromUnitId}, ${f.toUnitId}) on conflict (unit_id) do update set keeper_id = excluded.keeper_id`.execute(write)
  }
}
