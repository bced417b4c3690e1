// The mail server set on screen: who may, where its password lies, and what is said when it takes nothing. Against a mail server of forty lines.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { projectors, schemaFolders } from '../../app/wiring.ts'
import type { Actor } from '../../kernel/access.ts'
import { asReader, asSide } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { openKeys } from '../../kernel/keys.ts'
import type { Mailer } from '../../kernel/mail.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { idsOf, populate } from '../../../tests/scene.ts'
import { openSink } from '../../../tests/sink.ts'
import { openMails, settingsRoutes } from './routes.ts'
import type { SettingsNeeds } from './routes.ts'

const at = new Date('2026-07-04T06:00:00Z')
const PASSWORD = ' mật-khẩu thư 2026 '
const ACCOUNT = { user: 'sansang', password: PASSWORD }
const ROLES = { boss: ['VN', 'administrator'], planner: ['VN', 'secretariat'] } as const
const people = idsOf(ROLES, at)
const folder = mkdtempSync(join(tmpdir(), 'sansang-mail-'))
let t: TestDb
let keys = openKeys(folder, null)
let environment: { mailer: Mailer; from: string; server: string } | undefined
let mailbox: { name: string; address: string } | undefined
let mails: ReturnType<typeof openMails>
let open: { close: () => void }[] = []

