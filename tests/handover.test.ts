// A unit ends; what is open of it passes to the one that took over, by one order over all capabilities. What happened before keeps the old name.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { bodiesRoutes } from '../src/capabilities/bodies/routes.ts'
import { plansRoutes } from '../src/capabilities/plans/routes.ts'
import { reportsRoutes } from '../src/capabilities/reports/routes.ts'
import { openDue } from '../src/capabilities/reports/routes/orders.ts'
import { planNeeds } from '../src/app/plan-tables.ts'
import { countries } from '../src/app/countries.ts'
import { checkRebuild } from '../src/app/rebuild.ts'
import { custody } from '../src/capabilities/custodies/routes.ts'
import { carriers, followers, projectors, schemaFolders } from '../src/app/wiring.ts'
import { OPERATOR } from '../src/kernel/access.ts'
import { asReader, rows } from '../src/kernel/db.ts'
import { uuidv7 } from '../src/kernel/ids.ts'
import { catchUp, freshDb } from '../src/kernel/testing.ts'
import type { TestDb } from '../src/kernel/testing.ts'
import { inboxesRoutes } from '../src/capabilities/inboxes/routes.ts'
import { programmesRoutes } from '../src/capabilities/programmes/routes.ts'
import { tasksRoutes } from '../src/capabilities/tasks/routes.ts'
import { tasksOfEvents } from '../src/capabilities/tasks/store/events.ts'
import { heirOf } from '../src/capabilities/units/decide/handover.ts'
import { Letter } from '../src/capabilities/papers/contract/letter.ts'
import { papersRoutes } from '../src/capabilities/papers/routes.ts'
import { paperDrafts } from '../src/app/paper-drafts/drafts.ts'
import type { Heir } from '../src/capabilities/units/decide/handover.ts'
import { inboxSource } from '../src/capabilities/units/reacts.ts'
import { unitsRoutes } from '../src/capabilities/units/routes.ts'
import { applyImport, applySuccessors } from '../src/capabilities/units/routes/orders.ts'
import { fairTemplate, idsOf, populate } from './scene.ts'

const HEAD = 'code,name,kind,parent_code\n'
const BEFORE = `${HEAD}VN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n02,Tỉnh Hai,province,VN\nd1,Huyện Một,district,01\nd2,Huyện Hai,district,01\n101,Xã Một,commune,d1\n102,Xã Hai,commune,d1\n200,Khu vực Một,area,01\n201,Khu vực Hai,area,02\n`
const AFTER = `${HEAD}VN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n02,Tỉnh Hai,province,VN\n101,Xã Một,commune,01\n200,Khu vực Một,area,01\n201,Khu vực Hai,area,02\n`
const SUCCESSORS = 'from_code,to_code,part\nd1,200,full\n102,101,full\nd2,200,partial\nd2,201,partial\n'
const TEMPLATE = fairTemplate({ levels: ['district', 'commune'], tasks: [
  '{ code: T2, stream: site, level: all, due: ready, name: { vi: "Việc hai", en: "Two" } }',
  '{ code: T4, stream: site, level: district, due: opening, to: [commune], target: { unit: patrol, count: 20 }, name: { vi: "Tuần tra", en: "Patrol" } }',
] })
const FORM = 'code: count\nname: { vi: Đếm, en: Count }\nsections: [{ title: { vi: Số, en: Figures }, fields: [{ code: n, label: { vi: Chốt, en: Posts } }] }]\nchecks: []\n'
const NOW = new Date('2026-03-02T02:00:00Z')
const LETTER = Letter.parse({ kind: 'plan', subject: 'Kế hoạch', head: { profile: 'state', issuer: 'UBND', short: 'UB', place: 'Hà Nội' }, body: [{ type: 'text', text: 'Một' }] })
const HOLDERS: Record<string, [string, string]> = { secretariat: ['01', 'secretariat'], head: ['01', 'head'], heir: ['200', 'head'], commune: ['101', 'head'], stranger: ['02', 'secretariat'] }
const person = idsOf(HOLDERS, NOW)

