// A line of a list of papers: a register, or those of one event.
import { Link } from '@tanstack/react-router'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import type { Column } from '../../../web/kit/kit.ts'
import { useMe } from '../../../web/session.ts'
import { gradeNames } from '../../../pure/grades.ts'
import { GradeMark } from '../../custodies/ui/grade.tsx'
import { KINDS } from '../contract/kinds.ts'
import { papers } from './messages.ts'

type Paper = Awaited<ReturnType<typeof api.papers.list>>['items'][number]

export function usePaperColumns(): Column<Paper>[] {
  const t = useT(papers)
  const pick = usePick()
  const format = useFormat()
  const state = (one: Paper) => t(one.state === 'in_force' && one.way === 'received' ? 'way.received' : `state.${one.state}`)
  const own = useMe()?.unit?.id
  // Of two offices with one name the one above tells which.
  const issuer = (one: Paper) => (one.way === 'issued' && one.under && one.unit.id !== own ? `${one.issuer} (${one.under})` : one.issuer)
  const lines = (one: Paper) => [one.written, pick(KINDS[one.kind]), issuer(one), one.way === 'received' && t('arrival', { number: one.number })]
  return [
    { id: 'subject', head: t('col.subject'), as: 'name', text: (one) => [one.subject || t('graded', { grade: pick(gradeNames[one.grade]) }), one.grade !== 'none' && pick(gradeNames[one.grade]), ...lines(one)].filter(Boolean).join(' · '), cell: (one) => <><Link to="/papers/$paperId" params={{ paperId: one.id }}>{one.subject || t('graded', { grade: pick(gradeNames[one.grade]) })}</Link>{one.grade !== 'none' && <> <GradeMark grade={one.grade} /></>}<small>{lines(one).filter(Boolean).join(' · ')}</small></> },
    { id: 'day', head: t('col.day'), from: 'narrow', text: (one) => format.day(one.day), cell: (one) => <span className="nowrap">{format.day(one.day)}</span> },
    { id: 'state', head: t('col.state'), from: 'middle', text: (one) => state(one), cell: (one) => <span className={`nowrap ${one.state === 'in_force' ? 'soft' : 'bad'}`}>{state(one)}</span> },
    { id: 'sent', head: t('col.sent'), from: 'wide', cell: (one) => (one.sent > 0 ? <span className="soft">{format.number(one.acknowledged)}/{format.number(one.sent)}</span> : <span className="faint">–</span>) },
  ]
}
