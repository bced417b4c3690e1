// Mail: one for each person, in their language, never twice, and none to who does not want it. Against a mail server of thirty lines.
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { SYSTEM } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { enqueue, migrateJobs, openJobs } from '../../kernel/jobs.ts'
import type { Job } from '../../kernel/jobs.ts'
import { openLog } from '../../kernel/log.ts'
import { openMail } from '../../kernel/mail.ts'
import type { Mailer } from '../../kernel/mail.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import { openKeys } from '../../kernel/keys.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { peopleRoutes } from '../people/routes.ts'
import { mailboxesOf } from '../people/store/accounts.ts'
import { digestSource } from '../tasks/reacts/digest.ts'
import { inboxSource } from '../tasks/reacts/inbox.ts'
import { tasksRoutes } from '../tasks/routes.ts'
import { idsOf, populate } from '../../../tests/scene.ts'
import { composeMail } from './decide/mail.ts'
import { mailWorks } from './reacts/mail.ts'

type Sent = { to: string; id: string; subject: string; text: string }
/** What the server answers to RCPT, by address. */
const post = { sent: [] as Sent[], refuse: new Map<string, string>() }
const server = createServer((socket) => {
  let to = ''
  let data: string | undefined
  let held = ''
  socket.on('error', () => {})
  socket.write('220 post ESMTP\r\n')
  socket.on('data', (chunk) => {
    held += chunk.toString()
    for (let end = held.indexOf('\r\n'); end >= 0; end = held.indexOf('\r\n')) {
      const line = held.slice(0, end)
      held = held.slice(end + 2)
      if (data !== undefined) {
        if (line !== '.') { data += `${line}\n`; continue }
        post.sent.push({ to, ...read(data) })
        data = undefined
        socket.write('250 kept\r\n')
      } else if (/^EHLO/i.test(line)) socket.write('250-post\r\n250 8BITMIME\r\n')
      else if (/^RCPT/i.test(line)) {
        to = /<(.*)>/.exec(line)![1]!
        socket.write(`${post.refuse.get(to) ?? '250 ok'}\r\n`)
      } else if (/^DATA/i.test(line)) { data = ''; socket.write('354 go\r\n') } else socket.write('250 ok\r\n')
    }
  })
})
/** Header and text of a mail as its reader sees it. */
function read(data: string): Omit<Sent, 'to'> {
  const [head = '', ...body] = data.split('\n\n')
  const unfolded = head.replace(/\n[ \t]+/g, ' ')
  const word = (_: string, how: string, text: string) => (/b/i.test(how) ? Buffer.from(text, 'base64') : quoted(text.replace(/_/g, ' '))).toString()
  const quoted = (text: string) => Buffer.from(text.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1')
  const text = body.join('\n\n')
  return {
    id: /^Message-ID: (.*)$/mi.exec(unfolded)![1]!, subject: /^Subject: (.*)$/mi.exec(unfolded)![1]!.replace(/\?= =\?/g, '?==?').replace(/=\?utf-8\?(.)\?(.*?)\?=/gi, word),
    text: (/base64/i.test(unfolded) ? Buffer.from(text, 'base64') : /quoted/i.test(unfolded) ? quoted(text) : Buffer.from(text)).toString(),
  }
}

const UNITS = 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n101,Xã Tân Lập,commune,01\n'
const NOW = new Date('2026-03-02T02:00:00Z') // nine in the morning in Viet Nam
const PEOPLE: Record<string, [unit: string, role: string, email: string | null, lang: string | null]> = {
  head: ['01', 'head', 'head@example.vn', null], officer: ['101', 'officer', 'officer@example.vn', null], second: ['101', 'head', 'second@example.vn', 'en'], silent: ['101', 'officer', null, null],
}
const person = idsOf(PEOPLE, NOW)
let unit: Record<string, string> = {}
const tasks = tasksRoutes()
const people = peopleRoutes({ address: () => 'https://ready.example.vn', demo: () => false, mails: async () => true, keys: () => openKeys('/nowhere', null) })
let t: TestDb
let clock = NOW.getTime()
let logged = ''
const log = openLog('debug', (text) => { logged += text })
const mailers: Mailer[] = []
const id = () => uuidv7(NOW)
const as = (who: string) => ({ context: t.as({ id: person[who]!, kind: 'person', via: 's' }, { at: new Date(clock += 1000) }) })
const give = async (title: string, due = '2026-03-03') => (await call(tasks.assign, { orderId: id(), issuerUnitId: unit['01']!, unitId: unit['101']!, title, workstream: 'venue', due }, as('head'))).taskId
const worksOf = (port: number, digests = [digestSource]) => {
  const { read: reader, side } = t.as(SYSTEM)
  const mailer = openMail(new URL(`smtp://127.0.0.1:${port}`), 'Sẵn Sàng <ready@example.vn>')
  mailers.push(mailer)
  return mailWorks({
    mailer: async () => mailer, read: reader, side, log, zone: 'Asia/Ho_Chi_Minh', address: 'https://ready.example.vn/ss',
    sources: [inboxSource], digests, mailboxes: mailboxesOf,
  })
}
let works: ReturnType<typeof worksOf>
const run = async (name: 'inboxes.mail' | 'inboxes.morning', at = new Date(clock), signal = new AbortController().signal) => {
  await catchUp(t, followers.filter((one) => one.name.startsWith('inboxes.')), at)
  await works[name]!(undefined as never, { at, attempt: 1, signal, progress: () => {}, results: () => {} } satisfies Job)
}
const to = (name: string) => post.sent.filter((mail) => mail.to === PEOPLE[name]![2])
const wish = (who: string, mails: 'all' | 'daily' | 'off') => call(people.changeSettings, { mails }, as(who))

before(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  t = await freshDb(schemaFolders, projectors)
  await migrateJobs(t.connect)
  unit = await populate(t, UNITS, NOW, PEOPLE, person)
  for (const [name, [, , email, lang]] of Object.entries(PEOPLE)) {
    await sql`insert into contacts (person_id, account, name, email, lang, purpose, retention, until) values (${person[name]}, ${name}, ${`Người ${name}`}, ${email}, ${lang}, 'work', 'account', '2030-01-01')`.execute(t.db)
  }
  works = worksOf((server.address() as AddressInfo).port)
})
after(() => { for (const mailer of mailers) mailer.close(); server.close() })
beforeEach(() => { Object.assign(post, { sent: [], refuse: new Map() }) })

