// Short messages that answer what was just done. Read out as they come; they stay while the focus is on them or the pointer has come to them, not where they came under a pointer at rest.
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

/** Beside each other they touch already: each tenth that comes under is told. */
const SHARES = Array.from({ length: 11 }, (_, i) => i / 10)

export function Toasts() {
  const t = useT(kit)
  const shown = useSyncExternalStore((watch) => { watchers.add(watch); return () => watchers.delete(watch) }, () => messages)
  const box = useRef<HTMLDivElement>(null)
  const lift = useRef(0)
  // What has the focus is never covered: where it would be, they stand just above or below it, and so not on the buttons of the page's head.
  useLayoutEffect(() => {
    let seen: IntersectionObserver | undefined
    let watched: Element | null = null
    const rise = (by: number, at: Element | null) => {
      if (by === lift.current && at === watched) return
      lift.current = by
      watched = at
      if (!box.current) return
      box.current.style.translate = `0 ${-by}px`
      seen?.disconnect()
      // What has the focus may be moved by what opens or loads above it: told as soon as it comes under the place where they stand now.
      const [{ top, right, bottom, left }, { clientWidth, clientHeight }] = [box.current.getBoundingClientRect(), document.documentElement]
      if (at) (seen = new IntersectionObserver((found) => { if (found.at(-1)?.isIntersecting) look() }, { rootMargin: `${-top}px ${right - clientWidth}px ${bottom - clientHeight}px ${-left}px`, threshold: SHARES })).observe(at)
    }
    const look = () => {
      const at = document.activeElement
      if (!box.current || !at || at === document.body || box.current.contains(at)) return
      const [one, other] = [at.getBoundingClientRect(), box.current.getBoundingClientRect()]
      const [top, bottom] = [other.top + lift.current, other.bottom + lift.current]
      const over = one.right > other.left && one.left < other.right && one.bottom > top && one.top < bottom
      const [up, down] = [bottom - one.top + 8, one.bottom + 8 - top]
      // Where there is no room above it, as in a dialog, below it.
      rise(!over ? 0 : up <= top - 64 ? up : bottom + down <= innerHeight - 8 ? -down : Math.max(0, Math.min(up, top - 64)), at)
    }
    if (shown.length === 0) return rise(0, null)
    look()
    addEventListener('focusin', look)
    addEventListener('scroll', look, { passive: true, capture: true })
    return () => { removeEventListener('focusin', look); removeEventListener('scroll', look, { capture: true }); seen?.disconnect() }
  }, [shown])
  return (
    <div ref={box} className="toasts" role="region" aria-label={t('toast.region')}>
      <div aria-live="polite" aria-atomic="false" role="log">
        {shown.map((one) => (
          <div key={one.id} className={`toast ${one.look}`} onPointerMove={({ movementX, movementY }) => { if (movementX || movementY) clearTimeout(timers.get(one.id)) }} onPointerLeave={() => arm(one)} onFocus={() => clearTimeout(timers.get(one.id))} onBlur={() => arm(one)}>
            <Icon name={one.look === 'bad' ? 'alert' : 'check'} size={16} /><span>{one.text}</span>
            {one.action && <button type="button" className="button quiet small" onClick={() => { one.action!.run(); dismiss(one.id) }}>{one.action.label}</button>}
            <button type="button" className="icon-button" aria-label={t('toast.close')} onClick={() => dismiss(one.id)}><Icon name="close" size={14} /></button>
          </div>
        ))}
      </div>
    </div>
  )
}
