// What screens of a programme share: names of sizes, and work that goes on at the server after the answer: asked how far it is until it has ended.
import { useEffect } from 'react'
import { useQuery } from '@tanstack/react-query'
import { q } from '../../../../web/client.ts'
import { usePick } from '../../../../web/i18n.tsx'
import { Progress } from '../../../../web/kit/kit.ts'

/** What the template calls its sizes. */
export function useClassName({ code, version }: { code: string; version: number }): (key: string) => string {
  const pick = usePick()
  const body = useQuery({ ...q.programmes.templates.get.queryOptions({ input: { code, version } }), staleTime: Infinity })
  return (key) => pick(body.data?.body.classes.find((one) => one.code === key)?.name).toLowerCase() || key
}

export type Ended = { failed: string | null }

export function Running({ job, label, total, onEnd }: { job: string; label: string; total: number; onEnd: (end: Ended) => void }) {
  const state = useQuery({ ...q.jobs.get.queryOptions({ input: { jobId: job } }), refetchInterval: 700, staleTime: 0 })
  const { data } = state
  const end = data?.state === 'done' ? null : data?.state === 'failed' ? data.problem ?? '' : undefined
  useEffect(() => { if (end !== undefined) onEnd({ failed: end }) }, [end]) // eslint-disable-line react-hooks/exhaustive-deps -- told once
  return <Progress done={data?.done ?? 0} total={data?.total ?? total} label={label} />
}
