// What was typed is not lost by leaving: the same question wherever it would be. Not in the kit, which every first screen carries.
import { useCallback, useRef, useState } from 'react'
import { useBlocker } from '@tanstack/react-router'
import { catalogue, useT } from './i18n.tsx'
import { useConfirm } from './kit/kit.ts'

const words = catalogue({ 'title': 'Rời đi khi chưa gửi?', 'text': 'Những gì vừa nhập ở đây sẽ mất.', 'do': 'Rời đi' }, { 'title': 'Leave without sending?', 'text': 'What you have just entered here will be lost.', 'do': 'Leave' })

/** Asks before another page is gone to, and before the window closes, while `dirty`. Answers what lets one go: called when all was sent. */
export function useLeave(dirty: boolean): () => void {
  const t = useT(words)
  const confirm = useConfirm()
  const sent = useRef(false)
  useBlocker({ disabled: !dirty, enableBeforeUnload: () => dirty && !sent.current, shouldBlockFn: async ({ current, next }) => !sent.current && current.pathname !== next.pathname && !await confirm({ title: t('title'), text: t('text'), yes: t('do'), danger: true }) })
  return useCallback(() => { sent.current = true }, [])
}

/** As useState, and kept in this window until it is `empty` again: a tab of the page may be left and come back to, the page loaded anew. */
export function useKept<V>(key: string, empty: V): [value: V, set: (value: V) => void] {
  const [value, put] = useState<V>(() => keptAt<V>(key) ?? empty)
  const none = useRef(JSON.stringify(empty))
  const set = useCallback((next: V) => {
    put(next)
    try { const text = JSON.stringify(next); if (text === none.current) sessionStorage.removeItem(key); else sessionStorage.setItem(key, text) } catch { /* a private window keeps nothing */ }
  }, [key])
  return [value, set]
}
export function keptAt<V>(key: string): V | undefined {
  try { return JSON.parse(sessionStorage.getItem(key) ?? 'null') as V ?? undefined } catch { return undefined }
}
