// dd/MM/yyyy typed, or picked from a calendar that is fetched only when it is opened.
import { Suspense, useCallback, useEffect, useState } from 'react'
import { Popover } from '@mantine/core'
import { parseDay } from '../format.ts'
import { useLang, useT } from '../i18n.tsx'
import { Field } from './fields.tsx'
import { Icon } from './icons.tsx'
import { part } from '../parts.ts'
import { kit } from './messages.ts'

const Calendar = part(() => import('./calendar.tsx'))
const written = (on: string | undefined) => (on ? on.split('-').reverse().join('/') : '')

/** `value` and answer are ISO days (`2026-12-31`); undefined: none, or not a day yet. */
export function DateField({ label, hint, error, optional, value, onValue, min, max }: { label: string; hint?: string; error?: string | undefined; optional?: boolean | 'quiet'; value: string | undefined; onValue: (on: string | undefined) => void; min?: string; max?: string }) {
  const t = useT(kit)
  const { lang } = useLang()
  const [text, setText] = useState(written(value))
  const [left, setLeft] = useState(false)
  const [open, setOpen] = useState(false)
  useEffect(() => { if (value && parseDay(text) !== value) setText(written(value)) }, [value]) // eslint-disable-line react-hooks/exhaustive-deps -- typing must not be overwritten
  // A short dialog would cut the month off without a sign; its place is known a moment after it is there.
  const inSight = useCallback((box: HTMLElement | null) => { if (box?.closest('.dialog')) setTimeout(() => box.scrollIntoView({ block: 'nearest' }), 60) }, [])
  const bad = left && text.trim() !== '' && !parseDay(text) ? t('field.day.bad') : undefined
  return (
    <Field label={label} hint={hint} error={error ?? bad} {...(optional ? { optional } : {})}>{(wiring) => (
      <Popover opened={open} onChange={setOpen} position="bottom-start" offset={4} trapFocus returnFocus withinPortal={false} classNames={{ dropdown: 'menu calendar' }}>
        <div className="input-with date">
          <input className="input" {...wiring} inputMode="numeric" placeholder={t('field.day')} value={text} onBlur={() => setLeft(true)}
            onChange={(event) => { setText(event.target.value); setLeft(false); onValue(parseDay(event.target.value)) }} />
          <Popover.Target><button type="button" className="input-side" aria-label={t('field.day.pick')} onClick={() => setOpen(!open)}><Icon name="event" size={16} /></button></Popover.Target>
        </div>
        <Popover.Dropdown ref={inSight}>{open && (
          <Suspense fallback={<div className="calendar-wait" />}>
            <Calendar lang={lang} value={parseDay(text)} {...(min ? { min } : {})} {...(max ? { max } : {})} onPick={(on) => { setText(written(on)); onValue(on); setOpen(false) }} />
          </Suspense>
        )}</Popover.Dropdown>
      </Popover>
    )}</Field>
  )
}
