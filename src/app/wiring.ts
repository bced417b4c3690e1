// What each capability needs of the others, and the one server that they make together. What each brings stands in wiring/.
import { setRoles, SYSTEM } from '../kernel/access.ts'
import type { Actor } from '../kernel/access.ts'
import type { Lang } from '../kernel/contract.ts'
import type { Context } from '../kernel/rpc.ts'
import { makeAnchor } from '../kernel/anchor.ts'
import { originOf } from '../kernel/origin.ts'
import { calendarsRoutes } from '../capabilities/calendars/routes.ts'
import { openDates } from '../capabilities/calendars/reacts.ts'
import { feedsOf } from '../capabilities/calendars/store/feeds.ts'
import { carryBodies } from '../capabilities/bodies/store.ts'
import { bodiesRoutes } from '../capabilities/bodies/routes.ts'
import { editorsRoutes, mayFollowEditors } from '../capabilities/editors/routes.ts'
import { exchangesRoutes, exchangesWorks } from '../capabilities/exchanges/routes.ts'
import { mailWorks, mailsWaiting } from '../capabilities/inboxes/reacts/mail.ts'
import { inboxesRoutes } from '../capabilities/inboxes/routes.ts'
import { holdersAt } from '../capabilities/inboxes/store/items.ts'
import { lookedAt } from '../capabilities/inboxes/store/visits.ts'
import { custodiesRoutes, custodiesWorks, custody } from '../capabilities/custodies/routes.ts'
import { readingsOf } from '../capabilities/custodies/store/read.ts'
import { journalsRoutes, journalsWorks } from '../capabilities/journals/routes.ts'
import * as journals from '../capabilities/journals/store.ts'
import { mapsRoutes } from '../capabilities/maps/routes.ts'
import { mayEditMaps } from '../capabilities/maps/store.ts'
import { meetingsRoutes } from '../capabilities/meetings/routes.ts'
import { papersRoutes, papersWorks } from '../capabilities/papers/routes.ts'
import { openPdf } from '../capabilities/papers/routes/pdf.ts'
import { papersSeen } from '../capabilities/papers/store/read.ts'
import { carryRegister } from '../capabilities/papers/store/handover.ts'
import { digestSource as plansDigest } from '../capabilities/plans/reacts/digest.ts'
import { plansRoutes } from '../capabilities/plans/routes.ts'
import { mayFollowPlans } from '../capabilities/plans/store/home.ts'
import { carryPlans } from '../capabilities/plans/store/handover.ts'
import { proposalsRoutes } from '../capabilities/proposals/routes.ts'
import { mayFollowProposals } from '../capabilities/proposals/store.ts'
import { ROLES } from '../capabilities/people/contract.ts'
import { kept } from '../capabilities/people/decide/sessions.ts'
import { askProvider, authenticate, endRetention, isFresh, peopleRoutes, placeOf } from '../capabilities/people/routes.ts'
import { countReadings } from '../capabilities/people/store/bulk.ts'
import { detailsOf, mailboxesOf } from '../capabilities/people/store/accounts.ts'
import { programmesPartStories } from '../capabilities/programmes/contract.ts'
import { datesUnder, programmesRoutes, programmesWorks } from '../capabilities/programmes/routes.ts'
import { mayFollowDrafts } from '../capabilities/programmes/store/drafts.ts'
import { mayFollowEvents } from '../capabilities/programmes/store/events.ts'
import { carryEvents, carryOwned } from '../capabilities/programmes/store/handover.ts'
import { openBoards } from '../capabilities/readiness/reacts.ts'
import { readinessRoutes } from '../capabilities/readiness/routes.ts'
import { mayFollowBoards } from '../capabilities/readiness/store/units.ts'
import { searchesRoutes } from '../capabilities/searches/routes.ts'
import { reportsRoutes, reportsWorks } from '../capabilities/reports/routes.ts'
import { carryReports } from '../capabilities/reports/store/handover.ts'
import { mayFollowReports } from '../capabilities/reports/store/access.ts'
import { mayFollowCollections } from '../capabilities/reports/store/rollup.ts'
import { careWorks, endTexts, openMails, providerNow, settingsRoutes } from '../capabilities/settings/routes.ts'
import type { SettingsNeeds } from '../capabilities/settings/routes.ts'
import * as settings from '../capabilities/settings/store.ts'
import { digestSource as reportsDigest } from '../capabilities/reports/reacts/digest.ts'
import { digestSource as tasksDigest } from '../capabilities/tasks/reacts/digest.ts'
import { tasksRoutes } from '../capabilities/tasks/routes.ts'
import { mayFollowTasks } from '../capabilities/tasks/store/access.ts'
import { carryTasks } from '../capabilities/tasks/store/handover.ts'
import type { Carrier } from '../capabilities/units/contract.ts'
import { unitsRoutes } from '../capabilities/units/routes.ts'
import { openSearch } from '../capabilities/units/store/search.ts'
import { tasksOfEvents } from '../capabilities/tasks/store/events.ts'
import { withDays } from '../pure/calendar-country.ts'
import { webhooksRoutes, webhooksWorks } from '../capabilities/webhooks/routes.ts'
import type { WebhookNeeds } from '../capabilities/webhooks/routes.ts'
import { countries } from './countries.ts'
import { exchanging } from './exchanging.ts'
import { paperDrafts } from './paper-drafts/drafts.ts'
import { planNeeds } from './plan-tables.ts'
import { liveTables } from './wiring/live-tables.ts'
import { shippedForms } from './report-forms.ts'
import type { Needs, Wired } from './server.ts'
import { keptBesides, refusals, stories, words } from './wiring/brings.ts'
import { keyed } from './wiring/keyed.ts'
import { inboxSources, judging, listen } from './wiring/followers.ts'
import { ZONE } from '../kernel/zone.ts'
import { mayEditTogether } from './wiring/editing.ts'
import { holdersOf, recordNames } from './wiring/graded.ts'
import { origins, parts, places } from './wiring/places.ts'
import { traces, traceWords } from './wiring/traces.ts'
import { searching } from './wiring/searching.ts'
import { sessionNeeds } from './wiring/sessions.ts'
import { isUuid } from '../kernel/ids.ts'

