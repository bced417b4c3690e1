// Rows keep their places while somebody looks: what comes anew or would move is said in a quiet line, and shown when asked for.
import { useCallback, useMemo, useRef, useState } from 'react'
import { markChanged } from '../changed.ts'
import { useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { Button } from './buttons.tsx'
import { kit } from './messages.ts'
import { settle } from './settle.ts'
import type { Group, Kept } from './settle.ts'

export type Came = {
  /** Rows that came and are not shown yet. */
  fresh: number
  /** The order would be another now. */
  moved: boolean
  /** Everything in its place, as asked. */
  again: () => void
}
type Held<R> = {
  rows: readonly R[] | undefined
  came: Came
  /** A row's group stays what it was, too. */
  group: ((row: R) => Group) | undefined
}

/** `reset`: what the rows were asked for by; another one is another list, and without one nothing is held. */
export function useHeld<R>(rows: readonly R[] | undefined, rowKey: (row: R) => string, reset: string | undefined, group?: (row: R) => Group): Held<R> {
  const held = useRef<Kept | undefined>(undefined)
  const [asked, ask] = useState(0)
  const key = useRef(rowKey)
  key.current = rowKey
  const unseen = useRef<readonly string[]>([])
  // In a step of its own: what was fetched just before is among the rows by then, and marked with the rest.
  const again = useCallback(() => void setTimeout(() => {
    const came = unseen.current
    held.current = undefined
    ask((n) => n + 1)
    setTimeout(() => markChanged(came), 50) // once they are in the page
  }), [])
  return useMemo(() => {
    if (reset === undefined) held.current = undefined
    const found = rows && (reset === undefined ? { rows, unseen: [], moved: false } : settle(rows, key.current, reset, held))
    unseen.current = found?.unseen ?? []
    const groups = held.current?.groups
    const stays = group && groups ? (row: R) => { const id = key.current(row); const of = groups.get(id) ?? group(row); groups.set(id, of); return of } : group
    return { rows: found?.rows, came: { fresh: unseen.current.length, moved: found?.moved ?? false, again }, group: stays }
  }, [rows, reset, group, asked, again]) // eslint-disable-line react-hooks/exhaustive-deps -- `asked` is what forgets
}

/** Beside what waits here, `fresh` more are at the server: they are fetched first. */
export const andAtServer = (came: Came, fresh: number, fetch: () => Promise<unknown>): Came => (fresh > 0 ? { ...came, fresh: came.fresh + fresh, again: () => void fetch().then(came.again) } : came)

/** A quiet line over rows that are held: it takes no height, so that nothing moves under the pointer when it comes. */
export function HeldNote({ fresh, moved, again }: Came) {
  const t = useT(kit)
  const { number } = useFormat()
  return (
    <div className="held no-print" role="status">{(fresh > 0 || moved) && <p>
      <span>{fresh > 0 ? t('held.fresh', { n: number(fresh) }) : t('held.moved')}</span>
      <Button small look="quiet" onClick={again}>{fresh > 0 ? t('held.show') : t('held.again')}</Button>
    </p>}</div>
  )
}
