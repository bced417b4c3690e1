// One report: to fill in for whoever owes it, to read, return or sign for the others.
import { Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { q, queries } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, Facts, Loaded, Menu, Page, SelectField } from '../../../web/kit/kit.ts'
import type { Column, MenuItem } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { part } from '../../../web/parts.ts'
import { History } from '../../journals/ui/history.tsx'
import { Brought } from '../../exchanges/ui/brought.tsx'
import type { Cell, Field, Values } from '../contract/form.ts'
import { fieldsOf } from '../decide/fields.ts'
import { growth } from '../decide/rollup.ts'
import { GradeMark, Watermark } from '../../custodies/ui/grade.tsx'
import { ActDialog } from './acts.tsx'
import type { Act } from './acts.tsx'
import { Fill } from './fill.tsx'
import { ReportMark } from './mark.tsx'
import { reports as messages } from './messages.ts'
import './reports.css'

const MadePapers = part(() => import('../../papers/ui/made.tsx').then(({ MadePapers: made }) => ({ default: made })))
const route = getRouteApi('/inside/reports/$reportId')
export type ReportData = Awaited<ReturnType<typeof api.reports.get>>

const fillable = (data: ReportData) => data.mayFill && (data.state === 'owed' || data.state === 'returned')

export function OneReport() {
  const { reportId } = route.useParams()
  const against = route.useSearch().with
  const found = useQuery({ ...q.reports.get.queryOptions({ input: { reportId, ...(against ? { with: against } : {}) } }), placeholderData: (last) => (last?.id === reportId ? last : undefined), refetchOnWindowFocus: false, meta: { topics: [`report:${reportId}`] } })
  return <Loaded query={found} lines={10}>{(data) => <Whole key={data.id} live={data} />}</Loaded>
}

function Whole({ live }: { live: ReportData }) {
  const t = useT(messages)
  const go = useNavigate()
  const mayPaper = useMay('paper.issue')
  const [act, setAct] = useState<Act>()
  const [correcting, setCorrecting] = useState(false)
  // A report being filled in does not change under the hand: that it did elsewhere is said, and taken when asked for.
  const [begun, setBegun] = useState(live)
  const [taking, setTaking] = useState(false)
  const filling = fillable(begun) || correcting
  const moved = live.version !== begun.version
  if (begun !== live && (!filling || (taking && moved))) { setBegun(live); setTaking(false); if (moved) setCorrecting(false) }
  const data = filling ? begun : live
  const format = useFormat(data.zone)
  const refresh = () => { setTaking(true); setCorrecting(false); for (const queryKey of [q.reports.key(), q.journals.history.key()]) void queries.invalidateQueries({ queryKey }) }
  const open = data.state === 'owed' || data.state === 'returned'
  const sent = data.state === 'submitted' || data.state === 'signed'
  const who = (name: string | null) => name ?? t('somebody')
  const told = ({ toldBy, how }: { toldBy: string | null; how: ReportData['versions'][number]['how'] }) => [toldBy, how && t(`way.${how}`)].filter(Boolean).join(', ')
  const more: MenuItem[] = [
    ...(mayPaper && sent ? [{ label: t('paper'), icon: 'file' as const, run: () => void go({ to: '/papers/new' as '/', search: { report: data.id } as never }) }] : []),
    ...(data.mayReturn && sent ? [{ label: t('return'), icon: 'undo' as const, run: () => setAct('return') }] : []),
    ...(data.mayReturn && open ? [{ label: t('excuse'), icon: 'close' as const, run: () => setAct('excuse') }] : []),
  ]
  return (
    <Page title={data.title} line={<>{data.grade !== 'none' && <><GradeMark grade={data.grade} /> </>}{[data.unit.name, t('period', { on: format.day(data.on) }), t('due.at', { at: format.dateTime(data.dueAt) })].join(' · ')} · <ReportMark state={data.state} late={data.late} due={data.dueAt} /></>}
      crumbs={[{ label: t('title'), to: '/reports' }, ...(data.mayReturn ? [{ label: data.title, to: '/report-collections/$collectionId' as const, params: { collectionId: data.collectionId }, search: { unit: data.asker.id, on: data.on } }] : [])]}
      actions={<>
        {data.maySign && data.state === 'submitted' && !correcting && <Button look="main" icon="shield" onClick={() => setAct('sign')}>{t('sign')}</Button>}
        {data.mayFill && sent && !correcting && <Button icon="edit" onClick={() => setCorrecting(true)}>{t('correct')}</Button>}
        {more.length > 0 && <Menu items={more}><Button icon="more">{t('more')}</Button></Menu>}
        {data.grade === 'none' && <Button icon="print" onClick={() => print()}>{t('print')}</Button>}
      </>}>
      <Watermark mark={data.mark} />
      {data.reason && (data.state === 'returned' || data.state === 'excused') && <p className="note report-why">{t(data.state === 'returned' ? 'why.returned' : 'why.excused', { reason: data.reason })}</p>}
      {sent && data.submitted && <p className="soft report-who">{data.submitted.toldBy ? t('by.told', { told: told(data.submitted), name: who(data.submitted.by), at: format.dateTime(data.submitted.at) }) : t('by', { name: who(data.submitted.by), at: format.dateTime(data.submitted.at) })}
        {data.signed && <> · {data.signed.toldBy ? t('signed.told', { told: told(data.signed), name: who(data.signed.by), at: format.dateTime(data.signed.at) }) : t('signed.by', { name: who(data.signed.by), at: format.dateTime(data.signed.at) })}
          {data.signed.files.map((file) => <span key={file.id}> · <a href={`api/v1/files/${file.id}`} download>{t('signed.scan', { name: file.name })}</a></span>)}</>}</p>}
      {sent && <Brought localId={data.id} />}
      {sent && data.draft && !correcting && <p className="note" role="status">{t('draft.left', { at: format.dateTime(data.draft.at) })}</p>}
      {filling ? <Fill key={`${data.id} ${data.version}`} report={data} correcting={correcting} moved={moved ? live : undefined} onTake={refresh} onDone={refresh} onCancel={() => setCorrecting(false)} /> : <ReadReport data={data} />}
      {!filling && sent && data.others.length > 0 && <Compared data={data} />}
      {data.versions.length > 1 && !filling && <Versions data={data} told={told} />}
      {!filling && <Suspense fallback={null}><MadePapers kind="report" id={data.id} /></Suspense>}
      {!filling && <div className="no-print"><Card title={t('story')} flush><History subject={`report:${data.id}`} /></Card></div>}
      {act && <ActDialog act={act} data={data} onClose={() => setAct(undefined)} onDone={refresh} />}
    </Page>
  )
}

