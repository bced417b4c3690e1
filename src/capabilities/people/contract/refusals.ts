// Every way in which an order about people is refused, as the asker reads it.
import type { Refusals } from '../../../kernel/contract.ts'

export const peopleRefusals = {
  SIGN_IN_FAILED: {
    status: 401,
    message: { vi: 'Tên tài khoản, mật khẩu hoặc mã xác thực không đúng. Quên mật khẩu: đơn vị cấp trên cấp lại phiếu đăng nhập.', en: 'The account, the password or the code is wrong. Forgotten: the unit above issues a new slip.' },
  },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    message: { vi: 'Sai nhiều lần liên tiếp. Hãy thử lại sau {seconds} giây.', en: 'Too many wrong attempts in a row. Try again in {seconds} [seconds:second|seconds].' },
  },
  ACCOUNT_BLOCKED: {
    status: 429,
    message: {
      vi: 'Tài khoản này đã bị khóa vì nhập sai quá nhiều lần. Đơn vị cấp trên cấp lại phiếu đăng nhập để mở.', en: 'This account is closed after too many wrong attempts. A new slip from the unit above opens it.',
    },
  },
  BUSY: { status: 503, message: { vi: 'Đang có quá nhiều người đăng nhập cùng lúc. Hãy thử lại sau ít giây.', en: 'Too many people are signing in at once. Try again in a few seconds.' } },
  LINK_SPENT: { status: 401, message: { vi: 'Liên kết đăng nhập này đã dùng hoặc đã hết hạn. Hãy xin liên kết mới.', en: 'This sign-in link was used or has expired. Ask for a new one.' } },
  PROOF_WRONG: { status: 403, message: { vi: 'Mật khẩu hiện tại hoặc mã xác thực không đúng.', en: 'The current password or the code is wrong.' } },
  PASSWORD_SHORT: {
    status: 422,
    message: {
      vi: 'Mật khẩu cần ít nhất {least} ký tự (15 khi chỉ dùng mật khẩu, 8 khi có xác thực hai lớp). Một câu dài dễ nhớ là tốt nhất.',
      en: 'The password needs at least {least} characters (15 alone, 8 with a second factor). A long sentence that you remember is best.',
    },
  },
  PASSWORD_LONG: { status: 422, message: { vi: 'Mật khẩu dài quá {most} ký tự.', en: 'The password is longer than {most} characters.' } },
  PASSWORD_COMMON: { status: 422, message: { vi: 'Mật khẩu này nằm trong danh sách đã lộ hoặc quá dễ đoán. Hãy chọn mật khẩu khác.', en: 'This password is on the list of leaked or easily guessed ones. Choose another.' } },
  PASSWORD_NAMES: { status: 422, message: { vi: 'Mật khẩu chứa tên tài khoản, tên bạn hoặc tên hệ thống ("{word}") và quá ít phần khác. Hãy chọn mật khẩu khác.', en: 'The password is little more than your account, your name or the name of this system ("{word}"). Choose another.' } },
  PASSWORD_SAME: { status: 422, message: { vi: 'Mật khẩu mới giống mật khẩu cũ.', en: 'The new password is the old one.' } },
  PASSWORD_TOO_SHORT_ALONE: {
    status: 409,
    message: { vi: 'Không có xác thực hai lớp thì mật khẩu cần ít nhất 15 ký tự. Hãy đổi mật khẩu dài hơn trước.', en: 'Without a second factor the password needs at least 15 characters. Change to a longer password first.' },
  },
  STAFF_IN_USE: { status: 409, message: { vi: 'Không thu hồi được: cả {count} tài khoản, vai trò của danh sách này đã được sử dụng hoặc bạn không có quyền. Hãy sửa từng người.', en: 'Nothing can be taken back: all {count} accounts and roles of this list are in use, or not yours to change. Change people one by one.' } },
  PASSWORD_FIRST: { status: 409, message: { vi: 'Hãy đặt mật khẩu của bạn trước.', en: 'Set your own password first.' } },
  SECOND_FACTOR_ON: { status: 409, message: { vi: 'Xác thực hai lớp đang bật. Tắt rồi mới bật lại được trên thiết bị khác.', en: 'A second factor is on. Remove it before setting up another.' } },
  SECOND_FACTOR_OFF: { status: 409, message: { vi: 'Xác thực hai lớp chưa bật.', en: 'No second factor is on.' } },
  SECOND_FACTOR_LOST: {
    status: 409,
    message: {
      vi: 'Máy chủ không còn đọc được khóa xác thực của tài khoản này. Hãy đăng nhập bằng một mã dự phòng, hoặc xin đơn vị cấp trên cấp lại phiếu đăng nhập (bỏ xác thực hai lớp), rồi bật lại.',
      en: 'The server can no longer read the key of this account’s authenticator app. Use a recovery code, or ask the unit above for a new slip without the second factor, then set it up anew.',
    },
  },
  SIGN_IN_AGAIN: { status: 403, message: { vi: 'Việc này cần bạn vừa đăng nhập hoặc vừa xác nhận lại trong 15 phút qua. Xác nhận, hoặc đăng xuất rồi đăng nhập lại, sau đó làm lại.', en: 'This needs a sign-in, or a confirmation, of the last 15 minutes. Confirm who you are, or sign out and in again, then try again.' } },
  PASSKEYS_NOT_HERE: {
    status: 409,
    message: { vi: 'Địa chỉ của hệ thống này không dùng được khóa truy cập: cần tên miền với https (SANSANG_PUBLIC_URL), không phải số IP.', en: 'This address cannot have passkeys: they need a name with https (SANSANG_PUBLIC_URL), not a number.' },
  },
  PASSKEY_REFUSED: { status: 401, message: { vi: 'Khóa truy cập này không mở được tài khoản nào ở đây, hoặc bước xác nhận đã quá giờ. Hãy thử lại, hoặc dùng mật khẩu.', en: 'This passkey opens no account here, or the confirmation came too late. Try again, or use the password.' } },
  PASSKEY_BLOCKED: {
    status: 401,
    message: { vi: 'Khóa truy cập này đã bị chặn vì có dấu hiệu bị sao chép. Đăng nhập bằng cách khác, bỏ khóa này rồi thêm khóa mới.', en: 'This passkey is blocked because it seems to have been copied. Sign in another way, remove it, and add a new one.' },
  },
  PASSKEY_FAULTY: { status: 422, message: { vi: 'Thiết bị trả lời không đúng yêu cầu, hoặc đã quá 5 phút. Hãy thêm lại từ đầu.', en: 'The device’s answer does not fit what was asked, or five minutes have passed. Begin again.' } },
  PASSKEY_KNOWN: { status: 409, message: { vi: 'Khóa truy cập này đã được thêm rồi.', en: 'This passkey was added before.' } },
  PASSKEYS_MANY: { status: 409, message: { vi: 'Tài khoản đã có {most} khóa truy cập. Bỏ bớt khóa không dùng.', en: 'The account has {most} passkeys. Remove some that are not used.' } },
  PROVIDER_OFF: { status: 409, message: { vi: 'Hệ thống này chưa nối với hệ thống định danh nào. Hãy đăng nhập bằng mật khẩu.', en: 'No identity provider is connected here. Sign in with a password.' } },
  PROVIDER_AWAY: { status: 409, message: { vi: 'Hệ thống định danh của cơ quan không trả lời. Hãy thử lại sau, hoặc đăng nhập bằng mật khẩu.', en: 'The organisation’s identity provider does not answer. Try again later, or sign in with a password.' } },
  PROVIDER_SETUP: {
    status: 409,
    message: { vi: 'Hệ thống định danh không nhận kết nối này (mã ứng dụng, khóa hoặc địa chỉ trả về chưa đúng). Hãy báo người quản trị; trong khi chờ, đăng nhập bằng mật khẩu.', en: 'The identity provider does not take this connection (client id, secret or return address). Tell the administrator; meanwhile sign in with a password.' },
  },
  PROVIDER_STALE: { status: 401, message: { vi: 'Lần đăng nhập này đã quá 10 phút, đã dùng, hoặc bắt đầu ở trình duyệt khác. Hãy bắt đầu lại.', en: 'This sign-in took more than ten minutes, was finished before, or began in another browser. Begin again.' } },
  PROVIDER_DENIED: { status: 401, message: { vi: 'Hệ thống định danh đã dừng việc đăng nhập ({error}). Hãy thử lại, hoặc đăng nhập bằng mật khẩu.', en: 'The identity provider stopped the sign-in ({error}). Try again, or use a password.' } },
  PROVIDER_WRONG: {
    status: 401,
    message: { vi: 'Câu trả lời của hệ thống định danh không kiểm chứng được nên không dùng. Hãy bắt đầu lại; nếu vẫn vậy, báo người quản trị.', en: 'The identity provider’s answer could not be verified and was not used. Begin again; if it happens again, tell the administrator.' },
  },
  PROVIDER_UNVERIFIED: {
    status: 401,
    message: { vi: 'Hệ thống định danh không cho biết thư điện tử đã xác minh của bạn (hoặc tên tài khoản), nên không biết là tài khoản nào. Hãy báo người quản trị.', en: 'The identity provider tells no verified mail address (or account name) of yours, so no account can be found. Tell the administrator.' },
  },
  PROVIDER_UNKNOWN: {
    status: 401,
    message: { vi: 'Ở đây chưa có tài khoản nào ứng với danh tính này. Đơn vị cấp trên lập tài khoản hoặc ghi đúng thư điện tử của bạn.', en: 'No account here belongs to this identity. The unit above adds one, or enters your mail address.' },
  },
  PROVIDER_TWO: { status: 401, message: { vi: 'Có nhiều tài khoản cùng thư điện tử này. Người quản trị sửa để chỉ còn một.', en: 'Several accounts have this mail address. The administrator leaves it to one of them.' } },
  PROVIDER_OTHER: {
    status: 401,
    message: { vi: 'Tài khoản ứng với danh tính này đã gắn với một danh tính khác. Nếu đúng là của bạn: đơn vị cấp trên cấp lại phiếu đăng nhập.', en: 'The account for this identity is linked to another identity already. If it is yours, the unit above issues a new slip.' },
  },
  CODE_WRONG: { status: 422, message: { vi: 'Mã xác thực không đúng. Kiểm tra giờ của điện thoại rồi nhập mã mới.', en: 'The code is wrong. Check the clock of the telephone and enter a fresh code.' } },
  ACCOUNT_TAKEN: { status: 409, message: { vi: 'Tên tài khoản "{account}" đã có người dùng.', en: 'The account name "{account}" is taken.' } },
  UNIT_CLOSED: { status: 409, message: { vi: 'Đơn vị này đã thôi hoạt động.', en: 'This unit is no more.' } },
  PERSON_LEFT: { status: 409, message: { vi: 'Người này đã thôi tham gia nhiệm vụ.', en: 'This person has left.' } },
  MORE_THAN_YOURS: {
    status: 403,
    message: { vi: 'Vai trò "{roleVi}" có quyền mà bạn không có ở đơn vị này.', en: 'The role "{roleEn}" holds a right that you do not hold at this unit.' },
  },
  LAST_ADMINISTRATOR: {
    status: 409,
    message: { vi: 'Đây là người quản trị cuối cùng ở đây. Hãy phân quyền cho người khác trước.', en: 'This is the last administrator here. Appoint another first.' },
  },
  GRANT_EXISTS: { status: 409, message: { vi: 'Người này đã có vai trò đó ở đơn vị này trong thời gian ấy.', en: 'The person already holds that role at this unit for that time.' } },
  GRANT_ENDED: { status: 409, message: { vi: 'Phân quyền này đã kết thúc.', en: 'This grant has ended.' } },
  GRANT_DATES: { status: 422, message: { vi: 'Ngày kết thúc phải sau ngày bắt đầu và sau lúc này.', en: 'The end must come after the beginning and after now.' } },
  DELEGATE_YOURS: { status: 409, message: { vi: 'Chỉ ủy quyền vai trò của chính mình, không ủy quyền lại.', en: 'Only a role of your own can be delegated, not one delegated to you.' } },
  DELEGATE_TO_SELF: { status: 422, message: { vi: 'Không thể ủy quyền cho chính mình.', en: 'You cannot delegate to yourself.' } },
  DELEGATE_LONG: { status: 422, message: { vi: 'Một lần ủy quyền dài nhất {days} ngày và không quá thời hạn của vai trò.', en: 'A delegation lasts at most {days} [days:day|days] and no longer than the role itself.' } },
  SCOPE_UNKNOWN: { status: 422, message: { vi: 'Không có quyền tên "{scope}".', en: 'There is no right called "{scope}".' } },
  SLIPS_SHOWN: { status: 409, message: { vi: 'Các phiếu này đã được cấp và hiện một lần. Cần lại thì cấp phiếu mới.', en: 'These slips were issued and shown once. Issue new ones if they are needed again.' } },
  SECRET_SHOWN: { status: 409, message: { vi: 'Mã này đã hiện một lần. Cần lại thì tạo mã mới.', en: 'This secret was shown once. Make a new one if it is needed again.' } },
  NOBODY: { status: 409, message: { vi: 'Không có đơn vị hoặc tài khoản nào phù hợp.', en: 'No unit or account fits.' } },
  TOO_MANY: { status: 422, message: { vi: 'Một lần nhiều nhất {most}; ở đây có {count}. Hãy chia nhỏ.', en: 'At most {most} at once; this has {count}. Do it in parts.' } },
  FILE_REFUSED: { status: 422, message: { vi: 'Tệp có {count} lỗi nên không nhập dòng nào. {first}', en: 'The file has {count} [count:error|errors], so nothing was imported. {first}' } },
  FILE_MISSING: { status: 422, message: { vi: 'Chưa có tệp. Gửi tệp CSV dạng base64 ở trường "base64", hoặc nội dung ở trường "csv".', en: 'There is no file. Send the CSV as base64 in the field "base64", or its text in the field "csv".' } },
  PREVIEW_STALE: { status: 409, message: { vi: 'Dữ liệu đã thay đổi sau khi xem trước. Hãy xem trước lại.', en: 'Things have changed since the preview. Preview again.' } },
  NOTHING_CHANGED: { status: 422, message: { vi: 'Không có gì thay đổi.', en: 'Nothing would change.' } },
} as const satisfies Refusals
export type PeopleRefused = keyof typeof peopleRefusals | 'NOT_FOUND' | 'FORBIDDEN' | 'CHANGED' | 'INVALID'
