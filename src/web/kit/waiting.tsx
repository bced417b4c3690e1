// The states that are not data: not yet, nothing, not yours, not reachable. Each is designed, and none can be taken for another.
import { useEffect, useLayoutEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Refused, isUnreachable, queries, refusalOf } from '../client.ts'
import { useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { CHANGED_SINCE } from '../orders.ts'
import { useMay } from '../session.ts'
import { Button } from './buttons.tsx'
import { Icon } from './icons.tsx'
import type { IconName } from './icons.tsx'
import { kit } from './messages.ts'

/** True once `ms` have passed: what comes at once needs no sign of waiting. */
export function useAfter(ms: number): boolean {
  const [passed, set] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => set(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return passed
}

/** Nothing for 150 ms, grey lines until a second is over, then a sentence: a skeleton that stays is a lie. */
export function Skeleton({ lines = 5 }: { lines?: number }) {
  const t = useT(kit)
  const [some, long] = [useAfter(150), useAfter(1000)]
  return (
    <div className="skeleton" aria-busy="true">
      <p className={long ? 'skeleton-slow' : 'hidden-visually'} role="status">{long ? t('wait.slow') : some ? t('wait.loading') : ''}</p>
      {some && <div aria-hidden="true" className={long ? 'still' : ''}>{Array.from({ length: lines }, (_, i) => <i key={i} style={{ width: `${[72, 94, 60, 85, 78, 66, 90][i % 7]}%` }} />)}</div>}
    </div>
  )
}

/** A page always has a heading: where nothing else gives it one, the reason why it is empty does. */
function Title({ children }: { children: string }) {
  const [alone, setAlone] = useState(false)
  useLayoutEffect(() => {
    if (document.querySelector('h1')) return
    setAlone(true)
    document.title = `${children} · Sẵn Sàng`
  }, [children])
  return alone ? <h1 className="empty-title">{children}</h1> : <p className="empty-title">{children}</p>
}

export function EmptyState({ title, icon = 'inbox', children, action }: { title: string; icon?: IconName; children?: ReactNode; action?: ReactNode }) {
  return <div className="empty"><Icon name={icon} size={28} /><Title>{title}</Title>{children && <p className="soft">{children}</p>}{action && <div className="row">{action}</div>}</div>
}

/** Why there is nothing to see, in the server's own sentence where it gave one, and what can be done. */
export function RefusedState({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useT(kit)
  const refused = refusalOf(error)
  const missing = refused.status === 404 || refused.status === 403
  const offline = isUnreachable(error)
  const [title, icon, text] = missing ? [t('wait.title.missing'), 'search', refused.message || t('wait.missing')] as const
    : offline ? [t('wait.title.offline'), 'alert', t('wait.offline')] as const
    : [t('wait.title.failed'), 'alert', refused.status >= 500 || !refused.message ? t('wait.failed') : refused.message] as const
  return (
    <div className="empty refused" role="alert">
      <Icon name={icon} size={28} /><Title>{title}</Title><p className="soft">{text}</p>
      <div className="row">{retry && !missing && <Button icon="refresh" onClick={retry}>{t('wait.retry')}</Button>}{missing && <Link className="button plain" to="/"><span>{t('wait.home')}</span></Link>}</div>
    </div>
  )
}

/** Shows data, or says why not. Data that was loaded before stays on the screen when a later fetch fails; its age is said in the head of the page. */
export function Loaded<D>({ query, lines, children }: { query: UseQueryResult<D, Error>; lines?: number; children: (data: D) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.isError) return <RefusedState error={query.error} retry={() => void query.refetch()} />
  return <Skeleton {...(lines ? { lines } : {})} />
}

/** A screen that only makes sense with a right says so at once to those who lack it; what it sends, the server judges. */
export function Allowed({ right, children }: { right: string; children: ReactNode }) {
  return useMay(right) ? children : <RefusedState error={new Refused('FORBIDDEN', 403, '')} />
}

/** The reason an order was refused, beside the button that gave it. Where the sentence says to reload, so does a button: what was typed stays. */
export function Refusal({ error }: { error: unknown }) {
  const t = useT(kit)
  if (!error) return null
  const refused = refusalOf(error)
  const text = isUnreachable(error) ? t('unsent') : refused.code === CHANGED_SINCE ? t('changed.since') : refused.status >= 500 || !refused.message ? t('wait.failed') : refused.message
  return <div className="refusal" role="alert"><Icon name="alert" size={16} /><p>{text}</p>{refused.code === 'CHANGED' && <Button small onClick={() => void queries.invalidateQueries()}>{t('wait.reload')}</Button>}</div>
}

export function Progress({ done, total, label }: { done: number; total: number; label: string }) {
  const t = useT(kit)
  const { number } = useFormat()
  const share = total === 0 ? 0 : Math.min(1, done / total)
  return (
    <div className="progress">
      <div className="row between"><span>{label}</span><span className="soft">{t('progress', { done: number(done), total: number(total) })}</span></div>
      <div className="progress-bar" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={total} aria-valuenow={done}><i style={{ transform: `scaleX(${share})` }} /></div>
    </div>
  )
}
