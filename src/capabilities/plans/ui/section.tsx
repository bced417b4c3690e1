// One section edited in place. What is typed is kept in this window until it is saved, and somebody else's save never takes it away.
import { Suspense, useEffect, useState } from 'react'
import { api } from '../../../web/client.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, CheckField, Editors, Form, Skeleton, TextArea, TextField, toast } from '../../../web/kit/kit.ts'
import { keptAt } from '../../../web/leave.ts'
import { useOrder } from '../../../web/orders.ts'
import { ActionsEditor } from './actions.tsx'
import type { ActionData, PlanData, SectionData } from './kinds.ts'
import { plans as messages } from './messages.ts'
import { part } from '../../../web/parts.ts'
import { useOutlines } from './stale.tsx'

const Diff = part(() => import('./diff.tsx'))
type Draft = { title: string; text: string; tables: string[]; actions: ActionData[]; /** Of the section that it began from. */ version: number }
const draftOf = (s: SectionData): Draft => ({ title: s.title, text: s.text ?? '', tables: s.tables, actions: s.actions.map(({ task: _, ...action }) => action), version: s.version })
export const draftKey = (planId: string, sectionId: string): string => `sansang.plan.${planId}.${sectionId}`
const same = (a: Draft, b: Draft) => JSON.stringify({ ...a, version: 0 }) === JSON.stringify({ ...b, version: 0 })

export function EditSection({ plan, section, onClose, onDone }: { plan: PlanData; section: SectionData; onClose: () => void; onDone: () => Promise<unknown> }) {
  const t = useT(messages)
  const pick = usePick()
  const tables = useOutlines().data?.tables ?? []
  const key = draftKey(plan.id, section.id)
  const [kept] = useState<Draft | undefined>(() => keptAt<Draft>(key))
  const [draft, set] = useState<Draft>(kept ?? draftOf(section))
  const [saved, setSaved] = useState(false)
  const forget = () => { try { sessionStorage.removeItem(key) } catch { /* a private window keeps nothing */ } }
  useEffect(() => { if (!saved) try { if (same(draft, draftOf(section))) sessionStorage.removeItem(key); else sessionStorage.setItem(key, JSON.stringify(draft)) } catch { /* a private window keeps nothing */ } }, [draft, key, section, saved])
  // Closed when the plan is there again, so that nobody sees the words of before.
  const order = useOrder(api.plans.write, () => { setSaved(true); toast(t('section.saved', { title: draft.title })); forget(); void onDone().finally(onClose) })
  // The plan is fetched again after a refusal: then the section is newer than what this draft began from.
  useEffect(() => { if (order.refused?.code === 'CHANGED') void onDone() }, [order.refused]) // eslint-disable-line react-hooks/exhaustive-deps -- once a refusal
  const clash = !saved && section.version > draft.version
  const hasActions = draft.actions.length > 0 || section.code === 'actions'
  const fits = (by: readonly string[]) => by.every((one) => one === 'unit' || (one === 'event' ? plan.event : plan.programme))
  const send = (version: number) => order.give({
    planId: plan.id, sectionId: section.id, expectedVersion: version, title: draft.title.trim() || section.title,
    content: { text: draft.text, tables: draft.tables, actions: draft.actions.filter((one) => one.title.trim()).map(({ unit, supporting, ...one }) => ({ id: one.id, title: one.title.trim(), unitId: unit?.id ?? null, supportingUnitIds: supporting.map(({ id }) => id), due: one.due, product: one.product?.trim() || null })) },
  })
  return (
    <div className="plan-edit">
      <Editors kind="plan" id={plan.id} />
      {kept && !clash && <div className="note"><p>{t('section.kept')} <Button small look="quiet" onClick={() => { forget(); set(draftOf(section)) }}>{t('section.drop')}</Button></p></div>}
      {clash && <div className="note plan-stale" role="alert"><div className="stack"><p>{t('clash', { name: section.changedBy?.name ?? '…' })}</p><p className="soft">{t('clash.diff')}</p><Suspense fallback={<Skeleton lines={2} />}><Diff was={section.text ?? ''} now={draft.text} /></Suspense>
        <div className="row"><Button look="main" busy={order.busy} onClick={() => { set({ ...draft, version: section.version }); void send(section.version) }}>{t('clash.mine')}</Button><Button onClick={() => { forget(); set(draftOf(section)); order.clear() }}>{t('clash.theirs')}</Button></div></div></div>}
      <Form refused={clash ? undefined : order.refused} onSend={() => void send(draft.version)} foot={<><Button onClick={() => { forget(); onClose() }}>{t('section.cancel')}</Button><Button look="main" type="submit" busy={order.busy || saved} aria-disabled={clash}>{t('save')}</Button></>}>
        {section.guide && <p className="soft">{pick(section.guide)}</p>}
        <TextField label={t('section.title')} value={draft.title} onValue={(title) => set({ ...draft, title })} maxLength={300} />
        <TextArea label={t('section.text')} hint={t('section.text.hint')} optional rows={Math.min(24, Math.max(hasActions ? 3 : 8, draft.text.split('\n').length + 2))} value={draft.text} onValue={(text) => set({ ...draft, text })} maxLength={60_000} autoFocus />
        {hasActions && <ActionsEditor rows={draft.actions} made={new Set(section.actions.flatMap((one) => (one.task ? [one.id] : [])))} onRows={(actions) => set({ ...draft, actions })} />}
        <fieldset className="field"><legend>{t('section.tables')}</legend>{tables.filter(({ source, by }) => draft.tables.includes(source) || fits(by)).map(({ source, name }) => (
          <CheckField key={source} label={pick(name)} value={draft.tables.includes(source)} onValue={(yes) => set({ ...draft, tables: yes ? [...draft.tables, source] : draft.tables.filter((one) => one !== source) })} />))}
          {tables.some(({ by }) => !fits(by)) && <p className="field-hint">{t('table.unfit', { names: tables.filter(({ by }) => !fits(by)).map(({ name }) => pick(name)).join('; ') })}</p>}</fieldset>
      </Form>
    </div>
  )
}
