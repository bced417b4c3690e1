// One directive: what it says, its tasks as they are now, and what happened to it.
import { useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { api, q, queries } from '../../../../web/client.ts'
import { dueDay, useFormat } from '../../../../web/format.ts'
import { usePick, useT } from '../../../../web/i18n.tsx'
import { Button, Card, DataTable, EmptyState, Facts, LinkButton, Loaded, Page, Tabs, listProps, listRows, toast, useSight } from '../../../../web/kit/kit.ts'
import type { Column } from '../../../../web/kit/kit.ts'
import { useMay } from '../../../../web/session.ts'
import { History } from '../../../journals/ui/history.tsx'
import { NewTask } from '../give.tsx'
import { followed } from '../live-rows.ts'
import { TaskMark, useTaskState } from '../mark.tsx'
import { directives as messages } from './messages.ts'
import '../tasks.css'

const route = getRouteApi('/inside/directives/$directiveId')
type Row = Awaited<ReturnType<typeof api.tasks.list>>['items'][number]

export function OneDirective() {
  const t = useT(messages)
  const pick = usePick()
  const { date, number } = useFormat()
  const { directiveId } = route.useParams()
  const { tab = 'tasks' } = route.useSearch()
  const go = route.useNavigate()
  const mayPaper = useMay('paper.issue')
  const [adding, setAdding] = useState(false)
  const found = useQuery(q.tasks.directive.queryOptions({ input: { directiveId } }))
  const programmes = useQuery({ ...q.programmes.programmes.list.queryOptions(), enabled: Boolean(found.data?.programmeId) })
  const again = () => { void queries.invalidateQueries({ queryKey: q.tasks.directive.key() }); void queries.invalidateQueries({ queryKey: ['tasks', 'event', directiveId] }) }
  return (
    <Loaded query={found}>{(one) => {
      const programme = programmes.data?.items.find(({ id }) => id === one.programmeId)
      const paste = one.mayAssign && <LinkButton look="main" icon="upload" to="/tasks/import" search={{ directive: directiveId } as never}>{t('paste')}</LinkButton>
      return (
        <Page title={one.title} crumbs={[{ label: t('title'), to: '/directives' }]}
          line={[one.number, date(one.issuedOn), one.tasks.total > 0 && t('line.one', { done: number(one.tasks.done), total: one.tasks.total }), one.tasks.overdue > 0 && t('line.late', { n: number(one.tasks.overdue) })].filter(Boolean).join(' · ')}
          actions={<>{paste}{one.mayAssign && <Button icon="plus" onClick={() => setAdding(true)}>{t('add')}</Button>}
            {one.tasks.total > 0 && <LinkButton icon="tasks" to="/tasks" search={{ directive: directiveId, state: 'all' } as never}>{t('table')}</LinkButton>}
            {mayPaper && <LinkButton icon="file" to={'/papers/new' as '/'} search={{ directive: directiveId } as never}>{t('paper')}</LinkButton>}</>}>
          <Card><Facts items={([
            [t('by'), one.issuerBody ? t('by.office', { body: one.issuerBody.name, unit: one.issuer.name }) : one.issuer.name], [t('programme'), programme && <Link key="p" to="/programmes/$code" params={{ code: programme.code }}>{pick(programme.name)}</Link>],
            [t('basis'), one.basis], [t('text'), one.body && <span key="t" className="task-text">{one.body}</span>],
          ] as const).filter(([, value]) => value)} /></Card>
          <Tabs label={one.title} chosen={tab} onChoose={(id) => void go({ search: id === 'tasks' ? {} : { tab: id }, replace: true })} tabs={[
            { id: 'tasks', label: t('tasks'), count: one.tasks.total, content: () => <Tasks directiveId={directiveId} action={paste || undefined} /> },
            { id: 'history', label: t('history'), content: () => <Card flush><History subject={`directive:${directiveId}`} /></Card> },
          ]} />
          {adding && <NewTask within={one} onClose={() => setAdding(false)} onDone={() => { setAdding(false); toast(t('added')); again() }} />}
        </Page>
      )
    }}</Loaded>
  )
}

function Tasks({ directiveId, action }: { directiveId: string; action: React.ReactNode }) {
  const t = useT(messages)
  const format = useFormat()
  const said = useTaskState()
  const { ids, see } = useSight()
  const found = useInfiniteQuery({
    queryKey: ['tasks', 'event', directiveId],
    queryFn: ({ pageParam, signal }) => api.tasks.list({ directive: directiveId, sort: 'due', limit: 100, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (last) => last.next ?? undefined, meta: followed(ids),
  })
  const columns: Column<Row>[] = [
    { id: 'n', head: t('col.n'), as: 'number', width: '3.5rem', from: 'narrow', text: (_, i) => String(i + 1), cell: (_, i) => <span className="faint">{i + 1}</span> },
    { id: 'title', head: t('col.task'), as: 'name', text: (row) => row.title, cell: (row) => <><Link to="/tasks/$taskId" params={{ taskId: row.id }}>{row.title}</Link><small className="from-only-narrow">{row.unit.name}</small><small className="only-narrow task-line"><TaskMark state={row.state} late={row.overdue} />{row.due && <span>{dueDay(format, row.due)}</span>}</small></> },
    { id: 'unit', head: t('col.unit'), from: 'middle', width: '22%', text: (row) => row.unit.name, cell: (row) => row.unit.name },
    { id: 'due', head: t('col.due'), as: 'number', from: 'narrow', text: (row) => (row.due ? dueDay(format, row.due) : ''), cell: (row) => (row.due ? <span className={row.overdue ? 'bad' : ''}>{dueDay(format, row.due)}</span> : <span className="faint">–</span>) },
    { id: 'state', head: t('col.state'), from: 'narrow', text: said, cell: (row) => <TaskMark state={row.state} late={row.overdue} /> },
  ]
  return <Card flush><DataTable caption={t('tasks')} columns={columns} rows={listRows(found)} rowKey={(row) => row.id} hold={directiveId} see={see} {...listProps(found)} empty={<EmptyState icon="tasks" title={t('empty')} action={action}>{t('empty.text')}</EmptyState>} /></Card>
}
