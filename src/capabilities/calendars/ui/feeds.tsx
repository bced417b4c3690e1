// One's own calendar addresses: made, shown once, revoked.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, queries, refusalOf } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, Card, CheckField, DataTable, Dialog, EmptyState, Form, TextField, toast, useConfirm } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { copy } from '../../../web/copy.ts'
import { sendSafely, useOrder, uuidv7 } from '../../../web/orders.ts'
import { calendar as messages } from './messages.ts'

type Feed = Awaited<ReturnType<typeof api.calendars.feeds>>['items'][number]

export function Feeds() {
  const t = useT(messages)
  const format = useFormat()
  const confirm = useConfirm()
  const [open, setOpen] = useState(false)
  const found = useQuery(q.calendars.feeds.queryOptions({ staleTime: 0 }))
  const refresh = () => void queries.invalidateQueries({ queryKey: q.calendars.feeds.key() })
  const revoke = async (feed: Feed) => {
    if (!await confirm({ title: `${t('feed.revoke')}: ${feed.name}`, text: t('feed.revoke.text'), yes: t('feed.revoke'), danger: true })) return
    const orderId = uuidv7()
    try { await sendSafely(() => api.calendars.dropFeed({ orderId, feedId: feed.id })); toast(t('feed.revoked', { name: feed.name })) } catch (error) { toast(refusalOf(error).message, { look: 'bad' }) }
    refresh()
  }
  const used = (feed: Feed) => (feed.usedAt ? t('feed.used', { at: format.dateTime(feed.usedAt) }) : t('feed.unused'))
  const columns: Column<Feed>[] = [
    { id: 'name', head: t('col.name'), as: 'name', cell: (feed) => <>{feed.name}<small>{t(feed.below ? 'feed.of.below' : 'feed.of.mine')} · {t('feed.madeAt', { day: format.date(feed.madeAt) })}</small><small className="only-narrow">{used(feed)}</small></> },
    { id: 'used', head: t('col.used'), from: 'narrow', cell: used },
    { id: 'act', head: t('col.act'), cell: (feed) => <Button look="quiet" small onClick={() => void revoke(feed)}>{t('feed.revoke')}</Button> },
  ]
  const make = <Button icon="plus" look="main" onClick={() => setOpen(true)}>{t('feed.new')}</Button>
  return (
    <div className="stack">
      <p className="soft calendar-text">{t('feeds.text')}</p>
      <Card flush title={t('feeds')} side={found.data && found.data.items.length > 0 ? make : undefined}>
        <DataTable caption={t('feeds')} columns={columns} rows={found.data?.items} rowKey={(feed) => feed.id} error={found.error} retry={() => void found.refetch()} empty={<EmptyState icon="event" title={t('feeds.none')} action={make} />} />
      </Card>
      {open && <MakeFeed onClose={() => { setOpen(false); refresh() }} />}
    </div>
  )
}

function MakeFeed({ onClose }: { onClose: () => void }) {
  const t = useT(messages)
  const { lang } = useLang()
  const [name, setName] = useState('')
  const [below, setBelow] = useState(false)
  const [tried, setTried] = useState(false)
  const [made, setMade] = useState<string>()
  const make = useOrder(api.calendars.makeFeed, (feed) => setMade(feed.address))
  if (made) return (
    <Dialog open onClose={onClose} title={t('feed.new')} foot={<Button look="main" onClick={onClose}>{t('feed.done')}</Button>}>
      <div className="stack calendar-address"><p>{t('feed.made')}</p><TextField label={t('feed.address')} readOnly value={made} onValue={() => {}} onFocus={(event) => event.currentTarget.select()} /><div className="row"><Button icon="link" onClick={() => void copy(made, t('feed.copied'))}>{t('feed.copy')}</Button></div></div>
    </Dialog>
  )
  return (
    <Dialog open onClose={onClose} title={t('feed.new')}>
      <Form refused={make.refused} onSend={() => { setTried(true); if (name.trim()) void make.give({ name: name.trim(), below, lang }) }} foot={<Button look="main" type="submit" busy={make.busy}>{t('feed.make')}</Button>}>
        <TextField label={t('feed.name')} hint={t('feed.name.hint')} value={name} onValue={setName} maxLength={80} error={tried && !name.trim() ? t('feed.name.missing') : undefined} />
        <CheckField label={t('feed.below')} value={below} onValue={setBelow} />
      </Form>
    </Dialog>
  )
}
