// What others say about a plan, by themselves or told; points called back; and what becomes of the tasks of a version when the next one or a withdrawal comes.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { idsOf, populate, TASK_UNITS } from '../../../tests/scene.ts'
import { checkRebuild } from '../../app/rebuild.ts'
import { followers, projectors, schemaFolders, wire } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import type { bodiesRoutes } from '../bodies/routes.ts'
import type { inboxesRoutes } from '../inboxes/routes.ts'
import type { journalsRoutes } from '../journals/routes.ts'
import type { meetingsRoutes } from '../meetings/routes.ts'
import type { proposalsRoutes } from '../proposals/routes.ts'
import type { tasksRoutes } from '../tasks/routes.ts'
import type { Action } from './contract/shapes.ts'
import { rowOf } from './decide/approve.ts'
import type { plansRoutes } from './routes.ts'

const NOW = new Date('2026-03-04T02:00:00Z')
const HOLDERS = { nation: ['VN', 'secretariat'], head: ['01', 'head'], officer: ['01', 'officer'], asked: ['02', 'head'], commune: ['101', 'head'], reader: ['01', 'reader'] } as const

test('a task made before has its row still, has it changed, or has it no more', () => {
  const task = { action: 'a', title: 'Lập chốt', unitId: 'u', state: 'assigned', due: '2026-03-20' }
  const row = { id: 'a', title: 'Lập chốt', unitId: 'u', due: '2026-03-20' }
  assert.deepEqual([[row], [{ ...row, due: '2026-03-21' }], [{ ...row, unitId: 'v' }], [{ ...row, title: 'Lập hai chốt' }], [{ ...row, id: 'b' }]].map((rows) => rowOf(task, rows)), ['same', 'changed', 'changed', 'changed', 'gone'])
})

