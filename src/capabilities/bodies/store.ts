// Bodies in the database. Their standing office changes them; they are read there and at every unit that has a seat.
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import { granted } from '../../kernel/access.ts'
import type { Actor, Right } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import type { Reader, SideWriter, Writer } from '../../kernel/db.ts'
import type { Recorded } from '../../kernel/journal.ts'
import type { After } from '../../kernel/paging.ts'
import { fold, wordsOf } from '../../pure/text.ts'
import type { Carried } from '../units/contract.ts'
import type { Body, BodyChanged, BodyEnded, BodyFields, BodyFormed, BodyHandedOver, MemberInput, TextRef } from './contract.ts'
import type { BodyRow, Known } from './decide.ts'

export const tables = ['bodies']

async function put(write: Writer, facts: Recorded<BodyFormed | BodyChanged>[]): Promise<void> {
  for (const { fact: f } of facts) {
    await sql`insert into bodies (id, unit_id, parent_id, kind, name, fold, legal_basis, mandate, from_on, until_on, members, standing_items, version)
      values (${f.bodyId}, ${f.unitId}, ${f.parentId}, ${f.kind}, ${f.name}, ${fold(f.name)}, ${f.legalBasis}, ${f.mandate}, ${f.from}, ${f.until}, ${JSON.stringify(f.members)}, ${JSON.stringify(f.standingItems ?? [])}, 1)
      on conflict (id) do update set parent_id = excluded.parent_id, kind = excluded.kind, name = excluded.name, fold = excluded.fold, legal_basis = excluded.legal_basis, mandate = excluded.mandate,
        from_on = excluded.from_on, until_on = excluded.until_on, members = excluded.members, standing_items = excluded.standing_items, version = bodies.version + 1`.execute(write)
  }
}
export const project = {
  'body.formed.v1': [put], 'body.changed.v1': [put],
  'body.handed_over.v1': [async (write: Writer, facts: Recorded<BodyHandedOver>[]) => {
    // Where both stood in the body, one seat stays: the chair's before another.
    for (const { fact: f } of facts) await sql`update bodies b set version = b.version + 1, unit_id = case when b.unit_id = ${f.fromUnitId}::uuid then ${f.toUnitId}::uuid else b.unit_id end,
      members = coalesce((select jsonb_agg(x.m order by x.n) from (select distinct on (y.m ->> 'unitId', y.m ->> 'personId', y.m -> 'seat' ->> 'id') y.m, y.n
        from (select case when v.value ->> 'unitId' = ${f.fromUnitId}::text then jsonb_set(v.value, '{unitId}', to_jsonb(${f.toUnitId}::text)) else v.value end as m, v.ordinality as n from jsonb_array_elements(b.members) with ordinality v) y
        order by y.m ->> 'unitId', y.m ->> 'personId', y.m -> 'seat' ->> 'id', (y.m ->> 'role' = 'chair') desc, y.n) x), '[]') where b.id = ${f.bodyId}`.execute(write)
  }],
  'body.ended.v1': [async (write: Writer, facts: Recorded<BodyEnded>[]) => {
    await sql`update bodies b set ended_on = f.on_day, version = b.version + 1 from unnest(${facts.map((r) => r.fact.bodyId)}::uuid[], ${facts.map((r) => r.fact.on)}::date[]) f(id, on_day) where b.id = f.id`.execute(write)
  }],
}

/** Bodies whose standing office the unit is; and those that go on, in which it has a seat. */
export async function carryBodies(given: unknown, fromUnitId: string, toUnitId: string): Promise<Carried> {
  const found = await rows(given as Reader, sql<{ id: string; office: boolean; member: boolean }>`
    select id, unit_id = ${fromUnitId}::uuid as office, members @> ${JSON.stringify([{ unitId: fromUnitId }])}::jsonb as member from bodies
    where unit_id = ${fromUnitId}::uuid or (ended_on is null and members @> ${JSON.stringify([{ unitId: fromUnitId }])}::jsonb) order by id`)
  return {
    counts: { bodies: found.length },
    facts: found.map(({ id, office, member }) => ({ on: `body:${id}`, about: `body:${id}`, fact: { type: 'body.handed_over.v1', bodyId: id, fromUnitId, toUnitId, office, member } satisfies BodyHandedOver })),
  }
}

