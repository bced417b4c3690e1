// Signing in with the organisation's identity provider, against a real one.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { CLIENT, goThrough, openIdentity } from '../../../tests/identity.ts'
import type { Identity } from '../../../tests/identity.ts'
import { openLog } from '../../kernel/log.ts'
import { PHRASE, account, at, browser, bytesOf, keys, one, openWorld, t, world } from './browser.test.ts'
import { peopleRoutes } from './routes.ts'
import type { Provider } from './routes/api.ts'
import { codeOf, stepAt } from './routes/secrets.ts'

const ADDRESS = 'https://ready.example.vn/an-toan'
const BACK = `${ADDRESS}/sign-in/provider`
let identity: Identity
let provider: Provider | undefined
let logged = ''
const log = openLog('info', (text) => { logged += text })
const routes = peopleRoutes({ address: () => ADDRESS, demo: () => false, mails: async () => true, keys: () => keys, provider: async () => provider, log, commitAs: (actor, when) => t.as(actor, { at: when }).commit })

before(async () => {
  // ID tokens carry the real time.
  world.now = Date.now()
  await openWorld()
  identity = await openIdentity([BACK], { an: { email: 'An.Tran@example.vn', email_verified: true, preferred_username: 'an' } })
  await account('an')
  await mail('an', 'an.tran@example.vn')
})
after(() => identity.close())
beforeEach(() => {
  world.now = Math.max(world.now, Date.now())
  provider = { issuer: identity.issuer, clientId: CLIENT.id, secret: CLIENT.secret, scopes: 'openid email profile', match: 'email', claim: 'preferred_username', name: 'Sở Nội vụ' }
})

const mail = (name: string, address: string | null) => sql`update contacts set email = ${address} where account = ${name}`.execute(t.db)
const ask = async (b: ReturnType<typeof browser>, name: 'providerStart' | 'signInByProvider' | 'waysIn', input: object = {}) => call(routes[name] as never, input as never, { context: await b.context() }) as Promise<never>
const begin = async (b = browser()) => ({ b, ...await ask(b, 'providerStart') as { address: string; ticket: string } })
/** All the way, as this person of the provider. */
async function enter(name: string, b = browser(), more: (query: string) => string = (query) => query) {
  const { address, ticket } = await begin(b)
  const back = await goThrough(address, name, BACK)
  return { b, ticket, query: back.search, answer: await ask(b, 'signInByProvider', { ticket, query: more(back.search) }) as { next: string; ticket?: string; me?: { account: string } } }
}
const facts = async (account: string) => (await one(sql<{ list: string[] }>`select coalesce(array_agg(body::json ->> 'what' order by position), '{}') as list from journal where type = 'person.factor_changed.v1' and subject = 'person:' || (select person_id from contacts where account = ${account})`)).list

