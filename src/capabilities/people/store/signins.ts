// Sessions, tokens and one-time links: beside the journal, found by the hash of a secret.
import { sql } from 'kysely'
import type { Stand } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import { uuidv7 } from '../../../kernel/ids.ts'
import type { Session, Token } from '../contract.ts'
import { ACCOUNT_MS, MOST_SESSIONS, PURPOSE, SEEN_EVERY_MS, SESSION_ROW_MS, WHOLE_MS, restsUntil } from '../decide/sessions.ts'

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms)
export const SIDE = { contact: { purpose: PURPOSE.contact, retention: 'account' }, secret: { purpose: PURPOSE.secret, retention: 'account' } }

export type Known = { id: string; personId: string; limited: boolean; scopes?: string[]; stands: Stand[] | null }

/** All grants in force of one who holds some of them as a deputy; of all others null. Part of the query that finds who asks. */
const STANDS = (person: string, at: Date) => sql<Stand[] | null>`case when exists (select 1 from grants d where d.person_id = ${sql.ref(person)} and d.from_grant_id is not null) then (
  select json_agg(json_build_object('role', g.role, 'path', coalesce(u.path, ''), 'from', g.from_person_id)) from grants g left join grants f on f.id = g.from_grant_id left join access_units u on u.unit_id = g.unit_id
  where g.person_id = ${sql.ref(person)} and greatest(g.starts_at, f.starts_at) <= ${at} and (g.ends_at is null or g.ends_at > ${at}) and (f.ends_at is null or f.ends_at > ${at})) end as stands`

/** One query by an indexed hash, and at most one write a minute. */
export async function sessionOf(read: Reader, side: SideWriter, tokenHash: Buffer, at: Date, quiet = false): Promise<Known | undefined> {
  const [row] = await rows(read, sql<{ id: string; person_id: string; must_set_password: boolean; seen_at: Date; ends_at: Date; stands: Stand[] | null }>`
    select s.id, s.person_id, s.must_set_password, s.seen_at, s.ends_at, ${STANDS('s.person_id', at)} from sessions s join people p on p.id = s.person_id
    where s.token_hash = ${tokenHash} and s.idle_until > ${at} and s.ends_at > ${at} and p.left_at is null and p.erased_at is null`)
  if (!row) return undefined
  // A screen left open asks every minute whether its session still holds: that is no use of it, and it must come to rest.
  if (!quiet && at.getTime() - row.seen_at.getTime() >= SEEN_EVERY_MS) {
    await side.updateTable('sessions').set({ seen_at: at, idle_until: restsUntil(at, row.ends_at) }).where('id', '=', row.id).where('seen_at', '=', row.seen_at).where('ends_at', '>', at).execute()
  }
  return { id: row.id, personId: row.person_id, limited: row.must_set_password, stands: row.stands }
}

export async function tokenOf(read: Reader, side: SideWriter, tokenHash: Buffer, at: Date): Promise<Known | undefined> {
  const [row] = await rows(read, sql<{ id: string; person_id: string; scopes: string[]; used_at: Date | null; stands: Stand[] | null }>`
    select t.id, t.person_id, t.scopes, t.used_at, ${STANDS('t.person_id', at)} from tokens t join people p on p.id = t.person_id
    where t.token_hash = ${tokenHash} and t.ends_at > ${at} and p.left_at is null and p.erased_at is null`)
  if (!row) return undefined
  if (!row.used_at || at.getTime() - row.used_at.getTime() >= SEEN_EVERY_MS) await side.updateTable('tokens').set({ used_at: at }).where('id', '=', row.id).execute()
  return { id: row.id, personId: row.person_id, limited: false, scopes: row.scopes, stands: row.stands }
}

export type NewSession = { personId: string; by: keyof typeof WHOLE_MS; secondFactor: boolean; mustSetPassword: boolean; tokenHash: Buffer; place: Buffer | null; address: string | null; agent: string | null }

