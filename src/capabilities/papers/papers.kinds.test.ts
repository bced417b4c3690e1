// Each of the 29 kinds as DOCX and PDF, read back and held against the decree's own tables: sizes, letters, margins, the order and the places of the obligatory parts.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { near, opened, same, unzip } from '../../../tests/paper-files.ts'
import { KINDS, kindNames } from './contract/kinds.ts'
import type { PaperKind } from './contract/kinds.ts'
import { Letter } from './contract/letter.ts'
import { compose } from './decide/compose.ts'
import type { Sheet } from './decide/compose.ts'
import { docxOf, STYLE_NAMES } from './routes/docx.ts'
import { openPdf } from './routes/pdf.ts'

const DATA = '../shared/data'
const skip = existsSync(`${DATA}/tables/nd30-layout.json`) ? false : 'the tables of Decree 30 are not on this machine (../shared/data)'
type Range = [least: number, most: number]
type Block = { size: Range; bold?: boolean; italic?: boolean; case?: string; justify?: boolean; first_indent_cm?: Range; para_gap_pt_min?: number; line?: Range }
type Layout = { paper_mm: Range; margins_mm: Record<'top' | 'bottom' | 'left' | 'right', Range>; font: string; blocks: Record<string, Block> }
const layout = skip ? undefined : JSON.parse(readFileSync(`${DATA}/tables/nd30-layout.json`, 'utf8')) as Layout
const forms = skip ? '' : readFileSync(`${DATA}/doc-form/phu-luc-III.md`, 'utf8')

/** The sample of Appendix III for each kind; four have none and follow 1.4, the papers of two parties with two signatures. */
const SAMPLES: Record<PaperKind, string> = {
  resolution: '1.1', decision: '1.2', directive: '1.4', statute: '1.4', regulation: '1.4', communique: '1.4', announcement: '1.4', guidance: '1.4', work_programme: '1.4', plan: '1.4', scheme: '1.4', scheme_paper: '1.4', project: '1.4', report: '1.4',
  minutes: '1.9', submission: '1.4', contract: 'none', letter: '1.5', telegram: '1.6', memorandum: 'none', agreement: 'none', authorisation: '1.4', invitation: '1.7', introduction: '1.8', leave: '1.10', sending_slip: '1.4', passing_slip: '1.4', notice_slip: '1.4', greeting: 'none',
}
/** The obligatory parts from the top down, as each sample has them: a block of the layout's table, by the name that the DOCX gives it. */
const HEAD = ['parent', 'issuer', 'state', 'motto', 'number']
const ORDERS: Record<string, string[]> = {
  '1.1': [...HEAD, 'place', 'kind', 'subject', 'authority', 'grounds', 'authority', 'text', 'recipientsLabel', 'recipients', 'signAs', 'signer'],
  '1.4': [...HEAD, 'place', 'kind', 'subject', 'text', 'recipientsLabel', 'recipients', 'signAs', 'signer'],
  '1.5': [...HEAD, 'subjectLetter', 'place', 'to', 'toItem', 'text', 'recipientsLabel', 'recipients', 'signAs', 'signer'],
  '1.6': [...HEAD, 'place', 'kind', 'subject', 'opening', 'toItem', 'text', 'recipientsLabel', 'recipients', 'signAs', 'signer'],
  '1.7': [...HEAD, 'place', 'kind', 'subject', 'text', 'recipientsLabel', 'recipients', 'signAs', 'signer'],
  '1.8': [...HEAD, 'place', 'kind', 'opening', 'text', 'recipientsLabel', 'recipients', 'signAs', 'signer'],
  '1.9': [...HEAD, 'kind', 'subject', 'text', 'signAs', 'signer', 'signAs', 'signer', 'recipientsLabel', 'recipients'],
  '1.10': [...HEAD, 'place', 'kind', 'text', 'recipientsLabel', 'recipients', 'signAs', 'signer', 'confirm'],
  'none': [...HEAD, 'place', 'kind', 'subject', 'text', 'signAs', 'signer', 'signAs', 'signer', 'recipientsLabel', 'recipients'],
}
ORDERS['1.2'] = ORDERS['1.1']!
const BLOCKS: Record<string, string> = {
  state: 'quoc_hieu', motto: 'tieu_ngu', parent: 'co_quan_chu_quan', issuer: 'co_quan_ban_hanh', number: 'so_ky_hieu', place: 'dia_danh_ngay', kind: 'ten_loai', subject: 'trich_yeu', subjectLetter: 'trich_yeu_cong_van', grounds: 'can_cu', text: 'noi_dung', article: 'noi_dung',
  signAs: 'quyen_han_chuc_vu', signer: 'ho_ten', recipientsLabel: 'noi_nhan_label', recipients: 'noi_nhan_list', to: 'kinh_gui', toItem: 'kinh_gui', opening: 'kinh_gui', authority: 'ten_loai',
}

