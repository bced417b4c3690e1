// Facts of the tree into its tables: a list of 12,000 units is a few statements.
import { sql } from 'kysely'
import type { Recorded } from '../../../kernel/commit.ts'
import type { Writer } from '../../../kernel/db.ts'
import { fold } from '../../../pure/text.ts'
import type { ChangedUnit, NewUnit, SuccessorsImported, UnitChanged, UnitClosed, UnitOpened, UnitsImported, UnitsLinked, UnitsUnlinked } from '../contract.ts'
import { repath } from './paths.ts'

type Change = { on: string; tree: number; scheme: string; opened: NewUnit[]; changed: ChangedUnit[]; closed: string[] }

/** Every change of the tree goes the same way; each has a version of the tree of its own, so they are taken one by one. */
async function change(write: Writer, { on, tree, scheme, opened, changed, closed }: Change, at: Date): Promise<void> {
  await sql`insert into tree_versions (version, on_day, scheme, made_at) values (${tree}, ${on}, ${scheme}, ${at})`.execute(write)
  await sql`insert into unit_lists (scheme, last_on) values (${scheme}, ${on}) on conflict (scheme) do update set last_on = excluded.last_on`.execute(write)
  if (opened.length > 0) await open(write, opened, on, tree)
  if (changed.length > 0) await alter(write, changed, on, tree)
  if (closed.length > 0) await close(write, closed, on, tree)
  const moved = [...opened.map(({ id }) => id), ...closed, ...changed.filter((one) => one.parentId !== undefined || one.again).map(({ id }) => id)]
  if (moved.length > 0) await repath(write, moved, tree)
}

async function open(write: Writer, units: NewUnit[], on: string, tree: number): Promise<void> {
  const rows = JSON.stringify(units.map((unit) => ({ ...unit, fold: fold(unit.name), step: `${unit.number.toString(36)}.` })))
  // With their paths at once: writing 12,000 rows a second time takes longer than all the rest. repath corrects those below something that moves.
  await sql`with recursive x as materialized (
      select * from jsonb_to_recordset(${rows}::jsonb) as x(id uuid, scheme text, code text, kind text, name text, original text, "nameEn" text, fold text, number int, step text, "parentId" uuid, lat float8, lon float8)),
    placed(id, path) as (
      select x.id, coalesce(p.path, '') || x.step from x left join units p on p.id = x."parentId" where x."parentId" is null or p.id is not null
      union all select x.id, placed.path || x.step from placed join x on x."parentId" = placed.id)
    insert into units (id, scheme, code, kind, name, name_original, name_en, fold, number, step, path, parent_id, valid_from, lat, lon, version, tree)
    select id, scheme, code, kind, name, original, "nameEn", fold, number, step, path, "parentId", ${on}::date, lat, lon, 1, ${tree} from x join placed using (id)`.execute(write)
  await newSpans(write, units.map(({ id }) => id), on)
}

/** A field that the change does not have stays; null empties it. */
async function alter(write: Writer, units: ChangedUnit[], on: string, tree: number): Promise<void> {
  const rows = JSON.stringify(units.map((unit) => ({ ...unit, ...(unit.name === undefined ? {} : { fold: fold(unit.name) }) })))
  await sql`with x as (select (e->>'id')::uuid as id, e from jsonb_array_elements(${rows}::jsonb) e)
    update units u set
      code = coalesce(e->>'code', code), name = coalesce(e->>'name', name), fold = coalesce(e->>'fold', fold), kind = coalesce(e->>'kind', kind),
      name_original = case when e ? 'original' then e->>'original' else name_original end,
      name_en = case when e ? 'nameEn' then e->>'nameEn' else name_en end,
      parent_id = case when e ? 'parentId' then (e->>'parentId')::uuid else parent_id end,
      lat = case when e ? 'lat' then (e->>'lat')::float8 else lat end, lon = case when e ? 'lon' then (e->>'lon')::float8 else lon end,
      valid_until = case when e ? 'again' then null else valid_until end,
      version = version + 1, tree = ${tree},
      touched = touched || (select coalesce(jsonb_object_agg(k, u.version + 1), '{}') from jsonb_object_keys(e) k where k not in ('id', 'fold', 'again'))
    from x where x.id = u.id`.execute(write)
  const seen = units.filter((unit) => Object.keys(unit).some((key) => !['id', 'lat', 'lon'].includes(key))).map(({ id }) => id)
  await endSpans(write, seen, on)
  await newSpans(write, seen, on)
}

