// What stands beside the tables of a form: its general facts, what is wrong, which names formulas know, what it changes, and how a unit will see it.
import { useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { useLang, usePick, useT } from '../../../../web/i18n.tsx'
import { Button, Card, DataTable, EmptyState, IconButton, SelectField, TextArea, TextField, UnitField } from '../../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../../web/kit/kit.ts'
import { copy } from '../../../../web/copy.ts'
import { uuidv7 } from '../../../../web/orders.ts'
import type { Form } from '../../contract/form.ts'
import { formNames } from '../../decide/form-sheet.ts'
import type { FormChange, FormProblem, FormSheet } from '../../decide/form-sheet.ts'
import { complete } from '../../decide/values.ts'
import { FormFields } from '../fields.tsx'
import { typedOf, valuesOf } from '../typed.ts'
import type { Typed } from '../typed.ts'
import { useFormSaid } from './columns.ts'
import { editor } from './messages.ts'

type HeadProps = { sheet: FormSheet; onHead: (key: string, value: string) => void; problems: readonly FormProblem[]; fixed: boolean; unit: UnitChoice | undefined; onUnit: (unit: UnitChoice | undefined) => void }
export function FormHead({ sheet, onHead, problems, fixed, unit, onUnit }: HeadProps) {
  const t = useT(editor)
  const pick = usePick()
  const { head } = sheet
  const wrong = (key: string) => { const found = problems.find((one) => one.part === 'head' && one.column === key); return found && pick(found.message) }
  const field = (key: 'name.vi' | 'name.en' | 'about.vi' | 'about.en' | 'code' | 'due.hour' | 'due.every' | 'due.weekday' | 'due.day') => ({ label: t(key), value: head[key] ?? '', onValue: (value: string) => onHead(key, value), error: wrong(key) })
  return (
    <Card><div className="form">
      <TextField {...field('name.vi')} maxLength={400} /><TextField {...field('name.en')} optional hint={t('en.hint')} maxLength={400} />
      {fixed ? <p className="soft small">{t('code.fixed', { code: head.code ?? '' })}</p> : <><TextField {...field('code')} hint={t('head.code.hint')} autoCapitalize="none" spellCheck={false} maxLength={40} /><UnitField label={t('owner')} value={unit} onValue={onUnit} /></>}
      <TextArea {...field('about.vi')} optional rows={2} maxLength={400} /><TextArea {...field('about.en')} optional rows={2} maxLength={400} />
      <div className="field-row">
        <SelectField {...field('due.every')} optional="quiet" empty={t('every.none')} options={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t(`every.${value}`) }))} />
        {head['due.every'] === 'week' && <SelectField {...field('due.weekday')} empty="" options={([1, 2, 3, 4, 5, 6, 7] as const).map((n) => ({ value: String(n), label: t(`wd.${n}`) }))} />}
        {head['due.every'] === 'month' && <SelectField {...field('due.day')} empty="" options={Array.from({ length: 31 }, (_, i) => ({ value: String(i + 1), label: String(i + 1) }))} />}
        {head['due.every'] && <TextField {...field('due.hour')} inputMode="numeric" />}
      </div>
      <p className="soft small">{t('due.text')}</p>
    </div></Card>
  )
}

