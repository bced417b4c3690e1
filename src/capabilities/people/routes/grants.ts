// Roles handed out, delegated and ended.
import { createHash, randomBytes } from 'node:crypto'
import { uuidv7 } from '../../../kernel/ids.ts'
import { delegateGrant, endGrant, giveGrant, keeps } from '../decide/grants.ts'
import { PURPOSE } from '../decide/sessions.ts'
import { accessGrant, accessPerson, grantsOf, otherAdministrators, standing, unitState } from '../store/access.ts'
import { listGrants } from '../store/lists.ts'
import { api, pack, session, unpack } from './api.ts'
import { wholeRegister } from './accounts.ts'

const REASON_YEARS = 3
/** Its facts stand on the person's own stream; with the register locked nobody is taken out of it meanwhile. */
const withRegister = (personId: string) => ({ streams: [`person:${personId}`, 'people'] })

export const grantRoutes = {
  grants: api.grants.handler(async ({ input, context }) => {
    const { cursor, ...wanted } = input
    const { items, next } = await listGrants(context.read, context.actor, { ...wanted, after: unpack(cursor, ['path', 'id']) }, context.at)
    return { items, next: next && pack(next), asOf: context.at.toISOString() }
  }),

  give: api.give.handler(({ input, context }) => {
    const { actor, at } = context
    const grantId = uuidv7(at)
    return context.commit<{ grantId: string }>({ id: input.orderId, kind: 'person.grant.v1', ...withRegister(input.personId), body: input, told: input.told, tree: 'shared' }, async (read) => {
      const to = await accessPerson(read, actor, 'person.read', input.personId)
      const stands = await standing(read, actor, input.unitId, at)
      const unit = input.unitId === null ? (stands.roles === 'all' || stands.roles.length > 0 ? 'there' : 'missing') : await unitState(read, actor, 'person.grant', input.unitId, at)
      return giveGrant(input, grantId, to, unit, stands, await grantsOf(read, input.personId, at), at)
    })
  }),

  end: api.end.handler(async ({ input, context }) => {
    const { actor, at, read: outside } = context
    // Whose grant it is never changes: it may be read before the lock that its stream gives.
    const personId = (await accessGrant(outside, actor, 'person.grant', input.grantId))?.grant.personId ?? actor.id
    const salt = randomBytes(16)
    const reason = input.reason ? { id: uuidv7(at), hash: createHash('sha256').update(salt).update(input.reason).digest('hex') } : null
    return context.commit<Record<string, never>>({ id: input.orderId, kind: 'person.end_grant.v1', ...wholeRegister(personId), body: input, told: input.told }, async (read) => {
      const found = await accessGrant(read, actor, 'person.grant', input.grantId)
      const others = found && keeps(found.grant) ? (await otherAdministrators(read, [found.grant]))(found.grant) : 1
      const decision = endGrant(input, found?.grant, actor.id, found?.may ?? false, found ? await standing(read, actor, found.grant.unitId, at) : { roles: [] }, others, reason, at)
      if ('refused' in decision || !reason) return decision
      const until = new Date(Date.UTC(at.getUTCFullYear() + REASON_YEARS, at.getUTCMonth(), at.getUTCDate()))
      return { ...decision, private: [{ id: reason.id, subject: `person:${personId}`, purpose: PURPOSE.reason, retention: 'account', until, text: input.reason!, salt }] }
    })
  }),

  delegate: api.delegate.handler(({ input, context }) => {
    const { actor, at } = context
    const { id } = session(context)
    const grantId = uuidv7(at)
    return context.commit<{ grantId: string }>({ id: input.orderId, kind: 'person.delegate.v1', ...withRegister(input.toPersonId), body: input, told: input.told }, async (read) => {
      const found = await accessGrant(read, actor, 'person.delegate', input.grantId)
      return delegateGrant(input, grantId, found?.may ? found.grant : undefined, id, await accessPerson(read, actor, 'person.read', input.toPersonId), await grantsOf(read, input.toPersonId, at), at)
    })
  }),
}
