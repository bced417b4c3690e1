import { sql } from 'kysely'
import type { Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import type { ConclusionWithdrawn, ReadinessConcluded, ReadinessConcluded2, WaiverGiven, WaiverWithdrawn, WaiverWithdrawn2 } from '../contract.ts'

async function waiverGiven(write: Writer, facts: Recorded<WaiverGiven>[]): Promise<void> {
  await sql`
    insert into waivers (event_id, requirement, given_by, given_at, until_at, reason_id, told_id, files)
    select event_id, requirement, by, at, until, reason, told, files::uuid[] from unnest(${facts.map((f) => f.fact.eventId)}::uuid[], ${facts.map((f) => f.fact.requirement)}::text[], ${facts.map((f) => f.actorId)}::uuid[],
      ${facts.map((f) => f.at)}::timestamptz[], ${facts.map((f) => f.fact.until)}::timestamptz[], ${facts.map((f) => f.fact.reason.id)}::uuid[],
      ${facts.map((f) => f.told)}::uuid[], ${facts.map((f) => `{${(f.fact.files ?? []).map((file) => file.id).join(',')}}`)}::text[]) f(event_id, requirement, by, at, until, reason, told, files)
    on conflict (event_id, requirement) do update set given_by = excluded.given_by, given_at = excluded.given_at, until_at = excluded.until_at,
      reason_id = excluded.reason_id, told_id = excluded.told_id, files = excluded.files, withdrawn_at = null, withdrawn_by = null`.execute(write)
}

async function waiverWithdrawn(write: Writer, facts: Recorded<WaiverWithdrawn | WaiverWithdrawn2>[]): Promise<void> {
  await sql`
    update waivers w set withdrawn_at = f.at, withdrawn_by = f.by
    from unnest(${facts.map((f) => f.fact.eventId)}::uuid[], ${facts.map((f) => f.fact.requirement)}::text[], ${facts.map((f) => f.at)}::timestamptz[], ${facts.map((f) => f.actorId)}::uuid[])
      f(event_id, requirement, at, by)
    where w.event_id = f.event_id and w.requirement = f.requirement`.execute(write)
}

async function concluded(write: Writer, facts: Recorded<ReadinessConcluded | ReadinessConcluded2>[]): Promise<void> {
  await sql`
    insert into conclusions (event_id, verdict, concluded_by, concluded_at, note_id, states, told_id, files)
    select event_id, verdict, by, at, note, states, told, files::uuid[] from unnest(${facts.map((f) => f.fact.eventId)}::uuid[], ${facts.map((f) => f.fact.verdict)}::text[], ${facts.map((f) => f.actorId)}::uuid[],
      ${facts.map((f) => f.at)}::timestamptz[], ${facts.map((f) => f.fact.note?.id ?? null)}::uuid[], ${facts.map((f) => JSON.stringify(f.fact.states))}::jsonb[], ${facts.map((f) => f.told)}::uuid[],
      ${facts.map((f) => `{${('files' in f.fact ? f.fact.files : []).map((file) => file.id).join(',')}}`)}::text[]) f(event_id, verdict, by, at, note, states, told, files)
    on conflict (event_id) do update set verdict = excluded.verdict, concluded_by = excluded.concluded_by, concluded_at = excluded.concluded_at,
      note_id = excluded.note_id, states = excluded.states, told_id = excluded.told_id, files = excluded.files, withdrawn_at = null, withdrawn_by = null, withdrawn_reason_id = null`.execute(write)
}

async function conclusionWithdrawn(write: Writer, facts: Recorded<ConclusionWithdrawn>[]): Promise<void> {
  await sql`
    update conclusions c set withdrawn_at = f.at, withdrawn_by = f.by, withdrawn_reason_id = f.reason
    from unnest(${facts.map((f) => f.fact.eventId)}::uuid[], ${facts.map((f) => f.at)}::timestamptz[], ${facts.map((f) => f.actorId)}::uuid[], ${facts.map((f) => f.fact.reason.id)}::uuid[]) f(event_id, at, by, reason)
    where c.event_id = f.event_id`.execute(write)
}

/** A person's own views go with them: their names may say anything. */
async function erased(write: Writer, facts: Recorded<{ type: 'person.erased.v1'; personId: string }>[]): Promise<void> {
  await sql`delete from views_saved where person_id = any(${facts.map((f) => f.fact.personId)}::uuid[])`.execute(write)
}

export const project = {
  'person.erased.v1': [erased], 'waiver.given.v1': [waiverGiven], 'waiver.withdrawn.v1': [waiverWithdrawn], 'waiver.withdrawn.v2': [waiverWithdrawn],
  'readiness.concluded.v1': [concluded], 'readiness.concluded.v2': [concluded], 'readiness.conclusion_withdrawn.v1': [conclusionWithdrawn],
}
