// What waits for my decision, what my unit sent, what was decided.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import type { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, Filters, LinkButton, Page, Tabs, TextField, listProps, listRows, useTyped } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { useMay } from '../../../web/session.ts'
import { proposals as messages } from './messages.ts'

const route = getRouteApi('/inside/proposals')
type Row = Awaited<ReturnType<typeof api.proposals.list>>['items'][number]
const BOXES = ['waiting', 'sent', 'decided', 'all'] as const

export function ProposalList() {
  const t = useT(messages)
  const search = route.useSearch()
  const go = route.useNavigate()
  const [may, mayDecide] = [useMay('proposal.write'), useMay('proposal.decide')]
  const set = (more: Partial<typeof search>) => void go({ search: (before) => Object.fromEntries(Object.entries({ ...before, ...more }).filter(([, value]) => value)), replace: true })
  const [text, setText] = useTyped(search.q ?? '', (words) => set({ q: words }))
  const boxes = BOXES.filter((one) => (one === 'waiting' ? mayDecide : one === 'sent' ? may : true))
  const box = boxes.find((one) => one === search.box) ?? boxes[0]!
  const add = may && <LinkButton look="main" icon="plus" to={'/proposals/new' as '/'}>{t('new')}</LinkButton>
  return (
    <Page title={t('title')} actions={add} crumbs={[{ label: t('plans'), to: '/plans' as '/' }]}>
      <Filters on={0} onClear={() => {}}><TextField label={t('find')} placeholder={t('find.hint')} type="search" value={text} onValue={setText} optional="quiet" autoComplete="off" spellCheck={false} /></Filters>
      <Tabs label={t('caption')} chosen={box} onChoose={(id) => set({ box: id === boxes[0] ? '' : id })} tabs={boxes.map((id) => ({ id, label: t(`box.${id}`), content: () => <Box key={id} box={id} words={search.q ?? ''} add={add} /> }))} />
    </Page>
  )
}

function Box({ box, words, add }: { box: (typeof BOXES)[number]; words: string; add: React.ReactNode }) {
  const t = useT(messages)
  const { day, date } = useFormat()
  const found = useInfiniteQuery({ ...q.proposals.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ limit: 50, ...(box === 'all' ? {} : { box }), ...(words ? { q: words } : {}), ...(cursor ? { cursor } : {}) }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  }), placeholderData: keepPreviousData })
  const word = (row: Row) => (row.verdict && row.phase !== 'withdrawn' ? t(`verdict.${row.verdict}`) : t(`phase.${row.phase}`))
  const about = (row: Row) => `${row.unit.name} → ${row.to.name} · ${date(row.sentAt)}`
  const state = (row: Row) => <>{word(row)}{row.late && <b className="bad"> · {t('late')}</b>}</>
  const columns: Column<Row>[] = [
    { id: 'subject', head: t('col.subject'), as: 'name', text: (row) => `${row.subject} · ${about(row)}`, cell: (row) => <><Link to="/proposals/$proposalId" params={{ proposalId: row.id }}>{row.subject}</Link><small>{about(row)}</small><small className="only-narrow">{state(row)}</small></> },
    { id: 'phase', head: t('col.phase'), from: 'narrow', text: (row) => `${word(row)}${row.late ? ` · ${t('late')}` : ''}`, cell: state },
    { id: 'due', head: t('col.due'), as: 'number', from: 'middle', text: (row) => (row.due ? day(row.due) : ''), cell: (row) => (row.due ? <span className={row.late ? 'bad' : ''}>{day(row.due)}</span> : <span className="faint">–</span>) },
  ]
  return <Card flush><DataTable caption={t(`box.${box}`)} columns={columns} rows={listRows(found)} rowKey={(row) => row.id} {...listProps(found)} empty={words ? <EmptyState icon="search" title={t('none.found')} /> : <EmptyState icon="up" title={t('none')} action={add}>{t('none.text')}</EmptyState>} /></Card>
}
