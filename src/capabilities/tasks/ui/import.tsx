// Rows of an annex become tasks: pasted or from a file, seen as they were understood, asked about where they are not clear, given, and taken back if it was a mistake.
import { useEffect, useMemo, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { gridOfText } from '../../../pure/tsv.ts'
import { api, q, queries, refusalOf } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, DataTable, FileDrop, LinkButton, Loaded, Page, Progress, Refusal, SHEETS, SelectField, Skeleton, TextArea, UnitField, base64Of, useConfirm, useDebounced } from '../../../web/kit/kit.ts'
import { isComposing } from '../../../web/keys.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { sendSafely, uuidv7 } from '../../../web/orders.ts'
import { useMay, useMe } from '../../../web/session.ts'
import { IMPORT_COLUMNS } from '../contract/imports.ts'
import type { ImportColumn } from '../contract/imports.ts'
import { gridOfHtml } from './grid.ts'
import type { Within } from './give.tsx'
import { imports } from './import-messages.ts'
import './tasks.css'

type Preview = Awaited<ReturnType<typeof api.tasks.previewImport>>
type Source = { table: string[][] } | { base64: string; name: string }
type Answers = Record<string, UnitChoice | null>
/** What the sender writes instead of a cell. */
type Cell = { line: number; column: ImportColumn; text: string }
type Row = Preview['sample'][number]

const route = getRouteApi('/inside/tasks/import')

export function ImportTasks() {
  const t = useT(imports)
  const { directive } = route.useSearch()
  const found = useQuery({ ...q.tasks.directive.queryOptions({ input: { directiveId: directive ?? '' } }), enabled: Boolean(directive) })
  const within = directive ? found.data : undefined
  return (
    <Page title={t('title')} line={t('line')} crumbs={[{ label: t('tasks'), to: '/tasks' }, ...(within ? [{ label: [within.number, within.title].filter(Boolean).join(', '), to: '/directives/$directiveId' as const, params: { directiveId: within.id } }] : [])]}>
      <Allowed right="task.assign">{!directive ? <Inside /> : <Loaded query={found}>{(one) => <Inside key={one.id} within={one} />}</Loaded>}</Allowed>
    </Page>
  )
}

