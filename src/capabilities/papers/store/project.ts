// The facts of papers into the register.
import { sql } from 'kysely'
import type { Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import { fold } from '../../../pure/text.ts'
import type { LayoutSet, LetterheadSet, PaperAcknowledged, PaperIssued, PaperLink, PaperLinked, PaperReceived, PaperReminded, PaperWithdrawn } from '../contract/facts.ts'
import { seriesOf } from '../decide.ts'
import { registerHandedOver } from './handover.ts'

export const tables = ['letterheads', 'paper_layouts', 'papers', 'paper_counters', 'paper_recipients', 'paper_links']

const recordset = (rows: object[], columns: string) => sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f(${sql.raw(columns)})`

async function letterheadSet(write: Writer, facts: Recorded<LetterheadSet>[]): Promise<void> {
  await sql`insert into letterheads (unit_id, head, version) select unit_id, head, version from ${recordset(facts.map(({ fact }) => ({ unit_id: fact.unitId, head: fact.head, version: fact.version })), 'unit_id uuid, head jsonb, version int')}
    on conflict (unit_id) do update set head = excluded.head, version = excluded.version`.execute(write)
}

async function layoutSet(write: Writer, facts: Recorded<LayoutSet>[]): Promise<void> {
  await sql`insert into paper_layouts (id, unit_id, name, base, layout, version) select * from ${recordset(facts.map(({ fact: f }) => ({ id: f.layoutId, unit_id: f.unitId, name: f.layout.name, base: f.base, layout: f.layout, version: f.version })), 'id uuid, unit_id uuid, name text, base text, layout jsonb, version int')}
    on conflict (id) do update set name = excluded.name, base = excluded.base, layout = excluded.layout, version = excluded.version`.execute(write)
}

type Registered = Recorded<PaperIssued> | Recorded<PaperReceived>
async function registered(write: Writer, facts: Registered[]): Promise<void> {
  const papers = facts.map(({ fact: f, at, actorId }) => ({
    id: f.paperId, unit_id: f.unitId, keeper_id: f.unitId, way: f.type === 'paper.issued.v1' ? 'issued' : 'received', kind: f.kind, year: f.year, number: f.number, written: f.written, grade: ('grade' in f ? f.grade : null) ?? 'none', subject: f.subject, fold: fold(`${f.subject} ${f.written} ${f.issuer}`), lang: f.lang,
    day_on: f.day, received_on: 'receivedOn' in f ? f.receivedOn : null, issuer: f.issuer, filing: f.filing, content_id: 'content' in f ? f.content.id : null, run_id: ('run' in f ? f.run : null) ?? null, body_id: ('bodyId' in f ? f.bodyId : null) ?? null, recorded_by: actorId, recorded_at: at,
  }))
  await sql`insert into papers (id, unit_id, keeper_id, way, kind, year, number, written, grade, subject, fold, lang, day_on, received_on, issuer, filing, content_id, run_id, body_id, recorded_by, recorded_at)
    select * from ${recordset(papers, 'id uuid, unit_id uuid, keeper_id uuid, way text, kind text, year int, number int, written text, grade text, subject text, fold text, lang text, day_on date, received_on date, issuer text, filing text, content_id uuid, run_id uuid, body_id uuid, recorded_by uuid, recorded_at timestamptz')}`.execute(write)
  const moved = papers.map((paper) => ({ unit_id: paper.unit_id, year: paper.year, series: paper.way === 'issued' ? seriesOf(paper.kind, paper.body_id ?? undefined) : 'received', last: paper.number, last_on: paper.received_on ?? paper.day_on }))
  await sql`insert into paper_counters (unit_id, year, series, last, last_on) select distinct on (unit_id, year, series) * from ${recordset(moved, 'unit_id uuid, year int, series text, last int, last_on date')} order by unit_id, year, series, last desc
    on conflict (unit_id, year, series) do update set last = excluded.last, last_on = excluded.last_on`.execute(write)
  const sent = facts.flatMap(({ fact }) => ('sentTo' in fact ? fact.sentTo.map((unit) => ({ paper_id: fact.paperId, unit_id: unit })) : []))
  if (sent.length > 0) await sql`insert into paper_recipients (paper_id, unit_id) select * from ${recordset(sent, 'paper_id uuid, unit_id uuid')}`.execute(write)
  await link(write, facts.map(({ fact }) => fact))
}

/** After those that the paper has. */
async function link(write: Writer, facts: { paperId: string; links: PaperLink[] }[]): Promise<void> {
  const links = facts.flatMap(({ paperId, links: all }) => all.map((one) => ({ paper_id: paperId, relation: one.relation, to_paper_id: one.paperId, directive_id: one.directiveId, task_id: one.taskId ?? null, about_kind: one.about?.kind ?? null, about_id: one.about?.id ?? null, text: one.text }))).map((one, k) => ({ ...one, k }))
  if (links.length === 0) return
  await sql`insert into paper_links (paper_id, n, relation, to_paper_id, directive_id, task_id, about_kind, about_id, text)
    select f.paper_id, coalesce((select max(l.n) + 1 from paper_links l where l.paper_id = f.paper_id), 0) + row_number() over (partition by f.paper_id order by f.k) - 1, f.relation, f.to_paper_id, f.directive_id, f.task_id, f.about_kind, f.about_id, f.text
    from ${recordset(links, 'paper_id uuid, k int, relation text, to_paper_id uuid, directive_id uuid, task_id uuid, about_kind text, about_id uuid, text text')}`.execute(write)
}
const linked = (write: Writer, facts: Recorded<PaperLinked>[]): Promise<void> => link(write, facts.map(({ fact }) => fact))

async function withdrawn(write: Writer, facts: Recorded<PaperWithdrawn>[]): Promise<void> {
  await sql`update papers p set withdrawn_at = f.at, withdrawn_by = f.by, reason_id = f.reason from ${recordset(facts.map(({ fact, at, actorId }) => ({ id: fact.paperId, at, by: actorId, reason: fact.reason.id })), 'id uuid, at timestamptz, by uuid, reason uuid')} where p.id = f.id`.execute(write)
}
async function acknowledged(write: Writer, facts: Recorded<PaperAcknowledged>[]): Promise<void> {
  await sql`update paper_recipients r set acknowledged_at = f.at, acknowledged_by = f.by from ${recordset(facts.map(({ fact, at, actorId }) => ({ paper: fact.paperId, unit: fact.unitId, at, by: actorId })), 'paper uuid, unit uuid, at timestamptz, by uuid')}
    where r.paper_id = f.paper and r.unit_id = f.unit`.execute(write)
}

async function reminded(write: Writer, facts: Recorded<PaperReminded>[]): Promise<void> {
  for (const { fact: f, at } of facts) await sql`update paper_recipients set reminded_at = ${at} where paper_id = ${f.paperId} and unit_id = any(${f.unitIds}::uuid[])`.execute(write)
}

export const project = {
  'paper.reminded.v1': [reminded],
  'letterhead.set.v1': [letterheadSet], 'layout.set.v1': [layoutSet], 'paper.issued.v1': [registered], 'paper.received.v1': [registered], 'paper.withdrawn.v1': [withdrawn], 'paper.acknowledged.v1': [acknowledged], 'paper.attached.v1': [async () => {}], 'paper.linked.v1': [linked], 'register.handed_over.v1': [registerHandedOver],
}
