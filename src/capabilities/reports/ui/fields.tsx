// The form as fields to fill in: numbers side by side on a desk, one below the other on a phone.
import { useState } from 'react'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { useFormat } from '../../../web/format.ts'
import { Button, Card, Icon, IconButton, NumberField, SelectField, TextArea, TextField, toast } from '../../../web/kit/kit.ts'
import { uuidv7 } from '../../../web/orders.ts'
import { upload } from '../../../web/upload.ts'
import type { Field, Form, Values } from '../contract/form.ts'
import { reports as messages } from './messages.ts'
import { PickFile } from './pick-file.tsx'
import type { Typed, TypedRow } from './typed.ts'

type Props = { form: Form; typed: Typed; onTyped: (code: string, value: Typed[string]) => void; computed: Values; before: Values | null; /** By place: `code` or `code row column`. */ errors: ReadonlyMap<string, string>; names: Record<string, string> }
export const placeOf = (code: string, row?: number, column?: string): string => (row === undefined || column === undefined ? code : `${code} ${row} ${column}`)

export function FormFields(props: Props) {
  const pick = usePick()
  return <>{props.form.sections.map((section, n) => (
    <Card key={n} title={pick(section.title)}><div className="report-fields">{section.fields.map((field) => <OneField key={field.code} {...props} field={field} />)}</div></Card>
  ))}</>
}

function OneField({ field, typed, onTyped, computed, before, errors, names }: Props & { field: Field }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  const about = { label: pick(field.label), error: errors.get(field.code), ...(field.required ? {} : { optional: true as const }) }
  const text = (typed[field.code] as string | undefined) ?? ''
  const set = (value: string) => onTyped(field.code, value)
  const was = before?.[field.code]
  const hints = [field.hint && pick(field.hint), typeof was === 'number' && t('before', { value: format.number(was) })].filter(Boolean).join(' · ')
  const hint = hints || undefined
  const wrap = (inside: React.ReactNode, wide = false) => <div className={`report-field${wide ? ' wide' : ''}`} id={`f-${field.code}`}>{inside}</div>
  if (field.kind === 'number' && field.formula !== null) {
    const value = computed[field.code]
    return wrap(<div className="field"><span className="label">{about.label} <span className="field-optional">{t('computed')}</span></span>{hint && <p className="field-hint">{hint}</p>}
      <output className="report-computed number">{typeof value === 'number' ? format.number(value) : t('nothing')}{field.unit && <span className="soft"> {pick(field.unit)}</span>}</output>{about.error && <p className="field-error"><Icon name="alert" size={14} />{about.error}</p>}</div>)
  }
  switch (field.kind) {
    case 'number': return wrap(<NumberField {...about} {...(hint ? { hint } : {})} value={text} onValue={set} {...(field.unit ? { unit: pick(field.unit) } : {})} />)
    case 'choice': return wrap(<SelectField {...about} hint={hint} value={text} onValue={set} empty={t('choose')} options={field.options.map((one) => ({ value: one.code, label: pick(one.label) }))} />)
    case 'text': return wrap(<TextArea {...about} hint={hint} rows={3} value={text} onValue={set} maxLength={field.most} />, true)
    case 'file': return wrap(<Files field={field} ids={(typed[field.code] as string[] | undefined) ?? []} names={names} onIds={(ids) => onTyped(field.code, ids)} />, true)
    default: return wrap(<Table field={field} rows={(typed[field.code] as TypedRow[] | undefined) ?? []} onRows={(rows) => onTyped(field.code, rows)} errors={errors} hint={hint} />, true)
  }
}

function Table({ field, rows, onRows, errors, hint }: { field: Extract<Field, { kind: 'table' }>; rows: TypedRow[]; onRows: (rows: TypedRow[]) => void; errors: ReadonlyMap<string, string>; hint: string | undefined }) {
  const t = useT(messages)
  const pick = usePick()
  const put = (id: string, code: string, value: string) => onRows(rows.map((row) => (row.id === id ? { ...row, cells: { ...row.cells, [code]: value } } : row)))
  return (
    <fieldset className="field"><legend>{pick(field.label)}</legend>{hint && <p className="field-hint">{hint}</p>}
      {rows.map((row, n) => (
        <div key={row.id} className="report-row" role="group" aria-label={t('row', { n: n + 1 })}>
          {field.columns.map((column) => {
            const about = { label: pick(column.label), error: errors.get(placeOf(field.code, n, column.code)), ...(column.required ? {} : { optional: true as const }), value: row.cells[column.code] ?? '', onValue: (value: string) => put(row.id, column.code, value) }
            return column.kind === 'number' ? <NumberField key={column.code} {...about} /> : column.kind === 'choice' ? <SelectField key={column.code} {...about} empty={t('choose')} options={column.options.map((one) => ({ value: one.code, label: pick(one.label) }))} /> : <TextField key={column.code} {...about} maxLength={column.most} />
          })}
          <IconButton icon="close" label={t('row.drop', { n: n + 1 })} onClick={() => onRows(rows.filter((one) => one.id !== row.id))} />
        </div>
      ))}
      {errors.get(field.code) && <p className="field-error"><Icon name="alert" size={14} />{errors.get(field.code)}</p>}
      {rows.length < field.most && <Button small icon="plus" onClick={() => onRows([...rows, { id: uuidv7(), cells: {} }])}>{t('rows.add')}</Button>}
    </fieldset>
  )
}

function Files({ field, ids, names, onIds }: { field: Extract<Field, { kind: 'file' }>; ids: string[]; names: Record<string, string>; onIds: (ids: string[]) => void }) {
  const t = useT(messages)
  const pick = usePick()
  const { lang } = useLang()
  const [busy, setBusy] = useState(false)
  const [known, setKnown] = useState<Record<string, string>>({})
  const take = async (list: File[]) => {
    const files = list.slice(0, field.most - ids.length)
    if (files.length === 0) return
    setBusy(true)
    try {
      const added: string[] = []
      for (const file of files) { const id = await upload(file, lang); added.push(id); setKnown((before) => ({ ...before, [id]: file.name })) }
      onIds([...ids, ...added])
    } catch (error) { toast(error instanceof Error ? error.message : String(error)) }
    setBusy(false)
  }
  return (
    <div className="field"><span className="label">{pick(field.label)}</span>
      {ids.length > 0 && <ul className="report-files">{ids.map((id) => <li key={id}><Icon name="file" size={14} /><span className="clip">{known[id] ?? names[id] ?? <span className="bad">{t('file.gone')}</span>}</span><IconButton icon="close" label={t('file.drop', { name: known[id] ?? names[id] ?? '' })} onClick={() => onIds(ids.filter((one) => one !== id))} /></li>)}</ul>}
      {ids.length < field.most && <PickFile small several busy={busy} label={busy ? t('files.busy') : t('files.add')} onFiles={(files) => void take(files)} />}
    </div>
  )
}
