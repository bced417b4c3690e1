// What became of the letters to many units: how far it is, each number, who has received it, all files at once.
import { useQuery, useInfiniteQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { q, url } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, Page, Progress, listProps, listRows } from '../../../web/kit/kit.ts'
import { eachMessages } from './each-messages.ts'
import { reload } from './receive.tsx'

const route = getRouteApi('/inside/papers/runs/$runId')

export function PaperRun() {
  const t = useT(eachMessages)
  const format = useFormat()
  const { runId } = route.useParams()
  const { job } = route.useSearch()
  const state = useQuery({ ...q.jobs.get.queryOptions({ input: { jobId: job ?? '' } }), enabled: Boolean(job), staleTime: 0, refetchInterval: ({ state: { data } }) => (data?.state === 'done' || data?.state === 'failed' ? false : 700) }).data
  const going = state !== undefined && state.state !== 'done' && state.state !== 'failed'
  useEffect(() => { if (state && !going) reload() }, [going]) // eslint-disable-line react-hooks/exhaustive-deps -- when it has ended
  const list = useInfiniteQuery({
    ...q.papers.list.infiniteOptions({ input: (cursor: string | undefined) => ({ run: runId, limit: 100, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined }),
    refetchInterval: going ? 3000 : false,
  })
  const total = list.data?.pages[0]?.total ?? 0
  const refused = state?.results.filter((one) => !one.ok) ?? []
  return (
    <Page title={t('run')} line={t('run.line')} crumbs={[{ label: t('papers'), to: '/papers' as '/' }]}
      actions={!going && total > 0 && <><a className="button main" href={url(`api/v1/papers/runs/${runId}/files?format=pdf`)} download><span>{t('run.zip.pdf')}</span></a><a className="button plain" href={url(`api/v1/papers/runs/${runId}/files?format=docx`)} download><span>{t('run.zip.docx')}</span></a></>}>
      {going ? <Card><Progress done={state.done} total={state.total ?? 0} label={t('run.going')} /></Card> : <p role="status" className="soft">{state?.state === 'failed' ? t('run.failed') : t('run.done', { count: format.total(total) })}</p>}
      {refused.length > 0 && <Card title={t('run.refused')}><ul className="paper-list">{refused.map((one) => <li key={one.id} className="bad">{one.message}</li>)}</ul></Card>}
      <Card flush>
        <DataTable caption={t('run.list')} rows={listRows(list)} rowKey={(one) => one.id} {...listProps(list)} empty={<EmptyState icon="file" title={t('run.none')} />} columns={[
          { id: 'subject', head: t('col.subject'), as: 'name', text: (one) => [one.subject, one.written, one.sentTo].filter(Boolean).join(' · '), cell: (one) => <><Link to="/papers/$paperId" params={{ paperId: one.id }}>{one.subject}</Link><small>{[one.written, one.sentTo].filter(Boolean).join(' · ')}</small></> },
          { id: 'sent', head: t('col.sent'), text: (one) => t(one.sent > 0 && one.acknowledged === one.sent ? 'got' : 'not.got'), cell: (one) => <span className="soft">{one.sent > 0 && one.acknowledged === one.sent ? t('got') : t('not.got')}</span> },
        ]} />
      </Card>
    </Page>
  )
}
