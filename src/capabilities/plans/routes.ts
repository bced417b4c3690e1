// What is asked about plans. The outlines, the live tables and the giving of tasks come from wiring.
import { implement } from '@orpc/server'
import { Refusal } from '../../kernel/order.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { plansContract } from './contract.ts'
import type { Plan, PlanTemplate, Table } from './contract/shapes.ts'
import { compare, compareParticulars, compareTables, wholeText } from './decide/compare.ts'
import type { Particulars, Tables } from './decide/compare.ts'
import { isOpen, rowOf } from './decide/approve.ts'
import { approve, withdraw } from './routes/approve.ts'
import type { ApprovalNeeds } from './routes/approve.ts'
import * as orders from './routes/orders.ts'
import { owedPlans } from './store/home.ts'
import { frozenTables, listPlans, named, sectionsOf, showFrame, showSaid, tasksMade } from './store/read.ts'
import { dayHere } from '../../kernel/zone.ts'
import { dayIn } from '../../pure/calendar.ts'

export type PlansNeeds = ApprovalNeeds & { templates: readonly PlanTemplate[]; /** A plan changed: those who look at it are told. */ tell?: ((planId: string) => void) | undefined }

const particularsOf = (plan: Plan): Particulars => ({
  title: plan.title, basis: plan.basis, head: plan.head ? [{ id: plan.head.id, name: plan.head.name ?? '…' }] : [], event: plan.event ? [{ id: plan.event.id, name: [plan.event.programme[plan.lang], plan.event.unit].join(' · ') }] : [], programme: plan.programme ? [{ id: plan.programme.id, name: plan.programme.name[plan.lang] }] : [],
  review: plan.reviewOn ? [{ id: plan.reviewOn, name: plan.reviewOn.split('-').reverse().join('/') }] : [],
  rests: [...plan.restsOn, ...plan.papers], files: plan.files,
})
const missing = (): never => { throw new Refusal('NOT_FOUND') }

/** A plan with all that belongs to it; also what a paper is made from. */
export async function showPlan(c: Context, planId: string, n: number | undefined, { sources, templates, zone, custody }: Pick<PlansNeeds, 'sources' | 'templates' | 'zone' | 'custody'>): Promise<Plan | undefined> {
  const frame = await showFrame(c.read, c.actor, planId, n, sources, c.lang, dayHere(c.at))
  if (!frame) return undefined
  const { header, withdrawnAt, withdrawnBy, withdrawnTold, reason, mayEdit, mayJudge, mayApprove, maySay, ...rest } = frame
  const [sections, said, made] = await Promise.all([sectionsOf(c.read, planId, frame.shown).then((written) => named(written, c.read, c.lang, planId)), showSaid(c.read, c.actor, frame, c.lang, c.at, zone), tasksMade(c.read, planId, c.lang)])
  const mark = frame.grade === 'none' ? null : await custody.reading(c, `plan:${planId}`, 'read') ?? null
  const over = frame.phase === 'replaced' || frame.phase === 'withdrawn'
  const writable = !over && frame.phase !== 'approved' && frame.shown === frame.n
  const can: [Plan['can'][number], boolean][] = [
    ['edit', mayEdit && writable], ['begin', mayEdit && frame.phase === 'approved'], ['consult', mayEdit && writable], ['appraise', mayEdit && writable], ['judge', mayJudge && writable && frame.phase === 'appraising'],
    ['approve', mayApprove && writable], ['withdraw', mayApprove && !over], ['comment', maySay && !over],
  ]
  const outline = templates.filter((one) => one.kind === frame.kind && one.matter === frame.matter).flatMap((one) => one.sections)
  return {
    ...rest, mark, title: header.title, basis: header.basis, reviewOn: header.reviewOn, ...said,
    sections: sections.map((s) => ({ ...s, guide: outline.find((one) => one.code === s.code)?.guide ?? null })),
    tasks: made.map(({ action, unitId, dueAt, ...task }) => ({ ...task, open: isOpen(task), row: rowOf({ ...task, action, unitId, due: dueAt && dayIn(new Date(dueAt.getTime() - 1), zone) }, sections.flatMap((s) => s.actions)) })),
    withdrawn: withdrawnAt ? { at: withdrawnAt.toISOString(), by: withdrawnBy, toldBy: withdrawnTold, reason } : null,
    can: can.flatMap(([name, may]) => (may ? [name] : [])), asOf: c.at.toISOString(),
  }
}

