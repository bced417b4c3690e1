// A month as a grid of days; the chosen day's whole list stands below it. Arrows move over days, Enter chooses.
import { useRef, useState } from 'react'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { Card } from '../../../web/kit/kit.ts'
import { addDays, weekday } from '../../../pure/calendar.ts'
import { ItemLine, KindMark, SumLine, onDay } from './lines.tsx'
import type { Item, Range } from './lines.tsx'
import { calendar as messages } from './messages.ts'

const SHOWN = 3

export function Month({ days, month, data, name, chosen, onChoose }: { days: readonly string[]; month: string; data: Range; name: string; chosen: string; onChoose: (day: string) => void }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  const box = useRef<HTMLTableElement>(null)
  const at = days.includes(chosen) ? chosen : `${month}-01`
  const [near, setNear] = useState(at)
  const focus = days.includes(near) ? near : at
  const notes = new Map(data.days.map((one) => [one.day, one]))
  const weeks = Array.from({ length: days.length / 7 }, (_, i) => days.slice(i * 7, i * 7 + 7))
  const [long, short] = [t('days').split('|'), t('days.short').split('|')]
  const move = (day: string) => { if (days.includes(day)) { setNear(day); box.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus() } }
  const keys: Record<string, (day: string) => string> = { ArrowLeft: (d) => addDays(d, -1), ArrowRight: (d) => addDays(d, 1), ArrowUp: (d) => addDays(d, -7), ArrowDown: (d) => addDays(d, 7), Home: (d) => addDays(d, 1 - weekday(d)), End: (d) => addDays(d, 7 - weekday(d)) }
  return (
    <>
      <Card flush>
        <table className="calendar-month" ref={box}>
          <caption className="hidden-visually">{t('caption', { name })}</caption>
          <thead><tr>{long.map((one, i) => <th key={one} scope="col"><span className="calendar-long">{one}</span><span className="calendar-short" aria-hidden="true">{short[i]}</span></th>)}</tr></thead>
          <tbody>{weeks.map((week) => (
            <tr key={week[0]}>{week.map((day) => {
              const items = onDay(data.items, day)
              const note = notes.get(day)
              const free = note?.off || (!note?.worked && weekday(day) > 5)
              return (
                <td key={day} className={[day.startsWith(month) ? '' : 'other', free ? 'off' : '', day === data.today ? 'today' : '', day === at ? 'chosen' : ''].join(' ')}>
                  <button type="button" className="calendar-day" data-day={day} tabIndex={day === focus ? 0 : -1} aria-pressed={day === at} aria-current={day === data.today ? 'date' : undefined}
                    onClick={() => onChoose(day)} onFocus={() => setNear(day)} onKeyDown={(event) => { const to = keys[event.key]; if (to && !event.ctrlKey && !event.metaKey) { event.preventDefault(); move(to(day)) } }}><b>{Number(day.slice(8))}</b><span className="hidden-visually"> · {t('day.name', { day: format.day(day), n: items.reduce((sum, one) => sum + one.count, 0) })}</span></button>
                  {(note?.off || note?.worked) && <span className="calendar-note" title={note.off ? t('off', { name: pick(note.off) }) : t('worked')}>{note.off ? pick(note.off) : t('worked')}</span>}
                  <ul className="calendar-items">{items.length <= SHOWN ? items.map((item, i) => <li key={i}><ItemLine item={item} /></li>) : <>
                    {events(items).slice(0, 2).map((item, i) => <li key={i}><ItemLine item={item} /></li>)}{events(items).length > 2 && <li className="faint calendar-more">{t('more', { n: format.number(events(items).length - 2) })}</li>}
                    {(['meeting', 'milestone', 'task'] as const).map((kind) => { const own = items.filter((item) => item.kind === kind); return own.length > 0 && <li key={kind}><SumLine items={own} /></li> })}</>}</ul>
                  <span className="calendar-dots" aria-hidden="true">{kinds(items).map((item) => <KindMark key={item.kind} item={item} />)}</span>
                </td>
              )
            })}</tr>
          ))}</tbody>
        </table>
      </Card>
      <DayList day={at} items={onDay(data.items, at)} note={notes.get(at)} />
    </>
  )
}
const events = (items: readonly Item[]): Item[] => items.filter((item) => item.kind === 'event')
const kinds = (items: readonly Item[]): Item[] => items.filter((item, i) => items.findIndex((one) => one.kind === item.kind) === i)

export function DayList({ day, items, note }: { day: string; items: readonly Item[]; note: Range['days'][number] | undefined }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  return (
    <Card flush title={t('day.title', { weekday: t('days').split('|')[weekday(day) - 1]!, day: format.day(day) })} side={note?.off ? t('off', { name: pick(note.off) }) : note?.worked ? t('worked') : undefined}>
      {items.length === 0 ? <p className="calendar-none soft">{t('day.none')}</p> : <ul className="calendar-list">{items.map((item, i) => <li key={i}><ItemLine item={item} whole /></li>)}</ul>}
    </Card>
  )
}
