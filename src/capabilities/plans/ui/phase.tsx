// Where a plan stands, in words: its newest version, the one approved for a day to come, the one in force.
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import type { PlanRow } from './kinds.ts'
import { plans as messages } from './messages.ts'

export function usePhase(): (plan: Pick<PlanRow, 'phase' | 'n' | 'inForce' | 'coming'>) => string {
  const t = useT(messages)
  const { day } = useFormat()
  return ({ phase, n, inForce, coming }) => {
    if (!coming && (inForce === null || inForce === n)) return t(`phase.${phase}`)
    if (coming && coming.n === n && inForce === null) return t('phase.coming.from', { day: day(coming.from) })
    const said = [
      ...(coming?.n === n ? [] : [t('phase.writing', { n, phase: t(`phase.${phase}`) })]), ...(coming ? [t('phase.coming.n', { n: coming.n, day: day(coming.from) })] : []), ...(inForce === null ? [] : [t('phase.old', { old: inForce })]),
    ].join('; ')
    return said.charAt(0).toLocaleUpperCase() + said.slice(1)
  }
}
