// One unit, found as people type: without accents, abbreviated, by code, with its parents shown (27 communes are called Tân Thành).
import { useEffect, useId, useRef, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { q } from '../client.ts'
import { useT } from '../i18n.tsx'
import { isComposing } from '../keys.ts'
import { Field } from './fields.tsx'
import { Icon } from './icons.tsx'
import { kit } from './messages.ts'

export type UnitChoice = { id: string; code: string; name: string; kind: string; parents?: readonly { name: string }[] }

export function useDebounced<V>(value: V, ms: number): V {
  const [late, set] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => set(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return late
}

/** Words typed above a list, told once they rest: not when the reader is on the way to another page already, which telling them would call back. */
export function useTyped(said: string, tell: (words: string) => void, ms = 200): [text: string, setText: (text: string) => void, words: string] {
  const [text, setText] = useState(said)
  const words = useDebounced(text.trim(), ms)
  const page = useRef(location.pathname)
  useEffect(() => { if (words !== said && location.pathname === page.current) tell(words) }, [words]) // eslint-disable-line react-hooks/exhaustive-deps -- follows what is typed
  return [text, setText, words]
}

export function UnitField({ label, hint, error, optional, value, onValue, under, kind, right }: { label: string; hint?: string; error?: string | undefined; optional?: boolean | 'quiet'; value: UnitChoice | undefined; onValue: (unit: UnitChoice | undefined) => void; under?: string; kind?: string; /** Only units at which one holds it, so that none is offered of which nothing may be read. */ right?: string }) {
  const t = useT(kit)
  const list = useId()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const wanted = useDebounced(text.trim(), 120)
  const found = useQuery({ ...q.units.search.queryOptions({ input: { q: wanted, limit: 12, ...(under ? { under } : {}), ...(kind ? { kind } : {}), ...(right ? { right } : {}) } }), enabled: open && wanted.length > 0, placeholderData: keepPreviousData })
  const hits = wanted && found.data ? found.data.items : []
  // Enter pressed faster than the answer comes waits for it: it must never take what was found for other words.
  const settled = wanted === text.trim() && found.isSuccess && !found.isPlaceholderData
  const [entered, setEntered] = useState(false)
  const choose = (unit: UnitChoice) => { onValue(unit); setText(''); setOpen(false); requestAnimationFrame(() => input.current?.focus()) }
  useEffect(() => { if (entered && settled) { setEntered(false); if (hits[at]) choose(hits[at]) } }) // eslint-disable-line react-hooks/exhaustive-deps -- whenever it settles
  // A short dialog would cut the list off without a sign.
  useEffect(() => { if (open && hits.length > 0 && input.current?.closest('.dialog')) document.getElementById(list)?.scrollIntoView({ block: 'nearest' }) }, [open, hits.length, list])
  const keys = (event: React.KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'ArrowDown') { event.preventDefault(); setOpen(true); setAt(Math.min(at + 1, hits.length - 1)) }
    else if (event.key === 'ArrowUp') { event.preventDefault(); setAt(Math.max(at - 1, 0)) }
    else if (event.key === 'Enter' && open && text.trim()) { event.preventDefault(); if (settled) { if (hits[at]) choose(hits[at]) } else setEntered(true) }
    else if (event.key === 'Escape' && open) { event.stopPropagation(); setOpen(false) }
    else if (event.key === 'Backspace' && text === '' && value) onValue(undefined)
  }
  return (
    <Field label={label} hint={hint} error={error} {...(optional ? { optional } : {})}>{(wiring) => (
      <div className="combo" onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false) }}>
        <div className="input combo-box">
          {value && <span className="combo-value"><span>{value.name}</span>{value.parents?.[0] && <small className="soft">{value.parents[0].name}</small>}<button type="button" className="icon-button" aria-label={t('unit.clear')} onClick={() => { onValue(undefined); input.current?.focus() }}><Icon name="close" size={12} /></button></span>}
          <input {...wiring} ref={input} role="combobox" aria-expanded={open && wanted.length > 0} aria-controls={list} aria-autocomplete="list" aria-activedescendant={open && hits[at] ? `${list}-${at}` : undefined} autoComplete="off" spellCheck={false}
            placeholder={value ? '' : t('unit.find')} value={text} onChange={(event) => { setText(event.target.value); setOpen(true); setAt(0); setEntered(false) }} onFocus={() => setOpen(true)} onKeyDown={keys} />
        </div>
        <span className="hidden-visually" role="status">{open && wanted ? (found.isFetching ? t('unit.searching') : t('unit.found', { count: hits.length })) : ''}</span>
        <ul className="menu combo-list" role="listbox" id={list} aria-label={label} hidden={!open || !wanted}>
          {hits.map((unit, i) => (
            <li key={unit.id} id={`${list}-${i}`} role="option" aria-selected={i === at} onPointerMove={() => setAt(i)} onPointerDown={(event) => event.preventDefault()} onClick={() => choose(unit)}>
              <span>{unit.name}</span><small className="soft">{unit.parents.map((parent) => parent.name).join(', ')}</small>
            </li>
          ))}
          {wanted && found.isSuccess && hits.length === 0 && <li className="combo-none soft" role="option" aria-selected="false" aria-disabled="true">{t('unit.none', { text: wanted })}</li>}
        </ul>
      </div>
    )}</Field>
  )
}