describe('the whole way', () => {
  test('where to go has state, nonce and a challenge of PKCE, none of which stands in the database; the first sign-in links, the second knows', async () => {
    const { address, ticket } = await begin()
    const asked = new URL(address).searchParams
    assert.deepEqual([asked.get('redirect_uri'), asked.get('code_challenge_method'), asked.get('scope')], [BACK, 'S256', 'openid email profile'])
    const { text } = await one(sql<{ text: string }>`select coalesce(string_agg(x::text, '|'), '') as text from sign_in_challenges x`)
    for (const secret of [ticket, asked.get('state')!, asked.get('nonce')!]) assert.ok(secret.length >= 43 && !text.includes(secret) && !text.includes(Buffer.from(secret).toString('hex')))
    const { answer, b } = await enter('an')
    assert.deepEqual([answer.next, answer.me?.account], ['done', 'an'])
    assert.ok(b.jar.secret)
    identity.people['an'] = { email: 'moi@example.vn', email_verified: true }
    assert.equal((await enter('an')).answer.me?.account, 'an', 'a new mail address there changes nothing: the identity is known')
    assert.deepEqual(await facts('an'), ['provider_linked'])
    assert.ok(!logged.includes(CLIENT.secret))
  })
  test('the sign-in page is told that there is one, and what it is called', async () => {
    assert.deepEqual(await ask(browser(), 'waysIn'), { passkeys: true, provider: { name: 'Sở Nội vụ' }, lang: 'vi' })
    provider = undefined
    await assert.rejects(begin(), { code: 'PROVIDER_OFF' })
  })
  test('an account with a second factor is asked for its code; a wrong one opens nothing and links nothing', async () => {
    await account('hai')
    await mail('hai', 'hai@example.vn')
    identity.people['p-hai'] = { email: 'hai@example.vn', email_verified: true }
    const own = browser()
    await own.signIn('hai', PHRASE)
    const { secret } = await own.ask(routes.startSecondFactor, { password: PHRASE }) as { secret: string }
    await own.ask(routes.confirmSecondFactor, { code: codeOf(bytesOf(secret), stepAt(at())) })
    const { answer, b } = await enter('p-hai')
    assert.equal(answer.next, 'code')
    assert.equal(b.jar.secret, undefined)
    await assert.rejects(ask(b, 'signInByProvider', { ticket: answer.ticket!, code: '000000' }), { code: 'SIGN_IN_FAILED' })
    assert.deepEqual(await facts('hai'), ['app_added'])
    world.now += 30_000
    assert.equal((await ask(b, 'signInByProvider', { ticket: answer.ticket!, code: codeOf(bytesOf(secret), stepAt(at())) }) as { next: string }).next, 'done')
    assert.deepEqual(await facts('hai'), ['app_added', 'provider_linked'])
    world.now += 30_000
    await assert.rejects(ask(b, 'signInByProvider', { ticket: answer.ticket!, code: codeOf(bytesOf(secret), stepAt(at())) }), { code: 'PROVIDER_STALE' }, 'a ticket works once')
  })
  test('by a claim that equals the account’s name, where it is so set; one that the token lacks is asked of the provider', async () => {
    await account('ten-rieng')
    identity.people['p-ten'] = { preferred_username: 'TEN-RIENG' }
    provider = { ...provider!, match: 'account' }
    assert.equal((await enter('p-ten')).answer.me?.account, 'ten-rieng')
  })
})

