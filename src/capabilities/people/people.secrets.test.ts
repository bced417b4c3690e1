// Passwords, second factor, tokens, erasing, on a real database.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { SYSTEM } from '../../kernel/access.ts'
import { asReader, asSide, rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { FROM, HOUR, OTHER, PHRASE, account, at, browser, bytesOf, one, openWorld, operator, routes, t, world } from './browser.test.ts'
import { authenticate, endRetention, firstAdministratorLink, operatorLink, operatorToken, reapplyErasures } from './routes.ts'
import { codeOf, stepAt } from './routes/secrets.ts'

before(openWorld)

describe('password and second factor', () => {
  test('a change needs the current password, ends the other sessions, and gives this one a new secret', async () => {
    await account('doi')
    const [b, other] = [browser(), browser()]
    await b.signIn('doi', PHRASE)
    await other.signIn('doi', PHRASE)
    await assert.rejects(b.ask(routes.setPassword, { next: OTHER }), { code: 'PROOF_WRONG' })
    await assert.rejects(b.ask(routes.setPassword, { password: PHRASE, next: 'ngắn' }), { code: 'PASSWORD_SHORT' })
    await assert.rejects(b.ask(routes.setPassword, { password: PHRASE, next: PHRASE }), { code: 'PASSWORD_SAME' })
    const before = b.jar.secret
    await b.ask(routes.setPassword, { password: PHRASE, next: OTHER })
    assert.notEqual(b.jar.secret, before)
    assert.ok(await b.actor())
    assert.equal(await other.actor(), undefined)
  })
  test('a second factor is on once a code confirms it; then the password alone asks for a code, and a code works once', async () => {
    const id = await account('hai-lop')
    const b = browser()
    await b.signIn('hai-lop', PHRASE)
    const { secret } = await b.ask(routes.startSecondFactor, { password: PHRASE }) as { secret: string }
    assert.match(secret, /^[A-Z2-7]{32}$/)
    assert.equal((await browser().signIn('hai-lop', PHRASE)).next, 'done', 'not on yet')
    const key = bytesOf(secret)
    assert.equal((await one(sql<{ n: number }>`select position(${key}::bytea in secret) as n from second_factors where person_id = ${id}`)).n, 0, 'encrypted')
    const code = (shift = 0) => codeOf(key, stepAt(at()) + shift)
    await assert.rejects(b.ask(routes.confirmSecondFactor, { code: '000000' }), { code: 'CODE_WRONG' })
    await b.ask(routes.confirmSecondFactor, { code: code() })

    assert.deepEqual(await browser().signIn('hai-lop', PHRASE), { next: 'code' })
    await assert.rejects(browser().signIn('hai-lop', PHRASE, code()), { code: 'SIGN_IN_FAILED' }, 'the code that confirmed it is spent')
    world.now += 30_000
    const used = code()
    assert.equal((await browser().signIn('hai-lop', PHRASE, used)).next, 'done')
    await assert.rejects(browser().signIn('hai-lop', PHRASE, used), { code: 'SIGN_IN_FAILED' })
    await assert.rejects(browser().signIn('hai-lop', PHRASE, code(-1)), { code: 'SIGN_IN_FAILED' }, 'nor one before it')

    // Guessing codes with a known password is slowed down like guessing passwords.
    world.now += 60_000
    for (let i = 0; i < 3; i++) await browser().signIn('hai-lop', PHRASE, '000000').catch(() => undefined)
    await browser().signIn('hai-lop', PHRASE)
    await assert.rejects(async () => { for (let i = 0; i < 4; i++) await browser().signIn('hai-lop', PHRASE, '000000').catch((e: { code: string }) => { if (e.code !== 'SIGN_IN_FAILED') throw e }) }, { code: 'TOO_MANY_ATTEMPTS' })

    world.now += HOUR
    await assert.rejects(b.ask(routes.setPassword, { password: PHRASE, next: 'vịt bảy 9' }), { code: 'PROOF_WRONG' }, 'without the code')
    world.now += 30_000
    await b.ask(routes.setPassword, { password: PHRASE, code: code(), next: 'vịt bảy 9' })
    world.now += 30_000
    await assert.rejects(b.ask(routes.removeSecondFactor, { password: 'vịt bảy 9', code: code() }), { code: 'PASSWORD_TOO_SHORT_ALONE' })
    world.now += 30_000
    await b.ask(routes.setPassword, { password: 'vịt bảy 9', code: code(), next: OTHER })
    world.now += 30_000
    await b.ask(routes.removeSecondFactor, { password: OTHER, code: code() })
    assert.equal((await browser().signIn('hai-lop', OTHER)).next, 'done')
  })
  test('a link of the operator does not go round a second factor, unless it is removed with it', async () => {
    const id = await account('mat-may')
    await sql`insert into second_factors values (${id}, ${Buffer.alloc(20, 7)}, ${at()}, 0, 'x', 'account', ${at()})`.execute(t.db)
    const path = await operatorLink(operator(), 'mat-may', false)
    assert.deepEqual(await browser().link(path), { next: 'code' })
    assert.equal((await browser().link(path, codeOf(Buffer.alloc(20, 7), stepAt(at())))).next, 'done')
    assert.equal((await browser().link(await operatorLink(operator(), 'mat-may', true))).next, 'done')
  })
})

describe('tokens', () => {
  const bearer = async (token: string) => authenticate(asReader(t.db), asSide(t.db), { bearer: token, at: at() })
  test('a token is shown once, carries its scopes, ends by date or by hand, and makes no further tokens', async () => {
    await account('may')
    const b = browser()
    await b.signIn('may', PHRASE)
    await assert.rejects(b.ask(routes.createToken, { name: 'x', scopes: ['no.such'], password: PHRASE }), { code: 'SCOPE_UNKNOWN' })
    await assert.rejects(b.ask(routes.createToken, { name: 'x', scopes: ['task.read'] }), { code: 'PROOF_WRONG' })
    const made = await b.ask(routes.createToken, { name: 'báo cáo', scopes: ['task.read'], days: 2, password: PHRASE }) as { id: string; token: string }
    const asker = await bearer(made.token)
    assert.deepEqual(asker!.actor.scopes, ['task.read'])
    const context = { context: { ...t.as(asker!.actor, { at: at() }), peer: FROM } }
    await assert.rejects(call(routes.createToken, { name: 'y', scopes: ['task.read'] }, context), { code: 'FORBIDDEN' })
    assert.deepEqual((await call(routes.me, undefined, context)).rights, ['task.read'])
    const { items } = await b.ask(routes.tokens) as { items: { id: string; usedAt: string | null }[] }
    assert.equal(items[0]!.usedAt, at().toISOString())
    world.now += 49 * HOUR
    assert.equal(await bearer(made.token), undefined)

    const second = await operatorToken(operator(), 'may', 'lệnh', ['task.read', 'task.report'], 30 * 24 * HOUR)
    assert.ok(await bearer(second.token))
    await b.signIn('may', PHRASE)
    const list = await b.ask(routes.tokens) as { items: { id: string }[] }
    await b.ask(routes.endToken, { tokenId: list.items[0]!.id })
    assert.equal(await bearer(second.token), undefined)
  })
  test('a session is no token and a token no session', async () => {
    const { token } = await operatorToken(operator(), 'may', 'x', ['task.read'], HOUR)
    assert.equal(await authenticate(asReader(t.db), asSide(t.db), { session: token, at: at() }), undefined)
  })
})

describe('erasing and retention', () => {
  before(async () => {
    const b = browser()
    await b.link((await firstAdministratorLink(operator()))!)
    await b.ask(routes.setPassword, { next: PHRASE })
  })
  test('what is erased is gone everywhere, cannot sign in, and goes again after an older copy was restored', async () => {
    const id = await account('xoa')
    const b = browser()
    await b.signIn('xoa', PHRASE)
    const kept = await one(sql<{ account: string; name: string }>`select account, name from contacts where person_id = ${id}`)
    await call(routes.erase, { orderId: uuidv7(), personId: id }, { context: operator() })
    assert.equal(await b.actor(), undefined)
    await assert.rejects(browser().signIn('xoa', PHRASE), { code: 'SIGN_IN_FAILED' })
    const gone = async () => assert.deepEqual(await one(sql<object>`select account, name, phone, email from contacts where person_id = ${id}`), { account: null, name: null, phone: null, email: null })
    await gone()
    await sql`update contacts set account = ${kept.account}, name = ${kept.name} where person_id = ${id}`.execute(t.db)
    assert.equal(await reapplyErasures(asReader(t.db), asSide(t.db), at()), 1)
    await gone()
    assert.equal(await reapplyErasures(asReader(t.db), asSide(t.db), at()), 0)
    const facts = await rows(asReader(t.db), sql<{ type: string; body: string }>`select type, body from journal where subject = ${`person:${id}`} order by position`)
    assert.deepEqual(facts.map((f) => f.type), ['person.added.v1', 'person.access_issued.v1', 'person.left.v1', 'person.erased.v1'])
    assert.ok(!facts.some((f) => /xoa|Hoàng/.test(f.body)))
  })
  test('an account that nobody used for two years is erased by the system; one in use is not; the last administrator stays', async () => {
    await account('lau')
    world.now += 700 * 24 * HOUR
    await account('moi')
    await browser().signIn('moi', PHRASE)
    world.now += 40 * 24 * HOUR
    const result = await endRetention(t.as(SYSTEM, { at: at() }))
    assert.equal(result.kept, 1)
    assert.ok(result.erased > 3 && result.dropped > 3)
    assert.equal(await one(sql<{ n: number }>`select count(*)::int as n from contacts where account = 'lau'`).then((r) => r.n), 0)
    assert.equal((await browser().signIn('moi', PHRASE)).next, 'done')
    assert.equal((await browser().signIn('quantri', PHRASE)).next, 'done')
    assert.equal((await endRetention(t.as(SYSTEM, { at: at() }))).erased, 0)
  })
})
