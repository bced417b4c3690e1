// Custody of one graded record: who may know it, who holds which copy, what was printed, who read it.
import { useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, Dialog, EmptyState, Facts, Form, Loaded, TextArea, TextField, listProps, listRows, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useEdit, useOrder } from '../../../web/orders.ts'
import { useMay } from '../../../web/session.ts'
import type { Grade } from '../../../pure/grades.ts'
import type { Custody, RecordKind } from '../contract.ts'
import { GradeField, GradeMark, useCeiling } from './grade.tsx'
import { HolderFields, isWhole, useHolder } from './holder.tsx'
import { custodies } from './messages.ts'

const reload = (): void => void queries.invalidateQueries()
type About = { recordId: string; kind: RecordKind; grade: Grade }

/** Whether this record has a custody to show at all, to who is signed in. */
export function useCustody(grade: Grade | undefined): boolean {
  const [may, ceiling] = [useMay('custody.keep'), useCeiling()]
  return may && grade !== undefined && (grade !== 'none' || ceiling !== 'none')
}

export function CustodyTab({ recordId, kind, grade }: About) {
  const t = useT(custodies)
  const mayGrade = useMay('custody.grade')
  const [grading, setGrading] = useState(false)
  const found = useQuery({ ...q.custodies.get.queryOptions({ input: { recordId } }), enabled: grade !== 'none' })
  if (grade === 'none') return (
    <Card><EmptyState icon="shield" title={t('grade.plain')} action={mayGrade && <Button onClick={() => setGrading(true)}>{t('grade.set')}</Button>}>{t('grade.plain.text')}</EmptyState>
      {grading && <SetGrade recordId={recordId} kind={kind} grade="none" version={0} onClose={() => setGrading(false)} />}</Card>
  )
  return (
    <Loaded query={found} lines={6}>{(one) => (
      <div className="stack">
        <Card side={one.mayGrade && one.here && <Button small onClick={() => setGrading(true)}>{t('grade.change')}</Button>} title={t('grade')}><Grading one={one} /></Card>
        {one.here ? <Readers one={one} /> : <p className="note">{t('number.text')}</p>}
        <Copies one={one} />
        {one.here && <Prints one={one} />}
        {one.here && <Reads recordId={recordId} />}
        {grading && <SetGrade recordId={recordId} kind={kind} grade={one.grade} version={one.version} onClose={() => setGrading(false)} />}
      </div>
    )}</Loaded>
  )
}

function Grading({ one }: { one: Custody }) {
  const t = useT(custodies)
  const { dateTime } = useFormat()
  return <Facts items={[
    [t('grade.now'), <span key="g" className="custody-note"><GradeMark grade={one.grade} /><span className="soft small">{[t('grade.by', { by: one.gradedBy.name ?? '…', at: dateTime(one.gradedAt) }), one.basis && t('grade.rests', { basis: one.basis })].filter(Boolean).join(' · ')}</span></span>],
    ...(one.reason ? [[t('grade.reason'), one.reason] as const] : []),
  ]} />
}

function SetGrade({ recordId, kind, grade, version, onClose }: About & { version: number; onClose: () => void }) {
  const t = useT(custodies)
  const [next, setNext] = useState<Grade>(grade)
  const [reason, setReason] = useState('')
  const [basis, setBasis] = useState('')
  const [tried, setTried] = useState(false)
  const order = useEdit(api.custodies.grade, version, () => { toast(t('grade.done')); reload(); onClose() })
  return (
    <Dialog open onClose={onClose} title={t(grade === 'none' ? 'grade.set' : 'grade.change')}>
      <Form refused={order.refused} onSend={() => { setTried(true); if (next !== grade && reason.trim()) void order.give({ recordId, kind, grade: next, reason: reason.trim(), ...(basis.trim() ? { basis: basis.trim() } : {}) }) }}
        foot={<><Button onClick={onClose}>{t('cancel')}</Button><Button look="main" type="submit" busy={order.busy} aria-disabled={next === grade}>{t('grade.save')}</Button></>}>
        {grade === 'none' && <p className="soft">{t('grade.raise')}</p>}
        <GradeField value={next} onValue={setNext} />
        <TextArea label={t('grade.reason')} rows={2} value={reason} onValue={setReason} maxLength={2000} error={tried && !reason.trim() ? t('missing') : undefined} />
        <TextField label={t('grade.basis')} hint={t('grade.basis.hint')} optional value={basis} onValue={setBasis} maxLength={120} />
      </Form>
    </Dialog>
  )
}

const nameOf = (one: { person: { name: string | null } | null; unit: { name: string } | null }): string => one.person?.name ?? one.unit?.name ?? '…'