describe('one heir', () => {
  const heir = (code: string, full: boolean): Heir => ({ id: code, code, name: code, kind: 'commune', full })
  const gone = { id: 'a', code: 'a', name: 'Xã A', kind: 'commune', until: '2026-07-01' }
  test('the one full successor takes over, whoever got a part', () => assert.equal((heirOf(gone, [heir('b', false), heir('c', true)], undefined, '2026-07-02') as Heir).id, 'c'))
  test('of several full ones, or of parts alone, the order names one', () => {
    for (const heirs of [[heir('b', true), heir('c', true)], [heir('b', false), heir('c', false)]]) {
      assert.equal((heirOf(gone, heirs, undefined, '2026-07-02') as { refused: string }).refused, 'SUCCESSOR_UNCLEAR')
      assert.equal((heirOf(gone, heirs, 'c', '2026-07-02') as Heir).id, 'c')
    }
  })
  test('nobody else is named, and a unit that stands hands nothing over', () => {
    assert.deepEqual(heirOf(gone, [heir('b', true)], 'z', '2026-07-02'), { refused: 'NOT_SUCCESSOR', data: { name: 'Xã A' } })
    assert.deepEqual(heirOf(gone, [], undefined, '2026-07-02'), { refused: 'NO_SUCCESSOR', data: { name: 'Xã A' } })
    assert.deepEqual(heirOf({ ...gone, until: null }, [heir('b', true)], undefined, '2026-07-02'), { refused: 'UNIT_STANDS', data: { name: 'Xã A' } })
  })
})

