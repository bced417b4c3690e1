// Facts into tables. Every projector is one statement for the whole batch.
import { sql } from 'kysely'
import type { Projectors, Recorded } from '../../../kernel/commit.ts'
import type { Writer } from '../../../kernel/db.ts'
import type { GrantDelegated, GrantEnded, GrantGiven, PersonAdded, PersonChanged, PersonErased, PersonLeft } from '../contract.ts'

/** What `rebuild --check` compares. The rest is not the journal's. */
export const tables = ['people', 'grants']

type NewGrant = { id: string; personId: string; role: string; unitId: string | null; startsAt: string; endsAt: string | null; from?: { grantId: string; personId: string }; at: Date; by: string; importId?: string | undefined }

async function insertGrants(write: Writer, grants: NewGrant[]): Promise<void> {
  if (grants.length === 0) return
  await sql`insert into grants (id, person_id, role, unit_id, starts_at, ends_at, from_grant_id, from_person_id, given_at, given_by, import_id)
    select * from unnest(${grants.map((g) => g.id)}::uuid[], ${grants.map((g) => g.personId)}::uuid[], ${grants.map((g) => g.role)}::text[], ${grants.map((g) => g.unitId)}::uuid[],
      ${grants.map((g) => g.startsAt)}::timestamptz[], ${grants.map((g) => g.endsAt)}::timestamptz[], ${grants.map((g) => g.from?.grantId ?? null)}::uuid[],
      ${grants.map((g) => g.from?.personId ?? null)}::uuid[], ${grants.map((g) => g.at)}::timestamptz[], ${grants.map((g) => g.by)}::uuid[], ${grants.map((g) => g.importId ?? null)}::uuid[])`.execute(write)
}

export const project = {
  'person.added.v1': [async (write: Writer, facts: Recorded<PersonAdded>[]) => {
    await sql`insert into people (id, unit_id, added_at, import_id, version)
      select *, 1 from unnest(${facts.map(({ fact }) => fact.personId)}::uuid[], ${facts.map(({ fact }) => fact.unitId)}::uuid[], ${facts.map(({ at }) => at)}::timestamptz[], ${facts.map(({ fact }) => fact.importId ?? null)}::uuid[])`.execute(write)
    await insertGrants(write, facts.flatMap(({ fact, at, actorId }) => fact.grants.map((g) => ({ ...g, id: g.grantId, personId: fact.personId, at, by: actorId, importId: fact.importId }))))
  }],
  'person.changed.v1': [async (write: Writer, facts: Recorded<PersonChanged>[]) => {
    await sql`update people p set unit_id = f.unit_id, version = p.version + 1
      from unnest(${facts.map(({ fact }) => fact.personId)}::uuid[], ${facts.map(({ fact }) => fact.unitId)}::uuid[]) f(id, unit_id) where p.id = f.id`.execute(write)
  }],
  // That it happened is the record; what opens the account stands beside the journal.
  'person.factor_changed.v1': [async () => {}],
  'person.access_issued.v1': [async () => {}],
  'person.left.v1': [async (write: Writer, facts: Recorded<PersonLeft>[]) => {
    const [ids, ats] = [facts.map(({ fact }) => fact.personId), facts.map(({ at }) => at)]
    await sql`with f as (select * from unnest(${ids}::uuid[], ${ats}::timestamptz[]) f(id, at)),
      ended as (update grants g set ends_at = least(g.ends_at, f.at) from f where g.person_id = f.id)
      update people p set left_at = f.at, version = p.version + 1 from f where p.id = f.id`.execute(write)
  }],
  'person.erased.v1': [async (write: Writer, facts: Recorded<PersonErased>[]) => {
    await sql`update people p set erased_at = f.at, version = p.version + 1
      from unnest(${facts.map(({ fact }) => fact.personId)}::uuid[], ${facts.map(({ at }) => at)}::timestamptz[]) f(id, at) where p.id = f.id`.execute(write)
  }],
  'grant.given.v1': [async (write: Writer, facts: Recorded<GrantGiven>[]) =>
    insertGrants(write, facts.map(({ fact, at, actorId }) => ({ ...fact, id: fact.grantId, at, by: actorId })))],
  'grant.delegated.v1': [async (write: Writer, facts: Recorded<GrantDelegated>[]) =>
    insertGrants(write, facts.map(({ fact, at, actorId }) => ({ ...fact, id: fact.grantId, from: { grantId: fact.fromGrantId, personId: fact.fromPersonId }, at, by: actorId })))],
  'grant.ended.v1': [async (write: Writer, facts: Recorded<GrantEnded>[]) => {
    await sql`update grants g set ends_at = f.ends_at
      from unnest(${facts.map(({ fact }) => fact.grantId)}::uuid[], ${facts.map(({ fact }) => fact.endsAt)}::timestamptz[]) f(id, ends_at) where g.id = f.id`.execute(write)
  }],
} satisfies Projectors