describe('what is said about a plan', () => {
  let t: TestDb
  let unit: Record<string, string> = {}
  const told: string[] = []
  const person = idsOf(HOLDERS, NOW)
  let plans: ReturnType<typeof plansRoutes>
  let tasks: ReturnType<typeof tasksRoutes>
  let inboxes: ReturnType<typeof inboxesRoutes>
  let journals: ReturnType<typeof journalsRoutes>
  let proposals: ReturnType<typeof proposalsRoutes>
  let bodies: ReturnType<typeof bodiesRoutes>
  let meetings: ReturnType<typeof meetingsRoutes>
  const id = () => uuidv7(NOW)
  const as = (who: keyof typeof HOLDERS = 'head', at = NOW) => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at }) })
  const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
  const draft = async (title: string) => (await call(plans.draft, { orderId: id(), unitId: unit['01']!, template: 'plan', title, headId: person['head']! }, as('officer'))).planId
  const get = (planId: string, who: keyof typeof HOLDERS = 'head', n?: number) => call(plans.get, { planId, ...(n ? { n } : {}) }, as(who))
  const put = async (planId: string, code: string, more: { text?: string; actions?: Action[] }) => {
    const section = (await get(planId)).sections.find((s) => s.code === code)!
    return call(plans.write, { orderId: id(), planId, sectionId: section.id, expectedVersion: section.version, title: section.title, content: { text: '', tables: [], actions: [], ...more } }, as('officer'))
  }
  const approve = async (planId: string, more: object = {}) => call(plans.approve, { orderId: id(), planId, expectedVersion: (await get(planId)).version, inForceFrom: '2026-03-04', ...more }, as())
  const action = (title: string, code: string): Action => ({ id: id(), title, unitId: unit[code]!, supportingUnitIds: [], due: '2026-03-20', product: null })
  const file = async (name: string, who: keyof typeof HOLDERS) => { const made = id(); await sql`insert into file_blobs (id, sha256, name, type, size, salt, uploaded_at, uploaded_by) values (${made}, ${Buffer.alloc(32)}, ${name}, 'application/pdf', 9, 'salt', ${NOW}, ${person[who]!})`.execute(t.db); return made }

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    unit = await populate(t, TASK_UNITS, NOW, HOLDERS, person)
    const hub = { publish: (topic: string) => told.push(topic), followed: () => [] }
    ;({ plans, tasks, inboxes, journals, proposals, bodies, meetings } = wire({ read: t.as(OPERATOR).read, hub, clock: () => NOW, committer: t.committer } as never).router as never)
  })

  test('an answer for another unit is told by somebody, also where the nation enters it; one that is there is replaced knowingly, and stays in sight with its file', async () => {
    const planId = await draft('Lấy ý kiến')
    await put(planId, 'aim', { text: 'Một' })
    await call(plans.consult, { orderId: id(), planId, unitIds: [unit['02']!, unit['101']!], due: '2026-03-06' }, as('officer'))
    assert.deepEqual((await get(planId, 'nation')).consulted.map((one) => [one.mine, one.may]), [[false, true], [false, true]])
    assert.deepEqual((await get(planId, 'asked')).consulted.map((one) => [one.mine, one.may]), [[true, true], [false, false]])
    const own = await file('y-kien.pdf', 'asked')
    await call(plans.answer, { orderId: id(), planId, unitId: unit['02']!, verdict: 'comments', text: 'Thiếu chốt cổng phụ', files: [own] }, as('asked', later(1)))
    const answer = (more: object, who: keyof typeof HOLDERS = 'nation') => call(plans.answer, { orderId: id(), planId, unitId: unit['02']!, verdict: 'agree', ...more }, as(who, later(2)))
    const theirs = { by: 'Chủ tịch tỉnh', how: 'telephone' as const }
    await assert.rejects(answer({}), { code: 'TOLD_MISSING' })
    await assert.rejects(answer({ told: theirs }), { code: 'ANSWERED_ALREADY' })
    await assert.rejects(answer({ told: theirs, instead: later(0).toISOString() }), { code: 'ANSWERED_ALREADY' }, 'not the answer that was seen')
    await assert.rejects(answer({}, 'asked'), { code: 'ANSWERED_ALREADY' }, 'its own correction is one too')
    await answer({ told: theirs, instead: (await get(planId)).consulted[0]!.at, files: [await file('dien-thoai.pdf', 'nation')] })
    const [one] = (await get(planId, 'asked')).consulted
    assert.deepEqual([one!.verdict, one!.toldBy, one!.files.map(({ name }) => name), one!.earlier.map((was) => [was.verdict, was.text, was.toldBy, was.files.map(({ name }) => name)])],
      ['agree', 'Chủ tịch tỉnh', ['dien-thoai.pdf'], [['comments', 'Thiếu chốt cổng phụ', null, ['y-kien.pdf']]]])
    await approve(planId)
    await call(plans.begin, { orderId: id(), planId }, as('officer'))
    assert.deepEqual([(await get(planId)).files, (await get(planId, 'head', 1)).files], [[], []], 'a file of an answer is no attachment of the plan, in no version')
    await catchUp(t, followers, NOW, true)
    assert.ok((await call(inboxes.list, { limit: 20 }, as('asked'))).items.some((item) => item.sentence === 'Đã nhập thay đơn vị câu trả lời lấy ý kiến về “Lấy ý kiến”'))
    const { items } = await call(journals.history, { subject: `plan:${planId}`, limit: 20 }, as())
    assert.deepEqual(items.filter(({ type }) => type === 'plan.answered.v1').map((line) => [line.sentence.vi, line.told?.by]), [['Tỉnh Hai trả lời lấy ý kiến (bản 1)', 'Chủ tịch tỉnh'], ['Tỉnh Hai trả lời lấy ý kiến (bản 1)', undefined]])
    assert.ok(told.includes(`plan:${planId}`), 'whoever looks at the plan hears of it')
  })

  test('who stands above the unit that appraises says who told it; a point is called back by who raised it, and unmarked by who marked it', async () => {
    const planId = await draft('Thẩm định')
    await put(planId, 'aim', { text: 'Một' })
    await call(plans.appraisal, { orderId: id(), planId, unitId: unit['02']! }, as('officer'))
    assert.deepEqual([(await get(planId, 'nation')).appraisal!.mine, (await get(planId, 'asked')).appraisal!.mine, (await get(planId)).appraisal!.mine], [false, true, false])
    await assert.rejects(call(plans.point, { orderId: id(), planId, text: 'Của cấp trên' }, as('nation')), { code: 'TOLD_MISSING' })
    await assert.rejects(call(plans.appraise, { orderId: id(), planId, verdict: 'return' }, as('nation')), { code: 'TOLD_MISSING' })
    const point = async (text: string) => (await call(plans.point, { orderId: id(), planId, text }, as('asked'))).pointId
    const [first, second] = [await point('Thiếu số liệu'), await point('Nêu nhầm')]
    const back = (pointId: string, what: 'withdraw' | 'reopen', who: keyof typeof HOLDERS = 'asked') => call(plans.callBackPoint, { orderId: id(), planId, pointId, what }, as(who))
    const settle = (how: 'fixed' | 'open') => call(plans.settlePoint, { orderId: id(), planId, pointId: first, how }, as('officer'))
    await assert.rejects(back(second, 'withdraw', 'head'), { code: 'NOT_FOUND' }, 'not by whose plan it is')
    await assert.rejects(back(second, 'withdraw', 'nation'), { code: 'TOLD_MISSING' })
    await back(second, 'withdraw')
    await assert.rejects(back(second, 'withdraw'), { code: 'POINT_UNKNOWN' })
    await settle('fixed')
    await settle('open')
    await assert.rejects(settle('open'), { code: 'POINT_UNKNOWN' })
    await assert.rejects(call(plans.appraise, { orderId: id(), planId, verdict: 'pass' }, as('asked')), { code: 'POINTS_OPEN', data: { n: 1 } })
    await settle('fixed')
    await call(plans.appraise, { orderId: id(), planId, verdict: 'pass', told: { by: 'Tổ trưởng', how: 'paper' } }, as('nation'))
    assert.deepEqual([(await get(planId)).appraisal!.verdict, (await get(planId)).appraisal!.judged!.toldBy], ['pass', 'Tổ trưởng'])
    await back(first, 'reopen')
    assert.deepEqual([(await get(planId)).appraisal!.verdict, (await get(planId)).appraisal!.points.map((one) => one.how)], [null, [null, 'withdrawn']], 'what is open again is not passed')
  })

  test('the first screen has what my own unit is asked, the late one first; not what units below are asked', async () => {
    const planId = await draft('Chờ ý kiến')
    await put(planId, 'aim', { text: 'Một' })
    await call(plans.consult, { orderId: id(), planId, unitIds: [unit['02']!, unit['101']!], due: '2026-03-06' }, as('officer'))
    const owed = async (who: keyof typeof HOLDERS, at = NOW) => { const found = await call(plans.home, undefined, as(who, at)); return found.items.filter((one) => one.title === 'Chờ ý kiến').map((one) => [one.for.name, one.what, one.due, one.late]) }
    assert.deepEqual([await owed('asked'), await owed('commune', new Date('2026-03-08T02:00:00Z')), await owed('nation'), await owed('head'), await owed('reader')], [[['Tỉnh Hai', 'answer', '2026-03-06', false]], [['Xã Tân Lập', 'answer', '2026-03-06', true]], [], [], []])
    await call(plans.answer, { orderId: id(), planId, unitId: unit['02']!, verdict: 'agree' }, as('asked'))
    assert.deepEqual(await owed('asked'), [])
    await call(plans.appraisal, { orderId: id(), planId, unitId: unit['02']! }, as('officer'))
    assert.deepEqual(await owed('asked'), [['Tỉnh Hai', 'appraise', null, false]])
  })

  test('the next version says which tasks it keeps, changes and no longer has; those go with its approval, and only new rows become tasks', async () => {
    const planId = await draft('Có việc')
    const rows = [action('Lập chốt', '101'), action('Kiểm tra lối thoát', '102'), action('Trực y tế', '103')]
    await put(planId, 'actions', { actions: rows })
    await approve(planId)
    const made = async () => (await get(planId)).tasks.map((one) => [one.title, one.row, one.state])
    assert.deepEqual((await made()).toSorted(), [['Kiểm tra lối thoát', 'same', 'assigned'], ['Lập chốt', 'same', 'assigned'], ['Trực y tế', 'same', 'assigned']])
    const [first] = (await get(planId)).tasks
    assert.deepEqual((await call(tasks.get, { taskId: first!.id }, as())).origin, { kind: 'plan', id: planId, title: 'Có việc' })
    assert.equal((await call(tasks.get, { taskId: (await get(planId)).tasks.find((one) => one.title === 'Lập chốt')!.id }, as('commune'))).origin, null, 'who may not read the plan is not told of it')
    await call(plans.begin, { orderId: id(), planId }, as('officer'))
    await put(planId, 'actions', { actions: [rows[0]!, { ...rows[1]!, due: '2026-03-25' }, action('Thêm tổ cơ động', '101')] })
    assert.deepEqual((await made()).toSorted(), [['Kiểm tra lối thoát', 'changed', 'assigned'], ['Lập chốt', 'same', 'assigned'], ['Trực y tế', 'gone', 'assigned']])
    const gone = (await get(planId)).tasks.find((one) => one.row === 'gone')!
    const foreign = (await call(tasks.assign, { orderId: id(), issuerUnitId: unit['01']!, unitId: unit['101']!, title: 'Việc khác' }, as('nation'))).taskId
    await assert.rejects(approve(planId, { withdrawTasks: [gone.id, foreign] }), { code: 'PLAN_TASK_UNKNOWN' })
    assert.equal((await get(planId)).phase, 'drafting', 'refused, nothing of it happened')
    const order = { orderId: id(), planId, expectedVersion: (await get(planId)).version, inForceFrom: '2026-03-04', withdrawTasks: [gone.id] }
    const done = await call(plans.approve, order, as())
    assert.deepEqual([done.tasks, done.withdrawn, await call(plans.approve, order, as())], [1, 1, done], 'sent twice, done once')
    const task = await call(tasks.get, { taskId: gone.id }, as())
    assert.deepEqual([task.state, task.reasons[0]!.text], ['withdrawn', 'Bản 2 của “Có việc” không còn việc này.'])
    assert.equal((await get(planId)).tasks.length, 4)
  })

  test('tasks of a plan that another one replaces are withdrawn with that approval where they are named, and say by what', async () => {
    const old = await draft('Bản bị thay thế')
    await put(old, 'actions', { actions: [action('Gác cổng', '101'), action('Đo lối đi', '102')] })
    await approve(old)
    const [gate, way] = ['Gác cổng', 'Đo lối đi'] as const
    const taskOf = async (title: string) => (await get(old)).tasks.find((one) => one.title === title)!
    const planId = await draft('Bản thay thế')
    await put(planId, 'actions', { actions: [action('Gác cổng mới', '101')] })
    await assert.rejects(approve(planId, { withdrawTasks: [(await taskOf(gate)).id] }), { code: 'PLAN_TASK_UNKNOWN' }, 'it is not replaced')
    const done = await call(plans.approve, { orderId: id(), planId, expectedVersion: (await get(planId)).version, inForceFrom: '2026-03-04', replaces: [old], withdrawTasks: [(await taskOf(gate)).id] }, as())
    assert.deepEqual([done.tasks, done.withdrawn, (await taskOf(gate)).state, (await taskOf(way)).state], [1, 1, 'withdrawn', 'assigned'])
    assert.equal((await call(tasks.get, { taskId: (await taskOf(gate)).id }, as())).reasons[0]!.text, 'Kế hoạch, phương án đã giao việc này được thay thế bằng “Bản thay thế”.')
  })

  test('a plan is withdrawn with its open tasks where they are named, for the same reason; what is done stays', async () => {
    const planId = await draft('Thôi làm')
    await put(planId, 'actions', { actions: [action('Một', '101'), action('Hai', '102'), action('Ba', '103')] })
    await approve(planId)
    const all = (await get(planId)).tasks
    await call(tasks.withdraw, { orderId: id(), taskId: all[0]!.id, reason: 'Đã thôi trước' } as never, as())
    await assert.rejects(call(plans.withdraw, { orderId: id(), planId, reason: 'x', withdrawTasks: [all[1]!.id] }, as('officer')), { code: 'NOT_FOUND' })
    const done = await call(plans.withdraw, { orderId: id(), planId, reason: 'Sự kiện không tổ chức nữa', withdrawTasks: [all[0]!.id, all[1]!.id] }, as())
    assert.equal(done.withdrawn, 1, 'one was withdrawn before')
    assert.deepEqual((await get(planId)).tasks.map((one) => [one.state, one.open]), [['withdrawn', false], ['withdrawn', false], ['assigned', true]])
    assert.equal((await call(tasks.get, { taskId: all[1]!.id }, as())).reasons[0]!.text, 'Sự kiện không tổ chức nữa')
  })

  test('a task says which decision on a proposal, or which session, made it, to who may read that', async () => {
    const { proposalId } = await call(proposals.propose, { orderId: id(), unitId: unit['01']!, toUnitId: unit['01']!, subject: 'Thêm chốt', content: { background: 'Thiếu', proposed: 'Xin thêm' } }, as('officer'))
    await call(proposals.decide, { orderId: id(), proposalId, expectedVersion: 1, verdict: 'agreed', tasks: [{ title: 'Lập chốt', unitId: unit['101']! }] }, as())
    const { bodyId } = await call(bodies.form, { orderId: id(), unitId: unit['01']!, kind: 'steering', name: 'Ban chỉ đạo', members: [{ unitId: unit['01']!, role: 'chair' }] }, as())
    const { meetingId } = await call(meetings.plan, { orderId: id(), bodyId, title: 'Phiên một', startsAt: '2026-03-05T01:00:00Z', agenda: [] }, as())
    await call(meetings.conclude, { orderId: id(), meetingId, text: 'Rà soát chốt', unitId: unit['101']! }, as())
    const made = (await call(tasks.list, { unit: unit['101']!, limit: 50 }, as())).items
    const origin = async (title: string, who: keyof typeof HOLDERS) => (await call(tasks.get, { taskId: made.find((one) => one.title === title && one.issuer)!.id }, as(who))).origin
    assert.deepEqual([await origin('Rà soát chốt', 'head'), await origin('Rà soát chốt', 'commune')], [{ kind: 'meeting', id: meetingId, title: 'Phiên một' }, null])
    const [task] = (await call(proposals.get, { proposalId }, as())).decision!.tasks
    assert.deepEqual((await call(tasks.get, { taskId: task!.id }, as())).origin, { kind: 'proposal', id: proposalId, title: 'Thêm chốt' })
  })

  test('the journal alone gives the same tables', async () => {
    const { people: _, grants: __, ...differing } = (await checkRebuild({ connect: t.connect })).differing // put in without a fact
    assert.deepEqual(differing, {})
  })
})
