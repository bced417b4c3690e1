import { useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { atOnce, shown } from '../../../web/at-once.ts'
import { api, q, queries } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, EmptyState, Page, StatTiles, Tabs, kitMessages, listProps, listRows, toast, useHeld } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { useMe, useZone } from '../../../web/session.ts'
import { unsaid } from '../decide/words.ts'
import { inboxes } from './messages.ts'
import { wayTo } from '../../../web/way.ts'

type Item = Awaited<ReturnType<typeof api.inboxes.list>>['items'][number]
type Mark = 'new' | 'read' | 'done'
const idOf = (item: Item): string => item.id
type Pages = { pages: { items: Item[] }[]; pageParams: unknown[] }
type Counts = Awaited<ReturnType<typeof api.inboxes.counts>>
const kinds = ['assigned', 'reminder', 'returned', 'done', 'asked', 'answer', 'mention', 'watch', 'changed', 'alert'] as const
const marks = ['open', 'new', 'done'] as const

export function Inbox() {
  const t = useT(inboxes)
  const k = useT(kitMessages)
  const { number, dateTime, ago, due } = useFormat(useZone())
  const navigate = useNavigate()
  const search = useSearch({ from: '/inside/inbox' })
  const mark = marks.find((one) => one === search.mark) ?? 'open'
  const kind = kinds.find((one) => one === search.kind)
  const me = useMe()
  const topics = me ? [`inbox:${me.id}`] : []
  const [selected, setSelected] = useState<Set<string>>(new Set())
  const counts = useQuery({ ...q.inboxes.counts.queryOptions({ input: undefined }), meta: { topics } })
  const options = q.inboxes.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ mark, limit: 50, ...(kind ? { kind } : {}), ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  })
  const list = useInfiniteQuery({ ...options, meta: { topics } })
  const rows = listRows(list)
  const held = useHeld(rows, idOf, `${mark} ${kind}`)
  // Not what waits to be shown: nobody has read it.
  const newest = held.rows?.map((item) => item.at).toSorted().at(-1)
  const go = (change: { kind?: string | undefined; mark?: string | undefined }) => {
    setSelected(new Set())
    void navigate({ to: '/inbox', search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)), replace: true })
  }
  const send = (input: { ids?: string[]; until?: string }, to: Mark) => atOnce(() => {
    const marked = (item: Item) => input.ids?.includes(item.id) ?? (item.mark === 'new' && item.at <= input.until!)
    const read = (rows ?? []).filter((item) => marked(item) && item.mark === 'new')
    const stays = to === 'done' ? mark === 'done' : to === 'new' || mark === 'open'
    return [
      shown<Pages>(options.queryKey, (data) => ({ ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.flatMap((item) => (!marked(item) ? [item] : stays ? [{ ...item, mark: to }] : [])) })) })),
      ...(to === 'new' ? [] : [shown<Counts>(q.inboxes.counts.key(), (data) => ({ ...data, new: Math.max(0, data.new - read.length), kinds: Object.fromEntries(Object.entries(data.kinds).map(([one, n]) => [one, Math.max(0, n - read.filter((item) => item.kind === one).length)])) }))]),
    ]
  }, () => api.inboxes.mark({ ...input, mark: to })).finally(() => void queries.invalidateQueries({ queryKey: q.inboxes.key() }))
  const put = async (input: { ids?: string[]; until?: string }, to: Mark, quiet = false) => {
    const before = Map.groupBy((rows ?? []).filter((item) => input.ids?.includes(item.id)), (item) => item.mark)
    setSelected(new Set())
    const answer = await send(input, to)
    if (!answer || quiet) return
    toast(t('marked', { count: answer.marked }), to === 'done' ? { action: { label: k('undo'), run: () => { for (const [was, items] of before) void send({ ids: items.map((item) => item.id) }, was) } } } : {})
  }
  // A session is held at an hour; it is not owed by one.
  const isMeeting = (item: Item) => item.about.kind === 'meeting'
  const whenDue = (item: Item) => item.due && (isMeeting(item) ? dateTime(item.due) : due(item.due))
  const columns: Column<Item>[] = [
    { id: 'what', head: t('what'), as: 'name', text: (item) => [item.sentence, t(`kind.${item.kind}`), item.by?.name, item.unit && t('to', { unit: item.unit.name })].filter(Boolean).join(' · '), cell: (item) => (
      <div className={item.mark === 'new' ? 'unread' : 'seen'}>
        <Link {...(wayTo(item.about) as { to: '/' })} onClick={() => { if (item.mark === 'new') void put({ ids: [item.id] }, 'read', true) }}>{item.mark === 'new' && <><i className="unread-dot" aria-hidden="true" /><span className="hidden-visually">{t('isNew')}: </span></>}{item.sentence}{unsaid(item, number) && <span className="count">{t('count', { count: number(item.count) })}</span>}</Link>
        <small>{[t(`kind.${item.kind}`), item.by?.name, item.unit && t('to', { unit: item.unit.name })].filter(Boolean).join(' · ')}<span className="from-only-narrow">{[ago(item.at), whenDue(item)].filter(Boolean).join(' · ')}</span></small>
      </div>) },
    { id: 'due', head: t('due'), width: '150px', from: 'narrow', text: (item) => (item.due ? dateTime(item.due) : ''), cell: (item) => item.due && <span className={`nowrap ${isMeeting(item) || Date.parse(item.due) >= Date.now() ? 'soft' : 'bad'}`} title={dateTime(item.due)}>{whenDue(item)}</span> },
    { id: 'when', head: t('when'), as: 'number', width: '130px', from: 'narrow', text: (item) => dateTime(item.at), cell: (item) => <span className="soft" title={dateTime(item.at)}>{ago(item.at)}</span> },
  ]
  const fresh = counts.data?.new ?? 0
  const tiles = kinds.filter((one) => (counts.data?.kinds[one] ?? 0) > 0 || one === kind)
  return (
    <Page title={t('title')} line={fresh > 0 ? t('line', { new: number(fresh) }) : t('line.none')} actions={fresh > 0 && newest && <Button icon="check" onClick={() => void put({ until: newest }, 'read')}>{t('do.allRead')}</Button>}>
      {(tiles.length > 1 || kind) && <StatTiles label={t('kinds')} chosen={kind} onChoose={(id) => go({ kind: id })} tiles={tiles.map((one) => ({ id: one, label: t(`kind.${one}`), count: counts.data?.kinds[one] ?? 0 }))} />}
      <Tabs label={t('marks')} chosen={mark} onChoose={(id) => go({ mark: id })} tabs={marks.map((one) => ({ id: one, label: t(`mark.${one}`), content: () => (
        <Card flush>
          <DataTable caption={t('title')} columns={columns} rows={held.rows} rowKey={idOf} came={held.came} selected={selected} onSelected={setSelected} {...listProps(list)}
            bulk={(ids) => <>{mark !== 'done' && <Button small icon="check" onClick={() => void put({ ids: [...ids] }, 'done')}>{t('do.done')}</Button>}<Button small onClick={() => void put({ ids: [...ids] }, 'read')}>{t('do.read')}</Button></>}
            empty={<EmptyState title={kind ? t('none.filtered') : t('none')}>{!kind && t('none.text')}</EmptyState>} />
        </Card>) }))} />
    </Page>
  )
}
