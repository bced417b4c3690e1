import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, Dialog, Facts, Icon, Progress, Refusal } from '../../../web/kit/kit.ts'
import { verificationOf } from '../decide.ts'
import { journals } from './messages.ts'

type Asked = Awaited<ReturnType<typeof api.journals.verify>>

/** A short record is verified at once, a long one as a job that goes on when this is closed. */
export function Verify({ onClose }: { onClose: () => void }) {
  const t = useT(journals)
  const pick = usePick()
  const { number, date, seconds } = useFormat()
  const [busy, setBusy] = useState(false)
  const [asked, setAsked] = useState<Asked>()
  const [refused, setRefused] = useState<Refused>()
  const go = () => {
    setBusy(true)
    setRefused(undefined)
    setAsked(undefined)
    void api.journals.verify({}).then(setAsked, (error: unknown) => setRefused(refusalOf(error))).finally(() => setBusy(false))
  }
  const job = useQuery({ ...q.jobs.get.queryOptions({ input: { jobId: asked?.job ?? '' } }), enabled: Boolean(asked?.job), staleTime: 0, refetchInterval: ({ state }) => (state.data?.state === 'done' || state.data?.state === 'failed' ? false : 700) }).data
  const running = Boolean(asked?.job) && job?.state !== 'done' && job?.state !== 'failed'
  const result = asked?.result ?? (asked?.job && job?.state === 'done' ? verificationOf(job.results, job.endedAt ?? job.createdAt) : undefined)
  const first = result?.broken[0]
  return (
    <Dialog open onClose={onClose} title={t('verify.title')} foot={<><Button onClick={onClose}>{t('close')}</Button><Button look="main" icon="shield" busy={busy || running} onClick={go}>{busy || running ? t('verify.busy') : t('verify.go')}</Button></>}>
      <p className="soft">{t('verify.text')}</p>
      {running && <Progress label={t('verify.running')} done={job?.done ?? 0} total={job?.total ?? asked?.total ?? 0} />}
      {running && <p className="soft small">{t('verify.leave')}</p>}
      <div aria-live="polite" className="stack">
        {job?.state === 'failed' && <p className="bad">{t('verify.failed')}</p>}
        {result && (
          <>
            <p className={`note ${result.whole ? '' : 'bad'}`}><Icon name={result.whole ? 'check' : 'alert'} /><b>{pick(result.sentence)}</b></p>
            {first && <p>{t('verify.first', { what: pick(first.sentence) })}</p>}
            <Facts items={[[t('verify.lines'), number(result.lines)], [t('verify.streams'), number(result.streams)], [t('verify.anchors'), number(result.anchors)], [t('verify.at'), `${date(result.asOf)} ${seconds(result.asOf)}`]]} />
            {result.broken.length > 1 && <details><summary>{t('verify.more', { n: number(result.broken.length - 1) })}</summary><ul className="lines">{result.broken.slice(1).map((one, i) => <li key={i}>{pick(one.sentence)}</li>)}</ul></details>}
            {!result.whole && <p className="soft">{t('verify.do')}</p>}
          </>
        )}
        <Refusal error={refused} />
      </div>
    </Dialog>
  )
}
