// What papers ask of the others, one file a source; a paper from a new source is one line here and its file beside.
import { custody } from '../../capabilities/custodies/routes.ts'
import type { PapersNeeds } from '../../capabilities/papers/routes/needs.ts'
import { bodyDraft } from './bodies.ts'
import { eventDraft } from './events.ts'
import { madeFrom } from './made-from.ts'
import { invitationDraft, meetingDraft, minutesDraft } from './meetings.ts'
import { planForPaper } from './plans.ts'
import { missingReports, reportDraft, rollupDraft } from './reports.ts'
import { directiveDraft, overdueDraft, tasksSeen } from './tasks.ts'

export const paperDrafts = (zone: string): PapersNeeds => ({
  zone, custody: custody(zone), tasks: tasksSeen, madeFrom, directive: directiveDraft, overdue: overdueDraft, missing: missingReports, meeting: meetingDraft, minutes: minutesDraft, invitation: invitationDraft, body: bodyDraft, event: eventDraft, report: reportDraft(custody(zone)), rollup: rollupDraft(custody(zone)), plan: (c, planId, n) => planForPaper(c, planId, n, zone),
})