async function close(write: Writer, ids: string[], on: string, tree: number): Promise<void> {
  await sql`update units set valid_until = ${on}, version = version + 1, tree = ${tree} where id = any(${ids}::uuid[])`.execute(write)
  await endSpans(write, ids, on)
  await sql`update unit_links set until_on = greatest(from_on, ${on}::date) where until_on is null and (from_id = any(${ids}::uuid[]) or to_id = any(${ids}::uuid[]))`.execute(write)
}

/** A span that began on the same day was never seen: it goes. */
async function endSpans(write: Writer, ids: string[], on: string): Promise<void> {
  await sql`delete from unit_spans where unit_id = any(${ids}::uuid[]) and until_on is null and from_on >= ${on}`.execute(write)
  await sql`update unit_spans set until_on = ${on} where unit_id = any(${ids}::uuid[]) and until_on is null`.execute(write)
}

/** What is again as it was until that day goes on as the same span. */
async function newSpans(write: Writer, ids: string[], on: string): Promise<void> {
  await sql`update unit_spans s set until_on = null from units u where u.id = s.unit_id and s.unit_id = any(${ids}::uuid[]) and s.until_on = ${on}
    and (s.code, s.name, s.kind) = (u.code, u.name, u.kind) and (s.name_original, s.name_en, s.parent_id) is not distinct from (u.name_original, u.name_en, u.parent_id)`.execute(write)
  await sql`insert into unit_spans (unit_id, from_on, code, name, name_original, name_en, fold, place, kind, parent_id)
    select id, ${on}::date, code, name, name_original, name_en, fold, place, kind, parent_id from units u
    where id = any(${ids}::uuid[]) and not exists (select 1 from unit_spans s where s.unit_id = u.id and s.until_on is null)`.execute(write)
}

async function succeed(write: Writer, on: string, from: string[], to: string[], part: string[]): Promise<void> {
  await sql`insert into unit_successors (from_id, to_id, succeeded_on, part) select f, t, ${on}::date, p from unnest(${from}::uuid[], ${to}::uuid[], ${part}::text[]) x(f, t, p)
    on conflict (from_id, to_id, succeeded_on) do update set part = excluded.part`.execute(write)
}

/** One at a time, in order: each builds on the tree that the one before left. There are few, and each is set-based. */
const each = <F extends { type: string }>(one: (write: Writer, fact: F, at: Date) => Promise<void>) =>
  async (write: Writer, facts: Recorded<F>[]): Promise<void> => { for (const { fact, at } of facts) await one(write, fact, at) }

const nothing = { opened: [], changed: [], closed: [] }

export const project = {
  'units.imported.v1': each<UnitsImported>((write, fact, at) => change(write, fact, at)),
  'unit.opened.v1': each<UnitOpened>((write, { unit, ...fact }, at) => change(write, { ...nothing, ...fact, scheme: unit.scheme, opened: [unit] }, at)),
  'unit.changed.v1': each<UnitChanged>((write, { unit, ...fact }, at) => change(write, { ...nothing, ...fact, changed: [unit] }, at)),
  'unit.closed.v1': each<UnitClosed>(async (write, { id, successors, ...fact }, at) => {
    await change(write, { ...nothing, ...fact, closed: [id] }, at)
    if (successors.length > 0) await succeed(write, fact.on, successors.map(() => id), successors.map(([to]) => to), successors.map(([, part]) => part))
  }),
  'units.succeeded.v1': each<SuccessorsImported>((write, { on, successors: s }) => succeed(write, on, s.map(([from]) => from), s.map(([, to]) => to), s.map(([, , part]) => part))),
  'unit.linked.v1': each<UnitsLinked>(async (write, { id, kind, fromId, toId, on }) => {
    await sql`insert into unit_links (id, kind, from_id, to_id, from_on) values (${id}, ${kind}, ${fromId}, ${toId}, ${on})`.execute(write)
  }),
  'unit.handed_over.v1': () => Promise.resolve(), // the records have facts of their own
  'unit.unlinked.v1': each<UnitsUnlinked>(async (write, { id, on }) => { await sql`update unit_links set until_on = ${on} where id = ${id}`.execute(write) }),
}

export const tables = ['tree_versions', 'unit_lists', 'units', 'unit_spans', 'unit_paths', 'unit_successors', 'unit_links']
