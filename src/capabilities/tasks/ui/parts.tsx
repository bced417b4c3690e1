import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { q } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { DataTable, EmptyState } from '../../../web/kit/kit.ts'
import { TaskMark, useTaskState } from './mark.tsx'
import { tasks as messages } from './messages.ts'
import { targetText } from './target.ts'

/** What was passed on: one line a unit. */
export function Parts({ taskId }: { taskId: string }) {
  const t = useT(messages)
  const format = useFormat()
  const said = useTaskState()
  const found = useQuery({ ...q.tasks.list.queryOptions({ input: { parent: taskId, limit: 200 } }), meta: { topics: [`task:${taskId}`] } })
  return (
    <DataTable caption={t('parts.title')} rows={found.data?.items} rowKey={(row) => row.id} error={found.error} retry={() => void found.refetch()} empty={<EmptyState icon="split" title={t('parts.none')} />} columns={[
      { id: 'unit', head: t('col.unit'), as: 'name', text: (row) => row.unit.name, cell: (row) => <Link to="/tasks/$taskId" params={{ taskId: row.id }}>{row.unit.name}</Link> },
      { id: 'target', head: t('col.target'), as: 'number', from: 'narrow', text: (row) => targetText(row, t, format) ?? '', cell: (row) => targetText(row, t, format) ?? '–' },
      { id: 'state', head: t('col.state'), text: said, cell: (row) => <TaskMark state={row.state} late={row.overdue} /> },
    ]} />
  )
}
