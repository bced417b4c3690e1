import { Card, EmptyState } from '../../../web/kit/kit.ts'
import { useT } from '../../../web/i18n.tsx'
import { onDay } from './lines.tsx'
import type { Range } from './lines.tsx'
import { DayList } from './month.tsx'
import { calendar as messages } from './messages.ts'

/** Seven days below each other on a phone, beside each other where there is room. Empty weekends stay short. */
export function Week({ days, data, name }: { days: readonly string[]; data: Range; name: string }) {
  const t = useT(messages)
  if (data.items.length === 0 && data.days.length === 0) return <Card><EmptyState icon="event" title={t('none')}>{t('none.text')}</EmptyState></Card>
  return <div className="calendar-week" role="group" aria-label={t('caption', { name })}>{days.map((day) => <div key={day} className={day === data.today ? 'today' : ''}><DayList day={day} items={onDay(data.items, day)} note={data.days.find((one) => one.day === day)} /></div>)}</div>
}
