// Directives and tasks on a real database: rights, sums up the tree, lists, bulk, import, totals.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { readTable } from '../../pure/rows.ts'
import type { Task } from './contract/shapes.ts'
import { TaskFilter } from './contract/shapes.ts'
import { idsOf, populate, TASK_ROLES, TASK_UNITS } from '../../../tests/scene.ts'
import { tasksRoutes } from './routes.ts'

const MADE = new Date('2026-02-01T02:00:00Z')
const NOW = new Date('2026-03-02T02:00:00Z')
let t: TestDb
const routes = tasksRoutes()
let unit: Record<string, string> = {}
const person = idsOf(TASK_ROLES, MADE)
const id = () => uuidv7(NOW)
const as = (who: string, at = NOW, lang: 'vi' | 'en' = 'vi') => ({ context: t.as(who === 'operator' ? OPERATOR : ({ id: person[who]!, kind: 'person' } satisfies Actor), { at, lang }) })
const read = <R>(query: ReturnType<typeof sql<R>>) => rows<R>(t.db as never, query)
const refused = async (work: Promise<unknown>, code: string, data?: object) => {
  const error = await work.then(() => assert.fail(`not refused with ${code}`), (e: unknown) => e as { code: string; data: object })
  assert.equal(error.code, code)
  if (data) assert.deepEqual(error.data, data)
}
const give = (to: string, more: Record<string, unknown> = {}) =>
  call(routes.assign, { orderId: id(), issuerUnitId: unit['VN']!, unitId: unit[to]!, title: 'Kiểm tra hội trường', workstream: 'venue', due: '2026-03-31', ...more }, as('chief'))
const get = (taskId: string, who = 'operator') => call(routes.get, { taskId }, as(who))
const lines = async () => (await read(sql<{ n: number }>`select count(*)::int as n from journal`))[0]!.n

before(async () => {
  t = await freshDb(schemaFolders, projectors)
  unit = await populate(t, TASK_UNITS, MADE, TASK_ROLES, person)
})

