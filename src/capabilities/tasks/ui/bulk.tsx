import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, DateField, Dialog, Progress, Refusal, TextArea, useConfirm } from '../../../web/kit/kit.ts'
import { sendSafely, uuidv7 } from '../../../web/orders.ts'
import { useMay } from '../../../web/session.ts'
import type { TaskRow } from './list.tsx'
import { tasks as messages } from './messages.ts'

type Results = Awaited<ReturnType<typeof api.tasks.bulkVerify>>['results']
export type Run = { orderId: string; n: number; results?: Results; error?: unknown }

/** One order for many tasks, after a confirmation with their number. */
export function BulkBar({ ids, rows, onRun: setRun }: { ids: string[]; rows: readonly TaskRow[]; onRun: (run: Run) => void }) {
  const t = useT(messages)
  const confirm = useConfirm()
  const [extending, setExtending] = useState(false)
  const [day, setDay] = useState<string>()
  const [withdrawing, setWithdrawing] = useState(false)
  const [reason, setReason] = useState('')
  const mayVerify = useMay('task.verify')
  const mayAssign = useMay('task.assign')
  const start = async (send: (orderId: string) => Promise<{ results: Results }>) => {
    const orderId = uuidv7()
    setRun({ orderId, n: ids.length })
    try {
      const { results } = await sendSafely(() => send(orderId))
      setRun({ orderId, n: ids.length, results })
    } catch (error) {
      setRun({ orderId, n: ids.length, error })
    }
  }
  const split = rows.filter((row) => row.parts && ids.includes(row.id))
  return (
    <>
      {mayVerify && <Button small icon="check" onClick={() => void (async () => { if (await confirm({ title: t('bulk.verify.ask', { n: ids.length }), text: t('bulk.text'), yes: t('bulk.verify') })) await start((orderId) => api.tasks.bulkVerify({ orderId, ids })) })()}>{t('bulk.verify')}</Button>}
      {mayAssign && <Button small icon="bell" onClick={() => void (async () => { if (await confirm({ title: t('bulk.remind.ask', { n: ids.length }), text: t('bulk.remind.text'), yes: t('bulk.remind') })) await start((orderId) => api.tasks.bulkRemind({ orderId, ids })) })()}>{t('bulk.remind')}</Button>}
      {mayAssign && <Button small icon="clock" onClick={() => setExtending(true)}>{t('bulk.extend')}</Button>}
      <Dialog open={extending} onClose={() => setExtending(false)} title={t('bulk.extend.title', { n: ids.length })} size="sm"
        foot={<Button look="main" aria-disabled={!day} onClick={() => { if (day) { setExtending(false); void start((orderId) => api.tasks.bulkExtend({ orderId, ids, until: day })) } }}>{t('bulk.extend')}</Button>}>
        <DateField label={t('bulk.extend.day')} value={day} onValue={setDay} />
      </Dialog>
      {mayAssign && <Button small look="danger" onClick={() => setWithdrawing(true)}>{t('bulk.withdraw')}</Button>}
      <Dialog open={withdrawing} onClose={() => setWithdrawing(false)} title={t('bulk.withdraw.title', { n: ids.length })} size="sm"
        foot={<Button look="danger" aria-disabled={!reason.trim()} onClick={() => { if (reason.trim()) { setWithdrawing(false); void start((orderId) => api.tasks.bulkWithdraw({ orderId, ids, reason: reason.trim() })) } }}>{t('bulk.withdraw')}</Button>}>
        <div className="stack"><p>{split.length > 0 ? t('bulk.withdraw.parts', { n: split.length, parts: split.reduce((sum, row) => sum + row.parts!.total, 0) }) : t('bulk.withdraw.text')}</p><TextArea label={t('reason')} value={reason} onValue={setReason} maxLength={4000} /></div>
      </Dialog>
    </>
  )
}

/** Its progress, and a result for each that could not be done. Beside the table, which is another one when the window crosses the width of a telephone. */
export function BulkRun({ run, rows, onDone }: { run: Run | undefined; rows: readonly TaskRow[]; onDone: () => void }) {
  const t = useT(messages)
  const progress = useQuery({ ...q.tasks.bulkProgress.queryOptions({ input: { orderId: run?.orderId ?? '' } }), enabled: Boolean(run && !run.results && !run.error), refetchInterval: 500, retry: false })
  const failed = run?.results?.filter((one) => !one.ok) ?? []
  return (
    <Dialog open={run !== undefined} onClose={() => { if (run?.results || run?.error) onDone() }} title={t('bulk.result.title')} foot={run?.results || run?.error ? <Button look="main" onClick={onDone}>{t('bulk.close')}</Button> : undefined}>
      {run && !run.results && !run.error && <Progress label={t('bulk.running')} done={progress.data?.done ?? 0} total={run.n} />}
      <Refusal error={run?.error} />
      {run?.results && <p>{t('bulk.result', { ok: run.results.length - failed.length, n: run.n })}</p>}
      {failed.length > 0 && <><p><b>{t('bulk.failed', { n: failed.length })}</b></p><ul className="task-failed">{failed.map((one) => <li key={one.id}><span>{rows.find((row) => row.id === one.id)?.title ?? one.id}</span><span className="soft">{one.message}</span></li>)}</ul></>}
    </Dialog>
  )
}
