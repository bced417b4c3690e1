// Contract → commit → decide, for directives and tasks.
import { implement } from '@orpc/server'
import { Refusal } from '../../kernel/order.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { tasksContract } from './contract.ts'
import { assign, directive, mayIssue } from './routes/assign.ts'
import { bulk, bulkProgress } from './routes/bulk.ts'
import { exportTasks } from './routes/export.ts'
import { importTasks, previewImport, undoImport } from './routes/import.ts'
import type { ImportNeeds } from './routes/import.ts'
import * as orders from './routes/orders.ts'
import { taskDetail } from './store/detail.ts'
import type { Origins } from './store/detail.ts'
import { directiveOf, listDirectives } from './store/directives.ts'
import { owedBy, waitingFor } from './store/home.ts'
import { listTasks } from './store/lists.ts'
import { accessTask } from './store/access.ts'
import { mentionable } from './store/mentions.ts'
import { workstreamsThere } from './store/show.ts'
import { ZONE } from '../../kernel/zone.ts'

const api = implement(tasksContract).$context<Context>().use(refusals)

export const tasksRoutes = (needs: ImportNeeds & { origins?: Origins } = { zone: ZONE }) => api.router({
  list: api.list.handler(async ({ input: { cursor, limit, ...filter }, context: { read, actor, lang, at } }) =>
    ({ ...(await listTasks(read, actor, filter, { cursor, limit, lang, at })), asOf: at.toISOString() })),
  owed: api.owed.handler(({ context: { read, actor, lang, at } }) => owedBy(read, actor, { at, lang, zone: needs.zone })),
  waiting: api.waiting.handler(({ context: { read, actor, lang, at } }) => waitingFor(read, actor, { at, lang, zone: needs.zone })),
  workstreams: api.workstreams.handler(async ({ context: { read, actor, lang } }) => ({ items: await workstreamsThere(read, actor, lang) })),
  get: api.get.handler(async ({ input, context: { read, actor, lang, at } }) => found(await taskDetail(read, actor, input.taskId, lang, at, needs.origins))),
  people: api.people.handler(async ({ input: { taskId, q, limit }, context: { read, actor, at } }) => {
    found(await accessTask(read, actor, 'task.comment', taskId))
    return { items: await mentionable(read, taskId, q, actor.id, at, limit) }
  }),
  export: api.export.handler(({ input, context }) => exportTasks(context, input)),

  issueDirective: api.issueDirective.handler(({ input, context }) => directive(context, input)),
  directives: api.directives.handler(async ({ input, context: { read, actor, lang, at } }) => ({ ...(await listDirectives(read, actor, input, lang, at)), asOf: at.toISOString() })),
  directive: api.directive.handler(async ({ input, context: { read, actor, lang, at } }) => {
    const one = found(await directiveOf(read, actor, input.directiveId, lang, at))
    const { may, no } = await mayIssue(read, { actor }, one.issuer.id, one.issuerBody?.id, true)
    return { ...one, mayAssign: may && !no }
  }),

  assign: api.assign.handler(({ input, context }) => assign(context, input)),
  accept: api.accept.handler(({ input, context }) => orders.accept(context, input)),
  start: api.start.handler(({ input, context }) => orders.start(context, input)),
  report: api.report.handler(({ input, context }) => orders.report(context, input)),
  verify: api.verify.handler(({ input, context }) => orders.verify(context, input)),
  return: api.return.handler(({ input, context }) => orders.giveBack(context, input)),
  refuse: api.refuse.handler(({ input, context }) => orders.refuse(context, input)),
  askExtension: api.askExtension.handler(({ input, context }) => orders.askExtension(context, input)),
  grantExtension: api.grantExtension.handler(({ input, context }) => orders.grantExtension(context, input)),
  declineExtension: api.declineExtension.handler(({ input, context }) => orders.declineExtension(context, input)),
  withdraw: api.withdraw.handler(({ input, context }) => orders.withdraw(context, input)),
  split: api.split.handler(({ input, context }) => orders.split(context, input)),
  edit: api.edit.handler(({ input, context }) => orders.edit(context, input)),
  comment: api.comment.handler(({ input, context }) => orders.comment(context, input)),
  remind: api.remind.handler(({ input, context }) => orders.remind(context, input)),

  bulkAssign: api.bulkAssign.handler(({ input: { unitIds, orderId, ...task }, context }) => bulk(context, orderId, unitIds, (unitId, id) => assign(context, { ...task, unitId, orderId: id }))),
  bulkRemind: api.bulkRemind.handler(({ input: { ids, orderId, text, told }, context }) => bulk(context, orderId, ids, (taskId, id) => orders.remind(context, { orderId: id, taskId, told, note: text }))),
  bulkExtend: api.bulkExtend.handler(({ input: { ids, orderId, until, told }, context }) => bulk(context, orderId, ids, (taskId, id) => orders.grantExtension(context, { orderId: id, taskId, told, until }))),
  bulkVerify: api.bulkVerify.handler(({ input: { ids, orderId, told }, context }) => bulk(context, orderId, ids, (taskId, id) => orders.verify(context, { orderId: id, taskId, told }))),
  bulkWithdraw: api.bulkWithdraw.handler(({ input: { ids, orderId, reason, told }, context }) => bulk(context, orderId, ids, (taskId, id) => orders.withdraw(context, { orderId: id, taskId, told, reason }))),
  bulkProgress: api.bulkProgress.handler(({ input, context }) => bulkProgress(context, input.orderId)),

  previewImport: api.previewImport.handler(({ input, context }) => previewImport(context, needs, input)),
  import: api.import.handler(({ input, context }) => importTasks(context, input)),
  undoImport: api.undoImport.handler(({ input, context }) => undoImport(context, input)),
})

function found<T>(row: T | undefined): T {
  if (row === undefined) throw new Refusal('NOT_FOUND')
  return row
}
