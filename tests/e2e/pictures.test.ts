// The pictures of the role pages. SANSANG_PICTURES=1 makes them anew from the whole program; without it only that each one a page shows is there, and none lies about unused.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { PROGRAM } from '../../src/kernel/config.ts'
import { openBrowser, openPage } from './harness/browser.ts'
import { build } from './harness/build.ts'
import { SHOWN, openReal } from './harness/real.ts'
import type { Real } from './harness/real.ts'

const DOCS = join(PROGRAM, 'docs')
type Picture = { name: string; account: string; path: (real: Real) => string | Promise<string>; ready?: (page: Page) => Promise<unknown>; width?: number }
const PICTURES: Picture[] = [
  { name: 'home', account: 'thuongtruc', path: () => '/' },
  { name: 'board-table', account: 'thuongtruc', path: () => '/board', ready: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'event', account: 'thuongtruc', path: async (real) => `/events/${await real.event(SHOWN.vi)}`, ready: (page) => page.locator('.event-verdict').waitFor() },
  { name: 'tasks', account: 'thuongtruc', path: () => '/tasks?scope=below', ready: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'mine', account: 'canbo.vi', path: () => '/tasks', ready: (page) => page.locator('tbody tr').first().waitFor(), width: 390 },
  { name: 'brief', account: 'lanhdao', path: () => '/board/brief', width: 390 },
  { name: 'manage', account: 'quantri', path: () => '/manage' },
]

describe('pictures of the role pages', { timeout: 240_000 }, () => {
  test('each one that a page shows is there, in its language, and each that is there is shown', () => {
    const shown = [...['secretariat', 'head', 'leader', 'administrator'].flatMap((role) => [...readFileSync(join(DOCS, 'roles', `${role}.md`), 'utf8').matchAll(/!\[[^\]]+\]\(\.\.\/pictures\/([^)]+)\)/g)].map((found) => found[1]!)), 'board.png']
    assert.deepEqual([...new Set(shown)].sort(), readdirSync(join(DOCS, 'pictures')).sort())
  })

  if (process.env['SANSANG_PICTURES']) {
    test('are made', async () => {
      await build()
      const [real, browser] = await Promise.all([openReal(), openBrowser()])
      mkdirSync(join(DOCS, 'pictures'), { recursive: true })
      try {
        for (const { name, account, path, ready, width = 1280 } of PICTURES) {
          for (const lang of ['vi', 'en'] as const) {
            const { page, close } = await openPage(browser, { lang, width, height: width < 500 ? 760 : 800 })
            await page.goto(await real.link(account))
            await page.locator('.app h1').waitFor()
            await page.goto(real.url + await path(real))
            await page.locator('main h1').waitFor()
            await ready?.(page)
            await page.locator('.skeleton').first().waitFor({ state: 'detached' })
            await page.waitForTimeout(600)
            await page.evaluate('document.fonts.ready')
            await page.screenshot({ path: join(DOCS, 'pictures', `${name}-${lang}.png`) })
            await close()
          }
        }
      } finally { await browser.close(); await real.close() }
    })
  }
})
