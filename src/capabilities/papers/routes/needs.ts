// What papers ask of the others; wiring hands it in.
import type { Lang } from '../../../kernel/contract.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { DraftBody } from '../decide/drafts-bodies.ts'
import type { DraftSession } from '../decide/drafts-meetings.ts'
import type { IcsEvent } from '../decide/ics-sheet.ts'
import type { Grade } from '../../../pure/grades.ts'
import type { CustodyNeeds } from '../../custodies/contract/needs.ts'
import type { MadeFrom } from '../contract/facts.ts'
import type { DraftPlan } from '../decide/plan-letter.ts'
import type { DraftReport } from '../decide/report-letter.ts'
import type { DraftDirective, DraftMeeting, DraftTask, MissingReport } from '../decide/drafts.ts'

export type PapersNeeds = {
  zone: string
  /** A paper changed: those who look at it are told. */
  tell?: ((paperId: string) => void) | undefined
  custody: CustodyNeeds
  /** A directive that the asker may see, with its tasks. */
  directive: (c: Context, directiveId: string, lang: Lang) => Promise<{ unitId: string; bodyId?: string | undefined; directive: DraftDirective; tasks: DraftTask[] } | undefined>
  /** A session that the asker may see. */
  meeting: (c: Context, meetingId: string) => Promise<{ unitId: string; bodyId: string; meeting: DraftMeeting } | undefined>
  /** The same session, for its minutes and for the invitation to it. */
  minutes: (c: Context, meetingId: string) => Promise<{ unitId: string; bodyId: string; session: DraftSession } | undefined>
  invitation: (c: Context, meetingId: string) => Promise<{ unitId: string; bodyId: string; session: DraftSession } | undefined>
  /** A body that the asker may see. */
  body: (c: Context, bodyId: string) => Promise<{ unitId: string; body: DraftBody } | undefined>
  /** A plan that the asker may see, and the units that it names. */
  plan: (c: Context, planId: string, n: number | undefined) => Promise<{ unitId: string; units: { id: string; name: string }[]; plan: DraftPlan; grade: Grade } | undefined>
  /** A report that the asker may see, or what a period adds up to at a unit; null where nothing is submitted. */
  report: (c: Context, reportId: string) => Promise<{ unitId: string; report: DraftReport | null; grade: Grade } | undefined>
  rollup: (c: Context, asked: { collectionId: string; unitId: string; on: string }) => Promise<{ unitId: string; report: DraftReport | null; grade: Grade } | undefined>
  /** An event that the asker may see, for an ICS form. */
  event: (c: Context, eventId: string) => Promise<{ unitId: string; event: IcsEvent } | undefined>
  /** Of these tasks the ones that the asker may see, with their titles. */
  tasks: (c: Context, ids: string[]) => Promise<Map<string, string>>
  /** Of these records the ones that the asker may see, by kind and id (`plan:…`), with what they are called. */
  madeFrom: (c: Context, of: MadeFrom[]) => Promise<Map<string, string>>
  /** What the units below this one owe and is past due; `total` counts also what is not in the list. */
  overdue: (c: Context, unitId: string, lang: Lang, most?: number) => Promise<{ tasks: DraftTask[]; total: number }>
  /** Reports past their hour of each of these units and those below it, as far as the asker reads them; what bears a grade is not named. */
  missing: (c: Context, unitIds: string[], lang: Lang) => Promise<Map<string, MissingReport[]>>
  /** Absent where nothing goes on after the answer: then the answer waits. */
  enqueue?: ((name: string, payload: object, options: { askedBy: string; total: number; key: string }) => Promise<string | undefined>) | undefined
}
