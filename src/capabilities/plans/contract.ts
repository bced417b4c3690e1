// Kế hoạch and phương án: drafted from an outline, consulted, appraised, approved, in force, and stale when what they rest on changed. The browser imports this file.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { cursor, errors, page } from '../../kernel/contract.ts'
import type { Meta } from '../../kernel/contract.ts'
import { planRefusals } from './contract/refusals.ts'
import {
  AboutPlan, Answer, Appraise, Approve, ArrangeSections, AttachFiles, BeginAppraisal, Change, CallBackPoint, ChangePlan, Comment, Consult, DetachFile, DraftPlan, MATTERS, OwedPlans, PLAN_KINDS, ParticularChange, VERSION_PHASES, Plan, PlanLine, PlanTemplate, RaisePoint, SettleComment, SettlePoint, Table, TableChange,
  Withdraw, WriteSection,
} from './contract/shapes.ts'

export { plansStories } from './contract/facts.ts'
export { planRefusals } from './contract/refusals.ts'

/** read: see plans of the unit, and those it was asked about · edit: write, comment, answer for a unit that was asked · appraise: points and verdict · approve: in force, withdrawn. */
export const planRights = ['plan.read', 'plan.edit', 'plan.appraise', 'plan.approve'] as const
type Right = (typeof planRights)[number]

const yes = z.union([z.boolean(), z.stringbool()])
export const PlanQuery = z.object({
  ...cursor, unit: z.uuid().optional(), kind: z.enum(PLAN_KINDS).optional(), matter: z.enum(MATTERS).optional(), phase: z.enum(VERSION_PHASES).optional(), stale: yes.optional(), below: yes.default(true).describe('of units below as well'), event: z.uuid().optional(),
  q: z.string().trim().max(200).optional(),
})
export type PlanQuery = z.infer<typeof PlanQuery>

const base = oc.errors(errors(planRefusals))
const read = (path: `/${string}`, summary: string, on?: string) => base.meta({ right: 'plan.read', ...(on ? { on } : {}) } satisfies Meta).route({ method: 'GET', path, tags: ['plans'], summary })
const write = (path: `/${string}`, summary: string, right: Right = 'plan.edit', on = 'plan') => base.meta({ right, on } satisfies Meta).route({ method: 'POST', path, tags: ['plans'], summary })
const Done = z.object({ planId: z.uuid(), version: z.int() })
const one = z.object({ planId: z.uuid() })
const N = z.coerce.number().int().min(1).max(9999)

export const plansContract = {
  list: read('/plans', 'Plans, the last changed first').input(PlanQuery).output(page(PlanLine).extend({ withheld: z.int().describe('graded plans of these units for which the asker is not named; on the first page') })),
  templates: read('/plans/outlines', 'The outlines that a plan can begin from, and the live tables that a section can hold').output(z.object({ templates: z.array(PlanTemplate), tables: z.array(z.object({ source: z.string(), name: PlanTemplate.shape.name, by: z.array(z.enum(['event', 'programme', 'unit'])) })) })),
  home: read('/plans/owed', 'What my own units still have to say about plans, appraise, or review of their own; the earliest due first').output(OwedPlans),
  get: read('/plans/{planId}', 'One plan: its text, comments, consultation, appraisal, versions, and why it is stale', 'plan').input(one.extend({ n: N.optional().describe('which version; default: the newest') })).output(Plan),
  table: read('/plans/{planId}/tables/{source}', 'A live table of a plan: now, or as it was approved', 'plan').input(one.extend({ source: z.string().max(40), n: N.optional(), now: yes.default(false).describe('as it is now, also where it was approved') })).output(Table),
  compare: read('/plans/{planId}/compare', 'What changed from one version to another: particulars, attached files, sections and live tables', 'plan').input(one.extend({ from: N, to: N })).output(z.object({ from: z.int(), to: z.int(), particulars: z.array(ParticularChange), sections: z.array(Change), tables: z.array(TableChange) })),

  draft: write('/plans', 'Begin to draft a plan from an outline', 'plan.edit', 'unit').input(DraftPlan).output(Done),
  change: write('/plans/{planId}/change', 'Change title, head, event, basis or review date').input(ChangePlan).output(Done),
  write: write('/plans/{planId}/sections/{sectionId}', 'Write one section').input(WriteSection).output(Done.extend({ sectionVersion: z.int() })),
  arrange: write('/plans/{planId}/arrange', 'Order, add or take out sections').input(ArrangeSections).output(Done),
  attach: write('/plans/{planId}/attach', 'Attach files').input(AttachFiles).output(Done),
  detach: write('/plans/{planId}/detach', 'Take a file off, with the reason; earlier versions still show it').input(DetachFile).output(Done),
  begin: write('/plans/{planId}/begin', 'Begin a new version of an approved plan').input(AboutPlan).output(Done.extend({ n: z.int() })),

  consult: write('/plans/{planId}/consult', 'Ask units for their opinion by a day').input(Consult).output(Done),
  answer: write('/plans/{planId}/answer', 'Answer for a unit that was asked').input(Answer).output(Done),
  comment: write('/plans/{planId}/comments', 'Comment on a passage').input(Comment).output(Done.extend({ commentId: z.uuid() })),
  settleComment: write('/plans/{planId}/comments/{commentId}', 'A comment is dealt with, or open again').input(SettleComment).output(Done),
  appraisal: write('/plans/{planId}/appraisal', 'Send for appraisal by a team or a unit').input(BeginAppraisal).output(Done),
  point: write('/plans/{planId}/points', 'Appraisal: raise a point to fix', 'plan.appraise').input(RaisePoint).output(Done.extend({ pointId: z.uuid() })),
  settlePoint: write('/plans/{planId}/points/{pointId}', 'A point is fixed, or answered, or neither after all').input(SettlePoint).output(Done),
  callBackPoint: write('/plans/{planId}/points/{pointId}/call-back', 'Appraisal: withdraw a point raised by mistake, or open one again', 'plan.appraise').input(CallBackPoint).output(Done),
  appraise: write('/plans/{planId}/appraise', 'Conclude the appraisal', 'plan.appraise').input(Appraise).output(Done),
  approve: write('/plans/{planId}/approve', 'Approve: in force, its actions become tasks, and tasks of versions before may be withdrawn', 'plan.approve').input(Approve).output(Done.extend({ n: z.int(), tasks: z.int(), withdrawn: z.int().describe('tasks of versions before') })),
  withdraw: write('/plans/{planId}/withdraw', 'Withdraw a plan, with the reason; tasks that it made may be withdrawn with it', 'plan.approve').input(Withdraw).output(Done.extend({ withdrawn: z.int().describe('tasks') })),
}