setRoles(ROLES)

export { folded, projectors, refusals, schemaFolders, tables } from './wiring/brings.ts'
export { followers, hear, judging, tellTo } from './wiring/followers.ts'
export type { News } from './wiring/followers.ts'

/** What of a closed unit passes to the one that took over, in the order in which its facts are projected. */
export const carriers: Carrier[] = [carryOwned, carryEvents, carryTasks, carryRegister, carryReports, carryPlans, carryBodies]

/** A cascade reaches every inbox of a country: then the screens hear of the first so many units, the others see it when they next look. */
const MOST_TOLD = 200

type MayFollow = Wired['mayFollow'][string]
/** What is no id is nobody's; asked, the database would refuse the whole connection. */
const ofUuids = (ask: MayFollow): MayFollow => (read, actor, ids) => ask(read, actor, ids.filter(isUuid))

/** `demo`: the server shows the demonstration, whose sign-in links open more than once. */
export function wire(needs: Needs, demo = false): Wired {
  const boards = openBoards({ read: needs.read, hub: needs.hub, clock: needs.clock })
  const dates = openDates({ hub: needs.hub, clock: needs.clock })
  /** Checked by a follower that has not committed yet. */
  const checked = new Map<string, Set<string>>()
  listen((news) => {
    if ('touched' in news) { boards.touch(news.by, news.touched); dates.touch(news.by, news.touched) }
    else if ('events' in news) checked.set(news.by, new Set([...checked.get(news.by) ?? [], ...news.events]))
    else if ('folded' in news) {
      boards.flush(news.folded)
      dates.flush(news.folded)
      for (const id of checked.get(news.folded) ?? []) needs.hub.publish(`event:${id}`, id, needs.clock().getTime())
      checked.delete(news.folded)
    }
    else if ('changed' in news) for (const id of news.changed) needs.hub.publish(`task:${id}`, id, news.position)
    else if ('reported' in news) {
      for (const id of news.reported) needs.hub.publish(`reports:${id}`, id, news.position)
      for (const id of news.reports) needs.hub.publish(`report:${id}`, id, news.position)
    }
    else if ('tree' in news) { boards.forget(); needs.hub.publish('tree', 'tree', needs.clock().getTime()) }
    else {
      const told = (ids: string[]) => { for (const id of ids) needs.hub.publish(`inbox:${id}`, id, needs.clock().getTime()) }
      told(news.sent.persons.slice(0, MOST_TOLD))
      if (news.sent.units.length > 0) holdersAt(needs.read, news.sent.units.slice(0, MOST_TOLD)).then(told, () => { /* the next change tells them */ })
    }
  })
  const { mail: mailer, read, side, log, address } = needs
  const { machine } = needs
  const mails = openMails({ environment: mailer && machine.mail ? { mailer, ...machine.mail } : undefined, keys: () => needs.keys, side })
  const search = openSearch()
  const pdf = openPdf()
  const holders = holdersOf(pdf)
  const commitAs: SettingsNeeds['commitAs'] = (actor, at) => (order, decide) => needs.committer.commit(order, actor, at, decide)
  const own: SettingsNeeds = {
    ...machine, address: () => address, keys: () => needs.keys, side, zone: ZONE, countries: countries(), accessLog: countReadings, datesUnder: (from, country, days, at) => datesUnder({ countries: countries(), ownDays: settings.daysNow }, from, country, days, at), retention: [...kept, ...keptBesides], passkeys: () => placeOf(address) !== undefined,
    mail: mails.now, mailsWaiting, askProvider, isFresh: async (context) => context.actor.via !== undefined && isFresh(context, context.actor.via), commitAs, enqueue: needs.enqueue,
    mailboxOf: async (from, personId) => { const { email, name } = await detailsOf(from, personId); return email ? { name: name ?? '', address: email } : undefined },
  }
  const hooking: WebhookNeeds = {
    side, keys: () => needs.keys, mayManage: settings.mayManage, secrets: { keep: settings.keepSecret, of: settings.sealedSecret, drop: settings.dropSecret },
    enqueue: needs.enqueue, commitAs, stories, allowPrivate: needs.webhookPrivate,
  }
  const writing = { ...paperDrafts(ZONE), enqueue: needs.enqueue, tell: (id: string) => moved(`paper:${id}`, id) }
  /** As the asker would have it, for work that goes on after the answer. */
  const contextOf = (actor: Actor, lang: Lang, at: Date): Context => ({ actor, lang, at, read: needs.read, side: needs.side, commit: (order, decide) => needs.committer.commit(order, actor, at, decide) })
  const planning = { countries: countries(), ownDays: settings.daysNow, drafted: (code: string) => needs.hub.publish(`template:${code}`, code, needs.clock().getTime()), tasksOfEvents, enqueue: needs.enqueue, orders: () => needs.committer.stats.orders }
  let origin: Promise<string> | undefined
  /** Two who come in one instant are two changes. */
  let turn = 0
  const moved = (topic: string, id: string) => needs.hub.publish(topic, id, turn = Math.max(turn + 1, needs.clock().getTime()))
  const sending = { ...exchanging(ZONE), zone: ZONE, program: machine?.program.version ?? '', origin: () => (origin ??= originOf(needs.db)), signer: () => needs.signer, blobs: () => needs.blobs, enqueue: needs.enqueue }
  return {
    router: {
      units: unitsRoutes(carriers, search),
      people: peopleRoutes({
        address: () => needs.address, demo: () => demo, mails: mails.on, keys: () => needs.keys, log, commitAs,
        besides: async (from, personId) => ({
          calendars: (await feedsOf(from, personId, needs.clock())).map(({ name, madeAt, usedAt, until }) => ({ name, madeAt: madeAt.toISOString(), usedAt: usedAt?.toISOString() ?? null, until: until.toISOString() })),
          lookedAt: (await lookedAt(from, personId))?.toISOString() ?? null, readings: await readingsOf(from, personId),
        }),
        lang: async (from) => (await settings.settingsNow(from)).lang, provider: async (from) => (await providerNow(own, from))?.used,
      }),
      settings: settingsRoutes(own),
      webhooks: webhooksRoutes(hooking),
      editors: editorsRoutes({ mayRead: mayEditTogether, nameOf: async (from, id) => (await detailsOf(from, id)).name ?? undefined, tell: (topic) => moved(`editors:${topic}`, topic) }),
      programmes: programmesRoutes(planning),
      tasks: tasksRoutes({ findUnits: search.find, zone: ZONE, origins }),
      readiness: readinessRoutes(judging),
      inboxes: inboxesRoutes({ sources: inboxSources, mayWatch: { task: async (c, id) => (await mayFollowTasks(c.read, c.actor, [id])).length > 0 } }),
      journals: journalsRoutes({ stories, words: { ...words, ...traceWords }, places, parts, asPart: programmesPartStories, traces, zone: ZONE, enqueue: needs.enqueue }),
      maps: mapsRoutes(() => needs.blobs),
      papers: papersRoutes(writing, pdf),
      searches: searchesRoutes(searching(search, ZONE)),
      plans: plansRoutes(planNeeds(ZONE, moved)),
      proposals: proposalsRoutes(planNeeds(ZONE, moved)),
      bodies: bodiesRoutes(),
      meetings: meetingsRoutes(sessionNeeds(ZONE)),
      exchanges: exchangesRoutes(sending, refusals),
      reports: reportsRoutes({ zone: ZONE, shipped: shippedForms, custody: custody(ZONE), leaving: { blobs: () => needs.blobs, may: holders['report']! } }),
      custodies: custodiesRoutes({ zone: ZONE, called: recordNames() }),
      calendars: calendarsRoutes({ zone: ZONE, country: async (from) => withDays(countries().get('vn')!, await settings.daysNow(from, 'vn')), address: () => needs.address }),
    },
    refusals,
    authenticate: (ask) => authenticate(needs.read, needs.side, ask),
    // Names of units are seen by every account.
    mayBasemap: mayEditMaps,
    mayFollow: keyed<Wired['mayFollow']>({ tree: async (_, __, ids) => ids.filter((id) => id === ''), board: ofUuids(mayFollowBoards), dates: ofUuids(mayFollowBoards), template: mayFollowDrafts, editors: mayFollowEditors(mayEditTogether), event: ofUuids(mayFollowEvents), task: ofUuids(mayFollowTasks), paper: ofUuids(async (read, actor, ids) => [...await papersSeen(read, actor, ids)]), plan: ofUuids(mayFollowPlans), proposal: ofUuids(mayFollowProposals), reports: ofUuids(mayFollowCollections), report: ofUuids(mayFollowReports), inbox: async (_, actor, ids) => ids.filter((id) => id === actor.id) }),
    holders,
    pathOf: async (read, names) => {
      const found = await journals.placesOf(read, names, places)
      const unit = names.map((name) => found.get(name)).find(Boolean)
      return unit ? journals.unitPath(read, unit) : undefined
    },
    works: {
      'journal.anchor': async (_, { at }) => { await makeAnchor(needs.db, at) },
      'people.retention': async (_, { at }) => { const { accessLog } = await endTexts(read, side, at); await endRetention({ actor: SYSTEM, lang: 'vi', at, read: needs.read, side: needs.side, commit: (order, decide) => needs.committer.commit(order, SYSTEM, at, decide) }, accessLog) },
      ...mailWorks({ mailer: async () => (await mails.now(read))?.mailer, read, side, log, address, zone: ZONE, sources: inboxSources, digests: [tasksDigest, reportsDigest, plansDigest(new Map(Object.entries(liveTables)))], mailboxes: mailboxesOf }),
      ...reportsWorks((at) => ({ actor: SYSTEM, lang: 'vi', at, read: needs.read, side: needs.side, commit: (order, decide) => needs.committer.commit(order, SYSTEM, at, decide) })),
      ...careWorks(own, read),
      ...custodiesWorks(side),
      ...webhooksWorks(hooking, read),
      ...journalsWorks(needs.read),
      ...programmesWorks(planning, contextOf),
      ...papersWorks(writing, contextOf),
      ...exchangesWorks(sending, contextOf, refusals),
    },
    cron: {
      'journal.anchor': '5 17 * * *', 'people.retention': '20 18 * * *', 'custodies.forget': '40 18 * * *', 'webhooks.forget': '40 18 * * *', 'reports.open': '* * * * *', // UTC: after midnight in Viet Nam
      'inboxes.mail': '*/5 * * * *', 'inboxes.morning': '*/15 * * * *',
    },
    close: mails.close,
  }
}
