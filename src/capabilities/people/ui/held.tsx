// Data on me: everything that is held, who read it, one file of all of it; what is wrong in it is corrected here.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, Dialog, EmptyState, Facts, Form, Loaded, PasswordField, TextField, saveText, toast } from '../../../web/kit/kit.ts'
import { useEdit } from '../../../web/orders.ts'
import type { Me } from '../../../web/session.ts'
import { kindOfType } from '../../journals/contract/kinds.ts'
import { journals } from '../../journals/ui/messages.ts'
import { people } from './messages.ts'

type Contact = Awaited<ReturnType<typeof api.people.held>>['contact']
/** By what they are about, as the journal's screen calls it; the names of facts are for programs. */
const byKind = (types: readonly { type: string; lines: number }[]) => [...Map.groupBy(types, ({ type }) => kindOfType(type))].map(([kind, all]) => ({ kind, lines: all.reduce((sum, one) => sum + one.lines, 0) }))

export default function Held({ me }: { me: Me }) {
  const t = useT(people)
  const j = useT(journals)
  const [editing, setEditing] = useState(false)
  const pick = usePick()
  const { date, dateTime, number } = useFormat()
  const held = useQuery(q.people.held.queryOptions())
  return (
    <Loaded query={held}>{(all) => { const { contact, readBy, acts } = all; return (
      <div className="two">
        <Card title={t('h.title')} side={<><Button small icon="edit" onClick={() => setEditing(true)}>{t('h.edit')}</Button><Button small icon="download" onClick={() => saveText('sansang.json', JSON.stringify(all, null, 2))}>{t('h.export')}</Button></>}>
          <Facts items={[
            [t('info.name'), contact.name], [t('info.title'), contact.title], [t('info.account'), contact.account], [t('h.phone'), contact.phone], [t('h.email'), contact.email], [t('w.lang'), contact.lang === 'vi' ? 'Tiếng Việt' : contact.lang === 'en' ? 'English' : null], [t('h.mails'), t(`w.mails.${contact.mails}`)],
            [t('h.purpose'), pick(contact.purpose)], [t('h.until'), <>{date(contact.until)} <span className="soft">({pick(contact.retention)})</span></>],
          ]} />
        </Card>
        <Card title={t('h.ways')}>
          <Facts items={[
            [t('info.roles'), t('h.count', { count: all.grants.length })], [t('tab.sessions'), t('h.count', { count: all.sessions.length })], [t('tab.tokens'), t('h.count', { count: all.tokens.length })],
            [t('tab.passkeys'), all.passkeys.length > 0 ? all.passkeys.map((one) => one.name).join(', ') : null], [t('tab.factor'), t(all.secondFactor ? 'h.on' : 'h.off')], [t('p.title'), all.provider?.issuer], [t('h.calendars'), all.calendars.length > 0 ? all.calendars.map((one) => one.name).join(', ') : null], [t('h.looked'), all.lookedAt && dateTime(all.lookedAt)],
            [t('h.readings'), all.readings.firstAt && all.readings.lastAt ? t('h.readings.text', { count: number(all.readings.count), from: date(all.readings.firstAt), until: date(all.readings.lastAt) }) : null],
          ]} />
        </Card>
        <Card title={t('h.acts')} flush>
          <div className="card-body"><p className="soft">{acts.firstAt && acts.lastAt ? t('h.acts.text', { count: number(acts.lines), from: date(acts.firstAt), until: date(acts.lastAt) }) : t('h.acts.none')}</p></div>
          {acts.types.length > 0 && <DataTable caption={t('h.acts')} rows={byKind(acts.types)} rowKey={(line) => line.kind ?? ''} bare columns={[{ id: 'type', head: t('h.act'), as: 'name', cell: (line) => (line.kind ? j(`type.${line.kind}`) : t('h.other')) }, { id: 'n', head: t('h.lines'), as: 'number', cell: (line) => number(line.lines) }]} />}
        </Card>
        <Card title={t('h.read')} flush><DataTable caption={t('h.read')} rows={readBy} rowKey={(line) => `${line.at}${line.person.id}`} empty={<EmptyState icon="shield" title={t('h.read.none')}>{t('h.read.none.text')}</EmptyState>}
          columns={[{ id: 'who', head: t('h.who'), as: 'name', cell: (line) => line.person.name ?? '…' }, { id: 'at', head: t('h.at'), cell: (line) => dateTime(line.at) }, { id: 'what', head: t('h.what'), from: 'narrow', cell: (line) => pick(line.what) }]} /></Card>
        {editing && <Edit me={me} contact={contact} onClose={() => setEditing(false)} />}
      </div>
    ) }}</Loaded>
  )
}

/** A mail address may be what opens the account by the identity provider: it is changed with the password. */
function Edit({ me, contact: seen, onClose }: { me: Me; contact: Contact; onClose: () => void }) {
  const t = useT(people)
  const [contact] = useState(seen)
  const [is, set] = useState({ name: contact.name ?? '', title: contact.title ?? '', phone: contact.phone ?? '', email: contact.email ?? '' })
  const [[password, code], type] = useState(['', ''])
  const order = useEdit(api.people.changeMe, me.version, () => { toast(t('w.saved')); void queries.invalidateQueries({ queryKey: q.people.key() }); onClose() })
  const text = (key: keyof typeof is) => ({ value: is[key], error: order.refused?.fields[key], onValue: (value: string) => set({ ...is, [key]: value }) })
  const mail = is.email !== (contact.email ?? '')
  const send = () => {
    const changed = (Object.keys(is) as (keyof typeof is)[]).filter((key) => is[key] !== (contact[key] ?? ''))
    void order.give({ ...Object.fromEntries(changed.map((key) => [key, is[key] || null])), ...(password ? { password } : {}), ...(code ? { code } : {}) })
  }
  return (
    <Dialog open onClose={onClose} asks title={t('h.edit')} size="sm">
      <Form refused={order.refused} onSend={send} foot={<Button look="main" type="submit" busy={order.busy}>{t('w.save')}</Button>}>
        <TextField label={t('info.name')} {...text('name')} autoComplete="name" /><TextField label={t('info.title')} optional {...text('title')} />
        <TextField label={t('h.phone')} optional inputMode="tel" autoComplete="tel" {...text('phone')} /><TextField label={t('h.email')} optional inputMode="email" autoComplete="email" {...text('email')} />
        {mail && me.hasPassword && <PasswordField label={t('pw.now')} hint={t('h.proof')} value={password} onValue={(value) => type([value, code])} autoComplete="current-password" />}
        {mail && me.secondFactor && <TextField label={t('r.code')} value={code} onValue={(value) => type([password, value])} autoComplete="one-time-code" />}
      </Form>
    </Dialog>
  )
}
