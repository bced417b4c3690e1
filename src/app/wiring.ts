// The one file that knows every capability: what each brings, and what it needs of the others.
import { join } from 'node:path'
import { setRoles, SYSTEM } from '../kernel/access.ts'
import { makeAnchor } from '../kernel/anchor.ts'
import type { Projector, Projectors, Recorded } from '../kernel/commit.ts'
import { commonRefusals } from '../kernel/contract.ts'
import type { Refusals } from '../kernel/contract.ts'
import { PROGRAM } from '../kernel/config.ts'
import type { Follower } from '../kernel/follow.ts'
import type { SchemaFolder } from '../kernel/migrate.ts'
import { calendarRefusals, calendarStories } from '../capabilities/calendars/contract.ts'
import { calendarsRoutes } from '../capabilities/calendars/routes.ts'
import * as calendars from '../capabilities/calendars/store/feeds.ts'
import { feedsOf } from '../capabilities/calendars/store/feeds.ts'
import { bodiesStories, bodyRefusals } from '../capabilities/bodies/contract.ts'
import { bodiesRoutes } from '../capabilities/bodies/routes.ts'
import * as bodies from '../capabilities/bodies/store.ts'
import { inboxesStories, inboxRefusals } from '../capabilities/inboxes/contract.ts'
import { followers as inboxesFollowers, found as foundForInboxes } from '../capabilities/inboxes/reacts.ts'
import { mailWorks, mailsWaiting } from '../capabilities/inboxes/reacts/mail.ts'
import { inboxesRoutes } from '../capabilities/inboxes/routes.ts'
import { holdersAt } from '../capabilities/inboxes/store/items.ts'
import { lookedAt } from '../capabilities/inboxes/store/visits.ts'
import * as inboxes from '../capabilities/inboxes/store/project.ts'
import { journalRefusals } from '../capabilities/journals/contract.ts'
import type { Parts, Places, Traces } from '../capabilities/journals/contract.ts'
import { journalsRoutes, journalsWorks } from '../capabilities/journals/routes.ts'
import * as journals from '../capabilities/journals/store.ts'
import { mapRefusals, mapStories } from '../capabilities/maps/contract.ts'
import { mapsRoutes } from '../capabilities/maps/routes.ts'
import * as maps from '../capabilities/maps/store.ts'
import { meetingRefusals, meetingsStories } from '../capabilities/meetings/contract.ts'
import { meetingsRoutes } from '../capabilities/meetings/routes.ts'
import * as meetings from '../capabilities/meetings/store.ts'
import { paperRefusals, papersStories } from '../capabilities/papers/contract.ts'
import { papersRoutes } from '../capabilities/papers/routes.ts'
import * as papers from '../capabilities/papers/store/project.ts'
import { papersSeen } from '../capabilities/papers/store/read.ts'
import { peopleRefusals, peopleStories, peopleWords, ROLES } from '../capabilities/people/contract.ts'
import { kept } from '../capabilities/people/decide/sessions.ts'
import { askProvider, authenticate, endRetention, isFresh, peopleRoutes, placeOf } from '../capabilities/people/routes.ts'
import { detailsOf, mailboxesOf } from '../capabilities/people/store/accounts.ts'
import * as people from '../capabilities/people/store/project.ts'
import { programmesPartStories, programmesRefusals, programmesStories } from '../capabilities/programmes/contract.ts'
import type { EventsRecalled, ProgrammeCascaded } from '../capabilities/programmes/contract.ts'
import { eventFields, programmesWords, traceEvent } from '../capabilities/programmes/decide/trace.ts'
import { inboxSource as programmesInbox } from '../capabilities/programmes/reacts.ts'
import { programmesRoutes, programmesWorks } from '../capabilities/programmes/routes.ts'
import { mayFollowEvents } from '../capabilities/programmes/store/events.ts'
import { carryEvents, carryOwned } from '../capabilities/programmes/store/handover.ts'
import * as programmes from '../capabilities/programmes/store/project.ts'
import { readinessRefusals, readinessStories, readinessWords } from '../capabilities/readiness/contract.ts'
import { taskRules } from '../capabilities/readiness/decide/rules.ts'
import { readinessFields, traceReadiness } from '../capabilities/readiness/decide/trace.ts'
import { followers as readinessFollowers, openBoards } from '../capabilities/readiness/reacts.ts'
import type { Affects, Makes } from '../capabilities/readiness/reacts.ts'
import { inboxSource as readinessInbox, redSends } from '../capabilities/readiness/reacts/inbox.ts'
import { readinessRoutes } from '../capabilities/readiness/routes.ts'
import { eventsOfTasks, taskEvidence } from '../capabilities/readiness/store/evidence.ts'
import * as readiness from '../capabilities/readiness/store/project.ts'
import { readBoard } from '../capabilities/readiness/store/board.ts'
import { foldedTables, tables as readinessTables } from '../capabilities/readiness/store/tables.ts'
import { mayFollowBoards } from '../capabilities/readiness/store/units.ts'
import { settingsRefusals, settingsStories } from '../capabilities/settings/contract.ts'
import { careWorks, providerNow, settingsRoutes } from '../capabilities/settings/routes.ts'
import type { SettingsNeeds } from '../capabilities/settings/routes.ts'
import * as settings from '../capabilities/settings/store.ts'
import { tasksStories } from '../capabilities/tasks/contract/facts.ts'
import type { TasksRecalled } from '../capabilities/tasks/contract/facts.ts'
import { taskRefusals } from '../capabilities/tasks/contract/refusals.ts'
import { taskFields, taskWords, traceTask } from '../capabilities/tasks/decide/trace.ts'
import { followers as tasksFollowers } from '../capabilities/tasks/reacts.ts'
import { digestSource as tasksDigest } from '../capabilities/tasks/reacts/digest.ts'
import { inboxSource as tasksInbox } from '../capabilities/tasks/reacts/inbox.ts'
import { AssignTask } from '../capabilities/tasks/contract/shapes.ts'
import { tasksRoutes } from '../capabilities/tasks/routes.ts'
import { assigning } from '../capabilities/tasks/routes/assign.ts'
import { bulk } from '../capabilities/tasks/routes/bulk.ts'
import { remind } from '../capabilities/tasks/routes/orders.ts'
import { overdueBelow } from '../capabilities/tasks/store/overdue.ts'
import { accessTask, mayFollowTasks } from '../capabilities/tasks/store/access.ts'
import { carryTasks } from '../capabilities/tasks/store/handover.ts'
import * as tasks from '../capabilities/tasks/store/project.ts'
import { unitRefusals, unitStories } from '../capabilities/units/contract.ts'
import type { Carrier } from '../capabilities/units/contract.ts'
import { inboxSource as unitsInbox } from '../capabilities/units/reacts.ts'
import { unitsRoutes } from '../capabilities/units/routes.ts'
import * as units from '../capabilities/units/store/project.ts'
import { openSearch } from '../capabilities/units/store/search.ts'
import { tasksOfEvents } from '../capabilities/tasks/store/events.ts'
import { countries } from './countries.ts'
import { paperDrafts } from './paper-drafts.ts'
import type { Needs, Wired } from './server.ts'

