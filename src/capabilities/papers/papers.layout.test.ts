// Every row of the decree's table of layout by its name, and what proves it: lines, frames and places as they stand in the PDF and in the DOCX. A row that nothing proves fails here.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { near, opened, same, unzip } from '../../../tests/paper-files.ts'
import { kindNames } from './contract/kinds.ts'
import { Letter } from './contract/letter.ts'
import { compose } from './decide/compose.ts'
import type { Marked, Sheet } from './decide/compose.ts'
import type { StyleName } from './decide/profiles.ts'
import { docxOf } from './routes/docx.ts'
import { openPdf } from './routes/pdf.ts'

const TABLE = '../shared/data/tables/nd30-layout.json'
const skip = existsSync(TABLE) ? false : 'the tables of Decree 30 are not on this machine (../shared/data)'
type Tree = { [name: string]: unknown }
const layout = (skip ? {} : JSON.parse(readFileSync(TABLE, 'utf8'))) as Tree
/** `blocks.tieu_ngu.rule` and the like: lists and words are rows, objects are not. */
const rowsOf = (tree: Tree, under = ''): [name: string, value: never][] => Object.entries(tree).flatMap(([name, value]) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? rowsOf(value as Tree, `${under}${name}.`) : [[under + name, value as never]]))

const TEXT = 'Thực hiện kế hoạch bảo đảm an ninh, trật tự, an toàn đại hội các cấp, đề nghị thủ trưởng các đơn vị chỉ đạo thực hiện và báo cáo kết quả; quá thời hạn nêu trên mà chưa báo cáo thì nêu rõ lý do và thời hạn hoàn thành mới.'
const sheetOf = (more: object = {}, number = 5, marked?: Marked): Sheet => compose(Letter.parse({
  kind: 'decision', subject: 'Bảo đảm an toàn đại hội', day: '2026-02-05', drafter: 'VP', copies: 12, circulation: 'Xem xong trả lại', head: { profile: 'state', parent: 'UBND tỉnh Nghệ An', issuer: 'Sở Nội vụ', short: 'SNV', place: 'Nghệ An', address: 'Số 3 đường Trường Thi' },
  to: ['Ủy ban nhân dân xã Kim Liên', 'Công an tỉnh'], grounds: ['Căn cứ Luật Tổ chức chính quyền địa phương', 'Theo đề nghị của Chánh Văn phòng'], body: Array.from({ length: 24 }, () => ({ type: 'text', text: TEXT })),
  signAs: ['KT. Giám đốc', 'Phó Giám đốc'], signer: 'Nguyễn Văn A', recipients: ['Như trên'], annexes: ['Một', 'Hai'].map((title) => ({ title, body: [{ type: 'text', text: TEXT }] })), ...more,
}), number, marked)
const pdf = openPdf()
after(() => pdf.close())
const files = async (sheet: Sheet) => ({ sheet, ...(await opened(await pdf.draw(sheet, new Date(0)))), docx: unzip(await docxOf(sheet)) })
const decision = skip ? undefined : await files(sheetOf())
const letter = skip ? undefined : await files(sheetOf({ kind: 'letter' }))
type Files = NonNullable<typeof decision>

