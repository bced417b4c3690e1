import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Card, DataTable } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { event as messages } from './messages.ts'

type Milestone = { code: string; name: { vi: string; en: string }; date: string; at: string; passed: boolean }

export function EventDates({ milestones, day, zone }: { milestones: readonly Milestone[]; day: string | null; zone: string }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat(zone)
  const next = milestones.find((one) => !one.passed)
  const offset = (one: Milestone) => {
    const n = day ? Math.round((Date.parse(one.date) - Date.parse(day)) / 86_400_000) : undefined
    return n === undefined ? undefined : `${t('offset')}${n === 0 ? '' : format.signed(n)}`
  }
  const standing = (one: Milestone) => (one.passed ? t('passed') : one.code === next?.code ? `${t('next')} · ${format.due(one.at)}` : null)
  const columns: Column<Milestone>[] = [
    { id: 'offset', head: t('col.offset'), as: 'number', width: '5rem', from: 'narrow', cell: (row) => <span className="soft">{offset(row) ?? '–'}</span> },
    { id: 'name', head: t('col.milestone'), as: 'name', cell: (row) => <span className={row.passed ? 'soft' : ''}>{pick(row.name)}<small className="only-narrow">{[offset(row), standing(row)].filter(Boolean).join(' · ')}</small></span> },
    { id: 'date', head: t('col.date'), as: 'number', cell: (row) => format.day(row.date) },
    { id: 'passed', head: t('col.state'), from: 'narrow', width: '11rem', cell: (row) => <span className={row.passed ? 'faint' : ''}>{standing(row)}</span> },
  ]
  return <Card flush><DataTable caption={t('dates.caption')} columns={columns} rows={milestones} rowKey={(row) => row.code} current={next?.code} /></Card>
}
