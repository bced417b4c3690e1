// Every way an order about a task can be refused. decide.ts may use these names and no others.
import type { Refusals } from '../../../kernel/contract.ts'

export const taskRefusals = {
  TASK_NOT_OPEN: {
    status: 409,
    message: { vi: 'Nhiệm vụ đang ở trạng thái “{state}” nên không làm được việc này.', en: 'The task is “{state}”, so this cannot be done.' },
  },
  NOT_REPORTED: { status: 409, message: { vi: 'Nhiệm vụ chưa được báo cáo hoàn thành.', en: 'The task has not been reported done.' } },
  ALREADY_REPORTED: { status: 409, message: { vi: 'Nhiệm vụ đã được báo cáo, đang chờ xác nhận.', en: 'The task was reported and waits for verification.' } },
  OWN_REPORT: { status: 409, message: { vi: 'Người đã báo cáo không tự xác nhận; cần người khác xác nhận.', en: 'Who reported a task cannot verify it; another person must.' } },
  NUMBER_MISSING: { status: 422, message: { vi: 'Nhiệm vụ có chỉ tiêu ({unit}): cần ghi số đạt được.', en: 'The task has a target ({unit}): the number reached is needed.' } },
  BASE_MISSING: { status: 422, message: { vi: 'Chỉ tiêu tính trên tổng số: cần ghi tổng số {unit}.', en: 'The target counts against a whole: the total of {unit} is needed.' } },
  NUMBER_ABOVE_BASE: { status: 422, message: { vi: 'Số đạt được ({reached}) lớn hơn tổng số ({base}).', en: 'The number reached ({reached}) is above the total ({base}).' } },
  NO_NUMBER_WANTED: { status: 422, message: { vi: 'Nhiệm vụ này không có chỉ tiêu: không nhập số.', en: 'This task has no target: leave the number out.' } },
  EVIDENCE_MISSING: { status: 422, message: { vi: 'Cần kèm minh chứng (tệp, ghi chú hoặc tên tài liệu) khi báo cáo hoàn thành.', en: 'Evidence (a file, a note or the name of a paper) is needed to report it done.' } },
  SUMMED_FROM_PARTS: { status: 409, message: { vi: 'Số đạt được cộng từ các phần đã giao xuống; không nhập ở đây.', en: 'The number adds up from the parts passed on; it is not entered here.' } },
  PARTS_OPEN: { status: 409, message: { vi: 'Còn {open} phần giao cho cấp dưới chưa xong.', en: '{open} parts passed on are not done.' } },
  DUE_PAST: { status: 422, message: { vi: 'Thời hạn {due} đã qua.', en: 'The due date {due} is past.' } },
  DUE_NOT_LATER: { status: 422, message: { vi: 'Thời hạn mới phải sau thời hạn hiện nay.', en: 'The new due date must be after the present one.' } },
  DUE_AFTER_PARENT: { status: 422, message: { vi: 'Thời hạn của phần giao xuống không được sau thời hạn của nhiệm vụ ({due}).', en: 'A part cannot be due after the task itself ({due}).' } },
  EXTENSION_PENDING: { status: 409, message: { vi: 'Đã có đề nghị gia hạn đang chờ trả lời.', en: 'An extension was asked and waits for an answer.' } },
  NO_EXTENSION: { status: 409, message: { vi: 'Không có đề nghị gia hạn nào đang chờ.', en: 'No extension waits for an answer.' } },
  UNIT_NOT_BELOW: { status: 422, message: { vi: 'Đơn vị {unit} không thuộc cấp dưới của đơn vị chủ trì.', en: 'The unit {unit} is not below the lead unit.' } },
  UNIT_TWICE: { status: 422, message: { vi: 'Đơn vị {unit} được chọn hai lần.', en: 'The unit {unit} is there twice.' } },
  UNIT_CLOSED: { status: 409, message: { vi: 'Đơn vị {unit} đã thôi hoạt động.', en: 'The unit {unit} is closed.' } },
  BODY_NOT_OFFICE: { status: 422, message: { vi: 'Ban này không có, đã kết thúc, hoặc đơn vị giao không phải là cơ quan thường trực của ban.', en: 'There is no such body, it has ended, or the issuing unit is not its standing office.' } },
  DIRECTIVE_UNKNOWN: { status: 422, message: { vi: 'Đơn vị giao không có văn bản chỉ đạo này.', en: 'The issuing unit has no such directive.' } },
  UNIT_UNKNOWN: { status: 422, message: { vi: 'Không có đơn vị {unit}.', en: 'There is no unit {unit}.' } },
  LEAD_HAS_PARTS: { status: 409, message: { vi: 'Đơn vị chủ trì đã giao xuống cấp dưới; thu hồi các phần việc đó trước khi đổi đơn vị chủ trì.', en: 'The lead unit passed parts on; withdraw those before another unit leads.' } },
  STREAM_UNKNOWN: { status: 422, message: { vi: 'Mẫu của đợt không có mảng công tác này; nhiệm vụ ngoài các đợt không có mảng công tác để đổi.', en: 'The template of its programme has no such workstream; a task of no programme has none to change to.' } },
  STREAM_OF_PARTS: { status: 409, message: { vi: 'Nhiệm vụ này đã giao xuống thành nhiều phần, hoặc là một phần việc; các phần giữ chung một mảng công tác nên không đổi được.', en: 'This task was passed on in parts, or is a part itself; parts keep one workstream, so it cannot be changed.' } },
  NOTHING_CHANGED: { status: 422, message: { vi: 'Không có gì thay đổi.', en: 'Nothing would change.' } },
  HAS_NO_UNIT: { status: 422, message: { vi: 'Cần ít nhất một đơn vị chủ trì.', en: 'At least one lead unit is needed.' } },
  FILE_UNKNOWN: { status: 422, message: { vi: 'Tệp đính kèm không tồn tại hoặc không phải do bạn tải lên.', en: 'The attached file does not exist, or was not uploaded by you.' } },
  FILE_REFUSED: { status: 422, message: { vi: 'Tệp có {count} lỗi nên không nhập dòng nào. {first}', en: 'The file has {count} [count:error|errors], so nothing was imported. {first}' } },
  PREVIEW_GONE: { status: 409, message: { vi: 'Bản xem trước không còn. Hãy tải tệp lên lại.', en: 'The preview is gone. Upload the file again.' } },
} as const satisfies Refusals
export type TaskRefused = keyof typeof taskRefusals | 'NOT_FOUND' | 'FORBIDDEN' | 'CHANGED' | 'INVALID'