export const mayAt = async (read: Reader, actor: Actor, right: Right, unitId: string): Promise<boolean> =>
  (await rows(read, sql`select 1 from access_units u where u.unit_id = ${unitId} and ${granted(actor, right, 'u.unit_id')}`)).length > 0

const allowed = (actor: Actor, right: Right): RawBuilder<SqlBool> =>
  (right === 'body.read' ? sql<SqlBool>`exists (select 1 from public_bodies_readers rd where rd.body_id = b.id and ${granted(actor, right, 'rd.unit_id')})` : granted(actor, right, 'b.unit_id'))
export async function accessBody(read: Reader, actor: Actor, right: Right, bodyId: string): Promise<BodyRow | undefined> {
  const [row] = await rows(read, sql<Omit<BodyRow, 'fields'> & BodyFields>`
    select b.id, b.unit_id as "unitId", b.kind, b.name, b.parent_id as "parentId", b.legal_basis as "legalBasis", b.mandate, b.from_on as "from", b.until_on as "until", b.ended_on as "endedOn", b.members, b.standing_items as "standingItems", b.version
    from bodies b where b.id = ${bodyId} and ${allowed(actor, right)}`)
  if (!row) return undefined
  const { kind, name, parentId, legalBasis, mandate, from, until, members, standingItems } = row
  return { id: row.id, unitId: row.unitId, name, version: row.version, endedOn: row.endedOn, fields: { kind, name, parentId, legalBasis, mandate, from, until, members: members.map(({ unitId, personId, role, seat }) => ({ unitId, personId, role, ...(seat ? { seat: { id: seat.id, name: { id: seat.name.id, hash: seat.name.hash } } } : {}) })), standingItems } }
}

/** Members that the tree or the list of people does not have, and the chain of bodies above the parent. */
export async function knownOf(read: Reader, members: readonly MemberInput[], parentId: string | null): Promise<Omit<Known, 'lastDay'>> {
  const [there, chain] = [await rows(read, sql<{ n: number }>`
    select m.n::int as n from unnest(${members.map((m) => m.unitId)}::uuid[], ${members.map((m) => m.personId)}::uuid[]) with ordinality m(unit_id, person_id, n)
    join public_units_tree u on u.unit_id = m.unit_id and u.valid_until is null where m.person_id is null or exists (select 1 from public_people_names p where p.person_id = m.person_id)`),
  parentId === null ? [] : await rows(read, sql<{ id: string }>`
    with recursive above(id, parent_id) as (select id, parent_id from bodies where id = ${parentId} union select b.id, b.parent_id from above a join bodies b on b.id = a.parent_id) select id from above`)]
  const found = new Set(there.map((row) => row.n - 1))
  return { missing: new Set(members.flatMap((_, i) => (found.has(i) ? [] : [i]))), parents: chain.length === 0 ? undefined : chain.map((row) => row.id) }
}

