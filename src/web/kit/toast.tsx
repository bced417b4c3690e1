// Short messages that answer what was just done. Read out as they come; they stay while the pointer or the focus is on them.
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { useT } from '../i18n.tsx'
import { Icon } from './icons.tsx'
import { kit } from './messages.ts'

type Message = { id: number; text: string; look: 'good' | 'bad'; action?: { label: string; run: () => void } }
let messages: readonly Message[] = []
let last = 0
const watchers = new Set<() => void>()
const timers = new Map<number, ReturnType<typeof setTimeout>>()
const set = (next: readonly Message[]) => { messages = next; watchers.forEach((watch) => watch()) }

const dismiss = (id: number) => { clearTimeout(timers.get(id)); timers.delete(id); set(messages.filter((one) => one.id !== id)) }
const arm = (one: Message) => { clearTimeout(timers.get(one.id)); timers.set(one.id, setTimeout(() => dismiss(one.id), one.action || one.look === 'bad' ? 12_000 : 6000)) }

/** `action`: one thing that can be done about it (undo, open). */
export function toast(text: string, { look = 'good', action }: { look?: 'good' | 'bad'; action?: { label: string; run: () => void } } = {}): void {
  const one: Message = { id: ++last, text, look, ...(action ? { action } : {}) }
  set([...messages.filter((before) => before.text !== text).slice(-2), one])
  arm(one)
}

export function Toasts() {
  const t = useT(kit)
  const shown = useSyncExternalStore((watch) => { watchers.add(watch); return () => watchers.delete(watch) }, () => messages)
  const box = useRef<HTMLDivElement>(null)
  // What has the focus is never covered: where it would be, they stand just above or below it, and so not on the buttons of the page's head.
  useLayoutEffect(() => {
    const rise = (by: number) => { if (box.current) box.current.style.translate = `0 ${-by}px` }
    const look = () => {
      const at = document.activeElement
      if (!box.current || !at || at === document.body || box.current.contains(at)) return
      const [one, other] = [at.getBoundingClientRect(), box.current.getBoundingClientRect()]
      // Where they stand by themselves: measured without the rise, which takes until the next frame.
      const bottom = innerHeight - parseFloat(getComputedStyle(box.current).bottom)
      const top = bottom - box.current.offsetHeight
      const over = one.right > other.left && one.left < other.right && one.bottom > top && one.top < bottom
      const [up, down] = [bottom - one.top + 8, one.bottom + 8 - top]
      // Where there is no room above it, as in a dialog, below it.
      rise(!over ? 0 : up <= top - 64 ? up : bottom + down <= innerHeight - 8 ? -down : Math.max(0, Math.min(up, top - 64)))
    }
    if (shown.length === 0) return rise(0)
    look()
    addEventListener('focusin', look)
    addEventListener('scroll', look, { passive: true, capture: true }) // also of a table within the page
    // What comes in above it moves it without a scroll; the page then has another height.
    const grown = new ResizeObserver(look)
    for (const one of [document.body, document.querySelector('main')]) if (one) grown.observe(one)
    return () => { removeEventListener('focusin', look); removeEventListener('scroll', look, { capture: true }); grown.disconnect() }
  }, [shown])
  return (
    <div ref={box} className="toasts" role="region" aria-label={t('toast.region')}>
      <div aria-live="polite" aria-atomic="false" role="log">
        {shown.map((one) => (
          <div key={one.id} className={`toast ${one.look}`} onPointerEnter={() => clearTimeout(timers.get(one.id))} onPointerLeave={() => arm(one)} onFocus={() => clearTimeout(timers.get(one.id))} onBlur={() => arm(one)}>
            <Icon name={one.look === 'bad' ? 'alert' : 'check'} size={16} /><span>{one.text}</span>
            {one.action && <button type="button" className="button quiet small" onClick={() => { one.action!.run(); dismiss(one.id) }}>{one.action.label}</button>}
            <button type="button" className="icon-button" aria-label={t('toast.close')} onClick={() => dismiss(one.id)}><Icon name="close" size={14} /></button>
          </div>
        ))}
      </div>
    </div>
  )
}
