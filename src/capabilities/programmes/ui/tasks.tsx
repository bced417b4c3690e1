import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Card, DataTable, EmptyState, listProps, listRows, useSight } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { followed } from '../../tasks/ui/live-rows.ts'
import { TaskMark, useTaskState } from '../../tasks/ui/mark.tsx'
import '../../tasks/ui/tasks.css'
import { event as messages } from './messages.ts'

type Row = Awaited<ReturnType<typeof api.tasks.list>>['items'][number]

export function EventTasks({ eventId, zone }: { eventId: string; zone: string }) {
  const t = useT(messages)
  const format = useFormat(zone)
  const { ids, see } = useSight()
  const { topics, patch } = followed(ids)
  const found = useInfiniteQuery({
    queryKey: ['tasks', 'event', eventId],
    queryFn: ({ pageParam, signal }) => api.tasks.list({ event: eventId, sort: 'due', limit: 100, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (last) => last.next ?? undefined,
    meta: { topics: [`event:${eventId}`, ...topics], patch },
  })
  const said = useTaskState()
  const columns: Column<Row>[] = [
    { id: 'title', head: t('col.task'), as: 'name', text: (row) => row.title, cell: (row) => <><Link to={'/tasks/$taskId' as never} params={{ taskId: row.id } as never}>{row.title}</Link><small className="only-narrow task-line"><TaskMark state={row.state} late={row.overdue} />{row.due && <span>{format.date(row.due.at)}</span>}</small></> },
    { id: 'unit', head: t('col.unit'), from: 'middle', width: '22%', text: (row) => row.unit.name, cell: (row) => row.unit.name },
    { id: 'due', head: t('col.due'), as: 'number', from: 'narrow', text: (row) => (row.due ? format.date(row.due.at) : ''), cell: (row) => (row.due ? <span className={row.overdue ? 'bad' : ''}>{format.date(row.due.at)}</span> : '–') },
    { id: 'state', head: t('col.taskState'), from: 'narrow', text: said, cell: (row) => <TaskMark state={row.state} late={row.overdue} /> },
  ]
  return (
    <Card flush>
      <DataTable caption={t('tasks.caption')} columns={columns} rows={listRows(found)} rowKey={(row) => row.id} hold={eventId} see={see} {...listProps(found)} empty={<EmptyState icon="tasks" title={t('tasks.none')} />} />
    </Card>
  )
}
