// One package: what it holds, whose key signed it; of one received, what taking it in does with each record, and what came of it.
import { useState } from 'react'
import type { ReactNode } from 'react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { api, q, url } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, EmptyState, Facts, Loaded, Page, SelectField, listProps, listRows, toast, useConfirm } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { useContents } from './list.tsx'
import { exchanges } from './messages.ts'
import { Working } from './running.tsx'
import './exchanges.css'

const route = getRouteApi('/inside/packages/$packageId')
type Package = Awaited<ReturnType<typeof api.exchanges.get>>
type Line = Awaited<ReturnType<typeof api.exchanges.preview>>['items'][number]
const VERDICTS = ['new', 'changed', 'here', 'refused'] as const

export function OnePackage() {
  const t = useT(exchanges)
  const { dateTime, day, bytes } = useFormat()
  const contents = useContents()
  const { packageId } = route.useParams()
  const found = useQuery(q.exchanges.get.queryOptions({ input: { packageId } }))
  return (
    <Loaded query={found} lines={8}>{(one) => (
      <Page title={one.from === null ? t('of.made', { unit: one.of }) : t('of.received', { unit: one.of, from: one.from })} line={contents(one.counts)} crumbs={[{ label: t('title'), to: '/packages' as '/' }]}
        actions={one.fileId && <a className={`button ${one.direction === 'made' ? 'main' : 'plain'}`} href={url(`api/v1/files/${one.fileId}`)} download><span>{t('download')}</span></a>}>
        <Card><Facts items={([
          [t('purpose'), one.purpose], [t('made.at'), dateTime(one.madeAt)], ...(one.direction === 'received' ? [[t('received.at'), dateTime(one.at)]] : []), [one.direction === 'made' ? t('made.by') : t('received.by'), one.by], [one.direction === 'made' ? t('unit') : t('receive.unit'), one.unit.name],
          [t('what'), one.choices.map((choice) => t(`choice.${choice}`)).join(', ')], [t('programme'), one.programme], [t('period'), one.from_ || one.until ? t('period.text', { from: one.from_ ? day(one.from_) : t('open.start'), until: one.until ? day(one.until) : t('open.end') }) : null],
          [t('key'), one.key ? <>{one.key.name} <code className="hash">{one.key.fingerprint}</code></> : t('key.none')], [t('hash'), <code key="h" className="hash">{one.hash}</code>], [t('size'), bytes(one.size)],
          [t('result'), one.taken ? `${t('result.text', { taken: one.taken.taken, here: one.taken.here, refused: one.taken.refused })} (${dateTime(one.taken.at)})` : null],
        ] as [string, ReactNode][]).filter(([, value]) => value !== null)} /></Card>
        {one.direction === 'made' && <p className="soft">{t('open.html')}</p>}
        {one.mayTake && <Taking one={one} />}
      </Page>
    )}</Loaded>
  )
}

function Taking({ one }: { one: Package }) {
  const t = useT(exchanges)
  const { number } = useFormat()
  const confirm = useConfirm()
  const [verdict, setVerdict] = useState<(typeof VERDICTS)[number]>()
  const [job, setJob] = useState<string>()
  const found = useInfiniteQuery({
    ...q.exchanges.preview.infiniteOptions({ input: (cursor: string | undefined) => ({ packageId: one.id, limit: 100, ...(cursor ? { cursor } : {}), ...(verdict ? { verdict } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined }), placeholderData: keepPreviousData, staleTime: 0,
  })
  const counts = found.data?.pages[0]?.counts
  const coming = counts ? counts.new + counts.changed : 0
  const order = useOrder(api.exchanges.take, ({ jobId }) => { setJob(jobId ?? undefined) })
  const take = async () => { if (await confirm({ title: t('take.title'), text: t('take.text', { count: number(coming) }), yes: t('take') })) void order.give({ packageId: one.id }) }
  return (
    <>
      {order.refused && <p className="refusal" role="alert">{order.refused.message}</p>}
      {job && <Working key={job} job={job} label={t('taking')} onDone={() => toast(t('taken.done'))} />}
      <Card flush title={t('preview')} side={coming > 0 && <Button look="main" busy={order.busy} onClick={() => void take()}>{one.taken ? t('take.rest') : t('take')}</Button>}>
        <div className="card-body exchange-pick"><SelectField label={t('verdict')} value={verdict ?? ''} onValue={(value) => setVerdict(VERDICTS.find((name) => name === value))} empty={t('any')} options={VERDICTS.map((name) => ({ value: name, label: counts ? `${t(`v.${name}`)} (${number(counts[name])})` : t(`v.${name}`) }))} optional="quiet" /></div>
        <DataTable caption={t('preview')} rows={listRows(found)} rowKey={(row) => `${row.kind} ${row.id}`} {...listProps(found)} empty={<EmptyState icon="search" title={t('preview.none')} />} columns={[
          { id: 'record', head: t('record'), as: 'name', text: (row: Line) => [row.title, t(`kind.${row.kind}`), row.note, row.unit, row.why].filter(Boolean).join(' · '), cell: (row: Line) => <><Title row={row} /><small>{t(`kind.${row.kind}`)} · {row.unit}</small>{row.note && <small>{row.note}</small>}{row.why && <small className="bad">{row.why}</small>}<small className="only-narrow">{t(`v.${row.verdict}`)}</small></> },
          { id: 'verdict', head: t('col.state'), from: 'narrow', text: (row: Line) => t(`v.${row.verdict}`), cell: (row: Line) => <span className={row.verdict === 'refused' ? 'bad nowrap' : row.verdict === 'here' ? 'soft nowrap' : 'nowrap'}>{t(`v.${row.verdict}`)}</span> },
        ]} />
      </Card>
    </>
  )
}

const WAYS: Partial<Record<Line['kind'], string>> = { task: '/tasks/', act: '/tasks/', answer: '/tasks/', asking: '/tasks/', extended: '/tasks/', report: '/reports/', plan: '/received-plans/' }
/** What is here opens where it is. */
function Title({ row }: { row: Line }) {
  const way = WAYS[row.kind]
  return row.localId && way && (row.kind !== 'plan' || row.verdict !== 'new') ? <Link to={`${way}${row.localId}` as '/'}>{row.title}</Link> : <>{row.title}</>
}
