// Drafts and runs: kept beside the journal, deleted when their time is over.
import { sql } from 'kysely'
import type { SqlBool } from 'kysely'
import { granted, grantedRanges } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader, SideWriter } from '../../../kernel/db.ts'
import type { After } from '../../../kernel/paging.ts'
import type { Grade } from '../../../pure/grades.ts'
import type { Letter } from '../contract/letter.ts'
import type { DraftKind, KeptDraft, KeptDraftLine } from '../contract.ts'

const DAY = 86_400_000
/** A draft that nobody saved for so long is gone; a run is kept as long as its job's progress. */
export const DRAFT_DAYS = 180
const RUN_DAYS = 30

/** Nobody is named for a draft: it is known to those who write it. */
const known = (actor: Actor) => sql`(d.grade = 'none' or ${actor.id}::uuid in (d.person_id, d.saved_by))`
const knownTo = (actorId: string) => sql<SqlBool>`(grade = 'none' or ${actorId}::uuid in (person_id, saved_by))`
type Line = Omit<KeptDraftLine, 'savedAt'> & { savedAt: Date; key: string }
export const listDrafts = (read: Reader, actor: Actor, asked: { unit?: string | undefined; mine?: boolean | undefined; limit: number }, after: After | undefined): Promise<Line[]> => rows(read, sql<Line>`
  select d.id, json_build_object('id', u.unit_id, 'name', u.name) as unit, d.kind, d.subject, d.version, d.saved_at as "savedAt", d.saved_at::text as key, n.name as by, d.person_id = ${actor.id} as mine
  from paper_drafts d join public_units_tree u on u.unit_id = d.unit_id left join public_people_names n on n.person_id = d.saved_by
  where d.unit_id in (select a.unit_id from access_units a join ${grantedRanges(actor, 'paper.issue')} r on a.path >= r.path and a.path < r.upto) and ${known(actor)}
    ${asked.mine ? sql`and d.person_id = ${actor.id}` : sql``} ${asked.unit ? sql`and d.unit_id = ${asked.unit}::uuid` : sql``} ${after ? sql`and (d.saved_at, d.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``}
  order by d.saved_at desc, d.id desc limit ${asked.limit}`)

export const seesDraft = async (read: Reader, actor: Actor, unitId: string, draftId: string): Promise<boolean> => (await rows(read, sql`select 1 from paper_drafts d
  where d.id = ${draftId}::uuid and d.unit_id = ${unitId}::uuid and ${granted(actor, 'paper.issue', 'd.unit_id')} and ${known(actor)}`)).length > 0
export async function draftOf(read: Reader, actor: Actor, unitId: string, draftId: string): Promise<KeptDraft | undefined> {
  const [row] = await rows<Omit<KeptDraft, 'savedAt'> & { savedAt: Date }>(read, sql`
    select d.id, d.unit_id as "unitId", d.form, d.version, d.saved_at as "savedAt", n.name as by, d.saved_by = ${actor.id} as mine from paper_drafts d left join public_people_names n on n.person_id = d.saved_by
    where d.id = ${draftId}::uuid and d.unit_id = ${unitId}::uuid and ${granted(actor, 'paper.issue', 'd.unit_id')} and ${known(actor)}`)
  return row && { ...row, savedAt: row.savedAt.toISOString() }
}

/** False: the draft is not (or no longer) at that version. The statement itself says so: of two who save at once one wins. */
export async function saveDraft(side: SideWriter, actorId: string, draft: { id: string; unitId: string; kind: DraftKind; grade: Grade; subject: string; form: string; expectedVersion: number }, at: Date): Promise<boolean> {
  const { id, unitId, kind, grade, subject, form, expectedVersion } = draft
  const kept = { kind, grade, subject, form, saved_by: actorId, saved_at: at, until: new Date(at.getTime() + DRAFT_DAYS * DAY) }
  await side.deleteFrom('paper_drafts').where('until', '<', at).execute()
  if (expectedVersion === 0) {
    const made = await side.insertInto('paper_drafts').values({ id, unit_id: unitId, person_id: actorId, version: 1, ...kept }).onConflict((c) => c.column('id').doNothing()).executeTakeFirst()
    return Number(made.numInsertedOrUpdatedRows) > 0
  }
  const done = await side.updateTable('paper_drafts').set({ ...kept, version: expectedVersion + 1 }).where('id', '=', id).where('unit_id', '=', unitId).where('version', '=', expectedVersion)
    .where(knownTo(actorId)).executeTakeFirst()
  return Number(done.numUpdatedRows) > 0
}
/** Where it is known to the actor. */
export const dropDraft = async (side: Pick<SideWriter, 'deleteFrom'>, actorId: string, unitId: string, draftId: string): Promise<void> => {
  await side.deleteFrom('paper_drafts').where('id', '=', draftId).where('unit_id', '=', unitId).where(knownTo(actorId)).execute()
}

export type Run = { unitId: string; letter: Letter; unitIds: string[]; withTasks: boolean; filing: string | null; bodyId: string | null; draftId: string | null }
export async function keepRun(side: SideWriter, id: string, actorId: string, { unitId, letter, ...asked }: Run, at: Date): Promise<void> {
  await side.deleteFrom('paper_runs').where('until', '<', at).execute()
  await side.insertInto('paper_runs').values({ id, unit_id: unitId, person_id: actorId, letter: JSON.stringify(letter), asked: JSON.stringify(asked), made_at: at, until: new Date(at.getTime() + RUN_DAYS * DAY) }).onConflict((c) => c.column('id').doNothing()).execute()
}
export async function runOf(read: Reader, id: string): Promise<Run | undefined> {
  const [row] = await rows<{ unitId: string; letter: string; asked: Omit<Run, 'unitId' | 'letter'> }>(read, sql`select unit_id as "unitId", letter, asked from paper_runs where id = ${id}::uuid`)
  return row && { unitId: row.unitId, letter: JSON.parse(row.letter) as Letter, ...row.asked }
}

export type RunUnit = { id: string; name: string; kind: string; scheme: string; path: string }
/** Open units among these, with where each stands in the tree. */
export const unitsOfRun = (read: Reader, ids: string[]): Promise<RunUnit[]> =>
  rows(read, sql<RunUnit>`select u.unit_id as id, u.name, u.kind, u.scheme, u.path from public_units_tree u where u.unit_id = any(${ids}::uuid[]) and u.valid_until is null order by u.path collate "C"`)
export const pathsOf = async (read: Reader, ids: string[]): Promise<Map<string, string>> =>
  new Map((await rows<{ id: string; path: string }>(read, sql`select unit_id as id, path from public_units_tree where unit_id = any(${[...new Set(ids)]}::uuid[])`)).map(({ id, path }) => [id, path]))
export const childrenOf = (read: Reader, unitId: string, most: number): Promise<RunUnit[]> =>
  rows(read, sql<RunUnit>`select u.unit_id as id, u.name, u.kind, u.scheme, u.path from public_units_tree u where u.parent_id = ${unitId}::uuid and u.valid_until is null order by u.place, u.code limit ${most}`)
