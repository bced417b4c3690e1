// An ended role given back: the same role, unit and end, as a new grant from where the old one ended. Nobody held it in between.
import type { Grant } from '../contract/shapes.ts'

type Ended = Pick<Grant, 'role' | 'startsAt' | 'endsAt' | 'fromGrantId' | 'state'> & { person: { id: string }; unit: { id: string } | null; delegatedBy: { id: string } | null }
type Dates = { startsAt?: string; endsAt: string | null }
export type Again = { give: { personId: string; role: Grant['role']; unitId: string | null } & Dates } | { delegate: { grantId: string; toPersonId: string; startsAt?: string; endsAt: string } }

/** `endedAt`: the moment that was asked for; undefined: at once. `by`: who ended it. Undefined: a delegation of somebody else, which only they can give again, or an end that changed nothing. */
export function againGrant(grant: Ended, endedAt: string | undefined, by: string): Again | undefined {
  const [start, end] = [Date.parse(grant.startsAt), endedAt === undefined ? undefined : Date.parse(endedAt)]
  if (end !== undefined && grant.endsAt !== null && end >= Date.parse(grant.endsAt)) return undefined
  const from = end === undefined ? (grant.state === 'coming' ? grant.startsAt : undefined) : end > start ? endedAt : grant.startsAt
  const begins = from === undefined ? {} : { startsAt: from }
  if (grant.fromGrantId === null) return { give: { personId: grant.person.id, role: grant.role, unitId: grant.unit?.id ?? null, ...begins, endsAt: grant.endsAt } }
  return grant.delegatedBy?.id === by && grant.endsAt !== null ? { delegate: { grantId: grant.fromGrantId, toPersonId: grant.person.id, ...begins, endsAt: grant.endsAt } } : undefined
}
