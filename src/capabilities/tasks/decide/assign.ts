// The rules of giving work: one task, a directive with many, and passing a task on to units below.
import type { Decision, Staged } from '../../../kernel/order.ts'
import type { DirectiveIssued, NewTask, TaskAssigned, TaskDue, TaskSplit, TaskTarget } from '../contract/facts.ts'
import type { TaskRefused } from '../contract/refusals.ts'
import { OPEN_STATES } from '../contract/shapes.ts'
import type { Done, TaskRow } from '../decide.ts'
import { stateName } from './trace.ts'

/** A unit that work is addressed to, as the tree stands. */
export type Addressee = { id: string; name: string; kind: string; path: string; closed: boolean }
export type Fields = Omit<NewTask, 'id' | 'stream' | 'level' | 'unitId' | 'lineage'>

const refused = (code: TaskRefused, data?: Record<string, unknown>) => ({ refused: code, ...(data ? { data } : {}) })
const streamOf = (fields: Fields, unitId: string): string => (fields.eventId ? `event:${fields.eventId}` : `unit:${unitId}`)

/** Every unit named must be there and open, once. Answers what is wrong. */
export function checkUnits(wanted: string[], found: ReadonlyMap<string, Addressee>) {
  if (wanted.length === 0) return refused('HAS_NO_UNIT')
  for (const [at, id] of wanted.entries()) {
    const unit = found.get(id)
    if (!unit) return refused('UNIT_UNKNOWN', { unit: id })
    if (unit.closed) return refused('UNIT_CLOSED', { unit: unit.name })
    if (wanted.indexOf(id) !== at) return refused('UNIT_TWICE', { unit: unit.name })
  }
  return undefined
}

const overDue = (due: TaskDue | null, at: Date) => (due && Date.parse(due.at) <= at.getTime() ? refused('DUE_PAST', { due: due.at }) : undefined)

/** `mayIssue`: the asker holds task.assign at the issuing unit. */
export function assignTask(mayIssue: boolean, fields: Fields, unitId: string, taskId: string, units: ReadonlyMap<string, Addressee>, at: Date): Decision<TaskAssigned, TaskRefused, Done> {
  if (!mayIssue) return refused('NOT_FOUND')
  const wrong = checkUnits([unitId], units) ?? (fields.supportingUnitIds.length > 0 ? checkUnits(fields.supportingUnitIds, units) : undefined) ?? overDue(fields.due, at)
  if (wrong) return wrong
  const task: NewTask = { ...fields, id: taskId, stream: streamOf(fields, unitId), level: units.get(unitId)!.kind, unitId, lineage: [] }
  return { facts: [{ type: 'task.assigned.v1', task }], answer: { taskId, state: 'assigned', version: 1 } }
}

export function issueDirective(
  mayIssue: boolean, directive: Omit<DirectiveIssued, 'type' | 'tasks'>, tasks: { fields: Fields; unitIds: string[] }[], units: ReadonlyMap<string, Addressee>, newId: (n: number) => string, at: Date,
): Decision<DirectiveIssued | TaskAssigned, TaskRefused, { directiveId: string; taskIds: string[] }> {
  if (!mayIssue) return refused('NOT_FOUND')
  const facts: Staged<DirectiveIssued | TaskAssigned>[] = []
  const taskIds: string[] = []
  for (const { fields, unitIds } of tasks) {
    const wrong = checkUnits(unitIds, units) ?? (fields.supportingUnitIds.length > 0 ? checkUnits(fields.supportingUnitIds, units) : undefined) ?? overDue(fields.due, at)
    if (wrong) return wrong
    for (const unitId of unitIds) {
      const id = newId(taskIds.length)
      taskIds.push(id)
      const task: NewTask = { ...fields, id, stream: streamOf(fields, unitId), level: units.get(unitId)!.kind, unitId, lineage: [] }
      facts.push({ on: task.stream, about: `task:${id}`, fact: { type: 'task.assigned.v1', task } })
    }
  }
  return { facts: [{ type: 'directive.issued.v1', ...directive, tasks: taskIds.length }, ...facts], answer: { directiveId: directive.directiveId, taskIds } }
}

export type Part = { unitId: string; title: string | undefined; due: TaskDue | undefined; target: TaskTarget | undefined }

/** To units strictly below the lead unit, due no later than the task itself. The task's figures are from then on the sum of its parts. */
export function splitTask(
  task: TaskRow | undefined, title: string, lang: 'vi' | 'en', parts: Part[], lead: Addressee | undefined, units: ReadonlyMap<string, Addressee>, newId: (n: number) => string, at: Date,
): Decision<TaskSplit | TaskAssigned, TaskRefused, Done & { partIds: string[] }> {
  if (!task || !lead) return refused('NOT_FOUND')
  if (!(OPEN_STATES as readonly string[]).includes(task.state)) return refused('TASK_NOT_OPEN', { state: stateName(task.state) })
  const wrong = checkUnits(parts.map((part) => part.unitId), units)
  if (wrong) return wrong
  const facts: Staged<TaskSplit | TaskAssigned>[] = []
  const partIds: string[] = []
  for (const part of parts) {
    const unit = units.get(part.unitId)!
    if (!unit.path.startsWith(lead.path) || unit.path === lead.path) return refused('UNIT_NOT_BELOW', { unit: unit.name })
    const due = part.due ?? (task.dueAt ? { at: task.dueAt, rule: null, zone: task.zone } : null)
    if (part.due && Date.parse(part.due.at) <= at.getTime()) return refused('DUE_PAST', { due: part.due.at })
    if (due && task.dueAt && Date.parse(due.at) > Date.parse(task.dueAt)) return refused('DUE_AFTER_PARENT', { due: task.dueAt })
    const id = newId(partIds.length)
    partIds.push(id)
    const whole: NewTask = {
      id, stream: task.stream, directiveId: task.directiveId, programmeId: task.programmeId, eventId: task.eventId, importId: null, lineage: [task.id, ...task.lineage],
      title: part.title ?? title, lang, product: task.product, workstream: task.workstream, level: task.eventId ? task.level : unit.kind, issuerUnitId: task.unitId, unitId: part.unitId, supportingUnitIds: [],
      due, priority: task.priority, target: part.target ?? task.target, evidenceKind: task.evidenceKind,
    }
    facts.push({ on: task.stream, about: `task:${id}`, fact: { type: 'task.assigned.v1', task: whole } })
  }
  // A leaf that is split is no leaf any more: the tasks above count its parts instead.
  const split: TaskSplit = { type: 'task.split.v1', taskId: task.id, parts: partIds, above: task.lineage }
  return { facts: [split, ...facts], answer: { taskId: task.id, state: task.state, version: task.version, partIds } }
}
