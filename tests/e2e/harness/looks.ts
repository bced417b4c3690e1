// Which look shows which screen: each address of the router stands here with the name of one that axe is asked about. tests/looks.test.ts holds the list against the
// router and the test files; `looked` holds each look against the address at which it is taken.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

export const SCREENS: readonly string[] = [...readFileSync(join(import.meta.dirname, '../../../src/web/router.tsx'), 'utf8').matchAll(/(?:\.\.\.at\(|getParentRoute: \(\) => root, path: )'([^']+)'/g)].map((found) => found[1]!)

export const LOOKS: Readonly<Record<string, string>> = {
  '/sign-in': 'sign-in', '/sign-in/provider': 'provider-back', '/kit': 'kit',
  '/': 'home', '/board': 'board', '/board/brief': 'brief', '/events/$eventId': 'event', '/tasks': 'tasks', '/tasks/import': 'annex-import', '/directives': 'directives', '/directives/new': 'directive-new', '/directives/$directiveId': 'directive', '/tasks/$taskId': 'task', '/account': 'account',
  '/units': 'units', '/units/import': 'units-preview', '/units/$unitId': 'unit', '/journal': 'journal', '/inbox': 'inbox', '/calendar': 'calendar', '/search': 'search', '/custodies': 'custodies',
  '/papers': 'papers-list', '/papers/new': 'papers-write', '/papers/drafts': 'papers-drafts', '/papers/layouts': 'papers-layouts', '/papers/ics/$form': 'ics', '/papers/runs/$runId': 'papers-run', '/papers/$paperId': 'papers-one',
  '/manage': 'manage', '/manage/boundaries': 'boundaries', '/manage/webhooks': 'webhooks', '/manage/settings': 'days', '/manage/system': 'health',
  '/bodies': 'bodies', '/bodies/$bodyId': 'body', '/bodies/$bodyId/prepare': 'prepare', '/meetings/$meetingId': 'record', '/plans': 'plans', '/plans/new': 'plan-new', '/plans/$planId': 'plan-text',
  '/proposals': 'proposals', '/proposals/new': 'proposal-new', '/proposals/$proposalId': 'proposal',
  '/reports': 'reports', '/reports/ask': 'report-ask', '/reports/$reportId': 'report-read', '/report-collections/$collectionId': 'report-collection', '/report-forms': 'report-forms', '/report-forms/new': 'report-form', '/report-forms/$formId': 'report-form-publish',
  '/packages': 'packages', '/packages/new': 'package-new', '/packages/receive': 'package-receive', '/packages/keys': 'package-keys', '/packages/$packageId': 'package', '/received-plans': 'received-plans', '/received-plans/$documentId': 'received-plan',
  '/people': 'people-add', '/people/import': 'staff-errors', '/people/$personId': 'person', '/programmes': 'programmes', '/programmes/new': 'new', '/programmes/$code': 'cascade-preview',
  '/templates/import': 'template-errors', '/templates/$code/edit': 'editor', '/templates/$code': 'template',
}
const SCREEN_OF = new Map(Object.entries(LOOKS).map(([screen, name]) => [name, screen]))

/** The screen at an address, below whatever prefix: of two that fit, the one with fewer words left open. */
const screenAt = (path: string): string | undefined => SCREENS.filter((screen) => new RegExp(`${screen.replace(/\$\w+/g, '[^/]+')}$`).test(path)).toSorted((a, b) => b.replace(/\$\w+/g, '').length - a.replace(/\$\w+/g, '').length)[0]

export function looked(page: Page, name: string): void {
  const screen = SCREEN_OF.get(name.replace(/[- ](vi|en)$/, ''))
  const at = screenAt(new URL(page.url()).pathname)
  if (screen !== undefined && at !== screen) throw new Error(`"${name}" is listed as the look at ${screen}, and is taken at ${at}`)
}
