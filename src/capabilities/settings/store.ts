// Settings, copies and verifications from the journal; secrets beside it.
import { sql } from 'kysely'
import { granted, grantedWhole } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import type { Projectors, Recorded } from '../../kernel/commit.ts'
import { rows } from '../../kernel/db.ts'
import type { Reader, SideWriter, Writer } from '../../kernel/db.ts'
import type { Sealed } from '../../kernel/keys.ts'
import { GRADES } from '../../pure/grades.ts'
import type { Grade } from '../../pure/grades.ts'
import type { Backup, BackupDeleted, BackupMade, CeilingSet, DaysChanged, JournalVerified, LanguageChosen, MailConnected, ProviderConnected, RetentionChanged } from './contract.ts'

export const tables = ['settings', 'calendar_days', 'retention_periods', 'backups', 'verifications']

/** Facts of one kind in a batch: the last one counts, each counts as a version. */
const put = (write: Writer, count: number, columns: string[], values: unknown[]) => sql`
  insert into settings (${sql.join([...columns, 'version'].map((name) => sql.ref(name)))}) values (${sql.join([...values, count])})
  on conflict (one) do update set ${sql.join(columns.map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`))}, version = settings.version + ${count}`.execute(write)
const PROVIDER = ['issuer', 'client_id', 'scopes', 'match', 'claim', 'provider_name']

const MAIL = ['mail_host', 'mail_port', 'mail_tls', 'mail_user', 'mail_name', 'mail_address']

export const project = {
  'language.chosen.v1': [async (write: Writer, facts: Recorded<LanguageChosen>[]) => { await put(write, facts.length, ['lang'], [facts.at(-1)!.fact.lang]) }],
  'ceiling.set.v1': [async (write: Writer, facts: Recorded<CeilingSet>[]) => { await put(write, facts.length, ['ceiling'], [facts.at(-1)!.fact.ceiling]) }],
  'provider.connected.v1': [async (write: Writer, facts: Recorded<ProviderConnected>[]) => {
    const { issuer, clientId, scopes, match, claim, name } = facts.at(-1)!.fact
    await put(write, facts.length, PROVIDER, [issuer, clientId, scopes, match, claim, name])
  }],
  'provider.disconnected.v1': [async (write: Writer, facts: Recorded[]) => { await put(write, facts.length, PROVIDER, PROVIDER.map(() => null)) }],
  'mail.connected.v1': [async (write: Writer, facts: Recorded<MailConnected>[]) => {
    const { host, port, tls, user, fromName, fromAddress } = facts.at(-1)!.fact
    await put(write, facts.length, MAIL, [host, port, tls, user, fromName, fromAddress])
  }],
  'mail.disconnected.v1': [async (write: Writer, facts: Recorded[]) => { await put(write, facts.length, MAIL, MAIL.map(() => null)) }],
  'backup.made.v1': [async (write: Writer, facts: Recorded<BackupMade>[]) => {
    await sql`insert into backups (id, name, bytes, files, lines, sha256, made_by, made_at) select * from unnest(${facts.map((f) => f.fact.backupId)}::uuid[], ${facts.map((f) => f.fact.name)}::text[], ${facts.map((f) => f.fact.bytes)}::bigint[],
      ${facts.map((f) => f.fact.files)}::int[], ${facts.map((f) => f.fact.lines)}::bigint[], ${facts.map((f) => f.fact.sha256)}::text[], ${facts.map((f) => f.actorId)}::uuid[], ${facts.map((f) => f.at)}::timestamptz[])`.execute(write)
  }],
  'days.changed.v1': [async (write: Writer, facts: Recorded<DaysChanged>[]) => {
    for (const { fact, actorId, at } of facts) await sql`insert into calendar_days (country, version, days, changed_by, changed_at) values (${fact.country}, ${fact.version}, ${JSON.stringify(fact.days)}::jsonb, ${actorId}, ${at})`.execute(write)
  }],
  'retention.changed.v1': [async (write: Writer, facts: Recorded<RetentionChanged>[]) => {
    await sql`insert into settings (version) values (${facts.length}) on conflict (one) do update set version = settings.version + ${facts.length}`.execute(write)
    for (const { fact, actorId, at } of facts) await sql`insert into retention_periods (class, years, changed_by, changed_at) values (${fact.class}, ${fact.years}, ${actorId}, ${at})
      on conflict (class) do update set years = excluded.years, changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(write)
  }],
  'backup.deleted.v1': [async (write: Writer, facts: Recorded<BackupDeleted>[]) => {
    await sql`update backups b set deleted_at = f.at from unnest(${facts.map((f) => f.fact.backupId)}::uuid[], ${facts.map((f) => f.at)}::timestamptz[]) f(id, at) where b.id = f.id`.execute(write)
  }],
  'journal.verified.v1': [async (write: Writer, facts: Recorded<JournalVerified>[]) => {
    await sql`insert into verifications (position, lines, streams, broken, first, made_by, made_at) select * from unnest(${facts.map((f) => f.position)}::bigint[], ${facts.map((f) => f.fact.lines)}::bigint[], ${facts.map((f) => f.fact.streams)}::int[],
      ${facts.map((f) => f.fact.broken)}::int[], ${facts.map((f) => f.fact.first)}::text[], ${facts.map((f) => f.actorId)}::uuid[], ${facts.map((f) => f.at)}::timestamptz[])`.execute(write)
  }],
} satisfies Projectors

