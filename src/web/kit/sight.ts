// Which rows are in sight: only those are followed live, since a browser follows at most 200 topics for all its tabs.
import { useState } from 'react'

const SETTLED_MS = 300

/** `see` is the ref of each row's element that carries `data-see={id}`; `ids` are those in sight, at most `most`, once scrolling has settled. */
export function useSight(most = 60): { ids: readonly string[]; see: (element: HTMLElement | null) => (() => void) | undefined } {
  const [ids, setIds] = useState<readonly string[]>([])
  const [see] = useState(() => {
    const seen = new Set<Element>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        const next = [...new Set([...seen].map((one) => (one as HTMLElement).dataset['see']!))].slice(0, most).sort()
        setIds((before) => (before.join() === next.join() ? before : next))
      }, SETTLED_MS)
    }
    const observer = new IntersectionObserver((entries) => { for (const one of entries) if (one.isIntersecting) seen.add(one.target); else seen.delete(one.target); tell() }, { rootMargin: '120px' })
    return (element: HTMLElement | null) => {
      if (!element) return undefined
      observer.observe(element)
      return () => { observer.unobserve(element); seen.delete(element); tell() }
    }
  })
  return { ids, see }
}
