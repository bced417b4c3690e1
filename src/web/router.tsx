// The map of the office app: every screen is fetched when it is first opened. A screen of a later capability is one line in `screens`.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { arrived } from './parts.ts'
import * as z from './search.ts'
import { loadMe } from './session.ts'
import { Crash, Missing } from './shell/crash.tsx'
import { Frame } from './shell/frame.tsx'
import { Root } from './shell/root.tsx'

const root = createRootRoute({ component: Root, notFoundComponent: Missing, errorComponent: Crash })
const at = <P extends string>(path: P) => ({ getParentRoute: () => inside, path })

/** A screen, fetched when it is first opened or pointed at. */
const screen: typeof lazyRouteComponent = (load, name) => lazyRouteComponent(() => arrived(load, () => router.state.isLoading), name)

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', validateSearch: z.texts('to', 'token'), component: screen(() => import('../capabilities/people/ui/sign-in.tsx'), 'SignIn') })
const providerBack = createRoute({ getParentRoute: () => root, path: '/sign-in/provider', component: screen(() => import('../capabilities/people/ui/provider-back.tsx'), 'ProviderBack') })
const kit = createRoute({ getParentRoute: () => root, path: '/kit', component: screen(() => import('./kit/show.tsx'), 'Show') })

/** Everything for which one must be signed in. */
const inside = createRoute({
  getParentRoute: () => root, id: 'inside', component: Frame,
  beforeLoad: async ({ location }) => {
    const me = await loadMe()
    const to = location.href === '/' ? {} : { to: location.href }
    if (!me) throw redirect({ to: '/sign-in', search: to })
    if (me.mustSetPassword && location.pathname !== '/account') throw redirect({ to: '/account', search: { tab: 'password' } })
  },
})

