// The register of what is graded, and the rows that orders are about. It says nothing of what a record says.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { granted, grantedRanges, named } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import type { Lang } from '../../../kernel/contract.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { After } from '../../../kernel/paging.ts'
import type { Grade } from '../../../pure/grades.ts'
import type { Custody, CustodyLine, RecordKind } from '../contract.ts'
import type { Holder } from '../contract/facts.ts'
import type { CopyRow, CustodyRow } from '../decide.ts'

type Sql = RawBuilder<unknown>
const unitName = (lang: Lang, alias: string): Sql => (lang === 'en' ? sql`coalesce(${sql.ref(`${alias}.name_en`)}, ${sql.ref(`${alias}.name`)})` : sql.ref(`${alias}.name`))

export const ceilingNow = async (read: Reader): Promise<Grade> => (await rows<{ ceiling: Grade }>(read, sql`select ceiling from public_settings_ceiling`))[0]?.ceiling ?? 'none'

/** `kind` given: also of a record that was never graded. To print one must be named; the rest goes by the tree, and shows nothing of what the record says. */
export async function accessCustody(read: Reader, actor: Actor, right: Right, recordId: string, kind?: RecordKind): Promise<CustodyRow | undefined> {
  const may = right === 'custody.print' && actor.kind === 'person' ? named(actor, right, 'r.record_id') : granted(actor, right, 'r.unit_id')
  return (await rows<CustodyRow>(read, sql`
    select r.record_id as "recordId", r.kind, coalesce(c.grade, 'none') as grade, coalesce(c.here, true) as here, coalesce(c.version, 0) as version,
      (select coalesce(max(k.n), 0) from custody_copies k where k.record_id = r.record_id) as copies, (select coalesce(max(p.n), 0) from custody_prints p where p.record_id = r.record_id) as prints
    from public_custodies_records r left join custodies c on c.record_id = r.record_id
    where r.record_id = ${recordId}::uuid and ${kind ? sql`r.kind = ${kind}` : sql`c.record_id is not null`} and ${may}`))[0]
}
/** An account that stands, or a unit that does. */
export const isHolder = async (read: Reader, { personId, unitId }: Holder): Promise<boolean> => (personId === null) !== (unitId === null)
  && (await rows(read, personId ? sql`select 1 from public_people_names n where n.person_id = ${personId}::uuid and n.name is not null` : sql`select 1 from public_units_tree u where u.unit_id = ${unitId}::uuid and u.valid_until is null`)).length > 0
export const isNamed = async (read: Reader, recordId: string, { personId, unitId }: Holder, at: Date): Promise<boolean> => (await rows(read, sql`
  select 1 from custody_readers where record_id = ${recordId}::uuid and ended_at is null and ends_at > ${at} and (person_id = ${personId}::uuid or unit_id = ${unitId}::uuid)`)).length > 0
export const isOpen = async (read: Reader, recordId: string, readerId: string, at: Date): Promise<boolean> => (await rows(read, sql`select 1 from custody_readers where id = ${readerId}::uuid and record_id = ${recordId}::uuid and ended_at is null and ends_at > ${at}`)).length > 0
export const copyRow = async (read: Reader, recordId: string, n: number): Promise<CopyRow | undefined> =>
  (await rows<CopyRow>(read, sql`select returned_at is not null as returned, destroyed_at is not null as destroyed from custody_copies where record_id = ${recordId}::uuid and n = ${n}`))[0]
export const printOf = async (read: Reader, recordId: string, printId: string, personId: string, since: Date): Promise<boolean> =>
  (await rows(read, sql`select 1 from custody_prints where id = ${printId}::uuid and record_id = ${recordId}::uuid and person_id = ${personId}::uuid and ordered_at >= ${since}`)).length > 0
export const gradeOf = async (read: Reader, recordId: string): Promise<Grade> => (await rows<{ grade: Grade }>(read, sql`select grade from access_graded where record_id = ${recordId}::uuid`))[0]?.grade ?? 'none'
export const accountName = async (read: Reader, personId: string): Promise<string | null> => (await rows<{ name: string | null }>(read, sql`select name from public_people_names where person_id = ${personId}::uuid`))[0]?.name ?? null

