// Contract → commit → decide, for bodies.
import { implement } from '@orpc/server'
import { derivedId } from '../../kernel/ids.ts'
import { ownCursor, paged } from '../../kernel/paging.ts'
import { Refusal } from '../../kernel/order.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { bodiesContract } from './contract.ts'
import { changeBody, endBody, formBody } from './decide.ts'
import { accessBody, knownOf, listBodies, mayAt, showBody } from './store.ts'

const api = implement(bodiesContract).$context<Context>().use(refusals)
/** Lists go in the order of names. */
const NAME = /^[^~]*$/

export const bodiesRoutes = () => api.router({
  list: api.list.handler(async ({ input, context: { read, actor, at } }) => {
    const { items, next } = paged(await listBodies(read, actor, { ...input, limit: input.limit + 1 }, ownCursor(input.cursor, NAME)), input.limit, (row) => row.place)
    return { items: items.map(({ place: _, ...row }) => row), next, asOf: at.toISOString() }
  }),
  get: api.get.handler(async ({ input, context: { read, actor } }) => {
    const body = await showBody(read, actor, input.bodyId)
    if (!body) throw new Refusal('NOT_FOUND')
    return body
  }),
  form: api.form.handler(({ input: { orderId, told, unitId, ...fields }, context: { actor, commit } }) => {
    const bodyId = derivedId(new Date(0), orderId, 'body')
    return commit({ id: orderId, kind: 'body.form.v1', streams: [`body:${bodyId}`], body: { unitId, ...fields }, told, tree: 'shared' }, async (read) =>
      formBody(await mayAt(read, actor, 'body.edit', unitId), bodyId, unitId, fields, await knownOf(read, fields.members, fields.parentId)))
  }),
  change: api.change.handler(({ input: { orderId, told, bodyId, expectedVersion, ...fields }, context: { actor, commit } }) =>
    commit({ id: orderId, kind: 'body.change.v1', streams: [`body:${bodyId}`], body: { expectedVersion, ...fields }, told, tree: 'shared' }, async (read) =>
      changeBody(await accessBody(read, actor, 'body.edit', bodyId), expectedVersion, fields, await knownOf(read, fields.members, fields.parentId)))),
  end: api.end.handler(({ input: { orderId, told, bodyId, on }, context: { actor, commit } }) =>
    commit({ id: orderId, kind: 'body.end.v1', streams: [`body:${bodyId}`], body: { on }, told }, async (read) => endBody(await accessBody(read, actor, 'body.edit', bodyId), on))),
})
