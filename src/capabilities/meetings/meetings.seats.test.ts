// What a session looks at: an agency has nothing below it, so the members' units count.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { followers, projectors, schemaFolders, wire } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { idsOf, populate, TASK_UNITS } from '../../../tests/scene.ts'
import { bodiesRoutes } from '../bodies/routes.ts'
import type { reportsRoutes } from '../reports/routes.ts'
import { tasksRoutes } from '../tasks/routes.ts'
import type { meetingsRoutes } from './routes.ts'

const NOW = new Date('2026-03-04T02:00:00Z')
const late = new Date('2026-03-12T02:00:00Z')
const HOLDERS = { secretariat: ['VN', 'secretariat'], head: ['01', 'head'], agent: ['CA', 'head'] } as const
/** An agency of the province and one of the nation: nothing stands below them. */
const AGENCIES = 'CA,Công an Tỉnh Một,agency,01\nCN,Cục nghiệp vụ,agency,VN\n'

describe('a body whose office is an agency', () => {
  let t: TestDb
  let unit: Record<string, string> = {}
  const person = idsOf(HOLDERS, NOW)
  const [bodies, tasks] = [bodiesRoutes(), tasksRoutes()]
  let meetings: ReturnType<typeof meetingsRoutes>
  const id = () => uuidv7(NOW)
  const as = (who: keyof typeof HOLDERS = 'secretariat', at = NOW) => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at }) })

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    unit = await populate(t, TASK_UNITS + AGENCIES, NOW, HOLDERS, person)
    const { router } = wire({ read: t.as(OPERATOR).read, hub: { publish: () => {}, followed: () => [] }, clock: () => NOW, committer: t.committer } as never)
    meetings = router['meetings'] as unknown as ReturnType<typeof meetingsRoutes>
    const reports = router['reports'] as unknown as ReturnType<typeof reportsRoutes>
    for (const to of ['101', '101', '102', '201', '01']) await call(tasks.assign, { orderId: id(), issuerUnitId: unit['VN']!, unitId: unit[to]!, title: `Việc của ${to}`, due: '2026-03-06' }, as())
    const { formId } = await call(reports.forms.publish, { orderId: id(), unitId: unit['VN']!, text: 'code: week\nname: { vi: Báo cáo, en: Report }\nsections: [{ title: { vi: Số liệu, en: Figures }, fields: [{ code: done, label: { vi: Xong, en: Done } }] }]\n' }, as())
    await call(reports.collections.ask, { orderId: id(), unitId: unit['VN']!, formId, title: 'Báo cáo tuần', schedule: { every: 'days', days: ['2026-03-11'], hour: '16:00' }, owing: { kinds: ['commune'] } } as never, as())
    await catchUp(t, followers, late, true)
  })

  test('with an agency as its office a session looks at the members’ units and below those that stand above it, as far as the asker may read', async () => {
    const late = new Date('2026-03-12T02:00:00Z')
    const of = async (office: string, seats: string[], who: keyof typeof HOLDERS) => {
      const { bodyId } = await call(bodies.form, { orderId: id(), unitId: unit[office]!, kind: 'helpers', name: `Tổ giúp việc ${office}`, members: seats.map((code, i) => ({ unitId: unit[code]!, role: i === 0 ? 'chair' as const : 'member' as const })) } as never, as(who))
      return { bodyId, propose: async (asker = who) => {
        const { items, chase, unseen } = await call(meetings.propose, { bodyId }, as(asker, late))
        return [items.map((item) => item.title), chase.map((one) => [one.unit.name, one.overdue, one.unreported]), unseen]
      } }
    }
    const police = await of('CA', ['01', '102', 'CA'], 'head')
    assert.deepEqual(await police.propose(), [
      ['Xã Tân Lập: 2 nhiệm vụ quá hạn, còn thiếu 1 báo cáo, tính cả cấp dưới', 'Tỉnh Một: 1 nhiệm vụ quá hạn', 'Xã Tân Thành: 1 nhiệm vụ quá hạn, còn thiếu 1 báo cáo, tính cả cấp dưới', 'Phường Hoà Bình: còn thiếu 1 báo cáo đến hạn, tính cả cấp dưới'],
      // Who is chased is so with all below: the number says it.
      [['Tỉnh Một', 4, 3], ['Xã Tân Lập', 2, 1], ['Xã Tân Thành', 1, 1], ['Phường Hoà Bình', 0, 1]], 0,
    ])
    assert.deepEqual(await police.propose('agent'), [[], [], 2], 'of the agency alone: the seats of others are counted, not shown')
    const delegation = await of('CN', ['CN', '01', '02'], 'secretariat')
    assert.deepEqual((await delegation.propose())[1], [['Tỉnh Một', 4, 3], ['Tỉnh Hai', 1, 1]])
  })
  test('what came of a conclusion is said in the last report’s words, shortened, with its day and by whom; who may not read the task sees its state alone', async () => {
    const { bodyId } = await call(bodies.form, { orderId: id(), unitId: unit['01']!, kind: 'steering', name: 'Ban chỉ đạo tỉnh', members: [{ unitId: unit['01']!, role: 'chair' }, { unitId: unit['CA']!, role: 'member' }] }, as('head'))
    const { meetingId } = await call(meetings.plan, { orderId: id(), bodyId, title: 'Phiên một', startsAt: '2026-03-04T01:00:00Z', agenda: [] } as never, as('head'))
    const { taskId } = await call(meetings.conclude, { orderId: id(), meetingId, text: 'Rà soát lối thoát', unitId: unit['101']! }, as('head'))
    const said = async (who: keyof typeof HOLDERS, of = meetingId) => { const one = await call(meetings.get, { meetingId: of }, as(who)); return [...one.conclusions, ...one.before][0]!.task!.said }
    assert.equal(await said('head'), null)
    const report = (note: string, more: object = {}, at = NOW) => call(tasks.report, { orderId: id(), taskId, done: false, note, files: [], ...more } as never, as('head', at))
    await call(tasks.accept, { orderId: id(), taskId } as never, as('head'))
    await report('Mới bắt đầu')
    await report(`Đã xong cổng chính ${'x'.repeat(300)}`, { told: { by: 'Chủ tịch xã', how: 'telephone' } }, new Date('2026-03-04T03:00:00Z'))
    const last = await said('head')
    assert.deepEqual([last!.text, last!.at.slice(0, 10), last!.toldBy], [`Đã xong cổng chính ${'x'.repeat(221)}…`, '2026-03-04', 'Chủ tịch xã'])
    const { meetingId: next } = await call(meetings.plan, { orderId: id(), bodyId, title: 'Phiên hai', startsAt: '2026-03-11T01:00:00Z', agenda: [] } as never, as('head'))
    assert.deepEqual(await said('head', next), last, 'on the next session’s first page too')
    assert.equal(await said('agent'), null, 'a member’s reader has the state alone')
  })
})
