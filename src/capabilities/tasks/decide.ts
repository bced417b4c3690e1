// The rules of a task's life: who may bring it from which state to which. No clock, no database.
import type { Decision } from '../../kernel/order.ts'
import { targetMet, exact } from '../../pure/numbers.ts'
import type {
  ExtensionAsked, ExtensionDeclined, ExtensionGranted, TaskAccepted, TaskCommented, TaskDue, TaskEdited, TaskRefused as TaskRefusedFact, TaskReminded, TaskReported,
  TaskReturned, TaskStarted, TaskState, TaskTarget, TaskVerified, TasksFact, TaskWithdrawn, TextRef,
} from './contract/facts.ts'
import type { TaskRefused } from './contract/refusals.ts'
import { OPEN_STATES } from './contract/shapes.ts'
import { stateName } from './decide/trace.ts'

/** A task as an order finds it: the row, and only if the asker holds the right. */
export type TaskRow = {
  id: string; stream: string; state: TaskState; eventId: string | null; programmeId: string | null; directiveId: string | null; lineage: string[]
  unitId: string; issuerUnitId: string | null; workstream: string; level: string; title: string | null; lang: 'vi' | 'en' | null; product: string | null; priority: 'low' | 'normal' | 'high'
  dueAt: string | null; dueRule: string | null; zone: string; target: TaskTarget | null; reached: number | null; base: number | null; evidenceKind: string | null
  /** Leaves of the tasks it was split into; null: not split. */
  parts: number | null; partsDone: number | null
  extension: { id: string; until: string } | null; reportedBy: string | null; supporting: string[]; version: number; changes: Record<string, number>
}
export type Done = { taskId: string; state: TaskState; version: number }
type Ruling<F extends TasksFact> = Decision<F, TaskRefused, Done>

const isOpen = (state: TaskState): boolean => (OPEN_STATES as readonly string[]).includes(state)
const refused = (code: TaskRefused, data?: Record<string, unknown>) => ({ refused: code, ...(data ? { data } : {}) })
const notOpen = (task: TaskRow) => refused('TASK_NOT_OPEN', { state: stateName(task.state) })
const done = (task: TaskRow, state: TaskState, version = task.version): Done => ({ taskId: task.id, state, version })
/** What counts as one leaf of the tasks above: a task that was itself not split. */
const above = (task: TaskRow): string[] => (task.parts === null ? task.lineage : [])

export function acceptTask(task: TaskRow | undefined): Ruling<TaskAccepted> {
  if (!task) return refused('NOT_FOUND')
  if (task.state !== 'assigned' && task.state !== 'returned') return notOpen(task)
  return { facts: [{ type: 'task.accepted.v1', taskId: task.id }], answer: done(task, 'accepted') }
}

export function startTask(task: TaskRow | undefined): Ruling<TaskStarted> {
  if (!task) return refused('NOT_FOUND')
  if (!isOpen(task.state) || task.state === 'under_way') return notOpen(task)
  return { facts: [{ type: 'task.started.v1', taskId: task.id }], answer: done(task, 'under_way') }
}

export type Reporting = {
  reportId: string; done: boolean; number: number | undefined; outOf: number | undefined; note: TextRef | null; files: { id: string; hash: string }[]
  evidence: { label: string | null; on: string | null; expiresAt: string | null }
}

/** Reported straight from `assigned` it counts as accepted: who sends the result has taken the task. */
export function reportTask(task: TaskRow | undefined, report: Reporting): Ruling<TaskReported> {
  if (!task) return refused('NOT_FOUND')
  if (task.state === 'reported') return refused('ALREADY_REPORTED')
  if (!isOpen(task.state)) return notOpen(task)
  const sums = sumsOf(task, report)
  if ('refused' in sums) return sums
  const wanting = report.done ? wants(task, report, sums) : undefined
  if (wanting) return wanting
  const split = task.parts !== null
  return {
    facts: [{
      type: 'task.reported.v1', taskId: task.id, reportId: report.reportId, done: report.done, from: task.state,
      reached: sums.reached, base: sums.base,
      plusReached: split ? 0 : exact((sums.reached ?? 0) - (task.reached ?? 0)), plusBase: split ? 0 : exact((sums.base ?? 0) - (task.base ?? 0)),
      above: task.lineage, note: report.note, files: report.files, evidence: report.evidence,
    }],
    answer: done(task, report.done ? 'reported' : 'under_way'),
  }
}

/** The new figures of the task: what was entered, or, once it was split, what its parts add up to. */
function sumsOf(task: TaskRow, { number, outOf }: Reporting) {
  if (task.parts !== null) return number === undefined && outOf === undefined ? { reached: task.reached, base: task.base } : refused('SUMMED_FROM_PARTS')
  if (!task.target) return number === undefined && outOf === undefined ? { reached: null, base: null } : refused('NO_NUMBER_WANTED')
  // Percent without a total is percent of a hundred, so that parts still add up.
  const base = outOf ?? (task.target.kind === 'percent' && number !== undefined ? 100 : task.base)
  const reached = number ?? task.reached
  if (number !== undefined && task.target.kind === 'all' && base === null) return refused('BASE_MISSING', { unit: task.target.unit })
  if (task.target.kind !== 'number' && reached !== null && base !== null && reached > base) return refused('NUMBER_ABOVE_BASE', { reached, base })
  return { reached, base: task.target.kind === 'number' ? null : base }
}

