// Dates, numbers, names, kinds and layout profiles against Decree 30/2020/NĐ-CP.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import type { PaperReceived } from './contract/facts.ts'
import { KINDS, kindNames } from './contract/kinds.ts'
import type { PaperKind } from './contract/kinds.ts'
import { Letter, PROFILES } from './contract/letter.ts'
import type { Block } from './contract/letter.ts'
import { compose } from './decide/compose.ts'
import type { Line } from './decide/compose.ts'
import { attachScan, linkPaper, receivePaper, setLayout } from './decide.ts'
import { conclusionNotice } from './decide/drafts.ts'
import { layoutOf, profileOf } from './decide/layouts.ts'
import { profiles } from './decide/profiles.ts'
import type { StyleName } from './decide/profiles.ts'
import { dateLine, dateWords, numberLine, placeName, roman, symbolOf } from './decide/written.ts'
import { typedBlocks, typedText } from './decide/typed.ts'
import { sentence } from '../../kernel/contract.ts'
import { paperRefusals } from './contract/refusals.ts'

const TABLES = '../shared/data/tables'
const skip = existsSync(TABLES) ? false : 'the tables of Decree 30 are not on this machine (../shared/data/tables)'

describe('the decree\'s own examples', { skip }, () => {
  type Row = { kind: 'date' | 'number' | 'capital'; input: string; expected: string; source: string }
  const vectors = skip ? [] : parse<Row>(readFileSync(`${TABLES}/nd30-date-capital-vectors.csv`), { columns: true })
  test('are all here', () => assert.ok(vectors.length >= 14, `${vectors.length} rows`))
  for (const { kind, input, expected, source } of vectors) test(`${input} is written “${expected}” (${source})`, () => {
    if (kind === 'date') {
      const place = expected.split(', ngày ')[0]!
      assert.equal(place.startsWith('ngày') ? dateWords(input) : dateLine(place, input), expected)
    } else if (kind === 'number') {
      const [number, short, issuer] = input.split(';') as [string, string, string]
      const paper = (Object.keys(KINDS) as PaperKind[]).find((one) => KINDS[one].short === short)!
      const [head, drafter = ''] = issuer.split('-')
      assert.equal(numberLine(Number(number), symbolOf(paper, head!, drafter, 'state'), 'state'), expected)
    } else assert.equal(placeName(input), expected)
  })

  const layout = skip ? undefined : JSON.parse(readFileSync(`${TABLES}/nd30-layout.json`, 'utf8')) as {
    kinds: number; paper_mm: number[]; margins_mm: Record<'top' | 'bottom' | 'left' | 'right', [number, number]>; font: string; page_number: { size: [number, number] }
    blocks: Record<string, { text?: string; size: [number, number]; bold?: boolean; italic?: boolean; case?: string; rule?: string; justify?: boolean; first_indent_cm?: [number, number]; para_gap_pt_min?: number; line?: [number, number]; gap_pt?: number }>
  }
  const NAMES: Record<string, StyleName> = {
    quoc_hieu: 'state', tieu_ngu: 'motto', co_quan_chu_quan: 'parent', co_quan_ban_hanh: 'issuer', so_ky_hieu: 'number', dia_danh_ngay: 'place', ten_loai: 'kind', trich_yeu: 'subject', trich_yeu_cong_van: 'subjectLetter',
    can_cu: 'grounds', noi_dung: 'text', quyen_han_chuc_vu: 'signAs', ho_ten: 'signer', noi_nhan_label: 'recipientsLabel', noi_nhan_list: 'recipients', kinh_gui: 'to', phu_luc_label: 'annex', khan: 'urgency', ky_hieu_nguoi_soan: 'drafter', dia_chi: 'address',
  }
  for (const code of ['state', 'police'] as const) test(`every size, margin, letter and rule of the profile ${code} is the decree's`, () => {
    const p = profiles[code]
    assert.deepEqual(p.paper, layout!.paper_mm)
    assert.equal(p.font, layout!.font)
    for (const side of ['top', 'bottom', 'left', 'right'] as const) assert.ok(p.margins[side] >= layout!.margins_mm[side][0] && p.margins[side] <= layout!.margins_mm[side][1], side)
    const within = (value: number | undefined, [least, most]: [number, number], what: string) => assert.ok(value !== undefined && value >= least && value <= most, `${what}: ${value} is not ${least}–${most}`)
    within(p.styles.page.size, layout!.page_number.size, 'page')
    assert.ok(!p.styles.page.bold && !p.styles.page.italic)
    for (const [block, rule] of Object.entries(layout!.blocks)) {
      if (block === 'chu_ky_so_phu_luc') continue // stamped by the signing program, not by us
      const style = p.styles[NAMES[block]!]
      assert.ok(style, block)
      within(style.size, rule.size, block)
      assert.equal(style.bold ?? false, rule.bold ?? false, `${block} bold`)
      assert.equal(style.italic ?? false, rule.italic ?? false, `${block} italic`)
      if (rule.case === 'upper') assert.ok(style.upper, block)
      if (rule.rule === '1/3-1/2') within(style.rule, [1 / 3, 1 / 2], block)
      if (rule.rule === 'full text width') assert.equal(style.rule, 1)
      if (rule.justify) assert.equal(style.align, 'justify')
      if (rule.first_indent_cm) within(style.indent, rule.first_indent_cm, block)
      if (rule.para_gap_pt_min) assert.ok(style.before! >= rule.para_gap_pt_min)
      if (rule.line) within(style.line, rule.line, block)
      if (rule.gap_pt) assert.equal(style.before, rule.gap_pt)
    }
    assert.equal(p.state, layout!.blocks.quoc_hieu!.text)
    assert.equal(p.motto, layout!.blocks.tieu_ngu!.text)
  })
  test('there are as many kinds of paper as it names', () => assert.equal(kindNames.length, layout!.kinds))
})

