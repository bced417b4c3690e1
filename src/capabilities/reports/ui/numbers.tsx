// The figures of a period, against the one before; one of them opened shows which unit gave what, and goes down unit by unit.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, Icon, IconButton, Loaded } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { numbersIn } from '../decide/fields.ts'
import { figure, growth } from '../decide/rollup.ts'
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

/** `against`: the period that was chosen to compare with; without it the one before. */
export function Numbers({ data, at, chosen, against, onChoose }: { data: OverviewData; at: At; chosen: string | undefined; against: string | undefined; onChoose: (field: string | undefined) => void }) {
  const t = useT(messages)
  const format = useFormat()
  const level = useLevel()
  const lines = useLines(data)
  const number = (n: number | null | undefined) => (n === null || n === undefined ? <span className="faint">{t('nothing')}</span> : format.number(n))
  const open = lines.find((line) => line.code === chosen)
  const change = (line: Line) => (line.now === null || line.before === null ? t('nothing') : line.up === 'sum' && line.given !== line.givenBefore ? t('change.not') : format.signed(growth(line.now, line.before)))
  const columns: Column<Line>[] = [
    { id: 'field', head: t('col.field'), as: 'name', cell: (line) => <><button type="button" className="plain-link report-open" aria-expanded={line.code === chosen} onClick={() => onChoose(line.code === chosen ? undefined : line.code)}>{line.label}<Icon name={line.code === chosen ? 'up' : 'down'} size={12} /></button><small>{[line.unit, line.up === 'average' ? t('average') : line.up === 'latest' ? t('stock') : ''].filter(Boolean).join(' · ')}</small>{data.before && line.before !== null && <small className="only-narrow">{t('was', { on: format.day(data.before.on), was: format.number(line.before), change: change(line) })}</small>}</> },
    { id: 'now', head: t('col.total'), as: 'number', cell: (line) => <span className="report-sum">{number(line.now)}</span> },
    ...(data.own ? [{ id: 'own', head: t('col.own', { name: data.unit.name }), as: 'number' as const, cell: (line: Line) => number(line.own) }] : []),
    ...(data.totals.slice(1).map((one, n) => ({ id: one.level, head: t('level.other', { level: level(one.level) }), as: 'number' as const, from: 'middle' as const, cell: (line: Line) => number(line.others[n]?.value) }))),
    { id: 'before', head: data.before ? t('col.of', { on: format.day(data.before.on) }) : t('col.before'), as: 'number', from: 'narrow', cell: (line) => number(line.before) },
    { id: 'change', head: t('col.change'), as: 'number', from: 'narrow', cell: (line) => <span className={line.up === 'sum' && line.given !== line.givenBefore ? 'soft small' : ''}>{change(line)}</span> },
    { id: 'given', head: t('col.given'), as: 'number', from: 'middle', cell: (line) => <>{format.number(line.given)}{line.givenBefore !== undefined && line.givenBefore !== line.given && <small className="soft"> {t('given.before', { on: format.day(data.before!.on), n: format.number(line.givenBefore) })}</small>}</> },
  ]
  return (
    <div className="stack">
      <Card flush><DataTable caption={t('numbers.caption')} columns={columns} rows={lines} rowKey={(line) => line.code} current={chosen} empty={<EmptyState icon="file" title={t('nothing')} />} /></Card>
      {open && <Children data={data} at={at} line={open} chosen={against} onClose={() => onChoose(undefined)} />}
      <Choices data={data} at={at} />
    </div>
  )
}

function Children({ data, at, line, chosen, onClose }: { data: OverviewData; at: At; line: Line; chosen: string | undefined; onClose: () => void }) {
  const t = useT(messages)
  const format = useFormat()
  const field = numbersIn(data.form)[line.i]!
  const asked = (on: string) => ({ ...q.reports.collections.children.queryOptions({ input: { ...at, on } }), meta: { topics: [`reports:${at.collectionId}`] } })
  const found = useQuery(asked(at.on))
  const other = useQuery({ ...asked(data.before?.on ?? at.on), enabled: data.before !== null })
  const was = new Map(data.before ? other.data?.items.map((row) => [row.unit.id, figure(field, row, line.i)]) : [])
  type Child = NonNullable<typeof found.data>['items'][number]
  const into = (unit: string) => ({ unit, on: at.on, field: line.code, ...(chosen ? { with: chosen } : {}) })
  const number = (n: number | null | undefined) => (n === null || n === undefined ? <span className="faint">{t('nothing')}</span> : format.number(n))
  const change = (row: Child) => { const [now, then] = [figure(field, row, line.i), was.get(row.unit.id)]; return now === null || then === null || then === undefined ? t('nothing') : format.signed(growth(now, then)) }
  const state = (row: Child) => (row.state ? <ReportMark state={row.state} late={row.late > 0} {...(data.dueAt ? { due: data.dueAt } : {})} /> : `${format.number(row.reported)}/${format.number(row.owes)}`)
  const columns: Column<Child>[] = [
    { id: 'unit', head: t('col.unit'), as: 'name', cell: (row) => <>
      {row.reportId ? <Link to="/reports/$reportId" params={{ reportId: row.reportId }}>{row.unit.name}</Link> : <Link to="/report-collections/$collectionId" params={{ collectionId: at.collectionId }} search={into(row.unit.id)}>{row.unit.name}</Link>}
      {row.reportId && row.opens && <small><Link to="/report-collections/$collectionId" params={{ collectionId: at.collectionId }} search={into(row.unit.id)}>{t('into', { name: row.unit.name })}</Link></small>}{typeof was.get(row.unit.id) === 'number' && <small className="only-narrow">{t('was', { on: format.day(data.before!.on), was: format.number(was.get(row.unit.id)!), change: change(row) })}</small>}<small className="only-narrow">{state(row)}</small></> },
    { id: 'value', head: t('col.value'), as: 'number', cell: (row) => { const value = figure(field, row, line.i); return value === null ? <span className="faint">{t('nothing')}</span> : <span className="report-sum">{format.number(value)}</span> } },
    ...(data.before ? [
      { id: 'before', head: t('col.of', { on: format.day(data.before.on) }), as: 'number' as const, from: 'narrow' as const, cell: (row: Child) => number(was.get(row.unit.id)) },
      { id: 'change', head: t('col.change'), as: 'number' as const, from: 'narrow' as const, cell: change },
    ] : []),
    { id: 'state', head: t('col.state'), from: 'narrow', cell: state },
  ]
  return (
    <Card flush title={t('down.title', { field: line.label, name: data.unit.name })} side={<IconButton icon="close" label={t('down.close')} onClick={onClose} />}>
      <Loaded query={found}>{({ items }) => <DataTable caption={t('down.title', { field: line.label, name: data.unit.name })} columns={columns} rows={items} rowKey={(row) => row.unit.id} empty={<EmptyState icon="units" title={t('down.none')} />} />}</Loaded>
    </Card>
  )
}
