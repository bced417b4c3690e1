import { useState } from 'react'
import { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Dialog, Form, IconButton, TextField, toast } from '../../../web/kit/kit.ts'
import { isComposing } from '../../../web/keys.ts'
import { uuidv7, useEdit } from '../../../web/orders.ts'
import type { PlanData } from './kinds.ts'
import { plans as messages } from './messages.ts'

/** Sections moved by buttons, added, taken out. */
export function ArrangeDialog({ plan, onClose, onDone }: { plan: PlanData; onClose: () => void; onDone: () => void }) {
  const t = useT(messages)
  const [rows, setRows] = useState(plan.sections.map(({ id, title }) => ({ id, title })))
  const [title, setTitle] = useState('')
  const order = useEdit(api.plans.arrange, plan.headerVersion, () => { toast(t('saved')); onDone(); onClose() })
  const move = (i: number, by: number) => { const next = [...rows]; next.splice(i + by, 0, ...next.splice(i, 1)); setRows(next) }
  const add = () => { if (title.trim()) { setRows([...rows, { id: uuidv7(), title: title.trim() }]); setTitle('') } }
  return (
    <Dialog open asks onClose={onClose} title={t('arrange')}>
      <Form refused={order.refused} foot={<Button look="main" type="submit" busy={order.busy}>{t('save')}</Button>} onSend={() => { if (rows.length > 0) void order.give({ planId: plan.id, sections: rows }) }}>
        <ol className="plan-arrange">{rows.map((row, i) => (
          <li key={row.id}><span>{i + 1}. {row.title}</span><span><IconButton icon="up" label={t('arrange.up', { title: row.title })} aria-disabled={i === 0} onClick={() => { if (i > 0) move(i, -1) }} />
            <IconButton icon="down" label={t('arrange.down', { title: row.title })} aria-disabled={i === rows.length - 1} onClick={() => { if (i < rows.length - 1) move(i, 1) }} /><IconButton icon="close" label={t('arrange.drop', { title: row.title })} onClick={() => setRows(rows.filter((_, at) => at !== i))} /></span></li>
        ))}</ol>
        {rows.length < plan.sections.length && <p className="bad">{t('arrange.warn')}</p>}
        <div className="plan-add"><TextField label={t('arrange.add')} optional value={title} onValue={setTitle} maxLength={300} onKeyDown={(event) => { if (event.key === 'Enter' && !isComposing(event.nativeEvent)) { event.preventDefault(); add() } }} /><Button icon="plus" onClick={add}>{t('arrange.add')}</Button></div>
      </Form>
    </Dialog>
  )
}