describe('mail of what came in the meantime', () => {
  test('a reminder of many tasks is one mail for each holder with an address, in their language, with links; then nothing more', async () => {
    const ids: string[] = []
    for (let n = 0; n < 12; n++) ids.push(await give(`Việc ${n}`))
    await call(tasks.bulkRemind, { orderId: id(), ids }, as('head'))
    await run('inboxes.mail')
    assert.deepEqual(post.sent.map((mail) => mail.to).toSorted(), ['officer@example.vn', 'second@example.vn'], 'not the province that reminded, not who has no address')
    const [mail] = to('officer')
    assert.equal(mail!.subject, '[Sẵn Sàng] Đôn đốc: 12')
    assert.match(mail!.text, /Đôn đốc nhiệm vụ “Việc 11” \(hạn .*3\/3\/26\)\n {2}https:\/\/ready\.example\.vn\/ss\/tasks\/[0-9a-f-]{36}/)
    assert.match(mail!.text, /… và 7 mục nữa: https:\/\/ready\.example\.vn\/ss\/inbox\?kind=reminder/)
    assert.doesNotMatch(mail!.text, /Người /, 'no name of a person')
    assert.equal(to('second')[0]!.subject, '[Sẵn Sàng] Reminders: 12')
    await run('inboxes.mail')
    assert.equal(post.sent.length, 2)
  })
  test('returns, answers and mentions are gathered in one mail; what was read in the app meanwhile, and what is merely assigned, is not in it', async () => {
    const taskId = await give('Khảo sát')
    await run('inboxes.mail')
    assert.equal(post.sent.length, 0)
    await call(tasks.askExtension, { orderId: id(), taskId, until: '2026-04-10', reason: 'Mưa' }, as('officer'))
    await call(tasks.grantExtension, { orderId: id(), taskId }, as('head'))
    await call(tasks.report, { orderId: id(), taskId, note: 'x' }, as('officer'))
    await call(tasks.return, { orderId: id(), taskId, reason: 'Thiếu sơ đồ của ông Ba' }, as('head'))
    await call(tasks.comment, { orderId: id(), taskId, text: 'Mời xem', mentions: [person['officer']!] }, as('head'))
    await sql`insert into inbox_marks (person_id, item_id, mark, marked_at) select ${person['second']}, id, 'read', ${new Date(clock)} from inbox_items`.execute(t.db)
    await catchUp(t, followers.filter((one) => one.name.startsWith('inboxes.')), NOW)
    await sql`insert into inbox_marks (person_id, item_id, mark, marked_at) select ${person['second']}, id, 'read', ${new Date(clock + 1)} from inbox_items on conflict (person_id, item_id) do update set marked_at = excluded.marked_at`.execute(t.db)
    await run('inboxes.mail')
    assert.deepEqual(post.sent.map((mail) => [mail.to, mail.subject]), [['officer@example.vn', '[Sẵn Sàng] Trả lại: 1 · Trả lời xin gia hạn: 1 · Nhắc đến bạn: 1']])
    assert.doesNotMatch(post.sent[0]!.text, /ông Ba|Mời xem/, 'what people wrote stays in the program')
  })
  test('who wants only the morning’s mail, or none, gets none of these', async () => {
    await wish('officer', 'daily')
    await wish('second', 'off')
    await call(tasks.remind, { orderId: id(), taskId: await give('Một') }, as('head'))
    await run('inboxes.mail')
    assert.equal(post.sent.length, 0)
    for (const who of ['officer', 'second']) await wish(who, 'all')
    await run('inboxes.mail', new Date(clock + 2 * 86_400_000))
    assert.equal(post.sent.length, 0, 'what is older than a day is no news')
  })
})

