// ICS forms: each block by its number and title, in order, in both files as they leave; what an event fills in; what is typed.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { call } from '@orpc/server'
import { sql } from 'kysely'
import { near, opened, plain, unzip } from '../../../tests/paper-files.ts'
import { fairTemplate, idsOf, populate, TASK_ROLES, TASK_UNITS } from '../../../tests/scene.ts'
import { projectors, schemaFolders, wire } from '../../app/wiring.ts'
import { OPERATOR } from '../../kernel/access.ts'
import { rows } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { freshDb } from '../../kernel/testing.ts'
import type { TestDb } from '../../kernel/testing.ts'
import type { programmesRoutes } from '../programmes/routes.ts'
import type { tasksRoutes } from '../tasks/routes.ts'
import { ICS } from './contract/ics.ts'
import type { IcsCode, IcsValues } from './contract/ics.ts'
import { Letter } from './contract/letter.ts'
import { headed, icsForms, keyOf } from './decide/ics.ts'
import { composeIcs, icsFilled, wordsOf } from './decide/ics-sheet.ts'
import { icsDocx } from './routes/ics-docx.ts'
import { lacking } from './routes/measure.ts'
import { openPdf } from './routes/pdf.ts'
import type { papersRoutes } from './routes.ts'

const AT = new Date('2026-11-22T02:00:00Z')
/** Lines and cells break where they must; letters and their order are what counts. */
const dense = (text: string) => text.replace(/\s/g, '')
const all = (code: IcsCode) => icsForms[code].blocks.flatMap((block) => [{ ...block, by: block.title }, ...(block.table?.columns ?? []).map((one) => ({ ...one, by: one.head }))].filter(({ n, by }) => n && by).map((one) => ({ n: one.n!, head: headed(one, one.by) })))
/** As the forms of FEMA have it. */
const BLOCKS: Record<IcsCode, number> = { 202: 8, 203: 9, 204: 9, 205: 6, 206: 8, 209: 53, 214: 8, 215: 14 }
const EVENT = {
  name: 'Congress, Kim Liên', unit: 'Kim Liên', place: 'Kim Liên, Nghệ An', from: { day: '2026-02-05', time: '07:30' }, to: { day: '2026-02-06', time: '17:00' },
  tasks: [{ title: 'Check exits', unit: 'Fire brigade', due: '2026-02-01' }, { title: 'Check power', unit: 'Kim Liên', due: null }], more: 3,
}
function inOrder(text: string, heads: string[], what: string) {
  let at = 0
  for (const head of heads) {
    const found = text.indexOf(dense(head), at)
    assert.ok(found >= 0, `${what}: “${head}” after ${at}`)
    at = found + 1
  }
}