function Inside({ within }: { within?: Within }) {
  const t = useT(imports)
  const pick = usePick()
  const me = useMe()
  const [issuer, setIssuer] = useState<{ id: string; name: string } | undefined>(within?.issuer ?? me?.unit ?? undefined)
  const [programme, setProgramme] = useState('')
  const [body, setBody] = useState('')
  const [text, setText] = useState('')
  const [source, setSource] = useState<Source>()
  const [columns, setColumns] = useState<(ImportColumn | null)[]>()
  const [answers, setAnswers] = useState<Answers>({})
  const [without, setWithout] = useState<number[]>([])
  const [cells, setCells] = useState<readonly Cell[]>([])
  const typed = useDebounced(text, 400)
  const take = (next: Source | undefined) => { setSource(next); setColumns(undefined); setAnswers({}); setWithout([]); setCells([]) }
  useEffect(() => { if (typed.trim()) take({ table: gridOfText(typed) }) }, [typed])
  const programmes = useQuery(q.programmes.programmes.list.queryOptions())
  const mayBodies = useMay('body.read')
  const listed = useQuery({ ...q.bodies.list.queryOptions({ input: { limit: 200 } }), enabled: mayBodies })
  const bodies = useMemo(() => (listed.data?.items ?? []).filter((one) => one.unit.id === issuer?.id), [listed.data, issuer])
  const input = useMemo(() => source && issuer && {
    ...('table' in source ? { table: source.table } : { base64: source.base64 }), issuerUnitId: issuer.id, ...(within ? { directiveId: within.id, ...(within.issuerBody ? { bodyId: within.issuerBody.id } : {}), ...(within.programmeId ? { programmeId: within.programmeId } : {}) } : { ...(bodies.some((one) => one.id === body) ? { bodyId: body } : {}), ...(programme ? { programmeId: programme } : {}) }), ...(columns ? { columns } : {}), without, cells: [...cells],
    units: Object.entries(answers).map(([of, unit]) => ({ text: of, unitId: unit?.id ?? null })),
  }, [source, issuer, within, bodies, body, programme, columns, answers, without, cells])
  const seen = useQuery({ queryKey: ['tasks', 'import', input], queryFn: () => api.tasks.previewImport(input!), enabled: Boolean(input), placeholderData: keepPreviousData, retry: false, staleTime: Infinity, gcTime: 0 })
  const paste = (event: React.ClipboardEvent) => {
    const grid = gridOfHtml(event.clipboardData.getData('text/html'))
    if (!grid) return // text with tabs goes into the field, and is read from there
    event.preventDefault()
    setText('')
    take({ table: grid })
  }
  return (
    <>
      <Card>
        <div className="stack">
          {within ? <p>{t('within', { name: [within.number, within.title].filter(Boolean).join(', '), unit: within.issuerBody?.name ?? within.issuer.name })}</p> : <div className="two">
            <UnitField label={t('issuer')} value={issuer as UnitChoice | undefined} onValue={setIssuer} />
            {bodies.length > 0 && <SelectField label={t('as')} hint={t('as.hint')} optional="quiet" value={body} onValue={setBody} empty={issuer?.name ?? ''} options={bodies.map((one) => ({ value: one.id, label: one.name }))} />}
            {(programmes.data?.items.length ?? 0) > 0 && <SelectField label={t('programme')} optional="quiet" value={programme} onValue={setProgramme} empty={t('programme.none')} options={programmes.data!.items.map((one) => ({ value: one.id, label: pick(one.name) }))} />}
          </div>}
          {!source && <>
            <TextArea label={t('box')} hint={t('box.hint')} rows={6} className="input paste-box" value={text} onValue={setText} onPaste={paste} />
            <FileDrop label={t('file')} files={[]} accept={SHEETS} several={false} most={8 * 1024 * 1024} onFiles={([file]) => { if (file) void base64Of(file).then((base64) => take({ base64, name: file.name })) }} />
          </>}
          {source && <div className="row"><Button icon="back" onClick={() => { setText(''); take(undefined) }}>{t('again')}</Button>{'name' in source && <span className="soft">{source.name}</span>}</div>}
        </div>
      </Card>
      {source && input && (seen.error ? <Refusal error={refusalOf(seen.error)} /> : !seen.data ? <Skeleton /> : <Seen
        seen={seen.data} within={within} busy={seen.isFetching} columns={columns ?? seen.data.columns} onColumns={setColumns} answers={answers} onAnswers={setAnswers} without={without} onWithout={setWithout} cells={cells} onCells={setCells} />)}
    </>
  )
}

