import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { api, q, refusalOf } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useT } from '../../../../web/i18n.tsx'
import { Button, Card, Dialog, Facts, Form, Loaded, Menu, Page, Refusal, TextField, UnitField, saveText, toast, useConfirm } from '../../../../web/kit/kit.ts'
import type { MenuItem, UnitChoice } from '../../../../web/kit/kit.ts'
import { sendSafely, useEdit, uuidv7 } from '../../../../web/orders.ts'
import { useMay, useMe } from '../../../../web/session.ts'
import { History } from '../../../journals/ui/history.tsx'
import { OneSlip } from './dialogs.tsx'
import { GiveRole, GrantTable } from './grants.tsx'
import { staff } from './messages.ts'
import { reload } from './parts.tsx'
import type { Slips } from './parts.tsx'
import { SlipSheets } from './slips.tsx'

type Detail = Awaited<ReturnType<typeof api.people.get>>
type Contact = Awaited<ReturnType<typeof api.people.contact>>

export function OnePerson() {
  const { personId } = useParams({ from: '/inside/people/$personId' })
  const person = useQuery(q.people.get.queryOptions({ input: { personId } }))
  return <Loaded query={person}>{(data) => <Shown key={data.id} person={data} />}</Loaded>
}

function Shown({ person }: { person: Detail }) {
  const t = useT(staff)
  const me = useMe()
  const { day } = useFormat()
  const confirm = useConfirm()
  const { edit } = useSearch({ from: '/inside/people/$personId' })
  const [open, setOpen] = useState<'slip' | 'edit' | 'give' | undefined>(edit ? 'edit' : undefined)
  const [slips, setSlips] = useState<Slips>()
  const [mayEdit, mayReset, mayGrant, mayErase, mayContact, mayJournal] = [useMay('person.edit'), useMay('person.reset'), useMay('person.grant'), useMay('person.erase'), useMay('person.contact'), useMay('journal.read')]
  const contact = useMutation({ mutationFn: () => api.people.contact({ personId: person.id }) })
  if (slips) return <SlipSheets slips={slips} onClose={() => setSlips(undefined)} />
  const name = person.name ?? person.account ?? t('someone')
  const there = person.access !== 'left' && person.access !== 'erased'
  const self = person.id === me?.id
  const close = () => setOpen(undefined)
  const act = async (question: Parameters<typeof confirm>[0], give: (orderId: string) => Promise<unknown>, done: (answer: unknown) => string) => {
    if (!await confirm(question)) return
    const orderId = uuidv7()
    try {
      toast(done(await sendSafely(() => give(orderId))))
      await reload()
    } catch (error) { toast(refusalOf(error).message, { look: 'bad' }) }
  }
  const signOut = async () => {
    try {
      const open = await api.people.countSessions({ personId: person.id })
      if (open.sessions + open.tokens === 0) { toast(t('sessions.none')); return }
      await act({ title: t('sessions'), text: t('sessions.text', open), yes: t('sessions'), danger: true }, (orderId) => api.people.endSessions({ orderId, personId: person.id }), (answer) => t('sessions.done', { count: (answer as { ended: number }).ended }))
    } catch (error) { toast(refusalOf(error).message, { look: 'bad' }) }
  }
  const roles = person.grants.length
  const items: MenuItem[] = [
    ...(mayReset && there && !self ? [{ label: t('slip.one'), icon: 'print' as const, run: () => setOpen('slip') },
      { label: t('sessions'), icon: 'out' as const, run: () => void signOut() }] : []),
    { label: t('export'), icon: 'download', run: () => saveText(`${person.account ?? person.id}.json`, JSON.stringify({ ...person, ...(contact.data ? { contact: contact.data } : {}) }, null, 2)) },
    ...(mayEdit && there && !self ? ['line' as const, { label: t('leave'), danger: true, run: () => void act({ title: t('leave.title', { name }), text: t('leave.text', { roles }), yes: t('leave'), danger: true }, (orderId) => api.people.leave({ orderId, personId: person.id }), () => t('left')) }] : []),
    ...(mayErase && person.access !== 'erased' && !self ? [{ label: t('erase'), danger: true, run: () => void act({ title: t('erase.title', { name }), text: t('erase.text', { roles }), yes: t('erase'), danger: true }, (orderId) => api.people.erase({ orderId, personId: person.id }), () => t('erased')) }] : []),
  ]
  return (
    <Page title={name} line={[person.title, person.unit?.name ?? t('whole'), t(`access.${person.access}`)].filter(Boolean).join(' · ')} crumbs={[{ label: t('manage'), to: '/manage' as '/' }, { label: t('title'), to: '/people' as '/' }]}
      actions={<>{mayEdit && there && <Button icon="edit" onClick={() => setOpen('edit')}>{t('edit')}</Button>}<Menu items={items}><Button icon="more">{t('actions')}</Button></Menu></>}>
      <div className="two">
        <Card title={t('held')}>
          <Facts items={[
            [t('name'), person.name], [t('jobTitle'), person.title], [t('account'), person.account], [t('unit'), person.unit?.name ?? t('whole')], [t('access'), `${t(`access.${person.access}`)}${person.blocked ? ` · ${t('blocked')}` : ''}`],
            [t('factor'), t(person.secondFactor ? 'on' : 'off')], [t('seen'), person.signedInOn ? day(person.signedInOn) : t('never')],
            ...(contact.data ? [[t('phone'), contact.data.phone] as const, [t('email'), contact.data.email] as const] : []),
          ]} />
          {mayContact && !contact.data && person.access !== 'erased' && <div className="row"><Button small busy={contact.isPending} onClick={() => contact.mutate()}>{t('contact')}</Button><span className="soft small">{t('contact.text')}</span></div>}
          <Refusal error={contact.error} />
        </Card>
        <Card title={t('roles')} flush side={mayGrant && there && <Button small icon="plus" onClick={() => setOpen('give')}>{t('give')}</Button>}><GrantTable caption={t('roles')} grants={person.grants} own /></Card>
      </div>
      {mayJournal && <Card title={t('history')} flush><History subject={`person:${person.id}`} /></Card>}
      {open === 'slip' && <OneSlip personId={person.id} factor={person.secondFactor} onSlips={setSlips} onClose={close} />}
      {open === 'give' && <GiveRole personId={person.id} unit={person.unit ?? undefined} onClose={close} />}
      {open === 'edit' && <Edit person={person} contact={contact.data} onClose={close} />}
    </Page>
  )
}

