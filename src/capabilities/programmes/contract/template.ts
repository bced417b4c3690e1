// The body of a template version, as it is stored and as every other capability reads it: the file's short forms are already spelled out.
import * as z from 'zod'
import { Day, Text } from '../../../kernel/contract.ts'

/** `T01`, `R01`, `approved`, `large`: short, stable, unique among its kind. Later versions keep the code of what stays the same thing. */
export const Code = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/)
/** A time of day on the event's own clock. */
export const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** How a date that falls on a day off moves; without it the date stays. */
const roll = z.enum(['before', 'after']).optional()
const time = Time.optional()
const back = z.int().min(-1000).max(1000)
/**
 * When something is due. `day`: calendar days from the opening (D = 0, before is negative). `working`: working days of the country. `on`: the law sets the date.
 * `child`: the milestone of the events one level below (the last of them, or the first), the event's own where there is none below.
 * Without `time` it is the end of that day in the event's zone.
 */
export const When = z.union([
  z.strictObject({ day: back, time, roll }),
  z.strictObject({ working: back, time }),
  z.strictObject({ on: Day, time }),
  z.strictObject({ child: Code, pick: z.enum(['first', 'last']), day: back.optional(), working: back.optional(), time }),
])
export type When = z.infer<typeof When>

/** A task is due at a milestone (moved by so many days, or to another time), or by a rule of its own. */
export const Due = z.union([z.strictObject({ milestone: Code, day: back.optional(), working: back.optional(), time }), When])
export type Due = z.infer<typeof Due>

/** What kind of proof a task asks for; `days`: how long it holds. */
export const EvidenceKind = z.enum([
  'paper', 'plan', 'survey', 'number', 'report', 'inspection', 'check', 'stock', 'roster', 'muster', 'scenario', 'drill', 'notice', 'text', 'file',
])
export type EvidenceKind = z.infer<typeof EvidenceKind>
export const Evidence = z.strictObject({ kind: EvidenceKind, days: z.int().min(1).max(3650).optional() })

/** `count` of `unit` (`{ unit: 'patrol', count: 20 }`), `all` of them, or so many percent. */
export const Target = z.strictObject({ unit: Code, count: z.union([z.number().positive(), z.literal('all')]), as: z.enum(['number', 'percent']) })

/**
 * A requirement's machine-readable check, over the event's own records.
 * - no_overdue: no open task of the event (or only of `workstreams`) is past due
 * - milestone: every task that is due at `milestone` is verified (reported alone is at risk)
 * - evidence: the task `item` carries the evidence it asks for, not older than `maxAgeDays` and not past its own expiry
 * - target: the task `item` has reached its target (or `percent` of it)
 * - none: only another capability's records can tell (`needs`: plans, sites, rosters …): not assessed until that capability is there
 * - any other kind: a later capability's own; not assessed by a program that does not know it
 */
export const checkKinds = ['no_overdue', 'milestone', 'evidence', 'target', 'none'] as const
export const Check = z.union([
  z.strictObject({ kind: z.literal('no_overdue'), workstreams: z.array(Code).optional() }),
  z.strictObject({ kind: z.literal('milestone'), milestone: Code }),
  z.strictObject({ kind: z.literal('evidence'), item: Code, maxAgeDays: z.int().min(1).max(3650).optional() }),
  z.strictObject({ kind: z.literal('target'), item: Code, percent: z.number().min(1).max(100).optional() }),
  z.strictObject({ kind: z.literal('none'), needs: z.string().max(40) }),
  z.looseObject({ kind: Code.refine((kind) => !(checkKinds as readonly string[]).includes(kind)) }),
])
export type Check = z.infer<typeof Check>

export const Workstream = z.strictObject({ code: Code, name: Text })
export const Milestone = z.strictObject({ code: Code, name: Text, when: When })
export type Milestone = z.infer<typeof Milestone>

/** It begins when another task is done, or when a milestone is reached, and so many days later. */
export const After = z.union([z.strictObject({ task: Code, days: z.int().min(0).max(365).optional() }), z.strictObject({ milestone: Code, days: z.int().min(0).max(365).optional() })])
export type After = z.infer<typeof After>

/** `levels`: kinds of unit whose event has this (null: all). `to`: it is handed on to the units of the first of these kinds that exists below the host. */
export const TaskItem = z.strictObject({
  code: Code, name: Text, workstream: Code, levels: z.array(Code).nullable(), to: z.array(Code).nullable(), due: Due,
  evidence: Evidence.nullable(), target: Target.nullable(), product: Text.nullable(), priority: z.enum(['low', 'normal', 'high']),
  after: z.array(After).max(20).optional(),
})
export type TaskItem = z.infer<typeof TaskItem>

/** `by`: the milestone from which it counts (before: not yet due). `holds`: in words, what must hold. `warnDays`: at risk so many days before it would turn. */
export const Requirement = z.strictObject({
  code: Code, name: Text, by: Code, levels: z.array(Code).nullable(), holds: Text.nullable(), warnDays: z.int().min(0).max(60), check: Check,
})
export type Requirement = z.infer<typeof Requirement>

/** Size and risk decide what applies. `kinds`: kinds of unit whose event has this class unless somebody says otherwise. `tasks` and `requirements` are the codes that do, already resolved. `numbers`: what the class demands (`scenarios: 3`), also as target of tasks that count it. */
export const EventClass = z.strictObject({
  code: Code, name: Text, when: Text.nullable(), kinds: z.array(Code), tasks: z.array(Code), requirements: z.array(Code), milestones: z.array(Code),
  numbers: z.record(Code, z.number()),
})
export type EventClass = z.infer<typeof EventClass>

/** A part of the run sheet that every event of the template starts with: day from the opening, times on the event's clock. */
export const AgendaPart = z.strictObject({ code: Code, name: Text, day: back, from: Time, until: Time, levels: z.array(Code).nullable() })
export type AgendaPart = z.infer<typeof AgendaPart>

export const TemplateBody = z.strictObject({
  format: z.literal(1), code: Code, name: Text,
  country: Code.nullable(), zone: z.string().max(60).nullable(), opens: Time,
  /** The kinds of unit that hold an event, lowest first. Empty: any kind. */
  levels: z.array(Code),
  workstreams: z.array(Workstream).min(1), milestones: z.array(Milestone).min(1), classes: z.array(EventClass).min(1),
  tasks: z.array(TaskItem).min(1), requirements: z.array(Requirement), agenda: z.array(AgendaPart),
})
export type TemplateBody = z.infer<typeof TemplateBody>

/** One thing wrong in a file, where it stands; lines and columns count from 1. A warning does not stop the import. */
export const Issue = z.object({ line: z.int(), column: z.int(), path: z.string(), severity: z.enum(['error', 'warning']), message: Text })
export type Issue = z.infer<typeof Issue>

/** What a newer version changes, by part and code; `fields` names what differs. */
export const Change = z.object({
  part: z.enum(['workstream', 'milestone', 'class', 'task', 'requirement', 'agenda', 'template']), code: z.string(),
  kind: z.enum(['added', 'removed', 'changed']), name: Text.nullable(),
  fields: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
})
export type Change = z.infer<typeof Change>
