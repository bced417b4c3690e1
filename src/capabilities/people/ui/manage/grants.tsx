// Roles given, ended and delegated: a table of them and its dialogs.
import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { api } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useT } from '../../../../web/i18n.tsx'
import { Button, ChoiceField, DataTable, Dialog, EmptyState, Form, IconButton, Menu, TextField, UnitField, kitMessages, toast } from '../../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../../web/kit/kit.ts'
import { saidRefused } from '../../../../web/at-once.ts'
import { sendSafely, useOrder, uuidv7 } from '../../../../web/orders.ts'
import { useMay, useMe } from '../../../../web/session.ts'
import { againGrant } from '../../decide/again.ts'
import type { Again } from '../../decide/again.ts'
import { people } from '../messages.ts'
import { staff } from './messages.ts'
import { Dates, PersonField, endOf, reload, startOf, useRoles } from './parts.tsx'
import type { Grant } from './parts.tsx'

/** `at`: the unit on whose page it stands; what is held elsewhere says where. `own`: the person on whose page it stands. */
export function GrantTable({ caption, grants, at, own, list }: { caption: string; grants: readonly Grant[] | undefined; at?: string; own?: boolean; list?: object }) {
  const t = useT(staff)
  const r = useT(people)
  const me = useMe()
  const mayGrant = useMay('person.grant')
  const { date, lastDay } = useFormat()
  const [ending, setEnding] = useState<Grant>()
  const [delegating, setDelegating] = useState<Grant>()
  const where = (grant: Grant) => (!grant.unit ? t('whole') : at && grant.unit.id !== at ? t('above', { unit: grant.unit.name }) : at ? '' : grant.unit.name)
  const period = (grant: Grant) => [grant.state === 'coming' && t('coming', { day: date(grant.startsAt) }), grant.endsAt ? lastDay(new Date(grant.endsAt).toLocaleDateString('sv')) : grant.state !== 'coming' && t('always')].filter(Boolean).join(' · ')
  const acts = (grant: Grant) => [
    ...(grant.person.id === me?.id && !grant.fromGrantId && grant.state === 'in_force' ? [{ id: 'delegate', label: t('delegate'), icon: 'swap' as const, run: () => setDelegating(grant) }] : []),
    ...((mayGrant || grant.delegatedBy?.id === me?.id) && grant.state !== 'over' ? [{ id: 'end', label: t('end'), icon: 'close' as const, run: () => setEnding(grant) }] : []),
  ]
  const about = (grant: Grant) => [where(grant), grant.delegatedBy && t('by', { name: grant.delegatedBy.name ?? '…' })].filter(Boolean).join(' · ')
  return (
    <>
      <DataTable caption={caption} rows={grants} rowKey={(grant) => grant.id} {...list} empty={<EmptyState icon="shield" title={own ? t('noRole') : t('here.none')} />} columns={[
        own ? { id: 'role', head: t('role'), as: 'name', text: (grant) => [r(`role.${grant.role}`), about(grant)].filter(Boolean).join(' · '), cell: (grant) => <>{r(`role.${grant.role}`)}<small>{about(grant)}</small></> }
          : { id: 'person', head: t('person'), as: 'name', text: (grant) => [grant.person.name ?? '…', r(`role.${grant.role}`), where(grant), grant.delegatedBy && t('by', { name: grant.delegatedBy.name ?? '…' })].filter(Boolean).join(' · '), cell: (grant) => <><Link to={'/people/$personId' as '/'} params={{ personId: grant.person.id } as never}>{grant.person.name ?? '…'}</Link><small>{[r(`role.${grant.role}`), where(grant), grant.delegatedBy && t('by', { name: grant.delegatedBy.name ?? '…' })].filter(Boolean).join(' · ')}</small></> },
        { id: 'until', head: t('period'), from: 'narrow', text: period, cell: (grant) => <span className="soft">{period(grant)}</span> },
        { id: 'do', head: t('actions'), as: 'number', width: '110px', cell: (grant) => { const items = acts(grant); return items.length > 1 ? <Menu items={items}><IconButton icon="more" label={t('actions')} /></Menu> : items.map((item) => <Button key={item.id} small look="quiet" onClick={item.run}>{item.label}</Button>) } },
      ]} />
      {ending && <EndRole grant={ending} onClose={() => setEnding(undefined)} />}
      {delegating && <DelegateRole grant={delegating} onClose={() => setDelegating(undefined)} />}
    </>
  )
}

