// What every screen has: where I am, one line of what and as of when, what I can do, and the age of the data.
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Link, useRouterState } from '@tanstack/react-router'
import type { LinkProps } from '@tanstack/react-router'
import { useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { Icon } from './icons.tsx'
import { kit } from './messages.ts'

export type Crumb = { label: string } & Pick<LinkProps, 'to' | 'params' | 'search'>

export function Breadcrumb({ items }: { items: readonly Crumb[] }) {
  const t = useT(kit)
  if (items.length === 0) return null
  return (
    <nav className="crumbs no-print" aria-label={t('crumbs')}>
      <ol>{items.map(({ label, ...to }, i) => <li key={i}>{to.to ? <Link {...(to as LinkProps)}>{label}</Link> : <span>{label}</span>}<Icon name="right" size={12} /></li>)}</ol>
    </nav>
  )
}

/** The page that the browser itself opened: there the first Tab goes to the beginning, as everywhere. */
let opened: string | undefined = location.pathname
/** Whoever was sent to sign in first comes back by a change of page, even to the address that was opened. */
export const leaveOpened = (): void => { if (location.pathname !== opened) opened = undefined }

type PageProps = { title: string; line?: ReactNode; crumbs?: readonly Crumb[]; actions?: ReactNode; aside?: ReactNode; width?: 'wide' | 'text'; children: ReactNode }

/** One heading that says where I am; it gets the focus after a change of page, so that it is read out and the next Tab goes on from there. */
export function Page({ title, line, crumbs, actions, aside, width = 'wide', children }: PageProps) {
  const t = useT(kit)
  const { dateTime } = useFormat()
  const heading = useRef<HTMLHeadingElement>(null)
  const path = useRouterState({ select: (state) => state.location.pathname })
  useEffect(() => { document.title = `${title} · Sẵn Sàng` }, [title])
  useEffect(() => {
    if (location.pathname === opened) return
    leaveOpened()
    heading.current?.focus({ preventScroll: true })
  }, [path])
  return (
    <div className={`page ${width}`}>
      {crumbs && <Breadcrumb items={crumbs} />}
      <header className="page-head">
        <div className="page-name">
          <h1 ref={heading} tabIndex={-1}>{title}</h1>
          {line && <p className="page-line">{line}</p>}
          <p className="page-printed">{t('page.printed', { time: dateTime(Date.now()) })}</p>
        </div>
        {aside}
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

/** A white sheet with a hairline. `flush`: its content brings its own edges (a table). */
export function Card({ title, side, flush, children, id }: { title?: ReactNode; side?: ReactNode; flush?: boolean; children: ReactNode; id?: string }) {
  return (
    <section className={`card${flush ? ' flush' : ''}`} id={id}>
      {title && <div className="card-head"><h2>{title}</h2>{side && <div className="card-side">{side}</div>}</div>}
      <div className="card-body">{children}</div>
    </section>
  )
}

/** Name and value, aligned; a missing value says so instead of leaving a hole. */
export function Facts({ items }: { items: readonly (readonly [label: string, value: ReactNode])[] }) {
  const t = useT(kit)
  return <dl className="facts">{items.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value === null || value === undefined || value === '' ? <span className="faint">{t('nothing')}</span> : value}</dd></div>)}</dl>
}
