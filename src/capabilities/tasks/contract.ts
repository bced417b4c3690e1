// Directives and the tasks they carry: assigned, accepted, under way, reported done, verified or returned. The browser imports this file.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { BulkResult, cursor, Day, errors, orderId, page } from '../../kernel/contract.ts'
import type { Meta } from '../../kernel/contract.ts'
import { Owed, Waiting } from './contract/home.ts'
import { MAX_TABLE, PreviewTasks, TaskImportPreview } from './contract/imports.ts'
import { taskRefusals } from './contract/refusals.ts'
import {
  AboutTask, AskExtension, AssignTask, BulkAssign, BulkExtend, BulkRemind, BulkVerify, BulkWithdraw, CommentTask, EditTask, GrantExtension, IssueDirective, ReportTask,
  ReturnTask, SplitTask, Task, TaskDetail, TaskFilter, TaskQuery, TaskState, UnitBrief, WithNote, WithReason,
} from './contract/shapes.ts'

export { taskRefusals } from './contract/refusals.ts'
export { tasksStories } from './contract/facts.ts'

/**
 * read: see a task of the unit · assign: issue directives, assign, edit, extend, withdraw, chase what one's own unit (or one below) issued ·
 * accept: accept, refuse, ask for an extension as lead unit · report: begin and report as lead unit · split: pass on to units below ·
 * verify: verify or return, counted on the issuing unit · comment: write a comment.
 */
export const taskRights = ['task.read', 'task.assign', 'task.accept', 'task.report', 'task.split', 'task.verify', 'task.comment'] as const
export type TaskRight = (typeof taskRights)[number]

const base = oc.$meta<Meta>({ right: 'task.read' }).errors(errors(taskRefusals))
const read = (path: `/${string}`, summary: string, on?: string) => base.meta({ right: 'task.read', ...(on ? { on } : {}) }).route({ method: 'GET', path, tags: ['tasks'], summary })
const write = (path: `/${string}`, summary: string, right: TaskRight, on = 'task', method: 'POST' | 'PATCH' = 'POST') =>
  base.meta({ right, on }).route({ method, path, tags: ['tasks'], summary })

const Done = z.object({ taskId: z.uuid(), state: TaskState, version: z.int() })
const bulkOf = (path: `/${string}`, summary: string, right: TaskRight) => base.meta({ right }).route({ method: 'POST', path, tags: ['tasks'], summary })

export const Directive = z.object({
  id: z.uuid(), number: z.string().nullable(), title: z.string(), body: z.string().nullable(), basis: z.string().nullable(), issuedOn: Day, issuer: UnitBrief, issuerBody: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  programmeId: z.uuid().nullable(), tasks: z.object({ total: z.int(), done: z.int(), overdue: z.int() }), asOf: z.iso.datetime(),
})
export type Directive = z.infer<typeof Directive>
export const DirectiveDetail = Directive.extend({ mayAssign: z.boolean().describe('whether the asker may give tasks within it') })

export const BulkProgress = z.object({ total: z.int(), done: z.int(), failed: z.int(), finished: z.boolean() })
/** The same filter as the list; columns in the asker's language. */
export const TaskExport = TaskFilter.extend({ format: z.enum(['csv', 'xlsx']) })

