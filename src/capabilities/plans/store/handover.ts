// Plans of a closed unit pass to the one that took over, and so does what the unit was asked to say about plans of others. What was said and approved stays as it was.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import type { Carried } from '../../units/contract.ts'
import type { PlanHandedOver } from '../contract/facts.ts'

export async function carryPlans(given: unknown, fromUnitId: string, toUnitId: string): Promise<Carried> {
  const found = await rows(given as Reader, sql<{ id: string; own: boolean; asked: boolean }>`
    select p.id, p.unit_id = ${fromUnitId}::uuid as own, exists (select 1 from plan_readers r where r.plan_id = p.id and r.unit_id = ${fromUnitId}::uuid) as asked
    from plans p where p.unit_id = ${fromUnitId}::uuid or p.id in (select r.plan_id from plan_readers r where r.unit_id = ${fromUnitId}::uuid) order by p.id`)
  return {
    counts: { plans: found.filter((one) => one.own).length },
    facts: found.map(({ id, own, asked }) => ({ on: `plan:${id}`, about: `plan:${id}`, fact: { type: 'plan.handed_over.v1', planId: id, fromUnitId, toUnitId, own, asked } satisfies PlanHandedOver })),
  }
}

/** An answer keeps the unit that gave it; only what is still open is asked of the one that took over. */
export async function handOver(write: Writer, facts: Recorded<PlanHandedOver>[]): Promise<void> {
  for (const { fact: f } of facts) {
    if (f.own) await sql`update plans set unit_id = ${f.toUnitId} where id = ${f.planId}`.execute(write)
    if (!f.asked) continue
    await sql`insert into plan_readers (plan_id, unit_id) values (${f.planId}, ${f.toUnitId}) on conflict do nothing`.execute(write)
    await sql`delete from plan_readers where plan_id = ${f.planId} and unit_id = ${f.fromUnitId}`.execute(write)
    await sql`insert into plan_consultations (plan_id, n, unit_id, due_on) select plan_id, n, ${f.toUnitId}::uuid, due_on from plan_consultations where plan_id = ${f.planId} and unit_id = ${f.fromUnitId} and answered_at is null on conflict do nothing`.execute(write)
    await sql`delete from plan_consultations where plan_id = ${f.planId} and unit_id = ${f.fromUnitId} and answered_at is null`.execute(write)
    await sql`update plan_appraisals set units = array(select distinct case when u = ${f.fromUnitId}::uuid then ${f.toUnitId}::uuid else u end from unnest(units) u order by 1), unit_id = case when unit_id = ${f.fromUnitId}::uuid then ${f.toUnitId}::uuid else unit_id end
      where plan_id = ${f.planId} and verdict is null and ${f.fromUnitId}::uuid = any(units)`.execute(write)
  }
}
