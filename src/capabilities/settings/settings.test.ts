// Settings of the installation, on a real database: who may, what is kept where, and what is done as a job.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { projectors, schemaFolders } from '../../app/wiring.ts'
import { countries } from '../../app/countries.ts'
import { OPERATOR } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { Refusal } from '../../kernel/commit.ts'
import { asReader, asSide } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Job } from '../../kernel/jobs.ts'
import { openKeys } from '../../kernel/keys.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { fairTemplate, idsOf, populate } from '../../../tests/scene.ts'
import { tasksOfEvents } from '../tasks/store/events.ts'
import { datesUnder, programmesRoutes } from '../programmes/routes.ts'
import { daysNow } from './store.ts'
import { backupName } from './decide.ts'
import { careWorks, endTexts, providerNow, settingsRoutes } from './routes.ts'
import type { SettingsNeeds } from './routes.ts'

const at = new Date('2026-07-04T06:00:00Z')
const SECRET = 'mot-khoa-bi-mat-rat-dai'
const folder = mkdtempSync(join(tmpdir(), 'sansang-settings-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const ROLES = { boss: ['VN', 'administrator'], province: ['01', 'administrator'], planner: ['VN', 'secretariat'] } as const
const people = idsOf(ROLES, at)
let t: TestDb
let needs: SettingsNeeds
let made: string[]
let byCommand: string | undefined
let keys = openKeys(folder, null)

before(async () => {
  t = await freshDb(schemaFolders, projectors)
  await populate(t, 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n', at, ROLES, people)
})
beforeEach(() => {
  made = []
  needs = {
    address: () => 'https://ready.example.vn', keys: () => keys, side: asSide(t.db), zone: 'Asia/Ho_Chi_Minh', countries: countries(), accessLog: async (_, over) => (over ? 1 : 4), datesUnder: (from, country, days, on) => datesUnder({ countries: countries(), ownDays: daysNow }, from, country, days, on), retention: [], environment: null, passkeys: () => true,
    mail: async () => ({ mailer: { send: async () => 'sent', check: async () => true, close: () => {} }, from: 'a@example.vn', server: 'mail.example.vn', by: 'environment', set: null }), mailsWaiting: async () => 3,
    mailboxOf: async () => ({ name: 'Mai', address: 'mai@example.vn' }), askProvider: async ({ issuer }) => ({ authorization: `${issuer}/auth`, token: `${issuer}/token` }), isFresh: async () => false,
    commitAs: (actor, when) => t.as(actor, { at: when }).commit, enqueue: async () => uuidv7(), program: { version: '0.1.0', startedAt: at, data: folder, own: true },
    backups: { folder: join(folder, 'backups'), byCommand: () => byCommand, make: async (name) => { made.push(name); return { bytes: 7, files: 1, lines: 2, sha256: 'ab' } }, there: (name) => made.includes(name), open: async function* () { yield Buffer.from('x') }, remove: async (name) => { made = made.filter((one) => one !== name) } },
    queue: { now: async () => ({ counts: { waiting: 1, running: 0, failed: 1 }, listed: [] }), retry: async (id) => id === '7' }, followers: () => ({}), live: () => 2, sealing: () => ({ unknown: { a1b2c3d4e5f6: 2 }, damaged: 0 }),
  }
})

const who = (name: keyof typeof ROLES): Actor => ({ id: people[name]!, kind: 'person', via: uuidv7(at) })
const ask = async <O>(name: keyof ReturnType<typeof settingsRoutes>, input: object = {}, actor: Actor = who('boss')): Promise<O> => call(settingsRoutes(needs)[name] as never, input as never, { context: t.as(actor, { at }) } as never) as Promise<O>
const version = async () => (await ask<{ version: number }>('get')).version
const connect = async (more: object = {}) => ask('connectProvider', { orderId: uuidv7(), expectedVersion: await version(), issuer: 'https://id.example.vn', clientId: 'sansang', secret: SECRET, ...more })
const everywhere = async () => (await sql<{ text: string }>`select coalesce((select string_agg(body, '|') from journal), '') || coalesce((select string_agg(x::text, '|') from sealed_secrets x), '') || coalesce((select string_agg(x::text, '|') from settings x), '')
  || coalesce((select string_agg(answer, '|') from journal_orders), '') as text`.execute(t.db)).rows[0]!.text

describe('who may', () => {
  test('only an administrator of every root: not one of a province, nor the secretariat of the nation', async () => {
    for (const name of ['province', 'planner'] as const) {
      for (const asked of ['get', 'health', 'backUp', 'verifyJournal', 'checkProvider', 'testMail'] as const) await assert.rejects(ask(asked, {}, who(name)), { code: 'FORBIDDEN' }, `${name} ${asked}`)
      await assert.rejects(ask('backups', { limit: 5 }, who(name)), { code: 'FORBIDDEN' })
      await assert.rejects(ask('chooseLanguage', { orderId: uuidv7(), expectedVersion: 0, lang: 'en' }, who(name)), { code: 'FORBIDDEN' })
      await assert.rejects(ask('retryJob', { jobId: '7' }, who(name)), { code: 'FORBIDDEN' })
    }
  })
})

describe('the identity provider', () => {
  test('is kept with its secret encrypted, which stands nowhere in clear and is answered to nobody', async () => {
    await connect()
    const now = await ask<{ provider: { secret: string; issuer: string } }>('get')
    assert.deepEqual([now.provider.issuer, now.provider.secret], ['https://id.example.vn', 'kept'])
    assert.ok(!JSON.stringify(now).includes(SECRET) && !(await everywhere()).includes(SECRET))
    assert.equal((await providerNow(needs, asReader(t.db)))?.used.secret, SECRET)
    assert.deepEqual(await ask('checkProvider'), { authorization: 'https://id.example.vn/auth', token: 'https://id.example.vn/token' })
  })
  test('a secret is kept while issuer and client stay the same; another issuer never gets it', async () => {
    await connect({ secret: undefined, name: 'Sở Nội vụ' })
    assert.equal((await providerNow(needs, asReader(t.db)))?.used.secret, SECRET)
    await assert.rejects(connect({ secret: undefined, issuer: 'https://khac.example.vn' }), { code: 'SECRET_MISSING' })
  })
  test('an address without TLS is refused but for this machine; so is one with a query or a name in it, and a change that another made first', async () => {
    for (const issuer of ['http://id.example.vn', 'http://10.0.0.7', 'https://a:b@id.example.vn', 'https://id.example.vn/?x=1']) await assert.rejects(connect({ issuer }), { code: 'ISSUER_UNSAFE' }, issuer)
    await connect({ issuer: 'http://localhost:9000' })
    await assert.rejects(ask('connectProvider', { orderId: uuidv7(), expectedVersion: 0, issuer: 'https://id.example.vn', clientId: 'x', secret: 'y' }), { code: 'CHANGED' })
  })
  test('under a new key in front of the old one it is sealed anew when it is next used; with the key lost it says so', async () => {
    await connect()
    const old = Buffer.from((await import('node:fs')).readFileSync(keys.from, 'utf8'), 'base64')
    const before = keys
    keys = openKeys(folder, [Buffer.alloc(32, 5), old])
    assert.equal((await providerNow(needs, asReader(t.db)))?.used.secret, SECRET)
    keys = openKeys(folder, [Buffer.alloc(32, 5)])
    assert.equal((await providerNow(needs, asReader(t.db)))?.used.secret, SECRET)
    keys = openKeys(folder, [Buffer.alloc(32, 6)])
    assert.equal((await ask<{ provider: { secret: string } }>('get')).provider.secret, 'lost')
    keys = before
  })
  test('what the environment sets goes before, and is not changed here', async () => {
    needs.environment = { issuer: 'https://env.example.vn', clientId: 'e', secret: 'f', scopes: 'openid', match: 'email', claim: 'x', name: null }
    assert.equal((await ask<{ provider: { from: string } }>('get')).provider.from, 'environment')
    await assert.rejects(connect(), { code: 'PROVIDER_BY_ENVIRONMENT' })
  })
  test('disconnected, its secret is gone', async () => {
    await connect()
    await ask('disconnectProvider', { orderId: uuidv7(), expectedVersion: await version() })
    assert.equal(await providerNow(needs, asReader(t.db)), undefined)
    assert.equal((await sql<{ n: number }>`select count(*)::int as n from sealed_secrets`.execute(t.db)).rows[0]!.n, 0)
  })
})

describe('care', () => {
  const job = (when = at): Job => ({ at: when, attempt: 1, signal: new AbortController().signal, progress: () => {}, results: () => {} })
  const work = (name: string, when = at) => (careWorks(needs, asReader(t.db))[name]!)({ by: people['boss'] } as never, job(when))
  test('the journal verified stands in the journal, as whoever asked for it, and in the health', async () => {
    await work('settings.verify')
    const { journal } = await ask<{ journal: { verified: { broken: number; by: { id: string }; lines: number } } }>('health')
    assert.deepEqual([journal.verified.broken, journal.verified.by.id], [0, people['boss']])
    assert.ok(journal.verified.lines > 3)
  })
  test('a copy is listed with who made it; it is taken away only after a proof, and not once its folder is gone', async () => {
    await work('settings.backup')
    assert.deepEqual(made, ['sansang-20260704T060000Z'])
    const { items: [one] } = await ask<{ items: { id: string; name: string; by: { id: string }; there: boolean; bytes: number }[] }>('backups', { limit: 5 })
    assert.deepEqual([one!.name, one!.by.id, one!.there, one!.bytes], [backupName(at), people['boss'], true, 7])
    await assert.rejects(ask('downloadBackup', { backupId: one!.id }), { code: 'SIGN_IN_AGAIN' })
    needs.isFresh = async () => true
    assert.equal((await ask<{ name: string }>('downloadBackup', { backupId: one!.id })).name, `${one!.name}.tar`)
    made = []
    await assert.rejects(ask('downloadBackup', { backupId: one!.id }), { code: 'BACKUP_GONE' })
    await assert.rejects(ask('downloadBackup', { backupId: uuidv7() }), { code: 'NOT_FOUND' })
  })
  test('pages of copies follow one another', async () => {
    for (const n of [1, 2, 3]) await work('settings.backup', new Date(at.getTime() + n * 60_000))
    type Page = { items: { name: string }[]; next: string | null }
    const first = await ask<Page>('backups', { limit: 2 })
    const second = await ask<Page>('backups', { limit: 2, cursor: first.next! })
    assert.deepEqual([...first.items, ...second.items].map((one) => one.name.slice(-7)), ['060300Z', '060200Z', '060100Z', '060000Z'])
    assert.equal(second.next, null)
  })
  test('an old copy is deleted after a proof, and that is a fact; the newest that is whole never is', async () => {
    type Row = { id: string; name: string }
    const list = async () => (await ask<{ items: Row[] }>('backups', { limit: 20 })).items
    const all = await list()
    made = all.map((one) => one.name)
    const [newest, , old] = all
    const drop = (one: Row, orderId = uuidv7()) => ask('deleteBackup', { orderId, backupId: one.id })
    await assert.rejects(drop(old!), { code: 'SIGN_IN_AGAIN' })
    needs.isFresh = async () => true
    await assert.rejects(drop(newest!), { code: 'BACKUP_LAST' })
    const orderId = uuidv7()
    assert.deepEqual(await drop(old!, orderId), { name: old!.name })
    assert.deepEqual([made.includes(old!.name), (await list()).some((one) => one.id === old!.id), await drop(old!, orderId)], [false, false, { name: old!.name }])
    await assert.rejects(drop(old!), { code: 'NOT_FOUND' })
    // The newest is gone from its folder: then the next is the newest that is whole.
    made = made.filter((name) => name !== newest!.name)
    await assert.rejects(drop(all[1]!), { code: 'BACKUP_LAST' })
    await drop(newest!)
    await assert.rejects(ask('deleteBackup', { orderId: uuidv7(), backupId: all[1]!.id }, who('province')), { code: 'FORBIDDEN' })
  })
  test('one at a time: a second copy waits for the first, but not for one of a server that died', async () => {
    await sql`insert into job_progress (id, name, asked_by, state, created_at) values (${uuidv7()}, 'settings.backup', ${OPERATOR.id}, 'running', ${new Date(at.getTime() - 1000)})`.execute(t.db)
    await ask('backUp')
    await sql`update job_progress set created_at = ${new Date(at.getTime() + 1000)}`.execute(t.db)
    await assert.rejects(ask('backUp'), { code: 'BUSY_ALREADY' })
  })
  test('the last copy is the newest of all: made here, or by the command wherever that put it', async () => {
    const last = async () => (await ask<{ backups: { last: string | null } }>('health')).backups.last
    const here = (await ask<{ items: { at: string }[] }>('backups', { limit: 1 })).items[0]!.at
    byCommand = new Date(Date.parse(here) - 1000).toISOString()
    assert.equal(await last(), here)
    byCommand = new Date(Date.parse(here) + 1000).toISOString()
    assert.equal(await last(), byCommand)
  })
  test('a failed job is tried again; one that is not there is missing', async () => {
    await ask('retryJob', { jobId: '7' })
    await assert.rejects(ask('retryJob', { jobId: '8' }), { code: 'NOT_FOUND' })
  })
  test('a copy that breaks leaves no line that it was made', async () => {
    needs.backups.make = async () => { throw new Refusal('NO_ROOM') }
    const count = async () => (await sql<{ n: number }>`select count(*)::int as n from backups`.execute(t.db)).rows[0]!.n
    const before = await count()
    await assert.rejects(work('settings.backup', new Date(at.getTime() + 9 * 60_000)))
    assert.equal(await count(), before)
  })
})

describe('days off of the organisation’s own', () => {
  const day = (on: string, work = false) => ({ day: on, work, name: { vi: 'Nghỉ bù bão', en: 'Storm' } })
  const change = (days: object[], expectedVersion: number) => ask<{ version: number }>('changeDays', { orderId: uuidv7(), country: 'vn', days, expectedVersion })
  const due = async () => (await sql<{ on: string }>`select (due_at at time zone 'Asia/Ho_Chi_Minh')::date::text as on from tasks where item = 'W'`.execute(t.db)).rows[0]!.on
  test('are counted before they are kept, change no date by themselves, and are named by the dates that are worked out with them', async () => {
    const plans = programmesRoutes({ countries: countries(), ownDays: daysNow, tasksOfEvents })
    const say = (of: unknown, input: object) => call(of as never, { orderId: uuidv7(), ...input } as never, { context: t.as(OPERATOR, { at }) } as never)
    const { rows: [unit] } = await sql<{ id: string }>`select unit_id as id from public_units_tree where code = '01'`.execute(t.db)
    await say(plans.templates.import, { unitId: unit!.id, text: fairTemplate({ levels: ['province'], tasks: ['{ code: W, stream: site, level: all, due: { working: -2 }, name: { vi: "Việc theo ngày làm việc", en: "Working" } }'] }) })
    await say(plans.programmes.create, { code: 'P', name: { vi: 'Đợt', en: 'P' }, unitId: unit!.id, template: 'fair', country: 'vn', rules: {} })
    await say(plans.programmes.cascade, { code: 'P', units: 'unit_code\n01\n', dates: 'unit_code,day\n01,2026-12-10\n' })
    assert.equal(await due(), '2026-12-08')

    const seen = await ask<{ added: number; programmes: object[] }>('previewDays', { country: 'vn', days: [day('2026-12-08')] })
    assert.deepEqual([seen.added, seen.programmes], [1, [{ code: 'P', name: { vi: 'Đợt', en: 'P' }, events: 1, moved: 1, tasks: 1, first: { name: { vi: 'Việc theo ngày làm việc', en: 'Working' }, from: '2026-12-08', to: '2026-12-07' } }]])
    assert.equal((await change([day('2026-12-08')], 0)).version, 1)
    assert.equal(await due(), '2026-12-08', 'what stands, stands')
    await say(plans.programmes.redate, { code: 'P' })
    assert.equal(await due(), '2026-12-07')
    const named = async () => (await sql<{ body: string }>`select body from journal where type = 'programme.calendar_used.v1'`.execute(t.db)).rows.map((row) => (JSON.parse(row.body) as { version: number }).version)
    assert.deepEqual(await named(), [1])
    await say(plans.programmes.redate, { code: 'P' })
    assert.deepEqual(await named(), [1], 'nothing to change is no fact')
    // A day worked in exchange: 6 December 2026 is a Sunday.
    await change([day('2026-12-08'), day('2026-12-07'), day('2026-12-06', true)], 1)
    await say(plans.programmes.redate, { code: 'P' })
    assert.deepEqual([await due(), await named()], ['2026-12-06', [1, 2]])
  })
  test('are refused twice for one day, for a country without a calendar, over another’s change, and from who does not run the installation', async () => {
    await assert.rejects(change([day('2026-12-08'), day('2026-12-08', true)], 2), { code: 'DAY_TWICE', data: { day: '08/12/2026' } })
    await assert.rejects(change([day('1999-12-08')], 2), { code: 'DAY_FAR' })
    await assert.rejects(change([], 1), { code: 'CHANGED' })
    await assert.rejects(ask('changeDays', { orderId: uuidv7(), country: 'xx', days: [], expectedVersion: 0 }), { code: 'NOT_FOUND' })
    for (const name of ['province', 'planner'] as const) await assert.rejects(ask('previewDays', { country: 'vn', days: [] }, who(name)), { code: 'FORBIDDEN' })
  })
})

describe('how long words are kept', () => {
  const texts = async () => (await sql<{ id: string }>`select purpose as id from private_texts where text is not null and subject = 'x:1' order by 1`.execute(t.db)).rows.map((row) => row.id)
  const set = async (name: string, years: number) => ask('setRetention', { orderId: uuidv7(), class: name, years, expectedVersion: await version() })
  test('is chosen within limits, after what it reaches was counted; the next night erases what is over, and the rest stays', async () => {
    const row = (purpose: string, retention: string, until: string) => sql`insert into private_texts (id, subject, purpose, retention, until, salt, text) values (${uuidv7()}, 'x:1', ${purpose}, ${retention}, ${until}, 'a', 'lời')`.execute(t.db)
    await row('over', 'task', '2026-07-01')
    await row('young', 'task', '2030-01-01')
    await row('old', 'task', '2027-01-01')
    await row('other', 'report', '2027-01-01')
    await row('own', 'account', '2026-07-01')
    await endTexts(asReader(t.db), asSide(t.db), at)
    assert.deepEqual(await texts(), ['old', 'other', 'young'], 'what the program promises is kept without anybody choosing')
    assert.deepEqual(await ask('previewRetention', { class: 'task', years: 3 }), { years: 5, total: 2, over: 1 })
    assert.deepEqual(await ask('previewRetention', { class: 'access_log', years: 1 }), { years: 2, total: 4, over: 1 })
    await set('task', 3)
    await endTexts(asReader(t.db), asSide(t.db), at)
    assert.deepEqual(await texts(), ['other', 'young'])
    const { retention } = await ask<{ retention: { class: string | null; years: number | null }[] }>('get')
    assert.equal(retention.find((one) => one.class === 'task')!.years, 3)
    await set('report', 20)
    await endTexts(asReader(t.db), asSide(t.db), new Date('2028-01-01T00:00:00Z'))
    assert.deepEqual(await texts(), ['other'], 'kept longer, it outlives its first day')
  })
  test('is refused outside the limits, and to who does not run the installation', async () => {
    await assert.rejects(set('paper', 5), { code: 'PERIOD_LIMIT', data: { least: 10, most: 70 } })
    await assert.rejects(ask('previewRetention', { class: 'task', years: 1 }, who('province')), { code: 'FORBIDDEN' })
    await assert.rejects(ask('setRetention', { orderId: uuidv7(), class: 'task', years: 4, expectedVersion: 0 }), { code: 'CHANGED' })
  })
})

test('the language of who never chose one is a fact, and every change counts as a version', async () => {
  const before = await version()
  await ask('chooseLanguage', { orderId: uuidv7(), expectedVersion: before, lang: 'en' })
  const now = await ask<{ lang: string; version: number }>('get')
  assert.deepEqual([now.lang, now.version], ['en', before + 1])
})