type SeenProps = { seen: Preview; within: Within | undefined; busy: boolean; columns: (ImportColumn | null)[]; onColumns: (columns: (ImportColumn | null)[]) => void; answers: Answers; onAnswers: (answers: Answers) => void; without: number[]; onWithout: (lines: number[]) => void; cells: readonly Cell[]; onCells: (cells: readonly Cell[]) => void }
function Seen({ seen, within, busy, columns, onColumns, answers, onAnswers, without, onWithout, cells, onCells }: SeenProps) {
  const t = useT(imports)
  const format = useFormat()
  const problems = useMemo(() => Map.groupBy(seen.problems, (one) => one.line), [seen.problems])
  const plain = seen.problems.filter((one) => !seen.sample.some((row) => row.line === one.line))
  const name = (column: ImportColumn) => t(`c.${column}`)
  const [editing, setEditing] = useState<{ line: number; column: ImportColumn }>()
  const wrong = (line: number, column: ImportColumn) => problems.get(line)?.some((one) => one.column === column) ?? false
  const correct = (line: number, column: ImportColumn, text: string) => { setEditing(undefined); onCells([...cells.filter((one) => one.line !== line || one.column !== column), { line, column, text }]) }
  const cell = (row: Row, column: ImportColumn, text: string, shown: React.ReactNode) => editing?.line === row.line && editing.column === column
    ? <Correct label={t('correct', { column: name(column), line: row.line })} text={text} onDone={(next) => correct(row.line, column, next)} onClose={() => setEditing(undefined)} />
    : <button type="button" className={`plain-link annex-edit${wrong(row.line, column) ? ' bad' : ''}`} title={t('correct', { column: name(column), line: row.line })} onClick={() => setEditing({ line: row.line, column })}>{shown || <span className="faint">–</span>}<span className="hidden-visually">. {t('correct', { column: name(column), line: row.line })}</span></button>
  return (
    <>
      <Card title={t('columns')}>
        <div className="stack">
          <p className="soft">{t('columns.text')}</p>
          <div className="paste-columns">{columns.map((column, i) => (
            <SelectField key={i} label={t('column', { n: i + 1 })} optional="quiet" value={column ?? ''} empty={t('column.skip')} options={IMPORT_COLUMNS.map((one) => ({ value: one, label: name(one) }))}
              onValue={(value) => onColumns(columns.map((was, at) => (at === i ? (value || null) as ImportColumn | null : was === value ? null : was)))} />
          ))}</div>
          {seen.ignored.length > 0 && <p className="soft small">{t('ignored', { names: seen.ignored.join(', ') })}</p>}
          {seen.sections.length > 0 && <p className="soft small">{t('sections', { names: seen.sections.map((one) => one.title).join('; ') })}</p>}
        </div>
      </Card>
      {seen.asked.length > 0 && (
        <Card title={t('asked')}>
          <p className="soft">{t('asked.text')}</p>
          <ul className="paste-asked">{seen.asked.map((one) => <Asked key={one.text} one={one} onChoose={(unit) => onAnswers({ ...answers, [one.text]: unit })} />)}</ul>
        </Card>
      )}
      {seen.problems.length > 0 && (
        <div className="refusal" role="alert"><div className="stack tight"><p><b>{t('problems', { n: seen.problems.length })}</b></p>{plain.length > 0 && <ul className="lines">{plain.map((one, i) => <li key={i}>{t('line.at', { line: one.line, message: one.message })}</li>)}</ul>}</div></div>
      )}
      <Card flush title={t('preview', { n: format.number(seen.rows) })} side={<span role="status">{busy ? t('reading') : seen.rows > seen.sample.length ? t('preview.first', { shown: seen.sample.length }) : ''}</span>}>
        <DataTable caption={t('preview', { n: format.number(seen.rows) })} rows={seen.sample} rowKey={(row) => String(row.line)} empty={<p className="soft annex-note">{t('empty')}</p>} columns={[
          { id: 'line', head: t('row'), as: 'number', width: '3.5rem', from: 'narrow', cell: (row) => <span className="faint">{row.line}</span> },
          { id: 'title', head: name('title'), as: 'name', cell: (row) => <>
            {cell(row, 'title', row.title, row.title)}
            <small className="only-narrow">{[row.unit, row.due && format.day(row.due)].filter(Boolean).join(' · ')}</small>
            {problems.get(row.line)?.map((one, i) => <small key={i} className="bad">{one.message}{OTHERS.some((column) => column === one.column) && <> {cell(row, one.column as ImportColumn, row.written[one.column as 'target'], t('correct.it'))}</>}</small>)}
            {problems.has(row.line) && <Button small look="quiet" onClick={() => onWithout([...without, row.line])}>{t('without', { line: row.line })}</Button>}
          </> },
          { id: 'unit', head: name('unit'), from: 'narrow', width: '18%', cell: (row) => cell(row, 'unit', row.written.unit, row.unit) },
          { id: 'supporting', head: name('supporting'), from: 'middle', width: '18%', cell: (row) => cell(row, 'supporting', row.written.supporting, row.supporting.length > 0 && <span className="annex-many">{row.supporting.map((one, i) => <span key={i}>{one}</span>)}</span>) },
          { id: 'due', head: name('due'), from: 'narrow', width: '9rem', cell: (row) => <>{cell(row, 'due', row.dueWritten, row.due ? format.day(row.due) : row.dueWritten && !wrong(row.line, 'due') ? row.dueWritten : <span className="faint">{t('due.none')}</span>)}{row.dueWritten && row.dueWritten !== (row.due && format.day(row.due)) && <small className="paste-written">{t('written', { text: row.dueWritten })}</small>}</> },
          { id: 'product', head: name('product'), from: 'middle', width: '16%', cell: (row) => cell(row, 'product', row.product ?? '', row.product) },
        ]} />
      </Card>
      <p className="soft small">{t('zone', { zone: seen.zone })}</p>
      <div className="row">
        <Give seen={seen} within={within} busy={busy} />
        {cells.length > 0 && <Button icon="undo" onClick={() => onCells(cells.slice(0, -1))}>{t('correct.undo', { n: cells.length })}</Button>}
        {without.length > 0 && <Button onClick={() => onWithout([])}>{t('back', { n: without.length })}</Button>}
      </div>
    </>
  )
}

/** Columns that have none of their own in the preview. */
const OTHERS = ['target', 'target_unit', 'priority'] as const

