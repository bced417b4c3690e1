// A reader without a mouse: every step leaves the focus somewhere, in sight and with a mark around it.
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

/** Runs in the page. `here`: this has the focus. `wrong`: what is wrong with the focus; what only takes it to be read out (a heading, a panel) needs no mark. `past`: nothing has it, though what had it last is still there: Tab went past the end of the page. */
function focus(asked: Element | null): { here: boolean; wrong: string; past: boolean } {
  const e = document.activeElement as HTMLElement | null
  const memory = window as unknown as { hadFocus?: EventTarget | null }
  if (memory.hadFocus === undefined) addEventListener('focusin', ({ target }) => { memory.hadFocus = target })
  memory.hadFocus ??= null
  const nowhere = !e || e === document.body || e === document.documentElement
  const past = nowhere && memory.hadFocus instanceof HTMLElement && memory.hadFocus.isConnected && !memory.hadFocus.matches(':disabled')
  const fault = (): string => {
    if (nowhere) return 'lost: nothing has the focus'
    const name = (one: Element) => `${one.tagName.toLowerCase()} "${(one.getAttribute('aria-label') ?? (one as HTMLElement).innerText ?? '').slice(0, 40)}"`
    const r = e.getBoundingClientRect()
    if (e.tabIndex < 0 && !e.matches('input, button, a')) return ''
    if (r.width < 2 || r.height < 2) return e.matches('input[type=radio], input[type=checkbox]') ? '' : `${name(e)} is not to be seen`
    // The middle of what is to be seen of it: a field may be higher than a telephone.
    const x = r.x + Math.min(r.width / 2, 40)
    const y = r.height > innerHeight / 2 ? (Math.max(r.top, 0) + Math.min(r.bottom, innerHeight)) / 2 : r.y + r.height / 2
    if (y < 0 || y > innerHeight || x < 0 || x > innerWidth || r.bottom < 0 || r.top > innerHeight) return `${name(e)} is out of sight at ${Math.round(x)}, ${Math.round(y)}`
    const over = document.elementFromPoint(x, y)
    if (over && !e.contains(over) && !over.contains(e) && !over.closest('label')) return `${name(e)} is covered by ${name(over)}`
    for (let at: Element | null = e, i = 0; at && i < 3; at = at.parentElement, i++) {
      const s = getComputedStyle(at)
      if ((s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none') return ''
    }
    return `${name(e)} has no mark of focus`
  }
  return { here: asked !== null && asked === e, wrong: fault(), past }
}

export type Keys = {
  press: (...keys: string[]) => Promise<void>
  type: (text: string) => Promise<void>
  /** Tab (or another key) until this has the focus. */
  reach: (to: Locator, key?: string) => Promise<void>
  /** Reached, and pressed. */
  go: (to: Locator, key?: string) => Promise<void>
  /** The focus is somewhere in sight, once the page has come to rest. */
  held: (where: string) => Promise<void>
}

export function keysOf(page: Page): Keys {
  const held = async (where: string) => {
    let last = ''
    for (const until = Date.now() + 5000; Date.now() < until;) {
      last = (await page.evaluate(focus, null)).wrong
      if (!last) return
      await page.evaluate(() => new Promise(requestAnimationFrame))
    }
    assert.fail(`${where}: ${last}`)
  }
  const keys: Keys = {
    press: async (...all) => { for (const key of all) { await page.keyboard.press(key); await held(`after ${key}`) } },
    type: (text) => page.keyboard.type(text),
    reach: async (to, key = 'Tab') => {
      await to.first().waitFor()
      for (let i = 0; i < 120; i++) {
        const { here, wrong, past } = await to.first().evaluate(focus)
        // A page just opened has the focus nowhere yet.
        if (i > 0 && wrong && !past) await held(`${key} towards ${String(to)}`)
        if (here) return
        await page.keyboard.press(key)
      }
      assert.fail(`${String(to)} is not reached by ${key}`)
    },
    go: async (to, key) => { await keys.reach(to, key); await page.keyboard.press('Enter') },
    held,
  }
  return keys
}
