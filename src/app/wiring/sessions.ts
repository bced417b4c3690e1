// What a session asks of others: how units stand, what a task takes, and chasing what is overdue and unreported.
import type { MeetingsNeeds } from '../../capabilities/meetings/routes.ts'
import { phonesOf } from '../../capabilities/people/routes/phones.ts'
import { readSeats } from '../../capabilities/readiness/store/seats.ts'
import { chaseMissing } from '../../capabilities/reports/routes/chase.ts'
import { missingCounts } from '../../capabilities/reports/store/missing.ts'
import { AssignTask } from '../../capabilities/tasks/contract/shapes.ts'
import { assigning } from '../../capabilities/tasks/routes/assign.ts'
import { bulk } from '../../capabilities/tasks/routes/bulk.ts'
import { remind, withdrawingMany } from '../../capabilities/tasks/routes/orders.ts'
import { overdueBelow } from '../../capabilities/tasks/store/overdue.ts'

export const sessionNeeds = (zone: string): MeetingsNeeds => ({
  standing: ({ read, actor, at }, officeId, seatIds) => readSeats(read, actor, officeId, seatIds, at, zone, (unitIds) => missingCounts(read, actor, 'report.read', unitIds, at)),
  assigning: (c, task) => assigning(c, AssignTask.parse(task)),
  withdrawing: withdrawingMany,
  phones: phonesOf,
  chase: async (c, orderId, unitIds, text) => {
    const { items, total } = await overdueBelow(c.read, c.actor, unitIds, c.at)
    const at = new Map(items.map(({ id, units }) => [id, units]))
    const { results } = await bulk(c, orderId, [...at.keys()], (taskId, id) => remind(c, { orderId: id, taskId, note: text }))
    const reports = await chaseMissing(c, orderId, unitIds)
    const done = results.filter((one) => one.ok)
    return { results, units: new Set([...reports.unitIds, ...done.flatMap(({ id }) => at.get(id)!)]).size, tasks: done.length, left: total - items.length, reports: reports.chased }
  },
})