setRoles(ROLES)

/** Whose midnight ends a day of the boards. */
const ZONE = 'Asia/Ho_Chi_Minh'

/** In the order in which their schemas and projectors run. */
const names = ['units', 'people', 'programmes', 'tasks', 'readiness', 'inboxes', 'journals', 'maps', 'settings', 'calendars', 'bodies', 'meetings', 'papers'] as const
export const schemaFolders: SchemaFolder[] = [
  { name: 'kernel', folder: join(PROGRAM, 'src/kernel/schema') },
  ...names.map((name) => ({ name, folder: join(PROGRAM, 'src/capabilities', name, 'schema') })),
]

/** A fact's projectors, of one or several capabilities, in the order above. */
export const projectors: Projectors = {}
for (const project of [units.project, people.project, programmes.project, tasks.project, readiness.project, inboxes.project, journals.project, maps.project, settings.project, calendars.project, bodies.project, meetings.project, papers.project] as Record<string, unknown>[]) {
  for (const [type, wired] of Object.entries(project)) (projectors[type] ??= []).push(...[wired].flat() as Projector[])
}

/** Tables that a rebuild makes again from the journal, row for row. */
export const tables: string[] = [...units.tables, ...people.tables, ...programmes.tables, ...tasks.tables, ...readinessTables, ...inboxes.tables, ...journals.tables, ...maps.tables, ...settings.tables, ...bodies.tables, ...meetings.tables, ...papers.tables]
/** Tables that followers fold. They hold what the clock changes, so a rebuild makes them again but does not compare them. */
export const folded: string[] = foldedTables

