import type { Grade } from '../../../pure/grades.ts'

// Stream `settings`. No secret and no free text about people.
export type LanguageChosen = { type: 'language.chosen.v1'; lang: 'vi' | 'en' }
/** The highest grade of secrecy whose content may lie here. */
export type CeilingSet = { type: 'ceiling.set.v1'; ceiling: Grade; was: Grade }
/** The client secret stands beside the journal, encrypted. */
export type ProviderConnected = { type: 'provider.connected.v1'; issuer: string; clientId: string; scopes: string; match: 'email' | 'account'; claim: string; name: string; secret: 'new' | 'kept' }
export type ProviderDisconnected = { type: 'provider.disconnected.v1' }
/** The password stands beside the journal, encrypted. `user` empty: the server asks nobody. */
export type MailConnected = { type: 'mail.connected.v1'; host: string; port: number; tls: 'implicit' | 'starttls' | 'none'; user: string; fromName: string; fromAddress: string; password: 'new' | 'kept' | 'none' }
export type MailDisconnected = { type: 'mail.disconnected.v1' }
/** `sha256`: of its manifest, which holds the hash of every file in it. */
export type BackupMade = { type: 'backup.made.v1'; backupId: string; name: string; bytes: number; files: number; lines: number; sha256: string }
/** `first`: the stream where the first break is. */
export type JournalVerified = { type: 'journal.verified.v1'; lines: number; streams: number; anchors: number; broken: number; first: string | null }
/** The whole list of the country, as a version that never changes. */
export type DaysChanged = { type: 'days.changed.v1'; country: string; version: number; count: number; days: { day: string; work: boolean; name: { vi: string; en: string } }[] }
/** In years. */
export type RetentionChanged = { type: 'retention.changed.v1'; class: string; from: number; years: number }
export type BackupDeleted = { type: 'backup.deleted.v1'; backupId: string; name: string }
export type SettingsFact = BackupDeleted | DaysChanged | RetentionChanged | LanguageChosen | CeilingSet | ProviderConnected | ProviderDisconnected | MailConnected | MailDisconnected | BackupMade | JournalVerified

export const settingsStories: Record<SettingsFact['type'], { vi: string; en: string }> = {
  'retention.changed.v1': { vi: 'Đổi thời hạn lưu ({class}): từ {from} thành {years} năm', en: 'Changed how long is kept ({class}): from {from} to {years} [years:year|years]' },
  'backup.deleted.v1': { vi: 'Xóa bản sao lưu {name}', en: 'Deleted the backup {name}' },
  'days.changed.v1': { vi: 'Sửa ngày nghỉ bổ sung ({country}): {count} ngày, phiên bản {version}', en: 'Changed the own days of {country}: {count} [count:day|days], version {version}' },
  'language.chosen.v1': { vi: 'Chọn ngôn ngữ mặc định ({lang})', en: 'Chose the language of who never chose one ({lang})' },
  'ceiling.set.v1': { vi: 'Đặt mức độ mật cao nhất được chứa trên máy chủ', en: 'Set the highest grade of secrecy that may lie on this server' },
  'provider.connected.v1': { vi: 'Nối với hệ thống định danh {issuer}', en: 'Connected the identity provider {issuer}' },
  'provider.disconnected.v1': { vi: 'Ngắt hệ thống định danh', en: 'Disconnected the identity provider' },
  'mail.connected.v1': { vi: 'Đặt máy chủ thư {host}, gửi từ {fromAddress}', en: 'Set the mail server {host}, sending from {fromAddress}' },
  'mail.disconnected.v1': { vi: 'Thôi gửi thư qua máy chủ thư đặt trên màn hình', en: 'Took away the mail server that was set on screen' },
  'backup.made.v1': { vi: 'Sao lưu toàn bộ: {name}, {lines} dòng nhật ký, {files} tệp', en: 'Backed everything up: {name}, {lines} journal [lines:line|lines], {files} [files:file|files]' },
  'journal.verified.v1': { vi: 'Kiểm tra toàn bộ nhật ký: {lines} dòng, {broken} chỗ đứt', en: 'Verified the whole journal: {lines} [lines:line|lines], {broken} [broken:break|breaks]' },
}
