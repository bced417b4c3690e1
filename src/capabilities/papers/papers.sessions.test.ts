// Papers of bodies and their sessions: the decision that forms one, the invitation, the minutes, and numbers of its own through its standing office.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { checkRebuild } from '../../app/rebuild.ts'
import { paperDrafts } from '../../app/paper-drafts/drafts.ts'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { idsOf, populate, TASK_ROLES, TASK_UNITS } from '../../../tests/scene.ts'
import { bodiesRoutes } from '../bodies/routes.ts'
import { inboxesRoutes } from '../inboxes/routes.ts'
import { meetingsRoutes } from '../meetings/routes.ts'
import { AssignTask } from '../tasks/contract/shapes.ts'
import { assigning } from '../tasks/routes/assign.ts'
import { tasksRoutes } from '../tasks/routes.ts'
import { withdrawingMany } from '../tasks/routes/orders.ts'
import { Letter } from './contract/letter.ts'
import { opened, plain, same, unzip } from '../../../tests/paper-files.ts'
import { inboxSource } from './reacts.ts'
import { papersRoutes } from './routes.ts'
import { tables } from './store/project.ts'

const NOW = new Date('2026-03-02T02:00:00Z')
const person = idsOf(TASK_ROLES, NOW)
const [routes, bodies] = [papersRoutes(paperDrafts('Asia/Ho_Chi_Minh')), bodiesRoutes()]
const meetings = meetingsRoutes({ standing: async () => ({ rows: [], unseen: 0 }), assigning: (c, task) => assigning(c, AssignTask.parse(task)), withdrawing: withdrawingMany, chase: async () => ({ results: [], units: 0, tasks: 0, left: 0, reports: 0 }), phones: async () => [] })
let t: TestDb
let unit: Record<string, string> = {}
let bodyId = ''
const id = () => uuidv7(NOW)
const as = (who: string, at = NOW) => ({ context: t.as(who === 'operator' ? OPERATOR : { id: person[who]!, kind: 'person' }, { at }) })
const refused = (work: Promise<unknown>, code: string) => assert.rejects(work, { code })
const lines = async () => Number((await t.as(OPERATOR).read.selectFrom('journal' as never).select((one) => one.fn.countAll().as('n' as never)).executeTakeFirstOrThrow() as { n: number }).n)
const texts = ({ body }: Letter) => body.map((block) => ('text' in block ? block.text : ''))

before(async () => {
  t = await freshDb(schemaFolders, projectors)
  unit = await populate(t, TASK_UNITS, NOW, TASK_ROLES, person)
  bodyId = (await call(bodies.form, {
    orderId: id(), unitId: unit['01']!, kind: 'steering', name: 'Ban Chỉ đạo đại hội', legalBasis: 'Kế hoạch số 12/KH-UBND', mandate: 'Chỉ đạo bảo đảm an toàn', parentId: null, from: null, until: '2026-12-31',
    members: [{ unitId: unit['01']!, role: 'chair' }, { unitId: unit['101']!, role: 'member' }, { unitId: unit['102']!, role: 'secretary' }],
  }, as('head'))).bodyId
})

test('the decision that forms a body names its members in an annex, its office, mandate and last day', async () => {
  const { letter, sentTo, unitId } = await call(routes.fromBody, { bodyId }, as('head'))
  assert.deepEqual([unitId, letter.kind, letter.subject, letter.grounds], [unit['01'], 'decision', 'Thành lập Ban Chỉ đạo đại hội', ['Căn cứ Kế hoạch số 12/KH-UBND', 'Theo đề nghị của Tỉnh Một']])
  assert.deepEqual(sentTo.map(({ name }) => name), ['Xã Tân Lập', 'Xã Tân Thành'], 'not to the office itself')
  assert.match(texts(letter)[1]!, /^Ban Chỉ đạo đại hội có nhiệm vụ: Chỉ đạo bảo đảm an toàn\. Tỉnh Một là cơ quan thường trực/)
  assert.match(texts(letter)[2]!, /đến hết ngày 31\/12\/2026\.$/)
  const [table] = letter.annexes[0]!.body
  assert.deepEqual(table!.type === 'table' && table!.rows.map(([n, , office, seat]) => [n, office, seat]), [['1', 'Tỉnh Một', 'Trưởng ban'], ['2', 'Xã Tân Lập', 'Ủy viên'], ['3', 'Xã Tân Thành', 'Thư ký']])
  for (const who of ['officer', 'other']) await refused(call(routes.fromBody, { bodyId }, as(who)), 'NOT_FOUND')
})

