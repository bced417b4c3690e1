// The first screen's questions: what my units owe by due date, and what they wait for or are waited for with. And what came since one last looked.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { inboxesRoutes } from '../inboxes/routes.ts'
import { idsOf, populate, TASK_ROLES, TASK_UNITS } from '../../../tests/scene.ts'
import { inboxSource } from './reacts/inbox.ts'
import { tasksRoutes } from './routes.ts'

const MADE = new Date('2026-02-01T02:00:00Z')
/** A Wednesday, 09:00 in Viet Nam. */
const NOW = new Date('2026-03-04T02:00:00Z')
const tasks = tasksRoutes()
const inbox = inboxesRoutes({ sources: [inboxSource], mayWatch: {} })
let t: TestDb
let unit: Record<string, string> = {}
const person = idsOf(TASK_ROLES, MADE)
const id = () => uuidv7(NOW)
type Who = keyof typeof TASK_ROLES
const as = (who: Who, at = NOW, lang: 'vi' | 'en' = 'vi') => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at, lang }) })
const fold = () => catchUp(t, followers.filter((one) => one.name.startsWith('inboxes.')), NOW)
const give = async (title: string, due: string | undefined, from: Who = 'head', issuer = '01', to = '101', at = MADE) =>
  (await call(tasks.assign, { orderId: id(), issuerUnitId: unit[issuer]!, unitId: unit[to]!, title, workstream: 'venue', ...(due ? { due } : {}) }, as(from, at))).taskId
const owed = async (who: Who) => (await call(tasks.owed, undefined, as(who))).groups.map((one) => [one.group, one.count, one.items.map((task) => task.title)])
const waiting = async (who: Who) => (await call(tasks.waiting, undefined, as(who))).parts.filter((one) => one.count > 0).map((one) => [one.part, one.count, one.overdue, one.items.map((task) => task.title)])
const given: Record<string, string> = {}

before(async () => {
  t = await freshDb(schemaFolders, projectors)
  unit = await populate(t, TASK_UNITS, MADE, TASK_ROLES, person)
  for (const [title, due] of [['trễ', '2026-03-03'], ['hôm nay', '2026-03-04'], ['chủ nhật', '2026-03-08'], ['thứ hai', '2026-03-09'], ['không hạn', undefined]] as const) given[title] = await give(title, due)
  for (let i = 0; i < 7; i++) await give(`sau ${i}`, `2026-04-0${i + 1}`)
  given['trên'] = await give('trên giao', '2026-03-20', 'chief', 'VN', '01')
})

describe('what is owed', () => {
  test('stands by due date: overdue, today, to Sunday, later with what has no date; the first five, and how many', async () => {
    assert.deepEqual(await owed('officer'), [['overdue', 1, ['trễ']], ['today', 1, ['hôm nay']], ['week', 1, ['chủ nhật']], ['later', 9, ['thứ hai', 'sau 0', 'sau 1', 'sau 2', 'sau 3']]])
  })
  test('is what my very unit leads: not what units below owe, nor another’s', async () => {
    assert.deepEqual((await owed('head')).map(([group, count]) => [group, count]), [['overdue', 0], ['today', 0], ['week', 0], ['later', 1]])
    assert.ok((await owed('other')).every(([, count]) => count === 0))
  })
})

describe('what is waited for', () => {
  test('what was assigned below is told to who assigned it, with how many are overdue', async () => {
    assert.deepEqual(await waiting('head'), [['asked', 12, 1, ['trễ', 'hôm nay', 'chủ nhật']]])
    assert.deepEqual(await waiting('chief'), [['asked', 1, 0, ['trên giao']]])
  })
  test('a report waits for the one who asked; the one who reported sees that it waits', async () => {
    await call(tasks.report, { orderId: id(), taskId: given['trễ']!, note: 'xong' }, as('officer'))
    assert.deepEqual((await waiting('head')).map(([part, count]) => [part, count]), [['verify', 1], ['asked', 11]])
    assert.deepEqual(await waiting('officer'), [['reported', 1, 1, ['trễ']]])
    assert.equal((await owed('officer'))[0]![1], 0)
  })
  test('an ask for more time waits for an answer on both sides, and is gone with it', async () => {
    await call(tasks.askExtension, { orderId: id(), taskId: given['hôm nay']!, until: '2026-03-20', reason: 'chờ vật tư' }, as('officer'))
    const [ask] = (await call(tasks.waiting, undefined, as('head'))).parts.filter((one) => one.part === 'extension')
    assert.deepEqual([ask!.count, ask!.items[0]!.extensionAskedUntil?.slice(0, 10)], [1, '2026-03-20'])
    assert.ok((await waiting('officer')).some(([part]) => part === 'asking'))
    // The list behind it holds exactly what home counts, whoever else has something reported below.
    const answers = async (who: Who) => (await call(tasks.list, { mine: true, part: 'answers' }, as(who))).items.map((task) => task.title)
    assert.deepEqual([await answers('head'), await answers('chief'), await answers('officer')], [['trễ', 'hôm nay'], [], []])
    await call(tasks.grantExtension, { orderId: id(), taskId: given['hôm nay']!, until: '2026-03-20' }, as('head'))
    assert.ok(![...await waiting('head'), ...await waiting('officer')].some(([part]) => part === 'extension' || part === 'asking'))
  })
  test('a leader who only reads sees the same of their unit', async () => {
    assert.deepEqual(await waiting('reader'), await waiting('head'))
  })
})

describe('what came since the last look', () => {
  const look = async (at: Date) => { await fold(); const { since, total, kinds, items } = await call(inbox.visit, {}, as('officer2', at)); return [since, total, kinds, items.length] }
  const minutes = (n: number) => new Date(NOW.getTime() + n * 60_000)
  test('the first look tells the last days; looking again within half an hour tells the same; later only what is new', async () => {
    const first = await look(minutes(10))
    assert.equal(first[0], null)
    assert.ok(Number(first[1]) > 0)
    assert.deepEqual(await look(minutes(25)), first)
    assert.deepEqual(await look(minutes(90)), [minutes(25).toISOString(), 0, {}, 0])
    await give('mới', '2026-03-30', 'head', '01', '101', minutes(100))
    assert.deepEqual(await look(minutes(200)), [minutes(90).toISOString(), 1, { assigned: 1 }, 1])
  })
})
