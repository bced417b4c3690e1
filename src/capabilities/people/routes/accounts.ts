// Accounts of others: seen, added, changed, closed, erased, by whoever looks after their unit.
import { Refusal } from '../../../kernel/commit.ts'
import type { Decision } from '../../../kernel/commit.ts'
import { uuidv7 } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { PeopleRefused, PersonAdded, PersonChanged, PersonErased, PersonLeft } from '../contract.ts'
import { above, addPerson, changePerson, erase, leave } from '../decide/accounts.ts'
import type { Empty } from '../decide/accounts.ts'
import { keeps } from '../decide/grants.ts'
import { accessPerson, grantsOf, otherAdministrators, over, standing, unitState } from '../store/access.ts'
import { accountsTaken, addContacts, changeContact, detailsOf, keepAfterLeaving, wipe } from '../store/accounts.ts'
import { logReading } from '../store/bulk.ts'
import { getPerson, grantsOfPerson, listPeople } from '../store/lists.ts'
import { countOpen, endSessions, endTokens } from '../store/signins.ts'
import { about, api, pack, unpack } from './api.ts'
import { isFresh } from './proof.ts'

/** Nobody takes the last administrator away: the whole register is locked while that is counted. */
export const wholeRegister = (personId: string): { streams: string[]; subject: string } => ({ streams: ['people', `person:${personId}`], subject: `person:${personId}` })

type Ending = Decision<PersonLeft | PersonErased, PeopleRefused, Empty>

/** Leaving and erasing, by a person, the operator or the retention job. Facts of both stand on the stream `people`. */
export function endPerson(context: Context, order: { id: string; personId: string; body: unknown; told?: { by: string; how: 'telephone' | 'paper' | 'radio' | 'in_person' } | undefined }, how: 'leave' | 'asked' | 'retention'): Promise<Empty> {
  const { actor, at } = context
  const { personId } = order
  return context.commit<Empty>({ ...order, kind: how === 'leave' ? 'person.leave.v1' : 'person.erase.v1', ...wholeRegister(personId) }, async (read): Promise<Ending> => {
    const [person, higher, grants] = [await accessPerson(read, actor, how === 'leave' ? 'person.edit' : 'person.erase', personId), await over(read, actor, personId, at), await grantsOf(read, personId, at)]
    const others = await otherAdministrators(read, grants.filter(keeps))
    const decision: Ending = how === 'leave' ? leave(person, higher, grants, others) : erase(person, higher, grants, others, how)
    if ('refused' in decision) return decision
    return {
      ...decision,
      aside: async (side) => {
        if (how !== 'leave') return wipe(side, [personId], at)
        await endSessions(side, { personId }, at)
        await endTokens(side, personId, undefined, at)
        await keepAfterLeaving(side, personId, at)
      },
    }
  })
}

/** Whose access the asker may reset: nobody's who holds more. */
async function resettable({ read, actor, at }: Context, personId: string): Promise<string> {
  const person = await accessPerson(read, actor, 'person.reset', personId)
  if (!person) throw new Refusal('NOT_FOUND')
  const higher = above(await over(read, actor, person.id, at))
  if (higher) throw new Refusal(higher.refused, higher.data)
  return person.id
}