function EndRole({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const t = useT(staff)
  const r = useT(people)
  const [until, setUntil] = useState<string>()
  const [reason, setReason] = useState('')
  const k = useT(kitMessages)
  const me = useMe()
  const endsAt = until && endOf(until)
  const giveBack = async (again: Again) => {
    const orderId = uuidv7()
    try {
      await sendSafely<{ grantId: string }>(() => ('give' in again ? api.people.give({ orderId, ...again.give }) : api.people.delegate({ orderId, ...again.delegate })))
      toast(t('ended.back'))
    } catch (error) { saidRefused(error) }
    void reload()
  }
  const order = useOrder(api.people.end, () => {
    const again = againGrant(grant, endsAt, me?.id ?? '')
    toast(t('ended'), again ? { action: { label: k('undo'), run: () => void giveBack(again) } } : {})
    void reload()
    onClose()
  })
  return (
    <Dialog open onClose={onClose} asks title={t('end.title')} size="sm">
      <Form refused={order.refused} onSend={() => void order.give({ grantId: grant.id, ...(endsAt ? { endsAt } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}) })} foot={<Button look="danger" type="submit" busy={order.busy}>{t('end.do')}</Button>}>
        <p>{t('end.text', { role: r(`role.${grant.role}`), name: grant.person.name ?? '…', unit: grant.unit?.name ?? t('whole') })}</p>
        <Dates until={until} onUntil={setUntil} empty={t('end.now')} />
        <TextField label={t('end.reason')} optional value={reason} onValue={setReason} />
      </Form>
    </Dialog>
  )
}

function DelegateRole({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const t = useT(staff)
  const [to, setTo] = useState('')
  const [from, setFrom] = useState<string>()
  const [until, setUntil] = useState<string>()
  const order = useOrder(api.people.delegate, () => { toast(t('delegated')); void reload(); onClose() })
  return (
    <Dialog open onClose={onClose} asks title={t('delegate.title')}>
      <Form refused={order.refused} onSend={() => { if (to && until) void order.give({ grantId: grant.id, toPersonId: to, endsAt: endOf(until), ...(from ? { startsAt: startOf(from) } : {}) }) }} foot={<Button look="main" type="submit" busy={order.busy} aria-disabled={!to || !until}>{t('delegate.do')}</Button>}>
        <p className="soft">{t('delegate.text')}</p>
        <PersonField value={to} onValue={setTo} />
        <Dates from={from} until={until} onFrom={setFrom} onUntil={setUntil} needUntil />
      </Form>
    </Dialog>
  )
}

/** To a person known (on their page) or one to be found; at a unit known or one to be found. */
export function GiveRole({ personId, unit, onClose }: { personId?: string; unit?: UnitChoice | undefined; onClose: () => void }) {
  const t = useT(staff)
  const roles = useRoles()
  const [to, setTo] = useState(personId ?? '')
  const [at, setAt] = useState<UnitChoice | undefined>(unit)
  const [role, setRole] = useState('')
  const [from, setFrom] = useState<string>()
  const [until, setUntil] = useState<string>()
  const order = useOrder(api.people.give, () => { toast(t('given')); void reload(); onClose() })
  const ready = to && at && role
  return (
    <Dialog open onClose={onClose} asks title={t('give')}>
      <Form refused={order.refused} onSend={() => { if (ready) void order.give({ personId: to, unitId: at.id, role: role as 'head', ...(from ? { startsAt: startOf(from) } : {}), endsAt: until ? endOf(until) : null }) }} foot={<Button look="main" type="submit" busy={order.busy} aria-disabled={!ready}>{t('give.do')}</Button>}>
        {!personId && <PersonField value={to} onValue={setTo} error={order.refused?.fields['personId']} />}
        <UnitField label={t('unit')} value={at} onValue={setAt} />
        <ChoiceField label={t('role')} value={role} onValue={setRole} options={roles} />
        <Dates from={from} until={until} onFrom={setFrom} onUntil={setUntil} />
      </Form>
    </Dialog>
  )
}
