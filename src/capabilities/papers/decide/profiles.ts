// Layout profiles as data: sizes, margins, letters and rules of each kind of office. (a) is Decree 30/2020/NĐ-CP, Appendix I; the others say whether they were verified.
import type { ProfileCode } from '../contract/letter.ts'

/** `rule`: a line below, as a share of the text above it. Points but for `indent` (cm); `line`: multiple of a single line. */
export type Style = {
  size: number; bold?: true; italic?: true; upper?: true; align?: 'left' | 'center' | 'justify'
  indent?: number; before?: number; line?: number; rule?: number; underline?: true; /** In the ink of stamps. */ red?: true
}
/** Every block that a paper can hold, by the number of its place in Appendix I, IV where it has one. */
export type StyleName =
  | 'state' | 'motto' | 'parent' | 'issuer' | 'star' | 'number' | 'place' | 'subjectLetter' | 'urgency' | 'circulation'
  | 'kind' | 'subject' | 'to' | 'toItem' | 'opening' | 'confirm' | 'authority' | 'grounds' | 'text' | 'part' | 'partTitle' | 'heading' | 'article'
  | 'signAs' | 'signer' | 'recipientsLabel' | 'recipients' | 'drafter' | 'address' | 'annex' | 'annexTitle' | 'annexNote' | 'cellHead' | 'cell' | 'page'

export type Profile = {
  code: ProfileCode; name: { vi: string; en: string }; /** Source, and what of it is not. */ about: { vi: string; en: string }; verified: boolean
  paper: [width: number, height: number]; margins: { top: number; bottom: number; left: number; right: number }; font: string
  /** Millimetres of the left column of the head; the right one has the rest. */
  headLeft: number
  /** From the margin to the words before the addressees. */
  toLeft: number
  /** What stands at the top right. */
  state: string; motto: string; /** Below the issuer. */ star: boolean
  numbering: 'state' | 'party' | 'plain'; dates: 'vi' | 'en'
  words: { recipients: string; to: string; archive: string; annex: string; annexNote: string; end: string }
  styles: Record<StyleName, Style>
}

const state: Profile = {
  code: 'state', name: { vi: 'Cơ quan hành chính nhà nước', en: 'State administration' }, verified: true,
  about: { vi: 'Nghị định 30/2020/NĐ-CP, Phụ lục I; cỡ chữ theo mẫu chữ tại Mục V.', en: 'Decree 30/2020/NĐ-CP, Appendix I; sizes of its specimen, part V.' },
  paper: [210, 297], margins: { top: 20, bottom: 20, left: 30, right: 15 }, font: 'Times New Roman', headLeft: 68, toLeft: 25,
  state: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', motto: 'Độc lập - Tự do - Hạnh phúc', star: false, numbering: 'state', dates: 'vi',
  words: { recipients: 'Nơi nhận:', to: 'Kính gửi:', archive: 'Lưu: VT', annex: 'Phụ lục', annexNote: '(Kèm theo {kind} số {number} {date} của {issuer})', end: './.' },
  styles: {
    state: { size: 12, bold: true, upper: true, align: 'center' }, motto: { size: 13, bold: true, align: 'center', rule: 1 },
    parent: { size: 12, upper: true, align: 'center' }, issuer: { size: 12, bold: true, upper: true, align: 'center', rule: 0.4 }, star: { size: 12, align: 'center' },
    number: { size: 13, align: 'center', before: 6 }, place: { size: 13, italic: true, align: 'center', before: 6 }, subjectLetter: { size: 12, align: 'center', before: 6 },
    urgency: { size: 13, bold: true, upper: true, align: 'center', before: 4, red: true }, circulation: { size: 13, bold: true, upper: true, align: 'center' },
    kind: { size: 14, bold: true, upper: true, align: 'center', before: 18 }, subject: { size: 14, bold: true, align: 'center', rule: 0.4 },
    to: { size: 14, before: 12 }, toItem: { size: 14, before: 3 }, opening: { size: 14, align: 'center', before: 6 }, confirm: { size: 13, italic: true, align: 'center', before: 6 }, authority: { size: 14, bold: true, upper: true, align: 'center', before: 12 },
    grounds: { size: 14, italic: true, align: 'justify', indent: 1.27, before: 6 }, text: { size: 14, align: 'justify', indent: 1.27, before: 6, line: 1.1 },
    part: { size: 14, bold: true, align: 'center', before: 12 }, partTitle: { size: 14, bold: true, upper: true, align: 'center' },
    heading: { size: 14, bold: true, align: 'justify', indent: 1.27, before: 6 }, article: { size: 14, bold: true, align: 'justify', indent: 1.27, before: 6, line: 1.1 },
    signAs: { size: 14, bold: true, upper: true, align: 'center' }, signer: { size: 14, bold: true, align: 'center', before: 64 },
    recipientsLabel: { size: 12, bold: true, italic: true }, recipients: { size: 11 }, drafter: { size: 11 }, address: { size: 11, align: 'center' },
    annex: { size: 14, bold: true, align: 'center' }, annexTitle: { size: 14, bold: true, upper: true, align: 'center' }, annexNote: { size: 14, italic: true, align: 'center', rule: 0.4 },
    cellHead: { size: 12, bold: true, align: 'center' }, cell: { size: 12 }, page: { size: 14, align: 'center' },
  },
}

