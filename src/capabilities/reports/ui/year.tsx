// All periods between two days, and what they add up to by each figure's own rule.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Card, DateField, EmptyState, Loaded } from '../../../web/kit/kit.ts'
import { numbersIn } from '../decide/fields.ts'
import { figure } from '../decide/rollup.ts'
import type { At, OverviewData } from './level.ts'
import { overview as messages } from './overview-messages.ts'

const SHOWN = 8

export function Year({ data, at }: { data: OverviewData; at: At }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat(data.zone)
  const [from, setFrom] = useState<string | undefined>(`${at.on.slice(0, 4)}-01-01`)
  const [until, setUntil] = useState<string | undefined>(`${at.on.slice(0, 4)}-12-31`)
  const ready = Boolean(from && until)
  const found = useQuery({ ...q.reports.collections.across.queryOptions({ input: { collectionId: at.collectionId, unitId: at.unitId, from: from ?? at.on, until: until ?? at.on } }), enabled: ready })
  const fields = numbersIn(data.form).map((field, i) => ({ field, i })).filter(({ field }) => field.up !== 'none')
  return (
    <div className="stack">
      <div className="field-row"><DateField label={t('year.from')} value={from} onValue={setFrom} /><DateField label={t('year.until')} value={until} onValue={setUntil} /></div>
      <Loaded query={found} lines={6}>{({ periods, whole }) => {
        const last = periods.slice(-SHOWN)
        return (
          <Card flush>{periods.length === 0 ? <EmptyState icon="clock" title={t('year.none')} /> : (
            <div className="report-table" tabIndex={0} role="region" aria-label={t('year.caption')}><table><caption className="hidden-visually">{t('year.caption')}</caption>
              <thead><tr><th scope="col">{t('col.field')}</th><th scope="col" className="number">{t('year.whole')}</th>{last.map((one) => <th key={one.on} scope="col" className="number">{format.day(one.on)}</th>)}</tr></thead>
              <tbody>
                <tr><th scope="row">{t('col.share')}</th><td className="number">{format.number(periods.reduce((n, one) => n + one.reported, 0))}/{format.number(periods.reduce((n, one) => n + one.owes, 0))}</td>{last.map((one) => <td key={one.on} className="number">{format.number(one.reported)}/{format.number(one.owes)}</td>)}</tr>
                {fields.map(({ field, i }) => (
                  <tr key={field.code}><th scope="row">{pick(field.label)}</th><td className="number report-sum">{whole[i] === null || whole[i] === undefined ? t('nothing') : format.number(whole[i]!)}</td>{last.map((one) => { const n = figure(field, one, i); return <td key={one.on} className="number">{n === null ? t('nothing') : format.number(n)}</td> })}</tr>
                ))}
              </tbody></table></div>
          )}</Card>
        )
      }}</Loaded>
    </div>
  )
}
