// How the office app answers in a browser: the demonstration, the nation's tasks as a table of 12,000 rows, the board, the palette; and how long
// its screens are grey. Every interaction is a
// real key or click. Figures: the slowest 2 % of interactions (event timing, as INP counts them) and the longest task of the page while it was used.
// Beside them the same on a page that is only a plain table of 12,000 rows, which no framework slows down.
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser, openPage } from '../e2e/harness/browser.ts'
import { percentile, round } from './stage.ts'
import type { Figure } from './stage.ts'

const ROOT = join(import.meta.dirname, '../..')
const ROWS = 12_000
const MAIN = ['', 'board', 'board?view=months', 'board?view=events', 'board/brief', 'tasks', 'tasks?scope=below', 'calendar', 'calendar?view=plan', 'units', 'inbox', 'journal', 'papers', 'plans', 'reports', 'bodies', 'proposals', 'programmes', 'people', 'search?q=an']
/** From the first grey line to the last, on each page that is opened. */
const GREY = `window.grey = []; { const since = new Map(); new MutationObserver(() => { const now = performance.now(), there = new Set(document.querySelectorAll('.skeleton'));
  for (const one of there) if (!since.has(one)) since.set(one, now);
  for (const [one, at] of since) if (!there.has(one)) { since.delete(one); window.grey.push(now - at) } }).observe(document, { subtree: true, childList: true }) }`
const WATCH = `window.seen = { events: [], tasks: [] };
  new PerformanceObserver((list) => { for (const e of list.getEntries()) if (e.interactionId) window.seen.events.push([e.name, e.duration]) }).observe({ type: 'event', durationThreshold: 16, buffered: true });
  new PerformanceObserver((list) => { for (const e of list.getEntries()) window.seen.tasks.push(e.duration) }).observe({ type: 'longtask', buffered: true })`
type Seen = { events: [string, number][]; tasks: number[] }

