// One session from its agenda to its signed minutes. Its first page says what came of the conclusions before it.
import { Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { q, queries } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, EmptyState, Icon, LinkButton, Loaded, Menu, Page, Tabs } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { part } from '../../../web/parts.ts'
import { dayIn } from '../../../pure/calendar.ts'
import { History } from '../../journals/ui/history.tsx'
import { CancelDialog, EditDialog, ReopenDialog, SignDialog } from './acts.tsx'
import { Conclusions, Gone, NewConclusion, Text } from './conclusions.tsx'
import { meetings as messages } from './messages.ts'
import { Points, Record, nameOf } from './record.tsx'
import './meetings.css'

const MadePapers = part(() => import('../../papers/ui/made.tsx').then(({ MadePapers: made }) => ({ default: made })))
const route = getRouteApi('/inside/meetings/$meetingId')
export type MeetingData = Awaited<ReturnType<typeof api.meetings.get>>

export function OneMeeting() {
  const t = useT(messages)
  const { meetingId } = route.useParams()
  const search = route.useSearch()
  const go = route.useNavigate()
  const issues = useMay('paper.issue')
  const [open, setOpen] = useState<'sign' | 'cancel' | 'edit' | 'reopen'>()
  const found = useQuery(q.meetings.get.queryOptions({ input: { meetingId } }))
  const format = useFormat(found.data?.zone)
  const refresh = async () => { await Promise.all([q.meetings.key(), q.journals.history.key()].map((queryKey) => queries.invalidateQueries({ queryKey }))) }
  return (
    <Loaded query={found} lines={8}>{(data) => {
      const mayIssue = issues && data.mayEdit
      const may = data.mayEdit && (data.phase === 'planned' || data.phase === 'held')
      const tab = search.tab ?? (data.before.length > 0 && data.phase === 'planned' ? 'before' : 'agenda')
      const line = [t(data.kind === 'visit' ? 'visit' : 'session', { n: data.number }), format.dateTime(data.startsAt), data.place, t(`phase.${data.phase}`)].filter(Boolean).join(' · ')
      return (
        <Page title={data.title} line={line} crumbs={[{ label: t('bodies'), to: '/bodies' }, { label: data.body.name, to: '/bodies/$bodyId', params: { bodyId: data.body.id } }]}
          actions={<>
            {data.link && <a className="button plain" href={data.link} target="_blank" rel="noopener noreferrer"><span>{t('meeting.link')}</span></a>}
            {mayIssue && data.conclusions.some((one) => one.inForce) && <LinkButton icon="file" to={'/papers/new' as '/'} search={{ meeting: data.id } as never}>{t('notice')}</LinkButton>}
            {mayIssue && data.phase === 'planned' && <LinkButton icon="file" to={'/papers/new' as '/'} search={{ invitation: data.id } as never}>{t('paper.invitation')}</LinkButton>}
            {mayIssue && (data.phase === 'held' || data.phase === 'signed') && <LinkButton icon="file" to={'/papers/new' as '/'} search={{ minutes: data.id } as never}>{t('paper.minutes')}</LinkButton>}
            {may && <Button icon="shield" look={data.phase === 'held' ? 'main' : 'plain'} onClick={() => setOpen('sign')}>{t('sign')}</Button>}
            {may && <Menu items={[{ label: t('edit'), icon: 'edit', run: () => setOpen('edit') }, 'line', { label: t('cancel'), icon: 'close', danger: true, run: () => setOpen('cancel') }]}><Button icon="more">{t('act')}</Button></Menu>}
            {data.mayEdit && data.phase === 'signed' && <Menu items={[{ label: t('reopen'), icon: 'undo', danger: true, run: () => setOpen('reopen') }]}><Button icon="more">{t('act')}</Button></Menu>}
            <Button icon="print" onClick={() => print()}>{t('print')}</Button>
          </>}>
          {data.outOfOrder && <p className="note"><Icon name="alert" size={16} /><span><Link to="/meetings/$meetingId" params={{ meetingId: data.outOfOrder.id }}>{t(data.outOfOrder.number < data.number ? 'order.before' : 'order.after', { n: data.outOfOrder.number, on: format.day(dayIn(new Date(data.outOfOrder.startsAt), data.outOfOrder.zone)) })}</Link> {t('order.check')}</span></p>}
          {data.signed && <p className="note">{t('signed', { name: data.signed.toldBy && data.signed.by ? t('signed.entered', { by: data.signed.toldBy, name: data.signed.by }) : data.signed.toldBy ?? data.signed.by ?? '…', at: format.dateTime(data.signed.at) })}{data.signed.files.map((file) => <span key={file.id}> · <a href={`api/v1/files/${file.id}`} download>{t('signed.scan', { name: file.name })}</a></span>)}</p>}
          {data.reopened && <p className="note">{t('reopened', { at: format.dateTime(data.reopened.at), reason: data.reopened.reason ?? '…' })}</p>}
          {data.phase === 'cancelled' && <p className="note">{t('cancelled', { reason: data.reason ?? '…' })}</p>}
          <div className="no-print"><Tabs label={t('caption')} chosen={tab} onChoose={(id) => void go({ search: { tab: id }, replace: true })} tabs={[
            { id: 'before', label: t('tab.before'), count: data.before.length, content: () => <Conclusions rows={data.before} before zone={data.zone} /> },
            { id: 'agenda', label: t('tab.agenda'), count: data.agenda.length, content: () => <Card>{data.agenda.length === 0 ? <EmptyState icon="tasks" title={t('agenda.none')} /> : <Agenda data={data} />}</Card> },
            { id: 'record', label: t('tab.record'), content: () => <Record meeting={data} may={may} onDone={refresh} /> },
            { id: 'conclusions', label: t('tab.conclusions'), count: data.conclusions.length, content: () => <div className="stack">{may && <NewConclusion meeting={data} onDone={() => void refresh()} />}<Conclusions rows={data.conclusions} zone={data.zone} meeting={data.mayEdit && data} onDone={() => void refresh()} /></div> },
            { id: 'history', label: t('tab.history'), content: () => <Card flush><History subject={`meeting:${meetingId}`} /></Card> },
          ]} /></div>
          <Minutes data={data} />
          <Suspense fallback={null}><MadePapers kind="meeting" id={meetingId} /></Suspense>
          {open === 'sign' && <SignDialog data={data} onClose={() => setOpen(undefined)} onDone={() => void refresh()} />}
          {open === 'cancel' && <CancelDialog data={data} onClose={() => setOpen(undefined)} onDone={() => void refresh()} />}
          {open === 'edit' && <EditDialog data={data} onClose={() => setOpen(undefined)} onDone={() => void refresh()} />}
          {open === 'reopen' && <ReopenDialog data={data} onClose={() => setOpen(undefined)} onDone={() => void refresh()} />}
        </Page>
      )
    }}</Loaded>
  )
}

