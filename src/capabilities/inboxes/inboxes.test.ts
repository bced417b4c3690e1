// One list of what concerns me: to the units where I hold a role, to me by name, and what I watch.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { inboxSource } from '../tasks/reacts/inbox.ts'
import { tasksRoutes } from '../tasks/routes.ts'
import { mayFollowTasks } from '../tasks/store/access.ts'
import { idsOf, populate } from '../../../tests/scene.ts'
import { unsaid } from './decide/words.ts'
import { inboxesRoutes } from './routes.ts'

const UNITS = 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n101,Xã Tân Lập,commune,01\n201,Xã Tân Thành,commune,01\n'
const NOW = new Date('2026-03-02T02:00:00Z')
const ROLES: Record<string, [string, string]> = { chief: ['VN', 'secretariat'], head: ['01', 'head'], officer: ['101', 'officer'], stranger: ['201', 'officer'] }
const person = idsOf(ROLES, NOW)
let unit: Record<string, string> = {}
const tasks = tasksRoutes()
const inbox = inboxesRoutes({ sources: [inboxSource], mayWatch: { task: async (c, id) => (await mayFollowTasks(c.read, c.actor, [id])).length > 0 } })
let t: TestDb
let clock = NOW.getTime()
const id = () => uuidv7(NOW)
/** Each order a minute after the one before. */
const as = (who: string, lang: 'vi' | 'en' = 'vi') => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at: new Date(clock += 60_000), lang }) })
const fold = () => catchUp(t, followers.filter((one) => one.name.startsWith('inboxes.')), NOW)
const list = async (who: string, lang: 'vi' | 'en' = 'vi', asked: object = {}) => { await fold(); return (await call(inbox.list, asked as never, as(who, lang))).items }
const give = async (title: string, to = '101') => (await call(tasks.assign, { orderId: id(), issuerUnitId: unit['01']!, unitId: unit[to]!, title, workstream: 'venue', due: '2026-03-31' }, as('head'))).taskId

before(async () => {
  t = await freshDb(schemaFolders, projectors)
  unit = await populate(t, UNITS, NOW, ROLES, person)
})

