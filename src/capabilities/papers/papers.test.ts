// The register on a real database: numbers, rights, what was sent, links, drafts from tasks, files, and that a rebuild gives the same rows.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { paperDrafts } from '../../app/paper-drafts/drafts.ts'
import { checkRebuild } from '../../app/rebuild.ts'
import { projectors, schemaFolders } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import type { Actor } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { zipEntries } from '../../kernel/blobs/zip.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import { tasksRoutes } from '../tasks/routes.ts'
import { idsOf, populate, TASK_ROLES, TASK_UNITS } from '../../../tests/scene.ts'
import type { Letter } from './contract/letter.ts'
import { Letter as LetterShape } from './contract/letter.ts'
import { layoutOf } from './decide/layouts.ts'
import { profiles } from './decide/profiles.ts'
import { papersRoutes } from './routes.ts'
import { tables } from './store/project.ts'

const MADE = new Date('2026-02-01T02:00:00Z')
const NOW = new Date('2026-03-02T02:00:00Z')
let t: TestDb
const routes = papersRoutes(paperDrafts('Asia/Ho_Chi_Minh'))
const tasks = tasksRoutes()
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
const letter = (more: object = {}): Letter => LetterShape.parse({
  kind: 'letter', subject: 'Về việc bảo đảm an toàn đại hội', drafter: 'VP', head: { profile: 'state', issuer: 'Ủy ban nhân dân tỉnh Một', short: 'UBND', place: 'Tỉnh Một' }, body: [{ type: 'text', text: 'Đề nghị các đơn vị thực hiện.' }], signer: 'Nguyễn Văn A', ...more,
})
const issue = (more: object = {}, words: object = {}, who = 'head') => call(routes.issue, { orderId: id(), unitId: unit['01']!, letter: letter(words), ...more }, as(who))
const get = (paperId: string, who = 'operator') => call(routes.get, { paperId }, as(who))
const lines = async () => (await read(sql<{ n: number }>`select count(*)::int as n from journal`))[0]!.n
const bytesOf = async (body: ReadableStream<Uint8Array>) => Buffer.from(await new Response(body as never).arrayBuffer())

before(async () => {
  t = await freshDb(schemaFolders, projectors)
  unit = await populate(t, TASK_UNITS, MADE, TASK_ROLES, person)
})