/** What is still wanted before it can be called done. A figure below the target may be reported: the board then shows the target as not met. */
function wants(task: TaskRow, report: Reporting, sums: { reached: number | null; base: number | null }) {
  if (task.parts !== null) {
    const open = task.parts - (task.partsDone ?? 0)
    return open > 0 && !(task.target && targetMet(task.target, sums.reached, sums.base)) ? refused('PARTS_OPEN', { open }) : undefined
  }
  if (task.target && sums.reached === null) return refused('NUMBER_MISSING', { unit: task.target.unit })
  const given = report.files.length > 0 || report.note !== null || report.evidence.label !== null
  return task.evidenceKind && task.evidenceKind !== 'number' && !given ? refused('EVIDENCE_MISSING') : undefined
}

/** By another person than the one who reported it, and for another, unless the order comes from the server's own command line. */
export function verifyTask(task: TaskRow | undefined, by: { id: string; kind: string; onBehalfOf?: string }, note: TextRef | null): Ruling<TaskVerified> {
  if (!task) return refused('NOT_FOUND')
  if (task.state !== 'reported') return task.state === 'verified' ? notOpen(task) : refused('NOT_REPORTED')
  if (by.kind === 'person' && task.reportedBy !== null && [by.id, by.onBehalfOf].includes(task.reportedBy)) return refused('OWN_REPORT')
  return { facts: [{ type: 'task.verified.v1', taskId: task.id, above: above(task), note }], answer: done(task, 'verified') }
}

/** Reported or verified: the work goes on. Refused: the issuer insists. */
export function returnTask(task: TaskRow | undefined, reason: TextRef, due: TaskDue | null, at: Date): Ruling<TaskReturned> {
  if (!task) return refused('NOT_FOUND')
  if (task.state !== 'reported' && task.state !== 'verified' && task.state !== 'refused') return refused('NOT_REPORTED')
  if (due && Date.parse(due.at) <= at.getTime()) return refused('DUE_PAST', { due: due.at })
  return { facts: [{ type: 'task.returned.v1', taskId: task.id, from: task.state, above: above(task), reason, due }], answer: done(task, 'returned') }
}

/** Only before it was accepted: after that, ask for an extension or report what is in the way. */
export function refuseTask(task: TaskRow | undefined, reason: TextRef): Ruling<TaskRefusedFact> {
  if (!task) return refused('NOT_FOUND')
  if (task.state !== 'assigned') return notOpen(task)
  return { facts: [{ type: 'task.refused.v1', taskId: task.id, above: above(task), reason }], answer: done(task, 'refused') }
}

export function askExtension(task: TaskRow | undefined, extensionId: string, until: string, reason: TextRef, at: Date): Ruling<ExtensionAsked> {
  if (!task) return refused('NOT_FOUND')
  if (!isOpen(task.state)) return notOpen(task)
  if (task.extension) return refused('EXTENSION_PENDING')
  const wrong = laterThan(task, until, at)
  if (wrong) return wrong
  return { facts: [{ type: 'task.extension_asked.v1', taskId: task.id, extensionId, until, reason }], answer: done(task, task.state) }
}

/** With or without a request; without `until`, as it was asked. */
export function grantExtension(task: TaskRow | undefined, until: string | undefined, at: Date): Ruling<ExtensionGranted> {
  if (!task) return refused('NOT_FOUND')
  if (!isOpen(task.state)) return notOpen(task)
  const to = until ?? task.extension?.until
  if (!to) return refused('NO_EXTENSION')
  const wrong = laterThan(task, to, at)
  if (wrong) return wrong
  const due = { at: to, rule: null, zone: task.zone }
  return { facts: [{ type: 'task.extension_granted.v1', taskId: task.id, extensionId: task.extension?.id ?? null, due }], answer: done(task, task.state, task.version + 1) }
}

function laterThan(task: TaskRow, until: string, at: Date) {
  if (Date.parse(until) <= at.getTime()) return refused('DUE_PAST', { due: until })
  return task.dueAt !== null && Date.parse(until) <= Date.parse(task.dueAt) ? refused('DUE_NOT_LATER') : undefined
}

export function declineExtension(task: TaskRow | undefined, reason: TextRef): Ruling<ExtensionDeclined> {
  if (!task) return refused('NOT_FOUND')
  if (!task.extension) return refused('NO_EXTENSION')
  return { facts: [{ type: 'task.extension_declined.v1', taskId: task.id, extensionId: task.extension.id, reason }], answer: done(task, task.state) }
}

