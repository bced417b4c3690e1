// An agenda put in order: taken from what is proposed, moved by buttons, with items of one's own.
import { useState } from 'react'
import type { api } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, IconButton, TextField } from '../../../web/kit/kit.ts'
import { isComposing } from '../../../web/keys.ts'
import { uuidv7 } from '../../../web/orders.ts'
import { meetings as messages } from './messages.ts'
import './meetings.css'

export type Item = Omit<Awaited<ReturnType<typeof api.meetings.propose>>['items'][number], 'unit'>

export function AgendaEditor({ items, onItems }: { items: readonly Item[]; onItems: (items: Item[]) => void }) {
  const t = useT(messages)
  const [text, setText] = useState('')
  const add = () => { if (text.trim()) { onItems([...items, { id: uuidv7(), kind: 'other', title: text.trim(), note: null, unitId: null, taskId: null }]); setText('') } }
  const move = (i: number, by: number) => { const next = [...items]; next.splice(i + by, 0, ...next.splice(i, 1)); onItems(next) }
  return (
    <div className="stack">
      {items.length > 0 && <ol className="agenda">{items.map((item, i) => (
        <li key={item.id}><span className="agenda-text">{item.title} <small className={`agenda-kind k-${item.kind}`}>{t(`kind.${item.kind}`)}</small></span>
          <span className="agenda-acts">
            <IconButton icon="up" label={t('item.up', { title: item.title })} aria-disabled={i === 0} onClick={() => { if (i > 0) move(i, -1) }} />
            <IconButton icon="down" label={t('item.down', { title: item.title })} aria-disabled={i === items.length - 1} onClick={() => { if (i < items.length - 1) move(i, 1) }} />
            <IconButton icon="close" label={t('item.drop', { title: item.title })} onClick={() => onItems(items.filter((one) => one.id !== item.id))} />
          </span></li>
      ))}</ol>}
      <div className="agenda-add"><TextField label={t('item.add')} value={text} onValue={setText} maxLength={500} onKeyDown={(event) => { if (event.key === 'Enter' && !isComposing(event.nativeEvent)) { event.preventDefault(); add() } }} /><Button icon="plus" onClick={add}>{t('item.add')}</Button></div>
    </div>
  )
}
