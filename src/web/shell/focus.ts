// An order done often takes its own button away. The focus then goes to what stands in its place, else to the heading, never to nothing and never out of sight.
import { useEffect } from 'react'

const FOCUSABLE = ':is(a[href], button, input, select, textarea):not([tabindex="-1"], :disabled)'

export function useKeptFocus(): void {
  useEffect(() => {
    let path: Element[] = []
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return
      // What is lost in a dialog stays in it; from what is lost in the page one may as well go to its heading.
      const whole = target.closest('[role=dialog], #main > *')
      path = [target]
      for (let at = target; whole && at !== whole;) path.push(at = at.parentElement!)
    }
    const keep = () => {
      if (path.length === 0 || path[0]!.isConnected || (document.activeElement && document.activeElement !== document.body)) return
      const near = path.find((one) => one.isConnected && one.querySelector(FOCUSABLE))
      const next = near?.querySelector<HTMLElement>(FOCUSABLE) ?? document.querySelector<HTMLElement>('h1') ?? document.getElementById('main')
      // A row of a long table that was only scrolled away keeps nobody from scrolling on.
      const scrolledOff = path.some((one) => one.matches('tr[aria-rowindex]'))
      path = []
      next?.focus({ preventScroll: scrolledOff })
    }
    const watcher = new MutationObserver(keep)
    watcher.observe(document.body, { childList: true, subtree: true })
    addEventListener('focusin', remember)
    return () => { watcher.disconnect(); removeEventListener('focusin', remember) }
  }, [])
}