export const refusals: Refusals = { ...commonRefusals, ...unitRefusals, ...peopleRefusals, ...programmesRefusals, ...taskRefusals, ...readinessRefusals, ...inboxRefusals, ...mapRefusals, ...journalRefusals, ...settingsRefusals, ...calendarRefusals, ...bodyRefusals, ...meetingRefusals, ...paperRefusals }
/** Words of codes that facts hold. */
const journalWords = { ...readinessWords, ...peopleWords, ...programmesWords, ...taskWords }
const stories = { ...unitStories, ...peopleStories, ...programmesStories, ...tasksStories, ...readinessStories, ...inboxesStories, ...mapStories, ...settingsStories, ...calendarStories, ...bodiesStories, ...meetingsStories, ...papersStories }

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

/** What followers tell the screens: whose figures will have moved when this follower has folded, that it has, which tasks changed, that the tree moved, to whom something was sent. */
export type News = { touched: string[]; by: string } | { folded: string } | { changed: string[]; position: number } | { tree: 'moved' } | { sent: { units: string[]; persons: string[] } }
let heard: (news: News) => void = () => {}
let tell = (news: News): void => heard(news)
/** In a thread of their own, followers tell it to the server's thread. */
export const tellTo = (to: (news: News) => void): void => { tell = to }
/** What a server does with news; without one nobody listens. */
export const hear = (news: News): void => heard(news)

/** What of a closed unit passes to the one that took over, in the order in which its facts are projected. */
export const carriers: Carrier[] = [carryOwned, carryEvents, carryTasks]
/** What each capability sends to inboxes. */
const inboxSources = [unitsInbox, tasksInbox, programmesInbox, readinessInbox]
const touched = (by: string) => (ids: Iterable<string>): void => tell({ touched: [...ids], by })
const sent = (to: { units: string[]; persons: string[] }): void => tell({ sent: to })
export const followers: Follower[] = [
  ...tasksFollowers({ zone: ZONE, touched: touched('tasks.totals'), changed: (changed, position) => tell({ changed, position }) }),
  ...readinessFollowers({
    ...judging, affects, makes, touched: touched('readiness'), treeMoved: () => tell({ tree: 'moved' }),
    turnedRed: async (fold, turns, at) => foundForInboxes(fold, await redSends(fold, turns, at), at, sent),
  }),
  ...inboxesFollowers({ sources: inboxSources, touched: sent }),
]

/** Of which unit a stream or subject is: whose reader may read its history. */
const places: Places = {
  unit: { view: 'access_units', id: 'unit_id', unit: 'unit_id' },
  event: { view: 'public_programmes_events', id: 'event_id', unit: 'unit_id', right: 'event.read' },
  programme: { view: 'public_programmes_programmes', id: 'programme_id', unit: 'unit_id' },
  person: { view: 'public_people_names', id: 'person_id', unit: 'unit_id' },
  template: { view: 'public_programmes_templates', id: 'template_id', unit: 'unit_id' },
  task: { view: 'public_tasks_places', id: 'task_id', unit: 'unit_id', right: 'task.read' },
  directive: { view: 'public_tasks_directives', id: 'directive_id', unit: 'unit_id' },
  papers: { view: 'access_units', id: 'unit_id', unit: 'unit_id' },
  letterhead: { view: 'access_units', id: 'unit_id', unit: 'unit_id' },
  paper: { view: 'public_papers_places', id: 'paper_id', unit: 'unit_id', right: 'paper.read' },
  body: { view: 'public_bodies_bodies', id: 'body_id', unit: 'unit_id', right: 'body.read' },
  meeting: { view: 'public_meetings_meetings', id: 'meeting_id', unit: 'unit_id', right: 'meeting.read' },
}
/** How facts make up an event and a task, for whoever compares two moments of one. */
const traces: Traces = {
  event: { read: [traceEvent, traceReadiness], fields: { ...eventFields, ...readinessFields }, codes: { prefix: 'milestone', view: 'public_programmes_milestones', column: 'milestone' } },
  task: { read: [traceTask], fields: taskFields, about: { view: 'public_tasks_evidence', id: 'task_id', columns: ['event_id', 'item'] } },
}
const retemplated = { programme: { column: 'programme_id', types: ['programme.retemplated.v1'] } }
/** What changes an event or a task together with others. */
const parts: Parts = {
  event: { view: 'public_programmes_events', id: 'event_id', above: retemplated },
  task: {
    view: 'public_tasks_origins', id: 'task_id', since: 'assigned_at',
    above: { event: { column: 'event_id', types: ['event.moved.v1', 'event.postponed.v1', 'event.cancelled.v1', 'event.upgraded.v1', 'event.handed_over.v1'] }, ...retemplated },
  },
}
/** A cascade reaches every inbox of a country: then the screens hear of the first so many units, the others see it when they next look. */
const MOST_TOLD = 200

