// My passkeys, and the identity of the provider that opens my account.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, queries, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, Dialog, EmptyState, Form, PasswordField, TextField, toast } from '../../../web/kit/kit.ts'
import type { Me } from '../../../web/session.ts'
import { people } from './messages.ts'
import { canPasskeys, makePasskey } from './passkey.ts'

type Key = Awaited<ReturnType<typeof api.people.passkeys>>['items'][number]
type Doing = { does: 'add' } | { does: 'remove'; key: Key } | { does: 'unlink' }

export default function Passkeys({ me }: { me: Me }) {
  const t = useT(people)
  const { date, ago } = useFormat()
  const list = useQuery(q.people.passkeys.queryOptions())
  const ways = useQuery({ ...q.people.waysIn.queryOptions({ input: {} }), staleTime: 60_000 })
  const held = useQuery(q.people.held.queryOptions())
  const [doing, setDoing] = useState<Doing>()
  const able = ways.data?.passkeys && canPasskeys()
  const provider = held.data?.provider
  return (
    <>
      <Card title={t('tab.passkeys')} flush side={able && <Button small icon="plus" onClick={() => setDoing({ does: 'add' })}>{t('k.add')}</Button>}>
        <div className="card-body"><p className="soft">{ways.data && !able ? t(ways.data.passkeys ? 'k.browser' : 'k.address') : t('k.line')}</p></div>
        <DataTable caption={t('tab.passkeys')} rows={list.data?.items} rowKey={(one) => one.id} error={list.error ?? undefined} retry={() => void list.refetch()} empty={<EmptyState icon="key" title={t('k.none')} />} columns={[
          { id: 'name', head: t('k.name'), as: 'name', cell: (one) => <>{one.name}<small>{t('k.since', { day: date(one.createdAt) })}{one.synced && ` · ${t('k.synced')}`}{one.blocked && <span className="bad"> · {t('k.blocked')}</span>}</small></> },
          { id: 'used', head: t('k.used'), from: 'narrow', cell: (one) => <span className="soft">{one.usedAt ? ago(one.usedAt) : t('k.never')}</span> },
          { id: 'end', head: t('k.remove'), as: 'number', width: '90px', cell: (one) => <Button small look="quiet" onClick={() => setDoing({ does: 'remove', key: one })} aria-label={t('k.remove.one', { name: one.name })}>{t('k.remove')}</Button> },
        ]} />
      </Card>
      {provider && <Card title={t('p.title')}><div className="stack"><p>{t('p.text', { issuer: provider.issuer, day: date(provider.linkedAt), ago: ago(provider.usedAt) })}</p><div className="row"><Button small onClick={() => setDoing({ does: 'unlink' })}>{t('p.unlink')}</Button></div></div></Card>}
      {doing && <Do me={me} doing={doing} onClose={() => setDoing(undefined)} />}
    </>
  )
}

/** Each of these could let somebody else in, or lock its owner out: the password first. */
function Do({ me, doing, onClose }: { me: Me; doing: Doing; onClose: () => void }) {
  const t = useT(people)
  const [[name, password, code], type] = useState(['', '', ''])
  const [busy, setBusy] = useState(false)
  const [missing, setMissing] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const send = async () => {
    if (doing.does === 'add' && !name.trim()) return setMissing(true)
    setBusy(true)
    setRefused(undefined)
    const proof = { ...(password ? { password } : {}), ...(code ? { code } : {}) }
    try {
      if (doing.does === 'add') {
        const { options } = await api.people.newPasskeyChallenge(proof)
        await api.people.addPasskey({ name: name.trim(), answer: await makePasskey(options, t) })
      } else if (doing.does === 'remove') await api.people.removePasskey({ passkeyId: doing.key.id, ...proof })
      else await api.people.unlinkProvider(proof)
      toast(t(doing.does === 'add' ? 'k.added' : doing.does === 'remove' ? 'k.removed' : 'p.unlinked'))
      void queries.invalidateQueries({ queryKey: q.people.key() })
      onClose()
    } catch (error) { setRefused(refusalOf(error)) } finally { setBusy(false) }
  }
  const title = doing.does === 'add' ? t('k.add') : doing.does === 'remove' ? t('k.remove.one', { name: doing.key.name }) : t('p.unlink')
  return (
    <Dialog open onClose={onClose} title={title} size="sm">
      <Form onSend={() => void send()} refused={refused} foot={<Button look={doing.does === 'add' ? 'main' : 'danger'} type="submit" busy={busy}>{t(doing.does === 'add' ? 'k.go' : doing.does === 'remove' ? 'k.remove' : 'p.unlink')}</Button>}>
        <p className="soft">{t(doing.does === 'add' ? 'k.add.text' : doing.does === 'remove' ? 'k.remove.text' : 'p.unlink.text')}</p>
        {doing.does === 'add' && <TextField label={t('k.name')} hint={t('k.name.hint')} value={name} onValue={(value) => { type([value, password, code]); setMissing(false) }} error={missing ? t('k.fill') : refused?.fields['name']} maxLength={60} autoComplete="off" />}
        {me.hasPassword && <PasswordField label={t('pw.now')} value={password} onValue={(value) => type([name, value, code])} autoComplete="current-password" />}
        {me.secondFactor && <TextField label={t('r.code')} value={code} onValue={(value) => type([name, password, value])} autoComplete="one-time-code" />}
      </Form>
    </Dialog>
  )
}