/** On every root of the tree, or the whole forest. */
export async function mayManage(read: Reader, actor: Actor): Promise<boolean> {
  const [all] = await rows(read, sql<{ may: boolean | null }>`
    select coalesce(bool_and(${granted(actor, 'installation.manage', 'u.unit_id')}), ${grantedWhole(actor, 'installation.manage')}) as may from public_units_tree u where u.parent_id is null and u.valid_until is null`)
  return all?.may === true
}

export type Row = { lang: 'vi' | 'en'; ceiling: Grade; issuer: string | null; clientId: string | null; scopes: string | null; match: 'email' | 'account' | null; claim: string | null; name: string | null; version: number
  mail: { host: string; port: number; tls: 'implicit' | 'starttls' | 'none'; user: string; fromName: string; fromAddress: string } | null }
const NONE: Row = { lang: 'vi', ceiling: 'none', issuer: null, clientId: null, scopes: null, match: null, claim: null, name: null, version: 0, mail: null }
export const settingsNow = async (read: Reader): Promise<Row> =>
  (await rows(read, sql<Row>`select lang, ceiling, issuer, client_id as "clientId", scopes, match, claim, provider_name as name, version,
    case when mail_host is not null then json_build_object('host', mail_host, 'port', mail_port, 'tls', mail_tls, 'user', mail_user, 'fromName', mail_name, 'fromAddress', mail_address) end as mail from settings`))[0] ?? NONE

/** Records whose content lies here with a higher grade. */
export const gradedAbove = async (read: Reader, ceiling: Grade): Promise<number> => (await rows(read, sql<{ n: number }>`select count(*)::int as n from access_graded where grade = any(${GRADES.slice(GRADES.indexOf(ceiling) + 1)}::text[])`))[0]!.n

export const periodsNow = async (read: Reader): Promise<Map<string, number>> => new Map((await rows(read, sql<{ class: string; years: number }>`select class, years from retention_periods`)).map((row) => [row.class, row.years]))
/** Words of a class that are still there; `over`: those whose own day is not after it. */
export const countTexts = async (read: Reader, retention: string, over: Date | null): Promise<number> =>
  (await rows(read, sql<{ n: number }>`select count(*)::int as n from private_texts where retention = ${retention} and text is not null and ${over ? sql`until <= ${over}` : sql`true`}`))[0]!.n
export async function eraseTexts(side: SideWriter, of: { only: string[] } | { not: string[] }, over: Date, at: Date): Promise<number> {
  const query = side.updateTable('private_texts').set({ text: null, erased_at: at }).where('text', 'is not', null).where('until', '<=', over)
  return Number((await ('only' in of ? query.where('retention', 'in', of.only) : query.where('retention', 'not in', of.not)).executeTakeFirst()).numUpdatedRows)
}

/** None were added: version 0. */
export const daysNow = async (read: Reader, country: string): Promise<{ version: number; days: DaysChanged['days'] }> =>
  (await rows(read, sql<{ version: number; days: DaysChanged['days'] }>`select version, days from calendar_days where country = ${country} order by version desc limit 1`))[0] ?? { version: 0, days: [] }

/** `about` must be what it was kept for. */
export const sealedSecret = async (read: Reader, name: string, about: string): Promise<(Sealed & { keyId: string }) | undefined> =>
  (await rows(read, sql<Sealed & { keyId: string }>`select key_id as "keyId", bytes from sealed_secrets where name = ${name} and about = ${about}`))[0]
