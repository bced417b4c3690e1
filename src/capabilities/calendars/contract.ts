// Days: events, sessions, milestones and tasks due between two of them, with the country's days off; and the addresses by which other calendar programs read the same.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { Day, Instant, Lang, Text, commonRefusals, errors, orderId } from '../../kernel/contract.ts'
import type { Meta, Refusals } from '../../kernel/contract.ts'

export const calendarRefusals = {
  CALENDARS_FULL: { status: 409, message: { vi: 'Bạn đã có {most} địa chỉ lịch. Thu hồi một địa chỉ rồi tạo mới.', en: 'You have {most} calendar addresses already. Revoke one first.' } },
} as const satisfies Refusals

/** What falls on a day. Many alike on one day stand as one, with their count; alone it says whose it is. */
export const CalendarItem = z.object({
  kind: z.enum(['event', 'meeting', 'milestone', 'task']), day: Day, name: Text, count: z.int(), /** Of an event: the kind of its host. */ level: z.string().nullable(),
  /** The event (of a milestone too), the session or the task, where it is one. */ id: z.uuid().nullable(), unit: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** Not done although its day is over. */ late: z.boolean(),
})
export type CalendarItem = z.infer<typeof CalendarItem>
export const MOST_DAYS = 62
const near = (day: string): boolean => day >= '2000' && day < '2101'
const FAR = { params: { vi: 'phải trong các năm 2000 đến 2100', en: 'must be in the years 2000 to 2100' } }
const Near = Day.refine(near, FAR)
export const RangeQuery = z.object({
  from: Near, until: Near, /** `mine`: of the very units at which the asker holds a role; `below`: of all that the asker may see, or of `unit`. */ scope: z.enum(['mine', 'below']).default('mine'), unit: z.uuid().optional(),
}).refine((q) => q.from <= q.until && Date.parse(q.until) - Date.parse(q.from) < MOST_DAYS * 86_400_000, { params: { vi: `phải từ 1 đến ${MOST_DAYS} ngày`, en: `must be 1 to ${MOST_DAYS} days` }, path: ['until'] })
export type RangeQuery = z.infer<typeof RangeQuery>
export const CalendarRange = z.object({
  asOf: Instant, today: Day, items: z.array(CalendarItem), /** Too many units: tasks are not told day by day. */ tasks: z.boolean(),
  /** Days off that are no plain weekend, and weekend days that are worked. */ days: z.array(z.object({ day: Day, off: Text.nullable(), worked: Text.nullable() })), /** The years of these days are worked out from the law, not announced yet. */ announced: z.boolean(),
})
export type CalendarRange = z.infer<typeof CalendarRange>
export const DaysQuery = z.object({ from: Near, until: Near }).refine((q) => q.from <= q.until, { params: { vi: 'phải từ ngày đầu trở đi', en: 'must not be before the first day' }, path: ['until'] })
export const CalendarDays = CalendarRange.pick({ days: true, announced: true })

export const Feed = z.object({ id: z.uuid(), name: z.string(), below: z.boolean(), lang: Lang, madeAt: Instant, usedAt: Instant.nullable(), until: Instant })
export type Feed = z.infer<typeof Feed>

const tags = ['calendar']
const own = oc.$meta<Meta>({ right: 'self' }).errors(errors(calendarRefusals))
export const calendarsContract = {
  range: oc.$meta<Meta>({ right: 'event.read' }).errors(errors(commonRefusals)).route({ method: 'GET', path: '/calendar', tags, summary: 'Events, sessions, milestones and tasks due day by day, with days off' }).input(RangeQuery).output(CalendarRange),
  days: oc.$meta<Meta>({ right: 'self' }).errors(errors(commonRefusals)).route({ method: 'GET', path: '/calendar/days', tags, summary: 'Days off that are no plain weekend, and weekend days that are worked, of any span of years' }).input(DaysQuery).output(CalendarDays),
  feeds: own.route({ method: 'GET', path: '/me/calendars', tags, summary: 'One\'s own calendar addresses' }).output(z.object({ items: z.array(Feed) })),
  makeFeed: own.route({ method: 'POST', path: '/me/calendars', tags, summary: 'A secret address for a calendar program; it is told this once' })
    .input(z.object({ orderId, name: z.string().trim().min(1).max(80).refine((text) => text.isWellFormed() && !text.includes('\0'), { params: { vi: 'có ký tự không lưu được', en: 'has letters that cannot be kept' } }), below: z.boolean().default(false), lang: Lang.default('vi') })).output(Feed.extend({ address: z.string() })),
  dropFeed: own.route({ method: 'POST', path: '/me/calendars/{feedId}/drop', tags, summary: 'Revoke a calendar address' }).input(z.object({ orderId, feedId: z.uuid() })).output(z.object({ feedId: z.uuid() })),
  /** Not the session's: whoever has the address reads this calendar and nothing else. Rights are those of its person at that moment. */
  read: oc.$meta<Meta>({ right: 'public' }).errors(errors(commonRefusals)).route({ method: 'GET', path: '/calendars/{file}', tags, summary: 'A calendar as iCalendar (RFC 5545), by its secret address' })
    .input(z.object({ file: z.string().max(100) })),
}

/** Stream `person:<id>`: that a way to read was opened and closed. Its name and address are no part of it. */
export type FeedMade = { type: 'calendar.feed_made.v1'; personId: string; feedId: string; below: boolean }
export type FeedRevoked = { type: 'calendar.feed_revoked.v1'; personId: string; feedId: string }
export const calendarStories: Record<(FeedMade | FeedRevoked)['type'], { vi: string; en: string }> = {
  'calendar.feed_made.v1': { vi: 'Tạo một địa chỉ lịch (chỉ đọc)', en: 'Made a calendar address (reading only)' },
  'calendar.feed_revoked.v1': { vi: 'Thu hồi một địa chỉ lịch', en: 'Revoked a calendar address' },
}