describe('what is refused, each with its own sentence', () => {
  const refused = async (name: string, code: string) => assert.rejects(enter(name), { code })
  test('an identity that no account belongs to: none is made', async () => {
    identity.people['la'] = { email: 'la@example.vn', email_verified: true }
    const count = () => one(sql<{ n: number }>`select count(*)::int as n from people`)
    const before = await count()
    await refused('la', 'PROVIDER_UNKNOWN')
    assert.deepEqual(await count(), before)
  })
  test('a mail address that the provider has not verified, and none at all', async () => {
    identity.people['chua'] = { email: 'an.tran@example.vn', email_verified: false }
    identity.people['khong'] = {}
    await refused('chua', 'PROVIDER_UNVERIFIED')
    await refused('khong', 'PROVIDER_UNVERIFIED')
  })
  test('a mail address of two accounts, and of one that is linked to another identity', async () => {
    identity.people['sau'] = { email: 'an.tran@example.vn', email_verified: true }
    await refused('sau', 'PROVIDER_OTHER')
    await account('doi-1')
    await account('doi-2')
    for (const name of ['doi-1', 'doi-2']) await mail(name, 'chung@example.vn')
    identity.people['chung'] = { email: 'chung@example.vn', email_verified: true }
    await refused('chung', 'PROVIDER_TWO')
  })
  test('who left', async () => {
    await account('da-thoi')
    await mail('da-thoi', 'thoi@example.vn')
    identity.people['thoi'] = { email: 'thoi@example.vn', email_verified: true }
    await enter('thoi')
    await sql`update people set left_at = now() where id = (select person_id from contacts where account = 'da-thoi')`.execute(t.db)
    await refused('thoi', 'PROVIDER_UNKNOWN')
  })
  test('another state, another issuer, an answer of another sign-in (nonce and PKCE), a code sent twice, another browser’s ticket', async () => {
    for (const change of [(q: string) => q.replace(/state=[^&]+/, 'state=khac'), (q: string) => q.replace(/state=[^&]+&?/, ''), (q: string) => q.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fkhac.example.vn'), () => '?code=bia-dat']) {
      await assert.rejects(enter('an', browser(), change), { code: 'PROVIDER_WRONG' })
    }
    const [mine, theirs] = [await begin(), await begin()]
    const back = await goThrough(mine.address, 'an', BACK)
    await assert.rejects(ask(theirs.b, 'signInByProvider', { ticket: theirs.ticket, query: back.search }), { code: 'PROVIDER_WRONG' })
    // With the state of the other sign-in put in, its code still belongs to the first one's challenge.
    const other = await begin()
    const crossed = new URL(back)
    crossed.searchParams.set('state', new URL(other.address).searchParams.get('state')!)
    await assert.rejects(ask(other.b, 'signInByProvider', { ticket: other.ticket, query: crossed.search }), { code: 'PROVIDER_STALE' })
    const done = await enter('an')
    await assert.rejects(ask(done.b, 'signInByProvider', { ticket: done.ticket, query: done.query }), { code: 'PROVIDER_STALE' })
    await assert.rejects(ask(browser(), 'signInByProvider', { ticket: 'x'.repeat(43), query: done.query }), { code: 'PROVIDER_STALE' })
  })
  test('an ID token with another nonce', async () => {
    const { address, ticket, b } = await begin()
    const bent = new URL(address)
    bent.searchParams.set('nonce', 'khac')
    const back = await goThrough(bent.href, 'an', BACK)
    await assert.rejects(ask(b, 'signInByProvider', { ticket, query: back.search }), { code: 'PROVIDER_WRONG' })
  })
  test('who says no there, and who takes longer than ten minutes', async () => {
    const { address, ticket, b } = await begin()
    const back = await goThrough(address, '', BACK)
    await assert.rejects(ask(b, 'signInByProvider', { ticket, query: back.search }), { code: 'PROVIDER_DENIED', data: { error: 'access_denied' } })
    const late = await begin()
    world.now += 11 * 60_000
    await assert.rejects(ask(late.b, 'signInByProvider', { ticket: late.ticket, query: '?code=x' }), { code: 'PROVIDER_STALE' })
  })
  test('a wrong secret, and an issuer that is none', async () => {
    provider = { ...provider!, secret: 'khong-phai-khoa-nay' }
    await refused('an', 'PROVIDER_SETUP')
    provider = { ...provider, issuer: `${identity.issuer}/la` }
    await assert.rejects(begin(), { code: 'PROVIDER_SETUP' })
    log.flush()
    assert.match(logged, /provider\.failed/)
    assert.ok(!logged.includes('khong-phai-khoa-nay'))
  })
  test('a provider that is away says so, and works again by itself when it is back', async () => {
    provider = { ...provider!, scopes: 'openid email' }
    await identity.shut()
    provider = { ...provider, secret: `${CLIENT.secret}` }
    const other = { ...provider, clientId: 'lan-dau' } // never asked before
    provider = other
    await assert.rejects(begin(), { code: 'PROVIDER_AWAY' })
    provider = { ...other, clientId: CLIENT.id }
    await identity.open()
    assert.equal((await enter('an')).answer.next, 'done')
    // Away between the way there and the way back.
    const { address, ticket, b } = await begin()
    const back = await goThrough(address, 'an', BACK)
    await identity.shut()
    await assert.rejects(ask(b, 'signInByProvider', { ticket, query: back.search }), { code: 'PROVIDER_AWAY' })
    await identity.open()
    assert.equal((await enter('an')).answer.next, 'done')
  })
})

test('a new slip from the unit above ends the link, and the owner may end it', async () => {
  const { b } = await enter('an')
  await call(routes.unlinkProvider, { password: PHRASE } as never, { context: await b.context() } as never)
  assert.deepEqual((await facts('an')).at(-1), 'provider_unlinked')
  assert.equal((await one(sql<{ n: number }>`select count(*)::int as n from provider_links l join contacts c using (person_id) where c.account = 'an'`)).n, 0)
})
