// What the lead unit of a task from elsewhere says goes up with the package: accepted, refused, more time; and what its issuer says to that comes down. Each once.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { installation, later, register } from '../../../tests/installations.ts'
import type { Installation } from '../../../tests/installations.ts'
import { checkRebuild } from '../../app/rebuild.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { TaskHere } from './decide/judge.ts'
import { judge } from './decide/judge.ts'

const [A_ID, B_ID] = ['00000000-0000-8000-8000-00000000000a', '00000000-0000-8000-8000-00000000000b']

test('an answer counts where the task still waits for it, from its lead unit alone; what was said before a return answers nothing', () => {
  const unit = { code: '101', scheme: 'admin', name: 'Xã 101' }
  const task = (more: Partial<TaskHere> = {}): TaskHere => ({ unitId: '101', unitPath: '1.2.', issuerPath: '1.', version: 1, state: 'assigned', returnedAt: null, dueAt: new Date('2026-04-01T00:00:00Z'), extension: null, ...more })
  const of = { home: A_ID, id: 't', unit, issuer: unit, supporting: [], at: '2026-03-10T00:00:00Z', answer: { what: 'accepted', at: '2026-03-02T00:00:00Z', text: null }, asking: { at: '2026-03-03T00:00:00Z', until: '2026-04-10T00:00:00Z', text: 'Mưa lũ' }, extended: { what: 'granted', at: '2026-03-05T00:00:00Z', until: '2026-04-10T00:00:00Z', text: null } }
  const said = (kind: string, here: TaskHere | undefined, more: object = {}, where: object = {}) => {
    const verdict = judge({ kind, record: { ...of, ...more }, hash: 'h' } as never, { origin: A_ID, units: new Map([['admin 101', { id: '101', path: '1.2.', name: 'Xã 101' }]]), keyPath: '1.2.', ourPath: '1.', known: new Map(), tasks: new Map(here ? [['t', here]] : []), reports: new Map(), ...where }, new Set())
    return verdict.verdict === 'refused' ? verdict.why : verdict.verdict
  }
  const refused = { answer: { what: 'refused', at: '2026-03-02T00:00:00Z', text: 'Không đủ quân số' } }
  assert.deepEqual([said('answer', task()), said('answer', task({ state: 'under_way' })), said('answer', task({ state: 'returned', returnedAt: new Date('2026-03-01T00:00:00Z') })), said('answer', task({ state: 'returned', returnedAt: new Date('2026-03-03T00:00:00Z') }))], ['new', 'here', 'new', 'here'])
  assert.deepEqual([said('answer', task(), refused), said('answer', task({ state: 'refused' }), refused), said('answer', task({ state: 'reported' }), refused)], ['new', 'here', 'PAST_THAT'])
  assert.deepEqual([said('answer', undefined), said('answer', task({ unitPath: '3.' })), said('answer', task(), {}, { ourPath: '2.' })], ['TASK_NOT_HERE', 'NOT_THEIRS', 'UNIT_NOT_OURS'])
  assert.deepEqual([said('asking', task()), said('asking', task({ dueAt: new Date('2026-04-11T00:00:00Z') })), said('asking', task({ extension: { until: new Date('2026-04-10T00:00:00Z'), askedAt: new Date() } })), said('asking', task({ state: 'verified' }))], ['new', 'here', 'here', 'PAST_THAT'])
  const below = { origin: B_ID, keyPath: '1.', ourPath: '1.2.', known: new Map([[`task ${A_ID} t`, { localId: 't', hash: 'x', changedAt: '2026-01-01T00:00:00Z' }]]) }
  const waits = (askedAt: string) => task({ extension: { until: new Date('2026-04-10T00:00:00Z'), askedAt: new Date(askedAt) } })
  assert.deepEqual([said('extended', waits('2026-03-03T00:00:00Z'), {}, below), said('extended', waits('2026-03-06T00:00:00Z'), {}, below), said('extended', task(), {}, below), said('extended', waits('2026-03-03T00:00:00Z'), {}, { ...below, keyPath: '1.9.' })], ['new', 'here', 'here', 'NOT_THEIRS'])
})

