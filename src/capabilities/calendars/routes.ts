// Days on a screen, and as a calendar that other programs subscribe to by a secret address.
import { createHash, randomBytes } from 'node:crypto'
import { implement } from '@orpc/server'
import type { Actor } from '../../kernel/access.ts'
import { Refusal } from '../../kernel/commit.ts'
import type { Lang } from '../../kernel/contract.ts'
import type { Reader } from '../../kernel/db.ts'
import { Download } from '../../kernel/http/download.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { addDays, dayIn, timeIn } from '../../pure/calendar.ts'
import type { Country } from '../../pure/calendar-country.ts'
import { calendarsContract } from './contract.ts'
import type { Feed, FeedMade, FeedRevoked } from './contract.ts'
import { daysOf } from './decide/days.ts'
import { icalendar } from './decide/ical.ts'
import type { Entry } from './decide/ical.ts'
import { addFeed, feedByHash, feedsOf, markUsed, removeFeed } from './store/feeds.ts'
import type { FeedRow } from './store/feeds.ts'
import { feedEvents, feedMeetings, feedMilestones, feedTasks, itemsBetween, whereOf } from './store/range.ts'

export type CalendarsNeeds = { zone: string; country: (read: Reader) => Promise<Country>; /** The public address without a slash at the end. */ address: () => string }
const MOST_FEEDS = 10
const HOUR = 3_600_000
/** Unused for so long, an address is dead. */
const KEEP_MS = 400 * 24 * HOUR
/** How far back a subscription reaches. */
const PAST_DAYS = 60
const FILE = /^([A-Za-z0-9_-]{43})\.ics$/
/** The rights that an address carries, whatever its person may do otherwise. */
const READS = ['event.read', 'task.read', 'meeting.read']
const digest = (token: string): Buffer => createHash('sha256').update(token).digest()
const told = ({ id, name, below, lang, madeAt, usedAt, until }: FeedRow): Feed => ({ id, name, below, lang, madeAt: madeAt.toISOString(), usedAt: usedAt?.toISOString() ?? null, until: until.toISOString() })

export function calendarsRoutes(needs: CalendarsNeeds) {
  const api = implement(calendarsContract).$context<Context>().use(refusals)
  return api.router({
    range: api.range.handler(async ({ input, context: { read, actor, at } }) => {
      const today = dayIn(at, needs.zone)
      const where = await whereOf(read, actor, input.scope, input.unit)
      if (!where && input.unit) throw new Refusal('NOT_FOUND')
      return { asOf: at.toISOString(), today, items: where ? await itemsBetween(read, actor, where, input.from, input.until, today) : [], tasks: where?.few ?? true, ...daysOf(input.from, input.until, await needs.country(read)) }
    }),
    days: api.days.handler(async ({ input, context: { read } }) => daysOf(input.from, input.until, await needs.country(read))),
    feeds: api.feeds.handler(async ({ context: { read, actor, at } }) => ({ items: (await feedsOf(read, actor.id, at)).map(told) })),
    makeFeed: api.makeFeed.handler(async ({ input: { orderId, ...input }, context: { side, actor, at, commit } }) => {
      const answer = await commit<{ feedId: string; at: string }>({ id: orderId, kind: 'calendar.feed_make.v1', streams: [`person:${actor.id}`], body: input }, async (now) => {
        if ((await feedsOf(now, actor.id, at)).length >= MOST_FEEDS) return { refused: 'CALENDARS_FULL', data: { most: MOST_FEEDS } }
        const fact: FeedMade = { type: 'calendar.feed_made.v1', personId: actor.id, feedId: uuidv7(at), below: input.below }
        return { facts: [fact], answer: { feedId: fact.feedId, at: at.toISOString() } }
      })
      // Asked again because the answer was lost, the same calendar gets another address: the first was seen by nobody.
      const token = randomBytes(32).toString('base64url')
      const feed = { id: answer.feedId, personId: actor.id, ...input, madeAt: new Date(answer.at), until: new Date(at.getTime() + KEEP_MS) }
      await addFeed(side, feed, digest(token), at)
      return { ...told({ ...feed, usedAt: null }), address: `${needs.address()}/api/v1/calendars/${token}.ics` }
    }),
    dropFeed: api.dropFeed.handler(async ({ input: { orderId, feedId }, context: { side, actor, at, commit } }) => {
      await commit({ id: orderId, kind: 'calendar.feed_revoke.v1', streams: [`person:${actor.id}`], body: { feedId } }, async (now) => {
        if (!(await feedsOf(now, actor.id, at)).some((one) => one.id === feedId)) return { refused: 'NOT_FOUND' }
        const fact: FeedRevoked = { type: 'calendar.feed_revoked.v1', personId: actor.id, feedId }
        return { facts: [fact], answer: {} }
      })
      await removeFeed(side, actor.id, feedId)
      return { feedId }
    }),
    read: api.read.handler(async ({ input, context: { read, side, at } }) => {
      const token = FILE.exec(input.file)?.[1]
      const feed = token ? await feedByHash(read, digest(token), at) : undefined
      if (!feed) throw new Refusal('NOT_FOUND')
      if (!feed.usedAt || at.getTime() - feed.usedAt.getTime() > HOUR) await markUsed(side, feed.id, at, new Date(at.getTime() + KEEP_MS))
      const actor: Actor = { id: feed.personId, kind: 'person', via: feed.id, scopes: READS }
      const entries = await entriesOf({ read, actor, at }, feed, needs)
      return new Download({ name: 'san-sang.ics', type: 'text/calendar; charset=utf-8', body: Buffer.from(icalendar({ name: feed.name, language: feed.lang, at, entries })) })
    }),
  })
}

