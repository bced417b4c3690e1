// The age of the data, always in sight: an empty screen must never be taken for good news.
import { useEffect, useRef, useState } from 'react'
import { retryLine, useLine } from '../live.ts'
import { useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { Button } from './buttons.tsx'
import { kit } from './messages.ts'
import { toast } from './toast.tsx'

/** Rises every `ms`, so that ages on the screen grow. */
export function useNow(ms: number): number {
  const [now, set] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), ms)
    return () => clearInterval(timer)
  }, [ms])
  return now
}

export function AgeOfData() {
  const t = useT(kit)
  const format = useFormat()
  const { state, heard, ours } = useLine()
  const now = useNow(state === 'lost' ? 1000 : 5000)
  const told = useRef(false)
  useEffect(() => {
    // The mark changes at once; only a loss that lasts is worth a message.
    if (state === 'lost') {
      const timer = setTimeout(() => { told.current = true; toast(t('live.gone'), { look: 'bad' }) }, 4000)
      return () => clearTimeout(timer)
    }
    if (state === 'live' && told.current) { told.current = false; toast(t('live.back')) }
    return undefined
  }, [state, t])
  if (state === 'connecting') return <span className="age connecting"><i aria-hidden="true" />{t('live.connecting')}</span>
  const time = heard === null ? '' : format.seconds(heard)
  if (state === 'live') return <span className="age live" title={t('live.explain.on', { time })}><i aria-hidden="true" /><b>{t('live.on')}</b><span className="age-time"><span className="age-word">{t('live.data')}</span> {time}</span></span>
  const age = heard === null ? '' : format.span(Math.max(0, now - ours))
  return (
    <span className="age lost" title={age && t('live.explain.lost', { age })}>
      <i aria-hidden="true" /><b>{t('live.lost')}</b>{age && <span className="age-time">{t('live.age', { age })}</span>}
      <Button look="quiet" small onClick={retryLine}>{t('live.try')}</Button>
    </span>
  )
}
