// A table tied to live data: as it is now, or as it was approved.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Loaded } from '../../../web/kit/kit.ts'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'

/** On the screen a long table begins; on paper it is whole. */
const FIRST = 8

export function LiveTable({ plan, source }: { plan: PlanData; source: string }) {
  const t = useT(messages)
  const pick = usePick()
  const { dateTime } = useFormat()
  const approved = plan.versions.some((one) => one.n === plan.shown && one.approved)
  const [now, setNow] = useState(!approved)
  const [all, setAll] = useState(false)
  const found = useQuery(q.plans.table.queryOptions({ input: { planId: plan.id, source, n: plan.shown, ...(now ? { now: 'true' } : {}) } }))
  return (
    <Loaded query={found} lines={3}>{(table) => (
      <div className="plan-live">
        <div className="plan-live-head"><b>{pick(table.name)}</b><span className="soft">{table.frozen ? t('table.then') : t('table.now', { at: dateTime(plan.asOf) })}</span>{approved && <Button small look="quiet" className="no-print" onClick={() => setNow(!now)}>{t(now ? 'table.see.then' : 'table.see.now')}</Button>}</div>
        {table.rows.length === 0 ? <p className="faint">{t('table.none')}</p> : <div className="plan-table" role="region" aria-label={pick(table.name)} tabIndex={0}><table><caption className="hidden-visually">{pick(table.name)}</caption>
          <thead><tr><th scope="col">#</th>{table.heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
          <tbody>{table.rows.map((row, i) => <tr key={i} {...(i >= FIRST && !all ? { className: 'plan-rest' } : {})}><td>{i + 1}</td>{row.map((cell, j) => <td key={j}>{cell}</td>)}</tr>)}</tbody></table></div>}
        {table.rows.length > FIRST && !all && <div className="no-print"><Button small onClick={() => setAll(true)}>{t('table.all', { n: table.rows.length })}</Button></div>}
        {table.more > 0 && (all || table.rows.length <= FIRST) && <p className="soft">{t('table.more', { n: table.more })}</p>}
      </div>
    )}</Loaded>
  )
}