const party: Profile = {
  ...state, code: 'party', name: { vi: 'Cơ quan, tổ chức Đảng', en: 'Party bodies' }, verified: false,
  about: { vi: 'Theo những gì được công bố về thể thức văn bản của Đảng; chưa đối chiếu với bản gốc. Văn phòng kiểm tra trước khi dùng.', en: 'After what is publicly known of the Party’s forms; not checked against the original. The office should check before use.' },
  margins: { top: 20, bottom: 20, left: 30, right: 20 }, headLeft: 72, state: 'ĐẢNG CỘNG SẢN VIỆT NAM', motto: '', star: true, numbering: 'party',
  words: { ...state.words, archive: 'Lưu', end: '' },
  styles: {
    ...state.styles, state: { size: 15, bold: true, upper: true, align: 'center', rule: 1 }, parent: { size: 14, upper: true, align: 'center' }, issuer: { size: 14, bold: true, upper: true, align: 'center' },
    star: { size: 14, align: 'center' }, number: { size: 14, align: 'center' }, place: { size: 14, italic: true, align: 'center', before: 6 },
    kind: { size: 16, bold: true, upper: true, align: 'center', before: 18 }, subject: { size: 14, bold: true, align: 'center', rule: 0.2 },
    recipientsLabel: { size: 14, underline: true }, recipients: { size: 12 },
  },
}

const police: Profile = {
  ...state, code: 'police', name: { vi: 'Công an nhân dân', en: 'Police' }, verified: false,
  about: { vi: 'Như Nghị định 30; địa danh và cấp bậc trước họ tên theo quy định riêng của Bộ Công an, chưa đối chiếu. Văn phòng kiểm tra trước khi dùng.', en: 'As Decree 30; the place and the rank before the name follow the ministry’s own rules, not checked. The office should check before use.' },
}

const international: Profile = {
  ...state, code: 'international', name: { vi: 'Quốc tế (đơn giản)', en: 'International (plain)' }, verified: false,
  about: { vi: 'Mẫu đơn giản, không theo quy định của một nước.', en: 'Plain; follows no country’s rule.' },
  margins: { top: 25, bottom: 25, left: 25, right: 25 }, headLeft: 90, toLeft: 0, state: '', motto: '', numbering: 'plain', dates: 'en',
  words: { recipients: 'Copies:', to: 'To:', archive: 'File', annex: 'Annex', annexNote: '({kind} {number}, {date}, {issuer})', end: '' },
  styles: {
    ...state.styles, parent: { size: 11, align: 'left' }, issuer: { size: 14, bold: true, align: 'left' }, number: { size: 11, align: 'left', before: 6 }, place: { size: 11, align: 'left', before: 6 },
    subjectLetter: { size: 11, bold: true, align: 'left', before: 6 }, kind: { size: 14, bold: true, align: 'left', before: 18 }, subject: { size: 12, bold: true, align: 'left' },
    to: { size: 11, before: 12 }, toItem: { size: 11, before: 3 }, opening: { size: 11, before: 6 }, confirm: { size: 11, italic: true, before: 6 }, authority: { size: 11, bold: true, align: 'left', before: 12 }, grounds: { size: 11, italic: true, align: 'left', before: 6 }, text: { size: 11, align: 'left', before: 6, line: 1.1 },
    heading: { size: 11, bold: true, before: 8 }, article: { size: 11, bold: true, before: 6, line: 1.1 }, part: { size: 12, bold: true, before: 12 }, partTitle: { size: 12, bold: true },
    signAs: { size: 11, align: 'left' }, signer: { size: 11, bold: true, align: 'left', before: 48 }, recipientsLabel: { size: 10, bold: true }, recipients: { size: 10 },
    annex: { size: 13, bold: true }, annexTitle: { size: 13, bold: true }, annexNote: { size: 11, italic: true }, cellHead: { size: 10, bold: true, align: 'center' }, cell: { size: 10 }, page: { size: 10, align: 'center' },
  },
}

/** Bright red, as the decree has stamps, and dark enough to be read on white. */
export const RED = '#D00000'

export const profiles: Record<ProfileCode, Profile> = { state, party, police, international }
