// An order done often takes its own button away. The focus then goes to what stands in its place, else to the heading, never to nothing and never out of sight.
import { useEffect } from 'react'

const FOCUSABLE = ':is(a[href], button, input, select, textarea):not([tabindex="-1"], :disabled)'

export function useKeptFocus(): void {
  useEffect(() => {
    let path: Element[] = []
    const remember = ({ target }: FocusEvent) => {
      path = []
      for (let at = target instanceof Element && target.closest('#main') ? target : null; at && at.id !== 'main'; at = at.parentElement) path.push(at)
      if (path.length === 0 && target instanceof Element) path = [target]
    }
    const keep = () => {
      if (path.length === 0 || path[0]!.isConnected || (document.activeElement && document.activeElement !== document.body)) return
      const near = path.find((one) => one.isConnected && one.querySelector(FOCUSABLE))
      const next = near?.querySelector<HTMLElement>(FOCUSABLE) ?? document.querySelector<HTMLElement>('h1') ?? document.getElementById('main')
      path = []
      next?.focus()
    }
    const watcher = new MutationObserver(keep)
    watcher.observe(document.body, { childList: true, subtree: true })
    addEventListener('focusin', remember)
    return () => { watcher.disconnect(); removeEventListener('focusin', remember) }
  }, [])
}
