// Below the figures: how often each option was chosen, and what the rows of tables come to.
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Card, DataTable, Loaded } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { fieldsOf } from '../decide/fields.ts'
import { figure } from '../decide/rollup.ts'
import type { At, OverviewData } from './level.ts'
import { overview as messages } from './overview-messages.ts'

type Line = { id: string; group: { id: string; label: string }; name: string; value: string; share: string; was?: string }

export function Choices({ data, at }: { data: OverviewData; at: At }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  const asked = fieldsOf(data.form).some((field) => field.kind === 'choice' || field.kind === 'table')
  const of = (on: string) => ({ ...q.reports.collections.choices.queryOptions({ input: { ...at, on } }), meta: { topics: [`reports:${at.collectionId}`] } })
  const found = useQuery({ ...of(at.on), enabled: asked })
  const other = useQuery({ ...of(data.before?.on ?? at.on), enabled: asked && data.before !== null })
  if (!asked) return null
  const columns: Column<Line>[] = [
    { id: 'name', head: t('choices.what'), as: 'name', text: (row) => `${row.group.label}: ${row.name}`, cell: (row) => <>{row.name}{data.before && row.was && <small className="only-narrow">{t('was.only', { on: format.day(data.before.on), was: row.was })}</small>}</> },
    { id: 'value', head: t('choices.n'), as: 'number', text: (row) => row.value, cell: (row) => <span className="report-sum">{row.value}</span> },
    { id: 'share', head: t('choices.share'), as: 'number', from: 'narrow', text: (row) => row.share, cell: (row) => row.share || <span className="faint">{t('nothing')}</span> },
    ...(data.before ? [{ id: 'was', head: t('col.of', { on: format.day(data.before.on) }), as: 'number' as const, from: 'narrow' as const, text: (row: Line) => row.was ?? '', cell: (row: Line) => row.was ?? <span className="faint">{t('nothing')}</span> }] : []),
  ]
  return (
    <Loaded query={found} lines={4}>{(given) => {
      const linesOf = ({ choices, tables }: typeof given) => fieldsOf(data.form).flatMap((field): Line[] => {
        if (field.kind === 'choice') {
          const given = choices.filter((one) => one.field === field.code)
          const all = given.reduce((n, one) => n + one.units, 0)
          const group = { id: field.code, label: t('choices.given', { field: pick(field.label), n: format.number(all) }) }
          return field.options.map((option) => { const units = given.find((one) => one.option === option.code)?.units ?? 0; return { id: `${field.code} ${option.code}`, group, name: pick(option.label), value: format.number(units), share: all > 0 ? format.percent(units / all) : '' } })
        }
        if (field.kind !== 'table') return []
        const table = tables.find((one) => one.field === field.code)
        const group = { id: field.code, label: t('tables.given', { field: pick(field.label), n: format.number(table?.rows ?? 0), units: format.number(table?.units ?? 0) }) }
        return field.columns.flatMap((column): Line[] => {
          const id = `${field.code} ${column.code}`
          if (column.kind === 'number') {
            const sum = table?.sums.find((one) => one.column === column.code)
            const value = sum ? figure(column, { sums: [sum.sum], counts: [sum.given] }, 0) : null
            return column.up === 'none' ? [] : [{ id, group, name: [pick(column.label), pick(column.unit), column.up === 'average' ? t('average') : ''].filter(Boolean).join(' · '), value: value === null ? t('nothing') : format.number(value), share: '' }]
          }
          return column.kind === 'choice' ? column.options.map((option) => { const rows = table?.options.find((one) => one.column === column.code && one.option === option.code)?.rows ?? 0; return { id: `${id} ${option.code}`, group, name: `${pick(column.label)}: ${pick(option.label)}`, value: format.number(rows), share: table && table.rows > 0 ? format.percent(rows / table.rows) : '' } }) : []
        })
      })
      const was = new Map(data.before && other.data ? linesOf(other.data).map((line) => [line.id, [line.value, line.share].filter(Boolean).join(' · ')]) : [])
      const lines = linesOf(given).map((line) => { const then = was.get(line.id); return then === undefined ? line : { ...line, was: then } })
      return <Card flush title={t('choices.title')}><DataTable caption={t('choices.title')} columns={columns} rows={lines} rowKey={(row) => row.id} group={(row) => row.group} /></Card>
    }}</Loaded>
  )
}