describe('a mail server that fails', () => {
  test('not now: the queue asks again, and the mail goes once under one name', async () => {
    await call(tasks.remind, { orderId: id(), taskId: await give('Hai') }, as('head'))
    post.refuse.set('officer@example.vn', '451 greylisted')
    await assert.rejects(run('inboxes.mail'), /wait: 1/)
    assert.deepEqual(post.sent.map((mail) => mail.to), ['second@example.vn'])
    const jobs = await openJobs({ connect: t.connect, db: t.db, works, log, clock: () => new Date(clock) })
    await enqueue(t.db, 'inboxes.mail', {})
    await sleep(500)
    post.refuse.clear()
    for (let n = 0; n < 100 && to('officer').length === 0; n++) await sleep(100)
    await jobs.close()
    assert.deepEqual([to('officer').length, to('second').length], [1, 1])
  })
  test('never for one address: the others get theirs, it is not asked again, and the log names no address', async () => {
    await call(tasks.remind, { orderId: id(), taskId: await give('Ba') }, as('head'))
    post.refuse.set('officer@example.vn', '550 officer@example.vn is unknown')
    await run('inboxes.mail')
    assert.deepEqual(post.sent.map((mail) => mail.to), ['second@example.vn'])
    log.flush()
    assert.match(logged, /mail\.refused/)
    assert.doesNotMatch(logged, /@example/)
    post.refuse.clear()
    await run('inboxes.mail')
    assert.equal(to('officer').length, 0)
  })
  test('away: what waits stays to be told', async () => {
    await call(tasks.remind, { orderId: id(), taskId: await give('Bốn') }, as('head'))
    const there = works
    works = worksOf(1)
    await assert.rejects(run('inboxes.mail'), (error: Error) => !/@/.test(error.message))
    works = there
    await run('inboxes.mail')
    assert.deepEqual([to('officer').length, to('second').length], [1, 1])
  })
  test('after a crash between sending and noting it, nobody gets it twice', async () => {
    await call(tasks.remind, { orderId: id(), taskId: await give('Năm') }, as('head'))
    await catchUp(t, followers.filter((one) => one.name.startsWith('inboxes.')), NOW)
    // As a killed process leaves it: claimed, and nothing after.
    await sql`update mail_marks set turn = (select max(turn) from inbox_items) where person_id = ${person['officer']}`.execute(t.db)
    await run('inboxes.mail')
    assert.deepEqual([to('officer').length, to('second').length], [0, 1])
  })
})