export const tasksContract = {
  list: read('/tasks', 'List tasks: filter, sort, search, page').input(TaskQuery).output(page(Task)),
  /** The first screen. */
  owed: read('/tasks/owed', 'What the asker\'s own units owe, by due date: counts and the first few').output(Owed),
  waiting: read('/tasks/waiting', 'What the asker\'s own units wait for, or are waited for with').output(Waiting),
  workstreams: read('/tasks/workstreams', 'The workstreams of the programmes there are, to filter and to give tasks by').output(z.object({ items: z.array(z.object({ code: z.string(), name: z.string() })) })),
  people: base.meta({ right: 'task.comment', on: 'task' }).route({ method: 'GET', path: '/tasks/{taskId}/people', tags: ['tasks'], summary: 'Who can be mentioned in a comment: people of its lead, supporting and issuing units, by the beginnings of names' })
    .input(z.object({ taskId: z.uuid(), q: z.string().max(80).default(''), limit: z.coerce.number().int().min(1).max(20).default(8) })).output(z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string(), unit: z.string() })) })),
  get: read('/tasks/{taskId}', 'One task with its reports, extensions and comments', 'task').input(z.object({ taskId: z.uuid() })).output(TaskDetail),
  export: read('/exports/tasks', 'The whole list as CSV or XLSX, as a stream').route({ outputStructure: 'detailed' }).input(TaskExport)
    .output(z.object({ headers: z.record(z.string(), z.string()), body: z.custom<ReadableStream<Uint8Array>>() })),

  issueDirective: write('/directives', 'Issue a directive with its tasks', 'task.assign', 'unit').input(IssueDirective)
    .output(z.object({ directiveId: z.uuid(), taskIds: z.array(z.uuid()) })),
  directives: read('/directives', 'List directives, newest first').input(z.object({ unit: z.uuid().optional(), programme: z.uuid().optional(), q: z.string().trim().max(200).optional(), ...cursor })).output(page(Directive)),
  directive: read('/directives/{directiveId}', 'One directive and how far its tasks are', 'directive').input(z.object({ directiveId: z.uuid() })).output(DirectiveDetail),

  assign: write('/tasks', 'Assign one task', 'task.assign', 'unit').input(AssignTask).output(Done),
  accept: write('/tasks/{taskId}/accept', 'Accept a task', 'task.accept').input(AboutTask).output(Done),
  start: write('/tasks/{taskId}/start', 'Begin work', 'task.report').input(AboutTask).output(Done),
  report: write('/tasks/{taskId}/report', 'Report a task done, or how far it is', 'task.report').input(ReportTask).output(Done),
  verify: write('/tasks/{taskId}/verify', 'Verify a reported task as done', 'task.verify').input(WithNote).output(Done),
  return: write('/tasks/{taskId}/return', 'Return a reported, verified or refused task for more work', 'task.verify').input(ReturnTask).output(Done),
  refuse: write('/tasks/{taskId}/refuse', 'Refuse a task that was assigned, with the reason', 'task.accept').input(WithReason).output(Done),
  askExtension: write('/tasks/{taskId}/extension', 'Ask for a later due date', 'task.accept').input(AskExtension).output(Done),
  grantExtension: write('/tasks/{taskId}/extension/grant', 'Grant a later due date, asked for or not', 'task.assign').input(GrantExtension).output(Done),
  declineExtension: write('/tasks/{taskId}/extension/decline', 'Decline the extension asked for', 'task.assign').input(WithReason).output(Done),
  withdraw: write('/tasks/{taskId}/withdraw', 'Withdraw a task and the parts it was split into', 'task.assign').input(WithReason).output(Done),
  split: write('/tasks/{taskId}/split', 'Pass a task on to units below', 'task.split').input(SplitTask).output(Done.extend({ partIds: z.array(z.uuid()) })),
  edit: write('/tasks/{taskId}', 'Change what is asked', 'task.assign', 'task', 'PATCH').input(EditTask).output(Done),
  comment: write('/tasks/{taskId}/comments', 'Write a comment; people mentioned find it in their inbox', 'task.comment').input(CommentTask).output(Done.extend({ commentId: z.uuid() })),
  remind: write('/tasks/{taskId}/remind', 'Chase the lead unit', 'task.assign').input(WithNote).output(Done),

  /** One order for each row, with an id made from this one: sent again after a break, it goes on where it stopped. */
  bulkAssign: bulkOf('/bulk/tasks/assign', 'Assign one task to many units', 'task.assign').input(BulkAssign).output(BulkResult),
  bulkRemind: bulkOf('/bulk/tasks/remind', 'Chase many tasks', 'task.assign').input(BulkRemind).output(BulkResult),
  bulkExtend: bulkOf('/bulk/tasks/extend', 'Extend many tasks', 'task.assign').input(BulkExtend).output(BulkResult),
  bulkVerify: bulkOf('/bulk/tasks/verify', 'Verify many tasks', 'task.verify').input(BulkVerify).output(BulkResult),
  bulkWithdraw: bulkOf('/bulk/tasks/withdraw', 'Withdraw many tasks', 'task.assign').input(BulkWithdraw).output(BulkResult),
  bulkProgress: read('/bulk/{orderId}', 'How far a bulk order of one\'s own is').input(z.object({ orderId })).output(BulkProgress),

  /** Columns: title, unit, and optionally due, supporting, product, workstream, priority, target, target_unit, evidence (or their Vietnamese headings). Units by name or code, dates as people write them. */
  previewImport: bulkOf('/imports/tasks/preview', 'Check a table of tasks: a file, or rows pasted from Excel or Word', 'task.assign').meta({ right: 'task.assign', limit: MAX_TABLE * 1.5 })
    .input(PreviewTasks).output(TaskImportPreview),
  import: bulkOf('/imports/tasks', 'Assign the tasks of a previewed file', 'task.assign').input(z.object({ orderId, previewId: z.uuid() })).output(BulkResult.extend({ importId: z.uuid() })),
  undoImport: bulkOf('/imports/tasks/{importId}/undo', 'Withdraw the tasks of an import that nobody has acted on', 'task.assign')
    .input(z.object({ orderId, importId: z.uuid() })).output(BulkResult),
}
