// What every capability brings: its schema, its projectors and tables, its refusals, its stories, the years it keeps words.
import { join } from 'node:path'
import type { Projector, Projectors } from '../../kernel/commit.ts'
import { commonRefusals } from '../../kernel/contract.ts'
import type { Refusals } from '../../kernel/contract.ts'
import { PROGRAM } from '../../kernel/config.ts'
import type { SchemaFolder } from '../../kernel/migrate.ts'
import { calendarRefusals, calendarStories } from '../../capabilities/calendars/contract.ts'
import * as calendars from '../../capabilities/calendars/store/feeds.ts'
import { bodiesStories, bodyRefusals } from '../../capabilities/bodies/contract.ts'
import * as bodies from '../../capabilities/bodies/store.ts'
import { custodiesStories, custodyRefusals } from '../../capabilities/custodies/contract.ts'
import * as custodies from '../../capabilities/custodies/store/project.ts'
import { exchangeRefusals, exchangesStories } from '../../capabilities/exchanges/contract.ts'
import * as exchanges from '../../capabilities/exchanges/store/project.ts'
import { inboxesStories, inboxRefusals } from '../../capabilities/inboxes/contract.ts'
import * as inboxes from '../../capabilities/inboxes/store/project.ts'
import { journalRefusals } from '../../capabilities/journals/contract.ts'
import * as journals from '../../capabilities/journals/store.ts'
import { mapRefusals, mapStories } from '../../capabilities/maps/contract.ts'
import * as maps from '../../capabilities/maps/store.ts'
import { meetingRefusals, meetingsStories } from '../../capabilities/meetings/contract.ts'
import * as meetings from '../../capabilities/meetings/store.ts'
import { paperRefusals, papersStories } from '../../capabilities/papers/contract.ts'
import * as papers from '../../capabilities/papers/store/project.ts'
import { planRefusals, plansStories } from '../../capabilities/plans/contract.ts'
import * as plans from '../../capabilities/plans/store/project.ts'
import { proposalRefusals, proposalsStories } from '../../capabilities/proposals/contract.ts'
import * as proposals from '../../capabilities/proposals/store.ts'
import { peopleRefusals, peopleStories, peopleWords } from '../../capabilities/people/contract.ts'
import * as people from '../../capabilities/people/store/project.ts'
import { programmesRefusals, programmesStories } from '../../capabilities/programmes/contract.ts'
import { programmesWords } from '../../capabilities/programmes/decide/trace.ts'
import * as programmes from '../../capabilities/programmes/store/project.ts'
import { readinessRefusals, readinessStories, readinessWords } from '../../capabilities/readiness/contract.ts'
import * as readiness from '../../capabilities/readiness/store/project.ts'
import { foldedTables, tables as readinessTables } from '../../capabilities/readiness/store/tables.ts'
import { reportRefusals } from '../../capabilities/reports/contract.ts'
import { reportsStories } from '../../capabilities/reports/contract/facts.ts'
import * as reports from '../../capabilities/reports/store/project.ts'
import { settingsRefusals, settingsStories } from '../../capabilities/settings/contract.ts'
import * as settings from '../../capabilities/settings/store.ts'
import { tasksStories } from '../../capabilities/tasks/contract/facts.ts'
import { taskRefusals } from '../../capabilities/tasks/contract/refusals.ts'
import { taskWords } from '../../capabilities/tasks/decide/trace.ts'
import * as tasks from '../../capabilities/tasks/store/project.ts'
import { unitRefusals, unitStories } from '../../capabilities/units/contract.ts'
import { webhookRefusals, webhooksStories, webhooksWords } from '../../capabilities/webhooks/contract.ts'
import * as webhooks from '../../capabilities/webhooks/store.ts'
import * as units from '../../capabilities/units/store/project.ts'

import type { Stories, Words } from '../../capabilities/journals/contract.ts'

interface Brings { name: string; store: { project: object; tables?: string[] }; refusals: Refusals; stories?: Stories; words?: Words }

