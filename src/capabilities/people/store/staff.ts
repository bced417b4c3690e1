// What a staff list is held against: units by code and accounts by name, each with where the asker stands.
import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Role } from '../contract.ts'
import { keeps } from '../decide/grants.ts'
import { bare } from '../decide/staff.ts'
import { SESSION_ROW_MS } from '../decide/sessions.ts'
import type { AccountKnown, Brought, Known, UnitKnown } from '../decide/staff.ts'
import { grantsGivenBy, grantsOf, otherAdministrators, reaches, standings, standingOver } from './access.ts'
import { dayHere } from '../../../kernel/zone.ts'

type Row = { id: string; account: string; name: string | null; title: string | null; phone: string | null; email: string | null; unit_id: string | null; left: boolean; may: boolean; roles: { role: Role; unitId: string | null }[] }

export async function staffKnown(read: Reader, actor: Actor, scheme: string, codes: string[], accounts: string[], at: Date): Promise<Known> {
  const units = await rows(read, sql<{ id: string; code: string; name: string; may: boolean }>`select u.unit_id as id, u.code, u.name, ${reaches(actor, 'person.edit', 'u.unit_id')} as may
    from public_units_tree u where u.scheme = ${scheme} and (u.code = any(${codes}) or (u.code ~ '^[0-9]+$' and ltrim(u.code, '0') = any(${codes.map(bare).filter(Boolean)}))) and (u.valid_until is null or u.valid_until > ${dayHere(at)}::date)`)
  const found = await rows(read, sql<Row>`select p.id, c.account, c.name, c.title, c.phone, c.email, p.unit_id, p.left_at is not null as left, ${reaches(actor, 'person.edit', 'p.unit_id')} as may,
      coalesce((select json_agg(json_build_object('role', g.role, 'unitId', g.unit_id)) from grants g where g.person_id = p.id and g.from_grant_id is null and (g.ends_at is null or g.ends_at > ${at})), '[]') as roles
    from contacts c join people p on p.id = c.person_id where c.account = any(${accounts})`)
  const [stand, over] = [await standings(read, actor, units.map((u) => u.id), at), await standingOver(read, actor, found.map((p) => p.id), at)]
  return {
    units: new Map(units.map((u): [string, UnitKnown] => [u.code, { id: u.id, name: u.name, may: u.may, standing: stand.get(u.id)! }])),
    accounts: new Map(found.map((p): [string, AccountKnown] => [p.account, {
      id: p.id, may: p.may, left: p.left, unitId: p.unit_id, details: { account: p.account, name: p.name, title: p.title, phone: p.phone, email: p.email }, over: over.get(p.id)!, roles: p.roles,
    }])),
  }
}

/** The unit that stands under this code today; in any scheme where none is said. */
export const unitByCode = async (read: Reader, code: string, scheme: string | undefined, at: Date): Promise<string | undefined> =>
  (await rows(read, sql<{ id: string }>`select unit_id as id from public_units_tree where code = ${code} and ${scheme ? sql`scheme = ${scheme}` : sql`true`}
    and (valid_until is null or valid_until > ${dayHere(at)}::date) order by scheme limit 1`))[0]?.id

/** What a list brought that is still there, where the actor may take it back. A new slip wipes what shows that somebody signed in, but for their sessions; those are kept so long, and what is older counts as used. */
export async function broughtBy(read: Reader, actor: Actor, importId: string, at: Date): Promise<Brought> {
  const people = await rows(read, sql<{ id: string; used: boolean }>`select p.id, p.version > 1 or p.left_at is not null or p.added_at <= ${new Date(at.getTime() - SESSION_ROW_MS)}
      or exists (select 1 from passwords w where w.person_id = p.id and w.hash is not null) or exists (select 1 from sessions s where s.person_id = p.id) or exists (select 1 from passkeys k where k.person_id = p.id) or exists (select 1 from provider_links l where l.person_id = p.id)
      or exists (select 1 from grants g where g.person_id = p.id and g.import_id is distinct from ${importId}) as used
    from people p where p.import_id = ${importId} and p.erased_at is null and ${reaches(actor, 'person.edit', 'p.unit_id')}`)
  const ids = people.map((one) => one.id)
  const [over, theirs, given] = [await standingOver(read, actor, ids, at), Map.groupBy(await grantsOf(read, ids, at), (one) => one.personId), await grantsGivenBy(read, actor, 'person.edit', importId, at)]
  const stand = await standings(read, actor, given.flatMap((one) => one.unitId ?? []), at)
  return {
    people: people.map((one) => ({ ...one, over: over.get(one.id)!, grants: theirs.get(one.id) ?? [] })),
    grants: given.flatMap((one) => { const standing = stand.get(one.unitId ?? ''); return standing ? [{ ...one, standing }] : [] }),
    others: await otherAdministrators(read, [...[...theirs.values()].flat(), ...given].filter(keeps)),
  }
}