test('each abbreviation is of one kind; an official letter and a greeting have none', () => {
  const shorts = kindNames.map((kind) => KINDS[kind].short).filter(Boolean)
  assert.equal(new Set(shorts).size, 27)
  assert.equal(shorts.length, 27)
})
test('the Party writes the kind before the stroke, and CV for a letter', () => {
  assert.equal(numberLine(7, symbolOf('decision', 'TU', 'VP', 'party'), 'party'), 'Số 07-QĐ/TU')
  assert.equal(numberLine(112, symbolOf('letter', 'TU', 'VP', 'party'), 'party'), 'Số 112-CV/TU')
})
test('a place with a landform of one syllable is wholly its name', () => {
  assert.deepEqual(['cửa lò', 'tỉnh nam định', 'thành phố thái nguyên', 'phường 12', 'cầu giấy', 'sông vàm cỏ'].map(placeName), ['Cửa Lò', 'tỉnh Nam Định', 'thành phố Thái Nguyên', 'Phường 12', 'Cầu Giấy', 'sông Vàm Cỏ'])
})
test('a layout leaves the head’s right column 30 mm: a wider left one is refused, and one that was kept before is drawn narrower', () => {
  const layout = { ...layoutOf(profiles.state, 'Lề rộng'), margins: { top: 20, bottom: 20, left: 60, right: 60 }, headLeft: 120 }
  const set = (headLeft: number) => setLayout(true, undefined, { layoutId: 'l', unitId: 'u', base: 'state', layout: { ...layout, headLeft } }, 0)
  assert.deepEqual(set(61), { refused: 'LAYOUT_HEAD_WIDE', data: { most: 60 } })
  assert.ok('facts' in set(60))
  assert.equal(profileOf({ profile: 'state', layout }).headLeft, 60)
})
test('annexes are numbered in Roman', () => assert.deepEqual([1, 4, 9, 14, 20].map(roman), ['I', 'IV', 'IX', 'XIV', 'XX']))

const letter = (more: object = {}): Letter => Letter.parse({
  kind: 'letter', subject: 'Báo cáo nhiệm vụ quá hạn', day: '2026-02-05', drafter: 'VP', head: { profile: 'state', parent: 'Tỉnh Nghệ An', issuer: 'Ban Chỉ đạo đại hội', short: 'BCĐ', place: 'Nghệ An' },
  to: ['Ủy ban nhân dân xã A', 'Ủy ban nhân dân xã B'], body: [{ type: 'text', text: 'Đề nghị báo cáo.' }], signAs: ['KT. Trưởng ban', 'Phó Trưởng ban'], signer: 'Nguyễn Văn A', recipients: ['Như trên'], ...more,
})
const texts = (lines: unknown[], ...styles: StyleName[]) => (lines as Line[]).filter((line) => styles.includes(line.style)).map((line) => line.text.replaceAll('\u00a0', ' '))

