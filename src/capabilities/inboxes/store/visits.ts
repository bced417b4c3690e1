// When a person last opened the first screen, and what came since.
import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter, Writer } from '../../../kernel/db.ts'
import type { InboxKind } from '../contract.ts'
import { listItems, mine } from './items.ts'
import type { ItemRow } from './items.ts'

const SITTING_MS = 30 * 60_000
const FIRST_MS = 7 * 86_400_000
const SHOWN = 6

export type News = { since: Date | null; kinds: { kind: InboxKind; n: number }[]; items: ItemRow[] }
export async function visit(read: Reader, side: SideWriter, actor: Actor, at: Date): Promise<News> {
  const [last] = await rows<{ seen_at: Date; before_at: Date | null }>(read, sql`select seen_at, before_at from inbox_visits where person_id = ${actor.id}::uuid`)
  const since = !last ? null : at.getTime() - last.seen_at.getTime() > SITTING_MS ? last.seen_at : last.before_at
  const now = { seen_at: at, before_at: since }
  await side.insertInto('inbox_visits').values({ person_id: actor.id, ...now }).onConflict((on) => on.column('person_id').doUpdateSet(now)).execute()
  const from = since ?? new Date(at.getTime() - FIRST_MS)
  const [kinds, items] = await Promise.all([
    rows<{ kind: InboxKind; n: number }>(read, sql`select kind, count(*)::int as n from (select i.kind from inbox_items i where ${mine(actor)} and i.at > ${from} limit 1001) x group by kind order by n desc, kind`),
    listItems(read, actor, { mark: 'any', after: undefined, since: from, limit: SHOWN }),
  ])
  return { since, kinds, items }
}

export async function forgetVisits(write: Writer, personIds: string[]): Promise<void> {
  await sql`delete from inbox_visits where person_id = any(${personIds}::uuid[])`.execute(write)
}

/** When this person last looked at home: part of what is held on them. */
export const lookedAt = async (read: Reader, personId: string): Promise<Date | undefined> => (await rows<{ seen_at: Date }>(read, sql`select seen_at from inbox_visits where person_id = ${personId}::uuid`))[0]?.seen_at
