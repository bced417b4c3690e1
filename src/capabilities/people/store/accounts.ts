// Names, contacts, passwords, second factors: erasable, each with purpose, retention and end.
import { sql } from 'kysely'
import { granted } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import { fold } from '../../../pure/text.ts'
import type { Details } from '../decide/accounts.ts'
import { ACCOUNT_MS, AFTER_LEAVING_MS } from '../decide/sessions.ts'
import type { Second } from './second-factors.ts'
import { SIDE } from './signins.ts'

type Side = Pick<SideWriter, 'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom'>
const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms)

/** What signing in needs to know of an account; undefined where there is none. */
export type Secrets = { personId: string; account: string | null; name: string | null; title: string | null; unit: string | null; hash: string | null; alone: boolean; slipHash: Buffer | null; /** Null: off. */ second: Second | null }
type SecretsRow = { id: string; account: string | null; name: string | null; title: string | null; unit: string | null; hash: string | null; alone: boolean | null; slip_hash: Buffer | null; secret: Buffer | null; key_id: string | null; recovery_with: string | null }
const SECRETS = (at: Date) => sql`p.id, c.account, c.name, c.title, u.name as unit, w.hash, w.alone, case when w.slip_until > ${at} then w.slip_hash end as slip_hash, case when f.confirmed_at is not null then f.secret end as secret, f.key_id, f.recovery_with
  from people p left join contacts c on c.person_id = p.id left join passwords w on w.person_id = p.id left join second_factors f on f.person_id = p.id
    left join public_units_tree u on u.unit_id = p.unit_id`
const secrets = (row: SecretsRow | undefined): Secrets | undefined =>
  row && {
    personId: row.id, account: row.account, name: row.name, title: row.title, unit: row.unit, hash: row.hash, alone: row.alone ?? false, slipHash: row.slip_hash,
    second: row.secret && { sealed: { keyId: row.key_id, bytes: row.secret }, recoveryWith: row.recovery_with },
  }

export const secretsOfAccount = async (read: Reader, account: string, at: Date): Promise<Secrets | undefined> =>
  secrets((await rows(read, sql<SecretsRow>`select ${SECRETS(at)} where c.account = ${account} and p.left_at is null and p.erased_at is null`))[0])
export const secretsOfPerson = async (read: Reader, personId: string, at: Date): Promise<Secrets | undefined> =>
  secrets((await rows(read, sql<SecretsRow>`select ${SECRETS(at)} where p.id = ${personId} and p.left_at is null and p.erased_at is null`))[0])

export const personOfAccount = async (read: Reader, account: string): Promise<string | undefined> =>
  (await rows(read, sql<{ id: string }>`select person_id as id from contacts where account = ${account}`))[0]?.id
export const accountsTaken = async (read: Reader, accounts: string[]): Promise<Set<string>> =>
  new Set((await rows(read, sql<{ account: string }>`select account from contacts where account = any(${accounts})`)).map((row) => row.account))

export const detailsOf = async (read: Reader, personId: string): Promise<Details & { until: Date | null; purpose: string | null; retention: string | null }> =>
  (await rows(read, sql<Details & { until: Date | null; purpose: string | null; retention: string | null }>`
    select c.account, c.name, c.title, c.phone, c.email, c.until, c.purpose, c.retention from people p left join contacts c on c.person_id = p.id where p.id = ${personId}`))[0]!

export type NewContact = { personId: string } & Details
export async function addContacts(side: Side, contacts: NewContact[], at: Date): Promise<void> {
  if (contacts.length === 0) return
  const column = (key: keyof NewContact) => sql`${contacts.map((c) => c[key])}::text[]`
  await side.insertInto('contacts').columns(['person_id', 'account', 'name', 'fold', 'title', 'phone', 'email', 'purpose', 'retention', 'until'])
    .expression(sql`select *, ${SIDE.contact.purpose}, ${SIDE.contact.retention}, ${later(at, ACCOUNT_MS)}::timestamptz from unnest(${contacts.map((c) => c.personId)}::uuid[], ${column('account')},
      ${column('name')}, ${contacts.map((c) => c.name && fold(c.name))}::text[], ${column('title')}, ${column('phone')}, ${column('email')})`).execute()
}
export async function changeContact(side: Side, personId: string, changed: { [K in keyof Details]?: Details[K] | undefined }): Promise<void> {
  const set = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined))
  if ('name' in set) set['fold'] = changed.name ? fold(changed.name) : null
  if (Object.keys(set).length > 0) await side.updateTable('contacts').set(set).where('person_id', '=', personId).execute()
}

export type Wishes = { lang: 'vi' | 'en' | null; mails: 'all' | 'daily' | 'off'; address: boolean }
export const wishesOf = async (read: Reader, personId: string): Promise<Wishes> =>
  (await rows(read, sql<Wishes>`select lang, mails, coalesce(email, '') <> '' as address from contacts where person_id = ${personId}`))[0] ?? { lang: null, mails: 'all', address: false }