/** Of the other capabilities: each says its years where it writes the text. */
const keptBesides = [
  { what: { vi: 'Lời viết trong nhiệm vụ (báo cáo, trao đổi)', en: 'What is written in tasks (reports, comments)' }, until: { vi: '5 năm', en: '5 years' } },
  { what: { vi: 'Lý do ngoại lệ, bài học, người báo qua điện thoại', en: 'Reasons of waivers, lessons, who told it by telephone' }, until: { vi: '10 năm', en: '10 years' } },
  { what: { vi: 'Lời của văn bản, người ký, lý do thu hồi (sổ đăng ký thì giữ)', en: 'Words of papers, who signed, why one was withdrawn (the register stays)' }, until: { vi: '20 năm', en: '20 years' } },
  { what: { vi: 'Tiến độ của việc chạy ngầm', en: 'Progress of jobs' }, until: { vi: '30 ngày', en: '30 days' } },
  { what: { vi: 'Nhật ký hệ thống (không có tên, địa chỉ)', en: 'The journal (no names, no addresses)' }, until: { vi: 'không xóa', en: 'never erased' } },
]

type MayFollow = Wired['mayFollow'][string]
/** What is no id is nobody's; asked, the database would refuse the whole connection. */
const ofUuids = (ask: MayFollow): MayFollow => (read, actor, ids) => ask(read, actor, ids.filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)))

