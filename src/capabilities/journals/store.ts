// Reads the record for people: by subject, by subtree, with the right in the question, and never more than a page at a time.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { grantedRanges, pathEnd } from '../../kernel/access.ts'
import type { Actor, Right } from '../../kernel/access.ts'
import type { Projectors, Recorded } from '../../kernel/commit.ts'
import { rows } from '../../kernel/db.ts'
import type { Reader, Writer } from '../../kernel/db.ts'
import type { Fact, Line } from '../../kernel/journal.ts'
import type { Parts, Places } from './contract.ts'
import { idOf, kindOf } from './decide.ts'
import { isUuid } from '../../kernel/ids.ts'


/** The unit of each stream or subject: by its kind's view; of what has no unit (the tree, the register of people) null. */
export async function placesOf(read: Reader, names: Iterable<string>, places: Places): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>()
  for (const [kind, all] of Map.groupBy([...new Set(names)], kindOf)) {
    const place = places[kind]
    const ids = all.map(idOf).filter(place?.coded ? Boolean : isUuid)
    const units = place && ids.length > 0
      ? new Map((await rows(read, sql<{ id: string; unit_id: string | null }>`select ${sql.ref(place.id)} as id, ${sql.ref(place.unit)} as unit_id from ${sql.table(place.view)} where ${sql.ref(place.id)} = any(${ids}::${place.coded ? sql`text` : sql`uuid`}[])`)).map((r) => [r.id, r.unit_id]))
      : new Map<string, string | null>()
    for (const name of all) found.set(name, units.get(idOf(name)) ?? null)
  }
  return found
}

/** What things are called, in both languages; those whose kind has no names are left out. */
export async function titlesOf(read: Reader, names: Iterable<string>, places: Places): Promise<Map<string, { vi: string; en: string }>> {
  const found = new Map<string, { vi: string; en: string }>()
  for (const [kind, all] of Map.groupBy([...new Set(names)], kindOf)) {
    const place = places[kind]
    const ids = all.map(idOf).filter(isUuid)
    if (!place?.title || ids.length === 0) continue
    for (const { id, title } of await rows(read, sql<{ id: string; title: string | { vi: string; en: string } | null }>`select ${sql.ref(place.id)} as id, to_jsonb(${sql.ref(place.title.column)}) as title from ${sql.table(place.title.view)} where ${sql.ref(place.id)} = any(${ids}::uuid[])`)) {
      if (title) found.set(`${kind}:${id}`, typeof title === 'string' ? { vi: title, en: title } : title)
    }
  }
  return found
}

/** Further units whose readers see the history of this thing. */
export async function readersOf(read: Reader, subject: string, places: Places): Promise<string[]> {
  const place = places[kindOf(subject)]
  if (!place?.readers || !isUuid(idOf(subject))) return []
  return (await rows(read, sql<{ id: string }>`select ${sql.ref(place.unit)} as id from ${sql.table(place.readers)} where ${sql.ref(place.id)} = ${idOf(subject)}`)).map(({ id }) => id)
}

export type Reach = { ranges: { path: string; upto: string }[]; paths: Map<string, string>; whole: boolean }

/** Where the actor may read: the ranges of paths, and whether they hold a root, which is what unit-less lines ask for. */
export async function reachOf(read: Reader, actor: Actor, right: Right): Promise<Reach> {
  const ranges = await rows(read, sql<{ path: string; upto: string }>`select r.path, r.upto from ${grantedRanges(actor, right)} r`)
  return { ranges, paths: new Map(), whole: ranges.some((r) => r.path === '' || r.path.indexOf('.') === r.path.length - 1) }
}

/** Of these units, those within reach (and below `under`). */
export async function withinReach(read: Reader, reach: Reach, units: Iterable<string | null>, under?: string): Promise<(unit: string | null) => boolean> {
  const unknown = [...new Set(units)].filter((u): u is string => u !== null && !reach.paths.has(u))
  if (unknown.length > 0) {
    for (const row of await rows(read, sql<{ unit_id: string; path: string }>`select unit_id, path from access_units where unit_id = any(${unknown}::uuid[])`)) reach.paths.set(row.unit_id, row.path)
  }
  const inside = (path: string, range: { path: string; upto: string }) => path >= range.path && path < range.upto
  return (unit) => {
    if (unit === null) return reach.whole && under === undefined
    const path = reach.paths.get(unit)
    return path !== undefined && reach.ranges.some((r) => inside(path, r)) && (under === undefined || inside(path, { path: under, upto: pathEnd(under) }))
  }
}

type Above = { names: { subject: string; types: string[] }[]; ids: string[]; since: Date | null }