describe('a session', () => {
  let meetingId = ''
  before(async () => {
    meetingId = (await call(meetings.plan, { orderId: id(), bodyId, title: 'Kiểm điểm tiến độ', startsAt: '2026-03-06T01:30:00Z', place: 'Phòng họp số 1', agenda: [{ id: id(), kind: 'other', title: 'Kết quả chuẩn bị' }] } as never, as('head'))).meetingId
  })
  test('that is planned is invited to by its body; it has no minutes yet', async () => {
    const { letter, bodyId: by } = await call(routes.fromInvitation, { meetingId }, as('head'))
    assert.deepEqual([by, letter.kind, letter.head.issuer, letter.head.short, letter.to], [bodyId, 'invitation', 'Ban Chỉ đạo đại hội', 'BCĐ', ['Tỉnh Một', 'Xã Tân Lập', 'Xã Tân Thành']])
    assert.ok(texts(letter).includes('Thời gian: 08 giờ 30, ngày 06/03/2026.') && texts(letter).includes('Địa điểm: Phòng họp số 1.') && texts(letter).includes('1. Kết quả chuẩn bị.'))
    await refused(call(routes.fromMinutes, { meetingId }, as('head')), 'MEETING_NOT_HELD')
    await refused(call(routes.fromInvitation, { meetingId }, as('other')), 'NOT_FOUND')
  })
  test('that was held has minutes: who was there, what was said, what was concluded, two who sign', async () => {
    const { agenda } = await call(meetings.get, { meetingId }, as('head'))
    const attendance = [['01', 'present'], ['101', 'represented'], ['102', 'absent']].map(([code, presence]) => ({ unitId: unit[code!]!, personId: null, presence }))
    await call(meetings.record, { orderId: id(), meetingId, expectedVersion: 1, attendance, points: [{ agendaId: agenda[0]!.id, text: 'Còn thiếu lực lượng y tế' }, { agendaId: null, text: 'Cần diễn tập.' }] } as never, as('head'))
    await call(meetings.conclude, { orderId: id(), meetingId, text: 'Bổ sung y tế', unitId: unit['101']!, supportingUnitIds: [], due: '2026-03-20' } as never, as('head'))
    const { letter } = await call(routes.fromMinutes, { meetingId }, as('head'))
    assert.deepEqual([letter.kind, letter.day, letter.second?.signAs, letter.signAs], ['minutes', '2026-03-06', ['Thư ký'], ['Chủ tọa']])
    for (const line of ['Thời gian bắt đầu: 08 giờ 30, ngày 06/03/2026.', '- Xã Tân Lập (cử người dự thay);', 'Vắng mặt:', '- Còn thiếu lực lượng y tế.', '2. Ý kiến khác:', '1. Xã Tân Lập: Bổ sung y tế; chậm nhất ngày 20/03/2026.']) assert.ok(texts(letter).includes(line), line)
    await refused(call(routes.fromInvitation, { meetingId }, as('head')), 'MEETING_PAST')
    const notice = await call(routes.fromMeeting, { meetingId }, as('head'))
    const [given] = (await call(meetings.get, { meetingId }, as('head'))).conclusions
    assert.deepEqual([notice.bodyId, notice.links.map(({ relation, taskId, about }) => [relation, taskId ?? about?.id])], [bodyId, [['from', meetingId], ['carried_out', given!.task!.id]]])
  })
  test('says nothing in its minutes and its notice of a conclusion that was withdrawn, nor of one whose task was', async () => {
    const conclude = (text: string) => call(meetings.conclude, { orderId: id(), meetingId, text, unitId: unit['102']!, supportingUnitIds: [] } as never, as('head'))
    const [wrong, ended] = [await conclude('Ghi nhầm'), await conclude('Việc đã thu hồi')]
    await call(meetings.withdrawConclusion, { orderId: id(), meetingId, conclusionId: wrong.conclusionId, reason: 'Nghe nhầm' } as never, as('head'))
    await call(tasksRoutes().withdraw, { orderId: id(), taskId: ended.taskId, reason: 'Trùng' } as never, as('head'))
    for (const draft of [await call(routes.fromMinutes, { meetingId }, as('head')), await call(routes.fromMeeting, { meetingId }, as('head'))]) {
      const all = texts(draft.letter).join('\n')
      assert.ok(all.includes('Bổ sung y tế') && !all.includes('Ghi nhầm') && !all.includes('Việc đã thu hồi'), all)
      assert.ok(!JSON.stringify(draft.letter.recipients).includes('Xã Tân Thành') || draft.letter.kind === 'minutes', 'a unit that is asked nothing is not written to')
    }
  })
})

