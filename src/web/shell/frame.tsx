// What stands around every screen: the places at the side (at the bottom on a phone), finding, the age of the data, who I am.
import { Suspense, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { SIGNED_OUT, q, queries } from '../client.ts'
import { useT } from '../i18n.tsx'
import { isComposing, useKeys } from '../keys.ts'
import { AgeOfData, Icon, IconButton } from '../kit/kit.ts'
import { isLineLost, useLiveQueries } from '../live.ts'
import { forgetAll, useMe } from '../session.ts'
import { useKeptFocus } from './focus.ts'
import { AccountMenu, LangSwitch, ThemeSwitch } from './account-menu.tsx'
import { shell } from './messages.ts'
import { part } from '../parts.ts'
import { places } from './places.ts'

const loadPalette = () => import('./palette.tsx')
const Palette = part(loadPalette)
const Help = part(() => import('./help.tsx'))

function useNews(personId: string | undefined): number {
  const counts = useQuery({ ...q.inboxes.counts.queryOptions({ input: undefined }), staleTime: 30_000, refetchInterval: 120_000, ...(personId ? { meta: { topics: [`inbox:${personId}`] } } : {}) })
  return counts.data?.new ?? 0
}

export function Frame() {
  const t = useT(shell)
  const me = useMe()
  const navigate = useNavigate()
  const [palette, setPalette] = useState<'find' | 'menu'>()
  const [help, setHelp] = useState(false)
  const early = useRef('')
  const find = useCallback(() => { early.current = ''; setPalette('find') }, [])
  // There before it is asked for, once nothing else is being done.
  useEffect(() => {
    const load = () => { if (!isLineLost()) loadPalette().catch(() => { /* asked for, it says so */ }) }
    if ('requestIdleCallback' in window) { const asked = requestIdleCallback(load); return () => cancelIdleCallback(asked) }
    const asked = setTimeout(load, 2000)
    return () => clearTimeout(asked)
  }, [])
  useLiveQueries(queries, Boolean(me))
  useKeptFocus()
  const news = useNews(me?.id)
  const router = useRouter()
  useEffect(() => {
    // After signing in again one is back where one was.
    const leave = () => { const to = router.state.location.href; forgetAll(); void navigate({ to: '/sign-in', search: to === '/' ? {} : { to } }) }
    addEventListener(SIGNED_OUT, leave)
    return () => removeEventListener(SIGNED_OUT, leave)
  }, [navigate, router])
  const path = useRouterState({ select: (state) => state.location.pathname })
  const allowed = places.filter((place) => !place.right || me?.rights.includes(place.right))
  useKeys(useMemo(() => ({
    'mod+k': find, '/': find, '?': () => setHelp(true),
    ...Object.fromEntries(places.map((place) => [place.key, () => void navigate({ to: place.to as '/' })])),
  }), [navigate, find]))

  const link = (place: (typeof places)[number], more?: string) => (
    <Link key={place.to} to={place.to as '/'} className="place" activeOptions={{ exact: place.to === '/' }} activeProps={{ 'aria-current': 'page' }} {...(place.within?.some((one) => path.startsWith(one)) ? { 'aria-current': 'page' as const } : {})}>
      <Icon name={place.icon} size={20} /><span>{t(place.name)}</span>
      {place.to === '/inbox' && news > 0 && <b className="news" aria-label={t('nav.new', { count: news })}>{news > 99 ? '99+' : news}</b>}{more}
    </Link>
  )
  return (
    <div className="app">
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus() }}>{t('skip')}</a>
      <aside className="side">
        <Link to="/" className="brand"><Brand /><span>Sẵn Sàng{me?.unit && <small>{me.unit.name}</small>}</span></Link>
        <nav aria-label={t('nav')}>{allowed.map((place) => link(place))}</nav>
        {me?.demo && <p className="demo-note"><Icon name="info" size={14} />{t('demo')}</p>}
      </aside>
      <header className="top">
        <Link to="/" className="brand small"><Brand /><span>Sẵn Sàng</span></Link>
        <button type="button" className="finder" aria-keyshortcuts="Control+K" onClick={find}><Icon name="search" size={16} /><span>{t('find')}</span><kbd aria-hidden="true">Ctrl K</kbd></button>
        <div className="top-end"><AgeOfData /><IconButton className="help-switch" icon="help" label={t('help')} onClick={() => setHelp(true)} /><LangSwitch /><ThemeSwitch /><AccountMenu onHelp={() => setHelp(true)} /></div>
      </header>
      <main id="main" tabIndex={-1}><Outlet /></main>
      <nav className="bottom-bar" aria-label={t('nav')}>
        {allowed.filter((place) => place.bar).map((place) => link(place))}
        <button type="button" className="place" onClick={() => setPalette('menu')}><Icon name="more" size={20} /><span>{t('nav.more')}</span></button>
      </nav>
      <Suspense fallback={palette === 'find' && <Early into={early} onClose={() => setPalette(undefined)} />}>{palette && <Palette early={early} menu={palette === 'menu'} onClose={() => setPalette(undefined)} onHelp={() => setHelp(true)} />}{help && <Help onClose={() => setHelp(false)} />}</Suspense>
    </div>
  )
}

/** What is typed while the palette is on its way: it takes it over. */
function Early({ into, onClose }: { into: { current: string }; onClose: () => void }) {
  const close = useRef(onClose)
  close.current = onClose
  useLayoutEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key.length === 1) into.current += event.key
      else if (event.key === 'Backspace') into.current = into.current.slice(0, -1)
      else if (event.key === 'Escape') { into.current = ''; close.current() } else if (event.key !== 'Enter') return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    addEventListener('keydown', down, true)
    return () => removeEventListener('keydown', down, true)
  }, [into])
  return null
}

export const Brand = () => <svg className="mark" width="24" height="24" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="var(--press)" /><path d="M8 16.8l5.2 5.2L24 10.6" fill="none" stroke="var(--press-ink)" strokeWidth="3.4" strokeLinecap="round" strokeLinejoin="round" /></svg>
