// What the parts of the overview share: what they show, and how a kind of unit is called.
import type { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { useKind } from '../../units/ui/messages.ts'
import { overview as messages } from './overview-messages.ts'

export type OverviewData = Awaited<ReturnType<typeof api.reports.collections.overview>>
export type At = { collectionId: string; unitId: string; on: string }

/** The name of a kind of unit, where it has one. */
export function useLevel(): (level: string) => string {
  const t = useT(messages)
  const kind = useKind()
  const known = ['province', 'commune', 'district', 'force', 'agency', 'nation', 'office'] as const
  return (level) => { const one = known.find((name) => name === level); return one ? t(`level.${one}`) : kind(level, 2) }
}
