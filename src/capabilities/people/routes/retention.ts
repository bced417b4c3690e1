// What ends by itself: rows whose time is over, and the personal data of accounts that nobody uses any more.
import { SYSTEM } from '../../../kernel/access.ts'
import { Refusal } from '../../../kernel/commit.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import { derivedId } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { wipe } from '../store/accounts.ts'
import { contactsOver, dropOver, erasedWithContacts } from '../store/bulk.ts'
import { endPerson } from './accounts.ts'

const MOST_A_RUN = 500

/** Once a day. `accessLog`: readings that were to be kept until then are over. Erasing is an order of the system, so that it stands in the journal and comes back after a restore. `context` acts as SYSTEM. */
export async function endRetention(context: Context, accessLog = context.at): Promise<{ erased: number; kept: number; dropped: number }> {
  const { read, side, at } = context
  const done = { erased: 0, kept: 0, dropped: await dropOver(side, at, accessLog) }
  const day = at.toISOString().slice(0, 10)
  for (const personId of await contactsOver(read, at, MOST_A_RUN)) {
    try {
      await endPerson({ ...context, actor: SYSTEM }, { id: derivedId(new Date(`${day}T00:00:00Z`), 'person.retention', personId), personId, body: { personId, day } }, 'retention')
      done.erased++
    } catch (error) {
      // The last administrator stays, whatever the calendar says.
      if (!(error instanceof Refusal)) throw error
      done.kept++
    }
  }
  return done
}

/** After a restore: the facts say who was erased; what an older copy of the tables brought back goes again. Answers how many. */
export async function reapplyErasures(read: Reader, side: SideWriter, at: Date): Promise<number> {
  const ids = await erasedWithContacts(read)
  for (let from = 0; from < ids.length; from += 1000) await wipe(side, ids.slice(from, from + 1000), at)
  return ids.length
}
