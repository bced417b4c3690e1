// One block of an ICS form on screen: its number and title as on the form, the Vietnamese beside, and its fields or rows.
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, CheckField, ChoiceField, IconButton, TextArea, TextField } from '../../../web/kit/kit.ts'
import type { IcsValues } from '../contract/ics.ts'
import { headed, keyOf } from '../decide/ics.ts'
import type { IcsBlock, IcsField } from '../decide/ics.ts'
import { icsMessages } from './ics-messages.ts'

const MOST = 300
type Put = (key: string, value: IcsValues[string]) => void

export function IcsBlockView({ block, values, put }: { block: IcsBlock; values: IcsValues; put: Put }) {
  const { lang } = useLang()
  const head = headed(block, block.title)
  const fields = block.fields ?? []
  if (block.band) return <h3 className="ics-wide">{head}{lang === 'vi' && <small className="soft">{block.vi}</small>}</h3>
  const wide = `ics-of-${block.table && block.table.columns.length > 2 ? 12 : block.wide ?? 12}`
  if (fields.length === 1 && !fields[0]!.label && !block.table) return <div className={wide}><OneField field={fields[0]!} label={head} hint={lang === 'vi' ? block.vi : ''} at={keyOf(block, fields[0])} rows={block.tall} values={values} put={put} /></div>
  return (
    <fieldset className={`ics-block ${wide}`}>
      {head && <legend>{head}{lang === 'vi' && <small className="soft">{block.vi}</small>}</legend>}
      {fields.length > 0 && <div className="ics-fields">{fields.map((field) => <OneField key={field.key} field={field} label={field.label || block.title} hint={lang === 'vi' ? field.vi : ''} at={keyOf(block, field)} rows={block.tall} values={values} put={put} />)}</div>}
      {block.table && <Rows block={block} values={values} put={put} />}
    </fieldset>
  )
}

function OneField({ field, label, hint, at, rows, values, put }: { field: IcsField; label: string; hint: string; at: string; rows: number | undefined; values: IcsValues; put: Put }) {
  const t = useT(icsMessages)
  const value = typeof values[at] === 'string' ? values[at] : ''
  const set = (text: string) => put(at, text)
  if (field.kind === 'check') return <CheckField label={label} hint={hint} value={value === 'yes'} onValue={(on) => set(on ? 'yes' : '')} />
  if (field.kind === 'yesno') return <ChoiceField label={label} inline value={value} onValue={set} options={[{ value: 'yes', label: t('yes') }, { value: 'no', label: t('no') }]} />
  if (field.kind === 'text') return <div className="ics-wide"><TextArea label={label} hint={hint} optional="quiet" rows={Math.min(rows ?? 3, 6)} value={value} onValue={set} maxLength={20_000} /></div>
  return <TextField label={label} hint={hint} optional="quiet" value={value} onValue={set} maxLength={2000} autoComplete="off" />
}

function Rows({ block, values, put }: { block: IcsBlock; values: IcsValues; put: Put }) {
  const t = useT(icsMessages)
  const { lang } = useLang()
  const { columns, rows: fixed } = block.table!
  const at = keyOf(block)
  const typed = Array.isArray(values[at]) ? values[at] : []
  const rows = Array.from({ length: fixed?.length ?? Math.max(typed.length, 1) }, (_, i) => columns.map((__, j) => (fixed && j === 0 ? fixed[i]! : typed[i]?.[j] ?? '')))
  const change = (i: number, j: number, text: string) => put(at, rows.map((row, n) => (n === i ? row.map((cell, m) => (m === j ? text : cell)) : row)))
  const cell = (i: number, j: number) => <input className="input" aria-label={t('cell', { column: columns[j]!.head || block.title, row: fixed?.[i] ?? i + 1 })} value={rows[i]![j]} maxLength={2000} autoComplete="off" onChange={(event) => change(i, j, event.target.value)} />
  return (
    <>
      <div className="ics-rows"><table>
        <thead><tr>{columns.map((one, j) => (one.head ? <th key={j} scope="col" style={{ width: `${one.width * 100}%` }}>{headed(one, one.head)}{lang === 'vi' && <small className="soft">{one.vi}</small>}</th> : <td key={j} />))}{!fixed && <td />}</tr></thead>
        <tbody>{rows.map((row, i) => (
          <tr key={i}>{row.map((word, j) => (fixed && j === 0 ? <th key={j} scope="row">{word}</th> : <td key={j}>{cell(i, j)}</td>))}
            {!fixed && <td><IconButton icon="close" label={t('row.drop', { row: i + 1 })} onClick={() => put(at, rows.filter((_, n) => n !== i))} /></td>}</tr>
        ))}</tbody>
      </table></div>
      {!fixed && rows.length < MOST && <div className="row"><Button small icon="plus" aria-label={t('row.add.of', { block: headed(block, block.title) || columns[0]!.head })} onClick={() => put(at, [...rows, columns.map(() => '')])}>{t('row.add')}</Button></div>}
    </>
  )
}
