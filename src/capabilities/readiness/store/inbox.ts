// What an inbox needs to know of events and their requirements.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'

export type Named = { eventId: string; requirement: string | null; unitId: string; unit: string; programme: { vi: string; en: string }; name: { vi: string; en: string } | null; zone: string }
/** In the order of what was asked. */
export const namesOf = (read: Reader, asked: { eventId: string; requirement: string | null }[]): Promise<Named[]> =>
  rows(read, sql<Named>`select k.event_id as "eventId", k.requirement, e.unit_id as "unitId", u.name as unit, p.name as programme, r.name, e.zone
    from unnest(${asked.map((a) => a.eventId)}::uuid[], ${asked.map((a) => a.requirement)}::text[]) with ordinality k(event_id, requirement, n) join public_programmes_events e on e.event_id = k.event_id
      join public_programmes_programmes p on p.programme_id = e.programme_id join public_units_tree u on u.unit_id = e.unit_id
      left join public_programmes_requirements r on r.template_version_id = e.template_version_id and r.requirement = k.requirement
    order by k.n`)
