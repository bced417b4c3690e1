// Proposals in the database: read by who proposes and by who decides.
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import { cleared, granted, grantedRanges, readable } from '../../kernel/access.ts'
import type { Actor, Right } from '../../kernel/access.ts'
import { fileNames } from '../../kernel/blobs.ts'
import type { Lang } from '../../kernel/contract.ts'
import { rows } from '../../kernel/db.ts'
import { paged, readCursor } from '../../kernel/paging.ts'
import type { Reader, Writer } from '../../kernel/db.ts'
import type { Recorded } from '../../kernel/journal.ts'
import { fold } from '../../pure/text.ts'
import type { BOXES, Content, Proposal, ProposalDecided, ProposalSent, ProposalSentAgain, ProposalWithdrawn } from './contract.ts'
import type { Addressee, ProposalRow } from './decide.ts'

export const tables = ['proposals', 'proposal_tasks']

export const project = {
  'proposal.sent.v1': [async (write: Writer, facts: Recorded<ProposalSent>[]) => {
    for (const { fact: f, at, actorId, told } of facts) {
      await sql`insert into proposals (id, unit_id, to_unit_id, to_body_id, subject, fold, due_on, plan_id, content_id, files, phase, sent_at, sent_by, sent_told_id, version)
        values (${f.proposalId}, ${f.unitId}, ${f.toUnitId}, ${f.toBodyId}, ${f.subject}, ${fold(f.subject)}, ${f.due}, ${f.planId}, ${f.content.id}, ${f.files.map((x) => x.id)}::uuid[], 'sent', ${at}, ${actorId}, ${told}, 1)`.execute(write)
    }
  }],
  'proposal.sent_again.v1': [async (write: Writer, facts: Recorded<ProposalSentAgain>[]) => {
    for (const { fact: f, at, actorId, told } of facts) {
      await sql`update proposals set subject = ${f.subject}, fold = ${fold(f.subject)}, due_on = ${f.due}, content_id = ${f.content.id}, files = files || ${f.files.map((x) => x.id)}::uuid[], phase = 'sent', sent_at = ${at}, sent_by = ${actorId}, sent_told_id = ${told},
        verdict = null, option_id = null, text_id = null, decided_at = null, decided_by = null, told_id = null, how = null, decided_files = '{}', version = version + 1 where id = ${f.proposalId}`.execute(write)
    }
  }],
  'proposal.decided.v1': [async (write: Writer, facts: Recorded<ProposalDecided>[]) => {
    for (const { fact: f, at, actorId, told } of facts) {
      await sql`update proposals set phase = ${f.verdict === 'returned' ? 'returned' : 'decided'}, verdict = ${f.verdict}, option_id = ${f.optionId}, text_id = ${f.text?.id ?? null}, decided_at = ${at}, decided_by = ${actorId}, told_id = ${told}, how = ${f.how}, decided_on = ${f.decidedOn ?? null},
        decided_files = ${f.files.map((x) => x.id)}::uuid[], version = version + 1 where id = ${f.proposalId}`.execute(write)
      await sql`insert into proposal_tasks (proposal_id, n, task_id, title, unit_id) select ${f.proposalId}::uuid, t.n, t.id, t.title, t.unit_id
        from unnest(${f.tasks.map((x) => x.id)}::uuid[], ${f.tasks.map((x) => x.title)}::text[], ${f.tasks.map((x) => x.unitId)}::uuid[]) with ordinality t(id, title, unit_id, n)`.execute(write)
    }
  }],
  'proposal.withdrawn.v1': [async (write: Writer, facts: Recorded<ProposalWithdrawn>[]) => {
    for (const { fact: f, at, actorId } of facts) await sql`update proposals set phase = 'withdrawn', reason_id = ${f.reason.id}, ended_at = ${at}, ended_by = ${actorId}, version = version + 1 where id = ${f.proposalId}`.execute(write)
  }],
}

