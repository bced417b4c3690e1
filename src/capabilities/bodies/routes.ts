// Contract → commit → decide, for bodies.
import { implement } from '@orpc/server'
import { derivedId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/order.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { bodiesContract } from './contract.ts'
import { changeBody, endBody, formBody } from './decide.ts'
import { accessBody, knownOf, listBodies, mayAt, showBody } from './store.ts'

const api = implement(bodiesContract).$context<Context>().use(refusals)
const text = (cursor: string): [string, string] => {
  try {
    const [name, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string]
    if (typeof name === 'string' && /^[0-9a-f-]{36}$/.test(id)) return [name, id]
  } catch { /* not one of ours */ }
  throw new Refusal('INVALID')
}

export const bodiesRoutes = () => api.router({
  list: api.list.handler(async ({ input, context: { read, actor, at } }) => {
    const found = await listBodies(read, actor, { ...input, limit: input.limit + 1 }, input.cursor === undefined ? undefined : text(input.cursor))
    const last = found.length > input.limit ? found[input.limit - 1] : undefined
    return { items: found.slice(0, input.limit).map(({ fold: _, ...row }) => row), next: last ? Buffer.from(JSON.stringify([last.fold, last.id])).toString('base64url') : null, asOf: at.toISOString() }
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
