// ICS forms: each block by its number and title, in order, in both files as they leave; what an event fills in; what is typed.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { near, opened, plain, unzip } from '../../../tests/paper-files.ts'
import { ICS } from './contract/ics.ts'
import type { IcsCode, IcsValues } from './contract/ics.ts'
import { headed, icsForms, keyOf } from './decide/ics.ts'
import { composeIcs, icsFilled } from './decide/ics-sheet.ts'
import { icsDocx } from './routes/ics-docx.ts'
import { lacking } from './routes/measure.ts'
import { openPdf } from './routes/pdf.ts'

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
    assert.equal(lacking(JSON.stringify(sheet)), undefined)
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
    const sheet = composeIcs({ form: '202', paper: 'letter', values: { '3': '#panic() = #read("/etc/passwd") $x$' } })
    const { texts } = (await opened(await pdf.draw(sheet, AT))).pages[0]!
    assert.ok(dense(texts.map(({ text }) => text).join('')).includes('#panic()=#read("/etc/passwd")$x$'))
  })
})
