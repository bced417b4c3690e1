// Rows keep their places while somebody looks: what comes anew or would move is said in a quiet line, and shown when asked for.
import { useMemo, useRef, useState } from 'react'
import { markChanged } from '../changed.ts'
import { useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { Button } from './buttons.tsx'
import { kit } from './messages.ts'
import { settle } from './settle.ts'
import type { Group, Kept } from './settle.ts'

type Held<R> = {
  rows: readonly R[] | undefined
  /** Rows that came and are not shown yet. */
  fresh: number
  /** The order would be another now. */
  moved: boolean
  /** Everything in its place, as asked. */
  again: () => void
  /** A row's group stays what it was, too. */
  group: ((row: R) => Group) | undefined
}

/** `reset`: what the rows were asked for by; another one is another list, and without one nothing is held. */
export function useHeld<R>(rows: readonly R[] | undefined, rowKey: (row: R) => string, reset: string | undefined, group?: (row: R) => Group): Held<R> {
  const held = useRef<Kept | undefined>(undefined)
  const [asked, ask] = useState(0)
  const key = useRef(rowKey)
  key.current = rowKey
  return useMemo(() => {
    const again = () => {
      const came = found?.unseen ?? []
      setTimeout(() => markChanged(came), 50) // once they are in the page
      held.current = undefined
      ask((n) => n + 1)
    }
    if (reset === undefined) held.current = undefined
    const found = rows && (reset === undefined ? { rows, unseen: [], moved: false } : settle(rows, key.current, reset, held))
    const groups = held.current?.groups
    const stays = group && groups ? (row: R) => { const id = key.current(row); const of = groups.get(id) ?? group(row); groups.set(id, of); return of } : group
    return { rows: found?.rows, fresh: found?.unseen.length ?? 0, moved: found?.moved ?? false, again, group: stays }
  }, [rows, reset, group, asked]) // eslint-disable-line react-hooks/exhaustive-deps -- `asked` is what forgets
}

/** The quiet line above rows that are held. */
export function HeldNote({ fresh, moved, again }: { fresh: number; moved: boolean; again: () => void }) {
  const t = useT(kit)
  const { number } = useFormat()
  if (fresh === 0 && !moved) return null
  return (
    <p className="held no-print" role="status">
      <span>{fresh > 0 ? t('held.fresh', { n: number(fresh) }) : t('held.moved')}</span>
      <Button small look="quiet" onClick={again}>{fresh > 0 ? t('held.show') : t('held.again')}</Button>
    </p>
  )
}
