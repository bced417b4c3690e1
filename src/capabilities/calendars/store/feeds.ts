// The addresses: only their hashes stand here.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter, Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'

export type FeedRow = { id: string; personId: string; name: string; below: boolean; lang: 'vi' | 'en'; madeAt: Date; usedAt: Date | null; until: Date }
const columns = sql`id, person_id as "personId", name, below, lang, made_at as "madeAt", used_at as "usedAt", until`

export const feedsOf = (read: Reader, personId: string, at: Date): Promise<FeedRow[]> =>
  rows<FeedRow>(read, sql`select ${columns} from calendar_feeds where person_id = ${personId}::uuid and until > ${at} order by made_at desc, id`)
/** Undefined too where its person holds no role any more. */
export const feedByHash = async (read: Reader, hash: Buffer, at: Date): Promise<FeedRow | undefined> =>
  (await rows<FeedRow>(read, sql`select ${columns} from calendar_feeds f where token_hash = ${hash} and until > ${at}
    and exists (select 1 from access_grants ag where ag.person_id = f.person_id and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now()))`))[0]

export async function addFeed(side: SideWriter, feed: Omit<FeedRow, 'usedAt'>, hash: Buffer, at: Date): Promise<void> {
  await side.deleteFrom('calendar_feeds').where('until', '<', at).execute()
  const { id, personId, name, below, lang, madeAt, until } = feed
  await side.insertInto('calendar_feeds').values({ id, token_hash: hash, person_id: personId, name, below, lang, made_at: madeAt, until })
    .onConflict((on) => on.column('id').doUpdateSet({ token_hash: hash })).execute()
}
export const markUsed = (side: SideWriter, id: string, at: Date, until: Date) => side.updateTable('calendar_feeds').set({ used_at: at, until }).where('id', '=', id).execute()
export const removeFeed = (side: SideWriter, personId: string, id: string) => side.deleteFrom('calendar_feeds').where('id', '=', id).where('person_id', '=', personId).execute()

/** Who leaves or is erased takes their addresses along; so does whoever gets a new way in, because the old one may have been somebody else's. */
async function gone(write: Writer, facts: Recorded<{ type: string; personId: string }>[]): Promise<void> {
  await sql`delete from calendar_feeds where person_id = any(${facts.map((r) => r.fact.personId)}::uuid[])`.execute(write)
}
// That it happened is the record; the address stands beside the journal.
const none = async (): Promise<void> => {}
export const project = { 'calendar.feed_made.v1': [none], 'calendar.feed_revoked.v1': [none], 'person.left.v1': [gone], 'person.access_issued.v1': [gone], 'person.erased.v1': [gone] }
