// Chasing all that is missing at some units at once, whatever was asked: one order a request and period.
import { derivedId } from '../../../kernel/ids.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { chaseReports } from '../decide/orders.ts'
import { missingAt } from '../store/missing.ts'

const idsIn = (missing: readonly { reportIds: string[] }[]): string[] => [...new Set(missing.flatMap((one) => one.reportIds))]

/** `unitIds`: those among them at or below which something is missing. */
export async function chaseMissing(c: Context, orderId: string, unitIds: string[]): Promise<{ unitIds: string[]; chased: number }> {
  const missing = await missingAt(c.read, c.actor, 'report.ask', unitIds, c.at)
  let chased = 0
  for (const { collectionId, on } of new Map(missing.map((one) => [`${one.collectionId} ${one.on}`, one])).values()) {
    const id = derivedId(new Date(0), orderId, collectionId, on)
    const done = await c.commit({ id, kind: 'report.chase.v1', streams: [`collection:${collectionId}`], body: { collectionId, unitIds, on } }, async (read) =>
      chaseReports(true, collectionId, on, idsIn(await missingAt(read, c.actor, 'report.ask', unitIds, c.at, { collectionId, on }))))
      .catch((error: unknown) => { if (error instanceof Refusal && error.code === 'NOBODY_MISSING') return { chased: 0 }; throw error }) // the last one came in meanwhile
    chased += done.chased
  }
  return { unitIds: [...new Set(missing.map((one) => one.unitId))], chased }
}
