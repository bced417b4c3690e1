// What is found by words: how each capability finds its own, and which texts inside their records are searched.
import type { Source, SearchesNeeds } from '../../capabilities/searches/routes.ts'
import type { Texts } from '../../capabilities/searches/store.ts'
import { listBodies } from '../../capabilities/bodies/store.ts'
import { documentTitles, listDocuments } from '../../capabilities/exchanges/store/read.ts'
import { findMeetings, meetingTitles } from '../../capabilities/meetings/store.ts'
import { listPapers, paperSubjects } from '../../capabilities/papers/store/read.ts'
import { PlanQuery } from '../../capabilities/plans/contract.ts'
import { listPlans, planTitles } from '../../capabilities/plans/store/read.ts'
import { listProposals, proposalSubjects } from '../../capabilities/proposals/store.ts'
import { eventNames } from '../../capabilities/programmes/store/events.ts'
import { findEvents, findProgrammes } from '../../capabilities/programmes/store/find.ts'
import { findReports, reportNames } from '../../capabilities/reports/store/named.ts'
import { listTasks } from '../../capabilities/tasks/store/lists.ts'
import { findDirectives } from '../../capabilities/tasks/store/directives.ts'
import { TaskFilter } from '../../capabilities/tasks/contract/shapes.ts'
import { loadTasks } from '../../capabilities/tasks/store/show.ts'
import type { UnitSearch } from '../../capabilities/units/store/search.ts'
import { planNeeds } from '../plan-tables.ts'
import { places } from './places.ts'
import { dayIn } from '../../pure/calendar.ts'

const paperStates = { withdrawn: { vi: 'đã thu hồi', en: 'withdrawn' }, replaced: { vi: 'đã được thay thế', en: 'replaced' } } as const

/** Nobody's name is searched for: who told something, and what has a right of its own, are in none of these. */
const texts: Texts = {
  task: ['comment', 'report', 'verification', 'return', 'refusal', 'extension', 'withdrawal', 'reminder'],
  event: ['waiver', 'conclusion'],
  meeting: ['point', 'cancelled', 'reopened', 'conclusion_withdrawn'],
  plan: ['section', 'opinion', 'comment', 'point', 'answer', 'verdict', 'reason'],
  document: ['document'],
  proposal: ['proposal', 'decision', 'withdrawn'],
  report: ['words', 'corrected', 'returned', 'excused'],
  paper: ['paper', 'reason'],
}

export const searching = (units: UnitSearch, zone: string): SearchesNeeds => {
  const sources: Source[] = [
    { kind: 'unit', spells: true, find: async ({ read, at }, q, limit) => (await units.find(read, q, { at: dayIn(at, zone) }, limit)).hits.map(({ id, name, parents }) => ({ id, title: name, note: parents.map((parent) => parent.name).join(', ') || null })) },
    {
      kind: 'task', find: async ({ read, actor, at, lang }, q, limit) => (await listTasks(read, actor, TaskFilter.parse({ q, below: true }), { limit, lang, at, uncounted: true })).items.map(({ id, title, unit }) => ({ id, title, note: unit.name })),
      called: async ({ read, lang, at }, ids) => new Map((await loadTasks(read, ids, lang, at)).map((task) => [task.id, task.title])),
    },
    { kind: 'directive', find: async ({ read, actor, lang }, q, limit) => (await findDirectives(read, actor, q, lang, limit)).map(({ id, number, title, unit }) => ({ id, title: [number, title].filter(Boolean).join(', '), note: unit })) },
    {
      kind: 'paper', find: async ({ read, actor, lang }, q, limit) => (await listPapers(read, actor, { q, limit }, lang)).items.map(({ id, written, subject, unit, state }) => ({ id, title: [written, subject].filter(Boolean).join(', '), note: state === 'in_force' ? unit.name : `${unit.name} · ${paperStates[state][lang]}` })),
      called: ({ read }, ids) => paperSubjects(read, ids),
    },
    {
      kind: 'plan', find: async ({ read, actor, lang, at }, q, limit) => (await listPlans(read, actor, PlanQuery.parse({ q, limit }), planNeeds(zone).sources, lang, dayIn(at, zone))).items.map(({ id, title, unit }) => ({ id, title, note: unit.name })),
      called: ({ read }, ids) => planTitles(read, ids),
    },
    {
      kind: 'document', find: async ({ read, actor }, q, limit) => (await listDocuments(read, actor, { q, limit })).items.map(({ id, title, of }) => ({ id, title, note: of.name })),
      called: ({ read }, ids) => documentTitles(read, ids),
    },
    {
      kind: 'proposal', find: async ({ read, actor, lang, at }, q, limit) => (await listProposals(read, actor, { q, limit }, lang, dayIn(at, zone))).items.map(({ id, subject, unit }) => ({ id, title: subject, note: unit.name })),
      called: ({ read }, ids) => proposalSubjects(read, ids),
    },
    { kind: 'body', find: async ({ read, actor }, q, limit) => (await listBodies(read, actor, { q, limit, ended: true }, undefined)).map(({ id, name, unit }) => ({ id, title: name, note: unit.name })) },
    {
      kind: 'meeting', find: async ({ read, actor }, q, limit) => (await findMeetings(read, actor, q, limit)).map(({ id, title, body }) => ({ id, title, note: body })),
      called: ({ read }, ids) => meetingTitles(read, ids),
    },
    {
      kind: 'report', find: async ({ read, actor }, q, limit) => (await findReports(read, actor, q, limit)).map(({ id, title, unit, on }) => ({ id, title, note: `${unit} · ${on.split('-').reverse().join('/')}` })),
      called: ({ read }, ids) => reportNames(read, ids),
    },
    { kind: 'programme', find: async ({ read, actor, lang }, q, limit) => (await findProgrammes(read, actor, q, lang, limit)).map(({ id, title, unit }) => ({ id, title, note: unit })) },
    {
      kind: 'event', find: async ({ read, actor, lang }, q, limit) => (await findEvents(read, actor, q, lang, limit)).map(({ id, title, day }) => ({ id, title, note: day && day.split('-').reverse().join('/') })),
      called: ({ read, lang }, ids) => eventNames(read, ids, lang),
    },
  ]
  // A paper's words are found by the readers of those it was sent to as well, a session's by those of its body's members.
  return { sources, texts, spellings: ({ read, at }, q) => units.spellings(read, q, dayIn(at, zone)), places: { ...places, paper: { ...places['paper']!, view: 'public_papers_readers' }, meeting: { ...places['meeting']!, view: 'public_meetings_readers' } } }
}
