import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, queries } from '../../../../web/client.ts'
import { useFormat } from '../../../../web/format.ts'
import { useT } from '../../../../web/i18n.tsx'
import { Button, Card, ChoiceField, EmptyState, Loaded, Refusal, toast, useConfirm } from '../../../../web/kit/kit.ts'
import { useOrder } from '../../../../web/orders.ts'
import { Versions } from './editor/parts.tsx'
import type { Programme } from './programme.tsx'
import { Running } from './run.tsx'
import type { Ended } from './run.tsx'
import { plans } from './words.ts'

type Run = Awaited<ReturnType<typeof api.programmes.programmes.upgrade>>

/** The newest version of the template, what it changes, and the step to it. */
export function Upgrade({ programme: p }: { programme: Programme }) {
  const t = useT(plans)
  const { number } = useFormat()
  const confirm = useConfirm()
  const [events, setEvents] = useState('all')
  const [run, setRun] = useState<Run>()
  const preview = useQuery(q.programmes.programmes.previewUpgrade.queryOptions({ input: { code: p.code } }))
  const finish = (end: Ended) => {
    setRun(undefined)
    if (end.failed === null) toast(t('u.done', { to: preview.data?.to ?? '' }))
    else toast(t('x.failed', { why: end.failed }), { look: 'bad' })
    void queries.invalidateQueries()
  }
  const order = useOrder(api.programmes.programmes.upgrade, (made) => { if (made.job) setRun(made); else finish({ failed: null }) })
  if (run?.job) return <Card><Running job={run.job} total={run.events} label={t('u.running')} onEnd={finish} /></Card>
  return (
    <Loaded query={preview}>{(seen) => {
      if (seen.to === p.template.version && seen.events === 0) return <Card><EmptyState icon="check" title={t('u.newest', { version: seen.to })} /></Card>
      const numbers = { to: seen.to, added: number(seen.tasks.added), withdrawn: number(seen.tasks.withdrawn), redated: number(seen.tasks.redated), events: number(seen.events) }
      const go = async () => {
        if (events === 'all' && seen.events > 0 && !await confirm({ title: t('u.sure', numbers), text: t('u.sure.text', numbers), yes: t('u.do', numbers), danger: true })) return
        await order.give({ code: p.code, expectedVersion: p.version, templateVersion: seen.to, events: events as 'all' | 'none' })
      }
      return (
        <div className="stack">
          <Card>
            <div className="stack">
              <p>{t('u.text', numbers)}{seen.sample && ` ${t('u.sample')}`}</p>
              <ChoiceField label={t('u.which')} value={events} onValue={setEvents} options={[{ value: 'all', label: t('u.all') }, { value: 'none', label: t('u.future') }]} />
              <Refusal error={order.refused} />
              <div className="row"><Button look="main" busy={order.busy} onClick={() => void go()}>{t('u.do', numbers)}</Button></div>
            </div>
          </Card>
          {seen.to !== p.template.version && <Versions code={p.template.code} from={p.template.version} to={seen.to} none={t('diff.none')} />}
        </div>
      )
    }}</Loaded>
  )
}
