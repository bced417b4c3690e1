// Whom mail reaches, up to where each was told, and what is new since. Addresses are looked up by people, when a mail leaves.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { Lang } from '../../../kernel/contract.ts'
import type { MailedKind } from '../decide/mail.ts'

/** `from`: up to here the person was told; `upto`: the newest item that this mail will tell. */
export type ToTell = { personId: string; lang: Lang; from: number; upto: number }
export type TellItem = { personId: string; kind: MailedKind; count: number; code: string; params: Record<string, unknown>; about_kind: string; about_id: string; due_at: Date | null; n: number }

/** Items to a unit go to whoever holds a role at that very unit now, as in the inbox. Nobody is told of what they did, nor of what they have read. */
const waiting = (since: Date, kinds: readonly string[]) => sql`fresh as materialized (select * from inbox_items where kind in ('reminder', 'returned', 'answer', 'mention', 'alert') and kind = any(${kinds}::text[]) and at > ${since}),
  whom as (select f.id, ag.person_id from fresh f join access_grants ag on ag.unit_id = f.unit_id and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now())
    union select id, person_id from fresh where person_id is not null),
  told as (select w.person_id, r.lang, coalesce(m.turn, 0) as "from", i.turn, i.kind, i.code, i.params, i.count, i.about_kind, i.about_id, i.due_at from whom w join fresh i using (id) join public_people_reachable r on r.person_id = w.person_id and r.mails = 'all'
      left join mail_marks m on m.person_id = w.person_id left join inbox_marks k on k.person_id = w.person_id and k.item_id = w.id
    where i.turn > coalesce(m.turn, 0) and i.by_id <> w.person_id and (k.item_id is null or k.marked_at < i.at))`

export const personsToTell = (read: Reader, since: Date, kinds: readonly string[], after: string, limit: number): Promise<ToTell[]> =>
  rows(read, sql<ToTell>`with ${waiting(since, kinds)} select x.person_id as "personId", coalesce(min(x.lang), 'vi') as lang, min(x."from") as "from", max(x.turn) as upto
    from told x where x.person_id > ${after}::uuid group by x.person_id order by x.person_id limit ${limit}`)

/** The newest few of each kind, with how many there are. */
export const itemsToTell = (read: Reader, since: Date, kinds: readonly string[], persons: ToTell[], most: number): Promise<TellItem[]> =>
  rows(read, sql<TellItem>`with ${waiting(since, kinds)}, ranked as (
      select t.person_id as "personId", t.kind, t.code, t.params, t.count as n, t.about_kind, t.about_id, t.due_at, t.turn,
        (sum(t.count) over (partition by t.person_id, t.kind))::int as count, row_number() over (partition by t.person_id, t.kind order by t.turn desc) as place
      from told t join unnest(${persons.map((p) => p.personId)}::uuid[], ${persons.map((p) => p.upto)}::bigint[]) p(person_id, upto) on p.person_id = t.person_id and t.turn <= p.upto)
    select "personId", kind, count, code, params, about_kind, about_id, due_at, n from ranked where place <= ${most} order by "personId", kind, turn desc`)

const NEVER = '0001-01-01'
/** Before the mail leaves. False: another did it meanwhile. */
export async function claimNews(side: SideWriter, { personId, from, upto }: ToTell): Promise<boolean> {
  return Boolean(await side.insertInto('mail_marks').values({ person_id: personId, turn: upto, digest_on: NEVER })
    .onConflict((on) => on.column('person_id').doUpdateSet({ turn: upto }).where('mail_marks.turn', '=', from)).returning('person_id').executeTakeFirst())
}
/** The mail server did not take it. */
export const giveBackNews = (side: SideWriter, { personId, from, upto }: ToTell) =>
  side.updateTable('mail_marks').set({ turn: from }).where('person_id', '=', personId).where('turn', '=', upto).execute()

export type Morning = { personId: string; lang: Lang; held: { unit: string; role: string }[] }
/** Who has not had this morning's mail, with the units at which they hold a role. */
export const personsOfMorning = (read: Reader, today: string, after: string, limit: number): Promise<Morning[]> =>
  rows(read, sql<Morning>`select r.person_id as "personId", coalesce(r.lang, 'vi') as lang, json_agg(distinct jsonb_build_object('unit', ag.unit_id, 'role', ag.role)) as held
    from public_people_reachable r join access_grants ag on ag.person_id = r.person_id and ag.unit_id is not null and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now())
      left join mail_marks m on m.person_id = r.person_id
    where r.person_id > ${after}::uuid and coalesce(m.digest_on, ${NEVER}::date) < ${today}::date group by r.person_id, r.lang order by r.person_id limit ${limit}`)

/** Who has nothing to do is not looked at again today. */
export const passMorning = (side: SideWriter, personIds: string[], today: string) =>
  side.insertInto('mail_marks').values(personIds.map((person_id) => ({ person_id, turn: 0, digest_on: today }))).onConflict((on) => on.column('person_id').doUpdateSet({ digest_on: today })).execute()
export async function claimMorning(side: SideWriter, personId: string, today: string): Promise<boolean> {
  return Boolean(await side.insertInto('mail_marks').values({ person_id: personId, turn: 0, digest_on: today })
    .onConflict((on) => on.column('person_id').doUpdateSet({ digest_on: today }).where('mail_marks.digest_on', '<', today)).returning('person_id').executeTakeFirst())
}
export const giveBackMorning = (side: SideWriter, personId: string, today: string) =>
  side.updateTable('mail_marks').set({ digest_on: NEVER }).where('person_id', '=', personId).where('digest_on', '=', today).execute()
