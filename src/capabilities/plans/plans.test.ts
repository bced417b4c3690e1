// Plans: written by two at once, consulted, appraised, approved into tasks, and stale when what they rest on changed.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { fairTemplate, idsOf, populate, TASK_UNITS } from '../../../tests/scene.ts'
import { checkRebuild } from '../../app/rebuild.ts'
import { planNeeds } from '../../app/plan-tables.ts'
import { followers, projectors, schemaFolders, wire } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import type { bodiesRoutes } from '../bodies/routes.ts'
import type { inboxesRoutes } from '../inboxes/routes.ts'
import type { papersRoutes } from '../papers/routes.ts'
import type { programmesRoutes } from '../programmes/routes.ts'
import type { tasksRoutes } from '../tasks/routes.ts'
import type { Action } from './contract/shapes.ts'
import { approvable, newTasks } from './decide/approve.ts'
import { changesIn, compare } from './decide/compare.ts'
import { beginVersion, writeSection } from './decide/edit.ts'
import type { PlanRow } from './decide/edit.ts'
import { appraise, raisePoint } from './decide/review.ts'
import { piecesOf } from './decide/text.ts'
import type { plansRoutes } from './routes.ts'

const NOW = new Date('2026-03-04T02:00:00Z')
const HOLDERS = { secretariat: ['VN', 'secretariat'], head: ['01', 'head'], officer: ['01', 'officer'], asked: ['02', 'head'], stranger: ['201', 'head'], reader: ['01', 'reader'] } as const

