// Tables in a plan that are tied to live data, by name. Each capability that has one to give is a line in wiring.
import type { Text } from '../../../kernel/contract.ts'

/** What a plan is about: whose rows a table holds. */
export type Scope = { unitId: string; eventId: string | null; programmeId: string | null }
/**
 * `by`: what of a plan it needs. `marks`: a view with the columns event_id, programme_id or unit_id as `by` says, row_id and mark; a row's mark changes when what
 * a plan can rest on changes.
 */
export type TableSource = { name: Text; by: readonly ('event' | 'programme' | 'unit')[]; marks: `public_${string}` }
export type Sources = ReadonlyMap<string, TableSource>

/** Of the tables asked for: one that nobody has, and whether one needs an event or a programme that the plan has not. */
export function fitTables(wanted: readonly string[], sources: Sources, scope: Scope): { unknown: string | undefined; unfit: boolean } {
  return {
    unknown: wanted.find((source) => !sources.has(source)),
    unfit: wanted.some((source) => sources.get(source)?.by.some((by) => (by === 'event' && !scope.eventId) || (by === 'programme' && !scope.programmeId)) ?? false),
  }
}