describe('whoever signs in', () => {
  test('chooses the language and the mails of the account, and sees whether mail reaches it', async () => {
    assert.deepEqual(await call(people.changeSettings, { lang: 'en' }, as('silent')), { lang: 'en', mails: 'all', mailed: false })
    assert.deepEqual(await call(people.changeSettings, { mails: 'daily' }, as('silent')), { lang: 'en', mails: 'daily', mailed: false })
    assert.deepEqual((await call(people.me, undefined, as('officer'))).settings, { lang: null, mails: 'all', mailed: true })
  })
  test('of an installation without a mail server is sent nothing, and nothing is held to be told already', async () => {
    await give('Việc chưa ai báo')
    const marks = async () => (await rows(t.db as never, sql`select * from mail_marks order by person_id`))
    const before = await marks()
    const idle = mailWorks({ mailer: async () => undefined, read: t.as(SYSTEM).read, side: t.as(SYSTEM).side, log, zone: 'Asia/Ho_Chi_Minh', address: '', sources: [inboxSource], digests: [digestSource], mailboxes: mailboxesOf })
    const at = new Date('2026-03-06T00:10:00Z')
    for (const name of ['inboxes.mail', 'inboxes.morning']) await idle[name]!(undefined as never, { at, attempt: 1, signal: new AbortController().signal, progress: () => {}, results: () => {} })
    assert.deepEqual([post.sent.length, await marks()], [0, before])
  })
})

describe('mail of the morning', () => {
  const seven = new Date('2026-03-05T00:10:00Z')
  test('says what is overdue and due soon to the lead unit, what waits to the issuer; once a day; not at night', async () => {
    await wish('second', 'daily')
    const done = await give('Chờ xác nhận', '2026-03-20')
    await call(tasks.report, { orderId: id(), taskId: done, note: 'x' }, as('officer'))
    await give('Sắp đến hạn', '2026-03-06')
    await run('inboxes.morning', new Date('2026-03-04T23:30:00Z'))
    assert.equal(post.sent.length, 0, 'half past six')
    await run('inboxes.morning', seven)
    assert.deepEqual(post.sent.map((mail) => mail.to).toSorted(), ['head@example.vn', 'officer@example.vn', 'second@example.vn'])
    assert.match(to('head')[0]!.subject, /^\[Sẵn Sàng\] Chờ xác nhận hoàn thành: 1$/)
    assert.match(to('officer')[0]!.subject, /^\[Sẵn Sàng\] Quá hạn: \d+ · Đến hạn trong 3 ngày: 1$/)
    assert.match(to('second')[0]!.subject, /^\[Sẵn Sàng\] Overdue: \d+ · Due within 3 days: 1$/)
    assert.match(to('head')[0]!.text, /“Chờ xác nhận” · Xã Tân Lập/)
    await run('inboxes.morning', new Date(seven.getTime() + 3600_000))
    assert.equal(post.sent.length, 3)
    await wish('officer', 'off')
    await run('inboxes.morning', new Date(seven.getTime() + 86_400_000))
    assert.deepEqual(post.sent.slice(3).map((mail) => mail.to).toSorted(), ['head@example.vn', 'second@example.vn'])
    assert.notEqual(to('head')[0]!.id, to('head')[1]!.id)
  })
  test('what one person has to do, wherever they stand, reaches that person alone', async () => {
    const own: typeof digestSource = { sections: { own: { vi: 'Việc riêng: {count}', en: 'Own: {count}' } }, tell: async (_, __, ___, personIds = []) => personIds.filter((one) => one === person['head']).map((personId) => ({ unitId: null, personId, section: 'own', count: 1, more: '/', lines: [] })) }
    works = worksOf((server.address() as AddressInfo).port, [own])
    await run('inboxes.morning', new Date(seven.getTime() + 3 * 86_400_000))
    assert.deepEqual(post.sent.map((mail) => [mail.to, mail.subject]), [['head@example.vn', '[Sẵn Sàng] Việc riêng: 1']])
  })
  test('with nothing to say there is no mail', () => {
    assert.equal(composeMail('digest', [], { lang: 'vi', at: NOW, zone: 'UTC', address: '' }), undefined)
  })
  test('an address that the system reads is nobody’s reading of a contact', async () => {
    assert.deepEqual((await rows(t.db as never, sql`select 1 from access_log`)).length, 0)
  })
})