describe('the rules', () => {
  const header = { title: 'x', headId: 'h', eventId: null, programmeId: null, basis: null, restsOn: [], reviewOn: null }
  const plan = (more: Partial<PlanRow> = {}): PlanRow => ({ id: 'p', unitId: 'u', graded: false, lang: 'vi', n: 1, phase: 'drafting', inForce: null, begunAt: NOW, version: 3, headVersion: 1, header, sections: [{ id: 's', title: 'S', version: 2, written: true, tables: [], units: [] }], appraisal: null, ...more })
  const said = (x: object) => ('refused' in x ? x.refused : 'taken')
  const action = (id: string, unitId: string | null): Action => ({ id, title: `Việc ${id}`, unitId, supportingUnitIds: [], due: null, product: null })
  test('only a version that is not approved is written; an approved one begins a new version', () => {
    const write = (p: PlanRow) => said(writeSection(p, 2, { sectionId: 's', title: 'S', content: { id: 'c', hash: '' }, tables: [], units: [], actions: 0 }, { unknown: undefined, unfit: false }))
    assert.deepEqual((['drafting', 'consulting', 'appraising', 'approved', 'replaced', 'withdrawn'] as const).map((phase) => write(plan({ phase }))), ['taken', 'taken', 'taken', 'PLAN_IN_FORCE', 'PLAN_CLOSED', 'PLAN_CLOSED'])
    assert.deepEqual([said(beginVersion(plan({ phase: 'approved' }))), said(beginVersion(plan()))], ['taken', 'PLAN_NOT_APPROVED'])
  })
  test('approval is of what was read, names a head, follows the appraisal, and on paper shows the signed page', () => {
    const given = { expectedVersion: 3, number: null, inForceFrom: '2026-03-05', how: null as string | null, files: [], replaces: [] as string[] }
    const of = (p: PlanRow, more = {}) => { const shut = approvable(p, { ...given, ...more }, { replaceable: new Set(['old']) }, '2026-03-06', (at) => at.toISOString().slice(0, 10)); return shut ? shut.refused : 'taken' }
    assert.deepEqual([
      of(plan()), of(plan({ version: 4 })), of(plan({ header: { ...header, headId: null } })), of(plan({ sections: [] })), of(plan({ appraisal: { verdict: null, open: 0, unitId: 'a' } })), of(plan({ appraisal: { verdict: 'pass', open: 0, unitId: 'a' } })),
      of(plan(), { how: 'paper' }), of(plan(), { how: 'telephone' }), of(plan(), { replaces: ['old'] }), of(plan(), { replaces: ['other'] }), of(plan({ phase: 'approved' })), of(plan(), { approvedOn: '2026-03-04' }), of(plan(), { approvedOn: '2026-03-03' }), of(plan(), { approvedOn: '2026-03-07' }), of(plan(), { approvedOn: '2026-02-03', how: 'paper', files: [{ id: 'f' }] }),
    ], ['taken', 'CHANGED', 'HEAD_MISSING', 'PLAN_EMPTY', 'NOT_APPRAISED', 'taken', 'PLAN_SCAN_MISSING', 'taken', 'taken', 'PLAN_UNKNOWN', 'PLAN_IN_FORCE', 'taken', 'APPROVED_EARLY', 'APPROVED_AHEAD', 'taken'])
  })
  test('a version passes its appraisal when every point is fixed or answered; it can be sent back with points open', () => {
    const open = plan({ phase: 'appraising', appraisal: { verdict: null, open: 2, unitId: 'a' } })
    assert.deepEqual([said(appraise(open, true, 'pass', null)), said(appraise(open, true, 'return', null)), said(raisePoint(plan(), true, { pointId: 'q', sectionId: null, text: { id: 't', hash: '' } }))], ['POINTS_OPEN', 'taken', 'NOT_APPRAISING'])
  })
  test('an action that is a task already makes no second one; without a unit, or too many, approval is refused', () => {
    const tasks = (actions: Action[], made: string[] = []) => { const found = newTasks(actions, new Set(made)); return 'refused' in found ? found.refused : found.tasks.map((one) => one.id) }
    assert.deepEqual([tasks([action('1', 'u'), action('2', 'u')], ['1']), tasks([action('1', null)]), tasks(Array.from({ length: 101 }, (_, i) => action(String(i), 'u')))], [['2'], 'ACTION_NO_UNIT', 'TOO_MANY_TASKS'])
  })
  test('a text is paragraphs and points, as people type them', () => {
    assert.deepEqual(piecesOf('Một đoạn\ntiếp theo.\n\n1. Việc thứ nhất\n2. Việc thứ hai\n   nói thêm\n- gạch đầu dòng\n\nĐoạn cuối').map((one) => (one.kind === 'paragraph' ? one.text : one.items.map(({ mark, text }) => `${mark} ${text}`))), [
      'Một đoạn\ntiếp theo.', ['1. Việc thứ nhất', '2. Việc thứ hai nói thêm'], ['- gạch đầu dòng'], 'Đoạn cuối'])
    assert.deepEqual(piecesOf('Bố trí 12. Không phải điểm').length, 1)
  })
  test('what changed is shown word by word, and a section that came or went whole', () => {
    assert.deepEqual(changesIn('Bố trí 12 chốt tại cổng chính', 'Bố trí 15 chốt tại cổng chính'), [['same', 'Bố trí '], ['out', '12'], ['in', '15'], ['same', ' chốt tại cổng chính']])
    const from = [{ id: 'a', title: 'A', text: 'một' }, { id: 'b', title: 'B', text: 'hai' }, { id: 'e', title: 'E', text: null }]
    assert.deepEqual(compare(from, [{ id: 'c', title: 'C', text: 'ba' }, { id: 'a', title: 'A2', text: 'một' }, { id: 'e', title: 'E', text: null }]).map((one) => [one.id, one.what, one.was]), [['c', 'new', null], ['a', 'changed', 'A'], ['e', 'erased', null], ['b', 'gone', null]])
  })
  test('every shipped outline has its own sections in both languages, and names only tables that there are', () => {
    const { templates, sources } = planNeeds('Asia/Ho_Chi_Minh')
    assert.deepEqual(templates.filter((one) => one.kind === 'scheme').map((one) => one.matter), ['overall', 'fire', 'traffic', 'medical', 'access', 'systems', 'logistics', 'scenario'])
    for (const one of templates) {
      assert.equal(new Set(one.sections.map((s) => s.code)).size, one.sections.length, one.code)
      assert.ok(one.sections.some((s) => s.actions) && one.sections.every((s) => s.tables.every((table) => sources.has(table))), one.code)
    }
  })
})

