import { useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, EmptyState, Loaded, Page, TextField, useDebounced } from '../../../web/kit/kit.ts'
import { FOUND_KINDS, wayToFound } from './kinds.ts'
import { searches } from './messages.ts'
import './search.css'

const route = getRouteApi('/inside/search')

/** Everything that has these words, by kind; each kind opens on its own. */
export function SearchScreen() {
  const t = useT(searches)
  const search = route.useSearch()
  const go = route.useNavigate()
  const [text, setText] = useState(search.q ?? '')
  const words = useDebounced(text.trim(), 200)
  const of = [...FOUND_KINDS, 'text' as const].find((one) => one === search.of)
  const found = useQuery({ ...q.searches.find.queryOptions({ input: { q: words, limit: of ? 50 : 5, ...(of ? { of } : {}) } }), enabled: words.length > 0, placeholderData: keepPreviousData })
  const narrow = (kind: string | undefined) => void go({ search: (before) => Object.fromEntries(Object.entries({ ...before, of: kind, q: text.trim() || undefined }).filter(([, value]) => value)) })
  const typed = (value: string) => {
    setText(value)
    void go({ search: (before) => Object.fromEntries(Object.entries({ ...before, q: value.trim() || undefined }).filter(([, one]) => one)), replace: true })
  }
  return (
    <Page title={t('title')} line={t('line')}>
      <div className="search-field"><TextField label={t('find')} placeholder={t('hint')} type="search" value={text} onValue={typed} optional="quiet" autoComplete="off" spellCheck={false} autoFocus={!search.q} />
        {of && <Button look="quiet" icon="back" onClick={() => narrow(undefined)}>{t('back')}</Button>}</div>
      {words === '' ? <EmptyState icon="search" title={t('start')}>{t('start.text')}</EmptyState> : (
        <Loaded query={found} lines={6}>{({ groups, latest }) => (
          <div className="stack" role="status">
            {groups.length === 0 && <EmptyState icon="search" title={t('none', { text: words })}>{t('none.text')}</EmptyState>}
            {latest && <p className="soft small">{t('latest')}</p>}
            {groups.map((group) => (
              <Card key={group.of} flush title={t(`of.${group.of}`)}>
                <ul className="search-list">{group.items.map((one, i) => (
                  <li key={`${one.id}${i}`}>
                    <Link to={wayToFound(one) as '/'}>{one.title || t('gone')}</Link>
                    {(group.of === 'text' || one.note) && <small>{group.of === 'text' ? t(`of.${one.kind}`) : one.note}</small>}
                    {one.words && <p className="soft">{one.words.map((part, n) => (n % 2 === 1 ? <mark key={n}>{part}</mark> : part))}</p>}
                  </li>
                ))}</ul>
                {group.more && !of && <div className="search-more"><Button look="quiet" small onClick={() => narrow(group.of)}>{t('all', { of: t(`of.${group.of}`).toLowerCase() })}</Button></div>}
              </Card>
            ))}
          </div>
        )}</Loaded>
      )}
    </Page>
  )
}
