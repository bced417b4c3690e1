// Passkeys, with a device in software; the same in a real browser is tests/e2e/sign-in-ways.test.ts.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { authenticator } from '../../../tests/authenticator.ts'
import type { Authenticator } from '../../../tests/authenticator.ts'
import { SYSTEM } from '../../kernel/access.ts'
import { PHRASE, account, browser, bytesOf, keys, one, openWorld, operator, t, world } from './browser.test.ts'
import { operatorLink, peopleRoutes } from './routes.ts'
import { placeOf } from './routes/passkeys.ts'
import { codeOf, stepAt } from './routes/secrets.ts'

const ORIGIN = 'https://ready.example.vn'
const build = (address: string) => peopleRoutes({ address: () => address, demo: () => false, mails: async () => true, keys: () => keys, commitAs: (actor, when) => t.as(actor, { at: when }).commit })
const routes = build(`${ORIGIN}/an-toan`)
before(openWorld)

type B = ReturnType<typeof browser>
const ask = async <O>(b: B, procedure: unknown, input: unknown = {}): Promise<O> => call(procedure as never, input as never, { context: await b.context() } as never) as Promise<O>
type Options = { options: Record<string, unknown> }
const signIn = async (device: Authenticator, b = browser()) => ({ b, answer: await ask<{ next: string; me: { account: string } }>(b, routes.signInByPasskey, { answer: device.get(await ask<Options>(b, routes.passkeyChallenge)) }) })
async function owner(name: string, device = authenticator(ORIGIN)) {
  const id = await account(name)
  const b = browser()
  await b.signIn(name, PHRASE)
  const key = await add(b, device, 'Điện thoại')
  return { id, b, device, key }
}
const add = async (b: B, device: Authenticator, name: string) => ask<{ id: string }>(b, routes.addPasskey, { name, answer: device.create(await ask<Options>(b, routes.newPasskeyChallenge, { password: PHRASE })) })
const facts = async (id: string) => (await one(sql<{ list: string[] }>`select coalesce(array_agg(body::json ->> 'what' order by position), '{}') as list from journal where type = 'person.factor_changed.v1' and subject = ${`person:${id}`}`)).list
const list = async (b: B) => (await ask<{ items: { id: string; name: string; usedAt: string | null; blocked: boolean }[] }>(b, routes.passkeys)).items

describe('a passkey', () => {
  test('signs in alone, without account name, password or code, and counts as two factors', async () => {
    const { b, id, device } = await owner('khoa')
    const { secret } = await ask<{ secret: string }>(b, routes.startSecondFactor, { password: PHRASE })
    await ask(b, routes.confirmSecondFactor, { code: codeOf(bytesOf(secret), stepAt(new Date(world.now))) })
    const { answer, b: fresh } = await signIn(device)
    assert.deepEqual([answer.next, answer.me.account], ['done', 'khoa'])
    const [session] = (await ask<{ items: { by: string; secondFactor: boolean; current: boolean }[] }>(fresh, routes.sessions)).items.filter((one) => one.current)
    assert.deepEqual([session!.by, session!.secondFactor], ['passkey', true])
    assert.ok((await list(fresh))[0]!.usedAt)
    assert.deepEqual(await facts(id), ['passkey_added', 'app_added'])
  })
  test('several stand beside each other; each has a name; one removed opens nothing, the others do', async () => {
    const { b, id, key, device } = await owner('hai-khoa')
    const second = authenticator(ORIGIN)
    world.now += 1000
    await add(b, second, 'Khóa USB')
    assert.deepEqual((await list(b)).map((one) => one.name), ['Điện thoại', 'Khóa USB'])
    await assert.rejects(ask(b, routes.removePasskey, { passkeyId: key.id }), { code: 'PROOF_WRONG' })
    await ask(b, routes.removePasskey, { passkeyId: key.id, password: PHRASE })
    await assert.rejects(signIn(device), { code: 'PASSKEY_REFUSED' })
    assert.equal((await signIn(second)).answer.next, 'done')
    assert.deepEqual(await facts(id), ['passkey_added', 'passkey_added', 'passkey_removed'])
  })
  test('is added only with the password, once, by whoever asked, and by a device that knows its owner', async () => {
    const { b, device } = await owner('them')
    await assert.rejects(ask(b, routes.newPasskeyChallenge), { code: 'PROOF_WRONG' })
    const wanted = await ask<Options>(b, routes.newPasskeyChallenge, { password: PHRASE })
    assert.ok((wanted.options['excludeCredentials'] as { id: string }[]).some((one) => one.id === device.id), 'the device is told what it has already')
    await assert.rejects(ask(b, routes.addPasskey, { name: 'x', answer: device.create(wanted) }), { code: 'PASSKEY_KNOWN' })
    const careless = authenticator(ORIGIN, { verified: false })
    await assert.rejects(add(b, careless, 'x'), { code: 'PASSKEY_FAULTY' })
    const other = await owner('them-2')
    const theirs = await ask<Options>(other.b, routes.newPasskeyChallenge, { password: PHRASE })
    await assert.rejects(ask(b, routes.addPasskey, { name: 'x', answer: authenticator(ORIGIN).create(theirs) }), { code: 'PASSKEY_FAULTY' })
    assert.equal((await list(b)).length, 1)
  })
})

