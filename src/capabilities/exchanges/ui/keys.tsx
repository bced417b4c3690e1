// Keys: one's own to give to others, those of others with the unit for which each speaks.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, queries } from '../../../web/client.ts'
import { copy } from '../../../web/copy.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, DataTable, DateField, Dialog, EmptyState, Facts, Form, Loaded, Page, ReasonDialog, TextArea, TextField, UnitField, saveText, toast } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { exchanges } from './messages.ts'
import './exchanges.css'

type Key = Awaited<ReturnType<typeof api.exchanges.keys>>['items'][number]
const reload = () => void queries.invalidateQueries({ queryKey: q.exchanges.key() })

export function Keys() {
  const t = useT(exchanges)
  const { day, date } = useFormat()
  const own = useQuery(q.exchanges.ownKey.queryOptions({ input: undefined }))
  const keys = useQuery(q.exchanges.keys.queryOptions({ input: undefined }))
  const [adding, setAdding] = useState(false)
  const [revoking, setRevoking] = useState<Key>()
  const since = (row: Key) => (row.until ? t('period.text', { from: day(row.since), until: day(row.until) }) : day(row.since))
  const state = (row: Key) => (row.revoked ? <span className="bad">{t('revoked.at', { at: date(row.revoked.at), reason: row.revoked.reason ?? '…' })}</span> : t('in.force'))
  return (
    <Allowed right="exchange.read">
      <Page title={t('keys')} crumbs={[{ label: t('title'), to: '/packages' as '/' }]}>
        <Loaded query={own} lines={3}>{(key) => (
          <Card title={t('own')}>
            <div className="stack">
              <p className="soft">{t('own.text')}</p>
              <Facts items={[[t('own.name'), key.name], [t('fingerprint'), <code key="f" className="exchange-print">{key.fingerprint}</code>], [t('line.label'), <code key="l" className="hash exchange-key">{key.line}</code>]]} />
              <div className="row">
                <Button icon="file" onClick={() => void copy(key.line, t('copied'))}>{t('copy')}</Button>
                <Button icon="download" onClick={() => saveText('sansang-key.txt', `${key.line}\n${key.fingerprint}\n`)}>{t('save')}</Button>
              </div>
            </div>
          </Card>
        )}</Loaded>
        <Loaded query={keys} lines={4}>{({ items, mayEdit }) => {
          const add = mayEdit && <Button look="main" small icon="plus" onClick={() => setAdding(true)}>{t('register')}</Button>
          return (
            <Card flush title={t('others')} side={items.length > 0 && add}>
              <DataTable caption={t('others')} rows={items} rowKey={(row) => row.id} empty={<EmptyState icon="shield" title={t('others.none')} action={add}>{t('others.none.text')}</EmptyState>} columns={[
                { id: 'name', head: t('col.key'), as: 'name', cell: (row) => <>{row.name}<small><code className="exchange-print">{row.fingerprint}</code></small><small className="only-narrow">{row.unit.name} · {since(row)}</small><small className="only-narrow">{state(row)}</small></> },
                { id: 'unit', head: t('col.unit'), from: 'middle', cell: (row) => row.unit.name },
                { id: 'since', head: t('col.since'), from: 'middle', cell: (row) => <span className="nowrap">{since(row)}</span> },
                { id: 'state', head: t('col.state'), from: 'narrow', cell: state },
                ...(mayEdit ? [{ id: 'revoke', head: t('revoke'), width: '120px', cell: (row: Key) => (row.revoked ? null : <Button small look="quiet" aria-label={t('revoke.title', { name: row.name })} onClick={() => setRevoking(row)}>{t('revoke')}</Button>) }] : []),
              ]} />
            </Card>
          )
        }}</Loaded>
        {adding && <Register onClose={() => setAdding(false)} />}
        {revoking && <Revoke of={revoking} onClose={() => setRevoking(undefined)} />}
      </Page>
    </Allowed>
  )
}

function Register({ onClose }: { onClose: () => void }) {
  const t = useT(exchanges)
  const [line, setLine] = useState('')
  const [name, setName] = useState('')
  const [unit, setUnit] = useState<UnitChoice>()
  const [since, setSince] = useState<string>()
  const [until, setUntil] = useState<string>()
  const [tried, setTried] = useState(false)
  const order = useOrder(api.exchanges.register, () => { toast(t('registered')); reload(); onClose() })
  const missing = (there: boolean) => (tried && !there ? t('missing') : undefined)
  return (
    <Dialog open onClose={onClose} title={t('register')}>
      <Form refused={order.refused} foot={<><Button look="main" type="submit" busy={order.busy}>{t('register')}</Button><Button look="quiet" onClick={onClose}>{t('cancel')}</Button></>}
        onSend={() => { setTried(true); if (unit && line.trim() && name.trim()) void order.give({ unitId: unit.id, line: line.trim(), name: name.trim(), ...(since ? { since } : {}), until: until ?? null }) }}>
        <p className="soft">{t('register.text')}</p>
        <TextArea label={t('line.label')} value={line} onValue={setLine} rows={3} spellCheck={false} placeholder="sansang-key:…" error={missing(line.trim() !== '')} />
        <TextField label={t('name')} value={name} onValue={setName} maxLength={200} error={missing(name.trim() !== '')} />
        <UnitField label={t('speaks')} hint={t('speaks.hint')} value={unit} onValue={setUnit} error={missing(unit !== undefined)} />
        <div className="two"><DateField label={t('since')} value={since} onValue={setSince} optional /><DateField label={t('key.until')} value={until} onValue={setUntil} optional /></div>
      </Form>
    </Dialog>
  )
}

function Revoke({ of, onClose }: { of: Key; onClose: () => void }) {
  const t = useT(exchanges)
  const order = useOrder(api.exchanges.revoke, () => { toast(t('revoked')); reload(); onClose() })
  return <ReasonDialog title={t('revoke.title', { name: of.name })} label={t('reason')} send={t('revoke')} order={order} onClose={onClose} onSend={(reason) => void order.give({ keyId: of.id, reason })}>{t('revoke.text')}</ReasonDialog>
}