/** `demo`: the server shows the demonstration, whose sign-in links open more than once. */
export function wire(needs: Needs, demo = false): Wired {
  const boards = openBoards({ read: needs.read, hub: needs.hub, clock: needs.clock })
  heard = (news) => {
    if ('touched' in news) boards.touch(news.by, news.touched)
    else if ('folded' in news) boards.flush(news.folded)
    else if ('changed' in news) for (const id of news.changed) needs.hub.publish(`task:${id}`, id, news.position)
    else if ('tree' in news) { boards.forget(); needs.hub.publish('tree', 'tree', needs.clock().getTime()) }
    else {
      const told = (ids: string[]) => { for (const id of ids) needs.hub.publish(`inbox:${id}`, id, needs.clock().getTime()) }
      told(news.sent.persons.slice(0, MOST_TOLD))
      if (news.sent.units.length > 0) holdersAt(needs.read, news.sent.units.slice(0, MOST_TOLD)).then(told, () => { /* the next change tells them */ })
    }
  }
  const { mail: mailer, read, side, log, address } = needs
  const mails = mailer ? mailWorks({ mailer, read, side, log, address, zone: ZONE, sources: inboxSources, digests: [tasksDigest], mailboxes: mailboxesOf }) : {}
  const search = openSearch()
  const commitAs: SettingsNeeds['commitAs'] = (actor, at) => (order, decide) => needs.committer.commit(order, actor, at, decide)
  const { machine } = needs
  const own: SettingsNeeds = {
    ...machine, address: () => address, keys: () => needs.keys, side, zone: ZONE, countries: countries(), retention: [...kept, ...keptBesides], passkeys: () => placeOf(address) !== undefined,
    mail: mailer && machine.mail ? { mailer, ...machine.mail } : undefined, mailsWaiting, askProvider, isFresh: async (context) => context.actor.via !== undefined && isFresh(context, context.actor.via), commitAs, enqueue: needs.enqueue,
    mailboxOf: async (from, personId) => { const { email, name } = await detailsOf(from, personId); return email ? { name: name ?? '', address: email } : undefined },
  }
  const planning = { countries: countries(), tasksOfEvents, enqueue: needs.enqueue, orders: () => needs.committer.stats.orders }
  return {
    router: {
      units: unitsRoutes(carriers, search),
      people: peopleRoutes({
        address: () => needs.address, demo: () => demo, mails: () => needs.mail !== undefined, keys: () => needs.keys, log, commitAs,
        besides: async (from, personId) => ({
          calendars: (await feedsOf(from, personId, needs.clock())).map(({ name, madeAt, usedAt, until }) => ({ name, madeAt: madeAt.toISOString(), usedAt: usedAt?.toISOString() ?? null, until: until.toISOString() })),
          lookedAt: (await lookedAt(from, personId))?.toISOString() ?? null,
        }),
        lang: async (from) => (await settings.settingsNow(from)).lang, provider: async (from) => (await providerNow(own, from))?.used,
      }),
      settings: settingsRoutes(own),
      programmes: programmesRoutes(planning),
      tasks: tasksRoutes({ findUnits: search.find, zone: ZONE }),
      readiness: readinessRoutes(judging),
      inboxes: inboxesRoutes({ sources: inboxSources, mayWatch: { task: async (c, id) => (await mayFollowTasks(c.read, c.actor, [id])).length > 0 } }),
      journals: journalsRoutes({ stories, words: journalWords, places, parts, asPart: programmesPartStories, traces, zone: ZONE, enqueue: needs.enqueue }),
      maps: mapsRoutes(() => needs.blobs),
      papers: papersRoutes(paperDrafts(ZONE)),
      bodies: bodiesRoutes(),
      meetings: meetingsRoutes({
        standing: async ({ read, actor, at }, unitId) => (await readBoard(read, actor, { unitId } as never, at, ZONE))?.rows.map((row) => ({ unit: { id: row.unitId, name: row.name }, unmet: row.events.unmet, overdue: row.tasks.overdue })) ?? [],
        assigning: (c, task) => assigning(c, AssignTask.parse(task)),
        chase: async (c, orderId, unitIds, text) => bulk(c, orderId, await overdueBelow(c.read, c.actor, unitIds, c.at), (taskId, id) => remind(c, { orderId: id, taskId, note: text })),
      }),
      calendars: calendarsRoutes({ zone: ZONE, country: countries().get('vn')!, address: () => needs.address }),
    },
    refusals,
    authenticate: (ask) => authenticate(needs.read, needs.side, ask),
    // Names of units are seen by every account.
    mayFollow: { tree: async (_, __, ids) => ids.filter((id) => id === ''), board: ofUuids(mayFollowBoards), event: ofUuids(mayFollowEvents), task: ofUuids(mayFollowTasks), inbox: async (_, actor, ids) => ids.filter((id) => id === actor.id) },
    holders: { event: async (read, actor, id) => (await mayFollowEvents(read, actor, [id])).length > 0, task: async (read, actor, id) => Boolean(await accessTask(read, actor, 'task.read', id)), paper: async (read, actor, id) => (await papersSeen(read, actor, [id])).size > 0 },
    pathOf: async (read, names) => {
      const found = await journals.placesOf(read, names, places)
      const unit = names.map((name) => found.get(name)).find(Boolean)
      return unit ? journals.unitPath(read, unit) : undefined
    },
    works: {
      'journal.anchor': async (_, { at }) => { await makeAnchor(needs.db, at) },
      'people.retention': async (_, { at }) => { await endRetention({ actor: SYSTEM, lang: 'vi', at, read: needs.read, side: needs.side, commit: (order, decide) => needs.committer.commit(order, SYSTEM, at, decide) }) },
      ...mails,
      ...careWorks(own, read),
      ...journalsWorks(needs.read),
      ...programmesWorks(planning, (actor, lang, at) => ({ actor, lang, at, read: needs.read, side: needs.side, commit: (order, decide) => needs.committer.commit(order, actor, at, decide) })),
    },
    cron: {
      'journal.anchor': '5 17 * * *', 'people.retention': '20 18 * * *', // UTC: after midnight in Viet Nam
      ...(mailer ? { 'inboxes.mail': '*/5 * * * *', 'inboxes.morning': '*/15 * * * *' } : {}),
    },
  }
}
