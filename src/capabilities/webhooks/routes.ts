// Orders about webhooks, and the work that sends.
import { randomBytes } from 'node:crypto'
import { implement } from '@orpc/server'
import { SYSTEM } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { Refusal } from '../../kernel/commit.ts'
import type { Commit, Decision } from '../../kernel/commit.ts'
import type { Reader, SideWriter } from '../../kernel/db.ts'
import { derivedId, isUuid, uuidv7 } from '../../kernel/ids.ts'
import type { Job, Works } from '../../kernel/jobs.ts'
import type { Keys } from '../../kernel/keys.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { isSafeAddress } from '../../pure/addresses.ts'
import { webhooksContract } from './contract.ts'
import type { WebhookFact, WebhookRefused } from './contract.ts'
import { DELIVER, MOST_ATTEMPTS, MOST_WEBHOOKS, bodyOf, deliver, isTold, pauseWhy } from './decide.ts'
import { SECRET, judge, sendOnce } from './routes/send.ts'
import { addTest, clearFailures, countFailure, countHooks, deliveryOf, forgetDeliveries, heldOf, hookOf, listDeliveries, listHooks, markDelivery } from './store.ts'
import type { Hook } from './store.ts'

export type WebhookNeeds = {
  side: SideWriter; keys: () => Keys
  /** May the actor run the whole installation? */
  mayManage: (read: Reader, actor: Actor) => Promise<boolean>
  /** Where secrets stand, encrypted; asked for what they were kept for. */
  secrets: { keep: (side: SideWriter, name: string, about: string, sealed: { keyId: string; bytes: Buffer }) => Promise<unknown>; of: (read: Reader, name: string, about: string) => Promise<{ keyId: string; bytes: Buffer } | undefined>; drop: (side: SideWriter, name: string) => Promise<unknown> }
  enqueue: (name: string, payload: object, options: { key: string; attempts: number; queue?: string }) => Promise<unknown>
  commitAs: (actor: Actor, at: Date) => Commit
  stories: Record<string, { vi: string; en: string }>
  /** SANSANG_WEBHOOK_PRIVATE: addresses of the own network may be told. */
  allowPrivate: boolean
}
const KEEP_MS = 30 * 24 * 3600_000
const nameOf = (id: string): string => `webhook:${id}`
type Edit = { orderId: string; told?: never; webhookId: string; expectedVersion: number }

