// The register as it is asked for, and the rows that orders are about. Who may not see a paper cannot tell it from a missing one.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { cleared, fileGrades, granted, grantedRanges, readable, readableMany } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import type { Lang } from '../../../kernel/contract.ts'
import { fileNames } from '../../../kernel/blobs.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { paged, readCursor } from '../../../kernel/paging.ts'
import { wordsOf } from '../../../pure/text.ts'
import type { Letter, Letterhead } from '../contract/letter.ts'
import type { OwnLayout, Paper, PaperDetail, PaperQuery } from '../contract.ts'
import type { Counter, PaperRow, Twin } from '../decide.ts'

type Sql = RawBuilder<unknown>
/** In the register of a unit where the asker may read, or sent to one; what is graded by being named. */
const seen = (actor: Actor): Sql => readable(actor, 'paper.read', 'p.id', sql`(${granted(actor, 'paper.read', 'p.keeper_id')} or exists (select 1 from paper_recipients sr where sr.paper_id = p.id and ${granted(actor, 'paper.read', 'sr.unit_id')}))`)
const unitName = (lang: Lang, alias: string): Sql => (lang === 'en' ? sql`coalesce(${sql.ref(`${alias}.name_en`)}, ${sql.ref(`${alias}.name`)})` : sql.ref(`${alias}.name`))

const columns = (lang: Lang): Sql => sql`p.id, p.way, json_build_object('id', u.unit_id, 'name', ${unitName(lang, 'u')}) as unit, p.kind, p.year, p.number, p.written, coalesce((select cg.grade from public_custodies_grades cg where cg.record_id = p.id), p.grade) as grade, p.grade <> 'none' as "byNumber", p.subject, p.day_on::text as day, p.received_on::text as "receivedOn", p.issuer, (select ${unitName(lang, 'pu')} from public_units_tree pu where pu.unit_id = u.parent_id and pu.parent_id is not null) as under, p.filing,
  (select s.state from public_papers_standing s where s.paper_id = p.id) as state,
  p.recorded_at as at, (select count(*)::int from paper_recipients r where r.paper_id = p.id) as sent, (select case when count(*) = 1 then min(${unitName(lang, 'ru')}) end from paper_recipients r join public_units_tree ru on ru.unit_id = r.unit_id where r.paper_id = p.id) as "sentTo", (select count(*)::int from paper_recipients r where r.paper_id = p.id and r.acknowledged_at is not null) as acknowledged`
type Row = Omit<Paper, 'at'> & { at: Date }

