// The facts of custody into its register. A paper that is registered by its number alone comes with its own fact.
import { sql } from 'kysely'
import type { Projectors } from '../../../kernel/commit.ts'
import type { Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import type { Grade } from '../../../pure/grades.ts'
import type { CopyDestroyed, CopyGiven, CopyReturned, PrintOrdered, ReaderEnded, ReaderNamed, RecordGraded } from '../contract/facts.ts'

export const tables = ['custodies', 'custody_readers', 'custody_copies', 'custody_prints', 'custody_files']

/** They are few, and one order makes many of them at most where a paper goes to many offices. */
const each = <F extends { type: string }>(one: (write: Writer, fact: F, by: string, at: Date) => Promise<unknown>) => async (write: Writer, facts: Recorded<F>[]): Promise<void> => {
  for (const { fact, actorId, at } of facts) await one(write, fact, actorId, at)
}

/** Facts of papers and plans, with the grade that their files came with. */
type WithFiles = { type: string; paperId?: string; planId?: string; files: { id: string }[]; grade?: Exclude<Grade, 'none'>; filesGrade?: Exclude<Grade, 'none'> }
const filed = each<WithFiles>(async (write, f) => {
  if (f.filesGrade) await sql`insert into custody_files (file_id, record_id, grade) select unnest(${f.files.map(({ id }) => id)}::uuid[]), ${f.paperId ?? f.planId}::uuid, ${f.filesGrade} on conflict do nothing`.execute(write)
})

export const project = {
  'paper.received.v1': [async (write: Writer, facts: Recorded<WithFiles>[]) => {
    for (const { fact, actorId, at } of facts) if (fact.grade) await sql`insert into custodies (record_id, kind, grade, here, version, graded_at, graded_by) values (${fact.paperId}, 'paper', ${fact.grade}, false, 1, ${at}, ${actorId})`.execute(write)
  }, filed],
  'paper.attached.v1': [filed], 'plan.attached.v1': [filed],
  'record.graded.v1': [each<RecordGraded>((write, f, by, at) => sql`
    insert into custodies (record_id, kind, grade, here, version, basis, reason_id, graded_at, graded_by) values (${f.recordId}, ${f.kind}, ${f.grade}, true, 1, ${f.basis}, ${f.reason?.id ?? null}, ${at}, ${by})
    on conflict (record_id) do update set grade = excluded.grade, version = custodies.version + 1, basis = excluded.basis, reason_id = excluded.reason_id, graded_at = excluded.graded_at, graded_by = excluded.graded_by`.execute(write))],
  'reader.named.v1': [each<ReaderNamed>((write, f, by, at) => sql`
    insert into custody_readers (id, record_id, person_id, unit_id, starts_at, ends_at, way, why_id, named_at, named_by) values (${f.readerId}, ${f.recordId}, ${f.personId}, ${f.unitId}, ${f.from}, ${f.until}, ${f.way}, ${f.why?.id ?? null}, ${at}, ${by})`.execute(write))],
  'reader.ended.v1': [each<ReaderEnded>((write, f, _, at) => sql`update custody_readers set ended_at = ${at} where id = ${f.readerId} and record_id = ${f.recordId}`.execute(write))],
  'copy.given.v1': [each<CopyGiven>((write, f, by, at) => sql`insert into custody_copies (record_id, n, person_id, unit_id, given_at, given_by) values (${f.recordId}, ${f.n}, ${f.personId}, ${f.unitId}, ${at}, ${by})`.execute(write))],
  'copy.returned.v1': [each<CopyReturned>((write, f, by, at) => sql`update custody_copies set returned_at = ${at}, returned_by = ${by} where record_id = ${f.recordId} and n = ${f.n}`.execute(write))],
  'copy.destroyed.v1': [each<CopyDestroyed>((write, f, by, at) => sql`update custody_copies set destroyed_at = ${at}, destroyed_by = ${by}, destroyed_paper = ${f.paper} where record_id = ${f.recordId} and n = ${f.n}`.execute(write))],
  'print.ordered.v1': [each<PrintOrdered>((write, f, by, at) => sql`insert into custody_prints (id, record_id, n, copies, person_id, why_id, ordered_at) values (${f.printId}, ${f.recordId}, ${f.n}, ${f.copies}, ${by}, ${f.why.id}, ${at})`.execute(write))],
} satisfies Projectors