/** The account's oldest session ends at an eleventh. Contacts are kept as long as the account is used. */
export async function openSession(side: SideWriter, session: NewSession, at: Date): Promise<{ id: string; endsAt: Date; ended: string[] }> {
  const id = uuidv7(at)
  const endsAt = later(at, WHOLE_MS[session.by])
  await side.insertInto('sessions').values({
    id, token_hash: session.tokenHash, person_id: session.personId, by: session.by, second_factor: session.secondFactor, must_set_password: session.mustSetPassword,
    started_at: at, seen_at: at, idle_until: restsUntil(at, endsAt), ends_at: endsAt, place: session.place, address: session.address, agent: session.agent?.slice(0, 200) ?? null,
    purpose: PURPOSE.session, retention: 'session', until: later(endsAt, SESSION_ROW_MS),
  }).execute()
  const open = await side.selectFrom('sessions').select(['id']).where('person_id', '=', session.personId).where('ends_at', '>', at).where('idle_until', '>', at).orderBy('seen_at', 'desc').orderBy('id', 'desc').execute()
  const ended = session.by === 'demo' ? [] : open.slice(MOST_SESSIONS).map((row) => row.id as string)
  if (ended.length > 0) await side.updateTable('sessions').set({ ends_at: at, token_hash: sql`sha256(token_hash)` }).where('id', 'in', ended).execute()
  await side.updateTable('contacts').set({ until: later(at, ACCOUNT_MS) }).where('person_id', '=', session.personId).where('account', 'is not', null).where('until', '<', later(at, ACCOUNT_MS - 30 * 86_400_000)).execute()
  return { id, endsAt, ended }
}

type Which = { personId: string; only?: string | undefined; but?: string | undefined }
/** Ends sessions of a person: one, all but one, or all. The row stays for a while without its secret. Answers which ended. */
export async function endSessions(side: SideWriter, { personId, only, but }: Which, at: Date): Promise<string[]> {
  let query = side.updateTable('sessions').set({ ends_at: at, token_hash: sql`sha256(token_hash)`, until: later(at, SESSION_ROW_MS) }).where('person_id', '=', personId).where('ends_at', '>', at)
  if (only) query = query.where('id', '=', only)
  if (but) query = query.where('id', '<>', but)
  return (await query.returning('id').execute()).map((row) => row.id as string)
}
/** What endSessions and endTokens would end. */
export const countOpen = async (read: Reader, personId: string, at: Date): Promise<{ sessions: number; tokens: number }> => (await rows(read, sql<{ sessions: number; tokens: number }>`
  select (select count(*)::int from sessions where person_id = ${personId} and ends_at > ${at}) as sessions, (select count(*)::int from tokens where person_id = ${personId} and ends_at > ${at}) as tokens`))[0]!

/** Of every account: for the operator, after a leak. */
export const endAllSessions = async (side: SideWriter, at: Date): Promise<number> =>
  (await side.updateTable('sessions').set({ ends_at: at, token_hash: sql`sha256(token_hash)`, until: later(at, SESSION_ROW_MS) }).where('ends_at', '>', at).returning('id').execute()).length

/** After a new password the session goes on under a new secret, no longer bound to setting one. */
export async function renewSession(side: SideWriter, id: string, tokenHash: Buffer): Promise<{ endsAt: Date } | undefined> {
  const row = await side.updateTable('sessions').set({ token_hash: tokenHash, must_set_password: false }).where('id', '=', id).returning('ends_at').executeTakeFirst()
  return row && { endsAt: row.ends_at as Date }
}
export const markSecondFactor = (side: SideWriter, id: string, on: boolean) => side.updateTable('sessions').set({ second_factor: on }).where('id', '=', id).execute()

export async function listSessions(read: Reader, personId: string, current: string | undefined, at: Date): Promise<Session[]> {
  const found = await rows(read, sql<{ id: string; by: Session['by']; second_factor: boolean; started_at: Date; seen_at: Date; until: Date; address: string | null; agent: string | null }>`
    select id, by, second_factor, started_at, seen_at, least(idle_until, ends_at) as until, address, agent from sessions
    where person_id = ${personId} and ends_at > ${at} and idle_until > ${at} order by seen_at desc limit 100`)
  return found.map((s) => ({ id: s.id, current: s.id === current, by: s.by, secondFactor: s.second_factor, startedAt: s.started_at.toISOString(), seenAt: s.seen_at.toISOString(), until: s.until.toISOString(), address: s.address, agent: s.agent }))
}