describe('between two installations', () => {
  let A: Installation
  let B: Installation
  before(async () => {
    [A, B] = await Promise.all([installation(A_ID), installation(B_ID)])
    await register(B, A, '01')
    await register(A, B, '101')
  })
  after(() => { for (const one of [A, B]) rmSync(one.data, { recursive: true, force: true }) })
  const carry = async (from: Installation, to: Installation, minutes: number) => {
    const [who, code, there, unit] = from === A ? ['province', '101', 'commune', '101'] as const : ['commune', '101', 'province', '01'] as const
    const { packageId } = await to.receive(there, unit, await from.make(who, code, { choices: ['tasks'] }, later(minutes)), later(minutes))
    const { items } = await to.preview(there, packageId)
    const results = await to.take(there, packageId, later(minutes + 1))
    return { said: items.filter(({ verdict, note }) => verdict !== 'here' && note !== null).map(({ title, verdict, note }) => [title, verdict, note]), tasks: items.filter(({ kind, verdict }) => kind === 'task' && verdict !== 'here').length, results }
  }
  const at = async (of: Installation, title: string) => {
    const who = of === A ? 'province' : 'officer'
    const { id } = (await call(of.tasks.list, { unit: of.unit['101']!, sort: 'due', q: title }, of.as(who))).items[0]!
    return call(of.tasks.get, { taskId: id }, of.as(who))
  }

  test('accepted, refused with its reason and asked for more time: seen before it is taken, applied once, told by whom', async () => {
    await call(A.tasks.issueDirective, { orderId: uuidv7(), issuerUnitId: A.unit['01']!, title: 'Đợt một', tasks: [{ title: 'Alpha rà soát', due: '2026-04-01', unitIds: [A.unit['101']!] }, { title: 'Bravo kiểm tra', due: '2026-04-01', unitIds: [A.unit['101']!] }, { title: 'Charlie trực', due: '2026-04-01', unitIds: [A.unit['101']!] }] }, A.as('province'))
    assert.deepEqual((await carry(A, B, 1)).results, [])
    const task = async (title: string) => ({ orderId: uuidv7(), taskId: (await at(B, title)).id })
    await call(B.tasks.accept, await task('alpha'), B.as('officer', later(10)))
    await call(B.tasks.askExtension, { ...await task('alpha'), until: '2026-04-10', reason: 'Chờ phương tiện' }, B.as('officer', later(11)))
    await call(B.tasks.refuse, { ...await task('bravo'), reason: 'Không có trụ nước trên địa bàn' }, B.as('officer', later(12)))
    const up = await carry(B, A, 20)
    assert.deepEqual([up.said.map((one) => one.join(', ')).toSorted(), up.results], [['Alpha rà soát, new, Nhận nhiệm vụ', 'Alpha rà soát, new, Xin gia hạn đến 10/04/2026: Chờ phương tiện', 'Bravo kiểm tra, new, Từ chối: Không có trụ nước trên địa bàn'], []])
    const [alpha, bravo, charlie] = [await at(A, 'alpha'), await at(A, 'bravo'), await at(A, 'charlie')]
    assert.deepEqual([alpha.state, alpha.extensions.map(({ state, reason, until }) => [state, reason, until]), bravo.state, bravo.reasons.map(({ what, text }) => [what, text]), charlie.state],
      ['accepted', [['asked', 'Chờ phương tiện', '2026-04-10T16:59:59.999Z']], 'refused', [['refused', 'Không có trụ nước trên địa bàn']], 'assigned'])
    assert.deepEqual([(await call(A.exchanges.origin, { localId: alpha.id }, A.as('province'))).origin, (await A.read(sql<{ text: string }>`select p.text from journal j join private_texts p on p.id = j.told where j.type = 'task.refused.v1'`)).map(({ text }) => text)], [null, ['Nơi gửi 101 (Việt Nam)']])
    const again = await carry(B, A, 30)
    assert.deepEqual([again.said, again.results], [[], []])
  })
  test('more time granted comes down with the later date, declined with its reason; both end what waits below, and nothing is told twice', async () => {
    const task = async (title: string, of = A) => ({ orderId: uuidv7(), taskId: (await at(of, title)).id })
    await call(A.tasks.grantExtension, await task('alpha'), A.as('province', later(40)))
    await call(B.tasks.askExtension, { ...await task('charlie', B), until: '2026-05-01', reason: 'Thiếu người' }, B.as('officer', later(41)))
    assert.deepEqual((await carry(B, A, 42)).said, [['Charlie trực', 'new', 'Xin gia hạn đến 01/05/2026: Thiếu người']])
    await call(A.tasks.declineExtension, { ...await task('charlie'), reason: 'Không lùi được' }, A.as('province', later(45)))
    await call(A.tasks.return, { ...await task('bravo'), reason: 'Trụ nước ở đầu chợ' }, A.as('province', later(46)))
    const down = await carry(A, B, 50)
    assert.deepEqual([down.said.map((one) => one.slice(1).join(' ')).toSorted(), down.tasks, down.results], [['new Không đồng ý gia hạn: Không lùi được', 'new Trả lại: Trụ nước ở đầu chợ', 'new Đồng ý gia hạn'], 1, []])
    const [alpha, bravo, charlie] = [await at(B, 'alpha'), await at(B, 'bravo'), await at(B, 'charlie')]
    assert.deepEqual([alpha.due?.at, alpha.extensionAskedUntil, alpha.extensions.map(({ state }) => state)], ['2026-04-10T16:59:59.999Z', null, ['granted']])
    assert.deepEqual([bravo.state, charlie.extensionAskedUntil, charlie.extensions.map(({ state, answer }) => [state, answer])], ['returned', null, [['declined', 'Không lùi được']]])
    const again = await carry(A, B, 55)
    assert.deepEqual([again.said, again.tasks, again.results], [[], 0, []])
    // After the return it is accepted anew, and that goes up too.
    await call(B.tasks.accept, await task('bravo', B), B.as('officer', later(60)))
    assert.deepEqual([(await carry(B, A, 61)).said, (await at(A, 'bravo')).state], [[['Bravo kiểm tra', 'changed', 'Nhận nhiệm vụ']], 'accepted'])
    for (const one of [A, B]) { const { differing } = await checkRebuild({ connect: one.t.connect, data: '', origin: '' } as never); assert.deepEqual(['tasks', 'task_extensions', 'exchange_records'].filter((table) => table in differing), []) }
  })
})