test('a body’s numbers stand apart from its office’s, and only through its office', async () => {
  await call(bodies.form, { orderId: id(), unitId: unit['01']!, kind: 'steering', name: 'Ban Chỉ đạo đại hội', legalBasis: 'Quyết định số 9/QĐ-UBND', mandate: null, parentId: null, from: '2027-01-01', until: null, members: [{ unitId: unit['01']!, role: 'chair' }] }, as('head'))
  const { items } = await call(routes.issuers, { unitId: unit['01']! }, as('head'))
  assert.deepEqual(items.map(({ name, legalBasis, from, until }) => [name, legalBasis, from, until]), [['Ban Chỉ đạo đại hội', 'Kế hoạch số 12/KH-UBND', null, '2026-12-31'], ['Ban Chỉ đạo đại hội', 'Quyết định số 9/QĐ-UBND', '2027-01-01', null]], 'two of one name are told apart')
  const issuer = items.find((one) => one.id === bodyId)
  const issue = (more: object = {}, who = 'head', unitId = unit['01']!) => call(routes.issue, { orderId: id(), unitId, letter: Letter.parse({ kind: 'plan', subject: 'Kế hoạch', head: issuer!.head, body: [{ type: 'text', text: 'Một' }] }), ...more } as never, as(who))
  assert.deepEqual([await issue({ bodyId }), await issue(), await issue({ bodyId, sentTo: [unit['101']!] })].map(({ number }) => number), [1, 1, 2])
  await refused(issue({ bodyId }, 'other', unit['02']!), 'PAPER_BODY')
  await refused(issue({ bodyId: id() }), 'PAPER_BODY')
  const { runId } = await call(routes.issueEach, { orderId: id(), unitId: unit['01']!, bodyId, unitIds: [unit['101']!, unit['103']!], letter: Letter.parse({ kind: 'plan', subject: 'Kế hoạch', head: issuer!.head, body: [{ type: 'text', text: 'Một' }] }) } as never, as('head'))
  assert.deepEqual((await call(routes.list, { limit: 9, run: runId }, as('head'))).items.map(({ written }) => written), ['04/KH-BCĐ', '03/KH-BCĐ'])
})

