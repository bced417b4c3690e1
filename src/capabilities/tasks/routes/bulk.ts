// A thousand at once: one order for each row, so that one refused row stops no other, with progress while it runs.
import { derivedId } from '../../../kernel/ids.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { commonRefusals, sentence } from '../../../kernel/contract.ts'
import type { BulkResult, Refusals } from '../../../kernel/contract.ts'
import { taskRefusals } from '../contract/refusals.ts'

/** As many as share a transaction twice over: the next group gathers while one is written. */
const AT_ONCE = 128
const KEPT = 500
type Progress = { actorId: string; total: number; done: number; failed: number; finished: boolean }
const running = new Map<string, Progress>()
const sentences: Refusals = { ...commonRefusals, ...taskRefusals }

/**
 * Runs `each` for every id. The id of a row's order is made from the bulk order's and the row's: sent again after a break, what is done answers
 * as it did, and the rest goes on.
 */
export async function bulk(c: Context, orderId: string, ids: string[], each: (id: string, orderId: string) => Promise<unknown>): Promise<BulkResult> {
  const rows = [...new Set(ids)]
  const progress: Progress = { actorId: c.actor.id, total: rows.length, done: 0, failed: 0, finished: false }
  if (running.size >= KEPT) running.delete(running.keys().next().value!)
  running.set(orderId, progress)
  const results: BulkResult['results'] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let at = next++; at < rows.length; at = next++) {
      const id = rows[at]!
      try {
        await each(id, derivedId(new Date(0), orderId, id))
        results[at] = { id, ok: true }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const known = sentences[error.code]
        results[at] = { id, ok: false, code: error.code, message: known ? sentence(known.message, c.lang, error.data) : error.code }
        progress.failed++
      }
      progress.done++
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, rows.length) }, work))
  } finally {
    progress.finished = true
  }
  return { results }
}

export function bulkProgress(c: Context, orderId: string): Omit<Progress, 'actorId'> {
  const found = running.get(orderId)
  if (!found || found.actorId !== c.actor.id) throw new Refusal('NOT_FOUND')
  return { total: found.total, done: found.done, failed: found.failed, finished: found.finished }
}
