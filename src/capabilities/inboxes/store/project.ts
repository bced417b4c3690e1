// Who watches what. The items themselves are folded after commit (items.ts).
import { sql } from 'kysely'
import type { Writer } from '../../../kernel/db.ts'
import type { Recorded } from '../../../kernel/journal.ts'
import type { WatchBegun, WatchEnded } from '../contract.ts'
import { forgetVisits } from './visits.ts'

async function begun(write: Writer, facts: Recorded<WatchBegun>[]): Promise<void> {
  await sql`insert into watches (person_id, about_kind, about_id, since)
    select * from unnest(${facts.map((r) => r.fact.personId)}::uuid[], ${facts.map((r) => r.fact.about.kind)}::text[], ${facts.map((r) => r.fact.about.id)}::text[], ${facts.map((r) => r.at)}::timestamptz[])
    on conflict do nothing`.execute(write)
}
async function ended(write: Writer, facts: Recorded<WatchEnded>[]): Promise<void> {
  await sql`delete from watches w using unnest(${facts.map((r) => r.fact.personId)}::uuid[], ${facts.map((r) => r.fact.about.kind)}::text[], ${facts.map((r) => r.fact.about.id)}::text[]) f(person_id, kind, id)
    where w.person_id = f.person_id and w.about_kind = f.kind and w.about_id = f.id`.execute(write)
}
const erased = (write: Writer, facts: Recorded<{ type: 'person.erased.v1'; personId: string }>[]): Promise<void> => forgetVisits(write, facts.map((r) => r.fact.personId))
type Projector = (write: Writer, facts: Recorded<never>[]) => Promise<void>
export const project: Record<string, Projector> = { 'watch.begun.v1': begun as Projector, 'watch.ended.v1': ended as Projector, 'person.erased.v1': erased as Projector }
export const tables = ['watches']
export const folded = ['inbox_items']
