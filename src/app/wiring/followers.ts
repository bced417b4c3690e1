// What follows the journal: totals, checks, inboxes; and what they tell the screens.
import type { Recorded } from '../../kernel/commit.ts'
import type { Follower } from '../../kernel/follow.ts'
import { followers as inboxesFollowers, found as foundForInboxes } from '../../capabilities/inboxes/reacts.ts'
import { inboxSource as meetingsInbox } from '../../capabilities/meetings/reacts.ts'
import { inboxSource as papersInbox } from '../../capabilities/papers/reacts.ts'
import type { EventsRecalled, ProgrammeCascaded } from '../../capabilities/programmes/contract.ts'
import { followers as plansFollowers, inboxSource as plansInbox } from '../../capabilities/plans/reacts.ts'
import { inboxSource as proposalsInbox } from '../../capabilities/proposals/reacts.ts'
import { inboxSource as programmesInbox } from '../../capabilities/programmes/reacts.ts'
import { taskRules } from '../../capabilities/readiness/decide/rules.ts'
import { followers as readinessFollowers } from '../../capabilities/readiness/reacts.ts'
import type { Affects, Makes } from '../../capabilities/readiness/reacts.ts'
import { inboxSource as readinessInbox, redSends } from '../../capabilities/readiness/reacts/inbox.ts'
import { eventsOfTasks, taskEvidence } from '../../capabilities/readiness/store/evidence.ts'
import type { TasksRecalled } from '../../capabilities/tasks/contract/facts.ts'
import { followers as reportsFollowers } from '../../capabilities/reports/reacts.ts'
import { inboxSource as reportsInbox } from '../../capabilities/reports/reacts/inbox.ts'
import { followers as tasksFollowers } from '../../capabilities/tasks/reacts.ts'
import { inboxSource as tasksInbox } from '../../capabilities/tasks/reacts/inbox.ts'
import { followers as webhooksFollowers, inboxSource as webhooksInbox } from '../../capabilities/webhooks/reacts.ts'
import { liveTables } from './live-tables.ts'
import { ZONE } from '../../kernel/zone.ts'
import { inboxSource as unitsInbox } from '../../capabilities/units/reacts.ts'

/** Kinds of check and where their evidence comes from. A later capability adds its own here. */
export const judging = { rules: new Map(taskRules.map((rule) => [rule.kind, rule])), sources: { tasks: taskEvidence }, zone: ZONE }

/** Events that a fact on another stream touches. */
const affects: Affects = {
  'programme.cascaded.v1': (_, facts) => (facts as Recorded<ProgrammeCascaded>[]).flatMap(({ fact }) => fact.handed.events.filter((id) => !fact.events.ids.includes(id))),
  'events.recalled.v1': (_, facts) => (facts as Recorded<EventsRecalled>[]).flatMap(({ fact }) => fact.ids),
  'tasks.recalled.v1': (read, facts) => eventsOfTasks(read, (facts as Recorded<TasksRecalled>[]).flatMap(({ fact }) => fact.ids)),
}

/** Facts that make events: those of one schedule are alike. */
const makes: Makes = {
  'programme.cascaded.v1': (facts) => (facts as Recorded<ProgrammeCascaded>[]).flatMap(({ fact: f }) => f.schedules.map((s, n) => ({
    frame: {
      programmeId: f.programmeId, templateVersionId: f.templateVersionId, zone: f.zone, phase: 'planned',
      level: s.kind, class: s.class, dayOn: s.day, milestones: s.milestones, requirements: s.requirements,
    },
    due: s.due, events: f.events.ids.flatMap((eventId, i) => (f.events.schedule[i] === n ? [{ eventId, unitId: f.events.units[i]! }] : [])),
  }))),
}

/** What followers tell the screens: whose figures will have moved when this follower has folded, that it has, which events were checked anew, which tasks changed, that the tree moved, to whom something was sent. */
export type News = { events: string[]; by: string } | { touched: string[]; by: string } | { folded: string } | { changed: string[]; position: number } | { tree: 'moved' } | { reported: string[]; reports: string[]; position: number } | { sent: { units: string[]; persons: string[] } }
let heard: (news: News) => void = () => {}
let tell = (news: News): void => heard(news)
/** In a thread of their own, followers tell it to the server's thread. */
export const tellTo = (to: (news: News) => void): void => { tell = to }
/** What a server does with news; without one nobody listens. */
export const hear = (news: News): void => heard(news)
/** Who listens to the news in this process. */
export const listen = (to: (news: News) => void): void => { heard = to }

/** What each capability sends to inboxes. */
export const inboxSources = [unitsInbox, tasksInbox, programmesInbox, readinessInbox, meetingsInbox, papersInbox, reportsInbox, plansInbox, proposalsInbox, webhooksInbox]
const touched = (by: string) => (ids: Iterable<string>): void => tell({ touched: [...ids], by })
const sent = (to: { units: string[]; persons: string[] }): void => tell({ sent: to })
export const followers: Follower[] = [
  ...tasksFollowers({ zone: ZONE, touched: touched('tasks.totals'), changed: (changed, position) => tell({ changed, position }) }),
  ...readinessFollowers({
    ...judging, affects, makes, touched: touched('readiness'), checked: (events) => tell({ events, by: 'readiness' }), treeMoved: () => tell({ tree: 'moved' }),
    turnedRed: async (fold, turns, at) => foundForInboxes(fold, await redSends(fold, turns, at), at, sent),
  }),
  ...reportsFollowers({ changed: (reported, reports, position) => tell({ reported, reports, position }) }),
  ...plansFollowers({ sources: new Map(Object.entries(liveTables)), found: (fold, sends, at) => foundForInboxes(fold, sends, at, sent, true) }),
  ...webhooksFollowers,
  ...inboxesFollowers({ sources: inboxSources, touched: sent }),
]
