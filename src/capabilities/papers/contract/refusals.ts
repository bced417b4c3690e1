// Every way an order about a paper can be refused.
import type { Refusals } from '../../../kernel/contract.ts'
import { gradeRefusals } from '../../custodies/contract/refusals.ts'

export const paperRefusals = {
  PAPER_DAY_AHEAD: { status: 422, message: { vi: 'Ngày {day} chưa đến. Văn bản không lấy số trước ngày ban hành.', en: 'The day {day} is yet to come. A paper gets no number before its day.' } },
  PAPER_DAY_BEFORE: { status: 422, message: { vi: 'Số {number} đã ghi ngày {last}. Số sau không được ghi ngày sớm hơn.', en: 'Number {number} is of {last}. A later number cannot have an earlier day.' } },
  PAPER_TWICE: { status: 409, message: { vi: 'Văn bản {written} ngày {day} của {issuer} đã vào sổ: số đến {number}, ngày {receivedOn}. Nếu đây là văn bản khác, vẫn vào sổ được.', en: 'Paper {written} of {day} by {issuer} is in the book already: arrival {number}, {receivedOn}. If this is another paper, it can be registered all the same.' } },
  PAPER_FIRST_TAKEN: { status: 409, message: { vi: 'Năm {year} đã có số {number}; số bắt đầu chỉ chọn được cho văn bản đầu tiên của năm.', en: 'Number {number} of {year} was given already; the first number can be chosen only for the first paper of a year.' } },
  ...gradeRefusals,
  PAPER_BY_NUMBER: { status: 409, message: { vi: 'Văn bản này chỉ vào sổ bằng số; bản quét và văn bản liên quan không để ở đây.', en: 'This paper is registered by its number alone: no scan and no links are kept here.' } },
  PAPER_SUBJECT: { status: 422, message: { vi: 'Cần ghi trích yếu.', en: 'The subject is needed.' } },
  PAPER_WITHDRAWN: { status: 409, message: { vi: 'Văn bản đã thu hồi.', en: 'The paper was withdrawn.' } },
  PAPER_NOT_ISSUED: { status: 409, message: { vi: 'Đây là văn bản đến; chỉ cơ quan ban hành mới thu hồi được.', en: 'This paper was received; only its issuer can withdraw it.' } },
  PAPER_ACKNOWLEDGED: { status: 409, message: { vi: 'Đơn vị đã xác nhận nhận văn bản này.', en: 'The unit has acknowledged this paper already.' } },
  PAPER_NOT_SENT: { status: 422, message: { vi: 'Văn bản không gửi đơn vị này trong hệ thống.', en: 'The paper was not sent to this unit in the program.' } },
  PAPER_REMINDED: { status: 409, message: { vi: 'Hôm nay đã nhắc đơn vị này.', en: 'This unit was reminded today.' } },
  PAPER_UNFILLED: { status: 422, message: { vi: 'Còn chỗ chưa điền: {field}. Ghi thẳng nội dung, hoặc dùng đúng tên trường khi gửi từng đơn vị.', en: 'Not filled in: {field}. Write the words themselves, or use the name of a field when there is one letter to each unit.' } },
  PAPER_NO_CONTENT: { status: 409, message: { vi: 'Nội dung văn bản không còn, hoặc văn bản này chỉ có trong sổ. Xem bản quét nếu có.', en: 'The words of the paper are gone, or it stands only in the register. See the scan, if there is one.' } },
  PAPER_LINK_UNKNOWN: { status: 422, message: { vi: 'Văn bản liên quan không có, hoặc bạn không có quyền xem.', en: 'A linked paper does not exist, or you may not see it.' } },
  PAPER_REPLACES: { status: 422, message: { vi: 'Chỉ ghi thay thế được văn bản trong sổ của chính đơn vị hoặc của đơn vị cấp dưới, và phải có quyền ban hành.', en: 'Only a paper in the register of the unit itself or of one below can be marked as replaced, and only by who may issue.' } },
  PAPER_BODY: { status: 422, message: { vi: 'Ban này không có, đã kết thúc, hoặc đơn vị ban hành không phải là cơ quan thường trực của ban.', en: 'There is no such body, it has ended, or the issuing unit is not its standing office.' } },
  PAPER_RUN_EMPTY: { status: 422, message: { vi: 'Không có đơn vị nào còn hoạt động trong danh sách nhận.', en: 'None of these units is active.' } },
  PAPER_LETTER: { status: 422, message: { vi: 'Văn bản có ký tự “{letter}” mà phông chữ Times New Roman của PDF không có. Thay ký tự đó, hoặc tải DOCX.', en: 'The paper holds the character “{letter}”, which the PDF’s font does not have. Replace it, or download the DOCX.' } },
  UNIT_UNKNOWN: { status: 422, message: { vi: 'Không có đơn vị {unit}.', en: 'There is no unit {unit}.' } },
  FILE_UNKNOWN: { status: 422, message: { vi: 'Tệp đính kèm không tồn tại hoặc không phải do bạn tải lên.', en: 'The attached file does not exist, or was not uploaded by you.' } },
  PLAN_NO_TEXT: { status: 409, message: { vi: 'Kế hoạch, phương án chưa có nội dung nào để soạn thành văn bản.', en: 'The plan has no text yet to make a paper of.' } },
  REPORT_NOT_SUBMITTED: { status: 409, message: { vi: 'Báo cáo chưa nộp, hoặc chưa có đơn vị nào nộp trong kỳ này.', en: 'The report is not submitted, or nobody has reported for this period yet.' } },
  NOTHING_CONCLUDED: { status: 409, message: { vi: 'Phiên họp chưa có kết luận nào.', en: 'The session has concluded nothing yet.' } },
  MEETING_NOT_HELD: { status: 409, message: { vi: 'Phiên họp chưa diễn ra hoặc đã hủy, chưa có biên bản.', en: 'The session was not held or was cancelled: it has no minutes.' } },
  MEETING_PAST: { status: 409, message: { vi: 'Chỉ mời dự phiên họp đang chuẩn bị; phiên này đã họp hoặc đã hủy.', en: 'Only a planned session can be invited to; this one was held or cancelled.' } },
  LAYOUT_HEAD_WIDE: { status: 422, message: { vi: 'Với lề trái và lề phải này, cột trái phần đầu rộng nhất {most} mm. Giảm cột hoặc giảm lề.', en: 'With these margins the left column of the head is {most} mm at most. Make it or the margins smaller.' } },
  PAPER_DRAFT_GRADED: { status: 409, message: { vi: 'Dự thảo văn bản mật không tải về được: văn bản mật chỉ in theo lệnh in. Lấy số, rồi in theo lệnh ở trang văn bản.', en: 'The draft of a graded paper is not downloaded: such a paper is printed by order alone. Take its number, then print it by order on its page.' } },
  NOTHING_OVERDUE: { status: 409, message: { vi: 'Không có nhiệm vụ quá hạn nào do đơn vị này giao.', en: 'No task that this unit issued is overdue.' } },
} as const satisfies Refusals
export type PaperRefused = keyof typeof paperRefusals | 'NOT_FOUND' | 'FORBIDDEN' | 'CHANGED' | 'INVALID'