export async function addToken(side: SideWriter, token: { personId: string; name: string; scopes: string[]; tokenHash: Buffer; endsAt: Date }, at: Date): Promise<string> {
  const id = uuidv7(at)
  await side.insertInto('tokens').values({
    id, token_hash: token.tokenHash, person_id: token.personId, name: token.name, scopes: token.scopes, created_at: at, used_at: null, ends_at: token.endsAt, ...SIDE.secret, until: later(token.endsAt, SESSION_ROW_MS),
  }).execute()
  return id
}
export async function endTokens(side: SideWriter, personId: string, only: string | undefined, at: Date): Promise<string[]> {
  let query = side.updateTable('tokens').set({ ends_at: at, token_hash: sql`sha256(token_hash)`, until: later(at, SESSION_ROW_MS) }).where('person_id', '=', personId).where('ends_at', '>', at)
  if (only) query = query.where('id', '=', only)
  return (await query.returning('id').execute()).map((row) => row.id as string)
}
export async function listTokens(read: Reader, personId: string, at: Date): Promise<Token[]> {
  const found = await rows(read, sql<{ id: string; name: string; scopes: string[]; created_at: Date; used_at: Date | null; ends_at: Date }>`
    select id, name, scopes, created_at, used_at, ends_at from tokens where person_id = ${personId} and ends_at > ${at} order by created_at desc limit 200`)
  return found.map((t) => ({ id: t.id, name: t.name, scopes: t.scopes, createdAt: t.created_at.toISOString(), usedAt: t.used_at?.toISOString() ?? null, until: t.ends_at.toISOString() }))
}

export async function addLinks(side: SideWriter, links: { personId: string; kind: 'once' | 'demo'; tokenHash: Buffer; endsAt: Date }[], at: Date): Promise<void> {
  if (links.length === 0) return
  await side.insertInto('sign_in_links').values(links.map((link) => ({
    id: uuidv7(at), token_hash: link.tokenHash, person_id: link.personId, kind: link.kind, ends_at: link.endsAt, used_at: null, purpose: PURPOSE.link, retention: 'session', until: later(link.endsAt, SESSION_ROW_MS),
  }))).execute()
}
export const endLinks = (side: SideWriter, personIds: string[], at: Date) =>
  side.updateTable('sign_in_links').set({ ends_at: at }).where('person_id', 'in', personIds).where('ends_at', '>', at).execute()

export type LinkFound = { id: string; personId: string; kind: 'once' | 'demo' }
export async function linkOf(read: Reader, tokenHash: Buffer, at: Date): Promise<LinkFound | undefined> {
  const [row] = await rows(read, sql<LinkFound>`select l.id, l.person_id as "personId", l.kind from sign_in_links l join people p on p.id = l.person_id
    where l.token_hash = ${tokenHash} and l.ends_at > ${at} and (l.kind = 'demo' or l.used_at is null) and p.left_at is null and p.erased_at is null`)
  return row
}
/** False where somebody was faster. */
export async function spendLink(side: SideWriter, link: LinkFound, at: Date): Promise<boolean> {
  if (link.kind === 'demo') return true
  return Boolean(await side.updateTable('sign_in_links').set({ used_at: at }).where('id', '=', link.id).where('used_at', 'is', null).where('ends_at', '>', at).returning('id').executeTakeFirst())
}

/** Sessions and tokens of many, when they get new slips. */
export async function endAllOf(side: Pick<SideWriter, 'updateTable'>, personIds: string[], at: Date): Promise<void> {
  const set = { ends_at: at, token_hash: sql`sha256(token_hash)`, until: later(at, SESSION_ROW_MS) }
  for (const table of ['sessions', 'tokens'] as const) await side.updateTable(table).set(set).where(sql<boolean>`person_id = any(${personIds}::uuid[])`).where('ends_at', '>', at).execute()
}
