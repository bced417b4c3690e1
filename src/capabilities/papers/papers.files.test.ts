// The files as they leave: the DOCX's XML and the PDF's texts, positions, fonts and tags, held against the profile for every kind of paper.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { near, opened, paragraphs, same, unzip } from '../../../tests/paper-files.ts'
import { Letter, PROFILES } from './contract/letter.ts'
import { compose } from './decide/compose.ts'
import type { Line, Sheet } from './decide/compose.ts'
import type { StyleName } from './decide/profiles.ts'
import { docxOf, STYLE_NAMES } from './routes/docx.ts'
import { widthOf } from './routes/measure.ts'
import { openPdf } from './routes/pdf.ts'

const AT = new Date('2026-11-22T02:00:00Z')
const TEXT = 'Thực hiện kế hoạch bảo đảm an ninh, trật tự, an toàn đại hội các cấp, đề nghị thủ trưởng các đơn vị chỉ đạo thực hiện và báo cáo kết quả; quá thời hạn nêu trên mà chưa báo cáo thì nêu rõ lý do, người chịu trách nhiệm và thời hạn hoàn thành mới.'
const sheetOf = (more: object = {}, head: object = {}): Sheet => compose(Letter.parse({
  kind: 'letter', subject: 'Đôn đốc thực hiện nhiệm vụ', day: '2026-02-05', drafter: 'VP', urgency: 'express', copies: 12,
  head: { profile: 'state', parent: 'UBND tỉnh Nghệ An', issuer: 'Ban Chỉ đạo đại hội', short: 'BCĐ', place: 'Nghệ An', address: 'Số 3 đường Trường Thi', ...head },
  to: ['Ủy ban nhân dân xã Kim Liên', 'Công an tỉnh'], body: [{ type: 'text', text: TEXT }, { type: 'text', text: TEXT }], signAs: ['KT. Trưởng ban', 'Phó Trưởng ban'], signer: 'Nguyễn Văn A', recipients: ['Như trên'],
  annexes: [{ title: 'Danh mục nhiệm vụ', landscape: true, body: [{ type: 'table', caption: 'Nhiệm vụ', columns: [{ head: 'STT', width: 0.1, align: 'center' }, { head: 'Nội dung', width: 0.9 }], rows: Array.from({ length: 60 }, (_, i) => [String(i + 1), 'Kiểm tra phòng cháy']) }] }], ...more,
}), 5)
const linesOf = (sheet: Sheet): Line[] => [...sheet.head.flat(2), ...sheet.flow, ...sheet.foot.flat(2)].filter((one): one is Line => 'style' in one)

const mm = (n: number): string => String(Math.ceil(n / 25.4 * 1440 - 1e-6))

describe('a DOCX', () => {
  for (const profile of PROFILES) test(`of the profile ${profile} has its page, margins, fonts, and a named style for each block`, async () => {
    const sheet = sheetOf({}, { profile })
    const p = sheet.profile
    const parts = unzip(await docxOf(sheet))
    const [styles, document] = [parts.get('word/styles.xml')!, parts.get('word/document.xml')!]
    const sections = [...document.matchAll(/<w:sectPr>.*?<\/w:sectPr>/gs)].map(([one]) => one)
    assert.equal(sections.length, 2, 'the paper and its annex')
    assert.match(sections[0]!, new RegExp(`<w:pgSz w:w="${mm(210)}" w:h="${mm(297)}"`))
    assert.match(sections[1]!, new RegExp(`<w:pgSz w:w="${mm(297)}" w:h="${mm(210)}" w:orient="landscape"`))
    for (const section of sections) {
      for (const side of ['top', 'bottom', 'left', 'right'] as const) assert.match(section, new RegExp(`<w:pgMar [^>]*w:${side}="${mm(p.margins[side])}"`))
      assert.match(section, /<w:titlePg\/>/, 'no number on the first page')
      assert.match(section, /<w:pgNumType w:start="1"/, 'an annex is numbered by itself')
    }
    assert.match(styles, /<w:rFonts [^>]*w:ascii="Times New Roman"/)
    for (const [name, style] of Object.entries(p.styles)) {
      const xml = new RegExp(`<w:style [^>]*>\\s*<w:name w:val="${STYLE_NAMES[name as StyleName]}"/>.*?</w:style>`, 's').exec(styles)?.[0] ?? ''
      assert.match(xml, new RegExp(`<w:sz w:val="${style.size * 2}"`), name)
      assert.match(xml, style.bold ? /<w:b\/>/ : /<w:b w:val="false"\/>/, `${name} bold`)
      assert.match(xml, style.italic ? /<w:i\/>/ : /<w:i w:val="false"\/>/, `${name} italic`)
      if (style.align) assert.match(xml, new RegExp(`<w:jc w:val="${{ left: 'left', center: 'center', justify: 'both' }[style.align]}"`), name)
      if (style.indent) assert.match(xml, new RegExp(`w:firstLine="${mm(style.indent * 10)}"`), name)
      assert.match(xml, new RegExp(`w:before="${(style.before ?? 0) * 20}"`), name)
    }
    const used = paragraphs(document).filter(({ text }) => text)
    assert.deepEqual(used.filter(({ style }) => !style).map(({ text }) => text), [], 'nothing is formatted by hand alone')
  })
  test('keeps what is written in it as text', async () => {
    const xml = unzip(await docxOf(sheetOf({ subject: 'A & B <w:p>', body: [{ type: 'text', text: '</w:t>"\'' }] }))).get('word/document.xml')!
    assert.ok(xml.includes('V/v a &amp; B\u00a0&lt;w:p&gt;') || xml.includes('V/v a &amp; B &lt;w:p&gt;'))
    assert.ok(!xml.includes('</w:t>"'))
  })
})