export async function run(say: (line: string) => void = console.log): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sansang-ui-'))
  chmodSync(folder, 0o755)
  say('loading the demonstration …')
  const server = spawn(process.execPath, [join(ROOT, 'bin/sansang.mjs'), 'serve', '--demo', '2025', '--data', folder, '--lang', 'en'], { env: { ...process.env, SANSANG_PORT: String(7900 + Math.floor(Math.random() * 90)) }, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const link = await new Promise<string>((go, no) => {
      let said = ''
      server.stdout.on('data', (part: Buffer) => { said += String(part); const found = /secretariat: (http:\S+)/.exec(said); if (found && /Leader/.test(said)) go(found[1]!) })
      server.once('exit', (code) => no(new Error(`the server ended (${code}): ${said}`)))
    })
    const base = link.replace(/sign-in.*/, '')
    const browser = await openBrowser()
    const { page, close } = await openPage(browser)
    await page.addInitScript(GREY)
    await page.goto(link)
    await page.waitForSelector('main h1')
    const figures: Figure[] = []
    const plain = await baseline(browser)
    const measure = async (name: string, path: string, ready: (page: Page) => Promise<unknown>, use: (page: Page) => Promise<unknown>) => {
      await page.goto(base + path)
      await page.waitForSelector('main h1')
      await ready(page)
      const seen = await watched(page, use)
      const [inp, task] = [percentile(seen.events.map(([, ms]) => ms), 0.98) || 0, Math.max(0, ...seen.tasks)]
      say(`${name}: ${seen.events.length} interactions above 16 ms; slowest ${seen.events.toSorted((a, b) => b[1] - a[1]).slice(0, 3).map(([what, ms]) => `${what} ${ms} ms`).join(', ') || '–'}; long tasks ${seen.tasks.map((ms) => Math.round(ms)).toSorted((a, b) => b - a).slice(0, 4).join(', ') || '–'}`)
      const of = (what: string, ms: number, base_: number): Figure => ({ name: `${name}, ${what}`, figure: round(ms), unit: 'ms', baseline: round(base_), ratio: Math.round((ms / Math.max(1, base_)) * 100) / 100, aim: '≤ 100 ms', ok: ms <= 100 })
      figures.push(of('slowest 2 % of interactions', inp, plain.inp), of('longest task', task, plain.task))
    }
    await measure('tasks, 12,000 rows', 'tasks?scope=below&state=all&view=table&group=unit', async () => {
      const all = page.getByRole('button', { name: /12[.,]000|tất cả/i })
      if (await all.count() > 0) await all.first().click()
      for (let last = -1; ;) {
        const now = await page.evaluate(`Number(document.querySelector('table')?.getAttribute('aria-rowcount') ?? 0)`) as number
        if (now >= ROWS * 0.9 || now === last) break
        last = now
        await page.waitForTimeout(4000)
      }
      say(`${await page.evaluate(`document.querySelector('table')?.getAttribute('aria-rowcount')`) as string} lines in the table`)
    }, async () => {
      await page.locator('tbody tr[data-at] a').first().focus()
      for (let n = 0; n < 25; n++) await page.keyboard.press('ArrowDown')
      for (let n = 0; n < 4; n++) await page.keyboard.press('PageDown')
      await page.keyboard.press('End')
      await page.waitForTimeout(300)
      await page.keyboard.press('Home')
      await page.waitForTimeout(300)
      for (let n = 0; n < 10; n++) { await page.mouse.wheel(0, 1800); await page.waitForTimeout(60) }
      await page.locator('tbody td.pick input').nth(3).click()
      await page.getByRole('searchbox').last().click()
      await page.keyboard.type('phuong an', { delay: 40 })
      await page.waitForTimeout(600)
    })
    await measure('board', 'board', () => page.waitForSelector('tbody tr'), async () => {
      await page.locator('tbody tr[data-at] a').first().focus()
      for (let n = 0; n < 20; n++) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.waitForTimeout(800)
      await page.goBack()
      await page.waitForTimeout(500)
    })
    await measure('palette', 'units', () => page.waitForSelector('main'), async () => {
      await page.keyboard.press('Control+K')
      await page.waitForSelector('.palette')
      await page.keyboard.type('tan lap song lo', { delay: 40 })
      await page.waitForTimeout(500)
      for (let n = 0; n < 5; n++) await page.keyboard.press('ArrowDown')
    })
    const grey: [string, number][] = []
    for (const path of MAIN) {
      await page.goto(base + path)
      await page.waitForSelector('main h1')
      await page.locator('.skeleton').first().waitFor({ state: 'detached' })
      await page.waitForTimeout(300)
      grey.push([path || 'home', Math.max(0, ...await page.evaluate('window.grey') as number[])])
    }
    const [where, longest] = grey.toSorted((a, b) => b[1] - a[1])[0]!
    say(`grey: ${grey.map(([path, ms]) => `${path} ${Math.round(ms)}`).join(', ')} ms`)
    figures.push({ name: `longest a screen is grey (${where})`, figure: round(longest), unit: 'ms', aim: '≤ 1000 ms', ok: longest <= 1000 })
    await close()
    await browser.close()
    return figures
  } finally {
    server.kill('SIGINT')
    await new Promise((go) => (server.exitCode === null ? server.once('exit', go) : go(0)))
    rmSync(folder, { recursive: true, force: true })
  }
}

async function watched(page: Page, use: (page: Page) => Promise<unknown>): Promise<Seen> {
  await page.waitForTimeout(1000)
  await page.evaluate(WATCH)
  await page.waitForTimeout(100)
  await page.evaluate('window.seen.events = []; window.seen.tasks = []')
  await use(page)
  await page.waitForTimeout(300)
  return await page.evaluate('window.seen') as Seen
}

async function baseline(browser: Awaited<ReturnType<typeof openBrowser>>): Promise<{ inp: number; task: number }> {
  const page = await browser.newPage()
  await page.setContent(`<table>${Array.from({ length: ROWS }, (_, i) => `<tr style="content-visibility:auto;contain-intrinsic-height:37px"><td>${i}</td><td><a href="#${i}">Việc số ${i}</a></td><td>Đơn vị ${i % 900}</td><td>21/11/2026</td></tr>`).join('')}</table>`)
  const seen = await watched(page, async () => {
    await page.locator('a').first().focus()
    for (let n = 0; n < 25; n++) await page.keyboard.press('Tab')
    for (let n = 0; n < 10; n++) { await page.mouse.wheel(0, 1800); await page.waitForTimeout(60) }
  })
  await page.close()
  return { inp: percentile(seen.events.map(([, ms]) => ms), 0.98) || 16, task: Math.max(0, ...seen.tasks) }
}

if (import.meta.main) console.log(await run())
