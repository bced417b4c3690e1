import { useEffect } from 'react'
import { isUnreachable } from '../client.ts'
import { useT } from '../i18n.tsx'
import { Button, EmptyState, LinkButton, RefusedState, kitMessages } from '../kit/kit.ts'
import { shell } from './messages.ts'

/** A screen that broke must not take the others with it. */
export function Crash({ error }: { error: unknown }) {
  const t = useT(shell)
  // After an update of the server the old parts are gone (parts.ts): the page is fetched anew, once.
  const gone = error instanceof TypeError && /module/i.test(error.message)
  useEffect(() => {
    if (!gone || Date.now() - Number(sessionStorage.getItem('sansang.reloaded') ?? 0) < 30_000) return
    sessionStorage.setItem('sansang.reloaded', String(Date.now()))
    location.reload()
  }, [gone])
  if (isUnreachable(error)) return <RefusedState error={error} retry={() => location.reload()} />
  return <EmptyState icon="alert" title={t('crash.title')} action={<Button look="main" icon="refresh" onClick={() => location.reload()}>{t('crash.reload')}</Button>}>{t('crash.text', { detail: error instanceof Error ? error.message : String(error) })}</EmptyState>
}

export function Missing() {
  const t = useT(shell)
  const k = useT(kitMessages)
  return <EmptyState icon="search" title={t('missing.title')} action={<LinkButton to="/">{k('wait.home')}</LinkButton>}>{t('missing.text')}</EmptyState>
}
