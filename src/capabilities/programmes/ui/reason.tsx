import { useQuery } from '@tanstack/react-query'
import { api, q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { kitMessages, ReasonDialog, toast } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import type { Check } from '../../readiness/contract.ts'
import type { GoNoGo } from './conclude.tsx'
import { event as messages } from './messages.ts'

const OPEN = ['open' as const]
/** Postponing and cancelling need a reason, and say what they do to the tasks. */
export function StopDialog({ what, event, onClose, onDone }: { what: 'postpone' | 'cancel'; event: { id: string; version: number }; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const open = useQuery(q.tasks.list.queryOptions({ input: { event: event.id, state: OPEN, limit: 1 } }))
  const order = useOrder(api.programmes.events[what], () => { toast(t('done')); onDone(); onClose() })
  return <ReasonDialog title={t(`${what}.title`)} label={t('reason')} send={t(`${what}.send`)} most={500} order={order} onSend={(reason) => void order.give({ eventId: event.id, expectedVersion: event.version, reason })} onClose={onClose}>{open.data?.total === undefined ? t(`${what}.text`) : t(`${what}.text.n`, { n: open.data.total })}</ReasonDialog>
}

/** Says what the requirement will be again. */
export function UnwaiveDialog({ eventId, check, onClose, onDone }: { eventId: string; check: Check; onClose: () => void; onDone: () => void }) {
  const [t, k] = [useT(messages), useT(kitMessages)]
  const pick = usePick()
  const order = useOrder(api.readiness.withdraw, () => { toast(t('waive.withdrawn')); onDone(); onClose() })
  return <ReasonDialog title={t('unwaive.title', { name: pick(check.name) })} label={t('reason')} send={t('waive.withdraw')} least={5} order={order}
    onSend={(reason) => void order.give({ eventId, requirement: check.requirement, reason })} onClose={onClose}>{t('unwaive.text', { state: k(`state.${check.without ?? check.state}`) })}</ReasonDialog>
}

export function UnconcludeDialog({ eventId, concluded, zone, onClose, onDone }: { eventId: string; concluded: NonNullable<GoNoGo['concluded']>; zone: string; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const format = useFormat(zone)
  const order = useOrder(api.readiness.withdrawConclusion, () => { toast(t('unconclude.done')); onDone(); onClose() })
  return <ReasonDialog title={t('unconclude')} label={t('reason')} send={t('unconclude')} least={5} order={order}
    onSend={(reason) => void order.give({ eventId, reason, concludedAt: concluded.at })} onClose={onClose}>{t('unconclude.text', { verdict: t(`conclude.${concluded.verdict}`), name: concluded.toldBy ?? concluded.by.name ?? '…', at: format.dateTime(concluded.at) })}</ReasonDialog>
}
