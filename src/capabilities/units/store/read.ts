// Questions about the tree: one unit, what is below it, what it was. Names of units are seen by every account; rights are counted only to change.
import { sql } from 'kysely'
import { granted, grantedRanges, grantedWhole } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Link, Span, Succession, TreeNode, Unit, UnitRight } from '../contract.ts'
import type { TreeNow } from '../decide/import.ts'
import type { ListNow, UnitNow } from '../decide/edit.ts'
import type { Standing } from '../decide/rules.ts'

const ref = (id: string, span: string) => sql`json_build_object('id', ${sql.ref(id)}, 'code', ${sql.ref(`${span}.code`)}, 'name', ${sql.ref(`${span}.name`)}, 'kind', ${sql.ref(`${span}.kind`)})`
export const on = (span: string, at: string) => sql<boolean>`${sql.ref(`${span}.from_on`)} <= ${at} and (${sql.ref(`${span}.until_on`)} is null or ${sql.ref(`${span}.until_on`)} > ${at})`
const childrenOf = (id: string, at: string) => sql`(select count(*)::int from unit_spans c where c.parent_id = ${sql.ref(id)} and ${on('c', at)})`
/** The units above the one whose parent is in `parent`, from near to far. */
export const parentsOf = (parent: string, at: string) => sql`(select coalesce(json_agg(${ref('up.id', 'up')} order by up.level), '[]') from (
  with recursive up(id, parent_id, code, name, kind, level) as (
    select a.unit_id, a.parent_id, a.code, a.name, a.kind, 1 from unit_spans a where a.unit_id = ${sql.ref(parent)} and ${on('a', at)}
    union all select a.unit_id, a.parent_id, a.code, a.name, a.kind, level + 1 from up join unit_spans a on a.unit_id = up.parent_id and ${on('a', at)})
  select * from up) up)`

const STANDING = sql`u.id, u.scheme, u.code, u.kind, u.name, u.name_original as original, u.name_en as "nameEn", u.parent_id as "parentId", u.lat, u.lon, u.valid_from as from, u.valid_until as until,
  coalesce((select s.from_on from unit_spans s where s.unit_id = u.id and s.until_on is null), u.valid_from) as "spanFrom"`

/** The unit, if the actor holds the right on it. */
export async function accessUnit(read: Reader, actor: Actor, right: UnitRight, unitId: string): Promise<UnitNow | undefined> {
  const [unit] = await rows(read, sql<UnitNow>`select ${STANDING}, u.path, u.version, u.touched, (select count(*)::int from units c where c.parent_id = u.id and c.valid_until is null) as children
    from units u where u.id = ${unitId} and ${granted(actor, right, 'u.id')}`)
  return unit
}

/** The units at which the actor holds the right, and so below which; undefined: everywhere. */
export const unitsHeld = async (read: Reader, actor: Actor, right: Right): Promise<string[] | undefined> =>
  (actor.kind !== 'person' ? undefined : (await rows<{ id: string }>(read, sql`select distinct u.id from ${grantedRanges(actor, right)} held join units u on u.path = held.path`)).map(({ id }) => id))

/** A list changes the whole tree, so the right must be held on every root; before the first unit, on the whole forest, as the first administrator holds it. */
export async function mayImport(read: Reader, actor: Actor): Promise<boolean> {
  if (actor.kind !== 'person') return true
  const [all] = await rows(read, sql<{ may: boolean | null }>`select coalesce(bool_and(${granted(actor, 'unit.import', 'u.id')}), ${grantedWhole(actor, 'unit.import')}) as may from units u where u.parent_id is null and u.valid_until is null`)
  return all?.may === true
}

/** A new unit without a parent is above every right but that on the whole forest: whoever opened it with less would hold it no longer, nor the import. */
export async function mayOpenRoot(read: Reader, actor: Actor): Promise<boolean> {
  if (actor.kind !== 'person') return true
  return (await rows(read, sql<{ may: boolean }>`select ${grantedWhole(actor, 'unit.import')} as may`))[0]!.may
}

