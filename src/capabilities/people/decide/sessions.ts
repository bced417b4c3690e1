// How long a sign-in lasts, and how long what it leaves behind is kept.

/** Why each kind of personal data is kept: to its owner in both languages, in the rows in English. */
const PURPOSES = {
  contact: { vi: 'để cùng thực hiện nhiệm vụ của sự kiện, và để đăng nhập', en: 'to work together on an event, and to sign in' },
  secret: { vi: 'để đăng nhập', en: 'to sign in' },
  session: { vi: 'để giữ phiên đăng nhập, và để biết tài khoản đang đăng nhập ở đâu', en: 'to stay signed in, and to see where the account is signed in' },
  link: { vi: 'để đăng nhập lần đầu hoặc đăng nhập lại', en: 'to sign in for the first time or again' },
  passkey: { vi: 'để đăng nhập bằng khóa truy cập', en: 'to sign in with a passkey' },
  provider: { vi: 'để nhận ra tài khoản khi đăng nhập qua hệ thống định danh của cơ quan', en: 'to know the account when it signs in with the organisation’s identity provider' },
  challenge: { vi: 'để một lần đăng nhập đang dở chỉ hoàn tất được một lần', en: 'so that a sign-in under way is finished once' },
  throttle: { vi: 'để làm chậm việc dò mật khẩu', en: 'to slow down the guessing of passwords' },
  access: { vi: 'để cho mỗi người biết ai đã xem thông tin liên hệ của mình', en: 'to show a person who read their contacts' },
  reason: { vi: 'lý do kết thúc một phân quyền', en: 'why a grant was ended' },
}
export const PURPOSE = Object.fromEntries(Object.entries(PURPOSES).map(([key, { en }]) => [key, en])) as { [K in keyof typeof PURPOSES]: string }

/** By class of retention: until when. */
const RETENTIONS: Record<string, { vi: string; en: string }> = {
  account: { vi: 'đến hai năm sau lần đăng nhập cuối, hoặc một năm sau khi thôi tham gia', en: 'until two years after the last sign-in, or one year after leaving' },
}
const READ: Record<string, { vi: string; en: string }> = { contact: { vi: 'điện thoại, thư điện tử', en: 'telephone, mail' } }
const same = (text: string) => ({ vi: text || '—', en: text || '—' })
export const purposeSaid = (stored: string) => Object.values(PURPOSES).find(({ en }) => en === stored) ?? same(stored)
export const retentionSaid = (stored: string) => RETENTIONS[stored] ?? same(stored)
export const readSaid = (stored: string) => READ[stored] ?? same(stored)

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * A duty lasts up to 12 hours, so a session may rest that long; it ends after a week whatever happens, after a day where it began by a slip or a one-time
 * link. NIST SP 800-63B-4 asks for 30 days at most with a password alone; the shorter hour of rest that it recommends with a second factor would sign duty
 * officers out in the middle of a night: instead, what could let somebody else in (password, second factor, tokens, sessions) asks for the password again.
 */
export const IDLE_MS = 12 * HOUR
export const WHOLE_MS = { password: 7 * DAY, passkey: 7 * DAY, provider: 7 * DAY, slip: DAY, link: DAY, demo: 7 * DAY }
/** A sign-in, or showing again who one is, counts for what asks for it so long (backups, an account without a password). */
export const FRESH_MS = 15 * 60_000
/** At an eleventh sign-in the session that was seen longest ago ends. */
export const MOST_SESSIONS = 10
/** A session's end if it is used at `at`: it may rest so long, and never outlives the whole. */
export const restsUntil = (at: Date, endsAt: Date): Date => new Date(Math.min(at.getTime() + IDLE_MS, endsAt.getTime()))

/** Writes to say that a session was seen are no more frequent. */
export const SEEN_EVERY_MS = 60_000
/** Ended sessions stay this long, so that their owner can see them. */
export const SESSION_ROW_MS = 30 * DAY
export const LINK_MS = DAY
/** To touch the key, or to go to the identity provider and come back. */
export const CHALLENGE_MS = { passkey: 5 * 60_000, new_passkey: 5 * 60_000, provider: 10 * 60_000, provider_code: 5 * 60_000 }
/** A person has a few devices. */
export const MOST_PASSKEYS = 20
/** Contacts of an account that nobody used for so long are erased; each sign-in puts it off. */
export const ACCOUNT_MS = 730 * DAY
/** Contacts of somebody who left. */
export const AFTER_LEAVING_MS = 365 * DAY
export const ACCESS_LOG_MS = 730 * DAY

const years = (ms: number): { vi: string; en: string } => ({ vi: `${ms / 365 / DAY} năm`, en: ms === 365 * DAY ? 'one year' : `${ms / 365 / DAY} years` })
const days = (ms: number): { vi: string; en: string } => ({ vi: `${ms / DAY} ngày`, en: `${ms / DAY} days` })
const after = ({ vi, en }: { vi: string; en: string }, what: { vi: string; en: string }) => ({ vi: `${vi} ${what.vi}`, en: `${en} ${what.en}` })
/** How long what is held on people is kept, as an administrator reads it. */
export const kept = [
  { what: { vi: 'Tên, liên hệ, cách đăng nhập của tài khoản', en: 'Names, contacts and ways in of an account' }, until: after(years(ACCOUNT_MS), { vi: 'sau lần đăng nhập cuối', en: 'after the last sign-in' }) },
  { what: { vi: 'Liên hệ của người đã thôi tham gia', en: 'Contacts of who left' }, until: after(years(AFTER_LEAVING_MS), { vi: 'sau khi thôi', en: 'after leaving' }) },
  { what: { vi: 'Nơi đăng nhập (địa chỉ mạng, thiết bị)', en: 'Where somebody was signed in (address, device)' }, until: after(days(SESSION_ROW_MS), { vi: 'sau khi phiên kết thúc', en: 'after the session ended' }) },
]
