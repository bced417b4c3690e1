// Work on a package that goes on at the server: how far it is, and what was refused of it.
import { useEffect } from 'react'
import { useQuery } from '@tanstack/react-query'
import { q, queries } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, Progress } from '../../../web/kit/kit.ts'
import { exchanges } from './messages.ts'

const MOST_SHOWN = 200

export function Working({ job, label, onDone }: { job: string; label: string; onDone: () => void }) {
  const t = useT(exchanges)
  const { data } = useQuery({ ...q.jobs.get.queryOptions({ input: { jobId: job } }), staleTime: 0, refetchInterval: ({ state }) => (state.data?.state === 'done' || state.data?.state === 'failed' ? false : 700) })
  const ended = data?.state === 'done' || data?.state === 'failed'
  const refused = data?.results.filter((one) => !one.ok) ?? []
  useEffect(() => { if (ended) { void queries.invalidateQueries({ queryKey: q.exchanges.key() }); if (data.state === 'done' && refused.length === 0) onDone() } }, [ended]) // eslint-disable-line react-hooks/exhaustive-deps -- when it has ended
  if (!ended) return <Card><Progress done={data?.done ?? 0} total={data?.total ?? 0} label={label} /></Card>
  if (data.state === 'failed') return <p className="refusal" role="alert">{t('failed')}</p>
  return refused.length === 0 ? null : <Card title={t('refused.title')}><div role="alert"><ul className="exchange-refused">{refused.slice(0, MOST_SHOWN).map((one, i) => <li key={`${one.id}${i}`}>{one.message}</li>)}</ul></div></Card>
}
