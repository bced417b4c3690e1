// The 29 kinds of administrative paper of Decree 30/2020/NĐ-CP, Article 7, with the abbreviations of its Appendix III.
import * as z from 'zod'

/** `short`: the abbreviation in a paper's symbol; none for the two that have none. */
export const KINDS = {
  resolution: { vi: 'Nghị quyết', en: 'Resolution', short: 'NQ' },
  decision: { vi: 'Quyết định', en: 'Decision', short: 'QĐ' },
  directive: { vi: 'Chỉ thị', en: 'Directive', short: 'CT' },
  statute: { vi: 'Quy chế', en: 'Statute', short: 'QC' },
  regulation: { vi: 'Quy định', en: 'Regulation', short: 'QyĐ' },
  communique: { vi: 'Thông cáo', en: 'Communiqué', short: 'TC' },
  announcement: { vi: 'Thông báo', en: 'Announcement', short: 'TB' },
  guidance: { vi: 'Hướng dẫn', en: 'Guidance', short: 'HD' },
  work_programme: { vi: 'Chương trình', en: 'Work programme', short: 'CTr' },
  plan: { vi: 'Kế hoạch', en: 'Plan', short: 'KH' },
  scheme: { vi: 'Phương án', en: 'Operational plan', short: 'PA' },
  scheme_paper: { vi: 'Đề án', en: 'Scheme', short: 'ĐA' },
  project: { vi: 'Dự án', en: 'Project', short: 'DA' },
  report: { vi: 'Báo cáo', en: 'Report', short: 'BC' },
  minutes: { vi: 'Biên bản', en: 'Minutes', short: 'BB' },
  submission: { vi: 'Tờ trình', en: 'Submission', short: 'TTr' },
  contract: { vi: 'Hợp đồng', en: 'Contract', short: 'HĐ' },
  letter: { vi: 'Công văn', en: 'Official letter', short: '' },
  telegram: { vi: 'Công điện', en: 'Telegram', short: 'CĐ' },
  memorandum: { vi: 'Bản ghi nhớ', en: 'Memorandum', short: 'BGN' },
  agreement: { vi: 'Bản thỏa thuận', en: 'Agreement', short: 'BTT' },
  authorisation: { vi: 'Giấy ủy quyền', en: 'Authorisation', short: 'GUQ' },
  invitation: { vi: 'Giấy mời', en: 'Invitation', short: 'GM' },
  introduction: { vi: 'Giấy giới thiệu', en: 'Letter of introduction', short: 'GGT' },
  leave: { vi: 'Giấy nghỉ phép', en: 'Leave permit', short: 'GNP' },
  sending_slip: { vi: 'Phiếu gửi', en: 'Sending slip', short: 'PG' },
  passing_slip: { vi: 'Phiếu chuyển', en: 'Passing slip', short: 'PC' },
  notice_slip: { vi: 'Phiếu báo', en: 'Notice slip', short: 'PB' },
  greeting: { vi: 'Thư công', en: 'Formal greeting', short: '' },
} as const satisfies Record<string, { vi: string; en: string; short: string }>

export type PaperKind = keyof typeof KINDS
export const kindNames = Object.keys(KINDS) as [PaperKind, ...PaperKind[]]
export const PaperKind = z.enum(kindNames)