describe('one task', () => {
  test('names a directive that the issuing unit has, or is refused with a sentence, alone and among many', async () => {
    const before = await lines()
    const order = { issuerUnitId: unit['VN']!, title: 'Khảo sát', workstream: 'venue', directiveId: id() }
    await assert.rejects(call(routes.assign, { ...order, orderId: id(), unitId: unit['101']! }, as('chief')), { code: 'DIRECTIVE_UNKNOWN' })
    assert.deepEqual((await call(routes.bulkAssign, { ...order, orderId: id(), unitIds: [unit['101']!, unit['102']!] }, as('chief'))).results.map((one) => one.code), ['DIRECTIVE_UNKNOWN', 'DIRECTIVE_UNKNOWN'])
    assert.equal(await lines(), before)
  })
  test('is assigned, accepted, reported and verified; sent twice, it happens once', async () => {
    const order = { orderId: id(), issuerUnitId: unit['VN']!, unitId: unit['101']!, title: 'Khảo sát', workstream: 'venue', due: '2026-03-31' }
    const { taskId } = await call(routes.assign, order, as('chief'))
    assert.equal((await call(routes.assign, order, as('chief'))).taskId, taskId)
    await call(routes.accept, { orderId: id(), taskId }, as('officer'))
    const report = { orderId: id(), taskId, note: 'Đã xong', evidence: { label: 'Biên bản 03', expiresOn: '2026-06-30' } }
    const before = await lines()
    assert.equal((await call(routes.report, report, as('officer'))).state, 'reported')
    assert.equal((await call(routes.report, report, as('officer'))).state, 'reported')
    assert.equal(await lines(), before + 1)
    await call(routes.verify, { orderId: id(), taskId }, as('head'))
    const shown = await get(taskId, 'officer')
    assert.deepEqual([shown.state, shown.reports.length, shown.reports[0]!.text, shown.reports[0]!.evidence.label, shown.due!.at], ['verified', 1, 'Đã xong', 'Biên bản 03', '2026-03-31T16:59:59.999Z'])
  })
  test('words of a report stand beside the journal, not in it', async () => {
    const { taskId } = await give('101')
    await call(routes.report, { orderId: id(), taskId, note: 'gặp ông Nguyễn Văn A' }, as('officer'))
    const [found] = await read(sql<{ n: number }>`select count(*)::int as n from journal where body like '%Nguyễn%'`)
    assert.equal(found!.n, 0)
    assert.equal((await get(taskId)).reports[0]!.text, 'gặp ông Nguyễn Văn A')
  })
  test('other units and other levels find nothing; a reader sees and changes nothing', async () => {
    const { taskId } = await give('101')
    const before = await lines()
    await refused(get(taskId, 'other'), 'NOT_FOUND')
    for (const who of ['other', 'reader', 'chief']) if (who !== 'chief') await refused(call(routes.report, { orderId: id(), taskId }, as(who)), 'NOT_FOUND')
    await refused(call(routes.verify, { orderId: id(), taskId }, as('officer')), 'NOT_FOUND')
    await refused(call(routes.report, { orderId: id(), taskId: id() }, as('officer')), 'NOT_FOUND')
    assert.equal((await get(taskId, 'reader')).can.length, 0)
    assert.deepEqual((await get(taskId, 'officer')).can.includes('report'), true)
    assert.equal(await lines(), before)
  })
  test('the commune does not verify its own work, nor the person who reported', async () => {
    const { taskId } = await give('01')
    await call(routes.report, { orderId: id(), taskId }, as('head'))
    await refused(call(routes.verify, { orderId: id(), taskId }, as('head')), 'NOT_FOUND')
    await call(routes.verify, { orderId: id(), taskId }, as('chief'))
  })
  test('the second of two editors hears what changed', async () => {
    const { taskId } = await give('101')
    await call(routes.edit, { orderId: id(), taskId, expectedVersion: 1, due: '2026-04-15', priority: 'high' }, as('chief'))
    await refused(call(routes.edit, { orderId: id(), taskId, expectedVersion: 1, title: 'Khác' }, as('chief')), 'CHANGED', { version: 2, changed: ['due', 'priority'] })
    const shown = await get(taskId)
    assert.deepEqual([shown.due!.at, shown.priority, shown.version], ['2026-04-15T16:59:59.999Z', 'high', 2])
  })
  test('an extension is asked, declined, asked again and granted', async () => {
    const { taskId } = await give('101')
    await call(routes.askExtension, { orderId: id(), taskId, until: '2026-04-10', reason: 'Mưa lũ' }, as('officer'))
    await call(routes.declineExtension, { orderId: id(), taskId, reason: 'Không lùi được' }, as('chief'))
    await call(routes.askExtension, { orderId: id(), taskId, until: '2026-04-05', reason: 'Mưa lũ' }, as('officer'))
    await call(routes.grantExtension, { orderId: id(), taskId }, as('chief'))
    const shown = await get(taskId)
    assert.deepEqual([shown.due!.at, shown.extensionAskedUntil, shown.extensions.map((e) => e.state).toSorted()], ['2026-04-05T16:59:59.999Z', null, ['declined', 'granted']])
  })
  test('supporting units see it and comment; they do not report', async () => {
    const { taskId } = await give('101', { supportingUnitIds: [unit['02']!] })
    for (const [who, name] of [['chief', 'Trần Minh Khôi'], ['officer', 'Lê Thị Đào'], ['officer2', 'Nguyễn Văn Bình'], ['head', 'Phạm Văn Bình'], ['other', 'Người Hỏi']]) await sql`insert into contacts (person_id, name, purpose, retention, until) values (${person[who!]}, ${name}, 'x', 'account', '2099-01-01')`.execute(t.db)
    await call(routes.comment, { orderId: id(), taskId, text: 'Sẽ cử người', mentions: [person['chief']!] }, as('other'))
    const [said] = (await get(taskId, 'other')).comments
    assert.deepEqual([said!.text, said!.mentions], ['Sẽ cử người', [{ id: person['chief']!, name: 'Trần Minh Khôi' }]])
    const offered = async (q: string, who = 'other') => (await call(routes.people, { taskId, q }, as(who))).items.map((one) => one.id)
    // Of the lead, issuing and supporting units, without the asker; others are neither offered nor taken.
    assert.deepEqual(await offered(''), ['officer', 'officer2', 'chief'].map((who) => person[who]!))
    assert.deepEqual([await offered('dao'), await offered('le th'), await offered('bình')], [[person['officer']!], [person['officer']!], [person['officer2']!]])
    await refused(call(routes.people, { taskId, q: '' }, as('reader')), 'NOT_FOUND')
    await refused(call(routes.comment, { orderId: id(), taskId, text: 'Mời xem', mentions: [person['head']!] }, as('other')), 'MENTION_UNKNOWN')
    await refused(call(routes.report, { orderId: id(), taskId }, as('other')), 'NOT_FOUND')
    const list = await call(routes.list, { part: 'supporting' }, as('other'))
    assert.deepEqual(list.items.map((task) => task.id), [taskId])
  })
})