export const changeWishes = async (side: Side, personId: string, wishes: { lang?: 'vi' | 'en' | undefined; mails?: 'all' | 'daily' | 'off' | undefined }): Promise<void> => {
  const set = Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined))
  if (Object.keys(set).length > 0) await side.updateTable('contacts').set(set).where('person_id', '=', personId).execute()
}
export type Mailbox = { personId: string; name: string; address: string }
/** For the system's own mail, as it leaves. No person reads these, so no reading is logged. */
export const mailboxesOf = (read: Reader, personIds: string[]): Promise<Mailbox[]> =>
  rows(read, sql<Mailbox>`select c.person_id as "personId", coalesce(c.name, '') as name, c.email as address from public_people_reachable r join contacts c using (person_id) where r.person_id = any(${personIds}::uuid[])`)

/** A slip opens the account until `until` or until a password is set; the password of before opens it no more. */
export async function putSlips(side: Side, slips: { personId: string; slipHash: Buffer }[], until: Date, at: Date): Promise<void> {
  await side.insertInto('passwords').columns(['person_id', 'slip_hash', 'slip_until', 'purpose', 'retention', 'until'])
    .expression(sql`select *, ${until}::timestamptz, ${SIDE.secret.purpose}, ${SIDE.secret.retention}, ${later(at, ACCOUNT_MS)}::timestamptz
      from unnest(${slips.map((s) => s.personId)}::uuid[], ${slips.map((s) => s.slipHash)}::bytea[])`)
    .onConflict((on) => on.column('person_id').doUpdateSet((row) => ({ hash: null, alone: false, set_at: null, slip_hash: row.ref('excluded.slip_hash'), slip_until: row.ref('excluded.slip_until') }))).execute()
}
/** A lost password is dropped when a one-time link is issued for it. */
export const dropPassword = (side: Side, personId: string) => side.deleteFrom('passwords').where('person_id', '=', personId).execute()

export async function putPassword(side: Side, personId: string, hash: string, alone: boolean, at: Date): Promise<void> {
  const set = { hash, alone, set_at: at, slip_hash: null, slip_until: null }
  await side.insertInto('passwords').values({ person_id: personId, ...set, ...SIDE.secret, until: later(at, ACCOUNT_MS) }).onConflict((on) => on.column('person_id').doUpdateSet(set)).execute()
}
/** The same password under today's parameters; not if it changed meanwhile. */
export const rehash = (side: Side, personId: string, before: string, hash: string) =>
  side.updateTable('passwords').set({ hash }).where('person_id', '=', personId).where('hash', '=', before).execute()

/** Contacts of one who left go at the end of the time, or sooner. */
export const keepAfterLeaving = (side: Side, personId: string, at: Date) =>
  side.updateTable('contacts').set({ until: later(at, AFTER_LEAVING_MS) }).where('person_id', '=', personId).where('until', '>', later(at, AFTER_LEAVING_MS)).execute()

/** All that names a person or lets them in. What others wrote about them as private texts goes by the subject. */
export async function wipe(side: Side, personIds: string[], at: Date): Promise<void> {
  if (personIds.length === 0) return
  await side.updateTable('contacts').set({ account: null, name: null, fold: null, title: null, phone: null, email: null, lang: null }).where('person_id', 'in', personIds).execute()
  for (const table of ['passwords', 'second_factors', 'passkeys', 'provider_links', 'sign_in_challenges', 'sessions', 'tokens', 'sign_in_links'] as const) await side.deleteFrom(table).where('person_id', 'in', personIds).execute()
  await side.updateTable('private_texts').set({ text: null, erased_at: at }).where('subject', 'in', personIds.map((id) => `person:${id}`)).where('text', 'is not', null).execute()
}

/** The heads of these units in force, with their telephone where the actor may see contacts there. */
export const headsWithPhones = (read: Reader, actor: Actor, unitIds: string[], at: Date): Promise<{ unit: { id: string; name: string }; personId: string | null; name: string | null; title: string | null; phone: string | null }[]> => rows(read, sql`
  select json_build_object('id', u.unit_id, 'name', u.name) as unit, c.person_id as "personId", c.name, c.title, c.phone
  from public_units_tree u left join lateral (select c.person_id, c.name, c.title, c.phone from grants g join contacts c on c.person_id = g.person_id
    where g.unit_id = u.unit_id and g.role = 'head' and g.starts_at <= ${at} and (g.ends_at is null or g.ends_at > ${at}) and ${granted(actor, 'person.contact', 'u.unit_id')} order by g.starts_at limit 2) c on true
  where u.unit_id = any(${unitIds}::uuid[]) order by u.path`)
