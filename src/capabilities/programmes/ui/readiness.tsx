import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api, q, url } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, DateField, Dialog, EmptyState, Form, Loaded, StateMark, TextArea, stateOrder, toast } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { dayIn, endOfDay } from '../../../pure/calendar.ts'
import { useMay } from '../../../web/session.ts'
import type { Check, EventReadiness as Readiness } from '../../readiness/contract.ts'
import { useWhose } from '../../plans/ui/whose.tsx'
import { ConcludeDialog } from './conclude.tsx'
import { GoSheet } from './go-sheet.tsx'
import { event as messages } from './messages.ts'
import { UnconcludeDialog, UnwaiveDialog } from './reason.tsx'

/** Requirements with one sentence why and the way to the record; above them, whether the event may open. */
export function EventReadiness({ eventId, found, zone, onChange }: { eventId: string; found: UseQueryResult<Readiness, Error>; zone: string; onChange: () => void }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat(zone)
  const mayWaive = useMay('readiness.waive')
  const [waiving, setWaiving] = useState<Check>()
  const [unwaiving, setUnwaiving] = useState<Check>()
  const why = (row: Check) => (
    <span className="event-why">{pick(row.sentence)}{' '}
      {row.links.filter((one) => one.kind === 'task').slice(0, 3).map((one, i) => <span key={one.id}>{i > 0 && ' · '}<Link to={'/tasks/$taskId' as never} params={{ taskId: one.id } as never}>{one.label && row.links.length > 1 ? pick(one.label) : t('open.task')}</Link></span>)}
      {row.waiver && <small className="event-waiver">{t('waived.by', { name: row.waiver.toldBy ?? row.waiver.by.name ?? t('waived.who'), reason: row.waiver.reason ?? '…' })}
        {row.waiver.toldBy && ` · ${t('concluded.entered', { name: row.waiver.by.name ?? '…' })}`}<Scans files={row.waiver.files} /></small>}
    </span>
  )
  const act = (row: Check) => (row.waiver ? <Button look="quiet" small onClick={() => setUnwaiving(row)}>{t('waive.withdraw')}</Button>
    : row.state === 'unmet' || row.state === 'at_risk' || row.state === 'not_assessed' ? <Button look="quiet" small onClick={() => setWaiving(row)}>{t('waive')}</Button> : null)
  const columns: Column<Check>[] = [
    { id: 'name', head: t('col.requirement'), as: 'name', width: '26%', cell: (row) => <><span>{pick(row.name)}</span><small className="only-narrow"><StateMark state={row.state} /><br />{why(row)}{mayWaive && <span className="event-act">{act(row)}</span>}</small></> },
    { id: 'state', head: t('col.state'), width: '9.5rem', from: 'narrow', cell: (row) => <StateMark state={row.state} /> },
    { id: 'why', head: t('col.why'), from: 'narrow', cell: why },
    { id: 'by', head: t('col.by'), as: 'number', from: 'wide', cell: (row) => (row.byAt ? format.date(row.byAt) : '–') },
    ...(mayWaive ? [{ id: 'act', head: t('col.act'), from: 'narrow' as const, cell: act }] : []),
  ]
  return (
    <div className="stack">
      <Verdict eventId={eventId} over={found.data?.phase === 'closed' || found.data?.phase === 'cancelled'} met={found.data?.checks.filter((check) => check.state === 'met') ?? []} zone={zone} onChange={onChange} />
      <div className="no-print"><Card flush>
        <DataTable caption={t('checks.caption')} columns={columns} rows={found.data?.checks.toSorted((a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state))} rowKey={(row) => row.requirement} hold={eventId} error={found.error} retry={() => void found.refetch()} empty={<EmptyState title={t('checks.none')} />} />
      </Card></div>
      {waiving && <WaiveDialog zone={zone} eventId={eventId} check={waiving} onClose={() => setWaiving(undefined)} onDone={() => { setWaiving(undefined); toast(t('waive.done')); onChange() }} />}
      {unwaiving && <UnwaiveDialog eventId={eventId} check={unwaiving} onClose={() => setUnwaiving(undefined)} onDone={onChange} />}
    </div>
  )
}

