import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Button, DateField, Dialog, Refusal, toast } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { event as messages } from './messages.ts'

/** A new day is shown before it is given: what moves, what stays, and what it breaks. */
export function MoveDialog({ event, onClose, onDone }: { event: { id: string; version: number; day: string | null; zone: string }; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const format = useFormat(event.zone)
  const [day, setDay] = useState<string | undefined>(event.day ?? undefined)
  const preview = useMutation({ mutationFn: (on: string) => api.programmes.events.previewMove({ eventId: event.id, day: on }) })
  const order = useOrder(api.programmes.events.move, (moved) => { toast(t('move.done', { day: moved.day ? format.day(moved.day) : '' })); onDone(); onClose() })
  const seen = preview.data
  return (
    <Dialog open onClose={onClose} asks title={t('move.title')} size="lg" foot={seen
      ? <><Button onClick={() => preview.reset()}>{t('move.again')}</Button><Button look="main" busy={order.busy} onClick={() => void order.give({ eventId: event.id, expectedVersion: seen.version, day: seen.day, token: seen.token })}>{t('move.confirm', { day: format.day(seen.day) })}</Button></>
      : <Button look="main" busy={preview.isPending} aria-disabled={!day} onClick={() => { if (day) preview.mutate(day) }}>{t('move.preview')}</Button>}>
      {!seen && <><DateField label={t('move.day')} value={day} onValue={setDay} /><Refusal error={preview.error} /></>}
      {seen && (
        <div className="stack">
          <MoveSeen seen={seen} zone={event.zone} />
          <Refusal error={order.refused} />
        </div>
      )}
    </Dialog>
  )
}

type Seen = Awaited<ReturnType<typeof api.programmes.events.previewMove>>
/** What a move would do. */
export function MoveSeen({ seen, zone }: { seen: Seen; zone: string }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat(zone)
  return (
    <>
      <p>{t('move.tasks', { moved: seen.tasks.moved, kept: seen.tasks.kept })}{seen.parents.length > 0 && ` ${t('move.parents', { n: seen.parents.length })}`}</p>
      {seen.breaks.length === 0 ? <p className="soft">{t('move.fits')}</p> : (
        <div className="note"><div><b>{t('move.breaks', { n: seen.breaks.length })}</b>
          <ul className="event-breaks">{seen.breaks.map((one, i) => <li key={i}>{pick(one.text)}{one.tasks.length > 0 && <ul>{one.tasks.slice(0, 5).map((task) => <li key={task.id} className="soft">{pick(task.name)} · {format.date(task.to)}</li>)}</ul>}</li>)}</ul></div></div>
      )}
      <details><summary>{t('move.milestones')}</summary>
        <table className="table bare"><tbody>{seen.milestones.map((one) => <tr key={one.code}><th scope="row">{pick(one.name)}</th><td className="number soft">{one.from ? format.date(one.from) : '–'}</td><td className="number">{one.kept ? <span className="faint">{t('move.kept')}</span> : format.date(one.to)}</td></tr>)}</tbody></table>
      </details>
    </>
  )
}
