// Every way in which an order about a graded record is refused.
import type { Refusals } from '../../../kernel/contract.ts'

/** Shared by whatever can be graded. */
export const gradeRefusals = {
  GRADE_ABOVE: { status: 422, message: { vi: 'Độ mật này cao hơn mức máy chủ được chứa. Lập và lưu tài liệu ở nơi được phép; văn bản thì ở đây chỉ vào sổ bằng số: bỏ trích yếu, bản quét và văn bản liên quan.', en: 'This grade is above what may lie on this server. Write and keep the record where it may lie; a paper is registered here by its number alone: leave out the subject, the scan and the links.' } },
  PRINT_NEEDED: { status: 403, message: { vi: 'Tài liệu mật chỉ tải về để in theo lệnh in của chính bạn, trong một giờ từ khi có lệnh.', en: 'A graded record is downloaded for printing by a print order of your own, within an hour of it.' } },
  FILE_GRADE: { status: 422, message: { vi: 'Tệp có độ mật cao hơn tài liệu. Nâng độ mật của tài liệu trước khi đính kèm.', en: 'The file is graded higher than the record. Raise the grade of the record before you attach it.' } },
  FILE_UNMARKED: { status: 422, message: { vi: 'Không đánh dấu được người đọc lên loại tệp này nên tài liệu mật không nhận. Dùng PDF, PNG, JPEG hoặc WebP.', en: 'The reader cannot be marked on this type of file, so a graded record does not take it. Use PDF, PNG, JPEG or WebP.' } },
} as const satisfies Refusals
export const custodyRefusals = {
  ...gradeRefusals,
  GRADE_SAME: { status: 409, message: { vi: 'Tài liệu đang có độ mật này.', en: 'The record has this grade already.' } },
  GRADE_BASIS: { status: 422, message: { vi: 'Hạ độ mật hoặc giải mật phải ghi số văn bản làm căn cứ.', en: 'To lower or lift a grade needs the number of the paper that it rests on.' } },
  GRADE_NOT_HERE: { status: 409, message: { vi: 'Máy chủ này chỉ có số của văn bản, không có nội dung. Giải mật hoặc hạ độ mật thì vào sổ lại văn bản.', en: 'Only the number of the paper is here. When its grade is lowered or lifted, register it again.' } },
  NOT_GRADED: { status: 409, message: { vi: 'Tài liệu không có độ mật nên không cần chỉ định người đọc, đánh số bản hay lệnh in.', en: 'The record is not graded: it needs no named readers, numbered copies or print orders.' } },
  READER_UNKNOWN: { status: 422, message: { vi: 'Không có tài khoản hoặc đơn vị này. Chọn đúng một.', en: 'There is no such account or unit. Choose exactly one.' } },
  READER_TWICE: { status: 409, message: { vi: 'Người hoặc đơn vị này đang được chỉ định.', en: 'This account or unit is named already.' } },
  READER_ENDED: { status: 409, message: { vi: 'Người hoặc đơn vị này không còn được chỉ định.', en: 'This account or unit is no longer named.' } },
  READER_UNTIL: { status: 422, message: { vi: 'Ngày hết hạn phải sau ngày bắt đầu, nhiều nhất hai năm.', en: 'The end must be after the beginning, at most two years.' } },
  COPY_OUT: { status: 409, message: { vi: 'Bản số {n} không ở trạng thái đang giao.', en: 'Copy no. {n} is not out.' } },
  COPY_GONE: { status: 409, message: { vi: 'Bản số {n} đã tiêu hủy.', en: 'Copy no. {n} was destroyed.' } },
  COPY_UNKNOWN: { status: 422, message: { vi: 'Không có bản số {n}.', en: 'There is no copy no. {n}.' } },
} as const satisfies Refusals
export type CustodyRefused = keyof typeof custodyRefusals | 'NOT_FOUND' | 'CHANGED'
