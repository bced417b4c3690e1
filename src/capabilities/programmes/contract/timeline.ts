// A programme over time: its milestones by level of the hosts, folded, and the events of a level, page by page.
import * as z from 'zod'
import { Day, Text, cursor } from '../../../kernel/contract.ts'
import { Code } from './template.ts'

export const TimelineQuery = z.object({ code: Code, unit: z.uuid().optional().describe('this unit and those below it') })
/** `passed`: events of the level for which its day is over. */
const Span = z.object({ code: z.string(), name: Text, first: Day, last: Day, passed: z.int(), of: z.int() })
export const Timeline = z.object({
  asOf: z.iso.datetime(), today: Day, unit: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** Highest level first. */
  levels: z.array(z.object({ level: z.string(), events: z.int(), noDay: z.int(), first: Day.nullable(), last: Day.nullable(), milestones: z.array(Span) })),
})
export const TimelineEventsQuery = TimelineQuery.extend({ ...cursor, level: z.string().max(60) })
export const TimelineEvent = z.object({ id: z.uuid(), unit: z.object({ id: z.uuid(), name: z.string() }), phase: z.string(), day: Day.nullable(), milestones: z.array(z.object({ code: z.string(), day: Day })) })