export function FormProblems({ sheet, problems, status, onGo }: { sheet: FormSheet; problems: readonly FormProblem[]; status: ReactNode; onGo: (problem: FormProblem) => void }) {
  const t = useT(editor)
  const pick = usePick()
  const said = useFormSaid(sheet)
  if (problems.length === 0) return <p>{status}</p>
  const place = (one: FormProblem) => {
    const n = one.part === 'head' ? -1 : sheet[one.part].findIndex((row) => row.id === one.row)
    const row = one.part === 'head' ? undefined : sheet[one.part][n]
    return [t(`tab.${one.part}`), row && (row.cells['label.vi'] || row.cells['say.vi'] || t('row', { n: n + 1 })), said(one.part, one.column, '').column].filter(Boolean).join(' · ')
  }
  return (
    <details className="report-problems"><summary>{status}</summary>
      <ul className="lines">{[...problems].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning')).slice(0, 100).map((one, i) => <li key={i} className={one.severity === 'error' ? 'bad' : 'soft'}><button type="button" className="plain-link press" title={t('go')} onClick={() => onGo(one)}>{place(one)}</button>: {pick(one.message)}</li>)}</ul>
    </details>
  )
}

export function FormNames({ sheet, past }: { sheet: FormSheet; past: boolean }) {
  const t = useT(editor)
  const pick = usePick()
  const names = formNames(sheet, past)
  const written = (name: string, column: boolean) => (column ? `sum(${name})` : name)
  return (
    <details className="report-problems no-print"><summary>{t('names')}</summary><div className="stack">
      <p className="soft">{t('names.how')}</p>
      <DataTable caption={t('names.caption')} rows={names} rowKey={(one) => one.name} empty={<EmptyState title={t('names.none')} />} columns={[
        { id: 'label', head: t('names.caption'), as: 'name', cell: (one) => pick(one.label) },
        { id: 'code', head: t('names.code'), cell: (one) => <span className="row"><code>{written(one.name, one.column)}</code><IconButton icon="file" label={`${t('copy')} ${written(one.name, one.column)}`} onClick={() => void copy(written(one.name, one.column), t('copied', { name: written(one.name, one.column) }))} /></span> },
      ]} />
    </div></details>
  )
}

export function FormChanges({ from, to, changes, version }: { from: FormSheet; to: FormSheet; changes: readonly FormChange[]; version: number }) {
  const t = useT(editor)
  const pick = usePick()
  const [was, is] = [useFormSaid(from), useFormSaid(to)]
  return (
    <DataTable caption={t('c.caption')} rows={changes} rowKey={(one) => one.id + one.kind} empty={<EmptyState icon="check" title={t('c.none', { n: version })} />} group={(one) => ({ id: one.part, label: t(`tab.${one.part}`) })} columns={[
      { id: 'what', head: t('c.what'), as: 'name', cell: (one) => <>{pick(one.name)}{one.cells.map((cell) => { const after = is(one.part, cell.column, cell.to); return <small key={cell.column}>{after.column}: <del>{was(one.part, cell.column, cell.from).value}</del> → <ins>{after.value}</ins></small> })}</> },
      { id: 'kind', head: t('c.caption'), width: '8rem', cell: (one) => t(`c.${one.kind}`) },
    ]} />
  )
}

/** The form as a unit will see it, with formulas and checks at work. */
export function FormPreview({ form }: { form: Form | null }) {
  const t = useT(editor)
  if (!form) return <Card><EmptyState icon="alert" title={t('preview.wrong')} /></Card>
  return <Tried key={JSON.stringify(form)} form={form} />
}
function Tried({ form }: { form: Form }) {
  const t = useT(editor)
  const pick = usePick()
  const { lang } = useLang()
  const empty = () => typedOf(form, {}, lang === 'vi', uuidv7)
  const [typed, setTyped] = useState<Typed>(empty)
  const { values } = useMemo(() => valuesOf(form, typed), [form, typed])
  const { values: computed, problems } = useMemo(() => complete(form, values, null), [form, values])
  const said = problems.filter((one) => form.checks.some((check) => check.say === one.say))
  return (
    <div className="stack">
      <div className="row between"><p className="soft">{t('preview.text')}</p><Button small onClick={() => setTyped(empty())}>{t('preview.clear')}</Button></div>
      {form.about && <p className="soft">{pick(form.about)}</p>}
      <FormFields form={form} typed={typed} computed={computed} before={null} errors={new Map()} names={{}} onTyped={(code, value) => setTyped((was) => ({ ...was, [code]: value }))} />
      {said.length > 0 && <div className="note" role="status"><div><b>{t('preview.says')}</b><ul className="report-notes">{said.map((one, i) => <li key={i}>{t(`sev.${one.severity}`)}: {pick(one.say)}</li>)}</ul></div></div>}
    </div>
  )
}
