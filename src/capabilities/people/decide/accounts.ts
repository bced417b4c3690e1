// Rules of accounts: adding, changing, leaving, erasing. Names never enter a fact; the caller keeps them beside it.
import type { Decision } from '../../../kernel/commit.ts'
import type { AccessIssued, AddPerson, GrantFields, PeopleRefused, PersonAdded, PersonChanged, PersonErased, PersonLeft, Role } from '../contract.ts'
import { fields, keeps, lacks, moreThanYours, span } from './grants.ts'
import type { Held, Standing } from './grants.ts'

export type Empty = Record<string, never>
type Answer<F extends { type: `${string}.v${number}` }, A> = Decision<F, PeopleRefused, A>

/** An account as the rules see it. */
export type Account = { id: string; unitId: string | null; left: boolean; erased: boolean; version: number }
export type UnitState = 'there' | 'closed' | 'missing'
/** For each role that the target holds: where the asker stands at that unit. Whoever may be changed by you holds nothing that you do not. */
export type Over = { role: Role; standing: Standing }[]

export function above(over: Over): ReturnType<typeof moreThanYours> | undefined {
  for (const { role, standing } of over) {
    const right = lacks(standing, role)
    if (right) return moreThanYours(role, right)
  }
  return undefined
}

export function addPerson(order: AddPerson, ids: { personId: string; grantId: string }, unit: UnitState, standing: Standing, taken: boolean, at: Date): Answer<PersonAdded, { personId: string }> {
  if (unit === 'missing') return { refused: 'NOT_FOUND' }
  if (unit === 'closed') return { refused: 'UNIT_CLOSED' }
  const grants: GrantFields[] = []
  if (order.role) {
    const right = lacks(standing, order.role)
    if (right) return moreThanYours(order.role, right)
    const dates = span(order, at)
    if (!dates) return { refused: 'GRANT_DATES' }
    grants.push(fields(ids.grantId, order.role, order.unitId, dates))
  }
  if (taken) return { refused: 'ACCOUNT_TAKEN', data: { account: order.account } }
  return { facts: [{ type: 'person.added.v1', personId: ids.personId, unitId: order.unitId, grants }], answer: { personId: ids.personId } }
}

export type Details = { account: string | null; name: string | null; title: string | null; phone: string | null; email: string | null }
export type Wanted = { expectedVersion: number; unitId?: string | undefined } & { [K in keyof Details]?: Details[K] | undefined }

/** `to`: the unit that the person would move to, if any. */
export function changePerson(order: Wanted, person: Account | undefined, now: Details, over: Over, to: UnitState, taken: boolean): Answer<PersonChanged, { version: number }> {
  if (!person || to === 'missing') return { refused: 'NOT_FOUND' }
  const higher = above(over)
  if (higher) return higher
  if (person.erased) return { refused: 'PERSON_LEFT' }
  const changed = (Object.keys(now) as (keyof Details)[]).filter((key) => order[key] !== undefined && order[key] !== now[key]) as string[]
  const moved = order.unitId !== undefined && order.unitId !== person.unitId
  if (moved) changed.push('unit')
  if (order.expectedVersion !== person.version) return { refused: 'CHANGED', data: { version: person.version, changed } }
  if (changed.length === 0) return { refused: 'NOTHING_CHANGED' }
  if (moved && to === 'closed') return { refused: 'UNIT_CLOSED' }
  if (taken) return { refused: 'ACCOUNT_TAKEN', data: { account: order.account } }
  return { facts: [{ type: 'person.changed.v1', personId: person.id, unitId: order.unitId ?? person.unitId, fields: changed.sort() }], answer: { version: person.version + 1 } }
}

/** `others`: of each lasting administrator grant of the person, how many administrators remain there or above. */
export function leave(person: Account | undefined, over: Over, grants: Held[], others: (grant: Held) => number): Answer<PersonLeft, Empty> {
  if (!person) return { refused: 'NOT_FOUND' }
  const higher = above(over)
  if (higher) return higher
  if (person.left) return { refused: 'PERSON_LEFT' }
  if (grants.some((g) => keeps(g) && others(g) === 0)) return { refused: 'LAST_ADMINISTRATOR' }
  return { facts: [{ type: 'person.left.v1', personId: person.id }], answer: {} }
}

/** Somebody still here leaves first, in the same order. */
export function erase(person: Account | undefined, over: Over, grants: Held[], others: (grant: Held) => number, why: 'asked' | 'retention'): Answer<PersonLeft | PersonErased, Empty> {
  if (!person || person.erased) return { refused: 'NOT_FOUND' }
  const leaving = person.left ? { facts: [] } : leave(person, over, grants, others)
  if ('refused' in leaving) return leaving
  const higher = above(over)
  if (higher) return higher
  return { facts: [...leaving.facts, { type: 'person.erased.v1', personId: person.id, why }], answer: {} }
}

export function issueAccess(person: Account | undefined, over: Over, by: 'slip' | 'link', removeSecondFactor: boolean): Answer<AccessIssued, Empty> {
  if (!person) return { refused: 'NOT_FOUND' }
  const higher = above(over)
  if (higher) return higher
  if (person.left) return { refused: 'PERSON_LEFT' }
  return { facts: [{ type: 'person.access_issued.v1', personId: person.id, by, secondFactor: removeSecondFactor ? 'removed' : 'kept' }], answer: {} }
}