describe('numbers', () => {
  test('of 64 issued at once follow one another without gap or duplicate, by kind', async () => {
    const all = await Promise.all(Array.from({ length: 64 }, (_, i) => issue({}, { kind: i % 4 === 0 ? 'plan' : 'decision' })))
    const of = (symbol: string) => all.filter(({ written }) => written.endsWith(symbol)).map(({ number }) => number).toSorted((a, b) => a - b)
    assert.deepEqual(of('KH-UBND'), Array.from({ length: 16 }, (_, i) => i + 1))
    assert.deepEqual(of('QĐ-UBND'), Array.from({ length: 48 }, (_, i) => i + 1))
    assert.equal(all.find(({ number, written }) => number === 7 && written.includes('KH'))!.written, '07/KH-UBND')
  })
  test('are not lost to a refused order, and the same order gets the same number', async () => {
    const order = { orderId: id(), unitId: unit['01']!, letter: letter() }, one = await call(routes.issue, order, as('head'))
    assert.deepEqual(await call(routes.issue, order, as('head')), one)
    assert.equal(one.written, '01/UBND-VP')
    await refused(issue({ sentTo: [id()] }), 'UNIT_UNKNOWN')
    assert.equal((await issue()).number, 2)
  })
  test('begin anew each year, and where the office left off', async () => {
    assert.equal((await issue({ firstNumber: 118 }, { kind: 'report', day: '2025-12-30' })).number, 118)
    assert.equal((await issue({}, { kind: 'report', day: '2025-12-31' })).number, 119)
    assert.equal((await issue({}, { kind: 'report', day: '2026-01-02' })).number, 1)
    await refused(issue({ firstNumber: 9 }, { kind: 'report', day: '2026-01-05' }), 'PAPER_FIRST_TAKEN', { year: 2026, number: 1 })
  })
  test('keep the order of days', async () => {
    await issue({}, { kind: 'telegram', day: '2026-02-20' })
    await refused(issue({}, { kind: 'telegram', day: '2026-02-19' }), 'PAPER_DAY_BEFORE', { number: 1, last: '2026-02-20' })
    await refused(issue({}, { kind: 'telegram', day: '2026-03-03' }), 'PAPER_DAY_AHEAD', { day: '2026-03-03' })
  })
  test('of arrivals are one series a year; the same paper twice is asked about', async () => {
    const receive = (more: object = {}) => call(routes.receive, { orderId: id(), unitId: unit['101']!, issuer: 'Công an tỉnh', written: '12/KH-CAT', kind: 'plan', subject: 'Bảo vệ đại hội', day: '2026-02-27', ...more }, as('officer'))
    assert.deepEqual((await Promise.all([receive(), receive({ written: '13/KH-CAT', kind: 'letter' }), receive({ issuer: 'Công an huyện' })])).map(({ number }) => number).toSorted(), [1, 2, 3])
    for (const more of [{}, { written: '12 / kh-cat' }, { issuer: ' công an tỉnh', kind: 'letter' }]) await refused(receive(more), 'PAPER_TWICE')
    assert.equal((await receive({ again: true })).number, await refused(receive({ day: '2026-03-03' }), 'PAPER_DAY_AHEAD').then(() => 4))
  })
  test('of a withdrawn paper are not given again; the reason is kept and may be erased', async () => {
    const { paperId, number } = await issue({}, { kind: 'guidance' })
    const before = await lines()
    await refused(call(routes.withdraw, { orderId: id(), paperId, reason: 'x' }, as('officer')), 'NOT_FOUND')
    assert.equal(await lines(), before)
    await call(routes.withdraw, { orderId: id(), paperId, reason: 'Ban hành nhầm cho ông B' }, as('head'))
    await refused(call(routes.withdraw, { orderId: id(), paperId, reason: 'x' }, as('head')), 'PAPER_WITHDRAWN')
    const shown = await get(paperId)
    assert.deepEqual([shown.state, shown.withdrawn?.reason, shown.may.withdraw], ['withdrawn', 'Ban hành nhầm cho ông B', false])
    assert.equal((await issue({}, { kind: 'guidance' })).number, number + 1)
  })
})

