// Addresses of other programs that are told of facts: added with their secret shown once, tried, paused, and what became of the last messages.
import { useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api, q, queries, refusalOf } from '../../../web/client.ts'
import { copy } from '../../../web/copy.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Allowed, Button, Card, CheckField, DataTable, Dialog, EmptyState, Form, Loaded, Menu, Page, StepMark, TextField, listProps, listRows, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useEdit, useOrder } from '../../../web/orders.ts'
import './webhooks.css'
import { webhooks as messages } from './messages.ts'

type Hook = Awaited<ReturnType<typeof api.webhooks.list>>['items'][number]
type Delivery = Awaited<ReturnType<typeof api.webhooks.deliveries>>['items'][number]
const reload = () => queries.invalidateQueries({ queryKey: q.webhooks.key() })

export function Webhooks() {
  const t = useT(messages)
  const [adding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string>()
  const list = useQuery(q.webhooks.list.queryOptions({ input: {} }))
  return (
    <Allowed right="installation.manage">
      <Page title={t('title')} line={t('line')} width="text" crumbs={[{ label: t('manage'), to: '/manage' as '/' }, { label: t('settings'), to: '/manage/settings' as '/' }]} actions={<Button look="main" icon="plus" onClick={() => setAdding(true)}>{t('add')}</Button>}>
        <Loaded query={list}>{({ items }) => (items.length === 0 ? <Card><EmptyState icon="bell" title={t('none')}>{t('none.text')}</EmptyState></Card> : <div className="stack">{items.map((one) => <OneHook key={one.id} hook={one} />)}</div>)}</Loaded>
        {adding && <Kinds onClose={() => setAdding(false)} onAdded={(made) => { setAdding(false); setSecret(made); void reload() }} />}
        {secret && <Secret secret={secret} onClose={() => setSecret(undefined)} />}
      </Page>
    </Allowed>
  )
}

function OneHook({ hook }: { hook: Hook }) {
  const t = useT(messages)
  const { ago, number } = useFormat()
  const confirm = useConfirm()
  const [editing, setEditing] = useState(false)
  const about = { webhookId: hook.id, expectedVersion: hook.version }
  const pause = useOrder(api.webhooks.pause, () => { toast(t('paused')); void reload() })
  const resume = useOrder(api.webhooks.resume, () => { toast(t('resumed')); void reload() })
  const remove = useOrder(api.webhooks.remove, () => { toast(t('removed')); void reload() })
  const refused = pause.refused ?? resume.refused ?? remove.refused
  const test = async () => {
    try { await api.webhooks.test({ webhookId: hook.id }); toast(t('tested')); setTimeout(() => void reload(), 1200) } catch (error) { toast(refusalOf(error).message, { look: 'bad' }) }
  }
  const drop = async () => { if (await confirm({ title: t('remove.title'), text: t('remove.text', { address: hook.address }), yes: t('remove'), danger: true })) void remove.give(about) }
  return (
    <Card flush title={<code className="hash">{hook.address}</code>} side={<>
      {hook.paused ? <Button small look="main" busy={resume.busy} onClick={() => void resume.give(about)}>{t('resume')}</Button> : <Button small onClick={() => void test()}>{t('test')}</Button>}
      <Menu items={[...(hook.paused ? [{ label: t('test'), run: () => void test() }] : [{ label: t('pause'), run: () => void pause.give(about) }]), { label: t('edit'), run: () => setEditing(true) }, { label: t('remove'), danger: true, run: () => void drop() }]}><Button small icon="more"><span className="hidden-visually">{t('others')}</span></Button></Menu>
    </>}>
      <div className="card-body">
        <p><StepMark step={hook.paused ? 'gone' : 'full'}>{t(`state.${hook.paused?.why ?? 'on'}`)}</StepMark> <span className="soft">· {t('about', { types: number(hook.types.length), waiting: number(hook.waiting), failed: number(hook.failed) })}{hook.lastSentAt && ` · ${t('last', { at: ago(hook.lastSentAt) })}`}</span></p>
        {refused && <p className="refusal" role="alert">{refused.message}</p>}
      </div>
      <Log hook={hook} />
      {editing && <Kinds hook={hook} onClose={() => setEditing(false)} />}
    </Card>
  )
}

function Log({ hook }: { hook: Hook }) {
  const t = useT(messages)
  const { dateTime, number } = useFormat()
  const list = useInfiniteQuery(q.webhooks.deliveries.infiniteOptions({
    input: (cursor: string | undefined) => ({ webhookId: hook.id, limit: 10, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  }))
  const known = (code: string): code is 'TIMEOUT' => ['TIMEOUT', 'PRIVATE', 'SECRET', 'ENOTFOUND', 'ECONNREFUSED'].includes(code)
  const why = (one: Delivery) => (one.status ? t('answered', { status: one.status }) : one.problem ? (known(one.problem) ? t(`p.${one.problem}`) : t('p.other', { code: one.problem })) : '')
  return (
    <DataTable caption={t('log')} rows={listRows(list)} rowKey={(one) => one.id} {...listProps(list)} empty={<EmptyState icon="inbox" title={t('log.none')} />} columns={[
      { id: 'type', head: t('log.type'), as: 'name', text: (one) => `${one.type === 'webhook.test' ? t('webhook.test') : one.type} · ${dateTime(one.at)}`, cell: (one) => <>{one.type === 'webhook.test' ? t('webhook.test') : <code className="hash">{one.type}</code>}<small>{dateTime(one.at)}</small></> },
      { id: 'state', head: t('log.state'), text: (one) => [t(`d.${one.state}`), why(one)].filter(Boolean).join(' '), cell: (one) => <><span className={one.state === 'failed' ? 'bad' : ''}>{t(`d.${one.state}`)}</span>{why(one) && <small className="soft"> {why(one)}</small>}</> },
      { id: 'tries', head: t('log.tries'), as: 'number', from: 'narrow', text: (one) => String(one.attempts), cell: (one) => number(one.attempts) },
    ]} />
  )
}

/** A new address, or other kinds for one that is there. */
function Kinds({ hook, onClose, onAdded }: { hook?: Hook; onClose: () => void; onAdded?: (secret: string) => void }) {
  const t = useT(messages)
  const pick = usePick()
  const [address, setAddress] = useState(hook?.address ?? '')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(hook?.types))
  const [find, setFind] = useState('')
  const kinds = useQuery({ ...q.webhooks.types.queryOptions({ input: {} }), staleTime: Infinity })
  const add = useOrder(api.webhooks.add, ({ secret }) => { toast(t('added')); onAdded?.(secret) })
  const change = useEdit(api.webhooks.change, hook?.version ?? 0, () => { toast(t('changed')); void reload(); onClose() })
  const said = (story: { vi: string; en: string }) => pick(story).replaceAll(/\[[^\]]*\|([^\]|]*)\]/g, '$1').replaceAll(/\{[\w.]+\}/g, '…')
  const shown = (kinds.data?.items ?? []).filter((one) => `${one.type} ${said(one.story)}`.toLowerCase().includes(find.trim().toLowerCase()))
  const toggle = (type: string, on: boolean) => setChosen((was) => { const next = new Set(was); if (on) next.add(type); else next.delete(type); return next })
  const fits = chosen.size > 0 && address.trim() !== ''
  const send = () => { if (!fits) return; if (hook) void change.give({ webhookId: hook.id, types: [...chosen] }); else void add.give({ address: address.trim(), types: [...chosen] }) }
  return (
    <Dialog open onClose={onClose} asks title={hook ? t('edit') : t('add')} size="lg">
      <Form onSend={send} refused={add.refused ?? change.refused} foot={<Button type="submit" look="main" busy={add.busy || change.busy} aria-disabled={!fits}>{t(hook ? 'save' : 'do.add')}</Button>}>
        {!hook && <TextField label={t('address')} hint={t('address.hint')} value={address} onValue={setAddress} maxLength={400} />}
        <TextField label={t('types.find')} optional="quiet" value={find} onValue={setFind} />
        <div className="row between"><b>{t('types')}</b><span className="soft" role="status">{t('types.count', { n: chosen.size })}</span></div>
        <div className="row"><Button small onClick={() => setChosen(new Set([...chosen, ...shown.map((one) => one.type)]))}>{t('types.all')}</Button><Button small look="quiet" onClick={() => setChosen(new Set())}>{t('types.clear')}</Button></div>
        <Loaded query={kinds} lines={6}>{() => <div className="webhook-kinds" role="group" aria-label={t('types')}>{shown.map((one) => <CheckField key={one.type} label={said(one.story)} hint={one.type} value={chosen.has(one.type)} onValue={(on) => toggle(one.type, on)} />)}</div>}</Loaded>
      </Form>
    </Dialog>
  )
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useT(messages)
  return (
    <Dialog open onClose={onClose} title={t('secret')} foot={<Button look="main" onClick={onClose}>{t('close')}</Button>}>
      <div className="stack"><p>{t('secret.text')}</p><p><code className="hash">{secret}</code></p>
        <div className="row"><Button icon="file" onClick={() => void copy(secret, t('secret.copied'))}>{t('secret.copy')}</Button></div></div>
    </Dialog>
  )
}
