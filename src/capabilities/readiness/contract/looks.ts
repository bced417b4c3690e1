// Other looks at the same figures: every unit of a kind at once (a map), a week (a line), one screen for a leader; and the views that a person keeps.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { Day, Instant, Text, commonRefusals, errors } from '../../../kernel/contract.ts'
import type { Meta } from '../../../kernel/contract.ts'

/** By STATES. */
const Figures = z.array(z.int())
const asked = { unitId: z.uuid().optional(), programmeId: z.uuid().optional(), level: z.string().max(60).optional(), at: Day.optional().describe('a past day: its end') }

export const MapUnit = z.object({ unitId: z.uuid(), name: z.string(), nameEn: z.string().nullable(), within: z.string(), eventId: z.uuid().nullable(), below: z.boolean(), events: Figures, tasks: z.int(), overdue: z.int() })
export type MapUnit = z.infer<typeof MapUnit>

export const Trend = z.object({ asOf: Instant, days: z.array(z.object({ on: Day, events: Figures, overdue: z.int() })) })
export type Trend = z.infer<typeof Trend>

/** Who can help beside the unit itself. Names of units are public; who heads one is told to whom may read its people. */
export const Helper = z.object({ how: z.enum(['above', 'professional']), unitId: z.uuid(), unitName: z.string(), unitNameEn: z.string().nullable(), head: z.string().nullable() })
export type Helper = z.infer<typeof Helper>

export const Brief = z.object({
  asOf: Instant, unit: z.object({ unitId: z.uuid(), name: z.string(), nameEn: z.string().nullable() }), events: Figures, /** Of the events that are not ready: how many are past their day or closed; nothing can be mended there any more. */ over: z.int(),
  /** Against seven days before. */
  change: z.int(),
  /** Events that are not ready, the nearest day first: the worst of what stands against each, who answers for it, and by when. */
  red: z.array(z.object({ eventId: z.uuid(), programmeId: z.uuid(), programmeName: Text.nullable(), unitId: z.uuid(), unitName: z.string(), owner: z.string().nullable(), dayOn: Day.nullable(), requirement: Text, sentence: Text, byAt: Instant.nullable(), more: z.int(), help: z.array(Helper) })),
  /** The next to be decided. */
  next: z.array(z.object({ eventId: z.uuid(), programmeId: z.uuid(), programmeName: Text.nullable(), unitName: z.string(), dayOn: Day.nullable(), verdict: z.enum(['go', 'no_go', 'undecided']), sentence: Text, concluded: z.enum(['go', 'no_go']).nullable() })),
})
export type Brief = z.infer<typeof Brief>

/** What stands after the `?` of an address. */
const Search = z.record(z.string().min(1).max(40), z.string().max(200)).refine((search) => Object.keys(search).length <= 12, { params: { vi: 'có nhiều nhất 12 phần', en: 'has at most 12 parts' } })
/** `shared`: with those whose own unit is the same; `by`: whose it is, where it is a colleague's. */
export const SavedView = z.object({ viewId: z.uuid(), name: z.string(), search: Search, shared: z.boolean(), by: z.string().nullable() })
export type SavedView = z.infer<typeof SavedView>

export const viewRefusals = {
  VIEWS_FULL: { status: 409, message: { vi: 'Đã lưu {most} cách xem. Bỏ bớt một cách xem rồi lưu.', en: 'You keep {most} views already. Remove one first.' } },
} as const

const tags = ['readiness']
const read = oc.$meta<Meta>({ right: 'readiness.read', on: 'unit' }).errors(errors(commonRefusals))
const own = oc.$meta<Meta>({ right: 'self' }).errors(errors(viewRefusals))

export const looksContract = {
  units: read.route({ method: 'GET', path: '/board/units', tags, summary: 'Every unit of a kind below one: events by state, short enough for a map of thousands' })
    .input(z.object({ ...asked, kind: z.string().min(1).max(32), workstream: z.string().max(60).optional().describe('narrows the tasks, of now') })).output(z.object({ asOf: Instant, on: Day.nullable(), units: z.array(MapUnit) })),
  trend: read.route({ method: 'GET', path: '/board/trend', tags, summary: 'Events by state and overdue tasks at the end of each of the last eight days' })
    .input(z.object(asked)).output(Trend),
  brief: read.route({ method: 'GET', path: '/board/brief', tags, summary: 'Where we are not ready, who answers for it, by when, and what is decided next' })
    .input(z.object({ unitId: asked.unitId, programmeId: asked.programmeId })).output(Brief),
  views: own.route({ method: 'GET', path: '/me/views', tags: ['me'], summary: 'The views that one keeps, and those that colleagues of one’s unit share' }).output(z.object({ items: z.array(SavedView) })),
  keepView: own.route({ method: 'POST', path: '/me/views', tags: ['me'], summary: 'Keep a view; one of the same name is replaced' })
    .input(z.object({ name: z.string().trim().min(1).max(80), search: Search, shared: z.boolean().default(false) })).output(SavedView),
  dropView: own.route({ method: 'POST', path: '/me/views/{viewId}/drop', tags: ['me'], summary: 'Keep a view no longer' }).input(z.object({ viewId: z.uuid() })).output(z.object({ viewId: z.uuid() })),
}