const TEXT = 'Thực hiện kế hoạch bảo đảm an ninh, trật tự, an toàn đại hội các cấp, đề nghị thủ trưởng các đơn vị chỉ đạo thực hiện và báo cáo kết quả; quá thời hạn nêu trên mà chưa báo cáo thì nêu rõ lý do và thời hạn hoàn thành mới.'
const TWO: PaperKind[] = ['minutes', 'contract', 'memorandum', 'agreement']
const addressedKinds: PaperKind[] = ['letter', 'telegram', 'invitation']
const sheetOf = (kind: PaperKind, more: object = {}): Sheet => compose(Letter.parse({
  kind, subject: 'Bảo đảm an toàn đại hội', day: '2026-02-05', drafter: 'VP', copies: 12, head: { profile: 'state', parent: 'UBND tỉnh Nghệ An', issuer: 'Sở Nội vụ', short: 'SNV', place: 'Nghệ An' },
  to: addressedKinds.includes(kind) ? ['Ủy ban nhân dân xã Kim Liên', 'Công an tỉnh'] : [], grounds: ['decision', 'resolution'].includes(kind) ? ['Căn cứ Luật Tổ chức chính quyền địa phương', 'Theo đề nghị của Chánh Văn phòng'] : [],
  body: [{ type: 'text', text: TEXT }, { type: 'text', text: TEXT }], signAs: ['Giám đốc'], signer: 'Nguyễn Văn A', second: TWO.includes(kind) ? { signAs: ['Thư ký'], signer: 'Trần Thị B' } : null, recipients: ['Như trên'], ...more,
}), 5)

type Style = { size: number; bold: boolean; italic: boolean; align: string | undefined; firstLine: number; before: number; line: number }
function stylesOf(xml: string): Map<string, Style> {
  return new Map([...xml.matchAll(/<w:style [^>]*w:styleId="(\w+)"[^>]*>(.*?)<\/w:style>/gs)].map(([, id, body]) => {
    const number = (name: RegExp) => Number(name.exec(body!)?.[1] ?? 0)
    return [id!, { size: number(/<w:sz w:val="(\d+)"/) / 2, bold: /<w:b\/>/.test(body!), italic: /<w:i\/>/.test(body!), align: /<w:jc w:val="(\w+)"/.exec(body!)?.[1], firstLine: number(/w:firstLine="(\d+)"/), before: number(/w:before="(\d+)"/) / 20, line: number(/w:line="(\d+)"/) / 240 }]
  }))
}
/** Paragraphs with words, in order; `by hand`: what a run says against its style. */
const wordsOf = (xml: string) => [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].flatMap(([one]) => {
  const text = [...one.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, part]) => part).join('')
  return text.trim() ? [{ style: /<w:pStyle w:val="SS(\w+)"/.exec(one)?.[1] ?? 'none', text: same(text.replaceAll('&amp;', '&')), byHand: /<w:rPr>.*?<w:(sz|b|i|rFonts)[ /]/s.test(one) }] : []
})
const joined = (all: string[]): string[] => all.filter((one, i) => one !== all[i - 1])
const small = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
const within = (value: number, [least, most]: Range, what: string) => assert.ok(value >= least - 1e-9 && value <= most + 1e-9, `${what}: ${value} is not ${least}–${most}`)
const twips = (mm: number): number => Math.round(mm / 25.4 * 1440 * 100) / 100

describe('of the 29 kinds', { skip }, () => {
  test('each has the name and the abbreviation of Appendix III, and the sample that it gives', () => {
    const rows = [...forms.matchAll(/^\|[^|]*\| ([^|]+) \| ([A-Za-zĐđ]+) \|$/gm)].map(([, name, short]) => [name!.replace(' (cá biệt)', '').replace('uỷ quyền', 'ủy quyền'), short!])
    const ours = new Map<string, string>(kindNames.map((kind) => [KINDS[kind].vi, KINDS[kind].short]))
    const compared = rows.filter(([name]) => !/sao|trích|lục/i.test(name!) || ours.has(name!))
    assert.equal(compared.length, 27)
    assert.deepEqual(compared.filter(([name, short]) => ours.get(name!) !== short), [])
    const listed = /Mẫu này áp dụng chung đối với các hình thức văn bản hành chính có ghi tên loại gồm: ([^.]+)\./.exec(forms)![1]!.split(', ')
    assert.deepEqual(kindNames.filter((kind) => SAMPLES[kind] === '1.4').map((kind) => small(KINDS[kind].vi)).toSorted(), listed.toSorted())
  })
})

