// The map of the office app: every screen is fetched when it is first opened. A screen of a later capability is one line in `screens`.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import * as z from './search.ts'
import { loadMe } from './session.ts'
import { Crash, Missing } from './shell/crash.tsx'
import { Frame } from './shell/frame.tsx'
import { Root } from './shell/root.tsx'

const root = createRootRoute({ component: Root, notFoundComponent: Missing, errorComponent: Crash })
const at = <P extends string>(path: P) => ({ getParentRoute: () => inside, path })

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', validateSearch: z.texts('to', 'token'), component: lazyRouteComponent(() => import('../capabilities/people/ui/sign-in.tsx'), 'SignIn') })
const kit = createRoute({ getParentRoute: () => root, path: '/kit', component: lazyRouteComponent(() => import('./kit/show.tsx'), 'Show') })

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
  createRoute({ ...at('/'), beforeLoad: () => { throw redirect({ to: '/board' }) } }),
  createRoute({ ...at('/board'), validateSearch: z.texts('unit', 'programme', 'level', 'at', 'state', 'view'), component: lazyRouteComponent(() => import('../capabilities/readiness/ui/board.tsx'), 'Board') }),
  createRoute({ ...at('/events/$eventId'), validateSearch: z.texts('tab'), component: lazyRouteComponent(() => import('../capabilities/programmes/ui/event.tsx'), 'OneEvent') }),
  createRoute({ ...at('/tasks'), validateSearch: z.texts('state', 'scope', 'unit', 'overdue', 'q', 'event', 'stream'), component: lazyRouteComponent(() => import('../capabilities/tasks/ui/list.tsx'), 'TaskList') }),
  createRoute({ ...at('/tasks/$taskId'), validateSearch: z.texts('tab'), component: lazyRouteComponent(() => import('../capabilities/tasks/ui/task.tsx'), 'OneTask') }),
  createRoute({ ...at('/account'), validateSearch: z.texts('tab'), component: lazyRouteComponent(() => import('../capabilities/people/ui/account.tsx'), 'Account') }),
  createRoute({ ...at('/units'), validateSearch: z.texts('q', 'at', 'kind'), component: lazyRouteComponent(() => import('../capabilities/units/ui/tree.tsx'), 'Tree') }),
  createRoute({ ...at('/units/$unitId'), validateSearch: z.texts('tab', 'at'), component: lazyRouteComponent(() => import('../capabilities/units/ui/unit.tsx'), 'OneUnit') }),
  createRoute({ ...at('/journal'), validateSearch: z.texts('unit', 'type', 'from', 'until', 'subject', 'actor'), component: lazyRouteComponent(() => import('../capabilities/journals/ui/journal.tsx'), 'Journal') }),
  createRoute({ ...at('/inbox'), validateSearch: z.texts('kind', 'mark'), component: lazyRouteComponent(() => import('../capabilities/inboxes/ui/inbox.tsx'), 'Inbox') }),
] as const

export const router = createRouter({
  routeTree: root.addChildren([signIn, kit, inside.addChildren(screens)]),
  basepath: new URL(document.baseURI).pathname.replace(/\/$/, '') || '/',
  defaultPreload: 'intent', defaultPreloadDelay: 80, scrollRestoration: true, defaultErrorComponent: Crash, defaultNotFoundComponent: Missing,
})

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
