// Whether a page fits: in both widths, light and dark, without loading it again.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { WHOLE, shot } from './browser.ts'
import { looked } from './looks.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What is wider than its window or cut off. What scrolls by itself, or says the rest in a title, is whole. */
export const CUT = `(() => {
  const wide = document.documentElement.scrollWidth > innerWidth ? ['the page is ' + document.documentElement.scrollWidth + ' px wide'] : []
  const name = e => e.tagName.toLowerCase() + '.' + e.className + ' "' + (e.innerText || e.value || '').slice(0, 40) + '"'
  const within = e => { for (let at = e.parentElement; at; at = at.parentElement) { const s = getComputedStyle(at); if (at.matches('.board-scroll, .board-states, .tabs-list, .task-chips, .sheet-box, .plan-table, .ics-rows')) return undefined; if (s.overflowX !== 'visible') return at.getBoundingClientRect() } return { left: 0, right: innerWidth } }
  const all = [...document.querySelectorAll('main :is(a, button, td, th, p, h1, h2, label, small, b, li, dd, dt, span, input), [role=dialog] :is(a, button, td, th, p, h2, label, small, b, li, span, input)')]
  const cut = all.filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.hidden-visually, [title], .clip, [hidden]') && e.getClientRects().length > 0).flatMap(e => {
    const r = e.getBoundingClientRect(), box = within(e), s = getComputedStyle(e)
    if (r.width <= 1 || !box) return []
    if (r.right > box.right + 1 || r.left < box.left - 1) return [name(e) + ' reaches past its place by ' + Math.round(Math.max(r.right - box.right, box.left - r.left))]
    return s.overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1 && !/auto|scroll/.test(s.overflowX) && !e.matches('input') ? [name(e) + ' is cut'] : []
  })
  // A rule for links that takes hold of a button puts its icon above its words.
  const bent = [...document.querySelectorAll('.button')].filter(e => e.checkVisibility({ visibilityProperty: true }) && !/flex/.test(getComputedStyle(e).display)).map(e => name(e) + ' is laid out as something else than a button')
  return [...wide, ...cut.slice(0, 5), ...bent.slice(0, 5)]
})()`

/** For a script that another one has beside it in both languages: this one alone, so that the whole suite keeps its quarter of an hour; all with SANSANG_LOOKS=all. */
export const langsOf = (one: 'vi' | 'en'): readonly ('vi' | 'en')[] => (WHOLE ? ['vi', 'en'] : [one])
function plan(first: boolean, dark: boolean, narrow: boolean): object | undefined {
  const tags = { type: 'tag', values: TAGS }
  if (WHOLE) return { runOnly: tags }
  if (dark) return first && narrow ? { runOnly: { type: 'rule', values: ['color-contrast'] } } : undefined
  if (!narrow) return { runOnly: tags, rules: { 'color-contrast': { enabled: first } } }
  return first ? { runOnly: tags, rules: { 'color-contrast': { enabled: false } } } : undefined
}

/** The mark over a graded page is faint on purpose, and hidden from readers: axe passes it over. Colours depend on no language, names on no theme. `first`: axe wide and narrow, its contrast once light and once dark; another language: its names. What fits is asked in both widths. */
export async function fits(page: Page, name: string, first: boolean): Promise<string[]> {
  looked(page, name)
  const found = await fitting(page, name, first)
  // A script that runs in one language alone: the other one in place, with what is open and typed.
  const own = await page.evaluate(() => document.documentElement.lang)
  const other = own === 'vi' ? 'en' : 'vi'
  if (!WHOLE || /[- ](vi|en)$/.test(name) || !(await speak(page, other))) return found
  found.push(...await fitting(page, `${name}-${other}`, first))
  await speak(page, own)
  return found
}

/** By the button in the head, which stands under an open dialog too. */
async function speak(page: Page, lang: string): Promise<boolean> {
  const waits = await page.locator('.skeleton').count() > 0 // a look of the wait itself
  const there = await page.evaluate((lang) => { const button = document.querySelector<HTMLElement>(`button.lang[lang="${lang}"]`); button?.click(); return button !== null }, lang)
  if (!there) return false
  await page.locator(`html[lang=${lang}]`).waitFor({ state: 'attached' })
  if (!waits) await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  return true
}

async function fitting(page: Page, name: string, first: boolean): Promise<string[]> {
  const found: string[] = []
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  // Colours that are on their way are no colours.
  await page.evaluate(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important }'); document.adoptedStyleSheets = [sheet] })
  // What is told above the page and goes by itself covers what lies there: told once, it is closed.
  if (WHOLE) await page.evaluate(() => { for (const told of document.querySelectorAll<HTMLElement>('.toast > .icon-button')) told.click() })
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: width < 500 ? 720 : 900 })
    for (const theme of ['dark', 'light'] as const) {
      await page.evaluate((theme) => { document.documentElement.dataset['theme'] = theme; document.documentElement.dataset['mantineColorScheme'] = theme }, theme)
      const run = plan(first, theme === 'dark', width === 320)
      if (!run) continue
      const sentences = await page.evaluate(async (run) => {
        // What measures itself draws once more at the new width.
        for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame)
        const { violations } = await (window as unknown as { axe: { run: (where: object, how: object) => Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] }> } }).axe.run({ exclude: [['.watermark']] }, { ...run, resultTypes: ['violations'], elementRef: false })
        return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n').slice(1).join(' ').trim() ?? ''}`))
      }, run)
      found.push(...sentences.map((s) => `${name}, ${theme}, ${width} px: ${s}`))
      if (WHOLE) await shot(page, `${name}-${theme}-${width}`)
    }
    found.push(...(await page.evaluate(CUT) as string[]).map((s) => `${name}, ${width} px: ${s}`))
  }
  return found
}
