// How the form of a kind of paper differs from the common one: the samples 1.1 to 1.10 of Decree 30/2020/NĐ-CP, Appendix III.
import type { PaperKind } from '../contract/kinds.ts'

export type PaperForm = {
  /** `named`: below the name of the kind · `beside`: below the number, with "V/v" · `none`: the paper shows the name of the kind alone; the register keeps it. */
  subject: 'named' | 'beside' | 'none'
  /** Minutes say in their text when they were taken: they bear no place and day at the top. */
  dated: boolean
  /** Who it goes to: a line in front ("Kính gửi"), "… điện:" in the middle, or "… trân trọng kính mời:" as the first sentence. */
  addressed: 'to' | 'wire' | 'invite'
  /** The word of the decision below its grounds. */
  decides?: string
  /** Two sign side by side, the one who answers for the paper on the right; the recipients stand below. */
  two?: [left: string, right: string]
  /** A place for somebody else's confirmation, below on the left. */
  confirm?: string
}

const common: PaperForm = { subject: 'named', dated: true, addressed: 'to' }
const parties: PaperForm = { ...common, two: ['Đại diện bên A', 'Đại diện bên B'] }
const forms: Partial<Record<PaperKind, PaperForm>> = {
  resolution: { ...common, decides: 'Quyết nghị:' },
  decision: { ...common, decides: 'Quyết định:' },
  letter: { ...common, subject: 'beside' },
  telegram: { ...common, addressed: 'wire' },
  invitation: { ...common, addressed: 'invite' },
  introduction: { ...common, subject: 'none' },
  minutes: { ...common, dated: false, two: ['Thư ký', 'Chủ tọa'] },
  leave: { ...common, subject: 'none', confirm: 'Xác nhận của cơ quan (tổ chức) hoặc chính quyền địa phương nơi nghỉ phép (nếu cần)' },
  // The decree has no sample for papers of two parties; both sign.
  contract: parties, memorandum: parties, agreement: parties,
}
export const formOfKind = (kind: PaperKind): PaperForm => forms[kind] ?? common

/** What stands in the text of the samples, to be filled in; a line is a paragraph. Kinds without one begin empty. */
export const SKELETONS: Partial<Record<PaperKind, { vi: string; en: string }>> = {
  decision: { vi: 'Điều 1. …\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.\nĐiều 3. Các ông (bà) … chịu trách nhiệm thi hành Quyết định này.', en: 'Article 1. …\nArticle 2. This decision takes effect on the day of signature.\nArticle 3. … carry out this decision.' },
  invitation: { vi: 'Tới dự …\nChủ trì: …\nThời gian: …\nĐịa điểm: …\n…', en: 'To attend …\nChair: …\nTime: …\nPlace: …\n…' },
  introduction: { vi: 'Ông (bà): …\nChức vụ: …\nĐược cử đến: …\nVề việc: …\nĐề nghị Quý cơ quan tạo điều kiện để ông (bà) có tên ở trên hoàn thành nhiệm vụ.\nGiấy này có giá trị đến hết ngày …', en: 'Name: …\nOffice: …\nSent to: …\nFor: …\nPlease help the bearer to complete this task.\nValid until …' },
  minutes: { vi: 'Thời gian bắt đầu: …\nĐịa điểm: …\nThành phần tham dự: …\nChủ trì (chủ tọa): …\nThư ký (người ghi biên bản): …\nNội dung: …\nCuộc họp kết thúc vào … giờ …, ngày … tháng … năm …', en: 'Began at: …\nPlace: …\nPresent: …\nChair: …\nSecretary: …\nWhat was said: …\nThe session ended at …' },
  leave: { vi: 'Xét Đơn đề nghị nghỉ phép ngày … của ông (bà) …\nCấp cho ông (bà): …\nChức vụ: …\nĐược nghỉ phép trong thời gian … kể từ ngày … đến hết ngày … tại …\nSố ngày nghỉ phép nêu trên được tính vào thời gian …', en: 'On the request of … by …\nGranted to: …\nOffice: …\nLeave of … from … to … at …\nThese days count as …' },
}