type Line = Omit<CustodyLine, 'name' | 'readAt'> & { readAt: Date | null }
const LINE = (lang: Lang): Sql => sql`c.record_id as "recordId", c.kind, c.grade, c.here, json_build_object('id', u.unit_id, 'name', ${unitName(lang, 'u')}) as unit,
  (select count(*)::int from custody_readers x where x.record_id = c.record_id and x.ended_at is null and x.ends_at > now()) as readers, (select count(*)::int from custody_copies x where x.record_id = c.record_id) as copies,
  (select count(*)::int from custody_copies x where x.record_id = c.record_id and x.returned_at is null and x.destroyed_at is null) as out, (select coalesce(sum(x.copies), 0)::int from custody_prints x where x.record_id = c.record_id) as prints,
  (select max(x.read_at) from custody_reads x where x.record_id = c.record_id) as "readAt"`

export const listCustodies = (read: Reader, actor: Actor, kind: RecordKind | undefined, lang: Lang, after: After | undefined, limit: number): Promise<(Line & { key: string; id: string })[]> => rows(read, sql<Line & { key: string; id: string }>`
  select ${LINE(lang)}, c.record_id as id, c.graded_at::text as key from custodies c join public_custodies_places p on p.record_id = c.record_id join public_units_tree u on u.unit_id = p.unit_id
  where c.grade <> 'none' ${kind ? sql`and c.kind = ${kind}` : sql``} and exists (select 1 from ${grantedRanges(actor, 'custody.keep')} r where u.path >= r.path and u.path < r.upto)
    ${after ? sql`and (c.graded_at, c.record_id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``} order by c.graded_at desc, c.record_id desc limit ${limit}`)

const person = (alias: string): Sql => sql`case when ${sql.ref(`${alias}.person_id`)} is not null then json_build_object('id', ${sql.ref(`${alias}.person_id`)}, 'name', ${sql.ref(`${alias}.name`)}) end`
const holder = (lang: Lang): Sql => sql`${person('hp')} as person, case when hu.unit_id is not null then json_build_object('id', hu.unit_id, 'name', ${unitName(lang, 'hu')}) end as unit`
const HOLDERS = sql`left join public_people_names hp on hp.person_id = x.person_id left join public_units_tree hu on hu.unit_id = x.unit_id`
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export async function showCustody(read: Reader, actor: Actor, recordId: string, lang: Lang, at: Date): Promise<Omit<Custody, 'name' | 'asOf'> | undefined> {
  type Head = Line & { version: number; basis: string | null; reason: string | null; gradedAt: Date; gradedBy: Custody['gradedBy'] | null; by: string; mayGrade: boolean }
  const [row] = await rows<Head>(read, sql`
    select ${LINE(lang)}, c.version, c.basis, w.text as reason, c.graded_at as "gradedAt", ${person('g')} as "gradedBy", c.graded_by as by, ${granted(actor, 'custody.grade', 'p.unit_id')} as "mayGrade"
    from custodies c join public_custodies_places p on p.record_id = c.record_id join public_units_tree u on u.unit_id = p.unit_id left join private_texts w on w.id = c.reason_id left join public_people_names g on g.person_id = c.graded_by
    where c.record_id = ${recordId}::uuid and ${granted(actor, 'custody.keep', 'p.unit_id')}`)
  if (!row) return undefined
  type Who = Pick<Custody['named'][number], 'person' | 'unit'>
  const named_ = await rows<Who & { id: string; from: Date; until: Date; way: 'author' | 'recipient' | 'order'; why: string | null; by: Custody['gradedBy'] | null; byId: string; ended: boolean }>(read, sql`
    select x.id, ${holder(lang)}, x.starts_at as from, least(x.ends_at, x.ended_at) as until, x.way, w.text as why, ${person('b')} as by, x.named_by as "byId", (x.ended_at is not null or x.ends_at <= ${at}) as ended
    from custody_readers x ${HOLDERS} left join private_texts w on w.id = x.why_id left join public_people_names b on b.person_id = x.named_by where x.record_id = ${recordId}::uuid order by ended, x.named_at, x.way, x.id limit 1000`)
  const numbered = await rows<Who & { n: number; givenAt: Date; returnedAt: Date | null; destroyedAt: Date | null; destroyedBy: Custody['gradedBy'] | null; paper: string | null }>(read, sql`
    select x.n, ${holder(lang)}, x.given_at as "givenAt", x.returned_at as "returnedAt", x.destroyed_at as "destroyedAt", ${person('d')} as "destroyedBy", x.destroyed_paper as paper
    from custody_copies x ${HOLDERS} left join public_people_names d on d.person_id = x.destroyed_by where x.record_id = ${recordId}::uuid order by x.n limit 1000`)
  const printed = await rows<{ n: number; copies: number; by: Custody['gradedBy'] | null; byId: string; why: string | null; at: Date }>(read, sql`
    select x.n, x.copies, ${person('b')} as by, x.person_id as "byId", w.text as why, x.ordered_at as at from custody_prints x left join private_texts w on w.id = x.why_id left join public_people_names b on b.person_id = x.person_id where x.record_id = ${recordId}::uuid order by x.n desc limit 1000`)
  const { by, gradedAt, gradedBy, readAt, ...rest } = row
  return {
    ...rest, readAt: iso(readAt), gradedAt: gradedAt.toISOString(), gradedBy: gradedBy ?? { id: by, name: null },
    named: named_.map(({ byId, from, until, ...one }) => ({ ...one, from: from.toISOString(), until: until.toISOString(), by: one.by ?? { id: byId, name: null } })),
    numbered: numbered.map((one) => ({ ...one, givenAt: one.givenAt.toISOString(), returnedAt: iso(one.returnedAt), destroyedAt: iso(one.destroyedAt) })),
    printed: printed.map(({ byId, at: then, ...one }) => ({ ...one, at: then.toISOString(), by: one.by ?? { id: byId, name: null } })),
  }
}

export const listReads = (read: Reader, recordId: string, after: After | undefined, limit: number): Promise<{ at: Date; by: { id: string; name: string | null }; subject: string; how: 'read' | 'file' | 'print'; key: string; id: string }[]> => rows(read, sql<{ at: Date; by: { id: string; name: string | null }; subject: string; how: 'read' | 'file' | 'print'; key: string; id: string }>`
  select x.read_at as at, json_build_object('id', x.person_id, 'name', n.name) as by, x.subject, x.how, x.read_at::text as key, x.person_id as id from custody_reads x left join public_people_names n on n.person_id = x.person_id
  where x.record_id = ${recordId}::uuid ${after ? sql`and (x.read_at, x.person_id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``} order by x.read_at desc, x.person_id desc limit ${limit}`)

const SLOT_MS = 600_000
/** Before what is read leaves. The first time in each ten minutes counts: a screen asks again by itself. */
export async function logReading(side: SideWriter, recordId: string, subject: string, personId: string, how: 'read' | 'file' | 'print', at: Date, until: Date): Promise<void> {
  await side.insertInto('custody_reads').values({ record_id: recordId, subject, person_id: personId, how, slot: Math.floor(at.getTime() / SLOT_MS), read_at: at, purpose: 'who read what is graded', retention: 'custody_read', until }).onConflict((on) => on.doNothing()).execute()
}
export const forgetReadings = (side: SideWriter, at: Date) => side.deleteFrom('custody_reads').where('until', '<', at).execute()
/** The record whose grade a report has. */
export const recordOf = async (read: Reader, reportId: string): Promise<string | undefined> => (await rows<{ id: string }>(read, sql`select collection_id as id from public_reports_due where report_id = ${reportId}::uuid`))[0]?.id
/** What the logs hold of one account, for that account. */
export async function readingsOf(read: Reader, personId: string): Promise<{ count: number; firstAt: string | null; lastAt: string | null }> {
  const [row] = await rows<{ count: number; first: Date | null; last: Date | null }>(read, sql`select count(*)::int as count, min(read_at) as first, max(read_at) as last from custody_reads where person_id = ${personId}::uuid`)
  return { count: row!.count, firstAt: iso(row!.first), lastAt: iso(row!.last) }
}
