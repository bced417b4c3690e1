import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q } from '../../../web/client.ts'
import { useLang, useT } from '../../../web/i18n.tsx'
import { Button, Dialog, Form, IconButton, UnitField, parseNumber } from '../../../web/kit/kit.ts'
import type { UnitChoice } from '../../../web/kit/kit.ts'
import { useOrder } from '../../../web/orders.ts'
import { tasks as messages } from './messages.ts'
import { countedName } from './target.ts'
import type { TaskDetail } from './task.tsx'

/** Passes a task on: some units below, or all of them, each with its share of the target. */
export function SplitDialog({ task, onClose, onDone }: { task: TaskDetail; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const { lang } = useLang()
  const [parts, setParts] = useState<{ unit: UnitChoice; count: string }[]>([])
  const [tried, setTried] = useState(false)
  const below = useQuery(q.units.children.queryOptions({ input: { unitId: task.unit.id, limit: 200 } }))
  const order = useOrder(api.tasks.split, onDone)
  const add = (units: readonly UnitChoice[]) => setParts((before) => [...before, ...units.filter((unit) => !before.some((one) => one.unit.id === unit.id)).map((unit) => ({ unit, count: '' }))])
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
        {below.data && below.data.items.length > 0 && <div><Button small icon="plus" onClick={() => add(below.data.items)}>{t('split.all', { n: below.data.items.length })}</Button></div>}
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
