// Papers as DOCX and PDF beside each other as pictures, for the eye: DOCX → PDF by LibreOffice, both → PNG by poppler. By hand, where both are installed: `node bin/sansang.mjs --run tools/look-papers.ts FOLDER [kind…]`.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kindNames } from '../src/capabilities/papers/contract/kinds.ts'
import type { PaperKind } from '../src/capabilities/papers/contract/kinds.ts'
import { Letter } from '../src/capabilities/papers/contract/letter.ts'
import { compose } from '../src/capabilities/papers/decide/compose.ts'
import { formOfKind, SKELETONS } from '../src/capabilities/papers/decide/forms.ts'
import { typedBlocks } from '../src/capabilities/papers/decide/typed.ts'
import { docxOf } from '../src/capabilities/papers/routes/docx.ts'
import { FONTS } from '../src/capabilities/papers/routes/measure.ts'
import { openPdf } from '../src/capabilities/papers/routes/pdf.ts'

const [folder = '/tmp/papers', ...asked] = process.argv.slice(2)
const PROFILES = ['state', 'party', 'police', 'international'] as const
const kinds = (asked.length > 0 ? asked : [...kindNames, ...PROFILES.slice(1)]) as (PaperKind | (typeof PROFILES)[number])[]
const TEXT = 'Thực hiện kế hoạch bảo đảm an ninh, trật tự, an toàn đại hội các cấp, đề nghị thủ trưởng các đơn vị chỉ đạo thực hiện và báo cáo kết quả; quá thời hạn nêu trên mà chưa báo cáo thì nêu rõ lý do, người chịu trách nhiệm và thời hạn hoàn thành mới.'
const of = (name: (typeof kinds)[number]) => {
  const profile = PROFILES.find((one) => one === name) ?? 'state'
  const kind: PaperKind = kindNames.find((one) => one === name) ?? 'plan'
  const skeleton = SKELETONS[kind]?.vi
  return compose(Letter.parse({
    kind, subject: 'Bảo đảm an toàn đại hội các cấp nhiệm kỳ mới trên địa bàn tỉnh', day: '2026-02-05', drafter: 'VP', copies: 12, urgency: kind === 'telegram' ? 'express' : null, lang: profile === 'international' ? 'en' : 'vi',
    head: { profile, parent: 'UBND tỉnh Nghệ An', issuer: 'Sở Nội vụ', short: 'SNV', place: 'Nghệ An', address: kind === 'letter' ? 'Số 3 đường Trường Thi, thành phố Vinh; ĐT: 0238 3844 000' : '' },
    to: ['letter', 'telegram', 'invitation', 'submission'].includes(kind) ? ['Ủy ban nhân dân các xã, phường', 'Công an tỉnh'] : [], grounds: kind === 'decision' || kind === 'resolution' ? ['Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025', 'Theo đề nghị của Chánh Văn phòng'] : [],
    body: skeleton ? typedBlocks(skeleton) : [{ type: 'heading', text: 'I. YÊU CẦU' }, { type: 'text', text: TEXT }, { type: 'text', text: TEXT }], signAs: ['KT. Giám đốc', 'Phó Giám đốc'], signer: 'Nguyễn Văn A', second: formOfKind(kind).two ? { signAs: [], signer: 'Trần Thị B' } : null, recipients: ['Như trên', 'Ủy ban nhân dân tỉnh (để báo cáo)'],
    annexes: kind === 'directive' || kind === 'plan' ? [{ title: 'Danh mục nhiệm vụ giao các đơn vị', landscape: true, body: [{ type: 'table', caption: 'Nhiệm vụ', columns: [{ head: 'STT', width: 0.07, align: 'center' }, { head: 'Nội dung', width: 0.5 }, { head: 'Chủ trì', width: 0.25 }, { head: 'Thời hạn', width: 0.18, align: 'center' }], rows: Array.from({ length: 28 }, (_, i) => [String(i + 1), TEXT.slice(0, 90), 'Công an tỉnh', '31/03/2026']) }] }] : [],
  }), 5)
}

mkdirSync(folder, { recursive: true })
const pdf = openPdf()
for (const name of kinds) {
  const sheet = of(name)
  writeFileSync(join(folder, `${name}-docx.docx`), await docxOf(sheet))
  writeFileSync(join(folder, `${name}-pdf.pdf`), await pdf.draw(sheet, new Date('2026-02-05T02:00:00Z')))
}
await pdf.close()
// LibreOffice takes our Tinos where an office has Times New Roman: the same widths. Its own substitute lacks half of Vietnamese.
writeFileSync(join(folder, 'fonts.conf'), `<fontconfig><dir>${FONTS}</dir><cachedir>${folder}/.fonts</cachedir><match target="pattern"><test name="family"><string>Times New Roman</string></test><edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit></match></fontconfig>`)
execFileSync('soffice', ['--headless', `-env:UserInstallation=file://${folder}/.office`, '--convert-to', 'pdf', '--outdir', folder, ...kinds.map((name) => join(folder, `${name}-docx.docx`))], { stdio: 'inherit', env: { ...process.env, FONTCONFIG_FILE: join(folder, 'fonts.conf') } })
for (const name of kinds) for (const made of ['docx', 'pdf']) execFileSync('pdftoppm', ['-r', '60', '-png', join(folder, `${name}-${made}.pdf`), join(folder, `${name}-${made}`)])
console.log(`Pictures are in ${folder}: KIND-docx-1.png is the DOCX as LibreOffice shows it, KIND-pdf-1.png our PDF.`)