describe('what opens nothing', () => {
  test('another page’s answer, a device that did not ask its owner, another’s key under this name, a signature that is bent', async () => {
    const { device } = await owner('trang-khac')
    device.device.origin = 'https://gia-mao.example.vn'
    await assert.rejects(signIn(device), { code: 'PASSKEY_REFUSED' })
    device.device.origin = ORIGIN
    device.device.verified = false
    await assert.rejects(signIn(device), { code: 'PASSKEY_REFUSED' })
    device.device.verified = true
    const stranger = authenticator(ORIGIN)
    const b = browser()
    const answer = { ...stranger.get(await ask<Options>(b, routes.passkeyChallenge)), id: device.id, rawId: device.id }
    await assert.rejects(ask(b, routes.signInByPasskey, { answer }), { code: 'PASSKEY_REFUSED' })
    const bent = device.get(await ask<Options>(b, routes.passkeyChallenge))
    await assert.rejects(ask(b, routes.signInByPasskey, { answer: { ...bent, response: { ...bent.response, userHandle: 'AAAA' } } }), { code: 'PASSKEY_REFUSED' })
    assert.equal(b.jar.secret, undefined)
    assert.equal((await signIn(device)).answer.next, 'done')
  })
  test('an answer sent twice, one after five minutes, and one to a challenge that was for adding', async () => {
    const { b: mine, device } = await owner('hai-lan')
    const b = browser()
    const answer = device.get(await ask<Options>(b, routes.passkeyChallenge))
    await ask(b, routes.signInByPasskey, { answer })
    await assert.rejects(ask(browser(), routes.signInByPasskey, { answer }), { code: 'PASSKEY_REFUSED' })
    const late = device.get(await ask<Options>(b, routes.passkeyChallenge))
    const adding = await ask<Options>(mine, routes.newPasskeyChallenge, { password: PHRASE })
    await assert.rejects(ask(browser(), routes.signInByPasskey, { answer: device.get(adding) }), { code: 'PASSKEY_REFUSED' })
    world.now += 6 * 60_000
    await assert.rejects(ask(browser(), routes.signInByPasskey, { answer: late }), { code: 'PASSKEY_REFUSED' })
  })
  test('a copy: a counter that goes back blocks the passkey for both, as the system, and only a right signature can do that', async () => {
    const { id, b, device } = await owner('sao-chep')
    device.device.counter = 7
    assert.equal((await signIn(device)).answer.next, 'done')
    device.device.counter = 3
    const asked = browser()
    const forged = { ...authenticator(ORIGIN).get(await ask<Options>(asked, routes.passkeyChallenge)), id: device.id, rawId: device.id }
    await assert.rejects(ask(asked, routes.signInByPasskey, { answer: forged }), { code: 'PASSKEY_REFUSED' })
    await assert.rejects(signIn(device), { code: 'PASSKEY_BLOCKED' })
    device.device.counter = 90
    await assert.rejects(signIn(device), { code: 'PASSKEY_BLOCKED' })
    assert.equal((await list(b))[0]!.blocked, true)
    assert.deepEqual(await facts(id), ['passkey_added', 'passkey_blocked'])
    assert.equal((await one(sql<{ by: string }>`select actor_id as by from journal where type = 'person.factor_changed.v1' and body like '%passkey_blocked%' and subject = ${`person:${id}`}`)).by, SYSTEM.id)
  })
  test('of who left, and of who got a new link: the ways in of before are gone', async () => {
    const gone = await owner('da-nghi')
    await sql`update people set left_at = now() where id = ${gone.id}`.execute(t.db)
    await assert.rejects(signIn(gone.device), { code: 'PASSKEY_REFUSED' })
    const reset = await owner('cap-lai')
    await operatorLink(operator(), 'cap-lai', false)
    await assert.rejects(signIn(reset.device), { code: 'PASSKEY_REFUSED' })
  })
  test('neither its name nor its key stands in the journal', async () => {
    const { device } = await owner('kin')
    const { text } = await one(sql<{ text: string }>`select string_agg(body, '|') as text from journal`)
    assert.ok(!text.includes('Điện thoại') && !text.includes(device.id))
  })
})