const screens = [
  createRoute({ ...at('/'), component: screen(() => import('./home/home.tsx'), 'Home') }),
  createRoute({ ...at('/board'), validateSearch: z.texts('unit', 'programme', 'level', 'stream', 'at', 'state', 'view', 'each', 'draw', 'area'), component: screen(() => import('../capabilities/readiness/ui/board.tsx'), 'Board') }),
  createRoute({ ...at('/board/brief'), validateSearch: z.texts('unit', 'programme'), component: screen(() => import('../capabilities/readiness/ui/brief.tsx'), 'BoardBrief') }),
  createRoute({ ...at('/events/$eventId'), validateSearch: z.texts('tab'), component: screen(() => import('../capabilities/programmes/ui/event.tsx'), 'OneEvent') }),
  createRoute({ ...at('/tasks'), validateSearch: z.texts('state', 'scope', 'unit', 'overdue', 'q', 'event', 'directive', 'stream', 'from', 'until', 'view', 'group', 'sort'), component: screen(() => import('../capabilities/tasks/ui/list.tsx'), 'TaskList') }),
  createRoute({ ...at('/tasks/import'), validateSearch: z.texts('directive'), component: screen(() => import('../capabilities/tasks/ui/import.tsx'), 'ImportTasks') }),
  createRoute({ ...at('/tasks/$taskId'), validateSearch: z.texts('tab'), component: screen(() => import('../capabilities/tasks/ui/task.tsx'), 'OneTask') }),
  createRoute({ ...at('/directives'), validateSearch: z.texts('q'), component: screen(() => import('../capabilities/tasks/ui/directives/list.tsx'), 'DirectiveList') }),
  createRoute({ ...at('/directives/new'), validateSearch: z.texts('body'), component: screen(() => import('../capabilities/tasks/ui/directives/issue.tsx'), 'NewDirective') }),
  createRoute({ ...at('/directives/$directiveId'), validateSearch: z.texts('tab'), component: screen(() => import('../capabilities/tasks/ui/directives/directive.tsx'), 'OneDirective') }),
  createRoute({ ...at('/account'), validateSearch: z.texts('tab'), component: screen(() => import('../capabilities/people/ui/account.tsx'), 'Account') }),
  createRoute({ ...at('/units'), validateSearch: z.texts('q', 'at', 'kind'), component: screen(() => import('../capabilities/units/ui/tree.tsx'), 'Tree') }),
  createRoute({ ...at('/units/import'), validateSearch: z.texts('tab'), component: screen(() => import('../capabilities/units/ui/import/screen.tsx'), 'ImportUnits') }),
  createRoute({ ...at('/units/$unitId'), validateSearch: z.texts('tab', 'at'), component: screen(() => import('../capabilities/units/ui/unit.tsx'), 'OneUnit') }),
  createRoute({ ...at('/journal'), validateSearch: z.texts('unit', 'type', 'from', 'until', 'subject', 'actor'), component: screen(() => import('../capabilities/journals/ui/journal.tsx'), 'Journal') }),
  createRoute({ ...at('/inbox'), validateSearch: z.texts('kind', 'mark'), component: screen(() => import('../capabilities/inboxes/ui/inbox.tsx'), 'Inbox') }),
  createRoute({ ...at('/calendar'), validateSearch: z.texts('view', 'on', 'scope', 'programme', 'unit', 'open'), component: screen(() => import('../capabilities/calendars/ui/calendar.tsx'), 'CalendarScreen') }),
  createRoute({ ...at('/papers'), validateSearch: z.texts('q', 'way', 'kind', 'year', 'unit', 'receipt'), component: screen(() => import('../capabilities/papers/ui/list.tsx'), 'PaperList') }),
  createRoute({ ...at('/papers/new'), validateSearch: z.texts('unit', 'draft', 'each', 'units', 'directive', 'meeting', 'minutes', 'invitation', 'body', 'plan', 'report', 'reports', 'chasing', 'owing'), component: screen(() => import('../capabilities/papers/ui/write.tsx'), 'WritePaper') }),
  createRoute({ ...at('/papers/drafts'), validateSearch: z.texts('all'), component: screen(() => import('../capabilities/papers/ui/drafts.tsx'), 'PaperDrafts') }),
  createRoute({ ...at('/papers/layouts'), validateSearch: z.texts('unit'), component: screen(() => import('../capabilities/papers/ui/layouts.tsx'), 'PaperLayouts') }),
  createRoute({ ...at('/papers/ics/$form'), validateSearch: z.texts('event', 'unit', 'draft'), component: screen(() => import('../capabilities/papers/ui/ics.tsx'), 'IcsScreen') }),
  createRoute({ ...at('/papers/runs/$runId'), validateSearch: z.texts('job'), component: screen(() => import('../capabilities/papers/ui/run.tsx'), 'PaperRun') }),
  createRoute({ ...at('/papers/$paperId'), validateSearch: z.texts('tab'), component: screen(() => import('../capabilities/papers/ui/paper.tsx'), 'OnePaper') }),
  createRoute({ ...at('/custodies'), validateSearch: z.texts('kind', 'record'), component: screen(() => import('../capabilities/custodies/ui/list.tsx'), 'CustodyList') }),
  createRoute({ ...at('/search'), validateSearch: z.texts('q', 'of'), component: screen(() => import('../capabilities/searches/ui/screen.tsx'), 'SearchScreen') }),
  createRoute({ ...at('/manage'), component: screen(() => import('../capabilities/programmes/ui/manage/manage.tsx'), 'Manage') }),
  createRoute({ ...at('/manage/boundaries'), component: screen(() => import('../capabilities/maps/ui/boundaries.tsx'), 'Boundaries') }),
  createRoute({ ...at('/manage/webhooks'), component: screen(() => import('../capabilities/webhooks/ui/webhooks.tsx'), 'Webhooks') }),
  createRoute({ ...at('/manage/settings'), validateSearch: z.texts('tab'), component: screen(() => import('../capabilities/settings/ui/settings.tsx'), 'Settings') }),
  createRoute({ ...at('/manage/system'), validateSearch: z.texts('tab'), component: screen(() => import('../capabilities/settings/ui/system.tsx'), 'System') }),
  createRoute({ ...at('/bodies'), validateSearch: z.texts('q', 'kind', 'ended'), component: screen(() => import('../capabilities/bodies/ui/list.tsx'), 'BodyList') }),
  createRoute({ ...at('/bodies/$bodyId'), validateSearch: z.texts('tab'), component: screen(() => import('../capabilities/bodies/ui/body.tsx'), 'OneBody') }),
  createRoute({ ...at('/bodies/$bodyId/prepare'), component: screen(() => import('../capabilities/meetings/ui/prepare.tsx'), 'PrepareMeeting') }),
  createRoute({ ...at('/meetings/$meetingId'), validateSearch: z.texts('tab'), component: screen(() => import('../capabilities/meetings/ui/meeting.tsx'), 'OneMeeting') }),
  createRoute({ ...at('/plans'), validateSearch: z.texts('q', 'matter', 'phase', 'stale', 'unit'), component: screen(() => import('../capabilities/plans/ui/list.tsx'), 'PlanList') }),
  createRoute({ ...at('/plans/new'), validateSearch: z.texts('unit', 'event'), component: screen(() => import('../capabilities/plans/ui/new.tsx'), 'NewPlan') }),
  createRoute({ ...at('/plans/$planId'), validateSearch: z.texts('tab', 'n', 'from', 'to'), component: screen(() => import('../capabilities/plans/ui/plan.tsx'), 'OnePlan') }),
  createRoute({ ...at('/proposals'), validateSearch: z.texts('box', 'q'), component: screen(() => import('../capabilities/proposals/ui/list.tsx'), 'ProposalList') }),
  createRoute({ ...at('/proposals/new'), validateSearch: z.texts('plan'), component: screen(() => import('../capabilities/proposals/ui/form.tsx'), 'NewProposal') }),
  createRoute({ ...at('/proposals/$proposalId'), component: screen(() => import('../capabilities/proposals/ui/proposal.tsx'), 'OneProposal') }),
  createRoute({ ...at('/reports'), validateSearch: z.texts('tab', 'ended'), component: screen(() => import('../capabilities/reports/ui/list.tsx'), 'ReportList') }),
  createRoute({ ...at('/reports/ask'), validateSearch: z.texts('form'), component: screen(() => import('../capabilities/reports/ui/ask.tsx'), 'AskForReports') }),
  createRoute({ ...at('/reports/$reportId'), validateSearch: z.texts('with'), component: screen(() => import('../capabilities/reports/ui/report.tsx'), 'OneReport') }),
  createRoute({ ...at('/report-collections/$collectionId'), validateSearch: z.texts('unit', 'on', 'with', 'tab', 'field', 'state'), component: screen(() => import('../capabilities/reports/ui/collection.tsx'), 'OneCollection') }),
  createRoute({ ...at('/report-forms'), component: screen(() => import('../capabilities/reports/ui/forms.tsx'), 'FormList') }),
  createRoute({ ...at('/report-forms/new'), validateSearch: z.texts('from', 'tab'), component: screen(() => import('../capabilities/reports/ui/form.tsx'), 'NewForm') }),
  createRoute({ ...at('/report-forms/$formId'), validateSearch: z.texts('edit', 'tab'), component: screen(() => import('../capabilities/reports/ui/form.tsx'), 'OneForm') }),
  createRoute({ ...at('/packages'), validateSearch: z.texts('direction'), component: screen(() => import('../capabilities/exchanges/ui/list.tsx'), 'PackageList') }),
  createRoute({ ...at('/packages/new'), component: screen(() => import('../capabilities/exchanges/ui/make.tsx'), 'MakePackage') }),
  createRoute({ ...at('/packages/receive'), component: screen(() => import('../capabilities/exchanges/ui/receive.tsx'), 'ReceivePackage') }),
  createRoute({ ...at('/packages/keys'), component: screen(() => import('../capabilities/exchanges/ui/keys.tsx'), 'Keys') }),
  createRoute({ ...at('/packages/$packageId'), component: screen(() => import('../capabilities/exchanges/ui/package.tsx'), 'OnePackage') }),
  createRoute({ ...at('/received-plans'), component: screen(() => import('../capabilities/exchanges/ui/documents.tsx'), 'DocumentList') }),
  createRoute({ ...at('/received-plans/$documentId'), component: screen(() => import('../capabilities/exchanges/ui/documents.tsx'), 'OneDocument') }),
  createRoute({ ...at('/people'), validateSearch: z.texts('unit', 'q', 'role', 'access', 'bulk'), component: screen(() => import('../capabilities/people/ui/manage/list.tsx'), 'PeopleList') }),
  createRoute({ ...at('/people/import'), component: screen(() => import('../capabilities/people/ui/manage/import.tsx'), 'ImportStaff') }),
  createRoute({ ...at('/people/$personId'), validateSearch: z.texts('edit'), component: screen(() => import('../capabilities/people/ui/manage/person.tsx'), 'OnePerson') }),
  createRoute({ ...at('/programmes'), validateSearch: z.texts('tab'), component: screen(() => import('../capabilities/programmes/ui/manage/list.tsx'), 'ProgrammeList') }),
  createRoute({ ...at('/programmes/new'), validateSearch: z.texts('template'), component: screen(() => import('../capabilities/programmes/ui/manage/create.tsx'), 'NewProgramme') }),
  createRoute({ ...at('/programmes/$code'), validateSearch: z.texts('tab'), component: screen(() => import('../capabilities/programmes/ui/manage/programme.tsx'), 'OneProgramme') }),
  createRoute({ ...at('/templates/import'), component: screen(() => import('../capabilities/programmes/ui/manage/template-import.tsx'), 'ImportTemplate') }),
  createRoute({ ...at('/templates/$code/edit'), validateSearch: z.texts('tab'), component: screen(() => import('../capabilities/programmes/ui/manage/editor/screen.tsx'), 'EditTemplate') }),
  createRoute({ ...at('/templates/$code'), validateSearch: z.texts('tab', 'version', 'from'), component: screen(() => import('../capabilities/programmes/ui/manage/template.tsx'), 'OneTemplate') }),
] as const

export const router = createRouter({
  routeTree: root.addChildren([signIn, providerBack, kit, inside.addChildren(screens)]),
  basepath: new URL(document.baseURI).pathname.replace(/\/$/, '') || '/',
  defaultPreload: 'intent', defaultPreloadDelay: 80, scrollRestoration: true, defaultErrorComponent: Crash, defaultNotFoundComponent: Missing,
})

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
