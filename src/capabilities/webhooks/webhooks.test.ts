// Webhooks: where they may go, what they say, that what they promise about tries and pauses is so; against a receiver of our own.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { projectors, schemaFolders } from '../../app/wiring.ts'
import { stories } from '../../app/wiring/brings.ts'
import { OPERATOR } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { asReader, asSide } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Job } from '../../kernel/jobs.ts'
import { migrateJobs } from '../../kernel/jobs.ts'
import { openKeys } from '../../kernel/keys.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { idsOf, populate } from '../../../tests/scene.ts'
import * as settings from '../settings/store.ts'
import { bodyOf, isTold, pauseWhy } from './decide.ts'
import { followers, inboxSource } from './reacts.ts'
import { webhooksRoutes, webhooksWorks } from './routes.ts'
import type { WebhookNeeds } from './routes.ts'
import { isPrivate, judge, sign } from './routes/send.ts'

const at = new Date('2026-07-04T06:00:00Z')

describe('where a message may go', () => {
  test('not to private networks or this machine, however they are written', async () => {
    for (const address of ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '::1', 'fd00::1', 'fe80::1', '::ffff:10.0.0.1', '::ffff:a00:1', '[::1]']) assert.ok(isPrivate(address), address)
    for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2001:4860:4860::8888']) assert.ok(!isPrivate(address), address)
    assert.deepEqual([await judge('https://127.0.0.1/x', false), await judge('https://localhost/x', false), await judge('https://8.8.8.8/x', false), await judge('https://localhost/x', true)], ['WEBHOOK_PRIVATE', 'WEBHOOK_PRIVATE', undefined, undefined])
  })
})
test('a message holds kind and ids, nothing else; facts about persons, settings and webhooks stay inside', () => {
  assert.deepEqual(JSON.parse(bodyOf({ id: 'x', type: 'task.reported.v1', at, position: 7, stream: 'event:1', subject: 'task:2', orderId: '3' })), { type: 'task.reported.v1', timestamp: at.toISOString(), data: { position: 7, stream: 'event:1', subject: 'task:2', order: '3' } })
  for (const type of ['person.added.v1', 'grant.given.v1', 'provider.connected.v1', 'webhook.added.v1']) assert.ok(!isTold(type), type)
  assert.ok(Object.keys(stories).filter(isTold).every((type) => !/person|account|token|passkey/.test(type)), Object.keys(stories).filter(isTold).filter((type) => /person|account|token|passkey/.test(type)).join())
})
test('it pauses after eight failures in a row over a quarter of an hour, or when the receiver is gone', () => {
  const since = (minutes: number) => new Date(at.getTime() - minutes * 60_000)
  assert.deepEqual([pauseWhy({ failures: 8, since: since(16) }, 500, at), pauseWhy({ failures: 7, since: since(99) }, 500, at), pauseWhy({ failures: 50, since: since(1) }, null, at), pauseWhy({ failures: 1, since: since(0) }, 410, at)], ['failing', undefined, undefined, 'gone'])
})