test('reminds whoever has not acknowledged, once a day, each row by itself; the inbox tells them', async () => {
  const { paperId } = await call(routes.issue, { orderId: id(), unitId: unit['01']!, letter: Letter.parse({ kind: 'letter', subject: 'Về việc trực', head: { profile: 'state', issuer: 'UBND', short: 'UB', place: 'Hà Nội' }, body: [{ type: 'text', text: 'Một' }] }), sentTo: [unit['101']!, unit['102']!, unit['201']!] } as never, as('head'))
  await call(routes.acknowledge, { orderId: id(), paperId, unitId: unit['101']! }, as('officer'))
  const remind = async (at: Date, units: string[], who = 'head') => (await call(routes.remind, { orderId: id(), paperId, unitIds: units }, as(who, at))).results.map((one) => one.code ?? 'ok')
  assert.deepEqual(await remind(NOW, [unit['102']!]), ['ok'])
  assert.deepEqual(await remind(NOW, [unit['101']!, unit['102']!, unit['201']!, unit['VN']!]), ['PAPER_ACKNOWLEDGED', 'PAPER_REMINDED', 'ok', 'PAPER_NOT_SENT'])
  const count = (await lines())
  assert.deepEqual(await remind(NOW, [unit['102']!]), ['PAPER_REMINDED'])
  assert.equal(await lines(), count, 'nothing to do is no line')
  assert.deepEqual(await remind(new Date(NOW.getTime() + 86_400_000), [unit['102']!]), ['ok'])
  await refused(remind(NOW, [unit['102']!], 'officer'), 'NOT_FOUND')
  const shown = await call(routes.get, { paperId }, as('head'))
  assert.deepEqual([shown.may.remind, shown.recipients.map((one) => one.remindedAt !== null)], [true, [true, true, false]])
  const facts = await t.as(OPERATOR).read.selectFrom('journal' as never).select(['body' as never]).where('type' as never, '=', 'paper.reminded.v1' as never).execute() as { body: string }[]
  const sent = await inboxSource.send([{ fact: { type: 'paper.reminded.v1', ...JSON.parse(facts[0]!.body) as object } as never, subject: '', at: NOW, actorId: '', orderId: '', position: 1 }], t.as(OPERATOR).read as never)
  assert.deepEqual(sent.map(({ kind, code, to }) => [kind, code, to]), [['reminder', 'papers.reminded', { unitId: unit['102'] }]])
})
test('a unit that a paper was sent to finds it in its inbox, and hears of its withdrawal', async () => {
  const settle = () => catchUp(t, followers, NOW, true)
  await settle()
  const inbox = inboxesRoutes({ sources: [inboxSource], mayWatch: {} })
  const heard = async () => (await call(inbox.list, { limit: 50 } as never, as('officer'))).items.filter((one) => one.about.kind === 'paper')
  const first = (await heard()).find(({ sentence }) => sentence === 'Ban Chỉ đạo đại hội gửi văn bản số 03/KH-BCĐ: “Kế hoạch”. Xác nhận đã nhận.')
  await call(routes.withdraw, { orderId: id(), paperId: first!.about.id, reason: 'Sai' }, as('head'))
  const file = async (format: 'pdf' | 'docx') => new Uint8Array(await new Response((await call(routes.file, { paperId: first!.about.id, format }, as('head'))).body as never).arrayBuffer())
  assert.ok(same((await opened(await file('pdf'))).pages[0]!.texts.map(({ text }) => text).join(' ')).includes('ĐÃ THU HỒI 02/03/2026'), 'the PDF says that it no longer holds')
  assert.ok([...unzip(await file('docx'))].some(([name, xml]) => name.startsWith('word/header') && plain(xml).includes('ĐÃ THU HỒI 02/03/2026')), 'so does the DOCX, on each page')
  await refused(call(routes.acknowledge, { orderId: id(), paperId: first!.about.id, unitId: unit['101']! }, as('officer')), 'PAPER_WITHDRAWN')
  await settle()
  assert.ok((await heard()).some(({ sentence, about }) => about.id === first!.about.id && sentence.startsWith('Ban Chỉ đạo đại hội thu hồi văn bản số 03/KH-BCĐ')))
  const { differing } = await checkRebuild({ connect: t.connect })
  assert.deepEqual(tables.filter((table) => differing[table]), [])
})
