// One letter to each of many units: who gets one, what each owes, and the fields that are filled in.
import { useRef, useState } from 'react'
import { api, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, CheckField, Refusal, SelectField, UnitField } from '../../../web/kit/kit.ts'
import { FIELDS } from '../decide/merge.ts'
import type { Form } from './form.ts'
import { eachMessages } from './each-messages.ts'

/** How each is addressed, and what it owes. */
export type Owes = Record<string, { office: string; overdue: number; missing: number }>
export const owesOf = (items: readonly { unit: { id: string }; office: string; overdue: number; missing: number }[]): Owes => Object.fromEntries(items.map(({ unit, office, overdue, missing }) => [unit.id, { office, overdue, missing }]))
const SHOWN = 12

export function EachUnit({ unitId, form, set, owes, onOwes, shown, onShown }: { unitId: string; form: Form; set: (more: Partial<Form>) => void; owes: Owes; onOwes: (owes: Owes) => void; shown: string | undefined; onShown: (id: string) => void }) {
  const t = useT(eachMessages)
  const { lang } = useLang()
  const format = useFormat()
  const [busy, setBusy] = useState<string>()
  const [failed, setFailed] = useState<Refused>()
  // Two chosen one after the other: the answer to the first may come when the second is on its way.
  const latest = useRef({ sentTo: form.sentTo, owes })
  latest.current = { sentTo: form.sentTo, owes }
  const add = async (which: 'these' | 'below' | 'owing', ids?: string[]) => {
    setBusy(which)
    setFailed(undefined)
    try {
      const { items } = await api.papers.runUnits({ unitId, which, ...(ids ? { unitIds: ids } : {}) })
      const known = new Set(latest.current.sentTo.map(({ id }) => id))
      set({ sentTo: [...latest.current.sentTo, ...items.filter(({ unit }) => !known.has(unit.id)).map(({ unit }) => unit)] })
      onOwes({ ...latest.current.owes, ...owesOf(items) })
    } catch (error) { setFailed(refusalOf(error)) } finally { setBusy(undefined) }
  }
  return (
    <div className="stack">
      <p className="soft small">{t('fields', { list: Object.values(FIELDS).map((names) => `{${names[lang === 'en' ? 1 : 0]}}`).join(', ') })}</p>
      <div className="row"><Button small icon="plus" busy={busy === 'below'} onClick={() => void add('below')}>{t('below')}</Button><Button small icon="clock" busy={busy === 'owing'} onClick={() => void add('owing')}>{t('owing')}</Button></div>
      <UnitField label={t('one')} optional value={undefined} onValue={(one) => { if (one) void add('these', [one.id]) }} />
      <Refusal error={failed} />
      {form.sentTo.length > 0 && <>
        <div className="row between"><p role="status">{t('count', { count: form.sentTo.length })}</p><Button small look="quiet" onClick={() => set({ sentTo: [] })}>{t('clear')}</Button></div>
        <ul className="paper-list" aria-label={t('list')}>{form.sentTo.slice(0, SHOWN).map((one) => (
          <li key={one.id}><span className="grow">{one.name}</span>{owes[one.id] && <span className={`small ${owes[one.id]!.overdue + owes[one.id]!.missing > 0 ? 'bad' : 'soft'}`}>{t('owes', { count: owes[one.id]!.overdue })}{owes[one.id]!.missing > 0 && `, ${t('owes.reports', { count: owes[one.id]!.missing })}`}</span>}<Button small look="quiet" aria-label={t('drop', { unit: one.name })} onClick={() => set({ sentTo: form.sentTo.filter(({ id }) => id !== one.id) })}>{t('drop.short')}</Button></li>
        ))}{form.sentTo.length > SHOWN && <li className="soft small">{t('more', { count: format.number(form.sentTo.length - SHOWN) })}</li>}</ul>
        <SelectField label={t('shown')} value={shown ?? ''} onValue={onShown} options={form.sentTo.slice(0, 200).map((one) => ({ value: one.id, label: one.name }))} />
      </>}
      <CheckField label={t('tasks')} hint={t('tasks.hint')} value={form.withTasks} onValue={(withTasks) => set({ withTasks })} />
    </div>
  )
}
