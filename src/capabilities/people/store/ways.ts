// Passkeys, links to the identity provider, and the challenges of sign-ins under way.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { Passkey } from '../contract.ts'
import { ACCOUNT_MS, CHALLENGE_MS, PURPOSE } from '../decide/sessions.ts'

type Side = Pick<SideWriter, 'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom'>
type Kind = keyof typeof CHALLENGE_MS
const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms)

export async function addChallenge(side: Side, challenge: { key: Buffer; kind: Kind; personId?: string; subjectHash?: Buffer }, at: Date): Promise<void> {
  const endsAt = later(at, CHALLENGE_MS[challenge.kind])
  await side.insertInto('sign_in_challenges').values({ key: challenge.key, kind: challenge.kind, person_id: challenge.personId ?? null, subject_hash: challenge.subjectHash ?? null, ends_at: endsAt, purpose: PURPOSE.challenge, retention: 'throttle', until: later(endsAt, 3_600_000) }).execute()
}
/** Spends it; undefined: there is none of this kind, it is over, or somebody was faster. */
export async function spendChallenge(side: Side, key: Buffer, kind: Kind, at: Date): Promise<{ personId: string | null } | undefined> {
  const row = await side.deleteFrom('sign_in_challenges').where('key', '=', key).where('kind', '=', kind).returning(['person_id', 'ends_at']).executeTakeFirst() as { person_id: string | null; ends_at: Date } | undefined
  return row && row.ends_at > at ? { personId: row.person_id } : undefined
}
/** Looked at without spending it: a code typed wrongly may be typed again. */
export const challengeOf = async (read: Reader, key: Buffer, kind: Kind, at: Date): Promise<Linked | undefined> =>
  (await rows(read, sql<Linked>`select person_id as "personId", subject_hash as "subjectHash" from sign_in_challenges where key = ${key} and kind = ${kind} and ends_at > ${at} and person_id is not null`))[0]

export type NewKey = { id: string; personId: string; credentialId: Buffer; publicKey: Buffer; counter: number; transports: string[]; synced: boolean; name: string }
/** One that is known already breaks the order. */
export async function addPasskey(side: Side, key: NewKey, at: Date): Promise<void> {
  await side.insertInto('passkeys').values({
    id: key.id, person_id: key.personId, credential_id: key.credentialId, public_key: key.publicKey, counter: key.counter, transports: key.transports, synced: key.synced, name: key.name, created_at: at,
    used_at: null, blocked_at: null, purpose: PURPOSE.passkey, retention: 'account', until: later(at, ACCOUNT_MS),
  }).execute()
}
export type Key = { id: string; personId: string; credentialId: Buffer; publicKey: Buffer; counter: number; transports: string[]; blocked: boolean }
const KEY = sql`id, person_id as "personId", credential_id as "credentialId", public_key as "publicKey", counter, transports, blocked_at is not null as blocked`
export const passkeyOf = async (read: Reader, credentialId: Buffer): Promise<Key | undefined> => (await rows(read, sql<Key>`select ${KEY} from passkeys where credential_id = ${credentialId}`))[0]
export const passkeysOf = (read: Reader, personId: string): Promise<Key[]> => rows(read, sql<Key>`select ${KEY} from passkeys where person_id = ${personId}`)
export async function listPasskeys(read: Reader, personId: string): Promise<Passkey[]> {
  const found = await rows(read, sql<{ id: string; name: string; created_at: Date; used_at: Date | null; synced: boolean; blocked: boolean }>`
    select id, name, created_at, used_at, synced, blocked_at is not null as blocked from passkeys where person_id = ${personId} order by created_at, id`)
  return found.map((row) => ({ id: row.id, name: row.name, createdAt: row.created_at.toISOString(), usedAt: row.used_at?.toISOString() ?? null, synced: row.synced, blocked: row.blocked }))
}
/** False: meanwhile it was used with a later counter, blocked or removed. */
export async function usePasskey(side: Side, key: Key, counter: number, synced: boolean, at: Date): Promise<boolean> {
  return Boolean(await side.updateTable('passkeys').set({ counter, synced, used_at: at }).where('id', '=', key.id).where('blocked_at', 'is', null).where('counter', '=', key.counter).returning('id').executeTakeFirst())
}
export const blockPasskey = (side: Side, id: string, at: Date) => side.updateTable('passkeys').set({ blocked_at: at }).where('id', '=', id).execute()
export const dropPasskey = (side: Side, personId: string, id: string) => side.deleteFrom('passkeys').where('person_id', '=', personId).where('id', '=', id).execute()
export const hasPasskey = async (read: Reader, personId: string, id: string): Promise<boolean> =>
  (await rows(read, sql`select 1 from passkeys where person_id = ${personId} and id = ${id}`)).length > 0