function Verdict({ eventId, met, over, zone, onChange }: { eventId: string; met: Check[]; over: boolean; zone: string; onChange: () => void }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat(zone)
  const may = useMay('readiness.conclude')
  const [open, setOpen] = useState<'conclude' | 'withdraw'>()
  const found = useQuery({ ...q.readiness.goNoGo.queryOptions({ input: { eventId } }), meta: { topics: [`event:${eventId}`] } })
  return (
    <Loaded query={found} lines={2}>{(data) => (
      <section className={`event-verdict v-${data.verdict}`} aria-label={t('go')}>
        <div>
          <StateMark state={data.verdict === 'go' ? 'met' : data.verdict === 'no_go' ? 'unmet' : 'not_assessed'} strong>{t(`verdict.${data.verdict}`)}</StateMark>
          <p>{pick(data.sentence)}</p>
          {data.concluded && <p className="soft small">{t('concluded', { verdict: t(`conclude.${data.concluded.verdict}`), name: data.concluded.toldBy ?? data.concluded.by.name ?? '…', at: format.dateTime(data.concluded.at) })}{data.concluded.note && `: ${data.concluded.note}`}
            {data.concluded.toldBy && ` · ${t('concluded.entered', { name: data.concluded.by.name ?? '…' })}`}
            <Scans files={data.concluded.files} /></p>}
          {data.withdrawn && <p className="soft small">{t('unconcluded', { verdict: t(`conclude.${data.withdrawn.verdict}`), name: data.withdrawn.by.name ?? '…', at: format.dateTime(data.withdrawn.at), reason: data.withdrawn.reason ?? '…' })}</p>}
        </div>
        {may && !over && <div className="row no-print">
          {data.concluded && <Button look="quiet" onClick={() => setOpen('withdraw')}>{t('unconclude')}</Button>}
          <Button icon="shield" onClick={() => setOpen('conclude')}>{t('conclude')}</Button>
        </div>}
        <GoSheet data={data} met={met} zone={zone} />
        {open === 'conclude' && <ConcludeDialog data={data} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); toast(t('concluded.done')); onChange() }} />}
        {open === 'withdraw' && data.concluded && <UnconcludeDialog eventId={eventId} concluded={data.concluded} zone={zone} onClose={() => setOpen(undefined)} onDone={onChange} />}
      </section>
    )}</Loaded>
  )
}

function Scans({ files }: { files: NonNullable<Check['waiver']>['files'] }) {
  const t = useT(messages)
  return files.map((file) => <span key={file.id}> · <a href={url(`api/v1/files/${file.id}${file.type === 'application/pdf' ? '?view=inline' : ''}`)} target="_blank" rel="noopener">{t('concluded.page', { name: file.name })}</a></span>)
}

function WaiveDialog({ zone, eventId, check, onClose, onDone }: { zone: string; eventId: string; check: Check; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const pick = usePick()
  const today = dayIn(new Date(), zone)
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState<string>()
  const [tried, setTried] = useState(false)
  const whose = useWhose()
  const order = useOrder(api.readiness.waive, onDone)
  const send = async () => {
    setTried(true)
    if (reason.trim().length < 5 || !until || whose.lacks) return
    const files = await whose.sendFiles()
    if (files) await order.give({ eventId, requirement: check.requirement, reason: reason.trim(), until: endOfDay(until, zone).toISOString(), files, ...(whose.told ? { told: whose.told } : {}) })
  }
  return (
    <Dialog open onClose={onClose} asks title={t('waive.title', { name: pick(check.name) })}>
      <p className="soft">{pick(check.sentence)}</p>
      <Form refused={order.refused} onSend={() => void send()} foot={<Button look="main" type="submit" busy={order.busy}>{t('waive.send')}</Button>}>
        <TextArea label={t('waive.reason')} hint={t('waive.reason.hint')} value={reason} onValue={setReason} maxLength={1000} error={tried && reason.trim().length < 5 ? t('missing') : order.refused?.fields['reason']} />
        <DateField label={t('waive.until')} value={until} onValue={setUntil} min={today} error={tried && !until ? t('until.bad') : undefined} />
        {whose.fields(tried)}
      </Form>
    </Dialog>
  )
}