describe('an ICS form', () => {
  const pdf = openPdf()
  after(() => pdf.close())
  for (const code of ICS) test(`ICS ${code} has its blocks from 1 to ${BLOCKS[code]} in order, as PDF and as DOCX, with what was filled in and typed`, async () => {
    const form = icsForms[code]
    assert.deepEqual(all(code).map(({ n }) => n), Array.from({ length: BLOCKS[code] }, (_, i) => i + 1))
    const keys = form.blocks.flatMap((block) => [...(block.fields ?? []).map((field) => keyOf(block, field)), ...(block.table ? [`${keyOf(block)}[]`] : [])])
    assert.equal(new Set(keys).size, keys.length, 'each field has its own place')
    const values: IcsValues = icsFilled(form, EVENT)
    // Whatever is not known of the event is typed: a text of its own in each field, two rows in each table.
    for (const block of form.blocks) {
      for (const field of block.fields ?? []) values[keyOf(block, field)] ??= field.kind === 'check' || field.kind === 'yesno' ? 'yes' : `typed ${keyOf(block, field)}`
      if (block.table) values[keyOf(block)] ??= (block.table.rows ?? ['', '']).map((_, i) => block.table!.columns.map((__, j) => `cell ${keyOf(block)} ${i} ${j}`))
    }
    const sheet = composeIcs({ form: code, paper: code === '204' ? 'a4' : 'letter', values })
    assert.equal(lacking(wordsOf(sheet)), undefined)
    for (const row of sheet.rows) assert.equal(row.reduce((sum, { wide }) => sum + wide, 0), 12)
    const heads = [`${form.title} (ICS ${code})`, ...all(code).map(({ head }) => head)]
    const said = sheet.rows.flat().flatMap(({ parts }) => parts.flatMap((part) => ('pairs' in part ? part.pairs.map(([label, text]) => `${label}: ${text}`) : 'label' in part ? part.text.split('\n') : 'rows' in part ? part.rows.flat() : part.marks.map(([label, on]) => `${on ? '[X]' : '[ ]'} ${label}`)))).filter(Boolean)

    const file = await opened(await pdf.draw(sheet, AT))
    const text = dense(file.pages.flatMap(({ texts }) => texts.map((one) => one.text)).join(''))
    inOrder(text, heads, 'PDF')
    for (const one of said) assert.ok(text.includes(dense(one)), `PDF: “${one}”`)
    near(file.pages[0]!.width, code === '215' ? 279.4 : code === '204' ? 210 : 215.9, 'width')
    for (const { texts, width } of file.pages) for (const one of texts) {
      assert.match(one.font, /^[A-Z]{6}\+Tinos/)
      assert.ok(one.x > 12 && one.x + one.width < width - 12, `“${one.text}” is inside the margins`)
    }
    const tags = JSON.stringify(file.pages.map((page) => page.tags))
    assert.match(file.xmp, /pdfuaid:part/i)
    assert.equal(tags.match(/"role":"H1"/g)?.length, 1)
    assert.ok(tags.match(/"role":"H2"/g)!.length >= form.blocks.filter(({ title }) => title).length, 'each block is a heading')

    const xml = unzip(await icsDocx(sheet)).get('word/document.xml')!
    const words = dense(plain(xml))
    inOrder(words, heads, 'DOCX')
    for (const one of said) assert.ok(words.includes(dense(one)), `DOCX: “${one}”`)
    assert.match(xml, code === '215' ? /<w:pgSz w:w="15840" w:h="12240" w:orient="landscape"/ : code === '204' ? /<w:pgSz w:w="11906" w:h="16838"/ : /<w:pgSz w:w="12240" w:h="15840"/)
    assert.equal(xml.match(/w:val="IcsBlock"/g)!.length, form.blocks.filter(({ title }) => title).length)
  })

  test('with nothing in it is drawn to be filled in by hand', async () => {
    for (const code of ICS) {
      const sheet = composeIcs({ form: code, paper: 'a4', values: {} })
      assert.ok((await opened(await pdf.draw(sheet, AT))).pages.length <= (code === '209' ? 5 : 2), code)
      assert.ok((await icsDocx(sheet)).length > 3000)
    }
  })
  test('takes hours, units and tasks from an event, and leaves objectives and numbers of forces to whoever plans', () => {
    assert.deepEqual(icsFilled(icsForms['202'], EVENT), { '1': 'Congress, Kim Liên', '2.fromDay': '2026-02-05', '2.toDay': '2026-02-06', '2.fromTime': '07:30', '2.toTime': '17:00' })
    const order = icsFilled(icsForms['204'], EVENT)
    assert.equal(order['6'], 'Check exits (Fire brigade, 2026-02-01)\nCheck power (Kim Liên)\n… 3 more')
    assert.deepEqual(order['5'], [['Kim Liên'], ['Fire brigade']])
    assert.deepEqual(icsFilled(icsForms['215'], EVENT)['3'], [['', 'Fire brigade', 'Check exits'], ['', 'Kim Liên', 'Check power']])
  })
  test('cannot be made to run what is written in it', async () => {
    const sheet = composeIcs({ form: '202', paper: 'letter', values: { '3': '\u0000\u0007#panic() = #read("/etc/passwd") $x$' } })
    assert.equal(lacking(wordsOf(sheet)), undefined, 'letters of control are no letters')
    const { texts } = (await opened(await pdf.draw(sheet, AT))).pages[0]!
    assert.ok(dense(texts.map(({ text }) => text).join('')).includes('#panic()=#read("/etc/passwd")$x$'))
  })
})

