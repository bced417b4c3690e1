// A month asked, and a calendar subscribed to: over HTTP, with the rights of its person at that moment.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import ICAL from 'ical.js'
import { sql } from 'kysely'
import { uuidv7 } from '../../kernel/ids.ts'
import { openWorld } from '../../../tests/world.ts'
import type { World } from '../../../tests/world.ts'

let world: World
before(async () => { world = await openWorld() })
after(() => world.close())
const endpoint = (name: string) => world.endpoints.find((one) => one.name === name)!
const ask = (name: string, input: object, role: keyof World['people'] = 'head') => world.ask(endpoint(name), input, world.people[role])
type Items = { kind: string; day: string; name: { vi: string }; count: number; id: string | null; unit: { name: string } | null }[]

describe('a month', () => {
  const range = { from: '2027-04-26', until: '2027-06-06' }
  test('has the event, its milestones and tasks due of my unit on their days, with the country’s days off', async () => {
    const { body } = await ask('calendars.range', range)
    const items = body.items as Items
    assert.deepEqual(items.map((one) => [one.day, one.kind, one.name.vi, one.count]), [
      ['2027-05-01', 'task', 'Việc của mot', 1], ['2027-05-22', 'milestone', 'Sẵn sàng', 1], ['2027-05-22', 'task', 'Việc một', 1], ['2027-06-01', 'event', 'Đợt mot', 1]])
    assert.deepEqual([items[0]!.id, items[3]!.id, items[3]!.unit!.name], [world.mine.task, world.mine.event, 'Tỉnh Một'])
    assert.deepEqual((body.days as { day: string }[]).map((one) => one.day), ['2027-04-30', '2027-05-01', '2027-05-02', '2027-05-03'])
    assert.deepEqual([body.tasks, body.announced], [true, false])
  })
  test('days off of a span of years are asked alone: the same ones, in their order, with whether they are announced', async () => {
    const { body } = await ask('calendars.days', { from: '2024-04-01', until: '2027-06-06' })
    const days = body.days as { day: string; off: { vi: string } | null; worked: object | null }[]
    assert.deepEqual(days.map((one) => one.day), days.map((one) => one.day).toSorted())
    assert.deepEqual(days.filter(({ day }) => day >= range.from), (await ask('calendars.range', range)).body.days)
    assert.deepEqual(days.slice(0, 3).map(({ day, off, worked }) => [day, off?.vi ?? null, worked !== null]), [['2024-04-18', 'Giỗ Tổ Hùng Vương', false], ['2024-04-29', 'Nghỉ hoán đổi', false], ['2024-04-30', 'Ngày Chiến thắng 30/4', false]])
    assert.deepEqual([days.filter((one) => one.worked).map((one) => one.day), body.announced, (await ask('calendars.days', { from: '2024-04-01', until: '2026-12-31' })).body.announced], [['2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22'], false, true])
    const turned = await ask('calendars.days', { from: '2027-06-06', until: '2024-04-01' })
    assert.deepEqual([turned.status, turned.body.issues![0]!.pointer], [422, '/until'])
  })
  test('of another’s unit looks missing, and a span of more than two months is refused in words', async () => {
    const [foreign, absent] = [await ask('calendars.range', { ...range, scope: 'below', unit: world.theirs.unit }), await ask('calendars.range', { ...range, scope: 'below', unit: uuidv7() })]
    assert.deepEqual([foreign.status, foreign.body.code], [404, absent.body.code])
    const long = await ask('calendars.range', { from: '2027-01-01', until: '2027-06-06' })
    assert.deepEqual([long.status, long.body.issues![0]!.pointer], [422, '/until'])
  })
})

