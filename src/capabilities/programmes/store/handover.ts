// Events of a closed unit pass to its successor.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader, Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import type { Carried } from '../../units/contract.ts'
import type { EventHandedOver } from '../contract.ts'

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