/** Telephone and mail can be changed once they were looked at: the look is logged. */
function Edit({ person: now, contact: seen, onClose }: { person: Detail; contact: Contact | undefined; onClose: () => void }) {
  const t = useT(staff)
  const [{ person, contact }] = useState({ person: now, contact: seen })
  const [is, set] = useState({ name: person.name ?? '', title: person.title ?? '', account: person.account ?? '', phone: contact?.phone ?? '', email: contact?.email ?? '' })
  const [unit, setUnit] = useState<UnitChoice | undefined>(person.unit ?? undefined)
  const order = useEdit(api.people.change, person.version, () => { toast(t('saved')); void reload(); onClose() })
  const text = (key: keyof typeof is) => ({ value: is[key], error: order.refused?.fields[key], onValue: (value: string) => set({ ...is, [key]: value }) })
  const send = () => void order.give({
    personId: person.id, name: is.name || null, title: is.title || null, ...(is.account && is.account !== person.account ? { account: is.account } : {}),
    ...(unit && unit.id !== person.unit?.id ? { unitId: unit.id } : {}), ...(contact ? { phone: is.phone || null, email: is.email || null } : {}),
  })
  return (
    <Dialog open onClose={onClose} asks title={t('edit')}>
      <Form refused={order.refused} onSend={send} foot={<Button look="main" type="submit" busy={order.busy}>{t('save')}</Button>}>
        <TextField label={t('name')} {...text('name')} /><TextField label={t('jobTitle')} optional {...text('title')} />
        <TextField label={t('account')} {...text('account')} autoCapitalize="none" spellCheck={false} />
        <UnitField label={t('unit')} value={unit} onValue={setUnit} />
        {contact && <><TextField label={t('phone')} optional inputMode="tel" {...text('phone')} /><TextField label={t('email')} optional inputMode="email" {...text('email')} /></>}
      </Form>
    </Dialog>
  )
}
