// A line of a list of plans: all of them, or those of one event.
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Icon } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { gradeNames } from '../../../pure/grades.ts'
import { GradeMark } from '../../custodies/ui/grade.tsx'
import type { PlanRow } from './kinds.ts'
import { plans as messages } from './messages.ts'
import { usePhase } from './phase.tsx'
import { useWhy } from './stale.tsx'

export function usePlanColumns(): Column<PlanRow>[] {
  const t = useT(messages)
  const pick = usePick()
  const { day } = useFormat()
  const why = useWhy()
  const state = usePhase()
  const review = (row: PlanRow) => row.stale.length > 0 && <span className="plan-mark"><Icon name="alert" size={14} />{t('stale')}</span>
  const about = (row: PlanRow) => `${t(`kind.${row.kind}`)} · ${t(`matter.${row.matter}`)} · ${row.unit.name}`
  return [
    { id: 'name', head: t('col.name'), as: 'name', text: (row) => [row.title, row.grade !== 'none' && pick(gradeNames[row.grade]), about(row), ...row.stale.map(why)].filter(Boolean).join(' · '), cell: (row) => <><Link to="/plans/$planId" params={{ planId: row.id }}>{row.title}</Link>{row.grade !== 'none' && <> <GradeMark grade={row.grade} /></>}<small>{about(row)}</small>{row.stale.length > 0 && <small className="plan-why">{row.stale.map(why).join('; ')}</small>}<small className="only-narrow">{state(row)}</small>{row.stale.length > 0 && <small className="only-narrow">{review(row)}</small>}</> },
    { id: 'phase', head: t('phase'), from: 'narrow', text: state, cell: state },
    { id: 'stale', head: t('stale.filter'), from: 'narrow', text: (row) => (row.stale.length > 0 ? t('stale') : row.inForce === null ? '' : t('fresh')), cell: (row) => (row.stale.length > 0 ? review(row) : row.inForce === null ? <span className="faint">–</span> : <span className="soft">{t('fresh')}</span>) },
    { id: 'head', head: t('col.head'), from: 'middle', text: (row) => row.head?.name ?? '', cell: (row) => row.head?.name ?? <span className="faint">{t('head.none')}</span> },
    { id: 'day', head: t('col.event'), as: 'number', from: 'wide', text: (row) => (row.dayOn ? day(row.dayOn) : ''), cell: (row) => (row.dayOn ? day(row.dayOn) : <span className="faint">–</span>) },
  ]
}