const words = {
  vi: { event: 'Sự kiện', meeting: 'Phiên họp', milestone: 'Mốc thời gian', task: 'Thời hạn nhiệm vụ', due: 'Hạn', opens: 'Khai mạc lúc', reported: 'đã báo cáo, chờ xác nhận' },
  en: { event: 'Event', meeting: 'Session', milestone: 'Milestone', task: 'Task due', due: 'Due', opens: 'Opens at', reported: 'reported, waiting for verification' },
} as const satisfies Record<Lang, Record<string, string>>

/** Stable ids: a thing that moves stays the same entry in the subscriber's calendar. */
async function entriesOf({ read, actor, at }: Pick<Context, 'read' | 'actor' | 'at'>, feed: FeedRow, needs: CalendarsNeeds): Promise<Entry[]> {
  const t = words[feed.lang]
  const site = needs.address()
  const uid = (id: string) => `${id}@${new URL(site).hostname}`
  const from = addDays(dayIn(at, needs.zone), -PAST_DAYS)
  const [own, wide] = await Promise.all([whereOf(read, actor, 'mine', undefined), feed.below ? whereOf(read, actor, 'below', undefined) : undefined])
  if (!own) return []
  const [events, meetings, milestones, tasks] = await Promise.all([feedEvents(read, wide ?? own, from), feedMeetings(read, actor, own, from), feedMilestones(read, own, from), feedTasks(read, own, from)])
  return [
    ...events.map((e): Entry => ({
      uid: uid(`event-${e.id}`), on: { day: e.day }, summary: `${e.unit}: ${e.name[feed.lang]}`, ...(e.opensAt ? { description: `${t.opens} ${timeIn(e.opensAt, e.zone)}` } : {}), url: `${site}/events/${e.id}`, category: t.event,
      status: e.phase === 'planned' ? 'TENTATIVE' : 'CONFIRMED', sequence: e.version, changedAt: e.changedAt,
    })),
    ...meetings.map((m): Entry => ({
      uid: uid(`meeting-${m.id}`), on: { at: m.startsAt }, summary: `${m.body}: ${m.title}`, ...(m.place || m.link ? { description: [m.place, m.link].filter(Boolean).join('\n') } : {}), url: `${site}/meetings/${m.id}`, category: t.meeting, status: 'CONFIRMED', sequence: m.version,
    })),
    ...milestones.map((m): Entry => ({ uid: uid(`milestone-${m.eventId}-${m.code}`), on: { day: m.day }, summary: `${m.name[feed.lang]} · ${m.unit}`, url: `${site}/events/${m.eventId}`, category: t.milestone, status: 'CONFIRMED', sequence: m.version, changedAt: m.changedAt })),
    // What is due at the end of a day is a day; another time stays a time.
    ...tasks.map((task): Entry => ({
      uid: uid(`task-${task.id}`), on: timeIn(task.dueAt, task.zone) === '23:59' ? { day: dayIn(task.dueAt, task.zone) } : { at: task.dueAt }, summary: `${t.due}: ${task.name[feed.lang]}`,
      description: [task.unit, task.state === 'reported' ? t.reported : ''].filter(Boolean).join('\n'), url: `${site}/tasks/${task.id}`, category: t.task, status: 'CONFIRMED', sequence: task.version, changedAt: task.changedAt,
    })),
  ]
}