export const keepSecret = (side: Pick<SideWriter, 'insertInto'>, name: string, about: string, { keyId, bytes }: { keyId: string; bytes: Buffer }) =>
  side.insertInto('sealed_secrets').values({ name, about, key_id: keyId, bytes }).onConflict((on) => on.column('name').doUpdateSet({ about, key_id: keyId, bytes })).execute()
/** Under today's key; not if it changed meanwhile. */
export const resealSecret = (side: Pick<SideWriter, 'updateTable'>, name: string, before: Buffer, { keyId, bytes }: { keyId: string; bytes: Buffer }) =>
  side.updateTable('sealed_secrets').set({ key_id: keyId, bytes }).where('name', '=', name).where('bytes', '=', before).execute()
export const dropSecret = (side: Pick<SideWriter, 'deleteFrom'>, name: string) => side.deleteFrom('sealed_secrets').where('name', '=', name).execute()
export const keysOfSecrets = async (read: Reader): Promise<string[]> => (await rows(read, sql<{ id: string }>`select distinct key_id as id from sealed_secrets order by 1`)).map((row) => row.id)

type BackupRow = { id: string; name: string; bytes: number; files: number; lines: number; sha256: string; made_by: string; who: string | null; made_at: Date }
const backup = (row: BackupRow): Omit<Backup, 'there'> => ({ id: row.id, name: row.name, at: row.made_at.toISOString(), by: { id: row.made_by, name: row.who }, bytes: row.bytes, files: row.files, lines: row.lines, sha256: row.sha256 })
const BACKUP = sql`select b.id, b.name, b.bytes, b.files, b.lines, b.sha256, b.made_by, p.name as who, b.made_at from backups b left join public_people_names p on p.person_id = b.made_by`
export const listBackups = async (read: Reader, before: { at: string; id: string } | undefined, limit: number): Promise<Omit<Backup, 'there'>[]> =>
  (await rows(read, sql<BackupRow>`${BACKUP} where b.deleted_at is null and ${before ? sql`(b.made_at, b.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql`true`} order by b.made_at desc, b.id desc limit ${limit}`)).map(backup)
export const backupOf = async (read: Reader, id: string): Promise<Omit<Backup, 'there'> | undefined> => (await rows(read, sql<BackupRow>`${BACKUP} where b.id = ${id} and b.deleted_at is null`)).map(backup)[0]

export type LastVerified = { at: Date; byId: string; byName: string | null; lines: number; streams: number; broken: number; first: string | null }
export const lastVerified = async (read: Reader): Promise<LastVerified | undefined> => (await rows(read, sql<LastVerified>`
  select v.made_at as at, v.made_by as "byId", p.name as "byName", v.lines, v.streams, v.broken, v.first from verifications v left join public_people_names p on p.person_id = v.made_by order by v.position desc limit 1`))[0]

/** Whether a job of this name that began with this process is still under way. */
export const isRunning = async (read: Reader, name: string, since: Date): Promise<boolean> =>
  (await rows(read, sql`select 1 from job_progress where name = ${name} and state in ('waiting', 'running') and created_at >= ${since} limit 1`)).length > 0

export type Facts = { version: string; bytes: number; lines: number; lastAt: Date | null; anchor: { day: string; streams: number; hash: string } | null; blobs: number; blobBytes: number }
/** All but the files' sum costs the same on any size; that is one pass over the register of attachments. */
export const databaseFacts = async (read: Reader): Promise<Facts> => (await rows(read, sql<Facts>`
  select current_setting('server_version') as version, pg_database_size(current_database()) as bytes, coalesce((select max(position) from journal), 0) as lines, (select recorded_at from journal order by position desc limit 1) as "lastAt",
    (select json_build_object('day', day_on, 'streams', streams, 'hash', encode(hash, 'hex')) from journal_anchors order by day_on desc limit 1) as anchor,
    (select count(*)::int from file_blobs where sha256 is not null) as blobs, (select coalesce(sum(size), 0)::bigint from file_blobs where sha256 is not null) as "blobBytes"`))[0]!
export const followersBehind = (read: Reader): Promise<{ name: string; behind: number }[]> => rows(read, sql<{ name: string; behind: number }>`
  select c.name, (select count(*)::int from (select 1 from journal j where (j.xid, j.position) > (c.xid, c.position) limit 10001) later) as behind from follower_cursors c order by c.name`)