/** A new way in was issued by the unit above: those of before open nothing any more. */
export async function dropWays(side: Side, personIds: string[]): Promise<void> {
  for (const table of ['passkeys', 'provider_links', 'sign_in_challenges'] as const) await side.deleteFrom(table).where(sql<boolean>`person_id = any(${personIds}::uuid[])`).execute()
}

export type Linked = { personId: string; subjectHash: Buffer }
export const linkOfSubject = async (read: Reader, subjectHash: Buffer): Promise<Linked | undefined> =>
  (await rows(read, sql<Linked>`select person_id as "personId", subject_hash as "subjectHash" from provider_links where subject_hash = ${subjectHash}`))[0]
export const linkedTo = async (read: Reader, personId: string, issuer: string): Promise<Buffer | undefined> =>
  (await rows(read, sql<{ hash: Buffer }>`select subject_hash as hash from provider_links where person_id = ${personId} and issuer = ${issuer}`))[0]?.hash
export async function linkProvider(side: Side, personId: string, issuer: string, subjectHash: Buffer, at: Date): Promise<void> {
  await side.insertInto('provider_links').values({ person_id: personId, issuer, subject_hash: subjectHash, linked_at: at, used_at: at, purpose: PURPOSE.provider, retention: 'account', until: later(at, ACCOUNT_MS) })
    .onConflict((on) => on.columns(['person_id', 'issuer']).doUpdateSet({ used_at: at })).execute()
}
export const unlinkProvider = (side: Side, personId: string) => side.deleteFrom('provider_links').where('person_id', '=', personId).execute()
export const providerLinkOf = async (read: Reader, personId: string): Promise<{ issuer: string; linkedAt: string; usedAt: string } | null> => {
  const [row] = await rows(read, sql<{ issuer: string; linked_at: Date; used_at: Date }>`select issuer, linked_at, used_at from provider_links where person_id = ${personId} order by used_at desc limit 1`)
  return row ? { issuer: row.issuer, linkedAt: row.linked_at.toISOString(), usedAt: row.used_at.toISOString() } : null
}
/** Accounts with this mail address: two are enough to know that it is not one. */
export const accountsByMail = async (read: Reader, email: string): Promise<string[]> =>
  (await rows(read, sql<{ id: string }>`select c.person_id as id from contacts c join people p on p.id = c.person_id where lower(c.email) = lower(${email}) and p.left_at is null and p.erased_at is null limit 2`)).map((row) => row.id)

/** When this session last saw its owner show who they are. */
export const provedAt = async (read: Reader, sessionId: string): Promise<Date | undefined> =>
  (await rows(read, sql<{ at: Date }>`select greatest(started_at, proved_at) as at from sessions where id = ${sessionId}`))[0]?.at
export const markProved = (side: Side, sessionId: string, at: Date) => side.updateTable('sessions').set({ proved_at: at }).where('id', '=', sessionId).execute()

/** What the record holds of a person's own acts, by kind. */
export async function actsOf(read: Reader, personId: string): Promise<{ lines: number; firstAt: string | null; lastAt: string | null; types: { type: string; lines: number }[] }> {
  const found = await rows(read, sql<{ type: string; lines: number; first: Date; last: Date }>`
    select type, count(*)::int as lines, min(recorded_at) as first, max(recorded_at) as last from journal where actor_id = ${personId} group by type order by count(*) desc, type`)
  const instant = (of: 'first' | 'last', pick: (...all: number[]) => number) => (found.length > 0 ? new Date(pick(...found.map((row) => row[of].getTime()))).toISOString() : null)
  return { lines: found.reduce((sum, row) => sum + row.lines, 0), firstAt: instant('first', Math.min), lastAt: instant('last', Math.max), types: found.map(({ type, lines }) => ({ type, lines })) }
}
