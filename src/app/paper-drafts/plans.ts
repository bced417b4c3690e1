// What papers ask of plans: a plan in the words that a paper uses, its tables as they were approved or as they are now.
import type { DraftPlan } from '../../capabilities/papers/decide/plan-letter.ts'
import { piecesOf } from '../../capabilities/plans/decide/text.ts'
import { planTable, showPlan } from '../../capabilities/plans/routes.ts'
import type { Context } from '../../kernel/rpc.ts'
import type { Grade } from '../../pure/grades.ts'
import { planNeeds } from '../plan-tables.ts'

const HEADS = { vi: { actions: 'Phân công thực hiện', heads: ['Nội dung', 'Chủ trì', 'Phối hợp', 'Thời hạn', 'Sản phẩm'] }, en: { actions: 'Actions', heads: ['Action', 'Lead unit', 'Supporting', 'Due', 'Product'] } }

/** The version in force; none yet: the newest. */
export async function planForPaper(c: Context, planId: string, zone: string): Promise<{ unitId: string; units: { id: string; name: string }[]; plan: DraftPlan; grade: Grade } | undefined> {
  const needs = planNeeds(zone)
  const newest = await showPlan(c, planId, undefined, needs)
  const plan = newest?.inForce && newest.inForce !== newest.n ? await showPlan(c, planId, newest.inForce, needs) : newest
  if (!plan) return undefined
  const w = HEADS[plan.lang]
  const of = { ...c, lang: plan.lang }
  const sections = await Promise.all(plan.sections.map(async (s) => {
    const live = await Promise.all(s.tables.map((source) => planTable(of, plan, source, false, needs.rows)))
    return {
      title: s.title, text: piecesOf(s.text ?? '').map((one) => (one.kind === 'paragraph' ? one.text : one.items.map(({ mark, text }) => `${mark} ${text}`).join('\n'))).join('\n'),
      tables: [
        ...(s.actions.length > 0 ? [{ caption: w.actions, heads: w.heads, rows: s.actions.map((a) => [a.title, a.unit?.name ?? '', a.supporting.map(({ name }) => name).join('; '), a.due?.split('-').reverse().join('/') ?? '', a.product ?? '']) }] : []),
        ...live.flatMap((one) => (one && one.rows.length > 0 ? [{ caption: one.name[plan.lang], heads: one.heads, rows: one.rows }] : [])),
      ],
    }
  }))
  const units = [...new Map(plan.sections.flatMap((s) => s.actions.flatMap((a) => [...(a.unit ? [a.unit] : []), ...a.supporting])).map((unit) => [unit.id, unit])).values()].filter((unit) => unit.id !== plan.unit.id).toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
  return { unitId: plan.unit.id, units, grade: plan.grade, plan: { kind: plan.kind, title: plan.title, lang: plan.lang, basis: plan.basis?.split('\n').map((one) => one.trim()).filter(Boolean) ?? [], sections, units: units.map(({ name }) => name) } }
}