const LEFT = 30
const RIGHT = 195
const toMm = (twips: number): number => twips / 1440 * 25.4
const within = (value: number, [least, most]: [number, number], what: string) => assert.ok(value >= least - 0.01 && value <= most + 0.01, `${what}: ${value} is not ${least}–${most}`)
const at = (from: Files, start: string, page = 0) => from.pages[page]!.texts.find(({ text }) => text.startsWith(start)) ?? assert.fail(`“${start}” is not on page ${page + 1}`)
const middle = (one: { x: number; width: number }): number => one.x + one.width / 2
const words = (style: StyleName, { flow, head, foot, address, annexes }: Sheet) => [...head.flat(2), ...flow, ...foot.flat(2), ...(address ? [address] : []), ...annexes.flatMap((one) => one.flow)].flatMap((one) => ('style' in one && one.style === style ? [same(one.text)] : []))
const styleXml = (docx: Map<string, string>, style: StyleName) => new RegExp(`w:styleId="SS${style[0]!.toUpperCase()}${style.slice(1)}".*?</w:style>`, 's').exec(docx.get('word/styles.xml')!)?.[0] ?? assert.fail(style)
/** The line below words in the PDF, and the empty paragraph with a border that stands for it in the DOCX: their lengths, as shares of the words. */
function ruled(from: Files, start: string): { pdf: number; docx: number } {
  const one = at(from, start)
  const line = from.pages[0]!.strokes.find(({ y, x, height }) => height < 0.1 && y > one.y + 1 && y < one.y + 3 && x >= one.x - 0.2 && x < one.x + one.width) ?? assert.fail(`no line below “${start}”`)
  near(middle(line), middle(one), `the line below “${start}” stands in the middle`, 0.2)
  assert.equal(line.colour, '#000000')
  const document = from.docx.get('word/document.xml')!
  const paragraphs = [...document.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([xml]) => xml)
  const place = paragraphs.findIndex((xml) => same([...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)/g)].map(([, text]) => text).join('')).startsWith(start))
  const [, left, right] = /<w:pBdr><w:bottom w:val="single"[^>]*>.*<w:ind w:left="(\d+)" w:right="(\d+)"/s.exec(paragraphs[place + 1] ?? '') ?? assert.fail(`no border below “${start}”`)
  assert.ok(Math.abs(Number(left) - Number(right)) <= 2, 'in the middle')
  const room = one.x > 90 ? RIGHT - LEFT - from.sheet.profile.headLeft : start === 'SỞ' ? from.sheet.profile.headLeft : RIGHT - LEFT
  return { pdf: line.width / one.width, docx: (room - toMm(Number(left) + Number(right))) / one.width }
}
const share = (found: { pdf: number; docx: number }, [least, most]: [number, number], what: string) => { within(found.pdf, [least, most], `${what} in the PDF`); within(found.docx, [least - 0.01, most + 0.01], `${what} in the DOCX`) }

/** Which style and which words a block of the table is. */
const BLOCKS: Record<string, [style: StyleName, start: string, from?: 'letter' | undefined, page?: number]> = {
  quoc_hieu: ['state', 'CỘNG HÒA'], tieu_ngu: ['motto', 'Độc lập'], co_quan_chu_quan: ['parent', 'UBND TỈNH'], co_quan_ban_hanh: ['issuer', 'SỞ NỘI VỤ'], so_ky_hieu: ['number', 'Số: '], dia_danh_ngay: ['place', 'Nghệ An, '], ten_loai: ['kind', 'QUYẾT ĐỊNH'], trich_yeu: ['subject', 'Về việc'],
  trich_yeu_cong_van: ['subjectLetter', 'V/v', 'letter'], can_cu: ['grounds', 'Căn cứ'], noi_dung: ['text', 'Thực hiện'], quyen_han_chuc_vu: ['signAs', 'KT. GIÁM ĐỐC', undefined, -1], ho_ten: ['signer', 'Nguyễn Văn A', undefined, -1], noi_nhan_label: ['recipientsLabel', 'Nơi nhận:', undefined, -1], noi_nhan_list: ['recipients', '- Như trên', undefined, -1],
  kinh_gui: ['to', 'Kính gửi:', 'letter'], phu_luc_label: ['annex', 'Phụ lục I', undefined, -2], khan: ['urgency', 'KHẨN', 'letter'], ky_hieu_nguoi_soan: ['drafter', 'VP.(12)', undefined, -1], dia_chi: ['address', 'Số 3'],
}
const pageOf = (from: Files, page: number | undefined): number => (page === undefined ? 0 : from.pages.findIndex(({ texts }) => texts.some(({ text }) => text === (page === -1 ? 'Nguyễn Văn A' : 'Phụ lục I'))))
const stamped = skip ? undefined : await files(sheetOf({ kind: 'letter', urgency: 'urgent' }))
function block(name: string) {
  const [style, start, of, page] = BLOCKS[name] ?? assert.fail(`${name} is no block of ours`)
  const from = name === 'khan' ? stamped! : of === 'letter' ? letter! : decision!
  return { style, start, from, text: at(from, start, pageOf(from, page)), xml: styleXml(from.docx, style) }
}

