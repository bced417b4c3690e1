// What exchange asks of the others: what a package says of tasks, reports and plans, and the orders by which what it brings is taken in.
import { custody } from '../capabilities/custodies/routes.ts'
import type { ExchangesNeeds, PlanSent, ReportSent } from '../capabilities/exchanges/routes/needs.ts'
import { planIdsToSend } from '../capabilities/plans/store/sending.ts'
import type { Field } from '../capabilities/reports/contract/form.ts'
import { AskReports } from '../capabilities/reports/contract/shapes.ts'
import * as reports from '../capabilities/reports/routes/orders.ts'
import { reportIdsToSend, reportsHere, reportsToSend, requestsToSend } from '../capabilities/reports/store/sending.ts'
import type { ReportToSend } from '../capabilities/reports/store/sending.ts'
import { latestForm } from '../capabilities/reports/store/access.ts'
import { AssignTask, EditTask, ReportTask } from '../capabilities/tasks/contract/shapes.ts'
import { assign, directive } from '../capabilities/tasks/routes/assign.ts'
import * as tasks from '../capabilities/tasks/routes/orders.ts'
import { besidesOf, directivesOf, programmeCalled, taskIdsToSend, tasksHere, workOn } from '../capabilities/tasks/store/sending.ts'
import { loadTasks } from '../capabilities/tasks/store/show.ts'
import { derivedId } from '../kernel/ids.ts'
import type { Context } from '../kernel/rpc.ts'
import { dayIn } from '../pure/calendar.ts'
import { planToRead } from './plan-tables.ts'

async function planSent(c: Context, id: string, zone: string): Promise<PlanSent | undefined> {
  const found = await planToRead(c, id, zone)
  const approved = found?.plan.versions.find(({ n }) => n === found.plan.inForce)?.approved
  if (!found || !approved) return undefined
  const { plan } = found
  const sections = found.sections.map((s) => ({ ...s, tables: s.tables.map(({ caption, ...table }) => ({ name: caption, ...table })) }))
  return {
    id, at: approved.at, unitId: plan.unit.id, kind: plan.kind, lang: plan.lang, title: plan.title, n: plan.inForce!, number: approved.number, inForceFrom: approved.inForceFrom, reviewOn: plan.reviewOn, basis: plan.basis, sections,
    fileIds: [...plan.files, ...approved.files].map((file) => file.id),
  }
}

/** An answer as a person reads it. */
function answerOf(field: Field, value: unknown, names: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined) return ''
  if (field.kind === 'choice') return field.options.find(({ code }) => code === value)?.label.vi ?? String(value as string)
  if (field.kind === 'table') return (value as Record<string, unknown>[]).map((row) => field.columns.map((column) => answerOf(column, row[column.code], names)).join('; ')).join('\n')
  if (field.kind === 'file') return (value as string[]).map((id) => names.get(id) ?? '').join('; ')
  return field.kind === 'number' && field.unit ? `${value as number} ${field.unit.vi}` : String(value as string | number)
}
function reportSent({ definition, files, at, ...report }: ReportToSend): ReportSent {
  const names = new Map(files.map((file) => [file.id, file.name]))
  const fields = definition.sections.flatMap((section) => section.fields)
  const shown = fields.map((field): [Field['label'], string] => [field.label, answerOf(field, report.values[field.code], names).slice(0, 5000)])
  const values = Object.fromEntries(fields.flatMap((field) => (report.values[field.code] === undefined || (field.kind === 'number' && field.formula) ? [] : [[field.code, report.values[field.code]]])))
  return { ...report, at: at.toISOString(), values, shown, fileIds: files.map((file) => file.id) }
}

