// Ctrl K: units by any way of typing them, pages and commands without accents, and what was opened lately.
import { useCallback, useEffect, useId, useMemo, useState } from 'react'
import { Modal } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { fold, initials } from '../../pure/text.ts'
import { q } from '../client.ts'
import { wayToFound } from '../../capabilities/searches/ui/kinds.ts'
import { searches } from '../../capabilities/searches/ui/messages.ts'
import { useLang, useT } from '../i18n.tsx'
import { Icon, useDebounced } from '../kit/kit.ts'
import type { IconName } from '../kit/kit.ts'
import { isComposing } from '../keys.ts'
import { useMe } from '../session.ts'
import { useTheme } from '../theme/theme.tsx'
import { shell } from './messages.ts'
import { places } from './places.ts'
import { recent } from './recent.ts'

const ICONS: Record<string, IconName> = { task: 'tasks', plan: 'edit', proposal: 'edit', report: 'upload', body: 'person', meeting: 'event', event: 'event', programme: 'event' }
type Entry = { id: string; group: string; name: string; note?: string; icon: IconName; run: () => void }

/** What is done often, by right: a page that begins it. */
const COMMANDS: readonly { name: `do.${'paste' | 'directive' | 'late' | 'ask' | 'paper' | 'plan' | 'proposal' | 'session' | 'programme' | 'template' | 'units' | 'staff'}`; to: string; search?: Record<string, string>; right: string; icon: IconName }[] = [
  { name: 'do.paste', to: '/tasks/import', right: 'task.assign', icon: 'upload' }, { name: 'do.directive', to: '/directives/new', right: 'task.assign', icon: 'file' }, { name: 'do.late', to: '/tasks', search: { scope: 'issued', state: 'overdue' }, right: 'task.assign', icon: 'bell' },
  { name: 'do.ask', to: '/reports/ask', right: 'report.ask', icon: 'upload' }, { name: 'do.paper', to: '/papers/new', right: 'paper.issue', icon: 'file' }, { name: 'do.plan', to: '/plans/new', right: 'plan.edit', icon: 'edit' },
  { name: 'do.proposal', to: '/proposals/new', right: 'proposal.write', icon: 'edit' }, { name: 'do.session', to: '/bodies', right: 'meeting.edit', icon: 'person' },
  { name: 'do.programme', to: '/programmes/new', right: 'programme.create', icon: 'event' }, { name: 'do.template', to: '/templates/import', right: 'template.import', icon: 'upload' }, { name: 'do.units', to: '/units/import', right: 'unit.import', icon: 'units' }, { name: 'do.staff', to: '/people/import', right: 'person.edit', icon: 'person' },
]

/** The typed letters stand in the name in this order, the first at the beginning of a word: "bsanang" finds Bảng sẵn sàng. */
export function inLetters(name: string, typed: string): boolean {
  const [key, letters] = [fold(name), fold(typed).replaceAll(' ', '')]
  if (letters.length < 3) return false
  return key.split(' ').some((_, word, words) => {
    let from = 0
    const rest = words.slice(word).join('')
    return rest.startsWith(letters[0]!) && [...letters].every((letter) => { const at = rest.indexOf(letter, from); from = at + 1; return at >= 0 })
  })
}

/** Every typed word begins a word of the name, or the letters are first letters of its words: "bss" finds Bảng sẵn sàng. */
export function matches(name: string, typed: string): boolean {
  const [key, words] = [fold(name), fold(typed).split(' ').filter(Boolean)]
  return words.every((word) => key.split(' ').some((part) => part.startsWith(word))) || (typed.length > 1 && initials(key).includes(words.join('')))
}

