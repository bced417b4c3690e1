// The reader's language, and the words of a catalogue in it.
import { createContext, useContext, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import type { Lang } from '../kernel/contract.ts'
import { translator } from './catalogue.ts'
import type { Catalogue, T } from './catalogue.ts'

export { catalogue } from './catalogue.ts'
export type { Catalogue, T } from './catalogue.ts'

const LangContext = createContext<{ lang: Lang; setLang: (lang: Lang) => void }>({ lang: 'vi', setLang: () => {} })

const remembered = (): Lang => {
  const chosen = document.documentElement.lang
  return chosen === 'en' ? 'en' : 'vi'
}

export function LangProvider({ children }: { children: ReactNode }) {
  const [lang, set] = useState<Lang>(remembered)
  const value = useMemo(() => ({
    lang,
    setLang: (next: Lang) => {
      document.documentElement.lang = next
      try { localStorage.setItem('sansang.lang', next) } catch { /* a private window forgets it */ }
      set(next)
    },
  }), [lang])
  return <LangContext value={value}>{children}</LangContext>
}

export const useLang = () => useContext(LangContext)

export function useT<V extends Record<string, string>>(all: Catalogue<V>): T<V> {
  const { lang } = useLang()
  return useMemo(() => translator(all, lang), [all, lang])
}

/** A text that the data carries in both languages. */
export function usePick() {
  const { lang } = useLang()
  return (text: { vi: string; en: string } | null | undefined): string => (text ? text[lang] || text.vi : '')
}
