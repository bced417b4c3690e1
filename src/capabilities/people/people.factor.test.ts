// The second factor: its secret encrypted with a key outside the database, and codes on paper for a lost telephone.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { Refused } from '../../kernel/config.ts'
import { asReader, asSide } from '../../kernel/db.ts'
import { keyFile, openKeys } from '../../kernel/keys.ts'
import { HOUR, PHRASE, account, at, browser, bytesOf, keys, one, openWorld, routes, t, world } from './browser.test.ts'
import { forgetSecrets, sealSeeds } from './routes.ts'
import { codeOf, stepAt } from './routes/secrets.ts'

before(openWorld)
const folder = mkdtempSync(join(tmpdir(), 'sansang-factor-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const stored = (id: string) => one(sql<{ secret: Buffer; key_id: string | null; recovery_hashes: Buffer[] }>`select secret, key_id, recovery_hashes from second_factors where person_id = ${id}`)
/** An account with a second factor on: its browser, the app, and the codes that were shown. */
async function withFactor(name: string) {
  const id = await account(name)
  const b = browser()
  await b.signIn(name, PHRASE)
  const { secret } = await b.ask(routes.startSecondFactor, { password: PHRASE }) as { secret: string }
  const code = () => { world.now += 30_000; return codeOf(bytesOf(secret), stepAt(at())) }
  const { codes } = await b.ask(routes.confirmSecondFactor, { code: code() }) as { codes: string[] }
  return { id, b, codes, code, seed: bytesOf(secret) }
}
const left = async (b: ReturnType<typeof browser>) => (await b.ask(routes.me) as { recoveryCodes: number }).recoveryCodes

describe('the secret of the app', () => {
  test('stands in the database encrypted, with the id of a key that is a file of the owner alone', async () => {
    const { id, seed } = await withFactor('niem')
    const row = await stored(id)
    assert.equal(row.key_id, keys.ids()[0])
    assert.ok(!row.secret.includes(seed))
    assert.equal(statSync(keys.from).mode & 0o777, 0o600)
    const everything = await one(sql<{ text: string }>`select coalesce(string_agg(x::text, '|'), '') as text from second_factors x`)
    assert.ok(!everything.text.includes(seed.toString('hex')) && !everything.text.includes(readFileSync(keys.from, 'utf8').trim()))
  })
  test('moved to another account, or changed by one bit, it opens nothing', async () => {
    const [a, b] = [await withFactor('ghep-1'), await withFactor('ghep-2')]
    const { secret } = await stored(a.id)
    await sql`update second_factors set secret = ${secret} where person_id = ${b.id}`.execute(t.db)
    await assert.rejects(browser().signIn('ghep-2', PHRASE, a.code()), { code: 'SECOND_FACTOR_LOST' })
    const bent = Buffer.from(secret)
    bent[20]! ^= 1
    await sql`update second_factors set secret = ${bent} where person_id = ${a.id}`.execute(t.db)
    await assert.rejects(browser().signIn('ghep-1', PHRASE, a.code()), { code: 'SECOND_FACTOR_LOST' })
    await sql`delete from second_factors where person_id in (${a.id}, ${b.id})`.execute(t.db)
  })
  test('in clear, from an older version, it is encrypted when the server starts, and goes on working', async () => {
    const { id, seed, code } = await withFactor('cu')
    await sql`update second_factors set secret = ${seed}, key_id = null where person_id = ${id}`.execute(t.db)
    await sealSeeds(asReader(t.db), asSide(t.db), keys)
    const row = await stored(id)
    assert.ok(row.key_id && !row.secret.includes(seed))
    assert.equal((await browser().signIn('cu', PHRASE, code())).next, 'done')
    await sealSeeds(asReader(t.db), asSide(t.db), keys)
    assert.deepEqual(await stored(id), row, 'a second start changes nothing')
  })
  test('a new key in front of the old one takes over at the start; then the old one may go', async () => {
    const { id, code } = await withFactor('xoay')
    const [old, fresh] = [Buffer.from(readFileSync(keys.from, 'utf8'), 'base64'), Buffer.alloc(32, 9)]
    await sealSeeds(asReader(t.db), asSide(t.db), openKeys(folder, [fresh, old]))
    const only = openKeys(folder, [fresh])
    assert.equal((await stored(id)).key_id, only.ids()[0])
    await sealSeeds(asReader(t.db), asSide(t.db), only)
    await sealSeeds(asReader(t.db), asSide(t.db), openKeys(folder, [old, fresh]))
    assert.equal((await browser().signIn('xoay', PHRASE, code())).next, 'done')
  })
  test('a server with another key does not start, and says which; what is then given up leaves the factor on, for a code on paper or a reset', async () => {
    const { id, code, codes } = await withFactor('mat-khoa')
    const wrong = openKeys(folder, [Buffer.alloc(32, 3)])
    const before = await stored(id)
    await assert.rejects(sealSeeds(asReader(t.db), asSide(t.db), wrong), (error: Refused) => error instanceof Refused && error.text.vi.includes(before.key_id!) && error.text.en.startsWith('SANSANG_SECRET_KEY:'))
    assert.deepEqual(await stored(id), before, 'nothing was touched')
    assert.ok(await forgetSecrets(asReader(t.db), asSide(t.db), wrong) > 0)
    await sealSeeds(asReader(t.db), asSide(t.db), wrong)
    assert.deepEqual(await browser().signIn('mat-khoa', PHRASE), { next: 'code' }, 'a password alone opens nothing')
    await assert.rejects(browser().signIn('mat-khoa', PHRASE, code()), { code: 'SECOND_FACTOR_LOST' })
    assert.equal((await browser().signIn('mat-khoa', PHRASE, codes[0])).next, 'done')
    await sql`delete from second_factors`.execute(t.db)
  })
  test('a file of keys that is none is refused by its name, and two at once make one key', () => {
    const [one, two] = [openKeys(folder, null), openKeys(folder, null)]
    const sealed = one.seal(Buffer.from('x'), 'a')
    assert.equal(two.open(two.seal(Buffer.from('y'), 'a'), 'a')!.toString(), 'y')
    assert.equal(two.open(sealed, 'a')!.toString(), 'x')
    writeFileSync(keyFile(folder), 'no key\n')
    assert.throws(() => openKeys(folder, null).ids(), (error: Refused) => error.text.vi.includes(keyFile(folder)))
  })
})

test('turned on, its codes made anew, turned off: each stands in the journal, without a code or a key', async () => {
  const { id, b, code, codes } = await withFactor('so-nhat-ky')
  await b.ask(routes.newRecoveryCodes, { password: PHRASE, code: code() })
  await b.ask(routes.removeSecondFactor, { password: PHRASE, code: code() })
  const { list, text } = await one(sql<{ list: string[]; text: string }>`select array_agg(body::json ->> 'what' order by position) as list, string_agg(body, '|') as text from journal where subject = ${`person:${id}`} and type = 'person.factor_changed.v1'`)
  assert.deepEqual(list, ['app_added', 'recovery_codes_renewed', 'app_removed'])
  assert.ok(!codes.some((one) => text.includes(one)))
})

describe('recovery codes', () => {
  test('ten are shown once, none of them stands anywhere, and each signs in once in place of the app', async () => {
    const { id, b, codes } = await withFactor('giay')
    assert.equal(new Set(codes).size, 10)
    for (const code of codes) assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/)
    for (const table of ['second_factors', 'sessions', 'journal', 'journal_orders', 'sign_in_failures']) {
      const { text } = await one(sql<{ text: string }>`select coalesce(string_agg(x::text, '|'), '') as text from ${sql.table(table)} x`)
      assert.ok(!codes.some((code) => text.includes(code) || text.includes(Buffer.from(code).toString('hex'))), table)
    }
    assert.equal(await left(b), 10)
    assert.equal((await browser().signIn('giay', PHRASE, codes[3])).next, 'done')
    await assert.rejects(browser().signIn('giay', PHRASE, codes[3]), { code: 'SIGN_IN_FAILED' })
    assert.equal((await browser().signIn('giay', PHRASE, codes[4]!.toLowerCase().replaceAll('-', ' '))).next, 'done', 'as people type it')
    assert.equal(await left(b), 8)
    assert.equal((await stored(id)).recovery_hashes.length, 8)
  })
  test('the same code sent twice at one moment opens once', async () => {
    const { codes } = await withFactor('dua')
    const both = await Promise.allSettled([1, 2].map(() => browser().signIn('dua', PHRASE, codes[0])))
    assert.deepEqual(both.map((one) => one.status).sort(), ['fulfilled', 'rejected'])
  })
  test('another’s code, and one without the password, open nothing', async () => {
    const [a] = [await withFactor('cua-a'), await withFactor('cua-b')]
    await assert.rejects(browser().signIn('cua-b', PHRASE, a.codes[0]), { code: 'SIGN_IN_FAILED' })
    await assert.rejects(browser().signIn('cua-a', 'sai mật khẩu rồi nhé', a.codes[0]), { code: 'SIGN_IN_FAILED' })
    assert.equal((await browser().signIn('cua-a', PHRASE, a.codes[0])).next, 'done', 'nor is it spent by that')
  })
  test('guessing them is slowed down like guessing passwords', async () => {
    await withFactor('doan')
    const stranger = browser({ address: '203.0.113.9', agent: '' })
    for (let i = 0; i < 6; i++) await assert.rejects(stranger.signIn('doan', PHRASE, '0000-0000-0000'), { code: 'SIGN_IN_FAILED' })
    await assert.rejects(stranger.signIn('doan', PHRASE, '0000-0000-0000'), { code: 'TOO_MANY_ATTEMPTS' })
  })
  test('a new set needs password and code, and ends the old one', async () => {
    const { b, codes, code } = await withFactor('moi-bo')
    await assert.rejects(b.ask(routes.newRecoveryCodes, { password: PHRASE }), { code: 'PROOF_WRONG' })
    await assert.rejects(b.ask(routes.newRecoveryCodes, { code: code() }), { code: 'PROOF_WRONG' })
    const made = (await b.ask(routes.newRecoveryCodes, { password: PHRASE, code: code() }) as { codes: string[] }).codes
    await assert.rejects(browser().signIn('moi-bo', PHRASE, codes[0]), { code: 'SIGN_IN_FAILED' })
    assert.equal((await browser().signIn('moi-bo', PHRASE, made[0])).next, 'done')
  })
  test('who lost the telephone gets in with one, removes the factor with another, and nothing of it is left', async () => {
    const { id, codes } = await withFactor('mat-dien-thoai')
    const b = browser()
    await b.signIn('mat-dien-thoai', PHRASE, codes[0])
    await b.ask(routes.removeSecondFactor, { password: PHRASE, code: codes[1] })
    assert.equal((await one(sql<{ n: number }>`select count(*)::int as n from second_factors where person_id = ${id}`)).n, 0)
    world.now += HOUR
    assert.equal((await browser().signIn('mat-dien-thoai', PHRASE)).next, 'done')
    await assert.rejects(b.ask(routes.newRecoveryCodes, { password: PHRASE }), { code: 'SECOND_FACTOR_OFF' })
  })
})