describe('handing over', () => {
  let t: TestDb
  let clock = NOW
  let unit: Record<string, string> = {}
  const units = unitsRoutes(carriers)
  const tasks = tasksRoutes()
  const papers = papersRoutes(paperDrafts('Asia/Ho_Chi_Minh'))
  const programmes = programmesRoutes({ countries: countries(), tasksOfEvents })
  const reports = reportsRoutes({ zone: 'Asia/Ho_Chi_Minh', shipped: () => [], custody: custody('Asia/Ho_Chi_Minh') })
  const [plans, bodies] = [plansRoutes(planNeeds('Asia/Ho_Chi_Minh')), bodiesRoutes()]
  const inbox = inboxesRoutes({ sources: [inboxSource], mayWatch: {} })
  const id = () => uuidv7(clock)
  const as = (who = '') => ({ context: t.as(who ? { id: person[who]!, kind: 'person' } : OPERATOR, { at: clock }) })
  const read = <T>(query: ReturnType<typeof sql<T>>) => rows(asReader(t.db), query)
  const settle = () => catchUp(t, followers, clock, true)
  /** The boards' figures against a plain count of the rows, of every unit with all below it. */
  const counted = async () => {
    await settle()
    assert.deepEqual(await read(sql`select unit_id, sum(total)::int as total, sum(done)::int as done, sum(reported)::int as reported from public_tasks_totals group by 1 having sum(total) <> 0 order by 1`),
      await read(sql`select a.unit_id, count(*)::int as total, count(*) filter (where t.state = 'verified')::int as done, count(*) filter (where t.state = 'reported')::int as reported from access_units a
        join access_units u on u.path >= a.path and u.path < left(a.path, -1) || '/' join tasks t on t.unit_id = u.unit_id where t.state <> 'withdrawn' group by 1 order by 1`))
    assert.deepEqual(await read(sql`select unit_id, sum(events_unmet + events_at_risk + events_not_assessed + events_waived + events_not_due + events_met)::int as events from check_totals group by 1 having sum(events_unmet + events_at_risk + events_not_assessed + events_waived + events_not_due + events_met) <> 0 order by 1`),
      await read(sql`select a.unit_id, count(*)::int as events from access_units a join access_units u on u.path >= a.path and u.path < left(a.path, -1) || '/' join events e on e.unit_id = u.unit_id where e.phase <> 'cancelled' group by 1 order by 1`))
  }
  const of = async (code: string) => (await read(sql<{ events: number; led: number; issued: number }>`select (select count(*)::int from events where unit_id = ${unit[code]}) as events,
    (select count(*)::int from tasks where unit_id = ${unit[code]} and state not in ('verified', 'withdrawn')) as led, (select count(*)::int from tasks where issuer_unit_id = ${unit[code]} and state not in ('verified', 'withdrawn')) as issued`))[0]!
  const preview = (code: string, who = 'secretariat', to?: string) => call(units.previewHandover, { unitId: unit[code]!, ...(to ? { toId: unit[to]! } : {}) }, as(who))
  let [paper, sent] = ['', '']
  let directive = ''
  let [above, below, plan, asked, body, seat] = ['', '', '', '', '', '']
  const reportAt = async (collectionId: string, code: string) => (await read(sql<{ id: string }>`select id from reports where collection_id = ${collectionId} and unit_id = ${unit[code]} and on_day = '2026-03-06'`))[0]!.id
  let reported = ''

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    unit = await populate(t, BEFORE, NOW, HOLDERS, person)
    await call(programmes.templates.import, { orderId: id(), unitId: unit['VN']!, text: TEMPLATE }, as())
    await call(programmes.programmes.create, { orderId: id(), code: 'fair26', name: { vi: 'Hội chợ 2026', en: 'Fair 2026' }, unitId: unit['VN']!, template: 'fair' }, as())
    await call(programmes.programmes.cascade, { orderId: id(), code: 'fair26', dates: 'code,date\nd1,2026-09-20\n101,2026-09-10\n102,2026-09-11\n' }, as())
    await call(programmes.templates.import, { orderId: id(), unitId: unit['d1']!, text: TEMPLATE.replace('code: fair', 'code: fete') }, as())
    await call(programmes.programmes.create, { orderId: id(), code: 'fete26', name: { vi: 'Lễ hội 2026', en: 'Fête 2026' }, unitId: unit['d1']!, template: 'fete' }, as())
    const issued = await call(tasks.issueDirective, { orderId: id(), issuerUnitId: unit['d1']!, title: 'Chỉ đạo', tasks: [{ title: 'x', unitIds: [unit['101']!], supportingUnitIds: [unit['102']!] }] }, as())
    directive = issued.directiveId
    await call(tasks.assign, { orderId: id(), issuerUnitId: unit['01']!, unitId: unit['200']!, supportingUnitIds: [unit['d1']!], title: 'Phối hợp', workstream: 'site' }, as())
    const [own] = await read(sql<{ id: string }>`select id from tasks where unit_id = ${unit['d1']} and item = 'T2'`)
    await call(tasks.report, { orderId: id(), taskId: own!.id, note: 'x' }, as())
    await call(tasks.verify, { orderId: id(), taskId: own!.id }, as())
    reported = (await read(sql<{ id: string }>`select id from tasks where unit_id = ${unit['101']} and item = 'T2'`))[0]!.id
    await call(tasks.report, { orderId: id(), taskId: reported, note: 'x' }, as())
    paper = (await call(papers.issue, { orderId: id(), unitId: unit['d1']!, letter: LETTER }, as())).paperId
    sent = (await call(papers.issue, { orderId: id(), unitId: unit['01']!, letter: LETTER, sentTo: [unit['d1']!] }, as())).paperId
    // What the district owes, asked and published; its plan, and one that it was asked about; its body, and one that it sits in.
    const asking = (code: string, formId: string, kinds: string[]) => call(reports.collections.ask, { orderId: id(), unitId: unit[code]!, formId, title: 'Đếm', schedule: { every: 'week', weekday: 5, hour: '16:00' }, owing: { kinds } } as never, as())
    const { formId } = await call(reports.forms.publish, { orderId: id(), unitId: unit['d1']!, text: FORM }, as())
    ;[above, below] = [(await asking('01', formId, ['district', 'commune'])).collectionId, (await asking('d1', formId, ['commune'])).collectionId]
    for (const [of, code, n] of [[above, 'd1', 7], [above, '101', 3], [below, '101', 3], [below, '102', 4]] as const) await call(reports.submit, { orderId: id(), reportId: await reportAt(of, code), expectedVersion: 1, values: { n } }, as())
    const drafting = async (code: string) => (await call(plans.draft, { orderId: id(), unitId: unit[code]!, template: 'scheme-medical', title: 'Phương án y tế' } as never, as())).planId
    plan = await drafting('d1')
    asked = await drafting('01')
    await call(plans.consult, { orderId: id(), planId: asked, expectedVersion: 1, unitIds: [unit['d1']!, unit['02']!], due: '2026-03-20' } as never, as())
    const forming = async (code: string, members: { unitId: string; role: string }[]) => (await call(bodies.form, { orderId: id(), unitId: unit[code]!, kind: 'steering', name: `Ban của ${code}`, legalBasis: null, mandate: null, parentId: null, from: null, until: null, members } as never, as())).bodyId
    body = await forming('d1', [{ unitId: unit['d1']!, role: 'chair' }, { unitId: unit['200']!, role: 'member' }, { unitId: unit['101']!, role: 'member' }])
    seat = await forming('01', [{ unitId: unit['01']!, role: 'chair' }, { unitId: unit['d1']!, role: 'member' }])
    await counted()
    await assert.rejects(preview('d1'), { code: 'UNIT_STANDS' })
    clock = new Date('2026-07-02T02:00:00Z')
    await applyImport(t.as(OPERATOR, { at: clock }), id(), { scheme: 'admin', asOf: '2026-07-01', bytes: new TextEncoder().encode(AFTER) })
    await assert.rejects(preview('d1'), { code: 'NO_SUCCESSOR' })
    await applySuccessors(t.as(OPERATOR, { at: clock }), id(), { scheme: 'admin', on: '2026-07-01', skipUnknown: false, bytes: new TextEncoder().encode(SUCCESSORS) })
    await counted()
  })

  test('is previewed with counts, by who holds the right above both; to others the unit looks missing', async () => {
    const { unit: from, to, counts } = await preview('d1')
    assert.deepEqual([from.code, to.code, counts], ['d1', '200', { events: 1, tasks: 2, issued: 7, supported: 1, directives: 1, programmes: 1, templates: 1, papers: 1, reports: 1, requests: 1, forms: 1, plans: 1, bodies: 2, grants: 0 }])
    for (const who of ['head', 'heir', 'stranger']) await assert.rejects(preview('d1', who), { code: 'NOT_FOUND' }, who)
    assert.deepEqual(await of('d1'), { events: 1, led: 2, issued: 7 }, 'a preview changes nothing')
  })
  test('with parts alone the order names who; a unit beyond one’s rights is no choice', async () => {
    await assert.rejects(preview('d2'), { code: 'SUCCESSOR_UNCLEAR' })
    assert.equal((await preview('d2', 'secretariat', '200')).to.code, '200')
    await assert.rejects(preview('d2', 'secretariat', '201'), { code: 'NOT_SUCCESSOR' })
    await assert.rejects(preview('d2', 'secretariat', '101'), { code: 'NOT_SUCCESSOR' })
  })
  test('what came since the preview refuses the order, and leaves nothing', async () => {
    const { seen } = await preview('d1')
    await call(tasks.withdraw, { orderId: id(), taskId: (await read(sql<{ id: string }>`select id from tasks where unit_id = ${unit['102']} and item = 'T2'`))[0]!.id, reason: 'Không còn' }, as())
    const [lines] = await read(sql<{ n: number }>`select count(*)::int as n from journal`)
    await assert.rejects(call(units.handOver, { orderId: id(), unitId: unit['d1']!, seen }, as('secretariat')), { code: 'HANDOVER_STALE' })
    assert.deepEqual(await read(sql`select count(*)::int as n from journal`), [lines])
  })
  test('passes events, unfinished tasks, directives, programmes and templates in one order, once; the boards follow', async () => {
    const { seen, counts } = await preview('d1')
    const order = { orderId: id(), unitId: unit['d1']!, seen }
    const done = await call(units.handOver, order, as('secretariat'))
    assert.deepEqual(await call(units.handOver, order, as('secretariat')), done, 'sent twice, done once')
    assert.deepEqual(done.counts, counts)
    assert.deepEqual(await of('d1'), { events: 0, led: 0, issued: 0 })
    assert.deepEqual(await read(sql`select p.code, t.code as template from programmes p, templates t where p.unit_id = ${unit['200']} and t.unit_id = p.unit_id`), [{ code: 'fete26', template: 'fete' }])
    assert.deepEqual(await of('200'), { events: 1, led: counts.tasks + 1, issued: counts.issued })
    assert.deepEqual(await read(sql`select s.unit_id from task_supports s join tasks t on t.id = s.task_id where t.title = 'Phối hợp'`), [], 'who leads does not support too')
    await counted()
    await assert.rejects(call(units.handOver, { orderId: id(), unitId: unit['d1']!, seen: (await preview('d1')).seen }, as('secretariat')), { code: 'NOTHING_CHANGED' })
  })
  test('the register of papers passes: the successor reads, acknowledges what was sent, withdraws; numbers stay', async () => {
    const got = await call(papers.get, { paperId: paper }, as('heir'))
    assert.deepEqual([got.unit.id, got.written, got.may.withdraw], [unit['d1'], '01/KH-UB', true])
    await call(papers.acknowledge, { orderId: id(), paperId: sent, unitId: unit['200']! }, as('heir'))
    await call(papers.withdraw, { orderId: id(), paperId: paper, reason: 'Đơn vị đã giải thể' }, as('heir'))
    assert.equal((await call(papers.issue, { orderId: id(), unitId: unit['200']!, letter: LETTER }, as('heir'))).written, '01/KH-UB', 'a register of its own')
    await assert.rejects(call(papers.get, { paperId: paper }, as('stranger')), { code: 'NOT_FOUND' })
  })
  test('reports, requests and forms pass: figures stay under the old name, the successor corrects what was said and publishes on', async () => {
    const seen = await call(reports.collections.overview, { collectionId: below, unitId: unit['d1']! }, as('heir'))
    assert.deepEqual([seen.unit.name, seen.on, seen.totals.map((x) => [x.level, x.reported, x.owes, x.sums])], ['Huyện Một', '2026-03-06', [['commune', 2, 2, [7]]]])
    await assert.rejects(call(reports.collections.overview, { collectionId: below, unitId: unit['d1']! }, as('stranger')), { code: 'NOT_FOUND' })
    const own = await reportAt(above, 'd1')
    const before = await call(reports.collections.overview, { collectionId: above, unitId: unit['01']!, on: '2026-03-06' }, as('head'))
    await call(reports.submit, { orderId: id(), reportId: own, expectedVersion: 2, values: { n: 8 }, reason: 'Đếm lại' }, as('heir'))
    await settle()
    const after_ = await call(reports.collections.overview, { collectionId: above, unitId: unit['01']!, on: '2026-03-06' }, as('head'))
    const sums = (one: typeof before) => one.totals.map((x) => [x.level, x.sums[0]])
    assert.deepEqual([sums(before), sums(after_)], [[['district', 7], ['commune', 3]], [['district', 8], ['commune', 3]]])
    assert.deepEqual((await call(reports.collections.children, { collectionId: above, unitId: unit['01']!, on: '2026-03-06' }, as('head'))).items.map((one) => one.unit.name).includes('Huyện Một'), true, 'the past keeps its tree')
    assert.equal((await call(reports.forms.publish, { orderId: id(), unitId: unit['d1']!, text: `${FORM}# hai`, expectedVersion: 1 }, as('secretariat'))).version, 2)
    assert.ok((await call(reports.collections.list, { limit: 50 }, as('heir'))).items.some((one) => one.id === below))
    await openDue(t.as(OPERATOR, { at: clock }))
    assert.deepEqual(await read(sql`select distinct above[1] = ${unit['200']}::uuid as heir from reports where collection_id = ${below} and on_day > '2026-03-06'`), [], 'nobody is below the one that took over')
    await call(reports.collections.end, { orderId: id(), collectionId: below }, as('heir'))
  })
  test('plans pass, and what the unit was asked to say about others; bodies keep one seat for both', async () => {
    assert.equal((await call(plans.get, { planId: plan }, as('heir'))).unit.id, unit['200'])
    const other = await call(plans.get, { planId: asked }, as('heir'))
    assert.deepEqual(other.consulted.map((one) => [one.unit.id, one.mine]).toSorted(), [[unit['200'], true], [unit['02'], false]].toSorted())
    const of = await call(bodies.get, { bodyId: body }, as('heir'))
    assert.deepEqual([of.unit.id, of.members.map((one) => [one.unit.id, one.role])], [unit['200'], [[unit['200'], 'chair'], [unit['101'], 'member']]])
    assert.deepEqual((await call(bodies.get, { bodyId: seat }, as('head'))).members.map((one) => one.unit.id), [unit['01'], unit['200']])
    await assert.rejects(call(plans.get, { planId: plan }, as('stranger')), { code: 'NOT_FOUND' })
  })
  test('the successor acts: verifies what was reported to the old unit, accepts, sees the directive, and hears of it', async () => {
    await call(tasks.verify, { orderId: id(), taskId: reported }, as('heir'))
    const [own] = await read(sql<{ id: string }>`select id from tasks where unit_id = ${unit['200']} and item = 'T1'`)
    await call(tasks.accept, { orderId: id(), taskId: own!.id }, as('heir'))
    assert.equal((await call(tasks.directive, { directiveId: directive }, as('heir'))).id, directive)
    await settle()
    const { items } = await call(inbox.list, { kind: 'assigned', limit: 50 }, as('heir'))
    assert.ok(items.some((item) => item.sentence === 'Nhận bàn giao từ Huyện Một: 1 sự kiện, 2 nhiệm vụ chủ trì, 6 nhiệm vụ đã giao'), items.map((item) => item.sentence).join('\n'))
  })
  test('what was done stays with the unit that did it, and the record before names it', async () => {
    assert.deepEqual(await read(sql`select item from tasks where unit_id = ${unit['d1']} and state = 'verified'`), [{ item: 'T2' }])
    const history = await read(sql<{ type: string }>`select type from journal where subject = ${`task:${reported}`} order by position`)
    assert.deepEqual(history.map((line) => line.type), ['task.reported.v1', 'task.handed_over.v1', 'task.verified.v1'])
  })
  test('a unit that takes over another’s event hosts both', async () => {
    await call(units.handOver, { orderId: id(), unitId: unit['102']!, seen: (await preview('102')).seen }, as('secretariat'))
    assert.equal((await of('101')).events, 2)
    await counted()
    const again = await call(programmes.programmes.cascade, { orderId: id(), code: 'fair26', dates: 'code,date\n101,2026-09-10\n' }, as())
    assert.equal(again.events, 0)
  })
  test('the journal alone gives the same tables', async () => {
    const { people: _, grants: __, ...differing } = (await checkRebuild({ connect: t.connect })).differing // put in above without a fact
    assert.deepEqual(differing, {})
  })
})
