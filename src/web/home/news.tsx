import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { unsaid } from '../../capabilities/inboxes/decide/words.ts'
import { inboxes as inboxMessages } from '../../capabilities/inboxes/ui/messages.ts'
import { wayTo } from '../way.ts'
import { api } from '../client.ts'
import { useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { Card, Icon, Loaded } from '../kit/kit.ts'
import { useMe } from '../session.ts'
import { home as messages } from './messages.ts'

/** Asking is looking: the server remembers when, for this person alone. */
export function News() {
  const t = useT(messages)
  const k = useT(inboxMessages)
  const format = useFormat()
  const me = useMe()
  const found = useQuery({ queryKey: ['home', 'visit'], queryFn: ({ signal }) => api.inboxes.visit({}, { signal }), meta: { topics: me ? [`inbox:${me.id}`] : [] } })
  const kinds = Object.entries(found.data?.kinds ?? {}) as [keyof NonNullable<typeof found.data>['kinds'], number][]
  return (
    <Card flush id="news" title={t('news')} side={<>{found.data && <span>{found.data.since ? t('news.since', { at: format.dateTime(found.data.since) }) : t('news.first')}</span>}<Link to="/inbox">{t('news.all')}</Link></>}>
      <Loaded query={found} lines={4}>{(data) => (data.items.length === 0 ? <p className="home-line row tight"><Icon name="check" size={16} />{t(data.since ? 'news.none' : 'news.none.first')}</p> : (
        <>
          <nav className="home-kinds" aria-label={t('news.kinds')}>{kinds.map(([kind, n]) => <Link key={kind} {...({ to: '/inbox', search: { kind } } as { to: '/inbox' })}>{k(`kind.${kind}`)} <b>{format.number(n)}</b></Link>)}</nav>
          <ul className="home-list">{data.items.map((item) => (
            <li key={item.id}>
              <Link {...(wayTo(item.about) as { to: '/' })}>{item.sentence}{unsaid(item, format.number) && <span className="count">{k('count', { count: format.number(item.count) })}</span>}</Link>
              <span className="nowrap small soft" title={format.dateTime(item.at)}>{format.ago(item.at)}</span>
            </li>
          ))}</ul>
        </>
      ))}</Loaded>
    </Card>
  )
}