/** With all it was split into; what is verified stays verified. `below`: the tasks below it that are not withdrawn. */
export function withdrawTask(task: TaskRow | undefined, below: Pick<TaskRow, 'id' | 'state' | 'lineage' | 'parts'>[], reason: TextRef | null): Decision<TaskWithdrawn, TaskRefused, Done> {
  if (!task) return refused('NOT_FOUND')
  if (task.state === 'verified' || task.state === 'withdrawn') return notOpen(task)
  const going = below.filter((part) => part.state !== 'verified' && part.state !== 'withdrawn')
  const gone = (one: Pick<TaskRow, 'id' | 'state' | 'lineage' | 'parts'>): TaskWithdrawn =>
    ({ type: 'task.withdrawn.v1', taskId: one.id, from: one.state, above: one.parts === null ? one.lineage : [], reason })
  return { facts: [gone(task), ...going.map((part) => ({ on: task.stream, about: `task:${part.id}`, fact: gone(part) }))], answer: done(task, 'withdrawn') }
}

export type Edit = {
  expectedVersion: number; title?: string | undefined; lang?: 'vi' | 'en' | undefined; product?: string | null | undefined; due?: TaskDue | null | undefined
  priority?: 'low' | 'normal' | 'high' | undefined; target?: TaskTarget | null | undefined; evidenceKind?: string | null | undefined; supportingUnitIds?: string[] | undefined; unitId?: string | undefined; workstream?: string | undefined
}

/** Whether its workstream is its own: parts keep that of the task they are part of. */
export const ownStream = (task: Pick<TaskRow, 'parts' | 'lineage'>): boolean => task.parts === null && task.lineage.length === 0

/** Changes what is asked. Two editors: the second hears which parts changed since what was on the screen. `streams`: workstreams of its programme's template. */
export function editTask(task: TaskRow | undefined, edit: Edit, streams: readonly string[] = []): Ruling<TaskEdited> {
  if (!task) return refused('NOT_FOUND')
  if (edit.expectedVersion !== task.version) {
    return refused('CHANGED', { version: task.version, changed: Object.keys(task.changes).filter((part) => task.changes[part]! > edit.expectedVersion).sort() })
  }
  if (task.state === 'verified' || task.state === 'withdrawn') return notOpen(task)
  if (edit.target !== undefined && task.parts !== null) return refused('SUMMED_FROM_PARTS')
  if (edit.unitId !== undefined && edit.unitId !== task.unitId && task.parts !== null) return refused('LEAD_HAS_PARTS')
  if (edit.workstream !== undefined && edit.workstream !== task.workstream) {
    if (!streams.includes(edit.workstream)) return refused('STREAM_UNKNOWN')
    if (!ownStream(task)) return refused('STREAM_OF_PARTS')
  }
  const now: Record<string, unknown> = {
    workstream: task.workstream, unitId: task.unitId, title: task.title, product: task.product, due: task.dueAt, priority: task.priority, target: task.target, evidenceKind: task.evidenceKind, supportingUnitIds: [...task.supporting].sort(),
  }
  const wanted: Record<string, unknown> = {
    workstream: edit.workstream, unitId: edit.unitId, title: edit.title, product: edit.product === '' ? null : edit.product, due: edit.due === null ? null : edit.due?.at, priority: edit.priority,
    target: edit.target, evidenceKind: edit.evidenceKind, supportingUnitIds: edit.supportingUnitIds && [...new Set(edit.supportingUnitIds)].sort(),
  }
  const changed = Object.keys(wanted).filter((part) => wanted[part] !== undefined && JSON.stringify(wanted[part]) !== JSON.stringify(now[part]))
  if (changed.length === 0) return refused('NOTHING_CHANGED')
  const version = task.version + 1
  const fact: TaskEdited = { type: 'task.edited.v1', taskId: task.id, version }
  for (const part of changed) Object.assign(fact, part === 'unitId' ? { lead: { from: task.unitId, to: edit.unitId } } : part === 'workstream' ? { workstream: { from: task.workstream, to: edit.workstream } } : { [part]: part === 'due' ? edit.due : wanted[part] })
  if (fact.title !== undefined) fact.lang = edit.lang ?? 'vi'
  return { facts: [fact], answer: done(task, task.state, version) }
}

export function commentTask(task: TaskRow | undefined, commentId: string, text: TextRef, mentions: string[], may: ReadonlySet<string>): Decision<TaskCommented, TaskRefused, Done & { commentId: string }> {
  if (!task) return refused('NOT_FOUND')
  if (mentions.some((one) => !may.has(one))) return refused('MENTION_UNKNOWN')
  return { facts: [{ type: 'task.commented.v1', taskId: task.id, commentId, text, mentions: [...new Set(mentions)] }], answer: { ...done(task, task.state), commentId } }
}

export function remindTask(task: TaskRow | undefined, text: TextRef | null): Ruling<TaskReminded> {
  if (!task) return refused('NOT_FOUND')
  if (!isOpen(task.state)) return notOpen(task)
  return { facts: [{ type: 'task.reminded.v1', taskId: task.id, unitId: task.unitId, text }], answer: done(task, task.state) }
}
