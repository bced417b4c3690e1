// The figures of a period, against the one before; one of them opened shows which unit gave what, and goes down unit by unit.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, Icon, IconButton, Loaded } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { numbersIn } from '../decide/fields.ts'
import { figure } from '../decide/rollup.ts'
import { Choices } from './choices.tsx'
import type { At, OverviewData } from './level.ts'
import { useLevel } from './level.ts'
import { ReportMark } from './mark.tsx'
import { overview as messages } from './overview-messages.ts'

type Line = { code: string; i: number; label: string; unit: string; up: string; now: number | null; given: number; givenBefore: number | undefined; before: number | null; own: number | null | undefined; others: { level: string; value: number | null }[] }

export function useLines(data: OverviewData): Line[] {
  const pick = usePick()
  const [main, ...others] = data.totals
  return numbersIn(data.form).map((field, i) => ({ field, i })).filter(({ field }) => field.up !== 'none').map(({ field, i }) => ({
    code: field.code, i, label: pick(field.label), unit: pick(field.unit), up: field.up, now: main ? figure(field, main, i) : null, given: main?.counts[i] ?? 0, givenBefore: data.before?.counts[i], before: data.before ? figure(field, data.before, i) : null,
    own: data.own?.numbers[i], others: others.map((one) => ({ level: one.level, value: figure(field, one, i) })),
  }))
}

export function Numbers({ data, at, chosen, onChoose }: { data: OverviewData; at: At; chosen: string | undefined; onChoose: (field: string | undefined) => void }) {
  const t = useT(messages)
  const format = useFormat()
  const level = useLevel()
  const lines = useLines(data)
  const number = (n: number | null | undefined) => (n === null || n === undefined ? <span className="faint">{t('nothing')}</span> : format.number(n))
  const open = lines.find((line) => line.code === chosen)
  const columns: Column<Line>[] = [
    { id: 'field', head: t('col.field'), as: 'name', cell: (line) => <><button type="button" className="plain-link report-open" aria-expanded={line.code === chosen} onClick={() => onChoose(line.code === chosen ? undefined : line.code)}>{line.label}<Icon name={line.code === chosen ? 'up' : 'down'} size={12} /></button><small>{[line.unit, line.up === 'average' ? t('average') : line.up === 'latest' ? t('stock') : ''].filter(Boolean).join(' · ')}</small></> },
    { id: 'now', head: t('col.total'), as: 'number', cell: (line) => <span className="report-sum">{number(line.now)}</span> },
    ...(data.own ? [{ id: 'own', head: t('col.own', { name: data.unit.name }), as: 'number' as const, cell: (line: Line) => number(line.own) }] : []),
    ...(data.totals.slice(1).map((one, n) => ({ id: one.level, head: t('level.other', { level: level(one.level) }), as: 'number' as const, from: 'middle' as const, cell: (line: Line) => number(line.others[n]?.value) }))),
    { id: 'before', head: t('col.before'), as: 'number', from: 'narrow', cell: (line) => number(line.before) },
    { id: 'change', head: t('col.change'), as: 'number', from: 'narrow', cell: (line) => (line.now === null || line.before === null ? <span className="faint">{t('nothing')}</span> : line.up === 'sum' && line.given !== line.givenBefore ? <span className="soft small">{t('change.not')}</span> : format.signed(Math.round((line.now - line.before) * 1000) / 1000)) },
    { id: 'given', head: t('col.given'), as: 'number', from: 'middle', cell: (line) => <>{format.number(line.given)}{line.givenBefore !== undefined && line.givenBefore !== line.given && <small className="soft"> {t('given.before', { n: format.number(line.givenBefore) })}</small>}</> },
  ]
  return (
    <div className="stack">
      <Card flush><DataTable caption={t('numbers.caption')} columns={columns} rows={lines} rowKey={(line) => line.code} current={chosen} empty={<EmptyState icon="file" title={t('nothing')} />} /></Card>
      {open && <Children data={data} at={at} line={open} onClose={() => onChoose(undefined)} />}
      <Choices data={data} at={at} />
    </div>
  )
}

function Children({ data, at, line, onClose }: { data: OverviewData; at: At; line: Line; onClose: () => void }) {
  const t = useT(messages)
  const format = useFormat()
  const field = numbersIn(data.form)[line.i]!
  const found = useQuery({ ...q.reports.collections.children.queryOptions({ input: at }), meta: { topics: [`reports:${at.collectionId}`] } })
  type Child = NonNullable<typeof found.data>['items'][number]
  const state = (row: Child) => (row.state ? <ReportMark state={row.state} late={row.late > 0} {...(data.dueAt ? { due: data.dueAt } : {})} /> : `${format.number(row.reported)}/${format.number(row.owes)}`)
  const columns: Column<Child>[] = [
    { id: 'unit', head: t('col.unit'), as: 'name', cell: (row) => <>
      {row.reportId ? <Link to="/reports/$reportId" params={{ reportId: row.reportId }}>{row.unit.name}</Link> : <Link to="/report-collections/$collectionId" params={{ collectionId: at.collectionId }} search={{ unit: row.unit.id, on: at.on, field: line.code }}>{row.unit.name}</Link>}
      {row.reportId && row.opens && <small><Link to="/report-collections/$collectionId" params={{ collectionId: at.collectionId }} search={{ unit: row.unit.id, on: at.on, field: line.code }}>{t('into', { name: row.unit.name })}</Link></small>}<small className="only-narrow">{state(row)}</small></> },
    { id: 'value', head: t('col.value'), as: 'number', cell: (row) => { const value = figure(field, row, line.i); return value === null ? <span className="faint">{t('nothing')}</span> : <span className="report-sum">{format.number(value)}</span> } },
    { id: 'state', head: t('col.state'), from: 'narrow', cell: state },
  ]
  return (
    <Card flush title={t('down.title', { field: line.label, name: data.unit.name })} side={<IconButton icon="close" label={t('down.close')} onClick={onClose} />}>
      <Loaded query={found}>{({ items }) => <DataTable caption={t('down.title', { field: line.label, name: data.unit.name })} columns={columns} rows={items} rowKey={(row) => row.unit.id} empty={<EmptyState icon="units" title={t('down.none')} />} />}</Loaded>
    </Card>
  )
}
