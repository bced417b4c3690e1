// A day typed, or picked from a calendar that is fetched only when it is opened. What is no day is refused by its form: an order never goes without it.
import { Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { Popover } from '@mantine/core'
import { parseDay } from '../format.ts'
import { useLang, useT } from '../i18n.tsx'
import { useToday } from '../session.ts'
import { Field } from './fields.tsx'
import { Icon } from './icons.tsx'
import { afterPress } from './press.ts'
import { part } from '../parts.ts'
import { kit } from './messages.ts'

const Calendar = part(() => import('./calendar.tsx'))
const written = (on: string | undefined) => (on ? on.split('-').reverse().join('/') : '')

/** `value` and answer are ISO days (`2026-12-31`); undefined: none, or not a day yet. `max` in the past: a day without a year is the last one, else the coming one. */
export function DateField({ label, hint, error, optional, value, onValue, min, max }: { label: string; hint?: string; error?: string | undefined; optional?: boolean | 'quiet'; value: string | undefined; onValue: (on: string | undefined) => void; min?: string; max?: string }) {
  const t = useT(kit)
  const { lang } = useLang()
  const today = useToday()
  const [text, setText] = useState(written(value))
  const [left, setLeft] = useState(false)
  const [open, setOpen] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const given = useRef(value)
  const give = (on: string | undefined) => { if (on !== given.current) { given.current = on; onValue(on) } }
  // What came from elsewhere is shown; what is being typed is not overwritten.
  useEffect(() => { if (value !== given.current) { given.current = value; setText(written(value)); setLeft(false) } }, [value])
  const read = (typed: string) => parseDay(typed, today, max)
  const day = read(text)
  const settle = () => { if (day) { setText(written(day)); give(day) } }
  const wrong = text.trim() !== '' && !day ? t('field.day.bad', { text: text.trim() }) : undefined
  const unread = wrong ?? (text.trim() !== '' && day !== value ? text : '')
  useEffect(() => input.current?.setCustomValidity(unread), [unread])
  // A short dialog would cut the month off without a sign; its place is known a moment after it is there.
  const inSight = useCallback((box: HTMLElement | null) => { if (box?.closest('.dialog')) setTimeout(() => box.scrollIntoView({ block: 'nearest' }), 60) }, [])
  return (
    <Field label={label} hint={hint} error={(left && wrong) || error} {...(optional ? { optional } : {})}>{(wiring) => (
      <Popover opened={open} onChange={setOpen} position="bottom-start" offset={4} trapFocus returnFocus withinPortal={false} classNames={{ dropdown: 'menu calendar' }}>
        <div className="input-with date">
          <input ref={input} className="input" {...wiring} inputMode="numeric" placeholder={t('field.day')} value={text}
            onInvalid={(event) => { event.preventDefault(); settle(); setLeft(true) }} onBlur={() => { settle(); afterPress(() => setLeft(true)) }} onKeyDown={(event) => { if (event.key === 'Enter') settle() }}
            onChange={(event) => { setText(event.target.value); setLeft(false); give(/\d{4}/.test(event.target.value) ? read(event.target.value) : undefined) }} />
          <Popover.Target><button type="button" className="input-side" aria-label={t('field.day.pick')} onClick={() => setOpen(!open)}><Icon name="event" size={16} /></button></Popover.Target>
        </div>
        <Popover.Dropdown ref={inSight}>{open && (
          <Suspense fallback={<div className="calendar-wait" />}>
            <Calendar lang={lang} value={day} {...(min ? { min } : {})} {...(max ? { max } : {})} onPick={(on) => { setText(written(on)); give(on); setOpen(false); input.current?.dispatchEvent(new Event('input', { bubbles: true })) /* something was entered, for a dialog that asks */ }} />
          </Suspense>
        )}</Popover.Dropdown>
      </Popover>
    )}</Field>
  )
}