export function webhooksRoutes(needs: WebhookNeeds) {
  const api = implement(webhooksContract).$context<Context>().use(refusals)
  const must = async ({ read, actor }: Context): Promise<void> => { if (!await needs.mayManage(read, actor)) throw new Refusal('FORBIDDEN') }
  const unknown = (types: readonly string[]) => types.find((type) => !(type in needs.stories) || !isTold(type))

  /** What changes one that is there, by its version. */
  const edit = (context: Context, input: Omit<Edit, 'told'> & { told?: unknown }, kind: string, decide: (hook: Hook) => WebhookFact | undefined, aside?: (side: SideWriter) => Promise<void>): Promise<{ version: number }> =>
    context.commit<{ version: number }>({ id: input.orderId, kind, streams: [nameOf(input.webhookId)], body: input, told: input.told as never }, async (read): Promise<Decision<WebhookFact, WebhookRefused, { version: number }>> => {
      if (!await needs.mayManage(read, context.actor)) return { refused: 'FORBIDDEN' }
      const hook = await hookOf(read, input.webhookId)
      if (!hook) return { refused: 'NOT_FOUND' }
      if (hook.version !== input.expectedVersion) return { refused: 'CHANGED', data: { version: hook.version, changed: ['webhook'] } }
      const fact = decide(hook)
      return { facts: fact ? [fact] : [], answer: { version: hook.version + (fact ? 1 : 0) }, ...(aside ? { aside: async (side) => aside(side as SideWriter) } : {}) }
    })

  return api.router({
    list: api.list.handler(async ({ context }) => { await must(context); return { items: await listHooks(context.read), asOf: context.at.toISOString() } }),
    types: api.types.handler(async ({ context }) => { await must(context); return { items: Object.entries(needs.stories).filter(([type]) => isTold(type)).map(([type, story]) => ({ type, story })).toSorted((a, b) => (a.type < b.type ? -1 : 1)) } }),
    add: api.add.handler(async ({ input, context }) => {
      await must(context)
      const { commit, actor, side, at } = context
      if (!isSafeAddress(input.address)) throw new Refusal('WEBHOOK_ADDRESS')
      const far = await judge(input.address, needs.allowPrivate)
      if (far) throw new Refusal(far)
      const type = unknown(input.types)
      if (type !== undefined) throw new Refusal('WEBHOOK_TYPE', { type })
      const made = derivedId(at, 'webhook', input.orderId)
      const { webhookId } = await commit<{ webhookId: string }>({ id: input.orderId, kind: 'webhook.add.v1', streams: [nameOf(made), 'webhooks'], body: input, told: input.told }, async (read) => {
        if (!await needs.mayManage(read, actor)) return { refused: 'FORBIDDEN' }
        if (await countHooks(read) >= MOST_WEBHOOKS) return { refused: 'WEBHOOKS_FULL', data: { most: MOST_WEBHOOKS } }
        const types = [...new Set(input.types)].toSorted()
        return { facts: [{ type: 'webhook.added.v1', webhookId: made, address: input.address, types, count: types.length }], answer: { webhookId: made } }
      })
      // Asked again because the answer was lost, it gets another secret: the first was seen by nobody.
      const secret = randomBytes(32)
      await needs.secrets.keep(side, nameOf(webhookId), webhookId, needs.keys().seal(secret, nameOf(webhookId)))
      return { webhookId, secret: SECRET + secret.toString('base64') }
    }),
    change: api.change.handler(async ({ input, context }) => {
      await must(context)
      const type = unknown(input.types)
      if (type !== undefined) throw new Refusal('WEBHOOK_TYPE', { type })
      const types = [...new Set(input.types)].toSorted()
      return edit(context, input, 'webhook.change.v1', (hook) => (hook.types.join() === types.join() ? undefined : { type: 'webhook.changed.v1', webhookId: hook.id, types, count: types.length }))
    }),
    pause: api.pause.handler(({ input, context }) => edit(context, input, 'webhook.pause.v1', (hook) => (hook.pausedAt ? undefined : { type: 'webhook.paused.v1', webhookId: hook.id, address: hook.address, why: 'asked' }))),
    resume: api.resume.handler(async ({ input, context }) => {
      const done = await edit(context, input, 'webhook.resume.v1', (hook) => (hook.pausedAt ? { type: 'webhook.resumed.v1', webhookId: hook.id, address: hook.address } : undefined))
      await clearFailures(context.side, input.webhookId)
      // They stay held until their job has run: cut off between, or paused again, what is still held is resumed again, and a job's key keeps it one.
      for (const id of await heldOf(context.read, input.webhookId)) await needs.enqueue(...deliver(id))
      return done
    }),
    remove: api.remove.handler(async ({ input, context }) => {
      await edit(context, input, 'webhook.remove.v1', (hook) => ({ type: 'webhook.removed.v1', webhookId: hook.id, address: hook.address }), async (side) => { await needs.secrets.drop(side, nameOf(input.webhookId)) })
      return {}
    }),
    test: api.test.handler(async ({ input, context }) => {
      await must(context)
      if (!await hookOf(context.read, input.webhookId)) throw new Refusal('NOT_FOUND')
      const id = uuidv7(context.at)
      await addTest(context.side, id, input.webhookId, context.at)
      await needs.enqueue(DELIVER, { deliveryId: id }, { key: `webhook:${id}`, attempts: 1 })
      return { deliveryId: id }
    }),
    deliveries: api.deliveries.handler(async ({ input, context }) => {
      await must(context)
      const [at, id] = (input.cursor ?? '').split(' ')
      const found = await listDeliveries(context.read, input.webhookId, id && at && isUuid(id) && !Number.isNaN(Date.parse(at)) ? { at, id } : undefined, input.limit + 1)
      const items = found.slice(0, input.limit)
      const last = items.at(-1)
      return { items, next: found.length > input.limit && last ? `${last.at} ${last.id}` : null, asOf: context.at.toISOString() }
    }),
  })
}

/** Throws where the queue shall try again; the last attempt says so in the log of deliveries instead. */
export const webhooksWorks = (needs: WebhookNeeds, read: Reader): Works => ({
  [DELIVER]: async ({ deliveryId }: { deliveryId: string }, job: Job) => {
    const { side, allowPrivate } = needs
    const due = await deliveryOf(read, deliveryId)
    const hook = due && await hookOf(read, due.webhookId)
    if (!due || due.state === 'sent' || !hook) return
    const test = due.position === null
    if (hook.pausedAt && !test) return void await markDelivery(side, due.id, { state: 'held' })
    const sealed = await needs.secrets.of(read, nameOf(hook.id), hook.id)
    const secret = sealed && needs.keys().open(sealed, nameOf(hook.id))
    const { status, problem } = secret ? await sendOnce(hook.address, SECRET + secret.toString('base64'), { id: due.id, body: bodyOf(due), at: job.at, allowPrivate }) : { status: null, problem: 'SECRET' }
    const sent = status !== null && status >= 200 && status < 300
    const attempts = due.attempts + 1
    const last = test || job.attempt >= MOST_ATTEMPTS
    await markDelivery(side, due.id, { state: sent ? 'sent' : last ? 'failed' : 'waiting', attempts, status, problem, tried_at: job.at })
    if (test) return
    if (sent) return void await clearFailures(side, hook.id)
    const health = await countFailure(side, read, hook.id, job.at)
    const why = pauseWhy(health, status, job.at)
    if (why) {
      await needs.commitAs(SYSTEM, job.at)({ id: derivedId(health.since, 'webhook.pause', hook.id), kind: 'webhook.pause.v1', streams: [nameOf(hook.id)], body: { webhookId: hook.id, why } }, async (now) => {
        const still = await hookOf(now, hook.id)
        return { facts: still && !still.pausedAt ? [{ type: 'webhook.paused.v1' as const, webhookId: hook.id, address: hook.address, why }] : [] }
      })
      return void await markDelivery(side, due.id, { state: 'held' })
    }
    if (!last) throw new Error(`a webhook was not taken (${status ?? problem})`)
  },
  'webhooks.forget': async (_, { at }) => { await forgetDeliveries(needs.side, new Date(at.getTime() - KEEP_MS)) },
})