/** What the thing is part of: one row of its view. */
export async function aboveOf(read: Reader, subject: string, parts: Parts): Promise<Above> {
  const part = parts[kindOf(subject)]
  if (!part || !isUuid(idOf(subject))) return { names: [], ids: [], since: null }
  const kinds = Object.entries(part.above)
  const [row] = await rows(read, sql<{ ids: (string | null)[]; since: Date | null }>`select array[${sql.join(kinds.map(([, { column }]) => sql.ref(column)))}]::uuid[] as ids, ${part.since ? sql.ref(part.since) : sql`null::timestamptz`} as since
    from ${sql.table(part.view)} where ${sql.ref(part.id)} = ${idOf(subject)}`)
  const names = kinds.flatMap(([kind, { types }], i) => (row?.ids[i] ? [{ subject: `${kind}:${row.ids[i]}`, types }] : []))
  return { names, ids: names.map((name) => idOf(name.subject)), since: row?.since ?? null }
}

/**
 * Newest first: about this thing; of an event, a unit, a programme everything on its stream; lines about many things that name it; and of what it is part
 * of, the line that made it and what changed it with the rest. Each part is a range of an index, cut at `limit`.
 */
export async function linesAbout(read: Reader, subject: string, above: Above, before: number | null, limit: number): Promise<Line[]> {
  const older = before === null ? sql`true` : sql`position < ${before}`
  const newest = sql`and ${older} order by position desc limit ${limit}`
  const { names, ids, since } = above
  const parts = [
    sql`(select position from journal where subject = ${subject} ${newest})`,
    sql`(select position from journal where stream = ${subject} and ${older} order by seq desc limit ${limit})`,
    ...(isUuid(idOf(subject)) ? [sql`(select position from journal_mentions where id = ${idOf(subject)} and not of_parts ${newest})`] : []),
    ...(since && ids.length > 0 ? [sql`(select m.position from journal_mentions m join journal j on j.position = m.position where m.id = any(${ids}::uuid[]) and j.recorded_at = ${since} and ${before === null ? sql`true` : sql`m.position < ${before}`})`] : []),
    ...names.map((name) => sql`(select position from journal where subject = ${name.subject} and type = any(${name.types}) and ${since ? sql`recorded_at >= ${since}` : sql`true`} ${newest})`),
  ]
  return rows(read, sql<Line>`select * from journal where position in (${sql.join(parts, sql` union `)}) order by position desc limit ${limit}`)
}

/** What `rebuild --check` compares. */
export const tables = ['journal_mentions']
type Mention = { id: string; position: number; ofParts: boolean }
async function mention(write: Writer, all: Mention[]): Promise<void> {
  await sql`insert into journal_mentions (id, position, of_parts)
    select * from unnest(${all.map((one) => one.id)}::uuid[], ${all.map((one) => one.position)}::bigint[], ${all.map((one) => one.ofParts)}::boolean[])`.execute(write)
}
const named = (write: Writer, facts: Recorded<Fact & { ids: string[] }>[]) => mention(write, facts.flatMap(({ fact, position }) => [...new Set(fact.ids)].map((id) => ({ id, position, ofParts: false }))))

export const project = {
  'programme.cascaded.v1': [(write: Writer, facts: Recorded<Fact & { events: { ids: string[] }; handed: { events: string[] } }>[]) => mention(write, facts.flatMap(({ fact, position }) => {
    const made = new Set(fact.events.ids)
    const handed = new Set(fact.handed.events.filter((id) => !made.has(id)))
    return [...[...made].map((id) => ({ id, position, ofParts: false })), ...[...handed].map((id) => ({ id, position, ofParts: true }))]
  }))],
  'events.recalled.v1': [named], 'tasks.recalled.v1': [named],
} satisfies Projectors

export type Wanted = { actorId?: string | undefined; type?: string | undefined; from?: string | undefined; until?: string | undefined }
const conditions = (w: Wanted): RawBuilder<unknown> => sql`true
  ${w.actorId ? sql`and (actor_id = ${w.actorId} or on_behalf_of = ${w.actorId})` : sql``} ${w.type ? sql`and type ^@ any(${w.type.split(',')}::text[])` : sql``}
  ${w.from ? sql`and recorded_at >= ${w.from}` : sql``} ${w.until ? sql`and recorded_at < ${w.until}` : sql``}`

export async function linesBefore(read: Reader, before: number | null, limit: number, wanted: Wanted): Promise<Line[]> {
  return rows(read, sql<Line>`select * from journal where ${before === null ? sql`true` : sql`position < ${before}`} and ${conditions(wanted)} order by position desc limit ${limit}`)
}

/** A subtree of few units: its streams by name, each read from its end. Undefined where they are too many for that. */
export async function streamsBelow(read: Reader, path: string, places: Places, most: number): Promise<string[] | undefined> {
  const streams: string[] = []
  for (const [kind, { view, id, unit, coded }] of Object.entries(places)) {
    const found = await rows(read, sql<{ stream: string }>`
      select ${coded ? sql`distinct` : sql``} ${`${kind}:`} || p.${sql.ref(id)} as stream from access_units u join ${sql.table(view)} p on p.${sql.ref(unit)} = u.unit_id
      where u.path >= ${path} and u.path < ${pathEnd(path)} limit ${most + 1}`)
    streams.push(...found.map((f) => f.stream))
    if (streams.length > most) return undefined
  }
  return streams
}