describe('a PDF', () => {
  const pdf = openPdf()
  after(() => pdf.close())
  for (const profile of PROFILES) test(`of the profile ${profile} has the same texts, sizes and letters, inside the margins, in its own fonts, tagged`, async () => {
    const sheet = sheetOf({}, { profile })
    const p = sheet.profile
    const { pages, info, xmp, marked } = await opened(await pdf.draw(sheet, AT))
    near(pages[0]!.width, 210, 'width')
    near(pages[1]!.width, 297, 'the annex lies')
    assert.equal(info.Title, sheet.title)
    assert.equal(info.Language, sheet.lang === 'vi' ? 'vi-VN' : 'en')
    assert.ok(marked?.Marked)
    assert.match(xmp, /pdfuaid:part/i)
    const found = pages[0]!.texts
    for (const { style, text, bold } of linesOf(sheet)) {
      if (bold !== undefined) continue
      const part = found.find((one) => one.size === p.styles[style].size && (same(text).startsWith(one.text.trim()) || one.text.startsWith(same(text))) && /Bold/.test(one.font) === Boolean(p.styles[style].bold) && /Italic/.test(one.font) === Boolean(p.styles[style].italic))
      assert.ok(part, `${style} “${text}” in ${p.styles[style].size} pt`)
    }
    for (const { texts, width, height } of pages) for (const one of texts) {
      assert.match(one.font, /^[A-Z]{6}\+Tinos/, 'embedded, and only what is used')
      assert.ok(one.x >= p.margins.left - 0.3 && one.x + one.width <= width - p.margins.right + 0.3, `“${one.text}” at ${one.x.toFixed(1)} mm`)
      assert.ok(one.y < height - p.margins.bottom || one.text === same(sheet.address?.text ?? ''), `“${one.text}” is below the margin`)
    }
    assert.ok(!pages[0]!.texts.some((one) => one.text === '1' && one.y < p.margins.top), 'no number on the first page')
    assert.ok(!pages[1]!.texts.some((one) => one.y < p.margins.top), 'nor on the first of the annex')
    assert.deepEqual(pages.slice(2).map(({ texts }) => texts.find((one) => one.y < p.margins.top)?.text), pages.slice(2).map((_, i) => String(i + 2)), 'an annex is numbered by itself')
    const tags = JSON.stringify(pages.map((page) => page.tags))
    for (const role of ['P', 'H1', 'Table', 'TH', 'TD']) assert.ok(tags.includes(`"role":"${role}"`), role)
  })
  test('puts the number and the date in one line, the head in its columns, the text at its indent', async () => {
    const sheet = sheetOf()
    const { texts } = (await opened(await pdf.draw(sheet, AT))).pages[0]!
    const at = (start: string) => texts.find((one) => one.text.startsWith(start)) ?? assert.fail(start)
    near(at('Số: ').y, at('Nghệ An, ').y, 'the line of the number')
    const middle = (one: { x: number; width: number }) => one.x + one.width / 2
    near(middle(at('CỘNG HÒA')), 30 + 68 + (165 - 68) / 2, 'the middle of the right column')
    near(middle(at('BAN CHỈ ĐẠO')), 30 + 34, 'the middle of the left column')
    near(at('Thực hiện').x, 30 + 12.7, 'the first line', 0.8)
    near(at('Nơi nhận:').x, 30, 'the recipients begin at the margin')
    near(at('Nơi nhận:').y, at('KT. TRƯỞNG BAN').y, 'beside the signature', 0.8)
    near(at('Nguyễn Văn A').x + at('Nguyễn Văn A').width / 2, middle(at('KT. TRƯỞNG BAN')), 'the name below the office')
  })
  test('of the same paper is the same file', async () => {
    const [one, two] = [await pdf.draw(sheetOf(), AT), await pdf.draw(sheetOf(), AT)]
    assert.ok(Buffer.from(one).equals(Buffer.from(two)))
  })
  for (const first of [{ type: 'heading', text: 'I. YÊU CẦU' }, { type: 'part', label: 'Phần I', title: 'Yêu cầu' }]) test(`of a letter may begin with a ${first.type}`, async () => {
    const { pages } = await opened(await pdf.draw(sheetOf({ body: [first, { type: 'text', text: TEXT }] }), AT))
    assert.ok(JSON.stringify(pages[0]!.tags).includes('"role":"H1"'))
  })
  test('cannot be made to run what is written in it', async () => {
    const sheet = sheetOf({ subject: '#panic() $x$ *đậm* @a', body: [{ type: 'text', text: '= #read("/etc/passwd") \\ <label>' }], annexes: [] })
    const { texts } = (await opened(await pdf.draw(sheet, AT))).pages[0]!
    assert.ok(texts.map((one) => one.text).join(' ').includes('= #read("/etc/passwd")'))
  })
  test('that cannot be drawn fails alone', async () => {
    const broken = { ...sheetOf(), flow: [{ style: 'none', text: 'x' }] } as unknown as Sheet
    await assert.rejects(pdf.draw(broken, AT), /Typst/)
    assert.ok((await pdf.draw(sheetOf({ annexes: [] }), AT)).length > 1000)
  })
})