export const accountRoutes = {
  list: api.list.handler(async ({ input, context }) => {
    const { cursor, ...wanted } = input
    const { items, next, total } = await listPeople(context.read, context.actor, { ...wanted, after: unpack(cursor, ['path', 'place', 'id']) }, context.at)
    return { items, next: next && pack(next), asOf: context.at.toISOString(), total }
  }),
  get: api.get.handler(async ({ input, context }) => {
    const person = await getPerson(context.read, context.actor, input.personId, context.at)
    if (!person) throw new Refusal('NOT_FOUND')
    return { ...person, grants: await grantsOfPerson(context.read, input.personId, context.at) }
  }),
  contact: api.contact.handler(async ({ input, context }) => {
    const { read, side, actor, at } = context
    const person = await accessPerson(read, actor, 'person.contact', input.personId)
    if (!person || person.erased) throw new Refusal('NOT_FOUND')
    const { phone, email, until } = await detailsOf(read, person.id)
    // Logged before it is shown: a reading that cannot be logged does not happen.
    if (actor.id !== person.id) await logReading(side, { personId: person.id, readerId: actor.id, what: 'contact', via: actor.via }, at)
    return { phone, email, until: (until ?? at).toISOString(), version: person.version }
  }),

  add: api.add.handler(async ({ input, context }) => {
    const { actor, at } = context
    const ids = { personId: uuidv7(at), grantId: uuidv7(at) }
    // The whole register: two orders cannot take one account name.
    return context.commit<{ personId: string }>({ id: input.orderId, kind: 'person.add.v1', streams: ['people'], body: input, told: input.told, tree: 'shared' }, async (read) => {
      const [unit, stands] = [await unitState(read, actor, 'person.edit', input.unitId, at), await standing(read, actor, input.unitId, at)]
      const mayNowhere = input.unitId === null && stands.roles !== 'all' && !stands.roles.includes('administrator')
      const decision = addPerson(input, ids, mayNowhere ? 'missing' : unit, stands, (await accountsTaken(read, [input.account])).has(input.account), at)
      if ('refused' in decision) return decision
      return {
        ...decision, facts: decision.facts.map((fact) => about(fact as PersonAdded)),
        aside: (side) => addContacts(side, [{ personId: ids.personId, account: input.account, name: input.name, title: input.title, phone: input.phone, email: input.email }], at),
      }
    })
  }),
  change: api.change.handler(async ({ input, context }) => {
    const { actor, at } = context
    const { personId, orderId, told, unitId, ...wanted } = input
    // A mail address may open an account by the identity provider: one's own is changed a moment after showing who one is.
    if (actor.kind === 'person' && personId === actor.id && wanted.email !== undefined && wanted.email !== (await detailsOf(context.read, personId)).email && !(actor.via && await isFresh(context, actor.via))) throw new Refusal('SIGN_IN_AGAIN')
    const subject = input.account === undefined ? { subject: `person:${personId}` } : {}
    return context.commit<{ version: number }>({ id: orderId, kind: 'person.change.v1', streams: ['people'], ...subject, body: input, told, tree: 'shared' }, async (read) => {
      const person = await accessPerson(read, actor, 'person.edit', personId)
      const now = person ? await detailsOf(read, personId) : { account: null, name: null, title: null, phone: null, email: null }
      const details = { account: now.account, name: now.name, title: now.title, phone: now.phone, email: now.email }
      const taken = wanted.account !== undefined && wanted.account !== now.account && (await accountsTaken(read, [wanted.account])).has(wanted.account)
      const decision = changePerson({ ...wanted, unitId }, person, details, await over(read, actor, personId, at), await unitState(read, actor, 'person.edit', unitId, at), taken)
      const { expectedVersion: _, ...changed } = wanted
      if ('refused' in decision) return decision
      return { ...decision, facts: decision.facts.map((fact) => about(fact as PersonChanged)), aside: (side) => changeContact(side, personId, changed) }
    })
  }),
  leave: api.leave.handler(({ input, context }) => endPerson(context, { id: input.orderId, personId: input.personId, body: input, told: input.told }, 'leave')),
  erase: api.erase.handler(({ input, context }) => endPerson(context, { id: input.orderId, personId: input.personId, body: input, told: input.told }, 'asked')),

  countSessions: api.countSessions.handler(async ({ input, context }) => countOpen(context.read, await resettable(context, input.personId), context.at)),

  endSessions: api.endSessions.handler(async ({ input, context }) => {
    const { side, at } = context
    const personId = await resettable(context, input.personId)
    const ended = [...await endSessions(side, { personId }, at), ...await endTokens(side, personId, undefined, at)]
    for (const via of ended) context.reply?.forget(via)
    return { ended: ended.length }
  }),
}