/** Units named by an order that are to stand, whatever the asker's rights: the successors of one, the far end of a link. */
export async function unitsById(read: Reader, ids: string[]): Promise<UnitNow[]> {
  if (ids.length === 0) return []
  return rows(read, sql<UnitNow>`select ${STANDING}, u.path, u.version, u.touched, 0 as children from units u where u.id = any(${ids}::uuid[])`)
}

export async function listNow(read: Reader, scheme: string, code: string | undefined): Promise<ListNow> {
  const [now] = await rows(read, sql<{ tree: number; nextNumber: number; lastOn: string | null; holder: string | null }>`select
    coalesce((select max(version) from tree_versions), 0) as tree, coalesce((select max(number) from units), 0) + 1 as "nextNumber",
    (select last_on from unit_lists where scheme = ${scheme}) as "lastOn", (select id from units where scheme = ${scheme} and code = ${code ?? null} and valid_until is null) as holder`)
  return { ...now!, holder: now!.holder ?? undefined }
}

export async function treeNow(read: Reader, scheme: string, asOf: string): Promise<TreeNow> {
  const { tree, nextNumber, lastOn } = await listNow(read, scheme, undefined)
  const units = await rows(read, sql<Standing>`select ${STANDING} from units u where u.valid_until is null or (u.scheme = ${scheme} and u.valid_until = ${asOf})`)
  return { tree, nextNumber, lastOn, units }
}

/** Ids by code of the units of a list on a day, or on the day before it. */
export async function codesOn(read: Reader, scheme: string, codes: string[], day: string, when: 'before' | 'on'): Promise<Map<string, string>> {
  const at = when === 'on' ? sql`${day}::date` : sql`${day}::date - 1`
  const found = await rows(read, sql<{ code: string; id: string }>`select s.code, s.unit_id as id from unit_spans s join units u on u.id = s.unit_id
    where u.scheme = ${scheme} and s.code = any(${codes}) and s.from_on <= ${at} and (s.until_on is null or s.until_on > ${at})`)
  return new Map(found.map(({ code, id }) => [code, id]))
}

export async function countUnits(read: Reader, at: string, scheme: string | undefined, under?: string): Promise<Record<string, number>> {
  const counts = await rows(read, sql<{ kind: string; n: number }>`select s.kind, count(*)::int as n from unit_spans s join units u on u.id = s.unit_id
    join unit_paths p on p.unit_id = s.unit_id and ${on('p', at)}
    ${under === undefined ? sql`` : sql`join unit_paths top on top.unit_id = ${under} and ${on('top', at)} and p.path >= top.path and p.path < left(top.path, -1) || '/'`}
    where ${on('s', at)} ${scheme === undefined ? sql`` : sql`and u.scheme = ${scheme}`}
    group by s.kind order by min(length(p.path) - length(replace(p.path, '.', ''))), count(*), s.kind`)
  return Object.fromEntries(counts.map(({ kind, n }) => [kind, n]))
}

export async function getUnit(read: Reader, id: string, at: string): Promise<Unit | undefined> {
  const [unit] = await rows(read, sql<Unit>`select u.id, s.code, s.name, s.kind, u.scheme, s.name_en as "nameEn", s.name_original as "nameOriginal", u.valid_from as from, u.valid_until as until,
      u.lat, u.lon, u.version, ${at} as at, ${childrenOf('u.id', at)} as children, ${parentsOf('s.parent_id', at)} as parents
    from units u join unit_spans s on s.unit_id = u.id and ${on('s', at)} where u.id = ${id}`)
  return unit
}

/** The last day of a unit that is gone, so that it can be shown as it was. */
export async function lastDay(read: Reader, id: string): Promise<{ from: string; last: string | null } | undefined> {
  const [days] = await rows(read, sql<{ from: string; last: string | null }>`select valid_from as from, greatest(valid_from, valid_until - 1) as last from units where id = ${id}`)
  return days
}