test('an address that is a number, or without TLS, has no passkeys; a path prefix changes nothing; this machine may', async () => {
  assert.equal(placeOf('http://127.0.0.1:7700'), undefined)
  assert.equal(placeOf('http://[::1]:7700'), undefined)
  assert.equal(placeOf('http://ready.example.vn'), undefined)
  assert.deepEqual(placeOf('https://ready.example.vn/an-toan'), { rpID: 'ready.example.vn', origin: ORIGIN })
  assert.deepEqual(placeOf('http://localhost:7700'), { rpID: 'localhost', origin: 'http://localhost:7700' })
  await assert.rejects(ask(browser(), build('http://10.0.0.7').passkeyChallenge), { code: 'PASSKEYS_NOT_HERE' })
})
test('shown again with a passkey, who one is counts for a quarter of an hour; with another’s it does not', async () => {
  const [mine, theirs] = [await owner('chung-minh'), await owner('nguoi-khac')]
  const proving = async (device: Authenticator) => ask(mine.b, routes.prove, { passkey: device.get(await ask<Options>(mine.b, routes.passkeyChallenge)) })
  await assert.rejects(proving(theirs.device), { code: 'PROOF_WRONG' })
  await proving(mine.device)
  assert.ok((await one(sql<{ at: Date | null }>`select max(proved_at) as at from sessions where person_id = ${mine.id}`)).at)
})
test('all that is held on me: account, roles, where I am signed in, passkeys, tokens, and the counts of my own acts', async () => {
  const { b } = await owner('toi')
  const held = await ask<{ passkeys: unknown[]; sessions: unknown[]; tokens: unknown[]; acts: { lines: number; types: { type: string; lines: number }[] } }>(b, routes.held)
  assert.equal(held.passkeys.length, 1)
  assert.ok(held.sessions.length >= 1)
  assert.deepEqual(held.acts.types, [{ type: 'person.factor_changed.v1', lines: 1 }])
})
test('one’s own mail address is changed with the password; a name without', async () => {
  const { b, id } = await owner('doi-thu')
  const order = () => ({ orderId: crypto.randomUUID(), expectedVersion: 1 })
  await assert.rejects(ask(b, routes.changeMe, { ...order(), email: 'moi@example.vn' }), { code: 'PROOF_WRONG' })
  await ask(b, routes.changeMe, { ...order(), email: 'moi@example.vn', password: PHRASE })
  assert.equal((await one(sql<{ email: string }>`select email from contacts where person_id = ${id}`)).email, 'moi@example.vn')
})
