// Requests around milestones by the clock: each unit owes before its own events, wherever these stand by then.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { idsOf, populate } from '../../../tests/scene.ts'
import { checkRebuild } from '../../app/rebuild.ts'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR, SYSTEM } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { custody } from '../custodies/routes.ts'
import { reportsRoutes } from './routes.ts'
import { chaseMissing } from './routes/chase.ts'
import { openDue } from './routes/orders.ts'

const NOW = new Date('2026-03-04T02:00:00Z') // nine in the morning in Viet Nam
const HOLDERS = { nation: ['VN', 'secretariat'], province: ['01', 'head'], colleague: ['VN', 'head'], desk: ['VN', 'officer'] } as const
const UNITS = 'code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n02,Tỉnh Hai,province,VN\n101,Xã Một,commune,01\n102,Xã Hai,commune,01\n201,Xã Bốn,commune,02\n'
const FORM = 'code: eve\nname: { vi: Báo cáo, en: Report }\nsections:\n  - title: { vi: Số liệu, en: Figures }\n    fields:\n      - { code: done, label: { vi: Việc xong, en: Done } }\n'

describe('reports around milestones', () => {
  let t: TestDb
  let unit: Record<string, string> = {}
  let formId = ''
  let collectionId = ''
  const programmeId = uuidv7(NOW)
  const event: Record<string, string> = {}
  const person = idsOf(HOLDERS, NOW)
  const routes = reportsRoutes({ shipped: () => [], zone: 'Asia/Ho_Chi_Minh', custody: custody('Asia/Ho_Chi_Minh') })
  const as = (who: keyof typeof HOLDERS = 'nation', at = NOW) => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at }) })
  const read = <T>(query: ReturnType<typeof sql<T>>) => rows<T>(t.as(OPERATOR).read, query)
  const ask = (more: object = {}) => call(routes.collections.ask, { orderId: uuidv7(NOW), unitId: unit['VN']!, formId, title: 'Trước đại hội', schedule: { every: 'milestone', before: [7, 1], hour: '17:00', programmeId }, owing: { kinds: ['commune'] }, ...more } as never, as())
  const tick = async (day: string, hour = '01') => { const at = new Date(`${day}T${hour}:00:00Z`); await openDue(t.as(SYSTEM, { at })); await catchUp(t, followers, at) }
  const move = (name: string, day: string | null) => sql`update events set day_on = ${day} where id = ${event[name]!}`.execute(t.db)
  /** Who owes, by day. */
  const owed = async () => (await read(sql<{ line: string }>`select r.on_day || ' ' || string_agg(u.code, ' ' order by u.code) as line from reports r join units u on u.id = r.unit_id where r.collection_id = ${collectionId} group by r.on_day order by r.on_day`)).map((row) => row.line)

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    unit = await populate(t, UNITS, NOW, HOLDERS, person)
    ;({ formId } = await call(routes.forms.publish, { orderId: uuidv7(NOW), unitId: unit['VN']!, text: FORM }, as()))
    const versionId = uuidv7(NOW)
    await sql`set session_replication_role = replica`.execute(t.db)
    await sql`insert into programmes (id, code, name, unit_id, template_version_id, zone, country, made_at, gate, version, rules) values (${programmeId}, 'DH', '{"vi":"Đại hội","en":"Congress"}', ${unit['VN']!}, ${versionId}, 'Asia/Ho_Chi_Minh', 'VN', ${NOW}, 'open', 1, '{}')`.execute(t.db)
    for (const [name, code, day] of [['one', '101', '2026-03-14'], ['two', '102', '2026-03-11'], ['three', '102', '2026-03-18'], ['far', '201', '2026-04-30'], ['province', '01', '2026-03-13']] as const) {
      event[name] = uuidv7(NOW)
      await sql`insert into events (id, programme_id, template_version_id, unit_id, level, class, phase, pilot, day_on, opens_at, zone, milestones, requirements, version, changed_at) values (${event[name]!}, ${programmeId}, ${versionId}, ${unit[code]!}, 'commune', 'small', 'planned', false, ${day}, ${NOW}, 'Asia/Ho_Chi_Minh', '{}', '{}', 1, ${NOW})`.execute(t.db)
    }
  })

  test('a request says its first day; without an event of those who would owe it is refused', async () => {
    const asked = await ask()
    assert.equal(asked.on, '2026-03-04')
    ;({ collectionId } = asked)
    await assert.rejects(ask({ schedule: { every: 'milestone', before: [7], hour: '17:00', programmeId: uuidv7(NOW) } }), { code: 'NO_PERIOD' })
    await assert.rejects(ask({ owing: { unitIds: [unit['02']!] } }), { code: 'NO_PERIOD' })
    const days = await call(routes.collections.days, { programme: 'DH', before: '7,1' }, as())
    assert.deepEqual([days.units, days.days.length, days.days[0], days.days.at(-1)], [4, 10, '2026-03-04', '2026-04-29'])
  })
  test('each unit owes before its own events; who hosts two owes before both; a moved event is followed', async () => {
    await tick('2026-03-04', '02')
    assert.deepEqual(await owed(), ['2026-03-04 102'])
    await move('one', '2026-03-18') // no longer the 7th and the 13th: the 11th and the 17th
    for (let day = 5; day <= 9; day++) await tick(`2026-03-0${day}`)
    assert.deepEqual(await owed(), ['2026-03-04 102', '2026-03-10 102'])
    await tick('2026-03-10')
    await tick('2026-03-10', '03')
    assert.deepEqual(await owed(), ['2026-03-04 102', '2026-03-10 102', '2026-03-11 101 102'])
  })
  test('the page of an event has the reports around it, of two events of one host each its own; another’s look missing', async () => {
    const of = async (name: string, who: keyof typeof HOLDERS = 'nation') => (await call(routes.ofEvent, { eventId: event[name]!, limit: 50 }, as(who))).items.map((one) => one.on)
    assert.deepEqual([await of('one'), await of('two', 'province'), await of('three'), await of('far')], [['2026-03-11'], ['2026-03-10', '2026-03-04'], ['2026-03-11'], []])
    const [page] = [await call(routes.ofEvent, { eventId: event['two']!, limit: 1 }, as())]
    assert.deepEqual((await call(routes.ofEvent, { eventId: event['two']!, limit: 1, cursor: page.next! }, as())).items.map((one) => one.on), ['2026-03-04'])
    await assert.rejects(of('far', 'province'), { code: 'NOT_FOUND' })
  })
  test('an event that comes nearer adds its unit to a day that is open; a day whose hour has passed is not asked for', async () => {
    await move('far', '2026-03-12')
    await tick('2026-03-10', '04')
    await move('three', null) // postponed
    await tick('2026-03-11', '11')
    for (let day = 12; day <= 20; day++) await tick(`2026-03-${day}`)
    assert.deepEqual(await owed(), ['2026-03-04 102', '2026-03-10 102', '2026-03-11 101 102 201', '2026-03-17 101'])
  })
  test('the overview says how many owe in each period, each is told once, and the journal alone gives the same', async () => {
    const overview = (code: string, who: keyof typeof HOLDERS = 'nation') => call(routes.collections.overview, { collectionId, unitId: unit[code]! }, as(who, new Date('2026-03-20T01:00:00Z')))
    assert.deepEqual((await overview('VN')).periods.map((one) => [one.on, one.owes]), [['2026-03-17', 1], ['2026-03-11', 3], ['2026-03-10', 1], ['2026-03-04', 1]])
    assert.deepEqual((await overview('01', 'province')).periods.map((one) => one.owes), [1, 2, 1, 1])
    assert.equal((await read(sql<{ n: number }>`select count(*)::int as n from inbox_items where code = 'reports.owed'`))[0]!.n, 6)
    const { people: _, grants: __, events: ___, programmes: ____, ...differing } = (await checkRebuild({ connect: t.connect })).differing // put in without a fact
    assert.deepEqual(differing, {})
  })
  test('with two levels a period shows the highest that owes that day; missing reports of every day are chased', async () => {
    await move('two', '2026-03-26')
    await move('province', '2026-03-27')
    ;({ collectionId } = await ask({ schedule: { every: 'milestone', before: [1], hour: '17:00', programmeId }, owing: { kinds: ['province', 'commune'] } }))
    await tick('2026-03-24')
    await tick('2026-03-25')
    assert.deepEqual(await owed(), ['2026-03-25 102', '2026-03-26 01'])
    const { periods } = await call(routes.collections.overview, { collectionId, unitId: unit['VN']! }, as())
    assert.deepEqual(periods.map((one) => [one.on, one.owes]), [['2026-03-26', 1], ['2026-03-25', 1]])
    const { items } = await call(routes.collections.list, { limit: 10 }, as())
    assert.equal(items.find((one) => one.id === collectionId)!.owes, 1)
    // Both days of this request; of the first one the six from before, and the day that moved.
    assert.equal((await chaseMissing(as('nation', new Date('2026-03-26T11:00:00Z')).context, uuidv7(NOW), [unit['VN']!])).chased, 2 + 6 + 1)
    const home = await call(routes.home, {}, as('nation', new Date('2026-03-26T11:00:00Z')))
    assert.equal(home.late.count, 2 + 5)
  })
  test('also days after an event, and around a milestone by its name, in the zone of the event; what has neither is refused', async () => {
    await t.db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx)
      await sql`insert into template_versions (id, template_id, version, hash, imported_by, body, imported_at) select template_version_id, ${uuidv7(NOW)}, 1, '', ${person['nation']!}, '{"milestones":[{"code":"surveyed","name":{"vi":"Khảo sát xong","en":"Surveyed"}}]}', ${NOW} from programmes where id = ${programmeId}`.execute(trx)
    })
    // 23:30 of the 2nd of April in Viet Nam is still the 2nd, though 16:30 in UTC; 00:30 of the 3rd is the 2nd in UTC.
    await sql`update events set day_on = '2026-04-20', milestones = '{"surveyed":"2026-04-02T16:30:00Z"}' where id = ${event['one']!}`.execute(t.db)
    await sql`update events set day_on = '2026-04-20', milestones = '{"surveyed":"2026-04-02T17:30:00Z"}' where id = ${event['far']!}`.execute(t.db)
    await assert.rejects(ask({ schedule: { every: 'milestone', before: [], hour: '17:00', programmeId } }), { code: 'BAD_REQUEST' })
    await assert.rejects(ask({ schedule: { every: 'milestone', before: [1], milestone: 'nowhere', hour: '17:00', programmeId } }), { code: 'NO_PERIOD' })
    const days = await call(routes.collections.days, { programme: 'DH', before: '0', after: '2', milestone: 'surveyed' }, as('nation', new Date('2026-04-04T01:00:00Z')))
    assert.deepEqual(days, { days: ['2026-04-04', '2026-04-05'], units: 2, milestones: [{ code: 'surveyed', name: { vi: 'Khảo sát xong', en: 'Surveyed' } }] })
    ;({ collectionId } = await ask({ schedule: { every: 'milestone', before: [0], after: [2], milestone: 'surveyed', hour: '17:00', programmeId } }))
    for (const day of ['01', '02', '03', '04', '05', '06']) await tick(`2026-04-${day}`)
    assert.deepEqual(await owed(), ['2026-04-02 101', '2026-04-03 201', '2026-04-04 101', '2026-04-05 201'])
    assert.deepEqual((await call(routes.collections.overview, { collectionId, unitId: unit['VN']! }, as())).milestone, { vi: 'Khảo sát xong', en: 'Surveyed' })
    // Days after the event itself, asked when it is over.
    const later = new Date('2026-04-21T01:00:00Z')
    ;({ collectionId } = await call(routes.collections.ask, { orderId: uuidv7(NOW), unitId: unit['VN']!, formId, title: 'Sau đại hội', schedule: { every: 'milestone', before: [], after: [3], hour: '17:00', programmeId }, owing: { kinds: ['commune'] } } as never, as('nation', later)))
    await tick('2026-04-22')
    assert.deepEqual(await owed(), ['2026-04-23 101 201'])
    const page = await call(routes.ofEvent, { eventId: event['one']!, limit: 50 }, as('nation', later))
    assert.deepEqual(page.items.map((one) => one.on).filter((on) => on >= '2026-04'), ['2026-04-23', '2026-04-04', '2026-04-02'])
  })
  test('whoever verifies for the office that asked returns a report, not only the account that asked; an officer there, and a level between, may not', async () => {
    const [report] = await read(sql<{ id: string; version: number }>`select id, version from reports where collection_id = ${collectionId} and unit_id = ${unit['101']!}`)
    const later = new Date('2026-04-22T02:00:00Z')
    const { version } = await call(routes.submit, { orderId: uuidv7(NOW), reportId: report!.id, expectedVersion: report!.version, values: { done: 1 } }, as('nation', later))
    const giveBack = (who: keyof typeof HOLDERS) => call(routes.giveBack, { orderId: uuidv7(NOW), reportId: report!.id, expectedVersion: version, reason: 'Thiếu số liệu' }, as(who, later))
    for (const who of ['desk', 'province'] as const) await assert.rejects(giveBack(who), { code: 'NOT_FOUND' })
    assert.equal((await giveBack('colleague')).state, 'returned')
  })
})
