// A programme over time: its milestones by level of the hosts, folded, and the events of a level, page by page.
import * as z from 'zod'
import { Day, Text, cursor, many } from '../../../kernel/contract.ts'
import { Code } from './template.ts'

export const TimelineQuery = z.object({ code: Code, unit: z.uuid().optional().describe('this unit and those below it') })
/** `passed`: events of the level for which its day is over. */
const Span = z.object({ code: z.string(), name: Text, first: Day, last: Day, passed: z.int(), of: z.int() })
export const Timeline = z.object({
  asOf: z.iso.datetime(), today: Day, unit: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** Highest level first. */
  levels: z.array(z.object({ level: z.string(), events: z.int(), noDay: z.int(), first: Day.nullable(), last: Day.nullable(), milestones: z.array(Span) })),
})
export const TimelineEventsQuery = TimelineQuery.extend({ ...cursor, level: z.string().max(60), /** These very events, as far as the asker may see them. */ ids: many(z.uuid(), 100).optional() })
/** `reached`: its tasks are done, or it has none and its day is here; `late`: days since it should have been. */
const Gate = z.object({ code: z.string(), day: Day, reached: z.boolean(), late: z.int() })
export const TimelineEvent = z.object({
  id: z.uuid(), unit: z.object({ id: z.uuid(), name: z.string() }), phase: z.string(), day: Day.nullable(), zone: z.string(), version: z.int(), milestones: z.array(Gate),
  /** Where its critical path stands: the first milestone up to the day whose tasks are not done. null: none is, or there is no day. */
  now: Gate.extend({ name: Text, open: z.int() }).nullable(),
})