test('how many a line stands for is said once', () => {
  const vi = (n: number) => n.toLocaleString('vi-VN')
  assert.deepEqual([['“Đại hội 2026”: được giao 36 nhiệm vụ', 36], ['được giao 1.036 nhiệm vụ', 1036], ['Có thay đổi ở nhiệm vụ “Việc 12”', 3], ['Đôn đốc “Việc 136”', 36], ['Đôn đốc', 1]].map(([sentence, count]) => unsaid({ sentence: sentence as string, count: count as number }, vi)), [false, false, true, true, false])
})
describe('an inbox', () => {
  test('says what my unit was given, in my language; not what units below or beside were given', async () => {
    await give('Khảo sát')
    const [item, ...more] = await list('officer')
    assert.deepEqual([item!.kind, item!.sentence, item!.unit!.name, item!.due, more.length], ['assigned', 'Được giao 1 nhiệm vụ: “Khảo sát”', 'Xã Tân Lập', '2026-03-31T16:59:59.999Z', 0])
    assert.equal((await list('officer', 'en'))[0]!.sentence, '1 task assigned: “Khảo sát”')
    assert.deepEqual([(await list('chief')).length, (await list('stranger')).length], [0, 0])
  })
  test('one order that gives many is one item', async () => {
    const { results } = await call(tasks.bulkAssign, { orderId: id(), issuerUnitId: unit['VN']!, unitIds: [unit['01']!], title: 'a', workstream: 'venue' }, as('chief'))
    assert.ok(results.every((r) => r.ok))
    await call(tasks.issueDirective, { orderId: id(), issuerUnitId: unit['VN']!, title: 'b', tasks: [{ title: 'x', unitIds: [unit['01']!] }, { title: 'y', unitIds: [unit['01']!] }] }, as('chief'))
    assert.deepEqual((await list('head')).map((item) => item.count).toSorted(), [1, 2])
  })
  test('reports of a unit come to the issuer in one line a day; what comes after a mark is new again', async () => {
    const [one, two] = [await give('một'), await give('hai')]
    await call(tasks.report, { orderId: id(), taskId: one, note: 'x' }, as('officer'))
    const [item] = await list('head', 'vi', { kind: 'done' })
    assert.equal(item!.sentence, 'Xã Tân Lập báo cáo hoàn thành 1 nhiệm vụ, chờ xác nhận: “một”')
    await call(inbox.mark, { ids: [item!.id], mark: 'done' }, as('head'))
    assert.deepEqual(await list('head', 'vi', { kind: 'done' }), [])
    await call(tasks.report, { orderId: id(), taskId: two, note: 'x' }, as('officer'))
    const [again] = await list('head', 'vi', { kind: 'done' })
    assert.deepEqual([again!.id, again!.count, again!.mark], [item!.id, 2, 'new'])
  })
  test('what was done is due no more; given back, it is again', async () => {
    const taskId = await give('năm')
    const due = async () => (await list('officer', 'vi', { kind: 'assigned' })).find((item) => item.about.id === taskId)!.due
    const asked = await due()
    assert.ok(asked)
    await call(tasks.report, { orderId: id(), taskId, note: 'x' }, as('officer'))
    assert.equal(await due(), null)
    await call(tasks.return, { orderId: id(), taskId, reason: 'Thiếu' }, as('head'))
    assert.equal(await due(), asked)
  })
  test('returns, reminders, questions and answers reach the other side; nobody hears of what they did', async () => {
    const taskId = await give('ba')
    await call(tasks.remind, { orderId: id(), taskId }, as('head'))
    await call(tasks.askExtension, { orderId: id(), taskId, until: '2026-04-10', reason: 'Mưa' }, as('officer'))
    await call(tasks.grantExtension, { orderId: id(), taskId }, as('head'))
    await call(tasks.report, { orderId: id(), taskId, note: 'x' }, as('officer'))
    await call(tasks.return, { orderId: id(), taskId, reason: 'Thiếu' }, as('head'))
    assert.deepEqual((await list('officer')).filter((item) => item.about.id === taskId).map((item) => item.kind), ['returned', 'answer', 'reminder', 'assigned'])
    assert.ok((await list('head')).some((item) => item.kind === 'asked' && item.about.id === taskId))
  })
  test('who is mentioned and who watches hear of it', async () => {
    const taskId = await give('bốn')
    await assert.rejects(call(inbox.watch, { orderId: id(), about: { kind: 'task', id: taskId } }, as('stranger')), { code: 'NOT_FOUND' })
    await assert.rejects(call(inbox.watch, { orderId: id(), about: { kind: 'cloud', id: 'x' } }, as('chief')), { code: 'WATCH_UNKNOWN' })
    await assert.rejects(call(inbox.watch, { orderId: id(), about: { kind: '__proto__', id: 'x' } }, as('chief')), { code: 'WATCH_UNKNOWN' })
    await call(inbox.watch, { orderId: id(), about: { kind: 'task', id: taskId } }, as('chief'))
    assert.deepEqual((await call(inbox.watches, undefined, as('chief'))).items, [{ kind: 'task', id: taskId }])
    await call(tasks.accept, { orderId: id(), taskId }, as('officer'))
    await sql`insert into contacts (person_id, name, purpose, retention, until) values (${person['head']}, 'Lê Thị Thanh Hà', 'x', 'account', '2099-01-01')`.execute(t.db)
    await assert.rejects(call(tasks.comment, { orderId: id(), taskId, text: 'Mời xem', mentions: [person['stranger']!] }, as('officer')), { code: 'MENTION_UNKNOWN' })
    await call(tasks.comment, { orderId: id(), taskId, text: 'Mời xem', mentions: [person['head']!] }, as('officer'))
    assert.deepEqual((await list('chief')).filter((item) => item.kind === 'watch').map((item) => [item.about.id, item.count]), [[taskId, 2]])
    assert.deepEqual(await list('stranger'), [], 'nobody hears of a task that they could not open')
    assert.deepEqual((await list('head', 'vi', { kind: 'mention' })).map((item) => item.about.id), [taskId])
    await call(inbox.unwatch, { orderId: id(), about: { kind: 'task', id: taskId } }, as('chief'))
    assert.deepEqual((await call(inbox.watches, undefined, as('chief'))).items, [])
  })
  test('pages, counts and marks are each person’s own', async () => {
    const all = await list('officer')
    const first = await call(inbox.list, { limit: 2 }, as('officer'))
    const second = await call(inbox.list, { limit: 2, cursor: first.next! }, as('officer'))
    assert.deepEqual([...first.items, ...second.items].map((item) => item.id), all.slice(0, 4).map((item) => item.id))
    assert.equal((await call(inbox.counts, undefined, as('officer'))).new, all.length)
    assert.deepEqual(await call(inbox.mark, { ids: all.map((item) => item.id), mark: 'read' }, as('head')), { marked: 0 }, 'another’s items')
    assert.deepEqual(await call(inbox.mark, { mark: 'read' }, as('officer')), { marked: all.length })
    assert.deepEqual([(await call(inbox.counts, undefined, as('officer'))).new, (await list('officer')).length], [0, all.length])
  })
})
