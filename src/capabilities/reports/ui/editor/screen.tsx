// A form edited as a table, tried out, held against the version in force, and published as a version that never changes. Its text is a second way.
import { useMemo, useRef, useState } from 'react'
import { useBlocker } from '@tanstack/react-router'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, q, queries } from '../../../../web/client.ts'
import { usePick, useT } from '../../../../web/i18n.tsx'
import { Grid } from '../../../../web/kit/grid.tsx'
import type { GridProblem } from '../../../../web/kit/grid.tsx'
import { Button, Card, Dialog, Editors, FileProblems, Icon, IconButton, Menu, Refusal, Tabs, TextArea, saveText, toast, useConfirm, useDebounced } from '../../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../../web/kit/kit.ts'
import { useOrder } from '../../../../web/orders.ts'
import { useMe } from '../../../../web/session.ts'
import { asking } from '../ask-messages.ts'
import type { Form } from '../../contract/form.ts'
import { formChanges, formFile, formRow, formSheet, typedFields } from '../../decide/form-sheet.ts'
import type { FormPart, FormProblem, FormRow, FormSheet } from '../../decide/form-sheet.ts'
import { PickFile } from '../pick-file.tsx'
import { useFormColumns } from './columns.ts'
import { editor } from './messages.ts'
import { FormChanges, FormHead, FormNames, FormPreview, FormProblems } from './parts.tsx'
import { textOf, useFormSheet } from './sheet.ts'

const MOST = 300_000
const FRESH: Record<FormPart, () => FormRow> = { fields: () => formRow({ kind: 'number' }), checks: () => formRow({ severity: 'error' }) }
const twice = (row: FormRow): FormRow => formRow({ ...row.cells, code: '' })
const yamlOf = async (sheet: FormSheet): Promise<string> => { const { stringify } = await import('yaml'); return stringify(formFile(sheet), { lineWidth: 160, collectionStyle: 'any', aliasDuplicateObjects: false }) }

type Props = { form: Form; /** Of the form that is edited; 0 for a new one. */ version: number; unit: UnitChoice | undefined; /** Whose work it is: the form's id, or where a new one began. */ of: string; tab: string; onTab: (tab: string) => void; onClose?: () => void; onDone: (formId: string) => void }
export function FormEditor({ form, version, unit: owner, of, tab, onTab, onClose, onDone }: Props) {
  const t = useT(editor)
  const ta = useT(asking)
  const pick = usePick()
  const confirm = useConfirm()
  const me = useMe()
  const d = useFormSheet(`sansang.form.${me?.id ?? ''}.${of}.${version}`, form)
  const { sheet } = d
  const columns = useFormColumns(sheet)
  const [unit, setUnit] = useState(owner)
  const [goTo, setGoTo] = useState<{ part: string; row: string; column: string }>()
  const [asked, setAsked] = useState(false)
  const [faulty, setFaulty] = useState(false)
  const publish = useOrder(api.reports.forms.publish)
  /** Published: nothing is lost by leaving. */
  const left = useRef(false)
  const changes = useMemo(() => (version > 0 ? formChanges(d.begun, sheet) : []), [version, d.begun, sheet])
  useBlocker({ disabled: !d.dirty, enableBeforeUnload: () => d.dirty && !left.current, shouldBlockFn: async ({ current, next }) => !left.current && current.pathname !== next.pathname && !await confirm({ title: t('leave.title'), text: t('leave.text'), yes: t('leave.do') }) })

  const byCell = useMemo(() => new Map<string, GridProblem>(d.problems.toReversed().map((one) => [`${one.row} ${one.column}`, { severity: one.severity, message: pick(one.message) }])), [d.problems, pick])
  const { change } = d
  const setRows = useMemo(() => ({ fields: (rows: FormRow[]) => change((was) => typedFields(was, rows)), checks: (rows: FormRow[]) => change((was) => ({ ...was, checks: rows })) }), [change])
  const go = (one: FormProblem) => { onTab(one.part); if (one.row) setGoTo({ part: one.part, row: one.row, column: one.column }) }
  const wrong = (part: FormPart | 'head') => d.problems.filter((one) => one.part === part && one.severity === 'error').length
  const count = (part: FormPart | 'head', n?: number) => { const bad = wrong(part); const shown = bad > 0 ? `! ${bad}` : n; return shown === undefined ? {} : { count: shown } }
  const status = d.checking ? t('problems.checking') : d.errors > 0 ? t('problems', { n: d.errors }) : d.problems.length > 0 ? t('problems.warnings', { n: d.problems.length }) : t('problems.none', { n: d.fields })

  const send = async () => {
    if (!unit) return
    const done = await publish.give({ unitId: unit.id, text: await yamlOf(sheet), expectedVersion: version })
    if (!done) return
    left.current = true
    d.forget()
    setAsked(false)
    toast(ta('published', { n: done.version }))
    void queries.invalidateQueries({ queryKey: q.reports.key() })
    onDone(done.formId)
  }
  const ask = () => {
    const no = (text: string) => toast(text, { look: 'bad' })
    if (d.checking) toast(t('problems.checking'))
    else if (faulty) no(t('text.wrong'))
    else if (d.errors > 0) no(t('publish.wrong', { n: d.errors }))
    else if (!unit) { onTab('head'); no(t('publish.owner')) }
    else if (version === 0) void send()
    else if (changes.length === 0) toast(t('c.none', { n: version }))
    else setAsked(true)
  }
  const choose = (id: string) => { if (faulty && id !== 'text') toast(t('text.wrong'), { look: 'bad' }); else onTab(id) }
  const part = (id: FormPart) => ({
    id, label: t(`tab.${id}`), ...count(id, sheet[id].length),
    content: () => <div className="stack"><Card flush><Grid key={id} label={t(`tab.${id}`)} columns={columns[id]} rows={sheet[id]} onRows={setRows[id]} fresh={FRESH[id]} double={twice} problems={byCell} undoable onUndo={d.undo} onRedo={d.redo} heads={(row) => row.cells.kind === 'section'} goTo={goTo?.part === id ? goTo : undefined} /></Card><FormNames sheet={sheet} past={id === 'checks'} /></div>,
  })
  return (
    <div className="stack">
      <Editors kind="form" id={version > 0 ? of : undefined} />
      {d.restored && <div className="note" role="status"><Icon name="info" /><div className="row"><span>{t('kept')}</span><Button small onClick={d.reset}>{t('kept.drop')}</Button></div></div>}
      <div className="row between">
        <FormProblems sheet={sheet} problems={d.problems} status={<span className={d.errors > 0 ? 'bad' : 'soft'} role="status">{status}</span>} onGo={go} />
        <div className="row">
          <Button look="main" icon="check" busy={publish.busy} aria-disabled={d.errors > 0 || (version > 0 && changes.length === 0)} onClick={ask}>{version > 0 ? ta('publish.next', { n: version + 1 }) : ta('publish')}</Button>
          {onClose && <Button onClick={onClose}>{t('close')}</Button>}
          <Menu items={[{ label: t('download'), icon: 'download', run: () => { void yamlOf(sheet).then((text) => saveText(`${sheet.head.code || 'form'}.yaml`, text)) } }]}><IconButton icon="more" label={ta('more')} /></Menu>
        </div>
      </div>
      {!asked && <Refusal error={publish.refused} />}
      <Tabs label={t('tabs')} chosen={tab} onChoose={choose} tabs={[
        part('fields'), part('checks'),
        { id: 'head', label: t('tab.head'), ...count('head'), content: () => <FormHead sheet={sheet} onHead={(key, value) => change((was) => ({ ...was, head: { ...was.head, [key]: value } }))} problems={d.problems} fixed={version > 0} unit={unit} onUnit={setUnit} /> },
        { id: 'preview', label: t('tab.preview'), content: () => <FormPreview form={d.errors > 0 ? null : d.form} /> },
        ...(version > 0 ? [{ id: 'changes', label: t('tab.changes'), count: changes.length, content: () => <Card flush title={t('c.against', { n: version })}><FormChanges from={d.begun} to={sheet} changes={changes} version={version} /></Card> }] : []),
        { id: 'text', label: t('tab.text'), content: () => <FormText sheet={sheet} onForm={(next) => change(() => formSheet(next))} onFaulty={setFaulty} /> },
      ]} />
      <Dialog open={asked} onClose={() => setAsked(false)} size="lg" title={t('publish.title', { n: version + 1 })} foot={<Button look="main" busy={publish.busy} onClick={() => void send()}>{ta('publish.next', { n: version + 1 })}</Button>}>
        <div className="stack"><p>{t('publish.text')}</p><p><b>{t('publish.count', { n: changes.length, version })}</b></p><Refusal error={publish.refused} /><div className="report-changes"><FormChanges from={d.begun} to={sheet} changes={changes} version={version} /></div></div>
      </Dialog>
    </div>
  )
}

