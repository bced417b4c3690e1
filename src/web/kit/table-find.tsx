// Find and copy for a table of which only a part is in the page.
import { useEffect, useMemo, useRef, useState } from 'react'
import { fold } from '../../pure/text.ts'
import { copy } from '../copy.ts'
import { useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { isComposing } from '../keys.ts'
import { IconButton } from './buttons.tsx'
import { kit } from './messages.ts'
import { hitsIn, html, onceOf, tsv } from './table-text.ts'
import type { Sheet } from './table-text.ts'
import { toast } from './toast.tsx'

/** Ctrl C where no words are marked and nothing is typed: `of` says which rows are meant, if any. What is returned copies by a button. */
export function useCopy(of: (at: Node | null) => Sheet | undefined): (sheet: Sheet | undefined) => void {
  const t = useT(kit)
  const { number } = useFormat()
  const latest = useRef(of)
  latest.current = of
  useEffect(() => {
    const copied = (event: ClipboardEvent) => {
      const at = document.activeElement
      if (event.defaultPrevented || !event.clipboardData || !getSelection()?.isCollapsed || (at && /^(INPUT|TEXTAREA)$/.test(at.tagName) && (at as HTMLInputElement).type !== 'checkbox')) return
      const sheet = latest.current(event.target as Node | null)
      if (!sheet || sheet.rows.length === 0) return
      event.clipboardData.setData('text/plain', tsv(sheet))
      event.clipboardData.setData('text/html', html(sheet))
      event.preventDefault()
      toast(t('table.copied', { n: number(sheet.rows.length) }))
    }
    document.addEventListener('copy', copied)
    return () => document.removeEventListener('copy', copied)
  }, [t, number])
  return (sheet) => { if (sheet && sheet.rows.length > 0) void copy({ 'text/plain': tsv(sheet), 'text/html': html(sheet) }, t('table.copied', { n: number(sheet.rows.length) })) }
}

const SLICE = 800
type Props<R> = { rows: readonly R[]; keyOf: (row: R) => string; textOf: (row: R) => string; /** Said where not every row is loaded. */ part?: string | false; onGo: (key: string | undefined) => void; onClose: () => void }

/** The browser finds only what is in the page; this finds in every row. Pressed again, Ctrl F is the browser's. */
export function TableFind<R>({ rows, keyOf, textOf, part, onGo, onClose }: Props<R>) {
  const t = useT(kit)
  const { number } = useFormat()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [folded, setFolded] = useState<readonly string[]>([])
  // A row that did not change is not folded anew; in another language its words are others.
  const once = useMemo(() => onceOf<R, string>(), [t]) // eslint-disable-line react-hooks/exhaustive-deps -- one for each language
  const of = useRef(textOf)
  of.current = textOf
  // In slices: twelve thousand rows at once would hold up what is typed.
  useEffect(() => {
    const made: string[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const more = () => {
      for (const row of rows.slice(made.length, made.length + SLICE)) made.push(once(row, () => fold(of.current(row))))
      if (made.length < rows.length) timer = setTimeout(more); else setFolded(made)
    }
    more()
    return () => clearTimeout(timer)
  }, [rows, once])
  const wanted = fold(text)
  const hits = useMemo(() => hitsIn(folded, wanted).flatMap((i) => (rows[i] ? [rows[i]] : [])), [rows, folded, wanted])
  const to = (n: number) => { if (hits.length > 0) { const next = (n + hits.length) % hits.length; setAt(next); onGo(keyOf(hits[next]!)) } }
  const first = hits[0] && keyOf(hits[0])
  useEffect(() => { setAt(0); onGo(first) }, [wanted, first]) // eslint-disable-line react-hooks/exhaustive-deps -- a new word begins at the first
  return (
    <div className="table-find no-print" role="search" aria-label={t('table.find')}>
      <input className="input" type="search" autoFocus aria-label={t('table.find')} title={t('table.find.hint')} value={text} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return
        if (event.key === 'Enter') { event.preventDefault(); to(at + (event.shiftKey ? -1 : 1)) } else if (event.key === 'Escape') { event.preventDefault(); onClose() }
      }} />
      <span className="soft" role="status">{wanted ? hits.length === 0 ? t('table.find.none') : t('table.find.count', { at: number(at + 1), n: number(hits.length) }) : ''}{part && ` ${part}`}</span>
      <IconButton icon="up" label={t('table.find.before')} onClick={() => to(at - 1)} /><IconButton icon="down" label={t('table.find.next')} onClick={() => to(at + 1)} /><IconButton icon="close" label={t('table.find.close')} onClick={onClose} />
    </div>
  )
}