describe('a sheet', () => {
  test('of a letter has no name of kind; its subject stands below the number', () => {
    const sheet = compose(letter(), 5)
    assert.deepEqual(texts(sheet.flow, 'kind'), [])
    assert.deepEqual(texts(sheet.head[1]![0], 'number', 'subjectLetter'), ['Số: 05/BCĐ-VP', 'V/v báo cáo nhiệm vụ quá hạn'])
    assert.deepEqual(texts(sheet.head[1]![1], 'place'), ['Nghệ An, ngày 05 tháng 02 năm 2026'])
    assert.deepEqual(texts(sheet.flow, 'to', 'toItem'), ['Kính gửi:', '- Ủy ban nhân dân xã A;', '- Ủy ban nhân dân xã B.'])
    assert.deepEqual(texts(sheet.flow, 'text'), ['Đề nghị báo cáo./.'])
    assert.deepEqual(texts(sheet.foot[0]![0], 'recipients'), ['- Như trên;', '- Lưu: VT, VP.'])
    assert.deepEqual(texts(sheet.foot[0]![1], 'signAs'), ['KT. TRƯỞNG BAN', 'PHÓ TRƯỞNG BAN'])
  })
  test('to one addressee keeps the name in the line', () => assert.deepEqual(texts(compose(letter({ to: ['Bộ Nội vụ'] }), 5).flow, 'to'), ['Kính gửi: Bộ Nội vụ']))
  test('of a decision names who decides, the grounds with their marks, and the word of the decision', () => {
    const { flow } = compose(letter({ kind: 'decision', to: [], authority: 'Chủ tịch Ủy ban nhân dân', grounds: ['Căn cứ Luật A', 'Theo đề nghị của B;'], body: [{ type: 'article', lead: 'Điều 1.', title: '', text: 'Thành lập.' }] }), 12)
    assert.deepEqual(texts(flow, 'subject'), ['Về việc báo cáo nhiệm vụ quá hạn'])
    assert.deepEqual(texts(compose(letter({ kind: 'decision', subject: 'Ban hành Quy chế làm việc' }), 1).flow, 'subject'), ['Ban hành Quy chế làm việc'])
    assert.deepEqual(texts(flow, 'grounds'), ['Căn cứ Luật A;', 'Theo đề nghị của B.'])
    assert.deepEqual(texts(flow, 'authority'), ['CHỦ TỊCH ỦY BAN NHÂN DÂN', 'QUYẾT ĐỊNH:'])
    assert.deepEqual(flow.at(-1), { style: 'article', text: 'Điều 1. Thành lập./.', bold: 7 })
  })
  test('without a number and a day leaves room for both', () => {
    const sheet = compose(letter({ day: null }), null)
    assert.deepEqual(texts(sheet.head[1]![0], 'number'), ['Số:       /BCĐ-VP'])
    assert.match(texts(sheet.head[1]![1], 'place')[0]!, /^Nghệ An, ngày +tháng +năm +$/)
  })
  test('has numbered annexes only where there are two', () => {
    const annex = { title: 'Bảng nhiệm vụ', body: [{ type: 'text', text: 'Một' }] }
    assert.deepEqual(texts(compose(letter({ annexes: [annex] }), 5).annexes[0]!.flow, 'annex'), ['Phụ lục'])
    const two = compose(letter({ annexes: [annex, annex] }), 5).annexes.map(({ flow }) => texts(flow, 'annex', 'annexTitle', 'annexNote'))
    assert.deepEqual(two[1], ['Phụ lục II', 'BẢNG NHIỆM VỤ', '(Kèm theo Công văn số 05/BCĐ-VP ngày 05 tháng 02 năm 2026 của Ban Chỉ đạo đại hội)'])
  })
})

test('an own layout changes what it says and nothing else; the paper carries it', () => {
  const layout = { ...layoutOf(profiles.state, 'Của Sở'), state: 'SỞ NỘI VỤ', motto: '', star: true, numbering: 'party' as const, margins: { top: 25, bottom: 20, left: 35, right: 15 } }
  const sheet = compose(letter({ kind: 'plan', to: [], head: { profile: 'state', layout: { ...layout, sizes: { ...layout.sizes, text: 13 } }, issuer: 'Sở Nội vụ', short: 'SNV', place: 'Nghệ An' } }), 5)
  assert.deepEqual(texts(sheet.head[0]!, 'state', 'motto', 'star').concat(texts(sheet.head[0]![0], 'star'), texts(sheet.head[0]![1], 'state', 'motto'), texts(sheet.head[1]![0], 'number')), ['*', 'SỞ NỘI VỤ', 'Số 05-KH/SNV'])
  assert.deepEqual([sheet.profile.styles.text.size, sheet.profile.styles.article.size, sheet.profile.styles.kind.size, sheet.profile.margins.left, sheet.profile.verified], [13, 13, 14, 35, false])
  for (const code of PROFILES) assert.deepEqual({ ...profileOf({ profile: code, layout: layoutOf(profiles[code], 'x') }), name: 0, about: 0, verified: 0 }, { ...profiles[code], name: 0, about: 0, verified: 0 }, `${code} unchanged`)
})