describe('passing on', () => {
  test('numbers and done-ness add up over two levels at once', async () => {
    const top = (await give('01', { target: { kind: 'number', count: 30, unit: 'cuộc tuần tra' } })).taskId
    const { partIds } = await call(routes.split, { orderId: id(), taskId: top, parts: ['101', '102'].map((code) => ({ unitId: unit[code]!, target: { kind: 'number' as const, count: 15, unit: 'cuộc tuần tra' } })) }, as('head'))
    await call(routes.report, { orderId: id(), taskId: partIds[0]!, number: 9, done: false }, as('officer'))
    assert.deepEqual(await sums(top), [9, 0, 2, false])
    await call(routes.report, { orderId: id(), taskId: partIds[0]!, number: 16 }, as('officer'))
    await call(routes.report, { orderId: id(), taskId: partIds[1]!, number: 14.5 }, as('operator'))
    await refused(call(routes.report, { orderId: id(), taskId: top, number: 40 }, as('head')), 'SUMMED_FROM_PARTS')
    await call(routes.verify, { orderId: id(), taskId: partIds[0]! }, as('head'))
    assert.deepEqual([(await get(top)).withdraws, (await get(partIds[0]!)).withdraws], [{ parts: 1, kept: 1 }, null])
    assert.deepEqual(await sums(top), [30.5, 1, 2, true])
    await call(routes.return, { orderId: id(), taskId: partIds[0]!, reason: 'Thiếu biên bản' }, as('head'))
    assert.deepEqual(await sums(top), [30.5, 0, 2, true])
    await call(routes.withdraw, { orderId: id(), taskId: partIds[1]!, reason: 'Giao nhầm' }, as('head'))
    assert.deepEqual(await sums(top), [16, 0, 1, false])
    assert.deepEqual((await call(routes.list, { parent: top }, as('head'))).items.map((task) => task.state).toSorted(), ['returned', 'withdrawn'])
  })
  test('64 parts reported at the same time lose nothing', async () => {
    const top = (await give('01', { target: { kind: 'number', count: 1, unit: 'lượt' } })).taskId
    const { partIds } = await call(routes.split, { orderId: id(), taskId: top, parts: ['101', '102', '103'].map((code) => ({ unitId: unit[code]! })) }, as('head'))
    await Promise.all(Array.from({ length: 60 }, (_, n) => call(routes.report, { orderId: id(), taskId: partIds[n % 3]!, number: n + 1, done: false }, as('operator')).catch(() => undefined)))
    const parts = await Promise.all(partIds.map((part) => get(part)))
    assert.equal((await get(top)).reached, parts.reduce((sum, part) => sum + part.reached!, 0))
  })
  test('withdrawn from above, nothing below stays open', async () => {
    const top = (await give('01')).taskId
    const { partIds } = await call(routes.split, { orderId: id(), taskId: top, parts: [{ unitId: unit['101']! }] }, as('head'))
    await call(routes.withdraw, { orderId: id(), taskId: top, reason: 'Thôi' }, as('chief'))
    assert.equal((await get(partIds[0]!)).state, 'withdrawn')
    await refused(call(routes.report, { orderId: id(), taskId: partIds[0]! }, as('officer')), 'TASK_NOT_OPEN', { state: { vi: 'Đã thu hồi', en: 'Withdrawn' } })
  })
  const sums = async (taskId: string) => { const shown = await get(taskId); return [shown.reached, shown.parts!.done, shown.parts!.total, shown.met] }
})