type Line = { id: string; kind: Body['kind']; name: string; unit: { id: string; name: string }; members: number; chair: string | null; endedOn: string | null; place: string }
export async function listBodies(read: Reader, actor: Actor, asked: { q?: string | undefined; kind?: string | undefined; ended?: boolean | undefined; limit: number }, after: After | undefined): Promise<Line[]> {
  return rows(read, sql<Line>`
    select b.id, b.kind, b.name, json_build_object('id', u.unit_id, 'name', u.name) as unit, jsonb_array_length(b.members) as members, b.ended_on as "endedOn", b.place,
      (select coalesce(p.name, x.text::json ->> 'name', cu.name) from jsonb_array_elements(b.members) m join public_units_tree cu on cu.unit_id = (m ->> 'unitId')::uuid left join public_people_names p on p.person_id = (m ->> 'personId')::uuid left join private_texts x on x.id = (m -> 'seat' -> 'name' ->> 'id')::uuid where m ->> 'role' = 'chair' limit 1) as chair
    from bodies b join public_units_tree u on u.unit_id = b.unit_id
    where ${allowed(actor, 'body.read')} ${asked.ended ? sql`` : sql`and b.ended_on is null`} ${asked.kind ? sql`and b.kind = ${asked.kind}` : sql``}
      ${asked.q ? sql`and ' ' || b.words like all (${wordsOf(asked.q).fold.map((word) => `% ${word}%`)}::text[])` : sql``} ${after ? sql`and (b.place, b.id) > (${after.key}, ${after.id}::uuid)` : sql``}
    order by b.place, b.id limit ${asked.limit}`)
}

export async function showBody(read: Reader, actor: Actor, bodyId: string): Promise<Body | undefined> {
  const row = await accessBody(read, actor, 'body.read', bodyId)
  if (!row) return undefined
  const { kind, name, legalBasis, mandate, from, until, standingItems } = row.fields
  const [named] = await rows(read, sql<{ unit: Body['unit']; parent: Body['unit'] | null; members: Body['members']; mayEdit: boolean }>`
    select ${granted(actor, 'body.edit', 'b.unit_id')} as "mayEdit", json_build_object('id', u.unit_id, 'name', u.name) as unit, (select json_build_object('id', p.id, 'name', p.name) from bodies p where p.id = b.parent_id) as parent,
      coalesce((select json_agg(json_build_object('unit', json_build_object('id', mu.unit_id, 'name', mu.name), 'role', m.value ->> 'role',
        'person', case when m.value ->> 'personId' is not null then json_build_object('id', m.value ->> 'personId', 'name', p.name) end,
        'named', case when m.value -> 'seat' is not null then json_build_object('seatId', m.value -> 'seat' ->> 'id', 'name', x.text::json ->> 'name', 'office', x.text::json ->> 'office') end) order by m.ordinality)
        from jsonb_array_elements(b.members) with ordinality m join public_units_tree mu on mu.unit_id = (m.value ->> 'unitId')::uuid left join public_people_names p on p.person_id = (m.value ->> 'personId')::uuid
          left join private_texts x on x.id = (m.value -> 'seat' -> 'name' ->> 'id')::uuid), '[]') as members
    from bodies b join public_units_tree u on u.unit_id = b.unit_id where b.id = ${bodyId}`)
  return { id: row.id, kind, name, legalBasis, mandate, from, until, standingItems, ...named!, endedOn: row.endedOn, version: row.version }
}

/** Names without an account, as they are kept now; not those whose time is over. */
export const namesOf = (read: Reader, bodyId: string): Promise<{ seatId: string; ref: TextRef; name: string; office: string | null; until: Date }[]> => rows(read, sql<{ seatId: string; ref: TextRef; name: string; office: string | null; until: Date }>`
  select m.value -> 'seat' ->> 'id' as "seatId", m.value -> 'seat' -> 'name' as ref, x.text::json ->> 'name' as name, x.text::json ->> 'office' as office, x.until
  from bodies b cross join jsonb_array_elements(b.members) m join private_texts x on x.id = (m.value -> 'seat' -> 'name' ->> 'id')::uuid and x.text is not null where b.id = ${bodyId}`)
export async function eraseNames(side: SideWriter, ids: string[], at: Date): Promise<void> {
  if (ids.length > 0) await side.updateTable('private_texts').set({ text: null, erased_at: at }).where('id', 'in', ids).execute()
}
/** The body ended before its last day: its names end with it. */
export async function endNames(side: SideWriter, bodyId: string, ends: Date): Promise<void> {
  await side.updateTable('private_texts').set({ until: ends }).where('subject', '=', `body:${bodyId}`).where('retention', '=', 'member').where('until', '>', ends).execute()
}
