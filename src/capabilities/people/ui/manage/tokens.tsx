import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, refusalOf } from '../../../../web/client.ts'
import type { Refused } from '../../../../web/client.ts'
import { copy } from '../../../../web/copy.ts'
import { useFormat } from '../../../../web/format.ts'
import { useT } from '../../../../web/i18n.tsx'
import { Button, Card, CheckField, ChoiceField, DataTable, Dialog, EmptyState, Form, NumberField, PasswordField, TextField, toast, useConfirm } from '../../../../web/kit/kit.ts'
import type { Me } from '../../../../web/session.ts'
import { staff } from './messages.ts'
import { reload } from './parts.tsx'

type Token = Awaited<ReturnType<typeof api.people.tokens>>['items'][number]

/** Personal access tokens: made with a proof, shown once, revoked at once. */
export default function Tokens({ me }: { me: Me }) {
  const t = useT(staff)
  const { date, ago } = useFormat()
  const confirm = useConfirm()
  const list = useQuery(q.people.tokens.queryOptions())
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<string>()
  const end = async (one: Token) => {
    if (!await confirm({ title: t('t.end.title', { name: one.name }), text: t('t.end.text'), yes: t('t.end'), danger: true })) return
    try { await api.people.endToken({ tokenId: one.id }); toast(t('t.ended')); void reload() } catch (error) { toast(refusalOf(error).message, { look: 'bad' }) }
  }
  return (
    <Card title={t('t.title')} flush side={<Button small icon="plus" onClick={() => setMaking(true)}>{t('t.make')}</Button>}>
      <DataTable caption={t('t.title')} rows={list.data?.items} rowKey={(one) => one.id} error={list.error ?? undefined} retry={() => void list.refetch()} empty={<EmptyState icon="key" title={t('t.none')}>{t('t.line')}</EmptyState>} columns={[
        { id: 'name', head: t('t.name'), as: 'name', cell: (one) => <>{one.name}<small>{t('t.rights', { count: one.scopes.length })} · {t('t.until').toLowerCase()} {date(one.until)}</small></> },
        { id: 'used', head: t('t.used'), from: 'narrow', cell: (one) => <span className="soft">{one.usedAt ? ago(one.usedAt) : t('never')}</span> },
        { id: 'end', head: t('t.end'), as: 'number', width: '110px', cell: (one) => <Button small look="quiet" onClick={() => void end(one)}>{t('t.end')}</Button> },
      ]} />
      {making && <Make me={me} onClose={() => setMaking(false)} onMade={(token) => { setMaking(false); setMade(token); void reload() }} />}
      <Dialog open={made !== undefined} onClose={() => setMade(undefined)} title={t('t.made')} foot={<Button look="main" icon="check" onClick={() => void copy(made ?? '', t('t.copied'))}>{t('t.copy')}</Button>}>
        <p className="secret hash">{made}</p>
      </Dialog>
    </Card>
  )
}

function Make({ me, onClose, onMade }: { me: Me; onClose: () => void; onMade: (token: string) => void }) {
  const t = useT(staff)
  const [name, setName] = useState('')
  const [which, setWhich] = useState('read')
  const [some, setSome] = useState<readonly string[]>([])
  const [[days, number], setDays] = useState<[string, number | undefined]>(['30', 30])
  const [[password, code], type] = useState(['', ''])
  const [refused, setRefused] = useState<Refused>()
  const scopes = which === 'all' ? me.rights : which === 'read' ? me.rights.filter((right) => right.endsWith('.read')) : [...some]
  const send = async () => {
    try {
      onMade((await api.people.createToken({ name: name.trim(), scopes, days: number ?? 30, ...(password ? { password } : {}), ...(code ? { code } : {}) })).token)
    } catch (error) { setRefused(refusalOf(error)) }
  }
  const ready = name.trim() && scopes.length > 0 && number
  return (
    <Dialog open onClose={onClose} asks title={t('t.make')}>
      <Form onSend={() => { if (ready) void send() }} refused={refused} foot={<Button look="main" type="submit" aria-disabled={!ready}>{t('t.make')}</Button>}>
        <p className="soft">{t('t.line')}</p>
        <TextField label={t('t.name')} value={name} onValue={setName} />
        <ChoiceField label={t('t.scopes')} value={which} onValue={setWhich} options={[{ value: 'read', label: t('t.read') }, { value: 'all', label: t('t.all') }, { value: 'some', label: t('t.some') }]} />
        {which === 'some' && <fieldset className="field"><legend className="label">{t('t.scopes')}</legend><div className="field-row">{me.rights.map((right) => <CheckField key={right} label={right} value={some.includes(right)} onValue={(yes) => setSome(yes ? [...some, right] : some.filter((one) => one !== right))} />)}</div></fieldset>}
        <NumberField label={t('t.days')} value={days} onValue={(text, n) => setDays([text, n])} />
        {me.hasPassword && <PasswordField label={t('t.proof')} value={password} onValue={(value) => type([value, code])} autoComplete="current-password" />}
        {me.secondFactor && <TextField label={t('t.code')} value={code} onValue={(value) => type([password, value])} inputMode="numeric" autoComplete="one-time-code" />}
      </Form>
    </Dialog>
  )
}