function Readers({ one }: { one: Custody }) {
  const t = useT(custodies)
  const { day } = useFormat()
  const confirm = useConfirm()
  const [adding, setAdding] = useState(false)
  const end = useOrder(api.custodies.unname, () => { toast(t('reader.ended')); reload() })
  const stop = async (reader: Custody['named'][number]) => {
    if (await confirm({ title: t('reader.end.title', { name: nameOf(reader) }), text: t('reader.end.text'), yes: t('reader.end'), danger: true })) void end.give({ recordId: one.recordId, readerId: reader.id })
  }
  return (
    <Card flush title={t('readers')} side={<Button small icon="plus" onClick={() => setAdding(true)}>{t('reader.add')}</Button>}>
      {end.refused && <p className="refusal" role="alert">{end.refused.message}</p>}
      <DataTable caption={t('readers')} rows={one.named} rowKey={(reader) => reader.id} empty={<EmptyState icon="person" title={t('readers.none')} />} columns={[
        { id: 'who', head: t('col.who'), as: 'name', text: (reader) => [nameOf(reader), reader.way === 'order' ? reader.why : t(`way.${reader.way}`)].filter(Boolean).join(' · '), cell: (reader) => <>{nameOf(reader)}{reader.unit && <span className="soft"> · {t('office')}</span>}<small>{reader.way === 'order' ? reader.why ?? '…' : t(`way.${reader.way}`)}</small><small className="only-narrow">{reader.ended ? t('past') : t('ends', { day: day(reader.until.slice(0, 10)) })}</small></> },
        { id: 'until', head: t('col.until'), from: 'narrow', text: (reader) => (reader.ended ? t('past') : day(reader.until.slice(0, 10))), cell: (reader) => (reader.ended ? <span className="faint">{t('past')}</span> : <span className="nowrap">{day(reader.until.slice(0, 10))}</span>) },
        { id: 'end', head: t('col.act'), width: '90px', cell: (reader) => (reader.ended ? null : <Button small look="quiet" aria-label={t('reader.end.of', { name: nameOf(reader) })} onClick={() => void stop(reader)}>{t('reader.end')}</Button>) },
      ]} />
      {adding && <NameReader recordId={one.recordId} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function NameReader({ recordId, onClose }: { recordId: string; onClose: () => void }) {
  const t = useT(custodies)
  const holder = useHolder({ until: true })
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  const order = useOrder(api.custodies.name, () => { toast(t('reader.done')); reload(); onClose() })
  return (
    <Dialog open onClose={onClose} title={t('reader.title')}>
      <Form refused={order.refused} onSend={() => { setTried(true); if (isWhole(holder) && holder.until && why.trim()) void order.give({ recordId, ...holder.given(), until: holder.until, why: why.trim() }) }} foot={<><Button onClick={onClose}>{t('cancel')}</Button><Button look="main" type="submit" busy={order.busy}>{t('reader.add')}</Button></>}>
        <HolderFields holder={holder} tried={tried} />
        <TextArea label={t('reader.why')} hint={t('reader.why.hint')} rows={2} value={why} onValue={setWhy} maxLength={500} error={tried && !why.trim() ? t('missing') : undefined} />
      </Form>
    </Dialog>
  )
}

function Copies({ one }: { one: Custody }) {
  const t = useT(custodies)
  const { day } = useFormat()
  const [giving, setGiving] = useState(false)
  const [gone, setGone] = useState<number>()
  const back = useOrder(api.custodies.takeBack, () => reload())
  const next = (one.numbered.at(-1)?.n ?? 0) + 1
  const state = (copy: Custody['numbered'][number]) => copy.destroyedAt ? t('copy.gone', { at: day(copy.destroyedAt.slice(0, 10)), paper: copy.paper ?? '…', by: copy.destroyedBy?.name ?? '…' }) : copy.returnedAt ? t('copy.back', { at: day(copy.returnedAt.slice(0, 10)) }) : t('copy.out', { at: day(copy.givenAt.slice(0, 10)) })
  return (
    <Card flush title={t('copies')} side={<Button small icon="plus" onClick={() => setGiving(true)}>{t('copy.add', { n: next })}</Button>}>
      {back.refused && <p className="refusal" role="alert">{back.refused.message}</p>}
      <DataTable caption={t('copies')} rows={one.numbered} rowKey={(copy) => String(copy.n)} empty={<EmptyState icon="file" title={t('copies.none')} />} columns={[
        { id: 'n', head: t('col.n'), as: 'number', width: '76px', text: (copy) => String(copy.n), cell: (copy) => String(copy.n).padStart(2, '0') },
        { id: 'holder', head: t('col.holder'), as: 'name', text: (copy) => `${nameOf(copy)} · ${state(copy)}`, cell: (copy) => <>{nameOf(copy)}<small>{state(copy)}</small></> },
        { id: 'act', head: t('col.act'), width: '180px', cell: (copy) => (copy.destroyedAt ? null : <span className="custody-acts">
          {!copy.returnedAt && <Button small look="quiet" aria-label={t('copy.return.of', { n: copy.n })} onClick={() => void back.give({ recordId: one.recordId, n: copy.n }).then((done) => done && toast(t('copy.returned', { n: copy.n })))}>{t('copy.return')}</Button>}
          <Button small look="quiet" aria-label={t('copy.destroy.of', { n: copy.n })} onClick={() => setGone(copy.n)}>{t('copy.destroy')}</Button></span>) },
      ]} />
      {giving && <GiveCopy recordId={one.recordId} n={next} onClose={() => setGiving(false)} />}
      {gone !== undefined && <Destroyed recordId={one.recordId} n={gone} onClose={() => setGone(undefined)} />}
    </Card>
  )
}

function GiveCopy({ recordId, n, onClose }: { recordId: string; n: number; onClose: () => void }) {
  const t = useT(custodies)
  const holder = useHolder({})
  const [tried, setTried] = useState(false)
  const order = useOrder(api.custodies.give, (done) => { toast(t('copy.done', { n: done.n })); reload(); onClose() })
  return (
    <Dialog open onClose={onClose} title={t('copy', { n })}>
      <Form refused={order.refused} onSend={() => { setTried(true); if (isWhole(holder)) void order.give({ recordId, ...holder.given() }) }} foot={<><Button onClick={onClose}>{t('cancel')}</Button><Button look="main" type="submit" busy={order.busy}>{t('copy.give')}</Button></>}>
        <HolderFields holder={holder} tried={tried} />
      </Form>
    </Dialog>
  )
}

function Destroyed({ recordId, n, onClose }: { recordId: string; n: number; onClose: () => void }) {
  const t = useT(custodies)
  const [paper, setPaper] = useState('')
  const [tried, setTried] = useState(false)
  const order = useOrder(api.custodies.destroy, () => { toast(t('copy.destroyed', { n })); reload(); onClose() })
  return (
    <Dialog open onClose={onClose} title={t('copy.destroy.title', { n })}>
      <Form refused={order.refused} onSend={() => { setTried(true); if (paper.trim()) void order.give({ recordId, n, paper: paper.trim() }) }} foot={<><Button onClick={onClose}>{t('cancel')}</Button><Button look="danger" type="submit" busy={order.busy}>{t('copy.destroy')}</Button></>}>
        <p className="soft">{t('copy.destroy.text')}</p>
        <TextField label={t('copy.destroy.paper')} value={paper} onValue={setPaper} maxLength={120} error={tried && !paper.trim() ? t('missing') : undefined} />
      </Form>
    </Dialog>
  )
}

function Prints({ one }: { one: Custody }) {
  const t = useT(custodies)
  const { dateTime } = useFormat()
  return (
    <Card flush title={t('prints')}>
      <DataTable caption={t('prints')} rows={one.printed} rowKey={(print) => String(print.n)} empty={<EmptyState icon="print" title={t('prints.none')} />} columns={[
        { id: 'n', head: t('prints'), as: 'name', text: (print) => [t('prints.line', { n: print.n, copies: print.copies }), print.why].filter(Boolean).join(' · '), cell: (print) => <>{t('prints.line', { n: print.n, copies: print.copies })}<small>{print.why ?? '…'}</small></> },
        { id: 'by', head: t('col.who'), from: 'narrow', text: (print) => print.by.name ?? '…', cell: (print) => print.by.name ?? '…' }, { id: 'at', head: t('col.at'), text: (print) => dateTime(print.at), cell: (print) => dateTime(print.at) },
      ]} />
    </Card>
  )
}

function Reads({ recordId }: { recordId: string }) {
  const t = useT(custodies)
  const { dateTime } = useFormat()
  const found = useInfiniteQuery(q.custodies.reads.infiniteOptions({ input: (cursor: string | undefined) => ({ recordId, limit: 20, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined }))
  return (
    <Card flush title={t('reads')} side={<span className="soft small">{t('reads.text')}</span>}>
      <DataTable caption={t('reads')} rows={listRows(found)} rowKey={(one) => `${one.at} ${one.by.id} ${one.subject} ${one.how}`} {...listProps(found)} empty={<EmptyState icon="person" title={t('reads.none')} />} columns={[
        { id: 'who', head: t('col.who'), as: 'name', text: (one) => `${one.by.name ?? '…'} · ${t(`how.${one.how}`)}`, cell: (one) => <>{one.by.name ?? '…'}<small>{t(`how.${one.how}`)}</small></> }, { id: 'at', head: t('col.at'), text: (one) => dateTime(one.at), cell: (one) => dateTime(one.at) },
      ]} />
    </Card>
  )
}
