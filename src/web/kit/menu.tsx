// Own, on the browser's popover: Mantine's menu puts focus traps and labels where a menu may have none (axe: aria-required-children), and leaves the
// landmark of its button. The top layer is above every dialog and is clipped by no card.
import { cloneElement, useId, useRef, useState } from 'react'
import type { KeyboardEvent, ReactElement } from 'react'
import { fold } from '../../pure/text.ts'
import { isComposing } from '../keys.ts'
import { Icon } from './icons.tsx'
import type { IconName } from './icons.tsx'

type Item = { label: string; icon?: IconName; run: () => void; danger?: boolean; disabled?: boolean; checked?: boolean; hint?: string }
export type MenuItem = Item | 'line' | { heading: string }

/** A line or a heading begins a group. */
function groupsOf(items: readonly MenuItem[]): { heading?: string; items: Item[] }[] {
  const groups: { heading?: string; items: Item[] }[] = [{ items: [] }]
  for (const item of items) {
    const last = groups.at(-1)!
    if (item === 'line') { if (last.items.length > 0) groups.push({ items: [] }) }
    else if ('heading' in item) { if (last.items.length > 0) groups.push({ heading: item.heading, items: [] }); else last.heading = item.heading }
    else last.items.push(item)
  }
  return groups.filter((group) => group.items.length > 0)
}

/** Opened by its button (its only child); arrows, Home, End and first letters move, Esc and Tab go back to the button. */
export function Menu({ items, children, align = 'end' }: { items: readonly MenuItem[]; children: ReactElement<Record<string, unknown>>; align?: 'start' | 'end' }) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const button = () => document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(id)}"]`)
  const all = () => [...menu.current!.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)')]

  const place = () => {
    const [box, at] = [menu.current!, button()!.getBoundingClientRect()]
    const above = innerHeight - at.bottom < 300 && at.top > innerHeight - at.bottom
    const edge = document.documentElement.clientWidth
    Object.assign(box.style, {
      top: above ? 'auto' : `${at.bottom + 4}px`, bottom: above ? `${innerHeight - at.top + 4}px` : 'auto', maxHeight: `${(above ? at.top : innerHeight - at.bottom) - 16}px`,
      left: align === 'start' ? `${Math.min(at.left, edge - 200)}px` : 'auto', right: align === 'end' ? `${Math.max(8, edge - at.right)}px` : 'auto',
    })
    // Its width is known once it is shown, before it is painted: a button near the other edge of a telephone leaves it too little room.
    requestAnimationFrame(() => {
      const { left, width } = box.getBoundingClientRect()
      const inside = Math.max(8, Math.min(left, edge - 8 - width))
      if (inside !== left) Object.assign(box.style, { left: `${inside}px`, right: 'auto' })
    })
  }
  const keys = (event: KeyboardEvent) => {
    const list = all()
    const here = list.indexOf(document.activeElement as HTMLElement)
    const go = (to: number) => { event.preventDefault(); list[(to + list.length) % list.length]?.focus() }
    if (event.key === 'ArrowDown') go(here + 1)
    else if (event.key === 'ArrowUp') go(here - 1)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(-1)
    else if (event.key === 'Tab') menu.current!.hidePopover()
    else if (event.key.length === 1 && event.key !== ' ' && !isComposing(event.nativeEvent)) {
      const letter = fold(event.key)
      const next = [...list.slice(here + 1), ...list.slice(0, here + 1)].find((one) => letter && fold(one.textContent ?? '').startsWith(letter))
      if (next) { event.preventDefault(); next.focus() }
    }
  }
  const one = (item: Item, i: number) => (
    <button key={i} type="button" tabIndex={-1} className={`menu-item${item.danger ? ' danger' : ''}`} disabled={item.disabled} onClick={() => { menu.current!.hidePopover(); item.run() }}
      {...(item.checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': item.checked })}>
      {item.checked === undefined ? item.icon && <Icon name={item.icon} size={16} /> : <span className="menu-check">{item.checked && <Icon name="check" size={14} />}</span>}
      <span className="menu-label">{item.label}</span>{item.hint && <kbd aria-hidden="true">{item.hint}</kbd>}
    </button>
  )
  return (
    <>
      {cloneElement(children, { popoverTarget: id, 'aria-haspopup': 'menu', 'aria-expanded': open })}
      <div ref={menu} id={id} popover="auto" role="menu" className="menu" onKeyDown={keys} onBeforeToggle={(event) => { if (event.newState === 'open') place() }}
        onToggle={(event) => { setOpen(event.newState === 'open'); if (event.newState === 'open') all()[0]?.focus() }}>
        {groupsOf(items).map((group, g) => (
          <div key={g} role="group" aria-label={group.heading} className="menu-group">{group.heading && <div className="menu-heading" aria-hidden="true">{group.heading}</div>}{group.items.map(one)}</div>
        ))}
      </div>
    </>
  )
}
