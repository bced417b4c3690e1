// An agenda put in order: taken from what is proposed, moved by buttons, with items of one's own; what was left out, one by one or a whole kind, can be put back.
import { useEffect, useRef, useState } from 'react'
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
  // Each time what was left out together, with its places.
  const [gone, setGone] = useState<readonly (readonly { item: Item; at: number }[])[]>([])
  const back = useRef<HTMLDivElement>(null)
  const drop = (which: (item: Item) => boolean) => {
    setGone([...gone, items.flatMap((item, at) => (which(item) ? [{ item, at }] : []))])
    onItems(items.filter((item) => !which(item)))
  }
  const putBack = () => {
    const next = [...items]
    for (const { item, at } of gone.at(-1) ?? []) next.splice(at, 0, item)
    setGone(gone.slice(0, -1))
    onItems(next)
  }
  // The button that was pressed has gone with what it left out: from there one can take it back.
  useEffect(() => { if (gone.length > 0 && document.activeElement === document.body) back.current?.querySelector('button')?.focus() }, [gone])
  const kinds = [...Map.groupBy(items, (item) => item.kind)].filter(([, of]) => of.length > 1)
  const add = () => { if (text.trim()) { onItems([...items, { id: uuidv7(), kind: 'other', title: text.trim(), note: null, unitId: null, taskId: null }]); setText('') } }
  const move = (i: number, by: number) => { const next = [...items]; next.splice(i + by, 0, ...next.splice(i, 1)); onItems(next) }
  return (
    <div className="stack">
      {kinds.length > 0 && items.length > 3 && <div className="row"><span className="soft small">{t('item.drop.kind')}</span>{kinds.map(([kind, of]) => <Button key={kind} small look="quiet" icon="close" onClick={() => drop((item) => item.kind === kind)}>{t('item.drop.all', { kind: t(`kind.${kind}`), n: of.length })}</Button>)}</div>}
      {items.length > 0 && <ol className="agenda">{items.map((item, i) => (
        <li key={item.id}><span className="agenda-text">{item.title} <small className={`agenda-kind k-${item.kind}`}>{t(`kind.${item.kind}`)}</small></span>
          <span className="agenda-acts">
            <IconButton icon="up" label={t('item.up', { title: item.title })} aria-disabled={i === 0} onClick={() => { if (i > 0) move(i, -1) }} />
            <IconButton icon="down" label={t('item.down', { title: item.title })} aria-disabled={i === items.length - 1} onClick={() => { if (i < items.length - 1) move(i, 1) }} />
            <IconButton icon="close" label={t('item.drop', { title: item.title })} onClick={(event) => { const li = event.currentTarget.closest('li'); (li?.nextElementSibling ?? li?.previousElementSibling)?.querySelector<HTMLElement>('.agenda-acts > :last-child')?.focus(); drop((one) => one.id === item.id) }} />
          </span></li>
      ))}</ol>}
      {gone.length > 0 && <div className="row" ref={back}><span role="status">{t('item.gone', { n: gone.flat().length })}</span><Button small icon="undo" onClick={putBack}>{gone.at(-1)!.length > 1 ? t('item.back.all', { n: gone.at(-1)!.length }) : t('item.back', { title: gone.at(-1)![0]!.item.title })}</Button></div>}
      <div className="agenda-add"><TextField label={t('item.add')} value={text} onValue={setText} maxLength={500} onKeyDown={(event) => { if (event.key === 'Enter' && !isComposing(event.nativeEvent)) { event.preventDefault(); add() } }} /><Button icon="plus" onClick={add}>{t('item.add')}</Button></div>
    </div>
  )
}