/** Live tables of a plan, by their source: as they were approved where they were, unless asked for as they are now. */
export async function planTables(c: Context, plan: Pick<Plan, 'id' | 'unit' | 'event' | 'programme' | 'shown' | 'versions'>, sources: readonly string[], now: boolean, rows: PlansNeeds['rows']): Promise<Map<string, Table>> {
  const kept = now || !plan.versions.some((one) => one.n === plan.shown && one.approved) ? undefined : await frozenTables(c.read, plan.id, plan.shown)
  const then = kept === undefined ? {} : JSON.parse(kept) as Record<string, Omit<Table, 'frozen'> | undefined>
  const scope = { unitId: plan.unit.id, eventId: plan.event?.id ?? null, programmeId: plan.programme?.id ?? null }
  const found = await Promise.all([...new Set(sources)].map(async (source): Promise<[string, Table][]> => {
    const table = then[source] ?? await rows(c, source, scope)
    return table ? [[source, { ...table, frozen: then[source] !== undefined }]] : []
  }))
  return new Map(found.flat())
}

export function plansRoutes(needs: PlansNeeds) {
  const api = implement(plansContract).$context<Context>().use(refusals)
  const shown = async (c: Context, planId: string, n?: number) => (await showPlan(c, planId, n, needs)) ?? missing()
  const tell = async <A extends { planId: string }>(done: Promise<A>, others: readonly string[] = []): Promise<A> => { const answer = await done; for (const id of [answer.planId, ...others]) needs.tell?.(id); return answer }
  const texts = (plan: Plan) => plan.sections.map((s) => ({
    id: s.id, title: s.title, text: s.text === null ? null : wholeText(s.text, s.actions.map((a) => ({ title: a.title, unit: a.unit?.name ?? '', supporting: a.supporting.map(({ name }) => name), due: a.due, product: a.product }))),
  }))
  /** In the plan's own language, as they were written down when it was approved. */
  const tablesOf = (c: Context, plan: Plan): Promise<Tables> => planTables({ ...c, lang: plan.lang }, plan, plan.sections.flatMap((s) => s.tables), false, needs.rows)
  return api.router({
    list: api.list.handler(async ({ input, context: { read, actor, lang, at } }) => ({ ...await listPlans(read, actor, input, needs.sources, lang, dayHere(at)), asOf: at.toISOString() })),
    templates: api.templates.handler(() => ({ templates: [...needs.templates], tables: [...needs.sources].map(([source, { name, by }]) => ({ source, name, by: [...by] })) })),
    home: api.home.handler(async ({ context: { read, actor, lang, at } }) => ({ ...await owedPlans(read, actor, lang, dayHere(at), needs.sources), asOf: at.toISOString() })),
    get: api.get.handler(({ input, context }) => shown(context, input.planId, input.n)),
    table: api.table.handler(async ({ input, context }) => (await planTables(context, await shown(context, input.planId, input.n), [input.source], input.now, needs.rows)).get(input.source) ?? missing()),
    compare: api.compare.handler(async ({ input, context }) => {
      const [from, to] = await Promise.all([shown(context, input.planId, input.from), shown(context, input.planId, input.to)])
      const [was, now] = await Promise.all([tablesOf(context, from), tablesOf(context, to)])
      return { from: from.shown, to: to.shown, particulars: compareParticulars(particularsOf(from), particularsOf(to)), sections: compare(texts(from), texts(to)), tables: compareTables(was, now) }
    }),
    draft: api.draft.handler(({ input, context }) => tell(orders.draft(context, input, needs))),
    change: api.change.handler(({ input, context }) => tell(orders.change(context, input))),
    write: api.write.handler(({ input, context }) => tell(orders.write(context, input, needs.sources))),
    arrange: api.arrange.handler(({ input, context }) => tell(orders.arrange(context, input))),
    detach: api.detach.handler(({ input, context }) => tell(orders.detach(context, input))),
    attach: api.attach.handler(({ input, context }) => tell(orders.attach(context, input, needs.custody))),
    begin: api.begin.handler(({ input, context }) => tell(orders.begin(context, input))),
    consult: api.consult.handler(({ input, context }) => tell(orders.consult(context, input))),
    answer: api.answer.handler(({ input, context }) => tell(orders.answer(context, input, needs.custody))),
    comment: api.comment.handler(({ input, context }) => tell(orders.comment(context, input))),
    settleComment: api.settleComment.handler(({ input, context }) => tell(orders.settleComment(context, input))),
    appraisal: api.appraisal.handler(({ input, context }) => tell(orders.appraisal(context, input))),
    point: api.point.handler(({ input, context }) => tell(orders.point(context, input))),
    settlePoint: api.settlePoint.handler(({ input, context }) => tell(orders.settlePoint(context, input))),
    callBackPoint: api.callBackPoint.handler(({ input, context }) => tell(orders.callBackPoint(context, input))),
    appraise: api.appraise.handler(({ input, context }) => tell(orders.appraise(context, input))),
    approve: api.approve.handler(({ input, context }) => tell(approve(context, input, needs), input.replaces)),
    withdraw: api.withdraw.handler(({ input, context }) => tell(withdraw(context, input, needs))),
  })
}
