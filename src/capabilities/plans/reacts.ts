// What plans send to inboxes: a unit that is asked, a team that is to appraise, what came of both to who wrote the plan; and why a plan in force is stale, which the clock and others' facts make so, and a follower finds.
import type { Reader } from '../../kernel/db.ts'
import type { Follower } from '../../kernel/follow.ts'
import type { FoldWriter } from '../../kernel/db.ts'
import { dayHere } from '../../kernel/zone.ts'
import type { InboxSend, InboxSource } from '../inboxes/contract.ts'
import type { PlanFact } from './contract/facts.ts'
import type { Sources } from './decide/tables.ts'
import { WHY, whyParams } from './decide/why.ts'
import { titlesOf } from './store/access.ts'
import { staleAfter } from './store/stale.ts'
import type { StalePlan } from './store/stale.ts'

const sentences = {
  'plans.consulted': { vi: 'Được lấy ý kiến về “{title}”, trả lời trước hết ngày {due}', en: 'You are asked about “{title}”; answer by {due}' },
  'plans.answered': { vi: 'Đã có trả lời lấy ý kiến về “{title}”', en: 'A unit has answered about “{title}”' },
  'plans.answered_for': { vi: 'Đã nhập thay đơn vị câu trả lời lấy ý kiến về “{title}”', en: 'An answer about “{title}” was entered for your unit' },
  'plans.appraisal': { vi: 'Được giao thẩm định “{title}”', en: 'To appraise: “{title}”' },
  'plans.passed': { vi: 'Thẩm định đạt: “{title}”', en: 'The appraisal passed “{title}”' },
  'plans.sent_back': { vi: 'Thẩm định trả lại để hoàn thiện: “{title}”', en: 'The appraisal sent back “{title}”' },
  ...Object.fromEntries(Object.entries(WHY).map(([reason, { vi, en }]) => [`plans.stale_${reason}`, { vi: `Cần rà soát lại “{title}”: ${vi}`, en: `“{title}” needs a review: ${en}` }])),
} as const
const written = (day: string): string => day.split('-').toReversed().join('/')

const TITLE = { vi: 'kế hoạch, phương án mật', en: 'a graded plan' }
type Found = (fold: FoldWriter, sends: (InboxSend & { key: string })[], at: Date) => Promise<void>
const [TICK_MS, SLICE] = [300_000, 200]
const FIRST = '00000000-0000-0000-0000-000000000000'

/** Each reason once: to the unit whose plan it is, and to who answers for it. */
export const staleSends = (plan: StalePlan, sources: Sources): (InboxSend & { key: string })[] => plan.why.flatMap((one) =>
  [{ unitId: plan.unitId }, ...(plan.headId ? [{ personId: plan.headId }] : [])].map((to) => ({
    to, kind: 'alert' as const, about: { kind: 'plan', id: plan.id }, code: `plans.stale_${one.reason}`, key: `stale:${plan.id}:${plan.n}:${one.reason}:${one.name ?? ''}:${one.now ?? one.was ?? ''}`,
    params: { title: plan.title ?? TITLE, ...whyParams(one, sources) },
  })))

/** Goes through the plans in force every five minutes, a slice at a time. `found` puts in what was not told before. */
export function followers({ sources, found }: { sources: Sources; found: Found }): Follower[] {
  let after = FIRST
  return [{
    name: 'plans.stale', types: [], tickEvery: TICK_MS, share: 6,
    handle: async (_, fold, at) => {
      const plans = await staleAfter(fold as unknown as Reader, sources, dayHere(at), after, SLICE)
      await found(fold, plans.flatMap((plan) => staleSends(plan, sources)), at)
      const more = plans.length === SLICE
      after = more ? plans.at(-1)!.id : FIRST
      return more
    },
  }]
}

export const inboxSource: InboxSource = {
  types: ['plan.consulted.v1', 'plan.answered.v1', 'plan.appraisal_begun.v1', 'plan.appraised.v1'], sentences,
  send: async (given, read) => {
    const facts = given.map((r) => r.fact as PlanFact)
    const plans = await titlesOf(read as Reader, facts.map((fact) => fact.planId))
    return facts.flatMap((fact, of): (InboxSend & { of: number })[] => {
      const plan = plans.get(fact.planId)
      if (!plan) return []
      const to = (unitId: string, kind: InboxSend['kind'], code: keyof typeof sentences, due?: string) => ({ to: { unitId }, kind, about: { kind: 'plan', id: fact.planId }, code, params: { title: plan.title ?? TITLE, ...(due ? { due: written(due) } : {}) }, of, key: `${code}:${fact.planId}:${given[of]!.orderId}` })
      switch (fact.type) {
        case 'plan.consulted.v1': return fact.units.map((unit) => to(unit, 'assigned', 'plans.consulted', fact.due))
        case 'plan.answered.v1': return [to(plan.unitId, 'answer', 'plans.answered'), ...(given[of]!.told && fact.unitId !== plan.unitId ? [to(fact.unitId, 'changed', 'plans.answered_for')] : [])]
        case 'plan.appraisal_begun.v1': return fact.units.map((unit) => to(unit, 'assigned', 'plans.appraisal'))
        case 'plan.appraised.v1': return [to(plan.unitId, 'answer', fact.verdict === 'pass' ? 'plans.passed' : 'plans.sent_back')]
        default: return []
      }
    })
  },
}
