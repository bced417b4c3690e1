// Sessions today and in the next seven days, by day. None: no panel.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../client.ts'
import { dueMoment, useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { Card } from '../kit/kit.ts'
import { home as messages } from './messages.ts'

export function SessionsPanel({ topics }: { topics: string[] }) {
  const t = useT(messages)
  const format = useFormat()
  const { data } = useQuery({ ...q.meetings.coming.queryOptions({ input: {} }), meta: { topics } })
  if (!data || data.items.length === 0) return null
  return (
    <Card flush id="sessions" title={t('sessions')} side={<Link to="/calendar">{t('sessions.all')}</Link>}>
      <ul className="home-list">{data.items.map((one) => (
        <li key={one.id}>
          <Link to="/meetings/$meetingId" params={{ meetingId: one.id }}>{one.title}</Link>
          <span className="nowrap small soft">{dueMoment(format, { at: one.startsAt, zone: one.zone })}</span>
          <small>{[one.body.name, one.place].filter(Boolean).join(' · ')}</small>
        </li>
      ))}</ul>
    </Card>
  )
}