describe('a subscription', () => {
  const fetched = async (address: string) => { const answer = await fetch(address.replace(/^http:\/\/[^/]+/, world.url)); return { status: answer.status, type: answer.headers.get('content-type'), cache: answer.headers.get('cache-control'), text: await answer.text() } }
  const events = (text: string) => new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
  const make = async (role: keyof World['people'] = 'head', more: object = {}) => (await ask('calendars.makeFeed', { orderId: uuidv7(), name: 'Điện thoại', ...more }, role)).body as unknown as { id: string; address: string }

  test('is an address told once, read by any calendar program without a session; the database has only its hash', async () => {
    const feed = await make()
    const answer = await fetched(feed.address)
    assert.deepEqual([answer.status, answer.type, answer.cache], [200, 'text/calendar; charset=utf-8', 'private, no-store'])
    const found = events(answer.text)
    assert.deepEqual(found.map((one) => [one.uid.split('@')[0], one.startDate.toString(), one.startDate.isDate]).sort(), [
      [`event-${world.mine.event}`, '2027-06-01', true], [`milestone-${world.mine.event}-ready`, '2027-05-22', true], [`task-${world.mine.task}`, '2027-05-01', true], [`meeting-${world.mine.meeting}`, '2027-01-05T01:00:00Z', false],
      ...found.filter((one) => one.summary === 'Hạn: Việc một').map((one) => [one.uid.split('@')[0], '2027-05-22', true])].sort())
    const token = /([\w-]{43})\.ics$/.exec(feed.address)![1]!
    const listed = await ask('calendars.feeds', {})
    assert.ok(!listed.text.includes(token) && listed.text.includes(feed.id))
    const { rows: [row] } = await sql<{ whole: string }>`select f::text as whole from calendar_feeds f where id = ${feed.id}::uuid`.execute(world.db.db)
    assert.ok(!row!.whole.includes(token))
    const { rows: lines } = await sql<{ body: string }>`select type || body as body from journal where stream = ${`person:${world.people.head.id}`} and type like 'calendar.%'`.execute(world.db.db)
    assert.ok(lines.length > 0 && lines.every(({ body }) => !body.includes(token) && !body.includes('Điện thoại')), 'the journal says that it was made, not what it is')
    assert.equal((await fetch(`${world.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status, 401, 'it is no session')
  })
  test('a wrong, a foreign and a revoked address are one and the same 404', async () => {
    const feed = await make()
    assert.equal((await ask('calendars.dropFeed', { orderId: uuidv7(), feedId: feed.id }, 'officer')).status, 404, 'another’s')
    assert.equal((await fetched(feed.address)).status, 200)
    assert.equal((await ask('calendars.dropFeed', { orderId: uuidv7(), feedId: feed.id })).status, 200)
    const plain = ({ status, text }: { status: number; text: string }) => JSON.stringify([status, { ...JSON.parse(text) as object, trace: undefined }])
    const [revoked, wrong, odd] = [await fetched(feed.address), await fetched(`/api/v1/calendars/${'A'.repeat(43)}.ics`.replace(/^/, world.url)), await fetched(`${world.url}/api/v1/calendars/x.ics`)]
    assert.equal(revoked.status, 404)
    assert.deepEqual([plain(wrong), plain(odd)], [plain(revoked), plain(revoked)])
  })
  test('rights are asked at each fetch: who holds no role any more has no calendar, another unit’s is never in it', async () => {
    const feed = await make('officer', { below: true })
    assert.ok(events((await fetched(feed.address)).text).every((one) => !one.uid.includes(world.theirs.event)))
    await sql`update grants set ends_at = now() where id = ${world.grants.officer}::uuid`.execute(world.db.db)
    assert.equal((await fetched(feed.address)).status, 404)
    await sql`update grants set ends_at = null where id = ${world.grants.officer}::uuid`.execute(world.db.db)
    assert.equal((await fetched(feed.address)).status, 200)
  })
  test('a moved event is the same entry on another day', async () => {
    const feed = await make()
    const one = async () => events((await fetched(feed.address)).text).find((found) => found.uid.startsWith(`event-${world.mine.event}`))!
    const before = await one()
    const seen = (await ask('programmes.events.previewMove', { eventId: world.mine.event, day: '2027-06-08' })).body
    assert.equal((await ask('programmes.events.move', { eventId: world.mine.event, orderId: uuidv7(), expectedVersion: seen.version, day: '2027-06-08', token: seen.token })).status, 200)
    const after = await one()
    assert.deepEqual([after.uid, after.startDate.toString(), after.sequence > before.sequence], [before.uid, '2027-06-08', true])
  })
  test('there are at most ten of a person', async () => {
    const answers = []
    for (let i = 0; i < 11; i++) answers.push((await ask('calendars.makeFeed', { orderId: uuidv7(), name: `Lịch ${i}` }, 'reader')).status)
    assert.deepEqual([answers.slice(0, 10).every((status) => status === 200), answers[10]], [true, 409])
  })
})

test('a programme over time: spans by level, events of a level, nothing of another’s', async () => {
  const code = world.mine.programme
  const { body } = await ask('programmes.timeline.levels', { code })
  const [level] = body.levels as { level: string; events: number; milestones: { code: string; first: string; of: number }[] }[]
  assert.deepEqual([level!.level, level!.events, level!.milestones.map((one) => [one.code, one.of])], ['province', 1, [['ready', 1], ['opening', 1]]])
  const { body: page } = await ask('programmes.timeline.events', { code, level: 'province' })
  const items = page.items as { id: string; milestones: { code: string }[]; now: { code: string; open: number } }[]
  assert.deepEqual(items.map((one) => [one.id, one.milestones.map((m) => m.code), one.now.code, one.now.open]), [[world.mine.event, ['ready', 'opening'], 'ready', 1]], 'with where its critical path stands')
  const these = async (ids: string[]) => ((await ask('programmes.timeline.events', { code, level: 'province', ids })).body.items as { id: string }[]).map((one) => one.id)
  assert.deepEqual([await these([world.mine.event]), await these([world.theirs.event])], [[world.mine.event], []])
  assert.deepEqual((await ask('programmes.timeline.levels', { code: world.theirs.programme })).body.levels, [])
  assert.equal((await ask('programmes.timeline.levels', { code, unit: world.theirs.unit })).status, 404)
  const units = async (more: object) => ((await ask('units.search', { ...more, limit: 50 })).body.items as { name: string }[]).map((one) => one.name).sort()
  assert.deepEqual([await units({ q: 'tinh' }), await units({ q: 'tinh', right: 'event.read' }), await units({ q: 'xa', right: 'event.read', under: world.theirs.unit }), await units({ right: 'event.read' }), await units({ q: 'tinh', right: 'no.such' })],
    [['Tỉnh Hai', 'Tỉnh Một'], ['Tỉnh Một'], [], ['Tỉnh Một', 'Xã Một'], []], 'its unit field offers what one may read')
})
