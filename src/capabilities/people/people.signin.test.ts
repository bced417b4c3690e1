// Signing in, sessions and links, on a real database.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { asReader, asSide, rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { HOUR, OTHER, PHRASE, account, at, browser, one, openWorld, operator, routes, t, world } from './browser.test.ts'
import { authenticate, createAccounts, demoLinks, firstAdministratorLink } from './routes.ts'
import { accountKeys } from './routes/attempts.ts'

before(openWorld)

describe('the first administrator', () => {
  test('comes by a link that opens once and leads to a password of their own; until then nothing else may be done', async () => {
    const path = await firstAdministratorLink(operator())
    assert.match(path!, /^\/sign-in#token=[\w-]{43}$/)
    const b = browser()
    const answer = await b.link(path!)
    assert.equal(answer.next === 'done' && answer.me.mustSetPassword, true)
    await assert.rejects(browser().link(path!), { code: 'LINK_SPENT' })
    assert.deepEqual((await b.actor())!.scopes, [])
    await assert.rejects(b.ask(routes.createToken, { name: 'x', scopes: ['task.read'] }), { code: 'PASSWORD_FIRST' })
    await b.ask(routes.setPassword, { next: PHRASE })
    assert.equal((await b.actor())!.scopes, undefined)
    const me = await b.ask(routes.me) as { rights: string[]; grants: { unit: unknown }[] }
    assert.ok(me.rights.includes('unit.import'))
    assert.equal(me.grants[0]!.unit, null, 'the whole forest')
    assert.equal(await firstAdministratorLink(operator()), undefined)
  })
  test('an account made before the units has the whole forest: the view holds a row without unit, and one for each root', async () => {
    const root = uuidv7()
    await sql`insert into units (id, scheme, code, kind, name, fold, number, step, path, valid_from, version, tree) values (${root}, 'admin', 'VN', 'nation', 'Việt Nam', 'viet nam', 1, '1.', '1.', '2020-01-01', 1, 1)`.execute(t.db)
    const found = await rows(asReader(t.db), sql<{ unit_id: string | null }>`select unit_id from access_grants where role = 'administrator' order by unit_id nulls first`)
    assert.deepEqual(found.map((row) => row.unit_id), [null, root])
  })
})

describe('signing in', () => {
  test('a wrong password and an unknown account hear the same, and no cookie is set', async () => {
    await account('ba')
    for (const name of ['ba', 'khong-co']) {
      const b = browser()
      await assert.rejects(b.signIn(name, 'sai mật khẩu rồi nhé'), { code: 'SIGN_IN_FAILED' })
      assert.equal(b.jar.secret, undefined)
    }
  })
  test('the password as typed signs in; in other letters it does not; in other code points of the same letters it does', async () => {
    await account('typed')
    assert.equal((await browser().signIn('typed', PHRASE)).next, 'done')
    assert.equal((await browser().signIn('TYPED', PHRASE.normalize('NFD'))).next, 'done')
    await assert.rejects(browser().signIn('typed', PHRASE.toUpperCase()), { code: 'SIGN_IN_FAILED' })
    await assert.rejects(browser().signIn('typed', `${PHRASE} `), { code: 'SIGN_IN_FAILED' })
  })
  test('every sign-in has a new secret, and the session that this browser had ends', async () => {
    await account('again')
    const b = browser()
    await b.signIn('again', PHRASE)
    const before = b.jar.secret!
    await b.signIn('again', PHRASE)
    assert.notEqual(b.jar.secret, before)
    assert.equal(await authenticate(asReader(t.db), asSide(t.db), { session: before, at: at() }), undefined)
  })
  test('neither a secret nor a password stands in the database', async () => {
    await account('hidden')
    const b = browser()
    await b.signIn('hidden', PHRASE)
    for (const table of ['sessions', 'passwords', 'journal', 'journal_orders', 'sign_in_failures', 'contacts']) {
      const text = await one(sql<{ text: string }>`select coalesce(string_agg(x::text, '|'), '') as text from ${sql.table(table)} x`)
      assert.ok(!text.text.includes(b.jar.secret!) && !text.text.includes(PHRASE), table)
    }
  })
  test('after five wrong attempts the next waits, twice as long each time; a right one forgets them', async () => {
    await account('tu')
    const b = browser({ address: '10.0.1.1', agent: '' })
    for (let i = 0; i < 6; i++) await assert.rejects(b.signIn('tu', 'sai mật khẩu rồi nhé'), { code: 'SIGN_IN_FAILED' })
    await assert.rejects(b.signIn('tu', PHRASE), { code: 'TOO_MANY_ATTEMPTS', data: { seconds: 2 } })
    world.now += 2000
    await assert.rejects(b.signIn('tu', 'sai mật khẩu rồi nhé'), { code: 'SIGN_IN_FAILED' })
    await assert.rejects(b.signIn('tu', PHRASE), { code: 'TOO_MANY_ATTEMPTS', data: { seconds: 4 } })
    world.now += 4000
    assert.equal((await b.signIn('tu', PHRASE)).next, 'done')
    await assert.rejects(b.signIn('tu', 'sai mật khẩu rồi nhé'), { code: 'SIGN_IN_FAILED' })
  })
  test('a stranger’s attempts on an account do not keep its owner out where they signed in before', async () => {
    await account('nam')
    const stranger = browser({ address: '203.0.113.5', agent: '' })
    for (let i = 0; i < 6; i++) await assert.rejects(stranger.signIn('nam', 'sai mật khẩu rồi nhé'), { code: 'SIGN_IN_FAILED' })
    await assert.rejects(stranger.signIn('nam', PHRASE), { code: 'TOO_MANY_ATTEMPTS' })
    assert.equal((await browser().signIn('nam', PHRASE)).next, 'done')
  })
  test('64 attempts at the same moment get no more tries than one after another', async () => {
    await account('loat')
    const all = await Promise.allSettled(Array.from({ length: 64 }, () => browser({ address: '203.0.113.6', agent: '' }).signIn('loat', 'sai mật khẩu rồi nhé')))
    assert.equal(all.filter((r) => r.status === 'rejected' && (r.reason as { code: string }).code === 'SIGN_IN_FAILED').length, 6)
    assert.equal(all.filter((r) => r.status === 'rejected' && (r.reason as { code: string }).code === 'TOO_MANY_ATTEMPTS').length, 58)
  })
  test('after fifty wrong attempts the account is closed to passwords, and a new slip opens it', async () => {
    const id = await account('kin')
    await sql`insert into sign_in_failures values (${accountKeys('kin')[0]}, 49, ${at()}, ${at()}, 'x', 'throttle', ${at()})`.execute(t.db)
    const b = browser({ address: '203.0.113.7', agent: '' })
    await assert.rejects(b.signIn('kin', 'sai mật khẩu rồi nhé'), { code: 'SIGN_IN_FAILED' })
    world.now += HOUR
    await assert.rejects(b.signIn('kin', PHRASE), { code: 'ACCOUNT_BLOCKED' })
    const person = await call(routes.get, { personId: id }, { context: operator() })
    assert.equal(person.blocked, true)
    const { slips } = await call(routes.issueSlip, { orderId: uuidv7(), personId: id }, { context: operator() })
    const answer = await b.signIn('kin', slips[0]!.code.toLowerCase().replaceAll('-', ' '))
    assert.equal(answer.next === 'done' && answer.me.mustSetPassword, true)
    await assert.rejects(b.signIn('kin', PHRASE), { code: 'SIGN_IN_FAILED' }, 'the password of before opens nothing')
    await b.ask(routes.setPassword, { next: OTHER })
    await assert.rejects(b.signIn('kin', slips[0]!.code), { code: 'SIGN_IN_FAILED' }, 'nor does the slip after a password was set')
    assert.equal((await b.signIn('kin', OTHER)).next, 'done')
  })
  test('a slip that is too old opens nothing', async () => {
    const [id] = await createAccounts(operator(), [{ account: 'cu', name: null, unitId: null }])
    const { slips } = await call(routes.issueSlip, { orderId: uuidv7(), personId: id!, days: 1 }, { context: operator() })
    world.now += 25 * HOUR
    await assert.rejects(browser().signIn('cu', slips[0]!.code), { code: 'SIGN_IN_FAILED' })
  })
  test('a link of the demonstration opens more than once, but only while the server shows the demonstration', async () => {
    const [id] = await createAccounts(operator(), [{ account: 'xem', name: null, unitId: null, role: 'reader' }])
    const [path] = await demoLinks(operator(), [id!])
    await assert.rejects(browser().link(path!), { code: 'LINK_SPENT' })
    world.demo = true
    for (let i = 0; i < 2; i++) { const answer = await browser().link(path!); assert.equal(answer.next === 'done' && answer.me.demo && !answer.me.mustSetPassword, true) }
    const [again] = await demoLinks(operator(), [id!])
    await assert.rejects(browser().link(path!), { code: 'LINK_SPENT' }, 'the links of the start before')
    assert.equal((await browser().link(again!)).next, 'done')
    world.demo = false
  })
})

describe('sessions', () => {
  test('one that rests for twelve hours ends; one in use goes on, but not beyond a week', async () => {
    await account('nghi')
    const b = browser()
    await b.signIn('nghi', PHRASE)
    world.now += 11 * HOUR
    assert.ok(await b.actor())
    world.now += 13 * HOUR
    assert.equal(await b.actor(), undefined)
    await b.signIn('nghi', PHRASE)
    for (let i = 0; i < 16; i++) { world.now += 10 * HOUR; assert.ok(await b.actor(), `after ${i + 1} × 10 hours`) }
    world.now += 10 * HOUR
    assert.equal(await b.actor(), undefined)
  })
  test('asking writes at most once a minute', async () => {
    await account('ghi')
    const b = browser()
    await b.signIn('ghi', PHRASE)
    const seen = async () => (await one(sql<{ seen: Date }>`select max(seen_at) as seen from sessions s join contacts c using (person_id) where c.account = 'ghi'`)).seen.getTime()
    const first = await seen()
    world.now += 59_000
    await b.actor()
    assert.equal(await seen(), first)
    world.now += 1000
    await b.actor()
    assert.equal(await seen(), world.now)
  })
  test('signing out ends it on the server', async () => {
    await account('ra')
    const b = browser()
    await b.signIn('ra', PHRASE)
    const kept = b.jar.secret!
    await b.ask(routes.signOut)
    assert.equal(b.jar.secret, undefined)
    assert.equal(await authenticate(asReader(t.db), asSide(t.db), { session: kept, at: at() }), undefined)
  })
  test('an account sees where it is signed in, and ends one or all others after showing its password', async () => {
    await account('noi')
    const [here, there, third] = [browser(), browser({ address: '10.9.9.9', agent: 'Chrome' }), browser()]
    for (const b of [here, there, third]) await b.signIn('noi', PHRASE)
    const { items } = await here.ask(routes.sessions) as { items: { id: string; current: boolean; address: string }[] }
    const other = items.find((s) => s.address === '10.9.9.9')!
    assert.equal(items.filter((s) => s.current).length, 1)
    await assert.rejects(here.ask(routes.endSession, { sessionId: other.id, password: 'sai' }), { code: 'PROOF_WRONG' })
    await here.ask(routes.endSession, { sessionId: other.id, password: PHRASE })
    assert.equal(await there.actor(), undefined)
    assert.deepEqual(here.jar.forgotten, [other.id])
    await here.ask(routes.endOtherSessions, { password: PHRASE })
    assert.equal(await third.actor(), undefined)
    assert.ok(await here.actor())
  })
  test('at an eleventh sign-in the one seen longest ago ends', async () => {
    await account('muoi')
    const all = Array.from({ length: 11 }, () => browser())
    for (const b of all) { world.now += 1000; await b.signIn('muoi', PHRASE) }
    assert.equal(await all[0]!.actor(), undefined)
    assert.ok(await all[1]!.actor())
  })
})
