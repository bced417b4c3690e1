// A telephone held upright: what a page at 320 px has that is pushed sideways, cut, or too small for a finger.
import type { Page } from 'playwright-core'
import { CUT } from './fit.ts'

/** Under 24 px either way. A link within a sentence may be as high as its line, and what has a label as large as that is pressed there (WCAG 2.5.8). */
const SMALL = `(() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=tab], [role=menuitem], [role=option], [role=switch]')].filter((e) => {
  if (!e.checkVisibility({ visibilityProperty: true }) || e.closest('.hidden-visually, [aria-hidden=true]')) return false
  const r = (e.matches('input') && e.closest('label') || e).getBoundingClientRect()
  return r.width > 2 && r.height > 2 && (r.width < 23.5 || r.height < 23.5) && !(e.matches('a') && getComputedStyle(e).display === 'inline')
}).slice(0, 5).map((e) => e.tagName.toLowerCase() + ' "' + (e.getAttribute('aria-label') ?? e.innerText ?? '').slice(0, 40) + '" is ' + Math.round(e.getBoundingClientRect().width) + ' by ' + Math.round(e.getBoundingClientRect().height)))()`

/** Once it has come to rest: what is wrong still, a sentence each. */
export async function narrow(page: Page, where: string): Promise<string[]> {
  let last: string[] = []
  for (const until = Date.now() + 4000; Date.now() < until;) {
    last = [...await page.evaluate<string[]>(CUT), ...await page.evaluate<string[]>(SMALL)]
    if (last.length === 0) break
    await page.evaluate(() => new Promise(requestAnimationFrame))
  }
  return last.map((one) => `${where}: ${one}`)
}
