// The first screen's two questions about tasks: what my units owe, and what they wait for. `my units`: the very units at which the asker holds a role.
import * as z from 'zod'
import { Task } from './shapes.ts'

export const OWED = ['overdue', 'today', 'week', 'later'] as const
/** By due date, on the installation's clock; the week ends on Sunday, `later` has also what has no date. */
export const Owed = z.object({
  asOf: z.iso.datetime(), units: z.array(z.object({ id: z.uuid(), name: z.string() })),
  groups: z.array(z.object({ group: z.enum(OWED), /** Exact to 1,000. */ count: z.int(), items: z.array(Task) })),
})
export type Owed = z.infer<typeof Owed>

/**
 * `verify`: reported, and ours to verify · `extension`: asks for more time that we answer · `asked`: what our directives asked and is still open ·
 * `reported`: our own reports that wait for the level above · `asking`: our own asks for more time.
 */
export const WAITING = ['verify', 'extension', 'asked', 'reported', 'asking'] as const
export const Waiting = z.object({ asOf: z.iso.datetime(), parts: z.array(z.object({ part: z.enum(WAITING), count: z.int(), overdue: z.int(), items: z.array(Task) })) })
export type Waiting = z.infer<typeof Waiting>