type Bool = RawBuilder<SqlBool>
/** At who proposes; to decide, at who decides; to read, at either. */
const held = (actor: Actor, right: Right): Bool => right === 'proposal.decide' ? granted(actor, right, 'p.to_unit_id') : right === 'proposal.read' ? sql<SqlBool>`(${granted(actor, right, 'p.unit_id')} or ${granted(actor, right, 'p.to_unit_id')})` : granted(actor, right, 'p.unit_id')
export async function accessProposal(read: Reader, actor: Actor, right: Right, proposalId: string): Promise<ProposalRow | undefined> {
  const [row] = await rows<Omit<ProposalRow, 'options'> & { content: string | null }>(read, sql`select p.id, p.unit_id as "unitId", p.to_unit_id as "toUnitId", p.phase, p.version, p.sent_at as "sentAt", c.text as content from proposals p left join private_texts c on c.id = p.content_id where p.id = ${proposalId}::uuid and ${held(actor, right)}`)
  if (!row) return undefined
  const { content, ...rest } = row
  return { ...rest, options: content === null ? null : (JSON.parse(content) as Content).options.map((one) => one.id) }
}
export const proposalsSeen = async (read: Reader, actor: Actor, id: string): Promise<boolean> => (await rows(read, sql`select 1 from proposals p where p.id = ${id}::uuid and ${held(actor, 'proposal.read')}`)).length > 0
export const mayFollowProposals = async (read: Reader, actor: Actor, ids: string[]): Promise<string[]> => (await rows<{ id: string }>(read, sql`select p.id from proposals p where p.id = any(${ids}::uuid[]) and ${held(actor, 'proposal.read')}`)).map(({ id }) => id)
export const mayAt = async (read: Reader, actor: Actor, right: Right, unitId: string): Promise<boolean> => (await rows(read, sql`select 1 from access_units u where u.unit_id = ${unitId}::uuid and ${granted(actor, right, 'u.unit_id')}`)).length > 0
/** A unit above, or the very unit; a body that stands, by its standing office. */
export async function addresseeOf(read: Reader, unitId: string, toUnitId: string | undefined, toBodyId: string | undefined): Promise<Addressee> {
  if ((toUnitId === undefined) === (toBodyId === undefined)) return undefined
  const [found] = toUnitId === undefined
    ? await rows<NonNullable<Addressee>>(read, sql`select unit_id as "unitId", body_id as "bodyId" from public_bodies_bodies where body_id = ${toBodyId}::uuid and ended_on is null`)
    : await rows<NonNullable<Addressee>>(read, sql`select a.unit_id as "unitId", null::uuid as "bodyId" from public_units_tree u join public_units_tree a on starts_with(u.path, a.path) where u.unit_id = ${unitId}::uuid and a.unit_id = ${toUnitId}::uuid and a.valid_until is null`)
  return found
}
export const planSeen = async (read: Reader, actor: Actor, planId: string): Promise<boolean> => (await rows(read, sql`select 1 from public_plans_plans p where p.plan_id = ${planId}::uuid and ${readable(actor, 'plan.read', 'p.plan_id', granted(actor, 'plan.read', 'p.unit_id'))}`)).length > 0

type Line = Omit<Proposal, 'sentAt' | 'decidedAt' | 'late'> & { sentAt: Date; decidedAt: Date | null }
const COLUMNS = (lang: Lang) => {
  const name = (alias: string) => (lang === 'en' ? sql`coalesce(${sql.ref(`${alias}.name_en`)}, ${sql.ref(`${alias}.name`)})` : sql.ref(`${alias}.name`))
  return sql`p.id, p.subject, json_build_object('id', u.unit_id, 'name', ${name('u')}) as unit, json_build_object('id', coalesce(b.body_id, t.unit_id), 'name', coalesce(b.name, ${name('t')})) as "to", p.due_on::text as due, p.phase, p.sent_at as "sentAt", p.decided_at as "decidedAt", p.verdict`
}
const JOINS = sql`join public_units_tree u on u.unit_id = p.unit_id join public_units_tree t on t.unit_id = p.to_unit_id left join public_bodies_bodies b on b.body_id = p.to_body_id`
const own = (actor: Actor, right: Right, column: string) => (actor.kind !== 'person' ? sql`true` : sql`${sql.ref(column)} in (select w.unit_id from access_units w join ${grantedRanges(actor, right)} r on w.path >= r.path and w.path < r.upto)`)
const late = (row: { due: string | null; phase: string }, today: string) => row.phase === 'sent' && row.due !== null && row.due < today
const EXACT_TO = 1000