function Correct({ label, text, onDone, onClose }: { label: string; text: string; onDone: (text: string) => void; onClose: () => void }) {
  const [value, setValue] = useState(text)
  return (
    <textarea className="input" rows={2} autoFocus aria-label={label} value={value} maxLength={8000} onChange={(event) => setValue(event.target.value)} onFocus={(event) => event.target.select()} onBlur={() => { if (value === text) onClose(); else onDone(value) }}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return
        if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); if (value === text) onClose(); else onDone(value) }
        if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); setValue(text); onClose() }
      }} />
  )
}

function Asked({ one, onChoose }: { one: Preview['asked'][number]; onChoose: (unit: UnitChoice | null) => void }) {
  const t = useT(imports)
  return (
    <li>
      <b>{t('asked.one', { text: one.text, n: one.lines })}</b>
      <div className="choices" role="group" aria-label={one.text}>
        {one.choices.length === 0 && <span className="soft">{t('asked.none')}</span>}
        {one.choices.map((unit) => <Button key={unit.id} small onClick={() => onChoose(unit)}>{unit.name}{unit.parents[0] && <span className="soft">, {unit.parents[0].name}</span>}</Button>)}
        {!one.lead && <Button small look="quiet" onClick={() => onChoose(null)}>{t('asked.skip')}</Button>}
      </div>
      <UnitField label={t('asked.find')} optional="quiet" value={undefined} onValue={(unit) => { if (unit) onChoose(unit) }} />
    </li>
  )
}

type Results = Awaited<ReturnType<typeof api.tasks.import>>
function Give({ seen, within, busy }: { seen: Preview; within: Within | undefined; busy: boolean }) {
  const t = useT(imports)
  const confirm = useConfirm()
  const [orderId, setOrderId] = useState<string>()
  const [done, setDone] = useState<Results>()
  const [undone, setUndone] = useState<{ ok: number; n: number }>()
  const [undoing, setUndoing] = useState(false)
  const [error, setError] = useState<unknown>()
  const progress = useQuery({ ...q.tasks.bulkProgress.queryOptions({ input: { orderId: orderId ?? '' } }), enabled: Boolean(orderId && !done && !error), refetchInterval: 500, retry: false })
  const stale = () => { for (const queryKey of [['tasks', 'list'], ['tasks', 'event'], q.tasks.directive.key()]) void queries.invalidateQueries({ queryKey }) }
  const give = async () => {
    const { previewId } = seen
    if (!previewId || !(await confirm({ title: t('do.ask', { n: seen.rows }), text: t('do.text'), yes: t('do', { n: seen.rows }) }))) return
    const id = uuidv7()
    setOrderId(id)
    setError(undefined)
    try { setDone(await sendSafely(() => api.tasks.import({ orderId: id, previewId }))); stale() } catch (refused) { setError(refused) }
  }
  const undo = async (importId: string) => {
    const id = uuidv7()
    setUndoing(true)
    try { const { results } = await sendSafely(() => api.tasks.undoImport({ orderId: id, importId })); setUndone({ ok: results.filter((one) => one.ok).length, n: results.length }); stale() } catch (refused) { setError(refused) } finally { setUndoing(false) }
  }
  const failed = done?.results.filter((one) => !one.ok) ?? []
  if (done) {
    return (
      <div className="stack" role="status">
        <p><b>{t('done', { ok: done.results.length - failed.length, n: done.results.length })}</b></p>
        {failed.length > 0 && <><p>{t('failed', { n: failed.length })}</p><ul className="lines">{failed.map((one) => <li key={one.id}>{t('line.at', { line: one.id, message: one.ok ? '' : one.message ?? '' })}</li>)}</ul></>}
        {undone && <p>{t('undone', undone)}</p>}
        <Refusal error={error} />
        <div className="row">{within ? <LinkButton look="main" to="/directives/$directiveId" params={{ directiveId: within.id } as never}>{t('to.directive')}</LinkButton> : <LinkButton look="main" to="/tasks" search={{ scope: 'issued' } as never}>{t('to')}</LinkButton>}{!undone && failed.length < done.results.length && <Button icon="undo" busy={undoing} onClick={() => void undo(done.importId)}>{t('undo')}</Button>}</div>
      </div>
    )
  }
  const running = Boolean(orderId && !error)
  return (
    <div className="stack">
      <Refusal error={error} />
      {running ? <Progress label={t('doing')} done={progress.data?.done ?? 0} total={seen.rows} /> : <Button look="main" icon="check" aria-disabled={!seen.previewId || busy} onClick={() => { if (seen.previewId && !busy) void give() }}>{t('do', { n: seen.rows })}</Button>}
    </div>
  )
}