/** What is true of a block is asked of the block; what is true of one block alone stands here by its whole name. */
const ofBlocks: Record<string, (name: string, value: never) => void> = {
  size: (name, value: [number, number]) => { const { text, xml } = block(name); within(text.size, value, 'PDF'); within(Number(/<w:sz w:val="(\d+)"/.exec(xml)![1]) / 2, value, 'DOCX') },
  bold: (name, value: boolean) => { const { text, xml } = block(name); assert.equal(/Bold/.test(text.font), value); assert.equal(/<w:b\/>/.test(xml), value) },
  italic: (name, value: boolean) => { const { text, xml } = block(name); assert.equal(/Italic/.test(text.font), value); assert.equal(/<w:i\/>/.test(xml), value) },
  case: (name) => { const { style, from } = block(name); for (const text of words(style, from.sheet)) assert.equal(text, text.toLocaleUpperCase('vi')) },
}
const place = (name: string, other: string, what: 'level' | 'below' | 'middle') => {
  const [one, two] = [block(name).text, block(other).text]
  if (what === 'level') return near(one.y, two.y, `${name} level with ${other}`, 0.9)
  assert.ok(one.y > two.y, `${name} below ${other}`)
  if (what === 'middle') near(middle(one), middle(two), `${name} below the middle of ${other}`)
}
const centred = (name: string) => near(middle(block(name).text), (LEFT + RIGHT) / 2, name)
/** The places of part IV: a sketch of boxes, where each stands to the next. */
const boxes: Record<string, () => void> = {
  quoc_hieu: () => { place('quoc_hieu', 'co_quan_chu_quan', 'level'); assert.ok(block('quoc_hieu').text.x > block('co_quan_chu_quan').text.x + block('co_quan_chu_quan').text.width) }, tieu_ngu: () => place('tieu_ngu', 'quoc_hieu', 'middle'),
  co_quan_chu_quan: () => assert.ok(block('co_quan_chu_quan').text.x < 100), co_quan_ban_hanh: () => place('co_quan_ban_hanh', 'co_quan_chu_quan', 'middle'), so_ky_hieu: () => place('so_ky_hieu', 'co_quan_ban_hanh', 'middle'),
  dia_danh_ngay: () => { place('dia_danh_ngay', 'so_ky_hieu', 'level'); place('dia_danh_ngay', 'tieu_ngu', 'middle') }, ten_loai: () => { place('ten_loai', 'so_ky_hieu', 'below'); centred('ten_loai') }, trich_yeu: () => place('trich_yeu', 'ten_loai', 'middle'),
  trich_yeu_cong_van: () => near(middle(block('trich_yeu_cong_van').text), middle(at(letter!, 'Số: ')), '5b below 3'), noi_dung: () => place('noi_dung', 'can_cu', 'below'), quyen_han_chuc_vu: () => assert.ok(block('quyen_han_chuc_vu').text.x > 105), ho_ten: () => place('ho_ten', 'quyen_han_chuc_vu', 'middle'),
  noi_nhan_label: () => { place('noi_nhan_label', 'quyen_han_chuc_vu', 'level'); near(block('noi_nhan_label').text.x, LEFT, 'at the margin', 0.2) }, kinh_gui: () => assert.ok(block('kinh_gui').text.y < at(letter!, 'Thực hiện').y),
  khan: () => near(middle(block('khan').text), middle(at(stamped!, 'Số: ')), '10b below 3'), ky_hieu_nguoi_soan: () => { place('ky_hieu_nguoi_soan', 'noi_nhan_list', 'below'); near(block('ky_hieu_nguoi_soan').text.x, LEFT, 'at the margin', 0.2) },
  dia_chi: () => {
    const line = decision!.pages[0]!.strokes.find(({ y, width }) => Math.abs(width - (RIGHT - LEFT)) < 0.2 && y > 270) ?? assert.fail('no line above the address')
    assert.ok(line.y < block('dia_chi').text.y, 'below a line across the whole page')
    assert.match([...decision!.docx].find(([name, xml]) => name.startsWith('word/footer') && xml.includes('Số 3'))![1], /<w:pBdr><w:top w:val="single"/)
    assert.ok(!decision!.pages[1]!.texts.some(({ text }) => text.startsWith('Số 3 đường')), 'on the first page alone')
  },
}
const NOT_OURS = {
  signing: 'the signing program of the office puts it on the finished file; the paper leaves room for it (the gap between title and name)', scan: 'an office’s scanner makes it; what is uploaded is kept as it is', source: 'says where the table comes from',
}
const margin = (side: 'top' | 'bottom' | 'left' | 'right') => (value: [number, number]) => {
  for (const { docx, sheet } of [decision!, letter!]) {
    within(sheet.profile.margins[side], value, side)
    for (const [, twips] of docx.get('word/document.xml')!.matchAll(new RegExp(`<w:pgMar [^>]*w:${side}="(\\d+)"`, 'g'))) within(toMm(Number(twips)), [value[0], value[1] + 0.02], side)
  }
  const all = decision!.pages.flatMap(({ texts }) => texts).filter(({ text, y }) => !/^\d$/.test(text) && !text.startsWith('Số 3') && y < 290)
  const nearest = { left: Math.min(...all.map(({ x }) => x)), right: 210 - Math.max(...all.map(({ x, width }) => x + width)), top: Math.min(...all.map(({ y, size }) => y - size * 0.933 * 25.4 / 72)), bottom: 297 - Math.max(...all.map(({ y }) => y)) }[side]
  assert.ok(nearest >= value[0] - 0.1, `${side}: ${nearest}`)
  if (side !== 'bottom') assert.ok(nearest <= value[1] + 0.1, `${side}: ${nearest}`)
}
const numbers = () => decision!.pages.map(({ texts }) => texts.find(({ y }) => y < 20))
const perRow: Record<string, ((value: never) => void | Promise<void>) | keyof typeof NOT_OURS> = {
  'source': 'source', 'seen': 'source',
  'paper_mm': ([w, h]: [number, number]) => { for (const { width, height } of decision!.pages) { near(width, w, 'width', 0.1); near(height, h, 'height', 0.1) } assert.match(decision!.docx.get('word/document.xml')!, /<w:pgSz w:w="11906" w:h="16838"/) },
  'margins_mm.top': margin('top'), 'margins_mm.bottom': margin('bottom'), 'margins_mm.left': margin('left'), 'margins_mm.right': margin('right'),
  'font': (font: string) => { assert.match(decision!.docx.get('word/styles.xml')!, new RegExp(`<w:docDefaults>.*w:ascii="${font}"`, 's')); assert.doesNotMatch(decision!.docx.get('word/document.xml')!, /w:rFonts/); for (const { font: one } of decision!.pages.flatMap(({ texts }) => texts)) assert.match(one, /\+Tinos/) },
  'charset': () => { for (const { text } of [...decision!.pages, ...letter!.pages].flatMap(({ texts }) => texts)) assert.ok(!text.includes('\uFFFD') && text === text.normalize('NFC'), text) },
  'colour': () => { for (const { strokes } of [...decision!.pages, ...letter!.pages]) for (const { colour } of strokes) assert.equal(colour, '#000000'); assert.doesNotMatch(decision!.docx.get('word/document.xml')!, /<w:color /); assert.match(decision!.docx.get('word/styles.xml')!, /<w:docDefaults>.*<w:color w:val="000000"/s) },
  'page_number.size': (value: [number, number]) => { for (const one of numbers().filter(Boolean)) within(one!.size, value, 'PDF'); within(Number(/<w:sz w:val="(\d+)"/.exec(styleXml(decision!.docx, 'page'))![1]) / 2, value, 'DOCX') },
  'page_number.style': () => { for (const one of numbers().filter(Boolean)) assert.doesNotMatch(one!.font, /Bold|Italic/); assert.doesNotMatch(styleXml(decision!.docx, 'page'), /<w:[bi]\/>/) },
  'page_number.where': () => {
    for (const one of numbers().filter(Boolean)) near(middle(one!), (LEFT + RIGHT) / 2, 'in the middle', 0.2)
    const head = [...decision!.docx].find(([name, xml]) => name.startsWith('word/header') && xml.includes('PAGE'))![1]
    assert.match(head, /<w:pStyle w:val="SSPage"/)
    assert.match(styleXml(decision!.docx, 'page'), /<w:jc w:val="center"/)
    assert.ok(toMm(Number(/w:header="(\d+)"/.exec(decision!.docx.get('word/document.xml')!)![1])) < 20)
  },
  'page_number.first_page_hidden': () => { assert.deepEqual(numbers().map((one) => one?.text), [undefined, '2', '3', undefined, undefined]); assert.equal(decision!.docx.get('word/document.xml')!.match(/<w:titlePg\/>/g)?.length, 3) },
  'blocks.quoc_hieu.text': (text: string) => assert.equal(block('quoc_hieu').text.text, text), 'blocks.tieu_ngu.text': (text: string) => assert.equal(block('tieu_ngu').text.text, text),
  'blocks.tieu_ngu.rule': () => share(ruled(decision!, 'Độc lập'), [0.99, 1.01], 'the whole line'),
  'blocks.co_quan_ban_hanh.rule': () => share(ruled(decision!, 'SỞ'), [1 / 3, 1 / 2], 'a third to a half'), 'blocks.trich_yeu.rule': () => share(ruled(decision!, 'Về việc'), [1 / 3, 1 / 2], 'a third to a half'),
  'blocks.so_ky_hieu.pad_lt10': () => { for (const [number, said] of [[9, 'Số: 09/'], [10, 'Số: 10/'], [105, 'Số: 105/']] as const) assert.ok(words('number', sheetOf({}, number))[0]!.startsWith(said)) },
  'blocks.dia_danh_ngay.pad_day_lt10': () => { assert.ok(words('place', sheetOf({ day: '2026-05-09' }))[0]!.includes('ngày 09 tháng 5')); assert.ok(words('place', sheetOf({ day: '2026-05-10' }))[0]!.includes('ngày 10 tháng 5')) },
  'blocks.dia_danh_ngay.pad_month': (months: number[]) => { for (let m = 1; m <= 12; m++) assert.ok(words('place', sheetOf({ day: `2026-${String(m).padStart(2, '0')}-15` }))[0]!.includes(`tháng ${months.includes(m) ? `0${m}` : m} năm`)) },
  'blocks.trich_yeu_cong_van.prefix': (prefix: string) => assert.ok(block('trich_yeu_cong_van').text.text.startsWith(`${prefix} `)),
  'blocks.trich_yeu_cong_van.gap_pt': (gap: number) => {
    const { text, xml } = block('trich_yeu_cong_van')
    assert.match(xml, new RegExp(`w:before="${gap * 20}"`))
    near(text.y - at(letter!, 'Số: ').y, (gap + 0.216 * 13 + 0.933 * 12) * 25.4 / 72, 'the gap', 0.1)
  },
  'blocks.can_cu.end': () => assert.deepEqual(words('grounds', decision!.sheet).map((text) => text.at(-1)), [';', '.']),
  'blocks.noi_dung.justify': () => { assert.match(block('noi_dung').xml, /<w:jc w:val="both"/); const full = decision!.pages[1]!.texts.filter(({ x }) => x < LEFT + 0.5); assert.ok(full.length > 5); for (const { x } of full) near(x, LEFT, 'left', 0.1) },
  'blocks.noi_dung.first_indent_cm': ([least, most]: [number, number]) => { within((block('noi_dung').text.x - LEFT) / 10, [least, most + 0.03], 'PDF'); within(toMm(Number(/w:firstLine="(\d+)"/.exec(block('noi_dung').xml)![1])) / 10, [least, most + 0.002], 'DOCX') },
  'blocks.noi_dung.para_gap_pt_min': (least: number) => {
    assert.ok(Number(/w:before="(\d+)"/.exec(block('noi_dung').xml)![1]) / 20 >= least)
    const [first, second, third] = decision!.pages[1]!.texts.filter(({ y }) => y > 20).map(({ y }) => y) as [number, number, number]
    const lines = new Set(decision!.pages[1]!.texts.filter(({ y }) => y > 20).map(({ y }) => Math.round(y * 10)))
    const steps = [...lines].toSorted((a, b) => a - b).map((y, i, all) => (y - (all[i - 1] ?? y)) / 10).slice(1)
    assert.ok(first <= second && second <= third && Math.max(...steps.slice(0, 20)) - Math.min(...steps) >= least * 25.4 / 72 - 0.2)
  },
  'blocks.noi_dung.line': (value: [number, number]) => {
    within(Number(/w:line="(\d+)"/.exec(block('noi_dung').xml)![1]) / 240, value, 'DOCX')
    const ys = [...new Set(decision!.pages[1]!.texts.filter(({ y }) => y > 20).map(({ y }) => Math.round(y * 100) / 100))].toSorted((a, b) => a - b)
    within(Math.min(...ys.slice(1).map((y, i) => y - ys[i]!)) / (14 * 1.149 * 25.4 / 72), value, 'PDF')
  },
  'blocks.quyen_han_chuc_vu.prefixes': (prefixes: string[]) => { for (const prefix of prefixes) assert.equal(words('signAs', sheetOf({ signAs: [`${prefix} Giám đốc`] }))[0], `${prefix} GIÁM ĐỐC`) },
  'blocks.noi_nhan_list.last': () => assert.equal(words('recipients', decision!.sheet).at(-1), '- Lưu: VT, VP.'),
  'blocks.phu_luc_label.roman': () => assert.deepEqual(words('annex', decision!.sheet), ['Phụ lục I', 'Phụ lục II']),
  ...Object.fromEntries([['HỎA TỐC', 'express'], ['THƯỢNG KHẨN', 'very_urgent'], ['KHẨN', 'urgent']].map(([said, urgency]) => [`blocks.khan.stamp_mm.${said}`, async (size: [number, number]) => framed(await files(sheetOf({ kind: 'letter', urgency })), said!, [size])])),
  ...Object.fromEntries(['chu_ky_so_phu_luc.size', 'chu_ky_so_phu_luc.time'].map((row) => [`blocks.${row}`, 'signing'])), 'digital_signature.leader': 'signing', 'digital_signature.organisation': 'signing',
  'scan_copy.format': 'scan', 'scan_copy.dpi_min': 'scan', 'scan_copy.colour': 'scan', 'scan_copy.scale': 'scan',
  'kinds': (kinds: number) => assert.equal(kindNames.length, kinds),
}
/** The frames around words, in red, as large as they are cut: outer first. */
function framed(from: Files, said: string, sizes: [number, number][], colour = '#d00000'): void {
  const one = at(from, said)
  const frames = from.pages[0]!.strokes.filter((frame) => frame.height > 2 && frame.x < one.x && frame.x + frame.width > one.x + one.width && frame.y < one.y && frame.y + frame.height > one.y).toSorted((a, b) => b.width - a.width)
  assert.deepEqual(frames.map(({ width, height }) => [Math.round(width * 10) / 10, Math.round(height * 10) / 10]), sizes)
  for (const frame of frames) { near(middle(frame), middle(one), 'in the middle', 0.2); near(frame.y + frame.height / 2, one.y - one.size * 0.33 * 25.4 / 72, 'half way up', 0.5); assert.equal(frame.colour, colour) }
  const table = [...from.docx.get('word/document.xml')!.matchAll(/<w:tbl>(?:(?!<w:tbl>).)*?<\/w:tbl>/gs)].map(([xml]) => xml).find((xml) => same(xml).includes(`>${said}<`)) ?? assert.fail(`no frame in the DOCX around ${said}`)
  const [wide, high] = sizes[0]!
  near(toMm(Number(/<w:tblW w:type="dxa" w:w="(\d+)"/.exec(table)![1])), wide, 'DOCX, width', 0.1)
  const [, twips, rule] = /<w:trHeight w:val="(\d+)" w:hRule="(\w+)"/.exec(table) ?? assert.fail(table)
  near(toMm(Number(twips)), high, 'DOCX, height', 0.05)
  assert.equal(rule, colour === '#000000' ? 'atLeast' : 'exact')
  assert.equal(/<w:pBdr>/.test(table), sizes.length === 2, 'a second line inside')
}