describe('what bears a mark', () => {
  const MARK = 'TỐI MẬT · Nguyễn Thị Hạnh · 22/11/2026, 09:00'
  /** On how many places of each page it stands. */
  const marks = async (bytes: Uint8Array) => (await opened(bytes)).pages.map(({ texts }) => texts.filter(({ text }) => text.includes(MARK)).length)
  const words = async (bytes: Uint8Array) => (await opened(bytes)).pages.map(({ texts }) => texts.filter(({ text }) => !text.includes(MARK)).map(({ text }) => text).join(' '))
  test('says who reads it and when on every page: of a paper as it is drawn, of a file that came in, of a scanned picture; in a DOCX at the head of each', async () => {
    const pdf = openPdf()
    const sheet = sheetOf()
    const [plain, marked] = [await pdf.draw(sheet, AT), await pdf.draw({ ...sheet, mark: MARK }, AT)]
    assert.deepEqual([(await marks(plain)), (await marks(marked))], [[0, 0, 0, 0], [3, 3, 3, 3]])
    // A file keeps its pages, each with its own words; one of one, of three, of seven, and a picture.
    const stamped = await pdf.stamp({ bytes: plain, type: 'application/pdf', mark: MARK }, AT)
    assert.deepEqual([await marks(stamped), await words(stamped)], [[3, 3, 3, 3], await words(plain)])
    const scan = (n: number) => Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[${Array.from({ length: n }, (_, i) => `${i + 3} 0 R`).join(' ')}]/Count ${n}>>endobj\n${Array.from({ length: n }, (_, i) => `${i + 3} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${595 + i} 842]>>endobj`).join('\n')}\ntrailer<</Root 1 0 R>>`)
    for (const n of [1, 3, 7]) assert.deepEqual(await marks(await pdf.stamp({ bytes: scan(n), type: 'application/pdf', mark: MARK }, AT)), Array.from({ length: n }, () => 3), `${n} pages`)
    const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
    const [seen, ...others] = (await opened(await pdf.stamp({ bytes: picture, type: 'image/png', mark: MARK }, AT))).pages
    assert.ok(others.length === 0 && ['TỐI MẬT', 'Hạnh', '09:00'].every((part) => seen!.texts.some(({ text }) => text.includes(part))))
    await assert.rejects(pdf.stamp({ bytes: Buffer.from('%PDF-1.4 hong'), type: 'application/pdf', mark: MARK }, AT), /cannot be read as PDF/)
    await pdf.close()
    const parts = unzip(await docxOf({ ...sheet, mark: MARK }))
    const heads = [...parts].filter(([name]) => /^word\/header\d+\.xml$/.test(name))
    assert.ok(heads.length >= 2 && heads.every(([, xml]) => xml.includes(MARK)), 'the first page and those after it')
  })
})

test('widths are those of the font in the PDF', async () => {
  const pdf = openPdf()
  const { texts } = (await opened(await pdf.draw(sheetOf(), AT))).pages[0]!
  await pdf.close()
  const one = texts.find(({ text }) => text.startsWith('CỘNG HÒA'))!
  near(widthOf(one.text, { size: 12, bold: true }) * 25.4 / 72, one.width, one.text, 0.1)
})