describe('a directive', () => {
  test('carries its tasks to many units in one order, or none', async () => {
    const order = { orderId: id(), issuerUnitId: unit['VN']!, number: '12/CĐ', title: 'Công điện về phòng cháy', tasks: [{ title: 'Rà soát lối thoát nạn', workstream: 'fire', due: '2026-03-20', unitIds: [unit['01']!, unit['02']!] }, { title: 'Báo cáo kết quả', unitIds: [unit['01']!] }] }
    const { directiveId, taskIds } = await call(routes.issueDirective, order, as('chief'))
    assert.equal(taskIds.length, 3)
    const shown = await call(routes.directive, { directiveId }, as('head'))
    assert.deepEqual([shown.number, shown.tasks.total, shown.issuedOn], ['12/CĐ', 3, '2026-03-02'])
    assert.equal((await call(routes.list, { directive: directiveId }, as('head'))).items.length, 2, 'the other province’s task is not shown')
    const before = await lines()
    await refused(call(routes.issueDirective, { ...order, orderId: id(), tasks: [...order.tasks, { title: 'x', unitIds: [id()] }] }, as('chief')), 'UNIT_UNKNOWN')
    await refused(call(routes.issueDirective, { ...order, orderId: id() }, as('head')), 'NOT_FOUND')
    assert.equal(await lines(), before)
    const empty = await call(routes.issueDirective, { orderId: id(), issuerUnitId: unit['VN']!, title: 'Chỉ thị chưa có phụ lục' }, as('chief'))
    assert.deepEqual(empty.taskIds, [], 'its annex is given within it afterwards')
    const { previewId } = await call(routes.previewImport, { table: [['Nội dung', 'Chủ trì'], ['Diễn tập', '01']], issuerUnitId: unit['VN']!, directiveId: empty.directiveId }, as('chief'))
    await call(routes.import, { orderId: id(), previewId: previewId! }, as('chief'))
    const filled = await call(routes.directive, { directiveId: empty.directiveId }, as('chief'))
    assert.deepEqual([filled.tasks.total, filled.mayAssign], [1, true])
    assert.equal((await call(routes.directive, { directiveId: empty.directiveId }, as('head'))).mayAssign, false, 'who carries it out adds nothing to it')
    assert.deepEqual((await call(routes.directives, { q: 'cong dien phong chay' }, as('chief'))).items.map((d) => d.id), [directiveId])
  })
})

describe('many at once', () => {
  test('assign, remind, extend, verify and withdraw answer row by row, and again the same', async () => {
    const units = ['101', '102', '103', '201'].map((code) => unit[code]!)
    const order = { orderId: id(), issuerUnitId: unit['VN']!, unitIds: [...units, id()], title: 'Đồng loạt', workstream: 'order', due: '2026-03-15' }
    const given = await call(routes.bulkAssign, order, as('chief'))
    assert.deepEqual(given.results.map((r) => [r.ok, r.code]), [[true, undefined], [true, undefined], [true, undefined], [true, undefined], [false, 'UNIT_UNKNOWN']])
    const before = await lines()
    assert.deepEqual(await call(routes.bulkAssign, order, as('chief')), given)
    assert.equal(await lines(), before)
    assert.deepEqual(await call(routes.bulkProgress, { orderId: order.orderId }, as('chief')), { total: 5, done: 5, failed: 1, finished: true })
    await refused(call(routes.bulkProgress, { orderId: order.orderId }, as('head')), 'NOT_FOUND')
    const ids = (await call(routes.list, { q: 'dong loat' }, as('chief'))).items.map((task) => task.id)
    assert.equal(ids.length, 4)
    assert.ok((await call(routes.bulkRemind, { orderId: id(), ids, text: 'Khẩn trương' }, as('chief'))).results.every((r) => r.ok))
    assert.ok((await call(routes.bulkExtend, { orderId: id(), ids, until: '2026-03-25' }, as('chief'))).results.every((r) => r.ok))
    for (const taskId of ids.slice(0, 2)) await call(routes.report, { orderId: id(), taskId }, as('operator'))
    const verified = await call(routes.bulkVerify, { orderId: id(), ids }, as('chief'))
    assert.deepEqual(verified.results.map((r) => r.code ?? 'ok').toSorted(), ['NOT_REPORTED', 'NOT_REPORTED', 'ok', 'ok'])
    assert.ok(verified.results.find((r) => !r.ok)!.message!.startsWith('Nhiệm vụ'))
    assert.equal((await call(routes.bulkWithdraw, { orderId: id(), ids, reason: 'Thôi' }, as('chief'))).results.filter((r) => r.ok).length, 2)
  })
})

