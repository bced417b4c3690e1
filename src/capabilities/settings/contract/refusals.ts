// Every way in which an order about the installation is refused.
import type { Refusals } from '../../../kernel/contract.ts'

export const settingsRefusals = {
  PERIOD_LIMIT: { status: 422, message: { vi: 'Thời hạn lưu này phải từ {least} đến {most} năm.', en: 'This is kept for {least} to {most} years.' } },
  DAY_TWICE: { status: 422, message: { vi: 'Ngày {day} có hai lần trong danh sách.', en: 'The day {day} stands twice in the list.' } },
  DAY_FAR: { status: 422, message: { vi: 'Ngày {day} ngoài khoảng 2000–2099.', en: 'The day {day} lies outside 2000–2099.' } },
  ISSUER_UNSAFE: { status: 422, message: { vi: 'Địa chỉ hệ thống định danh phải là https:// (http:// chỉ dùng được trên chính máy này), không có ? và #.', en: 'The issuer must be an https:// address (http:// only on this very machine), without ? and #.' } },
  SECRET_MISSING: { status: 422, message: { vi: 'Nhập khóa bí mật của ứng dụng: hệ thống chưa giữ khóa nào cho địa chỉ và mã ứng dụng này.', en: 'Enter the client secret: none is kept for this issuer and client id.' } },
  PROVIDER_BY_ENVIRONMENT: { status: 409, message: { vi: 'Hệ thống định danh đang đặt bằng biến môi trường của máy chủ (SANSANG_OIDC_…). Bỏ các biến đó rồi mới đặt ở đây được.', en: 'The identity provider is set by variables of the server (SANSANG_OIDC_…). Take them away to set it here.' } },
  PROVIDER_NONE: { status: 409, message: { vi: 'Chưa nối với hệ thống định danh nào.', en: 'No identity provider is connected.' } },
  PROVIDER_AWAY: { status: 409, message: { vi: 'Hệ thống định danh không trả lời. Kiểm tra địa chỉ và đường mạng từ máy chủ; việc đăng nhập tự chạy lại khi nó trả lời.', en: 'The identity provider does not answer. Check the address and the network of the server; sign-ins work again by themselves once it does.' } },
  PROVIDER_SETUP: { status: 409, message: { vi: 'Địa chỉ này có trả lời nhưng không phải hệ thống định danh OpenID Connect, hoặc tự xưng địa chỉ khác. Kiểm tra lại địa chỉ (issuer).', en: 'This address answers, but not as an OpenID Connect provider, or it names another issuer. Check the issuer.' } },
  MAIL_OFF: { status: 409, message: { vi: 'Chưa đặt máy chủ thư (SANSANG_SMTP_URL, SANSANG_MAIL_FROM).', en: 'No mail server is set (SANSANG_SMTP_URL, SANSANG_MAIL_FROM).' } },
  MAIL_ADDRESS: { status: 409, message: { vi: 'Tài khoản của bạn chưa có địa chỉ thư điện tử. Ghi địa chỉ vào tài khoản rồi thử lại.', en: 'Your account has no mail address. Add one, then try again.' } },
  MAIL_FAILED: { status: 409, message: { vi: 'Máy chủ thư không nhận thư thử ({why}). Kiểm tra địa chỉ máy chủ thư, tài khoản và người gửi.', en: 'The mail server did not take the test mail ({why}). Check its address, its account and the sender.' } },
  CEILING_SAME: { status: 409, message: { vi: 'Mức này đang được áp dụng.', en: 'This is the ceiling already.' } },
  CEILING_HOLDS: { status: 409, message: { vi: 'Máy chủ đang chứa {count} tài liệu có độ mật cao hơn mức muốn đặt. Chuyển đi, giải mật hoặc hạ độ mật trước.', en: '{count} [count:record here is|records here are] graded higher than that. Move, lower or lift them first.' } },
  BUSY_ALREADY: { status: 409, message: { vi: 'Việc này đang chạy. Đợi xong rồi làm lại.', en: 'This is running already. Wait until it is done.' } },
  BACKUP_LAST: { status: 409, message: { vi: 'Đây là bản sao lưu mới nhất còn dùng được nên không xóa được. Sao lưu bản mới trước.', en: 'This is the newest backup that is whole, so it stays. Make a new one first.' } },
  BACKUP_GONE: { status: 409, message: { vi: 'Bản sao lưu này không còn trong thư mục.', en: 'This backup is no longer in its folder.' } },
  SIGN_IN_AGAIN: { status: 403, message: { vi: 'Việc này cần bạn vừa đăng nhập hoặc vừa xác nhận lại trong 15 phút qua. Xác nhận, hoặc đăng xuất rồi đăng nhập lại, sau đó làm lại.', en: 'This needs a sign-in, or a confirmation, of the last 15 minutes. Confirm who you are, or sign out and in again, then try again.' } },
} as const satisfies Refusals
export type SettingsRefused = keyof typeof settingsRefusals | 'NOT_FOUND' | 'FORBIDDEN' | 'CHANGED'
