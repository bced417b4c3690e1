// The register of a closed unit passes to its successor: who keeps it reads it, withdraws from it, and owes the receipts. No number changes.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import type { Carried } from '../../units/contract.ts'
import type { RegisterHandedOver } from '../contract/facts.ts'

export async function carryRegister(given: unknown, fromUnitId: string, toUnitId: string): Promise<Carried> {
  const [found] = await rows(given as Reader, sql<{ kept: number; owed: number; layouts: number }>`select (select count(*)::int from papers where keeper_id = ${fromUnitId}::uuid) as kept,
    (select count(*)::int from paper_recipients where unit_id = ${fromUnitId}::uuid) as owed, (select count(*)::int from paper_layouts where unit_id = ${fromUnitId}::uuid) as layouts`)
  const { kept, owed, layouts } = found!
  const fact: RegisterHandedOver = { type: 'register.handed_over.v1', fromUnitId, toUnitId }
  return {
    counts: { papers: kept },
    facts: kept + owed + layouts === 0 ? [] : [{ on: `papers:${fromUnitId}`, about: `papers:${fromUnitId}`, fact }],
  }
}

export async function registerHandedOver(write: Writer, facts: Recorded<RegisterHandedOver>[]): Promise<void> {
  const f = sql`unnest(${facts.map((r) => r.fact.fromUnitId)}::uuid[], ${facts.map((r) => r.fact.toUnitId)}::uuid[]) f(was, unit)`
  await sql`update papers p set keeper_id = f.unit from ${f} where p.keeper_id = f.was`.execute(write)
  await sql`insert into paper_recipients (paper_id, unit_id, acknowledged_at, acknowledged_by) select r.paper_id, f.unit, r.acknowledged_at, r.acknowledged_by from ${f} join paper_recipients r on r.unit_id = f.was on conflict do nothing`.execute(write)
  await sql`delete from paper_recipients r using ${f} where r.unit_id = f.was`.execute(write)
  await sql`update paper_layouts l set unit_id = f.unit from ${f} where l.unit_id = f.was`.execute(write)
}