describe('a webhook', () => {
  const ROLES = { boss: ['VN', 'administrator'], province: ['01', 'administrator'] } as const
  const people = idsOf(ROLES, at)
  const folder = mkdtempSync(join(tmpdir(), 'sansang-webhooks-'))
  const heard: { headers: IncomingHttpHeaders; body: string }[] = []
  let answer = 200
  let receiver: Server
  let address: string
  let t: TestDb
  let needs: WebhookNeeds
  const queued: string[] = []
  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    await migrateJobs(t.connect)
    await populate(t, 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n', at, ROLES, people)
    receiver = createServer((request, response) => { let body = ''; request.on('data', (part: Buffer) => { body += part.toString() }).on('end', () => { heard.push({ headers: request.headers, body }); response.writeHead(answer).end() }) })
    await new Promise<void>((done) => { receiver.listen(0, '127.0.0.1', done) })
    address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/tin`
    needs = {
      side: asSide(t.db), keys: () => openKeys(folder, null), mayManage: settings.mayManage, secrets: { keep: settings.keepSecret, of: settings.sealedSecret, drop: settings.dropSecret },
      enqueue: async (_, payload) => { queued.push((payload as { deliveryId: string }).deliveryId) }, commitAs: (actor, when) => t.as(actor, { at: when }).commit, stories, allowPrivate: true,
    }
  })
  after(() => { receiver?.close(); rmSync(folder, { recursive: true, force: true }) })

  const who = (name: keyof typeof ROLES): Actor => ({ id: people[name]!, kind: 'person', via: uuidv7(at) })
  const ask = async <O>(name: keyof ReturnType<typeof webhooksRoutes>, input: object = {}, actor: Actor = who('boss')): Promise<O> => call(webhooksRoutes(needs)[name] as never, { orderId: uuidv7(), ...input } as never, { context: t.as(actor, { at }) } as never) as Promise<O>
  const send = (deliveryId: string, attempt = 1, when = at) => webhooksWorks(needs, asReader(t.db))['webhooks.deliver']!({ deliveryId } as never, { at: when, attempt, signal: new AbortController().signal, progress: () => {}, results: () => {} } as Job)
  const follow = () => catchUp(t, followers, new Date())
  const log = async (webhookId: string) => (await ask<{ items: { id: string; type: string; state: string; attempts: number; status: number | null; problem: string | null }[] }>('deliveries', { webhookId, limit: 50 })).items
  let seconds = 0
  /** One after the other: what happened at one moment stands in no order of time. */
  const happen = () => t.as(OPERATOR, { at: new Date(at.getTime() + ++seconds * 1000) }).commit({ id: uuidv7(), kind: 'unit.open.v1', streams: ['tree'], body: {} }, async () => ({ facts: [{ type: 'boundaries.removed.v1', boundaryId: uuidv7() }] as never }))
  const now = async (id: string) => (await ask<{ items: { id: string; version: number; paused: { why: string } | null; waiting: number }[] }>('list')).items.find((one) => one.id === id)!
  let id: string
  let secret: string

  test('is refused for a private address, one without TLS, an unknown kind, and from who does not run the installation', async () => {
    needs.allowPrivate = false
    const types = ['boundaries.removed.v1']
    await assert.rejects(ask('add', { address: 'https://192.168.1.9/x', types }), { code: 'WEBHOOK_PRIVATE' })
    await assert.rejects(ask('add', { address: 'http://example.vn/x', types }), { code: 'WEBHOOK_ADDRESS' })
    await assert.rejects(ask('add', { address: 'https://u:p@example.vn/x', types }), { code: 'WEBHOOK_ADDRESS' })
    needs.allowPrivate = true
    await assert.rejects(ask('add', { address, types: ['person.added.v1'] }), { code: 'WEBHOOK_TYPE' })
    for (const name of ['list', 'types'] as const) await assert.rejects(ask(name, {}, who('province')), { code: 'FORBIDDEN' })
    await assert.rejects(ask('add', { address, types }, who('province')), { code: 'FORBIDDEN' })
  })
  test('is added with a secret that is answered once and stands nowhere in clear', async () => {
    await happen()
    ;({ webhookId: id, secret } = await ask<{ webhookId: string; secret: string }>('add', { address, types: ['boundaries.removed.v1'] }))
    const everything = (await sql<{ text: string }>`select coalesce((select string_agg(body, '|') from journal), '') || coalesce((select string_agg(answer, '|') from journal_orders), '') || coalesce((select string_agg(x::text, '|') from sealed_secrets x), '') as text`.execute(t.db)).rows[0]!.text
    assert.match(secret, /^whsec_[\w+/]{43}=$/)
    assert.ok(!everything.includes(secret.slice(6)) && !JSON.stringify(await ask('list')).includes(secret.slice(6)))
  })
  test('is told of what happens after it was added, once, signed; told again it is the same message', async () => {
    await follow()
    assert.deepEqual(await log(id), [], 'what was before is not told')
    await happen()
    await follow()
    await follow()
    const [one, ...more] = await log(id)
    assert.deepEqual([one!.type, one!.state, more.length], ['boundaries.removed.v1', 'waiting', 0])
    assert.equal((await sql<{ n: number }>`select count(*)::int as n from sansang_jobs.jobs where task_identifier = 'webhooks.deliver'`.execute(t.db)).rows[0]!.n, 1)
    answer = 503
    await assert.rejects(send(one!.id), /503/)
    assert.deepEqual((await log(id)).map((d) => [d.state, d.attempts, d.status]), [['waiting', 1, 503]])
    answer = 204
    await send(one!.id, 2)
    await send(one!.id, 3)
    assert.deepEqual((await log(id)).map((d) => [d.state, d.attempts, d.status]), [['sent', 2, 204]])
    assert.equal(heard.length, 2, 'taken once, it is not sent again')
    for (const { headers, body } of heard) {
      assert.equal(headers['webhook-id'], one!.id)
      const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
      assert.equal(headers['webhook-signature'], `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(signed).digest('base64')}`)
      assert.deepEqual(Object.keys(JSON.parse(body) as object), ['type', 'timestamp', 'data'])
    }
    assert.equal(sign('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, '{"test": 2432232314}'), 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=', 'the vector of Standard Webhooks')
  })
  test('that keeps failing is paused, its administrators hear of it, what happens is held, and resumed it is sent', async () => {
    answer = 500
    await happen()
    await follow()
    const due = (await log(id)).find((one) => one.state === 'waiting')!
    for (let n = 1; n <= 7; n++) await assert.rejects(send(due.id, n, new Date(at.getTime() + n * 60_000)))
    await send(due.id, 8, new Date(at.getTime() + 20 * 60_000))
    assert.equal((await now(id)).paused?.why, 'failing')
    const { rows: [line] } = await sql<{ body: string; order_id: string }>`select body, order_id from journal where type = 'webhook.paused.v1'`.execute(t.db)
    const sends = await inboxSource.send([{ fact: JSON.parse(line!.body) as { type: string }, subject: '', at, actorId: '', orderId: line!.order_id, position: 1 }], t.db as never)
    assert.deepEqual(sends.map((one) => one.to), [{ personId: people['boss'] }])
    await happen()
    await follow()
    for (const one of await log(id)) if (one.state === 'waiting') await send(one.id)
    assert.deepEqual((await log(id)).map((one) => one.state), ['held', 'held', 'sent'])
    queued.length = 0
    answer = 200
    await ask('resume', { webhookId: id, expectedVersion: (await now(id)).version })
    for (const one of [...queued]) await send(one)
    assert.deepEqual([queued.length, (await log(id)).map((one) => one.state), (await now(id)).waiting], [2, ['sent', 'sent', 'sent'], 0])
  })
  test('is tried at a button, tells other kinds by its version, and removed it is told nothing; its secret is gone', async () => {
    const { deliveryId } = await ask<{ deliveryId: string }>('test', { webhookId: id })
    answer = 404
    await send(deliveryId)
    assert.deepEqual((await log(id)).filter((one) => one.type === 'webhook.test').map((one) => [one.state, one.status]), [['failed', 404]])
    await assert.rejects(ask('change', { webhookId: id, expectedVersion: 1, types: ['boundaries.added.v1'] }), { code: 'CHANGED' })
    await ask('change', { webhookId: id, expectedVersion: (await now(id)).version, types: ['boundaries.added.v1'] })
    const before = (await log(id)).length
    await happen()
    await follow()
    assert.equal((await log(id)).length, before)
    await ask('remove', { webhookId: id, expectedVersion: (await now(id)).version })
    assert.equal((await sql<{ n: number }>`select count(*)::int as n from sealed_secrets`.execute(t.db)).rows[0]!.n, 0)
    await assert.rejects(ask('test', { webhookId: id }), { code: 'NOT_FOUND' })
  })
})