test('what a session concluded stands as an announcement: one paragraph for each conclusion, with its unit and day, sent to those units', () => {
  const unit = (name: string) => ({ id: name, name })
  const head = { profile: 'state', layout: null, parent: '', issuer: 'Ủy ban nhân dân tỉnh Một', short: 'UBND', place: 'Tỉnh Một', address: '' } as const
  const made = conclusionNotice({ body: 'Ban chỉ đạo', number: 5, day: '04/03/2026', conclusions: [{ text: 'Rà soát lối thoát nạn.', unit: unit('Xã A'), due: '10/03/2026' }, { text: 'Diễn tập', unit: unit('Xã B'), due: null }, { text: 'Báo cáo', unit: unit('Xã A'), due: null }] }, head, null)
  assert.deepEqual([made.kind, made.subject, made.recipients], ['announcement', 'Kết luận phiên họp thứ 5 của Ban chỉ đạo', ['Xã A', 'Xã B']])
  assert.deepEqual(made.body.map((block) => (block.type === 'text' ? block.text : '')).slice(1, 4), ['1. Xã A: Rà soát lối thoát nạn; chậm nhất ngày 10/03/2026.', '2. Xã B: Diễn tập.', '3. Xã A: Báo cáo.'])
  assert.ok(Letter.safeParse(made).success)
})

test('a paper registered by its number alone takes no scan and no link later; any other needs its subject', () => {
  const given = { paperId: 'p', unitId: 'u', kind: 'plan' as const, written: '12/KH', subject: '', lang: 'vi' as const, day: '2026-03-01', receivedOn: '2026-03-02', issuer: 'Công an tỉnh', filing: 'Két số 2', files: [], links: [] }
  const link = { relation: 'basis' as const, paperId: null, directiveId: null, text: 'Về việc bảo vệ' }
  const file = { id: 'f', hash: 'h', type: 'application/pdf', size: 1 }
  const of = (more: object) => { const decided = receivePaper(true, { ...given, ...more }, undefined, '2026-03-03', undefined); return 'refused' in decided ? decided.refused : (decided.facts[0] as PaperReceived).grade ?? 'none' }
  assert.deepEqual([of({ grade: 'secret' }), of({}), of({ subject: 'Bảo vệ' })], ['secret', 'PAPER_SUBJECT', 'none'])
  const row = { id: 'p', unitId: 'u', way: 'received' as const, withdrawn: false, byNumber: true }
  const can = { papers: new Set<string>(), tasks: new Set<string>(), about: new Set<string>(), replaceable: new Set<string>(), mayIssue: true }
  assert.deepEqual([attachScan(row, [file], 'none'), linkPaper(row, [link], can)], [{ refused: 'PAPER_BY_NUMBER' }, { refused: 'PAPER_BY_NUMBER' }])
})

test('a refusal writes days as an office does', () => {
  assert.equal(sentence(paperRefusals.PAPER_DAY_BEFORE.message, 'vi', { number: 7, last: '2026-05-12' }), 'Số 7 đã ghi ngày 12/05/2026. Số sau không được ghi ngày sớm hơn.')
})

test('a table keeps its place among the words as they are typed, and comes last where its line is gone', () => {
  const table = (caption: string): Block => ({ type: 'table', caption, columns: [{ head: 'STT', width: 0.1, align: 'center' }], rows: [['1']] })
  const body: Block[] = [{ type: 'heading', text: 'I. MỘT' }, table('A [1]'), { type: 'text', text: 'Lời' }, table('B')]
  const { text, rest } = typedText(body)
  assert.equal(text, '# I. MỘT\n[Bảng 1: A [1)]\nLời\n[Bảng 2: B]')
  assert.deepEqual(typedBlocks(text, rest), body)
  assert.deepEqual(typedBlocks('[Bảng 2]\nLời', rest), [rest[1], body[2], rest[0]])
})
