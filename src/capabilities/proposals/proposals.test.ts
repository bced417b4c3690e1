// Proposals: sent to one above, decided once, by telephone too, into tasks in the same order; returned with the reason and sent again.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { idsOf, populate, TASK_UNITS } from '../../../tests/scene.ts'
import { planNeeds } from '../../app/plan-tables.ts'
import { checkRebuild } from '../../app/rebuild.ts'
import { projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { bodiesRoutes } from '../bodies/routes.ts'
import { tasksRoutes } from '../tasks/routes.ts'
import { decideProposal, propose, sendAgain, withdrawProposal } from './decide.ts'
import type { ProposalRow } from './decide.ts'
import { proposalsRoutes } from './routes.ts'

const NOW = new Date('2026-03-04T02:00:00Z')
const HOLDERS = { chief: ['VN', 'secretariat'], leader: ['VN', 'reader'], head: ['01', 'head'], officer: ['01', 'officer'], other: ['02', 'head'], commune: ['101', 'officer'] } as const

describe('the rules', () => {
  const said = (x: object) => ('refused' in x ? x.refused : 'taken')
  const row = (more: Partial<ProposalRow> = {}): ProposalRow => ({ id: 'p', unitId: 'u', toUnitId: 'a', phase: 'sent', version: 1, sentAt: NOW, options: ['x', 'y'], ...more })
  const ref = { id: 't', hash: '' }
  const content = (more: object = {}) => ({ background: 'b', options: [{ id: 'x', title: 'X', good: null, bad: null }], proposed: 'p', chosen: null, ...more })
  test('it has one addressee, knows its options, and is not due in the past', () => {
    const send = (to: boolean, what = content(), due: string | null = null) => said(propose(true, to ? { unitId: 'a', bodyId: null } : undefined, true, '2026-03-04', what, { proposalId: 'p', unitId: 'u', subject: 's', due, planId: null, content: ref, files: [] }))
    assert.deepEqual([send(true), send(false), send(true, content({ chosen: 'z' })), send(true, content({ options: [...content().options, ...content().options] })), send(true, content(), '2026-03-03'), send(true, content({ chosen: 'x' }), '2026-03-04')],
      ['taken', 'TO_UNKNOWN', 'OPTION_UNKNOWN', 'OPTION_TWICE', 'DUE_PAST', 'taken'])
  })
  test('it is decided once; otherwise and returned need a reason; returned makes no tasks; paper needs its scan', () => {
    const given = { verdict: 'agreed' as 'agreed' | 'otherwise' | 'returned', optionId: null as string | null, text: null as typeof ref | null, how: null as string | null, files: [], tasks: [] as { id: string; title: string; unitId: string }[], decidedOn: undefined as string | undefined }
    const decide = (more: Partial<typeof given>, r = row()) => said(decideProposal(r, 1, { ...given, ...more }, '2026-03-06', (at) => at.toISOString().slice(0, 10)))
    assert.deepEqual([decide({ decidedOn: '2026-03-04' }), decide({ decidedOn: '2026-03-03' }), decide({ decidedOn: '2026-03-07' })], ['taken', 'DECIDED_EARLY', 'DECIDED_AHEAD'])
    assert.deepEqual([decide({}), decide({ optionId: 'x' }), decide({ optionId: 'z' }), decide({ verdict: 'otherwise' }), decide({ verdict: 'returned', text: ref, tasks: [{ id: 'k', title: 't', unitId: 'u' }] }), decide({ how: 'paper' }), decide({ how: 'telephone' }), decide({}, row({ version: 2 })),
      decide({}, row({ phase: 'decided' })), decide({}, row({ phase: 'withdrawn' }))], ['taken', 'taken', 'OPTION_UNKNOWN', 'REASON_MISSING', 'RETURNED_TASKS', 'PLAN_SCAN_MISSING', 'taken', 'CHANGED', 'PROPOSAL_DECIDED', 'PROPOSAL_DECIDED'])
  })
  test('only what was returned is sent again; what is decided is not withdrawn', () => {
    const again = (phase: ProposalRow['phase']) => said(sendAgain(row({ phase }), 1, '2026-03-04', content(), { subject: 's', due: null, content: ref, files: [] }))
    assert.deepEqual((['sent', 'returned', 'decided', 'withdrawn'] as const).map((phase) => [again(phase), said(withdrawProposal(row({ phase }), ref))]), [['PROPOSAL_NOT_RETURNED', 'taken'], ['taken', 'taken'], ['PROPOSAL_NOT_RETURNED', 'PROPOSAL_DECIDED'], ['PROPOSAL_NOT_RETURNED', 'PROPOSAL_DECIDED']])
  })
})

describe('a proposal', () => {
  let t: TestDb
  let unit: Record<string, string> = {}
  const person = idsOf(HOLDERS, NOW)
  const routes = proposalsRoutes(planNeeds('Asia/Ho_Chi_Minh'))
  const [tasks, bodies] = [tasksRoutes(), bodiesRoutes()]
  const id = () => uuidv7(NOW)
  const as = (who: keyof typeof HOLDERS) => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at: NOW }) })
  const read = <T>(query: ReturnType<typeof sql<T>>) => rows<T>(t.as(OPERATOR).read, query)
  const options = [{ id: id(), title: 'Tăng cường 20 người', good: 'Đủ chốt', bad: 'Tốn kinh phí' }, { id: id(), title: 'Giữ nguyên', good: null, bad: 'Thiếu người' }]
  const content = { background: 'Chốt cổng phụ thiếu người', options, proposed: 'Đề nghị chọn phương án 1', chosen: options[0]!.id }
  const send = async (subject: string, more: object = {}, who: keyof typeof HOLDERS = 'officer') => (await call(routes.propose, { orderId: id(), unitId: unit['01']!, toUnitId: unit['VN']!, subject, due: '2026-03-06', content, ...more }, as(who))).proposalId

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    unit = await populate(t, TASK_UNITS, NOW, HOLDERS, person)
  })

  test('goes up, not sideways or down; who neither sends nor decides does not see it', async () => {
    const proposalId = await send('Tăng cường lực lượng')
    for (const to of ['02', '101']) await assert.rejects(send('x', { toUnitId: unit[to]! }), { code: 'TO_UNKNOWN' })
    await assert.rejects(call(routes.get, { proposalId }, as('other')), { code: 'NOT_FOUND' })
    const shown = await call(routes.get, { proposalId }, as('leader'))
    assert.deepEqual([shown.phase, shown.content!.options.map((one) => one.title), shown.can], ['sent', ['Tăng cường 20 người', 'Giữ nguyên'], []])
    assert.deepEqual((await call(routes.get, { proposalId }, as('officer'))).can, ['withdraw'])
    const box = async (who: keyof typeof HOLDERS, name: 'sent' | 'waiting' | 'decided') => (await call(routes.list, { box: name, limit: 10 }, as(who))).items.length
    assert.deepEqual([await box('officer', 'sent'), await box('officer', 'waiting'), await box('chief', 'waiting'), await box('chief', 'decided'), await box('other', 'sent'), await box('commune', 'sent')], [1, 0, 1, 0, 0, 0])
    assert.ok(!/cổng phụ|Tốn kinh phí/.test(JSON.stringify(await read(sql`select body from journal where type like 'proposal.%'`))))
  })
  test('is decided by telephone, into tasks in the same order; refused, there is neither', async () => {
    const proposalId = await send('Bổ sung chốt')
    const order = { orderId: id(), proposalId, expectedVersion: 1, verdict: 'agreed' as const, optionId: options[0]!.id, text: 'Đồng ý, làm ngay', told: { by: 'Đồng chí Trưởng ban', how: 'telephone' as const },
      tasks: [{ title: 'Điều 20 người đến cổng phụ', unitId: unit['01']!, due: '2026-03-01' }, { title: 'Báo cáo kết quả', unitId: unit['101']! }] }
    const lines = await read(sql`select count(*) from journal`)
    await assert.rejects(call(routes.decide, order, as('chief')), (error: { code: string; data: { title: string } }) => error.code === 'ACTION_DUE_PAST' && error.data.title === 'Điều 20 người đến cổng phụ')
    await assert.rejects(call(routes.decide, { ...order, orderId: id() }, as('head')), { code: 'NOT_FOUND' })
    assert.deepEqual(await read(sql`select count(*) from journal`), lines)
    const good = { ...order, orderId: id(), tasks: [{ ...order.tasks[0]!, due: '2026-03-05' }, order.tasks[1]!] }
    const done = await call(routes.decide, good, as('chief'))
    assert.deepEqual([done.tasks, await call(routes.decide, good, as('chief'))], [2, done])
    const shown = await call(routes.get, { proposalId }, as('officer'))
    assert.deepEqual([shown.phase, shown.decision!.toldBy, shown.decision!.how, shown.decision!.text, shown.decision!.optionId, shown.decision!.tasks.map((one) => one.state)], ['decided', 'Đồng chí Trưởng ban', 'telephone', 'Đồng ý, làm ngay', options[0]!.id, ['assigned', 'assigned']])
    const task = await call(tasks.get, { taskId: shown.decision!.tasks[0]!.id }, as('head'))
    assert.deepEqual([task.title, task.unit.code, task.issuer?.code], ['Điều 20 người đến cổng phụ', '01', 'VN'])
    await assert.rejects(call(routes.decide, { orderId: id(), proposalId, expectedVersion: 2, verdict: 'agreed' }, as('chief')), { code: 'PROPOSAL_DECIDED' })
  })
  test('is returned with the reason, sent again, and withdrawn', async () => {
    const { bodyId } = await call(bodies.form, { orderId: id(), unitId: unit['VN']!, kind: 'steering', name: 'Ban chỉ đạo', members: [{ unitId: unit['VN']!, role: 'chair' }] }, as('chief'))
    const proposalId = await send('Xin ý kiến', { toUnitId: undefined, toBodyId: bodyId })
    assert.equal((await call(routes.get, { proposalId }, as('officer'))).to.name, 'Ban chỉ đạo')
    await assert.rejects(call(routes.decide, { orderId: id(), proposalId, expectedVersion: 1, verdict: 'returned' }, as('chief')), { code: 'REASON_MISSING' })
    await call(routes.decide, { orderId: id(), proposalId, expectedVersion: 1, verdict: 'returned', text: 'Nêu rõ kinh phí' }, as('chief'))
    await call(routes.again, { orderId: id(), proposalId, expectedVersion: 2, subject: 'Xin ý kiến (bổ sung)', content: { ...content, background: 'Có kinh phí' } }, as('officer'))
    const shown = await call(routes.get, { proposalId }, as('chief'))
    assert.deepEqual([shown.phase, shown.subject, shown.content!.background, shown.decision, shown.can], ['sent', 'Xin ý kiến (bổ sung)', 'Có kinh phí', null, ['decide', 'withdraw']])
    await call(routes.withdraw, { orderId: id(), proposalId, reason: 'Đã tự giải quyết' }, as('officer'))
    assert.deepEqual((await call(routes.get, { proposalId }, as('officer'))).withdrawn?.reason, 'Đã tự giải quyết')
  })
  test('a decision that is recorded later keeps its day beside the moment of recording; the same day is none', async () => {
    const later = { context: t.as({ id: person.chief!, kind: 'person' }, { at: new Date('2026-03-07T02:00:00Z') }) }
    const proposalId = await send('Quyết định hôm trước')
    const give = { proposalId, expectedVersion: 1, verdict: 'agreed' as const, told: { by: 'Đồng chí Trưởng ban', how: 'in_person' as const } }
    await assert.rejects(call(routes.decide, { ...give, orderId: id(), decidedOn: '2026-03-03' }, later), (error: { code: string; data: { on: string } }) => error.code === 'DECIDED_EARLY' && error.data.on === '04/03/2026')
    await call(routes.decide, { ...give, orderId: id(), decidedOn: '2026-03-05' }, later)
    const { decision } = await call(routes.get, { proposalId }, as('officer'))
    assert.deepEqual([decision!.decidedOn, decision!.at.slice(0, 10)], ['2026-03-05', '2026-03-07'])
    const same = await send('Quyết định trong ngày')
    await call(routes.decide, { ...give, proposalId: same, orderId: id(), decidedOn: '2026-03-07' }, later)
    assert.equal((await call(routes.get, { proposalId: same }, as('officer'))).decision!.decidedOn, null)
  })
  test('the journal alone gives the same tables', async () => {
    const { people: _, grants: __, ...differing } = (await checkRebuild({ connect: t.connect })).differing // put in without a fact
    assert.deepEqual(differing, {})
  })
})
