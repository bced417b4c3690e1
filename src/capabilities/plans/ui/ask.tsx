// Whom to ask for their opinion: one by one, or all of a kind at once.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, queries } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, DateField, Dialog, Form, IconButton, SelectField, UnitField, toast } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useKind } from '../../units/ui/messages.ts'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'

/** As many as one order asks. */
const MOST = 200
const FIRST = 12
type Unit = { id: string; name: string }

export function AskDialog({ plan, onClose, onDone }: { plan: PlanData; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const kindName = useKind()
  const asked = new Set(plan.consulted.map((one) => one.unit.id))
  const [units, setUnits] = useState<Unit[]>([])
  const [under, setUnder] = useState<UnitChoice | undefined>({ id: plan.unit.id, name: plan.unit.name, code: '', kind: '' })
  const [kind, setKind] = useState('')
  const [note, setNote] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [all, setAll] = useState(false)
  const [due, setDue] = useState<string>()
  const [tried, setTried] = useState(false)
  const kinds = useQuery(q.units.count.queryOptions({ input: {} }))
  const order = useOrder(api.plans.consult, () => { toast(t('consult.sent.n', { n: units.length })); onDone(); onClose() })
  const add = (more: readonly Unit[]) => setUnits((before) => [...before, ...more.filter((one) => !before.some(({ id }) => id === one.id))])
  const addKind = async () => {
    // Says what is missing rather than being pale without a reason.
    if (!under || !kind) { setNote(t(under ? 'consult.kind.pick.kind' : 'consult.kind.pick.unit')); return }
    setBusy(true)
    setNote(undefined)
    try {
      const { items, next } = await queries.fetchQuery(q.units.search.queryOptions({ input: { under: under.id, kind, limit: MOST } }))
      const fresh = items.filter((one) => one.id !== plan.unit.id && !asked.has(one.id) && !units.some(({ id }) => id === one.id))
      if (next || units.length + fresh.length > MOST) setNote(t('consult.kind.many', { most: MOST }))
      else { add(fresh); setNote(t(fresh.length > 0 ? 'consult.kind.added' : 'consult.kind.none', { n: fresh.length, kind: kindName(kind), under: under.name })) }
    } catch (error) { setNote(error instanceof Error ? error.message : String(error)) }
    setBusy(false)
  }
  const shown = all ? units : units.slice(0, FIRST)
  return (
    <Dialog open asks onClose={onClose} title={t('consult')}>
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{units.length > 0 ? t('consult.send.n', { n: units.length }) : t('consult.send')}</Button>} onSend={() => { setTried(true); if (due && units.length > 0) void order.give({ planId: plan.id, unitIds: units.map(({ id }) => id), due }) }}>
        <UnitField label={t('consult.add')} value={undefined} onValue={(unit) => { if (unit) add([unit]) }} error={tried && units.length === 0 ? t('consult.add.missing') : undefined} />
        <fieldset className="field"><legend>{t('consult.kind')}</legend>
          <div className="field-row"><UnitField label={t('consult.kind.under')} value={under} onValue={(unit) => { setUnder(unit); setNote(undefined) }} optional="quiet" /><SelectField label={t('consult.kind.kind')} value={kind} onValue={(value) => { setKind(value); setNote(undefined) }} optional="quiet" empty={t('consult.kind.pick')} options={Object.keys(kinds.data?.kinds ?? {}).map((value) => ({ value, label: kindName(value) }))} /></div>
          <div className="row"><Button icon="plus" busy={busy} onClick={() => void addKind()}>{t('consult.kind.add')}</Button></div>
          <p className={kind && under ? 'soft' : 'field-error'} role="status">{note}</p>
        </fieldset>
        <DateField label={t('consult.due')} value={due} onValue={setDue} error={tried && !due ? t('missing') : undefined} />
        {units.length > 0 && <section className="stack tight"><b>{t('consult.chosen', { n: units.length })}</b><ul className="plan-chips">{shown.map((unit) => <li key={unit.id}>{unit.name}{asked.has(unit.id) && <span className="soft"> · {t('consult.again')}</span>}<IconButton icon="close" label={t('rests.drop', { name: unit.name })} onClick={() => setUnits(units.filter(({ id }) => id !== unit.id))} /></li>)}</ul>
          {units.length > FIRST && <div className="row"><Button small look="quiet" onClick={() => setAll(!all)}>{t(all ? 'consult.fewer' : 'consult.all', { n: units.length })}</Button><Button small look="quiet" onClick={() => setUnits([])}>{t('consult.clear')}</Button></div>}</section>}
      </Form>
    </Dialog>
  )
}