for (const kind of kindNames) describe(`${KINDS[kind].vi} (${SAMPLES[kind]})`, { skip }, () => {
  const p = sheetOf(kind).profile
  const order = kind === 'greeting' ? ORDERS['1.4']! : ORDERS[SAMPLES[kind]]!
  test('as DOCX: page, margins, letters of each block and their order', async () => {
    const parts = unzip(await docxOf(sheetOf(kind)))
    const document = parts.get('word/document.xml')!
    const page = /<w:pgSz w:w="(\d+)" w:h="(\d+)"/.exec(document)!
    near(Number(page[1]), twips(layout!.paper_mm[0]), 'width in twips', 1)
    near(Number(page[2]), twips(layout!.paper_mm[1]), 'height in twips', 1)
    for (const side of ['top', 'bottom', 'left', 'right'] as const) within(Number(new RegExp(`<w:pgMar [^>]*w:${side}="(\\d+)"`).exec(document)![1]), layout!.margins_mm[side].map(twips) as Range, side)
    assert.match(parts.get('word/styles.xml')!, new RegExp(`<w:docDefaults>.*w:ascii="${layout!.font}"`, 's'))
    const styles = stylesOf(parts.get('word/styles.xml')!)
    const found = wordsOf(document)
    assert.deepEqual(joined(found.map(({ style }) => small(style)).filter((style) => style !== 'drafter')), order)
    for (const { style, text, byHand } of found) {
      const name = small(style)
      const rule = layout!.blocks[BLOCKS[name] ?? 'none']
      const is = styles.get(`SS${style}`) ?? assert.fail(`${name} is no style`)
      assert.ok(STYLE_NAMES[name as keyof typeof STYLE_NAMES])
      assert.ok(!byHand, `“${text}” is formatted by hand`)
      if (!rule) { assert.ok(['drafter', 'confirm'].includes(name), name); continue }
      within(is.size, rule.size, `${name} in points`)
      assert.deepEqual([is.bold, is.italic], [rule.bold ?? false, rule.italic ?? false], `${name} bold, italic`)
      if (rule.case === 'upper') assert.equal(text, text.toLocaleUpperCase('vi'))
      if (rule.justify) assert.equal(is.align, 'both')
      if (rule.first_indent_cm) within(is.firstLine, rule.first_indent_cm.map((cm) => twips(cm * 10)) as Range, `${name} first line`)
      if (rule.para_gap_pt_min) assert.ok(is.before >= rule.para_gap_pt_min)
      if (rule.line) within(is.line, rule.line, `${name} line`)
    }
    assert.ok(found.findLast(({ style }) => style === 'Text')!.text.endsWith('./.'))
    assert.equal(found.find(({ style }) => style === 'Number')!.text, `Số: 05/${[KINDS[kind].short, 'SNV', ...(KINDS[kind].short ? [] : ['VP'])].filter(Boolean).join('-')}`)
    assert.equal(found.findLast(({ style }) => style === 'Recipients')!.text, '- Lưu: VT, VP.')
    if (BLOCKS.kind && order.includes('kind')) assert.equal(found.find(({ style }) => style === 'Kind')!.text, KINDS[kind].vi.toLocaleUpperCase('vi'))
  })
  test('as PDF: each block in its place, its size and its letters; fonts inside, tagged', async () => {
    const sheet = sheetOf(kind)
    const { pages: [page], marked, xmp } = await opened(await pdf.draw(sheet, new Date('2026-02-05T02:00:00Z')))
    const { texts, width, height, tags } = page!
    near(width, layout!.paper_mm[0], 'width')
    near(height, layout!.paper_mm[1], 'height')
    assert.ok(marked?.Marked)
    assert.match(xmp, /pdfuaid:part/i)
    const roles = JSON.stringify(tags)
    assert.ok(roles.includes('"role":"P"') && roles.includes('"role":"H1"') === order.includes('kind'), 'tags')
    const [left, right] = [p.margins.left, width - p.margins.right]
    for (const one of texts) {
      assert.match(one.font, /^[A-Z]{6}\+Tinos/)
      assert.ok(one.x >= left - 0.3 && one.x + one.width <= right + 0.3 && one.y > p.margins.top && one.y < height - p.margins.bottom, `“${one.text}” leaves the margins`)
    }
    const at = (start: string) => texts.find((one) => one.text.startsWith(start)) ?? assert.fail(`“${start}” is not there: ${texts.map(({ text }) => text).join(' | ')}`)
    const middle = (one: { x: number; width: number }) => one.x + one.width / 2
    const drawn = (start: string, block: string) => {
      const [one, rule] = [at(start), layout!.blocks[block]!]
      within(one.size, rule.size, `${start} in points`)
      assert.deepEqual([/Bold/.test(one.font), /Italic/.test(one.font)], [rule.bold ?? false, rule.italic ?? false], `${start} bold, italic`)
      return one
    }
    const [state, motto, issuer, number] = [drawn('CỘNG HÒA', 'quoc_hieu'), drawn('Độc lập', 'tieu_ngu'), drawn('SỞ NỘI VỤ', 'co_quan_ban_hanh'), drawn('Số: ', 'so_ky_hieu')]
    near(middle(state), middle(motto), 'box 1', 0.6)
    near(middle(issuer), middle(number), 'boxes 2 and 3 one below the other', 0.6)
    near(middle(issuer), middle(drawn('UBND TỈNH', 'co_quan_chu_quan')), 'box 2', 0.6)
    near(at('UBND TỈNH').y, state.y, 'boxes 1 and 2 begin level', 0.3)
    assert.ok(state.x > issuer.x + issuer.width && state.y < motto.y && issuer.y < number.y && motto.y < number.y)
    assert.equal(order.includes('place'), texts.some(({ text }) => text.startsWith('Nghệ An, ngày 05 tháng 02')), 'place and day')
    if (order.includes('place')) {
      const place = drawn('Nghệ An, ', 'dia_danh_ngay')
      near(place.y, number.y, 'boxes 3 and 4 on one line', 0.3)
      near(middle(place), middle(state), 'box 4 below box 1', 0.6)
    }
    if (order.includes('kind')) near(middle(drawn(KINDS[kind].vi.toLocaleUpperCase('vi'), 'ten_loai')), (left + right) / 2, 'box 5a', 0.6)
    else near(middle(drawn('V/v ', 'trich_yeu_cong_van')), middle(number), 'box 5b', 0.6)
    const text = drawn('Thực hiện', 'noi_dung')
    within((text.x - left) / 10 - 0.05, [0.95, 1.27], 'the first line of the text in cm')
    const [office, signer] = [drawn('GIÁM ĐỐC', 'quyen_han_chuc_vu'), drawn('Nguyễn Văn A', 'ho_ten')]
    near(middle(office), middle(signer), 'boxes 7a and 7b', 0.6)
    assert.ok(office.x > (left + right) / 2 - 10 && signer.y - office.y > 20, 'room for the signature and the seal')
    const recipients = drawn('Nơi nhận:', 'noi_nhan_label')
    near(recipients.x, left, 'box 9b begins at the margin', 0.3)
    if (order.filter((one) => one === 'signer').length === 2) {
      near(drawn('THƯ KÝ', 'quyen_han_chuc_vu').y, office.y, 'both sign level', 0.3)
      assert.ok(drawn('Trần Thị B', 'ho_ten').x < signer.x && recipients.y > signer.y, 'recipients below both')
    } else near(recipients.y, office.y, 'box 9b beside box 7a', 0.9)
    assert.equal(texts.map((one) => one.text).join('').replace(/\s+/g, ''), [...sheet.head.flat(2), ...sheet.flow, ...sheet.foot.flat(2)].map((line) => ('text' in line ? line.text : '')).join('').replace(/\s+/g, ''), 'read in this order')
  })
})

describe('an annex', { skip }, () => {
  test('is headed as sample 2.1: its number, its title in capitals, and what paper it belongs to', async () => {
    const annex = { title: 'Danh mục nhiệm vụ', body: [{ type: 'text', text: TEXT }] }
    const { pages } = await opened(await pdf.draw(sheetOf('plan', { annexes: [annex, annex] }), new Date(0)))
    const [first, second] = [pages[1]!.texts, pages[2]!.texts]
    assert.deepEqual([first[0]!.text, second[0]!.text], ['Phụ lục I', 'Phụ lục II'])
    assert.deepEqual([first[0]!.size, /Bold/.test(first[0]!.font)], [layout!.blocks.phu_luc_label!.size[0], true])
    assert.equal(first[1]!.text, 'DANH MỤC NHIỆM VỤ')
    assert.equal(first.slice(2, 4).map(({ text }) => text).join(' ').replace(/\s+/g, ' ').startsWith('(Kèm theo Kế hoạch số 05/KH-SNV ngày 05 tháng 02 năm 2026 của Sở Nội vụ)'), true)
    assert.match(first[2]!.font, /Italic/)
  })
})

const pdf = openPdf()
after(() => pdf.close())
