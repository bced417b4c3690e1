// Members without an account: a name and a position until the body ends, outside the journal; in its decision, its minutes and its attendance.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { idsOf, populate, TASK_ROLES, TASK_UNITS } from '../../../tests/scene.ts'
import { paperDrafts } from '../../app/paper-drafts/drafts.ts'
import { checkRebuild } from '../../app/rebuild.ts'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { asReader, asSide } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { meetingsRoutes } from '../meetings/routes.ts'
import { papersRoutes } from '../papers/routes.ts'
import { endTexts } from '../settings/routes.ts'
import { AssignTask } from '../tasks/contract/shapes.ts'
import { assigning } from '../tasks/routes/assign.ts'
import { withdrawingMany } from '../tasks/routes/orders.ts'
import { changeBody, formBody } from './decide.ts'
import { bodiesRoutes } from './routes.ts'

const NOW = new Date('2026-03-02T02:00:00Z')

test('a name without an account needs the body’s last day, within five years, and no account beside it; one unit may have several', () => {
  const known = { missing: new Set<number>(), parents: undefined, lastDay: '2031-03-02' }
  const seat = (id: string) => ({ id, name: { id: `t${id}`, hash: 'h' } })
  const chair = { unitId: 'u', personId: null, role: 'chair' as const, seat: seat('1') }
  const decided = (until: string | null, ...members: object[]) => formBody(true, 'b', 'u', { kind: 'steering', name: 'N', parentId: null, legalBasis: null, mandate: null, from: null, until, standingItems: [], members: [chair, ...members] } as never, known)
  assert.deepEqual([decided(null), decided('2031-03-03')], [1, 1].map((n) => ({ refused: 'NAMES_END', data: { n, most: '2031-03-02' } })))
  assert.deepEqual(decided('2026-12-31', { unitId: 'u', personId: 'p', role: 'member', seat: seat('2') }), { refused: 'MEMBER_NAMED', data: { n: 2 } })
  assert.deepEqual(decided('2026-12-31', { ...chair, role: 'member' }), { refused: 'MEMBER_TWICE', data: { n: 2 } })
  assert.ok('facts' in decided('2031-03-02', { unitId: 'u', personId: null, role: 'member', seat: seat('2') }, { unitId: 'u', personId: null, role: 'member' }))
  const fields = { kind: 'steering', name: 'N', parentId: null, legalBasis: null, mandate: null, from: null, until: '2026-12-31', standingItems: [], members: [chair] } as never
  assert.deepEqual(changeBody({ id: 'b', unitId: 'u', name: 'N', version: 1, endedOn: null, fields }, 1, fields, known), { refused: 'NOTHING_CHANGED' })
})