describe('a paper', () => {
  test('keeps its words and who signed it out of the journal', async () => {
    const { paperId } = await issue({}, { kind: 'minutes', signer: 'Trần Thị Riêng', body: [{ type: 'text', text: 'Lời chỉ trong văn bản' }] })
    const [found] = await read(sql<{ n: number }>`select count(*)::int as n from journal where body like '%Riêng%' or body like '%Lời chỉ trong%'`)
    assert.equal(found!.n, 0)
    assert.equal((await get(paperId)).letter?.signer, 'Trần Thị Riêng')
    await sql`update private_texts set text = null where subject = ${`paper:${paperId}`}`.execute(t.db)
    assert.equal((await get(paperId)).letter, null)
    await refused(call(routes.file, { paperId, format: 'pdf' }, as('head')), 'PAPER_NO_CONTENT')
  })
  test('is found by words without accents, by its number, kind and year, page by page', async () => {
    const { paperId, written } = await issue({}, { kind: 'submission', subject: 'Xin ý kiến phương án tuần tra kênh rạch' })
    const find = async (asked: object, who = 'head') => (await call(routes.list, { limit: 50, ...asked }, as(who))).items.map((one) => one.id)
    assert.deepEqual(await find({ q: 'tuan tra kenh' }), [paperId])
    assert.deepEqual(await find({ q: written }), [paperId])
    assert.deepEqual(await find({ q: 'tuan tra', year: 2025 }), [])
    assert.deepEqual(await find({ q: '!!!' }), [])
    assert.equal((await find({ kind: 'decision' })).length, 48)
    const all: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await call(routes.list, { limit: 20, ...(cursor ? { cursor } : {}) }, as('head'))
      all.push(...page.items.map((one) => one.id))
      if (!page.next) break
      cursor = page.next
    }
    const [{ n } = { n: 0 }] = await read(sql<{ n: number }>`select count(*)::int as n from papers where unit_id in (${unit['01']}, ${unit['101']})`)
    assert.equal(new Set(all).size, n)
    assert.equal(all.length, n)
  })
  test('is seen by the unit that it was sent to, which acknowledges it once; by no other', async () => {
    const { paperId } = await issue({ sentTo: [unit['101']!, unit['201']!] }, { kind: 'announcement' })
    const seenBy = await get(paperId, 'officer')
    assert.deepEqual(seenBy.recipients.map(({ unit: { name }, mine, at }) => [name, mine, at !== null]), [['Xã Tân Lập', true, false], ['Xã Thuỷ Xuân', false, false]])
    assert.equal(seenBy.may.withdraw, false)
    const { paperId: inner } = await issue({}, { kind: 'announcement' })
    await refused(get(inner, 'officer'), 'NOT_FOUND')
    await refused(get(inner, 'other'), 'NOT_FOUND')
    await refused(call(routes.acknowledge, { orderId: id(), paperId, unitId: unit['201']! }, as('officer')), 'NOT_FOUND')
    await call(routes.acknowledge, { orderId: id(), paperId, unitId: unit['101']! }, as('officer'))
    await refused(call(routes.acknowledge, { orderId: id(), paperId, unitId: unit['101']! }, as('officer2')), 'PAPER_ACKNOWLEDGED')
    const { items } = await call(routes.list, { limit: 5, q: 'an toàn đại hội', kind: 'announcement' }, as('head'))
    assert.deepEqual(items.find((one) => one.id === paperId) && [items.find((one) => one.id === paperId)!.sent, items.find((one) => one.id === paperId)!.acknowledged], [2, 1])
  })
  test('that replaces another says so on both, and no longer when it is withdrawn', async () => {
    const [old, basis] = [await issue({}, { kind: 'statute' }), await issue({}, { kind: 'resolution' })]
    const next = await issue({ links: [{ relation: 'replaces', paperId: old.paperId }, { relation: 'basis', paperId: basis.paperId }, { relation: 'basis', text: 'Luật Phòng cháy, chữa cháy' }] }, { kind: 'statute' })
    assert.equal((await get(old.paperId)).state, 'replaced')
    assert.deepEqual((await get(old.paperId)).links.map(({ relation, paperId }) => [relation, paperId]), [['replaced_by', next.paperId]])
    assert.deepEqual((await get(next.paperId)).links.map(({ relation, text }) => [relation, text.split(',')[0]]), [['replaces', '01/QC-UBND'], ['basis', '01/NQ-UBND'], ['basis', 'Luật Phòng cháy']])
    await call(routes.withdraw, { orderId: id(), paperId: next.paperId, reason: 'Sai thẩm quyền' }, as('head'))
    assert.equal((await get(old.paperId)).state, 'in_force')
    const foreign = await call(routes.issue, { orderId: id(), unitId: unit['02']!, letter: letter() }, as('other'))
    await refused(issue({ links: [{ relation: 'basis', paperId: foreign.paperId }] }), 'PAPER_LINK_UNKNOWN')
  })
  test('leaves as DOCX and PDF with its number; a draft leaves room for one, and nothing is kept of it', async () => {
    const { paperId } = await issue({}, { kind: 'invitation' })
    for (const format of ['docx', 'pdf'] as const) {
      const { headers, body } = await call(routes.file, { paperId, format }, as('reader'))
      assert.equal(headers['content-disposition'], `attachment; filename="giay-moi-1-gm-ubnd-2026.${format}"`)
      assert.equal((await bytesOf(body)).toString('latin1', 0, 4), format === 'pdf' ? '%PDF' : 'PK\x03\x04')
    }
    const before = await lines()
    assert.ok((await bytesOf((await call(routes.draw, { unitId: unit['01']!, letter: letter(), format: 'pdf' }, as('head'))).body)).length > 5000)
    await refused(call(routes.draw, { unitId: unit['01']!, letter: letter(), format: 'pdf' }, as('reader')), 'NOT_FOUND')
    await refused(call(routes.draw, { unitId: unit['01']!, letter: letter({ subject: 'Chữ lạ 𝦰' }), format: 'pdf' }, as('head')), 'PAPER_LETTER', { letter: '𝦰' })
    assert.equal(await lines(), before)
  })
})