/** The same form as YAML: what is right in it goes into the table at once. */
function FormText({ sheet, onForm, onFaulty }: { sheet: FormSheet; onForm: (form: Form) => void; onFaulty: (faulty: boolean) => void }) {
  const t = useT(editor)
  const first = useQuery({ queryKey: ['reports', 'yaml', textOf(sheet)], queryFn: () => yamlOf(sheet), staleTime: Infinity, gcTime: 0 })
  const [begun, setBegun] = useState<string>()
  if (begun === undefined && first.data !== undefined) setBegun(first.data)
  return begun === undefined ? <p className="soft" role="status">{t('text.loading')}</p> : <Written first={begun} onForm={onForm} onFaulty={onFaulty} />
}
function Written({ first, onForm, onFaulty }: { first: string; onForm: (form: Form) => void; onFaulty: (faulty: boolean) => void }) {
  const t = useT(editor)
  const ta = useT(asking)
  const pick = usePick()
  const [text, setText] = useState(first)
  const late = useDebounced(text, 400)
  const [taken, setTaken] = useState(first)
  const seen = useQuery({ queryKey: ['reports', 'form', late], queryFn: () => api.reports.forms.check({ text: late }), enabled: late.trim() !== '', placeholderData: keepPreviousData, staleTime: Infinity, gcTime: 0 })
  const open = async (file: File | undefined) => {
    if (!file) return
    setText(await file.text())
    onFaulty(true)
  }
  if (seen.data && !seen.isPlaceholderData && late !== taken) {
    const { form } = seen.data
    setTaken(late)
    queueMicrotask(() => { onFaulty(form === null); if (form) onForm(form) })
  }
  return (
    <Card><div className="stack">
      <TextArea label={ta('source')} hint={t('text.hint')} className="input report-source" rows={24} spellCheck={false} autoCapitalize="none" value={text} onValue={(next) => { setText(next); onFaulty(true) }} maxLength={MOST} />
      <div className="row"><PickFile small label={ta('open')} accept=".yaml,.yml,.json" onFiles={([file]) => void open(file)} /></div>
      {seen.data && text.trim() !== '' && (seen.data.issues.length > 0 ? <FileProblems problems={seen.data.issues.map((one) => ({ line: one.line, note: one.severity === 'warning', message: ta('at', { line: one.line, column: one.column, text: pick(one.message) }) }))} /> : <p role="status" className="soft">{late === text && !seen.isPlaceholderData ? ta('ok', { n: seen.data.fields }) : '…' /* no faults only of what stands there now */}</p>)}
    </div></Card>
  )
}

