// A plan in force that what it rests on has left behind: why, and who hears of it.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { followers, projectors, schemaFolders, wire } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { fairTemplate, idsOf, populate, TASK_UNITS } from '../../../tests/scene.ts'
import type { programmesRoutes } from '../programmes/routes.ts'
import type { plansRoutes } from './routes.ts'

const NOW = new Date('2026-03-04T02:00:00Z')
const HOLDERS = { head: ['01', 'head'] } as const

describe('a plan that rests on an event', () => {
  let t: TestDb
  let planId = ''
  let plans: ReturnType<typeof plansRoutes>
  const person = idsOf(HOLDERS, NOW)
  const id = () => uuidv7(NOW)
  const as = (at = NOW) => ({ context: t.as({ id: person['head']!, kind: 'person' }, { at }) })
  const why = async (at = NOW) => (await call(plans.get, { planId }, as(at))).stale.map((one) => one.reason)
  const told = async (at = NOW) => { await catchUp(t, followers, at, true); return rows<{ code: string; n: number; count: number }>(t.as(OPERATOR).read, sql`select code, count(*)::int as n, max(count)::int as count from inbox_items where about_kind = 'plan' group by 1 order by 1`) }

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    const unit = await populate(t, TASK_UNITS, NOW, HOLDERS, person)
    const whole = { context: t.as(OPERATOR, { at: NOW }) }
    let programmes: ReturnType<typeof programmesRoutes>
    ;({ plans, programmes } = wire({ read: t.as(OPERATOR).read, hub: { publish: () => {}, followed: () => [] }, clock: () => NOW, committer: t.committer } as never).router as never)
    await call(programmes!.templates.import, { orderId: id(), unitId: unit['VN']!, text: fairTemplate({ levels: ['province'] }) }, whole)
    await call(programmes!.programmes.create, { orderId: id(), code: 'F', name: { vi: 'Hội chợ', en: 'Fair' }, unitId: unit['VN']!, template: 'fair' } as never, whole)
    await call(programmes!.programmes.cascade, { orderId: id(), code: 'F', units: 'unit_code\n01\n', dates: 'unit_code,day\n01,2026-06-01\n' } as never, whole)
    const [event] = await rows<{ id: string }>(t.as(OPERATOR).read, sql`select event_id as id from public_programmes_events`)
    ;({ planId } = await call(plans.draft, { orderId: id(), unitId: unit['01']!, template: 'plan', title: 'Kế hoạch hội chợ', headId: person['head']!, eventId: event!.id, reviewOn: '2026-05-01' } as never, as()))
    const [section] = (await call(plans.get, { planId }, as())).sections
    await call(plans.write, { orderId: id(), planId, sectionId: section!.id, expectedVersion: section!.version, title: section!.title, content: { text: 'Mục đích', tables: [], actions: [] } }, as())
    await call(plans.approve, { orderId: id(), planId, expectedVersion: (await call(plans.get, { planId }, as())).version, inForceFrom: '2026-03-04' }, as())
  })

  test('is stale when that is postponed without a day, cancelled, or of another class', async () => {
    const set = (what: ReturnType<typeof sql>) => sql`update events set ${what}`.execute(t.db)
    assert.deepEqual([await why(), await told()], [[], []])
    await set(sql`day_on = null`)
    assert.deepEqual(await why(), ['event_postponed'])
    await set(sql`day_on = '2026-06-01', phase = 'cancelled'`)
    assert.deepEqual(await why(), ['event_cancelled'])
    await set(sql`phase = 'planned', class = 'great'`)
    assert.deepEqual(await why(), ['event_class'])
  })
  test('is told to its unit once a reason, the day its review is over as well', async () => {
    assert.deepEqual(await told(), [{ code: 'plans.stale_event_class', n: 1, count: 1 }])
    assert.deepEqual(await told(), [{ code: 'plans.stale_event_class', n: 1, count: 1 }], 'not again')
    assert.deepEqual((await told(new Date('2026-05-02T02:00:00Z'))).map((one) => one.code), ['plans.stale_event_class', 'plans.stale_review'])
    const [item] = await rows<{ params: { title: string; was: string } }>(t.as(OPERATOR).read, sql`select params from inbox_items where code = 'plans.stale_review'`)
    assert.deepEqual([item!.params.title, item!.params.was], ['Kế hoạch hội chợ', '01/05/2026'])
  })
  test('is told to who answers for it by name where no role at the unit tells them anyway', async () => {
    await sql`update grants set unit_id = (select parent_id from units where id = grants.unit_id)`.execute(t.db)
    await sql`update events set day_on = '2026-06-09'`.execute(t.db)
    await told()
    assert.deepEqual(await rows(t.as(OPERATOR).read, sql`select person_id is not null as named from inbox_items where code = 'plans.stale_event_moved' order by 1`), [{ named: false }, { named: true }])
  })
  test('a next version that was approved before it is recorded keeps both days', async () => {
    const at = (day: string) => ({ context: t.as({ id: person['head']!, kind: 'person' }, { at: new Date(`${day}T02:00:00Z`) }) })
    await sql`update grants set unit_id = (select id from units where code = '01') where person_id = ${person['head']!}`.execute(t.db)
    await call(plans.begin, { orderId: id(), planId }, at('2026-04-01'))
    const approve = async (approvedOn: string) => call(plans.approve, { orderId: id(), planId, expectedVersion: (await call(plans.get, { planId }, at('2026-04-09'))).version, inForceFrom: '2026-04-09', approvedOn, told: { by: 'Chủ tịch', how: 'telephone' } }, at('2026-04-09'))
    await assert.rejects(approve('2026-03-31'), { code: 'APPROVED_EARLY' })
    await approve('2026-04-03')
    const [newest] = (await call(plans.get, { planId }, at('2026-04-09'))).versions
    assert.deepEqual([newest!.approved!.on, newest!.approved!.at.slice(0, 10)], ['2026-04-03', '2026-04-09'])
  })
})
