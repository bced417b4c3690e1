// One paper: as it looks, where it stands in the register, who has received it, what belongs to it.
import { Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { api, q, refusalOf, url } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { Button, Card, Dialog, EmptyState, Facts, FileDrop, Form, Loaded, Page, ReasonDialog, Skeleton, Tabs, toast } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { part } from '../../../web/parts.ts'
import { useMe, useZone } from '../../../web/session.ts'
import { upload } from '../../../web/upload.ts'
import { CustodyTab, useCustody } from '../../custodies/ui/custody.tsx'
import { GradeField, GradeMark, Watermark } from '../../custodies/ui/grade.tsx'
import { custodies } from '../../custodies/ui/messages.ts'
import { PrintByOrder } from '../../custodies/ui/print.tsx'
import { Evidence } from '../../tasks/ui/evidence.tsx'
import { gradeNames } from '../../../pure/grades.ts'
import type { Grade } from '../../../pure/grades.ts'
import { KINDS } from '../contract/kinds.ts'
import { compose } from '../decide/compose.ts'
import { goneMark } from '../decide/gone.ts'
import { dayIn } from '../../../pure/calendar.ts'
import { given } from './form.ts'
import type { FormLink } from './form.ts'
import { papers } from './messages.ts'
import { reload, SCANS } from './receive.tsx'
import { SheetView } from './sheet.tsx'

const Links = part(() => import('./links.tsx').then(({ Links: links }) => ({ default: links })))
const History = part(() => import('../../journals/ui/history.tsx').then(({ History: lines }) => ({ default: lines })))

const route = getRouteApi('/inside/papers/$paperId')
type Detail = Awaited<ReturnType<typeof api.papers.get>>

export function OnePaper() {
  const [t, c] = [useT(papers), useT(custodies)]
  const pick = usePick()
  const format = useFormat()
  const { paperId } = route.useParams()
  const search = route.useSearch()
  const go = route.useNavigate()
  const found = useQuery({ ...q.papers.get.queryOptions({ input: { paperId } }), meta: { topics: [`paper:${paperId}`] } })
  const [open, setOpen] = useState<'withdraw' | 'attach' | 'link'>()
  const custody = useCustody(found.data?.grade)
  return (
    <Loaded query={found} lines={8}>{(paper) => (
      <Page title={paper.subject || t('graded', { grade: pick(gradeNames[paper.grade]) })} crumbs={[{ label: t('title'), to: '/papers' as '/' }]}
        line={<>{paper.grade !== 'none' && <><GradeMark grade={paper.grade} /> </>}{pick(KINDS[paper.kind])} · {paper.written} · {format.day(paper.day)}{paper.state !== 'in_force' && <> · <b className="bad">{t(`state.${paper.state}`)}</b></>}</>}
        actions={<>
          {paper.letter && (paper.grade !== 'none' ? <PrintByOrder recordId={paper.id} file={`api/v1/papers/${paperId}/file`} /> : <><a className="button main" href={url(`api/v1/papers/${paperId}/file?format=pdf`)} download><span>{t('pdf')}</span></a><a className="button plain" href={url(`api/v1/papers/${paperId}/file?format=docx`)} download><span>{t('docx')}</span></a></>)}
          {paper.may.attach && !paper.byNumber && <Button icon="upload" onClick={() => setOpen('attach')}>{t('attach')}</Button>}
          {paper.may.link && !paper.byNumber && <Button icon="plus" onClick={() => setOpen('link')}>{t('link.add')}</Button>}
          {paper.may.withdraw && <Button look="danger" onClick={() => setOpen('withdraw')}>{t('withdraw')}</Button>}
        </>}>
        <Watermark mark={paper.mark} />
        {paper.byNumber && <p className="note">{t('graded.text')}</p>}
        {paper.withdrawn && <div className="note"><div><b>{t('withdrawn.note')}</b> <span className="soft">{[paper.withdrawn.by, format.dateTime(paper.withdrawn.at)].filter(Boolean).join(', ')}</span><p>{paper.withdrawn.reason ?? t('erased')}</p></div></div>}
        <Tabs label={t('tabs')} chosen={search.tab ?? 'paper'} onChoose={(id) => void go({ search: id === 'paper' ? {} : { tab: id }, replace: true })} tabs={[
          { id: 'paper', label: t('tab.paper'), content: () => <Whole paper={paper} /> },
          ...(custody ? [{ id: 'custody', label: c('tab'), content: () => <CustodyTab recordId={paper.id} kind="paper" grade={paper.grade} /> }] : []),
          { id: 'history', label: t('tab.history'), content: () => <Card flush><Suspense fallback={<Skeleton lines={7} />}><History subject={`paper:${paperId}`} /></Suspense></Card> },
        ]} />
        {open === 'withdraw' && <Withdraw paper={paper} onClose={() => setOpen(undefined)} />}
        {open === 'link' && <AddLinks paper={paper} onClose={() => setOpen(undefined)} />}
        {open === 'attach' && <Attach paperId={paperId} onClose={() => setOpen(undefined)} />}
      </Page>
    )}</Loaded>
  )
}

function Whole({ paper }: { paper: Detail }) {
  const t = useT(papers)
  const pick = usePick()
  const format = useFormat()
  // Who issued it does not say for those below that they have it.
  const ours = useMe()?.unit?.id === paper.unit.id
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [told, setTold] = useState<ReadonlyMap<string, string>>(new Map())
  const owing = paper.recipients.filter((one) => !one.at).map((one) => one.unit.id)
  const chosen = owing.filter((id) => picked.has(id))
  const remind = useOrder(api.papers.remind, ({ results }) => {
    const done = results.filter((one) => one.ok).length
    setTold(new Map(results.flatMap((one) => (one.ok ? [] : [[one.id, one.message ?? ''] as const]))))
    setPicked(new Set())
    toast(done === results.length ? t('reminded', { n: done }) : t('reminded.some', { n: done, left: results.length - done }))
    reload()
  })
  const zone = useZone()
  const acknowledge = useOrder(api.papers.acknowledge, () => { toast(t('acknowledged')); reload() })
  return (
    <div className="paper-two shown">
      {paper.letter ? <SheetView sheet={compose(paper.letter, paper.number, { grade: paper.grade, mark: paper.withdrawn ? goneMark(paper.letter.lang, dayIn(new Date(paper.withdrawn.at), zone)) : undefined })} label={t('sheet')} />
        : <Card><EmptyState icon="file" title={t('no.letter')}>{t(paper.way === 'received' ? 'no.letter.received' : 'no.letter.gone')}</EmptyState></Card>}
      <div className="paper-side">
        <Card title={t('facts')}><Facts items={[
          [t('f.number'), paper.written], ...(paper.way === 'received' ? [[t('f.arrival'), format.number(paper.number)], [t('f.received'), format.day(paper.receivedOn!)]] as const : []),
          [t('f.kind'), pick(KINDS[paper.kind])], [t('f.day'), format.day(paper.day)], [t('f.issuer'), paper.issuer], [t('f.unit'), paper.unit.name], [t('f.filing'), paper.filing], [t('f.by'), paper.by && `${paper.by}, ${format.dateTime(paper.at)}`],
        ]} /></Card>
        {paper.way === 'issued' && (
          <Card title={t('recipients')} side={paper.sent > 0 && <span className="soft small">{t('receipts', { got: format.number(paper.acknowledged), all: format.number(paper.sent) })}</span>}>
            {acknowledge.refused && <p className="refusal" role="alert">{acknowledge.refused.message}</p>}
            {paper.may.remind && owing.length > 0 && <div className="row paper-remind"><Button small icon="bell" busy={remind.busy} onClick={() => void remind.give({ paperId: paper.id, unitIds: chosen.length > 0 ? chosen : owing })}>{chosen.length > 0 ? t('remind.some', { n: chosen.length }) : t('remind.all', { n: owing.length })}</Button></div>}
            {remind.refused && <p className="refusal" role="alert">{remind.refused.message}</p>}
            {paper.recipients.length === 0 ? <p className="soft">{t('recipients.none')}</p> : <ul className="paper-list">{paper.recipients.map((one) => (
              <li key={one.unit.id}>{paper.may.remind && !one.at && <input type="checkbox" aria-label={t('remind.choose', { unit: one.unit.name })} checked={picked.has(one.unit.id)} onChange={() => setPicked((was) => { const next = new Set(was); if (!next.delete(one.unit.id)) next.add(one.unit.id); return next })} />}<span>{one.unit.name}</span><span className="soft small">{one.at ? t('got', { at: format.dateTime(one.at) }) : [t('not.got'), one.remindedAt && t('reminded.at', { at: format.dateTime(one.remindedAt) })].filter(Boolean).join(' · ')}{told.get(one.unit.id) && <span className="bad" role="status"> · {told.get(one.unit.id)}</span>}</span>
                {one.mine && !ours && !one.at && paper.state !== 'withdrawn' && <Button small busy={acknowledge.busy} aria-label={t('acknowledge.of', { unit: one.unit.name })} onClick={() => void acknowledge.give({ paperId: paper.id, unitId: one.unit.id })}>{t('acknowledge')}</Button>}</li>
            ))}</ul>}
          </Card>
        )}
        <Card title={t('links')}>
          {paper.links.length === 0 ? <p className="soft">{t('links.none')}</p> : <ul className="paper-list">{paper.links.map((one, i) => (
            <li key={i}><span className="soft small">{t(`rel.${one.relation}`)}</span>{one.paperId ? <Link to="/papers/$paperId" params={{ paperId: one.paperId }}>{one.text}</Link> : one.taskId ? <Link to="/tasks/$taskId" params={{ taskId: one.taskId }}>{one.text}</Link> : one.about ? <Source about={one.about} unitId={paper.unit.id}>{one.text}</Source> : <span>{one.text || t('rel.directive')}</span>}</li>
          ))}</ul>}
        </Card>
        <Card title={t('scans')}>{paper.files.length === 0 ? <p className="soft">{t('scans.none')}</p> : <Evidence files={paper.files} />}</Card>
      </div>
    </div>
  )
}

/** What a period adds up to is looked at from the unit that issued the paper. */
function Source({ about: { kind, id }, unitId, children }: { about: NonNullable<Detail['links'][number]['about']>; unitId: string; children: string }) {
  switch (kind) {
    case 'plan': return <Link to="/plans/$planId" params={{ planId: id }}>{children}</Link>
    case 'report': return <Link to="/reports/$reportId" params={{ reportId: id }}>{children}</Link>
    case 'collection': return <Link to="/report-collections/$collectionId" params={{ collectionId: id }} search={{ unit: unitId }}>{children}</Link>
    case 'body': return <Link to="/bodies/$bodyId" params={{ bodyId: id }}>{children}</Link>
    default: return <Link to="/meetings/$meetingId" params={{ meetingId: id }}>{children}</Link>
  }
}

function AddLinks({ paper, onClose }: { paper: Detail; onClose: () => void }) {
  const t = useT(papers)
  const [links, setLinks] = useState<FormLink[]>([])
  const order = useOrder(api.papers.link, () => { toast(t('linked')); reload(); onClose() })
  return (
    <Dialog open onClose={onClose} title={t('link.add')} size="lg">
      <Form onSend={() => { if (links.length > 0) void order.give({ paperId: paper.id, links: given(links) }) }} refused={order.refused} foot={<><Button onClick={onClose}>{t('cancel')}</Button><Button look="main" type="submit" busy={order.busy} aria-disabled={links.length === 0}>{t('save')}</Button></>}>
        <p className="soft">{t('link.text')}</p>
        <Suspense fallback={<Skeleton lines={3} />}><Links links={links} onLinks={setLinks} not={paper.id} /></Suspense>
      </Form>
    </Dialog>
  )
}

function Withdraw({ paper, onClose }: { paper: Detail; onClose: () => void }) {
  const t = useT(papers)
  const order = useOrder(api.papers.withdraw, () => { toast(t('withdrawn')); reload(); onClose() })
  return <ReasonDialog title={t('withdraw.title', { written: paper.written })} label={t('withdraw.reason')} send={t('withdraw')} most={2000} order={order} onClose={onClose} onSend={(reason) => void order.give({ paperId: paper.id, reason })}>{t('withdraw.text', { written: paper.written })}</ReasonDialog>
}

function Attach({ paperId, onClose }: { paperId: string; onClose: () => void }) {
  const t = useT(papers)
  const { lang } = useLang()
  const [files, setFiles] = useState<File[]>([])
  const [filesGrade, setFilesGrade] = useState<Grade>('none')
  const c = useT(custodies)
  const [failed, setFailed] = useState<Refused>()
  const [busy, setBusy] = useState(false)
  const order = useOrder(api.papers.attach, () => { toast(t('attached')); reload(); onClose() })
  const send = async () => {
    if (files.length === 0) return
    setBusy(true)
    setFailed(undefined)
    try { await order.give({ paperId, filesGrade, files: await Promise.all(files.map((file) => upload(file, lang))) }) } catch (error) { setFailed(refusalOf(error)) } finally { setBusy(false) }
  }
  return (
    <Dialog open onClose={onClose} title={t('attach')}>
      <Form onSend={() => void send()} refused={failed ?? order.refused} foot={<><Button onClick={onClose}>{t('cancel')}</Button><Button look="main" type="submit" busy={busy} aria-disabled={files.length === 0}>{t('save')}</Button></>}>
        <FileDrop label={t('attach.file')} files={files} onFiles={setFiles} accept={SCANS} />
        <GradeField label={c('files.grade')} value={filesGrade} onValue={setFilesGrade} />
      </Form>
    </Dialog>
  )
}
