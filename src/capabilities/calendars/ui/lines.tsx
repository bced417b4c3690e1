import { Link } from '@tanstack/react-router'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { usePick, useT } from '../../../web/i18n.tsx'
import { useKindName } from '../../readiness/ui/kinds.ts'
import { calendar as messages } from './messages.ts'

export type Range = Awaited<ReturnType<typeof api.calendars.range>>
export type Item = Range['items'][number]
const ORDER = { event: 0, meeting: 1, milestone: 2, task: 3 } as const
/** Of one day: events first, then sessions by their hour, then milestones, then what is due. */
export const onDay = (items: readonly Item[], day: string): Item[] => items.filter((one) => one.day === day).sort((a, b) => ORDER[a.kind] - ORDER[b.kind] || b.count - a.count || (a.kind === 'meeting' ? a.name.vi.localeCompare(b.name.vi) : 0))

/** Square, triangle, diamond, ring: what kind of thing it is, by shape; the word for those who listen. */
export function KindMark({ item }: { item: Item }) {
  const t = useT(messages)
  return <><svg className={`calendar-mark ${item.late ? 'bad' : ''}`} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">{item.kind === 'event' ? <rect x="1" y="1" width="8" height="8" fill="currentColor" /> : item.kind === 'meeting' ? <path d="M5 1L9.2 9H.8z" fill="none" stroke="currentColor" strokeWidth="1.4" /> : item.kind === 'milestone' ? <path d="M5 .8L9.2 5 5 9.2.8 5z" fill="none" stroke="currentColor" strokeWidth="1.4" /> : <circle cx="5" cy="5" r="3.7" fill="none" stroke="currentColor" strokeWidth="1.4" />}</svg><span className="hidden-visually">{t(`kind.${item.kind}`)}: </span></>
}

export function ItemLine({ item, whole }: { item: Item; whole?: boolean }) {
  const t = useT(messages)
  const pick = usePick()
  const format = useFormat()
  const kindName = useKindName()
  const name = item.kind !== 'event' ? pick(item.name) : item.unit ? item.unit.name : t('events', { n: format.number(item.count), level: kindName(item.level ?? '') })
  const to = item.id === null ? undefined : item.kind === 'meeting' ? { to: '/meetings/$meetingId', params: { meetingId: item.id } } : item.kind === 'task' ? { to: '/tasks/$taskId', params: { taskId: item.id } } : { to: '/events/$eventId', params: { eventId: item.id } }
  const more = [item.kind === 'event' ? (whole ? pick(item.name) : '') : item.unit ? (whole ? item.unit.name : '') : t(item.kind === 'meeting' ? 'sum.meeting' : 'count', { n: format.number(item.count) }), item.late ? t('late') : ''].filter(Boolean).join(' · ')
  return (
    <span className={`calendar-item ${item.kind}`}><KindMark item={item} />
      <span className={whole || (item.kind === 'event' && !item.unit) ? '' : 'clip'} title={whole ? undefined : [name, more].filter(Boolean).join(' · ')}>{to ? <Link {...(to as { to: '/' })}>{name}</Link> : name}{more && <small className={item.late ? 'bad' : 'soft'}> {more}</small>}</span>
    </span>
  )
}

/** Several of a kind on a full day: how many; the day's list names them. */
export function SumLine({ items }: { items: readonly Item[] }) {
  const t = useT(messages)
  const format = useFormat()
  const [first] = items
  if (!first || first.kind === 'event') return null
  return <span className="calendar-item"><KindMark item={{ ...first, late: items.some((one) => one.late) }} /><span className="clip">{t(`sum.${first.kind}`, { n: format.number(items.reduce((sum, one) => sum + one.count, 0)) })}</span></span>
}
