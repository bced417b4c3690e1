// A full paper of each kind and profile, for tests that look at files and for the tool that shows them beside each other.
import { kindNames } from '../src/capabilities/papers/contract/kinds.ts'
import type { PaperKind } from '../src/capabilities/papers/contract/kinds.ts'
import { Letter, PROFILES } from '../src/capabilities/papers/contract/letter.ts'
import { compose } from '../src/capabilities/papers/decide/compose.ts'
import type { Sheet } from '../src/capabilities/papers/decide/compose.ts'
import { formOfKind, SKELETONS } from '../src/capabilities/papers/decide/forms.ts'
import { typedBlocks } from '../src/capabilities/papers/decide/typed.ts'

/** The 29 kinds in the state's profile, and one paper of each other profile. */
export const SAMPLE_NAMES = [...kindNames, ...PROFILES.slice(1)] as (PaperKind | (typeof PROFILES)[number])[]

const TEXT = 'Thực hiện kế hoạch bảo đảm an ninh, trật tự, an toàn đại hội các cấp, đề nghị thủ trưởng các đơn vị chỉ đạo thực hiện và báo cáo kết quả; quá thời hạn nêu trên mà chưa báo cáo thì nêu rõ lý do, người chịu trách nhiệm và thời hạn hoàn thành mới.'
const annex = { title: 'Danh mục nhiệm vụ giao các đơn vị', landscape: true, body: [{ type: 'table', caption: 'Nhiệm vụ', columns: [{ head: 'STT', width: 0.07, align: 'center' }, { head: 'Nội dung', width: 0.5 }, { head: 'Chủ trì', width: 0.25 }, { head: 'Thời hạn', width: 0.18, align: 'center' }], rows: Array.from({ length: 28 }, (_, i) => [String(i + 1), TEXT.slice(0, 90), 'Công an tỉnh', '31/03/2026']) }] }

export function sampleSheet(name: (typeof SAMPLE_NAMES)[number]): Sheet {
  const profile = PROFILES.find((one) => one === name) ?? 'state'
  const kind: PaperKind = kindNames.find((one) => one === name) ?? 'plan'
  const skeleton = SKELETONS[kind]?.vi
  const telegram = kind === 'telegram'
  return compose(Letter.parse({
    kind, subject: 'Bảo đảm an toàn đại hội các cấp nhiệm kỳ mới trên địa bàn tỉnh', day: '2026-02-05', drafter: 'VP', copies: 12, urgency: telegram ? 'express' : null, circulation: telegram ? 'Lưu hành nội bộ' : '', lang: profile === 'international' ? 'en' : 'vi',
    head: { profile, parent: 'UBND tỉnh Nghệ An', issuer: 'Sở Nội vụ', short: 'SNV', place: 'Nghệ An', address: kind === 'letter' ? 'Số 3 đường Trường Thi, thành phố Vinh; ĐT: 0238 3844 000' : '' },
    to: ['letter', 'telegram', 'invitation', 'submission'].includes(kind) ? ['Ủy ban nhân dân các xã, phường', 'Công an tỉnh'] : [], grounds: kind === 'decision' || kind === 'resolution' ? ['Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025', 'Theo đề nghị của Chánh Văn phòng'] : [],
    body: skeleton ? typedBlocks(skeleton) : [{ type: 'heading', text: 'I. YÊU CẦU' }, { type: 'text', text: TEXT }, { type: 'text', text: TEXT }], signAs: ['KT. Giám đốc', 'Phó Giám đốc'], signer: 'Nguyễn Văn A', second: formOfKind(kind).two ? { signAs: [], signer: 'Trần Thị B' } : null, recipients: ['Như trên', 'Ủy ban nhân dân tỉnh (để báo cáo)'],
    annexes: kind === 'directive' || kind === 'plan' ? [annex] : [],
  }), 5, telegram ? { grade: 'confidential', mark: undefined } : undefined)
}
