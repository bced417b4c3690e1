import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { api } from '../client.ts'
import { dueDay, useFormat } from '../format.ts'
import { useT } from '../i18n.tsx'
import { Card, Icon, Loaded } from '../kit/kit.ts'
import { useMay } from '../session.ts'
import { home as messages } from './messages.ts'
import { TaskLines } from './owed.tsx'

export type Waiting = Awaited<ReturnType<typeof api.tasks.waiting>>
type Part = Waiting['parts'][number]['part']
const lists: Record<Part, Record<string, string>> = { verify: { state: 'reported', scope: 'answers' }, extension: { scope: 'answers' }, asked: { scope: 'issued' }, reported: { state: 'reported' }, asking: {} }

export function WaitingPanel({ query }: { query: UseQueryResult<Waiting> }) {
  const t = useT(messages)
  const format = useFormat()
  const answers = useMay('task.verify')
  // Who may not answer sees that the unit should.
  const named = (part: Part) => t(!answers && (part === 'verify' || part === 'extension') ? `${part}.unit` as const : part)
  return (
    <Card flush id="waiting" title={t('waiting')}>
      <Loaded query={query} lines={4}>{(data) => {
        const parts = data.parts.filter((one) => one.count > 0)
        if (parts.length === 0) return <p className="home-line row tight" title={t('waiting.none.text')}><Icon name="check" size={16} />{t('waiting.none')}</p>
        return parts.map((one) => (
          <section key={one.part} className="home-part">
            <h3>{named(one.part)} <b>{format.total(one.count)}</b>{one.part === 'asked' && one.overdue > 0 && <span className="late">{t('asked.late', { n: format.total(one.overdue) })}</span>}</h3>
            <TaskLines items={one.items} unit={one.part === 'verify' || one.part === 'extension' || one.part === 'asked'}
              note={(task) => (task.extensionAskedUntil && (one.part === 'extension' || one.part === 'asking') ? t('until', { day: task.due ? dueDay(format, { at: task.extensionAskedUntil, zone: task.due.zone }) : format.date(task.extensionAskedUntil) }) : undefined)} />
            {one.count > one.items.length && <p className="home-more"><Link {...({ to: '/tasks', search: lists[one.part] } as { to: '/tasks' })}>{t('more', { n: format.total(one.count - one.items.length) })}<span className="hidden-visually">: {named(one.part)}</span></Link></p>}
          </section>
        ))
      }}</Loaded>
    </Card>
  )
}