export async function linesOfStreams(read: Reader, streams: string[], before: number | null, limit: number, wanted: Wanted): Promise<Line[]> {
  return rows(read, sql<Line>`
    select l.* from unnest(${streams}::text[]) s(name) cross join lateral (
      select * from journal where stream = s.name and ${before === null ? sql`true` : sql`position < ${before}`} and ${conditions(wanted)} order by seq desc limit ${limit}) l
    order by l.position desc limit ${limit}`)
}

export type Named = { people: Map<string, string | null>; texts: Map<string, string | null>; units: Map<string, string> }

/** The names and private texts that a page of lines needs; none of them stands in the record itself. */
export async function namesFor(read: Reader, lines: Line[], unitIds: (string | null)[], textIds: string[]): Promise<Named> {
  const people = [...new Set(lines.flatMap((l) => [l.actor_id, l.on_behalf_of]).filter((id) => id !== null))]
  const kept = [...textIds, ...lines.flatMap((l) => (l.told ? [l.told] : []))]
  const units = [...new Set(unitIds.filter((id) => id !== null))]
  const [names, texts, places] = await Promise.all([
    rows(read, sql<{ person_id: string; name: string | null }>`select person_id, name from public_people_names where person_id = any(${people}::uuid[])`),
    kept.length > 0 ? rows(read, sql<{ id: string; text: string | null }>`select id, text from private_texts where id = any(${kept}::uuid[])`) : [],
    units.length > 0 ? rows(read, sql<{ unit_id: string; name: string }>`select unit_id, name from public_units_tree where unit_id = any(${units}::uuid[])`) : [],
  ])
  return { people: new Map(names.map((n) => [n.person_id, n.name])), texts: new Map(texts.map((t) => [t.id, t.text])), units: new Map(places.map((p) => [p.unit_id, p.name])) }
}

export async function unitPath(read: Reader, unitId: string): Promise<string | undefined> {
  return (await rows(read, sql<{ path: string }>`select path from access_units where unit_id = ${unitId}`))[0]?.path
}

export async function headsOf(read: Reader, streams: string[]): Promise<{ stream: string; seq: number; hash: string }[]> {
  return rows(read, sql<{ stream: string; seq: number; hash: string }>`select stream, seq, encode(hash, 'hex') as hash from journal_heads where stream = any(${streams}::text[]) order by stream`)
}
export async function allAnchors(read: Reader): Promise<{ day: string; position: number; heads: string; hash: string }[]> {
  return rows(read, sql<{ day: string; position: number; heads: string; hash: string }>`select day_on as day, position, heads, encode(hash, 'hex') as hash from journal_anchors order by day_on`)
}

/** What a view says of one thing. */
export async function aboutOf(read: Reader, id: string, about: { view: string; id: string; columns: readonly string[] }): Promise<Record<string, string | null>> {
  if (!isUuid(id)) return {}
  return (await rows(read, sql<Record<string, string | null>>`select ${sql.join(about.columns.map((column) => sql.ref(column)))} from ${sql.table(about.view)} where ${sql.ref(about.id)} = ${id}`))[0] ?? {}
}
/** Names of a template's codes, and which version of it each id is. */
export async function codeNames(read: Reader, codes: { view: string; column: string }, versions: string[]): Promise<Map<string, { vi: string; en: string }>> {
  if (versions.length === 0) return new Map()
  return new Map((await rows(read, sql<{ code: string; name: { vi: string; en: string } }>`select ${sql.ref(codes.column)} as code, name from ${sql.table(codes.view)} where template_version_id = any(${versions}::uuid[])`)).map((row) => [row.code, row.name]))
}
/** The same, whatever the version: as the newest one that has it. */
export async function newestNames(read: Reader, of: { view: string; column: string }, codes: string[]): Promise<Map<string, { vi: string; en: string }>> {
  if (codes.length === 0) return new Map()
  return new Map((await rows(read, sql<{ code: string; name: { vi: string; en: string } }>`select distinct on (${sql.ref(of.column)}) ${sql.ref(of.column)} as code, name from ${sql.table(of.view)} where ${sql.ref(of.column)} = any(${codes}::text[]) order by ${sql.ref(of.column)}, template_version_id desc`)).map((row) => [row.code, row.name]))
}
export async function versionNumbers(read: Reader, versions: string[]): Promise<Map<string, string>> {
  if (versions.length === 0) return new Map()
  return new Map((await rows(read, sql<{ id: string; name: string }>`select template_version_id as id, code || ' ' || version as name from public_programmes_templates where template_version_id = any(${versions}::uuid[])`)).map((row) => [row.id, row.name]))
}

/** How many lines the record has, nearly. */
export const longest = async (read: Reader): Promise<number> => (await rows(read, sql<{ n: number }>`select coalesce(max(position), 0)::float8 as n from journal`))[0]!.n
/** The position after which lines of this moment and later stand. */
export const beginsAt = async (read: Reader, from: string): Promise<number> => (await rows(read, sql<{ n: number }>`select coalesce(min(position) - 1, (select max(position) from journal), 0)::float8 as n from journal where recorded_at >= ${from}`))[0]!.n
