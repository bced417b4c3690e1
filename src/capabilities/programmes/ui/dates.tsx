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
  const offset = (one: Milestone) => (day ? Math.round((Date.parse(one.date) - Date.parse(day)) / 86_400_000) : undefined)
  const columns: Column<Milestone>[] = [
    { id: 'offset', head: t('col.offset'), as: 'number', width: '5rem', cell: (row) => { const n = offset(row); return n === undefined ? '–' : <span className="soft">N{n === 0 ? '' : format.signed(n)}</span> } },
    { id: 'name', head: t('col.milestone'), as: 'name', cell: (row) => <span className={row.passed ? 'soft' : ''}>{pick(row.name)}{row.code === next?.code && <small>{t('next')} · {format.due(row.at)}</small>}</span> },
    { id: 'date', head: t('col.date'), as: 'number', cell: (row) => format.day(row.date) },
    { id: 'passed', head: t('passed'), from: 'narrow', cell: (row) => (row.passed ? <span className="faint">{t('passed')}</span> : null) },
  ]
  return <Card flush><DataTable caption={t('dates.caption')} columns={columns} rows={milestones} rowKey={(row) => row.code} current={next?.code} /></Card>
}
