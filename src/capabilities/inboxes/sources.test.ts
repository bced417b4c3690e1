// What programmes and readiness send to the inbox, over the real followers.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { countries } from '../../app/countries.ts'
import { followers, judging, projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { asReader, rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { inboxSource as programmesInbox } from '../programmes/reacts.ts'
import { programmesRoutes } from '../programmes/routes.ts'
import { inboxSource as readinessInbox } from '../readiness/reacts/inbox.ts'
import { readinessRoutes } from '../readiness/routes.ts'
import { inboxSource as tasksInbox } from '../tasks/reacts/inbox.ts'
import { tasksRoutes } from '../tasks/routes.ts'
import { tasksOfEvents } from '../tasks/store/events.ts'
import { fairTemplate, idsOf, populate } from '../../../tests/scene.ts'
import { inboxesRoutes } from './routes.ts'

const UNITS = 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n101,Xã Một,commune,01\n102,Xã Hai,commune,01\n'
const TEMPLATE = fairTemplate({ levels: ['province'], tasks: ['{ code: T4, stream: site, level: province, due: opening, to: [commune], target: { unit: patrol, count: 20 }, name: { vi: "Tuần tra", en: "Patrol" } }'] })
const NOW = new Date('2026-03-02T02:00:00Z')
const HOLDERS = { province: ['01', 'head'], first: ['101', 'head'], second: ['102', 'head'], nation: ['VN', 'head'] } as const
const person = idsOf(HOLDERS, NOW)

describe('events in the inbox', () => {
  let t: TestDb
  let eventId = ''
  let unit: Record<string, string> = {}
  const routes = programmesRoutes({ countries: countries(), tasksOfEvents })
  const readiness = readinessRoutes(judging)
  const inbox = inboxesRoutes({ sources: [tasksInbox, programmesInbox, readinessInbox], mayWatch: {} })
  let clock = NOW
  const id = () => uuidv7(clock)
  const as = () => ({ context: t.as(OPERATOR, { at: clock }) })
  const settle = () => catchUp(t, followers, clock, true)
  const version = async () => (await call(routes.events.get, { eventId }, as())).version
  const plan = async () => (await call(routes.programmes.get, { code: 'fair26' }, as())).version
  /** What came to a unit since it was last asked, without what it was assigned. */
  const news = async (name: string) => {
    await settle()
    const context = t.as({ id: person[name]!, kind: 'person' }, { at: clock })
    const { items } = await call(inbox.list, { mark: 'new', limit: 100 }, { context })
    await call(inbox.mark, { ids: items.map((item) => item.id), mark: 'done' }, { context })
    return items.filter((item) => item.kind !== 'assigned').map((item) => `${item.kind}: ${item.sentence}`)
  }
  const later = (day: string) => { clock = new Date(`${day}T02:00:00Z`) }

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    unit = await populate(t, UNITS, NOW, HOLDERS, person)
    await call(routes.templates.import, { orderId: id(), unitId: unit['VN']!, text: TEMPLATE }, as())
    await call(routes.programmes.create, { orderId: id(), code: 'fair26', name: { vi: 'Hội chợ 2026', en: 'Fair 2026' }, unitId: unit['VN']!, template: 'fair' }, as())
    await call(routes.programmes.cascade, { orderId: id(), code: 'fair26', dates: 'code,date\n01,2026-06-20\n' }, as())
    eventId = (await call(routes.events.list, { programme: 'fair26', limit: 5 }, as())).items[0]!.id
    for (const name of Object.keys(HOLDERS)) assert.deepEqual(await news(name), [])
  })

  test('a move reaches the host and the units whose tasks moved with it, and nobody beside', async () => {
    // The second commune has done its part: nothing of it moves.
    const tasks = tasksRoutes()
    const part = (await rows(asReader(t.db), sql<{ id: string }>`select id from tasks where unit_id = ${unit['102']}`))[0]!.id
    await call(tasks.report, { orderId: id(), taskId: part, number: 20 }, as())
    await call(tasks.verify, { orderId: id(), taskId: part }, as())
    for (const name of Object.keys(HOLDERS)) await news(name)
    const { token } = await call(routes.events.previewMove, { eventId, day: '2026-06-22' }, as())
    await call(routes.events.move, { orderId: id(), eventId, expectedVersion: await version(), day: '2026-06-22', token }, as())
    const said = ['changed: “Hội chợ 2026”: sự kiện của Tỉnh Một chuyển sang ngày 22/06/2026']
    assert.deepEqual([await news('province'), await news('first'), await news('second'), await news('nation')], [said, said, [], []])
  })
  test('a newer template reaches them by its version', async () => {
    await call(routes.templates.import, { orderId: id(), unitId: unit['VN']!, text: TEMPLATE.replace('day: -10', 'day: -12') }, as())
    await call(routes.programmes.upgrade, { orderId: id(), code: 'fair26', expectedVersion: await plan(), templateVersion: 2 }, as())
    assert.deepEqual(await news('province'), ['changed: “Hội chợ 2026”: sự kiện của Tỉnh Một theo phiên bản 2 của mẫu chương trình'])
  })
  test('a requirement that turns red is told once; checked again and still red, it is not; red again after a waiver, it is', async () => {
    assert.deepEqual(await news('province'), [], 'a fresh event whose requirement is not due tells nothing')
    later('2026-06-11')
    assert.deepEqual(await news('province'), ['alert: Điều kiện “Có giấy” của Tỉnh Một chuyển sang chưa đạt'])
    later('2026-06-12')
    assert.deepEqual(await news('province'), [])
    await call(readiness.waive, { orderId: id(), eventId, requirement: 'R1', reason: 'Mưa lũ kéo dài', until: '2026-06-14T00:00:00Z' }, as())
    assert.deepEqual(await news('province'), ['changed: Duyệt ngoại lệ cho điều kiện “Có giấy” của Tỉnh Một, đến ngày 14/06/2026'])
    later('2026-06-15')
    assert.deepEqual(await news('province'), ['alert: Điều kiện “Có giấy” của Tỉnh Một chuyển sang chưa đạt'])
    assert.deepEqual(await news('first'), [], 'the host alone')
  })
  test('a waiver that is withdrawn and a conclusion reach the host', async () => {
    await call(readiness.waive, { orderId: id(), eventId, requirement: 'R1', reason: 'Mưa lũ kéo dài', until: '2026-06-19T00:00:00Z' }, as())
    await call(readiness.withdraw, { orderId: id(), eventId, requirement: 'R1', reason: 'Mưa đã tạnh' }, as())
    const { version: seen } = await call(readiness.goNoGo, { eventId }, as())
    await call(readiness.conclude, { orderId: id(), eventId, verdict: 'no_go', expectedVersion: seen }, as())
    await call(readiness.withdrawConclusion, { orderId: id(), eventId, reason: 'Nhập nhầm sự kiện', concludedAt: (await call(readiness.goNoGo, { eventId }, as())).concluded!.at }, as())
    const said = await news('province')
    for (const line of ['changed: Thu hồi ngoại lệ của điều kiện “Có giấy” của Tỉnh Một: Mưa đã tạnh', 'alert: “Hội chợ 2026”: kết luận Tỉnh Một chưa đủ điều kiện tổ chức', 'alert: “Hội chợ 2026”: thu hồi kết luận sẵn sàng của Tỉnh Một: Nhập nhầm sự kiện'])
      assert.ok(said.includes(line), `${line}\n${said.join('\n')}`)
  })
  test('postponed, on again, and cancelled: those whose open tasks changed hear of each', async () => {
    await call(routes.events.postpone, { orderId: id(), eventId, expectedVersion: await version(), reason: 'Bão' }, as())
    assert.deepEqual(await news('first'), ['changed: “Hội chợ 2026”: sự kiện của Tỉnh Một hoãn, chưa có ngày mới'])
    const { token } = await call(routes.events.previewMove, { eventId, day: '2026-08-03' }, as())
    await call(routes.events.move, { orderId: id(), eventId, expectedVersion: await version(), day: '2026-08-03', token }, as())
    assert.deepEqual(await news('first'), ['changed: “Hội chợ 2026”: sự kiện của Tỉnh Một được tổ chức lại vào ngày 03/08/2026'])
    await call(routes.events.cancel, { orderId: id(), eventId, expectedVersion: await version(), reason: 'Bão' }, as())
    assert.deepEqual(await news('first'), ['changed: “Hội chợ 2026”: sự kiện của Tỉnh Một bị hủy'])
  })
  test('nothing is sent twice when a follower reads the same facts again: its cursor and its items are one transaction', async () => {
    const count = async () => (await rows(asReader(t.db), sql<{ n: number; sum: number }>`select count(*)::int as n, sum(count)::int as sum from inbox_items`))[0]
    const before = await count()
    later('2026-08-20')
    await settle()
    assert.deepEqual(await count(), before)
  })
})
