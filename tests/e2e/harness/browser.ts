// One headless Chromium for a test file, and the ways of looking at a page that all of them share.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** Connections of its own that a browser makes are refused by a closed network, many at a time: all of them are off. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none']
const PLACES = [process.env['SANSANG_CHROMIUM'], '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export const chromiumPath = (): string | undefined => PLACES.find((path) => path && existsSync(path))
export const artefacts = join(import.meta.dirname, '../../../test-artefacts')

/** `more`: a map needs WebGL drawn by the processor. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = chromiumPath()
  if (!executablePath) throw new Error('No Chromium: install Debian’s package `chromium`, or name one in SANSANG_CHROMIUM.')
  return chromium.launch({ executablePath, headless: true, args: [...FLAGS, ...more] })
}

export type Look = { lang?: 'vi' | 'en'; theme?: 'light' | 'dark'; width?: number; height?: number; session?: { name: string; value: string; url: string } }

/** A page that fails the test on any error, any failed CSP check, and any request to another host. `complaints` collects them. */
export async function openPage(browser: Browser, { lang = 'vi', theme = 'light', width = 1280, height = 900, session }: Look = {}, more: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[]; close: () => Promise<void> }> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale: lang === 'vi' ? 'vi-VN' : 'en-GB', timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce', ...more })
  await context.addInitScript(`localStorage.setItem('sansang.lang', localStorage.getItem('sansang.lang') ?? '${lang}'); localStorage.setItem('sansang.theme', localStorage.getItem('sansang.theme') ?? '${theme}')`)
  if (session) await context.addCookies([session])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => { if (message.type() === 'error' && !/status of 4\d\d|ERR_(CONNECTION|SOCKET|EMPTY)|EventSource/.test(message.text())) complaints.push(`console: ${message.text()}`) })
  page.on('request', (request) => { if (!/^(http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/|data:|blob:)/.test(request.url())) complaints.push(`outside: ${request.url()}`) })
  return { page, complaints, close: () => context.close() }
}

/** Whether nothing is left out: all eight looks of every screen, and a picture of each. */
export const WHOLE = process.env['SANSANG_LOOKS'] === 'all'

/** A picture to be looked at: only where all are asked for, since one of a long page takes as long as a test's step. */
export async function shot(page: Page, name: string, fullPage = false): Promise<void> {
  if (!WHOLE) return
  mkdirSync(artefacts, { recursive: true })
  await page.evaluate('document.fonts.ready')
  await page.screenshot({ path: join(artefacts, `${name}.png`), fullPage })
}

/** Tables, grids, dialogs, navigations and rows of tabs that a screen reader would announce without a name, which axe lets pass. */
const NAMELESS = `[...document.querySelectorAll('table:not([role=presentation], [role=none]), [role=grid], [role=dialog], nav, [role=tablist]')].filter((e) => e.checkVisibility()
  && !e.getAttribute('aria-label')?.trim() && !(e.getAttribute('aria-labelledby') ?? '').split(' ').some((id) => id && document.getElementById(id)?.textContent.trim()) && !e.caption?.textContent.trim())
  .map((e) => 'no name: ' + e.tagName.toLowerCase() + '.' + e.className)`

/** WCAG 2.2 AA as far as a machine can tell, and names for the parts that are jumped to. Answers sentences, one a finding. */
export async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude('.watermark').setLegacyMode().options({ runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }, resultTypes: ['violations'], elementRef: false }).analyze()
  return [...await page.evaluate<string[]>(NAMELESS), ...violations.flatMap((found) => found.nodes.map((node) => `${found.id}: ${found.help} — ${node.target.join(' ')} — ${node.failureSummary?.split('\n').slice(1).join(' ').trim() ?? ''}`))]
}
