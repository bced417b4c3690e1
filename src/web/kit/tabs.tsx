import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'

export type Tab = { id: string; label: string; count?: number | string; content: () => ReactNode }

/** Arrows move and choose. Keep the chosen one in the address (`?tab=`), so that it can be sent to a colleague. */
export function Tabs({ tabs, chosen, onChoose, label }: { tabs: readonly Tab[]; chosen: string; onChoose: (id: string) => void; label: string }) {
  const base = useId()
  const list = useRef<HTMLDivElement>(null)
  const at = Math.max(0, tabs.findIndex((tab) => tab.id === chosen))
  // The router takes over what was scrolled to the next address: named after the chosen one, the row is not put back to where the last one stood.
  // Sideways alone: scrollIntoView would move a low page down to its tabs.
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>('[aria-selected="true"]')
    if (list.current && tab) list.current.scrollLeft += tab.getBoundingClientRect().left - list.current.getBoundingClientRect().left - (list.current.clientWidth - tab.offsetWidth) / 2
  }, [at])
  const go = (to: number) => {
    const next = tabs[(to + tabs.length) % tabs.length]!
    onChoose(next.id)
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus()
  }
  const keys: Record<string, () => void> = { ArrowRight: () => go(at + 1), ArrowLeft: () => go(at - 1), Home: () => go(0), End: () => go(tabs.length - 1) }
  return (
    <div className="tabs">
      <div className="tabs-list" role="tablist" aria-label={label} ref={list} data-scroll-restoration-id={`tabs ${tabs[at]?.id}`} onKeyDown={(event) => { const run = keys[event.key]; if (run) { event.preventDefault(); run() } }}>
        {tabs.map((tab, i) => (
          <button key={tab.id} type="button" role="tab" data-tab={tab.id} id={`${base}-${tab.id}`} aria-selected={i === at} aria-controls={i === at ? `${base}-panel` : undefined} tabIndex={i === at ? 0 : -1} onClick={() => onChoose(tab.id)}>
            {tab.label}{tab.count !== undefined && <span className="count">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${tabs[at]?.id}`} className="tabs-panel">{tabs[at]?.content()}</div>
    </div>
  )
}
