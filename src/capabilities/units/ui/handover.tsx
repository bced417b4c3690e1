import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, queries, refusalOf } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, ChoiceField, Dialog, Facts, Refusal, Skeleton, toast } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { handover as messages } from './messages.ts'

/** What a unit that ended left open passes to the one that took over: first counted, then in one order. */
export default function Handover({ unit, onClose }: { unit: { id: string; name: string }; onClose: () => void }) {
  const t = useT(messages)
  const [toId, setTo] = useState<string>()
  const seen = useQuery({ ...q.units.previewHandover.queryOptions({ input: { unitId: unit.id, ...(toId ? { toId } : {}) } }), retry: false, staleTime: 0, gcTime: 0 })
  const unclear = toId !== undefined || (seen.error !== null && refusalOf(seen.error).code === 'SUCCESSOR_UNCLEAR')
  const heirs = useQuery({ ...q.units.history.queryOptions({ input: { unitId: unit.id } }), enabled: unclear })
  const order = useOrder(api.units.handOver, ({ to }) => { toast(t('done', { name: to.name })); void queries.invalidateQueries(); onClose() })
  const { data } = seen
  const counts = data?.counts
  const nothing = counts && Object.entries(counts).every(([what, n]) => what === 'grants' || n === 0)
  return (
    <Dialog open onClose={onClose} title={t('title', { name: unit.name })}
      foot={data && !nothing && <Button look="main" busy={order.busy} onClick={() => void order.give({ unitId: unit.id, seen: data.seen, ...(toId ? { toId } : {}) })}>{t('give', { name: data.to.name })}</Button>}>
      <div className="stack">
        {unclear && heirs.data && <ChoiceField label={t('to')} value={toId ?? ''} onValue={setTo} options={[...new Map(heirs.data.into.map(({ unit: one }) => [one.id, one])).values()].map((one) => ({ value: one.id, label: one.name, hint: one.code }))} />}
        {data && counts ? <>
          {!unclear && <p>{t('one', { name: data.to.name, code: data.to.code })}</p>}
          <Facts items={(['events', 'tasks', 'issued', 'supported', 'directives', 'programmes', 'templates', 'papers', 'reports', 'requests', 'forms', 'plans', 'bodies'] as const).map((what) => [t(what), String(counts[what])] as const)} />
          <p className="soft">{nothing ? t('nothing') : t('stays', { count: counts.grants })}</p>
        </> : seen.error ? (unclear && toId === undefined ? null : <Refusal error={seen.error} />) : <Skeleton lines={4} />}
        <Refusal error={order.refused} />
      </div>
    </Dialog>
  )
}