describe('a body with members who have no account', () => {
  let t: TestDb
  let unit: Record<string, string> = {}
  const person = idsOf(TASK_ROLES, NOW)
  const [bodies, papers] = [bodiesRoutes(), papersRoutes(paperDrafts('Asia/Ho_Chi_Minh'))]
  const meetings = meetingsRoutes({ standing: async () => ({ rows: [], unseen: 0 }), assigning: (c, task) => assigning(c, AssignTask.parse(task)), withdrawing: withdrawingMany, chase: async () => ({ results: [], units: 0, tasks: 0, left: 0, reports: 0 }), phones: async () => [] })
  const as = (who: string = 'head', at = NOW) => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at }) })
  const whole = (members: object[], more: object = { unitId: unit['01'] }) => ({ orderId: uuidv7(NOW), kind: 'steering', name: 'Ban Chỉ đạo đại hội', parentId: null, legalBasis: null, mandate: null, from: null, until: '2026-12-31', members, ...more }) as never
  const chair = () => ({ unitId: unit['01']!, personId: person['head']!, role: 'chair' })
  const an = { name: 'Nguyễn Văn Ân', office: 'Chánh Văn phòng' }
  const kept = async () => (await sql<{ name: string; until: Date }>`select text::json ->> 'name' as name, until from private_texts where retention = 'member' and text is not null order by 1`.execute(t.db)).rows
  const change = async (bodyId: string, members: object[], more: object = {}) => call(bodies.change, whole(members, { bodyId, expectedVersion: (await call(bodies.get, { bodyId }, as())).version, ...more }), as())
  const named = async (bodyId: string) => (await call(bodies.get, { bodyId }, as())).members.flatMap((one) => (one.named ? [one.named] : []))
  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    unit = await populate(t, TASK_UNITS, NOW, TASK_ROLES, person)
  })

  test('shows them to its readers; its decision and minutes fill them in; the journal holds no name', async () => {
    const { bodyId } = await call(bodies.form, whole([chair(), { unitId: unit['101']!, role: 'member', named: an }, { unitId: unit['101']!, role: 'secretary', named: { name: 'Trần Thị Bé' } }]), as())
    const seats = await named(bodyId)
    assert.deepEqual(seats.map(({ name, office }) => [name, office]), [['Nguyễn Văn Ân', 'Chánh Văn phòng'], ['Trần Thị Bé', null]])
    assert.equal((await call(bodies.get, { bodyId }, as('officer'))).members[1]!.named!.name, 'Nguyễn Văn Ân', 'at a member’s unit too')
    const { letter } = await call(papers.fromBody, { bodyId }, as())
    const [table] = letter.annexes[0]!.body
    assert.deepEqual(table!.type === 'table' && [table!.columns.map(({ head }) => head)[2], ...table!.rows.slice(1).map(([, name, office]) => [name, office])], ['Chức vụ, cơ quan, đơn vị', ['Nguyễn Văn Ân', 'Chánh Văn phòng, Xã Tân Lập'], ['Trần Thị Bé', 'Xã Tân Lập']])

    const { meetingId } = await call(meetings.plan, { orderId: uuidv7(NOW), bodyId, title: 'Phiên một', startsAt: '2026-03-02T01:00:00Z', place: null, agenda: [] } as never, as())
    const attend = (seatId: string | undefined, presence: string) => ({ unitId: unit['101']!, personId: null, presence, ...(seatId ? { seatId } : {}) })
    const record = (attendance: object[]) => call(meetings.record, { orderId: uuidv7(NOW), meetingId, expectedVersion: 1, attendance, points: [] } as never, as())
    await assert.rejects(record([attend(undefined, 'present')]), { code: 'NO_MEMBER' })
    await assert.rejects(record([attend(uuidv7(NOW), 'present')]), { code: 'NO_MEMBER' })
    await record([attend(seats[0]!.seatId, 'absent'), attend(seats[1]!.seatId, 'present')])
    assert.deepEqual((await call(meetings.get, { meetingId }, as())).attendance.map((one) => [one.named?.name, one.presence]), [[undefined, null], ['Nguyễn Văn Ân', 'absent'], ['Trần Thị Bé', 'present']])
    const minutes = JSON.stringify((await call(papers.fromMinutes, { meetingId }, as())).letter)
    assert.ok(minutes.includes('- Trần Thị Bé, Xã Tân Lập;') && minutes.includes('"signer":"Trần Thị Bé"'), minutes)
    const { rows: [journal] } = await sql<{ text: string }>`select string_agg(body::text, ' ') as text from journal`.execute(t.db)
    assert.ok(!/Nguyễn Văn Ân|Chánh Văn phòng|Trần Thị Bé/.test(journal!.text))
  })
  test('erases a name at once when it is taken from the list, keeps the seat of who stays, and gives another name another seat', async () => {
    const { bodyId } = await call(bodies.form, whole([chair(), { unitId: unit['101']!, role: 'member', named: an }, { unitId: unit['102']!, role: 'member', named: { name: 'Lê Văn Cả' } }], { unitId: unit['01'], name: 'Ban hai' }), as())
    const [first, second] = await named(bodyId)
    const before = (await kept()).length
    await change(bodyId, [chair(), { unitId: unit['101']!, role: 'vice_chair', named: { seatId: first!.seatId, name: an.name, office: 'Phó Chủ tịch' } }, { unitId: unit['102']!, role: 'member', named: { seatId: second!.seatId, name: 'Phạm Văn Dũng' } }], { name: 'Ban hai' })
    const now = await named(bodyId)
    assert.deepEqual([now[0]!.seatId === first!.seatId, now[0]!.office, now[1]!.seatId === second!.seatId], [true, 'Phó Chủ tịch', false])
    assert.deepEqual([(await kept()).length, (await kept()).some(({ name }) => name === 'Lê Văn Cả')], [before, false])
    await change(bodyId, [chair()], { name: 'Ban hai' })
    assert.equal((await kept()).some(({ name }) => name === 'Phạm Văn Dũng'), false)
    await assert.rejects(change(bodyId, [chair(), { unitId: unit['101']!, role: 'member', named: an }], { name: 'Ban hai', until: null }), { code: 'NAMES_END' })
    assert.equal((await kept()).length, before - 2, 'what is refused leaves nothing')
  })
  test('keeps names until its last day, moved with it, and no longer when it ends before', async () => {
    const { bodyId } = await call(bodies.form, whole([chair(), { unitId: unit['102']!, role: 'member', named: { name: 'Đỗ Thị Én' } }], { unitId: unit['01'], name: 'Ban ba' }), as())
    const [seat] = await named(bodyId)
    const until = async () => (await kept()).find(({ name }) => name === 'Đỗ Thị Én')?.until.toISOString()
    assert.equal(await until(), '2026-12-31T16:59:59.999Z')
    await change(bodyId, [chair(), { unitId: unit['102']!, role: 'member', named: { seatId: seat!.seatId, name: seat!.name! } }], { name: 'Ban ba', until: '2027-06-30' })
    assert.equal(await until(), '2027-06-30T16:59:59.999Z')
    await call(bodies.end, { orderId: uuidv7(NOW), bodyId, on: '2026-04-01' } as never, as())
    assert.equal(await until(), '2026-04-01T16:59:59.999Z')
    await endTexts(asReader(t.db), asSide(t.db), new Date('2026-04-01T10:00:00Z'))
    assert.ok(await until())
    await endTexts(asReader(t.db), asSide(t.db), new Date('2026-04-01T18:20:00Z'))
    assert.deepEqual(await named(bodyId), [{ seatId: seat!.seatId, name: null, office: null }])
    await catchUp(t, followers, NOW)
    const { differing } = await checkRebuild({ connect: t.connect, data: '', origin: '' } as never)
    assert.deepEqual(['bodies', 'meetings'].filter((table) => table in differing), [])
  })
})
