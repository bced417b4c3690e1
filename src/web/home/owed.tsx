import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { TaskMark } from '../../capabilities/tasks/ui/mark.tsx'
import { useChanged } from '../changed.ts'
import type { api } from '../client.ts'
import { dueDay, dueMoment, useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { Card, EmptyState, Icon, Loaded } from '../kit/kit.ts'
import { severalProgrammes } from '../several.ts'
import { home as messages } from './messages.ts'

export type Owed = Awaited<ReturnType<typeof api.tasks.owed>>
type TaskLine = Owed['groups'][number]['items'][number]

/** What is told of a task on one line, and under it. */
export function TaskLines({ items, unit, programme, note }: { items: readonly TaskLine[]; unit?: boolean; /** Of which programme, too. */ programme?: boolean; note?: (task: TaskLine) => string | undefined }) {
  const t = useT(messages)
  const format = useFormat()
  const changed = useChanged()
  return (
    <ul className="home-list">{items.map((task) => (
      <li key={task.id} data-changed={changed(task.id)}>
        <Link to="/tasks/$taskId" params={{ taskId: task.id }}>{task.title}</Link>
        <span className={`nowrap small ${task.overdue ? 'bad' : 'soft'}`} title={task.due ? dueMoment(format, task.due) : undefined}>{task.due ? (task.overdue ? format.due(task.due.at) : dueDay(format, task.due)) : t('noDue')}</span>
        <small>{[unit ? task.unit.name : task.workstreamName, programme && task.programmeName, note?.(task)].filter(Boolean).map((one) => `${one} · `)}<TaskMark state={task.state} /></small>
      </li>
    ))}</ul>
  )
}

export function OwedPanel({ query }: { query: UseQueryResult<Owed> }) {
  const t = useT(messages)
  const format = useFormat()
  const list = (group: string) => ({ to: '/tasks', search: group === 'overdue' ? { state: 'overdue' } : {} }) as { to: '/tasks' }
  return (
    <Card flush id="owed" title={t('owed')} side={<Link to="/tasks">{t('owed.all')}</Link>}>
      <Loaded query={query} lines={6}>{(data) => {
        const groups = data.groups.filter((one) => one.count > 0)
        const several = severalProgrammes(groups.flatMap((one) => one.items))
        if (data.units.length === 0) return <EmptyState icon="tasks" title={t('noUnit')}>{t('noUnit.text')}</EmptyState>
        if (groups.length === 0) return <EmptyState icon="check" title={t('owed.none')}>{t('owed.none.text')}</EmptyState>
        return (
          <>
            {groups[0]!.group !== 'overdue' && <p className="home-line home-part row tight"><Icon name="check" size={16} />{t('overdue.none')}</p>}
            {groups.map((one) => (
              <section key={one.group} className={`home-part${one.group === 'overdue' ? ' late' : ''}`}>
                <h3>{t(one.group)} <b>{format.total(one.count)}</b></h3>
                <TaskLines items={one.items} unit={data.units.length > 1} programme={several} />
                {one.count > one.items.length && <p className="home-more"><Link {...list(one.group)}>{t('more', { n: format.total(one.count - one.items.length) })}<span className="hidden-visually">: {t(one.group)}</span></Link></p>}
              </section>
            ))}
          </>
        )
      }}</Loaded>
    </Card>
  )
}