describe('a letterhead', () => {
  test('is suggested from the name of the unit until it is set; two who set it at once are told', async () => {
    const first = await call(routes.letterhead, { unitId: unit['101']! }, as('officer'))
    assert.deepEqual([first.version, first.head], [0, { profile: 'state', layout: null, parent: 'UBND tỉnh Một', issuer: 'Ủy ban nhân dân xã Tân Lập', short: 'UBND', place: 'Tân Lập', address: '' }])
    const set = (expectedVersion: number, who = 'head') => call(routes.setLetterhead, { orderId: id(), unitId: unit['101']!, expectedVersion, head: { ...first.head, place: 'Tỉnh Một' } }, as(who))
    await refused(set(0, 'officer'), 'NOT_FOUND')
    assert.equal((await set(0)).version, 1)
    await refused(set(0), 'CHANGED', { version: 1 })
    assert.equal((await call(routes.letterhead, { unitId: unit['101']! }, as('officer'))).head.place, 'Tỉnh Một')
    const layoutId = id()
    const own = (expectedVersion: number, name: string, who = 'head', unitId = unit['01']!) => call(routes.setLayout, { orderId: id(), unitId, layoutId, expectedVersion, base: 'state', layout: layoutOf(profiles.state, name) }, as(who))
    assert.equal((await own(0, 'Của tỉnh')).version, 1)
    await refused(own(0, 'x'), 'CHANGED', { version: 1 })
    for (const [who, at] of [['officer', '01'], ['other', '02']] as const) await refused(own(1, 'x', who, unit[at]!), 'NOT_FOUND')
    await own(1, 'Của tỉnh, mới')
    const { items } = await call(routes.layouts, { unitId: unit['101']! }, as('officer'))
    assert.deepEqual(items.map((one) => [one.layout.name, one.version, one.mine]), [['Của tỉnh, mới', 2, false]])
  })
})

