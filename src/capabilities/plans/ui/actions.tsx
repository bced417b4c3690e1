// Who does what, by when: rows that become tasks on approval. A row that is a task already says so: what becomes of its task is asked then.
import { useState } from 'react'
import { useT } from '../../../web/i18n.tsx'
import { Button, DateField, IconButton, TextField, UnitField } from '../../../web/kit/kit.ts'
import { uuidv7 } from '../../../web/orders.ts'
import type { ActionData } from './kinds.ts'
import { plans as messages } from './messages.ts'

const choice = (unit: { id: string; name: string } | null) => (unit ? { id: unit.id, name: unit.name, code: '', kind: '' } : undefined)

export function ActionsEditor({ rows, made, onRows }: { rows: readonly ActionData[]; made: ReadonlySet<string>; onRows: (rows: ActionData[]) => void }) {
  const t = useT(messages)
  const [added, setAdded] = useState<string>()
  const add = () => { const id = uuidv7(); setAdded(id); onRows([...rows, { id, title: '', unitId: null, supportingUnitIds: [], due: null, product: null, unit: null, supporting: [] }]) }
  const put = (i: number, more: Partial<ActionData>) => onRows(rows.map((one, at) => (at === i ? { ...one, ...more } : one)))
  return (
    <fieldset className="field plan-actions"><legend>{t('actions')}</legend>
      {rows.length === 0 && <p className="faint">{t('action.none')}</p>}
      <ol>{rows.map((one, i) => (
        <li key={one.id} aria-label={t('action.n', { n: i + 1 })}>
          <div className="plan-action-head"><TextField label={`${i + 1}. ${t('action')}`} value={one.title} onValue={(title) => put(i, { title })} maxLength={500} autoFocus={one.id === added} /><IconButton icon="close" label={t('action.drop', { n: i + 1 })} onClick={() => onRows(rows.filter((_, at) => at !== i))} /></div>
          {made.has(one.id) && <p className="field-hint">{t('action.made')}</p>}
          <div className="field-row"><UnitField label={t('action.unit')} value={choice(one.unit)} onValue={(unit) => put(i, { unit: unit ? { id: unit.id, name: unit.name } : null })} />
            <DateField label={t('action.due')} optional value={one.due ?? undefined} onValue={(due) => put(i, { due: due ?? null })} />
            <TextField label={t('action.product')} optional value={one.product ?? ''} onValue={(product) => put(i, { product })} maxLength={1000} /></div>
          <UnitField label={t('action.supporting')} optional value={undefined} onValue={(unit) => { if (unit && !one.supporting.some(({ id }) => id === unit.id)) put(i, { supporting: [...one.supporting, { id: unit.id, name: unit.name }] }) }} />
          {one.supporting.length > 0 && <ul className="plan-chips">{one.supporting.map((unit) => <li key={unit.id}>{unit.name}<IconButton icon="close" label={t('action.support.drop', { name: unit.name })} onClick={() => put(i, { supporting: one.supporting.filter(({ id }) => id !== unit.id) })} /></li>)}</ul>}
        </li>
      ))}</ol>
      <div><Button icon="plus" onClick={add}>{t('action.add')}</Button></div>
    </fieldset>
  )
}