/** `early`: what was typed before this was there. `menu`: opened as the list of all places on a phone, so its keyboard stays away until the field is touched. */
export default function Palette({ onClose, onHelp, menu, early }: { onClose: () => void; onHelp: () => void; menu: boolean; early: { current: string } }) {
  const t = useT(shell)
  const ts = useT(searches)
  const me = useMe()
  const list = useId()
  const navigate = useNavigate()
  const { lang, setLang } = useLang()
  const { setTheme } = useTheme()
  const [text, setText] = useState(() => (menu ? '' : early.current))
  // The field takes the keys over in the moment it is there: what was typed since the palette was asked for is in it, and nothing falls between.
  const taken = useCallback((field: HTMLInputElement | null) => { if (field && !menu) { setText(early.current); field.focus({ preventScroll: true }) } }, [menu, early])
  const [at, setAt] = useState(0)
  const typed = text.trim()
  const wanted = useDebounced(typed, 90)
  const found = useQuery({ ...q.units.search.queryOptions({ input: { q: wanted, limit: 8 } }), enabled: wanted.length > 0, placeholderData: keepPreviousData })
  // The one search looks inside records: asked when the typing pauses, and its answer is not waited for.
  const late = useDebounced(typed, 250)
  const records = useQuery({ ...q.searches.find.queryOptions({ input: { q: late, limit: 3 } }), enabled: late.length > 1, placeholderData: keepPreviousData })

  const entries = useMemo((): Entry[] => {
    const go = (to: string) => () => void navigate({ to: to as '/' })
    const fixed: Entry[] = [
      ...places.filter((place) => !place.right || me?.rights.includes(place.right)).map((place) => ({ id: place.to, group: t('find.pages'), name: t(place.name), icon: place.icon, run: go(place.to) })),
      { id: 'account', group: t('find.pages'), name: t('account.self'), icon: 'person', run: go('/account') },
      ...COMMANDS.filter((one) => me?.rights.includes(one.right)).map(({ name, to, search, icon }): Entry => ({ id: name, group: t('find.commands'), name: t(name), icon, run: () => void navigate({ to: to as '/', ...(search ? { search: search as never } : {}) }) })),
      { id: 'lang', group: t('find.commands'), name: t('lang.switch'), icon: 'globe', run: () => setLang(lang === 'vi' ? 'en' : 'vi') },
      { id: 'light', group: t('find.commands'), name: t('theme.toggle.light'), icon: 'sun', run: () => setTheme('light') },
      { id: 'dark', group: t('find.commands'), name: t('theme.toggle.dark'), icon: 'moon', run: () => setTheme('dark') },
      { id: 'help', group: t('find.commands'), name: t('help'), icon: 'keyboard', run: onHelp },
      { id: 'kit', group: t('find.commands'), name: t('kit'), icon: 'board', run: go('/kit') },
    ]
    if (!typed) return [...recent().map((one): Entry => ({ id: `r${one.to}`, group: t('find.recent'), name: one.name, icon: 'clock', run: go(one.to), ...(one.note ? { note: one.note } : {}) })), ...fixed]
    const units: Entry[] = (found.data?.items ?? []).map((unit) => ({ id: unit.id, group: t('find.units'), name: unit.name, note: unit.parents.map((parent) => parent.name).join(', '), icon: 'units', run: go(`/units/${unit.id}`) }))
    const everywhere: Entry = { id: 'search', group: t('find.everywhere'), name: t('find.all', { text: typed }), icon: 'search', run: () => void navigate({ to: '/search', search: { q: typed } }) }
    const kinds = late === typed && !records.isPlaceholderData ? records.data?.groups ?? [] : []
    const more = kinds.filter((group) => group.of !== 'unit' && group.of !== 'text').flatMap((group) => group.items.map((one): Entry => ({ id: `${one.kind}${one.id}`, group: ts(`of.${group.of}`), name: one.title || ts('gone'), icon: ICONS[one.kind] ?? 'file', run: go(wayToFound(one)), ...(one.note ? { note: one.note } : {}) })))
    const near = fixed.filter((one) => matches(one.name, typed))
    return [...near, ...fixed.filter((one) => !near.includes(one) && inLetters(one.name, typed)), ...units, ...more, everywhere]
      .map((one, i, all) => ({ one, first: all.findIndex((other) => other.group === one.group), i })).sort((a, b) => a.first - b.first || a.i - b.i).map(({ one }) => one)
  }, [typed, late, ts, records.data, records.isPlaceholderData, found.data, t, me, lang, navigate, onHelp, setLang, setTheme])

  const here = Math.min(at, entries.length - 1)
  // Enter pressed faster than the answer comes waits for it: it must never open what was found for half a word.
  const settled = typed === '' || (wanted === typed && !found.isPlaceholderData && !found.isFetching)
  const [entered, setEntered] = useState(false)
  const run = (entry: Entry | undefined) => { if (entry) { onClose(); entry.run() } }
  useEffect(() => { if (entered && settled) { setEntered(false); run(entries[here]) } }) // eslint-disable-line react-hooks/exhaustive-deps -- whenever it settles
  const keys = (event: React.KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, PageDown: here + 8, PageUp: here - 8 }[event.key]
    if (to !== undefined) { event.preventDefault(); const next = Math.max(0, Math.min(entries.length - 1, to)); setAt(next); document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: 'nearest' }) }
    if (event.key === 'Enter') { event.preventDefault(); if (settled) run(entries[here]); else setEntered(true) }
  }
  return (
    <Modal.Root opened onClose={onClose} lockScroll={false} size={600} yOffset="9vh" padding={0} transitionProps={{ duration: 0 }} classNames={{ content: 'dialog palette' }}>
      <Modal.Overlay color="var(--veil)" backgroundOpacity={1} />
      <Modal.Content aria-label={t('find.label')}><Modal.Body>
      <div className="palette-head"><Icon name="search" />
        <input ref={taken} data-autofocus={menu ? undefined : true} role="combobox" aria-expanded="true" aria-controls={list} aria-activedescendant={entries[here] ? `${list}-${here}` : undefined} aria-autocomplete="list" aria-label={t('find.label')} placeholder={t('find')} autoComplete="off" spellCheck={false}
          value={text} onChange={(event) => { setText(event.target.value); setAt(0); setEntered(false) }} onKeyDown={keys} />
        <kbd>Esc</kbd>
      </div>
      <ul role="listbox" id={list} aria-label={t('find.label')} className="palette-list" tabIndex={-1} data-autofocus={menu ? true : undefined}>
        {entries.map((entry, i) => [
          entries[i - 1]?.group !== entry.group && <li key={`g${entry.group}`} role="presentation" className="menu-heading">{entry.group}</li>,
          <li key={entry.id} id={`${list}-${i}`} role="option" aria-selected={i === here} onPointerMove={() => setAt(i)} onClick={() => run(entry)}><Icon name={entry.icon} size={16} /><span>{entry.name}</span>{entry.note && <small className="soft clip">{entry.note}</small>}</li>,
        ])}
      </ul>
      {entries.length === 0 && settled && <p className="palette-none soft" role="status">{t('find.none', { text: wanted })}</p>}
      <p className="palette-foot">{t('find.hint')}</p>
      </Modal.Body></Modal.Content>
    </Modal.Root>
  )
}