async function everything(filter: Record<string, unknown>, who = 'chief', at = NOW, limit = 3): Promise<Task[]> {
  const found: Task[] = []
  for (let cursor: string | undefined; ;) {
    const page = await call(routes.list, { ...filter, limit, ...(cursor ? { cursor } : {}) } as never, as(who, at))
    found.push(...page.items)
    if (!page.next) return found
    cursor = page.next
    assert.ok(found.length < 2000, 'a list without end')
  }
}

describe('import and export', () => {
  const file = (text: string) => Buffer.from(text).toString('base64')
  test('a table is looked at, taken over and taken back', async () => {
    const good = 'Nội dung;Đơn vị chủ trì;Thời hạn;Phối hợp;Chỉ tiêu;Đơn vị tính\nNhập một;101;20/03/2026;102;1.500;lượt\nNhập hai;102;;;;\n'
    const bad = await call(routes.previewImport, { base64: file(good.replace(';102;;;;', ';999;1/1/2020;;;')), issuerUnitId: unit['VN']! }, as('chief'))
    assert.deepEqual([bad.previewId, bad.problems.map((p) => p.line)], [null, [3, 3]])
    const preview = await call(routes.previewImport, { base64: file(good), issuerUnitId: unit['VN']! }, as('chief'))
    assert.deepEqual([preview.rows, preview.sample[0]!.unit, preview.problems], [2, 'Xã Tân Lập', []])
    await refused(call(routes.import, { orderId: id(), previewId: preview.previewId! }, as('head')), 'PREVIEW_GONE')
    const done = await call(routes.import, { orderId: id(), previewId: preview.previewId! }, as('chief'))
    assert.ok(done.results.every((r) => r.ok))
    const [one] = (await call(routes.list, { q: 'nhap mot' }, as('chief'))).items
    assert.deepEqual([one!.target, one!.due!.at], [{ kind: 'number', count: 1500, unit: 'lượt' }, '2026-03-20T16:59:59.999Z'])
    await call(routes.accept, { orderId: id(), taskId: one!.id }, as('officer'))
    const undone = await call(routes.undoImport, { orderId: id(), importId: done.importId }, as('chief'))
    assert.deepEqual(undone.results.map((r) => r.ok).toSorted(), [false, true])
  })
  test('what is no table is refused', async () => {
    for (const bytes of [Buffer.from([0x50, 0x4b, 3, 4, 9, 9]), Buffer.from([0xff, 0xfe, 0x41]), Buffer.alloc(0)]) {
      await refused(call(routes.previewImport, { base64: bytes.toString('base64'), issuerUnitId: unit['VN']! }, as('chief')), 'FILE_REFUSED')
    }
  })
  test('a list goes out as CSV and XLSX, with the same rows, and nothing that a spreadsheet would run', async () => {
    await give('101', { title: '=1+1 tính toán' })
    const all = await everything({})
    for (const format of ['csv', 'xlsx'] as const) {
      const { body, headers } = await call(routes.export, { ...TaskFilter.parse({}), format }, as('chief'))
      const bytes = new Uint8Array(await new Response(body).arrayBuffer())
      const table = await readTable(bytes, 100_000)
      assert.equal(table.length, all.length + 1, headers['content-disposition'])
      assert.equal(table[0]!.cells[0]!.replace('\ufeff', ''), 'Nhiệm vụ')
      assert.ok(table.some((row) => row.cells[0] === (format === 'csv' ? '\'=1+1 tính toán' : '=1+1 tính toán')))
    }
  })
})