describe('of the decree’s table of layout', { skip }, () => {
  const rows = skip ? [] : rowsOf(layout)
  const proof = (row: string): ((value: never) => void | Promise<void>) | keyof typeof NOT_OURS | undefined => {
    const [, name, what] = /^blocks\.(\w+)\.(\w+)$/.exec(row) ?? []
    return perRow[row] ?? (what === 'box' ? boxes[name!] : what && ofBlocks[what] ? (value) => ofBlocks[what]!(name!, value) : undefined)
  }
  test('no row is left out, and none is proven that is not in it', () => {
    assert.ok(rows.length > 90)
    assert.deepEqual(rows.filter(([row]) => !proof(row)).map(([row]) => row), [])
    assert.deepEqual(Object.keys(perRow).filter((row) => !rows.some(([name]) => name === row)), [])
  })
  for (const [row, value] of rows) {
    const how = proof(row)
    if (typeof how === 'function') test(`${row}: ${JSON.stringify(value)}`, () => how(value))
    else if (how) test(`${row} is not ours: ${NOT_OURS[how]}`, () => assert.ok(value !== undefined))
  }
})

describe('stamps of secrecy and of circulation', { skip }, () => {
  for (const [grade, said, wide] of [['confidential', 'MẬT', 20], ['secret', 'TỐI MẬT', 30], ['top_secret', 'TUYỆT MẬT', 40]] as const) test(`${said}: ${wide} mm by 8, two lines a millimetre apart, in red, above that of urgency`, async () => {
    const from = await files(sheetOf({ kind: 'letter', urgency: 'express' }, 5, { grade, mark: undefined }))
    framed(from, said, [[wide, 8], [wide - 2, 6]])
    assert.ok(at(from, said).y < at(from, 'HỎA TỐC').y)
  })
  test('of circulation: in a frame of one line as wide as its words, black, in box 11', () => {
    const one = at(decision!, 'XEM XONG')
    framed(decision!, 'XEM XONG TRẢ LẠI', [[Math.round((one.width + 6) * 10) / 10, 8]], '#000000')
    near(middle(one), middle(at(decision!, 'CỘNG HÒA')), 'below box 4')
  })
})
