// How long a sign-in lasts, and how long what it leaves behind is kept.

/** Why each kind of personal data is kept: to its owner in both languages, in the rows in English. */
const PURPOSES = {
  contact: { vi: 'để cùng thực hiện nhiệm vụ của sự kiện, và để đăng nhập', en: 'to work together on an event, and to sign in' },
  secret: { vi: 'để đăng nhập', en: 'to sign in' },
  session: { vi: 'để giữ phiên đăng nhập, và để biết tài khoản đang đăng nhập ở đâu', en: 'to stay signed in, and to see where the account is signed in' },
  link: { vi: 'để đăng nhập lần đầu hoặc đăng nhập lại', en: 'to sign in for the first time or again' },
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
export const WHOLE_MS = { password: 7 * DAY, slip: DAY, link: DAY, demo: 7 * DAY }
/** At an eleventh sign-in the session that was seen longest ago ends. */
export const MOST_SESSIONS = 10
/** A session's end if it is used at `at`: it may rest so long, and never outlives the whole. */
export const restsUntil = (at: Date, endsAt: Date): Date => new Date(Math.min(at.getTime() + IDLE_MS, endsAt.getTime()))

/** Writes to say that a session was seen are no more frequent. */
export const SEEN_EVERY_MS = 60_000
/** Ended sessions stay this long, so that their owner can see them. */
export const SESSION_ROW_MS = 30 * DAY
export const LINK_MS = DAY
/** Contacts of an account that nobody used for so long are erased; each sign-in puts it off. */
export const ACCOUNT_MS = 730 * DAY
/** Contacts of somebody who left. */
export const AFTER_LEAVING_MS = 365 * DAY
export const ACCESS_LOG_MS = 730 * DAY