describe('from an event of the record', () => {
  const NOW = new Date('2026-03-02T02:00:00Z')
  const person = idsOf(TASK_ROLES, NOW)
  const id = () => uuidv7(NOW)
  let t: TestDb
  let unit: Record<string, string> = {}
  let eventId = ''
  let [papers, programmes, tasks] = [] as unknown as [ReturnType<typeof papersRoutes>, ReturnType<typeof programmesRoutes>, ReturnType<typeof tasksRoutes>]
  const as = (who: string) => ({ context: t.as(who === 'operator' ? OPERATOR : { id: person[who]!, kind: 'person' }, { at: NOW }) })
  before(async () => {
    t = await freshDb(schemaFolders, projectors)
    unit = await populate(t, TASK_UNITS, NOW, TASK_ROLES, person)
    ;({ papers, programmes, tasks } = wire({ read: t.as(OPERATOR).read, hub: { publish: () => {}, followed: () => [] }, clock: () => NOW, committer: t.committer } as never).router as never)
    await call(programmes.templates.import, { orderId: id(), unitId: unit['VN']!, text: fairTemplate({ levels: ['province'] }) }, as('operator'))
    await call(programmes.programmes.create, { orderId: id(), code: 'F', name: { vi: 'Hội chợ', en: 'Fair' }, unitId: unit['VN']!, template: 'fair' } as never, as('operator'))
    await call(programmes.programmes.cascade, { orderId: id(), code: 'F', units: 'unit_code\n01\n', dates: 'unit_code,day\n01,2026-06-01\n' } as never, as('operator'))
    eventId = (await rows<{ id: string }>(t.as(OPERATOR).read, sql`select event_id as id from public_programmes_events`))[0]!.id
    await call(tasks.assign, { orderId: id(), issuerUnitId: unit['01']!, unitId: unit['101']!, eventId, title: 'Lập chốt' } as never, as('head'))
    for (const [from, to] of [['00:30', '04:00'], ['06:00', '10:15']]) await call(programmes.events.addActivity, { orderId: id(), eventId, name: { vi: 'Phần', en: 'Part' }, startsAt: `2026-06-01T${from}:00Z`, endsAt: `2026-06-01T${to}:00Z` } as never, as('operator'))
  })

  test('its name, the hours of its run sheet on its own clock, who takes part and what is to be done; only for who may issue there', async () => {
    const { unitId, values } = await call(papers.fromEvent, { eventId, form: '204' }, as('head'))
    assert.equal(unitId, unit['01'])
    assert.deepEqual([values['1'], values['2.fromDay'], values['2.fromTime'], values['2.toDay'], values['2.toTime']], ['Fair, Tỉnh Một', '2026-06-01', '07:30', '2026-06-01', '17:15'])
    assert.deepEqual((values['5'] as string[][]).flat().sort(), ['Tỉnh Một', 'Xã Tân Lập'])
    assert.match(values['6'] as string, /^One \(Tỉnh Một, 2026-05-22\)$/m)
    assert.match(values['6'] as string, /^Lập chốt \(Xã Tân Lập\)$/m)
    for (const who of ['reader', 'officer', 'other']) {
      await assert.rejects(call(papers.fromEvent, { eventId, form: '204' }, as(who)), { code: 'NOT_FOUND' })
      await assert.rejects(call(papers.drawIcs, { unitId: unit['01']!, ics: { form: '202', paper: 'a4', values: {} }, format: 'pdf' }, as(who)), { code: 'NOT_FOUND' })
    }
  })
  test('is kept among the drafts under its own kind, drawn as it stands, and leaves nothing in the register', async () => {
    const draftId = id()
    await call(papers.saveDraft, { unitId: unit['01']!, draftId, expectedVersion: 0, kind: 'ics209', subject: 'ICS 209, Fair', form: '{}' }, as('head'))
    assert.deepEqual((await call(papers.drafts, { limit: 10 }, as('head'))).items.map(({ kind, subject }) => [kind, subject]), [['ics209', 'ICS 209, Fair']])
    const { headers } = await call(papers.drawIcs, { unitId: unit['01']!, ics: { form: '209', paper: 'a4', values: { '1': 'Fair' } }, format: 'docx' }, as('head'))
    assert.match(headers['content-disposition']!, /filename="ics-209\.docx"/)
    await assert.rejects(call(papers.drawIcs, { unitId: unit['01']!, ics: { form: '209', paper: 'a4', values: { '1': 'x 😀' } }, format: 'pdf' }, as('head')), { code: 'PAPER_LETTER' })
    assert.equal((await call(papers.list, { limit: 10 }, as('head'))).items.length, 0)
  })
  test('papers of the event are those linked to one of its tasks, for who may read both', async () => {
    const { paperId } = await call(papers.issue, { orderId: id(), unitId: unit['01']!, sentTo: [unit['02']!], letter: Letter.parse({
      kind: 'letter', subject: 'Về việc lập chốt', drafter: 'VP', head: { profile: 'state', issuer: 'Ủy ban nhân dân tỉnh Một', short: 'UBND', place: 'Tỉnh Một' }, body: [{ type: 'text', text: 'Một' }],
    }) } as never, as('head'))
    const [task] = await rows<{ id: string }>(t.as(OPERATOR).read, sql`select task_id as id from public_tasks_evidence where event_id = ${eventId} limit 1`)
    const of = async (who: string, event = eventId) => (await call(papers.list, { event, limit: 10 }, as(who))).items.map((one) => one.id)
    assert.deepEqual(await of('head'), [])
    await call(papers.link, { orderId: id(), paperId, links: [{ relation: 'carried_out', taskId: task!.id }] } as never, as('head'))
    assert.deepEqual([await of('head'), await of('reader'), await of('head', uuidv7())], [[paperId], [paperId], []])
    assert.equal((await call(papers.list, { limit: 10 }, as('other'))).items.length, 1, 'it was sent to them')
    assert.deepEqual(await of('other'), [], 'but the event is not theirs')
  })
})
