// Whom to call at a unit: for whoever chases by telephone. A number is another person's, so each reading stands in the log of access.
import type { Context } from '../../../kernel/rpc.ts'
import { headsWithPhones } from '../store/accounts.ts'
import { logReading } from '../store/bulk.ts'

export type Called = { unit: { id: string; name: string }; name: string | null; title: string | null; phone: string | null }

/** A unit whose head the asker may not see, or that has none, comes without a name. */
export async function phonesOf({ read, side, actor, at }: Context, unitIds: string[]): Promise<Called[]> {
  const found = await headsWithPhones(read, actor, unitIds, at)
  // Logged before they are shown: a reading that cannot be logged does not happen.
  await side.atomically(async (within) => {
    for (const one of found) if (one.personId && one.personId !== actor.id) await logReading(within as never, { personId: one.personId, readerId: actor.id, what: 'contact', via: actor.via }, at)
  })
  return found.map(({ personId: _, ...one }) => one)
}
