import { useState } from 'react'
import type { ReactNode } from 'react'
import { useT } from '../i18n.tsx'
import { Button } from './buttons.tsx'
import { kit } from './messages.ts'

/** Conditions in one row above a list; on a phone behind a button, so that the list is seen first. `on`: how many are set. */
export function Filters({ on, onClear, children }: { on: number; onClear: () => void; children: ReactNode }) {
  const t = useT(kit)
  const [open, setOpen] = useState(false)
  return (
    <div className={`filters no-print${open ? ' open' : ''}`} role="search" aria-label={t('filters')}>
      <Button icon="filter" className="filters-open" aria-expanded={open} onClick={() => setOpen(!open)}>{on > 0 ? t('filters.on', { count: on }) : t('filters')}</Button>
      <div className="filters-fields">{children}{on > 0 && <div><Button look="quiet" icon="close" onClick={onClear}>{t('filters.clear')}</Button></div>}</div>
    </div>
  )
}
