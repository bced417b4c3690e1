// Papers that were made from this plan, report, request, body or session. None: no card.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Card } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import type { MadeFrom } from '../contract/facts.ts'
import { KINDS } from '../contract/kinds.ts'
import { papers } from './messages.ts'
import './papers.css'

const SHOWN = 10
export function MadePapers({ kind, id }: MadeFrom) {
  const t = useT(papers)
  const pick = usePick()
  const { day } = useFormat()
  const may = useMay('paper.read')
  const { data } = useQuery({ ...q.papers.list.queryOptions({ input: { from: `${kind}:${id}`, limit: SHOWN } }), enabled: may })
  if (!data || data.items.length === 0) return null
  return (
    <div className="no-print"><Card title={t('made')}><ul className="paper-list">
      {data.items.map((one) => <li key={one.id}><Link to="/papers/$paperId" params={{ paperId: one.id }}>{one.written}{one.subject && `, ${one.subject}`}</Link><span className="soft small">{[pick(KINDS[one.kind]), day(one.day), one.unit.name, one.state !== 'in_force' && t(`state.${one.state}`)].filter(Boolean).join(' · ')}</span></li>)}
    </ul>{data.next && <p className="soft small">{t('made.more')}</p>}</Card></div>
  )
}