const UnitLink = ({ unit, children }: { unit: MeetingData['unit'] | null; children: string }) => (unit ? <Link to={'/units/$unitId' as '/'} params={{ unitId: unit.id } as never}>{children}</Link> : children)

function Agenda({ data }: { data: MeetingData }) {
  const t = useT(messages)
  return <ol className="agenda read">{data.agenda.map((item) => <li key={item.id}><span className="agenda-text">{item.taskId ? <Link to="/tasks/$taskId" params={{ taskId: item.taskId }}>{item.title}</Link> : <UnitLink unit={item.unit}>{item.title}</UnitLink>} <small className={`agenda-kind k-${item.kind}`}>{t(`kind.${item.kind}`)}</small>{item.taskId && item.unit && <> <UnitLink unit={item.unit}>{item.unit.name}</UnitLink></>}</span></li>)}</ol>
}

/** On paper: the minutes whole. */
function Minutes({ data }: { data: MeetingData }) {
  const t = useT(messages)
  const format = useFormat(data.zone)
  return (
    <section className="minutes" aria-hidden="true">
      <p>{t('unit.of', { name: data.unit.name })}</p>
      <h2>{t('presence')}</h2><ul className="points">{data.attendance.filter((row) => row.presence).map((row, i) => <li key={i}>{nameOf(row)}: {t(row.guest ? 'guest' : `presence.${row.presence!}`)}</li>)}</ul>
      <h2>{t('tab.agenda')}</h2><ol className="agenda read">{data.agenda.map((item) => <li key={item.id}>{item.title}</li>)}</ol>
      {data.points.length > 0 && <><h2>{t('tab.record')}</h2><Points meeting={data} /></>}
      {data.conclusions.length > 0 && <><h2>{t('tab.conclusions')}</h2><ol className="agenda read">{data.conclusions.map((one) => <li key={one.id}><Text row={one} /> ({one.unit.name}{one.task?.dueAt && `, ${format.date(one.task.dueAt)}`}){!one.inForce && <> – <Gone row={one} zone={data.zone} /></>}</li>)}</ol></>}
    </section>
  )
}
