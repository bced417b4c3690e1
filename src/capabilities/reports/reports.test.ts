// Reports against a real database: asked, filled, submitted, corrected, returned, signed off; what they add up to, computed by hand.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { paperDrafts } from '../../app/paper-drafts/drafts.ts'
import { checkRebuild } from '../../app/rebuild.ts'
import { followers, projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR, SYSTEM } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { catchUp, freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { idsOf, populate } from '../../../tests/scene.ts'
import { plain, unzip } from '../../../tests/paper-files.ts'
import type { Block } from '../papers/contract/letter.ts'
import { papersRoutes } from '../papers/routes.ts'
import { applyImport } from '../units/routes/orders.ts'
import { custody } from '../custodies/routes.ts'
import { digestSource } from './reacts/digest.ts'
import { reportsRoutes } from './routes.ts'
import { chaseMissing } from './routes/chase.ts'
import { openDue } from './routes/orders.ts'
import { mayFollowReports } from './store/access.ts'
import { missingAt } from './store/missing.ts'

const NOW = new Date('2026-03-04T02:00:00Z') // a Wednesday
const HOLDERS = { nation: ['VN', 'secretariat'], province: ['01', 'head'], other: ['02', 'head'], commune: ['101', 'head'], clerk: ['102', 'officer'] } as const
const UNITS = (rows: string) => `code,name,kind,parent_code\nVN,Việt Nam,nation,\n01,Tỉnh Một,province,VN\n02,Tỉnh Hai,province,VN\n${rows}`
const BEFORE = UNITS('101,Xã Một,commune,01\n102,Xã Hai,commune,01\n201,Xã Bốn,commune,02\n')
const AFTER = UNITS('101,Xã Một,commune,01\n103,Xã Hai Đông,commune,01\n104,Xã Hai Tây,commune,01\n201,Xã Bốn,commune,02\n')
const FORM = `
code: week
name: { vi: Báo cáo tuần, en: Weekly }
sections:
  - title: { vi: Số liệu, en: Figures }
    fields:
      - { code: done, label: { vi: Việc xong, en: Done }, required: true }
      - { code: minutes, label: { vi: Phút, en: Minutes }, decimals: 1, up: average }
      - { code: stock, label: { vi: Quân số, en: Staff }, up: latest }
      - { code: said, kind: text, label: { vi: Khó khăn, en: Difficulties } }
checks:
  - { that: done <= 100, severity: error, say: { vi: Quá nhiều., en: Too many. } }
  - { that: done >= before.done, severity: warning, say: { vi: Giảm., en: Fewer. } }
`

describe('reports', () => {
  let t: TestDb
  let unit: Record<string, string> = {}
  const person = idsOf(HOLDERS, NOW)
  const routes = reportsRoutes({ shipped: () => [], zone: 'Asia/Ho_Chi_Minh', custody: custody('Asia/Ho_Chi_Minh') })
  const id = () => uuidv7(NOW)
  const as = (who: keyof typeof HOLDERS = 'nation', at = NOW) => ({ context: t.as({ id: person[who]!, kind: 'person' }, { at }) })
  const settle = (at = NOW) => catchUp(t, followers, at)
  const read = <T>(query: ReturnType<typeof sql<T>>) => rows<T>(t.as(OPERATOR).read, query)
  const unitsNow = async () => { unit = Object.fromEntries((await read(sql<{ code: string; id: string }>`select code, id from units where valid_until is null`)).map((row) => [row.code, row.id])) }
  let formId = ''
  let collectionId = ''
  const reportOf = async (code: string, on: string, of = collectionId) => (await read(sql<{ id: string; version: number }>`select id, version from reports where collection_id = ${of} and unit_id = ${unit[code]!} and on_day = ${on}`))[0]!
  const send = async (code: string, on: string, values: object, more: object = {}, who: keyof typeof HOLDERS = 'nation', at = NOW) => {
    const { id: reportId, version } = await reportOf(code, on)
    return call(routes.submit, { orderId: id(), reportId, expectedVersion: version, values, ...more } as never, as(who, at))
  }
  const overview = async (code: string, on?: string, who: keyof typeof HOLDERS = 'nation', at = NOW) => { await settle(); return call(routes.collections.overview, { collectionId, unitId: unit[code]!, ...(on ? { on } : {}) }, as(who, at)) }
  const ask = (more: object = {}, who: keyof typeof HOLDERS = 'nation', code = 'VN') => call(routes.collections.ask, {
    orderId: id(), unitId: unit[code]!, formId, title: 'Báo cáo tuần', schedule: { every: 'week', weekday: 5, hour: '16:00' }, owing: { kinds: ['province', 'commune'] }, ...more } as never, as(who))

  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    unit = await populate(t, BEFORE, NOW, HOLDERS, person)
    ;({ formId } = await call(routes.forms.publish, { orderId: id(), unitId: unit['VN']!, text: FORM }, as()))
    ;({ collectionId } = await ask())
    await settle()
  })

  test('a form is published with versions; the same again, or over a version not seen, is refused; a faulty one names its line', async () => {
    const again = (text: string, expectedVersion?: number) => call(routes.forms.publish, { orderId: id(), unitId: unit['VN']!, text, expectedVersion }, as())
    await assert.rejects(again(FORM, 1), { code: 'FORM_SAME' })
    await assert.rejects(again(`${FORM}\n# x`, 0), { code: 'FORM_MOVED' })
    await assert.rejects(again(FORM.replace('done <= 100', 'gone <= 100'), 1), (e: { code: string; data: { line: number } }) => e.code === 'FORM_FAULTY' && e.data.line === 12)
    assert.equal((await again(`${FORM}\n# second`, 1)).version, 2)
    const shown = await call(routes.forms.get, { formId, version: 1 }, as('clerk'))
    assert.deepEqual([shown.version, shown.versions.map((v) => v.version), shown.mayEdit], [1, [2, 1], false])
  })
  test('whoever owes has it in their list and inbox, and nobody else', async () => {
    const mine = async (who: keyof typeof HOLDERS) => (await call(routes.mine, {}, as(who))).items.map((r) => [r.unit.name, r.on, r.state])
    assert.deepEqual([await mine('commune'), await mine('province'), await mine('nation')], [[['Xã Một', '2026-03-06', 'owed']], [['Tỉnh Một', '2026-03-06', 'owed']], []])
    assert.equal((await read(sql<{ n: number }>`select count(*)::int as n from inbox_items where code = 'reports.owed'`))[0]!.n, 5)
  })
  test('asked from a day long over, it begins today, and opens no period of the past', async () => {
    const { on, collectionId: of } = await ask({ from: '2020-01-01', schedule: { every: 'day', hour: '17:00' }, owing: { unitIds: [unit['201']!] } })
    assert.equal(on, '2026-03-04')
    await call(routes.collections.end, { orderId: id(), collectionId: of }, as())
  })
  test('nobody asks those who are not below them, or for no day', async () => {
    await assert.rejects(ask({}, 'commune'), { code: 'NOT_FOUND' })
    const owing = (who: keyof typeof HOLDERS, code: string, kinds: string) => call(routes.collections.owing, { unitId: unit[code]!, kinds }, as(who))
    assert.deepEqual([(await owing('nation', 'VN', 'province,commune')).kinds, (await owing('province', '01', 'commune')).kinds, (await owing('province', '01', 'force')).kinds], [[{ kind: 'province', units: 2 }, { kind: 'commune', units: 3 }], [{ kind: 'commune', units: 2 }], []])
    await assert.rejects(owing('province', 'VN', 'commune'), { code: 'NOT_FOUND' })
    await assert.rejects(ask({ owing: { unitIds: [unit['201']!] } }, 'province', '01'), { code: 'NOBODY_OWES' })
    await assert.rejects(ask({ schedule: { every: 'days', days: ['2026-03-01'], hour: '17:00' } }), { code: 'NO_PERIOD' })
  })
  test('a draft is kept by the server and gone with the submission; words are in no fact', async () => {
    const { id: reportId } = await reportOf('101', '2026-03-06')
    await call(routes.keep, { reportId, values: { done: 3, said: 'đang viết' } }, as('commune'))
    assert.deepEqual((await call(routes.get, { reportId }, as('commune'))).draft!.values, { done: 3, said: 'đang viết' })
    await send('101', '2026-03-06', { done: 4, minutes: 2.5, stock: 10, said: 'Thiếu xe' }, {}, 'commune')
    const shown = await call(routes.get, { reportId }, as('commune'))
    assert.deepEqual([shown.draft, shown.values, shown.state, shown.mayReturn], [null, { done: 4, minutes: 2.5, stock: 10, said: 'Thiếu xe' }, 'submitted', false])
    assert.ok(!JSON.stringify(await read(sql`select body from journal where type = 'report.submitted.v1'`)).includes('Thiếu xe'))
  })
  test('a faulty report is refused and leaves nothing; one of another unit looks missing', async () => {
    const lines = await read(sql`select count(*) as n from journal`)
    const ids = await Promise.all(['101', '201'].map(async (code) => (await reportOf(code, '2026-03-06')).id))
    assert.deepEqual(await Promise.all((['commune', 'other', 'nation'] as const).map(async (who) => (await mayFollowReports(as(who).context.read, as(who).context.actor, ids)).map((one) => ids.indexOf(one)))), [[0], [1], [0, 1]])
    await assert.rejects(send('102', '2026-03-06', { done: 101 }, {}, 'clerk'), { code: 'REPORT_FAULTY' })
    await assert.rejects(send('102', '2026-03-06', { done: 1 }, {}, 'other'), { code: 'NOT_FOUND' })
    await assert.rejects(call(routes.get, { reportId: (await reportOf('102', '2026-03-06')).id }, as('other')), { code: 'NOT_FOUND' })
    await assert.rejects(call(routes.collections.overview, { collectionId, unitId: unit['02']! }, as('province')), { code: 'NOT_FOUND' })
    assert.deepEqual(await read(sql`select count(*) as n from journal`), lines)
  })
  test('levels add up apart, with the share that has reported', async () => {
    await send('102', '2026-03-06', { done: 6, minutes: 3.5, stock: 20 }, { told: { by: 'Đồng chí trực ban', how: 'telephone' } }, 'province')
    await send('01', '2026-03-06', { done: 10, stock: 30 }, {}, 'province')
    const { totals, own, trail } = await overview('VN')
    assert.deepEqual(totals.map((x) => [x.level, x.reported, x.owes, x.sums, x.counts]), [['province', 1, 2, [10, 0, 30], [1, 0, 1]], ['commune', 2, 3, [10, 6, 30], [2, 2, 2]]])
    assert.deepEqual([own, trail.map((u) => u.name)], [null, ['Việt Nam']])
    const seen = await overview('01', undefined, 'province')
    assert.deepEqual([seen.totals.map((x) => [x.level, x.reported, x.owes, x.sums]), seen.own!.numbers, seen.contradictions, seen.trail.length], [[['commune', 2, 2, [10, 6, 30]]], [10, null, 30], [], 2])
    const { submitted, versions } = await call(routes.get, { reportId: (await reportOf('102', '2026-03-06')).id }, as('clerk'))
    assert.deepEqual([submitted!.toldBy, submitted!.how, versions[0]!.how], ['Đồng chí trực ban', 'telephone', 'telephone'])
  })
  test('a correction counts once, needs its reason, and the old value stays to be seen', async () => {
    await assert.rejects(send('102', '2026-03-06', { done: 7 }, {}, 'clerk'), { code: 'REASON_NEEDED' })
    await send('102', '2026-03-06', { done: 7, stock: 20 }, { reason: 'Cộng nhầm' }, 'clerk')
    const { totals, contradictions } = await overview('VN')
    assert.deepEqual(totals[1]!.sums, [11, 2.5, 30])
    assert.deepEqual(contradictions.map((c) => [c.unit.name, c.field, c.own, c.below, c.partial]), [['Tỉnh Một', 'done', 10, 11, false]])
    const { versions } = await call(routes.get, { reportId: (await reportOf('102', '2026-03-06')).id }, as('clerk'))
    assert.deepEqual(versions.map((v) => [v.n, v.values['done'], v.reason]), [[2, 7, 'Cộng nhầm'], [1, 6, null]])
  })
  test('what is returned counts no more until it is sent again; signing is the head\'s, and ends with a correction', async () => {
    const { id: reportId, version } = await reportOf('101', '2026-03-06')
    await assert.rejects(call(routes.giveBack, { orderId: id(), reportId, expectedVersion: version, reason: 'Thiếu' }, as('province')), { code: 'NOT_FOUND' }, 'only who asked')
    await call(routes.giveBack, { orderId: id(), reportId, expectedVersion: version, reason: 'Thiếu số liệu' }, as())
    assert.deepEqual((await overview('VN')).totals[1]!.sums, [7, 0, 20])
    await assert.rejects(call(routes.sign, { orderId: id(), reportId, expectedVersion: version + 1 }, as('commune')), { code: 'REPORT_NOT_SENT' })
    await send('101', '2026-03-06', { done: 4, minutes: 2.5, stock: 10 }, {}, 'commune')
    await assert.rejects(call(routes.sign, { orderId: id(), reportId: (await reportOf('102', '2026-03-06')).id, expectedVersion: 3 }, as('clerk')), { code: 'NOT_FOUND' })
    // Entered for the head who signed on paper: with the scan, which then belongs to the report.
    const scan = uuidv7(NOW)
    await sql`insert into file_blobs (id, sha256, name, type, size, salt, uploaded_at, uploaded_by) values (${scan}, ${Buffer.alloc(32)}, 'trang-da-ky.pdf', 'application/pdf', 9, 'salt', ${NOW}, ${person['commune']!})`.execute(t.db)
    const sign = (more: object) => call(routes.sign, { orderId: id(), reportId, expectedVersion: version + 2, ...more }, as('commune'))
    await assert.rejects(sign({ told: { by: 'Chủ tịch', how: 'paper' } }), { code: 'REPORT_SCAN_MISSING' })
    await assert.rejects(sign({ told: { by: 'Chủ tịch', how: 'paper' }, files: [uuidv7(NOW)] }), { code: 'FILE_UNKNOWN' })
    await sign({ told: { by: 'Chủ tịch', how: 'paper' }, files: [scan] })
    const { signed } = await call(routes.get, { reportId }, as('province'))
    assert.deepEqual([signed!.toldBy, signed!.how, signed!.files], ['Chủ tịch', 'paper', [{ id: scan, name: 'trang-da-ky.pdf' }]])
    assert.deepEqual((await overview('VN')).totals[1]!.signed, 1)
    await send('101', '2026-03-06', { done: 5, minutes: 2.5, stock: 10 }, { reason: 'Bổ sung' }, 'commune')
    const { totals } = await overview('VN')
    assert.deepEqual([totals[1]!.signed, totals[1]!.sums, totals[1]!.counts], [0, [12, 2.5, 30], [2, 1, 2]])
    assert.equal((await call(routes.get, { reportId }, as('commune'))).signed, null)
  })
  test('an order sent twice is one report; two who send at once: one is told of the other', async () => {
    const { id: reportId, version } = await reportOf('02', '2026-03-06')
    const order = { orderId: id(), reportId, expectedVersion: version, values: { done: 5 } }
    assert.deepEqual(await call(routes.submit, order, as('other')), await call(routes.submit, order, as('other')))
    const at = (await reportOf('201', '2026-03-06')).id
    const both = await Promise.allSettled([1, 2].map((n) => call(routes.submit, { orderId: id(), reportId: at, expectedVersion: 1, values: { done: n } }, as('other'))))
    assert.deepEqual(both.map((one) => one.status).sort(), ['fulfilled', 'rejected'])
    assert.equal((await overview('VN')).totals[1]!.reported, 3)
  })
  test('the next week opens by the clock, once; who is missing is chased; late is late', async () => {
    const at = new Date('2026-03-07T01:00:00Z')
    for (let n = 0; n < 2; n++) await openDue(t.as(SYSTEM, { at }))
    const { periods } = await overview('VN')
    assert.deepEqual(periods.map((p) => [p.on, p.owes, p.reported]), [['2026-03-13', 2, 0], ['2026-03-06', 2, 2]])
    await assert.rejects(call(routes.collections.chase, { orderId: id(), collectionId, unitId: unit['02']!, on: '2026-03-13' }, as('province')), { code: 'NOT_FOUND' })
    assert.deepEqual(await call(routes.collections.chase, { orderId: id(), collectionId, unitId: unit['01']!, on: '2026-03-13' }, as('province')), { chased: 2 })
    await settle()
    assert.equal((await read(sql<{ n: number }>`select count(*)::int as n from inbox_items where code = 'reports.reminded'`))[0]!.n, 2)
    const late = new Date('2026-03-13T10:00:00Z')
    const { warnings } = await send('101', '2026-03-13', { done: 1, stock: 9 }, {}, 'commune', late)
    assert.deepEqual(warnings, ['Giảm.'])
    const missing = await call(routes.collections.reports, { collectionId, unitId: unit['VN']!, on: '2026-03-13', state: 'missing' }, as('nation', late))
    assert.deepEqual(missing.items.map((r) => r.unit.name), ['Tỉnh Một', 'Xã Hai', 'Tỉnh Hai', 'Xã Bốn'])
    await settle()
    const seen = await call(routes.collections.children, { collectionId, unitId: unit['01']!, on: '2026-03-13' }, as('province', late))
    assert.deepEqual(seen.items.map((c) => [c.unit.name, c.state, c.reported, c.late, c.sums[0]]), [['Xã Một', 'submitted', 1, 1, 1], ['Xã Hai', 'owed', 0, 0, 0]])
  })
  test('the first screen and the morning say what my very units owe by its hour, and what below is late, to whoever may', async () => {
    const home = async (who: keyof typeof HOLDERS, at: string) => { const { owed, late } = await call(routes.home, {}, as(who, new Date(at))); return [owed.items.map((r) => [r.unit.name, r.on, r.state]), owed.late, late.items.map((r) => [r.unit.name, r.on, r.levels.map((at) => `${at.level} ${at.missing}`).join(', ')])] }
    assert.deepEqual(await home('clerk', '2026-03-13T08:00:00Z'), [[['Xã Hai', '2026-03-13', 'owed']], 0, []], 'an hour before it is due')
    assert.deepEqual(await home('clerk', '2026-03-13T10:00:00Z'), [[['Xã Hai', '2026-03-13', 'owed']], 1, []])
    assert.deepEqual(await home('province', '2026-03-13T10:00:00Z'), [[['Tỉnh Một', '2026-03-13', 'owed']], 1, [['Tỉnh Một', '2026-03-13', 'commune 1']]])
    assert.deepEqual(await home('nation', '2026-03-13T10:00:00Z'), [[], 0, [['Việt Nam', '2026-03-13', 'province 2, commune 2']]])
    // Asked by a session over several units: what each owes itself and what is missing below it; chased at once, and sent twice it is once.
    const [hour, both] = [new Date('2026-03-13T10:00:00Z'), [unit['01']!, unit['02']!]]
    const missing = async (who: keyof typeof HOLDERS, at = hour) => (await missingAt(t.as(OPERATOR).read, as(who).context.actor, 'report.read', both, at)).map((m) => [m.unitId === both[0] ? '01' : '02', m.reportIds.length]).toSorted()
    assert.deepEqual([await missing('nation'), await missing('province'), await missing('nation', new Date('2026-03-13T08:00:00Z'))], [[['01', 2], ['02', 2]], [['01', 2]], []])
    const order = id()
    const chase = (who: keyof typeof HOLDERS, orderId = order) => chaseMissing(as(who, hour).context, orderId, both)
    assert.deepEqual([(await chase('nation')).chased, (await chase('nation')).chased, (await chase('province', id())).chased, (await chase('clerk', id())).chased], [4, 4, 2, 0])
    const parts = await digestSource.tell(t.as(OPERATOR).read as never, [unit['01']!, unit['102']!], new Date('2026-03-13T10:00:00Z'))
    assert.deepEqual(parts.map((p) => [p.unitId, p.section, p.right, p.lines.map((line) => line.text.vi)]).toSorted(), [
      [unit['01']!, 'reports_late', 'report.read', ['“Báo cáo tuần”, kỳ 13/03/2026 · 1 đơn vị chưa nộp']], [unit['01']!, 'reports_owed', 'report.fill', ['“Báo cáo tuần”, kỳ 13/03/2026 · Tỉnh Một']], [unit['102']!, 'reports_owed', 'report.fill', ['“Báo cáo tuần”, kỳ 13/03/2026 · Xã Hai']],
    ].toSorted())
  })
  test('a unit split in two within the year: old weeks stay with the old one, new weeks are owed by both', async () => {
    await send('102', '2026-03-13', { done: 2, stock: 8 }, {}, 'province', new Date('2026-03-12T01:00:00Z'))
    const split = new Date('2026-03-14T01:00:00Z')
    await applyImport(t.as(OPERATOR, { at: split }), uuidv7(split), { scheme: 'admin', asOf: '2026-03-14', bytes: new TextEncoder().encode(AFTER) })
    await unitsNow()
    await openDue(t.as(SYSTEM, { at: split }))
    const then = new Date('2026-03-18T01:00:00Z')
    await send('101', '2026-03-20', { done: 3, stock: 7 }, {}, 'province', then)
    await send('103', '2026-03-20', { done: 20, stock: 5, said: 'Thiếu đèn' }, {}, 'province', then)
    await send('104', '2026-03-20', { done: 30, stock: 4 }, {}, 'province', then)
    await settle()
    const across = await call(routes.collections.across, { collectionId, unitId: unit['01']!, from: '2026-01-01', until: '2026-12-31' }, as('province', then))
    // Weeks: 5 + 7; 1 + 2; 3 + 20 + 30. Minutes were given once, 2.5. Of the stock the last week counts: 7 + 5 + 4.
    assert.deepEqual(across.periods.map((p) => [p.on, p.owes, p.reported, p.sums[0]]), [['2026-03-06', 2, 2, 12], ['2026-03-13', 2, 2, 3], ['2026-03-20', 3, 3, 53]])
    assert.deepEqual(across.whole, [68, 2.5, 16])
    const { items } = await call(routes.collections.list, { limit: 10 }, as('nation', then))
    assert.deepEqual(items.map((one) => [one.on, one.missing, one.before]), [['2026-03-20', 0, { on: '2026-03-13', missing: 3 }]], 'who still owes the week before is not hidden by the week that is open')
  })
  test('who is excused owes no more, with the reason', async () => {
    const { id: reportId, version } = await reportOf('201', '2026-03-20')
    await call(routes.excuse, { orderId: id(), reportId, expectedVersion: version, reason: 'Không có sự kiện' }, as())
    const { totals } = await overview('VN', '2026-03-20')
    assert.deepEqual(totals.map((x) => [x.level, x.owes, x.excused]), [['province', 2, 0], ['commune', 3, 1]])
    await assert.rejects(send('201', '2026-03-20', { done: 1 }), { code: 'REPORT_EXCUSED' })
  })
  test('what was said stands unit by unit, each with its report; a period leaves as a file; a form comes back filled', async () => {
    const words = await call(routes.collections.words, { collectionId, unitId: unit['01']!, on: '2026-03-20' }, as('province'))
    assert.deepEqual(words.items.map((w) => [w.unit.name, w.field, w.text, w.reportId]), [['Xã Hai Đông', 'said', 'Thiếu đèn', (await reportOf('103', '2026-03-20')).id]])
    const file = await call(routes.collections.export, { collectionId, unitId: unit['VN']!, on: '2026-03-06', format: 'csv' }, as()) as unknown as { body: ReadableStream }
    const csv = await new Response(file.body).text()
    assert.ok(csv.split('\r\n').some((line) => line.startsWith('101,Xã Một,Tỉnh Một,đã nộp,') && line.endsWith(',5,2.5,10,')), csv)
    const { id: reportId } = await reportOf('101', '2026-03-20')
    const blank = await call(routes.blank, { reportId }, as('commune')) as unknown as { body: ReadableStream }
    const bytes = Buffer.from(await new Response(blank.body).arrayBuffer())
    assert.deepEqual(await call(routes.readFile, { reportId, base64: bytes.toString('base64') }, as('commune')), { values: { done: 3, stock: 7 }, problems: [] })
    const other = await reportOf('103', '2026-03-20')
    assert.equal((await call(routes.readFile, { reportId: other.id, base64: bytes.toString('base64') }, as('province'))).problems.length, 1)
  })
  test('a period becomes a paper whose annex has what each unit gave; one report becomes a paper too; what is not submitted does not', async () => {
    const [papers, then] = [papersRoutes(paperDrafts('Asia/Ho_Chi_Minh')), new Date('2026-03-20T02:00:00Z')]
    const tables = (body: Block[]) => body.flatMap((one) => (one.type === 'table' ? [one.rows] : []))
    const { unitId, letter, sentTo } = await call(papers.fromReports, { collectionId, unitId: unit['01']!, on: '2026-03-20' }, as('province', then))
    assert.deepEqual([unitId, letter.kind, letter.subject, sentTo.map(({ name }) => name), letter.recipients], [unit['01'], 'report', 'Tuần (kỳ 20/03/2026)', ['Việt Nam'], ['Việt Nam']])
    const [first, ...rest] = letter.body
    assert.equal(first!.type === 'text' && first!.text, 'Đến 09:00 ngày 20/03/2026, 3/3 đơn vị đã nộp báo cáo kỳ 20/03/2026. Ủy ban nhân dân tỉnh Một tổng hợp như sau:')
    // 3 + 20 + 30 against 1 + 2; nobody gave minutes; a stock of 7 + 5 + 4 against 9 + 8. The annex has the three that they add up from.
    assert.deepEqual(tables(rest), [[['1', 'Việc xong', '', '53', '3', '3'], ['2', 'Phút', '', '', '', '0'], ['3', 'Quân số', '', '16', '17', '3']]])
    assert.ok(rest.some((one) => one.type === 'text' && one.text.includes('- Xã Hai Đông: Thiếu đèn')))
    assert.deepEqual(tables(letter.annexes[0]!.body), [[['1', 'Xã Một', '3', '', '7', '08:00 18/03/2026'], ['2', 'Xã Hai Đông', '20', '', '5', '08:00 18/03/2026'], ['3', 'Xã Hai Tây', '30', '', '4', '08:00 18/03/2026']]])
    const one = await call(papers.fromReport, { reportId: (await reportOf('103', '2026-03-20')).id }, as('province', then))
    assert.deepEqual([one.unitId, tables(one.letter.body)[0]!.map((row) => row[3]), one.letter.annexes], [unit['103'], ['20', '', '5'], []])
    for (const format of ['docx', 'pdf'] as const) {
      const file = await call(papers.draw, { unitId: unit['01']!, letter, format }, as('province', then)) as unknown as { body: ReadableStream }
      const bytes = new Uint8Array(await new Response(file.body).arrayBuffer())
      if (format === 'docx') assert.match(plain(unzip(bytes).get('word/document.xml')!), /Việc xong.*53.*Xã Hai Tây.*30/s)
      else assert.equal(new TextDecoder().decode(bytes.slice(0, 5)), '%PDF-')
    }
    for (const [asked, who, code] of [[{ unitId: unit['VN']!, on: '2026-04-01' }, 'nation', 'REPORT_NOT_SUBMITTED'], [{ unitId: unit['01']!, on: '2026-03-20' }, 'other', 'NOT_FOUND']] as const) await assert.rejects(call(papers.fromReports, { collectionId, ...asked }, as(who, then)), { code })
    await assert.rejects(call(papers.fromReport, { reportId: (await reportOf('02', '2026-03-20')).id }, as('other', then)), { code: 'REPORT_NOT_SUBMITTED' })
  })
  test('a request that has ended opens nothing more', async () => {
    await call(routes.collections.end, { orderId: id(), collectionId }, as())
    await openDue(t.as(SYSTEM, { at: new Date('2026-04-30T01:00:00Z') }))
    assert.equal((await overview('VN')).periods.length, 3)
  })
  test('the totals are what the reports say, and the journal alone gives the same tables', async () => {
    await settle()
    const raw = await read(sql`select r.on_day, a.id as unit_id, r.level, sum(r.numbers[1])::int as done from reports r cross join lateral unnest(r.above) a(id) where r.state in ('submitted', 'signed') and a.id <> r.unit_id group by 1, 2, 3 order by 1, 2, 3`)
    assert.deepEqual(await read(sql`select on_day, unit_id, level, sums[1]::int as done from report_totals where reported > 0 order by 1, 2, 3`), raw)
    const { people: _, grants: __, ...differing } = (await checkRebuild({ connect: t.connect })).differing // put in without a fact
    assert.deepEqual(differing, {})
  })
})
