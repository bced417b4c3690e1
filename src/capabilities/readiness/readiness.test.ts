// Requests against the real database, with every capability wired: from a task's report to the board of the nation, by the followers themselves.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { places } from '../../app/wiring/places.ts'
import { OPERATOR } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { asReader, rows } from '../../kernel/db.ts'
import { step } from '../../kernel/follow.ts'
import { derivedId, uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { journalsRoutes } from '../journals/routes.ts'
import type { Schedule } from '../programmes/contract.ts'
import { applyImport } from '../units/routes/orders.ts'
import { readinessStories } from './contract.ts'
import type { BoardPatch } from './contract.ts'
import { taskRules } from './decide/rules.ts'
import { openBoards } from './reacts.ts'
import { readinessRoutes } from './routes.ts'
import { readPatches } from './store/board.ts'
import { taskEvidence } from './store/evidence.ts'
import { mayFollowBoards } from './store/units.ts'

const ZONE = 'Asia/Ho_Chi_Minh'
const MADE = '2026-01-05T02:00:00.000Z'
const [TEMPLATE, VERSION, PROGRAMME, ANA, BINH] = ['1', '2', '3', '4', '5'].map((n) => `0190a000-0000-7000-8000-00000000000${n}`) as [string, string, string, string, string]
const CSV = 'code,name,kind,parent_code\nvn,Việt Nam,nation,\np1,Tỉnh Một,province,vn\np2,Tỉnh Hai,province,vn\nc1,Xã Một,commune,p1\nc2,Xã Hai,commune,p1\nc3,Xã Ba,commune,p2\nc4,Xã Bốn,commune,p2\n'
const text = (vi: string) => ({ vi, en: vi })
const at = (day: string, time = '02:00') => new Date(`${day}T${time}:00.000Z`)

const task = (code: string, milestone: string, more: object = {}) =>
  ({ code, name: text(`Nhiệm vụ ${code}`), workstream: 'fire', levels: null, to: null, due: { milestone }, evidence: { kind: 'paper' }, target: null, product: null, priority: 'normal', ...more })
const requirement = (code: string, by: string, check: object) => ({ code, name: text(`Điều kiện ${code}`), by, levels: null, holds: null, warnDays: 3, check })
const body = {
  format: 1, code: 'test', name: text('Thử'), country: null, zone: ZONE, opens: '08:00', levels: ['commune', 'province'],
  workstreams: [{ code: 'fire', name: text('Cháy') }], milestones: ['surveyed', 'final', 'opening'].map((code) => ({ code, name: text(`Mốc ${code}`), when: { day: 0 } })),
  classes: [{ code: 'small', name: text('Nhỏ'), when: null, tasks: ['T1', 'T2'], requirements: ['R1', 'R2', 'R3', 'R4'], milestones: [], numbers: {} }],
  tasks: [task('T1', 'surveyed'), task('T2', 'final', { target: { unit: 'patrol', count: 20, as: 'number' } })],
  requirements: [requirement('R1', 'surveyed', { kind: 'evidence', item: 'T1' }), requirement('R2', 'final', { kind: 'target', item: 'T2' }), requirement('R3', 'surveyed', { kind: 'no_overdue' }), requirement('R4', 'final', { kind: 'none', needs: 'sites' })],
  agenda: [],
}
/** Surveyed on 1 March, final on 20 March, opening on the 21st. */
const schedule = (kind: string): Schedule => {
  const milestones = { surveyed: '2026-03-01T16:59:59Z', final: '2026-03-20T16:59:59Z', opening: '2026-03-21T01:00:00Z' }
  return {
    kind, class: 'small', day: '2026-03-21', opensAt: milestones.opening, milestones, due: { T1: milestones.surveyed, T2: milestones.final },
    requirements: { R1: milestones.surveyed, R2: milestones.final, R3: milestones.surveyed, R4: milestones.final }, targets: {},
  }
}

describe('readiness', () => {
  let t: TestDb
  let units: Record<string, string>
  const routes = readinessRoutes({ rules: new Map(taskRules.map((r) => [r.kind, r])), sources: { tasks: taskEvidence }, zone: ZONE })
  const as = (actor: Actor, when: Date) => ({ context: t.as(actor, { at: when, lang: 'vi' }) })
  const eventOf = (code: string) => derivedId(new Date(MADE), PROGRAMME, units[code]!)
  const taskOf = (code: string, item: string) => derivedId(new Date(MADE), eventOf(code), item)
  const commit = (when: Date, stream: string, fact: { type: string } & Record<string, unknown>, subject = stream) =>
    t.committer.commit({ id: uuidv7(), kind: 'test.v1', streams: [stream], subject, body: fact }, OPERATOR, when, async () => ({ facts: [fact] }))
  /** Every follower to the end, with this moment as its clock. */
  const settle = (when: Date) => catchUp(t, followers, when, true)
  const report = (when: Date, code: string, item: string, over: object = {}) => commit(when, `event:${eventOf(code)}`, {
    type: 'task.reported.v1', taskId: taskOf(code, item), reportId: uuidv7(), done: true, from: 'assigned', reached: null, base: null, plusReached: 0, plusBase: 0, above: [], note: null, files: [],
    evidence: { label: null, on: null, expiresAt: null }, ...over,
  }, `task:${taskOf(code, item)}`)
  const board = (when: Date, query: Parameters<typeof routes.board['~orpc']['handler']>[0]['input'] = {}, actor = OPERATOR) => call(routes.board, query, as(actor, when))
  const short = (row: { code: string; events: Record<string, number>; tasks: { total: number; done: number; overdue: number } }) =>
    [row.code, Object.entries(row.events).filter(([, n]) => n > 0).map(([s, n]) => `${s} ${n}`).join(', '), row.tasks.total, row.tasks.overdue]

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    await applyImport(t.as(OPERATOR, { at: at('2026-01-01') }), uuidv7(), { scheme: 'admin', asOf: '2026-01-01', bytes: new TextEncoder().encode(CSV) })
    units = Object.fromEntries((await rows(asReader(t.db), sql<{ code: string; unit_id: string }>`select code, unit_id from public_units_tree`)).map((u) => [u.code, u.unit_id]))
    const made = new Date(MADE)
    await commit(made, `template:${TEMPLATE}`, { type: 'template.imported.v1', templateId: TEMPLATE, versionId: VERSION, code: 'test', version: 1, unitId: units.vn, body, hash: 'x' })
    await commit(made, `programme:${PROGRAMME}`, {
      type: 'programme.created.v1', programmeId: PROGRAMME, code: 'thu', name: text('Đợt thử'), unitId: units.vn, templateVersionId: VERSION, zone: ZONE, country: 'VN', madeAt: MADE,
      rules: { kinds: [], scheme: 'admin', only: null, spans: {}, classes: { units: {}, kinds: {}, shares: {} }, pilots: [] }, gate: 'open',
    })
    const hosts = ['c1', 'c2', 'c3', 'p1']
    await commit(made, `programme:${PROGRAMME}`, {
      type: 'programme.cascaded.v1', programmeId: PROGRAMME, programmeCode: 'thu', madeAt: MADE, templateVersionId: VERSION, zone: ZONE, run: uuidv7(made), chunk: 1, chunks: 1,
      schedules: [schedule('commune'), schedule('province')],
      events: { ids: hosts.map(eventOf), units: hosts.map((c) => units[c]), issuers: hosts.map((c) => (c === 'p1' ? units.vn : units.p1)), schedule: hosts.map((c) => (c === 'p1' ? 1 : 0)), pilot: hosts.map(() => false) },
      handed: { events: [], items: [], units: [] },
    })
    await settle(made)
    // Ana reads and waives in the first province, Bình only reads there.
    await sql`insert into people (id, unit_id, added_at, version) select p, ${units.p1}, '2020-01-01', 1 from (values (${ANA}::uuid), (${BINH}::uuid)) v(p)`.execute(t.db)
    await sql`insert into grants (id, person_id, role, unit_id, starts_at, given_at, given_by) select gen_random_uuid(), p, r, ${units.p1}, '2020-01-01', '2020-01-01', p from (values (${ANA}::uuid, 'secretariat'), (${BINH}::uuid, 'reader')) g(p, r)`.execute(t.db)
  })
  test('after a cascade nothing is met: it is not yet due, and the unit without an event has zeros', async () => {
    const shown = await board(at('2026-01-06'))
    assert.deepEqual(short(shown.unit), ['vn', 'not_due 4', 8, 0])
    assert.deepEqual(shown.rows.map(short), [['p2', 'not_due 1', 2, 0], ['p1', 'not_due 3', 6, 0]], 'within a colour by name: Hai, Một')
    assert.deepEqual(shown.rows[1]!.checks, { unmet: 0, at_risk: 0, not_assessed: 3, waived: 0, not_due: 9, met: 0 })
    assert.equal(shown.rows[1]!.nextMilestone!.code, 'surveyed')
    const p2 = await board(at('2026-01-06'), { unitId: units.p2! })
    assert.deepEqual(p2.rows.map(short), [['c3', 'not_due 1', 2, 0], ['c4', '', 0, 0]])
    assert.deepEqual(p2.above.map((u) => u.name), ['Việt Nam'])
    assert.deepEqual([shown.programmes.map((p) => p.code), shown.levels, shown.workstreams.map((w) => w.code)], [['thu'], ['province', 'commune'], ['fire']])
    assert.deepEqual(short((await board(at('2026-01-06'), { workstream: 'fire' })).unit), short(shown.unit))
    assert.deepEqual(short((await board(at('2026-01-06'), { workstream: 'traffic' })).unit), ['vn', 'not_due 4', 0, 0], 'a workstream narrows the tasks; the state of events counts every requirement')
    const each = async (workstream: string) => (await call(routes.units, { kind: 'commune', workstream }, as(OPERATOR, at('2026-01-06')))).units.map((one) => [one.name, one.events[4], one.tasks])
    assert.deepEqual([await each('fire'), await each('traffic')], [[['Xã Ba', 1, 2], ['Xã Bốn', 0, 0], ['Xã Hai', 1, 2], ['Xã Một', 1, 2]], [['Xã Ba', 1, 0], ['Xã Bốn', 0, 0], ['Xã Hai', 1, 0], ['Xã Một', 1, 0]]], 'on the map too')
  })
  test('the clock alone turns requirements red, by their own index and without a fact', async () => {
    await settle(at('2026-02-27'))
    assert.deepEqual(short((await board(at('2026-02-27'))).unit), ['vn', 'at_risk 4', 8, 0])
    await settle(at('2026-03-02'))
    assert.deepEqual(short((await board(at('2026-03-02'))).unit), ['vn', 'unmet 4', 8, 4])
  })
  test('a report moves the commune, the province and the nation; red stands first and the week is compared', async () => {
    await report(at('2026-03-03'), 'c1', 'T1', { evidence: { label: 'Biên bản khảo sát', on: '2026-03-03', expiresAt: '2026-03-10T16:59:59Z' } })
    await settle(at('2026-03-03', '03:00'))
    const shown = await board(at('2026-03-03', '04:00'), { unitId: units.p1! })
    assert.deepEqual(shown.rows.map(short), [['c2', 'unmet 1', 2, 1], ['c1', 'met 1', 2, 0]])
    assert.deepEqual((await board(at('2026-03-03', '04:00'))).unit.change, { unmet: 3, at_risk: 0, met: 1, overdue: 3 })
  })
  test('evidence expires: the requirement turns red with one sentence why, and a link to the task', async () => {
    await settle(at('2026-03-13'))
    const shown = await call(routes.event, { eventId: eventOf('c1') }, as(OPERATOR, at('2026-03-13')))
    const check = shown.checks.find((c) => c.requirement === 'R1')!
    assert.deepEqual([shown.state, check.state, check.sentence.vi, check.links, check.owner.name], ['unmet', 'unmet', 'Biên bản khảo sát, quá hạn 3 ngày.', [{ kind: 'task', id: taskOf('c1', 'T1'), label: text('Nhiệm vụ T1') }], 'Xã Một'])
    assert.deepEqual(shown.checks.find((c) => c.requirement === 'R4')!.state, 'not_assessed')
    assert.deepEqual(shown.milestones.map((m) => [m.code, m.passed]), [['surveyed', true], ['final', false], ['opening', false]])
  })
  test('a past day reads as it was at its end', async () => {
    const now = at('2026-03-13')
    assert.deepEqual(short((await board(now, { at: '2026-01-10' })).unit), ['vn', 'not_due 4', 8, 0])
    assert.deepEqual(short((await board(now, { at: '2026-02-28' })).unit), ['vn', 'at_risk 4', 8, 0])
    assert.deepEqual((await board(now, { at: '2026-03-04', unitId: units.p1! })).rows.map(short), [['c2', 'unmet 1', 2, 1], ['c1', 'met 1', 2, 0]])
    assert.deepEqual(short((await board(now, { at: '2025-12-01' })).unit), ['vn', '', 0, 0])
  })
  test('a level or a programme narrows the board', async () => {
    const now = at('2026-03-13')
    assert.deepEqual(short((await board(now, { level: 'province' })).unit), ['vn', 'unmet 1', 2, 1])
    assert.deepEqual(short((await board(now, { programmeId: uuidv7() })).unit), ['vn', '', 0, 0])
  })
  test('a waiver has who, why and until, shows as a waiver, and ends by the clock', async () => {
    const now = at('2026-03-13')
    const ana = { id: ANA, kind: 'person' } as const
    const order = { orderId: uuidv7(), eventId: eventOf('c1'), requirement: 'R1', reason: 'Chờ thay khóa lối thoát số 2', until: '2026-03-18T00:00:00Z' }
    const first = await call(routes.waive, order, as(ana, now))
    assert.deepEqual(await call(routes.waive, order, as(ana, now)), first, 'sent twice, it happens once')
    await settle(now)
    const shown = await call(routes.event, { eventId: eventOf('c1') }, as(ana, now))
    const check = shown.checks.find((c) => c.requirement === 'R1')!
    assert.deepEqual([check.state, check.without, check.waiver!.reason, check.waiver!.until], ['waived', 'unmet', 'Chờ thay khóa lối thoát số 2', '2026-03-18T00:00:00.000Z'])
    assert.deepEqual(short((await board(now, { unitId: units.c1! })).unit), ['c1', 'waived 1', 2, 0])
    assert.equal((await rows(asReader(t.db), sql<{ n: number }>`select count(*)::int as n from journal where body like '%lối thoát%'`))[0]!.n, 0, 'the reason is not in the record')
    await settle(at('2026-03-18'))
    assert.deepEqual(short((await board(at('2026-03-18'), { unitId: units.c1! })).unit), ['c1', 'unmet 1', 2, 0])
  })
  test('a waiver is withdrawn, and none that is not there', async () => {
    const now = at('2026-03-18')
    const ana = { id: ANA, kind: 'person' } as const
    const order = { eventId: eventOf('c2'), requirement: 'R3' }
    await call(routes.waive, { ...order, orderId: uuidv7(), reason: 'Đã báo cáo miệng', until: '2026-04-01T00:00:00Z' }, as(ana, now))
    const withdrawn = { ...order, reason: 'Lối thoát lại bị khóa' }
    await assert.rejects(call(routes.withdraw, { ...order, orderId: uuidv7(), reason: ' ' }, as(ana, now)))
    await call(routes.withdraw, { ...withdrawn, orderId: uuidv7() }, as(ana, now))
    await assert.rejects(call(routes.withdraw, { ...withdrawn, orderId: uuidv7() }, as(ana, now)), { code: 'WAIVER_MISSING' })
    const journal = journalsRoutes({ stories: readinessStories, words: {}, places, parts: {}, asPart: {}, traces: {}, zone: ZONE })
    const [last] = (await call(journal.history, { subject: `event:${eventOf('c2')}` }, as(ana, now))).items
    assert.equal(last!.sentence.vi, 'Thu hồi ngoại lệ của điều kiện R3. Lý do: Lối thoát lại bị khóa')
    await sql`update private_texts set text = null where text = 'Lối thoát lại bị khóa'`.execute(t.db)
    assert.equal((await call(journal.history, { subject: `event:${eventOf('c2')}` }, as(ana, now))).items[0]!.sentence.vi, 'Thu hồi ngoại lệ của điều kiện R3. Lý do: …', 'erased, the line stands without it')
  })
  test('a waiver withdrawn before a reason was asked for is still withdrawn', async () => {
    const now = at('2026-03-18')
    const ana = { id: ANA, kind: 'person' } as const
    await call(routes.waive, { eventId: eventOf('c2'), requirement: 'R3', orderId: uuidv7(), reason: 'Đã báo cáo miệng', until: '2026-04-01T00:00:00Z' }, as(ana, now))
    await commit(now, `event:${eventOf('c2')}`, { type: 'waiver.withdrawn.v1', eventId: eventOf('c2'), requirement: 'R3' })
    assert.equal((await call(routes.event, { eventId: eventOf('c2') }, as(ana, now))).checks.find((c) => c.requirement === 'R3')!.waiver, null)
  })
  test('who may only read may not waive, and outside one’s own unit all looks missing', async () => {
    const now = at('2026-03-18')
    const [ana, binh] = [ANA, BINH].map((id) => ({ id, kind: 'person' }) as const) as [Actor, Actor]
    const before = await rows(asReader(t.db), sql<{ n: number }>`select count(*)::int as n from journal`)
    const order = { orderId: uuidv7(), requirement: 'R1', reason: 'không được phép', until: '2026-04-01T00:00:00Z' }
    await assert.rejects(call(routes.waive, { ...order, eventId: eventOf('c2') }, as(binh, now)), { code: 'NOT_FOUND' })
    await assert.rejects(call(routes.waive, { ...order, eventId: eventOf('c3') }, as(ana, now)), { code: 'NOT_FOUND' })
    await assert.rejects(call(routes.event, { eventId: eventOf('c3') }, as(ana, now)), { code: 'NOT_FOUND' })
    await assert.rejects(call(routes.board, { unitId: units.vn! }, as(ana, now)), { code: 'NOT_FOUND' })
    assert.deepEqual(short((await board(now, {}, binh)).unit).slice(0, 1), ['p1'], 'without a unit, the highest that one may see')
    assert.deepEqual(await mayFollowBoards(asReader(t.db), binh, Object.values(units)).then((all) => all.length), 3)
    assert.deepEqual(await rows(asReader(t.db), sql<{ n: number }>`select count(*)::int as n from journal`), before)
  })
  test('events are listed red first, page by page, with what stands against each', async () => {
    const now = at('2026-03-18')
    const first = await call(routes.events, { unitId: units.vn!, limit: 3 }, as(OPERATOR, now))
    const rest = await call(routes.events, { unitId: units.vn!, limit: 3, cursor: first.next! }, as(OPERATOR, now))
    assert.deepEqual([first.total, first.items.length, rest.items.length, rest.next], [4, 3, 1, null])
    assert.deepEqual(new Set([...first.items, ...rest.items].map((e) => e.unitCode)), new Set(['c1', 'c2', 'c3', 'p1']))
    assert.ok(first.items.every((e) => e.state === 'unmet' && e.checks[0]!.state === 'unmet'))
    assert.equal((await call(routes.events, { unitId: units.vn!, state: 'unmet', requirement: 'R3' }, as(OPERATOR, now))).items.length, 3)
    await assert.rejects(call(routes.events, { cursor: 'x' }, as(OPERATOR, now)), { code: 'INVALID' })
  })
  test('each requirement over a subtree, by counters above and by counting below', async () => {
    const now = at('2026-03-18')
    const of = async (unit: string) => Object.fromEntries((await call(routes.requirements, { unitId: units[unit]!, programmeId: PROGRAMME }, as(OPERATOR, now))).items.map((i) => [i.requirement, Object.entries(i.counts).filter(([, n]) => n > 0).flat().join(' ')]))
    assert.deepEqual(await of('vn'), { R1: 'unmet 4', R2: 'at_risk 4', R3: 'unmet 3 at_risk 1', R4: 'not_assessed 4' })
    assert.deepEqual(await of('c1'), { R1: 'unmet 1', R2: 'at_risk 1', R3: 'at_risk 1', R4: 'not_assessed 1' })
  })
  test('completeness by month counts what falls due in it', async () => {
    const shown = await call(routes.completeness, { until: '2026-03-31' }, as(OPERATOR, at('2026-03-18')))
    assert.deepEqual([shown.months.length, shown.months.at(-1), shown.rows.map((r) => [r.name, r.months.at(-1)!.total, r.months.at(-1)!.reported])], [12, '2026-03-01', [['Tỉnh Hai', 2, 0], ['Tỉnh Một', 6, 1]]])
  })
  test('go or no-go: computed from the requirements, concluded by a person, and not over what is unmet', async () => {
    const ana = { id: ANA, kind: 'person' } as const
    const now = at('2026-03-18')
    const shown = await call(routes.goNoGo, { eventId: eventOf('c1') }, as(ana, now))
    assert.deepEqual([shown.verdict, shown.against[0]!.requirement, shown.sentence.vi], ['no_go', 'R1', 'Chưa đủ điều kiện: 1 điều kiện chưa đạt.'])
    const order = { eventId: eventOf('c1'), expectedVersion: shown.version }
    await assert.rejects(call(routes.conclude, { ...order, orderId: uuidv7(), verdict: 'go' }, as(ana, now)), { code: 'NOT_READY' })
    await assert.rejects(call(routes.conclude, { ...order, orderId: uuidv7(), verdict: 'no_go', expectedVersion: 1 }, as(ana, now)), { code: 'CHANGED' })
    await call(routes.conclude, { ...order, orderId: uuidv7(), verdict: 'no_go', note: 'Chờ thay khóa' }, as(ana, now))
    assert.deepEqual((({ verdict, note }) => [verdict, note])((await call(routes.goNoGo, { eventId: eventOf('c1') }, as(ana, now))).concluded!), ['no_go', 'Chờ thay khóa'])
    // A leader who does not sign in: entered by another, on paper with the signed page.
    const told = { ...order, verdict: 'no_go' as const }
    await assert.rejects(call(routes.conclude, { ...told, orderId: uuidv7(), told: { by: 'Phó Chủ tịch', how: 'paper' } }, as(ana, now)), { code: 'SCAN_MISSING' })
    await assert.rejects(call(routes.conclude, { ...told, orderId: uuidv7(), told: { by: 'Phó Chủ tịch', how: 'paper' }, files: [uuidv7()] }, as(ana, now)), { code: 'FILE_UNKNOWN' })
    const file = uuidv7()
    await as(ana, now).context.side.insertInto('file_blobs').values({ id: file, sha256: Buffer.alloc(32), name: 'trang-da-ky.pdf', type: 'application/pdf', size: 9, salt: Buffer.alloc(16), uploaded_by: ANA, uploaded_at: now }).execute()
    await call(routes.conclude, { ...told, orderId: uuidv7(), told: { by: 'Phó Chủ tịch', how: 'paper' }, files: [file] }, as(ana, now))
    const signed = (await call(routes.goNoGo, { eventId: eventOf('c1') }, as(ana, now))).concluded!
    assert.deepEqual([signed.toldBy, signed.files.map((one) => one.name)], ['Phó Chủ tịch', ['trang-da-ky.pdf']])
    // So is a waiver.
    const waiver = { eventId: eventOf('c1'), requirement: 'R1', reason: 'Đã có người gác', until: '2026-03-18T09:00:00Z', told: { by: 'Phó Chủ tịch', how: 'paper' as const } }
    await assert.rejects(call(routes.waive, { ...waiver, orderId: uuidv7() }, as(ana, now)), { code: 'SCAN_MISSING' })
    await assert.rejects(call(routes.waive, { ...waiver, orderId: uuidv7(), files: [uuidv7()] }, as(ana, now)), { code: 'FILE_UNKNOWN' })
    await call(routes.waive, { ...waiver, orderId: uuidv7(), files: [file] }, as(ana, now))
    const given = (await call(routes.event, { eventId: eventOf('c1') }, as(ana, now))).checks.find((one) => one.requirement === 'R1')!.waiver!
    assert.deepEqual([given.toldBy, given.by.id, given.files.map((one) => one.name)], ['Phó Chủ tịch', ANA, ['trang-da-ky.pdf']])
    await call(routes.withdraw, { eventId: eventOf('c1'), requirement: 'R1', reason: 'Trả lại như cũ', orderId: uuidv7() }, as(ana, now))
  })
  test('a conclusion is not undone: it is withdrawn with a reason, and the event is again not concluded', async () => {
    const ana = { id: ANA, kind: 'person' } as const
    const now = at('2026-03-18', '03:00')
    const order = { eventId: eventOf('c1'), reason: 'Trang ký của sự kiện khác' }
    const read = () => call(routes.goNoGo, { eventId: eventOf('c1') }, as(ana, now))
    const { at: concludedAt } = (await read()).concluded!
    await assert.rejects(call(routes.withdrawConclusion, { ...order, orderId: uuidv7(), concludedAt: '2026-03-01T00:00:00Z' }, as(ana, now)), { code: 'CONCLUSION_NEWER' })
    await assert.rejects(call(routes.withdrawConclusion, { ...order, orderId: uuidv7(), concludedAt }, as({ id: BINH, kind: 'person' }, now)), { code: 'NOT_FOUND' })
    await call(routes.withdrawConclusion, { ...order, orderId: uuidv7(), concludedAt }, as(ana, now))
    const shown = await read()
    assert.deepEqual([shown.concluded, shown.withdrawn!.verdict, shown.withdrawn!.by.id, shown.withdrawn!.reason, shown.withdrawn!.at], [null, 'no_go', ANA, order.reason, now.toISOString()])
    await assert.rejects(call(routes.withdrawConclusion, { ...order, orderId: uuidv7(), concludedAt }, as(ana, now)), { code: 'CONCLUSION_MISSING' })
    await call(routes.conclude, { eventId: eventOf('c1'), expectedVersion: shown.version, orderId: uuidv7(), verdict: 'no_go' }, as(ana, at('2026-03-18', '04:00')))
    assert.deepEqual((({ concluded, withdrawn }) => [concluded!.verdict, withdrawn])(await read()), ['no_go', null])
  })
  test('counters equal what the events say, and the tree may be turned round', async () => {
    const equal = async () => assert.deepEqual(
      await rows(asReader(t.db), sql`select u.unit_id, t.level, t.events_unmet, t.checks_unmet, t.checks_met from check_totals t join public_units_tree u using (unit_id) where t.events_unmet <> 0 or t.checks_met <> 0 order by 1, 2`),
      await rows(asReader(t.db), sql`select a.unit_id, c.level, (count(distinct c.event_id) filter (where c.rank = 0))::int as events_unmet, count(*) filter (where s.value = 'unmet')::int as checks_unmet, count(*) filter (where s.value = 'met')::int as checks_met
        from event_checks c join access_units u on u.unit_id = c.unit_id join access_units a on u.path >= a.path and u.path < left(a.path, -1) || '/' cross join lateral jsonb_each_text(c.states) s group by 1, 2 order by 1, 2`))
    await equal()
    await applyImport(t.as(OPERATOR, { at: at('2026-03-19') }), uuidv7(), { scheme: 'admin', asOf: '2026-03-19', bytes: new TextEncoder().encode(CSV.replace('c2,Xã Hai,commune,p1', 'c2,Xã Hai,commune,p2')) })
    await settle(at('2026-03-19'))
    await equal()
    const shown = await board(at('2026-03-19', '03:00'))
    assert.deepEqual(shown.rows.map(short), [['p2', 'unmet 2', 4, 2], ['p1', 'unmet 2', 4, 1]])
    assert.deepEqual((await board(at('2026-03-19', '03:00'), { at: '2026-03-18' })).rows.map(short), [['p2', 'unmet 1', 2, 1], ['p1', 'unmet 3', 6, 2]])
    // Of the unmet those past their day are told apart.
    const brief = async (now: Date) => { const { events, over } = await call(routes.brief, {}, as(OPERATOR, now)); return [events[0], over] }
    assert.deepEqual([await brief(at('2026-03-19', '03:00')), await brief(at('2027-03-19'))], [[4, 0], [4, 4]])
  })
  test('boards hear of what moved, once for all screens, and only those that are looked at', async () => {
    const sent: [string, string, BoardPatch][] = []
    const boards = openBoards({ read: asReader(t.db), hub: { followed: () => [`board:${units.p1}`], publish: (topic, id, _, patch) => sent.push([topic, id, patch as BoardPatch]) } })
    boards.touch('readiness', [units.c1!, units.p1!, units.vn!, units.c3!])
    boards.flush('tasks.totals')
    await boards.settled()
    assert.equal(sent.length, 0, 'another follower has committed, not this one')
    boards.flush('readiness')
    await boards.settled()
    assert.deepEqual(sent.map(([topic, id]) => [topic, id]), [[`board:${units.p1}`, units.c1], [`board:${units.p1}`, units.p1]])
    assert.deepEqual(sent[0]![2].of.map(([programme, events, , tasks]) => [programme, events[0], tasks[0]]), [[null, 1, 2], [PROGRAMME, 1, 2]])
    assert.equal((await readPatches(asReader(t.db), [units.c4!], at('2026-03-19'))).get(units.c4!)!.patch.of.length, 1)
  })
  test('the clock is looked at although facts keep coming', async () => {
    const state = async () => (await rows(asReader(t.db), sql<{ state: string }>`select states ->> 'R2' as state from event_checks where event_id = ${eventOf('c3')}`))[0]!.state
    assert.equal(await state(), 'at_risk')
    await report(at('2026-03-20', '18:00'), 'c1', 'T2', { reached: 20 })
    await step(t.pool, followers.find((f) => f.name === 'readiness')!, at('2026-03-20', '18:00'))
    assert.equal(await state(), 'unmet')
  })
})
