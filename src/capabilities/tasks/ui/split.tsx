import { useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api, q } from '../../../web/client.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, Dialog, Form, Icon, IconButton, RefusedState, Skeleton, UnitField, parseNumber } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { tasks as messages } from './messages.ts'
import { countedName } from './target.ts'
import type { TaskDetail } from './task.tsx'

type Choose = { chosen: ReadonlySet<string>; onChosen: (units: readonly UnitChoice[], on: boolean) => void }

/** The units directly below one, each with a box; a branch is asked for when it is opened. */
function Below({ unitId, name, chosen, onChosen }: Choose & { unitId: string; name: string }) {
  const t = useT(messages)
  const list = useInfiniteQuery(q.units.children.infiniteOptions({ input: (cursor: string | undefined) => ({ unitId, limit: 200, ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined }))
  const units = list.data?.pages.flatMap((page) => page.items)
  if (!units) return list.isError ? <RefusedState error={list.error} retry={() => void list.refetch()} /> : <Skeleton lines={2} />
  if (units.length === 0) return null
  const all = units.every((unit) => chosen.has(unit.id))
  return (
    <ul>
      {units.length > 1 && <li><label className="split-all"><input type="checkbox" checked={all} ref={(box) => { if (box) box.indeterminate = !all && units.some((unit) => chosen.has(unit.id)) }} onChange={() => onChosen(units, !all)} />{t('split.under', { n: units.length, name })}</label></li>}
      {units.map((unit) => <Branch key={unit.id} unit={unit} chosen={chosen} onChosen={onChosen} />)}
      {list.hasNextPage && <li><Button small look="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('split.more')}</Button></li>}
    </ul>
  )
}
function Branch({ unit, chosen, onChosen }: Choose & { unit: UnitChoice & { children: number } }) {
  const t = useT(messages)
  const [open, setOpen] = useState(false)
  return (
    <li>
      <div className="split-line">
        {unit.children > 0 ? <button type="button" className="icon-button split-turn" aria-expanded={open} aria-label={t('split.open', { name: unit.name })} onClick={() => setOpen(!open)}><Icon name={open ? 'down' : 'right'} size={14} /></button> : <span className="split-leaf" aria-hidden="true" />}
        <label><input type="checkbox" checked={chosen.has(unit.id)} onChange={(event) => onChosen([unit], event.target.checked)} />{unit.name}</label>
      </div>
      {open && <Below unitId={unit.id} name={unit.name} chosen={chosen} onChosen={onChosen} />}
    </li>
  )
}

/** Passes a task on: some units below, or all of them, each with its share of the target. */
export function SplitDialog({ task, onClose, onDone }: { task: TaskDetail; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const { lang } = useLang()
  const [parts, setParts] = useState<{ unit: UnitChoice; count: string }[]>([])
  const [tried, setTried] = useState(false)
  const order = useOrder(api.tasks.split, onDone)
  const add = (units: readonly UnitChoice[]) => setParts((before) => [...before, ...units.filter((unit) => !before.some((one) => one.unit.id === unit.id)).map((unit) => ({ unit, count: '' }))])
  const chosen = new Set(parts.map((one) => one.unit.id))
  const choose = (units: readonly UnitChoice[], on: boolean) => { if (on) add(units); else { const ids = new Set(units.map((one) => one.id)); setParts((before) => before.filter((one) => !ids.has(one.unit.id))) } }
  const go = () => {
    setTried(true)
    if (parts.length === 0) return
    void order.give({ taskId: task.id, parts: parts.map(({ unit, count }) => { const n = parseNumber(count); return { unitId: unit.id, ...(task.target && n !== undefined ? { target: { ...task.target, count: n } } : {}) } }) })
  }
  return (
    <Dialog open onClose={onClose} title={t('split.title')} size="lg">
      <p className="soft">{t('split.text')}</p>
      <Form refused={order.refused} onSend={go} foot={<Button look="main" type="submit" busy={order.busy}>{t('split.send', { n: parts.length })}</Button>}>
        <UnitField label={t('split.add')} value={undefined} under={task.unit.id} onValue={(unit) => { if (unit) add([unit]) }} error={tried && parts.length === 0 ? t('split.none') : undefined} />
        <div className="split-tree" role="group" aria-label={t('split.tree')}><Below unitId={task.unit.id} name={task.unit.name} chosen={chosen} onChosen={choose} /></div>
        {parts.length > 0 && (
          <ul className="task-parts">{parts.map(({ unit, count }, i) => (
            <li key={unit.id}><span>{unit.name}</span>
              {task.target && task.target.kind === 'number' && <label><span className="hidden-visually">{t('split.target')} {unit.name}</span><input className="input number" inputMode="decimal" value={count} onChange={(event) => setParts((before) => before.map((one, at) => (at === i ? { ...one, count: event.target.value } : one)))} /> {countedName(task.target.unit, lang)}</label>}
              <IconButton icon="close" label={t('split.remove', { unit: unit.name })} onClick={() => setParts((before) => before.filter((_, at) => at !== i))} /></li>
          ))}</ul>
        )}
      </Form>
    </Dialog>
  )
}
