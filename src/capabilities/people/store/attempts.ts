// Counters of wrong attempts. An attempt is charged before it is checked, in one statement: a burst of them at the same moment gets no free try.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { Delays } from '../decide/attempts.ts'
import { PURPOSE } from '../decide/sessions.ts'

const DAY = 86_400_000
export type Counter = { key: Buffer; delays: Delays; /** Seconds without a wrong attempt after which it begins anew. */ forgets?: number }

/** Undefined: go on; else the seconds to wait. */
export async function charge(side: SideWriter, { key, delays, forgets }: Counter, at: Date): Promise<number | undefined> {
  const stale = forgets === undefined ? sql<boolean>`false` : sql<boolean>`sign_in_failures.last_at < ${new Date(at.getTime() - forgets * 1000)}`
  const failures = sql<number>`case when ${stale} then 1 else sign_in_failures.failures + 1 end`
  const kept = { last_at: at, until: new Date(at.getTime() + 90 * DAY) }
  const row = await side.insertInto('sign_in_failures')
    .values({ key, failures: 1, blocked_until: new Date(at.getTime() + delays[1]! * 1000), ...kept, purpose: PURPOSE.throttle, retention: 'throttle' })
    .onConflict((on) => on.column('key').doUpdateSet({
      failures, blocked_until: sql`${at}::timestamptz + make_interval(secs => (${[...delays]}::float8[])[least(${failures}, ${delays.length - 1}) + 1])`, ...kept,
    }).where('sign_in_failures.blocked_until', '<=', at))
    .returning('failures').executeTakeFirst()
  if (row) return undefined
  const now = await side.selectFrom('sign_in_failures').select('blocked_until').where('key', '=', key).executeTakeFirst()
  return now ? Math.max(1, Math.ceil(((now.blocked_until as Date).getTime() - at.getTime()) / 1000)) : 1
}

/** Right: the count is forgotten. */
export const clear = (side: Pick<SideWriter, 'deleteFrom'>, keys: Buffer[]) => side.deleteFrom('sign_in_failures').where('key', 'in', keys).execute()
/** The attempt did not count: it was right as far as it went. */
export const giveBack = (side: SideWriter, keys: Buffer[], at: Date) =>
  side.updateTable('sign_in_failures').set({ failures: sql`greatest(0, failures - 1)`, blocked_until: at }).where('key', 'in', keys).execute()

/** Did somebody sign in to this account from this place, while sessions are remembered? */
export const knownPlace = async (read: Reader, account: string, place: Buffer): Promise<boolean> =>
  (await rows(read, sql<{ known: boolean }>`select exists (select 1 from contacts c join sessions s on s.person_id = c.person_id where c.account = ${account} and s.place = ${place}) as known`))[0]!.known
