// How long a sign-in lasts, and how long what it leaves behind is kept.

export const PURPOSE = {
  contact: 'to work together on an event, and to sign in',
  secret: 'to sign in',
  session: 'to stay signed in, and to see where the account is signed in',
  link: 'to sign in for the first time or again',
  throttle: 'to slow down the guessing of passwords',
  access: 'to show a person who read their contacts',
  reason: 'why a grant was ended',
} as const

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