/** A value as a reader sees it. */
export function useShown(): (field: Field | Extract<Field, { kind: 'table' }>['columns'][number], value: Values[string] | Cell | undefined) => string {
  const pick = usePick()
  const format = useFormat()
  return (field, value) => {
    if (value === null || value === undefined || value === '') return ''
    if (field.kind === 'number') return typeof value === 'number' ? `${format.number(value)}${field.unit ? ` ${pick(field.unit)}` : ''}` : ''
    if (field.kind === 'choice') return pick(field.options.find((one) => one.code === value)?.label)
    return typeof value === 'string' ? value : Array.isArray(value) ? String(value.length) : ''
  }
}

function ReadReport({ data }: { data: ReportData }) {
  const t = useT(messages)
  const pick = usePick()
  const shown = useShown()
  const names = new Map(data.files.map((file) => [file.id, file.name]))
  return <>{data.form.sections.map((section, n) => (
    <Card key={n} title={pick(section.title)}>
      <Facts items={section.fields.filter((field) => field.kind !== 'table').map((field) => {
        const [value, was] = [data.values[field.code], data.before?.values[field.code]]
        if (field.kind === 'file') return [pick(field.label), Array.isArray(value) && value.length > 0 ? <ul className="report-files">{(value as string[]).map((id) => <li key={id}><a href={`api/v1/files/${id}`} download>{names.get(id) ?? t('file.none')}</a></li>)}</ul> : null] as const
        return [pick(field.label), shown(field, value) ? <>{shown(field, value)}{field.kind === 'number' && typeof was === 'number' && was !== value && <small className="soft report-was">{t('before', { value: shown(field, was) })}</small>}</> : null] as const
      })} />
      {section.fields.filter((field) => field.kind === 'table').map((field) => <TableOf key={field.code} field={field} values={data.values} caption={pick(field.label)} />)}
    </Card>
  ))}</>
}

function TableOf({ field, values, caption }: { field: Extract<Field, { kind: 'table' }>; values: Values; caption: string }) {
  const pick = usePick()
  const shown = useShown()
  const rows = Array.isArray(values[field.code]) ? values[field.code] as Record<string, Cell>[] : []
  return rows.length > 0 && (
    <div className="report-table" tabIndex={0} role="region" aria-label={caption}><table><caption>{caption}</caption>
      <thead><tr>{field.columns.map((column) => <th key={column.code} scope="col" className={column.kind === 'number' ? 'number' : ''}>{pick(column.label)}</th>)}</tr></thead>
      <tbody>{rows.map((row, i) => <tr key={i}>{field.columns.map((column) => <td key={column.code} className={column.kind === 'number' ? 'number' : ''}>{shown(column, row[column.code])}</td>)}</tr>)}</tbody></table></div>
  )
}

