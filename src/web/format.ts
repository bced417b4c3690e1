// `written.ts` in the reader's language.
import { useMemo } from 'react'
import { useLang } from './i18n.tsx'
import { formats } from './written.ts'
import type { Formats } from './written.ts'

export { dueDay, dueMoment, parseDay, parseTime } from './written.ts'
export type { Formats } from './written.ts'

export function useFormat(zone?: string): Formats {
  const { lang } = useLang()
  return useMemo(() => formats(lang, zone), [lang, zone])
}
