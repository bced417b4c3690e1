// What the page of an event shows of sessions.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { openWorld } from '../../../tests/world.ts'
import type { World } from '../../../tests/world.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { run } from '../../kernel/http/endpoints.ts'
import { uuidv7 } from '../../kernel/ids.ts'

let world: World
before(async () => { world = await openWorld() })
after(() => world.close())

test('an event has the sessions whose agenda names its host or a task of it, by the index over agendas, each by who may read the session and the event', async () => {
  const endpoint = (name: string) => world.endpoints.find((one) => one.name === name)!
  const tell = async <T>(name: string, input: object) => await run(endpoint(name), world.db.as(OPERATOR), { orderId: uuidv7(), ...input }) as T
  const [own] = (await sql<{ id: string }>`select id from tasks where event_id = ${world.mine.event} limit 1`.execute(world.db.db)).rows
  const plan = (bodyId: string, title: string, about: object) => tell('meetings.plan', { bodyId, title, startsAt: '2027-02-05T01:00:00Z', agenda: [{ id: uuidv7(), kind: 'other', title: 'Nội dung', ...about }] })
  await plan(world.mine.body, 'Về đơn vị', { unitId: world.mine.unit })
  await plan(world.mine.body, 'Về nhiệm vụ', { taskId: own!.id })
  await plan(world.mine.body, 'Việc khác', { unitId: world.mine.below })
  await plan(world.theirs.body, 'Của ban khác', { unitId: world.mine.unit })
  const of = async (event: string) => ((await world.ask(endpoint('meetings.list'), { event, limit: 50 }, world.people.reader)).body.items as { title: string }[]).map((one) => one.title).sort()
  assert.deepEqual([await of(world.mine.event), await of(world.theirs.event)], [['Về nhiệm vụ', 'Về đơn vị'], []])
  // With many sessions the database takes the index by itself; here it is kept from reading the few there are one by one.
  await world.db.db.transaction().execute(async (db) => {
    await sql`set local enable_seqscan = off`.execute(db)
    const lines = await sql<Record<string, string>>`explain select id from meetings x where x.agenda @> jsonb_build_array(jsonb_build_object('unitId', ${world.mine.unit}::uuid))`.execute(db)
    assert.match(lines.rows.map((row) => Object.values(row)[0]).join('\n'), /meetings_by_agenda/)
  })
})

test('a session whose number does not go with its day says with which; same days and cancelled ones do not count', async () => {
  const endpoint = (name: string) => world.endpoints.find((one) => one.name === name)!
  const tell = async <T>(name: string, input: object) => await run(endpoint(name), world.db.as(OPERATOR), { orderId: uuidv7(), ...input }) as T
  const { bodyId } = await tell<{ bodyId: string }>('bodies.form', { unitId: world.mine.unit, kind: 'helpers', name: 'Tổ thứ tự', members: [{ unitId: world.mine.unit, role: 'chair' }] })
  const plan = async (startsAt: string) => (await tell<{ meetingId: string }>('meetings.plan', { bodyId, title: 'Phiên', startsAt, agenda: [] })).meetingId
  const told = async (meetingId: string) => (await tell<{ outOfOrder: { number: number; startsAt: string } | null }>('meetings.get', { meetingId })).outOfOrder
  // The second begins earlier on the same day: that is no other day.
  const [one, two] = [await plan('2027-03-10T03:00:00Z'), await plan('2027-03-10T01:00:00Z')]
  assert.deepEqual([await told(one), await told(two)], [null, null])
  const three = await plan('2027-03-05T01:00:00Z')
  assert.deepEqual([(await told(one))?.number, (await told(two))?.number, (await told(three))?.number, (await told(three))?.startsAt], [3, 3, 2, '2027-03-10T01:00:00.000Z'])
  await tell('meetings.cancel', { meetingId: three, reason: 'Trùng lịch' })
  assert.deepEqual([await told(one), await told(two), await told(three)], [null, null, null])
})