describe('a plan', () => {
  let t: TestDb
  let unit: Record<string, string> = {}
  let [event, programme] = ['', '']
  const person = idsOf(HOLDERS, NOW)
  let plans: ReturnType<typeof plansRoutes>
  let tasks: ReturnType<typeof tasksRoutes>
  let bodies: ReturnType<typeof bodiesRoutes>
  let programmes: ReturnType<typeof programmesRoutes>
  let papers: ReturnType<typeof papersRoutes>
  let inboxes: ReturnType<typeof inboxesRoutes>
  const id = () => uuidv7(NOW)
  const as = (who: keyof typeof HOLDERS = 'head', at = NOW) => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at }) })
  const whole = (at = NOW) => ({ context: t.as(OPERATOR, { at }) })
  const read = <T>(query: ReturnType<typeof sql<T>>) => rows<T>(t.as(OPERATOR).read, query)
  const content = (text: string, more: object = {}) => ({ text, tables: [] as string[], actions: [] as Action[], ...more })
  const draft = async (title: string, more: object = {}, who: keyof typeof HOLDERS = 'officer') => {
    const { planId } = await call(plans.draft, { orderId: id(), unitId: unit['01']!, template: 'plan', title, headId: person['head']!, ...more }, as(who))
    return planId
  }
  const get = (planId: string, who: keyof typeof HOLDERS = 'head', n?: number, at = NOW) => call(plans.get, { planId, ...(n ? { n } : {}) }, as(who, at))
  const put = async (planId: string, code: string, what: object, who: keyof typeof HOLDERS = 'officer') => {
    const section = (await get(planId)).sections.find((s) => s.code === code)!
    return call(plans.write, { orderId: id(), planId, sectionId: section.id, expectedVersion: section.version, title: section.title, content: what as never }, as(who))
  }
  const approve = async (planId: string, more: object = {}, at = NOW) => call(plans.approve, { orderId: id(), planId, expectedVersion: (await get(planId)).version, inForceFrom: '2026-03-04', ...more }, as('head', at))

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    unit = await populate(t, TASK_UNITS, NOW, HOLDERS, person)
    ;({ plans, tasks, bodies, programmes, papers, inboxes } = wire({ read: t.as(OPERATOR).read, hub: { publish: () => {}, followed: () => [] }, clock: () => NOW, committer: t.committer } as never).router as never)
    await call(programmes.templates.import, { orderId: id(), unitId: unit['VN']!, text: fairTemplate({ levels: ['province'] }) }, whole())
    await call(programmes.programmes.create, { orderId: id(), code: 'F', name: { vi: 'Hội chợ', en: 'Fair' }, unitId: unit['VN']!, template: 'fair' } as never, whole())
    await call(programmes.programmes.cascade, { orderId: id(), code: 'F', units: 'unit_code\n01\n', dates: 'unit_code,day\n01,2026-06-01\n' } as never, whole())
    const [found] = await read(sql<{ event: string; programme: string }>`select event_id as event, programme_id as programme from public_programmes_events`)
    ;({ event, programme } = found!)
  })

  test('begins with the sections of its outline, and looks missing to who may not read it', async () => {
    const planId = await draft('Kế hoạch bảo đảm an toàn hội chợ')
    const shown = await get(planId, 'reader')
    await assert.rejects(call(papers.fromPlan, { planId: await draft('Phương án y tế', { template: 'scheme-medical' }) }, as()), { code: 'PLAN_NO_TEXT' })
    assert.deepEqual([shown.phase, shown.n, shown.sections.length, shown.sections[0]!.guide?.en.slice(0, 4), shown.head?.id, shown.can], ['drafting', 1, 7, 'What', person['head'], []])
    await assert.rejects(get(planId, 'stranger'), { code: 'NOT_FOUND' })
    await assert.rejects(call(plans.draft, { orderId: id(), unitId: unit['01']!, template: 'plan', title: 'x', headId: person['asked']! }, as('officer')), { code: 'HEAD_UNKNOWN' })
    const { items, total } = await call(plans.list, { q: 'an toan hoi', limit: 5 }, as('reader'))
    assert.deepEqual([items.map((one) => one.title), total, (await call(plans.list, { limit: 5 }, as('stranger'))).items], [['Kế hoạch bảo đảm an toàn hội chợ'], 1, []])
  })
  test('two who write one section: the second is told, and loses nothing; two who write different ones do not meet', async () => {
    const planId = await draft('Hai người viết')
    const { sections: [first, second] } = await get(planId)
    const write = (section: typeof first, text: string, version = 1) => call(plans.write, { orderId: id(), planId, sectionId: section!.id, expectedVersion: version, title: section!.title, content: content(text) }, as('officer'))
    const done = await Promise.allSettled([write(first, 'Của tôi'), write(first, 'Của bạn'), write(second, 'Chỗ khác')])
    assert.deepEqual(done.map((one) => (one.status === 'fulfilled' ? 'taken' : (one.reason as { code: string; data: object }).code)).sort(), ['CHANGED', 'taken', 'taken'])
    assert.equal(((done.find((one) => one.status === 'rejected') as PromiseRejectedResult).reason as { data: { version: number } }).data.version, 2)
    await write(first, 'Của cả hai', 2)
    assert.deepEqual((await get(planId)).sections.slice(0, 2).map((s) => s.text), ['Của cả hai', 'Chỗ khác'])
    assert.ok(!JSON.stringify(await read(sql`select body from journal where type = 'plan.section_written.v1'`)).includes('cả hai'), 'what is written stands in no fact')
  })
  test('a table that needs an event is refused where there is none; with one it shows its rows as they are', async () => {
    const planId = await draft('Có bảng')
    await assert.rejects(put(planId, 'content', content('', { tables: ['tasks'] })), { code: 'TABLE_NEEDS_EVENT' })
    await assert.rejects(put(planId, 'content', content('', { tables: ['nothing'] })), { code: 'TABLE_UNKNOWN' })
    const shown = await get(planId)
    const header = { title: shown.title, headId: person['head']!, eventId: event, programmeId: programme, basis: 'Chỉ thị 01', restsOn: [], reviewOn: '2026-05-01' }
    await call(plans.change, { orderId: id(), planId, expectedVersion: shown.headerVersion, ...header }, as('officer'))
    await assert.rejects(call(plans.change, { orderId: id(), planId, expectedVersion: shown.headerVersion, ...header, title: 'Khác' }, as('officer')), (error: { code: string; data: { changed: string[] } }) => error.code === 'CHANGED' && error.data.changed.join() === 'title')
    for (const source of ['tasks', 'requirements', 'units', 'programme_tasks']) {
      const table = await call(plans.table, { planId, source }, as())
      assert.deepEqual([table.rows.length > 0, table.frozen, table.heads.length === table.rows[0]!.length], [true, false, true], source)
    }
  })
  test('approval makes its actions tasks in the same order, by the head or on paper; refused, there is neither', async () => {
    const planId = await draft('Có việc', { eventId: event })
    const actions: Action[] = [
      { id: id(), title: 'Lập chốt cổng chính', unitId: unit['101']!, supportingUnitIds: [unit['102']!], due: '2026-03-20', product: 'Sơ đồ chốt' }, { id: id(), title: 'Kiểm tra lối thoát', unitId: unit['102']!, supportingUnitIds: [], due: '2026-03-01', product: null },
    ]
    await put(planId, 'actions', content('', { actions }))
    const lines = await read(sql<{ n: number }>`select count(*)::int as n from journal`)
    await assert.rejects(approve(planId), (error: { code: string; data: { title: string } }) => error.code === 'ACTION_DUE_PAST' && error.data.title === 'Kiểm tra lối thoát')
    await assert.rejects(approve(planId, { told: { by: 'Chủ tịch', how: 'paper' } }), { code: 'PLAN_SCAN_MISSING' })
    await assert.rejects(call(plans.approve, { orderId: id(), planId, expectedVersion: 2, inForceFrom: '2026-03-04' }, as('officer')), { code: 'NOT_FOUND' })
    assert.deepEqual(await read(sql`select count(*)::int as n from journal`), lines)
    actions[1]!.due = null
    await put(planId, 'actions', content('', { actions }))
    const order = { orderId: id(), planId, expectedVersion: (await get(planId)).version, inForceFrom: '2026-03-04', number: '12/KH-UBND', told: { by: 'Chủ tịch', how: 'telephone' as const } }
    const done = await call(plans.approve, order, as())
    assert.equal(done.tasks, 2)
    assert.deepEqual(await call(plans.approve, order, as()), done, 'sent twice, done once')
    const shown = await get(planId)
    const [first] = shown.sections.find((s) => s.code === 'actions')!.actions
    assert.deepEqual([shown.phase, shown.inForce, first!.task?.state, shown.versions[0]!.approved!.toldBy, shown.versions[0]!.approved!.number, shown.can], ['approved', 1, 'assigned', 'Chủ tịch', '12/KH-UBND', ['begin', 'withdraw', 'comment']])
    const task = await call(tasks.get, { taskId: first!.task!.id }, as())
    assert.deepEqual([task.title, task.unit.code, task.supporting.map((u) => u.code), task.product, task.eventId, task.due!.at.slice(0, 10)], ['Lập chốt cổng chính', '101', ['102'], 'Sơ đồ chốt', event, '2026-03-20'])
    await assert.rejects(put(planId, 'aim', content('Sửa')), { code: 'PLAN_IN_FORCE' })

    const { unitId, letter, sentTo } = await call(papers.fromPlan, { planId }, as())
    assert.deepEqual([unitId, letter.kind, letter.subject, letter.body[0], sentTo.map(({ id: to }) => to)], [unit['01'], 'plan', 'Có việc', { type: 'heading', text: 'I. NỘI DUNG CÔNG VIỆC' }, [unit['101'], unit['102']]])
    assert.ok(letter.body.some((block) => block.type === 'table' && block.rows[0]!.join('|') === '1|Lập chốt cổng chính|Xã Tân Lập|Xã Tân Thành|20/03/2026|Sơ đồ chốt'), 'its actions are a table of the paper')

    // The next version: what is a task stays one, only the new row becomes another.
    await call(plans.begin, { orderId: id(), planId }, as('officer'))
    await put(planId, 'actions', content('', { actions: [...actions, { ...actions[0]!, id: id(), title: 'Thêm tổ y tế' }] }))
    await put(planId, 'aim', content('Không để bị động'))
    assert.deepEqual([(await get(planId)).inForce, (await get(planId)).phase], [1, 'drafting'])
    assert.equal((await approve(planId)).tasks, 1)
    const versions = (await get(planId)).versions.map((one) => [one.n, one.phase])
    assert.deepEqual(versions, [[2, 'approved'], [1, 'replaced']])
    const changes = await call(plans.compare, { planId, from: 1, to: 2 }, as())
    assert.deepEqual(changes.sections.filter((one) => one.what !== 'same').map((one) => [one.title, one.what]), [['Mục đích, yêu cầu', 'changed'], ['Phân công thực hiện', 'changed']])
  })
  test('is stale when its event moved, its tasks changed, a unit it names ended, a plan it rests on was replaced, or its review is due; and says which', async () => {
    const base = await draft('Phương án gốc')
    await put(base, 'aim', content('Gốc'))
    await approve(base)
    const planId = await draft('Dựa vào nhiều thứ', { eventId: event, restsOn: [base], reviewOn: '2026-05-01' })
    await put(planId, 'content', content('Các việc:', { tables: ['tasks'] }))
    await put(planId, 'actions', content('', { actions: [{ id: id(), title: 'Trực chốt', unitId: unit['103']!, supportingUnitIds: [], due: null, product: null }] }))
    await approve(planId)
    const why = async (at = NOW) => (await get(planId, 'head', undefined, at)).stale.map((one) => [one.reason, one.name, one.was, one.now].filter((x) => x !== null))
    assert.deepEqual(await why(), [], 'its own tasks are no change')
    const { taskId } = await call(tasks.assign, { orderId: id(), issuerUnitId: unit['01']!, unitId: unit['101']!, eventId: event, title: 'Việc thêm' }, as('secretariat'))
    assert.deepEqual(await why(), [['table', 'tasks']])
    await call(tasks.withdraw, { orderId: id(), taskId, reason: 'Thôi' } as never, as('secretariat'))
    assert.deepEqual(await why(), [], 'as it was')
    assert.deepEqual(await why(new Date('2026-05-02T02:00:00Z')), [['review', '2026-05-01']])
    const other = await draft('Phương án mới')
    await put(other, 'aim', content('Mới'))
    await approve(other, { replaces: [base] })
    assert.deepEqual([(await get(base)).phase, (await get(base)).replacedBy?.name, await why()], ['replaced', 'Phương án mới', [['plan_replaced', 'Phương án gốc']]])
    await sql`update units set valid_until = '2026-03-04' where code = '103'`.execute(t.db)
    const later = await call(programmes.events.previewMove, { eventId: event, day: '2026-06-10' }, as('secretariat'))
    await call(programmes.events.move, { orderId: id(), eventId: event, day: '2026-06-10', expectedVersion: later.version, token: later.token }, as('secretariat'))
    const all = await why()
    await sql`update units set valid_until = null where code = '103'`.execute(t.db)
    assert.deepEqual(all.map(([reason]) => reason).sort(), ['event_moved', 'plan_replaced', 'table', 'unit_ended'], 'the dates of its tasks moved with the event')
    assert.deepEqual(all.find(([reason]) => reason === 'event_moved'), ['event_moved', '2026-06-01', '2026-06-10'])
    const { items } = await call(plans.list, { stale: true, limit: 50 }, as())
    assert.ok(items.some((one) => one.id === planId && one.stale.some((s) => s.reason === 'event_moved')) && items.every((one) => one.stale.length > 0))
    assert.ok((await call(plans.list, { stale: false, limit: 50 }, as())).items.every((one) => one.stale.length === 0))
    // What was approved can be read as it was.
    const then = await call(plans.table, { planId, source: 'tasks' }, as())
    const now = await call(plans.table, { planId, source: 'tasks', now: true }, as())
    assert.deepEqual([then.frozen, now.frozen, then.rows.some((row) => row[0] === 'Trực chốt'), now.rows.some((row) => row[0] === 'Trực chốt')], [true, false, false, true])
  })
  test('a file is taken off with the reason: gone from that version on, still in the one before', async () => {
    const planId = await draft('Tệp kèm')
    const held = async (name: string) => { const file = uuidv7(NOW); await sql`insert into file_blobs (id, sha256, name, type, size, salt, uploaded_at, uploaded_by) values (${file}, ${Buffer.alloc(32)}, ${name}, 'application/pdf', 9, 'salt', ${NOW}, ${person['officer']!})`.execute(t.db); return file }
    const [map, list] = [await held('so-do.pdf'), await held('danh-sach.pdf')]
    await call(plans.attach, { orderId: id(), planId, files: [map, list] }, as('officer'))
    const off = (fileId: string, who: keyof typeof HOLDERS = 'officer') => call(plans.detach, { orderId: id(), planId, fileId, reason: 'Sơ đồ cũ' }, as(who))
    const files = async (n?: number) => { const seen = await call(plans.get, { planId, ...(n ? { n } : {}) }, as('officer')); return [seen.files.map((one) => one.name).toSorted(), seen.detached.map((one) => [one.name, one.n, one.reason])] }
    await put(planId, 'aim', content('Một'))
    await approve(planId)
    await assert.rejects(off(map), { code: 'PLAN_IN_FORCE' })
    await call(plans.begin, { orderId: id(), planId }, as('officer'))
    await off(map)
    assert.deepEqual([await files(1), await files()], [[['danh-sach.pdf', 'so-do.pdf'], []], [['danh-sach.pdf'], [['so-do.pdf', 2, 'Sơ đồ cũ']]]])
    await assert.rejects(off(map), { code: 'FILE_GONE' })
    await assert.rejects(off(list, 'asked'), { code: 'NOT_FOUND' })
  })
  test('units are asked by a day, agree or comment or are late; a passage is commented on; what they say goes apart', async () => {
    const planId = await draft('Lấy ý kiến')
    await put(planId, 'aim', content('Bố trí 12 chốt tại cổng chính.'))
    await assert.rejects(get(planId, 'asked'), { code: 'NOT_FOUND' })
    await call(plans.consult, { orderId: id(), planId, unitIds: [unit['02']!, unit['101']!, unit['102']!], due: '2026-03-06' }, as('officer'))
    assert.deepEqual((await get(planId, 'asked')).consulted.map((one) => [one.unit.name, one.mine]), [['Tỉnh Hai', true], ['Xã Tân Lập', false], ['Xã Tân Thành', false]], 'who is asked may read, in the order of names')
    await catchUp(t, followers, NOW, true)
    assert.deepEqual((await call(inboxes.list, { limit: 20 }, as('asked'))).items.filter((one) => one.about.kind === 'plan').map((one) => [one.kind, one.sentence]), [['assigned', 'Được lấy ý kiến về “Lấy ý kiến”, trả lời trước hết ngày 06/03/2026']])
    await assert.rejects(call(plans.answer, { orderId: id(), planId, unitId: unit['02']!, verdict: 'comments' }, as('asked')), { code: 'TEXT_MISSING' })
    await call(plans.answer, { orderId: id(), planId, unitId: unit['02']!, verdict: 'comments', text: 'Thiếu chốt cổng phụ' }, as('asked', new Date('2026-03-08T02:00:00Z')))
    await assert.rejects(call(plans.answer, { orderId: id(), planId, unitId: unit['102']!, verdict: 'agree' }, as('asked')), { code: 'NOT_CONSULTED' })
    await call(plans.answer, { orderId: id(), planId, unitId: unit['101']!, verdict: 'agree', told: { by: 'Chủ tịch xã', how: 'telephone' } }, as('officer'))
    const { commentId } = await call(plans.comment, { orderId: id(), planId, sectionId: (await get(planId)).sections[0]!.id, quote: '12 chốt', text: 'Nên là 15' }, as('asked'))
    const shown = await get(planId, 'head', undefined, new Date('2026-03-09T02:00:00Z'))
    assert.deepEqual(shown.consulted.map((one) => [one.verdict, one.late, one.toldBy]), [['comments', true, null], ['agree', false, 'Chủ tịch xã'], [null, true, null]])
    assert.deepEqual(shown.comments.map((one) => [one.quote, one.text, one.resolved]), [['12 chốt', 'Nên là 15', false]])
    await call(plans.settleComment, { orderId: id(), planId, commentId, resolved: true }, as('officer'))
    assert.equal((await get(planId)).comments[0]!.resolved, true)
    assert.ok(!/cổng phụ|Nên là/.test(JSON.stringify(await read(sql`select body from journal where subject = ${`plan:${planId}`}`))))
  })
  test('an appraisal team raises points, each is fixed or answered, then it passes; what is written after that must be appraised again', async () => {
    const { bodyId } = await call(bodies.form, { orderId: id(), unitId: unit['VN']!, kind: 'appraisal', name: 'Tổ thẩm định', members: [{ unitId: unit['02']!, role: 'chair' }] }, as('secretariat'))
    const planId = await draft('Thẩm định')
    await assert.rejects(call(plans.appraisal, { orderId: id(), planId, bodyId }, as('officer')), { code: 'PLAN_EMPTY' })
    await put(planId, 'aim', content('Một'))
    await assert.rejects(call(plans.appraisal, { orderId: id(), planId, bodyId, unitId: unit['02']! }, as('officer')), { code: 'BODY_UNKNOWN' })
    await call(plans.appraisal, { orderId: id(), planId, bodyId, due: '2026-03-10' }, as('officer'))
    await assert.rejects(call(plans.point, { orderId: id(), planId, text: 'Của chính mình' }, as('head')), { code: 'NOT_FOUND' }, 'nobody appraises their own plan')
    const points = []
    for (const text of ['Thiếu số liệu', 'Chưa nêu người thay']) points.push((await call(plans.point, { orderId: id(), planId, text }, as('asked'))).pointId)
    await assert.rejects(call(plans.appraise, { orderId: id(), planId, verdict: 'pass' }, as('asked')), { code: 'POINTS_OPEN' })
    await put(planId, 'aim', content('Một, có số liệu'))
    await call(plans.settlePoint, { orderId: id(), planId, pointId: points[0]!, how: 'fixed' }, as('officer'))
    await assert.rejects(call(plans.settlePoint, { orderId: id(), planId, pointId: points[1]!, how: 'answered' }, as('officer')), { code: 'TEXT_MISSING' })
    await call(plans.settlePoint, { orderId: id(), planId, pointId: points[1]!, how: 'answered', text: 'Đã có trong quyết định' }, as('officer'))
    await assert.rejects(approve(planId), { code: 'NOT_APPRAISED' })
    await call(plans.appraise, { orderId: id(), planId, verdict: 'pass', text: 'Đạt yêu cầu' }, as('asked'))
    assert.deepEqual((await get(planId)).appraisal!.points.map((one) => [one.n, one.how, one.answer]), [[1, 'fixed', null], [2, 'answered', 'Đã có trong quyết định']])
    await put(planId, 'aim', content('Sửa sau khi đạt'))
    await assert.rejects(approve(planId), { code: 'NOT_APPRAISED' })
    await call(plans.appraise, { orderId: id(), planId, verdict: 'pass' }, as('asked'))
    await approve(planId)
    await call(plans.withdraw, { orderId: id(), planId, reason: 'Sự kiện không tổ chức nữa' }, as())
    const shown = await get(planId)
    assert.deepEqual([shown.phase, shown.inForce, shown.withdrawn?.reason, shown.can], ['withdrawn', null, 'Sự kiện không tổ chức nữa', []])
    await assert.rejects(call(plans.begin, { orderId: id(), planId }, as()), { code: 'PLAN_CLOSED' })
  })
  test('sections are ordered, added and taken out, and keep their words', async () => {
    const planId = await draft('Sắp xếp')
    await put(planId, 'aim', content('Giữ lại'))
    const { sections, headerVersion } = await get(planId)
    const own = id()
    await call(plans.arrange, { orderId: id(), planId, expectedVersion: headerVersion, sections: [{ id: own, title: 'Phần riêng' }, { id: sections[0]!.id, title: 'x' }] }, as('officer'))
    assert.deepEqual((await get(planId)).sections.map((s) => [s.title, s.text]), [['Phần riêng', ''], ['Mục đích, yêu cầu', 'Giữ lại']])
    await assert.rejects(call(plans.arrange, { orderId: id(), planId, expectedVersion: headerVersion, sections: [{ id: own, title: 'x' }] }, as('officer')), { code: 'CHANGED' })
  })
  test('the journal alone gives the same tables', async () => {
    const { people: _, grants: __, ...differing } = (await checkRebuild({ connect: t.connect })).differing // put in without a fact
    assert.deepEqual(differing, {})
  })
})