/** After `(place, id)`, in the order of names. */
export async function listChildren(read: Reader, parentId: string | null, at: string, after: [string, string] | undefined, limit: number): Promise<(TreeNode & { place: string })[]> {
  return rows(read, sql<TreeNode & { place: string }>`select s.unit_id as id, s.code, s.name, s.kind, u.scheme, s.parent_id as "parentId", s.place, ${childrenOf('s.unit_id', at)} as children
    from unit_spans s join units u on u.id = s.unit_id
    where s.parent_id is not distinct from ${parentId} and ${on('s', at)} ${after ? sql`and (s.place, s.unit_id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
    order by s.place, s.unit_id limit ${limit}`)
}

export async function historyOf(read: Reader, id: string): Promise<{ spans: Span[]; from: Succession[]; into: Succession[] }> {
  const spans = await rows(read, sql<Span>`select s.code, s.name, s.kind, s.from_on as from, s.until_on as until, s.name_original as "nameOriginal", s.name_en as "nameEn",
      (select ${ref('p.unit_id', 'p')} from unit_spans p where p.unit_id = s.parent_id and p.from_on < coalesce(s.until_on, 'infinity') and coalesce(p.until_on, 'infinity') > s.from_on order by p.from_on limit 1) as parent
    from unit_spans s where s.unit_id = ${id} order by s.from_on`)
  // A unit that went on into itself is named as it was before in one direction and as it became in the other.
  const others = (mine: string, other: string, before: boolean) => rows(read, sql<Succession>`select ${ref('u.id', 'x')} as unit, x.part, x.succeeded_on as on from (
      select l.*, coalesce(s.code, u.code) as code, coalesce(s.name, u.name) as name, coalesce(s.kind, u.kind) as kind from unit_successors l join units u on u.id = ${sql.ref(`l.${other}`)}
        left join unit_spans s on s.unit_id = u.id and s.from_on <= l.succeeded_on - ${before ? 1 : 0}::int and coalesce(s.until_on, 'infinity') > l.succeeded_on - ${before ? 1 : 0}::int
      where ${sql.ref(`l.${mine}`)} = ${id}) x join units u on u.id = ${sql.ref(`x.${other}`)} order by x.succeeded_on, x.part, u.place, u.id`)
  const [from, into] = [await others('to_id', 'from_id', true), await others('from_id', 'to_id', false)]
  return { spans, from, into }
}

export async function linksOf(read: Reader, id: string, at: string): Promise<Link[]> {
  return rows(read, sql<Link>`select l.id, l.kind, case when l.kind = 'neighbour' then 'both' when l.from_id = ${id} then 'to' else 'from' end as direction,
      ${ref('u.id', 'u')} as unit, l.from_on as from, l.until_on as until
    from unit_links l join units u on u.id = case when l.from_id = ${id} then l.to_id else l.from_id end
    where (l.from_id = ${id} or l.to_id = ${id}) and ${on('l', at)} order by l.kind, u.place, u.id`)
}

/** A standing link, if it is one of this unit. */
export async function standingLink(read: Reader, unitId: string, linkId: string): Promise<{ id: string; from: string } | undefined> {
  const [link] = await rows(read, sql<{ id: string; from: string }>`select id, from_on as from from unit_links where id = ${linkId} and until_on is null and (from_id = ${unitId} or to_id = ${unitId})`)
  return link
}

/** A neighbour is one from both sides. */
export async function isLinked(read: Reader, fromId: string, toId: string, kind: string): Promise<boolean> {
  const found = await rows(read, sql`select 1 from unit_links where until_on is null and kind = ${kind}
    and ((from_id = ${fromId} and to_id = ${toId}) or (kind = 'neighbour' and from_id = ${toId} and to_id = ${fromId}))`)
  return found.length > 0
}