const unitsWhere = (actor: Actor, right: Right): Sql => sql`select u.unit_id from access_units u join ${grantedRanges(actor, right)} r on u.path >= r.path and u.path < r.upto`
const FEW_UNITS = 300
const FEW_SENT = 3000
/** For lists. Of whoever sees few units the papers are named, so that they come by their indexes and not by a walk along the register of the nation. */
async function seenMany(read: Reader, actor: Actor): Promise<{ seen: Sql; tree: Sql; wide: boolean }> {
  if (actor.kind !== 'person') return { seen: sql`true`, tree: sql`true`, wide: true }
  const units = unitsWhere(actor, 'paper.read')
  const [few, sent] = await Promise.all([
    rows<{ id: string }>(read, sql`select unit_id as id from (${units}) u limit ${FEW_UNITS + 1}`),
    rows<{ id: string }>(read, sql`select sr.paper_id as id from paper_recipients sr where sr.unit_id in (${units}) limit ${FEW_SENT + 1}`),
  ])
  const wide = few.length > FEW_UNITS
  const own = wide ? sql`p.keeper_id in (${units})` : sql`p.keeper_id = any(${few.map(({ id }) => id)}::uuid[])`
  const tree = sent.length > FEW_SENT ? sql`(${own} or p.id in (select sr.paper_id from paper_recipients sr where sr.unit_id in (${units})))` : sql`(${own} or p.id = any(${sent.map(({ id }) => id)}::uuid[]))`
  return { wide, tree, seen: await readableMany(read, actor, 'paper.read', 'p.id', tree) }
}
const EXACT_TO = 1000
/** Of so many of the newest papers one in so many has the words: then they are common. */
const SAMPLE = 1000
const OFTEN = 25
export async function listPapers(read: Reader, actor: Actor, asked: PaperQuery, lang: Lang): Promise<{ items: Paper[]; next: string | null; total?: number; withheld: number }> {
  const { seen: mayRead, tree, wide } = await seenMany(read, actor)
  const conditions = [mayRead]
  let source = sql`papers`
  if (asked.unit) conditions.push(sql`(p.unit_id = ${asked.unit}::uuid or p.keeper_id = ${asked.unit}::uuid or p.id in (select ur.paper_id from paper_recipients ur where ur.unit_id = ${asked.unit}::uuid))`)
  if (asked.way) conditions.push(sql`p.way = ${asked.way}`)
  if (asked.kind) conditions.push(sql`p.kind = ${asked.kind}`)
  if (asked.year) conditions.push(sql`p.year = ${asked.year}`)
  if (asked.run) conditions.push(sql`p.run_id = ${asked.run}::uuid`)
  if (asked.event) conditions.push(sql`p.id in (select el.paper_id from public_programmes_events e join public_tasks_evidence et on et.event_id = e.event_id join paper_links el on el.task_id = et.task_id
    where e.event_id = ${asked.event}::uuid and ${granted(actor, 'event.read', 'e.unit_id')})`)
  if (asked.from) { const [kind, id] = asked.from.split(':') as [string, string]; conditions.push(sql`p.id in (select fl.paper_id from paper_links fl where fl.about_id = ${id}::uuid and fl.about_kind = ${kind})`) }
  if (asked.receipt === 'owed') conditions.push(sql`p.withdrawn_at is null and p.id in (select w.paper_id from paper_recipients w where w.acknowledged_at is null and w.unit_id in (${unitsWhere(actor, 'paper.receive')}))`)
  if (asked.receipt === 'missing') conditions.push(sql`p.withdrawn_at is null and p.keeper_id in (${unitsWhere(actor, 'paper.read')}) and exists (select 1 from paper_recipients w where w.paper_id = p.id and w.acknowledged_at is null)`)
  const words = asked.q ? wordsOf(asked.q).fold.slice(0, 12) : []
  if (asked.q && words.length === 0) return { items: [], next: null, total: 0, withheld: 0 }
  if (words.length > 0) {
    const each = sql.join(words.map((word) => sql`(' ' || p.fold) like ${`% ${word}%`}`), sql` and `)
    // A word that many of the newest papers have is found by walking them: the index would bring all that ever had it. One that is rare comes by the index, as these very papers.
    const [sample] = await rows<{ n: number }>(read, sql`select count(*)::int as n from (select fold from papers order by recorded_at desc, id desc limit ${SAMPLE}) p where ${each}`)
    const hits = sample!.n * OFTEN > SAMPLE ? undefined : await rows<{ id: string }>(read, sql`select p.id from papers p where to_tsvector('pg_catalog.simple', p.fold) @@ to_tsquery('pg_catalog.simple', ${words.map((word) => `'${word}':*`).join(' & ')}) limit ${EXACT_TO + 1}`)
    const common = !hits || hits.length > EXACT_TO
    conditions.push(common ? each : sql`p.id = any(${hits.map(({ id }) => id)}::uuid[])`)
    // PostgreSQL takes two common words for a rare pair and would read and sort them all: `offset 0` keeps it to the walk.
    if (common && wide && !asked.unit && !asked.run && !asked.event && !asked.from) source = sql`(select * from papers ${asked.year ? sql`where year = ${asked.year}` : sql``} order by recorded_at desc, id desc offset 0)`
  }
  const after = readCursor(asked.cursor)
  const beyond = after ? sql` and (p.recorded_at, p.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``
  const where = sql.join(conditions, sql` and `)
  // One walk for the page and, on the first page, for how many there are.
  const found = await rows<Row & { key: string; total: number }>(read, sql`with walked as materialized (select p.id, p.recorded_at from ${source} p where ${where}${beyond} order by p.recorded_at desc, p.id desc limit ${asked.cursor ? asked.limit + 1 : Math.max(EXACT_TO, asked.limit) + 1})
    select ${columns(lang)}, p.recorded_at::text as key, (select count(*)::int from walked) as total
    from (select p.* from (select id from walked order by recorded_at desc, id desc limit ${asked.limit + 1}) w join papers p using (id)) p join public_units_tree u on u.unit_id = p.unit_id order by p.recorded_at desc, p.id desc`)
  const { items, next } = paged(found, asked.limit, (row) => row.key)
  // What one may not know of the register is counted, not shown; never by words, which would be answered.
  const [kept] = asked.cursor || asked.q || asked.event || asked.from ? [] : await rows<{ n: number }>(read, sql`select count(*)::int as n from access_graded g join papers p on p.id = g.record_id where g.kind <> 'report' and ${tree} and not ${mayRead} ${asked.unit ? sql`and p.keeper_id = ${asked.unit}::uuid` : sql``}`)
  return {
    withheld: kept?.n ?? 0,
    items: items.map(({ key: _, total: __, at, ...row }) => ({ ...row, at: at.toISOString() })), ...(asked.cursor ? {} : { total: found[0]?.total ?? 0 }),
    next,
  }
}

export async function paperDetail(read: Reader, actor: Actor, id: string, lang: Lang): Promise<Omit<PaperDetail, 'mark'> | undefined> {
  const [row] = await rows<Row & { content: string | null; withdrawnAt: Date | null; withdrawnBy: string | null; reason: string | null; by: string | null; mayIssue: boolean; mayAttach: boolean }>(read, sql`
    select ${columns(lang)}, c.text as content, p.withdrawn_at as "withdrawnAt", w.name as "withdrawnBy", r.text as reason, b.name as by,
      ${granted(actor, 'paper.issue', 'p.keeper_id')} as "mayIssue", ${granted(actor, 'paper.receive', 'p.keeper_id')} as "mayAttach"
    from papers p join public_units_tree u on u.unit_id = p.unit_id left join private_texts c on c.id = p.content_id left join private_texts r on r.id = p.reason_id
      left join public_people_names w on w.person_id = p.withdrawn_by left join public_people_names b on b.person_id = p.recorded_by
    where p.id = ${id}::uuid and ${seen(actor)}`)
  if (!row) return undefined
  const recipients = await rows<{ unit: { id: string; name: string }; at: Date | null; by: string | null; remindedAt: Date | null; mine: boolean }>(read, sql`
    select json_build_object('id', u.unit_id, 'name', ${unitName(lang, 'u')}) as unit, r.acknowledged_at as at, n.name as by, r.reminded_at as "remindedAt", ${granted(actor, 'paper.receive', 'r.unit_id')} as mine
    from paper_recipients r join public_units_tree u on u.unit_id = r.unit_id left join public_people_names n on n.person_id = r.acknowledged_by where r.paper_id = ${id}::uuid order by r.acknowledged_at is not null, u.place`)
  const links = await rows<PaperDetail['links'][number]>(read, sql`
    select l.relation, p.id as "paperId", l.directive_id as "directiveId", l.task_id as "taskId", case when l.about_id is not null then json_build_object('kind', l.about_kind, 'id', l.about_id) end as about, coalesce(l.text, concat_ws(', ', p.written, nullif(p.subject, '')), '') as text, l.n from paper_links l
      left join papers p on p.id = l.to_paper_id and ${seen(actor)} where l.paper_id = ${id}::uuid and (l.to_paper_id is null or p.id is not null)
    union all
    select case l.relation when 'replaces' then 'replaced_by' else 'basis_of' end, p.id, null, null, null, concat_ws(', ', p.written, nullif(p.subject, '')), 1000 + l.n from paper_links l join papers p on p.id = l.paper_id
      where l.to_paper_id = ${id}::uuid and l.relation in ('basis', 'replaces') and ${seen(actor)} order by 7 limit 200`)
  const [files, grades] = await Promise.all([fileNames(read, `paper:${id}`), fileGrades(read, id)])
  const { content, withdrawnAt, withdrawnBy, reason, by, mayIssue, mayAttach, at, ...paper } = row
  return {
    ...paper, at: at.toISOString(), by, letter: content === null ? null : JSON.parse(content) as Letter,
    withdrawn: withdrawnAt ? { at: withdrawnAt.toISOString(), by: withdrawnBy, reason } : null,
    recipients: recipients.map((one) => ({ ...one, at: one.at?.toISOString() ?? null, remindedAt: one.remindedAt?.toISOString() ?? null })), links,
    files: files.filter((file) => !file.erased).map(({ id: fileId, name, size, type }) => ({ id: fileId, name, size: Number(size), type, grade: grades.get(fileId) ?? 'none' })),
    may: { withdraw: mayIssue && paper.way === 'issued' && !withdrawnAt, attach: mayAttach, link: mayAttach && !withdrawnAt, remind: mayIssue && paper.way === 'issued' && !withdrawnAt },
  }
}

export async function accessPaper(read: Reader, actor: Actor, right: Right, id: string): Promise<PaperRow | undefined> {
  return (await rows<PaperRow>(read, sql`select p.id, p.unit_id as "unitId", p.way, p.withdrawn_at is not null as withdrawn, p.grade <> 'none' as "byNumber" from papers p where p.id = ${id}::uuid and ${granted(actor, right, 'p.keeper_id')} and ${cleared(actor, right, 'p.id')}`))[0]
}
/** Where a paper's facts go: never changes, whoever asks. */
export const streamOf = async (read: Reader, paperId: string): Promise<string | undefined> => (await rows<{ stream: string }>(read, sql`select 'papers:' || unit_id as stream from papers where id = ${paperId}::uuid`))[0]?.stream
export const mayAt = async (read: Reader, actor: Actor, right: Right, unitId: string): Promise<boolean> => (await rows(read, sql`select 1 from access_units u where u.unit_id = ${unitId}::uuid and ${granted(actor, right, 'u.unit_id')}`)).length > 0
export const counterOf = async (read: Reader, unitId: string, year: number, series: string): Promise<Counter> =>
  (await rows<{ last: number; day: string }>(read, sql`select last, last_on::text as day from paper_counters where unit_id = ${unitId}::uuid and year = ${year} and series = ${series}`))[0]
/** As it is written, but for letters' size and spaces. */
export const twinOf = async (read: Reader, { unitId, written, issuer, day }: { unitId: string; written: string; issuer: string; day: string }): Promise<Twin> =>
  (await rows<NonNullable<Twin>>(read, sql`select id as "paperId", number, received_on::text as "receivedOn" from papers
    where unit_id = ${unitId}::uuid and way = 'received' and year >= ${Number(day.slice(0, 4))} and day_on = ${day}::date and withdrawn_at is null
      and lower(regexp_replace(written, '\\s', '', 'g')) = lower(regexp_replace(${written}, '\\s', '', 'g')) and lower(trim(issuer)) = lower(trim(${issuer})) order by number limit 1`))[0]
export const recipientOf = async (read: Reader, actor: Actor, paperId: string, unitId: string): Promise<{ acknowledged: boolean; withdrawn: boolean } | undefined> =>
  (await rows<{ acknowledged: boolean; withdrawn: boolean }>(read, sql`select r.acknowledged_at is not null as acknowledged, p.withdrawn_at is not null as withdrawn from paper_recipients r join papers p on p.id = r.paper_id where r.paper_id = ${paperId}::uuid and r.unit_id = ${unitId}::uuid and ${granted(actor, 'paper.receive', 'r.unit_id')} and ${cleared(actor, 'paper.receive', 'r.paper_id')}`))[0]
export const receiptsOf = async (read: Reader, paperId: string, unitIds: string[]): Promise<{ unitId: string; acknowledged: boolean; remindedAt: Date | null }[]> =>
  rows(read, sql<{ unitId: string; acknowledged: boolean; remindedAt: Date | null }>`select unit_id as "unitId", acknowledged_at is not null as acknowledged, reminded_at as "remindedAt" from paper_recipients where paper_id = ${paperId}::uuid and unit_id = any(${unitIds}::uuid[])`)
export const papersSeen = async (read: Reader, actor: Actor, ids: string[]): Promise<Set<string>> =>
  new Set(ids.length === 0 ? [] : (await rows<{ id: string }>(read, sql`select p.id from papers p where p.id = any(${ids}::uuid[]) and ${seen(actor)}`)).map(({ id }) => id))
/** Number and subject, as a line calls a paper. */
export const paperSubjects = async (read: Reader, ids: string[]): Promise<Map<string, string>> =>
  new Map((await rows<{ id: string; title: string }>(read, sql`select id, concat_ws(', ', nullif(written, ''), nullif(subject, '')) as title from papers where id = any(${ids}::uuid[])`)).map(({ id, title }) => [id, title]))
/** As the register calls them, without what they say. */
export const paperNumbers = async (read: Reader, ids: string[]): Promise<Map<string, string>> => new Map((await rows<{ id: string; written: string }>(read, sql`select id, written from papers where id = any(${ids}::uuid[])`)).map(({ id, written }) => [id, written]))
/** Of these papers the ones in the register of the unit, or of one below it. */
export const replaceable = async (read: Reader, unitId: string, ids: string[]): Promise<Set<string>> =>
  new Set(ids.length === 0 ? [] : (await rows<{ id: string }>(read, sql`select p.id from papers p join access_units t on t.unit_id = p.keeper_id join access_units o on o.unit_id = ${unitId}::uuid
    where p.id = any(${ids}::uuid[]) and t.path >= o.path and t.path < left(o.path, -1) || '/'`)).map(({ id }) => id))
export const unitsKnown = async (read: Reader, ids: string[]): Promise<Set<string>> =>
  new Set(ids.length === 0 ? [] : (await rows<{ id: string }>(read, sql`select unit_id as id from public_units_tree where unit_id = any(${ids}::uuid[])`)).map(({ id }) => id))
export const letterheadOf = async (read: Reader, unitId: string): Promise<{ head: Letterhead; version: number } | undefined> =>
  (await rows<{ head: Letterhead; version: number }>(read, sql`select head, version from letterheads where unit_id = ${unitId}::uuid`))[0]

/** By the unit that each went to: what is written on it. */
export const issuedOfRun = async (read: Reader, runId: string): Promise<Map<string, string>> =>
  new Map((await rows<{ unit: string; written: string }>(read, sql`select r.unit_id as unit, p.written from papers p join paper_recipients r on r.paper_id = p.id where p.run_id = ${runId}::uuid`)).map(({ unit, written }) => [unit, written]))
/** The papers of a run whose words the asker may read, by number. */
export const papersOfRun = async (read: Reader, actor: Actor, runId: string, after: number, limit: number): Promise<{ number: number; at: Date; content: string; gone: Date | null }[]> => rows(read, sql<{ number: number; at: Date; content: string; gone: Date | null }>`
  select p.number, p.recorded_at as at, c.text as content, p.withdrawn_at as gone from papers p join private_texts c on c.id = p.content_id and c.text is not null
  where p.run_id = ${runId}::uuid and p.number > ${after} and ${(await seenMany(read, actor)).seen} order by p.number limit ${limit}`)

/** Of these, those whose subject is for named readers alone. */
export const gradedPapers = async (read: Reader, ids: string[]): Promise<Set<string>> => new Set(ids.length === 0 ? [] : (await rows<{ id: string }>(read, sql`select record_id as id from access_graded where record_id = any(${ids}::uuid[])`)).map(({ id }) => id))
export const sentPapers = async (read: Reader, ids: string[]): Promise<Map<string, { issuer: string; written: string; subject: string; sentTo: string[] }>> =>
  new Map(ids.length === 0 ? [] : (await rows<{ id: string; issuer: string; written: string; subject: string; sentTo: string[] }>(read, sql`select p.id, p.issuer, p.written, p.subject, array(select r.unit_id from paper_recipients r where r.paper_id = p.id) as "sentTo"
    from papers p where p.id = any(${ids}::uuid[])`)).map(({ id, ...paper }) => [id, paper]))

export const layoutsFor = (read: Reader, actor: Actor, unitId: string): Promise<OwnLayout[]> => rows(read, sql<OwnLayout>`
  select l.id, json_build_object('id', u.unit_id, 'name', u.name) as unit, l.base, l.layout, l.version, ${granted(actor, 'paper.issue', 'l.unit_id')} as mine
  from access_units here join public_units_tree u on here.path >= u.path and here.path < left(u.path, -1) || '/' join paper_layouts l on l.unit_id = u.unit_id where here.unit_id = ${unitId}::uuid order by l.unit_id <> here.unit_id, u.path desc, l.name, l.id limit 100`)
export const layoutRow = async (read: Reader, id: string): Promise<{ unitId: string; version: number } | undefined> =>
  (await rows<{ unitId: string; version: number }>(read, sql`select unit_id as "unitId", version from paper_layouts where id = ${id}::uuid`))[0]

export type IssuingBody = { id: string; name: string; kind: 'steering' | 'subcommittee' | 'helpers' | 'inspection' | 'appraisal'; legalBasis: string | null; from: string | null; until: string | null }
/** Bodies whose standing office the unit is, and which have not ended. */
export const bodiesOf = (read: Reader, unitId: string): Promise<IssuingBody[]> => rows(read, sql<IssuingBody>`select body_id as id, name, kind, legal_basis as "legalBasis", from_on::text as "from", until_on::text as until from public_bodies_bodies where unit_id = ${unitId}::uuid and ended_on is null order by name, from_on nulls first, body_id limit 100`)

export type HeadUnit = { id: string; name: string; kind: string; scheme: string; parent: string | null; parentKind: string | null; parentScheme: string | null; province: string | null }
/** What a letterhead is suggested from. */
export const headUnit = async (read: Reader, unitId: string): Promise<HeadUnit | undefined> =>
  (await rows<HeadUnit>(read, sql`select u.unit_id as id, u.name, u.kind, u.scheme, p.name as parent, p.kind as "parentKind", p.scheme as "parentScheme",
    (select a.name from public_units_tree a where a.kind = 'province' and u.path like a.path || '%' limit 1) as province
    from public_units_tree u left join public_units_tree p on p.unit_id = u.parent_id where u.unit_id = ${unitId}::uuid`))[0]
