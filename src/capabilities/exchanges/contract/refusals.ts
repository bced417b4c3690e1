// Every way a package or a key is refused, and every reason why one record of a package is not taken in.
import type { Refusals } from '../../../kernel/contract.ts'

export const exchangeRefusals = {
  FILE_UNKNOWN: { status: 422, message: { vi: 'Không có tệp này, hoặc tệp không phải do bạn tải lên. Hãy tải lên lại.', en: 'There is no such file, or you did not upload it. Upload it again.' } },
  PACKAGE_LARGE: { status: 413, message: { vi: 'Gói lớn hơn {most} MB nên không mở.', en: 'The package is larger than {most} MB and is not opened.' } },
  PACKAGE_BROKEN: { status: 422, message: { vi: 'Tệp không phải gói trao đổi còn nguyên vẹn: có thể bị cắt giữa chừng khi chép. Không có gì thay đổi. Hãy chép lại từ bản gốc.', en: 'The file is no whole exchange package: it may have been cut while it was copied. Nothing has changed. Copy it again from the original.' } },
  PACKAGE_TAMPERED: { status: 422, message: { vi: 'Nội dung gói không khớp chữ ký ({part}): gói đã bị sửa sau khi ký. Không có gì được nhận. Hãy hỏi lại nơi gửi.', en: 'The package does not match its signature ({part}): it was changed after it was signed. Nothing was taken. Ask the sender.' } },
  PACKAGE_NEWER: { status: 422, message: { vi: 'Gói theo khuôn dạng {format}, mới hơn khuôn dạng {known} mà bản phần mềm này đọc được. Hãy cập nhật phần mềm rồi nhận lại.', en: 'The package has format {format}, newer than format {known}, which this program reads. Update the program, then take it in again.' } },
  KEY_UNKNOWN: { status: 422, message: { vi: 'Gói do “{name}” ký bằng khóa {fingerprint}, khóa này chưa được đăng ký ở đây. Gọi điện cho nơi gửi để đối chiếu từng nhóm số; nếu đúng, quản trị viên đăng ký khóa rồi nhận lại.', en: 'The package was signed by “{name}” with the key {fingerprint}, which is not registered here. Call the sender and compare the groups; if they match, let an administrator register the key, then take it in again.' } },
  KEY_REVOKED: { status: 422, message: { vi: 'Khóa {fingerprint} của “{name}” đã bị thu hồi ngày {day} nên gói không được nhận. Đề nghị nơi gửi ký lại bằng khóa mới.', en: 'The key {fingerprint} of “{name}” was revoked on {day}, so the package is not taken. Ask the sender to sign it with the new key.' } },
  KEY_NOT_THEN: { status: 422, message: { vi: 'Khóa {fingerprint} của “{name}” không có hiệu lực vào ngày gói được lập ({day}).', en: 'The key {fingerprint} of “{name}” was not in force on the day when the package was made ({day}).' } },
  KEY_OTHER_INSTALLATION: { status: 422, message: { vi: 'Gói ghi là của một hệ thống khác với hệ thống đã đăng ký khóa {fingerprint} (“{name}”).', en: 'The package says that it comes from another installation than the one of the key {fingerprint} (“{name}”).' } },
  PACKAGE_OWN: { status: 422, message: { vi: 'Gói này do chính hệ thống này lập.', en: 'This package was made by this very installation.' } },
  PACKAGE_MANY: { status: 422, message: { vi: 'Phạm vi đã chọn có hơn {most} mục. Hãy chọn đơn vị nhỏ hơn, khoảng thời gian ngắn hơn hoặc ít loại hơn.', en: 'What is chosen holds more than {most} records. Choose a smaller unit, a shorter period or fewer kinds.' } },
  PACKAGE_EMPTY: { status: 422, message: { vi: 'Phạm vi đã chọn không có gì để gửi.', en: 'There is nothing to send in what is chosen.' } },
  PERIOD: { status: 422, message: { vi: 'Ngày đầu phải trước ngày cuối.', en: 'The first day must not be after the last.' } },
  KEY_TEXT: { status: 422, message: { vi: 'Đây không phải khóa công khai của một hệ thống Sẵn Sàng. Hãy dán nguyên dòng bắt đầu bằng “sansang-key:”.', en: 'This is no public key of a Sẵn Sàng installation. Paste the whole line that begins with “sansang-key:”.' } },
  KEY_OWN: { status: 422, message: { vi: 'Đây là khóa của chính hệ thống này.', en: 'This is the key of this very installation.' } },
  KEY_KNOWN: { status: 409, message: { vi: 'Khóa này đã đăng ký với tên “{name}”.', en: 'This key is registered already, as “{name}”.' } },
  KEY_IS_REVOKED: { status: 409, message: { vi: 'Khóa này đã bị thu hồi.', en: 'This key is revoked already.' } },
  UNIT_UNKNOWN: { status: 422, message: { vi: 'Không có đơn vị này.', en: 'There is no such unit.' } },
} as const satisfies Refusals
export type ExchangeRefused = keyof typeof exchangeRefusals | 'NOT_FOUND' | 'FORBIDDEN'

/** Why one record is not taken in; the rest of the package is. */
export const reasons = {
  UNIT_NOT_HERE: { vi: 'Ở đây không có đơn vị mã {code} ({name}).', en: 'There is no unit {code} ({name}) here.' },
  UNIT_NOT_OURS: { vi: '{name} không thuộc đơn vị nhận gói.', en: '{name} is not at or below the unit that takes the package in.' },
  NOT_THEIRS: { vi: 'Khóa của bên gửi không được nói thay cho {name}.', en: 'The sender\'s key does not speak for {name}.' },
  TASK_NOT_HERE: { vi: 'Nhiệm vụ mà báo cáo này nói đến chưa có ở đây.', en: 'The task that this report is about is not here.' },
  NOT_ASKED: { vi: 'Ở đây không có yêu cầu báo cáo tương ứng cho đơn vị và kỳ này.', en: 'Nobody here asked this unit for this report in this period.' },
  PAST_THAT: { vi: 'Ở đây nhiệm vụ không còn ở bước đó nên không ghi được nữa.', en: 'The task has gone past that step here, so it is not recorded any more.' },
  WITHDRAWN: { vi: 'Nhiệm vụ đã được thu hồi ở nơi giao.', en: 'The task was withdrawn where it was assigned.' },
  FILE_REFUSED: { vi: 'Tệp kèm theo “{file}” không được nhận.', en: 'The attached file “{file}” is not taken.' },
} as const
export type Reason = keyof typeof reasons