before(async () => {
  t = await freshDb(schemaFolders, projectors)
  await populate(t, 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n', at, ROLES, people)
})
beforeEach(() => { environment = undefined; mailbox = { name: 'Mai', address: 'mai@example.vn' }; renew() })
afterEach(() => { mails.close(); for (const one of open) one.close(); open = [] })
after(() => rmSync(folder, { recursive: true, force: true }))
const renew = () => { mails?.close(); mails = openMails({ environment, keys: () => keys, side: asSide(t.db) }) }

const who = (name: keyof typeof ROLES): Actor => ({ id: people[name]!, kind: 'person', via: uuidv7(at) })
const ask = async <O>(name: keyof ReturnType<typeof settingsRoutes>, input: object = {}, as: keyof typeof ROLES = 'boss'): Promise<O> => {
  const needs = { address: () => 'https://ready.example.vn', keys: () => keys, side: asSide(t.db), zone: 'Asia/Ho_Chi_Minh', countries: new Map(), retention: [], environment: null, passkeys: () => true, mail: mails.now, mailboxOf: async () => mailbox } as unknown as SettingsNeeds
  return call(settingsRoutes(needs)[name] as never, input as never, { context: t.as(who(as), { at }) } as never) as Promise<O>
}
type State = { version: number; mail: { on: boolean; from: string | null; server: string | null; by: string | null; set: { user: string; password: string } | null } }
const now = () => ask<State>('get')
const connect = async (more: object = {}) => ask<{ version: number }>('connectMail', { orderId: uuidv7(), expectedVersion: (await now()).version, host: '127.0.0.1', port: 25, tls: 'none', fromName: 'Sẵn Sàng', fromAddress: 'ready@example.vn', ...more })
const sink = async (...how: Parameters<typeof openSink>) => { const one = await openSink(...how); open.push(one); return one }
const everywhere = async () => (await sql<{ text: string }>`select coalesce((select string_agg(body, '|') from journal), '') || coalesce((select string_agg(x::text, '|') from sealed_secrets x), '') || coalesce((select string_agg(x::text, '|') from settings x), '') || coalesce((select string_agg(answer, '|') from journal_orders), '') as text`.execute(t.db)).rows[0]!.text

describe('the mail server set on screen', () => {
  test('none is set at first: a test says where to set one', async () => {
    assert.deepEqual((await now()).mail, { on: false, from: null, server: null, by: null, set: null })
    await assert.rejects(ask('testMail'), { code: 'MAIL_OFF' })
  })
  test('once set, a test mail goes to the asker alone, from the sender that was set; its password stands nowhere in clear and is answered to nobody', async () => {
    const { port, mails: got } = await sink({ signIn: ACCOUNT })
    await connect({ port, user: ACCOUNT.user, password: PASSWORD })
    const { mail } = await now()
    assert.deepEqual([mail.on, mail.by, mail.from, mail.server, mail.set!.user, mail.set!.password], [true, 'settings', 'Sẵn Sàng <ready@example.vn>', `127.0.0.1:${port}`, 'sansang', 'kept'])
    assert.ok(!JSON.stringify(mail).includes(PASSWORD.trim()) && !(await everywhere()).includes(PASSWORD.trim()))
    await ask('testMail')
    assert.deepEqual(got.map((one) => [one.from.includes('<ready@example.vn>'), one.to]), [[true, 'RCPT TO:<mai@example.vn>']])
    assert.match(got[0]!.data, /^From: =\?UTF-8\?Q\?S=E1=BA=B5n_S=C3=A0ng\?= <ready@example\.vn>/mi)
  })
  test('changed, the next mail goes to the other server; the password is kept for the same server and account, and goes to no other', async () => {
    const [one, other] = [await sink({ signIn: ACCOUNT }), await sink()]
    await connect({ port: one.port, user: ACCOUNT.user, password: PASSWORD })
    await connect({ port: one.port, user: ACCOUNT.user, fromName: 'Ban Tổ chức' })
    await ask('testMail')
    await assert.rejects(connect({ port: other.port, user: ACCOUNT.user }), { code: 'MAIL_PASSWORD_MISSING' })
    await connect({ port: other.port })
    await ask('testMail')
    assert.deepEqual([one.mails.length, other.mails.length, (await now()).mail.set!.password], [1, 1, 'none'])
    await assert.rejects(connect({ port: one.port, user: ACCOUNT.user }), { code: 'MAIL_PASSWORD_MISSING' }, 'without an account the password of before is gone')
  })
  test('without encryption it must be this very machine', async () => {
    for (const host of ['mail.example.vn', '10.0.0.5', '127.0.0.1.example.vn']) await assert.rejects(connect({ host }), { code: 'MAIL_PLAIN' }, host)
  })
  test('what another administrator changed meanwhile is not overwritten; and nobody but an administrator of everything sets it', async () => {
    await assert.rejects(ask('connectMail', { orderId: uuidv7(), expectedVersion: 0, host: 'localhost', port: 25, tls: 'none', fromAddress: 'a@example.vn' }), { code: 'CHANGED' })
    const { version } = await now()
    await assert.rejects(ask('connectMail', { orderId: uuidv7(), expectedVersion: version, host: 'localhost', port: 25, tls: 'none', fromAddress: 'a@example.vn' }, 'planner'), { code: 'FORBIDDEN' })
    await assert.rejects(ask('disconnectMail', { orderId: uuidv7(), expectedVersion: version }, 'planner'), { code: 'FORBIDDEN' })
  })
  test('with the key lost nothing is sent, and that is said', async () => {
    const { port, mails: got } = await sink({ signIn: ACCOUNT })
    await connect({ port, user: ACCOUNT.user, password: PASSWORD })
    const own = keys
    keys = openKeys(folder, [Buffer.alloc(32, 6)])
    assert.deepEqual([(await now()).mail.set!.password, (await mails.now(asReader(t.db)))!.mailer], ['lost', undefined])
    await assert.rejects(ask('testMail'), { code: 'MAIL_PASSWORD_MISSING' })
    keys = own
    await ask('testMail')
    assert.equal(got.length, 1)
  })
  test('taken away, its password is gone, and there is no mail', async () => {
    await connect({ host: 'localhost', user: 'a', password: 'b' })
    await ask('disconnectMail', { orderId: uuidv7(), expectedVersion: (await now()).version })
    assert.deepEqual([(await now()).mail.on, await mails.now(asReader(t.db)), (await sql<{ n: number }>`select count(*)::int as n from sealed_secrets`.execute(t.db)).rows[0]!.n], [false, undefined, 0])
    await assert.rejects(ask('disconnectMail', { orderId: uuidv7(), expectedVersion: (await now()).version }), { code: 'MAIL_OFF' })
  })
  test('what the environment sets goes before, and is not changed here', async () => {
    environment = { mailer: { send: async () => 'sent', check: async () => true, close: () => {} }, from: 'a@example.vn', server: 'mail.example.vn' }
    renew()
    assert.deepEqual((await now()).mail, { on: true, from: 'a@example.vn', server: 'mail.example.vn', by: 'environment', set: null })
    await assert.rejects(connect(), { code: 'MAIL_BY_ENVIRONMENT' })
    await assert.rejects(ask('disconnectMail', { orderId: uuidv7(), expectedVersion: (await now()).version }), { code: 'MAIL_BY_ENVIRONMENT' })
  })
})

describe('why a test mail is not taken', () => {
  test('nobody listens; the name is unknown; no TLS there; the password is wrong; the sender is not allowed; the asker has no address', async () => {
    const { port, close } = await sink({ signIn: ACCOUNT, from: 'ready@example.vn' })
    for (const [code, more] of [
      ['MAIL_AWAY', { port: 1 }], ['MAIL_NAME', { host: 'khong-co-may-chu.invalid', tls: 'implicit', port: 465 }], ['MAIL_TLS', { port, tls: 'starttls', user: 'sansang', password: PASSWORD }], ['MAIL_TLS', { port, tls: 'implicit', user: 'sansang', password: PASSWORD }],
      ['MAIL_SIGN_IN', { port, user: 'sansang', password: 'sai' }], ['MAIL_SENDER', { port, user: 'sansang', password: PASSWORD, fromAddress: 'ai@example.vn' }],
    ] as const) {
      await connect(more)
      await assert.rejects(ask('testMail'), { code }, JSON.stringify(more))
    }
    mailbox = undefined
    await assert.rejects(ask('testMail'), { code: 'MAIL_ADDRESS' })
    close()
  })
})
