// Orders that give new work: one task, or a directive with many.
import type * as z from 'zod'
import type { Reader } from '../../../kernel/db.ts'
import { derivedId } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { dayIn } from '../../../pure/calendar.ts'
import type { AssignTask, IssueDirective, TaskFields } from '../contract/shapes.ts'
import type { TaskAssigned } from '../contract/facts.ts'
import { MOST_IN_DIRECTIVE } from '../contract/shapes.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { Done } from '../decide.ts'
import { assignTask, issueDirective } from '../decide/assign.ts'
import type { Fields } from '../decide/assign.ts'
import { addressees, hasDirective, mayActFor, officeOf } from '../store/access.ts'
import { dueOf } from './orders.ts'
import { ZONE } from '../../../kernel/zone.ts'

type Given = z.infer<typeof TaskFields>
type Belongs = { issuerUnitId: string; directiveId: string | null; programmeId: string | null; eventId: string | null; importId: string | null; supportingUnitIds: string[]; bodyId?: string }
/** For a body its standing office issues: who may act for the office may, and who may for the chair’s unit. */
export async function mayIssue(read: Reader, c: Pick<Context, 'actor'>, issuerUnitId: string, bodyId: string | undefined, going = false): Promise<{ may: boolean; no: 'BODY_NOT_OFFICE' | undefined }> {
  const own = await mayActFor(read, c.actor, 'task.assign', issuerUnitId)
  if (bodyId === undefined) return { may: own, no: undefined }
  const body = await officeOf(read, bodyId)
  const office = body?.unitId === issuerUnitId
  const may = own || (office && body.chairs.length > 0 && (await Promise.all(body.chairs.map((unitId) => mayActFor(read, c.actor, 'task.assign', unitId)))).some(Boolean))
  // What its last session concluded is still written down after it ended; a directive is not.
  return { may, no: may && (!office || (going && body.ended)) ? 'BODY_NOT_OFFICE' : undefined }
}

const fieldsOf = (given: Given, belongs: Belongs): Fields => ({
  ...belongs, title: given.title, lang: given.lang, product: given.product ?? null, workstream: given.workstream, due: given.due === undefined ? null : dueOf(given.due, given.zone ?? ZONE),
  priority: given.priority, target: given.target ?? null, evidenceKind: given.evidenceKind ?? null,
})

/** What giving one task takes: its stream, and the decision, so that another capability's order can carry it. */
export function assigning(c: Pick<Context, 'actor' | 'at'>, input: z.infer<typeof AssignTask>, importId: string | null = null) {
  const taskId = derivedId(new Date(0), input.orderId, 'task')
  const fields = fieldsOf(input, {
    issuerUnitId: input.issuerUnitId, directiveId: input.directiveId ?? null, programmeId: input.programmeId ?? null, eventId: input.eventId ?? null, importId, supportingUnitIds: input.supportingUnitIds, ...(input.bodyId ? { bodyId: input.bodyId } : {}),
  })
  const stream = input.eventId ? `event:${input.eventId}` : `unit:${input.unitId}`
  const decide = async (read: Reader) => {
    const { may, no } = await mayIssue(read, c, input.issuerUnitId, input.bodyId)
    if (no) return { refused: no }
    if (may && input.directiveId && !await hasDirective(read, input.issuerUnitId, input.directiveId)) return { refused: 'DIRECTIVE_UNKNOWN' as const }
    const units = await addressees(read, [input.unitId, ...input.supportingUnitIds], c.at)
    return assignTask(may, fields, input.unitId, taskId, units, c.at)
  }
  return { taskId, stream, subject: `task:${taskId}`, decide }
}

/** What giving several tasks at once takes, for one order of another capability: their streams, and one decision. A refusal says of which task it is. */
export function assigningMany(c: Pick<Context, 'actor' | 'at'>, issuerUnitId: string, inputs: z.infer<typeof AssignTask>[]) {
  const tasks = inputs.map((input) => {
    const taskId = derivedId(new Date(0), input.orderId, 'task')
    const fields = fieldsOf(input, { issuerUnitId, directiveId: input.directiveId ?? null, programmeId: input.programmeId ?? null, eventId: input.eventId ?? null, importId: null, supportingUnitIds: input.supportingUnitIds })
    return { taskId, unitId: input.unitId, fields, on: input.eventId ? `event:${input.eventId}` : `unit:${input.unitId}`, about: `task:${taskId}` }
  })
  const decide = async (read: Reader) => {
    const may = await mayActFor(read, c.actor, 'task.assign', issuerUnitId)
    const units = await addressees(read, [...new Set(inputs.flatMap((input) => [input.unitId, ...input.supportingUnitIds]))], c.at)
    const facts = []
    for (const [at, { taskId, unitId, fields, on, about }] of tasks.entries()) {
      const decided = assignTask(may, fields, unitId, taskId, units, c.at)
      if ('refused' in decided) return { refused: decided.refused, at, ...(decided.data ? { data: decided.data } : {}) }
      facts.push(...decided.facts.map((fact) => ({ on, about, fact: fact as TaskAssigned })))
    }
    return { facts }
  }
  return { taskIds: tasks.map(({ taskId }) => taskId), streams: [...new Set(tasks.map(({ on }) => on))], decide }
}

export async function assign(c: Context, input: z.infer<typeof AssignTask>, importId: string | null = null): Promise<Done> {
  const { stream, subject, decide } = assigning(c, input, importId)
  return c.commit<Done>({ id: input.orderId, kind: 'task.assign.v1', streams: [stream], subject, body: input, told: input.told, tree: 'shared' }, decide)
}

export async function directive(c: Context, input: z.infer<typeof IssueDirective>): Promise<{ directiveId: string; taskIds: string[] }> {
  const addressed = input.tasks.flatMap((task) => task.unitIds)
  if (addressed.length > MOST_IN_DIRECTIVE) throw new Refusal('INVALID', { field: 'tasks', most: MOST_IN_DIRECTIVE })
  const directiveId = derivedId(new Date(0), input.orderId, 'directive')
  const streams = [...new Set([`unit:${input.issuerUnitId}`, ...addressed.map((id) => `unit:${id}`)])]
  const tasks = input.tasks.map((task) => ({
    unitIds: task.unitIds,
    fields: fieldsOf(task, { issuerUnitId: input.issuerUnitId, directiveId, programmeId: input.programmeId ?? null, eventId: null, importId: null, supportingUnitIds: task.supportingUnitIds, ...(input.bodyId ? { bodyId: input.bodyId } : {}) }),
  }))
  return c.commit<{ directiveId: string; taskIds: string[] }>(
    { id: input.orderId, kind: 'directive.issue.v1', streams, subject: `directive:${directiveId}`, body: input, told: input.told, tree: 'shared' }, async (read) => {
      const { may, no } = await mayIssue(read, c, input.issuerUnitId, input.bodyId, true)
      if (no) return { refused: no }
      const units = await addressees(read, [...addressed, ...input.tasks.flatMap((task) => task.supportingUnitIds)], c.at)
      return issueDirective(may, {
        directiveId, issuerUnitId: input.issuerUnitId, programmeId: input.programmeId ?? null, number: input.number ?? null, title: input.title, lang: input.lang, body: input.body ?? null,
        basis: input.basis ?? null, issuedOn: input.issuedOn ?? dayIn(c.at, input.tasks[0]?.zone ?? ZONE), ...(input.bodyId ? { bodyId: input.bodyId } : {}),
      }, tasks, units, (n) => derivedId(new Date(0), input.orderId, n), c.at)
    })
}
