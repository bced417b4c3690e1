// What plans ask of the others: live tables by name, the giving of tasks, and the outlines that are shipped. A later capability adds its table as one entry here.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { custody } from '../capabilities/custodies/routes.ts'
import { PlanTemplate } from '../capabilities/plans/contract/shapes.ts'
import type { Table } from '../capabilities/plans/contract/shapes.ts'
import type { Scope, TableSource } from '../capabilities/plans/decide/tables.ts'
import type { Plan } from '../capabilities/plans/contract/shapes.ts'
import { planTables, showPlan } from '../capabilities/plans/routes.ts'
import type { PlansNeeds } from '../capabilities/plans/routes.ts'
import { accessEvent } from '../capabilities/readiness/store/events.ts'
import { AssignTask, TaskFilter } from '../capabilities/tasks/contract/shapes.ts'
import { assigningMany } from '../capabilities/tasks/routes/assign.ts'
import { withdrawingMany } from '../capabilities/tasks/routes/orders.ts'
import { listTasks } from '../capabilities/tasks/store/lists.ts'
import { listChildren } from '../capabilities/units/store/read.ts'
import { PROGRAM } from '../kernel/config.ts'
import type { Context } from '../kernel/rpc.ts'
import { dayIn } from '../pure/calendar.ts'
import { judging } from './wiring/followers.ts'
import { liveTables } from './wiring/live-tables.ts'

/** A plan's table is read on paper: what is longer is told as a number. */
const MOST = 200
const WORDS = {
  vi: {
    tasks: ['Nội dung', 'Chủ trì', 'Phối hợp', 'Thời hạn', 'Sản phẩm', 'Tình trạng'], units: ['Đơn vị', 'Mã'], requirements: ['Điều kiện', 'Chậm nhất', 'Tình trạng'],
    assigned: 'Đã giao', accepted: 'Đã nhận', under_way: 'Đang thực hiện', reported: 'Chờ xác nhận', verified: 'Hoàn thành', returned: 'Trả lại', refused: 'Từ chối', withdrawn: 'Đã thu hồi', late: 'quá hạn',
    met: 'Đạt', at_risk: 'Có nguy cơ', unmet: 'Chưa đạt', waived: 'Ngoại lệ được duyệt', not_due: 'Chưa đến hạn', not_assessed: 'Chưa đánh giá',
  },
  en: {
    tasks: ['Task', 'Lead unit', 'Supporting', 'Due', 'Product', 'State'], units: ['Unit', 'Code'], requirements: ['Requirement', 'By', 'State'],
    assigned: 'Assigned', accepted: 'Accepted', under_way: 'Under way', reported: 'To verify', verified: 'Done', returned: 'Returned', refused: 'Refused', withdrawn: 'Withdrawn', late: 'overdue',
    met: 'Met', at_risk: 'At risk', unmet: 'Unmet', waived: 'Waived', not_due: 'Not yet due', not_assessed: 'Not assessed',
  },
} as const
const day = (at: string | null | undefined, zone: string): string => (at ? dayIn(new Date(at), zone).split('-').reverse().join('/') : '')

type Rows = Omit<Table, 'frozen' | 'name'>
type Source = TableSource & { rows: (c: Context, scope: Scope) => Promise<Rows | undefined> }

async function tasks(c: Context, filter: object): Promise<Rows> {
  const w = WORDS[c.lang]
  const { items, total = 0 } = await listTasks(c.read, c.actor, TaskFilter.parse(filter), { limit: MOST, lang: c.lang, at: c.at })
  return {
    heads: [...w.tasks], more: Math.max(0, total - items.length),
    rows: items.map((t) => [t.title, t.unit.name, t.supporting.map(({ name }) => name).join('; '), day(t.due?.at, t.due?.zone ?? 'UTC'), t.product ?? '', t.overdue ? `${w[t.state]}, ${w.late}` : w[t.state]]),
  }
}

