import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api, q } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useT } from '../../../../web/i18n.tsx'
import { Button, CheckField, ChoiceField, Dialog, Form, Refusal, TextField, UnitField, toast } from '../../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../../web/kit/kit.ts'
import { useOrder } from '../../../../web/orders.ts'
import { useKind } from '../../../units/ui/messages.ts'
import { staff } from './messages.ts'
import { Dates, endOf, reload, startOf, useRoles } from './parts.tsx'
import type { Slips } from './parts.tsx'

type SlipsMade = { onSlips: (slips: Slips) => void; onClose: () => void }
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase()
/** Nguyễn Văn Bình: binh.nguyen.van. A proposal only. */
const proposed = (name: string): string => { const words = plain(name).replace(/[^a-z0-9 ]/g, '').split(' ').filter(Boolean); return [words.at(-1), ...words.slice(0, -1)].filter(Boolean).join('.').slice(0, 40) }

export function AddPerson({ unit, onSlips, onClose }: { unit?: UnitChoice | undefined } & SlipsMade) {
  const t = useT(staff)
  const roles = useRoles()
  const [at, setAt] = useState<UnitChoice | undefined>(unit)
  const [is, set] = useState({ name: '', account: '', title: '', phone: '', email: '', role: '' })
  const [touched, touch] = useState(false)
  const [from, setFrom] = useState<string>()
  const [until, setUntil] = useState<string>()
  const slip = useOrder(api.people.issueSlip, (slips) => { onClose(); onSlips(slips) })
  const order = useOrder(api.people.add, ({ personId }) => {
    void reload()
    toast(t('add.done', { name: is.name }), { action: { label: t('slip'), run: () => void slip.give({ personId }) } })
    onClose()
  })
  const text = (key: 'name' | 'account' | 'title' | 'phone' | 'email') => ({ value: is[key], error: order.refused?.fields[key], onValue: (value: string) => set({ ...is, [key]: value, ...(key === 'name' && !touched ? { account: proposed(value) } : {}) }) })
  const ready = at && is.name.trim() && is.account.trim()
  return (
    <Dialog open onClose={onClose} asks title={t('add')}>
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy} aria-disabled={!ready}>{t('add.do')}</Button>}
        onSend={() => { if (ready) void order.give({ unitId: at.id, account: is.account, name: is.name, title: is.title || null, phone: is.phone || null, email: is.email || null, ...(is.role ? { role: is.role as 'head', ...(from ? { startsAt: startOf(from) } : {}), ...(until ? { endsAt: endOf(until) } : {}) } : {}) }) }}>
        <TextField label={t('name')} {...text('name')} autoComplete="off" />
        <TextField label={t('account')} hint={t('account.hint')} {...text('account')} onInput={() => touch(true)} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        <UnitField label={t('unit')} value={at} onValue={setAt} />
        <ChoiceField label={t('role')} value={is.role} onValue={(role) => set({ ...is, role })} options={[{ value: '', label: t('add.role.none') }, ...roles]} />
        {is.role && <Dates from={from} until={until} onFrom={setFrom} onUntil={setUntil} />}
        <div className="field-row"><TextField label={t('jobTitle')} optional {...text('title')} /><TextField label={t('phone')} optional inputMode="tel" {...text('phone')} /></div>
        <TextField label={t('email')} optional inputMode="email" {...text('email')} />
      </Form>
    </Dialog>
  )
}

export function OneSlip({ personId, factor, onSlips, onClose }: { personId: string; factor: boolean } & SlipsMade) {
  const t = useT(staff)
  const [removeSecondFactor, setRemove] = useState(false)
  const order = useOrder(api.people.issueSlip, (slips) => { void reload(); onClose(); onSlips(slips) })
  return (
    <Dialog open onClose={onClose} title={t('slip.one')} size="sm">
      <Form refused={order.refused} onSend={() => void order.give({ personId, removeSecondFactor })} foot={<Button look="main" type="submit" busy={order.busy}>{t('slip')}</Button>}>
        <p>{t('slip.text')}</p>
        {factor && <CheckField label={t('slip.factor')} value={removeSecondFactor} onValue={setRemove} />}
      </Form>
    </Dialog>
  )
}

export function SlipsBelow({ unit, onSlips, onClose }: { unit?: UnitChoice | undefined } & SlipsMade) {
  const t = useT(staff)
  const [at, setAt] = useState<UnitChoice | undefined>(unit)
  const order = useOrder(api.people.issueSlips, (slips) => { void reload(); onClose(); onSlips(slips) })
  return (
    <Dialog open onClose={onClose} asks title={t('slips.below')}>
      <Form refused={order.refused} onSend={() => { if (at) void order.give({ unitId: at.id }) }} foot={<Button look="main" type="submit" busy={order.busy} aria-disabled={!at}>{t('slips.do')}</Button>}>
        <p className="soft">{t('slips.below.text')}</p>
        <UnitField label={t('under')} value={at} onValue={setAt} />
      </Form>
    </Dialog>
  )
}

/** Counted before it is done. */
export function AccountsForUnits({ unit, onSlips, onClose }: { unit?: UnitChoice | undefined } & SlipsMade) {
  const t = useT(staff)
  const kind = useKind()
  const { number } = useFormat()
  const roles = useRoles().filter((one) => one.value !== 'administrator')
  const known = useQuery(q.units.count.queryOptions({ input: {} }))
  const [at, setAt] = useState<UnitChoice | undefined>(unit)
  const [kinds, setKinds] = useState<readonly string[]>([])
  const [role, setRole] = useState('head')
  const count = useMutation({ mutationFn: () => api.people.countAccounts({ unitId: at!.id, kinds: [...kinds], role: role as 'head' }) })
  const order = useOrder(api.people.issueAccounts, (slips) => { void reload(); onClose(); onSlips(slips) })
  const ready = at && kinds.length > 0
  const missing = count.data?.missing ?? 0
  return (
    <Dialog open onClose={onClose} asks title={t('accounts')}>
      <Form refused={order.refused} onSend={() => { if (!ready) return; if (missing > 0) void order.give({ unitId: at.id, kinds: [...kinds], role: role as 'head' }); else count.mutate() }}
        foot={<Button look="main" type="submit" busy={order.busy || count.isPending} aria-disabled={!ready}>{missing > 0 ? t('accounts.do', { count: number(missing) }) : t('count')}</Button>}>
        <p className="soft">{t('accounts.text')}</p>
        <UnitField label={t('under')} value={at} onValue={(next) => { setAt(next); count.reset() }} />
        <fieldset className="field"><legend className="label">{t('kinds')}</legend><div className="row">{Object.keys(known.data?.kinds ?? {}).map((name) => (
          <CheckField key={name} label={kind(name)} value={kinds.includes(name)} onValue={(yes) => { setKinds(yes ? [...kinds, name] : kinds.filter((one) => one !== name)); count.reset() }} />
        ))}</div></fieldset>
        <ChoiceField label={t('role')} value={role} onValue={(next) => { setRole(next); count.reset() }} options={roles} />
        <p role="status">{count.data ? t('counted', { units: number(count.data.units), missing: number(missing) }) : ''}</p>
        <Refusal error={count.error} />
      </Form>
    </Dialog>
  )
}
