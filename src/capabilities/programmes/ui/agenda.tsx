import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, DateField, Dialog, EmptyState, Form, Refusal, TextField, toast, useConfirm } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { instantOf } from '../../../pure/calendar.ts'
import { event as messages } from './messages.ts'

type Row = Awaited<ReturnType<typeof api.programmes.events.activities>>['items'][number]
const TIME = /^([01]?\d|2[0-3]):[0-5]\d$/

export function Agenda({ eventId, day, zone, may }: { eventId: string; day: string | null; zone: string; may: boolean }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat(zone)
  const confirm = useConfirm()
  const [open, setOpen] = useState(false)
  const found = useQuery({ ...q.programmes.events.activities.queryOptions({ input: { eventId } }), meta: { topics: [`event:${eventId}`] } })
  const remove = useOrder(api.programmes.events.removeActivity, () => { toast(t('agenda.removed')); void found.refetch() })
  const add = may && <Button icon="plus" onClick={() => setOpen(true)}>{t('agenda.add')}</Button>
  const when = (row: Row) => `${format.date(row.startsAt)} ${format.time(row.startsAt)}–${format.time(row.endsAt)}`
  const drop = async (row: Row) => {
    if (await confirm({ title: t('agenda.remove.ask', { name: pick(row.name) }), text: [when(row), row.site].filter(Boolean).join(' · '), yes: t('agenda.remove'), danger: true })) await remove.give({ eventId, activityId: row.id, expectedVersion: row.version })
  }
  const columns: Column<Row>[] = [
    { id: 'time', head: t('agenda.time'), from: 'narrow', cell: (row) => <span className="nowrap">{when(row)}</span> },
    { id: 'name', head: t('agenda.name'), as: 'name', cell: (row) => <>{pick(row.name)}<small className="only-narrow">{when(row)}{row.site && ` · ${row.site}`}</small></> },
    { id: 'site', head: t('agenda.site'), from: 'narrow', cell: (row) => row.site ?? <span className="faint">–</span> },
    ...(may ? [{ id: 'act', head: t('col.act'), cell: (row: Row) => <Button look="quiet" small onClick={() => void drop(row)}>{t('agenda.remove')}</Button> }] : []),
  ]
  return (
    <Card flush {...(found.data && found.data.items.length > 0 ? { title: t('agenda.caption'), side: add } : {})}>
      <Refusal error={remove.refused} />
      <DataTable caption={t('agenda.caption')} columns={columns} rows={found.data?.items} rowKey={(row) => row.id} error={found.error} retry={() => void found.refetch()}
        empty={<EmptyState icon="event" title={t('agenda.none')} action={add}>{t('agenda.none.text')}</EmptyState>} />
      {open && <AddDialog eventId={eventId} day={day} zone={zone} onClose={() => setOpen(false)} onDone={() => { setOpen(false); void found.refetch() }} />}
    </Card>
  )
}

function AddDialog({ eventId, day, zone, onClose, onDone }: { eventId: string; day: string | null; zone: string; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const [on, setOn] = useState<string | undefined>(day ?? undefined)
  const [fields, set] = useState({ name: '', site: '', from: '', until: '' })
  const [tried, setTried] = useState(false)
  const order = useOrder(api.programmes.events.addActivity, onDone)
  const put = (key: keyof typeof fields) => (value: string) => set((before) => ({ ...before, [key]: value }))
  const bad = (value: string) => (tried && !TIME.test(value) ? t('agenda.time.bad') : undefined)
  const send = () => {
    setTried(true)
    if (!on || !fields.name.trim() || !TIME.test(fields.from) || !TIME.test(fields.until)) return
    const name = fields.name.trim()
    void order.give({ eventId, name: { vi: name, en: name }, site: fields.site.trim() || null, startsAt: instantOf(on, fields.from.padStart(5, '0'), zone).toISOString(), endsAt: instantOf(on, fields.until.padStart(5, '0'), zone).toISOString() })
  }
  return (
    <Dialog open onClose={onClose} asks title={t('agenda.add')}>
      <Form refused={order.refused} onSend={send} foot={<Button look="main" type="submit" busy={order.busy}>{t('agenda.send')}</Button>}>
        <TextField label={t('agenda.name')} value={fields.name} onValue={put('name')} maxLength={200} error={tried && !fields.name.trim() ? t('agenda.name') : undefined} />
        <TextField label={t('agenda.site')} optional value={fields.site} onValue={put('site')} maxLength={200} />
        <DateField label={t('agenda.on')} value={on} onValue={setOn} />
        <div className="two">
          <TextField label={t('agenda.from')} inputMode="numeric" placeholder="07:30" value={fields.from} onValue={put('from')} error={bad(fields.from)} />
          <TextField label={t('agenda.until')} inputMode="numeric" placeholder="09:00" value={fields.until} onValue={put('until')} error={bad(fields.until)} />
        </div>
      </Form>
    </Dialog>
  )
}