const sources = (zone: string): Map<string, Source> => new Map(Object.entries({
  tasks: { ...liveTables.tasks, rows: (c, { eventId }) => tasks(c, { event: eventId, state: ['open', 'reported', 'verified', 'refused'] }) },
  programme_tasks: { ...liveTables.programme_tasks, rows: (c, { programmeId, unitId }) => tasks(c, { programme: programmeId, unit: unitId, below: false, state: ['open', 'reported', 'verified', 'refused'] }) },
  units: { ...liveTables.units, rows: async (c, { unitId }) => {
    const found = await listChildren(c.read, unitId, dayIn(c.at, zone), undefined, MOST + 1)
    return { heads: [...WORDS[c.lang].units], rows: found.slice(0, MOST).map((u) => [u.name, u.code]), more: found.length > MOST ? 1 : 0 }
  } },
  requirements: { ...liveTables.requirements, rows: async (c, { eventId }) => {
    const found = eventId === null ? undefined : await accessEvent(c.read, c.actor, 'readiness.read', eventId, judging.rules, judging.sources, c.at)
    return found && { heads: [...WORDS[c.lang].requirements], more: 0, rows: found.verdicts.map((v) => [v.requirement.name[c.lang], day(v.byAt?.toISOString(), found.frame.zone), WORDS[c.lang][v.state]]) }
  } },
} satisfies Record<string, Source>))

/** Read once: they are part of the program. */
let shipped: PlanTemplate[] | undefined
const templates = (): PlanTemplate[] => (shipped ??= z.array(PlanTemplate).parse(parse(readFileSync(join(PROGRAM, 'templates/plans.yaml'), 'utf8'))))

/** `tell`: a plan or a proposal changed, for those who look at it. */
export function planNeeds(zone: string, tell?: (topic: string, id: string) => void): PlansNeeds & { tellProposal: ((id: string) => void) | undefined } {
  const tables = sources(zone)
  return {
    zone, tell: tell && ((id) => tell(`plan:${id}`, id)), tellProposal: tell && ((id) => tell(`proposal:${id}`, id)), custody: custody(zone), sources: tables, templates: templates(),
    rows: async (c, source, scope) => {
      const table = tables.get(source)
      if (!table || table.by.some((by) => (by === 'event' && !scope.eventId) || (by === 'programme' && !scope.programmeId))) return undefined
      const rows = await table.rows(c, scope)
      return rows && { name: table.name, ...rows }
    },
    assigningMany: (c, issuerUnitId, given) => assigningMany(c, issuerUnitId, given.map((task) => AssignTask.parse(task))), withdrawingMany,
  }
}

const ACTIONS = { vi: { caption: 'Phân công thực hiện', heads: ['Nội dung', 'Chủ trì', 'Phối hợp', 'Thời hạn', 'Sản phẩm'] }, en: { caption: 'Actions', heads: ['Action', 'Lead unit', 'Supporting', 'Due', 'Product'] } }
export type PlanToRead = { plan: Plan; sections: { title: string; text: string; tables: { caption: string; heads: string[]; rows: string[][] }[] }[] }
/** A plan as it is read outside of its own screen, on a paper or in a package: the version asked for, else the one in force (none yet: the newest), in its own language, with its tables as they were approved or as they are now. */
export async function planToRead(c: Context, planId: string, zone: string, n?: number): Promise<PlanToRead | undefined> {
  const needs = planNeeds(zone)
  const newest = await showPlan(c, planId, n, needs)
  const plan = n === undefined && newest?.inForce && newest.inForce !== newest.n ? await showPlan(c, planId, newest.inForce, needs) : newest
  if (!plan) return undefined
  const w = ACTIONS[plan.lang]
  const tables = await planTables({ ...c, lang: plan.lang }, plan, plan.sections.flatMap((s) => s.tables), false, needs.rows)
  const sections = plan.sections.map((s) => {
    const live = s.tables.flatMap((source) => tables.get(source) ?? [])
    return {
      title: s.title, text: s.text ?? '', tables: [
        ...(s.actions.length > 0 ? [{ ...w, rows: s.actions.map((a) => [a.title, a.unit?.name ?? '', a.supporting.map(({ name }) => name).join('; '), a.due?.split('-').reverse().join('/') ?? '', a.product ?? '']) }] : []),
        ...live.flatMap((one) => (one.rows.length > 0 ? [{ caption: one.name[plan.lang], heads: one.heads, rows: one.rows }] : [])),
      ],
    }
  })
  return { plan, sections }
}