/** The figures and words of this period beside those of another one of the same unit. */
function Compared({ data }: { data: ReportData }) {
  const t = useT(messages)
  const pick = usePick()
  const shown = useShown()
  const format = useFormat(data.zone)
  const go = route.useNavigate()
  const before = data.compared ?? data.before
  type Line = { id: string; group: { id: string; label: string }; field: Field }
  const said = (field: Field, values: Values) => (field.kind === 'table' || field.kind === 'file' ? t(field.kind === 'table' ? 'with.rows' : 'with.files', { n: Array.isArray(values[field.code]) ? (values[field.code] as unknown[]).length : 0 }) : shown(field, values[field.code]) || t('nothing'))
  const change = ({ field }: Line): string => {
    const [now, then] = [data.values[field.code], before!.values[field.code]]
    if (JSON.stringify(now ?? null) === JSON.stringify(then ?? null)) return t('with.same')
    return field.kind === 'number' && typeof now === 'number' && typeof then === 'number' ? format.signed(growth(now, then)) : t('with.other')
  }
  const columns: Column<Line>[] = [
    { id: 'field', head: t('with.field'), as: 'name', text: ({ field }) => pick(field.label), cell: ({ field, ...line }) => <>{pick(field.label)}<small className="only-narrow">{t('with.now', { on: format.day(data.on), value: said(field, data.values) })}</small>{before && <small className="only-narrow">{t('with.now', { on: format.day(before.on), value: said(field, before.values) })} · {change({ field, ...line })}</small>}</> },
    { id: 'now', head: t('with.of', { on: format.day(data.on) }), from: 'narrow', text: ({ field }) => said(field, data.values), cell: ({ field }) => said(field, data.values) },
    ...(before ? [
      { id: 'then', head: t('with.of', { on: format.day(before.on) }), from: 'narrow' as const, text: ({ field }: Line) => said(field, before.values), cell: ({ field }: Line) => said(field, before.values) },
      { id: 'change', head: t('with.change'), from: 'narrow' as const, text: change, cell: change },
    ] : []),
  ]
  const tables = before ? fieldsOf(data.form).filter((field) => field.kind === 'table') : []
  return (
    <Card title={t('with.title')} flush>
      <div className="card-body no-print"><SelectField label={t('with')} optional="quiet" value={before?.on ?? ''} {...(before ? {} : { empty: t('with.choose') })} onValue={(on) => void go({ search: { with: on }, replace: true, resetScroll: false })} options={data.others.map((on) => ({ value: on, label: t('with.of', { on: format.day(on) }) }))} /></div>
      {before && <DataTable caption={t('with.title')} columns={columns} rows={data.form.sections.flatMap((section, n) => section.fields.map((field) => ({ id: field.code, field, group: { id: String(n), label: pick(section.title) } })))} rowKey={(row) => row.id} group={(row) => row.group} />}
      {before && tables.length > 0 && <div className="card-body">{tables.map((field) => <TableOf key={field.code} field={field} values={before.values} caption={t('with.table', { label: pick(field.label), on: format.day(before.on) })} />)}</div>}
    </Card>
  )
}

/** Every submission with what it changed: nothing that was said before is lost. */
function Versions({ data, told }: { data: ReportData; told: (one: ReportData['versions'][number]) => string }) {
  const t = useT(messages)
  const pick = usePick()
  const shown = useShown()
  const format = useFormat(data.zone)
  return (
    <Card title={t('history')}>
      <ol className="report-history">{data.versions.map((one, i) => {
        const before = data.versions[i + 1]
        const changes = before ? fieldsOf(data.form).filter((field) => JSON.stringify(one.values[field.code]) !== JSON.stringify(before.values[field.code])) : []
        return (
          <li key={one.n}><b>{t('history.n', { n: one.n })}</b> · {format.dateTime(one.at)} · {one.toldBy ? t('history.told', { told: told(one), name: one.by ?? t('somebody') }) : one.by ?? t('somebody')}{one.reason && <> · {one.reason}</>}
            {before ? changes.length > 0 ? <ul className="report-notes">{changes.map((field) => <li key={field.code}>{t('history.change', { label: pick(field.label), was: shown(field, before.values[field.code]) || t('nothing'), now: shown(field, one.values[field.code]) || t('nothing') })}</li>)}</ul> : <p className="soft">{t('history.same')}</p> : <p className="soft">{t('history.first')}</p>}
          </li>
        )
      })}</ol>
    </Card>
  )
}
