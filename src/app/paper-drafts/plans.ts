// What papers ask of plans: a plan in the words that a paper uses, its tables as they were approved or as they are now.
import type { DraftPlan } from '../../capabilities/papers/decide/plan-letter.ts'
import { piecesOf } from '../../capabilities/plans/decide/text.ts'
import type { Context } from '../../kernel/rpc.ts'
import type { Grade } from '../../pure/grades.ts'
import { inOrder } from '../../pure/text.ts'
import { planToRead } from '../plan-tables.ts'

export async function planForPaper(c: Context, planId: string, n: number | undefined, zone: string): Promise<{ unitId: string; units: { id: string; name: string }[]; plan: DraftPlan; grade: Grade } | undefined> {
  const found = await planToRead(c, planId, zone, n)
  if (!found) return undefined
  const { plan } = found
  const sections = found.sections.map((s) => ({ ...s, text: piecesOf(s.text).map((one) => (one.kind === 'paragraph' ? one.text : one.items.map(({ mark, text }) => `${mark} ${text}`).join('\n'))).join('\n') }))
  const units = inOrder([...new Map(plan.sections.flatMap((s) => s.actions.flatMap((a) => [...(a.unit ? [a.unit] : []), ...a.supporting])).map((unit) => [unit.id, unit])).values()].filter((unit) => unit.id !== plan.unit.id), (unit) => unit.name)
  return { unitId: plan.unit.id, units, grade: plan.grade, plan: { kind: plan.kind, title: plan.title, lang: plan.lang, basis: plan.basis?.split('\n').map((one) => one.trim()).filter(Boolean) ?? [], sections, units: units.map(({ name }) => name) } }
}
