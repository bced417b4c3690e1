// Facts of plans into their tables.
import { sql } from 'kysely'
import type { Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import { fold } from '../../../pure/text.ts'
import type {
  AppraisalBegun, CommentSettled, PlanAnswered, PlanAppraised, PlanApproved, PlanArranged, PlanAttached, PlanChanged, PlanCommented, PlanConsulted, PlanDetached, PlanDrafted, PlanFact, PlanHandedOver, PlanReplaced, PlanWithdrawn, PointRaised, PointReopened, PointSettled, PointWithdrawn, SectionWritten, VersionBegun,
} from '../contract/facts.ts'
import type { Header } from '../contract/shapes.ts'
import { handOver } from './handover.ts'

export const tables = ['plans', 'plan_versions', 'plan_sections', 'plan_readers', 'plan_consultations', 'plan_comments', 'plan_appraisals', 'plan_points', 'plan_tasks', 'plan_detached', 'plan_attached', 'plan_answers']

const headerOf = ({ title, headId, eventId, programmeId, basis, restsOn, papers, reviewOn }: Header): string => JSON.stringify({ title, headId, eventId, programmeId, basis, restsOn, papers, reviewOn })
type Step<F extends PlanFact> = (write: Writer, r: Recorded<F>) => Promise<void>
/** A plan changes seldom: one fact after another. Each raises its version by one. */
const each = <F extends PlanFact>(step: Step<F>) => [async (write: Writer, facts: Recorded<F>[]) => {
  for (const r of facts) {
    await step(write, r)
    if (r.fact.type !== 'plan.drafted.v1') await sql`update plans set version = version + 1, changed_at = ${r.at} where id = ${r.fact.planId}`.execute(write)
  }
}]
const phase = async (write: Writer, planId: string, n: number, name: string): Promise<void> => {
  await sql`update plan_versions set phase = ${name} where plan_id = ${planId} and n = ${n}`.execute(write)
  await sql`update plans set phase = ${name} where id = ${planId} and n = ${n}`.execute(write)
}
const readers = (write: Writer, planId: string, units: string[]) => sql`insert into plan_readers (plan_id, unit_id) select ${planId}::uuid, u from unnest(${units}::uuid[]) u on conflict do nothing`.execute(write)
/** What is written after a verdict was not appraised. */
const touched = (write: Writer, planId: string, n: number) => sql`update plan_appraisals set verdict = null, text_id = null, judged_at = null, judged_by = null, told_id = null where plan_id = ${planId} and n = ${n}`.execute(write)
const ends = async (write: Writer, r: Recorded<PlanReplaced | PlanWithdrawn>, name: string): Promise<void> => {
  const { planId } = r.fact
  const on = 'on' in r.fact ? r.fact.on ?? null : null
  await sql`update plan_versions set phase = ${name} where plan_id = ${planId} and n in (select unnest(array[p.n, p.approved_n, (select max(v.n) from plan_versions v where v.plan_id = p.id and v.in_force_from <= ${on}::date)]) from plans p where p.id = ${planId})`.execute(write)
  await sql`update plans set phase = ${name}, approved_n = null, ended_at = ${r.at}, ended_by = ${r.actorId}, ended_told_id = ${r.told} where id = ${planId}`.execute(write)
}

export const project = {
  'plan.drafted.v1': each<PlanDrafted>(async (write, { fact: f, at, actorId }) => {
    await sql`insert into plans (id, unit_id, kind, matter, lang, template, title, fold, head_id, event_id, phase, n, head_version, version, changed_at)
      values (${f.planId}, ${f.unitId}, ${f.kind}, ${f.matter}, ${f.lang}, ${f.template}, ${f.title}, ${fold(f.title)}, ${f.headId}, ${f.eventId}, 'drafting', 1, 1, 1, ${at})`.execute(write)
    await sql`insert into plan_versions (plan_id, n, phase, header, begun_at) values (${f.planId}, 1, 'drafting', ${headerOf(f)}, ${at})`.execute(write)
    await sql`insert into plan_sections (plan_id, n, id, place, code, title, tables, units, version, changed_at, changed_by)
      select ${f.planId}::uuid, 1, (s ->> 'id')::uuid, o, s ->> 'code', s ->> 'title', array(select jsonb_array_elements_text(s -> 'tables')), '{}', 1, ${at}::timestamptz, ${actorId}::uuid from jsonb_array_elements(${JSON.stringify(f.sections)}::jsonb) with ordinality x(s, o)`.execute(write)
  }),
  'plan.changed.v1': each<PlanChanged>(async (write, { fact: f }) => {
    await sql`update plan_versions set header = ${headerOf(f)} where plan_id = ${f.planId} and n = ${f.n}`.execute(write)
    await sql`update plans set title = ${f.title}, fold = ${fold(f.title)}, head_id = ${f.headId}, event_id = ${f.eventId}, head_version = head_version + 1 where id = ${f.planId}`.execute(write)
    await touched(write, f.planId, f.n)
  }),
  'plan.section_written.v1': each<SectionWritten>(async (write, { fact: f, at, actorId }) => {
    await sql`update plan_sections set title = ${f.title}, text_id = ${f.content.id}, tables = ${f.tables}::text[], units = ${f.units}::uuid[], version = version + 1, changed_at = ${at}, changed_by = ${actorId}
      where plan_id = ${f.planId} and n = ${f.n} and id = ${f.sectionId}`.execute(write)
    await touched(write, f.planId, f.n)
  }),
  'plan.arranged.v1': each<PlanArranged>(async (write, { fact: f, at, actorId }) => {
    await sql`delete from plan_sections where plan_id = ${f.planId} and n = ${f.n} and id <> all(${f.sections.map((s) => s.id)}::uuid[])`.execute(write)
    await sql`insert into plan_sections (plan_id, n, id, place, title, tables, units, version, changed_at, changed_by)
      select ${f.planId}::uuid, ${f.n}::int, s.id, s.place, s.title, '{}', '{}', 1, ${at}::timestamptz, ${actorId}::uuid from unnest(${f.sections.map((s) => s.id)}::uuid[], ${f.sections.map((s) => s.title)}::text[]) with ordinality s(id, title, place)
      on conflict (plan_id, n, id) do update set place = excluded.place`.execute(write)
    await sql`update plans set head_version = head_version + 1 where id = ${f.planId}`.execute(write)
    await touched(write, f.planId, f.n)
  }),
  'plan.detached.v1': each<PlanDetached>(async (write, { fact: f, at, actorId, told }) => {
    await sql`insert into plan_detached (plan_id, file_id, n, reason_id, at, by, told_id) values (${f.planId}, ${f.fileId}, ${f.n}, ${f.reason.id}, ${at}, ${actorId}, ${told}) on conflict (plan_id, file_id) do nothing`.execute(write)
  }),
  'plan.attached.v1': each<PlanAttached>(async (write, { fact: f }) => {
    await sql`insert into plan_attached (plan_id, file_id, n) select p.id, f, p.n from plans p, unnest(${f.files.map((x) => x.id)}::uuid[]) f where p.id = ${f.planId} on conflict do nothing`.execute(write)
  }),
  'plan.version_begun.v1': each<VersionBegun>(async (write, { fact: f, at }) => {
    await sql`insert into plan_versions (plan_id, n, phase, header, begun_at) select plan_id, ${f.n}::int, 'drafting', header, ${at}::timestamptz from plan_versions where plan_id = ${f.planId} and n = ${f.from}`.execute(write)
    await sql`insert into plan_sections (plan_id, n, id, place, code, title, text_id, tables, units, version, changed_at, changed_by)
      select plan_id, ${f.n}::int, id, place, code, title, text_id, tables, units, version, changed_at, changed_by from plan_sections where plan_id = ${f.planId} and n = ${f.from}`.execute(write)
    await sql`update plans set n = ${f.n}, phase = 'drafting' where id = ${f.planId}`.execute(write)
  }),
  'plan.consulted.v1': each<PlanConsulted>(async (write, { fact: f }) => {
    await sql`insert into plan_consultations (plan_id, n, unit_id, due_on) select ${f.planId}::uuid, ${f.n}::int, u, ${f.due}::date from unnest(${f.units}::uuid[]) u on conflict (plan_id, n, unit_id) do update set due_on = excluded.due_on`.execute(write)
    await readers(write, f.planId, f.units)
    await phase(write, f.planId, f.n, 'consulting')
  }),
  'plan.answered.v1': each<PlanAnswered>(async (write, { fact: f, at, actorId, told }) => {
    await sql`insert into plan_answers (plan_id, n, unit_id, place, verdict, text_id, answered_at, answered_by, told_id, files)
      select ${f.planId}::uuid, ${f.n}::int, ${f.unitId}::uuid, count(*) + 1, ${f.verdict}, ${f.text?.id ?? null}::uuid, ${at}::timestamptz, ${actorId}::uuid, ${told}::uuid, ${f.files}::uuid[] from plan_answers where plan_id = ${f.planId}::uuid and n = ${f.n}::int and unit_id = ${f.unitId}::uuid`.execute(write)
    await sql`update plan_consultations set verdict = ${f.verdict}, text_id = ${f.text?.id ?? null}, answered_at = ${at}, answered_by = ${actorId}, told_id = ${told}, files = ${f.files}::uuid[] where plan_id = ${f.planId} and n = ${f.n} and unit_id = ${f.unitId}`.execute(write)
  }),
  'plan.commented.v1': each<PlanCommented>(async (write, { fact: f, at, actorId, told }) => {
    await sql`insert into plan_comments (id, plan_id, n, section_id, quote_id, text_id, said_at, said_by, told_id, resolved) values (${f.commentId}, ${f.planId}, ${f.n}, ${f.sectionId}, ${f.quote?.id ?? null}, ${f.text.id}, ${at}, ${actorId}, ${told}, false)`.execute(write)
  }),
  'plan.comment_settled.v1': each<CommentSettled>(async (write, { fact: f }) => { await sql`update plan_comments set resolved = ${f.resolved} where id = ${f.commentId}`.execute(write) }),
  'plan.appraisal_begun.v1': each<AppraisalBegun>(async (write, { fact: f }) => {
    await sql`insert into plan_appraisals (plan_id, n, body_id, unit_id, units, due_on) values (${f.planId}, ${f.n}, ${f.bodyId}, ${f.unitId}, ${f.units}::uuid[], ${f.due})
      on conflict (plan_id, n) do update set body_id = excluded.body_id, unit_id = excluded.unit_id, units = excluded.units, due_on = excluded.due_on, verdict = null, text_id = null, judged_at = null, judged_by = null, told_id = null`.execute(write)
    await readers(write, f.planId, f.units)
    await phase(write, f.planId, f.n, 'appraising')
  }),
  'plan.point_raised.v1': each<PointRaised>(async (write, { fact: f, at, actorId, told }) => {
    await sql`insert into plan_points (id, plan_id, n, place, section_id, text_id, raised_at, raised_by, told_id)
      select ${f.pointId}::uuid, ${f.planId}::uuid, ${f.n}::int, count(*) + 1, ${f.sectionId}::uuid, ${f.text.id}::uuid, ${at}::timestamptz, ${actorId}::uuid, ${told}::uuid from plan_points where plan_id = ${f.planId}::uuid and n = ${f.n}::int`.execute(write)
    await touched(write, f.planId, f.n)
  }),
  'plan.point_settled.v1': each<PointSettled>(async (write, { fact: f, at }) => { await sql`update plan_points set how = ${f.how}, answer_id = ${f.text?.id ?? null}, settled_at = ${at} where id = ${f.pointId}`.execute(write) }),
  'plan.point_withdrawn.v1': each<PointWithdrawn>(async (write, { fact: f, at }) => { await sql`update plan_points set how = 'withdrawn', settled_at = ${at} where id = ${f.pointId}`.execute(write) }),
  'plan.point_reopened.v1': each<PointReopened>(async (write, { fact: f }) => {
    await sql`update plan_points set how = null, answer_id = null, settled_at = null where id = ${f.pointId}`.execute(write)
    await touched(write, f.planId, f.n)
  }),
  'plan.appraised.v1': each<PlanAppraised>(async (write, { fact: f, at, actorId, told }) => {
    await sql`update plan_appraisals set verdict = ${f.verdict}, text_id = ${f.text?.id ?? null}, judged_at = ${at}, judged_by = ${actorId}, told_id = ${told} where plan_id = ${f.planId} and n = ${f.n}`.execute(write)
    if (f.verdict === 'return') await phase(write, f.planId, f.n, 'drafting')
  }),
  'plan.approved.v1': each<PlanApproved>(async (write, { fact: f, at, actorId, told }) => {
    await sql`update plan_versions set phase = 'approved', approved_at = ${at}, approved_by = ${actorId}, told_id = ${told}, how = ${f.how}, number = ${f.number}, approved_on = ${f.approvedOn ?? null}, in_force_from = ${f.inForceFrom}, files = ${f.files.map((x) => x.id)}::uuid[],
      rests = ${JSON.stringify(f.rests)}, tables_id = ${f.tables?.id ?? null} where plan_id = ${f.planId} and n = ${f.n}`.execute(write)
    await sql`update plans set phase = 'approved', approved_n = ${f.n} where id = ${f.planId}`.execute(write)
    await sql`insert into plan_tasks (plan_id, action_id, n, task_id) select ${f.planId}::uuid, a, ${f.n}::int, t from unnest(${f.made.map((m) => m.actionId)}::uuid[], ${f.made.map((m) => m.taskId)}::uuid[]) m(a, t)`.execute(write)
  }),
  'plan.replaced.v1': each<PlanReplaced>(async (write, r) => {
    const { planId, by, from } = r.fact
    // It stays in force until that day.
    if (from) await sql`update plans set replaced_by = ${by}, replaced_from = ${from}, ended_at = ${r.at}, ended_by = ${r.actorId}, ended_told_id = ${r.told} where id = ${planId}`.execute(write)
    else {
      await ends(write, r, 'replaced')
      await sql`update plans set replaced_by = ${by} where id = ${planId}`.execute(write)
    }
  }),
  'plan.withdrawn.v1': each<PlanWithdrawn>(async (write, r) => {
    await ends(write, r, 'withdrawn')
    await sql`update plans set reason_id = ${r.fact.reason.id}, withdrawn_on = ${r.fact.on ?? null} where id = ${r.fact.planId}`.execute(write)
  }),
  'plan.handed_over.v1': each<PlanHandedOver>((write, r) => handOver(write, [r])),
}
