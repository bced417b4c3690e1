// A directive with its tasks, what is overdue, and the tasks that a paper is linked to, in the words that a paper uses.
import type { Context } from '../../kernel/rpc.ts'
import type { Lang } from '../../kernel/contract.ts'
import type { PapersNeeds } from '../../capabilities/papers/routes/needs.ts'
import type { DraftTask } from '../../capabilities/papers/decide/drafts.ts'
import { TaskFilter } from '../../capabilities/tasks/contract/shapes.ts'
import type { Task } from '../../capabilities/tasks/contract/shapes.ts'
import { mayFollowTasks } from '../../capabilities/tasks/store/access.ts'
import { directiveOf } from '../../capabilities/tasks/store/directives.ts'
import { toldOf } from '../../capabilities/tasks/store/inbox.ts'
import { listTasks } from '../../capabilities/tasks/store/lists.ts'
import { dayIn } from '../../pure/calendar.ts'

/** A paper's annex that is longer is a book: the rest is told as a number. */
const MOST = 2000
const PAGE = 500

async function tasksOf(c: Context, filter: object, lang: Lang, most = MOST): Promise<{ tasks: DraftTask[]; total: number }> {
  const tasks: DraftTask[] = []
  let total = 0
  for (let cursor: string | undefined; tasks.length < most;) {
    const page = await listTasks(c.read, c.actor, TaskFilter.parse(filter), { cursor, limit: PAGE, lang, at: c.at, uncounted: cursor !== undefined })
    tasks.push(...page.items.map((task) => said(task, c.at)))
    total ||= page.total ?? 0
    if (!page.next) return { tasks, total: tasks.length }
    cursor = page.next
  }
  return { tasks, total: Math.max(total, tasks.length) }
}

function said(task: Task, at: Date): DraftTask {
  const day = task.due && dayIn(new Date(task.due.at), task.due.zone)
  const late = day ? Math.round((Date.parse(dayIn(at, task.due!.zone)) - Date.parse(day)) / 86_400_000) : 0
  return {
    title: task.title, unit: { id: task.unit.id, name: task.unit.name }, supporting: task.supporting.map(({ name }) => name), due: day ? day.split('-').reverse().join('/') : null, product: task.product, daysLate: Math.max(0, late),
  }
}

export const directiveDraft: PapersNeeds['directive'] = async (c, directiveId, lang) => {
  const found = await directiveOf(c.read, c.actor, directiveId, lang, c.at)
  if (!found) return undefined
  const { tasks } = await tasksOf(c, { directive: directiveId }, lang)
  return { unitId: found.issuer.id, bodyId: found.issuerBody?.id, directive: { title: found.title, body: found.body, basis: found.basis, number: found.number, day: found.issuedOn, lang }, tasks }
}
export const overdueDraft: PapersNeeds['overdue'] = (c, unit, lang, most) => tasksOf(c, { unit, below: true, overdue: true, state: ['open'] }, lang, most)

export const tasksSeen: PapersNeeds['tasks'] = async (c, ids) => {
  const seen = await mayFollowTasks(c.read, c.actor, ids)
  const told = seen.length > 0 ? await toldOf(c.read, seen) : new Map<string, { title: Record<Lang, string> }>()
  return new Map(seen.map((id) => [id, told.get(id)?.title[c.lang] ?? '…']))
}