export async function listProposals(read: Reader, actor: Actor, asked: { box?: (typeof BOXES)[number] | undefined; q?: string | undefined; cursor?: string | undefined; limit: number }, lang: Lang, today: string) {
  const seen = sql`(${own(actor, 'proposal.read', 'p.unit_id')} or ${own(actor, 'proposal.read', 'p.to_unit_id')})`
  const box = asked.box === 'sent' ? own(actor, 'proposal.write', 'p.unit_id') : asked.box === 'waiting' ? sql`p.phase = 'sent' and ${own(actor, 'proposal.decide', 'p.to_unit_id')}` : asked.box === 'decided' ? sql`p.phase in ('decided', 'returned')` : sql`true`
  const where = sql`${seen} and ${box} ${asked.q ? sql`and p.fold like ${`%${fold(asked.q)}%`}` : sql``}`
  const after = readCursor(asked.cursor)
  const beyond = after ? sql` and (p.sent_at, p.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``
  const found = await rows<Line & { key: string }>(read, sql`select ${COLUMNS(lang)}, p.sent_at::text as key from (select * from proposals p where ${where}${beyond} order by p.sent_at desc, p.id desc limit ${asked.limit + 1}) p ${JOINS} order by p.sent_at desc, p.id desc`)
  const { items, next } = paged(found, asked.limit, (row) => row.key)
  const [count] = asked.cursor ? [] : await rows<{ n: number }>(read, sql`select count(*)::int as n from (select 1 from proposals p where ${where} limit ${EXACT_TO + 1}) x`)
  return {
    items: items.map(({ key: _, sentAt, decidedAt, ...row }) => ({ ...row, late: late(row, today), sentAt: sentAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null })), ...(count ? { total: count.n } : {}),
    next,
  }
}

const person = (alias: string) => sql`case when ${sql.ref(`${alias}.person_id`)} is not null then json_build_object('id', ${sql.ref(`${alias}.person_id`)}, 'name', ${sql.ref(`${alias}.name`)}) end`
export async function showProposal(read: Reader, actor: Actor, proposalId: string, lang: Lang, today: string, at: Date): Promise<Proposal | undefined> {
  type More = { version: number; by: Proposal['by']; toldBy: string | null; content: string | null; planId: string | null; plan: Proposal['plan']; fileIds: string[]; decidedFiles: string[]; decidedBy: Proposal['by']; decidedTold: string | null; how: string | null; decidedOn: string | null; optionId: string | null; text: string | null; endedAt: Date | null; endedBy: Proposal['by']; reason: string | null; mayDecide: boolean; mayWrite: boolean; tasks: NonNullable<Proposal['decision']>['tasks'] }
  const [row] = await rows<Line & More>(read, sql`select ${COLUMNS(lang)}, p.version, ${person('n')} as by, st.text as "toldBy", c.text as content, case when q.plan_id is not null then json_build_object('id', q.plan_id, 'name', case when ${cleared(actor, 'plan.read', 'q.plan_id')} then q.title else '…' end) end as plan, p.files as "fileIds", p.decided_files as "decidedFiles",
      ${person('d')} as "decidedBy", dt.text as "decidedTold", p.how, p.decided_on::text as "decidedOn", p.option_id as "optionId", x.text, p.ended_at as "endedAt", ${person('e')} as "endedBy", r.text as reason, ${granted(actor, 'proposal.decide', 'p.to_unit_id')} as "mayDecide", ${granted(actor, 'proposal.write', 'p.unit_id')} as "mayWrite",
      coalesce((select json_agg(json_build_object('id', k.task_id, 'title', k.title, 'unit', ${lang === 'en' ? sql`coalesce(ku.name_en, ku.name)` : sql`ku.name`}, 'state', coalesce(s.state, 'withdrawn')) order by k.n) from proposal_tasks k join public_units_tree ku on ku.unit_id = k.unit_id left join public_tasks_states s on s.task_id = k.task_id where k.proposal_id = p.id), '[]') as tasks
    from proposals p ${JOINS} left join public_plans_plans q on q.plan_id = p.plan_id left join private_texts c on c.id = p.content_id left join private_texts x on x.id = p.text_id left join private_texts r on r.id = p.reason_id left join private_texts st on st.id = p.sent_told_id left join private_texts dt on dt.id = p.told_id
      left join public_people_names n on n.person_id = p.sent_by left join public_people_names d on d.person_id = p.decided_by left join public_people_names e on e.person_id = p.ended_by where p.id = ${proposalId}::uuid and ${held(actor, 'proposal.read')}`)
  if (!row) return undefined
  const stored = (await fileNames(read, `proposal:${proposalId}`)).filter((file) => !file.erased).map(({ id, name, size, type }) => ({ id, name, size: Number(size), type }))
  const { sentAt, decidedAt, content, fileIds, decidedFiles, decidedBy, decidedTold, how, decidedOn, optionId, text, endedAt, endedBy, reason, mayDecide, mayWrite, tasks, planId: _, ...rest } = row
  return {
    ...rest, late: late(row, today), sentAt: sentAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null, content: content === null ? null : JSON.parse(content) as Content, files: stored.filter((file) => fileIds.includes(file.id)),
    decision: decidedAt && row.verdict ? { at: decidedAt.toISOString(), decidedOn, by: decidedBy, toldBy: decidedTold, how, verdict: row.verdict, optionId, text, files: stored.filter((file) => decidedFiles.includes(file.id)), tasks } : null,
    withdrawn: endedAt ? { at: endedAt.toISOString(), by: endedBy, reason } : null,
    can: [...(mayDecide && row.phase === 'sent' ? ['decide' as const] : []), ...(mayWrite && row.phase === 'returned' ? ['again' as const] : []), ...(mayWrite && (row.phase === 'sent' || row.phase === 'returned') ? ['withdraw' as const] : [])], asOf: at.toISOString(),
  }
}

export const proposalSubjects = async (read: Reader, ids: string[]): Promise<Map<string, string>> =>
  new Map((await rows<{ id: string; subject: string }>(read, sql`select id, subject from proposals where id = any(${ids}::uuid[])`)).map(({ id, subject }) => [id, subject]))

/** Who proposes and who decides, for what is sent about it. */
export const sidesOf = async (read: Reader, ids: string[]): Promise<Map<string, { subject: string; unitId: string; toUnitId: string }>> =>
  new Map((await rows<{ id: string; subject: string; unitId: string; toUnitId: string }>(read, sql`select id, subject, unit_id as "unitId", to_unit_id as "toUnitId" from proposals where id = any(${ids}::uuid[])`)).map(({ id, ...row }) => [id, row]))