const asked = ({ product, due, target, evidenceKind }: { product: string | null; due: { at: string; rule: string | null; zone: string } | null; target: unknown; evidenceKind: string | null }) => ({
  ...(product === null ? {} : { product }), ...(target === null ? {} : { target }), ...(evidenceKind === null ? {} : { evidenceKind }), ...(due ? { due: due.rule?.startsWith('on:') ? due.rule.slice(3) : due.at, zone: due.zone } : {}),
})
export const exchanging = (zone: string): Pick<ExchangesNeeds, 'send' | 'here' | 'take'> => ({
  send: {
    taskIds: (c, what, most) => taskIdsToSend(c.read, c.actor, what, most),
    tasks: async (c, ids) => {
      const [all, besides] = await Promise.all([loadTasks(c.read, ids, c.lang, c.at), besidesOf(c.read, ids)])
      return all.map((t) => ({
        id: t.id, at: t.changedAt, directiveId: t.directiveId, programme: besides.get(t.id)!.programme, title: t.title, lang: besides.get(t.id)!.lang ?? c.lang, product: t.product, workstream: t.workstream, issuerId: t.issuer?.id ?? t.unit.id, unitId: t.unit.id,
        supportingIds: t.supporting.map(({ id }) => id), due: t.due, priority: t.priority, target: t.target, evidenceKind: t.evidenceKind, givenAt: t.assignedAt, state: t.state, reached: t.reached, base: t.base, act: besides.get(t.id)!.act, answer: besides.get(t.id)!.answer, asking: besides.get(t.id)!.asking, extended: besides.get(t.id)!.extended,
      }))
    },
    work: async (c, ids) => (await workOn(c.read, ids)).map(({ label, on, expiresOn, at, ...w }) => ({ ...w, at: at.toISOString(), evidence: { label, on, expiresOn } })),
    directives: async (c, ids) => (await directivesOf(c.read, ids)).map(({ at, ...d }) => ({ ...d, at: at.toISOString() })),
    reportIds: (c, what, most) => (what.programme ? Promise.resolve([]) : reportIdsToSend(c.read, c.actor, what, most)),
    reports: async (c, ids) => (await reportsToSend(c.read, c.actor, ids)).map(reportSent),
    requests: async (c, what) => (what.programme ? [] : (await requestsToSend(c.read, c.actor, what.path)).map(({ code, text, at, ...one }) => ({ ...one, at: at.toISOString(), form: { code, text } }))),
    planIds: (c, what, most) => planIdsToSend(c.read, c.actor, what, most, dayIn(c.at, zone)),
    plans: async (c, ids) => {
      const found: PlanSent[] = [] // one by one: each is put together with its live tables, and there are few
      for (const id of ids) { const plan = await planSent(c, id, zone); if (plan) found.push(plan) }
      return found
    },
  },
  here: { tasks: tasksHere, reports: reportsHere, programme: programmeCalled },
  take: {
    directive: async (c, { orderId, record: r, issuerUnitId }) => {
      // Its tasks follow, each by an order of its own.
      const given = { orderId, issuerUnitId, title: r.title, lang: r.lang, issuedOn: r.issuedOn, tasks: [], ...(r.number ? { number: r.number } : {}), ...(r.body ? { body: r.body } : {}), ...(r.basis ? { basis: r.basis } : {}) }
      return (await directive(c, given)).directiveId
    },
    giveTask: async (c, { orderId, record: r, ...where }) =>
      (await assign(c, AssignTask.parse({ orderId, ...where, title: r.title, lang: r.lang, workstream: r.workstream, priority: r.priority, ...asked(r) }))).taskId,
    editTask: (c, { orderId, record: r, taskId, version, unitId, supportingUnitIds }) =>
      tasks.edit(c, EditTask.parse({ orderId, taskId, expectedVersion: version, title: r.title, lang: r.lang, product: r.product, due: r.due ? (r.due.rule?.startsWith('on:') ? r.due.rule.slice(3) : r.due.at) : null, priority: r.priority, target: r.target, evidenceKind: r.evidenceKind, supportingUnitIds, unitId })),
    act: (c, { orderId, taskId, act: { what, text }, said }) => (what === 'verified' ? tasks.verify(c, { orderId, taskId, ...(text ? { note: text } : {}) }) : what === 'returned' ? tasks.giveBack(c, { orderId, taskId, reason: said }) : tasks.withdraw(c, { orderId, taskId, reason: said })),
    answer: (c, { orderId, taskId, answer: { what, text }, said, told }) => (what === 'accepted' ? tasks.accept(c, { orderId, taskId, told }) : tasks.refuse(c, { orderId, taskId, told, reason: text ?? said })),
    asking: (c, { orderId, taskId, asking: { until, text }, said, told }) => tasks.askExtension(c, { orderId, taskId, told, until, reason: text ?? said }),
    extended: (c, { orderId, taskId, extended: { what, until, text }, said }) => (what === 'granted' ? tasks.grantExtension(c, { orderId, taskId, until }) : tasks.declineExtension(c, { orderId, taskId, reason: text ?? said })),
    work: (c, { orderId, taskId, record: r, files, told }) => tasks.report(c, ReportTask.parse({
      orderId, taskId, told, done: r.done, files, ...(r.reached === null ? {} : { number: r.reached }), ...(r.base === null ? {} : { outOf: r.base }), ...(r.note ? { note: r.note } : {}),
      ...(r.evidence.label || r.evidence.on || r.evidence.expiresOn ? { evidence: Object.fromEntries(Object.entries(r.evidence).filter(([, value]) => value !== null)) } : {}),
    })),
    request: async (c, { orderId, record: r, unitId, unitIds }) => {
      const known = await latestForm(c.read, unitId, r.form.code)
      const formId = known?.text === r.form.text ? known.formId : (await reports.publish(c, { orderId: derivedId(new Date(0), orderId, 'form'), unitId, text: r.form.text, ...(known ? { expectedVersion: known.version } : {}) })).formId
      return (await reports.ask(c, AskReports.parse({ orderId, unitId, formId, title: r.title, schedule: r.schedule, owing: { unitIds }, zone: r.zone, until: r.until }), custody(zone))).collectionId
    },
    report: (c, { orderId, reportId, version, values, reason, told }) => reports.submit(c, { orderId, told, reportId, expectedVersion: version, values: values as never, reason }),
  },
})