/** One line a capability, in the order in which their schemas and projectors run. `words`: of codes that its facts hold. */
const capabilities: Brings[] = [
  { name: 'units', store: units, refusals: unitRefusals, stories: unitStories },
  { name: 'people', store: people, refusals: peopleRefusals, stories: peopleStories, words: peopleWords },
  { name: 'programmes', store: programmes, refusals: programmesRefusals, stories: programmesStories, words: programmesWords },
  { name: 'tasks', store: tasks, refusals: taskRefusals, stories: tasksStories, words: taskWords },
  { name: 'readiness', store: { project: readiness.project, tables: readinessTables }, refusals: readinessRefusals, stories: readinessStories, words: readinessWords },
  { name: 'inboxes', store: inboxes, refusals: inboxRefusals, stories: inboxesStories },
  { name: 'journals', store: journals, refusals: journalRefusals },
  { name: 'maps', store: maps, refusals: mapRefusals, stories: mapStories },
  { name: 'settings', store: settings, refusals: settingsRefusals, stories: settingsStories },
  { name: 'calendars', store: { project: calendars.project }, refusals: calendarRefusals, stories: calendarStories },
  { name: 'bodies', store: bodies, refusals: bodyRefusals, stories: bodiesStories },
  { name: 'meetings', store: meetings, refusals: meetingRefusals, stories: meetingsStories },
  { name: 'papers', store: papers, refusals: paperRefusals, stories: papersStories },
  { name: 'plans', store: plans, refusals: planRefusals, stories: plansStories },
  { name: 'proposals', store: proposals, refusals: proposalRefusals, stories: proposalsStories },
  { name: 'exchanges', store: exchanges, refusals: exchangeRefusals, stories: exchangesStories },
  { name: 'webhooks', store: webhooks, refusals: webhookRefusals, stories: webhooksStories, words: webhooksWords },
  { name: 'reports', store: reports, refusals: reportRefusals, stories: reportsStories },
  { name: 'custodies', store: custodies, refusals: custodyRefusals, stories: custodiesStories },
]

export const schemaFolders: SchemaFolder[] = [
  { name: 'kernel', folder: join(PROGRAM, 'src/kernel/schema') },
  ...capabilities.map(({ name }) => ({ name, folder: join(PROGRAM, 'src/capabilities', name, 'schema') })),
]

/** A fact's projectors, of one or several capabilities, in the order above. */
export const projectors: Projectors = {}
for (const { store } of capabilities) {
  for (const [type, wired] of Object.entries(store.project)) (projectors[type] ??= []).push(...[wired].flat() as Projector[])
}

/** Tables that a rebuild makes again from the journal, row for row. */
export const tables: string[] = capabilities.flatMap(({ store }) => store.tables ?? [])
/** Tables that followers fold. They hold what the clock changes, so a rebuild makes them again but does not compare them. */
export const folded: string[] = [...foldedTables, ...reports.foldedTables]

export const refusals: Refusals = Object.assign({}, commonRefusals, ...capabilities.map((one) => one.refusals))
export const words: Words = Object.assign({}, ...capabilities.map((one) => one.words))
export const stories: Stories = Object.assign({}, ...capabilities.map((one) => one.stories))

/** Of the other capabilities: each says its years where it writes the text. */
export const keptBesides = [
  { what: { vi: 'Bản thảo văn bản chưa lấy số, biểu mẫu ICS; thư mẫu gửi từng đơn vị', en: 'Drafts of papers without a number, ICS forms; the letter that is filled in for each unit' }, until: { vi: '180 ngày từ lần lưu cuối; 30 ngày', en: '180 days after the last save; 30 days' } },
  { what: { vi: 'Vì sao chỉ định, in, đặt hoặc đổi độ mật', en: 'Why one is named, a print was ordered, a grade was changed' }, until: { vi: '10 năm', en: '10 years' } },
  { what: { vi: 'Nhật ký đọc tài liệu mật', en: 'Who read what is graded' }, until: { vi: '5 năm', en: '5 years' } },
  { what: { vi: 'Kế hoạch, phương án nhận từ gói trao đổi; mục đích gói, lý do thu hồi khóa', en: 'Plans received with packages; what a package is for, why a key was revoked' }, until: { vi: '20 năm', en: '20 years' } },
  { what: { vi: 'Tên, chức vụ thành viên ban không có tài khoản', en: 'Names and positions of members of a body without an account' }, until: { vi: 'đến ngày kết thúc của ban, nhiều nhất 5 năm; bỏ khỏi danh sách thì xóa ngay', en: 'until the body’s last day, 5 years at the most; at once when taken from its list' } },
  { what: { vi: 'Tiến độ của việc chạy ngầm', en: 'Progress of jobs' }, until: { vi: '30 ngày', en: '30 days' } },
  { what: { vi: 'Nhật ký hệ thống (không có tên, địa chỉ)', en: 'The journal (no names, no addresses)' }, until: { vi: 'không xóa', en: 'never erased' } },
]
