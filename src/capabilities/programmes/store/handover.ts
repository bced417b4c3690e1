// Events, programmes and templates of a closed unit pass to its successor.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import type { Carried } from '../../units/contract.ts'
import type { EventHandedOver, ProgrammeHandedOver, TemplateHandedOver } from '../contract.ts'

/** What is closed or cancelled stays as it was. */
export async function carryEvents(given: unknown, fromUnitId: string, toUnitId: string): Promise<Carried> {
  const events = await rows(given as Reader, sql<{ id: string; programmeId: string }>`select id, programme_id as "programmeId" from events
    where unit_id = ${fromUnitId}::uuid and phase not in ('closed', 'cancelled') order by id`)
  return {
    counts: { events: events.length },
    facts: events.map(({ id, programmeId }) => ({ on: `event:${id}`, about: `event:${id}`, fact: { type: 'event.handed_over.v1', eventId: id, programmeId, fromUnitId, toUnitId } satisfies EventHandedOver })),
  }
}

export async function handOver(write: Writer, facts: Recorded<EventHandedOver>[]): Promise<void> {
  await sql`update events e set unit_id = h.unit_id, version = e.version + 1, changed_at = h.at
    from unnest(${facts.map((r) => r.fact.eventId)}::uuid[], ${facts.map((r) => r.fact.toUnitId)}::uuid[], ${facts.map((r) => r.at)}::timestamptz[]) h(id, unit_id, at) where e.id = h.id`.execute(write)
}

/** What the unit owns: each stays as it is, under the unit that took over. */
export async function carryOwned(given: unknown, fromUnitId: string, toUnitId: string): Promise<Carried> {
  const programmes = await rows(given as Reader, sql<{ id: string }>`select id from programmes where unit_id = ${fromUnitId}::uuid order by id`)
  const templates = await rows(given as Reader, sql<{ id: string; code: string }>`select id, code from templates where unit_id = ${fromUnitId}::uuid order by id`)
  return {
    counts: { programmes: programmes.length, templates: templates.length },
    facts: [
      ...programmes.map(({ id }) => ({ on: `programme:${id}`, about: `programme:${id}`, fact: { type: 'programme.handed_over.v1', programmeId: id, fromUnitId, toUnitId } satisfies ProgrammeHandedOver })),
      ...templates.map(({ id, code }) => ({ on: `template:${code}`, about: `template:${code}`, fact: { type: 'template.handed_over.v1', templateId: id, fromUnitId, toUnitId } satisfies TemplateHandedOver })),
    ],
  }
}

const owned = (facts: Recorded<{ type: `${string}.v${number}`; toUnitId: string }>[], id: string[]) => sql`unnest(${id}::uuid[], ${facts.map((r) => r.fact.toUnitId)}::uuid[]) h(id, unit_id)`
export const projectOwned = {
  'programme.handed_over.v1': async (write: Writer, facts: Recorded<ProgrammeHandedOver>[]): Promise<void> => {
    await sql`update programmes p set unit_id = h.unit_id, version = p.version + 1 from ${owned(facts, facts.map((r) => r.fact.programmeId))} where p.id = h.id`.execute(write)
  },
  'template.handed_over.v1': async (write: Writer, facts: Recorded<TemplateHandedOver>[]): Promise<void> => {
    await sql`update templates t set unit_id = h.unit_id from ${owned(facts, facts.map((r) => r.fact.templateId))} where t.id = h.id`.execute(write)
  },
}
