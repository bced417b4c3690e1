// Who may hand out, delegate and end roles. Nobody gives what they do not hold there or above; the last administrator stays.
import type { Decision } from '../../../kernel/commit.ts'
import { MOST_DELEGATED_DAYS, ROLES } from '../contract.ts'
import type { Delegate, EndGrant, GiveGrant, GrantDelegated, GrantEnded, GrantFields, GrantGiven, PeopleRefused, Right, Role, TextRef } from '../contract.ts'

/** A grant as the rules see it. `endsAt` is the end that its source allows. */
export type Held = { id: string; personId: string; role: Role; unitId: string | null; startsAt: Date; endsAt: Date | null; fromGrantId: string | null; fromPersonId: string | null }
/** The person who would receive: visible to the asker, and still here. */
export type Receiver = { id: string; left: boolean }
/** Which roles the asker holds at the unit or above; 'all': operator and system. A token's scopes narrow it. */
export type Standing = { roles: Role[] | 'all'; scopes?: string[] | undefined }

type Answer<F extends { type: `${string}.v${number}` }, A> = Decision<F, PeopleRefused, A>
const DAY = 86_400_000

/** The first right of the role that the asker lacks there. */
export function lacks({ roles, scopes }: Standing, role: Role): Right | undefined {
  if (roles === 'all') return undefined
  const held = new Set(roles.flatMap((r) => ROLES[r].rights).filter((right) => !scopes || scopes.includes(right)))
  return ROLES[role].rights.find((right) => !held.has(right))
}

/** For the refusal: the role by name, in both languages. */
export const moreThanYours = (role: Role, right: Right) => ({ refused: 'MORE_THAN_YOURS' as const, data: { role, right, roleVi: ROLES[role].name.vi, roleEn: ROLES[role].name.en } })

const overlaps = (a: { startsAt: Date; endsAt: Date | null }, b: { startsAt: Date; endsAt: Date | null }): boolean =>
  (a.endsAt === null || a.endsAt > b.startsAt) && (b.endsAt === null || b.endsAt > a.startsAt)

/** Dates as asked for, from now where nothing is said. Nobody held a role before it was given; a day back is for clocks and time zones. */
export function span(asked: { startsAt?: string | undefined; endsAt?: string | null | undefined }, at: Date): { startsAt: Date; endsAt: Date | null } | undefined {
  const startsAt = asked.startsAt ? new Date(asked.startsAt) : at
  const endsAt = asked.endsAt ? new Date(asked.endsAt) : null
  return startsAt.getTime() < at.getTime() - DAY || (endsAt && (endsAt <= startsAt || endsAt <= at)) ? undefined : { startsAt, endsAt }
}

export function giveGrant(
  order: Pick<GiveGrant, 'role' | 'unitId' | 'startsAt' | 'endsAt'>, grantId: string, to: Receiver | undefined, unit: 'there' | 'closed' | 'missing', standing: Standing, already: Held[], at: Date,
): Answer<GrantGiven, { grantId: string }> {
  if (!to || unit === 'missing') return { refused: 'NOT_FOUND' }
  const right = lacks(standing, order.role)
  if (right) return moreThanYours(order.role, right)
  if (to.left) return { refused: 'PERSON_LEFT' }
  if (unit === 'closed') return { refused: 'UNIT_CLOSED' }
  const dates = span(order, at)
  if (!dates) return { refused: 'GRANT_DATES' }
  if (already.some((g) => g.role === order.role && g.unitId === order.unitId && !g.fromGrantId && overlaps(g, dates))) return { refused: 'GRANT_EXISTS' }
  return { facts: [{ type: 'grant.given.v1', personId: to.id, ...fields(grantId, order.role, order.unitId, dates) }], answer: { grantId } }
}

export function delegateGrant(order: Delegate, grantId: string, own: Held | undefined, by: string, to: Receiver | undefined, already: Held[], at: Date): Answer<GrantDelegated, { grantId: string }> {
  if (!own || !to) return { refused: 'NOT_FOUND' }
  if (own.personId !== by || own.fromGrantId) return { refused: 'DELEGATE_YOURS' }
  if (to.id === by) return { refused: 'DELEGATE_TO_SELF' }
  if (to.left) return { refused: 'PERSON_LEFT' }
  if (own.endsAt && own.endsAt <= at) return { refused: 'GRANT_ENDED' }
  const dates = span(order, at)
  if (!dates?.endsAt) return { refused: 'GRANT_DATES' }
  if (dates.endsAt.getTime() - Math.max(dates.startsAt.getTime(), at.getTime()) > MOST_DELEGATED_DAYS * DAY || (own.endsAt && dates.endsAt > own.endsAt) || dates.startsAt < own.startsAt) {
    return { refused: 'DELEGATE_LONG', data: { days: MOST_DELEGATED_DAYS } }
  }
  if (already.some((g) => g.fromGrantId === own.id && overlaps(g, dates))) return { refused: 'GRANT_EXISTS' }
  return {
    facts: [{ type: 'grant.delegated.v1', personId: to.id, fromGrantId: own.id, fromPersonId: by, ...fields(grantId, own.role, own.unitId, dates) }], answer: { grantId },
  }
}

/** `mayEnd`: holds `person.grant` at the grant's unit or above. Who delegated may always take it back. `otherAdministrators`: without end, own, at this unit or above. */
export function endGrant(
  order: Pick<EndGrant, 'endsAt'>, grant: Held | undefined, by: string, mayEnd: boolean, standing: Standing, otherAdministrators: number, reason: TextRef | null, at: Date,
): Answer<GrantEnded, Record<string, never>> {
  if (!grant || !(mayEnd || grant.fromPersonId === by)) return { refused: 'NOT_FOUND' }
  const right = grant.fromPersonId === by ? undefined : lacks(standing, grant.role)
  if (right) return moreThanYours(grant.role, right)
  const endsAt = order.endsAt ? new Date(order.endsAt) : at
  if (grant.endsAt && grant.endsAt <= at) return { refused: 'GRANT_ENDED' }
  if (endsAt < at || (grant.endsAt && endsAt > grant.endsAt)) return { refused: 'GRANT_DATES' }
  if (keeps(grant) && otherAdministrators === 0) return { refused: 'LAST_ADMINISTRATOR' }
  return { facts: [{ type: 'grant.ended.v1', personId: grant.personId, grantId: grant.id, endsAt: endsAt.toISOString(), reason }], answer: {} }
}

/** Only an administrator without end, in their own right, counts as one who keeps the place administered. */
export const keeps = (grant: Held): boolean => grant.role === 'administrator' && grant.endsAt === null && grant.fromGrantId === null

export const fields = (grantId: string, role: Role, unitId: string | null, dates: { startsAt: Date; endsAt: Date | null }): GrantFields =>
  ({ grantId, role, unitId, startsAt: dates.startsAt.toISOString(), endsAt: dates.endsAt?.toISOString() ?? null })