describe('papers from tasks', () => {
  const later = new Date('2026-04-10T02:00:00Z')
  let directiveId = ''
  before(async () => {
    ({ directiveId } = await call(tasks.issueDirective, {
      orderId: id(), issuerUnitId: unit['01']!, title: 'bảo đảm an toàn phòng cháy', body: 'Yêu cầu các đơn vị thực hiện.', basis: 'Căn cứ Kế hoạch số 12/KH-UBND', tasks: [
        { title: 'Kiểm tra hội trường', due: '2026-03-31', unitIds: [unit['101']!, unit['102']!], supportingUnitIds: [unit['103']!], product: 'Biên bản' }, { title: 'Diễn tập', due: '2026-05-31', unitIds: [unit['103']!] }],
    }, as('head')))
  })
  test('a directive stands as a paper with its tasks in the annex, alike ones in one line', async () => {
    const draft = await call(routes.fromDirective, { directiveId }, as('head'))
    assert.deepEqual([draft.unitId, draft.letter.kind, draft.letter.subject, draft.letter.grounds], [unit['01'], 'directive', 'Bảo đảm an toàn phòng cháy', ['Căn cứ Kế hoạch số 12/KH-UBND']])
    const [table] = draft.letter.annexes[0]!.body
    assert.deepEqual(table!.type === 'table' && table!.rows, [['1', 'Kiểm tra hội trường', 'Xã Tân Lập; Xã Tân Thành', 'Phường Hoà Bình', '31/03/2026', 'Biên bản'], ['2', 'Diễn tập', 'Phường Hoà Bình', '', '31/05/2026', '']])
    assert.deepEqual(draft.sentTo.map(({ name }) => name).toSorted(), ['Phường Hoà Bình', 'Xã Tân Lập', 'Xã Tân Thành'])
    const { paperId, written } = await call(routes.issue, { orderId: id(), unitId: draft.unitId, letter: draft.letter, sentTo: draft.sentTo.map((one) => one.id), links: [{ relation: 'with', directiveId }] }, as('head'))
    assert.equal(written, '01/CT-UBND')
    assert.deepEqual((await get(paperId)).links.map((one) => one.directiveId), [directiveId])
    await refused(call(routes.fromDirective, { directiveId }, as('other')), 'NOT_FOUND')
    await refused(call(routes.fromDirective, { directiveId }, as('officer')), 'NOT_FOUND')
  })
  test('a chasing letter names who owes what and since when', async () => {
    await refused(call(routes.fromOverdue, { unitId: unit['02']! }, as('other', later)), 'NOTHING_OVERDUE')
    const { letter: made, sentTo } = await call(routes.fromOverdue, { unitId: unit['01']! }, as('head', later))
    assert.equal(made.kind, 'letter')
    assert.deepEqual(made.to, sentTo.map(({ name }) => name))
    assert.ok(made.body[0]!.type === 'text' && made.body[0]!.text.includes('đến hết ngày 10/04/2026, còn 2 nhiệm vụ của 2 đơn vị'))
    const [table] = made.annexes[0]!.body
    assert.deepEqual(table!.type === 'table' && table!.rows.map((row) => row.slice(1)), [['Xã Tân Lập', 'Kiểm tra hội trường', '31/03/2026', '10'], ['Xã Tân Thành', 'Kiểm tra hội trường', '31/03/2026', '10']])
    const one = await call(routes.fromOverdue, { unitId: unit['01']!, owing: unit['102']! }, as('head', later))
    assert.deepEqual(one.letter.to, ['Xã Tân Thành'])
    assert.ok((await bytesOf((await call(routes.draw, { unitId: unit['01']!, letter: made, format: 'docx' }, as('head', later))).body)).length > 5000)
  })
})
describe('links added later', () => {
  test('are facts; what carries it out is shown to who may see the task; only papers of the own register or below are replaced', async () => {
    const [one, two] = [await issue({}, { kind: 'regulation' }), await issue({}, { kind: 'regulation' })]
    const { items: [task] } = await call(tasks.list, { limit: 1, state: ['open'] } as never, as('head')) as { items: { id: string; title: string }[] }
    const link = (links: object[], who = 'head', paperId = two.paperId) => call(routes.link, { orderId: id(), paperId, links: links as never }, as(who))
    await link([{ relation: 'carried_out', taskId: task!.id }, { relation: 'replaces', paperId: one.paperId }])
    await link([{ relation: 'basis', text: 'Luật Phòng cháy, chữa cháy' }])
    assert.deepEqual((await get(two.paperId)).links.map(({ relation, taskId, text }) => [relation, taskId, text.split(',')[0]]), [['carried_out', task!.id, task!.title], ['replaces', null, '01/QyĐ-UBND'], ['basis', null, 'Luật Phòng cháy']])
    assert.equal((await get(one.paperId)).state, 'replaced')
    await refused(link([{ relation: 'basis', text: 'x' }], 'officer'), 'NOT_FOUND')
    for (const wrong of [{ relation: 'carried_out', taskId: id() }, { relation: 'basis', paperId: two.paperId }]) await refused(link([wrong]), 'PAPER_LINK_UNKNOWN')
    const sent = await call(routes.issue, { orderId: id(), unitId: unit['02']!, letter: letter(), sentTo: [unit['01']!] }, as('other'))
    await refused(link([{ relation: 'replaces', paperId: sent.paperId }]), 'PAPER_REPLACES')
    await call(routes.withdraw, { orderId: id(), paperId: one.paperId, reason: 'x' }, as('head'))
    await refused(link([{ relation: 'basis', text: 'x' }], 'head', one.paperId), 'PAPER_WITHDRAWN')
  })
})
describe('a draft', () => {
  const draftId = id()
  const save = (expectedVersion: number, form = 'một', who = 'head', unitId = unit['01']!) => call(routes.saveDraft, { unitId, draftId, expectedVersion, kind: 'plan', subject: 'Kế hoạch', form }, as(who))
  const draft = async (who = 'head') => (await call(routes.draft, { unitId: unit['01']!, draftId }, as(who))).draft
  test('is kept for whoever may issue there; of two who save at once the second hears of the first', async () => {
    assert.equal(await draft(), null)
    await save(0)
    await refused(save(0, 'hai', 'chief'), 'CHANGED', { version: 1, changed: ['draft'] })
    assert.equal((await save(1, 'hai', 'chief')).version, 2)
    await refused(save(1, 'ba'), 'CHANGED', { version: 2, changed: ['draft'] })
    assert.deepEqual([(await draft())!.form, (await draft())!.mine, (await draft('chief'))!.mine], ['hai', false, true])
    for (const who of ['officer', 'other']) { await refused(save(2, 'x', who), 'NOT_FOUND'); await refused(draft(who), 'NOT_FOUND') }
    await refused(save(2, 'x', 'other', unit['02']!), 'CHANGED')
    const list = async (who: string, mine = false) => (await call(routes.drafts, { limit: 10, ...(mine ? { mine: 'true' } : {}) } as never, as(who))).items.map((one) => [one.subject, one.mine])
    assert.deepEqual([await list('head'), await list('chief'), await list('chief', true), await list('other')], [[['Kế hoạch', true]], [['Kế hoạch', false]], [], []])
  })
  test('ends with the number, or is thrown away', async () => {
    await issue({ draftId }, { kind: 'plan' })
    assert.equal(await draft(), null)
    await save(0)
    await call(routes.dropDraft, { unitId: unit['01']!, draftId }, as('head'))
    assert.equal(await draft(), null)
  })
})
describe('one letter to each unit', () => {
  const later = new Date('2026-04-10T02:00:00Z')
  const each = (orderId: string, unitIds: string[], more: object = {}) => call(routes.issueEach, {
    orderId, unitId: unit['01']!, unitIds, withTasks: true, letter: letter({ subject: 'Đôn đốc {đơn vị}', recipients: ['Như trên'], body: [{ type: 'text', text: 'Đến ngày {ngày}, {Đơn vị} còn {số quá hạn} việc; phần khác giữ nguyên.' }] }), ...more,
  }, as('head', later))
  test('has its own number, its fields and its annex; sent twice it is issued once; the files come as one zip', async () => {
    const { items } = await call(routes.runUnits, { unitId: unit['01']!, which: 'owing' }, as('head', later))
    assert.deepEqual(items.map((one) => [one.unit.name, one.overdue]), [['Xã Tân Lập', 1], ['Xã Tân Thành', 1]])
    const [orderId, ids] = [id(), [unit['101']!, unit['103']!, unit['101']!]]
    await refused(each(id(), ids, { letter: letter({ subject: 'Đôn đốc {tên đơn vị}' }) }), 'PAPER_UNFILLED', { field: '{tên đơn vị}' })
    const { runId, total } = await each(orderId, ids)
    assert.equal(total, 2)
    await each(orderId, ids); const list = await call(routes.list, { limit: 10, run: runId }, as('head', later))
    assert.deepEqual(list.items.map((one) => [one.subject, one.sent]).toSorted(), [['Đôn đốc Ủy ban nhân dân phường Hoà Bình', 1], ['Đôn đốc Ủy ban nhân dân xã Tân Lập', 1]])
    assert.equal(list.items[0]!.number, list.items[1]!.number + 1, 'newest first, in the order of the numbers')
    const one = (await get(list.items.find((paper) => paper.subject.endsWith('Lập'))!.id)).letter!
    assert.deepEqual([one.to, one.body[0]!.type === 'text' && one.body[0]!.text, one.annexes.length], [['Ủy ban nhân dân xã Tân Lập'], 'Đến ngày 10/04/2026, Ủy ban nhân dân xã Tân Lập còn 1 việc; phần khác giữ nguyên.', 1])
    const zip = await bytesOf((await call(routes.zip, { runId, format: 'pdf' }, as('head', later))).body)
    const entries = zipEntries(zip, zip.length)!
    assert.deepEqual(entries.map(({ name }) => name.replace(/^\d+ /, '').replace(/-\d+-/, '-N-')), ['cong-van-N-ubnd-vp-2026 uy-ban-nhan-dan-xa-tan-lap.pdf', 'cong-van-N-ubnd-vp-2026 uy-ban-nhan-dan-phuong-hoa-binh.pdf'])
    assert.equal((await call(routes.list, { limit: 10, run: runId }, as('officer'))).items.length, 1, 'a unit sees its own')
    await refused(call(routes.zip, { runId, format: 'pdf' }, as('other')), 'NOT_FOUND')
    await refused(each(id(), [id()]), 'PAPER_RUN_EMPTY')
  })
  test('waits for receipts: a unit finds what it owes, the issuer what is missing', async () => {
    const owed = async (receipt: 'owed' | 'missing', who: string) => (await call(routes.list, { limit: 50, receipt }, as(who, later))).items
    const [[first], before] = [await owed('owed', 'officer'), (await owed('missing', 'head')).length]
    await call(routes.acknowledge, { orderId: id(), paperId: first!.id, unitId: unit['101']! }, as('officer', later))
    assert.ok(!(await owed('owed', 'officer')).some((one) => one.id === first!.id))
    assert.equal((await owed('missing', 'head')).length, before - 1)
    assert.deepEqual(await owed('owed', 'reader'), [])
  })
})

test('a rebuild from the journal gives the same register', async () => {
  const { differing, lines: replayed } = await checkRebuild({ connect: t.connect })
  assert.equal(replayed, await lines())
  assert.deepEqual(tables.filter((table) => differing[table]), [])
})
